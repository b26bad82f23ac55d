"""Points of 100 for a plan, against what the evidence says for the true patient and what the key asks.

casekit's own rule: full points for covering every required group, less for harm, for what is advised
against, and for scattering. It pays no harmful entry and no listing of everything.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

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
    """Points 0 to 100 with a sentence `why`. The lists hold modality ids, once an entry.

    `coverage` is the share of the `required` groups that are met, `missed` the others; `missing_first_steps`
    are the emergencies (attribute ids) that nothing harmless in the plan answers.
    """

    points: float
    coverage: float
    required: int
    missed: tuple[tuple[str, ...], ...] = ()
    harmful: tuple[str, ...] = ()
    advised_against: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    missing_first_steps: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """The points in one sentence, worst first."""
        parts = []
        if self.missing_first_steps:
            steps = _words(self.missing_first_steps)
            parts.append(f"no points, the first step of an emergency is missing ({steps})")
        if self.harmful:
            parts.append(f"would harm this patient: {_words(self.harmful)}")
        parts.append(f"{self.required - len(self.missed)} of {self.required} parts of a good plan are there")
        parts += [f"missing: {' or '.join(map(_word, group))}" for group in self.missed]
        if self.advised_against:
            parts.append(f"advised against: {_words(self.advised_against)}")
        if len(self.surplus) > FREE_SURPLUS:
            parts.append(f"more than is needed: {_words(self.surplus)}")
        sentence = "; ".join(parts)
        return f"{sentence[0].upper()}{sentence[1:]}."


def plan_points(check: PlanCheck, key: PlanKey, *, is_emergency: bool = True) -> PlanPoints:
    """Points of a plan that was checked under the patient's true attributes.

    100 times the share of required groups met by an entry that is not harmful; minus 25 for each harmful
    entry (contraindicated by the evidence or the key), 10 for each not recommended that the key does not
    list, 5 for each other entry the key does not list beyond two; never below 0, at most 60 with any harmful
    entry; 0 if an emergency's first step is missing. `is_emergency` False says that nobody need act at once:
    then a missing first step only costs its group.
    """
    harmless = [verdict for verdict in check if not _is_harmful(verdict, key)]
    present = {verdict.modality for verdict in harmless}
    listed = {modality for group in key.required for modality in group} | set(key.optional)
    unlisted = [verdict for verdict in harmless if verdict.modality not in listed]
    missed = tuple(group for group in key.required if not present & set(group))
    unanswered = tuple(name for name, steps in check.first_steps.items() if not present & set(steps))
    found = PlanPoints(
        points=0.0,
        coverage=1 - len(missed) / len(key.required) if key.required else float(bool(present)),
        required=len(key.required),
        missed=missed,
        harmful=tuple(verdict.modality for verdict in check if _is_harmful(verdict, key)),
        advised_against=tuple(v.modality for v in unlisted if v.category is Category.NOT_RECOMMENDED),
        surplus=tuple(v.modality for v in unlisted if v.category is not Category.NOT_RECOMMENDED),
        missing_first_steps=unanswered if is_emergency else (),
    )
    return replace(found, points=_points(found))


def _points(found: PlanPoints) -> float:
    if found.missing_first_steps:
        return 0.0
    points = 100 * found.coverage
    points -= PER_HARMFUL * len(found.harmful) + PER_ADVISED_AGAINST * len(found.advised_against)
    points -= PER_SURPLUS * max(0, len(found.surplus) - FREE_SURPLUS)
    return max(0.0, min(points, MOST_WITH_HARM if found.harmful else 100.0))


def _is_harmful(verdict: Verdict, key: PlanKey) -> bool:
    return verdict.category is Category.CONTRAINDICATED or verdict.modality in key.contraindicated


def _words(ids: Collection[str]) -> str:
    return ", ".join(_word(name) for name in dict.fromkeys(ids))


def _word(name: str) -> str:
    return name.replace("_", " ")
