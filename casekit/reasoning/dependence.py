"""Which findings of a dependence group count for a condition; the rest are already counted.

The simple case: of several findings that report one thing, only the one that moves the odds most counts.
Complications, in this order: in a red-flag group an absent finding never counts beside a present one; a
summary item (cluster) stands for its parts, except that an absent one never replaces a present part; some
groups have two places; a finding may sit in two groups. Source: `dependence_handling` and `absent_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.findings import AbsentRule, DependenceGroup, Handling
from casekit.reasoning.weights import Kind, Weight


@dataclass(frozen=True, kw_only=True)
class Displaced:
    """Why a finding does not count: another one of its group does. `ignored`: an absent rule set it aside."""

    by: str
    group: DependenceGroup
    ignored: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Group:
    """A dependence group with its members ready for use."""

    rule: DependenceGroup
    members: tuple[str, ...]
    clusters: frozenset[str]


@lru_cache(maxsize=8)
def groups_for(evidence: DiagnosisEvidence) -> Mapping[str, tuple[Group, ...]]:
    """Hypothesis id to the groups that hold for it, in file order."""
    groups = [
        Group(
            rule=rule,
            members=tuple(dict.fromkeys((*rule.findings, *rule.replaced_by_cluster))),
            clusters=frozenset(rule.replaced_by_cluster),
        )
        for rule in evidence.dependence_groups
    ]
    return {name: tuple(g for g in groups if g.rule.covers(name)) for name in evidence.hypotheses}


def settle(
    groups: Iterable[Group], weights: Mapping[str, Weight], present: frozenset[str]
) -> dict[str, Displaced]:
    """The findings that do not count for one condition, and why. What is not named here counts.

    `weights`: what each known finding says about the condition. `present`: every present finding, also those
    that say nothing here. The result does not depend on the order of the findings.
    """
    speaking = {name: weight for name, weight in weights.items() if weight.size}
    busy = [(group, [speaking[f] for f in group.members if f in speaking]) for group in groups]
    busy = [(group, members) for group, members in busy if members]
    verdicts = [_verdict(group, members, present) for group, members in busy]
    while conflict := _conflict(busy, verdicts):
        index, loser = conflict
        group, members = busy[index]
        busy[index] = (group, [weight for weight in members if weight.finding != loser])
        verdicts[index] = _verdict(group, busy[index][1], present)
    displaced: dict[str, Displaced] = {}
    for verdict in verdicts:
        for name, reason in verdict.items():
            displaced.setdefault(name, reason)
    return displaced


Verdict = dict[str, Displaced]
Busy = list[tuple[Group, list[Weight]]]


def _conflict(busy: Busy, verdicts: list[Verdict]) -> tuple[int, str] | None:
    """A finding that holds a place in one group and has lost it in another: the place must be given up."""
    lost = {name for verdict in verdicts for name in verdict}
    for index, (_, members) in enumerate(busy):
        for weight in members if lost else ():
            if weight.finding in lost and weight.finding not in verdicts[index]:
                return index, weight.finding
    return None


def _rank(weight: Weight) -> tuple[float, bool, bool, str]:
    """Largest effect first; among equals the measured, then the present, then by id."""
    return (-round(weight.size, 12), weight.kind is not Kind.MEASURED, not weight.present, weight.finding)


def _verdict(group: Group, members: list[Weight], present: frozenset[str]) -> Verdict:
    """Who of these members of one group loses, to whom."""
    if group.rule.absent_rule is AbsentRule.ONLY_IF_NONE_PRESENT:
        flags = [name for name in group.members if name in present]
        if flags:
            return _present_only(group, members, flags)
    clusters = [weight for weight in members if weight.finding in group.clusters]
    if clusters:
        return _with_clusters(group, members, clusters)
    return _by_handling(group, members)


def _present_only(group: Group, members: list[Weight], flags: list[str]) -> Verdict:
    """A present finding sets all absent ones of its red-flag group aside."""
    known = [weight for weight in members if weight.present]
    by = min(known, key=_rank).finding if known else flags[0]
    absent = {w.finding: Displaced(by=by, group=group.rule, ignored=True) for w in members if not w.present}
    clusters = [weight for weight in known if weight.finding in group.clusters]
    inner = _with_clusters(group, known, clusters) if clusters else _by_handling(group, known)
    return {**absent, **inner}


def _with_clusters(group: Group, members: list[Weight], clusters: list[Weight]) -> Verdict:
    """One cluster stands for all; an absent one only for absent parts, so that a present part stands."""
    present_clusters = [weight for weight in clusters if weight.present]
    if present_clusters:
        return _all_but(group, members, [min(present_clusters, key=_rank)])
    present_parts = [weight for weight in members if weight.present]
    if not present_parts:
        return _all_but(group, members, [min(clusters, key=_rank)])
    lost_to = _by_handling(group, present_parts)
    winner = min((weight for weight in present_parts if weight.finding not in lost_to), key=_rank)
    rest = {
        weight.finding: Displaced(by=winner.finding, group=group.rule, ignored=True)
        for weight in members
        if not weight.present
    }
    return {**lost_to, **rest}


def _by_handling(group: Group, members: list[Weight]) -> Verdict:
    rule = group.rule
    if rule.handling is Handling.MULTIPLY_WITH_WARNING or not members:
        return {}
    if rule.handling is Handling.BEST_TEST_ONLY:
        best = min(members, key=lambda weight: (-round(weight.accuracy, 12), *_rank(weight)))
        return _all_but(group, members, [best])
    places = 2 if rule.handling is Handling.AT_MOST_TWO else 1
    none_present = not any(weight.present for weight in members)
    if none_present and rule.absent_rule is AbsentRule.ONLY_IF_NONE_PRESENT:
        places = 1
    ranked = sorted(members, key=_rank)
    if _present_first(rule):
        ranked.sort(key=lambda weight: not weight.present)
    return _all_but(group, members, ranked[:places])


def _present_first(rule: DependenceGroup) -> bool:
    return rule.absent_rule is AbsentRule.AFTER_PRESENT or rule.handling in (
        Handling.AT_MOST_TWO,
        Handling.USE_ONE_CLUSTER_ONLY,
    )


def _all_but(group: Group, members: list[Weight], winners: list[Weight]) -> Verdict:
    by = winners[0].finding
    kept = {weight.finding for weight in winners}
    return {w.finding: Displaced(by=by, group=group.rule) for w in members if w.finding not in kept}
