"""Memory that is let go of stays with the program: a run is short, and the system clears every page it hands out anew."""

from __future__ import annotations

import ctypes
import os
import sys

# Parameters of glibc's mallopt, and what they are set to: give back from, map apart from, number of heaps.
_SETTINGS = {-1: 2**31 - 1, -3: 2**30, -8: 1}


def keep_memory() -> None:
    """Tell the allocators of pyarrow, which must not be imported yet, and of glibc to keep what they are given back."""
    os.environ.setdefault("MIMALLOC_PURGE_DELAY", "-1")
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        if hasattr(library, "mallopt"):
            for parameter, value in _SETTINGS.items():
                library.mallopt(parameter, value)
