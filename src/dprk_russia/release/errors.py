"""Why there is no release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dprk_russia.contract.errors import DprkRussiaError

if TYPE_CHECKING:
    from dprk_russia.contract.findings import Report


class RefusedError(DprkRussiaError):
    """The package has findings, so nothing is built from it."""

    def __init__(self, report: Report) -> None:
        super().__init__("The package does not pass validation.")
        self.report = report


class ReleaseError(DprkRussiaError):
    """The release cannot be written to its place; the message says why."""


class RejectedError(DprkRussiaError):
    """What was written does not pass the last check; the message says why."""
