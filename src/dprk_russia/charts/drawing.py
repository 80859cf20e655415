"""Charts as SVG: classes carry the colours, so that a page or the file itself can give them light or dark ones."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from dprk_russia.charts.colours import name_class
from dprk_russia.charts.layout import ARROW, REACH
from dprk_russia.documents.text import replace_unprintable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dprk_russia.charts.layout import Panel, Placed


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of a mark: an element of SVG, its attributes, and the class that says what part it is."""

    tag: str
    attributes: str
    part: str = ""

    def draw(self, classes: str = "", attributes: str = "") -> str:
        """Return the element; as a whole mark it has the classes and attributes of that."""
        named = " ".join(filter(None, (classes, self.part)))
        told = f' class="{named}"' if named else ""
        return f"<{self.tag}{told}{attributes} {self.attributes}/>"


def draw(
    panels: Sequence[Panel], title: str, description: str, *, style: str = "", name: str = "chart"
) -> str:
    """Return panels, one below the other, as one SVG image with its title and description.

    `style` is put into the file, where marks have titles, which show under a mouse; a page that has the style sheet of charts
    leaves both out. `name` is that of the ids inside.
    """
    width, height = panels[0].frame.width, sum(panel.frame.height for panel in panels)
    inside = [
        f'<title id="{name}-title">{_escape(title)}</title>',
        f'<desc id="{name}-desc">{_escape(description)}</desc>',
        *(
            [f"<style>{style}</style>", f'<rect class="paper" width="{width}" height="{height}"/>']
            if style
            else []
        ),
    ]
    top = 0
    for panel in panels:
        inside += [
            f'<g transform="translate(0 {top})">' if top else "<g>",
            *_draw_panel(panel, titled=bool(style)),
            "</g>",
        ]
        top += panel.frame.height
    namespace = ' xmlns="http://www.w3.org/2000/svg"' if style else ""
    return (
        f'<svg{namespace} class="chart" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc">{"".join(inside)}</svg>'
    )


def _draw_panel(panel: Panel, *, titled: bool) -> Iterator[str]:
    room = panel.room
    if panel.unit:
        yield f'<text class="faint" x="{_px(room.left)}" y="12">{_escape(panel.unit)}</text>'
    for tick in panel.rows:
        yield f'<path class="grid" d="M{_px(room.left)} {_px(tick.place)}H{_px(room.right)}"/>'
        yield f'<text class="faint far" x="{_px(room.left - 6)}" y="{_px(tick.place + 4)}">{_escape(tick.words)}</text>'
    floor = panel.lane.bottom if panel.lane else room.bottom
    yield f'<path class="axis" d="M{_px(room.left)} {_px(floor)}H{_px(room.right)}"/>'
    for tick in panel.columns:
        yield f'<path class="axis" d="M{_px(tick.place)} {_px(floor)}v4"/>'
        yield f'<text class="faint mid" x="{_px(tick.middle)}" y="{_px(floor + 17)}">{_escape(tick.words)}</text>'
    if panel.lane:
        yield f'<path class="grid" d="M{_px(room.left)} {_px(panel.lane.top)}H{_px(room.right)}"/>'
    for numbers in panel.joins:
        yield _draw_join([panel.marks[number] for number in numbers])
    for mark in panel.marks:
        yield draw_mark(mark, titled=titled)
    for label in panel.labels:
        point = panel.marks[label.mark].point
        yield (
            f'<text class="label {name_class(point.side)}" data-figure="{_escape(point.figure_id)}"'
            f' x="{_px(label.x)}" y="{_px(label.y)}">{_escape(label.words)}</text>'
        )


def _draw_join(marks: Sequence[Placed]) -> str:
    path = "L".join(f"{_px(mark.x)} {_px(mark.centre or 0)}" for mark in marks)
    return f'<path class="join {name_class(marks[0].point.side)}" d="M{path}"/>'


def draw_mark(mark: Placed, *, titled: bool = False) -> str:
    """Return the mark of a figure; its shape tells the bound, hollow that it was replaced. A title shows under a mouse."""
    point = mark.point
    classes = f"mark {name_class(point.side)}{'' if point.is_current else ' hollow'}"
    figure = f' data-figure="{_escape(point.figure_id)}"' if point.figure_id else ""
    shapes = list(_list_shapes(mark))
    if len(shapes) == 1 and not titled:
        return shapes[0].draw(classes, figure)
    title = f"<title>{_escape(point.told)}</title>" if titled else ""
    return f'<g class="{classes}"{figure}>{title}{"".join(shape.draw() for shape in shapes)}</g>'


def _list_shapes(mark: Placed) -> Iterator[Shape]:
    x, (bottom, top) = mark.x, mark.ends
    if mark.in_lane:
        yield Shape("path", f'd="M{_px(x - 4)} {_px(top - 4)}l8 8m0-8l-8 8"')
    elif bottom != top:
        way = f"M{_px(x - REACH)} {_px(top)}h{2 * REACH}m-{REACH} 0V{_px(bottom)}m-{REACH} 0h{2 * REACH}"
        yield Shape("path", f'd="{way}"')
        if mark.centre is not None:
            yield _make_dot(x, mark.centre)
    elif mark.point.bound in {"at_least", "at_most"}:
        yield from _list_bound(x, top, mark.point.bound)
    elif mark.point.bound == "exact":
        yield Shape("rect", f'x="{_px(x - 4)}" y="{_px(top - 4)}" width="8" height="8"', "body")
    else:
        yield _make_dot(x, top)


def _make_dot(x: float, y: float) -> Shape:
    return Shape("circle", f'cx="{_px(x)}" cy="{_px(y)}" r="4.4"', "body")


def _list_bound(x: float, y: float, bound: str) -> Iterator[Shape]:
    """Yield a bar at the end that was said, and an arrow of fixed length away from it: it says nothing of how far."""
    way = -1 if bound == "at_least" else 1
    bar = f'x="{_px(x - REACH)}" y="{_px(y - 1.8)}" width="{2 * REACH}" height="3.6"'
    yield Shape("rect", bar, "body")
    # Both sides of the head begin at its tip and are as long as one dash, so that they are drawn whole.
    tip = f"M{_px(x)} {_px(y + way * (ARROW - 1))}"
    head = f"{tip}l-2.4 {-way * 3.2}{tip}l2.4 {-way * 3.2}"
    yield Shape("path", f'd="M{_px(x)} {_px(y + way * 3)}v{way * (ARROW - 6)}{head}"', "arrow")


def _px(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _escape(text: str) -> str:
    return escape(replace_unprintable(text), quote=True)
