"""Replaying and scoring an expert's journal: visits a second on one core, and whether it stays linear."""

from __future__ import annotations

import time

import casekit
from casekit.api import load_case_and_key
from casekit.domain.case import FactKind
from casekit.encounter.replay import play
from casekit.encounter.score import score_visit
from casekit.encounter.state import fold
from tools.bench.measurement import Measurement

CASE = "lightning-down-to-the-big-toe"
FEW, MANY = 50, 500


def measure() -> list[Measurement]:
    """Two rows: visits a second, and how much dearer a visit is among ten times as many."""
    few, many = _seconds(FEW) / FEW, _seconds(MANY) / MANY
    return [
        Measurement(
            name="replay and score", unit="visits/s", value=1 / many, target=500, at_least=True
        ),
        Measurement(
            name=f"replay: a visit among {MANY}",
            against=f"a visit among {FEW}",
            unit="ms",
            value=many * 1000,
            counterpart=few * 1000,
            target=1.2,
        ),
    ]


def _seconds(number: int) -> float:
    """From events to score, `number` times. Files are not read: what is measured is pure."""
    case, key = load_case_and_key(CASE)
    evidence = casekit.load_evidence()
    events = play(case, key, evidence, key.expert).journal.events
    door = tuple(fact.id for fact in case.facts if fact.kind is FactKind.DOOR)
    score_visit(fold(events, door), case, key, evidence)
    start = time.perf_counter()
    for _ in range(number):
        score_visit(fold(events, door), case, key, evidence)
    return time.perf_counter() - start
