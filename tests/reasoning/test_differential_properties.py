"""Laws that hold for any set of findings, on the real evidence."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.content.evidence import load_evidence
from casekit.domain.findings import AbsentRule, Handling
from casekit.domain.vocabulary import Setting, State
from casekit.reasoning.alerts import fired_alerts, highest_urgency
from casekit.reasoning.differential import differential
from casekit.reasoning.weights import HIGHEST_RATIO, LOWEST_RATIO, Kind

EVIDENCE = load_evidence().diagnosis
PROPERTY = settings(derandomize=True, deadline=None, max_examples=150, database=None)
STATES = st.dictionaries(
    st.sampled_from(sorted(EVIDENCE.findings_by_id)),
    st.sampled_from([State.PRESENT, State.ABSENT]),
    max_size=60,
)
SETTINGS = st.sampled_from(list(Setting))
AGES = st.none() | st.integers(18, 95)
WEEKS = st.none() | st.floats(0, 200)
Known = dict[str, State]


def split(known: Known) -> tuple[list[str], list[str]]:
    present = [name for name, state in known.items() if state is State.PRESENT]
    return present, [name for name in known if name not in present]


@PROPERTY
@given(STATES, SETTINGS, AGES, WEEKS, st.booleans(), st.booleans())
def test_probabilities_lie_in_0_to_1_and_sum_to_1(
    known: Known, setting: Setting, age: int | None, weeks: float | None, cap: bool, opinion: bool
) -> None:
    present, absent = split(known)
    result = differential(
        EVIDENCE, present=present, absent=absent, setting=setting, age=age, sex="male",
        duration_weeks=weeks, cap=cap, opinion=opinion,
    )  # fmt: skip
    for table in (result.pretest, result.posttest):
        assert set(table) == set(EVIDENCE.hypotheses)
        assert all(0 <= p <= 1 for p in table.values())
        assert abs(sum(table.values()) - 1) < 1e-9


@PROPERTY
@given(STATES, SETTINGS, WEEKS, st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(
    known: Known, setting: Setting, weeks: float | None, order: random.Random
) -> None:
    present, absent = split(known)
    first = differential(EVIDENCE, present=present, absent=absent, setting=setting, duration_weeks=weeks)
    order.shuffle(present)
    order.shuffle(absent)
    second = differential(EVIDENCE, present=present, absent=absent, setting=setting, duration_weeks=weeks)
    assert first.posttest == second.posttest
    assert first.alerts == second.alerts


@PROPERTY
@given(STATES, SETTINGS, AGES)
def test_a_dependence_group_never_counts_more_than_it_may(
    known: Known, setting: Setting, age: int | None
) -> None:
    present, absent = split(known)
    result = differential(EVIDENCE, present=present, absent=absent, setting=setting, age=age)
    moving = {
        (step.finding, step.condition)
        for step in result.steps
        if step.status.moves and step.ratio not in (None, 1)
    }
    for group in EVIDENCE.dependence_groups:
        if group.handling is Handling.MULTIPLY_WITH_WARNING:
            continue
        places = 2 if group.handling is Handling.AT_MOST_TWO else 1
        members = {*group.findings, *group.replaced_by_cluster}
        for condition in EVIDENCE.hypotheses:
            if group.covers(condition):
                counted = {name for name in members if (name, condition) in moving}
                assert len(counted) <= places, (group.id, condition, counted)
                if group.absent_rule is AbsentRule.ONLY_IF_NONE_PRESENT and members & set(present):
                    assert counted <= set(present), (group.id, condition, counted)


@PROPERTY
@given(STATES, SETTINGS)
def test_absence_of_a_red_flag_never_lowers_urgency(known: Known, setting: Setting) -> None:
    present, absent = split(known)
    with_absent = differential(EVIDENCE, present=present, absent=absent, setting=setting)
    without = differential(EVIDENCE, present=present, setting=setting)
    assert with_absent.alerts == without.alerts
    assert with_absent.urgency is without.urgency


@PROPERTY
@given(STATES, st.sampled_from(sorted(EVIDENCE.findings_by_id)))
def test_one_more_present_finding_never_lowers_urgency(known: Known, more: str) -> None:
    present, _ = split(known)
    before = highest_urgency(fired_alerts(EVIDENCE, present))
    after = highest_urgency(fired_alerts(EVIDENCE, [*present, more]))
    assert after.rank <= before.rank


@PROPERTY
@given(STATES, SETTINGS, WEEKS)
def test_capped_ratios_stay_within_a_twentieth_and_twenty(
    known: Known, setting: Setting, weeks: float | None
) -> None:
    present, absent = split(known)
    result = differential(EVIDENCE, present=present, absent=absent, setting=setting, duration_weeks=weeks)
    for step in result.steps:
        if step.ratio is not None and step.kind is not Kind.RULE:
            assert LOWEST_RATIO <= step.ratio <= HIGHEST_RATIO


@PROPERTY
@given(STATES, SETTINGS)
def test_the_posttest_is_the_pretest_times_the_ratios_that_moved(known: Known, setting: Setting) -> None:
    present, absent = split(known)
    result = differential(EVIDENCE, present=present, absent=absent, setting=setting, opinion=False)
    weights = dict(result.pretest)
    for step in result.steps:
        if step.status.moves and step.ratio is not None:
            weights[step.condition] *= step.ratio
    total = sum(weights.values())
    for name, value in result.posttest.items():
        assert abs(value - weights[name] / total) < 1e-12


@PROPERTY
@given(STATES)
def test_a_defining_finding_keeps_its_floor_whatever_else_is_found(known: Known) -> None:
    known = {**known, "vesicular_rash": State.PRESENT}
    for defining in ("ct_ureteric_stone", "mri_epidural_abscess", "mri_cauda_equina_compression"):
        known[defining] = State.ABSENT
    present, absent = split(known)
    result = differential(EVIDENCE, present=present, absent=absent, setting="primary_care")
    assert result.posttest["herpes_zoster"] >= 0.9 - 1e-9


@PROPERTY
@given(STATES, SETTINGS)
def test_the_walk_ends_where_the_result_is(known: Known, setting: Setting) -> None:
    present, absent = split(known)
    result = differential(EVIDENCE, present=present, absent=absent, setting=setting)
    for condition in EVIDENCE.hypotheses:
        walk = result.walk(condition)
        last = walk[-1].probability if walk else result.pretest[condition]
        assert abs(last - result.posttest[condition]) < 1e-9
