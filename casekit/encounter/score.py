"""The score of a visit: a pure function of its state, the case, the key and the evidence.

Ten parts, each 0 to 100 with its reason; the total is their mean. What was left out counts 0; a part the case
does not have is None and leaves the mean. The differential and the forecast are judged by regret against the
calculation (low noise), not by what happened to happen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casekit.domain.case import Case
from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.evidence import Evidence
from casekit.domain.key import Key, KeyFeature
from casekit.domain.vocabulary import OTHER, Urgency
from casekit.encounter.hypotheses import hypothesis_of, merged, on_board
from casekit.encounter.outcomes import CourseOfCase
from casekit.encounter.reference import check_for, known_from, posterior, reference_on_board
from casekit.encounter.state import ESTIMATE_AT, VisitState
from casekit.reasoning.scoring.differential_score import (
    LEAST_FLOOR,
    brier_regret,
    complete,
    differential_points,
    safety,
    total_variation,
)
from casekit.reasoning.scoring.forecast_regret import forecast_points
from casekit.reasoning.scoring.key_features import case_score, score_question
from casekit.reasoning.scoring.plan_score import plan_points
from casekit.reasoning.scoring.points import mean_present

NOT_ANSWERED = "Not answered."
PER_UNNEEDED_TEST = 25.0
GOALS_WANTED = 2


@dataclass(frozen=True, kw_only=True)
class PartScore:
    """One part: points 0 to 100 (None if the case has no such part) and why."""

    name: str
    label: str
    score: float | None
    why: str


@dataclass(frozen=True, kw_only=True)
class VisitScore:
    """The points of a visit, total and by part, 0 to 100."""

    case: str
    total: float
    parts: tuple[PartScore, ...]

    def part(self, name: str) -> PartScore:
        """The part of this name."""
        return next(part for part in self.parts if part.name == name)

    def as_dict(self) -> dict[str, Any]:
        """Plain form for JSON, rounded to a hundredth of a point."""
        parts = {p.name: {"score": _rounded(p.score), "why": p.why} for p in self.parts}
        return {"case": self.case, "score": _rounded(self.total), "parts": parts}

    def __str__(self) -> str:
        lines = [f"{self.total:3.0f} of 100, {self.case}"]
        for part in self.parts:
            points = "  –" if part.score is None else f"{part.score:3.0f}"
            lines.append(f"  {points}  {part.label}: {part.why}")
        return "\n".join(lines)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


@dataclass(frozen=True, kw_only=True)
class _Marked:
    """What every part is computed from."""

    state: VisitState
    case: Case
    key: Key
    evidence: Evidence

    def name(self, fact_id: str) -> str:
        return self.case.fact(fact_id).ask


def score_visit(state: VisitState, case: Case, key: Key, evidence: Evidence) -> VisitScore:
    """Score a visit, finished or not."""
    marked = _Marked(state=state, case=case, key=key, evidence=evidence)
    parts = []
    for name, label, rule in _PARTS:
        points, why = rule(marked)
        parts.append(PartScore(name=name, label=label, score=points, why=why))
    total = mean_present(part.score for part in parts)
    return VisitScore(case=case.id, total=total or 0.0, parts=tuple(parts))


def _opened_share(marked: _Marked, wanted: tuple[str, ...], word: str) -> tuple[float | None, str]:
    if not wanted:
        return None, "Nothing is asked for here in this case."
    missed = [fact for fact in wanted if fact not in marked.state.opened]
    got = len(wanted) - len(missed)
    tail = f" Not {word}: {_listed(marked.name(fact) for fact in missed[:3])}" if missed else ""
    return 100 * got / len(wanted), f"{got} of {len(wanted)} key points {word}.{tail}"


def _history(marked: _Marked) -> tuple[float | None, str]:
    return _opened_share(marked, marked.key.work_up.history, "asked")


def _examination(marked: _Marked) -> tuple[float | None, str]:
    return _opened_share(marked, marked.key.work_up.examination, "examined")


def _differential(marked: _Marked) -> tuple[float | None, str]:
    if not differential_counts(marked.case, marked.evidence.diagnosis):
        return None, "All that can be found moves the starting point too little for a score here."
    points: list[float] = []
    apart = 0.0
    for number, estimate in enumerate(marked.state.estimates):
        reference, prior = reference_on_board(marked.case, marked.evidence.diagnosis, marked.state, number)
        stated = complete(estimate.probabilities, reference)
        earned = differential_points(stated, reference, floor=brier_regret(prior, reference))
        if earned is not None:
            points.append(earned)
            apart = total_variation(stated, reference)
    missing = len(ESTIMATE_AT) - len(marked.state.estimates)
    if missing == len(ESTIMATE_AT):
        return 0.0, NOT_ANSWERED
    if not points:
        return 0.0, "Too little was opened for the findings to move anything; there was nothing to judge."
    mean = sum(points) / (len(points) + missing)
    why = f"At the last estimate {100 * apart:.0f} of 100 percentage points lay elsewhere than the findings put them."
    return mean, why + (f" {missing} estimates are missing." if missing else "")


def differential_counts(case: Case, evidence: DiagnosisEvidence) -> bool:
    """True if leaving the prior alone would be clearly wrong once every fact of the case is open."""
    result = posterior(case, evidence, [fact.id for fact in case.facts])
    board = (*case.hypotheses, OTHER)
    prior = on_board(board, merged(evidence, result.pretest))
    return brier_regret(prior, on_board(board, merged(evidence, result.posttest))) >= LEAST_FLOOR


def _diagnosis(marked: _Marked) -> tuple[float | None, str]:
    given, key = marked.state.diagnosis, marked.key.diagnosis
    if given is None:
        return 0.0, NOT_ANSWERED
    right = given.lead == key.lead or given.lead in key.acceptable
    points, why = (70.0, "The cause is right.") if right else (0.0, "It was something else.")
    gap = key.urgency.rank - given.urgency.rank
    if gap == 0:
        return points + 30, f"{why} So is the urgency."
    if gap > 0:
        return points + (15 if gap == 1 else 0), f"{why} Sooner than needed: {key.urgency} would have done."
    return points, f"{why} Too late: this is {_when(key.urgency)}."


def _when(urgency: Urgency) -> str:
    return {"emergent": "for today", "urgent": "for this week", "prompt": "for the next weeks"}.get(
        urgency, "not urgent"
    )


def _safety(marked: _Marked) -> tuple[float | None, str]:
    watched = marked.key.diagnosis.cannot_miss
    if not watched:
        return None, "Nothing here must not be missed."
    if not marked.state.estimates:
        return 0.0, NOT_ANSWERED
    board = {hypothesis_of(marked.evidence.diagnosis, c.condition): c.floor for c in watched}
    ruled_out = [c.condition for c in watched if set(c.ruled_out_by) & set(marked.state.opened)]
    last = marked.state.estimates[-1].probabilities
    if safety(last, board, ruled_out):
        return 100.0, "What must not be missed was kept in mind or ruled out."
    lost = [c for c in watched if c.condition not in ruled_out and last.get(c.condition, 0.0) < c.floor]
    return (
        0.0,
        f"Dropped without a finding that rules it out: {_listed(_condition(marked, c.condition) for c in lost)}",
    )


def _tests(marked: _Marked) -> tuple[float | None, str]:
    orders = marked.state.orders
    if orders is None:
        return 0.0, NOT_ANSWERED
    work_up = marked.key.work_up
    missed = [test for test in work_up.tests if test not in orders]
    extra = [test for test in orders if test in work_up.unneeded_tests]
    share = 1 - len(missed) / len(work_up.tests) if work_up.tests else 1.0
    why = []
    if missed:
        why.append(f"Not ordered: {_listed(map(marked.name, missed))}")
    if extra:
        why.append(f"Would not change what you do: {_listed(map(marked.name, extra))}")
    return max(0.0, 100 * share - PER_UNNEEDED_TEST * len(extra)), " ".join(
        why
    ) or "Each order would change what you do."


def _key_features(marked: _Marked) -> tuple[float | None, str]:
    scores, wrong = [], []
    for feature in marked.key.key_features:
        selected = _selected(marked.state, feature) & set(feature.menu)
        score = score_question(
            selected, accept=feature.accept, harmful=feature.harmful, limit=feature.limit
        ).score
        scores.append(score)
        if score < 1:
            wrong.append(feature)
    mean = case_score(scores)
    if mean is None:
        return None, "This case has no key-feature questions."
    why = wrong[0].why if wrong else "Every step at which errors are likely was taken."
    return 100 * mean, f"{len(scores) - len(wrong)} of {len(scores)} key steps. {why}"


def _selected(state: VisitState, feature: KeyFeature) -> set[str]:
    source: dict[str, Callable[[], set[str]]] = {
        "history": lambda: set(state.opened),
        "examination": lambda: set(state.opened),
        "tests": lambda: set(state.orders or ()),
        "diagnosis": lambda: {state.diagnosis.lead} if state.diagnosis else set(),
        "urgency": lambda: {str(state.diagnosis.urgency)} if state.diagnosis else set(),
        "plan": lambda: {item.modality for item in state.plan},
        "goals": lambda: {goal.goal for goal in state.goals},
    }
    return source[feature.source]()


def _goals(marked: _Marked) -> tuple[float | None, str]:
    wanted = min(GOALS_WANTED, len(marked.case.goals))
    if not wanted:
        return None, "This patient named no goal."
    chosen = {goal.goal for goal in marked.state.goals}
    if not chosen:
        return 0.0, NOT_ANSWERED
    share = min(1.0, len(chosen) / wanted)
    return (
        100 * share,
        f"{len(chosen)} of the patient's {len(marked.case.goals)} wishes became goals with measure and date.",
    )


def _plan(marked: _Marked) -> tuple[float | None, str]:
    if not marked.state.plan:
        return 0.0, NOT_ANSWERED
    check = check_for(
        marked.case, marked.evidence.treatment, condition=marked.key.diagnosis.lead,
        attributes=marked.case.attributes, drugs=marked.case.drugs, items=marked.state.plan,
    )  # fmt: skip
    urgent = marked.key.diagnosis.urgency is Urgency.EMERGENT
    found = plan_points(check, marked.key.plan, is_emergency=urgent)
    return found.points, found.why


def _forecast(marked: _Marked) -> tuple[float | None, str]:
    case, state = marked.case, marked.state
    asked = [(name, week) for name in case.forecast_measures for week in case.forecast_weeks]
    if not asked:
        return None, "Nothing is forecast in this case."
    course = CourseOfCase(case, marked.key, marked.evidence.outcome)
    modifiers = known_from(case, state.opened).modifiers
    total, given = 0.0, 0
    for instrument, week in asked:
        quantiles = state.forecasts.get(instrument, {}).get(week)
        if quantiles is not None:
            given += 1
            total += forecast_points(
                quantiles, course.forecast(instrument, week, state.plan, modifiers).distribution
            ).points
    if not given:
        return 0.0, NOT_ANSWERED
    tail = "" if given == len(asked) else f" {len(asked) - given} were left empty."
    return total / len(
        asked
    ), f"{given} of {len(asked)} forecasts, judged against what is known of such patients.{tail}"


def _condition(marked: _Marked, condition: str) -> str:
    return marked.evidence.diagnosis.condition(condition).name


def _listed(names: Any) -> str:
    words = list(dict.fromkeys(names))
    text = "; ".join(words)
    return text if text.endswith(("?", ".", "!")) else f"{text}."


_PARTS: tuple[tuple[str, str, Callable[[_Marked], tuple[float | None, str]]], ...] = (
    ("history", "History", _history),
    ("examination", "Examination", _examination),
    ("differential", "Differential", _differential),
    ("safety", "Safety", _safety),
    ("tests", "Tests", _tests),
    ("diagnosis", "Diagnosis", _diagnosis),
    ("key_features", "Key steps", _key_features),
    ("goals", "Goals", _goals),
    ("plan", "Plan", _plan),
    ("forecast", "Forecast", _forecast),
)
