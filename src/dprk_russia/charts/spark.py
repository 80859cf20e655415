"""Small pictures of an indicator: its figures over time, without axes and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dprk_russia.charts.colours import name_class
from dprk_russia.charts.points import choose_plotted, divide, read_points
from dprk_russia.charts.scales import fit, fit_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH, HEIGHT = 220, 44
_MARGIN = 5


def draw_spark(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the figures of the whole, in one currency, as a picture beside which the numbers stand in words."""
    points = [point for point in read_points(choose_plotted(divide(rows))[0].rows, {}) if point.numbers]
    inside = ""
    if points:
        scale, days = (
            fit([number for point in points for number in point.numbers]),
            fit_days([p.day for p in points]),
        )
        for point in points:
            x = _MARGIN + days.place(point.day) * (WIDTH - 2 * _MARGIN)
            low, high = (
                HEIGHT - _MARGIN - scale.place(end(point.numbers)) * (HEIGHT - 2 * _MARGIN)
                for end in (min, max)
            )
            hollow = "" if point.is_current else " hollow"
            shape = (
                f'<circle class="body" cx="{x:.1f}" cy="{low:.1f}" r="2.6"/>'
                if low == high
                else f'<path d="M{x:.1f} {high:.1f}V{low:.1f}"/>'
            )
            inside += f'<g class="mark {name_class(point.side)}{hollow}">{shape}</g>'
    floor = HEIGHT - 2
    return (
        f'<svg class="chart spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">'
        f'<path class="grid" d="M0 {floor}H{WIDTH}"/>{inside}</svg>'
    )
