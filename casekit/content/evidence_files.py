"""The evidence on disk: YAML that clinicians review, and the JSON image made from it that loads fast.

The image carries the digest of the YAML it was made from, so an edited file is noticed at once.
Nothing medical is decided here.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from casekit.errors import EvidenceError

FOLDER = Path(__file__).parent.parent / "evidence"
IMAGE = FOLDER / "image.json"

DIAGNOSIS = (
    "conditions", "other_hypothesis", "prior_groups", "priors", "prior_multipliers", "findings", "likelihoods",
    "row_selection", "rule_out_limits", "dependence_groups", "alert_rules", "imaging_appropriateness",
    "asymptomatic_imaging_prevalence", "symptomatic_versus_asymptomatic_imaging",
)  # fmt: skip
TREATMENT = (
    "families", "focus_areas", "team_roles", "phases", "seed_coverage", "plan_conditions", "modalities",
    "indications", "effects", "patient_attributes", "contraindications", "compound_contraindications",
    "emergency_overrides", "interactions",
)  # fmt: skip
OUTCOME = (
    "instruments", "trajectories", "prognostic_factors", "models", "variability", "conversion", "open_data",
    "model_proposal", "forecast_scoring",
)  # fmt: skip
SHARED = ("sources", "address_book", "about")


def yaml_files(folder: Path = FOLDER) -> list[Path]:
    """The evidence files, in the order of their names."""
    return sorted(folder.glob("*.yaml"))


def digest(folder: Path = FOLDER) -> str:
    """SHA-256 over the names and bytes of the YAML files, line ends normalised."""
    total = hashlib.sha256()
    for path in yaml_files(folder):
        total.update(path.name.encode())
        total.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()


def read_tree(folder: Path = FOLDER) -> dict[str, Any]:
    """Parse every file; one flat mapping of section name to rows.

    Raises EvidenceError for a section that is missing, unknown or given in two files, or bad YAML.
    """
    import yaml  # only when the image is stale: start-up does without it

    loader = _loader(yaml)
    tree: dict[str, Any] = {}
    for path in yaml_files(folder):
        try:
            with path.open(encoding="utf-8") as stream:
                sections = yaml.load(stream, Loader=loader)  # noqa: S506 (a safe loader)
        except yaml.YAMLError as error:
            raise EvidenceError(f"{path.name} is not valid YAML: {error}") from error
        for name, rows in sections.items():
            if name in tree:
                raise EvidenceError(f'{path.name}: the section "{name}" is already in another file.')
            tree[name] = rows
    wanted = {*DIAGNOSIS, *TREATMENT, *OUTCOME, *SHARED}
    if missing := sorted(wanted - set(tree)):
        raise EvidenceError(f"The evidence lacks the sections {', '.join(missing)}.")
    if unknown := sorted(set(tree) - wanted):
        raise EvidenceError(f"The evidence has sections nobody reads: {', '.join(unknown)}.")
    return tree


def _loader(yaml: Any) -> Any:
    """A safe loader that refuses a key given twice; plain YAML keeps the last one without a word."""
    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def mapping(loader: Any, node: Any, deep: bool = True) -> dict[Any, Any]:
        seen: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=deep)
            if key in seen:
                mark = key_node.start_mark
                raise EvidenceError(
                    f"{mark.name}:{mark.line + 1}: the key {key!r} stands twice in one entry."
                )
            seen[key] = loader.construct_object(value_node, deep=deep)
        return seen

    strict: Any = type("StrictLoader", (base,), {})
    strict.add_constructor("tag:yaml.org,2002:map", mapping)
    return strict


def arrange(tree: dict[str, Any], files_digest: str) -> dict[str, Any]:
    """The tree in the shape of the Evidence object."""

    def part(names: tuple[str, ...]) -> dict[str, Any]:
        return {name: tree[name] for name in names}

    return {
        "digest": files_digest,
        "diagnosis": part(DIAGNOSIS),
        "treatment": part(TREATMENT),
        "outcome": part(OUTCOME),
        "sources": {"items": tree["sources"]},
        "addresses": tree["address_book"],
        "about": tree["about"],
    }


def tree_of(image: bytes) -> dict[str, Any]:
    """The flat tree of sections again, from an image (keys that were numbers are text)."""
    import json

    parts = json.loads(image)
    return {
        **parts["diagnosis"], **parts["treatment"], **parts["outcome"],
        "sources": parts["sources"]["items"], "address_book": parts["addresses"], "about": parts["about"],
    }  # fmt: skip


def to_image(arranged: dict[str, Any]) -> bytes:
    """The image as bytes: compact JSON, one trailing newline, the same on every machine."""
    import json  # start-up reads the image without it

    return (json.dumps(arranged, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def image_digest(image: bytes) -> str:
    """The digest an image says it was made from; empty if it is not such an image."""
    start = b'{"digest":"'
    if not image.startswith(start):
        return ""
    return image[len(start) : len(start) + 64].decode("ascii", "replace")
