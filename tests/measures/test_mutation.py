"""No small change to a measure goes unnoticed by its cases."""

from __future__ import annotations

import pytest

from measures.mutation import mutate


@pytest.mark.slow
def test_every_small_change_to_a_measure_fails_a_case() -> None:
    outcome = mutate()
    assert list(map(str, outcome.survivors)) == []
    assert outcome.stale == set()
