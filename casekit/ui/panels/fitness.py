"""How fitting each test was for this patient, by the imaging criteria; shown once orders are committed."""

from __future__ import annotations

from collections.abc import Iterable

import htpy as h

from casekit.domain.case import Fact
from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.evidence import Evidence
from casekit.domain.imaging import ImagingRating, ProcedureRating
from casekit.errors import UnknownIdError
from casekit.reasoning.imaging import appropriateness, imaging_variant
from casekit.ui.markup import VERDICTS, source_chip, verification_mark

_VERDICT_OF = {
    ImagingRating.USUALLY_APPROPRIATE: ("recommended", "Usually appropriate"),
    ImagingRating.MAY_BE_APPROPRIATE: ("consider", "May be appropriate"),
    ImagingRating.USUALLY_NOT_APPROPRIATE: ("not_recommended", "Usually not appropriate"),
}


def fitness_of(diagnosis: DiagnosisEvidence, fact: Fact) -> h.Node:
    """The rating as glyph and word, with how it was checked; "Not rated" where the criteria say nothing."""
    rating = _rating(diagnosis, fact)
    if rating is None:
        return [_verdict("not_rated", "Not rated"), h.small["no row in the evidence"]]
    return [_verdict(*_VERDICT_OF[rating.rating]), verification_mark(rating.verification)]


def fitness_notes(evidence: Evidence, tests: Iterable[Fact]) -> h.Node:
    """For which situation the ratings hold, with the source and the one thing to remember."""
    used = dict.fromkeys(fact.appropriateness.variant for fact in tests if fact.appropriateness)
    notes = []
    for variant_id in used:
        variant = imaging_variant(evidence.diagnosis, variant_id)
        notes.append(
            h.p(".ck-note")[
                f"Rated for: {variant.situation}. ",
                source_chip(evidence.sources.get(variant.source), variant.situation_verification),
                h.br,
                f"What to remember: {variant.teaching_point}",
            ]
        )
    return h.div(".ck-fit-notes")[notes] if notes else None


def _rating(diagnosis: DiagnosisEvidence, fact: Fact) -> ProcedureRating | None:
    if fact.appropriateness is None:
        return None
    try:
        return appropriateness(diagnosis, fact.appropriateness.variant, fact.appropriateness.procedure)
    except UnknownIdError:  # not rated is a statement of its own, not a failure
        return None


def _verdict(category: str, word: str) -> h.Element:
    return h.span(f".ck-verdict.ck-{category.replace('_', '-')}")[
        h.span(".ck-glyph", aria_hidden="true")[VERDICTS[category][0]], h.span[word]
    ]
