"""The treatments to choose from: nothing leaks, words and families narrow it, drugs have names."""

from __future__ import annotations

import pytest

from casekit.domain.evidence import Evidence
from casekit.ui.outline import outline
from casekit.ui.panels.plan_catalogue import (
    SHOWN_UNDER,
    UNSHOWN_FAMILY,
    catalogue,
    families,
    found,
    shown_family,
)
from casekit.ui.panels.plan_draft import PlanDraft


def labels(evidence: Evidence, **wanted: object) -> list[str]:
    return [row.label for row in found(evidence.treatment, PlanDraft(**wanted))]  # type: ignore[arg-type]


def test_every_treatment_can_be_found_under_a_family_that_is_shown(evidence: Evidence) -> None:
    shown = {family.id for family in families(evidence.treatment)}
    assert UNSHOWN_FAMILY not in shown
    assert {shown_family(row) for row in evidence.treatment.modalities} == shown
    assert len(labels(evidence)) == len(evidence.treatment.modalities)


def test_the_families_given_to_treatments_without_one_are_real(evidence: Evidence) -> None:
    assert set(SHOWN_UNDER) <= set(evidence.treatment.modality_by_id)
    assert set(SHOWN_UNDER.values()) <= set(evidence.treatment.family_by_id)


@pytest.mark.parametrize("words", ["not recommended", "Not advised", "low value", "harm"])
def test_searching_for_the_verdict_does_not_give_it_away(evidence: Evidence, words: str) -> None:
    rows = found(evidence.treatment, PlanDraft(search=words))
    assert not [row.label for row in rows if row.modality.family == UNSHOWN_FAMILY]


def test_the_list_says_nothing_of_verdicts(evidence: Evidence) -> None:
    text = outline(str(catalogue(evidence.treatment, PlanDraft(all=True), unfolded=True))).lower()
    for word in ("not recommended", "recommended", "contraindicated", "uncertain"):
        assert word not in text


def test_a_drug_is_found_by_its_name_and_comes_first(evidence: Evidence) -> None:
    rows = found(evidence.treatment, PlanDraft(search="Ibuprofen"))
    assert (rows[0].label, rows[0].modality.id, rows[0].agent) == ("Ibuprofen", "nsaid_oral", "ibuprofen")


def test_families_limit_the_list(evidence: Evidence) -> None:
    rows = found(evidence.treatment, PlanDraft(families=("education",)))
    assert rows
    assert {row.modality.family for row in rows} == {"education"}
    assert labels(evidence, families=()) == []


def test_the_list_begins_short_and_opens_to_all(evidence: Evidence) -> None:
    short = outline(str(catalogue(evidence.treatment, PlanDraft(), unfolded=True)))
    whole = outline(str(catalogue(evidence.treatment, PlanDraft(all=True), unfolded=True)))
    number = len(evidence.treatment.modalities)
    assert (short.count("[button] Add "), whole.count("[button] Add ")) == (8, number)
    assert f"[button] Show all {number}" in short
    assert "[button] Show fewer" in whole


@pytest.mark.parametrize(
    ("draft", "fact"),
    [
        (PlanDraft(search="<b>leeches</b>"), "Nothing is called “<b>leeches</b>” here."),
        (PlanDraft(families=()), "No family is chosen."),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(evidence: Evidence, draft: PlanDraft, fact: str) -> None:
    markup = str(catalogue(evidence.treatment, draft, unfolded=True))
    assert fact in outline(markup)
    assert "<b>leeches" not in markup
