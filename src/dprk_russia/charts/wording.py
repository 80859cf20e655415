"""How figures and days are said in words: with their bound, never rounded, never averaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SIGNS = {"CNY": "CN¥", "EUR": "€", "GBP": "£", "JPY": "¥", "KPW": "KPW ", "KRW": "₩", "RUB": "₽", "USD": "$"}
_BOUNDS = {"about": "about ", "at_least": "at least ", "at_most": "at most "}
_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_UNITS = {
    "barrel": "barrels", "container": "containers", "day": "days", "hectare": "hectares", "item": "", "metre": "metres",
    "percent": "%", "person": "people", "ratio": "", "tonne": "tonnes", "money": "",
}  # fmt: skip


def write_number(number: float) -> str:
    """Return a number as it is, 11,000 or 5.5 billion, with no digit lost."""
    for size, name in _LARGE:
        scaled = number / size
        if abs(scaled) >= 1 and round(scaled, 3) == scaled:
            return f"{_write_digits(scaled)} {name}"
    return _write_digits(number)


def _write_digits(number: float) -> str:
    text = f"{number:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "\N{MINUS SIGN}")


def write_figure(row: Mapping[str, Any]) -> str:
    """Return the number of a figure with its bound, currency and percent sign, or its published words where it has none."""
    sign = _SIGNS.get(row["currency"] or "", "")
    end = "%" if row["unit"] == "percent" else ""

    def write(number: float) -> str:
        minus = "\N{MINUS SIGN}" if number < 0 and sign else ""
        return f"{minus}{sign}{write_number(abs(number) if minus else number)}"

    low, value, high = row["value_low"], row["value"], row["value_high"]
    if value is not None and low is not None and high is not None:
        return f"{write(low)} to {write(high)}{end}, best {write(value)}{end}"
    if low is not None and high is not None:
        return f"{write(low)} to {write(high)}{end}"
    if row["number"] is None:
        return f"\N{LEFT DOUBLE QUOTATION MARK}{row['as_stated']}\N{RIGHT DOUBLE QUOTATION MARK}"
    return f"{_BOUNDS.get(row['bound'], '')}{write(row['number'])}{end}"


def write_unit(unit: str, per: str | None, currency: str | None) -> str:
    """Return what an axis counts, empty for bare numbers."""
    name = currency or _UNITS.get(unit, unit)
    rate = f" per {per.replace('_', ' and ')}" if per else ""
    return f"{name}{rate}".strip()


def write_date(text: str | None) -> str:
    """Return a date of any precision in words: 23 December 2024, December 2024, 2024; none is undated."""
    if not text:
        return "undated"
    year, *rest = text.split("-")
    words = [_MONTHS[int(rest[0]) - 1]] if rest else []
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join((*words, year.lstrip("0") or "0"))


def write_as_of(row: Mapping[str, Any]) -> str:
    """Return the day a figure speaks of, no more exactly than it is stated."""
    letters = {"year": 4, "month": 7}.get(row["as_of_precision"], 10)
    return write_date(row["as_of"][:letters])
