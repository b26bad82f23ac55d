"""Which row speaks: the seven steps, one after the other, on real rows where there are any."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.likelihoods import LikelihoodRow
from casekit.domain.sources import Source, SourceList
from casekit.reasoning.reading import Reading
from casekit.reasoning.row_selection import choose_row

EVIDENCE = load_evidence().diagnosis
PRIMARY = Reading(setting="primary_care")
SLR, DISC = "slr_positive", "disc_herniation_radiculopathy"


def chosen(finding: str, condition: str, reading: Reading = PRIMARY) -> str | None:
    row = choose_row(EVIDENCE, finding, condition, reading).row
    return row.id if row else None


def test_rows_kept_out_of_the_engine_are_never_chosen() -> None:
    for finding, condition in EVIDENCE.rows_by_pair:
        row = choose_row(EVIDENCE, finding, condition, PRIMARY).row
        assert row is None or row.use_in_engine


def test_a_row_that_waits_for_a_context_speaks_only_in_it() -> None:
    pair = ("bladder_dysfunction", "lumbar_spinal_stenosis")
    cleared = Reading(setting="primary_care", contexts=frozenset({"after_cauda_equina_excluded"}))
    assert chosen(*pair) is None
    assert choose_row(EVIDENCE, *pair, PRIMARY).reason == (
        "The measured row is off until: after_cauda_equina_excluded."
    )
    assert chosen(*pair, cleared) == "bladder_dysfunction__lumbar_spinal_stenosis__1"


def test_rows_from_selected_patients_give_way_to_any_other_row() -> None:
    assert chosen(SLR, DISC) == f"{SLR}__{DISC}__3"  # 1 is surgical; of the spine-clinic rows 3 has less bias


def test_the_closest_setting_comes_before_the_preferred_mark() -> None:
    row = choose_row(EVIDENCE, SLR, DISC, PRIMARY).row
    assert row is not None
    assert not row.preferred  # the preferred row comes from an electrodiagnostic laboratory, further off


def test_the_preferred_row_wins_within_a_setting() -> None:
    # __3 has low risk of bias, but __1 is preferred, and preference is the earlier step
    assert (
        chosen("sij_cluster_3plus", "sacroiliac_joint_pain") == "sij_cluster_3plus__sacroiliac_joint_pain__1"
    )


@pytest.mark.parametrize("reading", [PRIMARY, Reading(setting="emergency")])
def test_a_row_for_primary_care_referrals_comes_before_one_for_rheumatology(reading: Reading) -> None:
    assert chosen("hla_b27", "axial_spondyloarthritis", reading) == "hla_b27__axial_spondyloarthritis__2"


def test_a_selected_row_is_used_with_a_warning_if_nothing_else_speaks() -> None:
    choice = choose_row(EVIDENCE, "crossed_slr", DISC, PRIMARY)
    assert choice.row is not None
    assert choice.row.setting == "surgical"
    assert choice.warning == (
        "Measured only in a selected population (surgical); this patient is not one of them."
    )


def test_a_selected_row_gives_way_to_the_opinion_that_stands_in_for_it() -> None:
    choice = choose_row(EVIDENCE, "haematuria", "renal_colic", PRIMARY)
    assert choice.row is None
    assert choice.reason == "The measured row holds only in a selected population (suspected_stone)."


def test_a_selected_row_speaks_without_warning_for_a_patient_of_that_population() -> None:
    suspected = Reading(setting="emergency", population="suspected_stone")
    choice = choose_row(EVIDENCE, "haematuria", "renal_colic", suspected)
    assert choice.row is not None
    assert choice.row.setting == "suspected_stone"
    assert choice.warning == ""


BASE = replace(
    next(row for row in EVIDENCE.likelihoods if row.id == "fever__spinal_infection__1"),
    preferred=False, n=None, source="primary2001",
)  # fmt: skip
SOURCES = SourceList(
    items=(
        Source(id="primary2001", citation="A study. Spine 2001.", kind="primary"),
        Source(id="primary2009", citation="A study. Spine 2009.", kind="primary"),
        Source(id="review2005", citation="A review. Spine 2005.", kind="systematic_review"),
        Source(id="pooled2003", citation="A review and meta-analysis. Spine 2003.", kind="systematic_review"),
        Source(id="pooled2012", citation="A meta-analysis. Spine 2012.", kind="systematic_review"),
    )
)


def with_rows(*rows: LikelihoodRow) -> DiagnosisEvidence:
    return replace(EVIDENCE, likelihoods=rows)


@pytest.mark.parametrize(
    ("winner", "loser", "step"),
    [
        ({"setting": "primary_care", "preferred": False}, {"preferred": True}, "3 the setting first"),
        ({"preferred": True}, {"risk_of_bias": "low"}, "4 preferred before bias"),
        ({"risk_of_bias": "low"}, {"risk_of_bias": "moderate"}, "5 low before moderate"),
        ({"risk_of_bias": "moderate"}, {"risk_of_bias": ""}, "5 a missing value counts as unclear"),
        ({"risk_of_bias": ""}, {"risk_of_bias": "high"}, "5 unclear before high"),
        ({"source": "pooled2012"}, {"source": "pooled2003", "n": 999}, "6 the newest meta-analysis"),
        ({"source": "pooled2003"}, {"source": "review2005", "n": 999}, "6 pooled before any other review"),
        ({"source": "review2005"}, {"source": "primary2009", "n": 999}, "6 a review before a study"),
        ({"n": 200}, {"n": 100, "source": "primary2009"}, "6 the larger n before the newer"),
        ({"source": "primary2009"}, {}, "6 the newer publication"),
        ({"id": "a"}, {"id": "b"}, "7 the id"),
    ],
)
def test_each_step_decides_when_the_earlier_ones_tie(
    winner: dict[str, object], loser: dict[str, object], step: str
) -> None:
    one = replace(BASE, **{"id": "z_winner", **winner})  # type: ignore[arg-type]
    two = replace(BASE, **{"id": "m_loser", **loser})  # type: ignore[arg-type]
    for rows in ((one, two), (two, one)):
        choice = choose_row(with_rows(*rows), BASE.finding, BASE.condition, PRIMARY, SOURCES)
        assert choice.row == one, step


def test_without_the_source_list_the_larger_study_decides() -> None:
    big, review = replace(BASE, id="z", n=900), replace(BASE, id="a", source="pooled2012")
    choice = choose_row(with_rows(big, review), BASE.finding, BASE.condition, PRIMARY)
    assert choice.row == big
