"""The simulated course of one patient: latent normals that hang together over visits and domains.

Ten standard normals are drawn per patient, two for each horizon of the model. Another plan for the same
patient keeps them and changes the forecast only, so that "what would have happened" is a fair comparison.
Source: `across_time_rule` of the model, basis expert.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from math import log1p, sqrt

from casekit.domain.outcome import OutcomeEvidence
from casekit.reasoning.forecast_inputs import DOMAINS, require_known
from casekit.reasoning.forecast_result import Forecast, generator, standard_draw

VISIT_CORRELATION = 0.7
"""Latent correlation between neighbouring horizons, whatever their distance (basis expert)."""


@dataclass(frozen=True, kw_only=True)
class LatentPath:
    """Latent standard normals of one patient at the horizons of the model, per domain."""

    weeks: tuple[float, ...]
    disability: tuple[float, ...]
    pain: tuple[float, ...]

    def z(self, domain: str, weeks: float) -> float:
        """Latent normal at any week, variance 1. Raises UnknownIdError for another domain."""
        require_known(domain, DOMAINS, "domain")
        values = self.pain if domain == "pain" else self.disability
        if weeks <= self.weeks[0]:
            return values[0]
        for (start, first), (end, second) in pairwise(zip(self.weeks, values, strict=True)):
            if weeks <= end:
                share = (log1p(weeks) - log1p(start)) / (log1p(end) - log1p(start))
                return _between(first, second, share)
        return values[-1]


def _between(first: float, second: float, share: float) -> float:
    """Mix two correlated normals and keep variance 1."""
    rest = 1 - share
    variance = rest * rest + share * share + 2 * VISIT_CORRELATION * share * rest
    return (rest * first + share * second) / sqrt(variance)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What happened at one visit: the latent normal, the outcome on 0-100, and the value recorded."""

    domain: str
    instrument: str
    weeks: float
    z: float
    y: float
    recorded: float


def case_seed(case_id: str, case_version: str, variant: str | int) -> int:
    """Seed of one variant of one case: first 8 bytes of SHA-256 of 'id/version/variant', big-endian."""
    text = f"{case_id}/{case_version}/{variant}"
    return int.from_bytes(sha256(text.encode("utf-8")).digest()[:8], "big")


def draw_path(evidence: OutcomeEvidence, seed: int) -> LatentPath:
    """Draw the latent path of a patient. The same seed gives the same patient on any machine.

    Raises InputError unless the seed is a whole number from 0.
    """
    source, model = generator(seed), evidence.model_proposal
    draws = [standard_draw(source) for _ in range(2 * len(model.horizons_weeks))]
    shared = model.pain_disability_correlation.value
    own = sqrt(1 - shared * shared)
    disability = draws[0::2]
    pain = [shared * a + own * b for a, b in zip(disability, draws[1::2], strict=True)]
    return LatentPath(weeks=model.horizons_weeks, disability=_linked(disability), pain=_linked(pain))


def _linked(innovations: Sequence[float]) -> tuple[float, ...]:
    """Autoregression of lag one that keeps variance 1."""
    values = [innovations[0]]
    fresh = sqrt(1 - VISIT_CORRELATION * VISIT_CORRELATION)
    for innovation in innovations[1:]:
        values.append(VISIT_CORRELATION * values[-1] + fresh * innovation)
    return tuple(values)


def outcome_at(forecast: Forecast, path: LatentPath) -> Outcome:
    """What happens to this patient under this forecast, at its week and in its domain.

    With another plan's forecast and the same path it is the counterfactual; more effect is never worse.
    """
    z = path.z(forecast.domain, forecast.weeks)
    y = forecast.outcome(z)
    return Outcome(
        domain=forecast.domain,
        instrument=forecast.instrument,
        weeks=forecast.weeks,
        z=z,
        y=y,
        recorded=forecast.recorded(y),
    )


def course(
    path: LatentPath, weeks: Sequence[float], forecast_at: Callable[[float], Forecast]
) -> tuple[Outcome, ...]:
    """The outcomes at several weeks; `forecast_at` gives the forecast of one week under the plan in force."""
    return tuple(outcome_at(forecast_at(week), path) for week in weeks)
