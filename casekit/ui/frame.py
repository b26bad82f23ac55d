"""What stands around a panel: the visit bar, notices, the status line, the teaching-only line."""

from __future__ import annotations

from collections.abc import Mapping

import htpy as h

from casekit.encounter.state import ESTIMATE_AT, Step
from casekit.encounter.visit import Visit
from casekit.ui.markup import button, empty, notice
from casekit.ui.panel_list import panel_for
from casekit.ui.screen import Notice, Screen
from casekit.ui.worked_example import worked_example

BAR = (
    ("Door note", (Step.DOOR,)),
    ("History", (Step.HISTORY,)),
    ("Examination", (Step.EXAMINATION,)),
    ("Tests", (Step.TESTS, Step.DIAGNOSIS)),
    ("Plan", (Step.GOALS, Step.PLAN)),
    ("Forecast", (Step.FORECAST,)),
    ("Follow-up", (Step.FOLLOW_UP,)),
    ("Debrief", (Step.DEBRIEF,)),
)
TEACHING_ONLY = "For teaching only. Never for the care of a real person."


def draw(
    visit: Visit, steps: tuple[str, ...], choices: Mapping[str, str], told: Notice | None, status: str,
    *, resumed: bool = False,
) -> h.Element:  # fmt: skip
    """The whole view: every named step one below the other, or the one step of a full visit."""
    wanted = steps or (choices.get("step") or str(visit.state.step),)
    return h.div(".ck")[
        _header(visit, Step(choices.get("step") or visit.state.step)) if not steps else None,
        _notices(visit, choices, told, resumed=resumed),
        [_section(visit, name, choices, part=bool(steps)) for name in wanted],
        h.p(".ck-status", role="status")[status],
        h.footer(".ck-footer")[
            h.p[TEACHING_ONLY], h.p[f"Review state of this case: {visit.case.review.state}"]
        ],
    ]


def panel_of(screen: Screen, *, part: bool = False) -> str:
    """Which panel shows this step now: the work itself, the estimate board, or the calculation.

    In a part of a visit the calculation stays with the step whose estimate it answers.
    """
    mode, estimates = screen.choice("mode"), screen.visit.state.estimates
    if mode == "estimate" and screen.live and screen.visit.state.estimate_due:
        return "estimate"
    if mode == "calculation" and estimates and (not part or estimates[-1].step is screen.step):
        return "calculation"
    return str(screen.step)


def _section(visit: Visit, name: str, choices: Mapping[str, str], *, part: bool) -> h.Element:
    if name == "differential":
        due = visit.state.estimate_due and not visit.read_only and choices.get("mode") != "calculation"
        name = "estimate" if due else "calculation"
        screen = Screen(visit=visit, step=visit.state.step, choices=choices)
    else:
        screen = Screen(visit=visit, step=Step(name), choices=choices)
        name = panel_of(screen, part=part)
    if not screen.reached:
        body: h.Node = empty(
            "Not yet.",
            f"This part opens once the visit has come to it. The visit is at: {_label(visit.state.step)}.",
        )
    else:
        shown_how = worked_example(visit, screen.step) if screen.live and name != "calculation" else None
        body = [shown_how, panel_for(name).render(screen)]
    return h.section(".ck-panel", data_panel=name, id=f"ck-{name}")[body]


def _header(visit: Visit, shown: Step) -> h.Element:
    number = next(i for i, (_, steps) in enumerate(BAR, start=1) if shown in steps)
    return h.header(".ck-header", data_panel="frame")[
        h.div(".ck-header-line")[
            h.p(".ck-case-title")[visit.case.title],
            h.p(".ck-note")[f"Level {visit.case.level} · about {visit.case.minutes} minutes · practice"],
        ],
        h.p(".ck-bar-narrow")[
            f"Step {number} of {len(BAR)}: {BAR[number - 1][0]} ",
            h.progress(value=str(number), max=str(len(BAR)), aria_label=f"Step {number} of {len(BAR)}"),
        ],
        h.ol(".ck-bar", aria_label="Steps of the visit")[
            [
                _bar_item(i, name, steps, visit.state.step, shown)
                for i, (name, steps) in enumerate(BAR, start=1)
            ]
        ],
    ]


def _bar_item(number: int, name: str, steps: tuple[Step, ...], now: Step, shown: Step) -> h.Element:
    done = now.number > steps[-1].number
    current = {"aria-current": "step"} if shown in steps else {}
    reachable = now.number >= steps[0].number
    label = [h.span(".ck-check", aria_hidden="true")["✓ "] if done else None, f"{number} {name}"]
    target = steps[-1] if done else now
    inside: h.Node = h.span[label]
    if reachable and shown not in steps:
        inside = h.button(
            ".ck-bar-button", type="button", data_send="choose", data_act="look", data_step=str(target)
        )[label, h.span(".ck-hidden")[" (read again)" if done else " (where you are)"]]
    css = ".ck-done" if done else ".ck-now" if shown in steps else ""
    return h.li(css, current)[inside]


def _notices(visit: Visit, choices: Mapping[str, str], told: Notice | None, *, resumed: bool) -> h.Node:
    parts: list[h.Node] = []
    if told is not None:
        parts.append(notice(told.kind, told.title, told.text))
    if visit.read_only:
        held = "another notebook" in visit.read_only
        again = button("Go on here", "take_over") if held else button("Start again", "start_again")
        parts.append(
            notice(
                "edge",
                "You are reading.",
                visit.read_only.removeprefix("You are reading").lstrip(".,: "),
                again,
            )
        )
    elif resumed and choices.get("resumed") != "seen" and not visit.state.closed:
        parts.append(
            notice(
                "accent",
                f"Resumed at: {_label(visit.state.step)}.",
                f"Nothing was lost; last saved {visit.state.last_at[11:16]} UTC. {visit.journal.repaired}",
                [button("Start again", "start_again"), button("Go on", "go_on", kind="choose")],
            )
        )
    return h.div(".ck-notices", data_panel="frame")[parts] if parts else None


def _label(step: Step) -> str:
    return next(
        f"step {number}, {name.lower()}" for number, (name, steps) in enumerate(BAR, 1) if step in steps
    )


def estimate_number(step: Step) -> int:
    """1 to 4 for the steps that end with an estimate."""
    return ESTIMATE_AT.index(step) + 1
