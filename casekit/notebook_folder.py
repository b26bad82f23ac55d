"""Where the notebooks are that Lab and the app open.

In a checkout they are the project's own; elsewhere they are copied, once and with a word about it, from the
installed package into a folder of the user's, so that a later release never overwrites a student's notes.
"""

from __future__ import annotations

import difflib
import os
import shutil
from pathlib import Path

import platformdirs

from casekit.errors import UnknownIdError

START = "00_start_here"
PACKAGE = Path(__file__).resolve().parent


def notebook_folder() -> Path:
    """The folder of notebooks to work in; made and filled if there is none yet."""
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "notebooks").is_dir():
        return checkout / "notebooks"
    return copied_notebooks(PACKAGE / "library" / "notebooks", user_folder())


def own_notebooks() -> list[Path]:
    """The notebooks of the folder that are as casekit brought them; not what a user wrote or changed."""
    folder = notebook_folder()
    packaged = PACKAGE / "library" / "notebooks"
    here = sorted(folder.glob("*.ipynb"))
    if folder == PACKAGE.parent / "notebooks":
        return here
    return [path for path in here if _same(path, packaged / path.name)]


def _same(path: Path, other: Path) -> bool:
    return other.is_file() and path.read_bytes() == other.read_bytes()


def user_folder() -> Path:
    """CASEKIT_HOME/notebooks if that variable is set, else the folder casekit in the user's documents."""
    home = os.environ.get("CASEKIT_HOME")
    return Path(home) / "notebooks" if home else platformdirs.user_documents_path() / "casekit"


def copied_notebooks(packaged: Path, folder: Path) -> Path:
    """Copy what the folder lacks, never over a file that is there, and say so. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [path for path in sorted(packaged.glob("*.ipynb")) if not (folder / path.name).exists()]
    for path in missing:
        shutil.copyfile(path, folder / path.name)
    if missing:
        print(f"Copied to {folder}: {', '.join(path.name for path in missing)}")
    return folder


def find_notebook(name: str | None) -> Path:
    """The notebook meant by a path, a name with or without .ipynb, or None for the start notebook.

    Raises UnknownIdError, with the names there are, if there is no such notebook.
    """
    if name is not None and Path(name).is_file():
        return Path(name).resolve()
    folder = notebook_folder()
    wanted = (name or START).removesuffix(".ipynb")
    path = folder / f"{wanted}.ipynb"
    if path.is_file():
        return path
    known = sorted(notebook.stem for notebook in folder.glob("*.ipynb"))
    near = difflib.get_close_matches(wanted, known, n=1)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    raise UnknownIdError(
        f'no notebook "{name or START}" as a file or in {folder}; '
        f"there are: {', '.join(known) or 'none'}.{hint}"
    )
