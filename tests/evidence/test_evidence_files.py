"""The evidence files are refused when a number has no source, and the fast image is never stale."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casekit.content import evidence_files
from casekit.content.evidence import build_image, load_evidence, read_evidence
from casekit.errors import EvidenceError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "evidence"
    shutil.copytree(evidence_files.FOLDER, copy)
    return copy


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_stored_image_is_the_one_the_files_give() -> None:
    assert evidence_files.IMAGE.read_bytes() == build_image(), "run: casekit evidence --build"


def test_an_edited_file_is_noticed_although_the_image_is_older(folder: Path) -> None:
    change(folder, "findings.yaml", "label: Age 50 or over", "label: Fifty or more")
    assert read_evidence(folder).diagnosis.finding("age_ge_50").label == "Fifty or more"


def test_line_ends_of_another_system_do_not_make_the_image_stale(folder: Path) -> None:
    for path in evidence_files.yaml_files(folder):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert evidence_files.digest(folder) == load_evidence().digest


# what is broken, in which file, and the words that must say so
FAULTS = [
    ("a number without a source", "likelihoods.yaml", "  source: vanderwindt2010\n  verification: text\n  page: https://download.skyscape.com/download/ota/lonestar/B4562E59-87F6-47FA-8F09-D67E1FE536CA/ebmgneuro.ed18/content/HTML/5/tn55.htm\n", "  verification: text\n", "has not got a source"),
    ("a number without a verification", "priors.yaml", "  - condition: nonspecific_low_back_pain\n    probability: 0.38\n    basis: expert\n    source: jarvikdeyo2002\n    verification: recalled\n", "  - condition: nonspecific_low_back_pain\n    probability: 0.38\n    basis: expert\n    source: jarvikdeyo2002\n", "has not got a verification"),
    ("a source nobody knows", "alerts.yaml", "source: bmjbp_ces", "source: bmjbp_cez", 'no source is called "bmjbp_cez"'),
    ("an id given twice", "findings.yaml", "- id: age_gt_65", "- id: age_ge_50", '"age_ge_50" stands twice'),
    ("a key given twice", "findings.yaml", "  label: Age over 65", "  label: Age over 65\n  label: Over 65", "stands twice in one entry"),
    ("a section that is missing", "interactions.yaml", "interactions:", "interaction:", "lacks the sections interactions"),
    ("text where a number belongs", "likelihoods.yaml", "  sensitivity: 0.92", "  sensitivity: high", "has not its type"),
    ("no YAML", "findings.yaml", "findings:", "findings: [", "is not valid YAML"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "old", "new", "words"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_faulty_evidence_is_refused(
    folder: Path, what: str, name: str, old: str, new: str, words: str
) -> None:
    del what
    change(folder, name, old, new)
    with pytest.raises(EvidenceError, match=words.replace("(", r"\(")):
        read_evidence(folder)
