"""What stands in the fields of the forecast: read, checked, turned to 0-100; all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casekit.ui.panels.scale import Scale

QUANTILES = ("10", "50", "90")
WORDS = {"10": "10 %", "50": "the middle", "90": "90 %"}


def field_name(instrument: str, week: int, quantile: str) -> str:
    """The name of one number field."""
    return f"q.{instrument}.{week}.{quantile}"


@dataclass(frozen=True)
class Row:
    """One week of one measure, as typed: texts for 10 %, middle and 90 %."""

    scale: Scale
    week: int
    texts: tuple[str, str, str]

    @property
    def empty(self) -> bool:
        """True if nothing was typed."""
        return not any(self.texts)

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """The typed values in own points; None where there is no number."""
        return tuple(_number(text) for text in self.texts)

    @property
    def values(self) -> list[float] | None:
        """The three values on 0-100, or None if the row is empty or has a problem."""
        if self.empty or self.problem:
            return None
        return [self.scale.to_100(number) for number in self.numbers if number is not None]

    @property
    def problem(self) -> str:
        """What is wrong in words, or an empty string. An empty row is not wrong."""
        if self.empty:
            return ""
        return _wrong_number(self) or _missing(self) or _disorder(self)

    @property
    def said(self) -> str:
        """The row in a sentence, "12 weeks: 16 to 44, middle 30. That is 14 points better than today."."""
        low, middle, high = self.numbers
        if self.problem or low is None or middle is None or high is None:
            return ""
        points = round(self.scale.baseline - middle, 1)
        way = "better" if points > 0 else "worse"
        word = f"{abs(points):g} points {way} than" if points else "the same as"
        return f"{self.week} weeks: {low:g} to {high:g}, middle {middle:g}. That is {word} today."


def rows_of(scales: Iterable[Scale], weeks: Iterable[int], form: Mapping[str, Any]) -> list[Row]:
    """Every row of the form, measure by measure."""
    wanted = tuple(weeks)
    return [Row(scale, week, _texts(form, scale.id, week)) for scale in scales for week in wanted]


def problems_of(rows: Iterable[Row]) -> list[str]:
    """All problems, each with its measure and week."""
    return [f"{row.scale.about}, {row.week} weeks: {row.problem}" for row in rows if row.problem]


def forecasts_of(rows: Iterable[Row]) -> dict[str, dict[int, list[float]]]:
    """The rows that are filled and right, on 0-100, as a visit takes them."""
    result: dict[str, dict[int, list[float]]] = {}
    for row in rows:
        values = row.values
        if values is not None:
            result.setdefault(row.scale.id, {})[row.week] = values
    return result


def _texts(form: Mapping[str, Any], instrument: str, week: int) -> tuple[str, str, str]:
    low, middle, high = (str(form.get(field_name(instrument, week, q)) or "").strip() for q in QUANTILES)
    return low, middle, high


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def _wrong_number(row: Row) -> str:
    for text, number in zip(row.texts, row.numbers, strict=True):
        if text and number is None:
            return f"a number from 0 to {row.scale.top:g}. You typed “{text[:20]}”."
        if number is not None and not 0 <= number <= row.scale.top:
            return f"0 to {row.scale.top:g}. You typed {text[:20]}."
    return ""


def _missing(row: Row) -> str:
    absent = [WORDS[q] for q, text in zip(QUANTILES, row.texts, strict=True) if not text]
    if not absent:
        return ""
    return f"{' and '.join(absent)} {'is' if len(absent) == 1 else 'are'} missing."


def _disorder(row: Row) -> str:
    low, middle, high = (number or 0.0 for number in row.numbers)
    if low > middle:
        return "10 % is above the middle."
    return "the middle is above 90 %." if middle > high else ""
