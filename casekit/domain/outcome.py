"""Evidence about outcomes: instruments, courses, prognostic factors, published models, the forecast model.

Instruments are typed in `instrument`, the model in `forecast_model`. Cohort tables stay as mappings: they
are shown and cited, never computed with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casekit.domain.forecast_model import ForecastModel
from casekit.domain.instrument import Instrument
from casekit.domain.vocabulary import Verification

Rows = tuple[Mapping[str, Any], ...]
"""Rows of a table as the evidence gives them; each carries its own source and verification."""


@dataclass(frozen=True, kw_only=True)
class Trajectories:
    """Published courses by kind of pain: pooled means, shares recovered, latent classes, trial arms."""

    pooled_means: Rows
    proportions: Rows
    radicular: Rows
    stenosis: Rows
    trial_arms: Rows
    latent_classes: Rows


@dataclass(frozen=True, kw_only=True)
class PublishedModels:
    """Prediction models of others: those that can be computed and those whose coefficients are missing."""

    rules: tuple[str, ...]
    rules_basis: str
    computable: Rows
    not_computable: Rows


@dataclass(frozen=True, kw_only=True)
class Variability:
    """How much patients differ: spread, prediction error, explained variance, responders."""

    between_patient_sd: Rows
    prediction_error: Rows
    r2_typical: Rows
    responders: Rows
    change_without_treatment: Rows
    distribution_shape: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class OpenData:
    """Individual-level data anyone may obtain; for checking, not for fitting."""

    what: str
    basis: str
    verification: Verification
    sets: Rows
    not_found: str


@dataclass(frozen=True, kw_only=True)
class ForecastScoring:
    """Definitions and test vectors of the scoring rules; every score is smaller-is-better."""

    verification: Verification
    references: tuple[str, ...]
    orientation: str
    conventions: Mapping[str, Any]
    crps: Mapping[str, Any]
    pinball: Mapping[str, Any]
    interval_score: Mapping[str, Any]
    wis: Mapping[str, Any]
    regret: Mapping[str, Any]
    brier: Mapping[str, Any]
    log_score: Mapping[str, Any]
    pit: Mapping[str, Any]
    coverage: Mapping[str, Any]
    skill: Mapping[str, Any]
    climatology: Mapping[str, Any]
    elicitation: Mapping[str, Any]
    fairness: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OutcomeEvidence:
    """Everything known about outcomes. `instruments` by id; `model_proposal` is the forecast model in use."""

    instruments: Mapping[str, Instrument]
    trajectories: Trajectories
    prognostic_factors: Mapping[str, Any]
    models: PublishedModels
    variability: Variability
    conversion: Rows
    open_data: OpenData
    model_proposal: ForecastModel
    forecast_scoring: ForecastScoring
