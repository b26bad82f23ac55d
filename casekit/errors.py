"""The errors a user can meet, each with a message that says where, what was found and what to try."""

from __future__ import annotations

from collections.abc import Sequence


class CasekitError(Exception):
    """Anything casekit refuses. The message is written for the person who caused it."""


class EvidenceError(CasekitError):
    """The evidence is incomplete or contradicts itself; the message names file and entry."""


class UnknownIdError(CasekitError):
    """An id that is not in the vocabulary; the message offers the nearest ones."""


class InputError(CasekitError):
    """A value outside what is allowed: a probability, a quantile, a dose."""


class CaseError(CasekitError):
    """A case that cannot be used. `problems` holds every one of them, in file order."""

    def __init__(self, message: str, problems: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class VisitError(CasekitError):
    """A step that this visit does not allow now; the message gives the reason and the way on."""


class JournalError(CasekitError):
    """A journal that cannot be read or written as asked."""
