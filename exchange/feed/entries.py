"""What stands in the calendar of a person: by the rights of today, changed and cancelled entries as such."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from accounts.access import Access
from accounts.models import Municipality
from insight.timeline.queries import without_repetition
from records.appointments import Appointments, appointments, title_of
from records.calendars import Entry
from records.registry import kind_of
from records.vague import DAY, VagueDate

BACK = timedelta(days=90)  # so long what has passed, was cancelled or deleted stays in the calendar


def entries_for(access: Access, today: date) -> list[Entry]:
    """By day; two queries for each kind of record, however many places the person has."""
    found: dict[str, Entry] = {}
    for kind in appointments():
        places = places_of(kind, access)
        if places is not None:
            found |= {entry.uid: entry for entry in (*deleted(kind, places, today), *stored(kind, places, today))}
    return sorted(found.values(), key=lambda entry: (entry.first, entry.clock, entry.uid))


Places = dict[int, Municipality]


def places_of(kind: Appointments, access: Access) -> Places | None:
    """The municipalities whose records of the kind the person has in the calendar; none for the programme's own.

    None where the person has nothing of the kind.
    """
    own = access.municipalities()
    held = {place.pk: place for place in own if any(access.allows(right, place) for right in kind.rights)}
    if kind_of(kind.model).is_tenant:
        return held or None
    return {} if held or any(access.allows(right, None) for right in kind.rights) else None


def rows_of(kind: Appointments, rows: QuerySet[Any], places: Places, today: date) -> Iterator[tuple[Any, Any]]:
    """Each row of late or to come with its municipality; every reader sees the kinds of the calendar whole."""
    rows = rows.filter(municipality_id__in=places) if kind_of(kind.model).is_tenant else rows
    for row in rows.filter(**{f"{kind.day}__gte": VagueDate(today - BACK)}):
        yield row, places[row.municipality_id] if places else None


def stored(kind: Appointments, places: Places, today: date) -> Iterator[Entry]:
    """The records with an exact day."""
    rows: QuerySet[Any] = kind.model._default_manager.all()
    for row, place in rows_of(kind, rows.select_related(*kind.related) if kind.related else rows, places, today):
        url = settings.PORTAL_URL + kind_of(kind.model).url("detail", place, row.pk)
        yield from entry_of(kind, row, place, row.changed_at, url=url)


def deleted(kind: Appointments, places: Places, today: date) -> Iterator[Entry]:
    """What was deleted lately, as cancelled: a calendar that has it already is told."""
    rows = kind.model.history.filter(history_type="-", history_date__date__gte=today - BACK)
    for row, place in rows_of(kind, rows, places, today):
        yield from entry_of(kind, row, place, row.history_date, is_gone=True)


def entry_of(
    kind: Appointments, row: Any, place: Municipality | None, changed_at: Any, *, url: str = "", is_gone: bool = False
) -> Iterator[Entry]:
    """The entry of a record or of a row of its history; none where its day is vague."""
    day: VagueDate | None = getattr(row, kind.day)
    if day is None or day.precision != DAY:
        return
    end: VagueDate | None = getattr(row, kind.last) if kind.last else None
    title = title_of(row) if is_gone else kind.title(row)
    is_cancelled = is_gone or kind.is_cancelled(row)
    words = [word for word in (place.name if place else "Landesprogramm", kind.sort) if word]
    yield Entry(
        uid=f"{row.uid}@{place.slug if place else 'programm'}.lsz-portal",
        title=f"{'Entfällt: ' if is_cancelled else ''}{without_repetition(title)}",
        first=day.first,
        last=end.first if end and end.precision == DAY else day.first,
        version=row.version + is_gone,
        changed_at=changed_at,
        clock=getattr(row, kind.clock) if kind.clock else "",
        place=getattr(row, kind.place) if kind.place else "",
        text="\n".join([" · ".join(words), url] if url else [" · ".join(words)]),
        url=url,
        is_cancelled=is_cancelled,
    )
