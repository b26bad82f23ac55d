"""The differential: from findings to probabilities over every condition and `other`, with all its reasons.

Hypotheses are mutually exclusive and exhaustive. Each finding multiplies a condition's weight by its ratio,
dependent findings once; the weights are normalised; defining findings set a floor. Red flags run beside it.
Multiplying published ratios over many conditions is a teaching approximation, and the result says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.priors import PriorMultiplier
from casekit.domain.sources import SourceList
from casekit.domain.vocabulary import State
from casekit.reasoning import account
from casekit.reasoning.alerts import fired_alerts
from casekit.reasoning.defining import raise_to_floor
from casekit.reasoning.differential_inputs import (
    finding_list,
    refuse_contradiction,
    refuse_impossible,
    refuse_unknown_ids,
)
from casekit.reasoning.differential_result import Differential
from casekit.reasoning.pretest import chronicity, multipliers_for, pretest
from casekit.reasoning.reading import Reading, limits_in_force
from casekit.reasoning.weights import weights_for


def differential(
    evidence: DiagnosisEvidence,
    *,
    present: Iterable[str] = (),
    absent: Iterable[str] = (),
    setting: str,
    age: float | None = None,
    sex: str | None = None,
    duration_weeks: float | None = None,
    priors: Mapping[str, float] | None = None,
    cap: bool = True,
    opinion: bool = True,
    population: str | None = None,
    engine_context: Collection[str] = (),
    limits_lifted: Collection[str] = (),
    sources: SourceList | None = None,
) -> Differential:
    """Posttest probabilities of every hypothesis, with red flags and with every step that led to them.

    `age` in years, `duration_weeks` since onset; what is None multiplies nothing. `priors` are pretest
    probabilities of this patient for single conditions: they stand as given, the rest keep their proportion.
    `cap=False` uses ratios as published; `opinion=False` leaves only measured ones. `population` names a
    selected population the patient belongs to, `engine_context` what has been established,
    `limits_lifted` rule-out limits whose condition is known not to hold.
    Raises UnknownIdError naming every unknown id; InputError for a contradiction or an impossible number.
    """
    seen, missing = finding_list(present, "present"), finding_list(absent, "absent")
    refuse_unknown_ids(
        evidence, (*seen, *missing), setting=setting, sex=sex, priors=priors or {}, population=population,
        contexts=engine_context, limits=limits_lifted,
    )  # fmt: skip
    refuse_contradiction(seen, missing)
    refuse_impossible(age, duration_weeks, priors or {})
    reading = Reading(
        setting=str(setting), population=population, contexts=frozenset(engine_context),
        limits=limits_in_force(evidence, duration_weeks, limits_lifted), cap=cap, opinion=opinion,
    )  # fmt: skip
    phase = None if duration_weeks is None else chronicity(duration_weeks)
    multipliers = multipliers_for(evidence, reading.setting, age, sex, phase)
    return _calculated(evidence, reading, (seen, missing), multipliers, priors, sources)


def _calculated(
    evidence: DiagnosisEvidence,
    reading: Reading,
    findings: tuple[tuple[str, ...], tuple[str, ...]],
    multipliers: tuple[PriorMultiplier, ...],
    priors: Mapping[str, float] | None,
    sources: SourceList | None,
) -> Differential:
    """The documented order: priors, ratios, dependence, product, normalisation, defining floor."""
    present, absent = findings
    collected = account.collect(weights_for(evidence, reading, sources), present, absent)
    books = account.keep_books(evidence, collected, frozenset(present), multipliers)
    start = pretest(evidence, reading.setting, account.multipliers_in_use(books, multipliers), priors)
    product = account.posttest(start.probabilities, books)
    floors = account.floors(books)
    result = raise_to_floor(product, floors)
    known = [(name, State.PRESENT) for name in present] + [(name, State.ABSENT) for name in absent]
    return Differential(
        evidence=evidence, reading=reading, present=present, absent=absent, known=tuple(known),
        pretest=start.probabilities, multipliers=start.multipliers, posttest=result, books=books,
        floors=floors if result != product else {}, alerts=fired_alerts(evidence, present),
    )  # fmt: skip
