"""What can happen in a visit, as facts that are never changed: one event a line, chained by hashes.

An event holds what the learner did, never what follows from it; state and score are computed from events.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from casekit.errors import JournalError

SCHEMA = 1
FIRST_HASH = "0" * 64


class EventKind(StrEnum):
    """Every kind of event. `DRAFTED` and `NOTED` keep unfinished work and never count in a score."""

    OPENED = "opened"
    ESTIMATED = "estimated"
    ASKED = "asked"
    EXAMINED = "examined"
    ORDERED = "ordered"
    REPRESENTED = "represented"
    DIAGNOSED = "diagnosed"
    GOALS_SET = "goals_set"
    PLANNED = "planned"
    FORECAST = "forecast"
    FOLLOWED_UP = "followed_up"
    DRAFTED = "drafted"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened: its place in the journal, when, what, with which data."""

    seq: int
    at: str
    kind: EventKind
    data: Mapping[str, Any]
    previous: str
    hash: str


def make_event(previous: Event | None, *, kind: EventKind, data: Mapping[str, Any], at: str) -> Event:
    """The event that follows `previous`, chained to it."""
    seq = 1 if previous is None else previous.seq + 1
    before = FIRST_HASH if previous is None else previous.hash
    body = {"seq": seq, "at": at, "kind": str(kind), "data": data}
    return Event(seq=seq, at=at, kind=kind, data=data, previous=before, hash=_chain(before, body))


def to_line(event: Event) -> str:
    """The event as one line of JSON, the same on every machine, with its newline."""
    body = {"seq": event.seq, "at": event.at, "kind": str(event.kind), "data": event.data}
    return _canonical({**body, "previous": event.previous, "hash": event.hash}) + "\n"


def from_line(line: str, previous: Event | None, number: int) -> Event:
    """The event of a line, checked against the one before it.

    Raises JournalError, naming the line, if it is no event, out of order or was changed after writing.
    """
    try:
        raw = json.loads(line)
        body = {name: raw[name] for name in ("seq", "at", "kind", "data")}
        before, found = raw["previous"], raw["hash"]
        kind = EventKind(raw["kind"])
    except (ValueError, KeyError, TypeError) as error:
        raise JournalError(f"Line {number} of the journal is not an event ({error}).") from error
    expected_seq = 1 if previous is None else previous.seq + 1
    expected_before = FIRST_HASH if previous is None else previous.hash
    if body["seq"] != expected_seq or before != expected_before or found != _chain(before, body):
        raise JournalError(f"Line {number} of the journal was changed or moved after it was written.")
    return Event(seq=body["seq"], at=body["at"], kind=kind, data=body["data"], previous=before, hash=found)


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _chain(before: str, body: Mapping[str, Any]) -> str:
    return hashlib.sha256((before + _canonical(body)).encode()).hexdigest()
