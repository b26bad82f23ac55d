"""When the entries of a plan run, and the hours a week they ask for. Pure arithmetic, drawn elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from casekit.ui.panels.plan_draft import DAYS_A_WEEK, DraftItem

WEEKS = 12
MINUTES_AN_HOUR = 60


class SpanKind(StrEnum):
    """A running entry, a single visit, or one whose time is not stated."""

    RUNS = "runs"
    ONCE = "once"
    UNSTATED = "unstated"


@dataclass(frozen=True, kw_only=True)
class Span:
    """From `start` to `end` in weeks from now. `until_stopped` says that no end was stated."""

    kind: SpanKind
    start: float = 0
    end: float = 0
    until_stopped: bool = False

    @property
    def seen(self) -> bool:
        """True if it begins within the weeks that are drawn."""
        return self.start < WEEKS and self.kind is not SpanKind.UNSTATED


def span_of(item: DraftItem) -> Span:
    """When an entry runs, from what is stated."""
    start = item.number("start_week") or 0
    fields = item.dose_fields
    weeks = item.number("dose.weeks") if "dose.weeks" in fields else None
    days = item.number("dose.days") if "dose.days" in fields else None
    if weeks is not None or days is not None:
        length = weeks if weeks is not None else (days or 0) / DAYS_A_WEEK
        return Span(kind=SpanKind.RUNS, start=start, end=start + length)
    if not fields or item.modality.family == "injections":
        return Span(kind=SpanKind.ONCE, start=start, end=start)
    repeated = ("dose.per_week", "dose.times_per_day", "dose.every_days")
    if any(item.number(name) is not None for name in repeated if name in fields):
        return Span(kind=SpanKind.RUNS, start=start, end=WEEKS, until_stopped=True)
    return Span(kind=SpanKind.UNSTATED, start=start)


def hours_by_week(items: Iterable[DraftItem]) -> tuple[float, ...]:
    """Hours of sessions in each of the twelve weeks; entries without minutes cost nothing."""
    hours = [0.0] * WEEKS
    for item in items:
        if "dose.minutes" not in item.dose_fields:
            continue
        per_week, minutes, span = item.number("dose.per_week"), item.number("dose.minutes"), span_of(item)
        if per_week is None or minutes is None or span.kind is not SpanKind.RUNS:
            continue
        for week in range(WEEKS):
            covered = max(0.0, min(span.end, week + 1) - max(span.start, week))
            hours[week] += covered * per_week * minutes / MINUTES_AN_HOUR
    return tuple(hours)
