"""The format of `case.yaml`: one model for each part, and how each becomes a domain object.

The descriptions are what an author sees when pointing at a key in the editor. Rules that need more than one
part of a case are in `lint`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, ValidationInfo, model_validator

from casekit.content.format_parts import (
    AnyPhase,
    AnySex,
    AnyState,
    AttributeId,
    CaseId,
    DrugId,
    FindingId,
    ForecastId,
    HypothesisId,
    IcfCode,
    InstrumentId,
    Line,
    LocalId,
    Modifiers,
    PainFreeId,
    Part,
    Percent,
    Prose,
    RoleId,
    VariantId,
    Version,
    Week,
    refuse,
)
from casekit.domain import case as nouns
from casekit.domain.vocabulary import Setting

Region = Literal[
    "low_back", "mid_back", "upper_back", "buttock_l", "buttock_r", "thigh_back_l", "thigh_back_r",
    "thigh_front_l", "thigh_front_r", "thigh_outer_l", "thigh_outer_r", "calf_l", "calf_r", "shin_l",
    "shin_r", "foot_top_l", "foot_top_r", "foot_sole_l", "foot_sole_r", "groin_l", "groin_r", "hip_l",
    "hip_r", "saddle", "abdomen", "flank_l", "flank_r",
]  # fmt: skip
ANSWERS_IN_WORDS = (nouns.FactKind.DOOR, nouns.FactKind.HISTORY)


class AppropriatenessPart(Part):
    """Which row of the imaging criteria fits this test for this patient."""

    variant: VariantId = Field(description="Clinical situation of the imaging criteria, such as acr_v1.")
    procedure: Line = Field(
        description="Procedure as the criteria name it, such as MRI lumbar without contrast."
    )

    @model_validator(mode="after")
    def _procedure_belongs(self, info: ValidationInfo) -> AppropriatenessPart:
        allowed = info.context.procedures_of.get(self.variant, ()) if info.context is not None else ()
        if allowed and self.procedure not in allowed:
            words = ", ".join(f'"{name}"' for name in sorted(allowed))
            raise refuse("procedure", f'{self.variant} rates no "{self.procedure}".', f"It rates {words}.")
        return self

    def build(self) -> nouns.Appropriateness:
        """The domain object."""
        return nouns.Appropriateness(variant=self.variant, procedure=self.procedure)


class FactPart(Part):
    """One thing that can be asked, examined or ordered, and what comes back."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["reply"]}, {"required": ["result"]}]}
    )

    id: LocalId = Field(
        description="Short id in snake_case; the key refers to it. Never names the diagnosis."
    )
    kind: Annotated[nouns.FactKind, Field(strict=False)] = Field(
        description="door: already in the door note. history, examination: at the visit. The rest is ordered."
    )
    group: Line = Field(description="Heading under which it is offered.")
    ask: Line = Field(description="The question, manoeuvre or test as the learner chooses it.")
    reply: Prose | None = Field(None, description="What the patient says, without quotation marks around.")
    result: Prose | None = Field(None, description="What the examination or the test shows.")
    minutes: float = Field(1.0, ge=0, le=120, description="Minutes it takes of the visit.")
    cost: int = Field(0, ge=0, le=3, description="0 free, 1 low, 2 middle, 3 high.")
    delay_days: float = Field(0.0, ge=0, le=365, description="Days until the report is back.")
    harm: Line | None = Field(None, description="What the test may do to the patient, in a few words.")
    finding: FindingId | None = Field(None, description="The one finding it settles; give its state too.")
    state: AnyState | None = Field(None, description="present, absent or not_assessed.")
    findings: dict[FindingId, AnyState] = Field({}, description="Findings it settles, if more than one.")
    attributes: list[AttributeId] = Field([], description="Patient attributes it reveals to the plan check.")
    drugs: list[DrugId] = Field([], description="Drugs the patient takes that it reveals.")
    modifiers: Modifiers = Field({}, description="Forecast modifiers it reveals, with their level.")
    appropriateness: AppropriatenessPart | None = Field(None, description="How the imaging criteria rate it.")
    shows: list[PainFreeId] = Field(
        [], description="Imaging findings it shows that painless people have too."
    )
    media: Line | None = Field(
        None, description="A picture in the case's media folder, such as media/gait.svg."
    )
    alt: Line | None = Field(None, description="What the picture shows, for those who cannot see it.")

    @model_validator(mode="after")
    def _complete(self) -> FactPart:
        if (self.reply is None) == (self.result is None):
            word = "reply" if self.kind in ANSWERS_IN_WORDS else "result"
            if self.reply is None:
                raise refuse("", "says nothing back.", f'Add "{word}:" with what the learner hears or reads.')
            raise refuse("result", "has both a reply and a result.", f'Keep "{word}:".')
        if (self.finding is None) != (self.state is None):
            lacking, given = ("state", "finding") if self.state is None else ("finding", "state")
            raise refuse(given, f'has a "{given}" without a "{lacking}".', f'Add "{lacking}:".')
        if self.finding in self.findings:
            raise refuse("findings", f'gives "{self.finding}" twice.', 'Keep it in "findings:" only.')
        if self.media is not None and self.alt is None:
            raise refuse("media", "has a picture without words for it.", 'Add "alt:" with what it shows.')
        return self

    def build(self) -> nouns.Fact:
        """The domain object."""
        alone = {self.finding: self.state} if self.finding is not None and self.state is not None else {}
        return nouns.Fact(
            id=self.id, kind=self.kind, group=self.group, ask=self.ask, reply=self.reply or self.result or "",
            minutes=self.minutes, cost=self.cost, delay_days=self.delay_days, harm=self.harm or "",
            findings={**alone, **self.findings}, attributes=tuple(self.attributes), drugs=tuple(self.drugs),
            modifiers=self.modifiers, shows=tuple(self.shows), media=self.media, alt=self.alt or "",
            appropriateness=self.appropriateness.build() if self.appropriateness else None,
        )  # fmt: skip


class PatientPart(Part):
    """Who the patient is. Expects, worries and beliefs are the patient's own words."""

    name: Line = Field(description="An invented name, with Ms, Mr or neither.")
    age: int = Field(ge=0, le=110, description="Age in years.")
    sex: AnySex = Field(description="female or male, as the evidence uses it.")
    pronoun: Literal["she", "he", "they"] = Field(description="she, he or they.")
    occupation: Line = Field(description="What the patient does all day.")
    home: Line | None = Field(None, description="Who and what is at home.")
    medicines: Line | None = Field(None, description="Medicines as a plain sentence.")
    expects: Prose | None = Field(None, description="What the patient expects of the visit, in own words.")
    worries: Prose | None = Field(None, description="What the patient worries about, in own words.")
    beliefs: Prose | None = Field(None, description="What the patient believes it is, in own words.")

    def build(self) -> nouns.Patient:
        """The domain object."""
        return nouns.Patient(
            name=self.name, age=self.age, sex=self.sex, pronoun=self.pronoun, occupation=self.occupation,
            home=self.home or "", medicines=self.medicines or "", expects=self.expects or "",
            worries=self.worries or "", beliefs=self.beliefs or "",
        )  # fmt: skip


class MeasurePart(Part):
    """A baseline score in the instrument's own units."""

    instrument: InstrumentId = Field(description="Instrument id of the evidence, such as odi.")
    about: Line = Field(description="What it is about, in plain words: Leg pain.")
    score: float = Field(description="The score in the instrument's own units.")
    version: Line | None = Field(None, description='Version of the form, in quotes: "2.1a".')
    recall: Line | None = Field(None, description="The time it asks about: today, worst in 7 days.")

    def build(self) -> nouns.Measure:
        """The domain object."""
        return nouns.Measure(
            instrument=self.instrument, about=self.about, score=self.score, version=self.version or "",
            recall=self.recall or "",
        )  # fmt: skip


class ForecastPart(Part):
    """What the learner forecasts, and for when."""

    weeks: list[Week] = Field([6, 12, 26, 52], min_length=1, description="Weeks after the first visit.")
    measures: list[ForecastId] = Field(min_length=1, description="Instruments of `measures` to forecast.")


class PainAreaPart(Part):
    """One shaded area of the body chart."""

    label: Line = Field(description="The area in words.")
    regions: list[Region] = Field(min_length=1, description="Body regions; l and r are the patient's sides.")
    quality: Literal["ache", "dull", "tingling", "burning", "numb"] = Field(description="Picks the pattern.")
    feels: Line = Field(description="How it feels, in the patient's words.")

    def build(self) -> nouns.PainArea:
        """The domain object."""
        return nouns.PainArea(
            label=self.label, regions=tuple(self.regions), quality=self.quality, feels=self.feels
        )


class GoalPart(Part):
    """Something the patient wants, with five written levels of attainment."""

    id: LocalId = Field(description="Short id in snake_case; goals of a plan refer to it.")
    label: Line = Field(description="The goal in a few words: Drive a full shift.")
    words: Prose = Field(description="The wish in the patient's own words.")
    icf: IcfCode = Field(description="ICF activity code, such as d850.")
    why: Line = Field(description="Why it matters to the patient.")
    domain: Literal["disability", "pain"] = Field(description="Simulated outcome that decides attainment.")
    at_most: list[Percent] = Field(
        min_length=4, max_length=4,
        description="Four falling bounds on 0-100: at or below the 1st is at least -1, then 0, +1, +2.",
    )  # fmt: skip
    levels: list[Line] = Field(min_length=5, max_length=5, description="Five descriptions, from -2 to +2.")
    fact: LocalId | None = Field(None, description="Fact that reveals the wish; leave out if on the card.")

    def build(self) -> nouns.GoalWish:
        """The domain object."""
        first, second, third, fourth = self.at_most
        least, less, expected, more, most = self.levels
        return nouns.GoalWish(
            id=self.id, label=self.label, words=self.words, icf=self.icf, why=self.why, domain=self.domain,
            at_most=(first, second, third, fourth), levels=(least, less, expected, more, most),
            fact=self.fact,
        )  # fmt: skip


class ResourcesPart(Part):
    """What the patient can give."""

    hours_per_week: float = Field(4.0, ge=0, le=80, description="Hours a week for treatment.")
    visits: int = Field(12, ge=0, le=200, description="Visits that are possible.")
    notes: Line | None = Field(None, description="What is hard to come by.")

    def build(self) -> nouns.Resources:
        """The domain object."""
        return nouns.Resources(hours_per_week=self.hours_per_week, visits=self.visits, notes=self.notes or "")


class ReviewPart(Part):
    """Who wrote and who checked the case."""

    authors: list[Line] = Field(min_length=1, description="Who wrote it.")
    reviewers: list[Line] = Field([], description="Clinicians who checked it; empty until one has.")
    state: Literal["draft", "in_review", "reviewed"] = Field("draft", description="draft until reviewed.")
    licence: Line = Field("CC-BY-4.0", description="Licence of the text.")

    def build(self) -> nouns.Review:
        """The domain object."""
        return nouns.Review(
            authors=tuple(self.authors),
            reviewers=tuple(self.reviewers),
            state=self.state,
            licence=self.licence,
        )


class CaseFile(Part):
    """A patient as the learner may see it. The answers are in key.yaml; nothing here names the diagnosis."""

    id: CaseId = Field(description="Id in kebab-case, the same as the folder. Never the diagnosis.")
    version: Version = Field(description="Three numbers: 1.0.0.")
    level: int = Field(ge=1, le=4, description="1 worked example, 2 typical, 3 mixed, 4 atypical.")
    minutes: int = Field(ge=1, le=240, description="Minutes a learner needs for the whole visit.")
    title: Line = Field(description="Title on the case card. Never the diagnosis.")
    setting: Annotated[Setting, Field(strict=False)] = Field(description="Where the patient is seen.")
    patient: PatientPart = Field(description="Who the patient is.")
    quote: Line = Field(description="One spoken line for the case card.")
    presentation: Prose = Field(description="The door note in the patient's words (Markdown, no HTML).")
    onset_days: int = Field(ge=0, le=36_500, description="Days since this episode began.")
    phase: AnyPhase = Field(description="acute below 42 days, subacute 42 to 83, chronic from 84.")
    history_minutes: float = Field(gt=0, le=240, description="Minutes there are for the history.")
    measures: list[MeasurePart] = Field(min_length=1, description="Baseline scores.")
    forecast: ForecastPart = Field(description="What is forecast, and for when.")
    body_chart: list[PainAreaPart] = Field(min_length=1, description="Where it hurts and how.")
    hypotheses: list[HypothesisId] = Field(
        min_length=2, max_length=12, description="What the board lists at the start; `other` is always there."
    )
    facts: list[FactPart] = Field(
        min_length=1, description="Everything that can be asked, examined, ordered."
    )
    attributes: list[AttributeId] = Field([], description="The truth that the plan is checked against.")
    drugs: list[DrugId] = Field([], description="Drugs the patient really takes.")
    goals: list[GoalPart] = Field(min_length=1, description="What the patient wants.")
    resources: ResourcesPart | None = Field(None, description="What the patient can give.")
    team: list[RoleId] = Field(min_length=1, description="Who is at hand.")
    objectives: list[Line] = Field(min_length=1, description="What the learner can do afterwards.")
    review: ReviewPart = Field(description="Who wrote and who checked the case.")

    def build(self, content_hash: str) -> nouns.Case:
        """The domain object. `content_hash` identifies the files it was read from."""
        return nouns.Case(
            id=self.id, version=self.version, level=self.level, minutes=self.minutes, title=self.title,
            setting=self.setting, patient=self.patient.build(), quote=self.quote,
            presentation=self.presentation, onset_days=self.onset_days, phase=self.phase,
            history_minutes=self.history_minutes, measures=tuple(each.build() for each in self.measures),
            body_chart=tuple(area.build() for area in self.body_chart), hypotheses=tuple(self.hypotheses),
            facts=tuple(fact.build() for fact in self.facts), attributes=tuple(self.attributes),
            drugs=tuple(self.drugs), goals=tuple(goal.build() for goal in self.goals),
            resources=self.resources.build() if self.resources else nouns.Resources(),
            team=tuple(self.team), objectives=tuple(self.objectives),
            review=self.review.build(), forecast_weeks=tuple(self.forecast.weeks),
            forecast_measures=tuple(self.forecast.measures), content_hash=content_hash,
        )  # fmt: skip
