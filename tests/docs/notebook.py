"""A notebook run cell by cell, without Jupyter: `python tests/docs/notebook.py FILE` renews what its cells show."""

from __future__ import annotations

import ast
import io
import json
import sys
import tempfile
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

import pandas as pd

# What an object is shown as: the first of these forms that it has, beside text.
FORMS = {"_repr_svg_": "image/svg+xml", "_repr_html_": "text/html"}
# As in Jupyter, and put back as they were at the end.
OPTIONS = ("display.max_columns", 20, "display.width", 160, "display.max_colwidth", 50)


def read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with what its cells of code print and show when they are run in order, in an empty folder."""
    names: dict[str, Any] = {"__name__": "__main__"}
    count = 0
    cells = []
    with tempfile.TemporaryDirectory() as folder, chdir(folder), pd.option_context(*OPTIONS):
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code":
                cells.append(cell)
                continue
            count += 1
            outputs = list(_run_cell("".join(cell["source"]), names, count))
            cells.append(cell | {"execution_count": count, "outputs": outputs})
    return notebook | {"cells": cells}


def _run_cell(code: str, names: dict[str, Any], count: int) -> list[dict[str, Any]]:
    *body, last = ast.parse(code).body
    if not isinstance(last, ast.Expr):
        raise TypeError(f"The cell shows nothing: {code}")
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "cell", "exec"), names)  # noqa: S102
        shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": _split(printed.getvalue())})
    if shown is not None:
        result = {"output_type": "execute_result", "execution_count": count, "metadata": {}}
        outputs.append(result | {"data": _show(shown)})
    return outputs


def _show(shown: object) -> dict[str, list[str]]:
    forms = [(kind, getattr(shown, name)()) for name, kind in FORMS.items() if hasattr(shown, name)]
    return {kind: _split(text) for kind, text in [("text/plain", repr(shown)), *forms[:1]]}


def _split(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def write(notebook: dict[str, Any]) -> str:
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.write_text(write(run(read(place))), encoding="utf-8")
