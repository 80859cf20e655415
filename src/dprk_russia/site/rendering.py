"""Pages as HTML: templates that escape whatever they are given, and refuse what is missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dprk_russia.charts.drawing import draw_mark
from dprk_russia.charts.layout import Placed
from dprk_russia.charts.points import Point
from dprk_russia.charts.spark import draw_spark
from dprk_russia.documents.text import replace_unprintable
from dprk_russia.site.atlas import draw_window
from dprk_russia.site.content import is_web

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dprk_russia.charts.chart import Chart
    from dprk_russia.site.content import Cell, Page, Words
    from dprk_russia.site.library import Row
    from dprk_russia.site.pages.topic import Question

_SOME_DAY = date(2000, 1, 1)
TEMPLATES = Path(__file__).parent / "templates"
# A page runs and fetches what lies beside it, and nothing else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " base-uri 'none'; form-action 'none'"
)
# The page on which readers ask in SQL runs SQLite, which is compiled for browsers.
SQL_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
NAVIGATION = (
    ("Questions", "indicators.html"),
    ("Topics", "topics.html"),
    ("Disagreements", "disagreements.html"),
    ("Echoes", "echoes.html"),
    ("Changed by carriers", "distortions.html"),
    ("Time line", "timeline.html"),
    ("Places", "places.html"),
    ("Actors", "actors.html"),
    ("Sources", "sources.html"),
    ("Search", "search.html"),
    ("SQL", "sql.html"),
    ("About", "about.html"),
)
# The shapes of marks and what they mean, in the order of the key.
SHAPES = (
    ("exact", "exact"),
    ("about", "about"),
    ("at_least", "at least"),
    ("at_most", "at most, up to"),
    ("range", "range"),
    ("words", "in words, without a number"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that stands for a page where others link to it: its address on the site, and what it shows."""

    address: str
    description: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What all pages of a site share. `base_url` and `corrections` are empty where there are none.

    Where they are not listed, search engines are asked to leave the pages out.
    """

    title: str
    version: str
    created: str
    created_words: str
    licences: str
    base_url: str = ""
    corrections: str = ""
    is_listed: bool = True
    policy: str = POLICY
    sql_policy: str = SQL_POLICY
    navigation: tuple[tuple[str, str], ...] = NAVIGATION
    shapes: tuple[tuple[str, str], ...] = SHAPES


class Renderer:
    """The templates of a site."""

    def __init__(self, setting: Setting) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= {
            "json": embed_json, "lines": keep_lines, "chart": _embed_chart, "sign": draw_sign, "spark": _embed_spark, "anchor": _name_anchor, "window": _embed_window,
        }  # fmt: skip
        self._environment.globals |= {
            "site": setting,
            "words": write_words,
            "all": write_all,
            "cell": write_cell,
        }

    def render(self, page: Page, picture: Picture | None = None) -> str:
        """Return a page as HTML."""
        template = self._environment.get_template(page.template)
        return template.render(page=page, root=page.root, picture=picture)


def _finalize(value: Any) -> Any:
    """Return what is put into a page; refuse what is missing, and make what cannot be seen visible."""
    if value is None:
        raise ValueError("A template was given nothing where it writes something.")
    return replace_unprintable(value) if type(value) is str and not value.isprintable() else value


def embed_json(content: Any) -> Markup:
    """Return data as JSON that can stand in a script element."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704


def keep_lines(text: str) -> Markup:
    """Return text of several lines, escaped, with its lines."""
    return Markup("\n").join(escape(replace_unprintable(line)) for line in text.split("\n"))


def write_words(words: Words, root: str) -> Markup:
    """Return words as HTML: a link where they lead somewhere, with their language where it is not that of the page."""
    text = escape(_finalize(words.text))
    lang = f' lang="{escape(words.lang)}" dir="auto"' if words.lang else ""
    title = f' title="{escape(words.title)}"' if words.title else ""
    # Put together from escaped parts: with `Markup.format` a site takes a fifth more processor time.
    if not words.to:
        return Markup(f"<span{lang}{title}>{text}</span>") if lang or title else text  # noqa: S704
    is_far = ":" in words.to
    if is_far and not is_web(words.to):
        raise ValueError(f"No page leads to {words.to[:80]}.")
    to = words.to if is_far or words.to.startswith("#") else root + words.to
    far = ' rel="noopener"' if is_far else ""
    return Markup(f'<a href="{escape(to)}"{far}{lang}{title}>{text}</a>')  # noqa: S704


def write_all(several: Iterable[Words], root: str, between: str = "; ") -> Markup:
    """Return words of several as HTML."""
    return escape(between).join(write_words(words, root) for words in several)


def write_cell(cell: Cell, root: str) -> Markup:
    """Return a cell as HTML."""
    return write_all(cell.words, root, cell.between)


def _embed_chart(chart: Chart, width: str) -> Markup:
    return Markup(chart.draw(narrow=width == "narrow", bare=True, name=width))  # noqa: S704


def _embed_spark(question: Question) -> Markup:
    return Markup(draw_spark(question.points))  # noqa: S704


def _embed_window(places: Sequence[Row], window: str) -> Markup:
    return Markup(draw_window(places, window))  # noqa: S704


def draw_sign(shape: str) -> Markup:
    """Return the mark of a shape, for the key."""
    point = Point("", _SOME_DAY, None, 1.0, None, shape, "", "", "", "", shape != "hollow", "")
    middle = 22.0 if shape == "at_least" else 6.0 if shape == "at_most" else 13.0
    ends = (19.0, 7.0) if shape == "range" else (middle, middle)
    centre = None if shape == "range" else middle
    mark = draw_mark(Placed(point, 8, ends, centre, in_lane=shape == "words"))
    return Markup(f'<svg class="chart sign" width="16" height="26" aria-hidden="true">{mark}</svg>')  # noqa: S704


def _name_anchor(text: str) -> str:
    return text.replace("/", "-").removesuffix(".html")
