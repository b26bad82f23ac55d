"""Should this picture be taken, and how often would it show the same in somebody without pain?"""

from __future__ import annotations

from dataclasses import dataclass

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.imaging import ImagingVariant, PainFreeRow, ProcedureRating
from casekit.domain.vocabulary import Verification, known
from casekit.errors import InputError


@dataclass(frozen=True, kw_only=True)
class PainFreePrevalence:
    """Percent (0 to 100) of people without pain, of about this age, whose scan shows the finding.

    `age_column` is the age of the published table that was read. Not a false-positive rate.
    """

    label: str
    percent: float
    age_column: int
    source: str
    verification: Verification


def imaging_variant(evidence: DiagnosisEvidence, variant: str) -> ImagingVariant:
    """The clinical situation of this id. Raises UnknownIdError with the nearest ids."""
    variants = {entry.id: entry for entry in evidence.imaging_appropriateness}
    return variants[known(variant, variants, "imaging situation")]


def appropriateness(evidence: DiagnosisEvidence, variant: str, procedure: str) -> ProcedureRating:
    """How appropriate a procedure is in a clinical situation, by the imaging criteria.

    Raises UnknownIdError for a situation or procedure that is not rated: not rated is not approved.
    """
    ratings = {entry.procedure: entry for entry in imaging_variant(evidence, variant).ratings}
    return ratings[known(procedure, ratings, f"procedure of {variant}")]


def prevalence_without_pain(evidence: DiagnosisEvidence, row: str, age: float) -> PainFreePrevalence:
    """How common an imaging finding (its id, or its label) is at this age in people without pain.

    Reads the column of the patient's decade, the last one beyond it. Raises UnknownIdError for a finding
    without such figures, InputError for an age in years below the youngest column.
    """
    table = evidence.asymptomatic_imaging_prevalence
    rows: dict[str, PainFreeRow] = {entry.label: entry for entry in table.rows}
    rows |= {entry.finding: entry for entry in table.rows if entry.finding}
    found = rows[known(row, rows, "imaging finding with figures in people without pain")]
    columns = [int(column) for column in found.percent_by_age]
    reached = [column for column in columns if column <= age]
    if not reached:
        raise InputError(f"The figures for {found.label} begin at age {min(columns)}. You gave {age:g}.")
    column = max(reached)
    level = Verification.RECALLED if column in found.recalled_ages else Verification.TEXT
    return PainFreePrevalence(
        label=found.label, percent=found.percent_by_age[str(column)], age_column=column,
        source=table.source, verification=level,
    )  # fmt: skip
