from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dprk_russia.checks.faults import Specimen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def specimen(tmp_path: Path) -> Specimen:
    return Specimen(tmp_path / "package")
