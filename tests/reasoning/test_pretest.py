"""Where a differential starts: tables, multipliers, stated priors."""

from __future__ import annotations

from math import isclose

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.vocabulary import Phase, Setting
from casekit.errors import InputError
from casekit.reasoning.pretest import chronicity, in_age_band, multipliers_for, pretest

EVIDENCE = load_evidence().diagnosis
GROUPS = {group.id: group for group in EVIDENCE.prior_groups}


@pytest.mark.parametrize("setting", list(Setting))
def test_every_table_is_complete_and_sums_to_one(setting: Setting) -> None:
    table = EVIDENCE.prior_table(setting).probabilities
    assert set(table) == set(EVIDENCE.hypotheses)
    assert isclose(sum(table.values()), 1, abs_tol=1e-12)


@pytest.mark.parametrize("setting", list(Setting))
def test_priors_keep_the_published_totals(setting: Setting) -> None:
    start = pretest(EVIDENCE, setting).probabilities
    for kept in EVIDENCE.prior_table(setting).keeps_totals:
        total = sum(start[member] for member in GROUPS[kept.group].members)
        assert total == pytest.approx(kept.total, abs=1e-9), kept.group


def test_published_points_of_primary_care_are_kept() -> None:
    start = pretest(EVIDENCE, "primary_care").probabilities
    for entry in EVIDENCE.prior_table("primary_care").entries:
        if entry.basis == "published":
            assert start[entry.condition] == pytest.approx(entry.probability)


@pytest.mark.parametrize(
    ("age", "band", "inside"),
    [
        (19.9, "<20", True),
        (20, "<20", False),
        (20, "20-44", True),
        (44.9, "20-44", True),  # to the 45th birthday
        (45, "20-44", False),
        (45, "45-64", True),
        (65, "45-64", False),
        (65, "65+", True),
    ],
)
def test_age_bands_meet_without_gap_or_overlap(age: float, band: str, inside: bool) -> None:
    assert in_age_band(age, band) is inside


@pytest.mark.parametrize(
    ("weeks", "phase"),
    [(0, Phase.ACUTE), (6, Phase.ACUTE), (6.1, Phase.SUBACUTE), (12, Phase.SUBACUTE), (12.1, Phase.CHRONIC)],
)
def test_acute_ends_after_six_weeks_and_subacute_after_twelve(weeks: float, phase: Phase) -> None:
    assert chronicity(weeks) is phase


def test_a_multiplier_multiplies_the_odds_between_its_condition_and_one_without() -> None:
    before = EVIDENCE.prior_table("primary_care").probabilities
    rows = multipliers_for(EVIDENCE, "primary_care", 70, "male", None)
    after = pretest(EVIDENCE, "primary_care", rows).probabilities
    aneurysm = 4.0 * 1.6  # age band 65+ and male sex, both of the evidence
    assert after["abdominal_aortic_aneurysm"] / after["other"] == pytest.approx(
        aneurysm * before["abdominal_aortic_aneurysm"] / before["other"]
    )


def test_what_is_not_known_multiplies_nothing() -> None:
    assert multipliers_for(EVIDENCE, "primary_care", None, None, None) == ()


def test_chronic_pain_brings_spondyloarthritis_back_to_its_published_share_only_where_it_is_missing() -> None:
    odds = {
        s: pretest(EVIDENCE, s, multipliers_for(EVIDENCE, s, None, None, Phase.CHRONIC)).probabilities
        for s in ("primary_care", "spine_clinic")
    }
    table = EVIDENCE.prior_table("primary_care").probabilities
    # 0.0033 of all comers times 15.9 is 0.05 of chronic pain, on the odds against the rest of the table
    assert table["axial_spondyloarthritis"] * 15.9 == pytest.approx(0.0525, abs=1e-3)
    assert odds["primary_care"]["axial_spondyloarthritis"] > 10 * table["axial_spondyloarthritis"]
    rows = multipliers_for(EVIDENCE, "spine_clinic", None, None, Phase.CHRONIC)
    assert "axial_spondyloarthritis" not in {row.condition for row in rows}


def test_a_stated_prior_stands_and_the_rest_keep_their_proportion() -> None:
    rows = multipliers_for(EVIDENCE, "primary_care", 63, "female", Phase.ACUTE)
    plain = pretest(EVIDENCE, "primary_care", rows).probabilities
    stated = pretest(EVIDENCE, "primary_care", rows, {"spinal_malignancy": 0.01}).probabilities
    assert stated["spinal_malignancy"] == pytest.approx(0.01)
    assert sum(stated.values()) == pytest.approx(1)
    scale = (1 - 0.01) / (1 - plain["spinal_malignancy"])
    for name in EVIDENCE.hypotheses:
        if name != "spinal_malignancy":
            assert stated[name] == pytest.approx(plain[name] * scale)


def test_a_stated_prior_of_zero_and_one_is_taken_at_its_word() -> None:
    nothing = pretest(EVIDENCE, "primary_care", (), {"renal_colic": 0.0}).probabilities
    certain = pretest(EVIDENCE, "primary_care", (), {"renal_colic": 1.0}).probabilities
    assert nothing["renal_colic"] == 0
    assert certain["renal_colic"] == 1
    assert certain["other"] == 0


def test_a_complete_table_may_miss_one_by_rounding_and_no_more() -> None:
    table = dict.fromkeys(EVIDENCE.hypotheses, 0.04)
    assert pretest(EVIDENCE, "emergency", (), table).probabilities["other"] == pytest.approx(0.04)
    with pytest.raises(InputError, match=r"must add up to 1\. Yours add up to 1\.06"):
        pretest(EVIDENCE, "emergency", (), {**table, "other": 0.10})


def test_stated_priors_over_one_are_refused() -> None:
    with pytest.raises(InputError, match=r"add up to 1\.2; they must leave the sum at 1 or below"):
        pretest(EVIDENCE, "emergency", (), {"renal_colic": 0.7, "pyelonephritis": 0.5})
