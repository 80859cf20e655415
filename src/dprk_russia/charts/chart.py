"""A chart: an object that shows itself in a notebook and saves itself as SVG, PNG or PDF."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dprk_russia.charts.colours import write_style
from dprk_russia.charts.drawing import draw
from dprk_russia.charts.layout import NARROW, WIDE, Frame, arrange
from dprk_russia.charts.points import choose_plotted, divide, read_points
from dprk_russia.contract.errors import DprkRussiaError
from dprk_russia.documents.text import count_noun
from dprk_russia.record.wording import tell_date, tell_number, tell_unit
from dprk_russia.tabular.frames import list_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd

    from dprk_russia.charts.layout import Panel
    from dprk_russia.charts.points import Series


class ChartError(DprkRussiaError):
    """There is nothing to draw, or no such form of a file; the message says which."""


@dataclass(frozen=True, slots=True, repr=False)
class Chart:
    """The figures of one indicator over time."""

    title: str
    series: tuple[Series, ...]
    names: Mapping[str, str]

    def __repr__(self) -> str:
        return f"<Chart of {sum(len(one.rows) for one in self.series)} figures: {self.title}>"

    def arrange(self, frame: Frame = WIDE) -> tuple[Panel, ...]:
        """Return the panels of the chart: one for each currency."""
        return tuple(
            arrange(read_points(one.rows, self.names), _name_axis(one), frame) for one in self.series
        )

    @property
    def description(self) -> str:
        """Return what the chart shows, for those who do not see it."""
        panels = self.arrange()
        points = [mark.point for panel in panels for mark in panel.marks]
        numbers = [number for point in points for number in point.numbers]
        first, last = (tell_date(str(end(point.day for point in points))) for end in (min, max))
        speakers = len({point.speaker_id for point in points})
        spread = (
            f", numbers from {tell_number(min(numbers))} to {tell_number(max(numbers))}" if numbers else ""
        )
        return (
            f"{count_noun(len(points), 'figure')} of {count_noun(speakers, 'speaker')}, {first} to {last}{spread}."
            " Each figure with its speaker and its source stands in the table of the same figures."
        )

    def draw(self, *, narrow: bool = False, bare: bool = False, name: str = "chart") -> str:
        """Return the chart as SVG: for a phone if `narrow`; `bare` without style, for a page that has it."""
        panels = self.arrange(NARROW if narrow else WIDE)
        return draw(panels, self.title, self.description, style="" if bare else write_style(), name=name)

    def _repr_svg_(self) -> str:
        return self.draw()

    def _repr_html_(self) -> str:
        # As an image its styles stay its own.
        data = b64encode(self.draw().encode()).decode()
        return f'<img alt="Chart" src="data:image/svg+xml;base64,{data}">'

    def save(self, path: Path | str) -> None:
        """Write the chart to a file, in the form that its name ends with: svg, png or pdf.

        PNG and PDF need the extra `charts`.

        Raises
        ------
        ChartError
            If the name ends with something else.
        MissingExtraError
            If the library for PNG and PDF is not installed.
        OSError
            If the file cannot be written; a file that was there stays as it was.
        """
        from dprk_russia.charts.images import save

        save(self.draw(), path)


def make_chart(title: str, rows: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> Chart:
    """Return the chart of some rows of `estimates`, with short names of speakers by their id.

    It shows the whole of what is measured; where no figure is of the whole, the part with most figures.

    Raises
    ------
    ChartError
        If there are no rows.
    """
    series = choose_plotted(divide(rows))
    if not series:
        raise ChartError(f"There is no figure to draw for {title}.")
    return Chart(title, series, names)


def draw_indicator(
    indicator_id: str, rows: pd.DataFrame, indicators: pd.DataFrame, actors: pd.DataFrame
) -> Chart:
    """Return the chart of rows of `estimates` of one indicator, named as the tables of indicators and actors name it."""
    indicator = next(row for row in list_rows(indicators) if row["indicator_id"] == indicator_id)
    names = {row["actor_id"]: row.get("short_name") or row["name"] for row in list_rows(actors)}
    return make_chart(str(indicator.get("question") or indicator["name"]), list_rows(rows), names)


def _name_axis(series: Series) -> str:
    row = series.rows[0]
    part = "; ".join(filter(None, (row["scope_name"], row["assumption_name"])))
    unit = tell_unit(row["unit"], row["per"], row["currency"])
    return f"{unit} ({part})" if part else unit
