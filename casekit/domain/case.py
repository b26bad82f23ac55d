"""A patient case as the learner may see it. The answers are in `key`; nothing here names the diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from casekit.domain.vocabulary import Phase, Setting, Sex, State


class FactKind(StrEnum):
    """How a fact is learned. The first two belong to the talk and the couch, the rest are ordered."""

    DOOR = "door"
    HISTORY = "history"
    EXAMINATION = "examination"
    IMAGING = "imaging"
    LABORATORY = "laboratory"
    ELECTRODIAGNOSIS = "electrodiagnosis"
    PROCEDURE = "procedure"

    @property
    def is_test(self) -> bool:
        """True for what is ordered and reported later."""
        return self not in (FactKind.DOOR, FactKind.HISTORY, FactKind.EXAMINATION)


@dataclass(frozen=True, kw_only=True)
class Appropriateness:
    """Which row of the imaging criteria fits this test for this patient."""

    variant: str
    procedure: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that can be asked, examined or ordered, and what it answers.

    `ask` is the question, manoeuvre or test as the learner chooses it; `reply` what comes back (the
    patient's own words for history, an observation or report otherwise). `minutes` is time with the
    patient; `cost` 0 to 3, `delay_days` and `harm` belong to tests. `findings`, `attributes` and
    `modifiers` are what the reply establishes, in evidence ids. `shows` names imaging findings that are
    also common in people without pain. `media` is a picture in the case folder, `alt` the same in words.
    """

    id: str
    kind: FactKind
    group: str
    ask: str
    reply: str
    minutes: float = 1.0
    cost: int = 0
    delay_days: float = 0.0
    harm: str = ""
    findings: Mapping[str, State] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    modifiers: Mapping[str, str] = field(default_factory=dict)
    appropriateness: Appropriateness | None = None
    shows: tuple[str, ...] = ()
    media: str | None = None
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Patient:
    """Who the patient is. `words`, `expects`, `worries` are spoken by the patient and shown as such."""

    name: str
    age: int
    sex: Sex
    pronoun: str
    occupation: str
    home: str = ""
    medicines: str = ""
    expects: str = ""
    worries: str = ""
    beliefs: str = ""

    @property
    def possessive(self) -> str:
        """her, his or their."""
        return {"she": "her", "he": "his"}.get(self.pronoun, "their")

    @property
    def objective(self) -> str:
        """her, him or them."""
        return {"she": "her", "he": "him"}.get(self.pronoun, "them")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A baseline score in the instrument's own units, with version and recall period."""

    instrument: str
    about: str
    score: float
    version: str = ""
    recall: str = ""


@dataclass(frozen=True, kw_only=True)
class PainArea:
    """One shaded area of the body chart: region ids, the quality that picks the pattern, her words."""

    label: str
    regions: tuple[str, ...]
    quality: str
    feels: str


@dataclass(frozen=True, kw_only=True)
class GoalWish:
    """What the patient wants, with its ICF activity code and five written attainment levels.

    `levels` runs from -2 (much less than expected) to +2. `domain` and `at_most` (four falling bounds on
    0-100) say which level a simulated outcome reaches: at or below `at_most[0]` is at least -1, and so on.
    `fact` names the fact that reveals the wish; without one it is on the patient card.
    """

    id: str
    label: str
    words: str
    icf: str
    why: str
    domain: str
    at_most: tuple[float, float, float, float]
    levels: tuple[str, str, str, str, str]
    fact: str | None = None


@dataclass(frozen=True, kw_only=True)
class Resources:
    """What the patient can give: hours a week, visits, and what is hard to come by."""

    hours_per_week: float = 4.0
    visits: int = 12
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class Review:
    """Who wrote and who checked the case. No clinician has reviewed it until one is named."""

    authors: tuple[str, ...]
    reviewers: tuple[str, ...] = ()
    state: str = "draft"
    licence: str = "CC-BY-4.0"


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything a learner may come to see. `content_hash` identifies the exact files."""

    id: str
    version: str
    level: int
    minutes: int
    title: str
    setting: Setting
    patient: Patient
    quote: str
    presentation: str
    onset_days: int
    phase: Phase
    history_minutes: float
    measures: tuple[Measure, ...]
    body_chart: tuple[PainArea, ...]
    hypotheses: tuple[str, ...]
    facts: tuple[Fact, ...]
    attributes: tuple[str, ...]
    drugs: tuple[str, ...]
    goals: tuple[GoalWish, ...]
    resources: Resources
    team: tuple[str, ...]
    objectives: tuple[str, ...]
    review: Review
    forecast_weeks: tuple[int, ...] = (6, 12, 26, 52)
    forecast_measures: tuple[str, ...] = ()
    content_hash: str = ""

    def fact(self, fact_id: str) -> Fact:
        """The fact of this id. Raises KeyError if there is none."""
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)

    def measure(self, instrument: str) -> Measure:
        """The baseline of this instrument. Raises KeyError if it was not taken."""
        for measure in self.measures:
            if measure.instrument == instrument:
                return measure
        raise KeyError(instrument)

    @property
    def duration_weeks(self) -> float:
        """Weeks since this episode began."""
        return self.onset_days / 7
