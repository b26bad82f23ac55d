"""What the evidence must satisfy before anything is computed from it.

Every number has a source (or a stated basis) and a verification level, in its own entry or the one around
it; every source id resolves; ids are unique. All problems are named at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casekit.errors import EvidenceError

_SOURCE_KEYS = {
    "source", "sources", "guidelines", "origin", "page", "seen_at", "citation", "reference", "references", "basis",
}  # fmt: skip
_LABELS = {
    "reviewed", "added", "variant", "keeps_totals", "text_ages", "recalled_ages", "horizons_weeks",
    "worked_example",  # arithmetic on figures that are sourced where they stand
}  # fmt: skip
_SCALE = {"range", "item_range", "items", "step", "levels", "bands", "scoring"}
"""What an instrument's scale is, as against what was measured with it."""
_REFERENCES = {"source", "sources", "guidelines", "dose_source", "harms_source"}
_WITH_IDS = (
    "conditions", "findings", "likelihoods", "dependence_groups", "alert_rules", "rule_out_limits",
    "imaging_appropriateness", "prior_groups", "modalities", "indications", "effects", "patient_attributes",
    "contraindications", "compound_contraindications", "interactions", "sources", "plan_conditions",
)  # fmt: skip


def evidence_problems(tree: dict[str, Any]) -> list[str]:
    """Every fault of the tree as a sentence with the place; empty if it is sound."""
    problems = [problem for name, rows in tree.items() if name not in ("address_book", "about")
                for problem in _unsourced(rows, name, False, False)]  # fmt: skip
    problems += _duplicate_ids(tree)
    problems += _dangling_sources(tree)
    return problems


def refuse_faulty(tree: dict[str, Any]) -> None:
    """Raise EvidenceError listing every fault, if there is one."""
    problems = evidence_problems(tree)
    if problems:
        raise EvidenceError("The evidence was refused:\n  " + "\n  ".join(problems))


def _filled(row: dict[Any, Any], wanted: set[str], ending: str) -> bool:
    return any(
        value not in (None, [], "") and (str(key) in wanted or str(key).endswith(ending))
        for key, value in row.items()
    )


def _unsourced(value: Any, path: str, sourced: bool, verified: bool) -> Iterator[str]:
    if isinstance(value, dict):
        sourced = sourced or _filled(value, _SOURCE_KEYS, "_source")
        verified = verified or _filled(value, {"verification", "text_ages", "recalled_ages"}, "verification")
        name = value.get("id")
        skipped = _LABELS | _SCALE if path.startswith("instruments") else _LABELS
        for key, inner in value.items():
            if str(key) not in skipped:
                yield from _unsourced(
                    inner, f"{path}[{name}].{key}" if name else f"{path}.{key}", sourced, verified
                )
    elif isinstance(value, list):
        for inner in value:
            yield from _unsourced(inner, path, sourced, verified)
    elif isinstance(value, int | float) and not isinstance(value, bool) and not (sourced and verified):
        lacking = " and ".join(w for w, ok in (("a source", sourced), ("a verification", verified)) if not ok)
        yield f"{path}: the number {value} has not got {lacking}."


def _duplicate_ids(tree: dict[str, Any]) -> Iterator[str]:
    for section in _WITH_IDS:
        seen: set[str] = set()
        for row in tree.get(section, []):
            if "id" not in row:
                yield f"{section}: an entry has no id: {str(row)[:60]}"
            elif row["id"] in seen:
                yield f'{section}: the id "{row["id"]}" stands twice.'
            seen.add(row.get("id", ""))


def _dangling_sources(tree: dict[str, Any]) -> Iterator[str]:
    known = {name for row in tree["sources"] for name in (row["id"], *row.get("aliases", []))}

    def walk(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in _REFERENCES:
                    for name in inner if isinstance(inner, list) else [inner]:
                        if isinstance(name, str) and name not in known:
                            yield f'{path}.{key}: no source is called "{name}".'
                yield from walk(inner, f"{path}.{key}")
        elif isinstance(value, list):
            for inner in value:
                name = inner.get("id", "") if isinstance(inner, dict) else ""
                yield from walk(inner, f"{path}[{name}]")

    for section, rows in tree.items():
        if section not in ("seed_coverage", "forecast_scoring"):  # their words name no publication
            yield from walk(rows, section)
