"""Rules that a downloaded release must keep beyond those of the package in it."""

from __future__ import annotations

from dprk_russia.contract.findings import RULES

CHECKSUMS = "SHA256SUMS"

CHECKSUMS_INVALID = RULES["checksums-invalid"]
ARTEFACT_MISSING = RULES["artefact-missing"]
ARTEFACT_CHANGED = RULES["artefact-changed"]
ARTEFACT_UNLISTED = RULES["artefact-unlisted"]
ARTEFACT_DIFFERS = RULES["artefact-differs"]
