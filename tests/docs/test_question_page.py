"""The page on questions is the one that the questions give, and each is about what the data measure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import dprk_russia
from dprk_russia.documents.markdown import render_markdown
from dprk_russia.record.questions import FRAME, ORDER, read_questions
from dprk_russia.release.documents.questions import describe_questions

if TYPE_CHECKING:
    from dprk_russia.release.edition import Edition

PAGE = Path(__file__).parents[2] / "docs" / "questions.md"


def test_the_page_on_questions_is_up_to_date(edition: Edition) -> None:
    written = render_markdown(describe_questions(edition))
    assert PAGE.read_text(encoding="utf-8") == written, "run scripts/write-docs"


def test_a_question_asks_for_indicators_and_columns_that_there_are() -> None:
    known = set(dprk_russia.load("indicators")["indicator_id"])
    columns = set(dprk_russia.describe(FRAME).index)
    for question in read_questions():
        assert question.text.endswith("?")
        assert set(question.indicators) <= known
        assert {*question.empty, *ORDER} <= columns
