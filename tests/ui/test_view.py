"""The root view: what it shows, what it refuses, and that several views of one visit are one visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casekit.encounter.state import Step
from casekit.encounter.visit import Visit
from casekit.ui.catalogue import Card, Catalogue
from casekit.ui.panels import history
from casekit.ui.view import View, whole_page

VisitAt = Callable[..., Visit]


def act(panel: str, name: str, kind: str = "act", **data: str) -> dict[str, Any]:
    return {"kind": kind, "panel": panel, "act": name, "data": data, "form": {}}


def test_its_plain_text_is_the_whole_screen(visit_at: VisitAt) -> None:
    view = View(visit_at("history"))
    bundle = view._repr_mimebundle_()
    text = (bundle[0] if isinstance(bundle, tuple) else bundle)["text/plain"]
    visit = visit_at("history")
    for fact in visit.case.facts:
        if str(fact.kind) == "history":
            assert fact.ask in text
    assert text == repr(view) == view.outline()


def test_a_click_asks_and_shows_the_answer(visit_at: VisitAt) -> None:
    visit = visit_at("history")
    view = View(visit)
    view.handle(act("history", "ask", fact="saddle_check"))
    assert visit.case.fact("saddle_check").reply.split(".")[0] in view.outline()


# what the page might send, and the words that must be on the screen
REFUSED = [
    ({}, "no message"),
    ({"kind": "explode"}, "no message"),
    ({"kind": "act", "panel": "kitchen", "act": "cook"}, 'There is no panel "kitchen"'),
    (act("history", "undo"), 'does not know "undo"'),
    (act("frame", "undo"), "nobody knows"),
    (act("history", "ask", fact="sadle_check"), 'Did you mean "saddle_check"?'),
    ({"kind": "act", "panel": "history", "act": "ask", "data": 7}, "not a form"),
]


@pytest.mark.parametrize(("message", "words"), REFUSED)
def test_what_cannot_be_done_is_said_on_the_screen(
    visit_at: VisitAt, message: dict[str, Any], words: str
) -> None:
    visit = visit_at("history")
    view = View(visit)
    events = list(visit.journal.events)
    view.handle(message)
    assert words in view.outline()
    assert 'role="alert"' in view.html
    assert visit.journal.events == events


def test_a_fault_of_ours_is_shown_and_never_swallowed(
    visit_at: VisitAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(history, "handle", broken)
    view = View(visit_at("history"))
    view.handle(act("history", "ask", fact="saddle_check"))
    assert "Something broke in casekit. Nothing was lost." in view.outline()
    assert "a fault of ours" in view.outline()


def test_two_views_of_one_visit_stay_in_step(visit_at: VisitAt) -> None:
    visit = visit_at("history")
    one, two = View(visit), View(visit, ("history",))
    one.handle(act("history", "ask", fact="saddle_check"))
    assert "asked 1st" in two.outline()


def test_looking_back_changes_nothing_and_leads_forward_again(visit_at: VisitAt) -> None:
    visit = visit_at("examination")
    view = View(visit)
    view.handle(act("frame", "look", kind="choose", step="history"))
    assert "Ask Ms Ada Lind" in view.outline()
    assert 'data-act="ask"' not in view.html
    view.handle(act("frame", "look", kind="choose", step="examination"))
    assert "Examine Ms Ada Lind" in view.outline()
    assert visit.state.step is Step.EXAMINATION


@pytest.mark.parametrize("step", [str(step) for step in Step if step is not Step.DEBRIEF])
def test_nothing_of_the_key_is_on_any_screen_before_the_debrief(visit_at: VisitAt, step: str) -> None:
    visit = visit_at(step)
    page = View(visit).html
    for secret in (visit._key.debrief.headline, visit._key.diagnosis.summary, visit._key.plan.comment):
        assert secret not in page


def test_the_debrief_is_saved_as_a_page_that_asks_nobody_for_anything(visit_at: VisitAt) -> None:
    visit = visit_at()
    view = View(visit)
    sent: list[dict[str, Any]] = []
    view.send = sent.append
    view.handle(act("debrief", "save_report"))
    saved = next(message for message in sent if message["kind"] == "download")
    assert saved["name"] == "casekit-lightning-down-to-the-big-toe.html"
    assert "For teaching only" in saved["text"]
    assert not any(mark in saved["text"] for mark in ("<script", 'src="http', "@import", "url(http"))
    assert saved["text"] == whole_page(
        saved["text"].split("</p>", 1)[1].removesuffix("</div></div></body></html>")
    )


HOSTILE = "<script>alert(1)</script>"


def test_a_card_with_markup_in_it_is_shown_as_text() -> None:
    card = Card(
        id="x",
        title=HOSTILE,
        quote=HOSTILE,
        patient=HOSTILE,
        setting=HOSTILE,
        level=2,
        minutes=3,
        progress=HOSTILE,
    )
    page = Catalogue(lambda: [card], lambda _: pytest.fail("not opened")).html
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 5


def test_a_case_that_cannot_be_opened_says_why_and_the_cards_stay(visit_at: VisitAt) -> None:
    from casekit.errors import CaseError

    def refuse(_: str) -> Visit:
        raise CaseError("case.yaml:3:1: level is missing")

    card = Card(id="x", title="A title", quote="q", patient="p", setting="emergency", level=2, minutes=3)
    page = Catalogue(lambda: [card], refuse)
    page.handle(act("catalogue", "open", case="x"))
    assert "case.yaml:3:1" in page.outline()
    assert "A title" in page.outline()
    opened = Catalogue(lambda: [card], lambda _: visit_at("history"))
    opened.handle(act("catalogue", "open", case="x"))
    assert "Ask Ms Ada Lind" in opened.outline()
    opened.handle(act("catalogue", "back", kind="choose"))
    assert "Choose a patient" in opened.outline()
