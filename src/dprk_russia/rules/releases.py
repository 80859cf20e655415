"""Rules that a downloaded release must keep beyond those of the package in it."""

from __future__ import annotations

from dprk_russia.findings import Rule

CHECKSUMS = "SHA256SUMS"

CHECKSUMS_INVALID = Rule(
    "checksums-invalid",
    "release",
    f"Each line of {CHECKSUMS} is a SHA-256 sum, two spaces and the name of a file in the release.",
    "Download the release again.",
)
ARTEFACT_MISSING = Rule(
    "artefact-missing",
    "release",
    f"Every file that {CHECKSUMS} names is there.",
    "Download the file again, or the whole release.",
)
ARTEFACT_CHANGED = Rule(
    "artefact-changed",
    "release",
    f"Every file has the sum that {CHECKSUMS} gives.",
    "Download the file again; if it still differs, it is not the file that was released.",
)
ARTEFACT_UNLISTED = Rule(
    "artefact-unlisted",
    "release",
    f"A release holds nothing that {CHECKSUMS} does not name.",
    "Move the file elsewhere; it is not part of the release.",
)
ARTEFACT_DIFFERS = Rule(
    "artefact-differs",
    "release",
    "Every format holds the tables of the Data Package: the same columns, rows and values.",
    "Download the release again; if it still differs, use the Data Package and report it.",
)

RULES = (CHECKSUMS_INVALID, ARTEFACT_MISSING, ARTEFACT_CHANGED, ARTEFACT_UNLISTED, ARTEFACT_DIFFERS)
