"""Calls side by side, where tables are so large that this saves time."""

from __future__ import annotations

import os
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Given = ParamSpec("Given")
Returned = TypeVar("Returned")

# For tables of fewer bytes threads wait for each other longer than they save.
MIN_BYTES = 20_000_000


def start_workers(size: int) -> Executor:
    """Return what calls functions on as many threads as there are processors; in turn, if tables have few bytes."""
    return ThreadPoolExecutor(os.cpu_count()) if size >= MIN_BYTES else _InTurn()


class _InTurn(Executor):
    """Calls each function as it is submitted."""

    def submit(
        self, fn: Callable[Given, Returned], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Returned]:
        future: Future[Returned] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001
            future.set_exception(error)
        return future
