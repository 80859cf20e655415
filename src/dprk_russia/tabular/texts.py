"""What texts hold, for a whole column at once: letters, words, matches of a pattern in RE2."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dprk_russia.tabular.frames import text_type

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from dprk_russia.tabular.relations import Mask

    Numbers = np.ndarray[tuple[int], np.dtype[np.unsignedinteger[Any]]]


# The mark of an owner, and what is neither a letter nor a digit.
_NO_WORD = "['\u2019]s$|[^\\p{L}\\p{N}]"


def as_arrow(texts: pd.Series[str]) -> pa.ChunkedArray:
    """Return texts as pyarrow holds them: regular expressions of pandas are RE2 for some of its versions alone."""
    import pyarrow as pa

    held = pa.array(texts, pa.large_string())
    return held if isinstance(held, pa.ChunkedArray) else pa.chunked_array([held])


def find_matches(texts: pd.Series[str], pattern: str) -> Mask:
    """Tell in which texts a pattern matches; a missing one has no match."""
    import numpy as np
    import pyarrow.compute as pc

    found = pc.match_substring_regex(as_arrow(texts), pattern)
    return np.array(pc.fill_null(found, fill_value=False), dtype=bool)


def remove_matches(texts: pd.Series[str], pattern: str) -> pd.Series[str]:
    """Return texts without what a pattern matches in them."""
    import pandas as pd
    import pyarrow.compute as pc

    rest = pc.replace_substring_regex(as_arrow(texts), pattern, "")
    return pd.Series(pd.array(rest, dtype=text_type("pyarrow")), index=texts.index)


def split_words(texts: pd.Series[str]) -> pa.ListArray:
    """Return the words of each text: what stands between spaces or slashes, of which letters and digits alone.

    The `'s` of an owner is dropped. No text may be missing.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    spaced = pc.replace_substring(as_arrow(texts), "/", " ").combine_chunks()
    words = pc.ascii_split_whitespace(spaced)
    # Few words are distinct, so that each is read once.
    encoded = words.flatten().dictionary_encode()
    if pc.any(pc.match_substring_regex(encoded.dictionary, r"\p{Z}")).as_py():
        words = pc.utf8_split_whitespace(spaced)
        encoded = words.flatten().dictionary_encode()
    read = pc.replace_substring_regex(encoded.dictionary, pattern=_NO_WORD, replacement="")
    return pa.ListArray.from_arrays(words.offsets, read.take(encoded.indices))


def number_letters(texts: pd.Series[str], letters: Collection[str]) -> Numbers:
    """Return for each text a number that texts share in which some ASCII signs, letters of either case, stand as often."""
    import numpy as np

    weights = np.zeros(256, dtype="uint32")
    for place, letter in enumerate(letters, 1):
        # Powers by a prime number, so that few sums of some are a sum of others.
        weights[[ord(letter.lower()), ord(letter.upper())]] = pow(31, place, 4_294_967_291)
    sums = (_add_weights(chunk, weights) for chunk in as_arrow(texts).chunks if len(chunk))
    return np.concatenate([weights[:0], *sums])


def _add_weights(texts: pa.Array, weights: Numbers) -> Numbers:
    """Return for each text the sum of the weights of its bytes."""
    import numpy as np

    _, offsets, content = texts.buffers()
    ends = np.frombuffer(offsets, dtype="int64")[texts.offset :][: len(texts) + 1]
    letters = np.frombuffer(content or b"", dtype="uint8")[ends[0] : ends[-1]]
    starts = ends[:-1] - ends[0]
    # A text without letters would be given the weight that stands where it ends.
    sums: Numbers = np.add.reduceat(np.append(weights[letters], weights[:1]), starts, dtype=weights.dtype)
    return np.where(ends[1:] > ends[:-1], sums, 0).astype(weights.dtype)


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
    rows = np.unique(pc.list_parent_indices(words).filter(pc.is_in(words.flatten(), openings)))
    for line, row in zip(texts.index[rows].tolist(), list_words(words.take(pa.array(rows))), strict=True):
        for phrase in _take_phrases(row, phrases, longest):
            yield line, phrase


def list_words(words: pa.ListArray) -> Iterator[list[str]]:
    """Yield the words of each text that was split into words."""
    flat = words.flatten().to_numpy(zero_copy_only=False).tolist()
    yield from (flat[start:end] for start, end in pairwise(words.offsets.to_pylist()))


def _take_phrases(
    words: Sequence[str], phrases: Collection[tuple[str, ...]], longest: Mapping[str, int]
) -> Iterator[tuple[str, ...]]:
    """Yield the phrases that words hold, given how long the longest is that begins with a word."""
    end = 0
    for place, word in enumerate(words):
        if place < end or word not in longest:
            continue
        tried = (tuple(words[place : place + length]) for length in range(longest[word], 0, -1))
        phrase = next((phrase for phrase in tried if phrase in phrases), ())
        if phrase:
            yield phrase
        end = place + len(phrase)
