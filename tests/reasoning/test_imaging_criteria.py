"""Imaging: how appropriate, and how common without pain; and what the patient card already answers."""

from __future__ import annotations

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.imaging import ImagingRating
from casekit.domain.vocabulary import State, Verification
from casekit.errors import InputError, UnknownIdError
from casekit.reasoning.card_findings import card_findings
from casekit.reasoning.imaging import appropriateness, prevalence_without_pain

EVIDENCE = load_evidence().diagnosis


def test_no_imaging_for_acute_pain_without_red_flags() -> None:
    rating = appropriateness(EVIDENCE, "acr_v1", "MRI lumbar without contrast")
    assert rating.rating is ImagingRating.USUALLY_NOT_APPROPRIATE


def test_every_rated_procedure_is_found() -> None:
    for variant in EVIDENCE.imaging_appropriateness:
        for entry in variant.ratings:
            assert appropriateness(EVIDENCE, variant.id, entry.procedure) == entry


def test_a_procedure_nobody_rated_is_refused_not_approved() -> None:
    with pytest.raises(UnknownIdError, match='No procedure of acr_v1 is called "MRI"'):
        appropriateness(EVIDENCE, "acr_v1", "MRI")
    with pytest.raises(UnknownIdError, match='No imaging situation is called "acr_v9"'):
        appropriateness(EVIDENCE, "acr_v9", "MRI lumbar without contrast")


@pytest.mark.parametrize(
    ("age", "percent", "column", "level"),
    [
        (20, 29, 20, Verification.TEXT),
        (39.9, 31, 30, Verification.TEXT),  # still in the thirties
        (63, 38, 60, Verification.RECALLED),
        (94, 43, 80, Verification.TEXT),  # the last column
    ],
)
def test_protrusions_without_pain_are_read_by_decade(
    age: float, percent: float, column: int, level: Verification
) -> None:
    found = prevalence_without_pain(EVIDENCE, "mri_disc_herniation", age)
    assert (found.percent, found.age_column, found.verification) == (percent, column, level)


def test_a_row_without_finding_id_is_found_by_its_label() -> None:
    assert prevalence_without_pain(EVIDENCE, "Disc bulge", 50).percent == 60


def test_no_figure_is_made_up_below_the_youngest_column() -> None:
    with pytest.raises(InputError, match=r"The figures for Disc bulge begin at age 20\. You gave 17"):
        prevalence_without_pain(EVIDENCE, "Disc bulge", 17)


@pytest.mark.parametrize(
    ("age", "present"),
    [
        (19, {"age_lt_20"}),
        (20, set[str]()),
        (50, {"age_ge_50"}),
        (65, {"age_ge_50"}),  # over 65 begins at 66
        (71, {"age_ge_50", "age_gt_65", "age_gt_70"}),
    ],
)
def test_the_card_answers_every_age_threshold(age: int, present: set[str]) -> None:
    states = card_findings(EVIDENCE, age, None)
    assert {name for name, state in states.items() if state is State.PRESENT} == present
    assert set(states) == {"age_ge_50", "age_gt_65", "age_gt_70", "age_lt_20"}


def test_the_card_answers_sex_and_nothing_it_does_not_know() -> None:
    assert card_findings(EVIDENCE, None, "male") == {"female_sex": State.ABSENT}
    assert card_findings(EVIDENCE, None, None) == {}
