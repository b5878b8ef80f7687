"""From plan.json back to the plan's content: a frozen edition can be drawn and compared again, as long as it is kept.

Everything that reads a frozen edition's data reads them here, so that an edition of another time is read by every
later code. The types of the fields lead the way. A key that the edition lacks takes the field's default, else what its
type says where nothing is said (``unsaid``); unknown keys are left out. What means something else than before gets a
new number of the schema and a reader of its own (docs/plan-json.md).
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
from plans.content import Chapter, PlanContent, plain
from plans.enums import ChapterCode, ForeignCode, chapter_of
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
EMPTY: dict[Any, Any] = {str: "", bool: False}


def from_json(data: bytes) -> PlanContent:
    """The content of a plan.json. Raises ValueError, TypeError, AttributeError where it is none."""
    content: PlanContent = parse(PlanContent, json.loads(data).get("plan"))
    return content


def read_plain(data: bytes) -> dict[str, Any]:
    """The plan of a plan.json with exactly the keys of today, for comparing. Raises as ``from_json``."""
    plan: dict[str, Any] = plain(from_json(data))
    return plan


@cache
def hints(kind: type) -> dict[str, Any]:
    """The types of a dataclass's fields."""
    return get_type_hints(kind)


def is_optional(kind: Any) -> bool:
    """True for „X | None“."""
    return get_origin(kind) in (Union, types.UnionType)


def unsaid(kind: Any) -> Any:
    """What stands for a value that an edition does not have.

    Never a statement: a number, a day or a choice that nobody wrote is None, also where today's plans always have one,
    and is printed as „–“. Zero would be a sum that nobody added up.
    """
    if get_origin(kind) is tuple:
        return ()
    if dataclasses.is_dataclass(kind) and kind is not VagueDate:
        return parse(kind, {})
    return None if is_optional(kind) else EMPTY.get(kind)


def parse(kind: Any, value: Any) -> Any:
    """A value of JSON as a value of this type."""
    if value is None:
        return unsaid(kind)
    if kind is Chapter:
        return parse_chapter(value)
    if is_optional(kind):
        return parse(next(part for part in get_args(kind) if part is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(parse(get_args(kind)[0], item) for item in value)
    if dataclasses.is_dataclass(kind) and kind is not VagueDate:
        return parse_fields(kind, value)  # type: ignore[arg-type]
    return parse_plain(kind, value)


def parse_plain(kind: Any, value: Any) -> Any:
    """A text, number, day or choice; a choice that there is no longer counts as not said."""
    if kind is VagueDate:
        return VagueDate.from_iso(value)
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value) if value in {member.value for member in kind} else None
    return value


def parse_fields(kind: type, value: dict[str, Any]) -> Any:
    """A dataclass from the keys that it knows."""
    of = hints(kind)
    found = {}
    for field in dataclasses.fields(kind):
        is_said = value.get(field.name) is not None or (field.name in value and is_optional(of[field.name]))
        if is_said or field.default is dataclasses.MISSING:
            found[field.name] = parse(of[field.name], value.get(field.name))
    return kind(**found)


def parse_chapter(value: dict[str, Any]) -> Chapter:
    """A chapter; its code says which body it has. Only a body that is written as null is a chapter left out."""
    code = chapter_of(value.get("code") or "")
    if "body" in value and value["body"] is None:
        body = None
    elif isinstance(code, ForeignCode) or "body" not in value:
        body = bodies.ForeignBody()
    else:
        body = parse(BODIES[code], value["body"])
    known = {name: value[name] for name in ("text", "left_out_reason") if value.get(name) is not None}
    tables = parse(tuple[bodies.ListedTable, ...], value.get("tables"))
    return Chapter(code=code, body=body, tables=tables, **known)  # type: ignore[arg-type]
