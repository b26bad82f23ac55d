"""The whole of the evidence as one object: three subjects, one source list, and the notes that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.outcome import OutcomeEvidence
from casekit.domain.sources import SourceList
from casekit.domain.treatment import TreatmentEvidence


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything medical that casekit knows. `about` holds the conventions of each subject.

    `addresses` resolves the short page names in `seen_at`; `digest` identifies the exact files.
    """

    diagnosis: DiagnosisEvidence
    treatment: TreatmentEvidence
    outcome: OutcomeEvidence
    sources: SourceList
    addresses: Mapping[str, str]
    about: Mapping[str, Any]
    digest: str
