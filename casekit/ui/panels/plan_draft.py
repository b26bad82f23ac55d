"""The unfinished plan: what is typed, as it is typed, and the plan entries that can be read from it.

A draft never loses text: a number that cannot be read stays on the screen and counts as not stated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from casekit.domain.acts import PlanItem
from casekit.domain.modalities import Agent, Modality
from casekit.domain.treatment import TreatmentEvidence
from casekit.ui.panels.plan_fields import number_in, number_problem

LONGEST_TEXT = 600
DAYS_A_WEEK = 7
TEXTS = ("agent", "discipline", "goal", "measure", "progression", "stop_rule")
NUMBERS = (
    "dose.amount", "dose.times_per_day", "dose.days", "dose.every_days", "dose.per_week", "dose.minutes",
    "dose.weeks", "start_week",
)  # fmt: skip
FIELDS = (*TEXTS, *NUMBERS, "dose.unit")
_FIELD_NAME = re.compile(r"item\.(\d{1,4})\.([a-z_.]+)")
_SESSION_QUANTITIES = {"sessions_per_week", "sessions_total", "minutes", "contacts_per_month", "hours_total"}


@dataclass(frozen=True, kw_only=True)
class DraftItem:
    """An entry as typed. `key` names it for good, whatever is taken out; `texts` are its fields by name."""

    key: int
    modality: Modality
    texts: Mapping[str, str] = field(default_factory=dict)
    agreed: bool = False

    def text(self, name: str) -> str:
        """One field as typed."""
        return self.texts.get(name, "")

    def number(self, name: str) -> float | None:
        """One field as number above 0 (the start also 0), None if it is empty or cannot be read."""
        return None if self.problem(name) else number_in(self.text(name))

    def problem(self, name: str) -> str:
        """What is wrong with a number, or nothing."""
        return number_problem(self.text(name), 0, above=name != "start_week")

    @property
    def agent(self) -> Agent | None:
        """The chosen drug."""
        return next((agent for agent in self.modality.agents if agent.id == self.text("agent")), None)

    @property
    def unit(self) -> str:
        """The unit of the amount: the chosen one, or the drug's own."""
        return self.text("dose.unit") or (self.agent.unit if self.agent else "mg")

    @property
    def dose_fields(self) -> tuple[str, ...]:
        """Which parts of a dose make sense here, by field name."""
        if self.modality.is_drug or self.agent:
            return self._drug_fields()
        ranges = set(self.modality.ranges)
        if ranges & _SESSION_QUANTITIES:
            return ("dose.per_week", "dose.minutes", "dose.weeks")
        if "days" in ranges:
            return ("dose.days",)
        return ("dose.weeks",) if ranges & {"hours_per_day", "weeks", "months"} else ()

    def _drug_fields(self) -> tuple[str, ...]:
        if self.modality.family == "injections":
            return ("dose.amount", "dose.unit")
        if self.agent and self.agent.interval_days:
            return ("dose.amount", "dose.unit", "dose.every_days", "dose.weeks")
        return ("dose.amount", "dose.unit", "dose.times_per_day", "dose.days")

    def row(self) -> dict[str, Any]:
        """The entry with everything that can be read, in the form a visit takes."""
        dose = {
            name.removeprefix("dose."): self.number(name) for name in self.dose_fields if name != "dose.unit"
        }
        every = dose.pop("every_days", None)
        dose = {name: value for name, value in dose.items() if value is not None}
        if every:
            dose["per_week"] = DAYS_A_WEEK / every
        written: dict[str, Any] = {**dose, "unit": self.unit} if "amount" in dose else {**dose}
        texts = {name: self.text(name).strip() for name in TEXTS if self.text(name).strip()}
        return {
            "modality": self.modality.id, **texts, "dose": written,
            "start_week": self.number("start_week") or 0, "agreed": self.agreed,
        }  # fmt: skip

    def plain(self) -> dict[str, Any]:
        """The entry as the journal keeps it."""
        return {"key": self.key, "modality": self.modality.id, "agreed": self.agreed, **self.texts}


@dataclass(frozen=True, kw_only=True)
class PlanDraft:
    """The unfinished plan and what is looked for. `families` None means all of them."""

    items: tuple[DraftItem, ...] = ()
    search: str = ""
    families: tuple[str, ...] | None = None
    all: bool = False

    def added(self, modality: Modality, agent: str = "") -> PlanDraft:
        """With one more entry at the end; a treatment of one drug brings its drug along."""
        if not agent and modality.is_drug and len(modality.agents) == 1:
            agent = modality.agents[0].id
        key = max((item.key for item in self.items), default=-1) + 1
        texts = {"agent": agent} if agent else {}
        return replace(self, items=(*self.items, DraftItem(key=key, modality=modality, texts=texts)))

    def without(self, key: int) -> PlanDraft:
        """Without the entry of this key."""
        return replace(self, items=tuple(item for item in self.items if item.key != key))

    def merged(self, form: Mapping[str, Any]) -> PlanDraft:
        """With everything a form says; fields it does not have keep their text."""
        changes: dict[int, dict[str, Any]] = {}
        for name, value in form.items():
            match = _FIELD_NAME.fullmatch(str(name))
            if match:
                changes.setdefault(int(match[1]), {})[match[2]] = value
        families = form.get("families")
        return replace(
            self,
            items=tuple(_changed(item, changes.get(item.key, {})) for item in self.items),
            search=str(form["search"])[:LONGEST_TEXT] if "search" in form else self.search,
            families=tuple(map(str, families)) if isinstance(families, list | tuple) else self.families,
        )

    def rows(self) -> list[dict[str, Any]]:
        """Every entry in the form a visit takes."""
        return [item.row() for item in self.items]

    def plain(self) -> dict[str, Any]:
        """The draft as the journal keeps it."""
        kept: dict[str, Any] = {
            "items": [item.plain() for item in self.items],
            "search": self.search,
            "all": self.all,
        }
        return kept if self.families is None else {**kept, "families": list(self.families)}


def read_draft(evidence: TreatmentEvidence, kept: Mapping[str, Any]) -> PlanDraft:
    """The draft from what the journal kept; entries that no longer exist are left out."""
    rows = kept.get("items")
    families = kept.get("families")
    return PlanDraft(
        items=tuple(_items(evidence, rows if isinstance(rows, list | tuple) else ())),
        search=str(kept.get("search", "")),
        families=tuple(map(str, families)) if isinstance(families, list | tuple) else None,
        all=bool(kept.get("all", False)),
    )


def draft_of(evidence: TreatmentEvidence, plan: tuple[PlanItem, ...]) -> PlanDraft:
    """A committed plan in the form of a draft, for reading again."""
    items = []
    for key, item in enumerate(plan):
        modality = evidence.modality_by_id[item.modality]
        texts = {name: str(getattr(item, name) or "") for name in TEXTS}
        dose = item.dose
        for name in NUMBERS:
            value = (
                item.start_week if name == "start_week" else getattr(dose, name.removeprefix("dose."), None)
            )
            texts[name] = "" if value is None else f"{value:g}"
        texts["dose.unit"] = dose.unit
        entry = DraftItem(key=key, modality=modality, texts=texts, agreed=item.agreed)
        if entry.agent and entry.agent.interval_days and dose.per_week:
            texts["dose.every_days"] = f"{DAYS_A_WEEK / dose.per_week:g}"
        items.append(entry)
    return PlanDraft(items=tuple(items))


def _items(evidence: TreatmentEvidence, rows: list[Any] | tuple[Any, ...]) -> list[DraftItem]:
    items = []
    for row in rows:
        modality = evidence.modality_by_id.get(str(row.get("modality"))) if isinstance(row, Mapping) else None
        if modality is None:
            continue
        texts = {name: str(row[name]) for name in FIELDS if row.get(name) not in (None, "")}
        items.append(
            DraftItem(
                key=int(row["key"]), modality=modality, texts=texts, agreed=bool(row.get("agreed", False))
            )
        )
    return items


def _changed(item: DraftItem, changes: Mapping[str, Any]) -> DraftItem:
    texts = dict(item.texts)
    for name, value in changes.items():
        if name in FIELDS and isinstance(value, str):
            texts[name] = value[:LONGEST_TEXT]
    if changes.get("agent", item.text("agent")) != item.text("agent"):
        texts.pop("dose.unit", None)
    agreed = bool(changes["agreed"]) if "agreed" in changes else item.agreed
    return replace(item, texts=texts, agreed=agreed)
