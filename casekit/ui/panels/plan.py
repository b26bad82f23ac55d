"""The plan: find treatments, say how much, who, when and what for; see what speaks for and against it.

The unfinished plan is in `plan_draft`; the parts of the screen are in the files beside this one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import htpy as h

from casekit.domain.case import GoalWish
from casekit.domain.indications import Category
from casekit.encounter.events import EventKind
from casekit.encounter.state import Step
from casekit.errors import InputError, VisitError
from casekit.reasoning.plan_verdict import PlanCheck, PlanProblem, ProblemSeverity, Verdict
from casekit.ui.markup import VERDICTS, commit_bar, empty, spoken
from casekit.ui.panels.plan_catalogue import catalogue, found
from casekit.ui.panels.plan_draft import NUMBERS, PlanDraft, draft_of, read_draft
from casekit.ui.panels.plan_entry import entry
from casekit.ui.panels.plan_matrix import matrix
from casekit.ui.panels.plan_reasons import verdict_word
from casekit.ui.panels.plan_timeline import timeline
from casekit.ui.panels.plan_words import DOSE_LABELS, drug_word, title
from casekit.ui.screen import Act, Choice, Message, MessageKind, RefusedMessageError, Screen

STEP = Step.PLAN
PANEL = "plan"
FIRST_STEP_CODES = frozenset({"emergency_first_step_missing", "first_step_missing"})
WORST_FIRST = ("contraindicated", "not_recommended", "uncertain", "not_rated", "consider", "recommended")


def render(screen: Screen) -> h.Node:
    """Treatments beside the plan, what each entry is for, twelve weeks, what to mind before the commit."""
    draft = _draft(screen)
    check = _check(screen, draft)
    patient, wishes = screen.visit.case.patient, _agreed(screen)
    return [
        h.h2(".ck-screen-title", tabindex="-1")[f"A plan with {patient.name}"],
        h.div(".ck-lead.ck-plan-wish")[[spoken(wish.words) for wish in wishes]] if wishes else None,
        _comes_first(check),
        h.div(".ck-plan" if screen.live else ".ck-plan-read")[
            catalogue(screen.visit.evidence.treatment, draft, unfolded=_unfolded(screen, draft))
            if screen.live
            else None,
            _plan(screen, draft, check),
        ],
        _pictures(screen, draft, check, wishes) if draft.items else None,
        [_before(check), _commit(draft)] if screen.live else None,
    ]


def handle(screen: Screen, message: Message) -> Act | Choice:
    """Keep what is typed, add, take out, look for treatments, or commit the plan."""
    if message.kind is MessageKind.CHOOSE and message.act == "fold":
        return Choice({"plan_add": "folded" if _unfolded(screen, _draft(screen)) else "open"})
    if not screen.live:
        return _too_late(message)
    before = _draft(screen)
    draft = before.merged(message.form)
    if message.kind is MessageKind.DRAFT or message.act in ("set", "filter"):
        return _keep(draft, said=_changed(screen, before, draft))
    if message.act == "add":
        return _add(screen, draft, message)
    if message.act == "take_out":
        return _take_out(draft, message)
    if message.act == "all":
        return _keep(replace(draft, all=not draft.all))
    if message.act == PANEL:
        _refuse_unreadable(draft)
        return Act("plan", (draft.rows(),), said="The plan is committed.")
    raise RefusedMessageError(f'The plan does not know "{message.act}".')


# ---- what a message does -------------------------------------------------------------------------


def _add(screen: Screen, draft: PlanDraft, message: Message) -> Act:
    evidence = screen.visit.evidence.treatment
    wanted, agent = message.data.get("modality", ""), message.data.get("agent", "")
    modality = evidence.modality_by_id.get(wanted)
    if modality is None or (agent and agent not in [row.id for row in modality.agents]):
        raise RefusedMessageError(f'There is no treatment "{wanted}" {agent}'.rstrip() + " to add.")
    added = draft.added(modality, agent)
    item = added.items[-1]
    needs_drug = modality.is_drug and item.agent is None
    verdict = ": choose the drug" if needs_drug else _verdict_said(screen, added, item.key)
    return replace(_keep(added, said=f"{title(item)} added{verdict}"), choices={"plan_add": "open"})


def _take_out(draft: PlanDraft, message: Message) -> Act:
    item = next((item for item in draft.items if str(item.key) == message.data.get("key", "")), None)
    if item is None:
        raise RefusedMessageError("This entry is no longer in the plan.")
    left = draft.without(item.key)
    return _keep(left, said=f"{title(item)} taken out, {_entries(len(left.items))} left.")


def _keep(draft: PlanDraft, said: str = "") -> Act:
    return Act("draft", (PANEL, draft.plain()), said=said)


def _refuse_unreadable(draft: PlanDraft) -> None:
    problems = []
    for number, item in enumerate(draft.items, start=1):
        where = f"Entry {number}, {title(item)}"
        if item.modality.is_drug and item.agent is None:
            names = ", ".join(drug_word(agent.id) for agent in item.modality.agents)
            problems.append(f"{where}: choose the drug ({names}).")
        for name in (name for name in NUMBERS if name in (*item.dose_fields, "start_week")):
            if item.problem(name):
                label = DOSE_LABELS.get(name, "Starts in")
                problems.append(f"{where}, {label.lower()}: {item.problem(name)}")
    if problems:
        raise InputError(" ".join(problems))


def _too_late(message: Message) -> Choice:
    """A draft that arrives after the commit is dropped; anything else is refused with a reason."""
    if message.kind is MessageKind.DRAFT:
        return Choice({})
    raise VisitError("The plan is not open for changes. You can read it.")


def _changed(screen: Screen, before: PlanDraft, after: PlanDraft) -> str:
    """What to say after a change of fields: how many treatments were found, or which verdicts changed."""
    if (after.search, after.families) != (before.search, before.families):
        number = len(found(screen.visit.evidence.treatment, after))
        return "1 treatment" if number == 1 else f"{number} treatments"
    was, now = _check(screen, before), _check(screen, after)
    if was is None or now is None:
        return ""
    return ". ".join(
        f"{title(item)}: {verdict_word(new.category)}"
        for item, old, new in zip(after.items, was, now, strict=True)
        if old.category is not new.category or before.items[old.position].agent is not item.agent
    )


def _verdict_said(screen: Screen, draft: PlanDraft, key: int) -> str:
    verdict = _by_key(draft, _check(screen, draft)).get(key)
    return f": {verdict_word(verdict.category)}" if verdict else ""


# ---- what is looked at ---------------------------------------------------------------------------


def shows_verdicts(screen: Screen) -> bool:
    """True where verdicts are live: in practice. In an exam they wait for the debrief."""
    return screen.choice("feedback", "practice") == "practice"


def _draft(screen: Screen) -> PlanDraft:
    evidence = screen.visit.evidence.treatment
    if screen.live:
        return read_draft(evidence, screen.draft(PANEL))
    return draft_of(evidence, screen.visit.state.plan)


def _check(screen: Screen, draft: PlanDraft) -> PlanCheck | None:
    if not shows_verdicts(screen) or screen.visit.state.diagnosis is None:
        return None
    return screen.visit.plan_check(draft.rows())


def _by_key(draft: PlanDraft, check: PlanCheck | None) -> dict[int, Verdict]:
    return {} if check is None else {item.key: row for item, row in zip(draft.items, check, strict=True)}


def _agreed(screen: Screen) -> list[GoalWish]:
    agreed = [goal.goal for goal in screen.visit.state.goals]
    return [wish for wish in screen.visit.case.goals if wish.id in agreed]


def _unfolded(screen: Screen, draft: PlanDraft) -> bool:
    return screen.choice("plan_add", "folded" if draft.items else "open") == "open"


# ---- the parts -----------------------------------------------------------------------------------


def _comes_first(check: PlanCheck | None) -> h.Node:
    missing = [problem for problem in check.problems if problem.code in FIRST_STEP_CODES] if check else []
    if not missing:
        return None
    return h.div(".ck-stop.ck-comes-first")[
        [h.p[h.strong["Before anything else. "], problem.text] for problem in missing]
    ]


def _plan(screen: Screen, draft: PlanDraft, check: PlanCheck | None) -> h.Element:
    verdicts = _by_key(draft, check)
    newest = max((item.key for item in draft.items), default=-1)
    when = "" if screen.live else _committed_at(screen)
    return h.div(".ck-plan-entries")[
        h.div(".ck-part-head")[
            h.h3[f"Your plan, {_entries(len(draft.items))}{when}"], _counts(list(verdicts.values()))
        ],
        h.ol(".ck-entries")[
            [
                entry(screen, item, number, verdicts.get(item.key), newest=screen.live and item.key == newest)
                for number, item in enumerate(draft.items, start=1)
            ]
        ]
        if draft.items
        else _nothing_planned(screen),
    ]


def _nothing_planned(screen: Screen) -> h.Element:
    if screen.live:
        return empty(
            "Nothing is in the plan yet.", "Find a treatment and add it. An empty plan may be committed too."
        )
    return empty("The plan was empty.", "Nothing was done.")


def _counts(verdicts: Sequence[Verdict]) -> h.Node:
    counts = Counter(verdict.category.value for verdict in verdicts)
    words = [
        h.span(f".ck-count-{name.replace('_', '-')}")[f"{counts[name]} {VERDICTS[name][1].lower()}"]
        for name in WORST_FIRST
        if counts[name]
    ]
    return h.p(".ck-note.ck-verdict-counts")[
        [[" · " if place else None, word] for place, word in enumerate(words)]
    ]


def _pictures(
    screen: Screen, draft: PlanDraft, check: PlanCheck | None, wishes: Sequence[GoalWish]
) -> list[h.Element]:
    verdicts = _by_key(draft, check)
    forbidden = frozenset(key for key, row in verdicts.items() if row.category is Category.CONTRAINDICATED)
    possessive = screen.visit.case.patient.possessive.capitalize()
    return [
        matrix(screen.visit.evidence.treatment, draft.items, wishes, possessive),
        timeline(screen, draft.items, forbidden),
    ]


def _before(check: PlanCheck | None) -> h.Node:
    if check is None:
        return None
    forbidden = sum(row.category is Category.CONTRAINDICATED for row in check)
    rows = [problem for problem in check.problems if problem.code not in FIRST_STEP_CODES]
    if not forbidden and not rows:
        return None
    return h.section(".ck-before", aria_labelledby="ck-before-title")[
        h.h3("#ck-before-title")["Before you commit"],
        h.ul[
            h.li(".ck-harm")[_problem_sign("harm"), h.span[f"{_entries(forbidden)} contraindicated."]]
            if forbidden
            else None,
            [_problem(problem) for problem in rows],
        ],
    ]


def _problem(problem: PlanProblem) -> h.Element:
    css = ".ck-harm" if problem.severity is ProblemSeverity.HARM else ""
    return h.li(css)[_problem_sign(problem.severity.value), h.span[problem.text]]


def _problem_sign(severity: str) -> h.Element:
    sign, word = {"harm": ("⊗", "Harm: "), "gap": ("▽", "Gap: "), "note": ("–", "Note: ")}[severity]
    return h.span(".ck-problem-sign")[h.span(aria_hidden="true")[f"{sign} "], h.span(".ck-hidden")[word]]


def _commit(draft: PlanDraft) -> h.Element:
    return commit_bar(
        "Commit the plan",
        PANEL,
        f"{_entries(len(draft.items)).capitalize()}. This answer counts and cannot be changed.",
    )


def _entries(number: int) -> str:
    return {0: "no entries", 1: "1 entry"}.get(number, f"{number} entries")


def _committed_at(screen: Screen) -> str:
    at = [event.at for event in screen.visit.journal.events if event.kind is EventKind.PLANNED]
    return f", committed at {at[-1][11:16]} UTC" if at else ""
