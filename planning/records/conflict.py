"""Two versions of a record side by side, when two people edited it."""

from typing import Any

from django.core.exceptions import ValidationError

from planning.models.base import Record
from planning.records.display import field_of, format_value, shown
from planning.records.form import RecordForm
from planning.records.kind import RecordKind
from planning.records.page import Conflict, ConflictField
from planning.templatetags.german import datum


def conflict_of(kind: RecordKind, form: RecordForm, stored: Record) -> Conflict:
    """What was typed against what was stored meanwhile, field by field where they differ."""
    fields = []
    for name in kind.field_names():
        mine, theirs = typed_text(form, name), shown(stored, name)
        if mine != theirs:
            label = str(field_of(kind.model, name).verbose_name)
            fields.append(ConflictField(label, mine or "–", theirs or "–"))
    who = str(stored.changed_by) if stored.changed_by else "einer Datenübernahme"
    return Conflict(who, datum(stored.changed_at), tuple(fields))


def typed_text(form: RecordForm, name: str) -> str:
    """A cleaned form value as a person reads it."""
    field: Any = field_of(form._meta.model, name)
    try:
        value = form.cleaned_data[name]
    except (KeyError, ValidationError):
        return ""
    if field.many_to_many:
        return " · ".join(str(target) for target in value)
    if field.is_relation:
        return str(value) if value else ""
    return format_value(field, value)
