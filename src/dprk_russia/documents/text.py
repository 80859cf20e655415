"""Plain text: what strangers wrote, made harmless for whoever shows it, and small matters of grammar."""

from __future__ import annotations

import re


def make_printable(text: str) -> str:
    """Return text on one line, with the escapes of characters that a terminal obeys, hides or cannot show."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text
    )


def make_lines_printable(text: str) -> str:
    """Return text of several lines, each made printable."""
    return "\n".join(map(make_printable, text.split("\n")))


def replace_unprintable(text: str) -> str:
    """Return text on one line, with a sign for each character that cannot be seen."""
    line = re.sub(r"\s+", " ", text)
    return line if line.isprintable() else "".join(s if s.isprintable() else "\ufffd" for s in line)


def count_noun(count: int, noun: str) -> str:
    """Return a number with a noun, in the plural unless there is one."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
