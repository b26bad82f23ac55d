"""Check cases: form, rules, and the proof that a case can be solved, by playing both of its recorded visits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from casekit.api import load_evidence
from casekit.content.case_loader import LoadedCase, read_case
from casekit.content.library import case_folders, find_case
from casekit.content.lint import lint
from casekit.content.problems import Problem, Severity, in_file_order, show_file
from casekit.content.vocabulary import load_vocabulary
from casekit.encounter.replay import play
from casekit.errors import CasekitError

MOST_FOR_CARELESS = 70.0


def check_cases(paths: Sequence[Path], *, prove: bool = False) -> tuple[list[Problem], str]:
    """Every problem of these cases (of all, if none is named) and one sentence that sums up.

    Raises UnknownIdError for a path that holds no case.
    """
    folders = [find_case(str(path)) for path in paths] if paths else list(case_folders().values())
    problems: list[Problem] = []
    for folder in folders:
        problems += check_case(folder, prove=prove)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    count = f"{len(folders)} case{'' if len(folders) == 1 else 's'}"
    how = "checked and proved" if prove else "checked"
    return problems, f"{count} {how}: {errors} errors, {len(problems) - errors} warnings."


def check_case(folder: Path, *, prove: bool = False) -> list[Problem]:
    """Every problem of one case folder."""
    loaded = read_case(folder, load_vocabulary())
    problems = [*loaded.problems, *lint(loaded, load_vocabulary())]
    if prove and not any(problem.severity is Severity.ERROR for problem in problems):
        problems += _proof(loaded)
    return list(in_file_order(problems))


def _proof(loaded: LoadedCase) -> Iterator[Problem]:
    case, key = loaded.case, loaded.key
    if case is None or key is None:
        return
    evidence = load_evidence()
    for who, steps in (("expert", key.expert), ("decoy", key.decoy)):
        try:
            score = play(case, key, evidence, steps).score()
        except CasekitError as error:
            yield _problem(loaded, who, "proof-refused", f"the {who}'s visit is refused. {error}")
            continue
        if who == "decoy":
            if score.total > MOST_FOR_CARELESS:
                yield _problem(
                    loaded, who, "proof-careless",
                    f"the careless visit earns {score.total:.0f} points; at most {MOST_FOR_CARELESS:.0f} are expected.",
                )  # fmt: skip
            continue
        for part in score.parts:
            if part.score is not None and part.score < 100 - 1e-6:
                yield _problem(
                    loaded,
                    who,
                    "proof-expert",
                    f"the expert earns {part.score:.1f} for {part.name}, not 100. {part.why}",
                )


def _problem(loaded: LoadedCase, who: str, rule: str, message: str) -> Problem:
    line, column = loaded.key_document.place((who,)) if loaded.key_document else (1, 1)
    return Problem(
        file=show_file(loaded.folder / "key.yaml"), line=line, column=column, path=who, severity=Severity.ERROR,
        rule=rule, message=message, hint=f"casekit play {loaded.folder.name} --as {who} shows every part.",
    )  # fmt: skip
