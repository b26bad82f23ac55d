"""The command line. Exit status: 0 fine, 1 problems found, 2 wrong use.

Each command is a few lines that call what the package does anyway; nothing is decided here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from casekit import api
from casekit.errors import CasekitError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; `argv` without the program's name."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] in (["lab"], ["app"]):
        return _serve(arguments[0], arguments[1:])
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except CasekitError as error:
        print(error, file=sys.stderr)
        return 1


def _serve(which: str, arguments: Sequence[str]) -> int:
    from casekit import lab

    try:
        return lab.lab(arguments) if which == "lab" else lab.app(arguments)
    except CasekitError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="casekit", description="Back-pain physiatry on patients in a notebook. For teaching only."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, text: str, command: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=command)
        return sub

    add("lab", "open JupyterLab on the start notebook", _never)
    add("app", "serve the notebooks as pages without code", _never)
    sub = add("cases", "list the cases", _cases)
    sub.add_argument("--json", action="store_true")
    sub = add("check", "check cases; all problems at once", _check)
    sub.add_argument("paths", nargs="*", metavar="PATH", help="case folders; all cases if none is given")
    sub.add_argument("--prove", action="store_true", help="also play both recorded visits and score them")
    sub.add_argument("--json", action="store_true")
    sub = add("new", "begin a case of your own", _new)
    sub.add_argument("case_id", metavar="CASE_ID")
    sub = add("schema", "write the JSON Schemas that editors use", _schema)
    sub.add_argument("--check", action="store_true", help="only say whether they are current")
    sub = add("play", "play a recorded visit and score it", _play)
    sub.add_argument("case", metavar="CASE")
    sub.add_argument("--as", dest="who", choices=("expert", "decoy"), required=True)
    sub.add_argument("--json", action="store_true")
    sub = add("score", "score a journal", _score)
    sub.add_argument("journal", metavar="JOURNAL")
    sub.add_argument("--json", action="store_true")
    sub = add("evidence", "print an entry of the evidence with its sources", _evidence)
    sub.add_argument("entry", nargs="?", metavar="ID")
    sub.add_argument(
        "--build", action="store_true", help="check the files and write the image that loads fast"
    )
    return parser


def _never(options: argparse.Namespace) -> int:
    raise AssertionError(options)


def _cases(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    found = api.list_cases()
    if options.json:
        names = ("id", "title", "level", "minutes", "setting", "objectives")
        _print_json([{name: asdict(case)[name] for name in names} for case in found])
    else:
        print("\n".join(str(case) for case in found))
    return 0


def _check(options: argparse.Namespace) -> int:
    from casekit.checking import check_cases

    problems, sentence = check_cases([Path(path) for path in options.paths], prove=options.prove)
    if options.json:
        _print_json([problem.as_dict() for problem in problems])
    else:
        for problem in problems:
            print(problem)
        print(sentence)
    return 1 if any(str(problem.severity) == "error" for problem in problems) else 0


def _new(options: argparse.Namespace) -> int:
    from casekit.content.scaffold import new_case

    folder = new_case(Path("cases"), options.case_id)
    print(f"{folder} is there. Edit case.yaml and key.yaml, then run: casekit check {folder}")
    return 0


def _schema(options: argparse.Namespace) -> int:
    from casekit.content.schema import schema_problems, write_schemas

    if options.check:
        problems = schema_problems()
        print("\n".join(map(str, problems)) or "The schemas are current.")
        return 1 if problems else 0
    for path in write_schemas():
        print(path)
    return 0


def _play(options: argparse.Namespace) -> int:
    from casekit.encounter.replay import play

    case, key = api.load_case_and_key(options.case)
    steps = key.expert if options.who == "expert" else key.decoy
    score = play(case, key, api.load_evidence(), steps).score()
    print(json.dumps(score.as_dict(), ensure_ascii=False, indent=2) if options.json else score)
    return 0


def _score(options: argparse.Namespace) -> int:
    from casekit.scoring import score_journal

    score = score_journal(Path(options.journal))
    print(json.dumps(score.as_dict(), ensure_ascii=False, indent=2) if options.json else score)
    return 0


def _evidence(options: argparse.Namespace) -> int:
    if options.build:
        from casekit.content.evidence import write_image

        print(write_image())
        return 0
    from casekit.content.evidence_text import describe, overview

    print(describe(options.entry) if options.entry else overview())
    return 0


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
