"""What a differential is asked for, checked at the door: every unknown id is named in one message."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import isfinite

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.vocabulary import Sex, did_you_mean
from casekit.errors import InputError, UnknownIdError

OLDEST_YEARS = 130


def finding_list(given: Iterable[str], name: str) -> tuple[str, ...]:
    """The findings without repeats, in the order given. Raises InputError for one word instead of a list."""
    if isinstance(given, str):
        raise InputError(f'`{name}` is a list of finding ids. You gave the word "{given}"; try ["{given}"].')
    return tuple(dict.fromkeys(given))


def refuse_unknown(words: Iterable[tuple[str, str, Collection[str]]]) -> None:
    """Raise UnknownIdError naming every (what, found, allowed) whose word is not allowed."""
    lines = [
        f'No {what} is called "{found}". {did_you_mean(str(found), allowed)}'.strip()
        for what, found, allowed in words
        if found not in allowed
    ]
    if lines:
        raise UnknownIdError("\n".join(lines))


def refuse_unknown_ids(
    evidence: DiagnosisEvidence,
    findings: Iterable[str],
    *,
    setting: str,
    sex: str | None,
    priors: Mapping[str, float],
    population: str | None,
    contexts: Iterable[str],
    limits: Iterable[str],
) -> None:
    """Raise UnknownIdError with every word of the request that the evidence does not have."""
    words: list[tuple[str, str, Collection[str]]] = [
        ("finding", name, evidence.findings_by_id) for name in findings
    ]
    words.append(("setting", setting, [table.setting for table in evidence.priors]))
    words += [("condition", name, evidence.hypotheses) for name in priors]
    if sex is not None:
        words.append(("value of sex", sex, list(Sex)))
    if population is not None:
        words.append(("selected population", population, evidence.row_selection.selected_populations))
    known_contexts = {row.engine_context for row in evidence.likelihoods if row.engine_context}
    words += [("engine context", name, known_contexts) for name in contexts]
    words += [("rule-out limit", name, [limit.id for limit in evidence.rule_out_limits]) for name in limits]
    refuse_unknown(words)


def refuse_contradiction(present: Collection[str], absent: Collection[str]) -> None:
    """Raise InputError if a finding is given both as present and as absent."""
    both = [name for name in present if name in set(absent)]
    if both:
        raise InputError(
            f"Given both as present and as absent: {', '.join(both)}. "
            "A finding that was not assessed belongs in neither list."
        )


def refuse_impossible(age: float | None, duration_weeks: float | None, priors: Mapping[str, float]) -> None:
    """Raise InputError for an age outside 0 to 130 years, a duration below 0, a prior outside 0 to 1."""
    if age is not None and not (is_number(age) and 0 <= age <= OLDEST_YEARS):
        raise InputError(f"The age must be a number of years from 0 to {OLDEST_YEARS}. You gave {age!r}.")
    if duration_weeks is not None and not (is_number(duration_weeks) and duration_weeks >= 0):
        raise InputError(f"The duration must be a number of weeks, 0 or more. You gave {duration_weeks!r}.")
    for name, value in priors.items():
        if not (is_number(value) and 0 <= value <= 1):
            raise InputError(f"The prior of {name} must lie between 0 and 1. You gave {value!r}.")


def is_number(value: object) -> bool:
    """True for a finite number; yes and no are not numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
