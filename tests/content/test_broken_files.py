"""One broken file for each mistake an author can make, and what casekit says about it, word for word."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from casekit.content.case_loader import load_case
from casekit.errors import CaseError
from tests.content.workshop import BAD, VOCABULARY, broken, read


class Row(NamedTuple):
    """The broken file, where its problem stands, which rule it is, what is said, what to try."""

    name: str
    line: int
    column: int
    path: str
    rule: str
    said: str
    hint: str


ROWS = [
    Row("tab-indent", 8, 1, "patient", "yaml-syntax",
        "a tab stands where spaces belong.",
        "Indent with spaces only."),
    Row("quote-left-open", 13, 12, "patient", "yaml-syntax",
        "the quoted text that begins here ends in the middle of line 21.",
        "Close the quote where the text ends."),
    Row("colon-in-text", 5, 14, "", "yaml-syntax",
        "a colon stands where no key can be.",
        'Text with ": " inside needs quotes; otherwise check the indentation of this line.'),
    Row("list-on-one-line", 94, 13, "objectives", "yaml-syntax",
        "a list starts in the middle of a line.",
        'Put "- " on a line of its own below the key.'),
    Row("bracket-left-open", 93, 7, "team[2]", "yaml-syntax",
        "the list opened with [ here does not end as it should.",
        "Check commas and the closing ]; text with a bracket, comma or colon needs quotes."),
    Row("wrong-indent", 9, 7, "patient", "yaml-syntax",
        "a colon stands where no key can be.",
        'Text with ": " inside needs quotes; otherwise check the indentation of this line.'),
    Row("bold-at-the-start", 14, 9, "quote", "yaml-syntax",
        "text that starts with * or & has a special meaning.",
        "Put the text in quotes."),
    Row("at-sign", 14, 8, "quote", "yaml-syntax",
        "found @ at the start of a value; expected a word, number or quote.",
        "Put the text in quotes."),
    Row("backslash", 13, 21, "patient.worries", "yaml-syntax",
        "a backslash in double quotes has a special meaning.",
        "Use single quotes around the text, or write \\\\ for a backslash."),
    Row("two-documents", 17, 1, "", "yaml-documents",
        "a second document starts here.",
        'Keep one case in a file: remove the line "---".'),
    Row("alias", 4, 10, "minutes", "yaml-anchor",
        "&many marks a part to be repeated; cases do not use it.",
        'Text that starts with & needs quotes: "&many".'),
    Row("alias-bomb", 80, 13, "attributes", "yaml-anchor",
        "&a marks a part to be repeated; cases do not use it.",
        'Text that starts with & needs quotes: "&a".'),
    Row("merge-key", 95, 10, "review", "yaml-merge",
        '"<<" merges other keys in; cases do not use it.',
        "Write the keys out where they belong."),
    Row("tag", 4, 10, "minutes", "yaml-tag",
        "found the tag !!python/object/apply:os.system; expected a plain value.",
        "Remove it, or put text that starts with ! in quotes."),
    Row("duplicate-key", 4, 1, "level", "yaml-duplicate-key",
        'the key "level" stands here a second time; it is already in line 3.',
        "Keep one of the two; plain YAML would silently drop the first."),
    Row("no-as-text", 13, 9, "patient.home", "wrong-type",
        "found no; expected text.",
        'Many YAML readers take it for false; put it in quotes: "no".'),
    Row("yes-as-key", 40, 5, "facts[1]", "yaml-key",
        "found yes as a key; expected a word.",
        'Put it in quotes: "yes".'),
    Row("octal", 4, 10, "minutes", "wrong-type",
        "found 012; expected a whole number.",
        "Many YAML readers take it for a number in base eight; write it as a plain number."),
    Row("sixty", 21, 78, "measures[0].recall", "wrong-type",
        "found 1:30; expected text.",
        'Many YAML readers take it for a number in base sixty; put it in quotes: "1:30".'),
    Row("date", 21, 78, "measures[0].recall", "wrong-type",
        "found 2024-01-01; expected text.",
        'Many YAML readers take it for a date; put it in quotes: "2024-01-01".'),
    Row("infinity", 21, 49, "measures[0].score", "wrong-type",
        "found .inf; expected a number.",
        "Many YAML readers take it for infinity; write it as a plain number."),
    Row("latin-1", 12, 16, "", "file-encoding",
        "found the byte 0xe4; expected text in UTF-8.",
        "Save it as UTF-8; an accent or a curly quote from another encoding is the usual cause."),
    Row("utf-16", 1, 1, "", "file-encoding",
        "saved as UTF-16.",
        "Save it as UTF-8."),
    Row("byte-order-mark", 1, 1, "", "file-bom",
        "begins with an invisible byte order mark.",
        'Save it as "UTF-8" rather than "UTF-8 with BOM".'),
    Row("empty", 1, 1, "", "file-empty",
        "the file is empty.",
        'Start from an example: "casekit new my-first-case" writes one.'),
    Row("picture", 3, 1, "", "file-binary",
        "found a NUL byte; expected plain text.",
        "Choose a text file; a picture or a word processor's file belongs elsewhere."),
    Row("invisible-character", 12, 21, "", "file-control",
        "found U+0007, an invisible character; expected visible text.",
        "Delete it; it often comes along when text is pasted."),
    Row("too-deep", 1, 44, "", "yaml-nesting",
        "nested deeper than 40 levels.",
        "A case needs fewer than ten levels; check the brackets and the indentation."),
    Row("only-a-list", 1, 1, "", "wrong-type",
        "found a list; expected a mapping.",
        'Write "name: value" lines, indented.'),
    Row("missing-key", 1, 1, "level", "missing-key",
        "is missing.",
        'Add "level:". 1 worked example, 2 typical, 3 mixed, 4 atypical.'),
    Row("unknown-key", 6, 1, "seting", "unknown-key",
        'found the key "seting"; expected a known key.',
        'Did you mean "setting"?'),
    Row("unknown-state", 40, 12, "facts[1].state", "unknown-word",
        'found "abscent"; expected present, absent or not_assessed.',
        'Did you mean "absent"?'),
    Row("unknown-finding", 65, 14, "facts[5].finding", "unknown-id",
        'found "paraspinal_tendernes"; expected the id of a known finding.',
        'Did you mean "paraspinal_tenderness"'),
    Row("unknown-condition", 26, 14, "hypotheses[0]", "unknown-id",
        'found "cauda_equina"; expected the id of a known condition.',
        'Did you mean "cauda_equina_syndrome"?'),
    Row("unknown-region", 25, 33, "body_chart[0].regions[0]", "unknown-word",
        'found "lower_back"; expected a known word.',
        'Did you mean "low_back" or "upper_back"?'),
    Row("unknown-instrument", 21, 18, "measures[0].instrument", "unknown-id",
        'found "oswestry"; expected the id of a known instrument.',
        "Known: eq5d5l, fabq, nrs_pain, odi,"),
    Row("unknown-level", 52, 39, "facts[3].modifiers.recovery_expectation", "unknown-word",
        'found "postive"; expected average, negative or positive.',
        'Did you mean "positive"?'),
    Row("unknown-procedure", 76, 51, "facts[6].appropriateness.procedure", "case-format",
        'acr_v1 rates no "MRI lumbar".',
        'It rates "CT lumbar with contrast",'),
    Row("unknown-attribute", 58, 18, "facts[4].attributes[0]", "unknown-id",
        'found "anticoagulants"; expected the id of a known patient attribute.',
        'Did you mean "anticoagulant"?'),
    Row("unknown-setting", 6, 10, "setting", "unknown-word",
        'found "primary-care"; expected primary_care, emergency or spine_clinic.',
        'Did you mean "primary_care"?'),
    Row("text-for-number", 9, 8, "patient.age", "wrong-type",
        'found "thirty-six"; expected a whole number.',
        "Write digits only; the unit is fixed."),
    Row("quoted-number", 9, 8, "patient.age", "wrong-type",
        'found "36"; expected a whole number.',
        "Remove the quotes."),
    Row("comma-number", 21, 49, "measures[0].score", "wrong-type",
        'found "3,8"; expected a number.',
        "Write a point instead of the comma."),
    Row("number-for-text", 21, 62, "measures[0].version", "wrong-type",
        "found 2.1; expected text.",
        'Put it in quotes: "2.1".'),
    Row("fraction", 3, 8, "level", "wrong-type",
        "found 2.5; expected a whole number.",
        ""),
    Row("too-high", 3, 8, "level", "out-of-range",
        "found 5; expected at most 4.",
        ""),
    Row("nothing-after-colon", 5, 7, "title", "wrong-type",
        "found nothing; expected text.",
        "Write something after the colon, or remove the line if it is optional."),
    Row("not-a-list", 93, 7, "team", "wrong-type",
        'found "physiatrist"; expected a list.',
        'Put it in brackets: [...], or write each entry on a line that starts with "- ".'),
    Row("comma-in-braces", 25, 78, "body_chart[0].across.", "unknown-key",
        'found the key "across."; expected a known key.',
        "Text with a comma needs quotes inside { }."),
    Row("colon-in-list", 95, 5, "objectives[0]", "wrong-type",
        "found a mapping; expected text.",
        'Text with ": " inside needs quotes.'),
    Row("four-levels", 90, 13, "goals[0].levels", "wrong-length",
        "found 4 entries; expected at least 5.",
        ""),
    Row("capital-id", 60, 9, "facts[5].id", "wrong-form",
        'found "Palpation"; expected an id in snake_case.',
        "Use small letters, digits and underscores."),
    Row("version-number", 2, 10, "version", "wrong-type",
        "found 1.0; expected text.",
        'Put it in quotes: "1.0".'),
    Row("icf-code", 86, 10, "goals[0].icf", "wrong-form",
        'found "working"; expected an ICF code.',
        "Write a letter and three to five digits, such as d450."),
    Row("says-nothing", 41, 5, "facts[2]", "case-format",
        "says nothing back.",
        'Add "reply:" with what the learner hears or reads.'),
    Row("state-without-finding", 65, 12, "facts[5].state", "case-format",
        'has a "state" without a "finding".',
        'Add "finding:".'),
    Row("picture-without-words", 78, 12, "facts[6].media", "case-format",
        "has a picture without words for it.",
        'Add "alt:" with what it shows.'),
    Row("picture-outside", 78, 12, "facts[6].media", "media-path",
        'found "../good/slice.svg", which leads out of the media folder.',
        "Put the picture in media/ and write media/name.svg."),
    Row("picture-absolute", 78, 12, "facts[6].media", "media-path",
        'found "/etc/passwd", which leads out of the media folder.',
        "Put the picture in media/ and write media/name.svg."),
    Row("picture-missing", 78, 12, "facts[6].media", "media-path",
        'found "media/slices.svg", which is not there.',
        "Check name and folder; capitals count."),
    Row("key-unknown-lead", 3, 9, "diagnosis.lead", "unknown-id",
        'found "muscle_strain"; expected the id of a known condition.',
        'Did you mean "lumbar_muscle_strain"?'),
    Row("key-unknown-source", 73, 14, "references[0]", "unknown-id",
        'found "jarvik2002"; expected the id of a known source.',
        'Did you mean "jarvikdeyo2002" or "davidson2002"?'),
    Row("key-unknown-modality", 33, 14, "plan.optional[0]", "unknown-id",
        'found "heat"; expected the id of a known modality.',
        "casekit evidence lists the ids."),
    Row("key-two-verbs", 61, 5, "expert[13]", "case-format",
        "has 2 verbs (follow_up, close).",
        'Start every act with "- " on its own line.'),
    Row("key-no-verb-value", 49, 15, "expert[7].represent", "case-format",
        "has nothing after the colon.",
        "Write what it takes."),
    Row("key-unknown-verb", 45, 5, "expert[3].exam", "unknown-key",
        'found the key "exam"; expected a known key.',
        'Did you mean "examine"?'),
    Row("key-two-quantiles", 58, 16, "expert[11].forecast.odi[6]", "wrong-length",
        "found 2 entries; expected at least 3.",
        ""),
    Row("key-quoted-week", 58, 13, "expert[11].forecast.odi.6", "wrong-type",
        'found "6"; expected a whole number.',
        "Remove the quotes."),
    Row("key-probability", 42, 100, "expert[0].estimate.idiopathic_axial", "out-of-range",
        "found 90; expected at most 1.",
        "Shares run from 0 to 1."),
    Row("key-unquoted-no", 39, 61, "prognosis.modifiers.compensation", "wrong-type",
        "found no; expected text.",
        'Many YAML readers take it for false; put it in quotes: "no".'),
    Row("key-dose-without-unit", 56, 68, "expert[10].plan[2].dose.amount", "case-format",
        "has no unit.",
        'Add "unit:", such as mg.'),
    Row("key-unknown-phase", 38, 10, "prognosis.phase", "unknown-id",
        'found "sub-acute"; expected the id of a known forecast phase.',
        'Did you mean "subacute" or "acute"?'),
]  # fmt: skip
SEVERAL = {"alias": 2, "alias-bomb": 5}
"""Mistakes that show in more than one place."""
HARMLESS = {"byte-order-mark"}
"""What is told but does not stop the case from being used."""


def test_every_broken_file_has_its_row() -> None:
    assert sorted(row.name for row in ROWS) == sorted(path.name for path in BAD.iterdir())


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_broken_file_is_explained(row: Row, tmp_path: Path) -> None:
    problems = read(broken(row.name, tmp_path)).problems
    first = problems[0]
    assert (first.line, first.column, first.path, first.rule) == (row.line, row.column, row.path, row.rule)
    assert first.sentence == row.said
    assert first.hint.startswith(row.hint)
    assert len(problems) == SEVERAL.get(row.name, 1), "one mistake, one problem"


@pytest.mark.parametrize("name", [row.name for row in ROWS if row.name not in HARMLESS])
def test_a_broken_file_stops_the_case(name: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"^\d+ problems?\n") as caught:
        load_case(broken(name, tmp_path), VOCABULARY)
    assert caught.value.problems


def test_the_file_is_the_one_that_is_broken(tmp_path: Path) -> None:
    for row in ROWS:
        wanted = "key.yaml" if row.name.startswith("key-") else "case.yaml"
        assert (
            read(broken(row.name, tmp_path / row.name)).problems[0].file.endswith(f"a-sack-of-soil/{wanted}")
        )
