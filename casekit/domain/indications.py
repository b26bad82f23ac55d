"""How well a treatment fits a condition in a phase, and how much it did in trials.

Ratings 1-9 are editorial, made from the cited guidance; rows whose only guideline is `practice` are
opinion. Effects from different comparators are never subtracted from each other or ranked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casekit.domain.vocabulary import Phase, Verification

PRACTICE = "practice"
"""The source id that stands for professional practice without a publication."""


class Category(StrEnum):
    """What a plan entry comes to, from best to worst; `not_rated` stands outside the order."""

    RECOMMENDED = "recommended"
    CONSIDER = "consider"
    UNCERTAIN = "uncertain"
    NOT_RECOMMENDED = "not_recommended"
    CONTRAINDICATED = "contraindicated"
    NOT_RATED = "not_rated"

    @property
    def rank(self) -> int:
        """0 for the best, 4 for the worst, 5 for not rated."""
        return list(Category).index(self)

    @property
    def lowered(self) -> Category:
        """One category down. Contraindicated and not rated stay."""
        if self in (Category.CONTRAINDICATED, Category.NOT_RATED):
            return self
        return list(Category)[self.rank + 1]


@dataclass(frozen=True, kw_only=True)
class Indication:
    """One rating. With `requires_any` it holds only if one of those attributes is present.

    `rating` 1-9; `verification` concerns the guideline statement, never the rating.
    """

    id: str
    modality: str
    condition: str
    phase: Phase
    rating: int
    category: Category
    guidelines: tuple[str, ...]
    strength: str
    verification: Verification
    rationale: str
    seen_at: tuple[str, ...] = ()
    requires_any: tuple[str, ...] = ()
    category_without: Category | None = None
    reviewed: int | None = None

    @property
    def is_opinion(self) -> bool:
        """True if nothing but practice stands behind the row."""
        return set(self.guidelines) <= {PRACTICE}


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One pooled effect against one comparator. Negative favours the treatment unless `higher_is_better`."""

    id: str
    modality: str
    condition: str
    phase: Phase
    comparator: str
    outcome: str
    scale: str
    higher_is_better: bool
    timepoint: str
    measure: str
    certainty: str
    source: str
    verification: Verification
    interpretation: str
    variant: str | None = None
    estimate: float | None = None
    ci95: tuple[float, float] | None = None
    seen_at: tuple[str, ...] = ()
    reviewed: int | None = None
