"""Reads the entries of a plan, written as mappings or PlanItem, and refuses all mistakes together.

An unknown id and an unreadable entry are never guessed at. Doses are read in `plan_dose_entry`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from casekit.domain.acts import PlanItem
from casekit.domain.modalities import Agent, Modality
from casekit.domain.treatment import TreatmentEvidence
from casekit.domain.vocabulary import did_you_mean
from casekit.errors import InputError, UnknownIdError
from casekit.reasoning.plan_dose_entry import DoseAsked, read_dose

ENTRY_KEYS = tuple(entry_field.name for entry_field in fields(PlanItem))
ENTRY_EXAMPLE = '{"modality": "nsaid_oral", "agent": "naproxen"}'


@dataclass(frozen=True, kw_only=True)
class PlanEntry:
    """One entry with its ids resolved. `position` counts from 0; `notes` are the other fields of the item."""

    position: int
    modality: Modality
    agent: Agent | None
    dose: DoseAsked
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The modality, with the agent if there is one."""
        return f"{self.modality.label} ({self.agent.id})" if self.agent else self.modality.label

    def says(self, key: str) -> bool:
        """True if the entry fills this field."""
        return bool(str(self.notes.get(key) or "").strip())


@dataclass(kw_only=True)
class Mistakes:
    """Collects what is wrong with a request, so that all of it can be said at once."""

    unknown: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def name(self, where: str, what: str, found: object, allowed: Iterable[str]) -> None:
        """Note an id that is not in the vocabulary, with the nearest ones."""
        hint = did_you_mean(str(found), list(allowed))
        self.unknown.append(f'{where}: no {what} is called "{found}". {hint}'.strip())

    def refuse(self) -> None:
        """Raise if anything was noted: UnknownIdError if an id was, InputError otherwise."""
        text = "\n".join([*self.unknown, *self.unreadable])
        if self.unknown:
            raise UnknownIdError(text)
        if self.unreadable:
            raise InputError(text)


def read_entries(evidence: TreatmentEvidence, items: object, mistakes: Mistakes) -> tuple[PlanEntry, ...]:
    """The entries that can be read; what cannot goes to `mistakes`."""
    if not isinstance(items, Iterable) or isinstance(items, str | Mapping):
        mistakes.unreadable.append(f"items: found {items!r}; expected a list such as [{ENTRY_EXAMPLE}].")
        return ()
    read = [_read_entry(evidence, position, item, mistakes) for position, item in enumerate(items)]
    return tuple(entry for entry in read if entry is not None)


def _read_entry(
    evidence: TreatmentEvidence, position: int, item: object, mistakes: Mistakes
) -> PlanEntry | None:
    where = f"items[{position}]"
    written = _as_mapping(item)
    if written is None or "modality" not in written:
        mistakes.unreadable.append(f"{where}: found {item!r}; expected an entry such as {ENTRY_EXAMPLE}.")
        return None
    for key in written:
        if key not in ENTRY_KEYS:
            hint = did_you_mean(str(key), ENTRY_KEYS) or f"Allowed: {', '.join(ENTRY_KEYS)}."
            mistakes.unreadable.append(f'{where}: an entry has no field "{key}". {hint}')
    dose = read_dose(evidence, written.get("dose"), f"{where}.dose", mistakes.unreadable)
    modality = evidence.modality_by_id.get(str(written["modality"]))
    if modality is None:
        mistakes.name(f"{where}.modality", "modality", written["modality"], evidence.modality_by_id)
        return None
    agent = _read_agent(modality, written.get("agent"), f"{where}.agent", mistakes)
    notes = {key: value for key, value in written.items() if key not in ("modality", "agent", "dose")}
    return PlanEntry(position=position, modality=modality, agent=agent, dose=dose, notes=notes)


def _as_mapping(item: object) -> Mapping[str, Any] | None:
    if isinstance(item, PlanItem):
        return {key: getattr(item, key) for key in ENTRY_KEYS}
    return item if isinstance(item, Mapping) else None


def _read_agent(modality: Modality, found: object, where: str, mistakes: Mistakes) -> Agent | None:
    if found is None or found == "":
        return None
    for agent in modality.agents:
        if same_drug(agent.id, str(found)):
            return agent
    if modality.agents:
        mistakes.name(where, f"agent of {modality.id}", found, [agent.id for agent in modality.agents])
        mistakes.unknown[-1] += f" It has {', '.join(agent.id for agent in modality.agents)}."
    else:
        mistakes.unknown.append(f'{where}: {modality.id} has no agents. Leave "{found}" out.')
    return None


@lru_cache(maxsize=4096)
def drug_name(written: str) -> str:
    """A drug name in one spelling: lower case, spaces for underscores and hyphens."""
    return " ".join(written.lower().replace("_", " ").replace("-", " ").split())


def same_drug(one: str, other: str) -> bool:
    """True if both are the same name, whatever the case, underscores and hyphens."""
    return drug_name(one) == drug_name(other)
