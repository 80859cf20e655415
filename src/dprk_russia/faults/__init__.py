"""The fault corpus: a small sound package, and for each rule the single edits that break it.

Tests run every fault; `dprk-russia rules RULE` shows one as an example.
"""

from dprk_russia.faults.corpus import FAULTS, Fault
from dprk_russia.faults.specimen import Specimen

__all__ = ["FAULTS", "Fault", "Specimen"]
