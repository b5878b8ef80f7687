"""The pages that show records of any kind; forms stand in records.views.form, deletion in records.views.delete.

Each is called behind the gates with the municipality (None for the programme) and the kind.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views import View

from accounts.access import access_of
from accounts.models import Municipality
from records.kind import RecordKind
from records.pages.crumbs import apart, crumbs_for
from records.pages.detail import detail_page, shown_links
from records.pages.drafting import begun_below
from records.pages.listing import list_page
from records.pages.recent import remember
from records.pages.rows import get_row
from records.spots import panels_at, spot_of

Dependents = dict[str, list[Any]]


class ListView(View):
    """The rows that the address asks for."""

    def get(self, request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind) -> HttpResponse:
        context = {
            "page": list_page(kind, municipality, request.GET, access_of(request)),
            "crumbs": crumbs_for(kind, municipality),
            "kind": kind,
            **kind.list_parts(municipality, access_of(request)),
        }
        return TemplateResponse(request, kind.list_template, context)


class DetailView(View):
    """Everything about one record; it counts as opened."""

    def get(
        self, request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int
    ) -> HttpResponse:
        record = get_row(kind, municipality, pk, access_of(request), shown_links(kind))
        page = detail_page(kind, record, municipality, access_of(request))
        parts = dict(kind.detail_parts(record, access_of(request)))
        change = parts.pop("change", None)
        context = {
            "page": change(page) if change else page,
            "crumbs": crumbs_for(kind, municipality, record),
            "apart": apart(kind, record),
            "kind": kind,
            "begun": begun_below(request, kind.url("detail", municipality, record.pk)),
            "panels": panels_at(spot_of(kind, municipality, record), municipality, access_of(request)),
            **parts,
        }
        remember(request.session, municipality, kind, record.pk)
        return TemplateResponse(request, kind.detail_template, context)
