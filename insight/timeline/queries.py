"""Every dated record of a municipality as an entry of its timeline, through the marks of the kinds.

One query per kind that has marks, whatever the number of rows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.access import Access
from accounts.models import Municipality
from insight.timeline import HURDLES, WITHOUT_PHASE, TimelineEntry
from participation.models import NetworkEvent
from planning.enums import Phase
from planning.models import Deadline
from planning.models.cycle import CycleRecord
from records.fields import VagueDateField
from records.kind import Mark, RecordKind
from records.queries.prepared import MUNICIPALITY, Parameter, Prepared
from records.queries.scope import Sight, key_of, rows_in_sight, sight_of
from records.registry import all_kinds
from records.vague import VagueDate

read_date = lru_cache(maxsize=4096)(VagueDate.from_stored)  # dates return with every request
LANES = {phase: phase.number for phase in Phase}
LONG = (models.TextField, models.JSONField, models.FileField)


@dataclass(frozen=True)
class Selection:
    """What of the timeline is wanted: phase number (0: all), name of a kind (empty: all), with hurdles or without."""

    lane: int = 0
    kind: str = ""
    hurdles: bool = True

    def fits(self, entry: TimelineEntry, kind: RecordKind) -> bool:
        """True for an entry that is to be shown; hurdles lie over all phases and stay in view."""
        if self.kind and kind.name != self.kind:
            return False
        if entry.lane == HURDLES:
            return self.hurdles
        return self.lane in {0, entry.lane}


def marked_kinds() -> list[RecordKind]:
    """Kinds that stand in the timeline."""
    return [kind for kind in all_kinds() if kind.marks]


def timeline_entries(
    municipality: Municipality, selection: Selection | None = None, access: Access | None = None
) -> list[TimelineEntry]:
    """All entries of the municipality, unsorted; of planning content carried over the newest version only.

    Of the programme: network events in which the municipality takes part (for a person also those to come, to which all
    are invited), and deadlines in the years of its entries.
    """
    wanted = selection or Selection()
    entries: list[TimelineEntry] = []
    kinds = [kind for kind in marked_kinds() if not wanted.kind or kind.name == wanted.kind]
    rows = dated_rows(municipality, access)
    for kind in sorted(kinds, key=lambda kind: kind.model is Deadline):
        found = [entry for entry in entries_of_kind(kind, municipality, rows[kind.name]) if wanted.fits(entry, kind)]
        if kind.model is Deadline and not wanted.kind:
            years = {entry.year for entry in entries}
            found = [entry for entry in found if years and min(years) <= entry.year <= max(years)]
        entries += found
    return entries


def entries_of_kind(kind: RecordKind, municipality: Municipality, rows: list["Row"]) -> Iterator[TimelineEntry]:
    """The entries of one kind."""
    base = kind.url("list", municipality)  # a record's page lies below its list (docs/product.md §9)
    named = {mark.until_named_by: set(values_of(rows, mark.until_named_by)) for mark in kind.marks}
    for record in newest_versions(kind, rows):
        for mark in kind.marks:
            if record.pk in named[mark.until_named_by]:
                continue
            entry = entry_of(kind, mark, record, f"{base}{record.pk}/")
            if entry is not None:
                yield entry


def values_of(rows: list["Row"], column: str) -> Iterator[Any]:
    """What the rows hold in a column; nothing without one."""
    return (getattr(row, column) for row in rows if column)


class Row:
    """A record's short columns without its model.

    Stands for the record in the marks of its kind: ``str()`` is the stored label, relations are labels too.
    """

    label: str
    uid: str
    pk: int

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Column:
    """A column of a kind as it comes from the one query for all kinds, in which every value is a text."""

    name: str
    read: Callable[[str], Any]


def dated_rows(municipality: Municipality, access: Access | None) -> dict[str, list[Row]]:
    """Rows with at least one of the marked dates, by the name of their kind (one query, whatever the number of kinds).

    Prepared, and read past the models: 23 querysets and 300 instances cost 40 ms, this 5 ms.
    """
    layouts = {kind.name: columns_of(kind) for kind in marked_kinds()}
    found: dict[str, list[Row]] = {name: [] for name in layouts}
    statement = statement_of_all(sight_of(access, municipality), access is not None)
    since = VagueDate(timezone.localdate().replace(day=1)).stored  # this month: a vague date may still lie ahead
    for name, *values in statement.run(municipality, user=key_of(access), since=since):
        row = Row(
            {
                column.name: None if value is None else column.read(value)
                for column, value in zip(layouts[name], values, strict=False)
            }
        )
        found[name].append(row)
    return found


@cache
def statement_of_all(sight: Sight, open_to_all: bool) -> Prepared:
    """The rows of all kinds under each other, for any municipality: name of the kind, then its columns as texts.

    ``open_to_all``: with network events to come, to which every municipality is invited.
    """
    width = max(len(columns_of(kind)) for kind in marked_kinds())
    parts = [rows_as_texts(kind, width, sight, open_to_all) for kind in marked_kinds()]
    return Prepared.of(parts[0].union(*parts[1:], all=True))


def rows_as_texts(kind: RecordKind, width: int, sight: Sight, open_to_all: bool) -> models.QuerySet[Any]:
    """The dated rows of a kind, its columns as texts and filled up to the width of the widest kind."""
    any_date = Q()
    for name in sorted({name for mark in kind.marks for name in (mark.begin, mark.end) if name}):
        any_date |= Q(**{f"{name}__isnull": False})
    rows = rows_in_sight(kind.model, sight).filter(any_date).order_by()
    if kind.model is NetworkEvent:
        invited = Q(begin__gte=Parameter("since")) if open_to_all else Q(pk__in=[])
        rows = rows.filter(Q(pk__in=NetworkEvent.objects.filter(municipalities=MUNICIPALITY)) | invited)
    related = related_names(kind)
    paths = [f"{column.name}__label" if column.name in related else column.name for column in columns_of(kind)]
    empty = Cast(Value(None), models.TextField())
    texts = [Cast(F(path), models.TextField()) for path in paths] + [empty] * (width - len(paths))
    named = {f"column_{number}": text for number, text in enumerate(texts)}
    return rows.annotate(kind_name=Value(kind.name), **named).values_list("kind_name", *named)


def related_names(kind: RecordKind) -> list[str]:
    """Relations whose labels the marks read."""
    return sorted({name for mark in kind.marks for name in mark.related})


@cache
def columns_of(kind: RecordKind) -> tuple[Column, ...]:
    """What the query selects of a kind, and how each text becomes a value again."""
    fields = {field.attname: field for field in kind.model._meta.concrete_fields}
    own = [Column(name, reader_of(fields[name])) for name in short_columns(kind)]
    joined = sorted({mark.chain for mark in kind.marks if "__" in mark.chain})
    return (Column("pk", int), *own, *(Column(name, str) for name in (*related_names(kind), *joined)))


def reader_of(field: models.Field) -> Callable[[str], Any]:
    """From the text of a column to its value; SQLite writes „1“, PostgreSQL „true“."""
    if isinstance(field, VagueDateField):
        return lambda text: read_date(text) if text else None
    if isinstance(field, models.BooleanField):
        return {"1": True, "true": True, "0": False, "false": False}.__getitem__
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return int
    return str if isinstance(field, models.CharField) else field.to_python


@cache
def short_columns(kind: RecordKind) -> tuple[str, ...]:
    """Columns that marks may read: what people enter, without long texts, what names the record, and their dates."""
    fields = kind.model._meta.concrete_fields
    entered = [f.attname for f in fields if f.editable and not f.primary_key and not isinstance(f, LONG)]
    copied = ["predecessor_id"] if issubclass(kind.model, CycleRecord) else []
    dates = [name for mark in kind.marks for name in (mark.begin, mark.end) if name]  # a step may have set them
    return tuple(dict.fromkeys(["uid", "label", *copied, *entered, *dates]))


def newest_versions(kind: RecordKind, rows: list[Row]) -> list[Row]:
    """Planning content is copied into the next cycle; only the copy is drawn, not what it was copied from.

    A copy without any date begins anew and says nothing of when the earlier one was.
    """
    if not issubclass(kind.model, CycleRecord):
        return rows
    dates = {name for mark in kind.marks for name in (mark.begin, mark.end) if name}
    dated = (row for row in rows if any(getattr(row, name) for name in dates))
    replaced = {getattr(row, "predecessor_id", None) for row in dated}
    return [row for row in rows if row.pk not in replaced]


def without_repetition(text: str) -> str:
    """„Beirat: 1. Sitzung des Beirats“ → „1. Sitzung des Beirats“: a label may name what the title already says."""
    before, colon, rest = text.partition(": ")
    if not colon:
        return text
    named = r"\w*\s+".join(re.escape(word[: max(3, len(word) - 1)]) for word in before.split())
    if rest.startswith(before) or re.search(rf"\b{named}\w*$", rest.split(": ")[0], re.IGNORECASE):
        return rest
    return f"{before}: {rest.removesuffix(f' ({before})')}"


def entry_of(kind: RecordKind, mark: Mark, record: Row, url: str) -> TimelineEntry | None:
    """The entry that a mark makes of a record, or None where it has no date or is not to be drawn."""
    begin: VagueDate | None = getattr(record, mark.begin)
    end: VagueDate | None = getattr(record, mark.end) if mark.end else None
    if (begin is None and end is None) or not mark.when(record):
        return None
    phase = mark.section_of(record)
    return TimelineEntry(
        title=without_repetition(mark.text(record)),
        begin=begin,
        end=end,
        lane=HURDLES if mark.shape == "hurdle" else LANES[phase] if phase else WITHOUT_PHASE,
        shape="period" if mark.shape == "hurdle" else mark.shape,
        expected=bool(mark.expected(record)),
        contradiction=getattr(record, "contradiction", ""),
        source=getattr(record, "source", ""),
        kind_label=kind.label,
        url=url,
        uid=f"{kind.name}-{record.uid}-{mark.begin}",
        is_example=getattr(record, "is_example", False),
        routine=mark.routine,
        chain=getattr(record, mark.chain) if mark.chain else "",
    )
