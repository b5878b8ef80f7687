"""„Teilnehmende erfassen“: all stakeholder groups of an event in one table."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from participation.domain.attendance import record_attendance
from participation.forms.attendance import GroupRow, shown_rows, total_of, typed_rows
from participation.models import Event
from participation.queries.attendance import attendance_of
from records.errors import DuplicateSubmission, RecordInUse, StaleRecord
from records.pages.crumbs import crumbs_for
from records.pages.rows import get_row
from records.queries.batches import undo_address
from records.registry import kind_of


@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Enter who came; leads back to the event."""
    event: Event = get_row(kind_of(Event), municipality, pk, access_of(request))
    if request.method != "POST":
        rows = shown_rows(attendance_of(event))
        return show(request, event, rows, take_over=event.participants is None)
    rows = typed_rows(request.POST)
    take_over, problem = "uebernehmen" in request.POST, ""
    if any(row.error for row in rows):
        return show(request, event, rows, take_over=take_over, status=422)
    try:
        return store(request, municipality, event, rows, take_over)
    except StaleRecord as error:
        problem = f"{error} Laden Sie die Seite neu, wenn Sie den neuen Stand sehen möchten."
        now = attendance_of(event)
        rows = [fresh(row, now[row.code].version if row.code in now else 0) for row in rows]
    except (ValidationError, RecordInUse) as error:
        problem = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    return show(request, event, rows, take_over=take_over, status=409, problem=problem)


def fresh(row: GroupRow, version: int) -> GroupRow:
    """What was typed, on top of the version that is stored by now: saving again replaces it."""
    return GroupRow(row.code, row.label, row.typed, row.came, version)


def store(
    request: HttpRequest, municipality: Municipality, event: Event, rows: list[GroupRow], take_over: bool
) -> HttpResponse:
    """Store the rows. Raises StaleRecord, ValidationError."""
    actor: Any = request.user
    address = kind_of(Event).url("detail", municipality, event.pk)
    key = request.POST.get("form_key", "").replace("\x00", "")[:36]
    total = total_of(rows)
    try:
        batch = record_attendance(
            municipality=municipality,
            actor=actor,
            event=event,
            groups={row.code: row.present() for row in rows},
            total=total if take_over and total else None,
            form_key=key,
        )
    except DuplicateSubmission as error:
        messages.info(request, str(error))
        return HttpResponseRedirect(undo_address(address, error.pk))
    return HttpResponseRedirect(undo_address(address, batch.pk))


def show(
    request: HttpRequest, event: Event, rows: list[GroupRow], *, take_over: bool, status: int = 200, problem: str = ""
) -> HttpResponse:
    """The table with what was typed."""
    kind = kind_of(Event)
    context = {
        "event": event,
        "rows": rows,
        "total": total_of(rows),
        "wrong": [row for row in rows if row.error],
        "problem": problem,
        "take_over": take_over,
        "form_key": request.POST.get("form_key") or str(uuid.uuid4()),
        "cancel_url": kind.url("detail", event.municipality, event.pk),
        "crumbs": crumbs_for(kind, event.municipality, event, last="Teilnehmende"),
    }
    return TemplateResponse(request, "participation/event_attendance.html", context, status=status)
