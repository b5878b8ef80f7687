"""What pages about a table that is read in have in common: how it is laid out, kept and shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse

from accounts.access import access_of, person_of
from accounts.models import Municipality
from records.domain.table_import import keep_table, kept_columns
from records.errors import TableRefused
from records.forms.upload import UploadForm
from records.kind import RecordKind
from records.models import TableImport
from records.pages.crumbs import crumbs_for
from records.pages.rows import get_row
from records.queries.table_imports import unfinished_table
from records.registry import kind_of
from records.tables.answering import check_said
from records.tables.assigning import Laid, Said, lay_out
from records.tables.checking import RawRow, Tell
from records.tables.creating import tried
from records.tables.files import TypedSheet
from records.tables.preview import Checked, Seen
from records.tables.questions import UnclearText
from records.tables.values import Values
from records.text import whole_number
from records.views.assigning import OpenTable

MOST_ENTRIES = 100  # that are checked or stored in one request, a second's work; more go to the queue and background
BELOW = "zu"  # in the address: the record to which all rows belong
GONE = "Diese Vorschau ist schon übernommen oder durch eine neuere ersetzt. Laden Sie die Datei noch einmal hoch."


@dataclass(frozen=True)
class Preview:
    """What the page shows of a checked table; ``waiting`` is what can be confirmed, ``open`` what can be assigned."""

    checked: Seen | None
    unknown: tuple[str, ...] = ()
    waiting: TableImport | None = None
    open: OpenTable | None = None


def laid_for(
    request: HttpRequest,
    municipality: Municipality,
    kind: RecordKind,
    values: Values,
    source: list[dict[str, Any]],
    said: Said,
) -> tuple[Laid, Said, list[RawRow]]:
    """The table with its columns, what is said with that, and its rows, below their record. Raises UnreadableTable."""
    actor, model, owner = person_of(request), cast(Any, kind.model), owner_of(request, municipality, kind)
    laid = lay_out(values, list(map(TypedSheet.of, source)), said, lambda heads: kept_columns(actor, model, heads))
    said = replace(said, sheet=laid.assigned.sheet, head=laid.assigned.head, columns=laid.assigned.as_said())
    if owner is None:
        return laid, said, laid.rows
    return laid, said, [replace(row, cells={**row.cells, kind.parent: owner.label}) for row in laid.rows]


def tried_out(
    request: HttpRequest,
    municipality: Municipality,
    kind: RecordKind,
    rows: list[RawRow],
    said: Said,
    tell: Tell | None = None,
) -> Checked:
    """What would come of the rows; nothing of it is stored. Raises TableRefused."""
    access = access_of(request)
    with tried(municipality, person_of(request)) as recorder:
        return check_said(kind, municipality, access, rows, said, recorder, may_change=said.may_change, tell=tell)


def open_table(
    request: HttpRequest,
    municipality: Municipality,
    kind: RecordKind,
    table: TableImport,
    questions: Sequence[UnclearText],
) -> OpenTable:
    """The table with its columns and questions, as the page shows them."""
    access = access_of(request)
    return OpenTable.of(table, Values(kind, municipality, access), questions, access, municipality)


def sentences_of(error: TableRefused) -> str:
    """What is wrong with what was to be created."""
    return " ".join(text for texts in error.problems.values() for text in texts)


def owner_of(request: HttpRequest, municipality: Municipality, kind: RecordKind) -> Any:
    """The record that the address names, to which all rows belong; None where each row says it. Raises Http404."""
    number = whole_number(request.GET.get(BELOW))
    if number is None or not kind.parent:
        return None
    target: Any = kind.model._meta.get_field(kind.parent).related_model
    return get_row(kind_of(target), municipality, number, access_of(request))


def back_of(request: HttpRequest, municipality: Municipality, kind: RecordKind) -> str:
    """Where the person goes on: at the record to which the rows belong, else at their list."""
    owner = owner_of(request, municipality, kind)
    if owner is None:
        return kind.url("list", municipality)
    return kind_of(type(owner)).url("detail", municipality, owner.pk)


def keep(
    request: HttpRequest, municipality: Municipality, kind: RecordKind, rows: list[dict[str, Any]], **more: Any
) -> TableImport:
    """Keep the rows for this person."""
    actor, model = person_of(request), cast(Any, kind.model)
    return keep_table(municipality=municipality, actor=actor, model=model, rows=rows, **more)


def refuse(request: HttpRequest, municipality: Municipality, kind: RecordKind, sentence: str) -> HttpResponse:
    """The page with nothing but the sentence; a job tells it to the page that asks what came of it."""
    if hasattr(request, "of_job"):
        messages.error(request, sentence)
        return JsonResponse({})
    return answer(request, municipality, kind, UploadForm(kind=kind), status=422, refusal=sentence)


def answer(
    request: HttpRequest,
    municipality: Municipality,
    kind: RecordKind,
    form: UploadForm,
    preview: Preview | None = None,
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    """The page with the upload and, once there is one, the preview above it."""
    running = unfinished_table(municipality, person_of(request), cast(Any, kind.model))
    context = {
        "kind": kind,
        "owner": owner_of(request, municipality, kind),
        "form": form,
        "preview": preview,
        "refusal": refusal,
        "is_large": is_large(preview.waiting.rows) if preview and preview.waiting else False,
        "running_url": kind.url("progress", municipality, running.pk) if running else "",
        "list_url": kind.url("list", municipality),
        "xlsx_url": kind.url("xlsx", municipality),
        "crumbs": crumbs_for(kind, municipality, last="Einlesen"),
    }
    return TemplateResponse(request, "records/record_import.html", context, status=status)


def is_large(rows: Sequence[Any]) -> bool:
    """Whether rows are too many for one request."""
    return len(rows) > MOST_ENTRIES
