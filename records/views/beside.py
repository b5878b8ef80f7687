"""Further pages of every kind: history, exports, assignment of links from the other side, files."""

from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access_of, person_of
from accounts.models import Municipality
from accounts.policies import Right
from records.domain import saving
from records.domain.bulk import change_records
from records.errors import ActionRefused, DuplicateSubmission, RecordLocked, StaleRecord
from records.forms.record import answer_to
from records.kind import RecordKind
from records.pages.bulk import NotPossible, change_of, marked_records, read_asked
from records.pages.crumbs import apart, crumbs_for
from records.pages.history import history_entries
from records.pages.listing import filter_bar, filtered_rows, list_page
from records.pages.rows import get_row
from records.parts import Option
from records.queries.batches import undo_address
from records.queries.names import told_apart, years_of
from records.queries.scope import rows_in_scope
from records.queue.answers import answered
from records.queue.replay import works_now
from records.registry import find_kind
from records.tables.writing import CSV_TYPE, XLSX_TYPE, csv_bytes, heads, table, values_of, xlsx_bytes
from records.text import whole_number
from records.uploads import MEDIA_TYPES

LONG_LIST = 500  # rows; about a second as XLSX


@require_safe
def history(request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int) -> HttpResponse:
    """Every saved version of a record."""
    record = get_row(kind, municipality, pk, access_of(request))
    context = {
        "page": {"title": str(record), "kind": kind.label, "url": kind.url("detail", municipality, pk)},
        "entries": history_entries(record, access_of(request)),
        "crumbs": crumbs_for(kind, municipality, record, last="Verlauf"),
        "apart": apart(kind, record),
        "kind": kind,
    }
    return TemplateResponse(request, "records/record_history.html", context)


@require_safe
def export(request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, form: str) -> HttpResponse:
    """The filtered list with all fields, as CSV or XLSX; a long one is made by the queue."""
    access = access_of(request)
    _, rows = filtered_rows(kind, municipality, request.GET, access)

    def work() -> HttpResponse:
        cells = table(kind, rows, municipality, access)
        if form == "csv":
            content, media_type = csv_bytes(heads(kind), cells), CSV_TYPE
        else:
            taken = values_of(kind, municipality, access)
            content, media_type = xlsx_bytes(kind.plural, heads(kind), cells, taken), XLSX_TYPE
        place = municipality.slug if municipality else "programm"
        name = f"{place}-{kind.segment}-{timezone.localdate().isoformat()}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=media_type, headers=headers)

    if works_now(request) or not rows[LONG_LIST:].exists():
        return work()
    return answered(request, work, called=f"{kind.plural} als {form.upper()}", back=kind.url("list", municipality))


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest, municipality: Municipality, *, kind: RecordKind) -> HttpResponse:
    """Change marked rows of a list and return to it as it was filtered and ordered; a refusal shows the list again."""
    access = access_of(request)
    bar = filter_bar(kind, municipality, request.GET, access)
    back = bar.address(kind.url("list", municipality))
    if request.method != "POST":
        return HttpResponseRedirect(back)
    asked, actor = read_asked(kind, request.POST), person_of(request)
    try:
        change = change_of(kind, asked, municipality, access)
        marked = marked_records(kind, asked, municipality, change, access)
        batch = change_records(
            municipality=municipality,
            actor=actor,
            marked=marked,
            change=change,
            form_key=asked.form_key,
            may_ask=lambda sentences: asked.answer != answer_to(sentences),
        )
    except DuplicateSubmission as error:
        return HttpResponseRedirect(undo_address(back, error.pk))
    except (NotPossible, ActionRefused) as error:
        asked.error = str(error)
        is_question = isinstance(error, ActionRefused) and error.is_question
        asked.answer = answer_to(error.problems) if is_question else ""  # type: ignore[union-attr]
        page = list_page(kind, municipality, request.GET, access, asked)
        context = {"page": page, "crumbs": crumbs_for(kind, municipality), "kind": kind}
        return TemplateResponse(request, "records/record_list.html", context, status=422)
    if batch is None:
        every = "Der markierte Eintrag war" if len(marked) == 1 else f"Alle {len(marked)} markierten Einträge waren"
        messages.info(request, f"Nichts geändert: {every} schon so.")
        return HttpResponseRedirect(back)
    return HttpResponseRedirect(undo_address(back, batch.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def assign(
    request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int, relation: str
) -> HttpResponse:
    """Connect a record with others whose own field holds the link: findings that support a need."""
    record = get_row(kind, municipality, pk, access_of(request))
    found = {r.get_accessor_name(): r for r in kind.model._meta.related_objects if r.many_to_many}.get(relation)
    other = find_kind(found.related_model) if found else None
    if found is None or other is None or not other.is_tenant:
        raise Http404("Diese Verbindung gibt es nicht.")
    if not other.allows(Right.CHANGE, access_of(request), municipality):
        raise PermissionDenied("Dafür fehlt Ihnen in dieser Kommune das Recht.")
    linked = set(getattr(record, relation).values_list("pk", flat=True))
    if request.method == "POST":
        shown, chosen = (
            {key for text in request.POST.getlist(name) if (key := whole_number(text)) is not None}
            for name in ("shown", "chosen")
        )
        return _save_assignment(request, municipality, record, kind, other, found.field.name, shown, chosen)
    rows = rows_in_scope(other.model, access_of(request), municipality).order_by("sort_key")
    candidates = told_apart(rows.annotate(**years_of(other.model)).values_list("pk", "label", "of_first", "of_last"))
    options = [Option(str(key), label, key in linked) for key, label in candidates.items()]
    context = {
        "page": {"title": str(record), "kind": kind.label, "url": kind.url("detail", municipality, pk)},
        "heading": f"{other.plural} zuordnen",
        "options": sorted(options, key=lambda option: not option.selected),
        "create_url": f"{other.url('create', municipality)}?{found.field.name}={pk}" if other.creatable else "",
        "other": other,
        "crumbs": crumbs_for(kind, municipality, record, last=f"{other.plural} zuordnen"),
        "apart": apart(kind, record),
        "kind": kind,
    }
    return TemplateResponse(request, "records/record_assign.html", context)


def _save_assignment(
    request: HttpRequest,
    municipality: Municipality | None,
    record: Any,
    kind: RecordKind,
    other: RecordKind,
    field: str,
    shown: set[int],
    chosen: set[int],
) -> HttpResponse:
    """Change the link of each record that was ticked or unticked; each gets its own version and history row.

    ``shown`` are those that were ticked when the page was opened: what others linked meanwhile stays.
    """
    actor = person_of(request)
    changed = 0
    for row in rows_in_scope(other.model, access_of(request), municipality).filter(pk__in=shown ^ chosen):
        targets = {target.pk: target for target in getattr(row, field).all()}
        was_linked = record.pk in targets
        if row.pk in chosen:
            targets[record.pk] = record
        else:
            targets.pop(record.pk, None)
        if (row.pk in chosen) == was_linked:
            continue
        try:
            saving.update_record(row, version=row.version, actor=actor, links={field: targets.values()})
        except StaleRecord:
            messages.warning(
                request,
                f"„{row}“ wurde gerade von jemand anderem geändert und bleibt unverändert. Ordnen Sie "
                "es noch einmal zu.",
            )
            continue
        except (RecordLocked, PermissionDenied) as error:
            messages.warning(request, f"„{row}“ bleibt unverändert: {error}")
            continue
        changed += 1
    if changed:
        messages.success(request, f"Zuordnung gespeichert: {changed} {other.label if changed == 1 else other.plural}.")
    return HttpResponseRedirect(kind.url("detail", municipality, record.pk))


@require_safe
def download(request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int) -> FileResponse:
    """A stored file, always as attachment and never interpreted by the browser. OSError where it is not there."""
    record = get_row(kind, municipality, pk, access_of(request))
    stored = getattr(record, "file", None)
    if not stored:
        raise Http404("Zu diesem Eintrag liegt keine Datei vor.")
    media_type = MEDIA_TYPES.get(PurePosixPath(stored.name).suffix, "application/octet-stream")
    response = FileResponse(
        stored.open("rb"), as_attachment=True, filename=record.original_name or "datei", content_type=media_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
