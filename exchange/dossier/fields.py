"""Which models and fields stand in a dossier, and how a value is written and read.

Vague dates in their ISO form, decimals as text with all places, references by uid (municipalities by official key),
files as name and base64. People, times, versions and history are left out: they belong to one portal.
"""

import base64
import binascii
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models

from accounts.models import Municipality, User
from records.fields import VagueDateField, has_decimals
from records.models import MunicipalRecord, ProgrammeRecord, Record
from records.uploads import suffix_of

OF_THE_PORTAL = {field.name for field in Record._meta.get_fields()} - {"uid"} | {"id", "municipality"}
Json = Any


def label_of(model: type[models.Model]) -> str:
    """The name of a kind in dossiers; it outlives that the model moves to another room."""
    return getattr(model, "dossier_label", "") or model._meta.label_lower


@cache
def tenant_models() -> tuple[type[MunicipalRecord], ...]:
    """Every kind of record of a municipality, by label."""
    found = [model for model in apps.get_models() if issubclass(model, MunicipalRecord) and model.in_dossier]
    return tuple(sorted(found, key=label_of))


@cache
def programme_models() -> tuple[type[ProgrammeRecord], ...]:
    """Every kind of record of the programme, by label."""
    found = [model for model in apps.get_models() if issubclass(model, ProgrammeRecord)]
    return tuple(sorted(found, key=label_of))


@cache
def dossier_fields(model: type[Record]) -> tuple[models.Field, ...]:
    """The fields of a model that stand in a dossier, by name; ``uid`` is one of them."""
    fields: list[models.Field] = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return tuple(sorted((field for field in fields if _belongs(field)), key=lambda field: field.name))


def _belongs(field: models.Field) -> bool:
    automatic = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    of_this_portal = field.name in getattr(field.model, "out_of_dossier", ())
    return not (field.name in OF_THE_PORTAL or automatic or of_this_portal or target_of(field) is User)


def target_of(field: models.Field) -> type[models.Model] | None:
    """The model that a reference or link points to; None for a plain value."""
    return field.related_model if isinstance(field, models.ForeignKey | models.ManyToManyField) else None


def key_of(target: Any) -> str:
    """The name of a record in a dossier."""
    return str(target.ags if isinstance(target, Municipality) else target.uid)


def write_record(record: Record) -> dict[str, Json]:
    """The record as it stands in a dossier. Empty values are left out unless the field's default is not empty."""
    written = {}
    for field in dossier_fields(type(record)):
        value = write_value(record, field)
        if value not in (None, "", []) or not _is_empty_by_default(field):
            written[field.name] = value
    return written


def _is_empty_by_default(field: models.Field) -> bool:
    return isinstance(field, models.ManyToManyField) or field.get_default() in (None, "")


def write_value(record: Record, field: models.Field) -> Json:
    """One value in the dossier's form."""
    if isinstance(field, models.ManyToManyField):
        return sorted(key_of(target) for target in getattr(record, field.name).all())
    value = getattr(record, field.name)
    if value is None:
        return None
    if isinstance(field, models.ForeignKey):
        return key_of(value)
    if isinstance(field, models.FileField):
        return _write_file(record, value) if value else None
    return write_plain(field, value)


def write_plain(field: models.Field, value: Any) -> Json:
    """A value that is no reference and no file."""
    if value is None:
        return None
    if isinstance(field, VagueDateField):
        return value.iso
    if has_decimals(field):
        return f"{value:.{field.decimal_places}f}"
    if isinstance(field, models.BinaryField):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _write_file(record: Record, file: Any) -> dict[str, str]:
    """The stored name is random and differs from portal to portal; the name the sender gave is kept."""
    name = getattr(record, "original_name", "") or f"datei{suffix_of(file.name)}"
    with file.open("rb") as content:
        return {"content": base64.b64encode(content.read()).decode(), "name": name}


def read_plain(field: models.Field, value: Json) -> Any:
    """The Python value of a value that is no reference. Raises ValidationError with a German sentence."""
    if isinstance(value, str) and "\0" in value:
        raise ValidationError("Der Text enthält ein Zeichen, das nicht gespeichert werden kann (U+0000).")
    if value is None or value == "":
        return None if field.null else ""
    try:
        if isinstance(field, models.FileField):
            return ContentFile(base64.b64decode(value["content"], validate=True), name=value["name"])
        if isinstance(field, models.BinaryField):
            return base64.b64decode(value, validate=True)
        if has_decimals(field):
            return Decimal(value)
    except (binascii.Error, InvalidOperation) as error:
        raise ValidationError("Der Wert ist nicht lesbar.") from error
    return field.to_python(value)


def canonical(model: type[Record], data: dict[str, Json]) -> dict[str, Json]:
    """A hand-written record in the form that the export writes, for comparison. Raises ValidationError."""
    written: dict[str, Json] = {}
    for field in dossier_fields(model):
        given = field.name in data
        if isinstance(field, models.ManyToManyField):
            value: Json = sorted(set(data.get(field.name, [])))
        elif target_of(field) or isinstance(field, models.FileField):
            value = data.get(field.name)
        else:
            plain = read_plain(field, data[field.name]) if given else field.to_python(field.get_default())
            value = write_plain(field, plain)
        if value not in (None, "", []) or not _is_empty_by_default(field):
            written[field.name] = value
    return written
