"""Lint rules about key.yaml and its agreement with case.yaml, without the two recorded visits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from casekit.content.lint_case import phase_of
from casekit.content.lint_rules import Fault, KeyedDraft, KeyRule, Path_, twice
from casekit.content.problems import Severity
from casekit.domain.case import Fact, FactKind
from casekit.domain.key import KeyFeature
from casekit.domain.vocabulary import Phase, Urgency, did_you_mean

FEWEST_FEATURES, MOST_FEATURES = 2, 5
COURSE_WEEKS = (2, 6, 12, 26, 52)
STEP_NAMES = {
    "history": "asked in the history",
    "examination": "examined",
    "tests": "ordered",
}


def belongs(fact: Fact, step: str) -> bool:
    """Whether a fact can be opened in this step: history, examination or tests."""
    if step == "tests":
        return fact.kind.is_test
    return fact.kind is (FactKind.HISTORY if step == "history" else FactKind.EXAMINATION)


def fact_faults(draft: KeyedDraft, ids: Sequence[str], step: str, path: Path_) -> Iterator[Fault]:
    """The ids of a list that are no fact, or a fact of another step."""
    for index, fact_id in enumerate(ids):
        where = (*path, index)
        fact = draft.fact_or_none(fact_id)
        if fact is None:
            yield _no_fact(draft, fact_id, where)
        elif not belongs(fact, step):
            found = f'"{fact_id}", which is {fact.kind}'
            expected = f"a fact that is {STEP_NAMES[step]}"
            yield Fault(
                path=where, in_key=True, found=found, expected=expected, hint="Move it to its own list."
            )


def _no_fact(draft: KeyedDraft, fact_id: str, where: Path_) -> Fault:
    return Fault(
        path=where,
        in_key=True,
        found=f'"{fact_id}"',
        expected="the id of a fact",
        hint=draft.near_fact(fact_id),
    )


def _same_id(draft: KeyedDraft) -> Iterator[Fault]:
    if draft.key.id != draft.case.id:
        yield Fault(
            path=("id",),
            in_key=True,
            found=f'"{draft.key.id}"',
            expected=f'"{draft.case.id}", as in case.yaml',
        )


def _facts(draft: KeyedDraft) -> Iterator[Fault]:
    work_up = draft.key.work_up
    for name, ids, step in (
        ("history", work_up.history, "history"),
        ("examination", work_up.examination, "examination"),
        ("tests", work_up.tests, "tests"),
        ("unneeded_tests", work_up.unneeded_tests, "tests"),
    ):
        yield from fact_faults(draft, ids, step, ("work_up", name))
    for index, cannot_miss in enumerate(draft.key.diagnosis.cannot_miss):
        for place, fact_id in enumerate(cannot_miss.ruled_out_by):
            if draft.fact_or_none(fact_id) is None:
                yield _no_fact(draft, fact_id, ("diagnosis", "cannot_miss", index, "ruled_out_by", place))
    turning = draft.key.debrief.turning_fact
    if draft.fact_or_none(turning) is None:
        yield _no_fact(draft, turning, ("debrief", "turning_fact"))


def _tests_meet(draft: KeyedDraft) -> Iterator[Fault]:
    for index, test in enumerate(draft.key.work_up.unneeded_tests):
        if test in draft.key.work_up.tests:
            message = f'"{test}" is both needed and not needed.'
            yield Fault(
                path=("work_up", "unneeded_tests", index), in_key=True, message=message, hint="Choose one."
            )


def _plan_meets(draft: KeyedDraft) -> Iterator[Fault]:
    plan = draft.key.plan
    for name, modalities in (
        ("required", set(chain.from_iterable(plan.required))),
        ("optional", set(plan.optional)),
    ):
        for modality in sorted(modalities & set(plan.contraindicated)):
            message = f'"{modality}" is contraindicated here and {name} above.'
            yield Fault(
                path=("plan", "contraindicated", modality), in_key=True, message=message, hint="Choose one."
            )


def _agree(draft: KeyedDraft) -> Iterator[Fault]:
    truth = draft.key.prognosis.modifiers
    for index, fact in enumerate(draft.case.facts):
        for modifier, level in fact.modifiers.items():
            if modifier in truth and truth[modifier] != level:
                found = f'"{level}" for {modifier}'
                expected = f'"{truth[modifier]}", as in prognosis.modifiers of key.yaml'
                yield Fault(path=("facts", index, "modifiers", modifier), found=found, expected=expected)
            if modifier not in truth:
                message = f"reveals {modifier}, which prognosis.modifiers of key.yaml lacks."
                hint = f"Add {modifier}: {level} there."
                yield Fault(path=("facts", index, "modifiers", modifier), message=message, hint=hint)


def _feature_count(draft: KeyedDraft) -> Iterator[Fault]:
    count = len(draft.key.key_features)
    if not FEWEST_FEATURES <= count <= MOST_FEATURES:
        expected = f"{FEWEST_FEATURES} to {MOST_FEATURES}"
        hint = "A key feature is a step where error is likely and matters."
        yield Fault(
            path=("key_features",), in_key=True, found=f"{count} key features", expected=expected, hint=hint
        )
    for index, each in twice([feature.id for feature in draft.key.key_features]):
        yield Fault(
            path=("key_features", index, "id"), in_key=True, message=f'the id "{each}" is taken already.'
        )


def _feature_shape(draft: KeyedDraft) -> Iterator[Fault]:
    for index, feature in enumerate(draft.key.key_features):
        for name, message, hint in _shape_faults(feature):
            yield Fault(path=("key_features", index, name), in_key=True, message=message, hint=hint)


def _shape_faults(feature: KeyFeature) -> Iterator[tuple[str, str, str]]:
    groups, menu = feature.accept, set(feature.menu)
    for _, answer in twice(chain.from_iterable(groups)):
        yield "accept", f'"{answer}" stands in two groups.', "One answer must not fill two groups."
    for answer in sorted(set(chain.from_iterable(groups)) & set(feature.harmful)):
        yield "harmful", f'"{answer}" is accepted and harmful.', "Choose one."
    for name, answers in (("accept", set(chain.from_iterable(groups))), ("harmful", set(feature.harmful))):
        for answer in sorted(answers - menu):
            yield name, f'"{answer}" is not on the menu.', "Add it to the menu."
    for _, answer in twice(feature.menu):
        yield "menu", f'"{answer}" is on the menu twice.', "Keep one."
    if feature.limit < len(groups):
        yield (
            "limit",
            f"{feature.limit} answers cannot fill {len(groups)} groups.",
            f"Use at least {len(groups)}.",
        )
    if feature.limit >= len(menu):
        hint = f"Use at most {len(menu) - 1}, or lengthen the menu."
        yield "limit", "the limit lets a learner take the whole menu.", hint


def _feature_menu(draft: KeyedDraft) -> Iterator[Fault]:
    for index, feature in enumerate(draft.key.key_features):
        path: Path_ = ("key_features", index, "menu")
        if feature.source in STEP_NAMES:
            yield from fact_faults(draft, feature.menu, feature.source, path)
            continue
        what, allowed = _answers(draft, feature.source)
        for place, answer in enumerate(feature.menu):
            if answer not in allowed:
                hint = did_you_mean(answer, allowed)
                yield Fault(path=(*path, place), in_key=True, found=f'"{answer}"', expected=what, hint=hint)


def _answers(draft: KeyedDraft, source: str) -> tuple[str, Collection[str]]:
    table: Mapping[str, tuple[str, Collection[str]]] = {
        "diagnosis": ("the id of a condition", draft.vocabulary.estimated),
        "urgency": ("an urgency", [str(each) for each in Urgency]),
        "plan": ("the id of a modality", draft.vocabulary.modalities),
        "goals": ("the id of a goal", [goal.id for goal in draft.case.goals]),
    }
    return table[source]


def _discriminating(draft: KeyedDraft, condition: str) -> frozenset[str]:
    findings = (draft.vocabulary.discriminating.get(each, frozenset()) for each in draft.members(condition))
    return frozenset(chain.from_iterable(findings))


def _cannot_miss(draft: KeyedDraft) -> Iterator[Fault]:
    offered = {finding for fact in draft.case.facts for finding in fact.findings}
    for index, each in enumerate(draft.key.diagnosis.cannot_miss):
        if not offered & _discriminating(draft, each.condition):
            message = f"no fact can tell {each.condition} from anything else."
            hint = "Add a fact with a finding that has a row, a strong opinion or a red flag for it."
            yield Fault(path=("diagnosis", "cannot_miss", index), in_key=True, message=message, hint=hint)


def _ruled_out(draft: KeyedDraft) -> Iterator[Fault]:
    for index, each in enumerate(draft.key.diagnosis.cannot_miss):
        telling = _discriminating(draft, each.condition)
        for place, fact_id in enumerate(each.ruled_out_by):
            fact = draft.fact_or_none(fact_id)
            if fact is not None and not telling & set(fact.findings):
                path = ("diagnosis", "cannot_miss", index, "ruled_out_by", place)
                message = f'"{fact_id}" has no finding that bears on {each.condition}.'
                yield Fault(path=path, in_key=True, message=message, hint="Choose a fact that does.")


def _board(draft: KeyedDraft) -> Iterator[Fault]:
    diagnosis = draft.key.diagnosis
    wanted = (diagnosis.lead, *diagnosis.must_include, *(each.condition for each in diagnosis.cannot_miss))
    for condition in dict.fromkeys(wanted):
        if draft.on_board(condition) not in draft.case.hypotheses:
            message = f"the board does not list {condition}, which the key asks for."
            yield Fault(path=("hypotheses",), message=message, hint="Add it, or expect learners to add it.")


def _course(draft: KeyedDraft) -> Iterator[Fault]:
    prognosis, path = draft.key.prognosis, ("prognosis", "phase")
    if prognosis.phase in list(Phase) and prognosis.phase != phase_of(draft.case.onset_days):
        expected = f"{phase_of(draft.case.onset_days)}, for {draft.case.onset_days} days since onset"
        yield Fault(path=path, in_key=True, found=f'"{prognosis.phase}"', expected=expected)
    if prognosis.own_course is None:
        return
    given = [(point.domain, point.weeks) for point in prognosis.own_course.points]
    for domain in ("disability", "pain"):
        lacking = [str(week) for week in COURSE_WEEKS if given.count((domain, week)) != 1]
        if lacking:
            message = f"needs one point of {domain} at week {', '.join(lacking)}."
            hint = f"Give one point for each of {', '.join(map(str, COURSE_WEEKS))}."
            yield Fault(path=("prognosis", "own_course", "points"), in_key=True, message=message, hint=hint)


KEY_RULES = (
    KeyRule(id="same-id", meaning="Both files have one id.", check=_same_id),
    KeyRule(id="unknown-fact", meaning="Facts the key names exist and belong to their step.", check=_facts),
    KeyRule(id="tests-meet", meaning="No test is both needed and not needed.", check=_tests_meet),
    KeyRule(id="plan-meets", meaning="Nothing advised is contraindicated.", check=_plan_meets),
    KeyRule(id="modifier-truth", meaning="Facts reveal the modifiers of the prognosis.", check=_agree),
    KeyRule(id="key-feature-count", meaning="There are two to five key features.", check=_feature_count),
    KeyRule(id="key-feature-shape", meaning="Key features can be scored.", check=_feature_shape),
    KeyRule(id="key-feature-menu", meaning="Answers on a menu exist.", check=_feature_menu),
    KeyRule(id="cannot-miss", meaning="Every cannot-miss condition has a fact that tells it apart.",
            check=_cannot_miss),
    KeyRule(id="course", meaning="The course fits the case and is complete.", check=_course),
    KeyRule(id="ruled-out-by", meaning="Facts that rule out bear on the condition.", check=_ruled_out,
            severity=Severity.WARNING),
    KeyRule(id="board", meaning="The board lists what the key asks for.", check=_board,
            severity=Severity.WARNING),
)  # fmt: skip
