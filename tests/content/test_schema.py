"""The schemas for editors: current, draft-07, and of one mind with the loader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from casekit.content.schema import DRAFT, FOLDER, NAMES, schema_problems, write_schemas
from casekit.content.yaml_reader import read_yaml_file
from tests.content.workshop import BAD, GOOD, VOCABULARY

NOT_IN_DRAFT_07 = {"$defs", "prefixItems", "unevaluatedProperties", "dependentRequired", "$anchor", "x-ids"}
BEYOND_A_SCHEMA = {
    "duplicate-key", "unknown-procedure", "state-without-finding", "picture-without-words", "picture-outside",
    "picture-absolute", "picture-missing", "key-no-verb-value", "key-dose-without-unit", "key-quoted-week",
}  # fmt: skip
"""Mistakes of form that only the loader sees; the schema cannot say them, or JSON has no such keys."""


def schema(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return read


def as_json(value: Any) -> Any:
    """Data as an editor sees it: every key is text."""
    if isinstance(value, dict):
        return {str(key): as_json(part) for key, part in value.items()}
    return [as_json(part) for part in value] if isinstance(value, list) else value


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for part in node.values():
            yield from nodes(part)
    if isinstance(node, list):
        for part in node:
            yield from nodes(part)


def readable(name: str) -> bool:
    """Whether the file of this mistake can be read as YAML at all, so that a schema may judge it."""
    return all(
        read_yaml_file(path).usable and not read_yaml_file(path).problems
        for path in (BAD / name).glob("*.yaml")
    )


def test_the_schemas_in_the_package_are_current() -> None:
    assert schema_problems() == []


def test_a_stale_or_missing_schema_is_told(tmp_path: Path) -> None:
    assert [problem.message for problem in schema_problems(tmp_path)] == ["is missing."] * 2
    (first, _) = write_schemas(tmp_path)
    first.write_text("{}", encoding="utf-8")
    (problem,) = schema_problems(tmp_path)
    assert problem.file.endswith("case.schema.json")
    assert problem.message == "is not what the formats and the evidence give now."


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_draft_07(name: str) -> None:
    found = schema(name)
    assert found["$schema"] == DRAFT
    Draft7Validator.check_schema(found)
    for node in nodes(found):
        assert not NOT_IN_DRAFT_07 & set(node)
        assert "$ref" not in node or len(node) == 1, "draft-07 ignores what stands beside $ref"


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_described_for_the_hover(name: str) -> None:
    found = schema(name)
    for part in (found, *(each for each in found["definitions"].values() if "required" in each)):
        assert part["description"]
        for field in part["properties"].values():
            target = found["definitions"].get(field.get("$ref", "").removeprefix("#/definitions/"), {})
            assert field.get("description") or target["description"]


def test_editors_complete_the_ids_of_the_evidence() -> None:
    definitions = schema("case.schema.json")["definitions"]
    assert definitions["ids_findings"]["enum"] == sorted(VOCABULARY.findings)
    fact = definitions["FactPart"]["properties"]
    assert set(fact["findings"]["properties"]) == VOCABULARY.findings
    assert fact["modifiers"]["properties"]["start_back"] == {"enum": ["high", "low", "medium"]}


@pytest.mark.parametrize("name", ["case", "key"])
def test_the_good_case_satisfies_its_schema(name: str) -> None:
    data = as_json(read_yaml_file(GOOD / f"{name}.yaml").data)
    assert list(Draft7Validator(schema(f"{name}.schema.json")).iter_errors(data)) == []


@pytest.mark.parametrize("name", sorted(path.name for path in BAD.iterdir() if readable(path.name)))
def test_the_editor_underlines_what_the_loader_refuses(name: str) -> None:
    (path,) = (BAD / name).glob("*.yaml")
    validator = Draft7Validator(schema(f"{path.stem}.schema.json"))
    refused = not validator.is_valid(as_json(read_yaml_file(path).data))
    assert refused is (name not in BEYOND_A_SCHEMA)
