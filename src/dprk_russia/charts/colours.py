"""The colours of charts: one for each side that speaks most, grey for all others, on light paper and on dark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb: of the paper, of text and axes, of lines behind the figures, and of each side."""

    paper: str
    ink: str
    faint: str
    line: str
    sides: dict[str, str]
    other: str


LIGHT = Theme(
    paper="#ffffff",
    ink="#1c2024",
    faint="#5a636c",
    line="#d5dae0",
    sides={
        "north-korea": "#8a2d94",
        "russia": "#b3261e",
        "south-korea": "#0b57a4",
        "ukraine": "#7d5700",
        "united-states": "#00695c",
    },
    other="#5a636c",
)
DARK = Theme(
    paper="#14171a",
    ink="#e4e7ea",
    faint="#a3adb7",
    line="#363d44",
    sides={
        "north-korea": "#e0a6ee",
        "russia": "#ff9a8f",
        "south-korea": "#8ec1f5",
        "ukraine": "#f0c35a",
        "united-states": "#6fd3c0",
    },
    other="#a3adb7",
)
_CHANNEL = 255
_LINEAR_UP_TO = 0.04045


def measure_contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, as WCAG 2 defines it."""
    lighter, darker = sorted((_measure_luminance(one), _measure_luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _measure_luminance(colour: str) -> float:
    red, green, blue = (_linearise(int(colour[place : place + 2], 16) / _CHANNEL) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linearise(channel: float) -> float:
    return channel / 12.92 if channel <= _LINEAR_UP_TO else float(((channel + 0.055) / 1.055) ** 2.4)


def name_class(side: str) -> str:
    """Return the class that gives a mark the colour of its side."""
    return f"side-{side}" if side in LIGHT.sides else "side-other"


def write_style(prefix: str = ".chart") -> str:
    """Return the style sheet of charts under a selector: light, and dark where the reader's system is.

    The light rules stand first and need neither variables nor queries, so that programs that draw SVG understand them.
    """
    dark = "\n".join(f"  {rule}" for rule in _write_theme(DARK, prefix))
    return "\n".join(
        (
            f"{prefix} text {{ font: 12px {FONTS}; }}",
            f"{prefix} .far {{ text-anchor: end; }}",
            f"{prefix} .mid {{ text-anchor: middle; }}",
            f"{prefix} .axis, {prefix} .grid {{ stroke-width: 1; }}",
            f"{prefix} .join {{ stroke-width: 1; opacity: .55; }}",
            f"{prefix} .mark {{ stroke-width: 1.6; }}",
            f"{prefix} .label {{ stroke-width: 3; stroke-linejoin: round; paint-order: stroke; }}",
            f"{prefix} .arrow {{ stroke-dasharray: 4 2; }}",
            *_write_theme(LIGHT, prefix),
            "@media (prefers-color-scheme: dark) {",
            dark,
            "}",
            "",
        )
    )


FONTS = (
    '"Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif'
)


def _write_theme(theme: Theme, prefix: str) -> list[str]:
    sides = {**theme.sides, "other": theme.other}
    return [
        f"{prefix} .paper {{ fill: {theme.paper}; }}",
        f"{prefix} text {{ fill: {theme.ink}; }}",
        f"{prefix} .faint {{ fill: {theme.faint}; }}",
        f"{prefix} .axis {{ stroke: {theme.faint}; }}",
        f"{prefix} .grid {{ stroke: {theme.line}; }}",
        *(f"{prefix} .side-{side} {{ stroke: {colour}; fill: {colour}; }}" for side, colour in sides.items()),
        f"{prefix} .label {{ stroke: {theme.paper}; }}",
        f"{prefix} .hollow .body, {prefix} .hollow.body, .hollow {prefix} .body {{ fill: {theme.paper}; }}",
        f"{prefix} .join, {prefix} .arrow {{ fill: none; }}",
    ]
