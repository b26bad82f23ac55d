"""Why an entry has its verdict: the rules that spoke with what mends them, the rating, effects in trials."""

from __future__ import annotations

import htpy as h

from casekit.domain.indications import PRACTICE, Category, Effect
from casekit.domain.sources import SourceList
from casekit.domain.vocabulary import Verification
from casekit.reasoning.plan_verdict import Consequence, Reason, RuleKind, Verdict
from casekit.ui.markup import VERDICTS, source_chip, verdict

KIND_WORDS = {
    RuleKind.EMERGENCY: "Emergency",
    RuleKind.ABSOLUTE: "Must not",
    RuleKind.COMPOUND: "Together",
    RuleKind.RELATIVE: "With care",
    RuleKind.INTERACTION: "Interaction",
    RuleKind.DOSE: "Dose",
    RuleKind.REQUIREMENT: "Needs",
    RuleKind.INDICATION: "Guidelines",
    RuleKind.NOT_RATED: "Not rated",
}
MINDED = frozenset({RuleKind.RELATIVE, RuleKind.INTERACTION, RuleKind.DOSE, RuleKind.REQUIREMENT})
RATING_SCALE = 9


def verdict_word(category: Category) -> str:
    """A category in lower case, for a sentence."""
    return VERDICTS[category.value][1].lower()


def mark(found: Verdict) -> h.Element:
    """The verdict by glyph and word."""
    return verdict(found.category.value)


def stop_box(found: Verdict, sources: SourceList, take_out: h.Node) -> h.Element:
    """What a contraindicated entry says without being opened: why, instead, source, take out."""
    forbidding = [reason for reason in found.reasons if reason.consequence is Consequence.FORBIDS]
    return h.div(".ck-stop")[
        [_forbidden(reason, sources) for reason in forbidding or [found.deciding]],
        take_out,
    ]


def minded(found: Verdict) -> h.Node:
    """What to mind in an entry that is not forbidden, seen without opening it: dose, care, interaction."""
    heard = [reason for reason in found.reasons if reason.kind in MINDED]
    if not heard:
        return None
    return h.ul(".ck-mind")[
        [h.li[h.span(".ck-quiet")[f"{KIND_WORDS[row.kind]}: "], _sentence(row.text)] for row in heard]
    ]


def _forbidden(reason: Reason, sources: SourceList) -> h.Element:
    first, _, rest = reason.text.partition(": ")
    mends = "Instead: " if reason.consequence is Consequence.FORBIDS else "Do: "
    return h.div[
        h.p[h.strong[_sentence(first)], f" {_sentence(rest)}" if rest else None],
        h.p[h.span(".ck-quiet")[mends], _sentence(reason.action)] if reason.action else None,
        h.p(".ck-chips")[_chips(reason.sources, reason.verification, sources)],
    ]


def why(found: Verdict, sources: SourceList, key: int) -> h.Element:
    """Everything that speaks on an entry, folded."""
    return h.details(".ck-why", id=f"ck-why-{key}", data_keep=f"why-{key}")[
        h.summary["Why this verdict"],
        h.p(".ck-rating")[
            f"Rated {found.rating} of {RATING_SCALE} for this diagnosis and phase: an editorial rating from "
            "the guidelines named here."
        ]
        if found.rating is not None
        else None,
        h.p[f"Lowered by one, from {verdict_word(found.lowered_from)}."] if found.lowered_from else None,
        h.ul(".ck-reasons")[[_reason(reason, sources) for reason in found.reasons]],
        _effects(found.effects, sources) if found.effects else None,
    ]


def _reason(reason: Reason, sources: SourceList) -> h.Element:
    return h.li[
        h.span(".ck-quiet")[f"{KIND_WORDS[reason.kind]}: "],
        _sentence(reason.text),
        h.span[" ", h.span(".ck-quiet")["Do: "], _sentence(reason.action)] if reason.action else None,
        h.ul(".ck-sides")[[h.li[_sentence(side)] for side in reason.sides]] if reason.sides else None,
        h.span(".ck-chips")[_chips(reason.sources, reason.verification, sources)],
    ]


def _effects(effects: tuple[Effect, ...], sources: SourceList) -> h.Element:
    return h.div(".ck-effects")[
        h.p(".ck-quiet")["In trials (different comparisons are never ranked)"],
        h.ul(".ck-reasons")[[_effect(effect, sources) for effect in effects]],
    ]


def _effect(effect: Effect, sources: SourceList) -> h.Element:
    number = ""
    if effect.estimate is not None:
        interval = f" (95 %: {effect.ci95[0]:g} to {effect.ci95[1]:g})" if effect.ci95 else ""
        unit = "" if effect.scale == effect.measure else f" on {effect.scale}"
        better = "higher" if effect.higher_is_better else "lower"
        number = f": {effect.measure} {effect.estimate:g}{interval}{unit}, {better} is better"
    return h.li[
        f"{effect.outcome.capitalize()}, {effect.timepoint}, against {effect.comparator}{number}. ",
        f"{effect.interpretation} Certainty: {effect.certainty}.",
        h.span(".ck-chips")[_chips((effect.source,), effect.verification, sources)],
    ]


def _chips(ids: tuple[str, ...], verification: Verification, sources: SourceList) -> h.Node:
    return [[source_chip(None if name == PRACTICE else sources.get(name), verification), " "] for name in ids]


def _sentence(text: str) -> str:
    """With a capital and a full stop; a word such as eGFR keeps its own spelling."""
    text = text.strip()
    if not text:
        return ""
    first = text.split()[0]
    start = text[0] if first[1:] != first[1:].lower() else text[0].upper()
    return start + text[1:] + ("" if text[-1] in ".!?" else ".")
