"""One fault for every way a rule between versions can be broken: a faulty next version of the specimen, and a sound one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dprk_russia.checks.faults.corpus import Fault
from dprk_russia.versions.changes import Step, parse_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from dprk_russia.checks.faults.specimen import Specimen


@dataclass(frozen=True, kw_only=True)
class VersionFault(Fault):
    """A fault of a next version; `advance` makes the same step as `edit` without the fault."""

    advance: Callable[[Specimen], object]


def _raise_version(specimen: Specimen, step: Step) -> None:
    """Give the specimen the smallest version that a step allows."""
    descriptor = specimen.descriptor()
    version = parse_version(descriptor["version"]).rise(step)
    specimen.save_descriptor({**descriptor, "version": str(version)})


def _number_anew(specimen: Specimen) -> None:
    specimen.set("military_figures", "M00005", figure_id="M00006")
    _raise_version(specimen, Step.MAJOR)


def _describe_gazette(specimen: Specimen) -> None:
    specimen.set("actors", "gazette", description="Daily newspaper")


def _describe_in_next_version(specimen: Specimen) -> None:
    _describe_gazette(specimen)
    _raise_version(specimen, Step.PATCH)


def _forget_retired(specimen: Specimen) -> None:
    specimen.remove("retired_ids", "C00099")
    _raise_version(specimen, Step.MINOR)


def _rename_source(specimen: Specimen, **cells: str) -> None:
    specimen.set("sources", "kremlin-2024-12-17", **cells)
    _raise_version(specimen, Step.PATCH)


def _add_claim(specimen: Specimen, claim_id: str) -> None:
    specimen.add(
        "claims",
        claim_id=claim_id,
        statement="A claim like no other.",
        topic_id="arms",
        kind="assessment",
        asserted_by="gazette",
        asserted="2024-12-18",
        certainty="asserted",
        subject_id="russia",
    )
    specimen.add("evidence", claim_id=claim_id, source_id="gazette-2024-12-18")
    _raise_version(specimen, Step.MINOR)


def _use_retired(specimen: Specimen) -> None:
    specimen.remove("retired_ids", "C00099")
    _add_claim(specimen, "C00099")


VERSION_FAULTS = [
    VersionFault(
        "a row that is numbered anew",
        "id-vanished",
        _number_anew,
        "military_figures",
        None,
        "figure_id",
        advance=lambda s: _raise_version(s, Step.MAJOR),
    ),
    VersionFault(
        "a record of a retired id that goes",
        "id-vanished",
        _forget_retired,
        "retired_ids",
        None,
        "old_id",
        advance=_describe_in_next_version,
    ),
    VersionFault(
        "another page under the id of a source",
        "id-reused",
        lambda s: _rename_source(s, title="Timetable of trains", url="https://kremlin.example/trains"),
        "sources",
        6,
        "title",
        advance=lambda s: _rename_source(s, title="[Answers to the press]"),
    ),
    VersionFault(
        "a retired id for a new claim",
        "id-reused",
        _use_retired,
        "claims",
        11,
        "claim_id",
        advance=lambda s: _add_claim(s, "C00100"),
    ),
    VersionFault(
        "a correction under the same version",
        "version-too-small",
        _describe_gazette,
        "datapackage.json",
        None,
        advance=_describe_in_next_version,
    ),
]
