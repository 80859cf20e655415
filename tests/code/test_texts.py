"""What texts hold."""

from __future__ import annotations

import pandas as pd
import pytest

from dprk_russia.tabular.frames import text_type
from dprk_russia.tabular.texts import find_phrases, list_words, number_letters, split_words


def column(*texts: str | None) -> pd.Series[str]:
    return pd.Series(texts, index=range(2, 2 + len(texts)), dtype=text_type("pyarrow"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Yonhap, citing KBS", ["Yonhap", "citing", "KBS"]),
        ("the ministry's note", ["the", "ministry", "note"]),
        ("RIA/TASS", ["RIA", "TASS"]),
        ("a\u00a0b c\u3000d", ["a", "b", "c", "d"]),
        ("co-operation of 2,000", ["cooperation", "of", "2000"]),
        ("— Спутник", ["", "Спутник"]),
    ],
)
def test_a_text_is_split_into_its_words(text: str, words: list[str]) -> None:
    assert list(list_words(split_words(column("one two", text)))) == [["one", "two"], words]


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("plump jam", True),
        ("JAM — Plump", True),
        ("a plump jam it is", True),
        ("plum jam", False),
        ("plump ham", False),
        ("plump jam 1", False),
        (None, False),
    ],
)
def test_texts_share_a_number_where_some_letters_stand_as_often(text: str | None, alike: bool) -> None:  # noqa: FBT001
    letters = "pmjlx1"
    texts = column("plump jam", "", None, text, None)
    whole = number_letters(texts, letters)
    assert bool(whole[3] == whole[0]) is alike
    assert whole[[1, 2, 4]].tolist() == [0, 0, 0]
    parts = pd.concat([texts[:2], texts[2:]])
    assert number_letters(parts, letters).tolist() == whole.tolist()
    assert number_letters(texts[1:], letters).tolist() == whole[1:].tolist()
    assert number_letters(texts[:1], letters).tolist() == whole[:1].tolist()
    assert number_letters(texts[:0], letters).tolist() == []


def test_the_longest_of_phrases_that_overlap_is_found() -> None:
    phrases = {("Korea", "Times"), ("Korea",), ("Times", "of", "India"), ("The", "Korea", "Times")}
    texts = column("in The Korea Times of India", "Times, Korea: Korea Times", "no name", "The Korea")
    assert list(find_phrases(texts, phrases)) == [
        (2, ("The", "Korea", "Times")),
        (3, ("Korea",)),
        (3, ("Korea", "Times")),
        (5, ("Korea",)),
    ]
