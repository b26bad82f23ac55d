"""Everything diagnostic that casekit knows, as one object that can be looked up by id.

Nothing is computed here and no file is read. Two objects are equal only if they are the same one, so that
reasoning may remember what it prepared for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from casekit.domain.conditions import Condition, OtherHypothesis, Relation
from casekit.domain.findings import AlertRule, DependenceGroup, Finding
from casekit.domain.imaging import ImagingComparison, ImagingVariant, PainFreeImaging
from casekit.domain.likelihoods import LikelihoodRow, RowSelection, RuleOutLimit
from casekit.domain.priors import PriorGroup, PriorMultiplier, PriorTable
from casekit.domain.vocabulary import Setting, known


@dataclass(frozen=True, kw_only=True, eq=False)
class DiagnosisEvidence:
    """The diagnostic sections of the evidence. Field names are the names of the sections."""

    conditions: tuple[Condition, ...]
    other_hypothesis: OtherHypothesis
    prior_groups: tuple[PriorGroup, ...]
    priors: tuple[PriorTable, ...]
    prior_multipliers: tuple[PriorMultiplier, ...]
    findings: tuple[Finding, ...]
    likelihoods: tuple[LikelihoodRow, ...]
    row_selection: RowSelection
    rule_out_limits: tuple[RuleOutLimit, ...]
    dependence_groups: tuple[DependenceGroup, ...]
    alert_rules: tuple[AlertRule, ...]
    imaging_appropriateness: tuple[ImagingVariant, ...]
    asymptomatic_imaging_prevalence: PainFreeImaging
    symptomatic_versus_asymptomatic_imaging: ImagingComparison

    @cached_property
    def hypotheses(self) -> tuple[str, ...]:
        """Ids of all conditions in file order, then `other`: mutually exclusive and exhaustive."""
        return (*(condition.id for condition in self.conditions), self.other_hypothesis.id)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Hypothesis id to its name."""
        table = {condition.id: condition.name for condition in self.conditions}
        return {**table, self.other_hypothesis.id: self.other_hypothesis.name}

    @cached_property
    def findings_by_id(self) -> Mapping[str, Finding]:
        """Finding id to finding."""
        return {finding.id: finding for finding in self.findings}

    @cached_property
    def conditions_by_id(self) -> Mapping[str, Condition]:
        """Condition id to condition, without `other`."""
        return {condition.id: condition for condition in self.conditions}

    @cached_property
    def rows_by_pair(self) -> Mapping[tuple[str, str], tuple[LikelihoodRow, ...]]:
        """(finding id, condition id) to its measured rows, in file order."""
        table: dict[tuple[str, str], tuple[LikelihoodRow, ...]] = {}
        for row in self.likelihoods:
            pair = (row.finding, row.condition)
            table[pair] = (*table.get(pair, ()), row)
        return table

    @cached_property
    def relations_by_pair(self) -> Mapping[tuple[str, str], Relation]:
        """(finding id, hypothesis id) to the graded opinion."""
        holders: Iterable[Condition | OtherHypothesis] = (*self.conditions, self.other_hypothesis)
        return {(said.finding, holder.id): said for holder in holders for said in holder.relations}

    def finding(self, finding_id: str) -> Finding:
        """The finding of this id. Raises UnknownIdError with the nearest ids."""
        return self.findings_by_id[known(finding_id, self.findings_by_id, "finding")]

    def condition(self, condition_id: str) -> Condition:
        """The condition of this id (`other` is not one). Raises UnknownIdError with the nearest ids."""
        return self.conditions_by_id[known(condition_id, self.conditions_by_id, "condition")]

    def rows(self, finding: str, condition: str) -> tuple[LikelihoodRow, ...]:
        """Measured rows of this pair, in file order; empty if nothing was measured."""
        return self.rows_by_pair.get((finding, condition), ())

    def relation(self, finding: str, condition: str) -> Relation | None:
        """The graded opinion about this pair, or None."""
        return self.relations_by_pair.get((finding, condition))

    def prior_table(self, setting: str) -> PriorTable:
        """The starting table of a setting. Raises UnknownIdError if there is none."""
        tables = {table.setting: table for table in self.priors}
        return tables[Setting(known(setting, tables, "setting"))]

    def prior_group(self, group_id: str) -> PriorGroup:
        """The group of conditions of this id. Raises UnknownIdError if there is none."""
        groups = {group.id: group for group in self.prior_groups}
        return groups[known(group_id, groups, "group of conditions")]
