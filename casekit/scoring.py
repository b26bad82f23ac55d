"""Score a journal file: find its case, check that it is the same version, fold the events, score."""

from __future__ import annotations

from pathlib import Path

from casekit.api import load_case_and_key, load_evidence
from casekit.domain.case import FactKind
from casekit.encounter.journal import read_journal
from casekit.encounter.score import VisitScore, score_visit
from casekit.encounter.state import fold
from casekit.errors import JournalError


def score_journal(path: Path) -> VisitScore:
    """The score of a journal, finished or not.

    Raises JournalError if it cannot be read, or UnknownIdError or CaseError if its case cannot.
    A journal of another version of the case is refused: the key would not fit it.
    """
    events = read_journal(path)
    opened = events[0].data
    if "case" not in opened:
        raise JournalError(f"{path}: the first event does not name a case.")
    case, key = load_case_and_key(opened["case"])
    if opened["version"] != case.version:
        raise JournalError(
            f"{path} was made with version {opened['version']} of {case.id}; the case is now {case.version}. "
            "Score it with the version it was made with."
        )
    door = tuple(fact.id for fact in case.facts if fact.kind is FactKind.DOOR)
    return score_visit(fold(events, door), case, key, load_evidence())
