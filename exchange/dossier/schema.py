"""The JSON schema of a dossier, made from the models, and the check against it with German sentences."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as SchemaError

from accounts.models import Municipality
from exchange.dossier.errors import DossierError
from exchange.dossier.fields import dossier_fields, label_of, target_of, tenant_models
from exchange.dossier.lives import lives_schema
from exchange.dossier.writing import FORMAT, VERSION
from records.fields import ExactField, VagueDateField
from records.models import Numbered, Record

UID = r"^[a-z0-9][a-z0-9._-]{0,79}$"
VAGUE = r"^\d{4}(-(\d{2}(-\d{2})?|Q[1-4]|H[12]))?$"
MOST_PROBLEMS = 30
TITLES = ("title", "subject", "name", "text", "organisation", "answer")
TYPES = {
    "string": "ein Text",
    "integer": "eine ganze Zahl",
    "number": "eine Zahl",
    "boolean": "wahr oder falsch",
    "array": "eine Liste",
    "object": "eine Gruppe von Angaben",
    "null": "leer",
}


def dossier_schema() -> dict[str, Any]:
    """The schema of version 1, after JSON Schema 2020-12."""
    labels = [label_of(model) for model in tenant_models()]
    numbered = [label_of(model) for model in tenant_models() if issubclass(model, Numbered)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT}:{VERSION}",
        "title": "Dossier einer Kommune im LSZ-Portal",
        "type": "object",
        "required": ["format", "version", "municipality", "records"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "municipality": {"type": "string", "pattern": r"^\d{5}$", "title": "Amtlicher Schlüssel"},
            "numbers": {
                "type": "object",
                "description": "Letzte vergebene Nummer je Art, wo ihr Eintrag gelöscht ist",
                "additionalProperties": False,
                "properties": {label: {"type": "integer"} for label in numbered},
            },
            **lives_schema(),
            "records": {
                "type": "object",
                "additionalProperties": False,
                "properties": {label: {"type": "array", "items": {"$ref": f"#/$defs/{label}"}} for label in labels},
            },
        },
        "$defs": {label_of(model): _record_schema(model) for model in tenant_models()},
    }


def _record_schema(model: type[Record]) -> dict[str, Any]:
    fields = dossier_fields(model)
    return {
        "type": "object",
        "title": str(model._meta.verbose_name),
        "required": ["uid", *(field.name for field in fields if _is_required(field))],
        "additionalProperties": False,
        "properties": {field.name: _described(field) for field in fields},
    }


def _is_required(field: models.Field) -> bool:
    return field.name != "uid" and not (field.blank or field.null or field.has_default())


def _described(field: models.Field) -> dict[str, Any]:
    title = {"title": str(field.verbose_name)} if field.name != "uid" else {}
    schema = _value_schema(field)
    if field.null and "type" in schema:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"].append(None)
    return title | schema


def _value_schema(field: models.Field) -> dict[str, Any]:
    """The schema of one value by the kind of its field."""
    target = target_of(field)
    if field.name == "uid" or target:
        return _reference_schema(field, target)
    if isinstance(field, models.FileField):
        part = {"type": "string"}
        return {
            "type": "object",
            "required": ["content", "name"],
            "additionalProperties": False,
            "properties": {"content": part | {"contentEncoding": "base64"}, "name": part | {"maxLength": 255}},
        }
    if field.choices:
        values = [value for value, _ in field.flatchoices]
        kind = "integer" if isinstance(values[0], int) else "string"
        return {"type": kind, "enum": values + ([""] if field.blank and kind == "string" else [])}
    for of_kind, schema in PLAIN.items():
        if isinstance(field, of_kind):
            return dict(schema)
    if isinstance(field, models.JSONField):
        return {}
    return {"type": "string"} | ({"maxLength": field.max_length} if field.max_length else {})


PLAIN: dict[type[models.Field], dict[str, Any]] = {
    VagueDateField: {"type": "string", "pattern": VAGUE},
    models.DateTimeField: {"type": "string", "format": "date-time"},
    models.DateField: {"type": "string", "format": "date"},
    ExactField: {"type": "string", "pattern": r"^-?\d{1,12}(\.\d{1,4})?$"},
    models.DecimalField: {"type": "string", "pattern": r"^-?\d{1,15}(\.\d+)?$"},
    models.BooleanField: {"type": "boolean"},
    models.IntegerField: {"type": "integer"},
    models.FloatField: {"type": "number"},
    models.BinaryField: {"type": "string", "contentEncoding": "base64"},
}


def _reference_schema(field: models.Field, target: type[models.Model] | None) -> dict[str, Any]:
    if target is None:
        return {"type": "string", "pattern": UID, "description": "Kennung, eindeutig in der Kommune"}
    named = {"type": "string", "description": f"Kennung: {label_of(target)}"}
    if target is Municipality:
        named["description"] = "Amtlicher Schlüssel der Kommune"
    if isinstance(field, models.ManyToManyField):
        return {"type": "array", "items": named, "uniqueItems": True}
    return named


def check_schema(dossier: Any) -> None:
    """Raise DossierError with a sentence for each place that does not fit, at most MOST_PROBLEMS."""
    found = sorted(
        Draft202012Validator(dossier_schema()).iter_errors(dossier), key=lambda error: list(map(str, error.path))
    )
    problems = [f"{_place(dossier, error)}: {_sentence(error)}" for error in found[:MOST_PROBLEMS]]
    if len(found) > MOST_PROBLEMS:
        problems.append(f"… und {len(found) - MOST_PROBLEMS} weitere Stellen.")
    if problems:
        raise DossierError(problems)


def place(model: type[Record], data: Any, name: str = "") -> str:
    """„Bedarf „Treffpunkte“ (bedarf-3), Feld „Stand“ (state)“."""
    texts = data if isinstance(data, dict) else {}
    title = next((str(texts[key])[:60] for key in TITLES if texts.get(key)), "")
    text = f"{model._meta.verbose_name}" + (f" „{title}“" if title else "") + f" ({texts.get('uid', 'ohne Kennung')})"
    if name in ("", "__all__"):
        return text
    known = {field.name: str(field.verbose_name) for field in dossier_fields(model) if field.name != "uid"}
    return f"{text}, Feld „{known[name]}“ ({name})" if name in known else f"{text}, Feld {name}"


def _place(dossier: Any, error: SchemaError) -> str:
    path = list(error.absolute_path)
    by_label = {label_of(model): model for model in tenant_models()}
    if len(path) >= 3 and path[0] == "records" and path[1] in by_label:
        data = dossier["records"][path[1]][path[2]]
        return place(by_label[str(path[1])], data, str(path[3]) if len(path) > 3 else "")
    return "Dossier" if not path else "Dossier, " + ".".join(str(part) for part in path)


def _sentence(error: SchemaError) -> str:
    """jsonschema's finding in German."""
    value = error.validator_value
    if error.validator == "required":
        missing = [name for name in value if name not in error.instance]
        return f"Es fehlt {', '.join(missing)}."
    if error.validator == "additionalProperties":
        return f"Unbekannt: {', '.join(_unknown(error))}."
    if error.validator == "type":
        names = [value] if isinstance(value, str) else value
        return f"Erwartet wird {' oder '.join(TYPES[name] for name in names)}."
    if error.validator in {"enum", "const"}:
        values = value if isinstance(value, list) else [value]
        possible = ", ".join(str(one) for one in values if one not in ("", None))
        return f"„{str(error.instance)[:40]}“ ist nicht möglich. Möglich: {possible}."
    if error.validator == "maxLength":
        return f"Der Text ist zu lang; möglich sind {value} Zeichen."
    if error.validator == "pattern":
        return f"„{str(error.instance)[:40]}“ hat nicht die vorgeschriebene Form."
    return f"Der Wert verletzt die Regel {error.validator}."


def _unknown(error: SchemaError) -> Iterator[str]:
    known = error.schema.get("properties", {})
    yield from (name for name in error.instance if name not in known)
