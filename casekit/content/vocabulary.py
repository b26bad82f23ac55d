"""Every id a case may name, taken from the evidence, so that a misspelt one is noticed when a case is read.

Only sets of words and who goes with whom; nothing is computed. Team members are spelled out here because the
evidence abbreviates two of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from casekit.content.evidence import load_evidence
from casekit.domain.conditions import Grade
from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.evidence import Evidence
from casekit.domain.forecast_model import ForecastInstrument
from casekit.domain.outcome import OutcomeEvidence
from casekit.domain.vocabulary import OTHER

GROUP = "idiopathic_axial"
"""The one group of conditions that stands on a board as a single hypothesis."""
SPELLED_OUT_ROLES = frozenset({"physical_therapist", "occupational_therapist", "pharmacist"})
STRONG = (Grade.DEFINING, Grade.STRONG_FOR)
"""Opinions that point to a condition; weaker ones are given for almost every pair."""
_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The allowed ids by kind, and the few relations between them that lint needs.

    `members`: hypothesis to the conditions it stands for. `discriminating`: condition to the findings that
    have a measured row, a strong opinion or lead a red-flag rule for it. `ranges`: lowest and highest score.
    `domain_of`: forecast instrument to disability or pain.
    """

    conditions: frozenset[str]
    hypotheses: frozenset[str]
    estimated: frozenset[str]
    findings: frozenset[str]
    attributes: frozenset[str]
    drugs: frozenset[str]
    modalities: frozenset[str]
    agents: frozenset[str]
    instruments: frozenset[str]
    forecast_instruments: frozenset[str]
    modifiers: frozenset[str]
    variants: frozenset[str]
    procedures: frozenset[str]
    pain_free: frozenset[str]
    roles: frozenset[str]
    phases: frozenset[str]
    sources: frozenset[str]
    names: Mapping[str, str]
    members: Mapping[str, frozenset[str]]
    discriminating: Mapping[str, frozenset[str]]
    agents_of: Mapping[str, frozenset[str]]
    levels_of: Mapping[str, frozenset[str]]
    procedures_of: Mapping[str, frozenset[str]]
    ranges: Mapping[str, tuple[float, float]]
    domain_of: Mapping[str, str]


def slug(label: str) -> str:
    """A label as an id: "Disc height loss" becomes `disc_height_loss`."""
    return "_".join(_WORDS.findall(label.lower()))


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary of the evidence that comes with casekit; the same object at every call."""
    return vocabulary_of(load_evidence())


def vocabulary_of(evidence: Evidence) -> Vocabulary:
    """The vocabulary of some evidence."""
    diagnosis, treatment, outcome = evidence.diagnosis, evidence.treatment, evidence.outcome
    conditions = frozenset(condition.id for condition in diagnosis.conditions)
    variants = {row.id: frozenset(each.procedure for each in row.ratings)
                for row in diagnosis.imaging_appropriateness}  # fmt: skip
    modifiers = outcome.model_proposal.parameters.modifiers.table
    levels = {name: frozenset(row.levels) for name, row in modifiers.items()}
    domains = _domains(outcome)
    agents = {row.id: frozenset(agent.id for agent in row.agents) for row in treatment.modalities}
    aliases = {alias for source in evidence.sources for alias in source.aliases}
    return Vocabulary(
        conditions=conditions,
        hypotheses=conditions | {GROUP},
        estimated=conditions | {GROUP, OTHER},
        findings=frozenset(finding.id for finding in diagnosis.findings),
        attributes=frozenset(treatment.attribute_by_id),
        drugs=treatment.known_drugs,
        modalities=frozenset(treatment.modality_by_id),
        agents=frozenset(treatment.agent_modalities),
        instruments=frozenset(outcome.instruments),
        forecast_instruments=frozenset(domains),
        modifiers=frozenset(levels),
        variants=frozenset(variants),
        procedures=frozenset().union(*variants.values()),
        pain_free=_pain_free(diagnosis),
        roles=(frozenset(treatment.team_roles) | SPELLED_OUT_ROLES) - {"none"},
        phases=frozenset(outcome.model_proposal.phases),
        sources=frozenset(source.id for source in evidence.sources) | aliases,
        names=diagnosis.names,
        members=_members(diagnosis),
        discriminating=_discriminating(diagnosis),
        agents_of=agents,
        levels_of=levels,
        procedures_of=variants,
        ranges=_ranges(outcome),
        domain_of=domains,
    )


def _domains(outcome: OutcomeEvidence) -> dict[str, str]:
    table = outcome.model_proposal.instrument_table
    return {name: row.domain for name, row in table.items() if isinstance(row, ForecastInstrument)}


def _ranges(outcome: OutcomeEvidence) -> dict[str, tuple[float, float]]:
    return {name: row.range for name, row in outcome.instruments.items() if isinstance(row.range, tuple)}


def _pain_free(diagnosis: DiagnosisEvidence) -> frozenset[str]:
    rows = diagnosis.asymptomatic_imaging_prevalence.rows
    return frozenset({slug(row.label) for row in rows} | {row.finding for row in rows if row.finding})


def _members(diagnosis: DiagnosisEvidence) -> dict[str, frozenset[str]]:
    alone = {condition.id: frozenset({condition.id}) for condition in diagnosis.conditions}
    return {**alone, GROUP: frozenset(diagnosis.prior_group(GROUP).members)}


def _discriminating(diagnosis: DiagnosisEvidence) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {condition.id: set() for condition in diagnosis.conditions}
    for row in diagnosis.likelihoods:
        table[row.condition].add(row.finding)
    for condition in diagnosis.conditions:
        strong = (said.finding for said in condition.relations if said.grade in STRONG)
        table[condition.id].update(strong)
    for rule in diagnosis.alert_rules:
        for name in table.keys() & set(rule.conditions):
            table[name].update(rule.all or rule.any)
    return {name: frozenset(findings) for name, findings in table.items()}
