"""`diff`, and the changes that a build writes and refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dprk_russia import release
from dprk_russia.checks.faults import VERSION_FAULTS, Fault, Specimen
from dprk_russia.release import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


pytestmark = pytest.mark.slow


@pytest.fixture
def later(tmp_path: Path) -> Specimen:
    """A sound next version of the specimen, with one cell corrected."""
    specimen = Specimen(tmp_path / "later")
    specimen.set("actors", "gazette", description="Daily | newspaper")
    specimen.save_descriptor({**specimen.descriptor(), "version": "9.0.0"})
    return specimen


@pytest.mark.parametrize("form", ["text", "markdown", "json", "csv"])
def test_every_form_tells_the_change_and_exits_with_zero(
    specimen: Specimen, later: Specimen, run: Run, form: str
) -> None:
    code, out, err = run("diff", specimen.folder, later.folder, "--format", form)
    assert (code, err) == (0, "")
    assert "Daily" in out
    assert "Newspaper" in out
    assert "\x1b" not in out


def test_the_json_form_has_the_documented_keys(specimen: Specimen, later: Specimen, run: Run) -> None:
    content = json.loads(run("diff", specimen.folder, later.folder, "--format", "json")[1])
    assert list(content) == [
        "format", "old", "new", "step", "smallest", "suffices", "counts", "contract", "changes", "skipped"
    ]  # fmt: skip
    assert content["changes"] == [
        {
            "table": "actors",
            "row_id": "gazette",
            "column": "description",
            "kind": "changed",
            "old": "Newspaper",
            "new": "Daily | newspaper",
        }
    ]


def test_equal_versions_exit_with_zero(specimen: Specimen, run: Run) -> None:
    code, out, _ = run("diff", specimen.folder, specimen.folder)
    assert code == 0
    assert out.startswith("Nothing changed since ")


@pytest.mark.parametrize("spec", ["nowhere", "--", "-x", "HEAD~0~0^9"])
def test_what_cannot_be_opened_exits_with_two_and_one_line(specimen: Specimen, run: Run, spec: str) -> None:
    code, out, err = run("diff", "--", spec, specimen.folder)
    assert (code, out) == (2, "")
    assert err.startswith("dprk-russia: ")
    assert err.count("\n") == 1


def build(specimen: Specimen, out: Path, since: Path | None = None) -> Path:
    release.build(specimen.folder, out, lambda _: None, None if since is None else str(since))
    return out


def test_the_first_release_says_that_there_is_no_earlier_one(specimen_release: Path) -> None:
    assert "there is no earlier one" in (specimen_release / "CHANGES.md").read_text(encoding="utf-8")
    assert (specimen_release / "changes.csv").read_text(encoding="utf-8").count("\n") == 1


def test_a_release_tells_what_changed_since_the_earlier_one_in_the_same_bytes(
    specimen: Specimen, later: Specimen, specimen_release: Path, tmp_path: Path
) -> None:
    (earlier,) = specimen_release.glob("*.zip")
    one = build(later, tmp_path / "one", earlier)
    other = build(later, tmp_path / "other", specimen.folder)
    for name in ("CHANGES.md", "changes.csv", "SHA256SUMS"):
        assert (one / name).read_bytes() == (other / name).read_bytes()
    assert "| `description` | `Newspaper` | `Daily` &#124; `newspaper` |" in (one / "CHANGES.md").read_text(
        encoding="utf-8"
    )
    assert "actors,gazette,description,,cell,changed,Newspaper,Daily | newspaper\n" in (
        one / "changes.csv"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", VERSION_FAULTS[::2], ids=lambda fault: fault.rule)
def test_a_build_is_refused_when_a_rule_between_versions_is_broken(
    specimen: Specimen, tmp_path: Path, fault: Fault
) -> None:
    earlier = Specimen(tmp_path / "earlier")
    fault.edit(specimen)
    with pytest.raises(RefusedError) as refused:
        build(specimen, tmp_path / "dist", earlier.folder)
    assert [finding.rule for finding in refused.value.report.findings] == [fault.rule]
    assert not (tmp_path / "dist").exists()


def test_a_refused_build_tells_the_finding_and_exits_with_one(
    specimen: Specimen, tmp_path: Path, run: Run
) -> None:
    earlier = Specimen(tmp_path / "earlier")
    specimen.set("actors", "gazette", description="Daily")
    code, out, err = run("build", specimen.folder, "--out", tmp_path / "dist", "--since", earlier.folder)
    assert code == 1
    assert "error version-too-small: The version is " in out
    assert "Nothing was built" in err


def test_the_report_ends_with_one_line_feed(specimen: Specimen, run: Run) -> None:
    out = run("diff", specimen.folder, specimen.folder)[1]
    assert out.rstrip("\n") + "\n" == out
