"""Texts of a row as they are stored (accounts.text): what nobody sees would be found, printed and compared."""

from django.db import models

from accounts.text import clean_text


def is_typed_text(field: "models.Field[object, object]") -> bool:
    """True for columns that hold a person's words: text without choices and without technical identifiers."""
    return isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices


def clean_row(row: models.Model) -> bool:
    """Clean every text of the row that a person has typed, before it is judged and stored; says whether any was not."""
    was_dirty = False
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname) if is_typed_text(field) else None
        if isinstance(value, str):
            cleaned = clean_text(value, is_long=isinstance(field, models.TextField))
            was_dirty |= cleaned != value
            setattr(row, field.attname, cleaned)
    return was_dirty
