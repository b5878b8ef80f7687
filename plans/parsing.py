"""From plan.json back to the plan's content: an edition that was frozen can be drawn again, as DOCX for example.

The types of the fields lead the way. Keys that a plan of an earlier time lacks take the field's default, unknown keys
are left out.
"""

import dataclasses
import json
import types
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from plans import bodies
from plans.content import Chapter, PlanContent
from plans.enums import ChapterCode
from records.vague import VagueDate

BODIES: dict[ChapterCode, type] = {
    ChapterCode.MANDATE: bodies.MandateBody,
    ChapterCode.STEERING: bodies.SteeringBody,
    ChapterCode.INVENTORY: bodies.InventoryBody,
    ChapterCode.NEEDS: bodies.NeedsBody,
    ChapterCode.GOALS: bodies.GoalsBody,
    ChapterCode.MEASURES: bodies.MeasuresBody,
    ChapterCode.FINANCE: bodies.FinanceBody,
    ChapterCode.CONTROLLING: bodies.ControllingBody,
    ChapterCode.RESOLUTIONS: bodies.ResolutionsBody,
    ChapterCode.TIMELINE: bodies.TimelineBody,
    ChapterCode.SOURCES: bodies.SourcesBody,
}


def from_json(data: bytes) -> PlanContent:
    """The content of a plan.json. Raises ValueError, KeyError, TypeError where it is none."""
    content: PlanContent = parse(PlanContent, json.loads(data)["plan"])
    return content


@cache
def hints(kind: type) -> dict[str, Any]:
    """The types of a dataclass's fields."""
    return get_type_hints(kind)


def parse(kind: Any, value: Any) -> Any:
    """A value of JSON as a value of this type."""
    if kind is Chapter:
        return parse_chapter(value)
    if get_origin(kind) in (Union, types.UnionType):
        inner = [part for part in get_args(kind) if part is not type(None)]
        return None if value is None else parse(inner[0], value)
    if get_origin(kind) is tuple:
        return tuple(parse(get_args(kind)[0], item) for item in value)
    if dataclasses.is_dataclass(kind) and kind is not VagueDate:
        return parse_fields(kind, value)  # type: ignore[arg-type]
    if kind is VagueDate:
        return VagueDate.from_iso(value)
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


def parse_fields(kind: type, value: dict[str, Any]) -> Any:
    """A dataclass from the keys that it knows."""
    names = {field.name for field in dataclasses.fields(kind)}
    known = {name: parse(of, value[name]) for name, of in hints(kind).items() if name in names and name in value}
    return kind(**known)


def parse_chapter(value: dict[str, Any]) -> Chapter:
    """A chapter; its code says which body it has."""
    code = ChapterCode(value["code"])
    body = None if value["body"] is None else parse(BODIES[code], value["body"])
    known = {name: value[name] for name in ("text", "left_out_reason") if name in value}
    return Chapter(code=code, body=body, **known)
