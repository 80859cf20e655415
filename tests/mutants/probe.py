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


def _run(function: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[Any, set[str]]:
    """Return what a function returns, and the blocks that it reaches."""
    before = set(blocks)
    blocks.clear()
    try:
        return function(*arguments, **named), set(blocks)
    finally:
        blocks.update(before)


def cache(function: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what a function returns, and the blocks that it reached, which count as reached again at every call."""
    kept: dict[Any, tuple[Any, set[str]]] = {}

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        given = arguments, frozenset(named.items())
        if given not in kept:
            kept[given] = _run(function, *arguments, **named)
        blocks.update(kept[given][1])
        return kept[given][0]

    call.cache_clear = kept.clear  # type: ignore[attr-defined]
    return call


def lru_cache(**_: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Stand for `functools.lru_cache`, without its limit."""
    return cache


class cached_property:  # noqa: N801
    """Stand for `functools.cached_property` in the same way."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = f"kept {self._function.__name__}"
        if name not in instance.__dict__:
            instance.__dict__[name] = _run(self._function, instance)
        value, reached = instance.__dict__[name]
        blocks.update(reached)
        return value
