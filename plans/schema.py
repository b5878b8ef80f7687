"""The JSON schema of plan.json, made from the content's types; docs/plan.schema.json is this schema, committed."""

import dataclasses
import inspect
import types
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin

from insight.timeline.entries import IF_ANY
from plans.content import SCHEMA, Chapter, PlanContent
from plans.enums import ChapterCode
from plans.parsing import BODIES, hints
from records.vague import VagueDate

VAGUE = r"^\d{4}(-(\d{2}(-\d{2})?|Q[1-4]|H[12]))?$"
PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    date: {"type": "string", "format": "date"},
    VagueDate: {"type": "string", "pattern": VAGUE, "description": "Day, month, quarter, half-year or year"},
}


def plan_schema() -> dict[str, Any]:
    """The schema after JSON Schema 2020-12. Every key is written, also where its value is empty, but for
    those that are written only where there is something."""
    defs: dict[str, Any] = {}
    plan = described(PlanContent, defs)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA}",
        "title": "Integrierter Plan einer Kommune im LSZ-Portal",
        "type": "object",
        "required": ["plan", "schema", "template_version"],
        "additionalProperties": False,
        "properties": {"schema": {"const": SCHEMA}, "template_version": {"type": "string"}, "plan": plan},
        "$defs": dict(sorted(defs.items())),
    }


def described(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type; dataclasses become definitions."""
    if kind in PLAIN:
        return dict(PLAIN[kind])
    if get_origin(kind) is tuple:
        return {"type": "array", "items": described(get_args(kind)[0], defs)}
    if get_origin(kind) in (Union, types.UnionType):
        inner = [part for part in get_args(kind) if part is not type(None)]
        return {"anyOf": [described(inner[0], defs), {"type": "null"}]}
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if kind.__name__ not in defs:
        defs[kind.__name__] = {}  # a goal holds goals
        defs[kind.__name__] = chapter_schema(defs) if kind is Chapter else object_schema(kind, hints(kind), defs)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def object_schema(kind: type, of: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    """A dataclass as object."""
    names = [field.name for field in dataclasses.fields(kind)]
    always = [field.name for field in dataclasses.fields(kind) if not field.metadata.get(IF_ANY)]
    first_line = (inspect.getdoc(kind) or "").split("\n")[0]
    return {
        "type": "object",
        "description": first_line.replace("``", ""),
        "required": sorted(always),
        "additionalProperties": False,
        "properties": {name: described(of[name], defs) for name in sorted(names)},
    }


def chapter_schema(defs: dict[str, Any]) -> dict[str, Any]:
    """A chapter: its code says which body it has, null where it is left out."""
    plain = {name: of for name, of in hints(Chapter).items() if name != "body"}
    schema = object_schema(Chapter, plain | {"body": str}, defs)
    schema["properties"]["body"] = {}
    schema["oneOf"] = [
        {
            "properties": {
                "code": {"const": code.value},
                "body": {"anyOf": [described(BODIES[code], defs), {"type": "null"}]},
            }
        }
        for code in ChapterCode
    ]
    return schema
