"""The fault corpus: a small sound package, and for each rule the single edits that break it.

A rule between versions is broken by what such an edit makes of the package: a faulty next version.

Tests run every fault; `dprk-russia rules RULE` shows one as an example.
"""

from dprk_russia.checks.faults.corpus import FAULTS, Fault
from dprk_russia.checks.faults.specimen import Specimen
from dprk_russia.checks.faults.versions import VERSION_FAULTS, VersionFault

__all__ = ["FAULTS", "VERSION_FAULTS", "Fault", "Specimen", "VersionFault"]
