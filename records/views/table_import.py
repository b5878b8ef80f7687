"""Reading a list in: upload or paste, preview, confirmation. Nothing is stored before the person has seen it."""

from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from accounts.access import access_of, person_of
from accounts.models import Municipality
from records.domain.batches import Recorder
from records.domain.rows import Entry
from records.domain.saving import saved_with
from records.domain.sent_once import AGAIN, digest_of, find_same, note_sent
from records.domain.table_import import keep_columns, save_table
from records.enums import ImportState
from records.errors import DuplicateSubmission, TableRefused
from records.forms.upload import UploadForm
from records.kind import RecordKind
from records.models import TableImport
from records.models.guard import why_closed_below
from records.queries.batches import undo_address
from records.queries.table_imports import own_table, waiting_table
from records.tables.answering import check_said
from records.tables.assigning import NO_COLUMN, Said, has_columns
from records.tables.checking import RawRow
from records.tables.files import MAX_BYTES, UnreadableTable, read_sheets
from records.tables.job import queue_import
from records.tables.preview import WRONG, Checked, Seen
from records.tables.upright import set_upright
from records.tables.values import Values
from records.text import whole_number
from records.views.assigning import said_in
from records.views.sent_once import asked_again
from records.views.table_answer import (
    BELOW,
    GONE,
    Preview,
    answer,
    back_of,
    is_large,
    keep,
    laid_for,
    open_table,
    owner_of,
    refuse,
    sentences_of,
    tried_out,
)
from records.views.table_look import look

AT_ONCE = 32 * 1024  # bytes of a table that is read in the request, a tenth of a second's work; the queue reads more


@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: HttpRequest, municipality: Municipality, *, kind: RecordKind) -> HttpResponse:
    """Upload a table, say what its columns and words mean, look at what it would change, and take it over."""
    if "vorgang" in request.POST:
        return confirm(request, municipality, kind)
    if "zuordnen" in request.POST:
        return say(request, municipality, kind)
    if "vorgang" in request.GET:
        return look(request, municipality, kind)
    owner = owner_of(request, municipality, kind)
    if request.method != "POST" and owner and (closed := why_closed_below(kind.model, owner)):
        messages.info(request, closed)
        return HttpResponseRedirect(back_of(request, municipality, kind))
    form = UploadForm(request.POST, request.FILES, kind=kind) if request.method == "POST" else UploadForm(kind=kind)
    if request.method != "POST" or not form.is_valid():
        return answer(request, municipality, kind, form, status=422 if request.method == "POST" else 200)
    said, file = Said(may_change=form.cleaned_data.get("may_change", False)), form.table()
    try:
        if AT_ONCE < (file.size or 0) <= MAX_BYTES:
            told = {"upload": file.read(), "is_pasted": not form.cleaned_data["file"], "said": said.as_json()}
            table = keep(request, municipality, kind, [], state=ImportState.READING, **told)
            return to_look(request, table, owner)
        return take(request, municipality, kind, read_sheets(file), said, form=form)
    except UnreadableTable as error:
        form.refuse(str(error))
        return answer(request, municipality, kind, form, status=422)


def say(request: HttpRequest, municipality: Municipality, kind: RecordKind) -> HttpResponse:
    """What the person says about a table that was read: its columns, and what its words mean."""
    actor, number = person_of(request), whole_number(request.POST.get("zuordnen"))
    table = own_table(municipality, actor, cast(Any, kind.model), number)
    if table is None or not table.source or table.state not in (ImportState.CHECKING, ImportState.SEEN):
        return refuse(request, municipality, kind, GONE)
    said = said_in(request.POST, Said.read(table.said), table.source)
    try:
        return take(request, municipality, kind, table.source, said, has_said=True)
    except UnreadableTable as error:
        return refuse(request, municipality, kind, str(error))


def take(
    request: HttpRequest,
    municipality: Municipality,
    kind: RecordKind,
    source: list[dict[str, Any]],
    said: Said,
    *,
    has_said: bool = False,
    form: UploadForm | None = None,
) -> HttpResponse:
    """Lay the table out and show what would come of it; a large one is checked by the queue. Raises UnreadableTable."""
    values, actor, model = (
        Values(kind, municipality, access_of(request)),
        person_of(request),
        cast(Any, kind.model),
    )
    source = source if has_said else set_upright(values, source)
    laid, said, rows = laid_for(request, municipality, kind, values, source, said)
    if has_said:
        keep_columns(actor=actor, model=model, heads=laid.table.heads, columns=said.columns or {})
    told = {"problems": laid.unknown, "source": source, "said": said.as_json()}
    if not has_columns(laid):
        table = keep(request, municipality, kind, [], state=ImportState.CHECKING, **told)
        preview = Preview(None, open=open_table(request, municipality, kind, table, []))
        if form is None:
            return answer(request, municipality, kind, UploadForm(kind=kind), preview, status=422, refusal=NO_COLUMN)
        form.refuse(NO_COLUMN)
        return answer(request, municipality, kind, form, preview, status=422)
    if is_large(rows):
        raw = [row.as_json() for row in rows]
        waiting = keep(request, municipality, kind, raw, state=ImportState.CHECKING, **told)
        return to_look(request, waiting, owner_of(request, municipality, kind))
    is_open = has_said or bool(laid.asides or laid.notes) or not laid.assigned.is_sure(values, laid.table)
    return preview_of(request, municipality, kind, rows, said, told, is_open=is_open)


def to_look(request: HttpRequest, table: TableImport, owner: Any) -> HttpResponse:
    """To the preview of a table that the queue reads or checks."""
    query = {"vorgang": table.pk} | ({BELOW: owner.pk} if owner is not None else {})
    return HttpResponseRedirect(f"{request.path}?{urlencode(query)}")


def preview_of(
    request: HttpRequest,
    municipality: Municipality,
    kind: RecordKind,
    rows: list[RawRow],
    said: Said,
    told: dict[str, Any],
    *,
    is_open: bool,
) -> HttpResponse:
    """What would come of a small table; it is kept where something can be confirmed or said about it."""
    try:
        checked = tried_out(request, municipality, kind, rows, said)
    except TableRefused as error:
        return refuse(request, municipality, kind, sentences_of(error))
    is_open = is_open or bool(checked.questions)
    is_right = bool(checked.entries) and not checked.errors
    kept = opened = None
    if is_right or is_open:
        state = ImportState.SEEN if is_right else ImportState.CHECKING
        raw = [row.as_json() for row in (checked.raw if is_right else rows)]
        table = keep(request, municipality, kind, raw, state=state, **told)
        kept = table if is_right else None
        opened = open_table(request, municipality, kind, table, checked.questions) if is_open else None
    preview = Preview(Seen.of(checked), tuple(told["problems"]), kept, opened)
    return answer(request, municipality, kind, UploadForm(kind=kind), preview, status=422 if checked.errors else 200)


def confirm(request: HttpRequest, municipality: Municipality, kind: RecordKind) -> HttpResponse:
    """Store the waiting table after one more look; where something has changed since, the preview says what."""
    actor, number = person_of(request), whole_number(request.POST.get("vorgang"))
    if (done := saved_with(f"einlesen-{number}")) is not None:
        return HttpResponseRedirect(undo_address(back_of(request, municipality, kind), done))
    waiting = waiting_table(municipality, actor, cast(Any, kind.model), request.POST.get("vorgang"))
    if waiting is None:
        return refuse(request, municipality, kind, GONE)
    digest, key = digest_of(actor.pk, request.path, waiting.rows), f"einlesen-{waiting.pk}"
    if AGAIN not in request.POST and (same := find_same(digest)):
        return asked_again(request, same, key_field="")
    if is_large(waiting.rows):
        queue_import(waiting)
        return HttpResponseRedirect(kind.url("progress", municipality, waiting.pk))
    checked = Checked()

    def check(rows: list[dict[str, Any]], batch: Recorder) -> list[Entry]:
        nonlocal checked
        said, raw = Said.read(waiting.said), [RawRow(**row) for row in rows]
        checked = check_said(kind, municipality, access_of(request), raw, said, batch)
        if checked.errors:
            raise TableRefused
        return checked.entries

    back = back_of(request, municipality, kind)
    try:
        batch = save_table(waiting=waiting, actor=actor, check=check, form_key=key)
    except DuplicateSubmission as error:
        return HttpResponseRedirect(undo_address(back, error.pk))
    except TableRefused as error:
        checked.rows = [
            replace(row, state=WRONG, errors=tuple(error.problems[row.number])) if row.number in error.problems else row
            for row in checked.rows
        ]
        checked.errors = checked.errors or len(error.problems)
        preview, form = Preview(Seen.of(checked)), UploadForm(kind=kind)
        return answer(request, municipality, kind, form, preview, status=422, refusal=str(error))
    note_sent(key, digest=digest, target=undo_address(back, batch.pk))
    return HttpResponseRedirect(undo_address(back, batch.pk))
