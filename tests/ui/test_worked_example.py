"""Only a worked example shows the expert's steps before the debrief."""

from __future__ import annotations

import pytest

from casekit import api
from casekit.encounter.replay import play
from casekit.encounter.state import Step
from casekit.ui.outline import outline
from casekit.ui.player import Player

WORKED, HARDER = "the-box-that-was-not-heavy", "lightning-down-to-the-big-toe"
STEPS = [str(step) for step in Step if step not in (Step.FOLLOW_UP, Step.DEBRIEF)]


def screen(case_id: str, until: str) -> str:
    case, key = api.load_case_and_key(case_id)
    return outline(Player(play(case, key, api.load_evidence(), key.expert, until=until)).draw())


@pytest.mark.parametrize("step", STEPS)
def test_a_worked_example_shows_how_an_expert_takes_each_step(step: str) -> None:
    shown = screen(WORKED, step)
    assert "How an expert takes this step" in shown
    words = {"history": "Asks:", "tests": "Orders", "diagnosis": "Sums up:", "plan": "Plans:", "forecast": "Forecasts"}
    assert words.get(step, "") in shown


@pytest.mark.parametrize("step", STEPS)
def test_no_other_case_shows_it(step: str) -> None:
    assert "How an expert" not in screen(HARDER, step)
