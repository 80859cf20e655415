"""Charts as files. PNG and PDF are set by Typst, which brings letters for all scripts where the system has none."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from dprk_russia.contract.errors import MissingExtraError, explain_missing

if TYPE_CHECKING:
    from collections.abc import Mapping

# Of a PNG: twice as many dots as the chart has pixels.
_DOTS_PER_INCH = 144
Form = Literal["png", "pdf"]
_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg")\n'
# A card of 1,200 by 630 dots, as programs show it that make a picture of a link.
_CARD = """
#set page(width: 600pt, height: 315pt, margin: (x: 24pt, y: 18pt), fill: white)
#set text(font: ("Noto Sans", "Liberation Sans", "DejaVu Sans"), fill: rgb("#1c2024"))
#set par(leading: 0.5em)
#set block(spacing: 6pt)
#block(width: 100%, height: 48pt, clip: true, text(18pt, weight: "bold", sys.inputs.title))
#block(width: 100%, height: 1fr, align(center + horizon, image("chart.svg", width: 100%, height: 100%, fit: "contain")))
#block(width: 100%, height: 13pt, clip: true, text(9pt, fill: rgb("#5a636c"), sys.inputs.foot))
"""


def save(svg: str, path: Path | str) -> None:
    """Write an SVG image to a file in the form that its name ends with; see `Chart.save`."""
    from dprk_russia.charts.chart import ChartError

    target = Path(path)
    ending = target.suffix.lower().removeprefix(".")
    form: Form | None = next((form for form in get_args(Form) if form == ending), None)
    if form is None and ending != "svg":
        raise ChartError(f"{target} must end with .svg, .png or .pdf.")
    _put(convert(svg, form) if form else svg.encode(), target)


def convert(svg: str, form: Form) -> bytes:
    """Return an SVG image as PNG or PDF, the same bytes each time on one machine.

    Raises
    ------
    MissingExtraError
        If Typst is not installed.
    """
    return _set(_PAGE, svg, form, {})


def draw_card(svg: str, title: str, foot: str) -> bytes:
    """Return an SVG image under a title and over a line of small print as PNG, of the size that links have as pictures.

    Raises
    ------
    MissingExtraError
        If Typst is not installed.
    """
    return _set(_CARD, svg, "png", {"title": title, "foot": foot})


def _set(source: str, svg: str, form: Form, inputs: Mapping[str, str]) -> bytes:
    """Return what Typst makes of a source, an image and texts, which are no part of the source."""
    try:
        import typst
    except ModuleNotFoundError as error:
        raise MissingExtraError(explain_missing(error)) from error
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "chart.svg").write_text(svg, encoding="utf-8")
        page = Path(folder) / "chart.typ"
        page.write_text(source, encoding="utf-8")
        made = typst.compile(page, format=form, ppi=_DOTS_PER_INCH, timestamp=0, sys_inputs=dict(inputs))
    return bytes(made)


def _put(content: bytes, target: Path) -> None:
    """Write a file beside its place and move it there, so that a file is whole or not there."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
