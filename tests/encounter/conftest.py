"""The radiculopathy case with its key, and visits on it with a fixed clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from casekit import api
from casekit.domain.case import Case
from casekit.domain.key import Key
from casekit.encounter.journal import Journal
from casekit.encounter.visit import Visit

CASE = "lightning-down-to-the-big-toe"
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def case_and_key() -> tuple[Case, Key]:
    return api.load_case_and_key(CASE)


@pytest.fixture
def new_visit(case_and_key: tuple[Case, Key]) -> Callable[..., Visit]:
    case, key = case_and_key

    def build(journal: Journal | None = None, seed: int = 0) -> Visit:
        return Visit(
            case=case, key=key, evidence=api.load_evidence(), journal=journal or Journal(), clock=lambda: NOW,
            learner="test", seed=seed,
        )  # fmt: skip

    return build
