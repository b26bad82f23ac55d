"""The treatments to choose from: searched, limited to families, in one neutral order.

Before a commit every option looks the same. What the evidence lists as not recommended stands among the
others, under the family a reader would look for it in.
"""

from __future__ import annotations

from dataclasses import dataclass

import htpy as h

from casekit.domain.modalities import Family, Modality
from casekit.domain.treatment import TreatmentEvidence
from casekit.reasoning.modality_search import search_modalities
from casekit.ui.markup import button, empty, link_button
from casekit.ui.panels.plan_draft import PlanDraft
from casekit.ui.panels.plan_fields import tick
from casekit.ui.panels.plan_words import drug_word

SHOWN_AT_FIRST = 8
UNSHOWN_FAMILY = "not_recommended"
SHOWN_UNDER = {"traction": "physical_therapy", "routine_imaging": "referral"}
"""Where a reader looks for what has no family of its own; drugs are medication, the rest lifestyle."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of the list: a treatment, or one drug of it."""

    modality: Modality
    agent: str = ""

    @property
    def label(self) -> str:
        """The name to choose by."""
        return drug_word(self.agent) if self.agent else self.modality.label


def families(evidence: TreatmentEvidence) -> tuple[Family, ...]:
    """The families a learner chooses from."""
    return tuple(family for family in evidence.families if family.id != UNSHOWN_FAMILY)


def shown_family(modality: Modality) -> str:
    """The family a treatment is listed under."""
    if modality.family != UNSHOWN_FAMILY:
        return modality.family
    return SHOWN_UNDER.get(modality.id, "medication" if modality.agents else "lifestyle")


def found(evidence: TreatmentEvidence, draft: PlanDraft) -> list[Listed]:
    """What search and families leave, by family and name; drugs of the name searched for come first."""
    order = [family.id for family in families(evidence)]
    wanted = order if draft.families is None else draft.families
    rows = [
        row
        for row in search_modalities(evidence, draft.search)
        if shown_family(row) in wanted and _honestly_found(evidence, row, draft.search)
    ]
    rows.sort(key=lambda row: (order.index(shown_family(row)), row.label.lower()))
    word = draft.search.strip().lower()
    drugs = [
        Listed(modality=row, agent=agent.id)
        for row in rows
        for agent in row.agents
        if len(word) > 1 and word in agent.id.replace("_", " ")
    ]
    return [*drugs, *(Listed(modality=row) for row in rows)]


def _honestly_found(evidence: TreatmentEvidence, row: Modality, words: str) -> bool:
    """False for a treatment that only the name of the unshown family, or its description, gives away."""
    if row.family != UNSHOWN_FAMILY:
        return True
    family = evidence.family_by_id[shown_family(row)].label
    text = " ".join([row.label, family, *(agent.id for agent in row.agents)]).lower()
    return all(word in text for word in words.lower().split())


def catalogue(evidence: TreatmentEvidence, draft: PlanDraft, *, unfolded: bool) -> h.Element:
    """The side of the screen where treatments are found and added."""
    rows = found(evidence, draft)
    shown = rows if draft.all else rows[:SHOWN_AT_FIRST]
    total = len(evidence.modalities)
    return h.div(".ck-plan-add", id="ck-plan-add")[
        h.h3[
            h.span(".ck-plan-wide")["Add a treatment"],
            h.button(".ck-plan-narrow.ck-plan-fold", type="button", data_send="choose", data_act="fold",
                     aria_expanded="true" if unfolded else "false", aria_controls="ck-plan-add-body")[
                h.span(aria_hidden="true")["▾ " if unfolded else "▸ "], "Add a treatment"
            ],
        ],
        h.div(f"#ck-plan-add-body.ck-plan-add-body{'' if unfolded else '.ck-folded'}")[
            h.label(".ck-field")[
                h.span[f"Search {total} treatments"],
                h.input(type="search", name="search", value=draft.search, autocomplete="off", data_draft=""),
            ],
            _family_ticks(evidence, draft),
            _list(evidence, draft, shown) if rows else _nothing(draft),
            _more(draft, len(rows)),
        ],
    ]  # fmt: skip


def _family_ticks(evidence: TreatmentEvidence, draft: PlanDraft) -> h.Element:
    chosen = [family.id for family in families(evidence)] if draft.families is None else draft.families
    return h.fieldset(".ck-families")[
        h.legend["Family"],
        [tick(f.label, "families", f.id, checked=f.id in chosen, act="filter") for f in families(evidence)],
    ]


def _list(evidence: TreatmentEvidence, draft: PlanDraft, shown: list[Listed]) -> h.Element:
    planned = {(item.modality.id, item.text("agent")) for item in draft.items}
    names = {modality for modality, _ in planned}
    return h.ul(".ck-treatments", aria_label="Treatments")[
        [
            _choice(
                evidence,
                row,
                (row.modality.id, row.agent) in planned if row.agent else row.modality.id in names,
            )
            for row in shown
        ]
    ]


def _choice(evidence: TreatmentEvidence, row: Listed, planned: bool) -> h.Element:
    family = evidence.family_by_id[shown_family(row.modality)].label
    under = f"{row.modality.label} · {family}" if row.agent else family
    data = {"modality": row.modality.id, "agent": row.agent}
    return h.li(id=f"ck-add-{row.modality.id}-{row.agent}".replace(" ", "-"))[
        h.div[
            h.p(".ck-treatment")[row.label],
            h.p(".ck-note")[under, " · in your plan" if planned else ""],
        ],
        button("Add", "add", data=data, attributes={"aria-label": f"Add {row.label}"}),
    ]


def _nothing(draft: PlanDraft) -> h.Element:
    if draft.families == ():
        return empty("No family is chosen.", "Tick at least one family above.")
    return empty(f"Nothing is called “{draft.search.strip()}” here.", "Try one word, or tick more families.")


def _more(draft: PlanDraft, number: int) -> h.Node:
    if number <= SHOWN_AT_FIRST:
        return None
    words = "Show fewer" if draft.all else f"Show all {number}"
    return link_button(words, "all", kind="act")
