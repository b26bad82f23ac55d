"""The typed forecast model refuses tables it could not compute with, and keeps exact native steps."""

from __future__ import annotations

import msgspec
import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.forecast_model import Curve, EffectCurve
from casekit.errors import EvidenceError

OUTCOME = load_evidence().outcome


def test_a_treatment_that_makes_worse_is_refused_by_name_of_its_points() -> None:
    with pytest.raises(EvidenceError, match=r"must not be positive\. Found \[0, 1\.5\]"):
        EffectCurve(weeks=(0, 6), points=(0, 1.5))


def test_a_positive_point_in_the_files_stops_the_reading() -> None:
    with pytest.raises(EvidenceError, match="must not be positive"):
        msgspec.convert({"weeks": [0, 6], "points": [0, 2]}, type=EffectCurve)


@pytest.mark.parametrize(
    ("weeks", "values", "message"),
    [
        ((0, 6), (1.0,), "one value a week"),  # a value was forgotten
        ((), (), "one value a week"),  # nothing to read
        ((0, 6, 6), (1.0, 0.9, 0.8), "must rise"),  # two values for one week
    ],
)
def test_a_broken_table_is_refused(weeks: tuple[float, ...], values: tuple[float, ...], message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        Curve(weeks=weeks, value=values, basis="expert", verification="recalled")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("instrument", "mic", "step", "half_cell"),
    [
        ("odi", 10, 2, 1),
        ("rmdq24", 100 * 5 / 24, 100 / 24, 50 / 24),  # printed decimals are rounded, the model is not
        ("rmdq", 100 * 5 / 24, 100 / 24, 50 / 24),  # an alias is the same row
        ("nrs", 20, 10, 5),
    ],
)
def test_steps_and_important_change_are_exact(
    instrument: str, mic: float, step: float, half_cell: float
) -> None:
    row = OUTCOME.model_proposal.instruments[instrument]
    assert row.minimal_important_change == mic
    assert row.recorded_step == pytest.approx(step, abs=1e-15)
    assert row.recorded_half_cell == pytest.approx(half_cell, abs=1e-15)


def test_every_threshold_of_an_instrument_can_be_asked_by_its_kind() -> None:
    (consensus,) = OUTCOME.instruments["odi"].changes("MIC")
    assert (consensus.value, consensus.source) == (10, "ostelo2008")
    assert OUTCOME.instruments["odi"].changes("no_such_kind") == ()


def test_no_instrument_with_restricted_items_says_they_may_be_shown() -> None:
    restricted = {"odi", "start_back", "orebro_sf", "fabq", "eq5d5l", "quebec", "promis_pf", "promis_pi"}
    shown = {name for name, row in OUTCOME.instruments.items() if row.licence.reproduce_items}
    assert not restricted & shown
