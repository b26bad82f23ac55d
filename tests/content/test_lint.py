"""Each lint rule is broken once, on purpose; the good case breaks none that matters."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from casekit.content.case_loader import read_case
from casekit.content.lint import ALL_CASE_RULES, ALL_KEY_RULES, check_case, lint
from casekit.content.lint_case import age_fits, phase_of
from casekit.content.problems import Problem, Severity
from casekit.domain.vocabulary import Phase
from tests.content.workshop import CASE_ID, GOOD, VOCABULARY, copy_of_good, edited

CASE, KEY = "case.yaml", "key.yaml"
POINTS = ", ".join(
    f"{{domain: {domain}, weeks: {week}, mean: 9, sd: 5, missed_mean: 40, missed_sd: 9}}"
    for domain in ("disability", "pain")
    for week in (2, 6, 12, 26, 52)
    if (domain, week) != ("disability", 52)
)
SECOND_FEATURE = (
    (GOOD / KEY).read_text(encoding="utf-8").partition("  - id: keep_moving")[2].partition("plan:\n  req")[0]
)
ALWAYS = "fact-count"  # the good case is small on purpose


class Row(NamedTuple):
    """What is changed in which file, the rule that notices, where, and words of the message."""

    rule: str
    file: str
    old: str
    new: str
    path: str
    said: str


ROWS = [
    Row(
        "folder-name",
        CASE,
        "id: a-sack-of-soil",
        "id: a-sack",
        "id",
        'found "a-sack"; expected "a-sack-of-soil"',
    ),
    Row("twice", CASE, "id: palpation", "id: leg_pain", "facts[5].id", 'the id "leg_pain" is taken already'),
    Row("twice", CASE, "team: [", "team: [physiatrist, ", "team[1]", '"physiatrist" is listed twice'),
    Row("phase", CASE, "onset_days: 2", "onset_days: 50", "phase", 'found "acute"; expected subacute'),
    Row(
        "finding-states",
        CASE,
        "findings: {saddle_anaesthesia: absent,",
        "findings: {saddle_anaesthesia: absent, sciatica_below_knee: present,",
        "facts[2]",
        '"sciatica_below_knee" is present here and absent in the fact "leg_pain"',
    ),
    Row(
        "truth",
        CASE,
        "\nattributes: [anticoagulant]",
        "\nattributes: []",
        "facts[4].attributes[0]",
        'reveals "anticoagulant"',
    ),
    Row("truth", CASE, "\ndrugs: [apixaban]", "\ndrugs: []", "facts[4].drugs[0]", 'reveals "apixaban"'),
    Row(
        "age",
        CASE,
        "\nattributes: [anticoagulant]",
        "\nattributes: [anticoagulant, age_ge_65]",
        "attributes[1]",
        "not true of a patient of 36",
    ),
    Row(
        "age", CASE, "{acute_lifting_onset: present}", "{age_ge_50: present}", "facts[0]", "cannot be present"
    ),
    Row("age-attribute", CASE, "age: 36", "age: 66", "attributes", 'a patient of 66 has "age_ge_65"'),
    Row(
        "goal",
        CASE,
        "[34, 26, 18, 10]",
        "[34, 26, 26, 10]",
        "goals[0].at_most",
        "expected four falling numbers",
    ),
    Row("goal", CASE, "fact: outlook", "fact: outlok", "goals[0].fact", 'found "outlok"'),
    Row("goal", CASE, "[odi, nrs_pain]}", "[nrs_pain]}", "goals[0].domain", "how disability will be"),
    Row("score-range", CASE, "score: 6", "score: 60", "measures[1].score", "found 60; expected 0 to 10"),
    Row(
        "forecast-measures",
        CASE,
        "measures: [odi, nrs_pain]",
        "measures: [odi, rmdq24]",
        "forecast.measures[1]",
        "found 0 baselines of rmdq24",
    ),
    Row(
        "forecast-measures",
        CASE,
        "weeks: [6, 12]",
        "weeks: [12, 6]",
        "forecast.weeks",
        "expected rising weeks",
    ),
    Row(
        "board-group",
        CASE,
        "idiopathic_axial]",
        "idiopathic_axial, lumbar_muscle_strain]",
        "hypotheses[3]",
        "no bedside test parts lumbar_muscle_strain",
    ),
    Row(
        "board-order",
        CASE,
        "[cauda_equina_syndrome, disc_herniation_radiculopathy,",
        "[disc_herniation_radiculopathy, cauda_equina_syndrome,",
        "hypotheses",
        "may give a hint",
    ),
    Row(
        "reply-or-result",
        CASE,
        "reply: It will pass.",
        "result: It will pass.",
        "facts[3].result",
        "the patient is speaking here",
    ),
    Row(
        "reply-or-result",
        CASE,
        "result: Sore on the left.",
        "reply: Sore on the left.",
        "facts[5].reply",
        "nobody is speaking here",
    ),
    Row("reviewed", CASE, "founders]}", "founders], state: reviewed}", "review.state", "reviewed by nobody"),
    Row("fact-count", CASE, "level: 2", "level: 3", "facts", "found 7 facts; expected 25 to 45"),
    Row("html-tag", CASE, "I cannot bend.", "I <b>cannot</b> bend.", "presentation", "has an HTML tag: <b>"),
    Row("html-tag", KEY, "A sack, a back", "A <script>sack", "debrief.text", "has an HTML tag: <script>"),
    Row("todo", CASE, "quote: I cannot", "quote: TODO I cannot", "quote", "is not finished: TODO"),
    Row("todo", KEY, "Movement is the treatment.", "FIXME", "key_features[1].why", "is not finished: FIXME"),
    Row("names-answer", CASE, "title: A sack of soil", "title: A muscle strain", "title", '"strain"'),
    Row(
        "names-answer",
        CASE,
        "ask: How will this go?",
        "ask: Is it a lumbar muscle strain?",
        "facts[3].ask",
        '"lumbar muscle strain"',
    ),
    Row("names-answer", CASE, "[Ask before you scan]", "[Treat strains]", "objectives[0]", '"strains"'),
    Row("same-id", KEY, "id: a-sack-of-soil", "id: another-sack", "id", 'found "another-sack"'),
    Row(
        "unknown-fact",
        KEY,
        "history: [leg_pain,",
        "history: [leg_pan,",
        "work_up.history[0]",
        'found "leg_pan"',
    ),
    Row(
        "unknown-fact",
        KEY,
        "examination: [palpation]",
        "examination: [saddle]",
        "work_up.examination[0]",
        'found "saddle", which is history; expected a fact that is examined',
    ),
    Row(
        "unknown-fact",
        KEY,
        "ruled_out_by: [saddle]",
        "ruled_out_by: [sadle]",
        "diagnosis.cannot_miss[0].ruled_out_by[0]",
        'found "sadle"',
    ),
    Row(
        "unknown-fact",
        KEY,
        "turning_fact: leg_pain",
        "turning_fact: leg",
        "debrief.turning_fact",
        'found "leg"',
    ),
    Row(
        "tests-meet",
        KEY,
        "tests: []",
        "tests: [mri_lumbar]",
        "work_up.unneeded_tests[0]",
        "both needed and not needed",
    ),
    Row(
        "plan-meets",
        KEY,
        "optional: [superficial_heat]",
        "optional: [bed_rest]",
        "plan.contraindicated.bed_rest",
        '"bed_rest" is contraindicated here and optional above',
    ),
    Row(
        "modifier-truth",
        KEY,
        "recovery_expectation: positive",
        "recovery_expectation: negative",
        "facts[3].modifiers.recovery_expectation",
        'expected "negative"',
    ),
    Row(
        "modifier-truth",
        KEY,
        "{recovery_expectation: positive, compensation",
        "{compensation",
        "facts[3].modifiers.recovery_expectation",
        "which prognosis.modifiers of key.yaml lacks",
    ),
    Row(
        "key-feature-count",
        KEY,
        "id: keep_moving",
        "id: saddle_question",
        "key_features[1].id",
        "taken already",
    ),
    Row(
        "key-feature-count",
        KEY,
        f"  - id: keep_moving{SECOND_FEATURE}",
        "",
        "key_features",
        "found 1 key features; expected 2 to 5",
    ),
    Row(
        "key-feature-shape",
        KEY,
        "[[stay_active], [advice_self_management]]",
        "[[stay_active], [stay_active]]",
        "key_features[1].accept",
        "stands in two groups",
    ),
    Row(
        "key-feature-shape",
        KEY,
        "harmful: [bed_rest]",
        "harmful: [stay_active]",
        "key_features[1].harmful",
        "accepted and harmful",
    ),
    Row(
        "key-feature-shape",
        KEY,
        "menu: [saddle,",
        "menu: [leg_pain,",
        "key_features[0].accept",
        '"saddle" is not on the menu',
    ),
    Row(
        "key-feature-shape",
        KEY,
        "limit: 3\n    why: The",
        "limit: 4\n    why: The",
        "key_features[0].limit",
        "take the whole menu",
    ),
    Row(
        "key-feature-shape",
        KEY,
        "limit: 3\n    why: Movement",
        "limit: 1\n    why: Movement",
        "key_features[1].limit",
        "1 answers cannot fill 2 groups",
    ),
    Row(
        "key-feature-menu",
        KEY,
        "superficial_heat, bed_rest]",
        "heat, bed_rest]",
        "key_features[1].menu[2]",
        'found "heat"; expected the id of a modality',
    ),
    Row(
        "key-feature-menu",
        KEY,
        "outlook, tablets]",
        "outlook, palpation]",
        "key_features[0].menu[3]",
        "expected a fact that is asked in the history",
    ),
    Row(
        "cannot-miss",
        CASE,
        "findings: {saddle_anaesthesia: absent, bladder_dysfunction: absent}",
        "findings: {fever: absent}",
        "diagnosis.cannot_miss[0]",
        "no fact can tell cauda_equina_syndrome from anything else",
    ),
    Row(
        "ruled-out-by",
        KEY,
        "ruled_out_by: [saddle]",
        "ruled_out_by: [outlook]",
        "diagnosis.cannot_miss[0].ruled_out_by[0]",
        "has no finding that bears on cauda_equina_syndrome",
    ),
    Row(
        "board",
        KEY,
        "must_include: [",
        "must_include: [spinal_infection, ",
        "hypotheses",
        "the board does not list spinal_infection",
    ),
    Row(
        "course", KEY, "phase: acute", "phase: chronic", "prognosis.phase", 'found "chronic"; expected acute'
    ),
    Row(
        "course",
        KEY,
        "adherence: 0.7",
        f"adherence: 0.7\n  own_course: {{reason: R, right_care: [[stay_active]], points: [{POINTS}]}}",
        "prognosis.own_course.points",
        "needs one point of disability at week 52",
    ),
    Row(
        "visit-facts",
        KEY,
        "examine: [palpation]",
        "examine: [mri_lumbar]",
        "expert[3].examine[0]",
        'found "mri_lumbar", which is imaging',
    ),
    Row(
        "estimate-sum",
        KEY,
        "idiopathic_axial: 0.9,",
        "idiopathic_axial: 0.8,",
        "expert[0].estimate",
        "found a sum of 0.9; expected 1",
    ),
    Row(
        "estimate-board",
        KEY,
        "idiopathic_axial: 0.9,",
        "idiopathic_axial: 0.9, renal_colic: 0,",
        "expert[0].estimate.renal_colic",
        "is not on the board",
    ),
    Row(
        "estimate-board",
        KEY,
        "idiopathic_axial: 0, other: 0}",
        "other: 0}",
        "decoy[0].estimate",
        "is left out",
    ),
    Row(
        "visit-goals",
        KEY,
        "{goal: whole_day, measure",
        "{goal: all_day, measure",
        "expert[9].set_goals[0].goal",
        'found "all_day"',
    ),
    Row(
        "visit-goals",
        KEY,
        "measure: odi, target",
        "measure: psfs, target",
        "expert[9].set_goals[0].measure",
        "expected a measure of case.yaml",
    ),
    Row(
        "plan-agent",
        KEY,
        "agent: paracetamol",
        "agent: ibuprofen",
        "expert[10].plan[2].agent",
        'found "ibuprofen"; expected an agent of paracetamol',
    ),
    Row("plan-agent", KEY, "agent: paracetamol, ", "", "expert[10].plan[2]", "names no drug"),
    Row(
        "visit-forecast",
        KEY,
        "6: [0, 15, 32]",
        "6: [0, 33, 32]",
        "expert[11].forecast.odi[6]",
        "found 0, 33, 32",
    ),
    Row(
        "visit-forecast",
        KEY,
        "12: [0, 11, 29]",
        "26: [0, 11, 29]",
        "expert[11].forecast.odi",
        "found 6, 26; expected the weeks 6, 12",
    ),
    Row(
        "visit-forecast",
        KEY,
        "      nrs_pain: {6: [2, 25, 48], 12: [0, 18, 43]}\n",
        "",
        "expert[11].forecast",
        "nrs_pain is not forecast",
    ),
    Row(
        "visit-order",
        KEY,
        "  - examine: [palpation]\n",
        "  - ask: [outlook]\n",
        "expert[3].ask",
        "belongs earlier",
    ),
    Row("visit-order", KEY, "  - order: []\n", "", "expert[5].estimate", '"order" is due before "estimate"'),
    Row(
        "visit-order",
        KEY,
        "follow_up: 6",
        "follow_up: 8",
        "expert[12].follow_up",
        "found week 8; expected week 6",
    ),
    Row(
        "visit-order",
        KEY,
        "  - ask: [leg_pain]\n  - close: true",
        "  - ask: [leg_pain]",
        "decoy[1]",
        "the visit is left open",
    ),
    Row(
        "visit-order",
        KEY,
        "  - represent: Two days of low back pain after a lift, no leg pain, saddle intact.\n",
        "",
        "expert[7].commit_diagnosis",
        '"represent" is due before the diagnosis',
    ),
    Row(
        "history-time",
        CASE,
        "history_minutes: 12",
        "history_minutes: 2",
        "expert",
        "found 3 minutes of questions; expected at most 2",
    ),
    Row(
        "expert-key",
        KEY,
        "urgency: routine, reason",
        "urgency: urgent, reason",
        "expert[8].commit_diagnosis.urgency",
        'found "urgent"; expected "routine", as keyed',
    ),
    Row(
        "expert-key",
        KEY,
        "{modality: stay_active, goal",
        "{modality: bed_rest, goal",
        "expert[10].plan[1]",
        "bed_rest is contraindicated by the key",
    ),
    Row(
        "expert-key",
        KEY,
        "required: [[advice_self_management],",
        "required: [[lumbar_corset],",
        "expert[10].plan",
        "lacks lumbar_corset, which is required",
    ),
    Row(
        "expert-answers",
        KEY,
        "ask: [leg_pain, saddle, tablets]",
        "ask: [leg_pain, tablets]",
        "key_features[0].accept",
        "the expert does not answer saddle",
    ),
    Row(
        "expert-answers",
        KEY,
        "limit: 3\n    why: The",
        "limit: 2\n    why: The",
        "key_features[0].limit",
        "the expert gives 3 answers of this menu",
    ),
]


def rules_of(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.rule for problem in problems}


def test_the_good_case_breaks_no_rule_but_size() -> None:
    assert rules_of(check_case(GOOD, VOCABULARY)) == {ALWAYS}


def test_every_rule_is_broken_once_in_the_table() -> None:
    every = {rule.id for rule in ALL_CASE_RULES} | {rule.id for rule in ALL_KEY_RULES}
    assert {row.rule for row in ROWS} == every


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{row.path}" for row in ROWS])
def test_a_broken_rule_is_told_at_its_place(row: Row, tmp_path: Path) -> None:
    problems = check_case(edited(tmp_path, row.file, (row.old, row.new)), VOCABULARY)
    told = [problem for problem in problems if problem.rule == row.rule and problem.path == row.path]
    assert [row.said in problem.sentence for problem in told] == [True], "\n".join(map(str, problems))
    assert told[0].line > 1 or row.path == "id"


def test_warnings_do_not_stop_a_case() -> None:
    loaded = read_case(GOOD, VOCABULARY)
    assert [problem.severity for problem in lint(loaded, VOCABULARY)] == [Severity.WARNING]


def test_a_case_without_key_is_told(tmp_path: Path) -> None:
    folder = copy_of_good(tmp_path)
    (folder / KEY).unlink()
    told = [problem for problem in check_case(folder, VOCABULARY) if problem.rule == "file-missing"]
    assert "there is no key.yaml" in told[0].message


def test_lint_leaves_an_unreadable_case_alone(tmp_path: Path) -> None:
    folder = edited(tmp_path, CASE, ("level: 2", "level: two"))
    assert rules_of(check_case(folder, VOCABULARY)) == {"wrong-type"}


def test_an_unreadable_key_leaves_the_rules_about_the_case(tmp_path: Path) -> None:
    folder = edited(tmp_path, KEY, ("adherence: 0.7", "adherence: 7"))
    assert rules_of(check_case(folder, VOCABULARY)) == {"out-of-range", ALWAYS}


@pytest.mark.parametrize(
    ("chances", "reachable", "why"),
    [
        ({"lumbar_muscle_strain": 0.5, "disc_herniation_radiculopathy": 0.3}, True, "the lead is first"),
        ({"lumbar_ligament_sprain": 0.2, "lumbar_muscle_strain": 0.2, "other": 0.3}, True, "its group is"),
        ({"lumbar_muscle_strain": 0.3, "disc_herniation_radiculopathy": 0.5}, False, "another is first"),
        ({"lumbar_muscle_strain": 0.3, "other": 0.5}, False, "something else is first"),
    ],
)  # fmt: skip
def test_the_facts_must_lead_to_the_key(chances: Mapping[str, float], reachable: bool, why: str) -> None:
    asked: dict[str, Any] = {}

    def posttest(**given: Any) -> Mapping[str, float]:
        asked.update(given)
        return chances

    told = [problem for problem in check_case(GOOD, VOCABULARY, posttest) if problem.rule == "lead-reachable"]
    assert (not told) is reachable, why
    assert asked["present"] == ["acute_lifting_onset", "paraspinal_tenderness", "mri_disc_degeneration"]
    assert asked["absent"] == ["sciatica_below_knee", "saddle_anaesthesia", "bladder_dysfunction"]
    assert asked["duration_weeks"] == 2 / 7


@pytest.mark.parametrize(
    ("days", "phase"),
    [(0, Phase.ACUTE), (41, Phase.ACUTE), (42, Phase.SUBACUTE), (83, Phase.SUBACUTE), (84, Phase.CHRONIC)],
)
def test_phases_change_at_six_and_twelve_weeks(days: int, phase: Phase) -> None:
    assert phase_of(days) is phase


@pytest.mark.parametrize(
    ("word", "age", "fits"),
    [
        ("age_ge_65", 65, True),
        ("age_gt_65", 65, False),
        ("age_lt_25", 24, True),
        ("age_lt_25", 25, False),
        ("anticoagulant", 65, None),
    ],
)
def test_ids_about_age_are_compared_with_the_patient(word: str, age: int, fits: bool | None) -> None:
    assert age_fits(word, age) is fits


def test_the_case_id_is_the_name_of_the_folder(tmp_path: Path) -> None:
    folder = copy_of_good(tmp_path).rename(tmp_path / "renamed")
    told = [problem for problem in check_case(folder, VOCABULARY) if problem.rule == "folder-name"]
    assert told[0].hint == f'Rename the folder to "{CASE_ID}", or the id.'
