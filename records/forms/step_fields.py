"""The fields of a record that a step in its life asks, built of the model's, also of those that no other form shows."""

from typing import Any

from django import forms
from django.db import models

from accounts.access import Access
from records.display import asked_as
from records.filters import labels_of
from records.forms.choices import RecordField
from records.forms.formats import say_format
from records.forms.record import formfield_for, holding_in, set_up_widget, speak_german
from records.life.table import Move
from records.models import ProgrammeRecord, Record
from records.queries.scope import rows_in_scope


def step_fields(record: Any, move: Move, access: Access) -> dict[str, forms.Field]:
    """By name, in the order of the table."""
    return {name: _field(record, name, access, required=name not in move.optional_fields) for name in move.fields}


def initial_values(record: Any, move: Move) -> dict[str, Any]:
    """What the fields show at first: what the record has, or what the step suggests."""
    stored = {name: record._meta.get_field(name).value_from_object(record) for name in move.fields}
    return stored | move.initial(record) if stored else {}


def suggested_values(record: Any, move: Move) -> dict[str, Any]:
    """What the conditions are asked about while nobody has sent anything: the suggestions, without links to records."""
    shown = initial_values(record, move)
    own = (name for name in move.fields if record._meta.get_field(name).remote_field is None)
    return {name: shown[name] for name in own if shown[name] not in (None, "")}


def _field(record: Any, name: str, access: Access, *, required: bool) -> forms.Field:
    column = record._meta.get_field(name)
    field = formfield_for(column, **({} if isinstance(column, models.BooleanField) else {"required": required}))
    if field is None:
        raise TypeError(f"{name} is asked by no form.")
    speak_german(field)
    say_format(name, field)
    if isinstance(field, forms.IntegerField):  # decimals too
        field.label = asked_as(type(record), name, record.unit_of(name))
    if isinstance(field, forms.ModelChoiceField):
        _scope(record, name, field, access)
    set_up_widget(field)
    return field


def _scope(record: Any, name: str, field: "forms.ModelChoiceField[Any]", access: Access) -> None:
    """What a form of the record would offer: rows of the place that the person sees and that hold in its time."""
    target: Any = record._meta.get_field(name).related_model
    span, kept = record.span(), getattr(record, f"{name}_id")
    is_limited = span is not None and issubclass(target, ProgrammeRecord)

    def rows() -> "models.QuerySet[Any]":
        found = rows_in_scope(target, access, record.municipality)
        return found.filter(holding_in(span) | models.Q(pk=kept)) if is_limited else found

    def labels() -> list[tuple[int, str]]:
        found = labels_of(type(record), [name], record.municipality, access)
        return list(found.offered(name, span if is_limited else None, [kept]).items())

    if isinstance(field, RecordField) and issubclass(target, Record):
        field.offer(target, rows, labels)
    else:
        field.queryset = rows()
