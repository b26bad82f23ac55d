"""Which one measured row speaks for a finding and a condition in this encounter.

Rows of one pair are never multiplied together. The seven steps are those of `row_selection` in the evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.likelihoods import LikelihoodRow
from casekit.domain.sources import SourceList
from casekit.reasoning.reading import Reading

_YEAR = re.compile(r"(?:19|20)\d\d")
_META_ANALYSIS, _REVIEW, _OTHER_STUDY = range(3)


@dataclass(frozen=True, kw_only=True)
class RowChoice:
    """The row that speaks, if any; why none does; a warning if the row comes from selected patients."""

    row: LikelihoodRow | None = None
    reason: str = ""
    warning: str = ""


def choose_row(
    evidence: DiagnosisEvidence,
    finding: str,
    condition: str,
    reading: Reading,
    sources: SourceList | None = None,
) -> RowChoice:
    """The measured row for this pair in this encounter, by the seven steps of `row_selection`.

    `sources` tells systematic reviews from single studies in step 6; without it the larger n decides.
    """
    rows = evidence.rows(finding, condition)
    usable = [row for row in rows if row.use_in_engine or row.engine_context in reading.contexts]
    if not usable:
        return RowChoice(reason=_why_off(rows))
    selected = evidence.row_selection.selected_populations
    unselected = [row for row in usable if row.setting not in selected or row.setting == reading.population]
    if unselected:
        return RowChoice(row=_first(evidence, unselected, reading, sources))
    where = ", ".join(sorted({row.setting for row in usable}))
    if evidence.relation(finding, condition):
        return RowChoice(reason=f"The measured row holds only in a selected population ({where}).")
    return RowChoice(
        row=_first(evidence, usable, reading, sources),
        warning=f"Measured only in a selected population ({where}); this patient is not one of them.",
    )


def _why_off(rows: tuple[LikelihoodRow, ...]) -> str:
    contexts = sorted({row.engine_context for row in rows if row.engine_context})
    if contexts:
        return f"The measured row is off until: {', '.join(contexts)}."
    return "The measured rows are shown but not used in calculation." if rows else ""


def _first(
    evidence: DiagnosisEvidence, rows: list[LikelihoodRow], reading: Reading, sources: SourceList | None
) -> LikelihoodRow:
    if len(rows) == 1:
        return rows[0]
    settings = evidence.row_selection.settings_for(reading.setting)
    bias = evidence.row_selection.risk_of_bias_order

    def order(row: LikelihoodRow) -> tuple[int, bool, int, int, int, int, int, str]:
        design, year = _publication(row, sources)
        return (
            _position(row.setting, settings),
            not row.preferred,
            _position(row.risk_of_bias or "unclear", bias),
            design,
            -year if design == _META_ANALYSIS else 0,
            -(row.n or 0),
            -year,
            row.id,
        )

    return min(rows, key=order)


def _position(word: str, words: tuple[str, ...]) -> int:
    return words.index(word) if word in words else len(words)


def _publication(row: LikelihoodRow, sources: SourceList | None) -> tuple[int, int]:
    source = sources.get(row.source) if sources else None
    years = _YEAR.findall(source.citation if source else row.source) or _YEAR.findall(row.source)
    year = int(years[-1]) if years else 0
    if source is None or source.kind != "systematic_review":
        return _OTHER_STUDY, year
    pooled = "meta-analy" in source.citation.lower()
    return (_META_ANALYSIS if pooled else _REVIEW), year
