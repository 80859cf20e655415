"""Mutations of tables, JSON and zip files: each takes a random generator and content, and returns the content harmed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

TOKENS = [
    b'"', b'""', b'"""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\n\n", b"\0", b" ", b"\\", b"'",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b[31m", b"\x1a", b"\x85",
    *(sign.encode() for sign in "\u202e\u2066\u200b\u00ad\ufeff\u2028\u00a0\u3164\u0301\u0430\u0660\U000e0001\U0001f1f0"),
]  # fmt: skip
CELLS = [
    "", " ", "x ", " x", "=1+1", "+1", "-1", "@a", "@SUM(A1)", "=HYPERLINK(1)", "javascript:alert(1)",
    "data:text/html,<script>", "https://", "https://a", "http://a b", "file:///etc/passwd", "C0000\u0410", "\u0441laim",
    "Arms", "nan", "NaN", "inf", "-inf", "1e309", "1E5", "1_000", "1,000", "1,234,567", "1 000", "1\u00a0000", "0x1F", "-0",
    "00012", "+5", "1.", ".5", "1.50", "9" * 18, "9" * 19, "9" * 400, "0." + "1" * 40, "\u0663", "\uff11\uff12", "\u22125",
    "2024", "2024-13", "2024-02-30", "2024-2-3", "2024/02/03", "03.02.2024", "0000", "0000-00-00", "9999-12-31", "10000-01-01",
    "0001-01-01", "1677-01-01", "2262-04-12", "\uff12\uff10\uff12\uff14-1-1", "NA", "null", "True", "no", "a\nb", "a\rb",
    "a\n\nb", 'a"b', '"', "a\0b", "\u0301a", "e\u0301", "\u1112\u1161\u11ab", "\u212b", "\U0001f468\u200d\U0001f469", "\udbff",
    "{{7*7}}", "%s%n", "../../etc/passwd", "x" * 500, "x" * 100_001, "a," * 600,
]  # fmt: skip
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 0.5, 1e308, 10**30, -(10**15) - 1, "", " ", "x", "a b", "\0", "\u202e", "x" * 5_000,
    [], {}, [[]], [{}], [None], ["claim_id"], ["claim_id", "claim_id"], {"a": 1}, "../x", "/etc/passwd", "https://a.example/x",
    "data/claims.csv", "schemas/claims.json", "data", "(a+)+$", "[", "(" * 200, "a{999}", "(a{99}){99}", "a{5000}", "\\d", "^$",
    "[[:alpha:]]", "(?i)a", "date", "string", "integer", "number", "uri", "2024-01-01T00:00:00Z", "9999-99-99T99:99:99Z", "1.0.0",
]  # fmt: skip
NAMES = [
    "/etc/passwd", "../up.csv", "data/../../up.csv", "data\\claims.csv", "C:/x", "data/", "data/.", "data//x", "data/claims.csv",
    "DATA/claims.csv", "README.md", "data/claims.csv/x", "x" * 300, "data/a\nb.csv", "data/\u202e.csv", "package/datapackage.json",
]  # fmt: skip


def harm_table(rng: Random, content: bytes, others: list[bytes]) -> bytes:
    """Harm a CSV file by its bytes, its lines or its cells; `others` are files to splice in."""
    for _ in range(_times(rng)):
        if rng.random() < 0.05:
            content = _splice(rng, content, rng.choice(others))
        else:
            content = rng.choice(_TABLE)(rng, content)
    return content


def harm_json(rng: Random, content: bytes) -> bytes:
    """Harm a JSON file by its bytes or by its tree."""
    if rng.random() < 0.3:
        for _ in range(_times(rng)):
            content = rng.choice(_BYTES)(rng, content)
        return content
    tree = json.loads(content)
    for _ in range(_times(rng)):
        _harm_tree(rng, tree)
    return json.dumps(tree, ensure_ascii=rng.random() < 0.5).encode("utf-8", errors="surrogatepass")


def harm_archive(rng: Random, files: Mapping[str, bytes]) -> bytes:
    """Pack files into a zip with a few odd members, and harm some of its bytes."""
    buffer = io.BytesIO()
    top = rng.choice(["", "", "", "package/"])
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in rng.sample(sorted(files.items()), rng.randint(len(files) - 1, len(files))):
            archive.writestr(top + name, content, rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
        for _ in range(rng.choice([0, 0, 1, 2])):
            member = zipfile.ZipInfo(rng.choice(NAMES))
            member.external_attr = rng.choice([0, 0o100644, 0o120777, 0o020666, 0o040755]) << 16
            member.compress_type = rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
            archive.writestr(member, rng.choice([b"x", b"0" * 1_000_000]))
    packed = buffer.getvalue()
    for _ in range(rng.choice([0, 1, 1, 2, 8])):
        packed = rng.choice([_flip_bit, _set_byte, _set_byte, _delete_span, _truncate, _harm_directory])(
            rng, packed
        )
    return packed


def _times(rng: Random) -> int:
    return rng.choice([1, 1, 1, 2, 3, 8])


def _at(rng: Random, content: bytes) -> int:
    return rng.randrange(len(content) + 1)


def _span(rng: Random, content: bytes) -> tuple[int, int]:
    start = _at(rng, content)
    return start, min(len(content), start + rng.choice([1, 1, 2, 5, 20, 200]))


def _flip_bit(rng: Random, content: bytes) -> bytes:
    if not content:
        return content
    at = rng.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]


def _set_byte(rng: Random, content: bytes) -> bytes:
    at = _at(rng, content)
    return content[:at] + rng.randbytes(1) + content[at + 1 :]


def _insert_token(rng: Random, content: bytes) -> bytes:
    at = _at(rng, content)
    return content[:at] + rng.choice(TOKENS) + content[at:]


def _insert_character(rng: Random, content: bytes) -> bytes:
    at = _at(rng, content)
    return content[:at] + chr(rng.randrange(0x110000)).encode("utf-8", errors="surrogatepass") + content[at:]


def _repeat_token(rng: Random, content: bytes) -> bytes:
    at = _at(rng, content)
    return content[:at] + rng.choice(TOKENS) * rng.choice([2, 10, 501, 5_000]) + content[at:]


def _delete_span(rng: Random, content: bytes) -> bytes:
    start, end = _span(rng, content)
    return content[:start] + content[end:]


def _repeat_span(rng: Random, content: bytes) -> bytes:
    start, end = _span(rng, content)
    return content[:end] + content[start:end] * rng.choice([1, 2, 50]) + content[end:]


def _truncate(rng: Random, content: bytes) -> bytes:
    return content[: _at(rng, content)]


def _splice(rng: Random, content: bytes, other: bytes) -> bytes:
    start, end = _span(rng, content)
    from_, to = sorted((_at(rng, other), _at(rng, other)))
    return content[:start] + other[from_:to] + content[end:]


def _rearrange_lines(rng: Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(4):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            del lines[one]
        case _:
            lines.insert(one, b"")
    return b"\n".join(lines)


def _change_encoding(rng: Random, content: bytes) -> bytes:
    match rng.randrange(5):
        case 0:
            return content.replace(b"\n", rng.choice([b"\r\n", b"\r", b"\n\r"]))
        case 1:
            return b"\xef\xbb\xbf" + content
        case 2:
            return content.decode("utf-8", errors="replace").encode(rng.choice(["utf-16", "utf-32", "utf-7"]))
        case 3:
            return content.decode("utf-8", errors="replace").encode("latin-1", errors="replace")
        case _:
            return content.replace(b",", rng.choice([b";", b"\t", b"|", b", "]))


def _rewrite_rows(rng: Random, content: bytes) -> bytes:
    """Change one cell, or exchange, double or delete a column."""
    text = content.decode("utf-8", errors="replace")
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return content
    row = rng.choice([row for row in rows if row] or [[""]])
    at = rng.randrange(len(row))
    match rng.randrange(8):
        case 0:
            rows = [[*row[at + 1 :], *row[: at + 1]] for row in rows]
        case 1:
            rows = [row[:at] + row[at + 1 :] for row in rows]
        case 2:
            rows = [[*row, *row[at : at + 1]] for row in rows]
        case _:
            row[at] = rng.choice(CELLS)
    buffer = io.StringIO(newline="")
    if rng.random() < 0.3:
        csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    else:
        csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8", errors="surrogatepass")


def _harm_tree(rng: Random, tree: Any) -> None:
    """Replace, delete or double something at a random place of a JSON tree."""
    if (place := _find_place(rng, tree)) is None:
        return
    part, key = place
    match rng.randrange(5):
        case 0:
            del part[key]
        case 1 if isinstance(part, list):
            part.append(deepcopy(part[key]))
        case 1:
            part[rng.choice(["name", "unique", "x" * 300, "\u202e", "schema", "hash"])] = deepcopy(part[key])
        case 2:
            for _ in range(rng.choice([5, 40])):
                part[key] = [part[key]]
        case _:
            part[key] = deepcopy(rng.choice(VALUES))


def _find_place(rng: Random, tree: Any) -> tuple[Any, Any] | None:
    """Return a random object or list of a JSON tree and a key of it, if it has any."""
    while isinstance(tree, dict | list) and tree:
        keys = list(tree) if isinstance(tree, dict) else range(len(tree))
        key = rng.choice(keys)
        if not isinstance(tree[key], dict | list) or not tree[key] or rng.random() < 0.15:
            return tree, key
        tree = tree[key]
    return None


def _harm_directory(rng: Random, content: bytes) -> bytes:
    """Change a byte in the directory at the end of a zip file."""
    start = content.rfind(b"PK\x01\x02")
    return content[: max(start, 0)] + _set_byte(rng, content[max(start, 0) :])


_BYTES: list[Callable[[Random, bytes], bytes]] = [
    _flip_bit,
    _set_byte,
    _insert_token,
    _insert_character,
    _repeat_token,
    _delete_span,
    _repeat_span,
    _truncate,
]
_TABLE = [*_BYTES, _insert_token, _rearrange_lines, _change_encoding, *[_rewrite_rows] * 4]
