"""The pages that show or delete a record of any kind; its form stands in form_view.

Each is called behind the gates with the municipality (None for the programme) and the kind.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views import View

from accounts.access import Access, access_of
from accounts.models import Municipality
from accounts.policies import Right
from records.errors import RecordInUse, RecordLocked, StaleRecord
from records.kind import RecordKind
from records.models.guard import why_locked
from records.pages.crumbs import crumbs_for
from records.pages.detail import detail_page
from records.pages.listing import list_page
from records.pages.recent import remember
from records.pages.rows import get_row, get_writable_row
from records.parts import Connected, Connection
from records.queries.scope import UNSEEN, sees
from records.registry import find_kind
from records.text import whole_number

DEPENDENTS_SHOWN = 50  # of each kind
Dependents = dict[str, list[Any]]


class ListView(View):
    """The rows that the address asks for."""

    def get(self, request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind) -> HttpResponse:
        context = {
            "page": list_page(kind, municipality, request.GET, access_of(request)),
            "crumbs": crumbs_for(kind, municipality),
            "kind": kind,
        }
        return TemplateResponse(request, "records/record_list.html", context)


class DetailView(View):
    """Everything about one record; it counts as opened."""

    def get(
        self, request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int
    ) -> HttpResponse:
        record = get_row(kind, municipality, pk, access_of(request))
        context = {
            "page": detail_page(kind, record, municipality, access_of(request)),
            "crumbs": crumbs_for(kind, municipality, record),
            "kind": kind,
        }
        remember(request.session, municipality, kind, record.pk)
        return TemplateResponse(request, "records/record_detail.html", context)


class DeleteView(View):
    """Ask before a record is deleted, and delete it, unless others refer to it or somebody has changed it (409)."""

    def get(
        self, request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int
    ) -> HttpResponse:
        record = get_writable_row(kind, municipality, pk, access_of(request), Right.DELETE)
        if locked := why_locked(record):
            messages.info(request, locked)
            return HttpResponseRedirect(kind.url("detail", municipality, pk))
        return delete_page(request, kind, municipality, record, kind.dependents(record))

    def post(
        self, request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int
    ) -> HttpResponse:
        record, actor = get_writable_row(kind, municipality, pk, access_of(request), Right.DELETE), request.user
        version = whole_number(request.POST.get("version")) or 0
        reason = request.POST.get("reason", "").replace("\x00", "")[:300]
        try:
            kind.delete(record, version=version, actor=actor, reason=reason)
        except RecordInUse as error:
            return delete_page(request, kind, municipality, record, error.dependents, status=409)
        except RecordLocked as error:
            messages.warning(request, f"Nicht gelöscht: {error}")
            return HttpResponseRedirect(kind.url("detail", municipality, pk))
        except StaleRecord as error:
            messages.warning(request, f"Nicht gelöscht: {error} Prüfen Sie den neuen Stand und entscheiden Sie neu.")
            record = get_row(kind, municipality, pk, access_of(request))
            return delete_page(request, kind, municipality, record, {}, status=409)
        messages.success(request, f"{kind.label} gelöscht. Der Verlauf bleibt erhalten.")
        return HttpResponseRedirect(kind.url("list", municipality))


def delete_page(
    request: HttpRequest,
    kind: RecordKind,
    municipality: Municipality | None,
    record: Any,
    dependents: Dependents,
    status: int = 200,
) -> HttpResponse:
    """The question, or why it cannot be done."""
    access = access_of(request)
    total = sum(len(rows) for rows in dependents.values())
    context = {
        "page": {"title": str(record), "kind": kind.label},
        "reasons": [f"{total} andere Einträge beziehen sich darauf."] if total else [],
        "dependents": [
            Connection(label, tuple(connected(row, access) for row in rows[:DEPENDENTS_SHOWN]), len(rows))
            for label, rows in dependents.items()
        ],
        "cancel_url": kind.url("detail", municipality, record.pk),
        "version": record.version,
        "crumbs": crumbs_for(kind, municipality, record, last="Löschen"),
        "kind": kind,
    }
    return TemplateResponse(request, "records/record_delete.html", context, status=status)


def connected(row: Any, access: Access) -> Connected:
    """A dependent record as link where it has a page, and without its name where the person does not see it."""
    if not sees(access, row):
        return Connected(UNSEEN, "")
    kind, municipality = find_kind(type(row)), getattr(row, "municipality", None)
    return Connected(str(row), kind.url("detail", municipality, row.pk) if kind else "", kind.label if kind else "")
