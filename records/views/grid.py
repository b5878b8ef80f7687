"""„Eingabetabelle“: rows of a kind typed into one table, stored together, undone together. Works without JavaScript."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import access_of, person_of
from accounts.models import Municipality
from accounts.policies import Right
from accounts.typed import is_handed_back
from records.display import label_of
from records.domain.rows import counted, save_rows
from records.errors import DuplicateSubmission, TableRefused
from records.filters import PAGE, SORT
from records.forms.record import CONFIRMED, answer_to
from records.grids.drafting import drafting_of, keep, open_rows
from records.grids.judging import judge, note_problems
from records.grids.page import GridPage
from records.grids.place import Asked, GridPlace
from records.grids.rows import MORE, Rows, add_empty, sent_rows
from records.kind import RecordKind
from records.models.guard import why_closed_below
from records.pages.crumbs import apart, crumbs_for
from records.pages.drafting import forget
from records.pages.grids import NAME
from records.pages.rows import get_row
from records.queries.batches import undo_address
from records.registry import grids_below
from records.text import whole_number

BEHIND = (
    "Nicht gespeichert: Jemand anderes hat inzwischen gespeichert. Ihre Eingaben sind erhalten: "
    "Vergleichen Sie, und speichern Sie noch einmal."
)
ASKED = "Nicht gespeichert: Stimmt das so?"
WRONG = "Bitte prüfen Sie Ihre Angaben. Ihre Eingaben sind erhalten."


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, municipality: Municipality, *, kind: RecordKind) -> HttpResponse:
    """The rows of a list, as it is filtered."""
    return answer(request, GridPlace(Asked(kind, municipality, access_of(request), request.GET)))


@require_http_methods(["GET", "HEAD", "POST"])
def rows(request: HttpRequest, municipality: Municipality, *, kind: RecordKind, pk: int, relation: str) -> HttpResponse:
    """The rows below a record; ``relation`` is the word that their kind has in addresses."""
    access = access_of(request)
    owner = get_row(kind, municipality, pk, access)
    found = next(((other, path) for other, path in grids_below(kind) if other.segment == relation), None)
    if found is None:
        raise Http404("Diese Eingabetabelle gibt es nicht.")
    other, path = found
    if not other.allows(Right.CHANGE, access, municipality):
        raise PermissionDenied("Dafür fehlt Ihnen in dieser Kommune das Recht.")
    if request.method != "POST" and (closed := why_closed_below(other.model, owner)):
        messages.info(request, closed)
        return HttpResponseRedirect(kind.url("detail", municipality, pk))
    return answer(request, GridPlace(Asked(other, municipality, access, request.GET, kind, owner, path)))


def answer(request: HttpRequest, place: GridPlace) -> HttpResponse:
    """The table as it is stored, with more rows as it was sent, or what saving leads to."""
    if request.method != "POST":
        found, key = open_rows(request, place)
        return show(request, place, found, key=key)
    if is_handed_back(request):
        return keep(request, place, title_of(place))
    found = sent_rows(place, request.POST)
    if "mehr" in request.POST:
        begin = len(found.rows)
        add_empty(place, found, MORE)
        return show(request, place, found, begin=begin)
    return save(request, place, found)


def save(request: HttpRequest, place: GridPlace, found: Rows) -> HttpResponse:
    """Store everything, or show everything that was typed with what is wrong (422) or was changed by others (409)."""
    key, back = request.POST.get("form_key", "").replace("\x00", "")[:36], place.back_url()
    judged = judge(place, found)
    if not judged.is_fine:
        return show(request, place, found, status=422 if judged.wrong else 409)
    if judged.asked and request.POST.get(CONFIRMED) != answer_to(judged.asked):
        return show(request, place, found, status=422, asked=judged.asked)
    if not judged.entries:
        forget(request)
        messages.info(request, "Nichts geändert: In der Tabelle steht, was schon gespeichert ist.")
        return HttpResponseRedirect(back)
    actor, summary = person_of(request), f"{place.kind.plural}: {counted(judged.entries)}"
    try:
        batch = save_rows(
            municipality=place.municipality, actor=actor, entries=judged.entries, summary=summary, form_key=key
        )
    except DuplicateSubmission as error:
        return HttpResponseRedirect(undo_address(back, error.pk))
    except TableRefused as error:
        found = sent_rows(place, request.POST)
        if judge(place, found).is_fine:
            note_problems(found, error.problems)
        return show(request, place, found, status=409)
    forget(request)
    return HttpResponseRedirect(undo_address(back, batch.pk))


def title_of(place: GridPlace) -> str:
    """What „Meine Entwürfe“ calls it: „Eingabetabelle: Mitglieder (Beirat)“."""
    return f"{NAME}: {place.kind.plural}" + (f" ({place.asked.owner})" if place.asked.owner else "")


def cut_of(kind: RecordKind, query: QueryDict) -> str:
    """How rows of a list are ordered and which of them these are, for the title."""
    column, number = query.get(SORT, ""), query.get(PAGE, "1")
    name, page = column.removeprefix("-"), whole_number(number)
    known = name in {field.name for field in kind.model._meta.get_fields()}
    label = kind.label if name == "title" else label_of(kind.model, name) if known else ""
    order = f", nach {label}{' absteigend' if column.startswith('-') else ''}" if label else ""
    return order + (f", Seite {page}" if page not in (None, 1) else "")


def show(
    request: HttpRequest,
    place: GridPlace,
    found: Rows,
    *,
    status: int = 200,
    key: str = "",
    asked: Sequence[str] = (),
    begin: int | None = None,
) -> HttpResponse:
    """The page; ``asked`` are the questions that the rows raise, ``begin`` is the row in which one goes on."""
    kind, owner, owner_kind = place.kind, place.asked.owner, place.asked.owner_kind
    crumbs = crumbs_for(owner_kind or kind, place.municipality, owner, last=f"{NAME}: {kind.plural}")
    context: dict[str, Any] = {
        "page": GridPage(place, found),
        "heading": f"{NAME}: {kind.plural}",
        "lead": str(owner) if owner else kind.intro,
        "refusal": ASKED if asked else {409: BEHIND, 422: WRONG}.get(status, ""),
        "asked": asked,
        "begin": begin,
        "answer": answer_to(asked) if asked else "",
        "form_key": request.POST.get("form_key") or key or str(uuid.uuid4()),
        "drafting": drafting_of(request, place),
        "cancel_url": place.back_url(),
        "save_label": f"{kind.plural} speichern",
        "crumbs": crumbs,
        "apart": apart(owner_kind, owner) if owner_kind and owner else "",
        "cut": place.narrowed_to + cut_of(kind, request.GET),
        "kind": kind,
    }
    return TemplateResponse(request, "records/record_grid.html", context, status=status)
