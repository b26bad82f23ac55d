"""The score: full for the expert, little for the careless, nothing for nothing, the same everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from casekit import api
from casekit.content.library import case_folders
from casekit.encounter.journal import FileJournal, Journal
from casekit.encounter.replay import FIXED_TIME, play
from casekit.encounter.score import VisitScore, score_visit
from casekit.encounter.state import VisitState
from casekit.encounter.visit import Visit

CASES = sorted(case_folders())
PARTS = [
    "history",
    "examination",
    "differential",
    "safety",
    "tests",
    "diagnosis",
    "key_features",
    "goals",
    "plan",
    "forecast",
]


def scored(case_id: str, who: str) -> VisitScore:
    case, key = api.load_case_and_key(case_id)
    return play(case, key, api.load_evidence(), key.expert if who == "expert" else key.decoy).score()


@pytest.mark.parametrize("case_id", CASES)
def test_the_expert_gets_full_marks_in_every_part(case_id: str) -> None:
    score = scored(case_id, "expert")
    assert {p.name: p.score for p in score.parts if p.score is not None and abs(p.score - 100) > 1e-9} == {}
    assert score.total == pytest.approx(100)


@pytest.mark.parametrize("case_id", CASES)
def test_the_careless_visit_earns_visibly_less(case_id: str) -> None:
    assert scored(case_id, "decoy").total <= 70


@pytest.mark.parametrize("case_id", CASES)
def test_opening_and_closing_earns_nothing(case_id: str) -> None:
    case, key = api.load_case_and_key(case_id)
    visit = Visit(
        case=case, key=key, evidence=api.load_evidence(), journal=Journal(), clock=lambda: FIXED_TIME
    )
    visit.close()
    assert {part.score for part in visit.score().parts} <= {0.0, None}
    assert visit.score().total == 0


@pytest.mark.parametrize("case_id", CASES)
def test_leaving_the_starting_prior_everywhere_earns_nothing_for_the_differential(case_id: str) -> None:
    from casekit.encounter.hypotheses import merged
    from casekit.encounter.reference import posterior

    case, key = api.load_case_and_key(case_id)
    prior = merged(api.load_evidence().diagnosis, posterior(case, api.load_evidence().diagnosis, ()).pretest)
    visit = Visit(
        case=case, key=key, evidence=api.load_evidence(), journal=Journal(), clock=lambda: FIXED_TIME
    )
    for _ in range(3):
        visit.estimate(prior)
    visit.order()
    visit.estimate(prior)
    visit.close()
    assert visit.score().part("differential").score in (0.0, None)


@pytest.mark.parametrize("case_id", CASES)
@pytest.mark.parametrize("who", ["expert", "decoy"])
def test_every_part_is_within_0_and_100_and_says_why(case_id: str, who: str) -> None:
    score = scored(case_id, who)
    assert [part.name for part in score.parts] == PARTS
    for part in score.parts:
        assert part.why
        assert part.score is None or 0 <= part.score <= 100


@pytest.mark.parametrize("case_id", CASES)
def test_an_unfinished_visit_can_be_scored_at_every_point(case_id: str) -> None:
    case, key = api.load_case_and_key(case_id)
    for length in range(len(key.expert)):
        state: VisitState = play(case, key, api.load_evidence(), key.expert[:length]).state
        score = score_visit(state, case, key, api.load_evidence())
        assert 0 <= score.total <= 100


def test_a_contraindicated_entry_added_never_helps() -> None:
    case, key = api.load_case_and_key("lightning-down-to-the-big-toe")
    for length, step in enumerate(key.expert):
        if step.act == "plan":
            harmful = {
                "modality": "nsaid_oral",
                "agent": "ibuprofen",
                "dose": {"amount": 400, "unit": "mg", "times_per_day": 3, "days": 7},
            }
            changed = (
                *key.expert[:length],
                type(step)(act="plan", value=[*step.value, harmful]),
                *key.expert[length + 1 :],
            )
            assert play(case, key, api.load_evidence(), changed).score().total < 100
            return
    raise AssertionError("the expert has no plan")


def run_casekit(*arguments: str, **environment: str) -> bytes:
    result = subprocess.run(
        [sys.executable, "-m", "casekit", *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        check=True,
    )
    return result.stdout


def test_the_same_journal_scores_byte_for_byte_the_same_in_any_process(tmp_path: Path) -> None:
    path = tmp_path / "visit.jsonl"
    case, key = api.load_case_and_key("two-nights-on-the-sofa")
    play(case, key, api.load_evidence(), key.decoy, journal=FileJournal(path)).journal.close()
    one = run_casekit("score", str(path), "--json", PYTHONHASHSEED="1", LC_ALL="C")
    two = run_casekit("score", str(path), "--json", PYTHONHASHSEED="2", LC_ALL="C.UTF-8", TZ="Asia/Tokyo")
    assert one == two
    assert json.loads(one)["score"] == scored("two-nights-on-the-sofa", "decoy").as_dict()["score"]


def test_play_prints_the_agreed_shape() -> None:
    shown = json.loads(run_casekit("play", "the-box-that-was-not-heavy", "--as", "expert", "--json"))
    assert shown["case"] == "the-box-that-was-not-heavy"
    assert shown["score"] == 100
    assert set(shown["parts"]) == set(PARTS)
    assert all({"score", "why"} == set(part) for part in shown["parts"].values())
