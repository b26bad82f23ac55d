"""The learner's visit beside the expert's, from questions to plan; and the plan under the full truth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import htpy as h

from casekit.domain.acts import PlanItem
from casekit.domain.case import FactKind
from casekit.domain.indications import Category
from casekit.domain.treatment import TreatmentEvidence
from casekit.encounter.debrief import DebriefView
from casekit.encounter.state import VisitState
from casekit.encounter.visit import Visit
from casekit.reasoning.plan_verdict import Consequence, Verdict
from casekit.ui.markup import source_chip, verdict

TESTS = tuple(kind for kind in FactKind if kind.is_test)
NOT_NEEDED, NOT_FOR_HER = "would not change what you do", "harmful here"
SHOWN, SHOWN_OF_BOTH = 6, 3


def comparison(visit: Visit, view: DebriefView) -> h.Element:
    """Four short lists: both, only the expert, only you."""
    work_up = view.key.work_up
    unneeded = dict.fromkeys(work_up.unneeded_tests, NOT_NEEDED)
    return h.section(".ck-compare")[
        h.h3["You and the expert"],
        h.p(".ck-note")["What the expert would not do without stands first."],
        _facts(visit, view, "Asked", (FactKind.HISTORY,), work_up.history, {}),
        _facts(visit, view, "Examined", (FactKind.EXAMINATION,), work_up.examination, {}),
        _facts(visit, view, "Ordered", TESTS, work_up.tests, unneeded),
        _plans(visit, view),
    ]


def _facts(
    visit: Visit,
    view: DebriefView,
    title: str,
    kinds: Sequence[FactKind],
    needed: Collection[str],
    tags: Mapping[str, str],
) -> h.Element:
    names = {fact.id: fact.ask for fact in visit.facts(*kinds)}

    def opened(state: VisitState) -> list[str]:
        return sorted((name for name in state.opened if name in names), key=lambda name: name not in needed)

    return _lists(title, opened(visit.state), opened(view.expert), names.__getitem__, tags)


def _plans(visit: Visit, view: DebriefView) -> h.Element:
    evidence = visit.evidence.treatment
    yours, expert = visit.state.plan, view.expert.plan
    return _lists(
        "Planned",
        [item.modality for item in yours],
        [item.modality for item in expert],
        lambda name: _label(evidence, name, (*yours, *expert)),
        dict.fromkeys(view.key.plan.contraindicated, NOT_FOR_HER),
    )


def _label(evidence: TreatmentEvidence, modality: str, items: Iterable[PlanItem]) -> str:
    agents = dict.fromkeys(item.agent for item in items if item.modality == modality and item.agent)
    name = evidence.modality(modality).label
    return f"{name} ({', '.join(agents)})" if agents else name


def _lists(
    title: str,
    yours: Sequence[str],
    expert: Sequence[str],
    name: Callable[[str], str],
    tags: Mapping[str, str],
) -> h.Element:
    columns = (
        ("Both", [each for each in expert if each in yours]),
        ("Only the expert", [each for each in expert if each not in yours]),
        ("Only you", [each for each in yours if each not in expert]),
    )

    def entry(each: str) -> h.Element:
        return h.li[name(each), h.span(".ck-note")[f" · {tags[each]}"] if each in tags else None]

    return h.div(".ck-compare-row")[
        h.h4[title],
        [_column(head, [entry(each) for each in dict.fromkeys(entries)]) for head, entries in columns],
    ]


def _column(head: str, entries: Sequence[h.Element]) -> h.Element:
    """One list; what is beyond the first few is folded away."""
    most = SHOWN_OF_BOTH if head == "Both" else SHOWN
    cut = most if len(entries) > most + 1 else len(entries)
    more = entries[cut:]
    return h.div[
        h.p(".ck-note")[f"{head} ({len(entries)})"],
        h.ul[entries[:cut]] if entries else h.p["–"],
        h.details[h.summary[f"and {len(more)} more"], h.ul[more]] if more else None,
    ]


def plan_review(visit: Visit, view: DebriefView) -> h.Element:
    """Every entry of the learner's plan, judged with all there is to know; the worst first."""
    verdicts = sorted(
        view.true_check, key=lambda found: (found.category is Category.NOT_RATED, -found.category.rank)
    )
    return h.section(".ck-plan-review")[
        h.h3["Your plan, knowing everything"],
        h.p(".ck-note")["Checked against the true cause and all illnesses and medicines, found out or not."],
        h.ul(".ck-plan-entries")[[_entry(visit, view, found) for found in verdicts]]
        if verdicts
        else h.p["You planned nothing."],
        _problems(view),
        h.p[h.strong["The expert’s plan: "], view.key.plan.comment] if view.key.plan.comment else None,
    ]


def _problems(view: DebriefView) -> h.Node:
    if not view.true_check.problems:
        return None
    found = h.ul(".ck-plan-problems")[[h.li[problem.text] for problem in view.true_check.problems]]
    return [h.h4["The plan as a whole"], found]


def _entry(visit: Visit, view: DebriefView, found: Verdict) -> h.Element:
    reasons = [reason for reason in found.reasons if reason.consequence is Consequence.FORBIDS] or [
        found.deciding
    ]
    here = view.key.plan.contraindicated.get(found.modality)
    label = f"{found.label} ({found.agent})" if found.agent else found.label
    return h.li[
        h.p(".ck-plan-head")[h.strong[label], " ", verdict(str(found.category))],
        [
            h.p[
                reason.text,
                " ",
                [
                    [source_chip(visit.evidence.sources.get(source), str(reason.verification)), " "]
                    for source in reason.sources
                ],
            ]
            for reason in reasons
        ],
        h.p[h.strong["Here: "], here] if here else None,
    ]
