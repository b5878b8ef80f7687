"""Values of a record as a person reads them, in German."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from accounts.access import Access
from records.fields import VagueDateField, holds_numbers
from records.models.base import Record
from records.queries.scope import sees
from records.queries.units import units_of
from records.templatetags.german import NARROW, datum, euro, number

NOTHING = "–"
BLANK = "\u00a0"  # does not break
SIGNS = {"Euro": "€", "EUR": "€", "Prozent": "%"}  # how a unit is written behind a number
ONE = {
    "Jahre": "Jahr",
    "Punkte": "Punkt",
    "Personen": "Person",
    "Wochen": "Woche",
    "Bögen": "Bogen",
    "Familien": "Familie",
}
WORDS = {"€": "Euro", "%": "Prozent"}  # and how in words


def field_of(model: type[models.Model], name: str) -> Any:
    """The model field of that name, or None for a property."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def label_of(model: type[models.Model], name: str) -> str:
    """The German name of a field or property (a property says it in its docstring's first line).

    A unit that the name holds in brackets is left out: it stands behind every number that is shown.
    """
    field = field_of(model, name)
    if field is not None:
        unit = fixed_unit(field)
        return str(field.verbose_name).removesuffix(in_brackets(unit)).removesuffix(f" in {unit}")
    prop = getattr(model, name)
    return str((prop.fget.__doc__ or name).splitlines()[0].rstrip("."))


def head_of(model: type[models.Model], name: str, unit: str = "") -> str:
    """The name where numbers stand bare, in forms, grids and files: with its unit in brackets, „Umfang (VzÄ)“."""
    field = field_of(model, name)
    return label_of(model, name) + in_brackets(unit or fixed_unit(field))


def asked_as(model: type[models.Model], name: str, unit: str = "") -> str:
    """The same in forms, where a name that says its unit already („Zahl der Personen“) does not say it twice."""
    label = label_of(model, name)
    unit = unit or fixed_unit(field_of(model, name))
    return label if re.search(rf"\b{re.escape(WORDS.get(unit, unit))}", label) else label + in_brackets(unit)


def in_brackets(unit: str) -> str:
    """„ (Euro)“, or nothing where there is no unit."""
    return f" ({WORDS.get(unit, unit)})" if unit else ""


def fixed_unit(field: Any) -> str:
    """What all numbers of a column are counted in; empty where each record says it, and for words."""
    unit = getattr(getattr(field, "model", None), "units", {}).get(getattr(field, "name", ""), "")
    return "" if unit.startswith("=") else unit


def measured_by(model: Any) -> dict[str, tuple[str, str]]:
    """Relations whose records say what numbers are counted in: ``{"criterion": ("target", "unit")}``.

    The first of the fields that are counted so, and the column of the related record.
    """
    found: dict[str, tuple[str, str]] = {}
    for name, said in model.units.items():
        relation, _, column = said.removeprefix("=").partition(".")
        if said.startswith("=") and column:
            found.setdefault(relation, (name, column))
    return found


def with_units(model: Any, relation: str, labels: Mapping[int, str]) -> dict[int, str]:
    """What a relation offers, with the unit that comes with each: „Bevölkerung (Personen)“ (a query, or none)."""
    if relation not in measured_by(model):
        return dict(labels)
    target, column = model._meta.get_field(relation).related_model, measured_by(model)[relation][1]
    units = units_of(target, column, labels)
    return {pk: label + in_brackets(units.get(pk, "")) for pk, label in labels.items()}


def with_unit(value: Any, unit: str) -> str:
    """„14 Punkte“, „12,5 %“, „120.000,00 €“: the number and its unit are never parted."""
    sign = SIGNS.get(unit, ONE.get(unit, unit) if value == 1 else unit)
    if sign == "€":
        return euro(value)
    if isinstance(value, Decimal):
        value = value.normalize() if value % 1 else value.quantize(Decimal(1))
    return behind(number(value), sign)


def behind(written: str, sign: str) -> str:
    """A number and what stands behind it; a unit that begins with a number is a factor („3,1 × 1 000 Familien“)."""
    if not sign:
        return written
    blank = NARROW if sign == "%" else f"{BLANK}×{BLANK}" if sign[0].isdigit() else BLANK
    return f"{written}{blank}{sign}"


def is_numeric(field: Any) -> bool:
    """True for columns that are set right."""
    if isinstance(field, models.PositiveSmallIntegerField) and (field.choices or field.name.endswith("year")):
        return False
    return holds_numbers(field)


def format_value(field: Any, value: Any, unit: str = "") -> str:
    """A stored value of this field as text, numbers with the unit of the column or the given one.

    Empty values as an empty text. A field that shows its values in another way has ``in_words``.
    """
    if value is None or value == "":
        return ""
    if hasattr(field, "in_words"):
        return str(field.in_words(value))
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Decimal):
        return with_unit(value, unit or fixed_unit(field))
    if isinstance(value, datetime | date):
        return datum(timezone.localtime(value) if isinstance(value, datetime) else value)
    if isinstance(value, int) and is_numeric(field):
        return with_unit(value, unit or fixed_unit(field))
    return str(value)


def exchange_value(field: Any, value: Any) -> Any:
    """A stored value for CSV and XLSX: ISO dates, plain numbers, German labels for choices."""
    if value is None:
        return ""
    if isinstance(value, FieldFile):
        return file_name(value.instance)
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


def file_name(record: Any) -> str:
    """What the person called the file that she uploaded; where it is stored concerns nobody."""
    return getattr(record, "original_name", "") or "Datei"


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
    value = record.said(name)
    return (
        file_name(record)
        if isinstance(value, FieldFile) and value
        else format_value(field, value, record.unit_of(name))
    )
