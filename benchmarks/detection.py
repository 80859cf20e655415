"""What `dprk-russia validate`, frictionless and pandera alone find of the faults below.

Each fault is a single edit of a small sound package. A tool that reports no error, or none at the line of the defect,
has not found it there; whether it reports anything at all is told too. Pandera is given the frames pandas reads from
the files and the schemas this project compiles, without the steps around them. Writes docs/faults.md.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from dprk_russia.checks.faults import FAULTS, Fault, Specimen
from dprk_russia.checks.validation import validate
from dprk_russia.contract.findings import PACKAGE_RULES

DOCS = Path(__file__).parents[1] / "docs" / "faults.md"


def find_own(fault: Fault, specimen: Specimen) -> str:
    """Return what this project's validator finds."""
    findings = validate(specimen.folder).findings
    placed = [f for f in findings if (f.rule, f.line) == (fault.rule, fault.line)]
    return "at its place" if len(findings) == len(placed) == 1 else "elsewhere" if findings else ""


def find_with_frictionless(fault: Fault, specimen: Specimen) -> str:
    """Return what frictionless finds."""
    from frictionless import FrictionlessException
    from frictionless import validate as check

    try:
        report = check(str(specimen.folder / "datapackage.json"))
    except FrictionlessException:
        return "elsewhere"
    except Exception:  # noqa: BLE001
        return "by a traceback"
    errors = [(task.place, error) for task in report.tasks for error in task.errors]
    if not errors:
        return "elsewhere" if report.errors else ""
    lines = {getattr(error, "row_number", None) for place, error in errors if fault.table in str(place)}
    return "at its place" if fault.line in lines or (fault.line in {None, 1} and errors) else "elsewhere"


def find_with_pandera(fault: Fault, specimen: Specimen) -> str:
    """Return what the compiled schemas find in the frames that pandas reads."""
    import pandera.errors

    from dprk_russia.checks.schemas import compile_schema
    from dprk_russia.contract.package import PackageError, inspect_package
    from dprk_russia.tabular.loading import read_frame

    try:
        package, _ = inspect_package(specimen.folder)
    except PackageError:
        return ""
    for table in package.tables:
        try:
            compile_schema(table).validate(read_frame(table, specimen.folder), lazy=True)
        except pandera.errors.SchemaErrors as errors:
            lines = {int(index) + 2 for index in errors.failure_cases["index"] if str(index).isdigit()}
            return "at its place" if table.name == fault.table and fault.line in lines else "elsewhere"
        except (ValueError, KeyError, TypeError, UnicodeError):
            return "elsewhere"
    return ""


TOOLS = {"dprk-russia": find_own, "frictionless": find_with_frictionless, "pandera alone": find_with_pandera}


def main() -> None:
    """Run every tool over every fault and write the table."""
    groups = {rule.id: rule.group for rule in PACKAGE_RULES}
    rows, totals = [], dict.fromkeys(TOOLS, 0)
    anything = dict.fromkeys(TOOLS, 0)
    for fault in FAULTS:
        found = {}
        for name, find in TOOLS.items():
            with tempfile.TemporaryDirectory() as folder:
                specimen = Specimen(Path(folder) / "package")
                fault.edit(specimen)
                found[name] = find(fault, specimen)
            totals[name] += found[name] == "at its place"
            anything[name] += bool(found[name])
        rows.append(f"| {groups[fault.rule]} | {fault.rule} | {fault.name} | {' | '.join(found.values())} |")
    summary = [f"| {name} | {totals[name]} | {anything[name]} |" for name in TOOLS]
    text = [
        "# What validators find",
        "",
        (__doc__ or "").replace(" Writes docs/faults.md.", "").strip(),
        "",
        f"| of {len(FAULTS)} faults | at their place | at all |",
        "|---|---:|---:|",
        *summary,
        "",
        f"| concerns | rule | fault | {' | '.join(TOOLS)} |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
    DOCS.parent.mkdir(exist_ok=True)
    DOCS.write_text("\n".join(text) + "\n", encoding="utf-8")
    print("\n".join(summary))


if __name__ == "__main__":
    main()
