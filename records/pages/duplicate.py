"""A new record that begins as a copy of another one."""

from typing import Any

from django.db import models

from records.display import field_of, label_of
from records.kind import RecordKind
from records.models.agreement import not_of_a_copy, says
from records.registry import children_of

PARAMETER = "vorlage"  # ``neu/?vorlage=12`` opens the form with the values of record 12
NOT_COPIED = frozenset({"predecessor"})
SUFFIX = " (Kopie)"


def copied_values(kind: RecordKind, record: Any) -> dict[str, Any]:
    """What the form of a new record begins with: values and links, but no file, no predecessor and no sub-records.

    What has happened with the record has not happened with its copy: neither its day, nor the state that says so, nor
    what belongs to that state. Nor has the copy its number, its outcome or its sources.
    """
    values: dict[str, Any] = {}
    own = not_of_a_copy(record)
    for name in kind.field_names():
        model_field, limit = field_of(kind.model, name), kind.model.only_in.get(name)
        if name in NOT_COPIED or isinstance(model_field, models.FileField):
            continue
        if name in own or (limit and limit.field in own):
            continue
        if model_field.many_to_many:
            values[name] = list(getattr(record, name).values_list("pk", flat=True))
        else:
            values[name] = model_field.value_from_object(record)
        if name == kind.title_field and isinstance(values[name], str) and not model_field.choices:
            values[name] = values[name][: model_field.max_length - len(SUFFIX)] + SUFFIX
    return values


def lead_of_copy(kind: RecordKind, record: Any) -> str:
    """What the person should know before saving a copy."""
    left_out = [child.plural for child in children_of(kind)]
    if any(isinstance(f, models.FileField) for f in kind.model._meta.fields):
        left_out.append("Datei")
    left_out += [
        label_of(kind.model, name)
        for name in not_of_a_copy(record)
        if name in kind.field_names() and says(record, name)
    ]
    *first, last = left_out or [""]
    without = f" ohne {', '.join(first)}{' und ' if first else ''}{last}" if left_out else ""
    return f"Kopie von „{record}“{without}. Gespeichert wird erst, wenn Sie es sagen."
