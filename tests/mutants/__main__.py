"""Changes the code in small ways, one at a time, and tells which changes no test notices.

    scripts/mutate [--seed SEED] [--sample COUNT] [MODULE ...]

Without modules: all changes to the rules, and a sample of those to everything. Fails if fewer than 95 of 100 that can change
anything are noticed.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass, field
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

import click

from mutants.changes import list_mutants
from mutants.reach import Reach, find_tests, read_words
from mutants.repository import PACKAGE, read_sources
from mutants.trial import Bench, Trial

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mutants.changes import Mutant
    from mutants.trial import Verdict

RULES = "checks/rules/"
SAMPLE = 500
# So many of 100 mutants that can change anything must be noticed.
ENOUGH = 95
EQUIVALENT = Path(__file__).parent / "equivalent.csv"

_bench: list[Bench] = []


def read_equivalent() -> dict[str, str]:
    """Return the mutants that are known to change nothing, and why that is so."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {row["mutant"]: row["reason"] for row in csv.DictReader(file)}


def main() -> int:
    options = _parse()
    sources = read_sources()
    if unknown := [path for path in options.modules if path not in sources]:
        raise SystemExit(f"there is no module {', '.join(unknown)} in {PACKAGE}")
    mutants = [mutant for path, source in sources.items() for mutant in list_mutants(path, source)]
    equivalent = read_equivalent()
    reach = Reach(find_tests(), sources, read_words())
    made = {str(mutant) for mutant in mutants}
    stale = [what for what in equivalent if what not in made]
    enough = True
    for name, chosen in _choose(options, mutants):
        tally = Tally(name, equivalent)
        for verdict in judge(chosen, reach, cpu_count() or 1):
            tally.add(verdict)
        click.echo(tally.tell())
        stale += tally.stale
        enough &= tally.is_enough
    for what in sorted({*stale}):
        click.echo(f"need not be listed as equivalent: {what}")
    return 0 if enough else 1


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Change the code and tell which changes no test notices.")
    parser.add_argument("--seed", type=int, default=1, help="which sample is drawn")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many changes are drawn")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="modules of which all changes are made")
    return parser.parse_args()


def _choose(options: argparse.Namespace, mutants: Sequence[Mutant]) -> Iterator[tuple[str, Sequence[Mutant]]]:
    """Yield the mutants that are asked for, by what they are called."""
    if options.modules:
        yield (
            "the modules",
            [mutant for mutant in mutants if mutant.path in options.modules],
        )
        return
    yield "the rules", [mutant for mutant in mutants if mutant.path.startswith(RULES)]
    drawn = Random(options.seed).sample(mutants, options.sample)  # noqa: S311
    yield f"the sample {options.seed}", drawn


def judge(mutants: Iterable[Mutant], reach: Reach, processes: int) -> Iterator[Verdict]:
    """Yield what becomes of mutants, in no order."""
    trials = [Trial(mutant, tuple(reach.find(mutant.path, mutant.context))) for mutant in mutants]
    with (
        TemporaryDirectory(prefix="mutants-") as folder,
        get_context("fork").Pool(processes, _prepare, (folder,)) as pool,
    ):
        yield from pool.imap_unordered(_try, trials)


def _prepare(folder: str) -> None:
    _bench.append(Bench(Path(mkdtemp(dir=folder))))


def _try(trial: Trial) -> Verdict:
    return _bench[0].judge(trial)


@dataclass(slots=True)
class Tally:
    """What became of some mutants; `stale` are those listed as equivalent of which a test tells."""

    name: str
    equivalent: Mapping[str, str]
    made: int = 0
    survivors: int = 0
    idle: int = 0
    stale: list[str] = field(default_factory=list)

    def add(self, verdict: Verdict) -> None:
        """Count a verdict, and tell of a survivor at once."""
        what = str(verdict.mutant)
        self.made += 1
        if not verdict.survives and what in self.equivalent:
            self.stale.append(what)
        elif verdict.survives and what in self.equivalent:
            self.idle += 1
        elif verdict.survives:
            self.survivors += 1
            click.echo(f"survives {verdict.asked} tests: {what}")

    @property
    def is_enough(self) -> bool:
        """Tell whether enough of those that can change anything were noticed."""
        return 100 * self.survivors <= (100 - ENOUGH) * (self.made - self.idle)

    def tell(self) -> str:
        killed = self.made - self.idle - self.survivors
        return (
            f"{self.name}: {self.made} changes, {killed} noticed, {self.idle} known to change nothing, "
            f"{self.survivors} survive"
        )


if __name__ == "__main__":
    sys.exit(main())
