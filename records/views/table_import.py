"""Reading a list in again: upload, preview, confirmation. Nothing is stored before the person has seen what changes."""

from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import access_of
from accounts.models import Municipality, User
from records.display import label_of
from records.domain.rows import Entry
from records.domain.saving import saved_with
from records.domain.sent_once import AGAIN, digest_of, find_same, note_sent
from records.domain.table_import import keep_table, save_table
from records.errors import DuplicateSubmission, TableRefused
from records.kind import RecordKind
from records.models import TableImport
from records.pages.crumbs import crumbs_for
from records.queries.batches import undo_address
from records.queries.table_imports import unfinished_table, waiting_table
from records.tables.checking import RawRow
from records.tables.files import UnreadableTable, read_table
from records.tables.job import queue_import
from records.tables.preview import WRONG, Checked, TableCheck, match_columns
from records.tables.values import Values
from records.text import whole_number
from records.views.sent_once import asked_again

MOST_ENTRIES = 1000  # that are stored in one request; more go to the background
SHOWN = 300  # rows of the preview; wrong ones first
CHOOSE_FILE = "Wählen Sie eine Datei aus."
GONE = "Diese Vorschau ist schon übernommen oder durch eine neuere ersetzt. Laden Sie die Datei noch einmal hoch."


class UploadForm(forms.Form):
    """One file; where the kind has a natural key, whether rows without identifier may change stored records."""

    file = forms.FileField(
        label="Datei",
        help_text="XLSX oder CSV, wie die Liste sie ausgibt. Höchstens 5 MB und 5 000 Zeilen.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": CHOOSE_FILE, "empty": "Die Datei ist leer. Wählen Sie eine andere."},
    )
    may_change = forms.BooleanField(label="Zeilen ohne Kennung dürfen vorhandene Einträge ändern", required=False)

    def __init__(self, *args: Any, kind: RecordKind) -> None:
        super().__init__(*args)
        if kind.key:
            labels = ", ".join(label_of(kind.model, name) for name in kind.key)
            self.fields["may_change"].help_text = f"Erkannt werden sie an: {labels}. Sie sehen vorher, was sich ändert."
        else:
            del self.fields["may_change"]


@dataclass(frozen=True)
class Preview:
    """What the page shows of a checked table."""

    checked: Checked
    unknown: tuple[str, ...] = ()
    waiting: TableImport | None = None

    @property
    def rows(self) -> list[Any]:
        """The rows shown, wrong ones first, then those that raise a question."""
        return sorted(self.checked.rows, key=lambda row: (row.state != WRONG, not row.asked))[:SHOWN]

    @property
    def more(self) -> int:
        """How many rows are not shown."""
        return max(0, len(self.checked.rows) - SHOWN)


@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: HttpRequest, municipality: Municipality, *, kind: RecordKind) -> HttpResponse:
    """Upload a table, look at what it would change, and take it over."""
    if "vorgang" in request.POST:
        return confirm(request, municipality, kind)
    form = UploadForm(request.POST, request.FILES, kind=kind) if request.method == "POST" else UploadForm(kind=kind)
    if request.method != "POST" or not form.is_valid():
        return answer(request, municipality, kind, form, status=422 if request.method == "POST" else 200)
    values = Values(kind, municipality, access_of(request))
    try:
        rows, unknown = match_columns(values, read_table(form.cleaned_data["file"]))
    except UnreadableTable as error:
        form.add_error("file", str(error))
        return answer(request, municipality, kind, form, status=422)
    may_change = form.cleaned_data.get("may_change", False)
    checked = TableCheck(kind, municipality, access_of(request), values, may_change=may_change).run(rows)
    waiting = None
    if checked.entries and not checked.errors:
        waiting = keep_table(
            municipality=municipality,
            actor=cast(User, request.user),
            model=cast(Any, kind.model),
            rows=[row.as_json() for row in checked.raw],
        )
    preview = Preview(checked, tuple(unknown), waiting)
    return answer(request, municipality, kind, UploadForm(kind=kind), preview, status=422 if checked.errors else 200)


def confirm(request: HttpRequest, municipality: Municipality, kind: RecordKind) -> HttpResponse:
    """Store the waiting table after one more look; where something has changed since, the preview says what."""
    actor, number = cast(User, request.user), whole_number(request.POST.get("vorgang"))
    if (done := saved_with(f"einlesen-{number}")) is not None:
        return HttpResponseRedirect(undo_address(kind.url("list", municipality), done))
    waiting = waiting_table(municipality, actor, cast(Any, kind.model), request.POST.get("vorgang"))
    if waiting is None:
        return answer(request, municipality, kind, UploadForm(kind=kind), status=422, refusal=GONE)
    digest, key = digest_of(actor.pk, request.path, waiting.rows), f"einlesen-{waiting.pk}"
    if AGAIN not in request.POST and (same := find_same(digest)):
        return asked_again(request, same, key_field="")
    if len(waiting.rows) > MOST_ENTRIES:
        queue_import(waiting)
        return HttpResponseRedirect(kind.url("progress", municipality, waiting.pk))
    checked = Checked()

    def check(rows: list[dict[str, Any]]) -> list[Entry]:
        nonlocal checked
        values = Values(kind, municipality, access_of(request))
        checked = TableCheck(kind, municipality, access_of(request), values).run(RawRow(**row) for row in rows)
        if checked.errors:
            raise TableRefused
        return checked.entries

    back = kind.url("list", municipality)
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
        preview, form = Preview(checked), UploadForm(kind=kind)
        return answer(request, municipality, kind, form, preview, status=422, refusal=str(error))
    note_sent(key, digest=digest, target=undo_address(back, batch.pk))
    return HttpResponseRedirect(undo_address(back, batch.pk))


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
    running = unfinished_table(municipality, cast(User, request.user), cast(Any, kind.model))
    context = {
        "kind": kind,
        "form": form,
        "preview": preview,
        "refusal": refusal,
        "is_large": len(preview.waiting.rows) > MOST_ENTRIES if preview and preview.waiting else False,
        "running_url": kind.url("progress", municipality, running.pk) if running else "",
        "list_url": kind.url("list", municipality),
        "xlsx_url": kind.url("xlsx", municipality),
        "crumbs": crumbs_for(kind, municipality, last="Einlesen"),
    }
    return TemplateResponse(request, "records/record_import.html", context, status=status)
