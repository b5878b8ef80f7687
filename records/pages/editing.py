"""A form that somebody has opened: of which record, with which values, under which name it is kept as draft."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest, QueryDict

from accounts.access import access_of, person_of
from accounts.models import Municipality
from records.domain import drafts
from records.forms.record import RecordForm, form_class_for
from records.kind import Beside, RecordKind
from records.models import FormDraft
from records.pages.duplicate import PARAMETER as COPY
from records.pages.duplicate import copied_values
from records.pages.rows import get_writable_row
from records.queries.scope import rows_in_scope
from records.text import labelled, whole_number

AFTER = "nach"  # in the address of a form for one more: the record before


@dataclass(frozen=True)
class Editing:
    """The record that is changed, or None for a new one, which may be a copy of ``original``."""

    request: HttpRequest
    kind: RecordKind
    municipality: Municipality | None
    record: Any = None
    original: Any = None

    @classmethod
    def begin(
        cls, request: HttpRequest, kind: RecordKind, municipality: Municipality | None, pk: int | None
    ) -> "Editing":
        """What the address names: 404 for a foreign record, 403 for one that the person may not change."""
        if pk is not None:
            return cls(request, kind, municipality, get_writable_row(kind, municipality, pk, access_of(request)))
        copied = whole_number(request.GET.get(COPY))
        original = kind.rows(access_of(request), municipality).filter(pk=copied).first() if copied is not None else None
        return cls(request, kind, municipality, original=original)

    def build_form(self, typed: QueryDict | None = None, **bound: Any) -> RecordForm:
        """The form as it is stored, bound to what was sent, or with the ``typed`` fields of a draft."""
        return form_class_for(self.kind)(
            **bound,
            instance=self.record,
            initial=self.first_values() if self.record is None else {},
            kind=self.kind,
            municipality=self.municipality,
            access=access_of(self.request),
            typed=typed,
        )

    def beside(self, data: QueryDict | None = None) -> Beside | None:
        """The rows that are typed with a new record, empty or as they were sent."""
        if self.record is not None or self.kind.beside is None or self.municipality is None:
            return None
        return self.kind.beside(data, self.municipality, access_of(self.request))

    def first_values(self) -> dict[str, Any]:
        """What a new record begins with; the address has the last word."""
        values = self.kind.initial(self.municipality) if self.kind.initial else {}
        if self.original is not None:
            values |= copied_values(self.kind, self.original)
        asked = asked_for(self.kind, self.request.GET)
        return values | self.taken_over() | asked

    def taken_over(self) -> dict[str, Any]:
        """What the records know from which the new one is begun: body and date of the session."""
        values: dict[str, Any] = {}
        for name, taken in self.kind.begun_from:
            target: Any = self.kind.model._meta.get_field(name).related_model
            rows = rows_in_scope(target, access_of(self.request), self.municipality)
            key = whole_number(self.request.GET.get(name))
            origin = rows.filter(pk=key).first() if key is not None else None
            values |= taken(origin) if origin is not None else {}
        return values

    def parent(self) -> Any:
        """The record that a new part is begun below, as the address names it; None for all others."""
        key = whole_number(self.request.GET.get(self.kind.parent)) if self.kind.parent and self.record is None else None
        if key is None:
            return None
        target: Any = self.kind.model._meta.get_field(self.kind.parent).related_model
        return rows_in_scope(target, access_of(self.request), self.municipality).filter(pk=key).first()

    def begun_with(self) -> str:
        """What the address has filled in, for the title of a new form: „Fahrten“ (a query for each relation)."""
        found: list[str] = []
        for name, value in asked_for(self.kind, self.request.GET).items():
            field: Any = self.kind.model._meta.get_field(name)
            if field.is_relation:
                rows = rows_in_scope(field.related_model, access_of(self.request), self.municipality)
                keys = value if isinstance(value, list) else [value]
                found += rows.filter(pk__in=keys).values_list("label", flat=True)
            else:
                found.append(str(dict(field.flatchoices).get(value, value)))
        return ", ".join(found)

    def title(self) -> str:
        """What „Meine Entwürfe“ calls the form: „Bedarf: Ferienbetreuung“."""
        typed = self.request.POST.get(self.kind.title_field, "").replace("\x00", "").strip()
        name = self.record.label if self.record else typed if not typed.isdecimal() else ""
        return labelled(self.kind.label, name) if name else f"{self.kind.label} anlegen"

    def keep_draft(self, path: str, data: QueryDict, field: str = "") -> FormDraft:
        """Keep what was sent, to go on with it at ``path``. Raises DraftTooLarge."""
        actor = person_of(self.request)
        return drafts.keep_draft(
            actor=actor, municipality=self.municipality, path=path, data=data, title=self.title(), field=field
        )


def asked_for(kind: RecordKind, query: QueryDict) -> dict[str, Any]:
    """Relations, choices and numbers filled in by the address: ``neu/?session=12``. Foreign ids are no choices."""
    found: dict[str, Any] = {}
    for name in kind.field_names():
        if name not in query:
            continue
        field = kind.model._meta.get_field(name)
        keys = [key for key in query.getlist(name) if whole_number(key) is not None]
        if field.is_relation and keys:
            found[name] = keys if field.many_to_many else keys[0]
        elif getattr(field, "choices", None) or (isinstance(field, models.IntegerField) and keys):
            found[name] = query[name]
    return found


def is_counted(kind: RecordKind, name: str) -> bool:
    """Whether the field is the number that goes on counting from row to row."""
    return kind.grid is not None and kind.grid.counted == name


def context_of(kind: RecordKind, saved: Any, query: QueryDict) -> str:
    """The query of a form for one more record like this one: of what it is a part, its cycle and its phase.

    Whatever the address of the first form had filled in stays too; a number of rows goes on counting. The address names
    the record before, which the new form cannot have made.
    """
    kept = QueryDict(mutable=True)
    for name in kind.field_names():
        field: Any = kind.model._meta.get_field(name)
        if is_counted(kind, name):
            kept[name] = str((getattr(saved, name) or 0) + 1)
        elif field.is_relation and not field.many_to_many:
            if name in query or name in {*kind.model.part_of, "cycle"}:
                kept[name] = str(field.value_from_object(saved) or "")
        elif name == "phase" or (name in query and field.choices):
            kept[name] = str(field.value_from_object(saved) or "")
        elif name in query:
            kept.setlist(name, query.getlist(name))
    for name in [name for name, value in kept.items() if not value]:
        del kept[name]
    kept[AFTER] = str(saved.pk)
    return kept.urlencode()
