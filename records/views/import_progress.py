"""How far a table is that is stored in the background, and what came of it."""

from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import person_of
from accounts.models import Municipality
from records.enums import ImportState
from records.kind import RecordKind
from records.models import TableImport
from records.pages.crumbs import crumbs_for
from records.queries.batches import undo_address
from records.queries.table_imports import own_table
from records.tables.job import progress_of, queue_import

SHOWN = 50  # sentences about rows
SOON = timedelta(seconds=30)  # a worker that runs takes a job within a second


@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, municipality: Municipality, *, kind: RecordKind, pk: int) -> HttpResponse:
    """The page refreshes itself until the table is stored, then leads to the list; POST goes on after a crash."""
    waiting = own_table(municipality, person_of(request), cast(Any, kind.model), pk)
    if waiting is None or waiting.state == ImportState.SEEN:
        raise Http404("Diesen Vorgang gibt es nicht.")
    if request.method == "POST":
        queue_import(waiting)
        return HttpResponseRedirect(request.path)
    if waiting.state == ImportState.DONE:
        return lead_on(request, kind.url("list", municipality), waiting)
    is_part = bool(request.headers.get("HX-Request"))
    template = "records/_import_progress.html" if is_part else "records/import_progress.html"
    context = state_of(waiting) | {
        "kind": kind,
        "import_url": kind.url("import", municipality),
        "crumbs": crumbs_for(kind, municipality, last="Einlesen"),
    }
    return TemplateResponse(request, template, context)


def lead_on(request: HttpRequest, url: str, waiting: TableImport) -> HttpResponse:
    """To the list, with the way back."""
    address = undo_address(url, waiting.batch_id) if waiting.batch_id else url
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def state_of(waiting: TableImport) -> dict[str, Any]:
    """What the page says."""
    file, total = progress_of(waiting), len(waiting.rows)
    is_dead = waiting.state == ImportState.RUNNING and not file.is_worked_on()
    waits = waiting.state == ImportState.QUEUED and waiting.created_at < timezone.now() - SOON
    done = file.done() if waiting.state == ImportState.RUNNING else 0
    return {
        "lives": waiting.state in (ImportState.QUEUED, ImportState.RUNNING) and not is_dead,
        "is_dead": is_dead,
        "no_worker": waits and settings.TASK_WORKER == "service",
        "done": done,
        "total": total,
        "problems": waiting.problems[:SHOWN],
        "more": max(0, len(waiting.problems) - SHOWN),
        "is_refused": waiting.state == ImportState.REFUSED,
    }
