"""Notes which blocks of statements are reached; stands beside the instrumented code, and alone, so that nothing is needed."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# A process that a test starts writes what it reaches into a file of this folder.
FOLDER = "REACHED_BLOCKS"

blocks: set[str] = set()
_is_child = FOLDER in os.environ


def reach(block: str) -> None:
    """Note a block."""
    if _is_child and block not in blocks:
        with (Path(os.environ[FOLDER]) / str(os.getpid())).open("a", encoding="utf-8") as file:
            file.write(f"{block}\n")
    blocks.add(block)


def cache(function: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what a function returns, and the blocks that it reached, which count as reached again at every call."""
    kept: dict[Any, tuple[Any, set[str]]] = {}

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        given = arguments, frozenset(named.items())
        if given not in kept:
            before = set(blocks)
            blocks.clear()
            try:
                kept[given] = function(*arguments, **named), set(blocks)
            finally:
                blocks.update(before)
        blocks.update(kept[given][1])
        return kept[given][0]

    call.cache_clear = kept.clear  # type: ignore[attr-defined]
    return call


def lru_cache(**_: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Stand for `functools.lru_cache`, without its limit."""
    return cache
