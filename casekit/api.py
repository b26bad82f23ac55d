"""The public functions. Each imports what it needs when it is called, so that `import casekit` stays light."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casekit.content.library import CaseSummary
    from casekit.domain.acts import PlanItem
    from casekit.domain.case import Case
    from casekit.domain.evidence import Evidence
    from casekit.domain.key import Key
    from casekit.encounter.journal import Journal
    from casekit.encounter.visit import Visit
    from casekit.reasoning.differential_result import Differential
    from casekit.reasoning.forecast_result import Forecast
    from casekit.reasoning.plan_verdict import PlanCheck
    from casekit.ui.view import Page


def load_evidence() -> Evidence:
    """The evidence, typed and checked; the same object at every call.

    Raises EvidenceError if a number has no source or no verification level.
    """
    from casekit.content.evidence import load_evidence as load

    return load()


def list_cases() -> tuple[CaseSummary, ...]:
    """A summary of every case: id, title, level, minutes, setting, objectives."""
    from casekit.content.library import list_cases as summaries

    return summaries()


def load_case(case: str | Path) -> Case:
    """A case as the learner may see it, by id or by the path of its folder.

    Raises UnknownIdError if there is none, CaseError listing every problem if it cannot be used.
    """
    return load_case_and_key(case)[0]


def load_case_and_key(case: str | Path) -> tuple[Case, Key]:
    """A case with its answers; for scoring, checking and authors, not for a learner's screen."""
    from casekit.content.case_cache import cached_case, keep_case
    from casekit.content.library import find_case

    folder, digest = find_case(case), load_evidence().digest
    found = cached_case(folder, digest)
    if found is None:
        from casekit.content.case_loader import load_case as load
        from casekit.content.vocabulary import load_vocabulary

        found = load(folder, load_vocabulary())
        keep_case(folder, digest, *found)
    return found


def differential(
    present: Iterable[str] = (),
    absent: Iterable[str] = (),
    setting: str = "primary_care",
    age: float | None = None,
    sex: str | None = None,
    duration_weeks: float | None = None,
    priors: Mapping[str, float] | None = None,
    cap: bool = True,
    opinion: bool = True,
    **context: Any,
) -> Differential:
    """Probabilities of 24 conditions and `other` after these findings, with every step that led there.

    `present` and `absent` are finding ids, `age` in years, `duration_weeks` since onset. `priors` replace the
    pretest of single conditions; the rest keep their proportion. `cap=False` uses ratios as published,
    `opinion=False` only measured ones. Further keywords: `population`, `engine_context`, `limits_lifted`.
    Read `.posttest`, `.ranked`, `.alerts`, `.steps`.
    Raises UnknownIdError naming every unknown id, InputError for a contradiction or an impossible number.
    """
    from casekit.reasoning.differential import differential as calculate

    return calculate(
        load_evidence().diagnosis, present=present, absent=absent, setting=setting, age=age, sex=sex,
        duration_weeks=duration_weeks, priors=priors, cap=cap, opinion=opinion, **context,
    )  # fmt: skip


def check_plan(
    condition: str,
    phase: str,
    attributes: Iterable[str] = (),
    drugs: Iterable[str] = (),
    items: Iterable[Mapping[str, object] | PlanItem] = (),
) -> PlanCheck:
    """One verdict for each entry of a plan, with reasons and sources, and the problems of the whole.

    `items` are mappings such as {"modality": "nsaid_oral", "agent": "ibuprofen"}; `phase` is acute, subacute
    or chronic. Iterate the result for the verdicts; read `.problems`.
    Raises UnknownIdError or InputError, naming every fault.
    """
    from casekit.reasoning.plan_check import check_plan as check

    return check(
        load_evidence().treatment,
        condition=condition,
        phase=phase,
        attributes=attributes,
        drugs=drugs,
        items=items,
    )


def forecast(
    phase: str,
    domain: str = "disability",
    instrument: str = "odi",
    *,
    baseline: float,
    weeks: float = 12,
    modifiers: Mapping[str, str] | None = None,
    treatments: Mapping[str, float] | None = None,
    care_setting: str | None = None,
) -> Forecast:
    """Where people like this one will be at `weeks`, on 0-100 (lower is better), with honest spread.

    `baseline` on 0-100 whatever the instrument; `treatments` maps treatment ids to adherence 0 to 1.
    Read `.mean`, `.quantile(p)`, `.p_improved_30`, `.p_mic`, `.p_zero`, `.crps(y)`, `.sample(seed)`.
    Raises UnknownIdError or InputError for what the model does not know.
    """
    from casekit.reasoning.forecast import forecast as predict

    return predict(
        load_evidence().outcome, phase=phase, domain=domain, instrument=instrument, baseline=baseline,
        weeks=weeks, modifiers=modifiers, treatments=treatments, care_setting=care_setting,
    )  # fmt: skip


def open_visit(
    case: str | Path,
    learner: str = "",
    journal: str | Path | Journal | None = None,
    seed: int | None = None,
    clock: Callable[[], datetime] | None = None,
) -> Visit:
    """A visit without a screen. It resumes if its journal already has events.

    `journal` is a path, ":memory:", or None for the learner's own folder (CASEKIT_HOME moves it). `seed`
    picks the patient's luck (default 0, or CASEKIT_SEED); `clock` gives the time (default now, or CASEKIT_NOW).
    """
    from casekit.encounter.store import journal_for
    from casekit.encounter.visit import Visit

    loaded, key = load_case_and_key(case)
    luck = int(os.environ.get("CASEKIT_SEED", "0")) if seed is None else seed
    return Visit(
        case=loaded, key=key, evidence=load_evidence(), clock=clock or the_clock(), learner=learner, seed=luck,
        journal=journal_for(loaded.id, learner, luck, journal),
    )  # fmt: skip


def show(
    case: str | Path = "",
    steps: str | Sequence[str] = (),
    learner: str = "",
    journal: str | Path | Journal | None = None,
    worked: bool = False,
) -> Page:
    """A case on screen: the whole visit, or the named steps of it. Without a case, the catalogue.

    `steps` is one name or several: door, history, examination, tests, differential, diagnosis, goals, plan,
    forecast, follow_up, debrief. `worked=True` does everything before the first of them as the expert would.
    Raises UnknownIdError for a step or case nobody has, CaseError if the case cannot be used.
    """
    from casekit.ui.shown import visit_view

    if not case:
        from casekit.catalogue import case_cards
        from casekit.ui.catalogue import Catalogue

        return Catalogue(lambda: case_cards(learner), lambda chosen: open_visit(chosen, learner=learner))
    names = (steps,) if isinstance(steps, str) else tuple(steps)
    return visit_view(open_visit(case, learner=learner, journal=journal), names, worked=worked)


def the_clock() -> Callable[[], datetime]:
    """Now in UTC; or always the moment in CASEKIT_NOW, so that notebooks can be tested."""
    fixed = os.environ.get("CASEKIT_NOW")
    if fixed:
        moment = datetime.fromisoformat(fixed)
        return lambda: moment
    return lambda: datetime.now(UTC)
