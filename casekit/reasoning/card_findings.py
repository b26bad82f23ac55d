"""Findings that the patient card already answers: the thresholds of age, and sex.

A differential takes only what is given to it. This tells a caller what to give for age and sex, so that age
rows can count where no age band is in the prior.
"""

from __future__ import annotations

import re
from operator import ge, gt, lt

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.vocabulary import Sex, State

_THRESHOLD = re.compile(r"age_(ge|gt|lt)_(\d+)")
_COMPARE = {"ge": ge, "gt": gt, "lt": lt}
_FEMALE = "female_sex"


def card_findings(evidence: DiagnosisEvidence, age: float | None, sex: str | None) -> dict[str, State]:
    """Finding id to its state for every age threshold and for sex; what is not known is left out.

    `age` in years. An age over 70 is also over 65 and 50: the dependence groups let one of them count.
    """
    states: dict[str, State] = {}
    for name in evidence.findings_by_id:
        threshold = _THRESHOLD.fullmatch(name)
        if threshold and age is not None:
            holds = _COMPARE[threshold[1]](age, int(threshold[2]))
            states[name] = State.PRESENT if holds else State.ABSENT
        if name == _FEMALE and sex is not None:
            states[name] = State.PRESENT if sex == Sex.FEMALE else State.ABSENT
    return states
