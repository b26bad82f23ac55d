"""Checks of a case beyond its form: does it hang together, can it be solved, does it keep its secret?

Runs every rule on a folder that was read. Whether the two recorded visits score as they should is for
`--prove` of the command line, which can play them.
"""

from __future__ import annotations

from pathlib import Path

from casekit.content.case_loader import LoadedCase, missing_key, read_case
from casekit.content.lint_case import CASE_RULES
from casekit.content.lint_key import KEY_RULES
from casekit.content.lint_reach import Posttest, reach_rule
from casekit.content.lint_rules import CaseRule, Draft, KeyedDraft, KeyRule
from casekit.content.lint_visit import VISIT_RULES
from casekit.content.lint_words import WORD_CASE_RULES, WORD_KEY_RULES
from casekit.content.problems import Problem, in_file_order
from casekit.content.vocabulary import Vocabulary

ALL_CASE_RULES: tuple[CaseRule, ...] = (*CASE_RULES, *WORD_CASE_RULES)
ALL_KEY_RULES: tuple[KeyRule, ...] = (*KEY_RULES, *VISIT_RULES, *WORD_KEY_RULES)


def check_case(folder: Path, vocabulary: Vocabulary, posttest: Posttest | None = None) -> tuple[Problem, ...]:
    """Every problem of a case folder, of its form and of its content, in file order.

    Without `posttest` the rule that the facts lead to the key is not run.
    """
    loaded = read_case(folder, vocabulary)
    problems = [*loaded.problems, *lint(loaded, vocabulary, posttest)]
    if loaded.key_document is None and loaded.case_document.raw:
        problems.append(missing_key(folder))
    return in_file_order(problems)


def lint(loaded: LoadedCase, vocabulary: Vocabulary, posttest: Posttest | None = None) -> tuple[Problem, ...]:
    """Every lint problem of a case that was read; rules about a file that could not be read are left out."""
    if loaded.case is None:
        return ()
    draft = Draft(
        folder=loaded.folder, case=loaded.case, case_document=loaded.case_document, vocabulary=vocabulary
    )
    problems = [problem for rule in ALL_CASE_RULES for problem in rule.problems(draft)]
    if loaded.key is not None and loaded.key_document is not None:
        keyed = KeyedDraft(
            folder=loaded.folder, case=loaded.case, case_document=loaded.case_document, vocabulary=vocabulary,
            key=loaded.key, key_document=loaded.key_document,
        )  # fmt: skip
        rules = ALL_KEY_RULES if posttest is None else (*ALL_KEY_RULES, reach_rule(posttest))
        problems.extend(problem for rule in rules for problem in rule.problems(keyed))
    return in_file_order(problems)
