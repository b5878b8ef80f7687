"""Frozen papers as they went out: the stored bytes, never anything made anew."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from funding.queries.papers import paper_of


@in_municipality(Action.WRITE)
@require_safe
def paper(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The PDF; ``?daten`` its data as JSON."""
    found = paper_of(municipality, pk)
    if found is None:
        raise Http404("Dieses Schreiben gibt es nicht.")
    as_data = "daten" in request.GET
    ending, media_type = ("json", "application/json") if as_data else ("pdf", "application/pdf")
    name = f"{municipality.ags}-{found.number.lower()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(found.data if as_data else found.pdf), content_type=media_type, headers=headers)
