"""The dose of one entry: refused, questioned or ineffective, against the drug's limits for this patient.

Above the ceiling that applies: refused, which forbids. Above the usual ceiling, a single dose or a session
limit: questioned. Below the smallest single dose: ineffective. Over the longest course: refused unless the
entry says how it is reviewed. Treatments other than drugs: outside the usual range is questioned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from casekit.domain.modalities import Agent, Modality
from casekit.domain.vocabulary import Verification
from casekit.reasoning.plan_dose_entry import DoseAsked, unit_factor
from casekit.reasoning.plan_dose_limits import Limit, ceiling, limits_for
from casekit.reasoning.plan_entries import PlanEntry
from casekit.reasoning.plan_verdict import Consequence, Reason, RuleKind, readable

REFUSED, QUESTIONED, INEFFECTIVE, ADJUSTED = "refused", "questioned", "ineffective", "adjusted"
INTERVAL_TOLERANCE = 0.98
"""A yearly dose written as 1 in 52 weeks is 364 days apart and still yearly."""


@dataclass(frozen=True, kw_only=True)
class DrugCourse:
    """A drug entry whose dose is known in the unit of the agent; what is not stated is None."""

    entry: PlanEntry
    agent: Agent
    asked: DoseAsked
    limits: tuple[Limit, ...]
    in_emergency: bool
    single: float | None

    @property
    def per_day(self) -> float | None:
        """The amount on a day of treatment; one dose and one site unless more are stated."""
        if self.single is None:
            return None
        return self.single * (self.asked.get("times_per_day") or 1) * (self.asked.get("sites") or 1)

    def reason(self, severity: str, text: str, action: str, **changes: Any) -> Reason:
        """A dose reason with the sources of this drug."""
        verification = changes.pop("verification", self.agent.verification)
        return _reason(self.entry.modality, verification, severity, text, action, **changes)


def dose_reasons(
    entry: PlanEntry, attributes: Collection[str], *, in_emergency: bool = False
) -> list[Reason]:
    """Everything that can be said on the dose of this entry, worst first.

    `in_emergency` says that an emergency allows the treatment: a drug not advised in back pain then is.
    """
    if entry.agent is None:
        return list(_range_reasons(entry)) if not entry.modality.agents else []
    factor = unit_factor(entry.dose.unit, entry.agent.unit) if entry.dose.amount is not None else None
    course = DrugCourse(
        entry=entry,
        agent=entry.agent,
        asked=entry.dose,
        limits=tuple(limits_for(entry.agent, attributes)),
        in_emergency=in_emergency,
        single=None if factor is None or entry.dose.amount is None else entry.dose.amount * factor,
    )
    checks = (_amount, _single_dose, _frequency, _interval, _duration, _course_total, _injection, _patient)
    found = [reason for check in checks for reason in check(course)]
    return sorted(found, key=lambda reason: list(Consequence).index(reason.consequence))


def _amount(course: DrugCourse) -> Iterator[Reason]:
    if course.per_day is None:
        return
    limit, whose = ceiling(course.agent, course.limits)
    unit = readable_unit(course.agent.unit)
    usual = course.agent.usual_max_per_day
    if course.per_day > limit:
        text = f"{course.per_day:g} {unit} a day is above the ceiling of {limit:g} {unit} ({whose})."
        yield course.reason(
            REFUSED, text, f"At most {limit:g} {unit} a day.", consequence=Consequence.FORBIDS
        )
    elif usual is not None and course.per_day > usual:
        text = f"{course.per_day:g} {unit} a day is above the usual {usual:g} {unit}."
        yield course.reason(QUESTIONED, text, f"Give a reason, or stay at {usual:g} {unit} a day.")


def _single_dose(course: DrugCourse) -> Iterator[Reason]:
    agent, single, unit = course.agent, course.single, readable_unit(course.agent.unit)
    if single is None:
        return
    per = "site" if agent.sites_max else "dose"
    if single < agent.dose_min:
        text = f"{single:g} {unit} a {per} is below {agent.dose_min:g} {unit}: ineffective."
        yield course.reason(INEFFECTIVE, text, f"At least {agent.dose_min:g} {unit} a {per}.")
    elif single > agent.dose_max:
        text = f"{single:g} {unit} is above the largest single dose of {agent.dose_max:g} {unit} a {per}."
        yield course.reason(QUESTIONED, text, f"At most {agent.dose_max:g} {unit} a {per}.")


def _frequency(course: DrugCourse) -> Iterator[Reason]:
    times, most = course.asked.get("times_per_day"), course.agent.times_per_day
    if times is not None and times > most:
        yield course.reason(
            QUESTIONED,
            f"{times:g} times a day is more often than {most:g}.",
            f"At most {most:g} times a day.",
        )
    elif times is None and course.single is not None and most > 1:
        yield course.reason(
            QUESTIONED,
            "How often a day is not stated; one dose was counted.",
            f"Say how often: at most {most:g} times a day.",
        )


def _interval(course: DrugCourse) -> Iterator[Reason]:
    wanted, asked = course.agent.interval_days, course.asked.interval_days
    least = course.agent.min_interval_days
    if wanted is not None and asked is None and course.single is not None:
        text = f"This is given every {wanted:g} days, not daily; the interval is not stated."
        yield course.reason(QUESTIONED, text, f"Say the interval: every {wanted:g} days.")
    elif wanted is not None and asked is not None and asked < wanted * INTERVAL_TOLERANCE:
        text = f"Every {asked:g} days is more often than every {wanted:g} days."
        yield course.reason(REFUSED, text, f"Once in {wanted:g} days.", consequence=Consequence.FORBIDS)
    elif least is not None and asked is not None and asked < least * INTERVAL_TOLERANCE:
        text = f"Every {asked:g} days is sooner than {least:g} days after the last injection."
        yield course.reason(QUESTIONED, text, f"Wait at least {least:g} days.")


def _duration(course: DrugCourse) -> Iterator[Reason]:
    days, most, review = course.asked.days, course.agent.max_days, course.agent.review_days
    if most == 0 and course.in_emergency:
        return
    if most == 0:
        yield course.reason(
            REFUSED,
            "Not advised at all, for any number of days.",
            "Choose another treatment.",
            consequence=Consequence.ADVISES_AGAINST,
        )
    elif most is None and days is not None and review is not None and days > review:
        yield course.reason(QUESTIONED, f"{days:g} days without a review.", f"Review every {review:g} days.")
    elif most is not None and days is not None and days > most:
        text = f"{days:g} days is longer than one course of {most:g} days."
        is_reviewed = course.entry.says("stop_rule")
        yield course.reason(
            QUESTIONED if is_reviewed else REFUSED,
            text,
            f"At most {most:g} days, then review; say when to stop.",
            consequence=Consequence.NONE if is_reviewed else Consequence.FORBIDS,
        )


def _course_total(course: DrugCourse) -> Iterator[Reason]:
    most, days, per_day = course.agent.max_per_course, course.asked.days, course.per_day
    if most is None or days is None or per_day is None or per_day * days <= most:
        return
    unit = readable_unit(course.agent.unit)
    text = f"{per_day * days:g} {unit} in all is more than {most:g} {unit} a course."
    yield course.reason(QUESTIONED, text, f"At most {most:g} {unit} in all: step down.")


def _injection(course: DrugCourse) -> Iterator[Reason]:
    for quantity, most, word in (
        ("sites", course.agent.sites_max, "sites a session"),
        ("volume_ml", course.agent.volume_ml_max, "mL a site"),
    ):
        asked = course.asked.get(quantity)
        if most is not None and asked is not None and asked > most:
            yield course.reason(
                QUESTIONED, f"{asked:g} is more than {most:g} {word}.", f"At most {most:g} {word}."
            )


def _patient(course: DrugCourse) -> Iterator[Reason]:
    for limit in course.limits:
        if limit.forbids:
            consequence = Consequence.FORBIDS
        else:
            consequence = Consequence.LOWERS if limit.advises_against else Consequence.NONE
        doubt = "" if limit.is_certain else " Find out whether this patient is one."
        most = (
            "" if limit.max_per_day is None else f", at most {limit.max_per_day:g} {course.agent.unit} a day"
        )
        yield course.reason(
            ADJUSTED,
            f"{course.agent.id} with {limit.why}: {readable(limit.action).lower()}{most}.{doubt}",
            f"{readable(limit.action)}{most} ({limit.why}).{doubt}",
            consequence=consequence,
            verification=limit.verification,
        )


def _range_reasons(entry: PlanEntry) -> Iterator[Reason]:
    ranges = entry.modality.dose_ranges
    verification = Verification(ranges.get("verification", entry.modality.dose_verification))
    for quantity, (low, high) in entry.modality.ranges.items():
        asked = entry.dose.days if quantity == "days" else entry.dose.get(quantity)
        if asked is None or low <= asked <= high:
            continue
        word, side = quantity.replace("_", " "), "below" if asked < low else "above"
        text = f"{asked:g} {word} is {side} the usual {low:g} to {high:g}."
        yield _reason(entry.modality, verification, QUESTIONED, text, f"{low:g} to {high:g} {word}.")


def _reason(
    modality: Modality, verification: Verification, severity: str, text: str, action: str, **changes: Any
) -> Reason:
    given: dict[str, Any] = {
        "kind": RuleKind.DOSE,
        "rule": modality.id,
        "severity": severity,
        "text": text,
        "action": action,
        "sources": (modality.dose_source,),
        "verification": verification,
        "seen_at": modality.dose_seen_at,
    }
    return Reason(**{**given, **changes})


def readable_unit(unit: str) -> str:
    """A unit for people: `microgram_per_h` gives "microgram per h"."""
    return unit.replace("_", " ")
