"""A dependence group never counts twice: every handling, every absent rule, clusters, overlapping groups."""

from __future__ import annotations

from itertools import permutations
from math import inf

import pytest

from casekit.domain.findings import AbsentRule, DependenceGroup, Handling
from casekit.domain.vocabulary import State
from casekit.reasoning.dependence import Group, settle
from casekit.reasoning.weights import Kind, Weight, size_of


def group(
    handling: Handling,
    findings: str = "a b c",
    absent_rule: AbsentRule | None = None,
    clusters: str = "",
    name: str = "g",
) -> Group:
    rule = DependenceGroup(
        id=name, conditions=("*",), findings=tuple(findings.split()), reason="One story.",
        handling=handling, absent_rule=absent_rule, replaced_by_cluster=tuple(clusters.split()),
    )  # fmt: skip
    members = tuple(dict.fromkeys((*rule.findings, *rule.replaced_by_cluster)))
    return Group(rule=rule, members=members, clusters=frozenset(rule.replaced_by_cluster))


def weight(finding: str, ratio: float, *, kind: Kind = Kind.MEASURED, accuracy: float = 0.0) -> Weight:
    """`+a` is a present, `-a` absent."""
    state = State.ABSENT if finding.startswith("-") else State.PRESENT
    return Weight(
        finding=finding[1:], condition="x", state=state, ratio=ratio, raw=ratio, kind=kind,
        size=size_of(ratio), accuracy=accuracy,
    )  # fmt: skip


def counted(groups: Group | tuple[Group, ...], *weights: Weight, also_present: str = "") -> str:
    """Findings that count, in the alphabet; the same for every order in which they were found."""
    present = frozenset({w.finding for w in weights if w.present} | set(also_present.split()))
    several = groups if isinstance(groups, tuple) else (groups,)
    answers = set()
    for order in permutations(weights):
        displaced = settle(several, {w.finding: w for w in order}, present)
        answers.add(" ".join(sorted(w.finding for w in weights if w.finding not in displaced)))
    assert len(answers) == 1
    return answers.pop()


ONE = Handling.MOST_INFORMATIVE_ONE
EACH = Handling.MOST_INFORMATIVE_ONE_PER_CONDITION
TWO = Handling.AT_MOST_TWO
NONE_PRESENT = AbsentRule.ONLY_IF_NONE_PRESENT
AFTER = AbsentRule.AFTER_PRESENT


@pytest.mark.parametrize("handling", [ONE, EACH])
def test_only_the_finding_that_moves_the_odds_most_counts(handling: Handling) -> None:
    assert counted(group(handling), weight("+a", 2), weight("+b", 5), weight("+c", 3)) == "b"


def test_a_ratio_below_one_is_ranked_by_its_size() -> None:
    assert counted(group(ONE), weight("+a", 4), weight("+b", 0.2)) == "b"  # 1/0.2 = 5


def test_the_one_that_counts_is_named_with_the_group() -> None:
    lost = settle((group(ONE),), {"a": weight("+a", 2), "b": weight("+b", 5)}, frozenset("ab"))
    assert set(lost) == {"a"}
    assert (lost["a"].by, lost["a"].group.id, lost["a"].ignored) == ("b", "g", False)


def test_of_equal_sizes_the_measured_one_is_shown() -> None:
    assert counted(group(ONE), weight("+a", 5, kind=Kind.OPINION), weight("+b", 5)) == "b"
    assert counted(group(ONE), weight("+a", 5), weight("+b", 5)) == "a"  # both measured: the id first


def test_without_an_absent_rule_absent_and_present_are_ranked_together() -> None:
    assert counted(group(ONE), weight("+a", 2), weight("-b", 0.1)) == "b"


def test_at_most_two_takes_the_two_largest() -> None:
    assert counted(group(TWO), weight("+a", 2), weight("+b", 5), weight("+c", 3)) == "b c"


def test_at_most_two_never_gives_the_place_of_a_present_finding_to_an_absent_one() -> None:
    assert counted(group(TWO), weight("+a", 2), weight("+b", 3), weight("-c", 0.05)) == "a b"


def test_a_present_red_flag_sets_every_absent_one_aside() -> None:
    flags = group(TWO, absent_rule=NONE_PRESENT)
    assert counted(flags, weight("+a", 2), weight("-b", 0.05), weight("-c", 0.1)) == "a"


def test_a_present_red_flag_that_says_nothing_here_still_sets_absent_ones_aside() -> None:
    flags = group(TWO, absent_rule=NONE_PRESENT)
    assert counted(flags, weight("-b", 0.05), also_present="a") == ""


def test_of_absent_red_flags_at_most_one_counts_the_largest() -> None:
    flags = group(TWO, absent_rule=NONE_PRESENT)
    assert counted(flags, weight("-a", 0.5), weight("-b", 0.2), weight("-c", 0.3)) == "b"


def test_absent_red_flags_set_aside_are_marked_as_ignored_not_as_counted() -> None:
    lost = settle(
        (group(ONE, absent_rule=NONE_PRESENT),),
        {"a": weight("+a", 2), "b": weight("-b", 0.1)},
        frozenset("a"),
    )
    assert (lost["b"].by, lost["b"].ignored) == ("a", True)


def test_after_present_an_absent_finding_may_use_the_place_that_is_left() -> None:
    assert (
        counted(group(TWO, absent_rule=AFTER), weight("+a", 2), weight("-b", 0.5), weight("-c", 0.2)) == "a c"
    )
    assert counted(group(ONE, absent_rule=AFTER), weight("+a", 1.5), weight("-b", 0.1)) == "a"
    assert counted(group(ONE, absent_rule=AFTER), weight("-a", 0.5), weight("-b", 0.1)) == "b"


CLUSTERED = [Handling.CLUSTER_ONLY, Handling.CLUSTER_OR_BEST_SINGLE, Handling.COMPOSITE_ONLY, ONE, TWO]


@pytest.mark.parametrize("handling", CLUSTERED)
def test_a_present_cluster_replaces_its_parts_however_strong(handling: Handling) -> None:
    parts = group(handling, clusters="k")
    assert counted(parts, weight("+a", 9), weight("-b", 0.1), weight("+k", 2)) == "k"


@pytest.mark.parametrize("handling", CLUSTERED)
def test_an_absent_cluster_replaces_absent_parts(handling: Handling) -> None:
    assert counted(group(handling, clusters="k"), weight("-a", 0.1), weight("-k", 0.5)) == "k"


@pytest.mark.parametrize("handling", CLUSTERED)
def test_an_absent_cluster_never_replaces_a_present_part(handling: Handling) -> None:
    parts = group(handling, clusters="k")
    assert counted(parts, weight("+a", 2), weight("-b", 0.1), weight("-k", 0.05)) == "a"


@pytest.mark.parametrize("handling", CLUSTERED[:4])
def test_without_a_cluster_the_best_part_counts(handling: Handling) -> None:
    assert counted(group(handling, clusters="k"), weight("+a", 2), weight("+b", 3)) == "b"


def test_of_two_present_clusters_one_counts() -> None:
    assert counted(group(Handling.CLUSTER_ONLY, clusters="k m"), weight("+k", 2), weight("+m", 7)) == "m"
    assert counted(group(Handling.USE_ONE_CLUSTER_ONLY), weight("+a", 4), weight("+b", 3)) == "a"


def test_an_absent_cluster_never_replaces_a_present_one() -> None:
    assert counted(group(Handling.USE_ONE_CLUSTER_ONLY), weight("+a", 2), weight("-b", 0.05)) == "a"


def test_the_most_accurate_test_replaces_the_others_whatever_it_showed() -> None:
    # a hand finds a mass (12), the scan shows none (0.09): the scan is the better test
    tests = group(Handling.BEST_TEST_ONLY)
    hand, scan = weight("+a", 12, accuracy=2.8), weight("-b", 0.09, accuracy=5.1)
    assert hand.size > scan.size
    assert counted(tests, hand, scan) == "b"


def test_a_group_that_is_multiplied_keeps_all() -> None:
    assert (
        counted(group(Handling.MULTIPLY_WITH_WARNING), weight("+a", 2), weight("+b", 3), weight("-c", 0.5))
        == "a b c"
    )


def test_a_ratio_of_one_takes_no_place() -> None:
    assert counted(group(ONE), weight("-a", 1.0), weight("+b", 1.1)) == "a b"  # 1.0 changes nothing anyway


def test_a_ratio_of_zero_without_the_cap_outranks_everything() -> None:
    assert size_of(0) == inf
    assert counted(group(ONE), weight("-a", 0.0), weight("+b", 200)) == "a"


def test_a_finding_in_two_groups_gives_up_its_place_in_one_if_it_loses_in_the_other() -> None:
    nerves, balance = group(ONE, "a b", name="nerves"), group(ONE, "b c", name="balance")
    # b loses to a among the nerves, so c is not already counted by b
    assert counted((nerves, balance), weight("+a", 9), weight("+b", 5), weight("+c", 2)) == "a c"
    assert counted((balance, nerves), weight("+a", 9), weight("+b", 5), weight("+c", 2)) == "a c"
    assert counted((nerves, balance), weight("+a", 2), weight("+b", 5), weight("+c", 3)) == "b"
    assert counted((nerves, balance), weight("+a", 2), weight("+b", 5), weight("+c", 9)) == "a c"
