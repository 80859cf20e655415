"""Faults of a small sound package: for each rule the edits that break it.

A rule between versions is broken by what such edits make of the package: a faulty next version.

Tests run every fault; `dprk-russia rules RULE` shows one as an example.
"""

from dprk_russia.checks.faults.faults import FAULTS, VERSION_FAULTS, Fault
from dprk_russia.checks.faults.specimen import Specimen

__all__ = ["FAULTS", "VERSION_FAULTS", "Fault", "Specimen"]
