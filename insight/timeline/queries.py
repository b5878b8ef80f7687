"""Every dated record of a municipality as an entry of its timeline, through the marks of the kinds.

One query per kind that has marks, whatever the number of rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import Municipality
from insight.timeline import HURDLES, WITHOUT_PHASE, TimelineEntry
from participation.models import NetworkEvent
from planning.enums import Phase
from planning.models import Deadline
from planning.models.cycle import CycleRecord
from records.fields import VagueDateField
from records.kind import Mark, RecordKind
from records.queries.prepared import MUNICIPALITY, Prepared
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


def timeline_entries(municipality: Municipality, selection: Selection | None = None) -> list[TimelineEntry]:
    """All entries of the municipality, unsorted; of planning content carried over the newest version only.

    Of the programme: network events in which the municipality takes part, and deadlines in the years of its entries.
    """
    wanted = selection or Selection()
    entries: list[TimelineEntry] = []
    kinds = [kind for kind in marked_kinds() if not wanted.kind or kind.name == wanted.kind]
    for kind in sorted(kinds, key=lambda kind: kind.model is Deadline):
        found = [entry for entry in entries_of_kind(kind, municipality) if wanted.fits(entry, kind)]
        if kind.model is Deadline and not wanted.kind:
            years = {entry.year for entry in entries}
            found = [entry for entry in found if years and min(years) <= entry.year <= max(years)]
        entries += found
    return entries


def entries_of_kind(kind: RecordKind, municipality: Municipality) -> Iterator[TimelineEntry]:
    """The entries of one kind (one query)."""
    base = kind.url("list", municipality)  # a record's page lies below its list (docs/product.md §9)
    for record in newest_versions(kind, dated_rows(kind, municipality)):
        for mark in kind.marks:
            entry = entry_of(kind, mark, record, f"{base}{record.pk}/")
            if entry is not None:
                yield entry


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
class Statement:
    """A prepared query with the names of its columns and of those that are vague dates."""

    prepared: Prepared
    names: tuple[str, ...]
    vague: tuple[str, ...]


def dated_rows(kind: RecordKind, municipality: Municipality) -> list[Row]:
    """Rows with at least one of the marked dates (one query).

    The queries of all kinds are prepared: building 23 of them and 300 model instances costs 40 ms, this 5 ms.
    """
    statement = statement_of(kind)
    found = [dict(zip(statement.names, row, strict=True)) for row in statement.prepared.run(municipality)]
    for values in found:
        for name in statement.vague:
            values[name] = read_date(values[name]) if values[name] else None
    return [Row(values) for values in found]


@cache
def statement_of(kind: RecordKind) -> Statement:
    """The query for any municipality."""
    any_date = Q()
    for name in sorted({name for mark in kind.marks for name in (mark.begin, mark.end) if name}):
        any_date |= Q(**{f"{name}__isnull": False})
    rows = kind.rows(MUNICIPALITY).filter(any_date).order_by()
    if kind.model is NetworkEvent:
        rows = rows.filter(municipalities=MUNICIPALITY)
    related = sorted({name for mark in kind.marks for name in mark.related})
    columns = short_columns(kind)
    chosen = rows.values_list("pk", *columns, *(f"{name}__label" for name in related))
    fields = kind.model._meta.concrete_fields
    vague = tuple(field.attname for field in fields if isinstance(field, VagueDateField) and field.attname in columns)
    return Statement(Prepared.of(chosen), ("pk", *columns, *related), vague)


@cache
def short_columns(kind: RecordKind) -> tuple[str, ...]:
    """Columns that marks may read: what people enter, without long texts, and what names the record."""
    fields = kind.model._meta.concrete_fields
    entered = [f.attname for f in fields if f.editable and not f.primary_key and not isinstance(f, LONG)]
    copied = ["predecessor_id"] if issubclass(kind.model, CycleRecord) else []
    return tuple(dict.fromkeys(["uid", "label", *copied, *entered]))


def newest_versions(kind: RecordKind, rows: list[Row]) -> list[Row]:
    """Planning content is copied into the next cycle; only the copy is drawn, not what it was copied from."""
    if not issubclass(kind.model, CycleRecord):
        return rows
    replaced = {getattr(row, "predecessor_id", None) for row in rows}
    return [row for row in rows if row.pk not in replaced]


def without_repetition(text: str) -> str:
    """„Beirat: Beirat: 1. Sitzung“ → „Beirat: 1. Sitzung“: a label may name what the title already says."""
    before, colon, rest = text.partition(": ")
    return rest if colon and rest.startswith(before) else text


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
    )
