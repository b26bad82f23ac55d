"""casekit: practise the physiatry of back pain on patients in a notebook. For teaching only."""

from casekit.api import (
    check_plan,
    differential,
    forecast,
    list_cases,
    load_case,
    load_evidence,
    open_visit,
    show,
)
from casekit.errors import CaseError, CasekitError

__all__ = [
    "CaseError",
    "CasekitError",
    "check_plan",
    "differential",
    "forecast",
    "list_cases",
    "load_case",
    "load_evidence",
    "open_visit",
    "show",
]
__version__ = "0.1.0"
