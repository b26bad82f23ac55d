"""One learner with one patient: what may be done now, done, written to the journal, and read back.

No screen is needed. Every refusal says why and what to do instead. What is derived (posterior, outcome,
score) is computed from the events by the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from casekit.domain.acts import Goal, PlanItem
from casekit.domain.case import Case, Fact, FactKind
from casekit.domain.evidence import Evidence
from casekit.domain.key import Key
from casekit.domain.key import Step as RecordedStep
from casekit.domain.vocabulary import Urgency, known
from casekit.encounter import entries
from casekit.encounter.events import SCHEMA, Event, EventKind
from casekit.encounter.hypotheses import hypothesis_name
from casekit.encounter.journal import Journal
from casekit.encounter.outcomes import CourseOfCase
from casekit.encounter.reference import Known, board_of, check_for, known_from, posterior, reference_on_board
from casekit.encounter.score import VisitScore, score_visit
from casekit.encounter.state import ESTIMATE_AT, FOLLOW_UP_WEEKS, Step, VisitState, apply, fold
from casekit.errors import InputError, VisitError
from casekit.reasoning.course import Outcome
from casekit.reasoning.differential_result import Differential
from casekit.reasoning.plan_verdict import PlanCheck

_ORDINAL = ("first", "second", "third", "fourth")


class Visit:
    """A visit in progress. Made by `casekit.open_visit`; resumes if its journal has events."""

    def __init__(
        self, *, case: Case, key: Key, evidence: Evidence, journal: Journal, clock: Callable[[], datetime],
        learner: str = "", seed: int = 0,
    ) -> None:  # fmt: skip
        self.case = case
        self.evidence = evidence
        self.journal = journal
        self._key = key
        self._clock = clock
        self._watchers: list[Callable[[], None]] = []
        self._door = tuple(fact.id for fact in case.facts if fact.kind is FactKind.DOOR)
        if journal.events:
            self._check_version(journal.events[0])
        elif not journal.read_only:
            self._open(learner, seed)
        self.state: VisitState = fold(journal.events, self._door)
        self._taken = list(journal.events)
        journal.listeners.append(self._take)

    def _open(self, learner: str, seed: int) -> None:
        data = {
            "schema": SCHEMA, "case": self.case.id, "version": self.case.version,
            "content_hash": self.case.content_hash, "learner": learner, "seed": seed,
        }  # fmt: skip
        self.journal.append(EventKind.OPENED, data, self._clock())

    def _check_version(self, first: Event) -> None:
        found = first.data
        if found["case"] != self.case.id:
            raise VisitError(f'This journal is of the case "{found["case"]}", not "{self.case.id}".')
        if found["content_hash"] != self.case.content_hash and not self.journal.read_only:
            which = (
                f"version {found['version']}" if found["version"] != self.case.version else "an earlier text"
            )
            self.journal.read_only = (
                f"You are reading. This visit was made with {which} of the case; the case is now "
                f"{self.case.version}. Nothing was lost. Start again to play the case as it is."
            )

    # ---- what the learner does -------------------------------------------------------------------

    def ask(self, *fact_ids: str) -> list[str]:
        """Ask the patient; the answers, in order. Raises VisitError outside the history."""
        return [self._learn(fact_id, Step.HISTORY, EventKind.ASKED) for fact_id in fact_ids]

    def examine(self, *fact_ids: str) -> list[str]:
        """Examine; what is found, in order. Raises VisitError outside the examination."""
        return [self._learn(fact_id, Step.EXAMINATION, EventKind.EXAMINED) for fact_id in fact_ids]

    def order(self, *fact_ids: str) -> list[str]:
        """Commit the orders of tests, possibly none; their reports. This can be done once."""
        self._need(Step.TESTS, "Tests are ordered after the examination.")
        if self.state.orders is not None:
            raise VisitError("The orders are committed. You can read the reports again.")
        facts = [self._fact(fact_id) for fact_id in dict.fromkeys(fact_ids)]
        for fact in facts:
            if not fact.kind.is_test:
                raise VisitError(f'"{fact.ask}" is not a test. It belongs to the {fact.kind}.')
        self._write(EventKind.ORDERED, {"facts": [fact.id for fact in facts]})
        return [fact.reply for fact in facts]

    def estimate(self, probabilities: Mapping[str, float]) -> dict[str, float]:
        """Commit a differential; it closes the step and is what counts.

        `probabilities` by hypothesis id, each 0 to 1, sum 1 within 0.005. Raises InputError or VisitError.
        """
        if self.state.step not in ESTIMATE_AT:
            raise VisitError("All four estimates are committed.")
        if not self.state.estimate_due:
            raise VisitError(
                "Commit your orders first; you may order nothing. Then make the fourth estimate."
            )
        checked = entries.checked_probabilities(self.evidence.diagnosis, probabilities)
        self._write(EventKind.ESTIMATED, {"probabilities": checked})
        return checked

    def represent(self, text: str) -> None:
        """Write the one-line summary of the patient, before the diagnosis."""
        if not Step.HISTORY.number < self.state.step.number <= Step.DIAGNOSIS.number:
            raise VisitError("The summary is written between the history and the diagnosis.")
        if not text.strip():
            raise InputError("The summary is empty. One sentence: who, since when, what, which signs.")
        self._write(EventKind.REPRESENTED, {"text": text.strip()[:600]})

    def commit_diagnosis(self, lead: str, *, urgency: str, reason: str = "") -> None:
        """Commit what it is and how soon somebody must act."""
        self._need(Step.DIAGNOSIS, "The diagnosis follows the fourth estimate.")
        if not self.state.summary:
            raise VisitError("Write the one-line summary first: the diagnosis should follow from it.")
        diagnosis = entries.checked_diagnosis(self.evidence.diagnosis, lead, urgency, reason)
        self._write(EventKind.DIAGNOSED, asdict(diagnosis))

    def set_goals(self, goals: Iterable[Mapping[str, Any] | Goal]) -> None:
        """Agree goals with the patient; each has a measure, a target and a week."""
        self._need(Step.GOALS, "Goals follow the diagnosis.")
        checked = entries.checked_goals(self.case, goals)
        self._write(EventKind.GOALS_SET, {"goals": [asdict(goal) for goal in checked]})

    def plan(self, items: Iterable[Mapping[str, Any] | PlanItem]) -> None:
        """Commit the plan. It may be empty; then nothing is done."""
        self._need(Step.PLAN, "The plan follows the goals.")
        checked = entries.checked_plan(self.case, self.evidence.treatment, items)
        self._write(EventKind.PLANNED, {"items": [asdict(item) for item in checked]})

    def forecast(self, forecasts: Mapping[str, Mapping[int, Any]]) -> None:
        """Commit 10, 50 and 90 % quantiles by instrument and week, on 0-100, lower is better."""
        self._need(Step.FORECAST, "The forecast follows the plan.")
        checked = entries.checked_forecasts(self.case, forecasts)
        plain = {
            instrument: {str(week): [q.q10, q.q50, q.q90] for week, q in weeks.items()}
            for instrument, weeks in checked.items()
        }
        self._write(EventKind.FORECAST, {"forecasts": plain})

    def follow_up(self, week: int) -> None:
        """See the patient again at week 6, then 12."""
        self._need(Step.FOLLOW_UP, "Follow-up begins once the forecast is committed.")
        due = [w for w in FOLLOW_UP_WEEKS if w not in self.state.followed_up]
        if not due:
            raise VisitError("Both follow-up visits are done. Close the visit to read the debrief.")
        if week != due[0]:
            raise VisitError(f"The next follow-up is at {due[0]} weeks, not {week}.")
        self._write(EventKind.FOLLOWED_UP, {"week": week})

    def close(self) -> None:
        """End the visit; score and debrief open. An unfinished visit may be closed too."""
        if self.state.closed:
            raise VisitError("This visit is closed. Its debrief stays readable.")
        self._write(EventKind.CLOSED, {})

    def draft(self, panel: str, values: Mapping[str, Any]) -> None:
        """Keep unfinished work of a panel, so that closing the laptop loses nothing."""
        if not self.state.closed and self.state.drafts.get(panel) != values:
            self._write(EventKind.DRAFTED, {"panel": panel, "values": dict(values)})

    def start_again(self) -> None:
        """Put this visit aside (its journal is kept) and begin anew."""
        learner, seed = self.state.learner, self.state.seed
        if self.journal.events and self.journal.read_only:
            self.journal.read_only = ""
        self.journal.restart()
        self._open(learner, seed)
        self._take()

    def take_over(self) -> None:
        """Go on here with a visit that another notebook holds; that one only reads from now on."""
        self.journal.take_over()
        if self.journal.events:
            self._check_version(self.journal.events[0])

    # ---- reading ---------------------------------------------------------------------------------

    @property
    def resumed(self) -> bool:
        """True if the visit was begun before this kernel opened it."""
        return self.journal.resumed

    @property
    def read_only(self) -> str:
        """Empty, or why nothing can be done in this visit."""
        return self.journal.read_only

    def facts(self, *kinds: FactKind) -> list[Fact]:
        """The facts of these kinds in the case's order; whether opened or not."""
        return [fact for fact in self.case.facts if fact.kind in kinds]

    def is_open(self, fact_id: str) -> bool:
        """True if the learner has learned this fact."""
        return fact_id in self.state.opened

    @property
    def minutes_used(self) -> float:
        """Minutes of talking used."""
        return sum(fact.minutes for fact in self.facts(FactKind.HISTORY) if self.is_open(fact.id))

    @property
    def minutes_left(self) -> float:
        """Minutes of talking left of `case.history_minutes`."""
        return max(0.0, self.case.history_minutes - self.minutes_used)

    @property
    def known(self) -> Known:
        """Attributes, drugs and modifiers that the opened facts revealed."""
        return known_from(self.case, self.state.opened)

    def board(self, number: int | None = None) -> tuple[str, ...]:
        """Hypotheses on the board now, or at a committed estimate (0 to 3); `other` is last."""
        return board_of(self.case, self.state, number)

    def hypothesis_name(self, hypothesis: str) -> str:
        """What to call a hypothesis or condition on screen."""
        return hypothesis_name(self.evidence.diagnosis, hypothesis)

    def is_serious(self, hypothesis: str) -> bool:
        """True for what is serious even when unlikely."""
        if hypothesis in self.evidence.diagnosis.conditions_by_id:
            condition = self.evidence.diagnosis.condition(hypothesis)
            return Urgency(condition.urgency) in (Urgency.EMERGENT, Urgency.URGENT)
        return False

    def calculation(self, number: int) -> Differential:
        """The calculated differential at a committed estimate (0 to 3), from the facts open then.

        Raises VisitError before the commit: the calculation opens afterwards.
        """
        if not 0 <= number < len(self.state.estimates):
            raise VisitError("The calculation opens once your estimate is committed.")
        return posterior(self.case, self.evidence.diagnosis, self.state.estimates[number].opened)

    def reference(self, number: int) -> dict[str, float]:
        """The calculation at a committed estimate over the board's hypotheses; sums to 1."""
        self.calculation(number)
        return reference_on_board(self.case, self.evidence.diagnosis, self.state, number)[0]

    def plan_check(self, items: Iterable[PlanItem | Mapping[str, Any]]) -> PlanCheck:
        """The check of a plan under the committed diagnosis and what was found out so far."""
        if self.state.diagnosis is None:
            raise VisitError("The plan is checked once the diagnosis is committed.")
        return check_for(
            self.case, self.evidence.treatment, condition=self.state.diagnosis.lead, items=items,
            attributes=self.known.attributes, drugs=self.known.drugs,
        )  # fmt: skip

    def outcome(self, instrument: str, week: int) -> Outcome:
        """What happened at a week, on 0-100 (`y`, `recorded`). Raises VisitError for what is still ahead."""
        if week not in self.state.followed_up and not self.state.closed:
            raise VisitError(f"Week {week} has not come yet.")
        course = self._course()
        return course.outcome(course.path(self.state.seed), instrument, week, self.state.plan)

    def goal_level(self, goal_id: str, week: int) -> int:
        """Attainment of a goal, -2 to 2, at a week that has come."""
        course = self._course()
        wish = next(wish for wish in self.case.goals if wish.id == goal_id)
        return course.goal_level(goal_id, self.outcome(course.instrument_of(wish.domain), week).y)

    def score(self) -> VisitScore:
        """Points by part with reasons. Raises VisitError before closing: the key stays shut until then."""
        if not self.state.closed:
            raise VisitError("The score opens when the visit is closed.")
        return score_visit(self.state, self.case, self._key, self.evidence)

    def report(self) -> str:
        """The visit on paper, as text. Raises VisitError before closing."""
        from casekit.encounter.report import report  # it builds on visits, this file must not build on it

        return report(self)

    def recorded(self, who: str) -> tuple[RecordedStep, ...]:
        """The acts of the case's recorded visit, "expert" or "decoy", for lessons that begin in the middle."""
        return self._key.expert if who == "expert" else self._key.decoy

    def _course(self) -> CourseOfCase:
        return CourseOfCase(self.case, self._key, self.evidence.outcome)

    def watch(self, callback: Callable[[], None]) -> None:
        """Call back after every change; several views of one visit stay in step."""
        self._watchers.append(callback)

    def unwatch(self, callback: Callable[[], None]) -> None:
        """No longer call back."""
        if callback in self._watchers:
            self._watchers.remove(callback)

    # ---- inside ----------------------------------------------------------------------------------

    def _learn(self, fact_id: str, step: Step, kind: EventKind) -> str:
        fact = self._fact(fact_id)
        if str(fact.kind) != str(step):
            belongs = "ordered as a test" if fact.kind.is_test else f"part of the {fact.kind}"
            raise VisitError(f'"{fact.ask}" is {belongs}.')
        self._need(step, f"The {step} comes later.")
        if self.is_open(fact_id):
            return fact.reply
        if step is Step.HISTORY and fact.minutes > self.minutes_left:
            raise VisitError(
                f"{self.minutes_left:g} of {self.case.history_minutes:g} minutes left; "
                f'"{fact.ask}" takes {fact.minutes:g}. Close the history with your second estimate.'
            )
        self._write(kind, {"fact": fact_id})
        return fact.reply

    def _fact(self, fact_id: str) -> Fact:
        known(fact_id, [fact.id for fact in self.case.facts], "fact of this case")
        return self.case.fact(fact_id)

    def _need(self, step: Step, otherwise: str) -> None:
        now = self.state.step
        if now is step:
            return
        if self.state.closed:
            raise VisitError("This visit is closed. Its debrief stays readable.")
        if now.number > step.number:
            raise VisitError(f"{_title(step)} is closed. You can still read it.")
        if now in ESTIMATE_AT:
            which = _ORDINAL[ESTIMATE_AT.index(now)]
            raise VisitError(
                f"{otherwise} Make your {which} estimate first: it closes the {_title(now).lower()}."
            )
        raise VisitError(f"{otherwise} You are at: {_title(now).lower()}.")

    def _write(self, kind: EventKind, data: Mapping[str, Any]) -> None:
        self.journal.append(kind, data, self._clock())

    def _take(self) -> None:
        """Take in what was written to the journal since, here or by another visit on it, and tell the views."""
        events = self.journal.events
        if self._taken[:1] != events[:1]:  # begun anew
            self.state, self._taken = fold((), self._door), []
        fresh = events[len(self._taken) :]
        for event in fresh:
            self.state = apply(self.state, event)
        self._taken += fresh
        if any(event.kind is not EventKind.DRAFTED for event in fresh):
            for callback in list(self._watchers):
                callback()


def _title(step: Step) -> str:
    return {
        Step.DOOR: "The door note", Step.HISTORY: "The history", Step.EXAMINATION: "The examination",
        Step.TESTS: "Testing", Step.DIAGNOSIS: "The diagnosis", Step.GOALS: "Goal setting",
        Step.PLAN: "The plan", Step.FORECAST: "The forecast", Step.FOLLOW_UP: "The follow-up",
        Step.DEBRIEF: "The debrief",
    }[step]  # fmt: skip
