"""Values of a record as a person reads them, in German."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

from accounts.access import Access
from records.fields import VagueDateField
from records.models.base import Record
from records.queries.scope import sees
from records.templatetags.german import datum, euro, number

NOTHING = "–"


def field_of(model: type[models.Model], name: str) -> Any:
    """The model field of that name, or None for a property."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def label_of(model: type[models.Model], name: str) -> str:
    """The German name of a field or property (a property says it in its docstring's first line)."""
    field = field_of(model, name)
    if field is not None:
        return str(field.verbose_name)
    prop = getattr(model, name)
    return str((prop.fget.__doc__ or name).splitlines()[0].rstrip("."))


def is_numeric(field: Any) -> bool:
    """True for columns that are set right."""
    if isinstance(field, models.PositiveSmallIntegerField) and (field.choices or field.name.endswith("year")):
        return False
    return isinstance(field, models.IntegerField | models.DecimalField)


def format_value(field: Any, value: Any) -> str:
    """A stored value of this field as text; empty values as an empty text."""
    if value is None or value == "":
        return ""
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal):
        if "Euro" in str(field.verbose_name):
            return euro(value)
        return number(value.normalize() if value % 1 else value.quantize(Decimal(1)))
    if isinstance(value, datetime | date):
        return datum(timezone.localtime(value) if isinstance(value, datetime) else value)
    if isinstance(value, int) and is_numeric(field):
        return number(value)
    return str(value)


def exchange_value(field: Any, value: Any) -> Any:
    """A stored value for CSV and XLSX: ISO dates, plain numbers, German labels for choices."""
    if value is None:
        return ""
    if isinstance(field, VagueDateField):
        return value.iso
    if getattr(field, "choices", None) or isinstance(value, bool):
        return format_value(field, value)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return value
    return str(value)


def shown(record: Record, name: str, access: Access | None = None) -> str:
    """A field or property of a record as text; links joined by a middle dot, without what the person does not see."""
    field = field_of(type(record), name)
    if field is None:
        value = getattr(record, name)
        return value if isinstance(value, str) else number(value) if value is not None else ""
    if field.many_to_many:
        return " · ".join(str(target) for target in getattr(record, name).all() if sees(access, target))
    if field.is_relation:
        target = getattr(record, name)
        return str(target) if target and sees(access, target) else ""
    return format_value(field, record.said(name))
