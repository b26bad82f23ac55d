"""One entry of a plan: name, verdict and dose in a line; opened, all that belongs to a prescription."""

from __future__ import annotations

import htpy as h

from casekit.domain.indications import Category
from casekit.reasoning.plan_dose import readable_unit
from casekit.reasoning.plan_dose_entry import MASS_IN_MG
from casekit.reasoning.plan_verdict import Verdict
from casekit.ui.markup import button
from casekit.ui.panels.plan_draft import DraftItem
from casekit.ui.panels.plan_fields import number_field, options, select_field, text_field, tick
from casekit.ui.panels.plan_reasons import mark, minded, stop_box, why
from casekit.ui.panels.plan_words import (
    DOSE_LABELS,
    dose_line,
    drug_word,
    measure_word,
    role_word,
    roles,
    title,
)
from casekit.ui.screen import Screen


def entry(screen: Screen, item: DraftItem, number: int, found: Verdict | None, *, newest: bool) -> h.Element:
    """An entry as a fold. A contraindicated one says why without being opened."""
    sources = screen.visit.evidence.sources
    data = {"key": str(item.key)}
    take_out = button("Take out", "take_out", data=data, attributes={"aria-label": f"Take out {title(item)}"})
    forbidden = found is not None and found.category is Category.CONTRAINDICATED
    fold = h.details(
        ".ck-entry-fold", id=f"ck-entry-fold-{item.key}", open=newest, data_keep=f"entry-{item.key}"
    )
    return h.li(".ck-entry", id=f"ck-entry-{item.key}")[
        fold[
            h.summary[
                h.span(".ck-entry-name")[h.span(".ck-entry-number")[f"{number} "], title(item)],
                [" ", mark(found), " "] if found else " ",
                h.span(".ck-note.ck-dose-line")[dose_line(item, screen.visit.case)],
            ],
            h.div(".ck-entry-body")[
                _fields(screen, item) if screen.live else _as_text(screen, item),
                why(found, sources, item.key) if found else None,
                take_out if screen.live and not forbidden else None,
            ],
        ],
        stop_box(found, sources, take_out if screen.live else None) if found and forbidden else None,
        minded(found) if found and not forbidden else None,
    ]  # fmt: skip


def _fields(screen: Screen, item: DraftItem) -> h.Node:
    name, patient = f"item.{item.key}", screen.visit.case.patient
    return [
        h.div(".ck-row")[
            _agent(item, name) if item.modality.agents else None,
            [_dose_field(item, name, part) for part in item.dose_fields],
            number_field("Starts in", f"{name}.start_week", item.text("start_week"),
                         problem=item.problem("start_week"), unit="weeks"),
        ],
        h.div(".ck-row")[_who(screen, item, name), _goal(screen, item, name), _measure(screen, item, name)],
        h.div(".ck-row")[
            text_field("How it goes on", f"{name}.progression", item.text("progression")),
            text_field("Stop, or come back, if", f"{name}.stop_rule", item.text("stop_rule")),
        ],
        tick(f"{patient.name} agreed to this", f"{name}.agreed", "yes", checked=item.agreed),
    ]  # fmt: skip


def _agent(item: DraftItem, name: str) -> h.Element:
    rows = [(agent.id, drug_word(agent.id)) for agent in item.modality.agents]
    none_yet = "Choose the drug" if item.modality.is_drug else "Without a drug"
    return select_field("Drug", f"{name}.agent", options(rows, item.text("agent"), empty=none_yet), act="set")


def _dose_field(item: DraftItem, name: str, part: str) -> h.Element:
    label = DOSE_LABELS[part]
    if part != "dose.unit":
        return number_field(label, f"{name}.{part}", item.text(part), problem=item.problem(part))
    unit = item.agent.unit if item.agent else "mg"
    units = list(MASS_IN_MG) if unit in MASS_IN_MG else [unit]
    rows = options([(unit, readable_unit(unit)) for unit in units], item.unit)
    return select_field(label, f"{name}.{part}", rows, css=".ck-unit")


def _who(screen: Screen, item: DraftItem, name: str) -> h.Element:
    team = list(screen.visit.case.team)
    others = [role for role in roles(screen.visit.evidence.treatment) if role not in team]
    chosen = item.text("discipline")
    choices: h.Node = [
        options((), chosen, empty="Choose"),
        h.optgroup(label="Team of this case")[options([(role, role_word(role)) for role in team], chosen)],
        h.optgroup(label="Others")[options([(role, role_word(role)) for role in others], chosen)],
    ]
    return select_field("Who", f"{name}.discipline", choices)


def _goal(screen: Screen, item: DraftItem, name: str) -> h.Element:
    agreed = [goal.goal for goal in screen.visit.state.goals]
    rows = [(wish.id, wish.label) for wish in screen.visit.case.goals if wish.id in agreed]
    return select_field("Goal", f"{name}.goal", options(rows, item.text("goal"), empty="Choose"))


def _measure(screen: Screen, item: DraftItem, name: str) -> h.Element:
    outcome = screen.visit.evidence.outcome
    rows = [(row.instrument, measure_word(row, outcome)) for row in screen.visit.case.measures]
    return select_field("Measured by", f"{name}.measure", options(rows, item.text("measure"), empty="Choose"))


def _as_text(screen: Screen, item: DraftItem) -> h.Element:
    measures = {row.instrument: row for row in screen.visit.case.measures}
    measured = measures.get(item.text("measure"))
    rows = [
        ("Measured by", measure_word(measured, screen.visit.evidence.outcome) if measured else ""),
        ("How it goes on", item.text("progression")),
        ("Stop, or come back, if", item.text("stop_rule")),
        ("Agreed", "yes" if item.agreed else "no"),
    ]
    return h.dl(".ck-pairs")[[[h.dt[label], h.dd[text]] for label, text in rows if text]]
