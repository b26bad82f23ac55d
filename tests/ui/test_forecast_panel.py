"""The forecast panel: rows in the instrument's own units, every problem named, the commit on 0-100."""

from __future__ import annotations

from collections.abc import Callable

import htpy as h
import pytest

from casekit.encounter.state import Step
from casekit.encounter.visit import Visit
from casekit.errors import InputError
from casekit.ui.outline import outline
from casekit.ui.panels import forecast
from casekit.ui.screen import Message, MessageKind, RefusedMessageError, Screen

VisitAt = Callable[..., Visit]


def row(instrument: str, week: int, low: str, middle: str, high: str) -> dict[str, str]:
    return {
        f"q.{instrument}.{week}.{q}": text for q, text in zip((10, 50, 90), (low, middle, high), strict=True)
    }


def screen_of(visit: Visit) -> Screen:
    return Screen(visit=visit, step=Step.FORECAST)


def markup_of(visit: Visit) -> str:
    return str(h.section[forecast.render(screen_of(visit))])


def shown(visit: Visit) -> str:
    return outline(markup_of(visit))


def commit(form: dict[str, str]) -> Message:
    return Message(kind=MessageKind.ACT, panel="forecast", act="forecast", form=form)


def draft(form: dict[str, str]) -> Message:
    return Message(kind=MessageKind.DRAFT, panel="forecast", act="draft", form=form)


def test_every_measure_and_week_has_three_empty_fields_in_its_own_units(visit_at: VisitAt) -> None:
    text = shown(visit_at("forecast"))
    assert "# Disability, ODI 0–100" in text
    assert "# Leg pain, 0–10" in text
    for week in (6, 12, 26, 52):
        assert f"[number] Disability, {week} weeks, 10 % = min=0 max=100 step=1" in text
        assert f"[number] Leg pain, {week} weeks, 90 % = min=0 max=10 step=0.5" in text


def test_nothing_that_is_dragged_is_in_the_tab_order(visit_at: VisitAt) -> None:
    markup = markup_of(visit_at("forecast"))
    track = markup.split('class="ck-track"')[1].split('class="ck-quantile-fields"')[0]
    assert 'aria-hidden="true"' in track
    assert "tabindex" not in track
    assert "<button" not in track


def test_the_words_for_a_score_come_with_their_verification(visit_at: VisitAt) -> None:
    text = shown(visit_at("forecast"))
    assert "minimal 0–20, moderate 21–40, severe 41–60" in text
    assert "mild 1–3, moderate 4–6, severe 7–10" in text
    assert "unverified" in text  # the bands of the pain scale are recalled only


def test_a_commit_turns_own_points_to_0_100(visit_at: VisitAt) -> None:
    form = {**row("odi", 6, "24", "36", "46"), **row("nrs_pain", 12, "1,5", "3", "6")}
    act = forecast.handle(screen_of(visit_at("forecast")), commit(form))
    assert act.name == "forecast"
    assert act.args == ({"odi": {6: [24, 36, 46]}, "nrs_pain": {12: [15, 30, 60]}},)


def test_the_committed_act_is_taken_by_the_visit(visit_at: VisitAt) -> None:
    visit = visit_at("forecast")
    act = forecast.handle(screen_of(visit), commit(row("odi", 6, "24", "36", "46")))
    visit.forecast(*act.args)
    assert visit.state.forecasts["odi"][6].q50 == 36


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        (("50", "30", "60"), "Disability, 12 weeks: 10 % is above the middle."),
        (("10", "70", "60"), "Disability, 12 weeks: the middle is above 90 %."),
        (("10", "30", "140"), "Disability, 12 weeks: 0 to 100. You typed 140."),
        (("-1", "30", "40"), "Disability, 12 weeks: 0 to 100. You typed -1."),
        (("10", "", "60"), "Disability, 12 weeks: the middle is missing."),
        (("10", "", ""), "Disability, 12 weeks: the middle and 90 % are missing."),
        (("ten", "20", "30"), "Disability, 12 weeks: a number from 0 to 100. You typed “ten”."),
        (("nan", "20", "30"), "Disability, 12 weeks: a number from 0 to 100. You typed “nan”."),
    ],
)
def test_a_wrong_row_is_named_in_words(visit_at: VisitAt, texts: tuple[str, str, str], problem: str) -> None:
    with pytest.raises(InputError) as refused:
        forecast.handle(screen_of(visit_at("forecast")), commit(row("odi", 12, *texts)))
    assert str(refused.value) == problem


def test_all_wrong_rows_are_named_at_once(visit_at: VisitAt) -> None:
    form = {**row("odi", 6, "50", "30", "60"), **row("nrs_pain", 52, "1", "2", "11")}
    with pytest.raises(InputError) as refused:
        forecast.handle(screen_of(visit_at("forecast")), commit(form))
    assert str(refused.value).splitlines() == [
        "Disability, 6 weeks: 10 % is above the middle.",
        "Leg pain, 52 weeks: 0 to 10. You typed 11.",
    ]


def test_what_is_typed_is_kept_and_the_changed_row_is_said(visit_at: VisitAt) -> None:
    visit = visit_at("forecast")
    form = {**row("odi", 12, "16", "30", "44"), "notes": "x"}
    act = forecast.handle(screen_of(visit), draft(form))
    assert act.said == "12 weeks: 16 to 44, middle 30. That is 14 points better than today."  # 44 - 30
    visit.draft(*act.args)
    assert "notes" not in visit.state.drafts["forecast"]
    text = shown(visit)
    assert "[number] Disability, 12 weeks, 50 % = 30" not in text
    assert "[number] Disability, 12 weeks, middle = 30 " in text
    assert "7 of 8 rows are empty; they count as not answered." in text


def test_a_wrong_draft_is_marked_beside_its_row_and_its_text_stays(visit_at: VisitAt) -> None:
    visit = visit_at("forecast")
    visit.draft("forecast", row("odi", 6, "50", '30"><script>', "46"))
    markup = markup_of(visit)
    assert "<script>" not in markup
    visit.draft("forecast", row("odi", 6, "50", "30", "46"))
    text = shown(visit)
    assert "10 % is above the middle." in text
    assert "[number] Disability, 6 weeks, 10 % = 50 min=0 max=100 step=1 (aria-invalid)" in text


def test_a_committed_forecast_is_read_as_text_with_its_time(visit_at: VisitAt) -> None:
    text = shown(visit_at("follow_up"))
    assert "Committed at 09:00 UTC" in text
    assert "6 weeks | 21 | 38 | 54" in text  # the expert's own numbers
    assert "12 weeks | 1.9 | 4.4 | 6.9" in text
    assert "[number]" not in text
    assert "[button]" not in text


def test_an_unknown_deed_is_refused(visit_at: VisitAt) -> None:
    with pytest.raises(RefusedMessageError, match="does not know"):
        forecast.handle(
            screen_of(visit_at("forecast")), Message(kind=MessageKind.ACT, panel="forecast", act="open")
        )
