"""What a differential shows: steps, walks, tables, words."""

from __future__ import annotations

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.vocabulary import Urgency
from casekit.reasoning.differential import differential
from casekit.reasoning.hypothesis_groups import IDIOPATHIC_AXIAL, grouped
from casekit.reasoning.steps import Status

EVIDENCE = load_evidence().diagnosis
DISC = "disc_herniation_radiculopathy"
VISIT = differential(
    EVIDENCE, present=["sciatica_below_knee", "slr_positive", "motor_weakness", "urinary_retention"],
    absent=["fever", "crossed_slr"], setting="primary_care", age=45, sex="female", duration_weeks=3,
)  # fmt: skip


def test_a_step_carries_ratio_source_population_and_verification_of_its_row() -> None:
    step = next(s for s in VISIT.steps if (s.finding, s.condition) == ("slr_positive", DISC))
    row = next(row for row in EVIDENCE.likelihoods if row.id == step.row)
    assert (step.ratio, step.source, step.population) == (row.lr_pos, row.source, row.population)
    assert (
        step.verification == row.field_verification["lr_pos"] if row.field_verification else row.verification
    )
    assert step.caveat == row.caveat


def test_an_interval_is_shown_only_if_the_row_has_one() -> None:
    rows = {row.id: row for row in EVIDENCE.likelihoods}
    for step in VISIT.steps:
        if step.row:
            assert step.interval == rows[step.row].interval(step.state)
        else:
            assert step.interval is None


@pytest.mark.parametrize("condition", EVIDENCE.hypotheses)
def test_the_walk_of_every_hypothesis_ends_at_its_posttest_probability(condition: str) -> None:
    walk = VISIT.walk(condition)
    assert [point.finding for point in walk] == [*VISIT.present, *VISIT.absent]
    assert walk[-1].probability == pytest.approx(VISIT.posttest[condition])


def test_the_walk_ends_at_the_floor_if_one_acted() -> None:
    result = differential(
        EVIDENCE, present=["dermatomal_burning_pain", "vesicular_rash"], setting="primary_care"
    )
    mine, other = result.walk("herpes_zoster"), result.walk("renal_colic")
    assert mine[-1].probability == pytest.approx(0.9)
    assert mine[-1].step is not None
    assert mine[-1].step.status is Status.RAISED
    assert len(mine) == len(other) == 3
    assert other[-1].probability == result.posttest["renal_colic"]


def test_every_step_says_what_became_of_it() -> None:
    for step in VISIT.steps:
        if step.status is Status.ALREADY_COUNTED:
            assert step.by
        if step.status is Status.IGNORED:
            assert step.reason


def test_the_table_is_ranked_and_complete() -> None:
    table = VISIT.table()
    assert [row.condition for row in table] == list(VISIT.ranked)
    assert sum(row.posttest for row in table) == pytest.approx(1)
    assert table[0].name == EVIDENCE.names[table[0].condition]


def test_it_prints_red_flags_first_then_the_ranking_then_the_caution() -> None:
    lines = str(VISIT).splitlines()
    assert lines[0] == "Differential, primary care: 4 present, 2 absent"
    assert lines[1].startswith("  EMERGENT: ")
    assert "urinary_retention" in lines[1]
    assert lines[-1].endswith("is a teaching approximation.")
    assert VISIT.urgency is Urgency.EMERGENT


def test_labels_no_bedside_test_separates_are_shown_as_one_group() -> None:
    group = EVIDENCE.prior_group(IDIOPATHIC_AXIAL)
    merged = grouped(VISIT.posttest, [group])
    assert merged[IDIOPATHIC_AXIAL] == pytest.approx(sum(VISIT.posttest[name] for name in group.members))
    assert set(merged) == {*VISIT.posttest, IDIOPATHIC_AXIAL} - set(group.members)
    assert sum(merged.values()) == pytest.approx(1)


def test_a_member_of_two_groups_is_counted_in_the_first() -> None:
    groups = [EVIDENCE.prior_group(IDIOPATHIC_AXIAL), EVIDENCE.prior_group("mechanical_all")]
    merged = grouped(VISIT.posttest, groups)
    assert sum(merged.values()) == pytest.approx(1)
    assert merged[IDIOPATHIC_AXIAL] == grouped(VISIT.posttest, groups[:1])[IDIOPATHIC_AXIAL]
