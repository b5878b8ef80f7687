"""Reading a list in: upload or paste, preview, confirmation. Nothing is stored before the person has seen it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.files.base import ContentFile, File
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import access_of
from accounts.models import Municipality, User
from records.display import label_of
from records.domain import import_states
from records.domain.batches import Recorder
from records.domain.rows import Entry
from records.domain.saving import saved_with
from records.domain.sent_once import AGAIN, digest_of, find_same, note_sent
from records.domain.table_import import keep_columns, keep_table, kept_columns, save_table
from records.enums import ImportState
from records.errors import DuplicateSubmission, TableRefused
from records.kind import RecordKind
from records.models import TableImport
from records.pages.crumbs import crumbs_for
from records.pages.rows import get_row
from records.queries.batches import undo_address
from records.queries.table_imports import own_table, unfinished_table, waiting_table
from records.queue.answers import MARK, Waiting, address_of, result_of, too_many, waiting_page
from records.queue.jobs import Job, TooMany
from records.queue.replay import TOO_LARGE, works_now
from records.registry import kind_of
from records.tables.answering import check_said
from records.tables.assigning import NO_COLUMN, Said, has_columns, lay_out
from records.tables.checking import RawRow, Tell
from records.tables.creating import tried
from records.tables.files import TypedSheet, UnreadableTable, read_sheets
from records.tables.job import checked_of, queue_import
from records.tables.preview import WRONG, Checked, Seen
from records.tables.questions import Question
from records.tables.values import Values
from records.text import whole_number
from records.views.assigning import OpenTable, said_in
from records.views.sent_once import asked_again

MOST_ENTRIES = 100  # that are checked or stored in one request, a second's work; more go to the queue and background
CHOOSE_FILE = "Wählen Sie eine Datei aus."
ONE_ONLY = "Nehmen Sie entweder die Datei oder die eingefügte Tabelle, nicht beides."
BELOW = "zu"  # in the address: the record to which all rows belong
TOO_MUCH = "Diese Tabelle ist zu groß, um auf einmal geprüft zu werden. Teilen Sie sie in mehrere Dateien auf."
GONE = "Diese Vorschau ist schon übernommen oder durch eine neuere ersetzt. Laden Sie die Datei noch einmal hoch."


class UploadForm(forms.Form):
    """A file or a pasted table; where the kind has a natural key, whether its rows may change stored records."""

    file = forms.FileField(
        label="Datei",
        required=False,
        help_text="XLSX, ODS oder CSV: eine ausgegebene Liste oder eine eigene. Höchstens 5 MB und 5 000 Zeilen.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
        error_messages={"empty": "Die Datei ist leer. Wählen Sie eine andere."},
    )
    pasted = forms.CharField(
        label="Tabelle einfügen",
        required=False,
        help_text="Aus Excel kopiert, mit der Zeile der Spaltennamen; statt einer Datei.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    may_change = forms.BooleanField(label="Zeilen ohne Kennung dürfen vorhandene Einträge ändern", required=False)

    def __init__(self, *args: Any, kind: RecordKind) -> None:
        super().__init__(*args)
        if kind.key:
            labels = ", ".join(label_of(kind.model, name) for name in kind.key)
            self.fields["may_change"].help_text = f"Erkannt werden sie an: {labels}. Sie sehen vorher, was sich ändert."
        else:
            del self.fields["may_change"]

    def clean(self) -> dict[str, Any]:
        """One of both."""
        cleaned = super().clean() or self.cleaned_data
        has_file, has_text = bool(cleaned.get("file")), bool(cleaned.get("pasted"))
        if has_file and has_text:
            self.add_error("pasted", ONE_ONLY)
        elif not has_file and not has_text and not self.errors:
            self.add_error("file", CHOOSE_FILE)
        return cleaned

    def table(self) -> File[bytes]:
        """What was sent, as a file."""
        return self.cleaned_data["file"] or ContentFile(self.cleaned_data["pasted"].encode(), name="eingefuegt.csv")


@dataclass(frozen=True)
class Preview:
    """What the page shows of a checked table; ``waiting`` is what can be confirmed, ``open`` what can be assigned."""

    checked: Seen | None
    unknown: tuple[str, ...] = ()
    waiting: TableImport | None = None
    open: OpenTable | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: HttpRequest, municipality: Municipality, *, kind: RecordKind) -> HttpResponse:
    """Upload a table, say what its columns and words mean, look at what it would change, and take it over."""
    if "vorgang" in request.POST:
        return confirm(request, municipality, kind)
    if "zuordnen" in request.POST:
        return say(request, municipality, kind)
    if "vorgang" in request.GET:
        return look(request, municipality, kind)
    form = UploadForm(request.POST, request.FILES, kind=kind) if request.method == "POST" else UploadForm(kind=kind)
    if request.method != "POST" or not form.is_valid():
        return answer(request, municipality, kind, form, status=422 if request.method == "POST" else 200)
    said = Said(may_change=form.cleaned_data.get("may_change", False))
    try:
        return take(request, municipality, kind, read_sheets(form.table()), said, form=form)
    except UnreadableTable as error:
        form.add_error("file" if form.cleaned_data["file"] else "pasted", str(error))
        return answer(request, municipality, kind, form, status=422)


def say(request: HttpRequest, municipality: Municipality, kind: RecordKind) -> HttpResponse:
    """What the person says about a table that was read: its columns, and what its words mean."""
    actor, number = cast(User, request.user), whole_number(request.POST.get("zuordnen"))
    table = own_table(municipality, actor, cast(Any, kind.model), number)
    if table is None or not table.source or table.state not in (ImportState.CHECKING, ImportState.SEEN):
        return refuse(request, municipality, kind, GONE)
    said = said_in(request.POST, Said.read(table.said), table.source)
    try:
        return take(request, municipality, kind, table.source, said, has_said=True)
    except UnreadableTable as error:
        return refuse(request, municipality, kind, str(error))


def take(
    request: HttpRequest,
    municipality: Municipality,
    kind: RecordKind,
    source: list[dict[str, Any]],
    said: Said,
    *,
    has_said: bool = False,
    form: UploadForm | None = None,
) -> HttpResponse:
    """Lay the table out and show what would come of it; a large one is checked by the queue. Raises UnreadableTable."""
    access, actor, model = access_of(request), cast(User, request.user), cast(Any, kind.model)
    values, owner = Values(kind, municipality, access), owner_of(request, municipality, kind)
    laid = lay_out(values, list(map(TypedSheet.of, source)), said, lambda heads: kept_columns(actor, model, heads))
    said = replace(said, sheet=laid.assigned.sheet, head=laid.assigned.head, columns=laid.assigned.as_said())
    if has_said:
        keep_columns(actor=actor, model=model, heads=laid.table.heads, columns=said.columns or {})
    rows = laid.rows
    if owner is not None:
        rows = [replace(row, cells={**row.cells, kind.parent: owner.label}) for row in rows]
    told = {"problems": laid.unknown, "source": source, "said": said.as_json()}
    if not has_columns(laid):
        table = keep(request, municipality, kind, [], state=ImportState.CHECKING, **told)
        preview = Preview(None, open=open_table(request, municipality, kind, table, []))
        if form is None:
            return answer(request, municipality, kind, UploadForm(kind=kind), preview, status=422, refusal=NO_COLUMN)
        form.add_error("file" if form.cleaned_data["file"] else "pasted", NO_COLUMN)
        return answer(request, municipality, kind, form, preview, status=422)
    if len(rows) > MOST_ENTRIES:
        raw = [row.as_json() for row in rows]
        waiting = keep(request, municipality, kind, raw, state=ImportState.CHECKING, **told)
        query = {"vorgang": waiting.pk} | ({BELOW: owner.pk} if owner is not None else {})
        return HttpResponseRedirect(f"{request.path}?{urlencode(query)}")
    is_open = has_said or bool(laid.asides) or not laid.assigned.is_sure(values, laid.table)
    return preview_of(request, municipality, kind, rows, said, told, is_open=is_open)


def preview_of(
    request: HttpRequest,
    municipality: Municipality,
    kind: RecordKind,
    rows: list[RawRow],
    said: Said,
    told: dict[str, Any],
    *,
    is_open: bool,
) -> HttpResponse:
    """What would come of a small table; it is kept where something can be confirmed or said about it."""
    try:
        checked = tried_out(request, municipality, kind, rows, said)
    except TableRefused as error:
        return refuse(request, municipality, kind, sentences_of(error))
    is_open = is_open or bool(checked.questions)
    is_right = bool(checked.entries) and not checked.errors
    kept = opened = None
    if is_right or is_open:
        state = ImportState.SEEN if is_right else ImportState.CHECKING
        raw = [row.as_json() for row in (checked.raw if is_right else rows)]
        table = keep(request, municipality, kind, raw, state=state, **told)
        kept = table if is_right else None
        opened = open_table(request, municipality, kind, table, checked.questions) if is_open else None
    preview = Preview(Seen.of(checked), tuple(told["problems"]), kept, opened)
    return answer(request, municipality, kind, UploadForm(kind=kind), preview, status=422 if checked.errors else 200)


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
    with tried(municipality, cast(User, request.user)) as recorder:
        return check_said(kind, municipality, access, rows, said, recorder, may_change=said.may_change, tell=tell)


def open_table(
    request: HttpRequest,
    municipality: Municipality,
    kind: RecordKind,
    table: TableImport,
    questions: Sequence[Question],
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
    actor, model = cast(User, request.user), cast(Any, kind.model)
    return keep_table(municipality=municipality, actor=actor, model=model, rows=rows, **more)


def look(request: HttpRequest, municipality: Municipality, kind: RecordKind) -> HttpResponse:
    """The preview of a large table, which the queue checks; until it is there, the page that goes on by itself."""
    actor, number = cast(User, request.user), whole_number(request.GET.get("vorgang"))
    table = own_table(municipality, actor, cast(Any, kind.model), number)
    if table is None or table.state not in (ImportState.CHECKING, ImportState.SEEN):
        return refuse(request, municipality, kind, GONE)
    if works_now(request):
        try:
            made = checked_table(request, municipality, kind, table)
        except TableRefused as error:
            return refuse(request, municipality, kind, sentences_of(error))
        if hasattr(request, "of_job"):
            return JsonResponse(made)
    else:
        by_page, back = MARK in request.GET, kind.url("import", municipality)
        job = Job.of(request, f"{kind.plural} einlesen", key=[request.path, table.pk], address=address_of(request))
        try:
            found = result_of(job, may_wait=not by_page)
        except TooMany as error:
            return too_many(request, error, back)
        if isinstance(found, Waiting):
            rows = checked_of(table).done(), len(table.rows)
            doing = "Die Tabelle wird geprüft"
            return waiting_page(request, found, address=job.address, back=back, doing=doing, rows=rows)
        if by_page and request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": job.address})
        made = json.loads(found.content or b"{}")
        if not made:
            told = TOO_MUCH if (messages.ERROR, TOO_LARGE) in found.told else " ".join(text for _, text in found.told)
            return refuse(request, municipality, kind, told)
    checked = Seen.read(made)
    kept = waiting_table(municipality, actor, cast(Any, kind.model), request.GET.get("vorgang"))
    opened = open_table(request, municipality, kind, table, checked.questions) if table.source else None
    preview, status = Preview(checked, tuple(table.problems), kept, opened), 422 if checked.errors else 200
    return answer(request, municipality, kind, UploadForm(kind=kind), preview, status=status)


def checked_table(
    request: HttpRequest, municipality: Municipality, kind: RecordKind, table: TableImport
) -> dict[str, Any]:
    """Look at every row; where nothing is wrong, the rows that change something wait for their confirmation."""
    rows = [RawRow(**row) for row in table.rows]
    with checked_of(table).claimed() as tell:
        checked = tried_out(request, municipality, kind, rows, Said.read(table.said), tell)
    if checked.entries and not checked.errors:
        import_states.seen(waiting=table, rows=[row.as_json() for row in checked.raw])
    return asdict(Seen.of(checked))


def confirm(request: HttpRequest, municipality: Municipality, kind: RecordKind) -> HttpResponse:
    """Store the waiting table after one more look; where something has changed since, the preview says what."""
    actor, number = cast(User, request.user), whole_number(request.POST.get("vorgang"))
    if (done := saved_with(f"einlesen-{number}")) is not None:
        return HttpResponseRedirect(undo_address(back_of(request, municipality, kind), done))
    waiting = waiting_table(municipality, actor, cast(Any, kind.model), request.POST.get("vorgang"))
    if waiting is None:
        return refuse(request, municipality, kind, GONE)
    digest, key = digest_of(actor.pk, request.path, waiting.rows), f"einlesen-{waiting.pk}"
    if AGAIN not in request.POST and (same := find_same(digest)):
        return asked_again(request, same, key_field="")
    if len(waiting.rows) > MOST_ENTRIES:
        queue_import(waiting)
        return HttpResponseRedirect(kind.url("progress", municipality, waiting.pk))
    checked = Checked()

    def check(rows: list[dict[str, Any]], batch: Recorder) -> list[Entry]:
        nonlocal checked
        said, raw = Said.read(waiting.said), [RawRow(**row) for row in rows]
        checked = check_said(kind, municipality, access_of(request), raw, said, batch)
        if checked.errors:
            raise TableRefused
        return checked.entries

    back = back_of(request, municipality, kind)
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
        preview, form = Preview(Seen.of(checked)), UploadForm(kind=kind)
        return answer(request, municipality, kind, form, preview, status=422, refusal=str(error))
    note_sent(key, digest=digest, target=undo_address(back, batch.pk))
    return HttpResponseRedirect(undo_address(back, batch.pk))


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
    running = unfinished_table(municipality, cast(User, request.user), cast(Any, kind.model))
    context = {
        "kind": kind,
        "owner": owner_of(request, municipality, kind),
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
