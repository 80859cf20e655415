"""What texts hold, for a whole column at once: letters, words, matches of a pattern in RE2."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from dprk_russia.tabular.relations import Mask

    Numbers = np.ndarray[tuple[int], np.dtype[np.uint64]]


# The mark of an owner, and what is neither a letter nor a digit.
_NO_WORD = "['\u2019]s$|[^\\p{L}\\p{N}]"


def find_matches(texts: pd.Series[str], pattern: str) -> Mask:
    """Tell in which texts a pattern matches; a missing one has no match."""
    import numpy as np
    import pyarrow.compute as pc

    found = pc.match_substring_regex(_as_arrow(texts), pattern)
    return np.array(pc.fill_null(found, fill_value=False), dtype=bool)


def split_words(texts: pd.Series[str]) -> pa.ListArray:
    """Return the words of each text: what stands between spaces or slashes, of which letters and digits alone.

    The `'s` of an owner is dropped. No text may be missing.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pc.utf8_split_whitespace(pc.replace_substring(_as_arrow(texts), "/", " "))
    # Few words are distinct, so that each is read once.
    encoded = words.flatten().dictionary_encode()
    read = pc.replace_substring_regex(encoded.dictionary, pattern=_NO_WORD, replacement="")
    return pa.ListArray.from_arrays(words.offsets, read.take(encoded.indices))


def join_letters(words: pa.ListArray) -> pa.Array:
    """Return the letters and digits of each text that was split into words."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.binary_join(words, pa.scalar("", words.type.value_type))


def number_words(words: pa.ListArray, passed_over: Collection[str]) -> Numbers:
    """Return for each text a number that texts of the same words share, in whatever order they stand.

    Words that are passed over do not count.
    """
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = words.flatten().dictionary_encode()
    known = encoded.dictionary
    numbers = pd.util.hash_array(known.to_numpy(zero_copy_only=False), categorize=False)
    numbers[np.array(pc.is_in(known, value_set=pa.array(["", *passed_over], known.type)), dtype=bool)] = 0
    # Sums that overflow still differ as the numbers do.
    sums = np.append(np.uint64(0), np.cumsum(numbers[encoded.indices], dtype="uint64"))
    ends = words.offsets.to_numpy()
    totals: Numbers = sums[ends[1:]] - sums[ends[:-1]]
    return totals


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
    longest: dict[str, int] = {}
    for opening, *rest in phrases:
        longest[opening] = max(longest.get(opening, 0), 1 + len(rest))
    openings = pa.array(longest, words.type.value_type)
    rows = pc.list_parent_indices(words).filter(pc.is_in(words.flatten(), openings))
    for row in np.unique(rows):
        for phrase in _take_phrases(words[int(row)].as_py(), phrases, longest):
            yield texts.index[row], phrase


def _take_phrases(
    words: list[str], phrases: Collection[tuple[str, ...]], longest: Mapping[str, int]
) -> Iterator[tuple[str, ...]]:
    """Yield the phrases that words hold, given how long the longest is that begins with a word."""
    place = 0
    while place < len(words):
        lengths = range(longest.get(words[place], 0), 0, -1)
        tried = (tuple(words[place : place + length]) for length in lengths)
        phrase = next((phrase for phrase in tried if phrase in phrases), ())
        if phrase:
            yield phrase
        place += len(phrase) or 1


def _as_arrow(texts: pd.Series[str]) -> pa.Array:
    """Return texts as pyarrow holds them: regular expressions of pandas are RE2 for some of its versions alone."""
    import pyarrow as pa

    held = pa.array(texts, pa.large_string(), from_pandas=True)
    return held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held
