"""What texts hold, for a whole column at once: letters, words, matches of a pattern in RE2."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from dprk_russia.tabular.relations import Mask

    Numbers = np.ndarray[tuple[int], np.dtype[np.uint64]]


def find_matches(texts: pd.Series[str], pattern: str) -> Mask:
    """Tell in which texts a pattern matches; a missing one has no match."""
    import numpy as np
    import pyarrow.compute as pc

    found = pc.match_substring_regex(_as_arrow(texts), pattern)
    return np.array(pc.fill_null(found, fill_value=False), dtype=bool)


def replace_all(texts: pd.Series[str], pattern: str, replacement: str) -> pd.Series[str]:
    """Return the texts with every match of a pattern replaced."""
    import pandas as pd
    import pyarrow.compute as pc

    replaced = pc.replace_substring_regex(_as_arrow(texts), pattern=pattern, replacement=replacement)
    return pd.Series(replaced.to_pandas().to_numpy(), index=texts.index, dtype=texts.dtype)


def find_letters(texts: pd.Series[str]) -> pd.Series[str]:
    """Return the letters and digits of each text, in small letters and without what stands between them."""
    return replace_all(texts.str.lower(), r"[^\p{L}\p{N}]", "")


def split_words(texts: pd.Series[str]) -> pa.ListArray:
    """Return the words of each text: letters and digits that nothing else stands between. No text may be missing."""
    import pyarrow.compute as pc

    spaced = pc.replace_substring_regex(_as_arrow(texts), pattern=r"[^\p{L}\p{N}]+", replacement=" ")
    return pc.split_pattern(pc.utf8_trim_whitespace(spaced), " ")


def number_words(texts: pd.Series[str], passed_over: Collection[str]) -> Numbers:
    """Return for each text a number that only texts of the same words have, in whatever order.

    Capitals do not count, nor words that are passed over. No text may be missing.
    """
    import numpy as np
    import pandas as pd

    words = split_words(texts.str.lower())
    encoded = words.flatten().dictionary_encode()
    known = np.array(encoded.dictionary.to_pylist(), dtype=object)
    numbers = np.where(np.isin(known, list(passed_over)), 0, pd.util.hash_array(known))
    # Sums that overflow still differ as the numbers do.
    sums = np.cumsum(np.append(np.uint64(0), numbers[encoded.indices.to_numpy()]), dtype="uint64")
    ends = words.offsets.to_numpy()
    return sums[ends[1:]] - sums[ends[:-1]]


def find_phrases(
    texts: pd.Series[str], phrases: Collection[tuple[str, ...]]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the line of a text and a series of its words that is one of some phrases, of those that overlap the longest.

    No text may be missing.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    words = split_words(texts)
    openings = pa.array({phrase[0] for phrase in phrases}, words.type.value_type)
    rows = pc.list_parent_indices(words).filter(pc.is_in(words.flatten(), openings))
    longest = max(map(len, phrases), default=0)
    for row in np.unique(rows):
        for phrase in _take_phrases(words[int(row)].as_py(), phrases, longest):
            yield texts.index[row], phrase


def _take_phrases(
    words: list[str], phrases: Collection[tuple[str, ...]], longest: int
) -> Iterator[tuple[str, ...]]:
    place = 0
    while place < len(words):
        lengths = range(longest, 0, -1)
        found = (phrase for length in lengths if (phrase := tuple(words[place : place + length])) in phrases)
        phrase = next(found, None)
        if phrase:
            yield phrase
        place += len(phrase or words[place : place + 1])


def _as_arrow(texts: pd.Series[str]) -> pa.Array:
    """Return texts as pyarrow holds them: regular expressions of pandas are RE2 for some of its versions alone."""
    import pyarrow as pa

    return pa.array(texts, pa.large_string(), from_pandas=True)
