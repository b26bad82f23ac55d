"""Points of 100 for a plan, against what the evidence says for the true patient and what the key asks.

casekit's own rule: full points for covering every required group, less for harm, for what is advised
against, and for scattering. It pays no harmful entry and no listing of everything.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from casekit.domain.indications import Category
from casekit.domain.key import PlanKey
from casekit.reasoning.plan_verdict import PlanCheck, Verdict

PER_HARMFUL = 25.0
PER_ADVISED_AGAINST = 10.0
PER_SURPLUS = 5.0
FREE_SURPLUS = 2
MOST_WITH_HARM = 60.0


@dataclass(frozen=True, kw_only=True)
class PlanPoints:
    """`points` 0 to 100 with a sentence `why`. The lists hold modality ids, once an entry.

    `missed` are the required groups no harmless entry meets; `missing_first_steps` the emergencies
    (attribute ids) that nothing in the plan answers.
    """

    points: float
    why: str
    coverage: float
    missed: tuple[tuple[str, ...], ...] = ()
    harmful: tuple[str, ...] = ()
    advised_against: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    missing_first_steps: tuple[str, ...] = ()


def plan_points(check: PlanCheck, key: PlanKey, *, is_emergency: bool = False) -> PlanPoints:
    """Points of a plan that was checked under the patient's true attributes.

    100 times the share of required groups met by an entry that is not harmful; minus 25 for each harmful
    entry (contraindicated by the evidence or the key), 10 for each not recommended that the key does not
    list, 5 for each other entry the key does not list beyond two; never below 0, at most 60 with any harmful
    entry. 0 if an emergency's first step is missing, or if `is_emergency` and no required group is met.
    """
    harmful = [verdict.modality for verdict in check if _is_harmful(verdict, key)]
    harmless = [verdict for verdict in check if not _is_harmful(verdict, key)]
    present = {verdict.modality for verdict in harmless}
    listed = {modality for group in key.required for modality in group} | set(key.optional)
    unlisted = [verdict for verdict in harmless if verdict.modality not in listed]
    against = [v.modality for v in unlisted if v.category is Category.NOT_RECOMMENDED]
    surplus = [v.modality for v in unlisted if v.category is not Category.NOT_RECOMMENDED]
    missed = tuple(group for group in key.required if not present & set(group))
    coverage = _coverage(key, missed, present)
    unanswered = tuple(name for name, steps in check.first_steps.items() if not present & set(steps))
    points = 100 * coverage - PER_HARMFUL * len(harmful) - PER_ADVISED_AGAINST * len(against)
    points -= PER_SURPLUS * max(0, len(surplus) - FREE_SURPLUS)
    points = max(0.0, min(points, MOST_WITH_HARM if harmful else 100.0))
    if unanswered or (is_emergency and coverage == 0):
        points = 0.0
    return PlanPoints(
        points=points,
        why=_why(check, key, missed, harmful, against, surplus, unanswered),
        coverage=coverage,
        missed=missed,
        harmful=tuple(harmful),
        advised_against=tuple(against),
        surplus=tuple(surplus),
        missing_first_steps=unanswered,
    )


def _is_harmful(verdict: Verdict, key: PlanKey) -> bool:
    return verdict.category is Category.CONTRAINDICATED or verdict.modality in key.contraindicated


def _coverage(key: PlanKey, missed: Collection[tuple[str, ...]], present: Collection[str]) -> float:
    if not key.required:
        return 1.0 if present else 0.0
    return 1 - len(missed) / len(key.required)


def _why(
    check: PlanCheck,
    key: PlanKey,
    missed: Collection[tuple[str, ...]],
    harmful: Collection[str],
    against: Collection[str],
    surplus: Collection[str],
    unanswered: Collection[str],
) -> str:
    if not len(check):
        return "The plan is empty."
    asked = len(key.required)
    parts = [f"{asked - len(missed)} of {asked} parts of a good plan are there"]
    if unanswered:
        parts.insert(0, f"no points: the first step of an emergency is missing ({_words(unanswered)})")
    if missed:
        parts.append(
            "missing: " + "; ".join(" or ".join(_words([name]) for name in group) for group in missed)
        )
    if harmful:
        parts.append(f"would harm this patient: {_words(harmful)}")
    if against:
        parts.append(f"advised against: {_words(against)}")
    if len(surplus) > FREE_SURPLUS:
        parts.append(f"more than is needed: {_words(surplus)}")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _words(ids: Collection[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in dict.fromkeys(ids))
