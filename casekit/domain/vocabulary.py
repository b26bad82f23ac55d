"""Closed sets that every layer shares, and the one way to say that an id is unknown."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from casekit.errors import UnknownIdError

OTHER = "other"
"""The hypothesis that stands for everything not listed."""


class Setting(StrEnum):
    """Where the patient is seen; it picks the priors and the rows."""

    PRIMARY_CARE = "primary_care"
    EMERGENCY = "emergency"
    SPINE_CLINIC = "spine_clinic"


class State(StrEnum):
    """What is known of a finding. Not assessed is never absent."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_ASSESSED = "not_assessed"


class Urgency(StrEnum):
    """How soon somebody must act: same day, within days, within weeks, or no hurry."""

    EMERGENT = "emergent"
    URGENT = "urgent"
    PROMPT = "prompt"
    ROUTINE = "routine"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return list(Urgency).index(self)


class Sex(StrEnum):
    """Sex as the evidence uses it."""

    FEMALE = "female"
    MALE = "male"


class Verification(StrEnum):
    """How a number was checked: read in the source, second-hand, from memory, or calculated."""

    TEXT = "text"
    SECONDARY = "secondary"
    RECALLED = "recalled"
    DERIVED = "derived"


class Phase(StrEnum):
    """Time since this episode began, as the treatment ratings use it."""

    ACUTE = "acute"
    SUBACUTE = "subacute"
    CHRONIC = "chronic"


def did_you_mean(found: str, allowed: Iterable[str]) -> str:
    """The nearest allowed words as a sentence, or an empty string."""
    from difflib import get_close_matches  # only for a mistake

    near = get_close_matches(found, list(allowed), n=3, cutoff=0.6)
    if not near:
        return ""
    return "Did you mean " + " or ".join(f'"{word}"' for word in near) + "?"


def known(found: str, allowed: Iterable[str], what: str) -> str:
    """Give `found` back if it is allowed.

    Raises UnknownIdError naming what was found, and the nearest allowed ids, if it is not.
    """
    words = list(allowed)
    if found in words:
        return found
    hint = did_you_mean(found, words)
    raise UnknownIdError(f'No {what} is called "{found}". {hint}'.strip())
