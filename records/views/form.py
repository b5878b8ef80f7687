"""The form of any kind: create a record or change one, with drafts and the choice between two versions."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views import View

from accounts.access import access_of, person_of
from accounts.models import Municipality
from accounts.typed import Typed, is_handed_back
from accounts.views.session import show_texts
from records.domain import drafts, saving
from records.errors import DraftTooLarge, DuplicateSubmission, RecordLocked, StaleRecord
from records.forms.record import RecordForm, add_errors
from records.forms.typed import says_something_new
from records.kind import Beside, RecordKind
from records.models.base import Record
from records.models.guard import why_closed_below, why_locked
from records.pages.conflict import conflict_of, take_theirs
from records.pages.crumbs import apart, crumbs_for
from records.pages.drafting import address_of, drafted_fields, drafting_of, forget, keep, open_form, own_address
from records.pages.duplicate import PARAMETER as COPY
from records.pages.duplicate import lead_of_copy
from records.pages.editing import Editing, context_of
from records.pages.rows import get_row
from records.parts import Conflict
from records.registry import find_kind, kind_of
from records.views.made_before import CHANGES, ask_which, made_before

ONE_MORE = "_weiterer"  # the button that saves and opens the form once more


class FormView(View):
    """Called behind the gates with municipality (None for the programme) and kind; without ``pk`` it creates."""

    def get(
        self, request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int | None = None
    ) -> HttpResponse:
        editing = Editing.begin(request, kind, municipality, pk)
        if editing.original is None and COPY in request.GET:
            raise Http404(f"{kind.label}: nicht gefunden.")
        if editing.record is not None and (locked := why_locked(editing.record, changes=True)):
            messages.info(request, locked)
            return HttpResponseRedirect(kind.url("detail", municipality, editing.record.pk))
        parent = editing.parent()
        if parent is not None and (closed := why_closed_below(kind.model, parent)):
            messages.info(request, closed)
            return HttpResponseRedirect(kind_of(type(parent)).url("detail", municipality, parent.pk))
        return form_page(editing, open_form(request, editing.build_form))

    def post(
        self, request: HttpRequest, municipality: Municipality | None, *, kind: RecordKind, pk: int | None = None
    ) -> HttpResponse:
        try:
            editing = Editing.begin(request, kind, municipality, pk)
        except Http404 as error:
            if is_handed_back(request) or not request.POST:
                raise
            return show_texts(request, Typed(request.get_full_path(), request.POST), refusal=str(error))
        if is_handed_back(request):
            return keep(request, municipality, editing.build_form(data=request.POST), editing.title())
        relation = request.POST.get("_create_related", "")
        return go_and_create(editing, relation) if relation else save_form(editing)


def save_form(editing: Editing) -> HttpResponse:
    """Save what was sent, or show the form again: 422 with its errors, 409 beside a newer version."""
    request = editing.request
    form = editing.build_form(data=take_theirs(request.POST, editing.build_form), files=request.FILES)
    rows = editing.beside(request.POST)
    if not all_valid(form, rows):
        return form_page(editing, form, status=200 if form.only_reads else 422, rows=rows)
    if earlier := made_before(editing, form):
        if CHANGES in request.POST:
            return go_on_with_saved(editing, DuplicateSubmission(earlier[0].pk))
        return ask_which(editing, *earlier)
    try:
        saved, left = save_all(editing, form, rows)
    except StaleRecord:
        return conflict_page(editing, form)
    except DuplicateSubmission as error:
        return go_on_with_saved(editing, error)
    except ValidationError as error:
        add_errors(form, error)
        return form_page(editing, form, status=422, rows=rows)
    except RecordLocked as error:
        form.add_error(None, str(error))
        return form_page(editing, form, status=409)
    forget(request)
    if editing.record is not None and saved.version == form.cleaned_data.get("version"):
        messages.info(request, f"Nichts geändert: {editing.kind.label} steht so schon im Portal.")
    else:
        named = f": „{saved.label}“" if ONE_MORE in request.POST else ""
        messages.success(request, f"{editing.kind.label} gespeichert{named}.")
    if left:
        messages.warning(request, left)
    return HttpResponseRedirect(url_after_saving(editing, saved))


def all_valid(form: RecordForm, rows: Beside | None) -> bool:
    """Whether form and rows can be taken, and what they ask about is answered."""
    fine = form.is_valid()
    if rows is not None:
        fine = rows.is_valid() and fine
        if fine:
            form.asked += rows.questions()
    return fine and form.has_answered()


@transaction.atomic
def save_all(editing: Editing, form: RecordForm, rows: Beside | None) -> tuple[Record, str]:
    """The record with the rows that were typed with it, and what is left to do; raises as save_record does."""
    saved = save_record(editing, form)
    return saved, rows.save(saved, person_of(editing.request)) if rows is not None else ""


def save_record(editing: Editing, form: RecordForm) -> Record:
    """Write through the domain. Raises StaleRecord, DuplicateSubmission, RecordLocked, ValidationError."""
    actor = person_of(editing.request)
    if "file" in form.changed_data and form.cleaned_data.get("file"):
        form.instance.original_name = form.cleaned_data["file"].name[:255]
    if editing.record is not None:
        version = form.cleaned_data.get("version") or 0
        saved: Record = saving.update_record(form.instance, version=version, actor=actor, links=form.links())
        return saved
    key = str(form.cleaned_data.get("form_key") or uuid.uuid4())
    created: Record = editing.kind.create(form.instance, actor=actor, links=form.links(), form_key=key)
    return created


def url_after_saving(editing: Editing, saved: Record) -> str:
    """To one more of its kind where that was asked for, back to the form one came from, to the parent or the record."""
    actor = person_of(editing.request)
    kind, municipality = editing.kind, editing.municipality
    if editing.record is None and ONE_MORE in editing.request.POST:
        return f"{kind.url('create', municipality)}?{context_of(kind, saved, editing.request.GET)}"
    waiting = drafts.find_draft(actor, editing.request.GET.get("fuer"))
    if waiting:
        return address_of(waiting, created=saved.pk)
    if kind.parent:
        parent = getattr(saved, kind.parent)
        parent_kind = find_kind(type(parent))
        if parent_kind:
            return parent_kind.url("detail", municipality, parent.pk)
    return kind.url("detail", municipality, saved.pk)


def go_on_with_saved(editing: Editing, error: DuplicateSubmission) -> HttpResponse:
    """To the record that this form has made; what was changed in the form since then becomes a draft of it."""
    request, kind, municipality = editing.request, editing.kind, editing.municipality
    forget(request)
    editing = replace(editing, record=get_row(kind, municipality, error.pk, access_of(request)))
    if not says_something_new(editing.build_form(data=request.POST)):
        messages.info(request, str(error))
        return HttpResponseRedirect(kind.url("detail", municipality, error.pk))
    data = request.POST.copy()
    data["version"], data["form_key"] = "1", str(uuid.uuid4())
    draft = editing.keep_draft(kind.url("update", municipality, error.pk), data)
    messages.info(request, f"{error} Ihre Änderungen danach sind erhalten, aber noch nicht gespeichert.")
    return HttpResponseRedirect(address_of(draft))


def go_and_create(editing: Editing, relation: str) -> HttpResponse:
    """Keep what was typed and open the form of the related kind."""
    request, kind = editing.request, editing.kind
    if relation not in kind.field_names():
        raise Http404("Dieses Feld gibt es nicht.")
    related: Any = kind.model._meta.get_field(relation).related_model
    target = find_kind(related)
    if target is None or not target.creatable:
        raise Http404("Hier kann nichts angelegt werden.")
    try:
        draft = editing.keep_draft(own_address(request), request.POST, field=relation)
    except DraftTooLarge as error:
        form = editing.build_form(data=request.POST)
        form.add_error(None, str(error))
        return form_page(editing, form, status=422)
    return HttpResponseRedirect(f"{target.url('create', editing.municipality)}?fuer={draft.pk}")


def conflict_page(editing: Editing, form: RecordForm) -> HttpResponse:
    """Both versions side by side; saving again stores the person's own on top of the newer one (409)."""
    stored = get_row(editing.kind, editing.municipality, editing.record.pk, access_of(editing.request))
    conflict = conflict_of(editing.kind, form, stored)
    typed: Any = form.data
    typed = typed.copy()
    typed["version"] = str(stored.version)
    form.data = typed
    return form_page(editing, form, status=409, conflict=conflict)


def form_page(
    editing: Editing,
    form: RecordForm,
    status: int = 200,
    conflict: Conflict | None = None,
    rows: Beside | None = None,
) -> HttpResponse:
    """The form with what stands around it."""
    rows = rows or editing.beside(drafted_fields(editing.request) if status == 200 else None)
    kind, municipality, record, original = editing.kind, editing.municipality, editing.record, editing.original
    is_create = record is None
    lead = lead_of_copy(kind, original) if original is not None else "" if is_create else record.label
    context = {
        "form": form,
        "rows": rows,
        "conflict": conflict,
        "heading": f"{kind.label} anlegen" if is_create else f"{kind.label} bearbeiten",
        "lead": lead,
        "cancel_url": cancel_url(editing),
        "save_label": f"{kind.label} speichern",
        "is_create": is_create,
        "one_more": "" if not is_create or "fuer" in editing.request.GET else ONE_MORE,
        "drafting": drafting_of(editing.request, municipality if kind.is_tenant else None, editing.build_form),
        "crumbs": crumbs_for(kind, municipality, record, last="Anlegen" if is_create else "Bearbeiten"),
        "apart": apart(kind, record) if record else editing.begun_with(),
        "kind": kind,
    }
    return TemplateResponse(editing.request, kind.form_template, context, status=status)


def cancel_url(editing: Editing) -> str:
    """Back to the form that waits, else to the record or the one that is copied, else to the list."""
    actor = person_of(editing.request)
    waiting = drafts.find_draft(actor, editing.request.GET.get("fuer"))
    if waiting:
        return address_of(waiting)
    shown = editing.record or editing.original
    if shown is None:
        return editing.kind.url("list", editing.municipality)
    return editing.kind.url("detail", editing.municipality, shown.pk)
