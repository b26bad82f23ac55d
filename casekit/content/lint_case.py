"""Lint rules about case.yaml alone: ids, time, numbers, what facts reveal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from casekit.content.lint_rules import CaseRule, Draft, Fault, twice
from casekit.content.problems import Severity
from casekit.content.vocabulary import GROUP
from casekit.domain.vocabulary import Phase, State

FEWEST_FACTS, MOST_FACTS = 25, 45
SUBACUTE_FROM_DAYS, CHRONIC_FROM_DAYS = 42, 84
_AGE = re.compile(r"age_(ge|gt|lt)_([0-9]+)")


def _folder(draft: Draft) -> Iterator[Fault]:
    name = draft.folder.resolve().name
    if draft.case.id != name:
        hint = f'Rename the folder to "{draft.case.id}", or the id.'
        yield Fault(path=("id",), found=f'"{draft.case.id}"', expected=f'"{name}", as the folder', hint=hint)


def _ids_twice(draft: Draft) -> Iterator[Fault]:
    case = draft.case
    for part, ids in (
        ("facts", [fact.id for fact in case.facts]),
        ("goals", [goal.id for goal in case.goals]),
    ):
        for index, each in twice(ids):
            message = f'the id "{each}" is taken already.'
            yield Fault(path=(part, index, "id"), message=message, hint="Give each an id of its own.")
    for part, entries in (
        ("hypotheses", case.hypotheses),
        ("attributes", case.attributes),
        ("drugs", case.drugs),
        ("team", case.team),
    ):
        for index, each in twice(entries):
            yield Fault(path=(part, index), message=f'"{each}" is listed twice.', hint="Keep one.")


def phase_of(onset_days: int) -> Phase:
    """The phase that belongs to this many days since onset."""
    if onset_days < SUBACUTE_FROM_DAYS:
        return Phase.ACUTE
    return Phase.SUBACUTE if onset_days < CHRONIC_FROM_DAYS else Phase.CHRONIC


def _phase(draft: Draft) -> Iterator[Fault]:
    fitting = phase_of(draft.case.onset_days)
    if draft.case.phase is not fitting:
        expected = f"{fitting}, for {draft.case.onset_days} days since onset"
        hint = f"Acute is below {SUBACUTE_FROM_DAYS} days, chronic from {CHRONIC_FROM_DAYS}."
        yield Fault(path=("phase",), found=f'"{draft.case.phase}"', expected=expected, hint=hint)


def _fact_count(draft: Draft) -> Iterator[Fault]:
    count = len(draft.case.facts)
    if not FEWEST_FACTS <= count <= MOST_FACTS:
        expected = f"{FEWEST_FACTS} to {MOST_FACTS}, so that there is something to choose and no list to read"
        yield Fault(path=("facts",), found=f"{count} facts", expected=expected)


def _states_agree(draft: Draft) -> Iterator[Fault]:
    seen: dict[str, tuple[State, str]] = {}
    for index, fact in enumerate(draft.case.facts):
        for finding, state in fact.findings.items():
            before, other = seen.setdefault(finding, (state, fact.id))
            if before is not state and State.NOT_ASSESSED not in (before, state):
                message = f'"{finding}" is {state} here and {before} in the fact "{other}".'
                hint = "One patient, one truth: choose one, or leave the finding out of one fact."
                yield Fault(path=("facts", index), message=message, hint=hint)


def _truth(draft: Draft) -> Iterator[Fault]:
    for index, fact in enumerate(draft.case.facts):
        for part, said, true in (
            ("attributes", fact.attributes, draft.case.attributes),
            ("drugs", fact.drugs, draft.case.drugs),
        ):
            for place, each in enumerate(said):
                if each not in true:
                    message = f'reveals "{each}", which is not among the {part} of the case.'
                    hint = f'Add it to "{part}:" at the top level.'
                    yield Fault(path=("facts", index, part, place), message=message, hint=hint)


def age_fits(word: str, age: int) -> bool | None:
    """Whether an id such as `age_ge_65` is true of this age; None if it is not about age."""
    match = _AGE.fullmatch(word)
    if match is None:
        return None
    relation, bound = match.group(1), int(match.group(2))
    return {"ge": age >= bound, "gt": age > bound, "lt": age < bound}[relation]


def _ages(draft: Draft) -> Iterator[Fault]:
    age = draft.case.patient.age
    for index, attribute in enumerate(draft.case.attributes):
        if age_fits(attribute, age) is False:
            yield Fault(
                path=("attributes", index), message=f'"{attribute}" is not true of a patient of {age}.'
            )
    for index, fact in enumerate(draft.case.facts):
        for finding, state in fact.findings.items():
            fits = age_fits(finding, age)
            if fits is not None and (state is State.PRESENT) is not fits:
                message = f'"{finding}" cannot be {state} in a patient of {age}.'
                yield Fault(path=("facts", index), message=message, hint="Change the state or the age.")


def _ages_missing(draft: Draft) -> Iterator[Fault]:
    age = draft.case.patient.age
    for attribute in sorted(draft.vocabulary.attributes):
        if age_fits(attribute, age) and attribute not in draft.case.attributes:
            message = f'a patient of {age} has "{attribute}", which the plan check needs.'
            yield Fault(path=("attributes",), message=message, hint=f'Add {attribute} to "attributes:".')


def _goals(draft: Draft) -> Iterator[Fault]:
    for index, goal in enumerate(draft.case.goals):
        if any(later >= earlier for earlier, later in pairwise(goal.at_most)):
            found = ", ".join(f"{bound:g}" for bound in goal.at_most)
            hint = "Better levels need lower values of the outcome."
            yield Fault(
                path=("goals", index, "at_most"), found=found, expected="four falling numbers", hint=hint
            )
        measured = [draft.vocabulary.domain_of.get(each) for each in draft.case.forecast_measures]
        if goal.domain not in measured:
            message = f"no forecast measure tells how {goal.domain} will be."
            hint = 'Add one to "forecast: measures:", or choose the other domain.'
            yield Fault(path=("goals", index, "domain"), message=message, hint=hint)
        if goal.fact is not None and draft.fact_or_none(goal.fact) is None:
            hint = draft.near_fact(goal.fact)
            yield Fault(
                path=("goals", index, "fact"), found=f'"{goal.fact}"', expected="the id of a fact", hint=hint
            )


def _scores(draft: Draft) -> Iterator[Fault]:
    for index, measure in enumerate(draft.case.measures):
        low, high = draft.vocabulary.ranges.get(measure.instrument, (measure.score, measure.score))
        if not low <= measure.score <= high:
            expected = f"{low:g} to {high:g}, the range of {measure.instrument}"
            yield Fault(path=("measures", index, "score"), found=f"{measure.score:g}", expected=expected)


def _forecast(draft: Draft) -> Iterator[Fault]:
    taken = [measure.instrument for measure in draft.case.measures]
    for index, instrument in enumerate(draft.case.forecast_measures):
        if taken.count(instrument) != 1:
            found = f"{taken.count(instrument)} baselines of {instrument}"
            hint = 'What is forecast needs exactly one entry in "measures:".'
            yield Fault(path=("forecast", "measures", index), found=found, expected="one", hint=hint)
    weeks = draft.case.forecast_weeks
    if any(later <= earlier for earlier, later in pairwise(weeks)):
        found = ", ".join(map(str, weeks))
        yield Fault(path=("forecast", "weeks"), found=found, expected="rising weeks")


def _board_group(draft: Draft) -> Iterator[Fault]:
    for index, hypothesis in enumerate(draft.case.hypotheses):
        if hypothesis != GROUP and draft.on_board(hypothesis) == GROUP:
            message = f"no bedside test parts {hypothesis} from its neighbours."
            yield Fault(
                path=("hypotheses", index), message=message, hint=f"List {GROUP} once for all of them."
            )


def _board_order(draft: Draft) -> Iterator[Fault]:
    board = draft.case.hypotheses
    if list(board) != sorted(board):
        hint = "Sort them by id, so that the order tells nothing."
        yield Fault(path=("hypotheses",), message="the order of the board may give a hint.", hint=hint)


def _reply_or_result(draft: Draft) -> Iterator[Fault]:
    for index, raw in enumerate(draft.case_document.data["facts"]):
        spoken = raw["kind"] in ("door", "history")
        if spoken and "result" in raw:
            hint = 'Write "reply:", in the patient\'s words.'
            yield Fault(path=("facts", index, "result"), message="the patient is speaking here.", hint=hint)
        if not spoken and "reply" in raw:
            hint = 'Write "result:".'
            yield Fault(path=("facts", index, "reply"), message="nobody is speaking here.", hint=hint)


def _reviewed(draft: Draft) -> Iterator[Fault]:
    review = draft.case.review
    if review.state == "reviewed" and not review.reviewers:
        hint = 'Name the clinician, or write "state: draft".'
        yield Fault(path=("review", "state"), message="reviewed by nobody.", hint=hint)


CASE_RULES = (
    CaseRule(id="folder-name", meaning="The folder has the name of the case id.", check=_folder),
    CaseRule(id="twice", meaning="Ids and list entries are unique.", check=_ids_twice),
    CaseRule(id="phase", meaning="The phase fits the days since onset.", check=_phase),
    CaseRule(id="finding-states", meaning="No two facts contradict each other.", check=_states_agree),
    CaseRule(id="truth", meaning="What facts reveal is true of the patient.", check=_truth),
    CaseRule(id="age", meaning="Attributes and findings about age fit the patient.", check=_ages),
    CaseRule(id="age-attribute", meaning="Age attributes that the plan check needs are listed.",
             check=_ages_missing, severity=Severity.WARNING),
    CaseRule(id="goal", meaning="Bounds of goals fall, and the facts that reveal them exist.", check=_goals),
    CaseRule(id="score-range", meaning="Scores lie within their instrument.", check=_scores),
    CaseRule(id="forecast-measures", meaning="What is forecast was measured.", check=_forecast),
    CaseRule(id="board-group", meaning="The board lists the group, not its members.", check=_board_group),
    CaseRule(id="reviewed", meaning="A reviewed case names its reviewer.", check=_reviewed),
    CaseRule(id="fact-count", meaning="There are 25 to 45 facts.", check=_fact_count,
             severity=Severity.WARNING),
    CaseRule(id="board-order", meaning="The board is in neutral order.", check=_board_order,
             severity=Severity.WARNING),
    CaseRule(id="reply-or-result", meaning="Patients reply, examinations and tests have results.",
             check=_reply_or_result, severity=Severity.WARNING),
)  # fmt: skip
