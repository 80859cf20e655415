"""Colours on a terminal, by what a text is."""

from __future__ import annotations

import os

import click

COLOURS = {
    "error": "red",
    "warning": "yellow",
    "pass": "green",
    "removed": "red",
    "changed": "yellow",
    "added": "green",
}


def style(text: str, role: str) -> str:
    """Colour text on a terminal; click takes the colours out where the output is none."""
    if os.environ.get("NO_COLOR"):
        return text
    return click.style(text, fg=COLOURS.get(role), bold=role == "rule")
