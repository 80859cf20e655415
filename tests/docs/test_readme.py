"""The README: its table shows the data, its snippets run, its numbers are those of the package."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

import dprk_russia

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
TABLE = re.compile(r"<!-- estimates: (\S+) (\S+) (\S+) -->\n(.*?)<!-- end -->", re.DOTALL)


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def write_table(indicator: str, start: str, end: str) -> str:
    rows = dprk_russia.estimates(indicator)
    rows = rows[rows["scope"].isna() & rows["as_of"].between(start, end)]
    lines = ["| as of | speaker | bound | number | as stated | claim |", "|---|---|---|---:|---|---|"]
    for row in rows.astype(object).to_dict("records"):
        number = f"{row['number']:,.0f}" if pd.notna(row["number"]) else ""
        bound = row["bound"].replace("_", " ")
        day = row["as_of"].date()
        lines.append(
            f"| {day} | {row['speaker']} | {bound} | {number} | {row['as_stated']} | {row['claim_id']} |"
        )
    return "\n".join(lines) + "\n"


def test_the_table_of_the_readme_shows_the_data() -> None:
    found = TABLE.search(README)
    assert found
    indicator, start, end, table = found.groups()
    assert table == write_table(indicator, start, end)


def test_the_snippets_of_use_run() -> None:
    snippets = re.findall(r"```python\n(.*?)```", section("Use"), re.DOTALL)
    assert snippets
    for snippet in snippets:
        names: dict[str, object] = {}
        exec(snippet, names)  # noqa: S102
        assert all(len(value) for value in names.values() if isinstance(value, pd.DataFrame))


def test_the_readme_cites_the_package_as_the_command_does() -> None:
    quoted = re.findall(r"^> ?(.*)$", section("Cite"), re.MULTILINE)
    assert " ".join(quoted).replace("*", "") + "\n" == dprk_russia.cite()


def test_the_readme_names_the_files_of_this_version() -> None:
    names = re.findall(r"\bdprk[-_]russia-(\d[\w.]*?)(?:\.zip|-py3)", README)
    assert len(names) == 2
    assert set(names) == {dprk_russia.__version__}


def test_the_tour_elsewhere_names_the_archive_of_this_version() -> None:
    tour = (Path(__file__).parents[2] / "docs" / "tour-elsewhere.md").read_text(encoding="utf-8")
    assert re.findall(r"dprk-russia-(\d[\w.]*?)\.zip", tour) == [dprk_russia.__version__]


def test_the_ids_that_the_readme_cites_can_be_cited() -> None:
    ids = re.findall(r"^\$ dprk-russia cite ([^ -]\S*)", README, re.MULTILINE)
    assert len(ids) == 3
    assert dprk_russia.cite(*ids)


def test_the_readme_lists_every_table() -> None:
    assert set(re.findall(r"`(\w+)`", section("The tables").split("\n\n")[0])) >= set(dprk_russia.tables())
