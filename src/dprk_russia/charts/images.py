"""Charts as files. PNG and PDF are set by Typst, which brings letters for all scripts where the system has none."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Literal, get_args

from dprk_russia.contract.errors import MissingExtraError, explain_missing

# Of a PNG: twice as many dots as the chart has pixels.
_DOTS_PER_INCH = 144
Form = Literal["png", "pdf"]
_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg")\n'


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
    try:
        import typst
    except ModuleNotFoundError as error:
        raise MissingExtraError(explain_missing(error)) from error
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "chart.svg").write_text(svg, encoding="utf-8")
        page = Path(folder) / "chart.typ"
        page.write_text(_PAGE, encoding="utf-8")
        made = typst.compile(page, format=form, ppi=_DOTS_PER_INCH, timestamp=0)
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
