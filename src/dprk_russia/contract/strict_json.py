"""JSON objects read strictly: what one reader would take and another refuse is an error here."""

from __future__ import annotations

import json
from typing import Any


class JsonError(ValueError):
    """The content is no JSON object; `line` says where, if that is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def parse_object(content: bytes) -> dict[str, Any]:
    """Return the JSON object in a file.

    Raises
    ------
    JsonError
        If the content is not UTF-8, not JSON, nested too deeply, holds a key twice, a number that is not finite, or
        half a character, or is not an object.
    """
    try:
        parsed = json.loads(
            content.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_refuse_repetition
        )
        json.dumps(parsed, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise JsonError(f"This is not JSON: {error.msg}.", error.lineno) from None
    except UnicodeDecodeError:
        raise JsonError("This is not a text file in UTF-8.") from None
    except UnicodeEncodeError:
        raise JsonError("A text holds half a character.") from None
    except RecursionError:
        raise JsonError("This is nested too deeply.") from None
    except JsonError:
        raise
    except ValueError as error:
        raise JsonError(f"This cannot be read: {error}.") from None
    if not isinstance(parsed, dict):
        raise JsonError("The file does not hold a JSON object.")
    return parsed


def _refuse_constant(name: str) -> None:
    raise JsonError(f"{name} is not a number of JSON.")


def _refuse_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in pairs:
        if key in content:
            raise JsonError(f'The key "{key[:80]}" stands twice.')
        content[key] = value
    return content
