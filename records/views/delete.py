"""Deleting records of any kind: one, or those marked in a list. The question names everything that goes with them."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views import View
from django.views.decorators.http import require_http_methods

from accounts.access import Access, access_of, person_of
from accounts.models import Municipality
from accounts.policies import Right
from records.domain import drafts, saving
from records.domain.removal import Removal, counted, delete_records, in_a_row, losses, may_delete, removal_of
from records.errors import DuplicateSubmission, PartsChanged, RecordInUse, RecordLocked, StaleRecord
from records.kind import RecordKind
from records.models.guard import why_locked
from records.pages.bulk import MARK_SOME, read_asked
from records.pages.crumbs import apart, crumbs_for
from records.pages.listing import filter_bar, list_page
from records.pages.rows import get_row, get_writable_row
from records.parts import Connected, Connection
from records.queries.batches import undo_address
from records.queries.names import names_apart
from records.queries.scope import UNSEEN, sees
from records.registry import find_kind
from records.text import whole_number

SHOWN = 50  # of each kind
REFUSED = (RecordInUse, RecordLocked, StaleRecord, PartsChanged)
NO_RIGHT = "Diesen Eintrag dürfen Sie nicht löschen."
GONE = "Ein markierter Eintrag gehört nicht mehr zu dieser Liste. Markieren Sie neu."
Dependents = dict[str, list[Any]]
Marked = Sequence[tuple[Any, int]]  # records with the version that was seen in the list


class DeleteView(View):
    """Ask before a record is deleted, and delete it with its parts; 409 where others refer to it or it was changed."""

    def get(
        self, request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int
    ) -> HttpResponse:
        record = get_writable_row(kind, municipality, pk, access_of(request), Right.DELETE)
        if locked := why_locked(record):
            messages.info(request, locked)
            return HttpResponseRedirect(kind.url("detail", municipality, pk))
        return question(request, kind, municipality, record)

    def post(
        self, request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int
    ) -> HttpResponse:
        key = drafts.key_of(request.POST)
        if (done := saving.saved_with(key)) is not None:
            return HttpResponseRedirect(after(kind, municipality, done))
        record: Any = get_writable_row(kind, municipality, pk, access_of(request), Right.DELETE)
        above = parent_url(kind, municipality, record)
        try:
            batch = delete_records(
                marked=[(record, whole_number(request.POST.get("version")) or 0)],
                actor=person_of(request),
                municipality=municipality,
                named=request.POST.get("parts", ""),
                reason=reason_in(request),
                form_key=key,
            )
        except RecordLocked as error:
            messages.warning(request, f"Nicht gelöscht: {error}")
            return HttpResponseRedirect(kind.url("detail", municipality, pk))
        except (DuplicateSubmission, *REFUSED) as error:
            if (done := saving.saved_with(key)) is not None:
                return HttpResponseRedirect(after(kind, municipality, done))
            return ask_again(request, kind, municipality, pk, error)
        if batch is None:
            messages.success(request, f"{kind.label} gelöscht. Der Verlauf bleibt erhalten.")
        return HttpResponseRedirect(after(kind, municipality, batch.pk if batch else 0, above))


def reason_in(request: HttpRequest) -> str:
    """What was typed as reason; it stands in the history."""
    return request.POST.get("reason", "").replace("\x00", "")[:300]


def parent_url(kind: RecordKind, municipality: Municipality | None, record: Any) -> str:
    """The page of the record that this one is a part of; empty for others."""
    parent = getattr(record, kind.parent) if kind.parent else None
    above = find_kind(type(parent)) if parent is not None else None
    return above.url("detail", municipality, parent.pk) if above and parent is not None else ""


def after(kind: RecordKind, municipality: Municipality | None, batch: int, above: str = "") -> str:
    """Where one goes after a deletion: to the parent or the list, which offer to undo it."""
    url = above or kind.url("list", municipality)
    return undo_address(url, batch) if municipality and batch else url


def ask_again(
    request: HttpRequest, kind: RecordKind, municipality: Municipality | None, pk: int, error: Exception
) -> HttpResponse:
    """The question as it stands now, with what has hindered the deletion (409)."""
    record = get_row(kind, municipality, pk, access_of(request))
    if isinstance(error, StaleRecord) or (isinstance(error, PartsChanged) and request.POST.get("parts")):
        messages.warning(
            request, f"Nicht gelöscht: {error} Sehen Sie nach, was sich geändert hat, und entscheiden Sie neu."
        )
    return question(request, kind, municipality, record, status=409)


def question(
    request: HttpRequest, kind: RecordKind, municipality: Municipality | None, record: Any, status: int = 200
) -> HttpResponse:
    """What would go with the record, or why it cannot be deleted."""
    access = access_of(request)
    removal = removal_of([record], access)
    dependents = removal.dependents.get(record.pk, {})
    total = sum(len(rows) for rows in dependents.values())
    reasons = list(removal.refusals.get(record.pk, []))
    if total == 1:
        reasons.append("Ein anderer Eintrag bezieht sich darauf.")
    elif total:
        reasons.append(f"{total} andere Einträge beziehen sich darauf.")
    context = {
        "page": {"title": str(record), "kind": kind.label, "button": f"{kind.label} löschen"},
        "reasons": reasons,
        "dependents": connections(dependents, access),
        "parts": () if reasons else connections(removal.parts, access),
        "counted": counted(removal),
        "losses": in_a_row(losses(removal)),
        "digest": removal.digest,
        "cancel_url": kind.url("detail", municipality, record.pk),
        "version": record.version,
        "form_key": str(uuid.uuid4()),
        "can_undo": municipality is not None,
        "crumbs": crumbs_for(kind, municipality, record, last="Löschen"),
        "apart": apart(kind, record),
        "kind": kind,
    }
    return TemplateResponse(request, "records/record_delete.html", context, status=status)


def connections(found: Dependents, access: Access) -> list[Connection]:
    """Rows by the label of their kind, each as a link."""
    return [
        Connection(label, tuple(map(connected, shown, names_apart(shown), repeat(access))), len(rows))
        for label, rows in found.items()
        if (shown := rows[:SHOWN])
    ]


def connected(row: Any, name: str, access: Access) -> Connected:
    """A record as link where it has a page, and without its name where the person does not see it."""
    if not sees(access, row):
        return Connected(UNSEEN, "")
    kind, municipality = find_kind(type(row)), getattr(row, "municipality", None)
    return Connected(name, kind.url("detail", municipality, row.pk) if kind else "")


@require_http_methods(["GET", "HEAD", "POST"])
def delete_marked(request: HttpRequest, municipality: Municipality, *, kind: RecordKind) -> HttpResponse:
    """Ask before the marked rows of a list are deleted; those that cannot be are named and stay."""
    access = access_of(request)
    bar = filter_bar(kind, municipality, request.GET, access)
    back, key = bar.address(kind.url("list", municipality)), drafts.key_of(request.POST)
    if request.method != "POST":
        return HttpResponseRedirect(back)
    if (done := saving.saved_with(key)) is not None:
        return HttpResponseRedirect(undo_address(back, done))
    marks = read_asked(kind, request.POST).marks
    marked = [(row, marks[row.pk]) for row in kind.rows(access, municipality).filter(pk__in=marks)]
    if not marked or len(marked) < len(marks):
        asked = replace(read_asked(kind, request.POST), error=MARK_SOME if not marks else GONE)
        page = list_page(kind, municipality, request.GET, access, asked)
        context = {"page": page, "crumbs": crumbs_for(kind, municipality), "kind": kind}
        return TemplateResponse(request, "records/record_list.html", context, status=422)
    error: Exception | None = None
    if "confirmed" in request.POST:
        try:
            batch = delete_records(
                marked=marked,
                actor=person_of(request),
                municipality=municipality,
                named=request.POST.get("parts", ""),
                reason=reason_in(request),
                form_key=key,
            )
            return HttpResponseRedirect(undo_address(back, batch.pk if batch else 0))
        except (DuplicateSubmission, *REFUSED) as refusal:
            if (done := saving.saved_with(key)) is not None:
                return HttpResponseRedirect(undo_address(back, done))
            error = refusal
    if error:
        messages.warning(
            request, f"Nichts gelöscht: {error} Sehen Sie nach, was sich geändert hat, und entscheiden Sie neu."
        )
    return question_about_marked(request, kind, municipality, marked, back, status=409 if error else 200)


def question_about_marked(
    request: HttpRequest,
    kind: RecordKind,
    municipality: Municipality,
    marked: Marked,
    back: str,
    status: int,
) -> HttpResponse:
    """The rows that would go with their parts, and those that stay with the reason."""
    access = access_of(request)
    going, staying = sorted_out(marked, access)
    rows, named = [row for row, _ in going], names_apart([row for row, _ in staying])
    removal = removal_of(rows, access)
    label = kind.label if len(rows) == 1 else kind.plural
    context = {
        "page": {
            "title": "Ein markierter Eintrag" if len(marked) == 1 else f"{len(marked)} markierte Einträge",
            "kind": kind.plural,
            "button": f"{len(rows)} {label} löschen",
        },
        "going": connections({kind.plural: rows}, access) if rows else (),
        "staying": [(connected(row, name, access), why) for (row, why), name in zip(staying, named, strict=True)],
        "marks": [f"{row.pk}:{row.version}" for row in rows],
        "parts": connections(removal.parts, access),
        "counted": counted(removal),
        "losses": in_a_row(losses(removal)),
        "digest": removal.digest,
        "cancel_url": back,
        "form_key": str(uuid.uuid4()),
        "can_undo": True,
        "crumbs": crumbs_for(kind, municipality, last="Löschen"),
        "kind": kind,
    }
    return TemplateResponse(request, "records/record_delete.html", context, status=status)


def sorted_out(marked: Marked, access: Access) -> tuple[list[tuple[Any, int]], list[tuple[Any, str]]]:
    """The rows that can be deleted together, and the others with a sentence each.

    What stays can keep others from going, so this is asked until nothing changes.
    """
    staying: list[tuple[Any, str]] = []
    going = list(marked)
    for row, version in marked:
        if row.version != version:
            staying.append((row, str(StaleRecord())))
        elif not may_delete(row, access):
            staying.append((row, NO_RIGHT))
    while True:
        left = {row.pk for row, _ in staying}
        going = [(row, version) for row, version in going if row.pk not in left]
        removal: Removal = removal_of([row for row, _ in going], access)
        if not removal.hindered:
            return going, staying
        for row, _ in going:
            if row.pk in removal.refusals:
                staying.append((row, removal.refusals[row.pk][0]))
            elif row.pk in removal.dependents:
                staying.append((row, depends(removal.dependents[row.pk])))


def depends(found: Dependents) -> str:
    """„Darauf beziehen sich: Ziele (2), Maßnahmen (1).“."""
    return f"Darauf beziehen sich: {', '.join(f'{label} ({len(rows)})' for label, rows in found.items())}."
