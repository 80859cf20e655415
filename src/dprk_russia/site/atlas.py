"""The map of places: outlines of Natural Earth, cut for the purpose, with the places whose coordinates are known."""

from __future__ import annotations

import json
import math
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dprk_russia.charts.lettering import Box, place_labels
from dprk_russia.documents.text import replace_unprintable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dprk_russia.site.library import Row

OUTLINES = Path(__file__).parent / "assets" / "outlines.json"
NAMES = {"west": "Western Russia and Ukraine", "east": "Korea and the Far East of Russia"}
WIDTH = 560
_DOT = 4
_MOST_LABELS = 20


@cache
def read_outlines() -> dict[str, Any]:
    """Return the windows of the map, in degrees, and the outlines in each."""
    return dict(json.loads(OUTLINES.read_text(encoding="utf-8")))


def list_shown(places: Sequence[Row], window: str) -> list[Row]:
    """Return the places that lie in a window of the map."""
    west, south, east, north = read_outlines()[window]["window"]
    return [
        row
        for row in places
        if row["latitude"] is not None
        and row["longitude"] is not None
        and west <= row["longitude"] <= east
        and south <= row["latitude"] <= north
    ]


def draw_window(places: Sequence[Row], window: str) -> str:
    """Return one window of the map as SVG, with the places that lie in it."""
    west, south, east, north = read_outlines()[window]["window"]
    # A degree of longitude is shorter the farther north it lies.
    stretch = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * stretch)
    height = round((north - south) * scale)

    def place(longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - west) * stretch * scale, (north - latitude) * scale

    shown = list_shown(places, window)
    spots = [place(row["longitude"], row["latitude"]) for row in shown]
    boxes = [Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in spots]
    wanted = [(number, row["name"], boxes[number]) for number, row in enumerate(shown)]
    labels = place_labels(wanted, boxes, (), Box(0, 0, WIDTH, height), _MOST_LABELS)
    lands = (
        "".join(f"{'L' if number else 'M'}{x:.0f} {y:.0f}" for number, (x, y) in enumerate(ring)) + "Z"
        for ring in ([place(*point) for point in ring] for ring in read_outlines()[window]["rings"])
    )
    names = ", ".join(row["name"] for row in shown)
    return "".join(
        (
            f'<svg class="chart map" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{window}-title {window}-desc">',
            f'<title id="{window}-title">{NAMES[window]}</title><desc id="{window}-desc">{_escape(names)}</desc>',
            *(f'<path class="land" d="{land}"/>' for land in lands),
            *_draw_spots(spots),
            *(
                f'<text class="label" x="{label.x:.0f}" y="{label.y:.0f}">{_escape(label.words)}</text>'
                for label in labels
            ),
            "</svg>",
        )
    )


def _draw_spots(spots: Sequence[tuple[float, float]]) -> Iterator[str]:
    for x, y in spots:
        yield f'<circle class="spot" cx="{x:.0f}" cy="{y:.0f}" r="{_DOT}"/>'


def _escape(text: str) -> str:
    return escape(replace_unprintable(text), quote=True)
