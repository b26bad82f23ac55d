"""`casekit lab` and `casekit app`: the two ways to open the notebooks, with casekit's settings switched on.

Nothing is installed for it: the packaged folders etc/jupyter and share/jupyter are put on the search paths
of this process and the kernels it starts. JupyterLab and Voilà are imported when started, not before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from casekit.errors import InputError
from casekit.notebook_folder import PACKAGE, find_notebook, notebook_folder, own_notebooks

WARM = "--warm="


def lab(argv: Sequence[str]) -> int:
    """Open JupyterLab: `[NOTEBOOK] [JupyterLab options]`. Returns the exit status when it is closed.

    NOTEBOOK is a path or a name, 00_start_here if left out.
    Raises UnknownIdError if there is none of that name.
    """
    name, options = _split(argv)
    notebook = find_notebook(name)
    if name is None or notebook.parent == notebook_folder():
        _trust(own_notebooks())
    _use_packaged_settings()
    from jupyterlab.labapp import LabApp

    LabApp.launch_instance([*_lab_options(notebook), *options])
    return 0


def app(argv: Sequence[str]) -> int:
    """Serve the notebooks as pages: `[NOTEBOOK] [--warm=N] [Voilà options]`. Returns when it is closed.

    `--warm=N` keeps N kernels ready with the first page already run.
    Raises UnknownIdError if there is no such notebook, InputError if N is no whole number.
    """
    name, options = _split(argv)
    notebook = find_notebook(name)
    warm_kernels = sum(_whole_number(option) for option in options if option.startswith(WARM))
    _use_packaged_settings()
    from casekit.page_server import serve

    serve(notebook, warm_kernels, [option for option in options if not option.startswith(WARM)])
    return 0


def _trust(notebooks: Iterable[Path]) -> None:
    """Sign notebooks as Jupyter does when a user has run them, so that Lab shows their stored views as such.

    Unsigned, a view that was not run yet is shown as the text tests compare with.
    """
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()
    for path in notebooks:
        notary.sign(nbformat.read(path, as_version=4))
    notary.store.close()


def _split(argv: Sequence[str]) -> tuple[str | None, list[str]]:
    """The notebook's name, if the first argument is no option, and the rest."""
    if argv and not argv[0].startswith("-"):
        return argv[0], list(argv[1:])
    return None, list(argv)


def _whole_number(option: str) -> int:
    value = option.removeprefix(WARM)
    if not value.isdecimal():
        raise InputError(f'{WARM}N: found "{value}"; expected a whole number of kernels, such as {WARM}1')
    return int(value)


def _lab_options(notebook: Path) -> list[str]:
    options = [
        f"--ServerApp.root_dir={notebook.parent}",
        f"--LabApp.default_url=/lab/tree/{notebook.name}",
    ]
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0  # a container: Jupyter would refuse to start
    return [*options, "--allow-root"] if as_root else options


def _use_packaged_settings() -> None:
    _put_first("JUPYTER_CONFIG_PATH", PACKAGE / "etc" / "jupyter")
    _put_first("JUPYTER_PATH", PACKAGE / "share" / "jupyter")


def _put_first(variable: str, folder: Path) -> None:
    others = [part for part in os.environ.get(variable, "").split(os.pathsep) if part and part != str(folder)]
    os.environ[variable] = os.pathsep.join([str(folder), *others])
