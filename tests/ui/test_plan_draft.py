"""The unfinished plan: text is never lost, what cannot be read is not guessed, keys outlive removals."""

from __future__ import annotations

import pytest

from casekit.domain.acts import Dose, PlanItem
from casekit.domain.evidence import Evidence
from casekit.ui.panels.plan_draft import PlanDraft, draft_of, read_draft
from casekit.ui.panels.plan_fields import number_in, number_problem
from casekit.ui.panels.plan_schedule import SpanKind, hours_by_week, span_of


def draft(evidence: Evidence, *modalities: str) -> PlanDraft:
    made = PlanDraft()
    for modality in modalities:
        made = made.added(evidence.treatment.modality_by_id[modality])
    return made


@pytest.mark.parametrize(
    ("typed", "number", "why"),
    [
        ("400", 400.0, "a plain number"),
        (" 2,5 ", 2.5, "a comma is a point in half the world"),
        ("", None, "nothing is no number"),
        ("4o0", None, "a letter o is no zero"),
        ("inf", None, "endless is no dose"),
        ("nan", None, "not a number is not one"),
    ],
)
def test_typed_text_is_read_as_a_number_or_not_at_all(typed: str, number: float | None, why: str) -> None:
    assert number_in(typed) == number, why


@pytest.mark.parametrize(
    ("typed", "low", "high", "sentence"),
    [
        ("", 0, 100, ""),
        ("24", 0, 100, ""),
        ("140", 0, 100, "A number, 0 to 100. You typed 140."),
        ("x", 0, None, "A number, 0 or more. You typed x."),
    ],
)
def test_a_wrong_number_is_said_with_what_is_allowed(
    typed: str, low: float, high: float | None, sentence: str
) -> None:
    assert number_problem(typed, low, high) == sentence


def test_half_typed_text_is_kept_and_counts_as_not_stated(evidence: Evidence) -> None:
    plan = draft(evidence, "mckenzie_directional").merged(
        {"item.0.dose.per_week": "2", "item.0.dose.minutes": "4o", "item.0.dose.weeks": ""}
    )
    assert plan.items[0].row()["dose"] == {"per_week": 2.0}
    again = read_draft(evidence.treatment, plan.plain())
    assert again.items[0].text("dose.minutes") == "4o"


def test_fields_a_form_does_not_have_keep_their_text(evidence: Evidence) -> None:
    plan = (
        draft(evidence, "cbt").merged({"item.0.progression": "one chapter a week"}).merged({"search": "yoga"})
    )
    assert plan.items[0].text("progression") == "one chapter a week"
    assert plan.search == "yoga"


def test_taking_one_out_leaves_the_fields_of_the_others_alone(evidence: Evidence) -> None:
    plan = (
        draft(evidence, "cbt", "tens", "traction").without(0).merged({"item.1.goal": "a", "item.0.goal": "b"})
    )
    assert [(item.key, item.text("goal")) for item in plan.items] == [(1, "a"), (2, "")]
    assert plan.added(evidence.treatment.modality_by_id["cbt"]).items[-1].key == 3


def test_a_form_cannot_bring_fields_nobody_has(evidence: Evidence) -> None:
    plan = draft(evidence, "cbt").merged({"item.0.modality": "tens", "item.0.key": "9", "item.x.goal": "a"})
    assert plan.plain()["items"] == [{"key": 0, "modality": "cbt", "agreed": False}]


def test_a_draft_of_another_version_loses_only_what_no_longer_exists(evidence: Evidence) -> None:
    kept = {
        "items": [{"key": 0, "modality": "leeches"}, "?", {"key": 4, "modality": "cbt"}],
        "families": None,
    }
    assert [item.key for item in read_draft(evidence.treatment, kept).items] == [4]


def test_the_only_drug_of_a_treatment_comes_along(evidence: Evidence) -> None:
    assert draft(evidence, "paracetamol").items[0].text("agent") == "paracetamol"
    assert draft(evidence, "nsaid_oral").items[0].text("agent") == ""


def test_another_drug_brings_its_own_unit(evidence: Evidence) -> None:
    plan = draft(evidence, "osteoporosis_therapy").merged(
        {"item.0.agent": "alendronate", "item.0.dose.unit": "g"}
    )
    plan = plan.merged({"item.0.dose.unit": "g"})
    assert plan.items[0].unit == "g"
    assert plan.merged({"item.0.agent": "vitamin_d", "item.0.dose.unit": "g"}).items[0].unit == "IU"


@pytest.mark.parametrize(
    ("modality", "agent", "fields", "why"),
    [
        ("nsaid_oral", "ibuprofen", ("amount", "unit", "times_per_day", "days"), "a tablet"),
        ("osteoporosis_therapy", "alendronate", ("amount", "unit", "every_days", "weeks"), "once a week"),
        ("epidural_steroid", "dexamethasone", ("amount", "unit"), "given once"),
        ("mckenzie_directional", "", ("per_week", "minutes", "weeks"), "sessions"),
        ("bed_rest", "", ("days",), "days in bed"),
        ("lumbar_corset", "", ("weeks",), "worn for weeks"),
        ("refer_psychology", "", (), "a letter has no dose"),
        ("smoking_cessation", "", (), "advice alone is allowed"),
    ],
)
def test_only_the_parts_of_a_dose_that_make_sense_are_asked_for(
    evidence: Evidence, modality: str, agent: str, fields: tuple[str, ...], why: str
) -> None:
    item = draft(evidence, modality).merged({"item.0.agent": agent}).items[0]
    assert tuple(name.removeprefix("dose.") for name in item.dose_fields) == fields, why


def test_a_weekly_drug_is_written_as_a_share_of_the_week(evidence: Evidence) -> None:
    form = {"item.0.agent": "alendronate", "item.0.dose.amount": "70", "item.0.dose.every_days": "7"}
    row = draft(evidence, "osteoporosis_therapy").merged(form).items[0].row()
    assert row["dose"] == {"amount": 70.0, "per_week": 1.0, "unit": "mg"}


def test_a_committed_plan_reads_like_the_draft_it_was(evidence: Evidence) -> None:
    item = PlanItem(
        modality="cbt", dose=Dose(per_week=1, minutes=60, weeks=8), discipline="psychologist", start_week=2
    )
    read = draft_of(evidence.treatment, (item,)).items[0]
    assert read.row()["dose"] == {"per_week": 1.0, "minutes": 60.0, "weeks": 8.0}
    assert (read.text("discipline"), read.number("start_week")) == ("psychologist", 2.0)


@pytest.mark.parametrize(
    ("modality", "form", "kind", "start", "end"),
    [
        ("cbt", {"dose.per_week": "1", "dose.weeks": "8", "start_week": "2"}, SpanKind.RUNS, 2, 2 + 8),
        ("paracetamol", {"dose.days": "14"}, SpanKind.RUNS, 0, 14 / 7),
        ("cbt", {"dose.per_week": "1"}, SpanKind.RUNS, 0, 12),
        ("refer_psychology", {"start_week": "3"}, SpanKind.ONCE, 3, 3),
        ("cbt", {}, SpanKind.UNSTATED, 0, 0),
    ],
)
def test_an_entry_runs_as_long_as_was_said(
    evidence: Evidence, modality: str, form: dict[str, str], kind: SpanKind, start: float, end: float
) -> None:
    item = draft(evidence, modality).merged({f"item.0.{name}": text for name, text in form.items()}).items[0]
    span = span_of(item)
    assert (span.kind, span.start, span.end) == (kind, start, end)


def test_hours_of_a_week_are_sessions_times_minutes(evidence: Evidence) -> None:
    form = {"item.0.dose.per_week": "2", "item.0.dose.minutes": "45", "item.0.dose.weeks": "2"}
    plan = draft(evidence, "cbt", "refer_psychology").merged({**form, "item.0.start_week": "1"})
    assert hours_by_week(plan.items)[:4] == (0, 2 * 45 / 60, 2 * 45 / 60, 0)
