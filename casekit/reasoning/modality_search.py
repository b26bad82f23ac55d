"""Finds treatments for a screen: by words, by family, by what they are for. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Mapping

from casekit.domain.modalities import FocusArea, Modality
from casekit.domain.treatment import TreatmentEvidence
from casekit.domain.vocabulary import known


def modalities_by_family(evidence: TreatmentEvidence) -> Mapping[str, tuple[Modality, ...]]:
    """Family id to its modalities, families and modalities in file order."""
    return {
        family.id: tuple(modality for modality in evidence.modalities if modality.family == family.id)
        for family in evidence.families
    }


def search_modalities(evidence: TreatmentEvidence, words: str) -> tuple[Modality, ...]:
    """The modalities that hold every word in name, family, drugs or description; all of them for no word.

    Those with the words in their name come first, otherwise in file order. Upper and lower case are the same.
    """
    wanted = words.lower().split()
    found = [row for row in evidence.modalities if _holds(_full_text(evidence, row), wanted)]
    return tuple(sorted(found, key=lambda row: not _holds(_name_text(row), wanted)))


def focus_areas_of(evidence: TreatmentEvidence, modality: str) -> tuple[FocusArea, ...]:
    """What a treatment is for. Raises UnknownIdError for a modality that does not exist."""
    known(modality, evidence.modality_by_id, "modality")
    areas = evidence.modality_by_id[modality].focus_areas
    return tuple(area for area in evidence.focus_areas if area.id in areas)


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _name_text(modality: Modality) -> str:
    agents = " ".join(agent.id for agent in modality.agents)
    return f"{modality.id.replace('_', ' ')} {modality.label} {agents}".lower()


def _full_text(evidence: TreatmentEvidence, modality: Modality) -> str:
    family = evidence.family_by_id[modality.family].label
    areas = " ".join(modality.focus_areas).replace("_", " ")
    return f"{_name_text(modality)} {family} {areas} {modality.description}".lower()
