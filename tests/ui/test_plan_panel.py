"""The plan panel: acts and drafts out of messages; verdicts, gaps and weeks out of a plan; nothing leaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import htpy as h
import pytest

from casekit.encounter.state import Step
from casekit.encounter.visit import Visit
from casekit.errors import CasekitError, InputError, VisitError
from casekit.ui.outline import outline
from casekit.ui.panels import plan
from casekit.ui.screen import Act, Choice, Message, MessageKind, RefusedMessageError, Screen

VisitAt = Callable[..., Visit]


def screen_of(visit: Visit, **choices: str) -> Screen:
    return Screen(visit=visit, step=Step.PLAN, choices=choices)


def markup(visit: Visit, **choices: str) -> str:
    return str(h.section[plan.render(screen_of(visit, **choices))])


def shown(visit: Visit, **choices: str) -> str:
    return outline(markup(visit, **choices))


def send(
    visit: Visit,
    act: str,
    form: Mapping[str, Any] | None = None,
    kind: MessageKind = MessageKind.ACT,
    **data: str,
) -> Act:
    """What a message comes to, done."""
    message = Message(kind=kind, panel="plan", act=act, data=data, form=form or {})
    outcome = plan.handle(screen_of(visit), message)
    assert isinstance(outcome, Act)
    getattr(visit, outcome.name)(*outcome.args, **outcome.options)
    return outcome


def planned(visit: Visit, *rows: tuple[str, str]) -> None:
    for modality, agent in rows:
        send(visit, "add", modality=modality, agent=agent)


IBUPROFEN = ("nsaid_oral", "ibuprofen")


def test_the_screen_asks_one_thing_and_has_one_primary_button(visit_at: VisitAt) -> None:
    text = shown(visit_at("plan"))
    assert text.startswith("## A plan with Ms Ada Lind")
    assert "> “Drive my whole shift." in text or "“Drive my whole shift." in text
    assert "Nothing is in the plan yet." in text
    assert markup(visit_at("plan")).count("ck-primary") == 1


def test_adding_says_the_verdict(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    added = send(visit, "add", modality="nsaid_oral", agent="ibuprofen")
    assert (added.name, added.args[0]) == ("draft", "plan")
    assert added.said == "Ibuprofen added: contraindicated"
    assert added.choices == {"plan_add": "open"}, (
        "the list stays open for the next one, on a narrow screen too"
    )
    assert send(visit, "add", modality="nsaid_oral").said.endswith("added: choose the drug")
    chosen = send(visit, "set", {"item.1.agent": "naproxen"})
    assert chosen.said == "Naproxen: contraindicated", "also if the verdict was the same before"


def test_a_contraindicated_entry_opens_itself_with_reason_source_and_the_way_out(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, IBUPROFEN)
    found = markup(visit)
    box = found[found.index('class="ck-stop"') :]
    assert "eGFR 30-59 mL/min" in box
    assert "Instead:" in box
    assert 'href="https://doi.org/' in box
    assert "Take out" in box
    before = found[: found.index('class="ck-stop"')]
    assert before.count("<details") == before.count("</details>"), "it is outside every fold"
    assert "1 contraindicated" in shown(visit)


def test_taking_out_leaves_the_others(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, IBUPROFEN, ("cbt", ""))
    out = send(visit, "take_out", key="0")
    assert out.said == "Ibuprofen taken out, 1 entry left."
    assert "### Your plan, 1 entry" in shown(visit)


def test_what_is_typed_is_kept_as_typed_and_changes_the_verdict(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, ("paracetamol", ""))
    form = {"item.0.dose.amount": "1000", "item.0.dose.times_per_day": "6", "item.0.dose.days": "1o"}
    typed = send(visit, "draft", form, MessageKind.DRAFT)
    assert typed.said == "Paracetamol 1000 mg: contraindicated", "6 × 1000 mg is above the ceiling of a day"
    text = shown(visit)
    assert "item.0.dose.days = 1o (aria-invalid)" in text
    assert "A number, above 0. You typed 1o." in text
    assert "above the ceiling of" in text


def test_a_dose_outside_the_usual_is_said_without_opening_the_entry(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, ("mckenzie_directional", ""))
    send(visit, "draft", {"item.0.dose.weeks": "40"}, MessageKind.DRAFT)
    found = markup(visit)
    assert "40 weeks is above the usual 1 to 6." in found[found.index('class="ck-mind"') :]


def test_every_act_brings_the_fields_along(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, ("cbt", ""))
    send(visit, "add", {"item.0.progression": "typed a moment ago"}, modality="tens", agent="")
    assert "typed a moment ago" in shown(visit)


def test_the_fields_of_an_entry_are_native_and_labelled(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, IBUPROFEN)
    text = shown(visit)
    for label in (
        "Drug",
        "One dose",
        "Unit",
        "Times a day",
        "Days",
        "Who",
        "Goal",
        "Measured by",
        "How it goes on",
    ):
        assert f"\n{label}" in text, label
    assert "* (selected=selected) Ibuprofen" in text
    assert "* Drive a whole split shift" in text
    assert "Lift Otto" not in text, "a wish that was not agreed is no goal of the plan"


def test_the_matrix_names_what_nothing_is_for(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, ("tens", ""))
    text = shown(visit)
    assert "Entry | Strength | Stability | Return after injury | Flexibility | Less pain | Function" in text
    assert "Nothing yet for “Drive a whole split shift”, strength, stability, return after injury" in text
    send(visit, "draft", {"item.0.goal": "full_shift"}, MessageKind.DRAFT)
    assert "Nothing yet for strength" in shown(visit)


def test_the_weeks_can_be_read_as_a_table_and_say_when_time_runs_out(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, ("aerobic_walking", ""))
    form = {"item.0.dose.per_week": "5", "item.0.dose.minutes": "60", "item.0.dose.weeks": "6"}
    send(visit, "draft", form, MessageKind.DRAFT)
    text = shown(visit)
    assert "[fold] Show as table" in text
    assert "1 Aerobic conditioning / progressive walking | 5 × 60 min a week · weeks 1–6" in text
    assert "Week 6 | 5 h" in text
    assert "Week 7 | 0 h" in text
    assert "5 h in the fullest week, 4 h are free." in text


def test_problems_are_told_before_the_commit(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, IBUPROFEN)
    before = shown(visit).split("### Before you commit")[1]
    assert "1 entry contraindicated." in before
    assert "Not agreed with the patient: Oral non-steroidal anti-inflammatory drug (ibuprofen)." in before


def test_an_exam_shows_no_verdict_and_no_problem(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, IBUPROFEN, ("bed_rest", ""))
    text = shown(visit, feedback="after_closing")
    for word in (
        "Contraindicated",
        "contraindicated",
        "Not recommended",
        "Why this verdict",
        "Before you commit",
    ):
        assert word not in text


def test_committing_hands_in_what_can_be_read(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, ("cbt", ""))
    form = {
        "item.0.dose.per_week": "1", "item.0.dose.minutes": "60", "item.0.dose.weeks": "",
        "item.0.discipline": "psychologist", "item.0.goal": "whole_night", "item.0.agreed": ["yes"],
    }  # fmt: skip
    act = send(visit, "plan", form)
    assert (act.name, act.said) == ("plan", "The plan is committed.")
    item = visit.state.plan[0]
    assert (item.dose.per_week, item.dose.minutes, item.dose.weeks) == (1.0, 60.0, None)
    assert (item.discipline, item.goal, item.agreed, item.start_week) == (
        "psychologist",
        "whole_night",
        True,
        0,
    )


def test_what_cannot_be_read_is_refused_with_everything_that_is_wrong(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, ("nsaid_oral", ""), ("cbt", ""))
    form = {"item.1.dose.minutes": "an hour", "item.1.start_week": "-1"}
    with pytest.raises(InputError) as refused:
        send(visit, "plan", form)
    said = str(refused.value)
    assert "Entry 1, Oral non-steroidal anti-inflammatory drug: choose the drug (Ibuprofen, Naproxen" in said
    assert "Entry 2, Cognitive behavioural therapy, minutes: A number, above 0. You typed an hour." in said
    assert "starts in: A number, 0 or more. You typed -1." in said
    assert visit.state.step is Step.PLAN


def test_an_empty_plan_may_be_committed(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    send(visit, "plan")
    assert visit.state.plan == ()
    assert "The plan was empty." in shown(visit)


def test_a_committed_plan_is_text_with_its_time(visit_at: VisitAt) -> None:
    visit = visit_at("forecast")
    text, found = shown(visit), markup(visit)
    assert "committed at 09:00 UTC" in text
    assert "[button] Take out" not in text
    assert not any(tag in found for tag in ("<input", "<select", "<textarea", "ck-primary"))
    assert "McKenzie / directional preference exercise" in text


def test_after_the_commit_a_late_draft_is_dropped_and_a_deed_refused(visit_at: VisitAt) -> None:
    visit = visit_at("forecast")
    late = Message(kind=MessageKind.DRAFT, panel="plan", form={"search": "x"})
    assert plan.handle(screen_of(visit), late) == Choice({})
    with pytest.raises(VisitError, match="You can read it"):
        plan.handle(
            screen_of(visit), Message(kind=MessageKind.ACT, panel="plan", act="add", data={"modality": "cbt"})
        )


def test_searching_says_how_many_were_found(visit_at: VisitAt) -> None:
    assert send(visit_at("plan"), "draft", {"search": "acupuncture"}, MessageKind.DRAFT).said == "1 treatment"
    assert send(visit_at("plan"), "filter", {"families": []}).said == "0 treatments"


def test_the_list_of_treatments_folds_on_a_narrow_screen(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    fold = Message(kind=MessageKind.CHOOSE, panel="plan", act="fold")
    assert plan.handle(screen_of(visit), fold) == Choice({"plan_add": "folded"})
    assert "ck-folded" in markup(visit, plan_add="folded")
    assert "ck-folded" not in markup(visit)


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("prescribe", {}),
        ("add", {"modality": "leeches"}),
        ("add", {"modality": "nsaid_oral", "agent": "gold"}),
        ("take_out", {"key": "7"}),
    ],
)
def test_a_message_nobody_knows_is_refused(visit_at: VisitAt, act: str, data: dict[str, str]) -> None:
    with pytest.raises(RefusedMessageError):
        send(visit_at("plan"), act, **data)


def test_what_is_typed_is_text_and_never_markup(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    planned(visit, ("cbt", ""))
    nasty = "</textarea><script>alert(1)</script>"
    send(visit, "draft", {"item.0.progression": nasty, "item.0.dose.weeks": '"><script>'}, MessageKind.DRAFT)
    assert "<script>" not in markup(visit)


@pytest.mark.parametrize(
    "modality", ["routine_imaging", "bed_rest", "smoking_cessation", "refer_emergency_surgery"]
)
def test_every_kind_of_treatment_can_be_shown(visit_at: VisitAt, modality: str) -> None:
    visit = visit_at("plan")
    planned(visit, (modality, ""))
    assert "### Your plan, 1 entry" in shown(visit)


def test_all_treatments_at_once_still_make_a_screen(visit_at: VisitAt) -> None:
    visit = visit_at("plan")
    for row in visit.evidence.treatment.modalities:
        send(visit, "add", modality=row.id, agent=row.agents[0].id if row.agents else "")
    number = len(visit.evidence.treatment.modalities)
    assert f"### Your plan, {number} entries" in shown(visit)
    try:
        send(visit, "plan")
    except CasekitError as error:  # pragma: no cover
        pytest.fail(f"every single treatment can be committed: {error}")
