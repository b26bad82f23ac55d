"""A first case for an author: two commented files that load as they stand, to be replaced part by part."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from casekit.content.library import CASE_FILE, KEY_FILE
from casekit.content.schema import FOLDER, NAMES
from casekit.errors import CasekitError, InputError

STARTER = FOLDER / "starter"
BESIDE = ".schema"
"""Folder beside the cases that holds the schemas where the package is not part of the same checkout."""
_CASE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def new_case(folder: Path, case_id: str) -> Path:
    """Write a starter case into `folder` and give its own folder. Nothing is ever overwritten.

    Raises InputError if the id is no kebab-case or taken, CasekitError if the folder cannot be written.
    """
    if not _CASE_ID.fullmatch(case_id) or len(case_id) > 80:
        raise InputError(
            f'"{case_id[:80]}" cannot be a case id. Use small letters, digits and single hyphens, '
            "such as the-box-that-was-not-heavy."
        )
    target = folder / case_id
    if target.exists() or target.is_symlink():
        raise InputError(f"{target} is there already. Choose another id, or edit what is there.")
    try:
        target.mkdir(parents=True)
        for name, schema in zip((CASE_FILE, KEY_FILE), NAMES, strict=True):
            text = (STARTER / name).read_text(encoding="utf-8")
            text = text.replace("SCHEMA", _schema_address(target, schema), 1).replace(
                "FOLDER", str(target), 1
            )
            (target / name).write_text(text.replace("CASE_ID", case_id), encoding="utf-8", newline="\n")
    except OSError as error:
        message = f"{target} cannot be written: {error.strerror}. Choose another folder."
        raise CasekitError(message) from error
    return target


def _schema_address(target: Path, name: str) -> str:
    """The schema as seen from the case: that of the checkout it lies in, else a copy beside the cases."""
    checkout = FOLDER.parent.parent
    if target.resolve().is_relative_to(checkout) and (checkout / "pyproject.toml").is_file():
        return Path(os.path.relpath(FOLDER / name, target.resolve())).as_posix()
    beside = target.parent / BESIDE
    beside.mkdir(exist_ok=True)
    shutil.copyfile(FOLDER / name, beside / name)
    return f"../{BESIDE}/{name}"
