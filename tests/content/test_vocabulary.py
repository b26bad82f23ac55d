"""The ids a case may name, and the relations between them that lint needs."""

from __future__ import annotations

from casekit.content.vocabulary import GROUP, load_vocabulary, slug
from tests.content.workshop import VOCABULARY


def test_the_vocabulary_is_made_once() -> None:
    assert load_vocabulary() is VOCABULARY


def test_the_board_knows_the_group_and_other() -> None:
    assert VOCABULARY.hypotheses == VOCABULARY.conditions | {GROUP}
    assert VOCABULARY.estimated == VOCABULARY.hypotheses | {"other"}
    assert VOCABULARY.members[GROUP] == {
        "lumbar_muscle_strain",
        "lumbar_ligament_sprain",
        "nonspecific_low_back_pain",
        "myofascial_pain_syndrome",
    }
    assert VOCABULARY.members["renal_colic"] == {"renal_colic"}


def test_levels_of_modifiers_come_from_the_forecast_model() -> None:
    assert VOCABULARY.levels_of["compensation"] == {"yes", "no"}
    assert VOCABULARY.levels_of.keys() == VOCABULARY.modifiers


def test_what_is_forecast_has_a_domain() -> None:
    assert VOCABULARY.domain_of == {"odi": "disability", "rmdq24": "disability", "nrs_pain": "pain"}


def test_pain_free_findings_go_by_finding_or_label() -> None:
    assert {"mri_disc_degeneration", "disc_degeneration", "disc_bulge"} <= VOCABULARY.pain_free
    assert slug("Disc height loss") == "disc_height_loss"


def test_a_red_flag_tells_its_condition_apart() -> None:
    assert "saddle_anaesthesia" in VOCABULARY.discriminating["cauda_equina_syndrome"]
    assert "paraspinal_tenderness" not in VOCABULARY.discriminating["spinal_malignancy"]


def test_team_members_are_spelled_out() -> None:
    assert {"physical_therapist", "occupational_therapist", "physiatrist"} <= VOCABULARY.roles
    assert "none" not in VOCABULARY.roles


def test_scores_have_a_range_where_the_instrument_has_one() -> None:
    assert VOCABULARY.ranges["nrs_pain"] == (0, 10)
    assert "six_mwt" not in VOCABULARY.ranges
