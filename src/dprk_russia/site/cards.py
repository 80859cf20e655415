"""The pictures that stand for pages where others link to them: the chart of a contested question, or of a topic's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.charts.chart import Chart, make_chart
from dprk_russia.charts.images import draw_card
from dprk_russia.documents.text import replace_unprintable
from dprk_russia.site.pages.indicator import Measure
from dprk_russia.site.pages.topic import Topic

if TYPE_CHECKING:
    from dprk_russia.site.content import Page
    from dprk_russia.site.library import Library

_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Card:
    """A chart under a title."""

    title: str
    chart: Chart

    @property
    def description(self) -> str:
        """Return what it shows, for those who do not see it."""
        return f"{self.title} {self.chart.description}"

    def draw(self, foot: str) -> bytes:
        """Return it as PNG, with a line of small print."""
        title = self.title if len(self.title) <= _LONGEST else f"{self.title[:_LONGEST]} …"
        return draw_card(self.chart.draw(), replace_unprintable(title), replace_unprintable(foot))


def choose_card(page: Page, library: Library) -> Card | None:
    """Return the picture of a page: of a question that two sides answer, and of a topic its most contested question."""
    match page.content:
        case Measure() as measure if measure.chart and len(measure.answers) > 1:
            return Card(measure.question, measure.chart)
        case Topic() as topic if topic.questions:
            question = max(topic.questions, key=lambda one: one.weight)
            title = f"{page.title}: {question.words.text}"
            return Card(title, make_chart(question.words.text, question.points, library.short_names))
        case _:
            return None
