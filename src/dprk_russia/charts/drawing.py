"""Charts as SVG: classes carry the colours, so that a page or the file itself can give them light or dark ones."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dprk_russia.charts.colours import name_class
from dprk_russia.charts.layout import ARROW, REACH
from dprk_russia.documents.text import replace_unprintable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dprk_russia.charts.layout import Panel, Placed


def draw(
    panels: Sequence[Panel], title: str, description: str, *, style: str = "", name: str = "chart"
) -> str:
    """Return panels, one below the other, as one SVG image with its title and description.

    `style` is put into the file; a page that has the style sheet of charts leaves it out. `name` is that of the ids inside.
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
        inside += [f'<g transform="translate(0 {top})">' if top else "<g>", *_draw_panel(panel), "</g>"]
        top += panel.frame.height
    namespace = ' xmlns="http://www.w3.org/2000/svg"' if style else ""
    return (
        f'<svg{namespace} class="chart" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc">{"".join(inside)}</svg>'
    )


def _draw_panel(panel: Panel) -> Iterator[str]:
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
        yield f'<text class="faint mid" x="{_px(tick.place)}" y="{_px(floor + 17)}">{_escape(tick.words)}</text>'
    if panel.lane:
        yield f'<path class="grid" d="M{_px(room.left)} {_px(panel.lane.top)}H{_px(room.right)}"/>'
    for numbers in panel.joins:
        yield _draw_join([panel.marks[number] for number in numbers])
    for mark in panel.marks:
        yield draw_mark(mark, titled=panel.frame.has_titles)
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
    hollow = "" if point.is_current else " hollow"
    figure = f' data-figure="{_escape(point.figure_id)}"' if point.figure_id else ""
    title = f"<title>{_escape(point.told)}</title>" if titled else ""
    shapes = "".join(_draw_shapes(mark))
    return f'<g class="mark {name_class(point.side)}{hollow}"{figure}>{title}{shapes}</g>'


def _draw_shapes(mark: Placed) -> Iterator[str]:
    x, (bottom, top) = mark.x, mark.ends
    if mark.in_lane:
        yield f'<path d="M{_px(x - 4)} {_px(top - 4)}l8 8m0-8l-8 8"/>'
    elif bottom != top:
        yield f'<path d="M{_px(x - REACH)} {_px(top)}h{2 * REACH}m-{REACH} 0V{_px(bottom)}m-{REACH} 0h{2 * REACH}"/>'
        if mark.centre is not None:
            yield _draw_dot(x, mark.centre)
    elif mark.point.bound in {"at_least", "at_most"}:
        yield from _draw_bound(x, top, mark.point.bound)
    elif mark.point.bound == "exact":
        yield f'<rect class="body" x="{_px(x - 4)}" y="{_px(top - 4)}" width="8" height="8"/>'
    else:
        yield _draw_dot(x, top)


def _draw_dot(x: float, y: float) -> str:
    return f'<circle class="body" cx="{_px(x)}" cy="{_px(y)}" r="4.4"/>'


def _draw_bound(x: float, y: float, bound: str) -> Iterator[str]:
    """Yield a bar at the end that was said, and an arrow of fixed length away from it: it says nothing of how far."""
    way = -1 if bound == "at_least" else 1
    yield f'<rect class="body" x="{_px(x - REACH)}" y="{_px(y - 1.8)}" width="{2 * REACH}" height="3.6"/>'
    yield f'<path class="arrow" d="M{_px(x)} {_px(y + way * 3)}v{way * (ARROW - 6)}"/>'
    yield f'<path class="open" d="M{_px(x - 3.5)} {_px(y + way * (ARROW - 5))}l3.5 {way * 4}l3.5 {-way * 4}"/>'


def _px(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _escape(text: str) -> str:
    return escape(replace_unprintable(text), quote=True)
