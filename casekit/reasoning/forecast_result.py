"""A forecast and what it is made of, as a small object that can be read, scored, drawn and explained.

The same object comes from the model and from a course that a case gives itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import floor
from random import Random

from casekit.errors import InputError
from casekit.reasoning.clipped_normal import HIGH, ClippedNormal, clip, standard_cdf, standard_quantile

_EDGE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """Something that was given but has no effect here, with the reason in words."""

    kind: str
    id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One step from the baseline to the forecast.

    `kind` is baseline, course, modifier or treatment. `latent_points` is what it adds to the latent mean
    (0-100, negative is better); `weight` the share left after overlap, `value` what was weighted: the level's
    shift in SD of a modifier, the adherence of a treatment. `verification` and `origin` are the evidence's.
    """

    kind: str
    id: str
    latent_points: float
    detail: str = ""
    weight: float = 1.0
    value: float | None = None
    basis: str = ""
    verification: str = ""
    origin: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class WaterfallStep:
    """The mean outcome (0-100) before and after one contribution, in the order of the model."""

    contribution: Contribution
    before: float
    after: float

    @property
    def points(self) -> float:
        """Change of the mean; near 0 and 100 smaller than the latent points."""
        return self.after - self.before


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Distribution of one outcome of one patient at one week: a clipped normal on 0-100, lower is better.

    `m` and `s` are mean and SD of the latent normal. `mic`, `step` and `half_cell` belong to the instrument,
    in points of 0-100. `usual_care_mean` is step 1 of the model.
    """

    phase: str
    domain: str
    instrument: str
    baseline: float
    weeks: float
    m: float
    s: float
    mic: float
    step: float
    half_cell: float
    usual_care_mean: float
    care_setting: str = "usual"
    parts: tuple[Contribution, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def distribution(self) -> ClippedNormal:
        """The clipped normal itself."""
        return ClippedNormal(self.m, self.s)

    @cached_property
    def mean(self) -> float:
        """Mean outcome, 0 to 100."""
        return self.distribution.mean

    def quantile(self, p: float) -> float:
        """Quantile on 0-100. Raises InputError unless 0 < p < 1."""
        return self.distribution.quantile(p)

    @property
    def q10(self) -> float:
        """One patient in ten does better than this."""
        return self.quantile(0.1)

    @property
    def q50(self) -> float:
        """Median."""
        return self.quantile(0.5)

    @property
    def q90(self) -> float:
        """One patient in ten does worse than this."""
        return self.quantile(0.9)

    def cdf(self, x: float) -> float:
        """Probability of an (unrounded) outcome of at most x."""
        return self.distribution.cdf(x)

    @property
    def p_improved_30(self) -> float | None:
        """Probability of at least 30 % better than baseline; None for a baseline of 0."""
        if self.s == 0:
            return 0.0
        return self.cdf(0.7 * self.baseline) if self.baseline > 0 else None

    @property
    def p_mic(self) -> float:
        """Probability of improving by the minimal important change; 0 where there is no room for it."""
        return self._p_improved_by(self.mic)

    @property
    def p_10_points(self) -> float:
        """Probability of improving by ten points of 0-100, whatever the instrument."""
        return self._p_improved_by(10.0)

    def __str__(self) -> str:
        """The forecast as a clinician would read it, on 0-100, lower is better."""
        lines = [
            f"{self.domain.capitalize()} ({self.instrument}) after {self.weeks:g} weeks, from {self.baseline:g}: "
            f"middle {self.q50:.0f}, 8 of 10 between {self.q10:.0f} and {self.q90:.0f} (0 to 100, lower is better)"
        ]
        if self.p_improved_30 is not None:
            lines.append(
                f"  at least 30 % better: {self.p_improved_30:.0%}; more than the important change: {self.p_mic:.0%}"
            )
        for part in self.parts:
            level = f" [{part.verification}]" if part.verification else ""
            lines.append(f"  {part.latent_points:+6.1f}  {part.kind}: {part.detail or part.id}{level}")
        lines += [f"  ignored: {each.id}, {each.reason}" for each in self.ignored]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])

    def _p_improved_by(self, points: float) -> float:
        if self.s == 0 or self.baseline - points < -_EDGE:
            return 0.0
        return self.cdf(max(0.0, self.baseline - points))

    @property
    def p_worse_mic(self) -> float:
        """Probability of worsening by the minimal important change; 0 where there is no room for it."""
        if self.s == 0 or self.baseline + self.mic > HIGH + _EDGE:
            return 0.0
        return standard_cdf(-(self.baseline + self.mic - self.m) / self.s)

    @property
    def p_same(self) -> float:
        """Probability of neither improving nor worsening by the minimal important change."""
        return 1 - self.p_mic - self.p_worse_mic

    @property
    def p_zero(self) -> float:
        """Probability of complete recovery on the scale."""
        return self.cdf(0.0)

    def crps(self, y: float) -> float:
        """Continuous ranked probability score at y; smaller is better. Raises InputError off 0-100."""
        return self.distribution.crps(y)

    def outcome(self, z: float) -> float:
        """Unrounded outcome of a patient whose latent standard normal is z."""
        return clip(self.m + self.s * z)

    def recorded(self, y: float) -> float:
        """The outcome as the instrument records it, on 0-100: nearest step, halves up."""
        return recorded_value(y, self.step)

    def sample(self, seed: int) -> float:
        """One recorded outcome from a seed (a whole number from 0). The same seed gives the same outcome.

        For a whole trajectory use `casekit.reasoning.course`, where visits hang together.
        """
        return self.recorded(self.outcome(standard_draw(generator(seed))))

    @property
    def waterfall(self) -> tuple[WaterfallStep, ...]:
        """The parts on the scale of the mean: from the baseline to `mean` without a gap."""
        steps: list[WaterfallStep] = []
        latent, mean = 0.0, 0.0
        for part in self.parts:
            latent += part.latent_points
            after = self.baseline if part.kind == "baseline" else ClippedNormal(latent, self.s).mean
            steps.append(WaterfallStep(contribution=part, before=mean, after=after))
            mean = after
        return tuple(steps)


def recorded_value(y: float, step: float) -> float:
    """Round y to the instrument's step, halves up, on 0-100. Round once, last."""
    cells = round(HIGH / step)
    return floor(y * cells / HIGH + 0.5) * HIGH / cells


def generator(seed: int) -> Random:
    """Python's generator for a seed; its `random()` sequence is guaranteed across versions.

    Raises InputError unless the seed is a whole number from 0.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise InputError(f"A seed is a whole number from 0. You gave {seed!r}.")
    return Random(seed)  # noqa: S311  # reproducible draws, nothing secret


def standard_draw(source: Random) -> float:
    """A standard normal: the quantile of the next uniform number above 0."""
    uniform = source.random()
    while uniform <= 0:
        uniform = source.random()
    return standard_quantile(uniform)
