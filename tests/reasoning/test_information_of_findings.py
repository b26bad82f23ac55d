"""What a finding may be expected to teach, from measured rows only."""

from __future__ import annotations

import pytest

from casekit.content.evidence import load_evidence
from casekit.reasoning.differential import differential
from casekit.reasoning.information import frequencies, rank_by_information
from casekit.reasoning.reading import Reading

EVIDENCE = load_evidence().diagnosis
READING = Reading(setting="primary_care")
PRIOR = differential(EVIDENCE, setting="primary_care").pretest
EVERYTHING = tuple(EVIDENCE.findings_by_id)


def test_a_condition_with_a_row_has_the_finding_as_often_as_its_sensitivity() -> None:
    row = EVIDENCE.rows("sciatica_below_knee", "disc_herniation_radiculopathy")[0]
    given = frequencies(EVIDENCE, "sciatica_below_knee", READING)
    assert given["disc_herniation_radiculopathy"] == row.sensitivity
    assert given["other"] == pytest.approx(1 - (row.specificity or 0))


def test_a_finding_nobody_measured_has_no_frequency() -> None:
    assert frequencies(EVIDENCE, "vesicular_rash", READING) == {}


def test_frequencies_are_probabilities_for_every_measured_finding() -> None:
    for finding in EVERYTHING:
        assert all(0 <= p <= 1 for p in frequencies(EVIDENCE, finding, READING).values()), finding


def test_no_finding_is_expected_to_teach_less_than_nothing() -> None:
    gains = rank_by_information(EVIDENCE, PRIOR, EVERYTHING, READING)
    assert len(gains) > 80
    assert all(gain.bits >= 0 and 0 <= gain.share_present <= 1 for gain in gains)


def test_the_ranking_is_by_bits_per_minute_of_at_least_one_minute() -> None:
    names = ["sciatica_below_knee", "supine_sign"]
    free = rank_by_information(EVIDENCE, PRIOR, names, READING, {"sciatica_below_knee": 0.1})
    slow = rank_by_information(EVIDENCE, PRIOR, names, READING, {"sciatica_below_knee": 30})
    assert [gain.finding for gain in free] == names
    assert [gain.finding for gain in slow] == names[::-1]
    assert free[0].bits_per_minute == free[0].bits


def test_nothing_is_left_to_learn_when_one_hypothesis_is_certain() -> None:
    certain = {name: float(name == "renal_colic") for name in EVIDENCE.hypotheses}
    assert {gain.bits for gain in rank_by_information(EVIDENCE, certain, EVERYTHING, READING)} == {0.0}
