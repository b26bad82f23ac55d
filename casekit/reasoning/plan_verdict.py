"""What a plan check says: one verdict an entry with its reasons, and the problems of the plan as a whole.

Only shapes, and the one rule that turns reasons into a category: what forbids wins, what lowers lowers
once however often it is said, an emergency's first step stands above both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from casekit.domain.indications import PRACTICE, Category, Effect
from casekit.domain.vocabulary import Phase, Verification

ABBREVIATIONS = {"ecg": "ECG", "inr": "INR", "ppi": "proton-pump inhibitor", "tca": "TCA"}


class RuleKind(StrEnum):
    """Which rule speaks, in the order the rules are applied."""

    EMERGENCY = "emergency"
    ABSOLUTE = "absolute"
    COMPOUND = "compound"
    RELATIVE = "relative"
    INTERACTION = "interaction"
    DOSE = "dose"
    REQUIREMENT = "requirement"
    INDICATION = "indication"
    NOT_RATED = "not_rated"


class Consequence(StrEnum):
    """What a reason does to the category of its entry."""

    COMES_FIRST = "comes_first"
    FORBIDS = "forbids"
    ADVISES_AGAINST = "advises_against"
    LOWERS = "lowers"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One rule that speaks on an entry. `severity` is the row's own word; `action` what mends it.

    `sources` are source ids, never empty; `practice` alone means opinion. `sides` holds the statements of
    several guidelines, one each, where the row gives more than one.
    """

    kind: RuleKind
    text: str
    rule: str = ""
    severity: str = ""
    consequence: Consequence = Consequence.NONE
    action: str = ""
    sources: tuple[str, ...] = (PRACTICE,)
    verification: Verification = Verification.RECALLED
    seen_at: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The first source id."""
        return self.sources[0]

    @property
    def is_opinion(self) -> bool:
        """True if nothing but practice stands behind it."""
        return set(self.sources) == {PRACTICE}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one entry comes to, and why. `rated_category` is what the rating alone would give.

    `rating` is the editorial 1-9, None if there is none or its requirement is not met. `effects` are the
    pooled effects for this condition, any phase; different comparators are never ranked.
    """

    position: int
    modality: str
    agent: str | None
    label: str
    category: Category
    rated_category: Category
    rating: int | None
    reasons: tuple[Reason, ...]
    effects: tuple[Effect, ...] = ()

    @property
    def actions(self) -> tuple[str, ...]:
        """What mends it, what weighs most first, each once."""
        ordered = sorted(self.reasons, key=lambda reason: list(Consequence).index(reason.consequence))
        return tuple(dict.fromkeys(reason.action for reason in ordered if reason.action))

    @property
    def lowered_from(self) -> Category | None:
        """The rated category, where the only thing that changed it was being lowered by one."""
        is_lowered = self.deciding.consequence is Consequence.LOWERS and self.category != self.rated_category
        return self.rated_category if is_lowered else None

    @property
    def deciding(self) -> Reason:
        """The reason that made the category; the rating (or its absence) if no rule changed it."""
        acting = [reason for reason in self.reasons if reason.consequence is not Consequence.NONE]
        if acting:
            return min(acting, key=lambda reason: list(Consequence).index(reason.consequence))
        return self.reasons[-1]

    def of_kind(self, kind: RuleKind) -> tuple[Reason, ...]:
        """The reasons of one kind of rule."""
        return tuple(reason for reason in self.reasons if reason.kind is kind)

    def __str__(self) -> str:
        name = f"{self.label} ({self.agent})" if self.agent else self.label
        return f"{name}: {self.category.value.replace('_', ' ')}. {self.deciding.text}"


class ProblemSeverity(StrEnum):
    """Harm can hurt the patient, a gap makes the plan worse, a note is worth a look."""

    HARM = "harm"
    GAP = "gap"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class PlanProblem:
    """A fault of the plan as a whole. `positions` are the entries meant, counted from 0."""

    code: str
    text: str
    severity: ProblemSeverity
    positions: tuple[int, ...] = ()
    sources: tuple[str, ...] = (PRACTICE,)


@dataclass(frozen=True, kw_only=True)
class PlanCheck:
    """The checked plan. Iterating gives the verdicts, in the order of the entries.

    `attributes` maps every attribute of the closed set to why it holds. `first_steps` maps each active
    emergency that defers everything else to the modalities one of which must be in the plan.
    """

    condition: str
    phase: Phase
    attributes: Mapping[str, str]
    drugs: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    problems: tuple[PlanProblem, ...]
    emergencies: tuple[str, ...] = ()
    first_steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.verdicts)

    def __len__(self) -> int:
        return len(self.verdicts)

    def __getitem__(self, position: int) -> Verdict:
        return self.verdicts[position]

    @property
    def problem_codes(self) -> tuple[str, ...]:
        """The codes of all problems, in order."""
        return tuple(problem.code for problem in self.problems)

    def __str__(self) -> str:
        return "\n".join([*map(str, self.verdicts), *(f"! {problem.text}" for problem in self.problems)])


def resulting_category(rated: Category, reasons: Iterable[Reason]) -> Category:
    """The category after all rules: first step, then forbidden, then lowered once, then advised against."""
    said = {reason.consequence for reason in reasons}
    if Consequence.COMES_FIRST in said:
        return Category.RECOMMENDED
    if Consequence.FORBIDS in said:
        return Category.CONTRAINDICATED
    lowered = rated.lowered if Consequence.LOWERS in said else rated
    if Consequence.ADVISES_AGAINST in said and lowered is not Category.CONTRAINDICATED:
        return Category.NOT_RECOMMENDED
    return lowered


def readable(identifier: str) -> str:
    """An id as words: `avoid_or_ecg` gives "Avoid or ECG"."""
    words = " ".join(ABBREVIATIONS.get(word, word) for word in identifier.split("_"))
    return words[:1].upper() + words[1:]
