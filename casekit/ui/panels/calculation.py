"""After a commit: what the learner said, what the opened findings give, and how each finding moved it."""

from __future__ import annotations

from collections.abc import Mapping

import htpy as h

from casekit.domain.vocabulary import OTHER, Verification
from casekit.encounter.hypotheses import GROUP, members
from casekit.encounter.state import ESTIMATE_AT, Step
from casekit.reasoning.differential_result import APPROXIMATION, Differential
from casekit.ui.markup import VERIFICATION_WORDS, commit_bar, empty
from casekit.ui.panels.alarm_notice import alarm_notice
from casekit.ui.panels.calculation_rows import finding_table
from casekit.ui.panels.figures import clock, in_sentence, own_percent, share
from casekit.ui.panels.ratio_marks import percent_ticks, two_shares
from casekit.ui.panels.stacked_table import Row, stacked_table
from casekit.ui.screen import Act, Choice, Message, RefusedMessageError, Screen

STEP: Step | None = None

_AFTER = {
    Step.DOOR: "after the door note",
    Step.HISTORY: "after the history",
    Step.EXAMINATION: "after the examination",
    Step.TESTS: "after the tests",
}
_NEXT = {
    Step.HISTORY: ("Go to the history", "Next: the history. Your second estimate closes it."),
    Step.EXAMINATION: ("Go to the examination", "Next: the examination. Your third estimate closes it."),
    Step.TESTS: ("Go to the tests", "Next: choose tests. Your fourth estimate comes after them."),
    Step.DIAGNOSIS: ("Go to the diagnosis", "Next: say what it is and how soon somebody must act."),
}

_CHECKED = {
    Verification.TEXT: "read in source",
    Verification.SECONDARY: "second-hand account",
    Verification.RECALLED: "unverified, from memory",
    Verification.DERIVED: "derived from cited figures",
}


def render(screen: Screen) -> h.Node:
    """You and the calculation; then one condition, finding by finding; then the alarms."""
    estimates = screen.visit.state.estimates
    if not estimates:
        return empty(
            "Nothing is calculated yet.", "The calculation opens once your first estimate is committed."
        )
    number = _number(screen)
    mine, theirs = estimates[number].probabilities, screen.visit.reference(number)
    result = screen.visit.calculation(number)
    return [
        h.h2(".ck-screen-title", tabindex="-1")["How the calculation got there"],
        h.p(".ck-lead")[_lead(screen, mine, theirs)],
        _you_and_it(screen, number, mine, theirs),
        _one_condition(screen, number, result),
        _how_to_read(),
        alarm_notice(result, screen.visit.evidence.sources),
        _go_on(screen),
    ]


def handle(screen: Screen, message: Message) -> Act | Choice:
    """Look at another condition or estimate, or go on."""
    if message.act == "choose_condition":
        chosen = message.text("condition")
        if chosen not in screen.visit.evidence.diagnosis.hypotheses:
            raise RefusedMessageError(f'There is no condition "{chosen}" to look at.')
        return Choice({"condition": chosen})
    if message.act == "choose_estimate":
        chosen = message.text("estimate_number")
        if chosen not in [str(number) for number in range(len(screen.visit.state.estimates))]:
            raise RefusedMessageError(f'There is no committed estimate "{chosen}".')
        return Choice({"estimate_number": chosen, "condition": ""})
    if message.act == "go_on":
        return Choice({"mode": "", "step": "", "estimate_number": "", "condition": ""})
    raise RefusedMessageError(f'The calculation does not know "{message.act}".')


def _number(screen: Screen) -> int:
    """Which committed estimate is looked at, 0 to 3; the last one unless another was chosen."""
    last = len(screen.visit.state.estimates) - 1
    chosen = screen.choice("estimate_number")
    return int(chosen) if chosen.isdecimal() and int(chosen) <= last else last


def _lead(screen: Screen, mine: Mapping[str, float], theirs: Mapping[str, float]) -> str:
    """You and the calculation on what you think most likely, and on what it finds most likely."""
    yours, its = _first(mine), _first(theirs)
    name = screen.visit.hypothesis_name(yours)
    said = f"You said {own_percent(mine[yours])} % for {in_sentence(name)}."
    found = f"The findings you have opened so far give {share(theirs.get(yours, 0.0))} %."
    if its == yours:
        return f"{said} {found}"
    other = in_sentence(screen.visit.hypothesis_name(its))
    return f"{said} {found} They put {other} first, at {share(theirs[its])} %."


def _first(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda name: (name != OTHER and shares[name] > 0, shares[name]))


def _you_and_it(
    screen: Screen, number: int, mine: Mapping[str, float], theirs: Mapping[str, float]
) -> h.Element:
    order = sorted(theirs, key=lambda name: (name == OTHER, -max(mine.get(name, 0.0), theirs[name])))
    rows = [
        Row(
            cells=[
                screen.visit.hypothesis_name(name),
                two_shares(mine.get(name, 0.0), theirs[name], named=place == 0),
                own_percent(mine.get(name, 0.0)),
                share(theirs[name]),
            ],
            css="ck-strong" if place == 0 else "",
        )
        for place, name in enumerate(order)
    ]
    columns = (
        ("ck-c-name", "Hypothesis"),
        ("ck-c-chart", percent_ticks(20)),
        ("ck-c-you", "you, %"),
        ("ck-c-calc", "calc., %"),
    )
    return h.section(".ck-part")[
        h.div(".ck-part-head")[h.h3["You and the calculation"], _estimate_select(screen, number)],
        stacked_table("ck-two-shares", "Your shares and the calculated ones, in percent", columns, rows),
        h.p(".ck-note")["Filled circle: you. Open square: the calculation."],
    ]


def _estimate_select(screen: Screen, number: int) -> h.Node:
    estimates = screen.visit.state.estimates
    if len(estimates) < 2:
        return h.span(".ck-note")[f"Estimate 1 committed, {clock(estimates[0].at)}"]
    return h.select(
        name="estimate_number",
        data_send="choose",
        data_act="choose_estimate",
        data_on_change="",
        aria_label="Estimate to look at",
    )[
        [
            h.option(value=str(n), selected=n == number)[
                f"Estimate {n + 1}, {_AFTER[ESTIMATE_AT[n]]}, {clock(e.at)}"
            ]
            for n, e in enumerate(estimates)
        ]
    ]


def _one_condition(screen: Screen, number: int, result: Differential) -> h.Element:
    groups = _conditions(screen, number, result)
    condition = _condition(screen, number, result)
    name = screen.visit.hypothesis_name(condition)
    return h.section(".ck-part")[
        h.div(".ck-part-head")[
            h.h3[f"{name}, finding by finding"],
            h.select(
                name="condition",
                data_send="choose",
                data_act="choose_condition",
                data_on_change="",
                aria_label="Condition to look at",
            )[[_options(screen, label, names, condition) for label, names in groups]],
        ],
        _of_group(screen, result, condition),
        h.div(".ck-box")[finding_table(screen.visit.evidence, result, condition)],
    ]


def _conditions(screen: Screen, number: int, result: Differential) -> list[tuple[str, list[str]]]:
    """What can be opened, in runs: a run with a label is a group whose members are offered by name."""
    board = [name for name in screen.visit.board(number) if name != OTHER]
    if condition := screen.choice("condition"):
        board += [condition] if condition not in (*board, *members(result.evidence), OTHER) else []
    single = sorted((name for name in board if name != GROUP), key=lambda name: -result.posttest[name])
    inside = sorted(members(result.evidence), key=lambda name: -result.posttest[name])
    runs: list[tuple[str, list[str]]] = [("", single)]
    if GROUP in board:
        runs.append((screen.visit.hypothesis_name(GROUP), inside))
    return [*runs, ("", [OTHER])]


def _options(screen: Screen, label: str, names: list[str], chosen: str) -> h.Node:
    options = [
        h.option(value=name, selected=name == chosen)[screen.visit.hypothesis_name(name)] for name in names
    ]
    return h.optgroup(label=label)[options] if label else options


def _condition(screen: Screen, number: int, result: Differential) -> str:
    """The condition that is open: the chosen one, else what the learner thinks most likely."""
    if chosen := screen.choice("condition"):
        return chosen
    first = _first(screen.visit.state.estimates[number].probabilities)
    if first == GROUP:
        return max(members(result.evidence), key=lambda name: result.posttest[name])
    return first


def _of_group(screen: Screen, result: Differential, condition: str) -> h.Node:
    inside = members(result.evidence)
    if condition not in inside:
        return None
    whole = sum(result.posttest[name] for name in inside)
    return h.p(".ck-note")[
        f"One of {len(inside)} names for {in_sentence(screen.visit.hypothesis_name(GROUP))}, together "
        f"{share(whole)} %. No bedside test parts them; how the total is split is a teaching assumption."
    ]


def _how_to_read() -> h.Element:
    return h.div(".ck-reading")[
        h.p(".ck-note")[
            h.strong["How to read it. "],
            "Odds before × ratio = odds after; then all shares are brought back to 100 %, so a share also "
            "moves when a finding speaks for or against the others. The square is the published ratio, the "
            f"line its 95 % interval, the diamond an opinion. {APPROXIMATION}",
        ],
        h.ul(".ck-legend.ck-note", aria_label="How a number was checked")[
            [
                h.li[h.span(aria_hidden="true")[glyph], f" {_CHECKED[level]}"]
                for level, (glyph, _) in VERIFICATION_WORDS.items()
            ]
        ],
    ]


def _go_on(screen: Screen) -> h.Element:
    label, consequence = _NEXT.get(screen.visit.state.step, ("Back to where you are", ""))
    return commit_bar(label, "go_on", consequence)
