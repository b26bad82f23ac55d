"""Lint rules about the two recorded visits of a key: what their acts refer to, and that they make a visit."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from typing import Any

from casekit.content.lint_key import fact_faults
from casekit.content.lint_rules import Fault, KeyedDraft, KeyRule, Path_
from casekit.content.problems import Severity
from casekit.domain.key import Step
from casekit.domain.vocabulary import OTHER, did_you_mean

TOLERANCE = 0.005
"""How far the sum of an estimate may be from 1."""
OPENS = {"ask": "history", "examine": "examination", "order": "tests"}
ORDER = ("estimate", "estimate", "estimate", "order", "estimate", "commit_diagnosis", "set_goals", "plan",
         "forecast", "follow_up", "follow_up", "close")  # fmt: skip
"""The acts that lead from one step of a visit to the next."""
BETWEEN = {"ask": (1, 1), "examine": (2, 2), "represent": (2, 5)}
"""Acts within a step: how many of ORDER are done before them, at least and at most."""
FOLLOW_UP_WEEKS = (6, 12)


def _acts(draft: KeyedDraft) -> Iterator[tuple[Path_, Step]]:
    """Every act of both visits with its path."""
    for name, steps in (("expert", draft.key.expert), ("decoy", draft.key.decoy)):
        for index, step in enumerate(steps):
            yield (name, index, step.act), step


def _acts_of(draft: KeyedDraft, verb: str) -> Iterator[tuple[Path_, Any]]:
    for path, step in _acts(draft):
        if step.act == verb:
            yield path, step.value


def _facts(draft: KeyedDraft) -> Iterator[Fault]:
    for path, step in _acts(draft):
        if step.act in OPENS:
            yield from fact_faults(draft, step.value, OPENS[step.act], path)


def _estimates(draft: KeyedDraft) -> Iterator[Fault]:
    for path, estimate in _acts_of(draft, "estimate"):
        total = sum(estimate.values())
        if abs(total - 1) > TOLERANCE:
            hint = "Change one of them; 0 is allowed."
            yield Fault(path=path, in_key=True, found=f"a sum of {total:.3g}", expected="1", hint=hint)


def _estimate_board(draft: KeyedDraft) -> Iterator[Fault]:
    board = {*draft.case.hypotheses, OTHER}
    for path, estimate in _acts_of(draft, "estimate"):
        for name, hypotheses in (
            ("is not on the board", set(estimate) - board),
            ("is left out", board - set(estimate)),
        ):
            for hypothesis in sorted(hypotheses):
                where = (*path, hypothesis) if hypothesis in estimate else path
                yield Fault(path=where, in_key=True, message=f'"{hypothesis}" {name}.')


def _goals(draft: KeyedDraft) -> Iterator[Fault]:
    goals = [goal.id for goal in draft.case.goals]
    measures = [measure.instrument for measure in draft.case.measures]
    for verb in ("set_goals", "plan"):
        for path, entries in _acts_of(draft, verb):
            for index, entry in enumerate(entries):
                for name, allowed in (("goal", goals), ("measure", measures)):
                    said = entry.get(name)
                    if said is not None and said not in allowed:
                        expected = f"a {name} of case.yaml"
                        hint = did_you_mean(said, allowed) or f"It has {', '.join(allowed)}."
                        where = (*path, index, name)
                        yield Fault(path=where, in_key=True, found=f'"{said}"', expected=expected, hint=hint)


def _plan_items(draft: KeyedDraft) -> Iterator[tuple[Path_, Mapping[str, Any], frozenset[str]]]:
    for path, items in _acts_of(draft, "plan"):
        for index, item in enumerate(items):
            yield (*path, index), item, draft.vocabulary.agents_of.get(item["modality"], frozenset())


def _agents(draft: KeyedDraft) -> Iterator[Fault]:
    for path, item, agents in _plan_items(draft):
        agent, choice = item.get("agent"), ", ".join(sorted(agents))
        if agent is None and agents:
            message = f"{item['modality']} names no drug, so its limits cannot be checked."
            yield Fault(path=path, in_key=True, message=message, hint=f'Add "agent:" with one of {choice}.')
        if agent is not None and agent not in agents:
            hint = did_you_mean(agent, agents) or f"It has {choice or 'none'}."
            expected = f"an agent of {item['modality']}"
            yield Fault(path=(*path, "agent"), in_key=True, found=f'"{agent}"', expected=expected, hint=hint)


def _forecasts(draft: KeyedDraft) -> Iterator[Fault]:
    case = draft.case
    for path, forecast in _acts_of(draft, "forecast"):
        for instrument, weeks in forecast.items():
            where = (*path, instrument)
            if instrument not in case.forecast_measures:
                expected = f"one of {', '.join(case.forecast_measures)}"
                yield Fault(path=where, in_key=True, found=f'"{instrument}"', expected=expected)
            if sorted(weeks) != sorted(case.forecast_weeks):
                found = ", ".join(map(str, weeks))
                expected = f"the weeks {', '.join(map(str, case.forecast_weeks))}"
                yield Fault(path=where, in_key=True, found=found, expected=expected)
            for week, quantiles in weeks.items():
                if list(quantiles) != sorted(quantiles):
                    found = ", ".join(f"{each:g}" for each in quantiles)
                    yield Fault(
                        path=(*where, week), in_key=True, found=found, expected="10, 50 and 90 % that rise"
                    )
        for instrument in case.forecast_measures:
            if instrument not in forecast:
                yield Fault(path=path, in_key=True, message=f"{instrument} is not forecast.")


def _visits(draft: KeyedDraft) -> Iterator[Fault]:
    for name, steps in (("expert", draft.key.expert), ("decoy", draft.key.decoy)):
        done = yield from _order_faults(name, steps)
        weeks = [(index, step.value) for index, step in enumerate(steps) if step.act == "follow_up"]
        for (index, week), due in zip(weeks, FOLLOW_UP_WEEKS, strict=False):
            if week != due:
                path = (name, index, "follow_up")
                yield Fault(path=path, in_key=True, found=f"week {week}", expected=f"week {due}")
        if steps[-1].act != "close" or steps[-1].value is not True:
            message, hint = "the visit is left open.", 'End with "- close: true".'
            yield Fault(path=(name, len(steps) - 1), in_key=True, message=message, hint=hint)
        elif name == "expert" and done < ORDER.index("follow_up"):
            message = f'the expert stops before "{ORDER[done]}".'
            yield Fault(path=(name, len(steps) - 1), in_key=True, message=message, hint="Add this act.")


def _order_faults(name: str, steps: tuple[Step, ...]) -> Generator[Fault, None, int]:
    """Acts at the wrong time; gives back how many of ORDER were done before closing."""
    done, summed_up = 0, False
    for index, step in enumerate(steps):
        path: Path_ = (name, index, step.act)
        if step.act in BETWEEN:
            summed_up = summed_up or step.act == "represent"
            least, most = BETWEEN[step.act]
            if not least <= done <= most:
                when = (
                    "earlier" if done > most else f"after the {'first' if least == 1 else 'second'} estimate"
                )
                yield Fault(path=path, in_key=True, message=f'"{step.act}" belongs {when}.')
        elif step.act == "close":
            if index != len(steps) - 1:
                yield Fault(path=path, in_key=True, message="the visit goes on after it is closed.")
        elif step.act in ORDER[done:-1]:
            if step.act != ORDER[done]:
                yield Fault(path=path, in_key=True, message=f'"{ORDER[done]}" is due before "{step.act}".')
            if step.act == "commit_diagnosis" and not summed_up:
                yield Fault(path=path, in_key=True, message='"represent" is due before the diagnosis.')
            done = ORDER.index(step.act, done) + 1
        else:
            yield Fault(path=path, in_key=True, message=f'"{step.act}" comes too late.')
    return done


def _time(draft: KeyedDraft) -> Iterator[Fault]:
    for name, steps in (("expert", draft.key.expert), ("decoy", draft.key.decoy)):
        asked = {fact_id for step in steps if step.act == "ask" for fact_id in step.value}
        needed = sum(fact.minutes for fact in draft.case.facts if fact.id in asked)
        if needed > draft.case.history_minutes:
            found = f"{needed:g} minutes of questions"
            expected = f"at most {draft.case.history_minutes:g}, as history_minutes says"
            hint = "Ask less, or give more time."
            yield Fault(path=(name,), in_key=True, found=found, expected=expected, hint=hint)


def _expert(draft: KeyedDraft) -> Iterator[Fault]:
    for index, step in enumerate(draft.key.expert):
        path: Path_ = ("expert", index, step.act)
        if step.act == "commit_diagnosis":
            right = {"lead": draft.key.diagnosis.lead, "urgency": str(draft.key.diagnosis.urgency)}
            for name in (name for name in right if step.value[name] != right[name]):
                found, expected = f'"{step.value[name]}"', f'"{right[name]}", as keyed'
                yield Fault(path=(*path, name), in_key=True, found=found, expected=expected)
        if step.act == "plan":
            yield from _expert_plan(draft, path, [item["modality"] for item in step.value])


def _expert_plan(draft: KeyedDraft, path: Path_, chosen: list[str]) -> Iterator[Fault]:
    for group in draft.key.plan.required:
        if not set(group) & set(chosen):
            message = f"the expert's plan lacks {' or '.join(group)}, which is required."
            yield Fault(path=path, in_key=True, message=message)
    for index, modality in enumerate(chosen):
        if modality in draft.key.plan.contraindicated:
            message = f"{modality} is contraindicated by the key."
            yield Fault(path=(*path, index), in_key=True, message=message)


def _expert_answers(draft: KeyedDraft) -> Iterator[Fault]:
    answers = _answers(draft)
    for index, feature in enumerate(draft.key.key_features):
        chosen = answers[feature.source] & set(feature.menu)
        path: Path_ = ("key_features", index)
        for group in feature.accept:
            if not chosen & set(group):
                message = f"the expert does not answer {' or '.join(group)}."
                yield Fault(path=(*path, "accept"), in_key=True, message=message)
        for answer in sorted(chosen & set(feature.harmful)):
            message = f'the expert answers "{answer}", which is harmful.'
            yield Fault(path=(*path, "harmful"), in_key=True, message=message)
        if len(chosen) > feature.limit:
            message = f"the expert gives {len(chosen)} answers of this menu, more than the limit."
            yield Fault(
                path=(*path, "limit"), in_key=True, message=message, hint="Raise it or lengthen the menu."
            )


def _answers(draft: KeyedDraft) -> dict[str, set[str]]:
    """What the expert answers, by the source of a key feature."""
    acts = [(step.act, step.value) for step in draft.key.expert]

    def listed(verb: str) -> list[Any]:
        return [entry for act, value in acts if act == verb for entry in value]

    commits = [value for act, value in acts if act == "commit_diagnosis"]
    return {
        "history": set(listed("ask")),
        "examination": set(listed("examine")),
        "tests": set(listed("order")),
        "diagnosis": {value["lead"] for value in commits},
        "urgency": {value["urgency"] for value in commits},
        "plan": {item["modality"] for item in listed("plan")},
        "goals": {goal["goal"] for goal in listed("set_goals")},
    }


VISIT_RULES = (
    KeyRule(id="visit-facts", meaning="Acts open facts that exist, in their own step.", check=_facts),
    KeyRule(id="estimate-sum", meaning="Probabilities of an estimate sum to 1.", check=_estimates),
    KeyRule(id="visit-goals", meaning="Acts name goals and measures of the case.", check=_goals),
    KeyRule(id="plan-agent", meaning="Drugs are named and belong to their modality.", check=_agents),
    KeyRule(id="visit-forecast", meaning="Forecasts are complete and rise.", check=_forecasts),
    KeyRule(id="visit-order", meaning="The acts make a whole visit in order.", check=_visits),
    KeyRule(id="history-time", meaning="The questions fit into the time there is.", check=_time),
    KeyRule(id="expert-key", meaning="The expert does what the key asks for.", check=_expert),
    KeyRule(id="expert-answers", meaning="The expert answers every key feature.", check=_expert_answers),
    KeyRule(id="estimate-board", meaning="Estimates cover the board.", check=_estimate_board,
            severity=Severity.WARNING),
)  # fmt: skip
