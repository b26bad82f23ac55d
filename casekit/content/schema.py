"""JSON Schemas of both files for editors: generated from the formats and the ids of the evidence.

Editors want draft-07 and complete a word only if it is listed, so 2020-12 is rewritten and every id is
spelled out. The schemas are files of the package; `schema_problems` says when they are stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from casekit.content.problems import Problem, Severity, show_file
from casekit.content.vocabulary import Vocabulary, load_vocabulary

FOLDER = Path(__file__).parent
NAMES = ("case.schema.json", "key.schema.json")
DRAFT = "http://json-schema.org/draft-07/schema#"
_DROPPED = frozenset({"title", "default"})
Schema = dict[str, Any]


def build_schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """File name to the text of the schema; the same on every machine."""
    from casekit.content.case_format import CaseFile
    from casekit.content.key_format import KeyFile

    models = (CaseFile.model_json_schema(), KeyFile.model_json_schema())
    return {
        name: json.dumps(_Rewriter(vocabulary).rewrite(model), ensure_ascii=False, indent=1) + "\n"
        for name, model in zip(NAMES, models, strict=True)
    }


def write_schemas(folder: Path = FOLDER) -> list[Path]:
    """Write both schemas and give their paths."""
    paths = []
    for name, text in build_schemas(load_vocabulary()).items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def schema_problems(folder: Path = FOLDER) -> list[Problem]:
    """One problem for each schema that is missing or older than the formats and the evidence."""
    fresh = build_schemas(load_vocabulary())
    return [_stale(folder / name) for name, text in fresh.items() if _read(folder / name) != text]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _stale(path: Path) -> Problem:
    return Problem(
        file=show_file(path), line=1, column=1, path="", severity=Severity.ERROR, rule="schema-stale",
        message="is not what the formats and the evidence give now." if path.is_file() else "is missing.",
        hint='Run "casekit schema" and commit the file.',
    )  # fmt: skip


class _Rewriter:
    """Turns one schema of pydantic into draft-07 with the ids of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.definitions: Schema = {}

    def rewrite(self, schema: Schema) -> Schema:
        """The whole schema; lists of ids are definitions of their own."""
        models = schema.pop("$defs", {})
        body = self._node(schema)
        for name, model in models.items():
            self.definitions[name] = self._node(model)
        definitions = dict(sorted(self.definitions.items()))
        return {"$schema": DRAFT, **body, "definitions": definitions}

    def _node(self, node: Any) -> Any:
        if isinstance(node, list):
            return [self._node(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "x-ids" in node:
            return self._ids(node)
        if "propertyNames" in node and "x-ids" in node["propertyNames"]:
            return self._by_id(node)
        return self._plain(node)

    def _plain(self, node: Schema) -> Schema:
        rewritten = {key: self._value(key, value) for key, value in node.items() if key not in _DROPPED}
        reference = rewritten.pop("$ref", None)
        if reference is None:
            return rewritten
        target = {"$ref": reference.replace("#/$defs/", "#/definitions/")}
        return {**rewritten, "allOf": [target]} if rewritten else target

    def _value(self, key: str, value: Any) -> Any:
        if key == "properties":
            return {name: self._node(part) for name, part in value.items()}
        if key == "$ref":
            return value
        return self._node(value)

    def _ids(self, node: Schema) -> Schema:
        kind = node["x-ids"]
        name = f"ids_{kind}"
        self.definitions[name] = {"enum": sorted(getattr(self.vocabulary, kind))}
        target = {"$ref": f"#/definitions/{name}"}
        said = node.get("description")
        return {"description": said, "allOf": [target]} if said else target

    def _by_id(self, node: Schema) -> Schema:
        """A mapping from ids: each id is a property, so that editors complete it."""
        kind = node["propertyNames"]["x-ids"]
        value = self._node(node["additionalProperties"])
        names = sorted(getattr(self.vocabulary, kind))
        properties: Schema = dict.fromkeys(names, value)
        if kind == "modifiers":
            properties = {name: {"enum": sorted(self.vocabulary.levels_of[name])} for name in names}
        kept = {key: part for key, part in node.items() if key not in (*_DROPPED, "propertyNames")}
        return {**kept, "properties": properties, "additionalProperties": False}
