"""The application as a table file: the empty form of a call, a filled one, and reading one in."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from funding.forms.workbook import empty_form, filled_form, read_form
from funding.models import Call, FundingApplication
from records.domain.drafts import keep_draft
from records.errors import DraftTooLarge
from records.pages.crumbs import crumbs_for
from records.pages.drafting import address_of
from records.pages.rows import get_row
from records.registry import kind_of
from records.tables.files import UnreadableTable, read_table
from records.tables.writing import XLSX_TYPE

CHOOSE = "Wählen Sie eine Datei aus."
SHOWN = 5  # sentences about what was not understood


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Ausgefülltes Formular",
        help_text="XLSX, wie das Portal es ausgibt. Höchstens 5 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": CHOOSE, "empty": "Die Datei ist leer. Wählen Sie eine andere."},
    )


def as_file(content: bytes, name: str) -> HttpResponse:
    """A download."""
    return HttpResponse(
        content,
        content_type=XLSX_TYPE,
        headers={"Content-Disposition": f'attachment; filename="antrag-{slugify(name) or "formular"}.xlsx"'},
    )


@in_municipality(Action.WRITE)
@require_safe
def empty(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """What a Träger fills in for this call."""
    call = get_row(kind_of(Call), municipality, pk, access_of(request))
    return as_file(empty_form(call), call.title)


@in_municipality(Action.WRITE)
@require_safe
def filled(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The application as it stands."""
    application = get_row(kind_of(FundingApplication), municipality, pk, access_of(request))
    return as_file(filled_form(application), application.case_number or application.title)


@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Read a filled form: it becomes the draft of an application, which is looked at and saved like a typed one."""
    call = get_row(kind_of(Call), municipality, pk, access_of(request))
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        try:
            return keep(request, municipality, call, form)
        except (UnreadableTable, DraftTooLarge, ValueError) as error:
            form.add_error("file", str(error))
    context = {
        "form": form,
        "call": call,
        "back_url": kind_of(Call).url("detail", municipality, pk),
        "crumbs": crumbs_for(kind_of(Call), municipality, call, last="Antrag einlesen"),
    }
    return TemplateResponse(request, "funding/application_file.html", context, status=422 if form.errors else 200)


def keep(request: HttpRequest, municipality: Municipality, call: Call, form: FileForm) -> HttpResponse:
    """The draft, and what of the file was not understood. Raises UnreadableTable, DraftTooLarge, ValueError."""
    data, unclear = read_form(read_table(form.cleaned_data["file"]), call)
    kind, actor = kind_of(FundingApplication), person_of(request)
    title = f"Antrag: {data.get('title', '')}".strip()
    path = kind.url("create", municipality)
    draft = keep_draft(actor=actor, municipality=municipality, path=path, data=data, title=title)
    for sentence in unclear[:SHOWN]:
        messages.warning(request, sentence)
    messages.info(request, "Das Formular ist eingelesen. Gespeichert wird erst, wenn Sie es sagen.")
    return HttpResponseRedirect(address_of(draft))
