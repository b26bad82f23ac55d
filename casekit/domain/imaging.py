"""When imaging is appropriate, and what scans show in people who have no pain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casekit.domain.vocabulary import Verification


class ImagingRating(StrEnum):
    """The three ratings of the imaging criteria."""

    USUALLY_APPROPRIATE = "usually_appropriate"
    MAY_BE_APPROPRIATE = "may_be_appropriate"
    USUALLY_NOT_APPROPRIATE = "usually_not_appropriate"


@dataclass(frozen=True, kw_only=True)
class ProcedureRating:
    """The rating of one procedure in one clinical situation."""

    procedure: str
    rating: ImagingRating
    verification: Verification
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class ImagingVariant:
    """One clinical situation of the imaging criteria and its rated procedures."""

    id: str
    variant: int
    situation: str
    ratings: tuple[ProcedureRating, ...]
    teaching_point: str
    source: str
    situation_verification: Verification
    situation_page: str = ""


@dataclass(frozen=True, kw_only=True)
class PainFreeRow:
    """Percent (0 to 100) of people WITHOUT back pain whose scan shows the finding, by age in years.

    Not a false-positive rate: it shows why an image alone is weak. Ages in `recalled_ages` were not seen.
    """

    finding: str | None
    label: str
    percent_by_age: Mapping[str, float]
    text_ages: tuple[int, ...]
    recalled_ages: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PainFreeImaging:
    """Prevalence of imaging findings in people without pain."""

    source: str
    page: str
    page_2: str
    note: str
    rows: tuple[PainFreeRow, ...]


@dataclass(frozen=True, kw_only=True)
class ImagingComparisonRow:
    """Odds ratio of an imaging finding in people with against without pain. Not a likelihood ratio."""

    label: str
    odds_ratio: float
    ci: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class ImagingComparison:
    """Imaging findings in people with against without back pain, aged 50 or under."""

    source: str
    verification: Verification
    page: str
    note: str
    rows: tuple[ImagingComparisonRow, ...]
