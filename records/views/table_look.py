"""The preview of a large table, which the queue reads and checks."""

import json
from dataclasses import asdict
from typing import Any, cast

from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts.access import access_of, person_of
from accounts.client import by_htmx
from accounts.models import Municipality
from records.domain import import_states
from records.enums import ImportState
from records.errors import TableRefused
from records.forms.upload import UploadForm
from records.kind import RecordKind
from records.models import TableImport
from records.queries.table_imports import own_table, waiting_table
from records.queue.answers import MARK, Waiting, address_of, result_of, too_many, waiting_page
from records.queue.jobs import Job, TooMany
from records.queue.replay import TOO_LARGE, works_now
from records.tables.assigning import NO_COLUMN, Said, has_columns, is_assigned
from records.tables.checking import RawRow
from records.tables.files import NOTHING, UnreadableTable, read_sheets
from records.tables.job import checked_of
from records.tables.preview import Seen
from records.tables.upright import set_upright
from records.tables.values import Values
from records.text import whole_number
from records.views.table_answer import (
    GONE,
    Preview,
    answer,
    laid_for,
    open_table,
    refuse,
    sentences_of,
    tried_out,
)

PLACE = 60  # seconds that a job may wait for a place to read in
TOO_MUCH = "Diese Tabelle ist zu groß, um auf einmal geprüft zu werden. Teilen Sie sie in mehrere Dateien auf."


def look(request: HttpRequest, municipality: Municipality, kind: RecordKind) -> HttpResponse:
    """The preview of a large table, which the queue checks; until it is there, the page that goes on by itself."""
    actor, number = person_of(request), whole_number(request.GET.get("vorgang"))
    table = own_table(municipality, actor, cast(Any, kind.model), number)
    if table is None or table.state not in (ImportState.READING, ImportState.CHECKING, ImportState.SEEN):
        return refuse(request, municipality, kind, GONE)
    made = (check_here if works_now(request) else check_in_queue)(request, municipality, kind, table)
    if isinstance(made, HttpResponse):
        return made
    table = own_table(municipality, actor, cast(Any, kind.model), number)
    if table is None:  # replaced while it was read
        return refuse(request, municipality, kind, GONE)
    checked = Seen.read(made)
    kept = waiting_table(municipality, actor, cast(Any, kind.model), request.GET.get("vorgang"))
    opened = open_table(request, municipality, kind, table, checked.questions) if table.source else None
    preview, status = Preview(checked, tuple(table.problems), kept, opened), 422 if checked.errors else 200
    return answer(request, municipality, kind, UploadForm(kind=kind), preview, status=status)


def check_here(
    request: HttpRequest, municipality: Municipality, kind: RecordKind, table: TableImport
) -> dict[str, Any] | HttpResponse:
    """What the check says, where this process works; a job hands it to whoever waits for it."""
    try:
        made = checked_table(request, municipality, kind, table)
    except (TableRefused, UnreadableTable) as error:
        sentence = sentences_of(error) if isinstance(error, TableRefused) else str(error)
        return come_back(request, municipality, kind, table.pk, sentence)
    return JsonResponse(made) if hasattr(request, "of_job") else made


def check_in_queue(
    request: HttpRequest, municipality: Municipality, kind: RecordKind, table: TableImport
) -> dict[str, Any] | HttpResponse:
    """What the check said that the queue has made, or the page that waits for it."""
    by_page, back = MARK in request.GET, kind.url("import", municipality)
    job = Job.of(request, f"{kind.plural} einlesen", key=[request.path, table.pk], address=address_of(request))
    try:
        found = result_of(job, may_wait=not by_page)
    except TooMany as error:
        return too_many(request, error, back)
    if isinstance(found, Waiting):
        rows = checked_of(table).done(), len(table.rows)
        doing = "Die Tabelle wird gelesen" if table.state == ImportState.READING else "Die Tabelle wird geprüft"
        return waiting_page(request, found, address=job.address, back=back, doing=doing, rows=rows)
    if by_page and by_htmx(request):
        return HttpResponse(headers={"HX-Redirect": job.address})
    made: dict[str, Any] = json.loads(found.content or b"{}")
    if made:
        return made
    told = TOO_MUCH if (messages.ERROR, TOO_LARGE) in found.told else " ".join(text for _, text in found.told)
    return come_back(request, municipality, kind, table.pk, told)


def checked_table(
    request: HttpRequest, municipality: Municipality, kind: RecordKind, table: TableImport
) -> dict[str, Any]:
    """Look at every row; where nothing is wrong, the rows that change something wait for their confirmation.

    A file that waits is read before. Raises TableRefused, UnreadableTable.
    """
    if table.state == ImportState.READING:
        read_upload(request, municipality, kind, table)
    said = Said.read(table.said)
    if not table.rows:
        raise UnreadableTable(NOTHING if is_assigned(said.columns or {}) else NO_COLUMN)
    rows = [RawRow(**row) for row in table.rows]
    with checked_of(table).claimed() as tell:
        checked = tried_out(request, municipality, kind, rows, said, tell)
    if checked.entries and not checked.errors:
        import_states.seen(waiting=table, rows=[row.as_json() for row in checked.raw])
    return asdict(Seen.of(checked))


def read_upload(request: HttpRequest, municipality: Municipality, kind: RecordKind, table: TableImport) -> None:
    """Read the file that waits and find its columns. Raises UnreadableTable."""
    source = read_sheets(ContentFile(bytes(cast(bytes, table.upload))), PLACE)
    values = Values(kind, municipality, access_of(request))
    source = set_upright(values, source)
    laid, said, rows = laid_for(request, municipality, kind, values, source, Said.read(table.said))
    table.rows = [row.as_json() for row in rows] if has_columns(laid) else []
    table.said, table.problems, table.source = said.as_json(), laid.unknown, source
    told = {name: getattr(table, name) for name in ("rows", "said", "problems", "source")}
    import_states.read(waiting=table, **told)


def come_back(
    request: HttpRequest, municipality: Municipality, kind: RecordKind, number: int, sentence: str
) -> HttpResponse:
    """Why there is no preview: beside what was sent where it could not be read, else with the columns to be assigned.

    A job only tells it.
    """
    table = own_table(municipality, person_of(request), cast(Any, kind.model), number)
    if table is None or hasattr(request, "of_job"):
        return refuse(request, municipality, kind, sentence)
    if table.state == ImportState.READING:
        is_pasted, said = table.is_pasted, Said.read(table.said)
        form = UploadForm.again(
            kind, bytes(cast(bytes, table.upload)), sentence, is_pasted=is_pasted, may_change=said.may_change
        )
        return answer(request, municipality, kind, form, status=422)
    preview = None
    if table.source and not table.rows:
        preview = Preview(None, open=open_table(request, municipality, kind, table, []))
    return answer(request, municipality, kind, UploadForm(kind=kind), preview, status=422, refusal=sentence)
