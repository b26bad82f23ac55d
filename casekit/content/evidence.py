"""From the evidence files to typed objects: by the JSON image if it is fresh, from the YAML if not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from casekit.content import evidence_files
from casekit.domain.evidence import Evidence
from casekit.errors import EvidenceError


@cache
def load_evidence() -> Evidence:
    """The evidence, typed and checked; the same object at every call.

    Raises EvidenceError if a number lacks its source or verification, or an entry is not of its type.
    """
    return read_evidence(evidence_files.FOLDER)


def read_evidence(folder: Path) -> Evidence:
    """The evidence of any folder. A fresh image is trusted: it is only written from checked files."""
    return decode(current_image(folder))


def current_image(folder: Path = evidence_files.FOLDER) -> bytes:
    """The image of the files as they are now: the stored one if it is fresh, else made anew in memory."""
    path = folder / evidence_files.IMAGE.name
    image = path.read_bytes() if path.exists() else b""
    if evidence_files.image_digest(image) == evidence_files.digest(folder):
        return image
    return build_image(folder)


def build_image(folder: Path = evidence_files.FOLDER) -> bytes:
    """Check the YAML files and make the image of them, in memory."""
    from casekit.content.evidence_checks import refuse_faulty

    tree = evidence_files.read_tree(folder)
    refuse_faulty(tree)
    image = evidence_files.to_image(evidence_files.arrange(tree, evidence_files.digest(folder)))
    decode(image)
    return image


def decode(image: bytes) -> Evidence:
    """Typed objects from an image. Raises EvidenceError naming the entry that does not fit."""
    try:
        return msgspec.json.decode(image, type=Evidence)
    except msgspec.ValidationError as error:
        raise EvidenceError(f"An entry of the evidence has not its type: {error}") from error


def write_image(folder: Path = evidence_files.FOLDER) -> Path:
    """Write the image beside the YAML and give its path."""
    path = folder / evidence_files.IMAGE.name
    path.write_bytes(build_image(folder))
    return path
