"""The learner's visit beside the expert's: what was asked, examined, ordered and planned, and the plan under the
full truth about the patient.
"""

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
NEEDED, NOT_NEEDED = "key point", "would not change what you do"


def comparison(visit: Visit, view: DebriefView) -> h.Element:
    """Four short lists: both, only the expert, only you."""
    work_up = view.key.work_up
    return h.section(".ck-compare", aria_label="You and the expert")[
        h.h3["You and the expert"],
        _facts(visit, view, "Asked", (FactKind.HISTORY,), work_up.history),
        _facts(visit, view, "Examined", (FactKind.EXAMINATION,), work_up.examination),
        _facts(visit, view, "Ordered", TESTS, work_up.tests, work_up.unneeded_tests),
        _plans(visit, view),
    ]


def _facts(
    visit: Visit, view: DebriefView, title: str, kinds: Sequence[FactKind], needed: Collection[str],
    unneeded: Collection[str] = (),
) -> h.Element:  # fmt: skip
    names = {fact.id: fact.ask for fact in visit.facts(*kinds)}

    def opened(state: VisitState) -> list[str]:
        return [name for name in state.opened if name in names]

    tags = {**dict.fromkeys(needed, NEEDED), **dict.fromkeys(unneeded, NOT_NEEDED)}
    return _lists(title, opened(visit.state), opened(view.expert), names.__getitem__, tags)


def _plans(visit: Visit, view: DebriefView) -> h.Element:
    evidence = visit.evidence.treatment
    contraindicated = dict.fromkeys(view.key.plan.contraindicated, "not for this patient")
    return _lists(
        "Planned", [item.modality for item in visit.state.plan], [item.modality for item in view.expert.plan],
        lambda name: _label(evidence, name, (*visit.state.plan, *view.expert.plan)), contraindicated,
    )  # fmt: skip


def _label(evidence: TreatmentEvidence, modality: str, items: Iterable[PlanItem]) -> str:
    agents = dict.fromkeys(item.agent for item in items if item.modality == modality and item.agent)
    name = evidence.modality(modality).label
    return f"{name} ({', '.join(agents)})" if agents else name


def _lists(
    title: str, yours: Sequence[str], expert: Sequence[str], name: Callable[[str], str], tags: Mapping[str, str]
) -> h.Element:
    both = [each for each in expert if each in yours]
    columns = (
        ("Both", dict.fromkeys(both)),
        ("Only the expert", dict.fromkeys(each for each in expert if each not in yours)),
        ("Only you", dict.fromkeys(each for each in yours if each not in expert)),
    )
    return h.div(".ck-compare-row")[
        h.h4[title],
        [
            h.div[
                h.p(".ck-note")[f"{head} ({len(entries)})"],
                h.ul[[h.li[name(each), h.span(".ck-note")[f" · {tags[each]}"] if each in tags else None] for each in entries]]
                if entries else None,
            ]
            for head, entries in columns
        ],
    ]  # fmt: skip


def plan_review(visit: Visit, view: DebriefView) -> h.Element:
    """Every entry of the learner's plan, judged with all there is to know about the patient; the worst first."""
    verdicts = sorted(view.true_check, key=lambda found: (found.category is Category.NOT_RATED, -found.category.rank))
    return h.section(".ck-plan-review", aria_label="Your plan, knowing everything")[
        h.h3["Your plan, knowing everything"],
        h.p(".ck-note")["Checked against the true cause and all illnesses and medicines, found out or not."],
        h.ul[[_entry(visit, view, found) for found in verdicts]] if verdicts else h.p["You planned nothing."],
        h.ul(".ck-plan-problems")[[h.li[problem.text] for problem in view.true_check.problems]]
        if view.true_check.problems else None,
        h.p[view.key.plan.comment] if view.key.plan.comment else None,
    ]  # fmt: skip


def _entry(visit: Visit, view: DebriefView, found: Verdict) -> h.Element:
    reasons = [reason for reason in found.reasons if reason.consequence is Consequence.FORBIDS] or [found.deciding]
    here = view.key.plan.contraindicated.get(found.modality)
    label = f"{found.label} ({found.agent})" if found.agent else found.label
    return h.li[
        h.p(".ck-plan-head")[h.strong[label], " ", verdict(str(found.category))],
        [
            h.p[
                reason.text, " ",
                [[source_chip(visit.evidence.sources.get(source), str(reason.verification)), " "] for source in reason.sources],
            ]
            for reason in reasons
        ],
        h.p[h.strong["Here: "], here] if here else None,
    ]  # fmt: skip
