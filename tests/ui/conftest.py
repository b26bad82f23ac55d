"""Visits for the panels: the recorded visits of one case, played in memory up to a step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casekit.content.case_loader import load_case
from casekit.content.evidence import load_evidence
from casekit.content.vocabulary import load_vocabulary
from casekit.domain.case import Case
from casekit.domain.evidence import Evidence
from casekit.domain.key import Key
from casekit.encounter.replay import play
from casekit.encounter.visit import Visit

CASES = Path(__file__).resolve().parents[2] / "cases"
VisitAt = Callable[..., Visit]


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return load_evidence()


@pytest.fixture(scope="session")
def loaded() -> tuple[Case, Key]:
    return load_case(CASES / "lightning-down-to-the-big-toe", load_vocabulary())


@pytest.fixture
def visit_at(evidence: Evidence, loaded: tuple[Case, Key]) -> VisitAt:
    """`visit_at("forecast")`: a fresh visit at this step, as the expert (or `decoy`) came to it."""

    def made(step: str = "", *, decoy: bool = False) -> Visit:
        case, key = loaded
        return play(case, key, evidence, key.decoy if decoy else key.expert, until=step)

    return made
