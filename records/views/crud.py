"""The pages of every kind of record: neapolitan's CRUDView with municipality, rights, versions and history."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from neapolitan.views import CRUDView, Role

from accounts.access import Access, access_of
from accounts.models import Municipality
from accounts.typed import Typed, is_handed_back
from accounts.views.session import show_texts
from records.domain import drafts, saving
from records.errors import DraftTooLarge, DuplicateSubmission, RecordInUse, StaleRecord
from records.forms.record import RecordForm, form_class_for
from records.forms.typed import says_something_new
from records.kind import RecordKind
from records.models.base import Record
from records.pages.conflict import conflict_of, take_theirs
from records.pages.crumbs import crumbs_for
from records.pages.detail import detail_page, may_write
from records.pages.drafting import address_of, drafting_of, forget, keep, open_form, own_address
from records.pages.duplicate import PARAMETER as COPY
from records.pages.duplicate import copied_values, lead_of_copy
from records.pages.listing import list_page
from records.pages.recent import remember
from records.parts import Conflict, Connected, Connection
from records.registry import find_kind
from records.text import whole_number

BIGGEST_KEY = 2**63 - 1
Dependents = dict[str, list[Any]]


def get_row(kind: RecordKind, municipality: Municipality | None, pk: int) -> Any:
    """Gate 2: a row of this municipality, or Http404."""
    record = kind.rows(municipality).filter(pk=pk).first() if pk <= BIGGEST_KEY else None
    if record is None:
        raise Http404(f"{kind.label}: nicht gefunden.")
    return record


class RecordView(CRUDView):
    """All pages of one kind; records.kind_urls makes a subclass for each kind."""

    kind: RecordKind
    original: Record | None = None  # the record of which a new one is a copy
    municipality: Municipality | None = None
    access: Access

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Called behind the gates with the municipality as first argument (None for the programme)."""
        self.municipality = args[0] if args else None
        self.access = access_of(request)
        self.model = self.kind.model
        if hasattr(self, "get"):
            self.head = self.get  # neapolitan binds only GET and POST
        return super().dispatch(request, *args, **kwargs)

    # Reading

    def list(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = list_page(self.kind, self.municipality, request.GET, self.access)
        return self.page("list", page=page, crumbs=crumbs_for(self.kind, self.municipality))

    def detail(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = self.get_object()
        page = detail_page(self.kind, record, self.municipality, self.access)
        remember(request.session, self.municipality, self.kind, record.pk)
        return self.page("detail", page=page, crumbs=crumbs_for(self.kind, self.municipality, record))

    def get_object(self) -> Any:
        return get_row(self.kind, self.municipality, self.kwargs["pk"])

    # Creating and changing

    def show_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.writable_object() if self.role == Role.UPDATE else None
        self.original = self.record_to_copy()
        if self.original is None and COPY in request.GET:
            raise Http404(f"{self.kind.label}: nicht gefunden.")
        return self.form_page(open_form(request, self.build_form))

    def process_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.object = self.writable_object() if self.role == Role.UPDATE else None
            self.original = self.record_to_copy()
        except Http404 as error:
            if is_handed_back(request) or not request.POST:
                raise
            return show_texts(request, Typed(request.get_full_path(), request.POST), refusal=str(error))
        if is_handed_back(request):
            return keep(request, self.municipality, self.build_form(data=request.POST), self.draft_title())
        relation = request.POST.get("_create_related", "")
        if relation:
            return self.go_and_create(relation)
        form = self.build_form(data=take_theirs(request.POST, self.build_form), files=request.FILES)
        if not form.is_valid():
            return self.form_page(form, status=422)
        try:
            saved = self.save(form)
        except StaleRecord:
            return self.show_conflict(form)
        except DuplicateSubmission as error:
            return self.go_on_with_saved(error)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_page(form, status=422)
        forget(request)
        messages.success(request, f"{self.kind.label} gespeichert.")
        return HttpResponseRedirect(self.after_saving(saved))

    def writable_object(self) -> Any:
        """The row, if the person may change it (else 403)."""
        record = self.get_object()
        if not may_write(self.kind, record, self.municipality, self.access):
            raise PermissionDenied("Sie ändern hier nur eigene Einträge.")
        return record

    def build_form(self, typed: QueryDict | None = None, **bound: Any) -> RecordForm:
        initial: dict[str, Any] = {}
        if self.object is None:
            initial = self.kind.initial(self.municipality) if self.kind.initial else {}
            if self.original is not None:
                initial |= copied_values(self.kind, self.original)
            initial |= self.asked_for()
        return form_class_for(self.kind)(
            **bound,
            instance=self.object,
            initial=initial,
            kind=self.kind,
            municipality=self.municipality,
            access=self.access,
            typed=typed,
        )

    def record_to_copy(self) -> Any:
        """The record that the address of a new one names, or None; a foreign one does not exist."""
        pk = whole_number(self.request.GET.get(COPY))
        if self.role != Role.CREATE or pk is None:
            return None
        return self.kind.rows(self.municipality).filter(pk=pk).first()

    def asked_for(self) -> dict[str, Any]:
        """Relations filled in by the address: ``neu/?session=12``. Foreign ids are not in the choices."""
        found: dict[str, Any] = {}
        for name in self.kind.field_names():
            if name not in self.request.GET:
                continue
            field = self.model._meta.get_field(name)
            keys = [key for key in self.request.GET.getlist(name) if whole_number(key) is not None]
            if field.is_relation and keys:
                found[name] = keys if field.many_to_many else keys[0]
            elif getattr(field, "choices", None):
                found[name] = self.request.GET[name]
        return found

    def save(self, form: RecordForm) -> Record:
        """Write through the domain. Raises StaleRecord, DuplicateSubmission, ValidationError."""
        actor: Any = self.request.user
        if "file" in form.changed_data and form.cleaned_data.get("file"):
            form.instance.original_name = form.cleaned_data["file"].name[:255]
        if self.role == Role.UPDATE:
            version = form.cleaned_data.get("version") or 0
            return saving.update_record(form.instance, version=version, actor=actor, links=form.links())
        key = str(form.cleaned_data.get("form_key") or uuid.uuid4())
        return self.kind.create(form.instance, actor=actor, links=form.links(), form_key=key)

    def after_saving(self, saved: Record) -> str:
        """Back to the form one came from, else to the parent or the record."""
        actor: Any = self.request.user
        waiting = drafts.find_draft(actor, self.request.GET.get("fuer"))
        if waiting:
            return address_of(waiting, created=saved.pk)
        if self.kind.parent:
            parent = getattr(saved, self.kind.parent)
            parent_kind = find_kind(type(parent))
            if parent_kind:
                return parent_kind.url("detail", self.municipality, parent.pk)
        return self.kind.url("detail", self.municipality, saved.pk)

    def go_on_with_saved(self, error: DuplicateSubmission) -> HttpResponse:
        """To the record that this form has made; what was changed in the form since then becomes a draft of it."""
        forget(self.request)
        self.object = get_row(self.kind, self.municipality, error.pk)
        if not says_something_new(self.build_form(data=self.request.POST)):
            messages.info(self.request, str(error))
            return HttpResponseRedirect(self.kind.url("detail", self.municipality, error.pk))
        data, actor = self.request.POST.copy(), self.request.user
        data["version"], data["form_key"] = "1", str(uuid.uuid4())
        draft = drafts.keep_draft(
            actor=actor,
            municipality=self.municipality,
            path=self.kind.url("update", self.municipality, error.pk),
            data=data,
            title=self.draft_title(),
        )
        messages.info(self.request, f"{error} Ihre Änderungen danach sind erhalten, aber noch nicht gespeichert.")
        return HttpResponseRedirect(address_of(draft))

    def go_and_create(self, relation: str) -> HttpResponse:
        """Keep what was typed and open the form of the related kind."""
        if relation not in self.kind.field_names():
            raise Http404("Dieses Feld gibt es nicht.")
        target = find_kind(self.model._meta.get_field(relation).related_model)
        if target is None or not target.creatable:
            raise Http404("Hier kann nichts angelegt werden.")
        actor: Any = self.request.user
        try:
            draft = drafts.keep_draft(
                actor=actor,
                municipality=self.municipality,
                path=own_address(self.request),
                data=self.request.POST,
                title=self.draft_title(),
                field=relation,
            )
        except DraftTooLarge as error:
            form = self.build_form(data=self.request.POST)
            form.add_error(None, str(error))
            return self.form_page(form, status=422)
        return HttpResponseRedirect(f"{target.url('create', self.municipality)}?fuer={draft.pk}")

    def draft_title(self) -> str:
        """What „Meine Entwürfe“ calls the form: „Bedarf: Ferienbetreuung“."""
        typed = self.request.POST.get(self.kind.title_field, "").replace("\x00", "").strip()
        name = self.object.label if self.object else typed if not typed.isdecimal() else ""
        return f"{self.kind.label}: {name}" if name else f"{self.kind.label} anlegen"

    def show_conflict(self, form: RecordForm) -> HttpResponse:
        """Both versions side by side; saving again stores the person's own on top of the newer one (409)."""
        stored = self.get_object()
        conflict = conflict_of(self.kind, form, stored)
        typed: Any = form.data
        typed = typed.copy()
        typed["version"] = str(stored.version)
        form.data = typed
        return self.form_page(form, status=409, conflict=conflict)

    def form_page(self, form: RecordForm, status: int = 200, conflict: Conflict | None = None) -> HttpResponse:
        label, is_create = self.kind.label, self.role == Role.CREATE
        waiting = drafts.find_draft(self.request.user, self.request.GET.get("fuer"))
        back = self.kind.url("list", self.municipality)
        if waiting:
            back = address_of(waiting)
        elif self.object is not None:
            back = self.kind.url("detail", self.municipality, self.object.pk)
        elif self.original is not None:
            back = self.kind.url("detail", self.municipality, self.original.pk)
        lead = self.object.label if self.object is not None else ""
        if self.original is not None:
            lead = lead_of_copy(self.kind, self.original)
        return self.page(
            "form",
            status=status,
            form=form,
            conflict=conflict,
            heading=f"{label} anlegen" if is_create else f"{label} bearbeiten",
            lead=lead,
            cancel_url=back,
            save_label=f"{label} speichern",
            is_create=is_create,
            drafting=drafting_of(self.request, self.municipality if self.kind.is_tenant else None, self.build_form),
            crumbs=crumbs_for(self.kind, self.municipality, self.object, last="Anlegen" if is_create else "Bearbeiten"),
        )

    # Deleting

    def confirm_delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.deletable_object()
        return self.delete_page(self.kind.dependents(self.object))

    def process_deletion(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.deletable_object()
        version = whole_number(request.POST.get("version")) or 0
        actor: Any = request.user
        try:
            self.kind.delete(
                self.object,
                version=version,
                actor=actor,
                reason=request.POST.get("reason", "").replace("\x00", "")[:300],
            )
        except RecordInUse as error:
            return self.delete_page(error.dependents, status=409)
        except StaleRecord as error:
            messages.warning(request, f"Nicht gelöscht: {error} Prüfen Sie den neuen Stand und entscheiden Sie neu.")
            self.object = self.get_object()
            return self.delete_page({}, status=409)
        messages.success(request, f"{self.kind.label} gelöscht. Der Verlauf bleibt erhalten.")
        return HttpResponseRedirect(self.kind.url("list", self.municipality))

    def deletable_object(self) -> Any:
        if not self.kind.deletable:
            raise PermissionDenied("Diese Einträge werden nicht gelöscht.")
        return self.writable_object()

    def delete_page(self, dependents: Dependents, status: int = 200) -> HttpResponse:
        record: Any = self.object
        total = sum(len(rows) for rows in dependents.values())
        return self.page(
            "delete",
            status=status,
            page={"title": str(record), "kind": self.kind.label},
            reasons=[f"{total} andere Einträge beziehen sich darauf."] if total else [],
            dependents=[
                Connection(label, tuple(connected(row) for row in rows[:50]), len(rows))
                for label, rows in dependents.items()
            ],
            cancel_url=self.kind.url("detail", self.municipality, record.pk),
            version=record.version,
            crumbs=crumbs_for(self.kind, self.municipality, record, last="Löschen"),
        )

    def page(self, name: str, status: int = 200, **context: Any) -> HttpResponse:
        """Answer with one of the record templates."""
        return TemplateResponse(
            self.request, f"records/record_{name}.html", context | {"kind": self.kind}, status=status
        )


def connected(row: Any) -> Connected:
    """A dependent record as link where it has a page."""
    kind, municipality = find_kind(type(row)), getattr(row, "municipality", None)
    return Connected(str(row), kind.url("detail", municipality, row.pk) if kind else "", kind.label if kind else "")


def add_errors(form: RecordForm, error: ValidationError) -> None:
    """Sentences of the domain next to their fields, the rest on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
