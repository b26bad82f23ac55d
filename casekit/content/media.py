"""Pictures of a case: where they may lie, what they may be. Nothing outside the case folder is reachable."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from casekit.content.problems import Problem
from casekit.content.yaml_document import YamlDocument
from casekit.domain.case import Case

FOLDER = "media"
KINDS = (".svg", ".png", ".jpg", ".jpeg", ".webp")
MAX_BYTES = 2_000_000


def media_problems(case: Case, document: YamlDocument, folder: Path) -> list[Problem]:
    """Every picture a fact names that is not a picture in the media folder of the case."""
    problems = []
    for index, fact in enumerate(case.facts):
        if fact.media is not None and (fault := media_fault(fact.media, folder)):
            path, (why, hint) = ("facts", index, "media"), fault
            found = f'"{fact.media}", which {why}'
            problems.append(document.problem(path, "media-path", found=found, hint=hint))
    return problems


def media_fault(name: str, folder: Path) -> tuple[str, str] | None:
    """What is wrong with a picture's path, and what to try; None if it is fine."""
    path = PurePosixPath(name)
    plain = "\\" not in name and ":" not in name and "\x00" not in name
    if not plain or path.is_absolute() or ".." in path.parts or path.parts[:1] != (FOLDER,):
        return "leads out of the media folder", "Put the picture in media/ and write media/name.svg."
    if path.suffix.lower() not in KINDS:
        return "is no picture casekit shows", f"Use {', '.join(KINDS)}."
    try:
        real = Path(os.path.realpath(folder / path))
        if not real.is_relative_to(os.path.realpath(folder / FOLDER)):
            return "is a link that leads out of the media folder", "Put the picture itself in media/."
        if not real.is_file():
            return "is not there", "Check name and folder; capitals count."
        if real.stat().st_size > MAX_BYTES:
            return "is larger than 2 MB", "Make it smaller; an SVG usually is."
    except OSError as error:
        return f"cannot be opened: {error.strerror}", "Choose a shorter, simpler name."
    return None
