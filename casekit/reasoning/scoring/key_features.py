"""Key features: credit for the few steps where error is likely and matters.

A question has groups of equally good answers, harmful answers that zero it, and a limit on how many may be
chosen. A wrong but harmless answer costs nothing. Sources: Page and Bordage
1995 (Acad Med 70:104), Farmer and Page 2005 (Med Educ 39:1188), from memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from casekit.errors import InputError
from casekit.reasoning.scoring.points import mean_present


@dataclass(frozen=True, kw_only=True)
class QuestionScore:
    """Score 0 to 1 of one question and why: which groups were hit, what was harmful, whether too many.

    `hits` follows the order of the groups. Harm and excess come before any credit.
    """

    score: float
    hits: tuple[bool, ...]
    harmful: tuple[str, ...] = ()
    too_many: bool = False
    answered: bool = True


def score_question(
    selected: Iterable[str],
    *,
    accept: Sequence[Collection[str]],
    harmful: Collection[str] = (),
    limit: int,
    dichotomous: bool = False,
) -> QuestionScore:
    """Score what a learner selected; an answer given twice counts once, order is free.

    Partial credit is the share of groups hit; `dichotomous` gives 1 only for all of them.
    Raises InputError for a question without an acceptable answer or with a limit below 1.
    """
    if not accept or not all(accept) or limit < 1:
        raise InputError(
            "A key feature needs at least one acceptable answer in each group and a limit from 1."
        )
    chosen = set(selected)
    hits = tuple(not chosen.isdisjoint(group) for group in accept)
    harm = tuple(sorted(chosen.intersection(harmful)))
    too_many = len(chosen) > limit
    share = sum(hits) / len(hits)
    credit = float(all(hits)) if dichotomous else share
    return QuestionScore(
        score=0.0 if harm or too_many else credit,
        hits=hits,
        harmful=harm,
        too_many=too_many,
        answered=bool(chosen),
    )


def case_score(questions: Iterable[float]) -> float | None:
    """Mean of a case's questions, 0 to 1; None for a case without questions."""
    return mean_present(questions)


def exam_score(cases: Iterable[float | None]) -> float | None:
    """Mean of cases, which weigh the same however many questions they have; cases without are left out."""
    return mean_present(cases)
