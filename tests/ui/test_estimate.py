"""The board: what it shows, what it keeps, what it refuses, and that it decides nothing before the commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from casekit.domain.vocabulary import OTHER
from casekit.encounter.visit import Visit
from casekit.errors import InputError
from casekit.ui.outline import outline
from casekit.ui.panels import estimate
from casekit.ui.panels.figures import percent_typed, share
from casekit.ui.screen import Act, Choice, Message, MessageKind, RefusedMessageError, Screen

DISC = "disc_herniation_radiculopathy"
Visits = Callable[..., Visit]


def _screen(visit: Visit) -> Screen:
    return Screen(visit=visit, step=visit.state.step)


def _drawn(visit: Visit) -> str:
    return "".join(str(part) for part in estimate.render(_screen(visit)))  # type: ignore[union-attr]


def _sent(act: str, form: Mapping[str, str] | None = None, kind: MessageKind = MessageKind.ACT) -> Message:
    return Message(kind=kind, panel="estimate", act=act, form=form or {})


def _form(visit: Visit, **percents: str) -> dict[str, str]:
    return {f"p.{name}": percents.get(name, "0") for name in visit.board()}


def test_first_board_starts_at_zero_and_cannot_be_committed(visit_at: Visits) -> None:
    visit = visit_at("door")
    drawn = _drawn(visit)
    assert "0 %" in outline(drawn)
    assert "100 % left to give" in drawn
    assert 'aria-disabled="true"' in drawn
    assert "ck-share-past" not in drawn


def test_every_hypothesis_has_a_named_slider_and_a_named_number(visit_at: Visits) -> None:
    visit = visit_at("door")
    drawn = _drawn(visit)
    for name in visit.board():
        label = visit.hypothesis_name(name).replace("&", "&amp;")
        assert f'type="range" min="0" max="100" step="1" value="0" aria-label="{label}"' in drawn
        assert f'name="p.{name}" min="0" max="100" step="0.1"' in drawn
        assert f'aria-label="{label}, percent"' in drawn


def test_serious_stand_under_their_own_heading_and_something_else_is_last(visit_at: Visits) -> None:
    lines = outline(_drawn(visit_at("door"))).splitlines()
    heading = lines.index("### Serious even when unlikely")
    names = ("Lumbar disc herniation with radiculopathy", "Cauda equina syndrome", "Something else")
    order = [next(i for i, line in enumerate(lines) if line.startswith(name)) for name in names]
    assert order[0] < heading < order[1] < order[2]


def test_later_board_starts_at_the_last_estimate_and_marks_it(visit_at: Visits) -> None:
    visit = visit_at("examination")
    last = visit.state.estimates[-1].probabilities[DISC]
    drawn = _drawn(visit)
    assert f'name="p.{DISC}" min="0" max="100" step="0.1" value="{last * 100:g}"' in drawn
    assert f'style="--ck-was:{last:.4f}"' in drawn
    assert f"was {last * 100:g}" in drawn
    assert "Commit estimate 3" in drawn


def test_unfinished_shares_survive_and_a_draft_of_an_earlier_estimate_does_not(visit_at: Visits) -> None:
    visit = visit_at("door")
    kept = estimate.handle(_screen(visit), _sent("draft", _form(visit, **{DISC: "62,5"}), MessageKind.DRAFT))
    assert isinstance(kept, Act)
    visit.draft(*kept.args)
    assert 'value="62,5"' in _drawn(visit)
    assert "37.5 % left to give" in _drawn(visit)
    visit.estimate({DISC: 0.5, OTHER: 0.5})
    assert 'value="62,5"' not in _drawn(visit)


def test_commit_gives_probabilities_and_opens_the_calculation(visit_at: Visits) -> None:
    visit = visit_at("door")
    act = estimate.handle(_screen(visit), _sent("commit_estimate", _form(visit, **{DISC: "60", OTHER: "40"})))
    assert isinstance(act, Act)
    assert (act.name, act.choices["mode"]) == ("estimate", "calculation")
    assert act.args[0][DISC] == pytest.approx(0.6)
    assert set(act.args[0]) == set(visit.board())
    visit.estimate(*act.args)
    assert len(visit.state.estimates) == 1


@pytest.mark.parametrize(
    ("percents", "told"),
    [
        ({DISC: "94"}, "94 %. 6 % left to give."),
        ({DISC: "94", OTHER: "10"}, "104 %. 4 % too much. Lower a row."),
        ({DISC: "140"}, "Lumbar disc herniation with radiculopathy: 0 to 100. You typed 140."),
        ({DISC: "much"}, "0 to 100. You typed much."),
        ({DISC: "nan"}, "0 to 100. You typed nan."),
        ({DISC: "-1"}, "0 to 100. You typed -1."),
    ],
)
def test_what_is_not_an_estimate_is_refused_with_what_was_found(
    visit_at: Visits, percents: dict[str, str], told: str
) -> None:
    visit = visit_at("door")
    with pytest.raises(InputError) as refused:
        estimate.handle(_screen(visit), _sent("commit_estimate", _form(visit, **percents)))
    assert told in str(refused.value)


def test_half_a_percent_off_is_taken_and_made_whole(visit_at: Visits) -> None:
    visit = visit_at("door")
    act = estimate.handle(_screen(visit), _sent("commit_estimate", _form(visit, **{DISC: "99.5"})))
    assert isinstance(act, Act)
    assert sum(visit.estimate(*act.args).values()) == pytest.approx(1)


def test_rest_goes_to_something_else(visit_at: Visits) -> None:
    visit = visit_at("door")
    act = estimate.handle(_screen(visit), _sent("give_rest", _form(visit, **{DISC: "62.5", OTHER: "3"})))
    assert isinstance(act, Act)
    assert act.args[1][f"p.{OTHER}"] == "37.5"


def test_rest_cannot_be_given_when_there_is_none(visit_at: Visits) -> None:
    visit = visit_at("door")
    too_much = _form(visit, **{DISC: "90", "cauda_equina_syndrome": "20"})
    with pytest.raises(InputError, match="already add up to 110 %"):
        estimate.handle(_screen(visit), _sent("give_rest", too_much))


def test_added_hypothesis_becomes_a_row_and_leaves_the_list(visit_at: Visits) -> None:
    visit = visit_at("door")
    act = estimate.handle(_screen(visit), _sent("add_hypothesis", {**_form(visit), "add": "herpes_zoster"}))
    assert isinstance(act, Act)
    assert 'option value="herpes_zoster"' in _drawn(visit)
    visit.draft(*act.args)
    drawn = _drawn(visit)
    assert 'name="p.herpes_zoster"' in drawn
    assert 'option value="herpes_zoster"' not in drawn


@pytest.mark.parametrize("chosen", ["", "no_such_thing", "lumbar_muscle_strain"])
def test_only_a_hypothesis_of_the_board_can_be_added(visit_at: Visits, chosen: str) -> None:
    visit = visit_at("door")
    with pytest.raises(InputError, match="Choose a hypothesis"):
        estimate.handle(_screen(visit), _sent("add_hypothesis", {"add": chosen}))


def test_row_the_page_invents_is_left_out(visit_at: Visits) -> None:
    visit = visit_at("door")
    kept = estimate.handle(_screen(visit), _sent("draft", {"p.<script>": "1"}, MessageKind.DRAFT))
    assert isinstance(kept, Act)
    assert "p.<script>" not in kept.args[1]


def test_typed_text_is_escaped(visit_at: Visits) -> None:
    visit = visit_at("door")
    visit.draft("estimate", {"number": "1", f"p.{DISC}": '"><script>'})
    assert "<script>" not in _drawn(visit)


def test_back_leads_to_the_questions_and_an_unknown_act_is_refused(visit_at: Visits) -> None:
    visit = visit_at("door")
    assert estimate.handle(_screen(visit), _sent("back")) == Choice({"mode": ""})
    with pytest.raises(RefusedMessageError, match="does not know"):
        estimate.handle(_screen(visit), _sent("peek"))


def test_board_shows_no_calculated_number_before_the_commit(visit_at: Visits) -> None:
    visit = visit_at("history")
    visit.ask("leg_path")
    drawn = _drawn(visit)
    assert "calc" not in drawn.replace("The calculation opens", "").replace("the calculation opens", "")


def test_committed_estimate_is_read_as_text(visit_at: Visits) -> None:
    drawn = _drawn(visit_at("goals"))
    assert "Estimate 4 is committed, 09:00 UTC." in drawn
    assert "<input" not in drawn


@pytest.mark.parametrize(("text", "value"), [("", 0.0), ("12,5", 12.5), ("7 %", 7.0), ("100", 100.0)])
def test_percent_is_read_as_people_type_it(text: str, value: float) -> None:
    assert percent_typed("x", text) == value


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.63, "63"),
        (0.004, "0.4"),
        (0.0001, "< 0.1"),
        (0.0, "0"),
        (0.9962, "99.6"),
        (0.99996, "> 99.9"),
        (1.0, "100"),
    ],
)
def test_calculated_share_is_never_rounded_to_nothing_or_to_certainty(probability: float, text: str) -> None:
    assert share(probability) == text
