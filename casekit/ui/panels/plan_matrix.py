"""What each entry of a plan is for: focus areas and goals, as main or also, with the gaps named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import htpy as h

from casekit.domain.case import GoalWish
from casekit.domain.treatment import TreatmentEvidence
from casekit.reasoning.plan_verdict import readable
from casekit.ui.panels.plan_draft import DraftItem
from casekit.ui.panels.plan_words import title

AREA_WORDS = {
    "muscle_strengthening": "Strength",
    "joint_stabilization": "Stability",
    "injury_rehabilitation": "Return after injury",
    "flexibility_enhancement": "Flexibility",
    "pain_reduction": "Less pain",
    "functional_improvement": "Function",
}
AREA_OF_DOMAIN = {"pain": "pain_reduction", "disability": "functional_improvement"}
"""Which focus area helps a wish of this outcome domain along."""
MAIN, ALSO, NOTHING = "main", "also helps", ""
_SIGNS = {MAIN: "●", ALSO: "○", NOTHING: "·"}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A focus area or a goal, and how much each entry serves it, entry by entry."""

    label: str
    is_goal: bool
    serves: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many entries serve it."""
        return sum(bool(word) for word in self.serves)


def columns(
    evidence: TreatmentEvidence, items: Sequence[DraftItem], wishes: Sequence[GoalWish]
) -> list[Column]:
    """Focus areas in the order of the evidence, then the agreed goals."""
    areas = [
        Column(
            label=AREA_WORDS.get(area.id, readable(area.id)), is_goal=False,
            serves=tuple(_serves_area(item, area.id) for item in items),
        )
        for area in evidence.focus_areas
    ]  # fmt: skip
    goals = [
        Column(label=wish.label, is_goal=True, serves=tuple(_serves_goal(item, wish) for item in items))
        for wish in wishes
    ]
    return [*areas, *goals]


def matrix(
    evidence: TreatmentEvidence, items: Sequence[DraftItem], wishes: Sequence[GoalWish], possessive: str
) -> h.Element:
    """The table of entries by focus area and goal. On a narrow screen the same cells stand turned."""
    found = columns(evidence, items, wishes)
    areas = sum(not column.is_goal for column in found)
    shape = f"--ck-areas: {areas}; --ck-goals: {len(wishes)}; --ck-entries: {len(items)}"
    return h.section(".ck-plan-part", aria_labelledby="ck-matrix-title")[
        h.div(".ck-part-head")[
            h.h3("#ck-matrix-title")["What each entry is for"],
            h.p(".ck-note", aria_hidden="true")[_key(MAIN), _key(ALSO)],
        ],
        h.table(".ck-matrix", role="table", aria_labelledby="ck-matrix-title", style=shape)[
            h.thead(role="rowgroup")[h.tr(role="row")[_heads(found, possessive)]],
            h.tbody(role="rowgroup")[
                [_row(number, item, found) for number, item in enumerate(items)],
                _counts(found, len(items)),
            ],
        ],
        _gaps(found),
    ]  # fmt: skip


def _key(word: str) -> h.Element:
    return h.span(".ck-key")[h.b(".ck-dot")[_SIGNS[word]], f" {word}"]


def _heads(found: Sequence[Column], possessive: str) -> list[h.Element]:
    cells = [h.th(".ck-corner", scope="col", role="columnheader", style=_place(1, 1))["Entry"]]
    for place, column in enumerate(found, start=2):
        css = ".ck-goal" if column.is_goal else ""
        hidden = h.span(".ck-hidden")[f"{possessive} goal: "] if column.is_goal else None
        cells.append(
            h.th(css, scope="col", role="columnheader", style=_place(1, place))[hidden, column.label]
        )
    return cells


def _row(number: int, item: DraftItem, found: Sequence[Column]) -> h.Element:
    row = number + 2
    name = [h.b[f"{number + 1}"], h.span(".ck-matrix-name")[f" {title(item)}"]]
    return h.tr(role="row", id=f"ck-matrix-{item.key}")[
        h.th(".ck-matrix-entry", scope="row", role="rowheader", style=_place(row, 1))[name],
        [_cell(row, place, column, column.serves[number]) for place, column in enumerate(found, start=2)],
    ]


def _cell(row: int, place: int, column: Column, word: str) -> h.Element:
    css = ".ck-goal" if column.is_goal else ""
    sign = h.span(f".ck-sign{'.ck-dot' if word else ''}", aria_hidden="true")[_SIGNS[word]]
    return h.td(css, role="cell", style=_place(row, place))[sign, h.span(".ck-hidden")[word or "no"]]


def _counts(found: Sequence[Column], entries: int) -> h.Element:
    row = entries + 2
    return h.tr(".ck-counts", role="row")[
        h.th(".ck-matrix-entry", scope="row", role="rowheader", style=_place(row, 1))[
            h.span(".ck-matrix-name")["Entries"], h.span(".ck-sigma", aria_hidden="true")["Σ"]
        ],
        [
            h.td(".ck-goal" if column.is_goal else "", role="cell", style=_place(row, place))[
                str(column.count) if column.count else h.span(".ck-none")["none"]
            ]
            for place, column in enumerate(found, start=2)
        ],
    ]


def _gaps(found: Sequence[Column]) -> h.Node:
    areas = [column.label.lower() for column in found if not column.count and not column.is_goal]
    goals = [f"“{column.label}”" for column in found if not column.count and column.is_goal]
    if not areas and not goals:
        return None
    more = ". Not every plan needs every area." if areas else "."
    return h.p(".ck-gaps")[h.strong["Nothing yet for "], ", ".join([*goals, *areas]), more]


def _serves_area(item: DraftItem, area: str) -> str:
    areas = item.modality.focus_areas
    return NOTHING if area not in areas else MAIN if areas[0] == area else ALSO


def _serves_goal(item: DraftItem, wish: GoalWish) -> str:
    if item.text("goal") == wish.id:
        return MAIN
    return ALSO if AREA_OF_DOMAIN.get(wish.domain) in item.modality.focus_areas else NOTHING


def _place(row: int, column: int) -> str:
    return f"--ck-r: {row}; --ck-c: {column}"
