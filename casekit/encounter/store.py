"""Where journals live: a folder per user, or memory for tests. One visit per case, learner and seed.

In one kernel the same journal is one visit, however many views show it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from platformdirs import user_data_path

from casekit.encounter.events import Event
from casekit.encounter.journal import FileJournal, Journal, read_journal
from casekit.errors import JournalError

_OPEN: dict[str, Journal] = {}


def home() -> Path:
    """The folder of journals: CASEKIT_HOME, or the user's data folder of this system."""
    given = os.environ.get("CASEKIT_HOME")
    return Path(given) if given else user_data_path("casekit", appauthor=False)


def journal_for(
    case_id: str, learner: str, seed: int, journal: str | Path | Journal | None = None
) -> Journal:
    """The journal of a visit; the same object at every call in this kernel.

    `journal` may be a path, a Journal, or ":memory:"; CASEKIT_STORE=:memory: keeps all of them in memory.
    """
    if isinstance(journal, Journal):
        return journal
    name = _name(case_id, learner, seed)
    if journal == ":memory:" or (journal is None and os.environ.get("CASEKIT_STORE") == ":memory:"):
        return _OPEN.setdefault(f":memory:/{name}", Journal())
    path = (Path(journal) if journal is not None else home() / "visits" / f"{name}.jsonl").absolute()
    known = _OPEN.get(str(path))
    if known is None or not known.is_current():
        if known is not None:
            known.close()
        known = FileJournal(path)
        _OPEN[str(path)] = known
    return known


def forget() -> None:
    """Close every journal of this kernel and forget those in memory (tests, and before a fork)."""
    for journal in _OPEN.values():
        journal.close()
    _OPEN.clear()


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name)[:40] or "learner"


def visit_events(case_id: str, learner: str, seed: int) -> list[Event]:
    """What is in a visit's journal, without opening it for writing; empty if there is none or it is damaged."""
    name = _name(case_id, learner, seed)
    if os.environ.get("CASEKIT_STORE") == ":memory:":
        kept = _OPEN.get(f":memory:/{name}")
        return list(kept.events) if kept else []
    try:
        return read_journal(home() / "visits" / f"{name}.jsonl")
    except JournalError:
        return []


def _name(case_id: str, learner: str, seed: int) -> str:
    return f"{case_id}.{_safe(learner)}.{seed}" if learner or seed else case_id
