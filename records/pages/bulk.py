"""Changing marked rows of a list: what the bar offers, and what was asked for."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.text import capfirst

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from records.display import field_of, label_of
from records.domain.bulk import FieldChange, Mode
from records.filters import FilterBar
from records.forms.record import CONFIRMED
from records.kind import RecordKind
from records.parts import BulkBar, BulkField, Option, Row
from records.queries.scope import rows_in_scope
from records.text import labelled, whole_number

# Names in the form. A mark is ``12:3``: record 12 in version 3; ``SHOWN`` holds the marks of the whole page, for ALL.
MARK, ALL, SHOWN, ACTION, VALUE, KEY = "zeile", "alle", "auf_der_seite", "aktion", "wert_", "form_key"
EMPTY = "leer"  # the choice that takes a value away
LINK_MODES = {Mode.ADD: "hinzufügen", Mode.REPLACE: "ersetzen", Mode.REMOVE: "entfernen"}
MARK_SOME = "Markieren Sie mindestens einen Eintrag."
CHOOSE_ACTION = "Wählen Sie, was Sie ändern möchten."
CHOOSE_VALUE = "Wählen Sie bei „{}“ einen Eintrag aus der Liste."


class NotPossible(ValueError):
    """What was asked for cannot be done; ``str()`` is a German sentence."""


@dataclass
class Asked:
    """What was sent: marked ids with the versions that were seen, the field and what to do with it."""

    marks: dict[int, int]
    name: str = ""
    mode: Mode | None = None
    chosen: dict[str, list[str]] = field(default_factory=dict)
    form_key: str = ""
    error: str = ""
    answer: str = ""  # what was ticked, then what answers the questions


def read_asked(kind: RecordKind, sent: QueryDict) -> Asked:
    """Everything in the form that means something; the rest is ignored."""
    texts = sent.getlist(MARK) + (sent.get(SHOWN, "").split() if sent.get(ALL) else [])
    pairs = [(whole_number(pk), whole_number(version)) for pk, _, version in (text.partition(":") for text in texts)]
    name, _, mode = sent.get(ACTION, "").partition(":")
    known = name in kind.bulk and mode in list(Mode)
    key = sent.get(KEY, "")
    return Asked(
        marks={pk: version for pk, version in pairs if pk is not None and version is not None},
        name=name if known else "",
        mode=Mode(mode) if known else None,
        chosen={name: sent.getlist(VALUE + name) for name in kind.bulk},
        answer=sent.get(CONFIRMED, ""),
        form_key=key if key.isascii() and key.isprintable() and len(key) <= 36 else "",
    )


def change_of(kind: RecordKind, asked: Asked, municipality: Municipality | None, access: Access) -> FieldChange:
    """The wanted change with the records it names. Raises NotPossible."""
    if not asked.marks:
        raise NotPossible(MARK_SOME)
    if asked.mode is None:
        raise NotPossible(CHOOSE_ACTION)
    model_field, label = field_of(kind.model, asked.name), label_of(kind.model, asked.name)
    values = [value for value in asked.chosen[asked.name] if value]
    if not values:
        raise NotPossible(CHOOSE_VALUE.format(label))
    if model_field.many_to_many:
        targets = named_targets(model_field, values, municipality, access)
        if not targets or asked.mode not in LINK_MODES:
            raise NotPossible(CHOOSE_VALUE.format(label))
        text = f"{label} {LINK_MODES[asked.mode]}: {', '.join(str(target) for target in targets)}"
        return FieldChange(model_field, asked.mode, text, targets=targets, access=access)
    try:
        value, shown = single_value(model_field, values[0], municipality, access)
    except LookupError as error:
        raise NotPossible(CHOOSE_VALUE.format(label)) from error
    return FieldChange(model_field, Mode.SET, labelled(label, shown), value)


def named_targets(
    model_field: Any, values: list[str], municipality: Municipality | None, access: Access
) -> tuple[Any, ...]:
    """The records with these ids; empty where one of them is unknown or foreign."""
    keys = {whole_number(value) for value in values}
    if None in keys:
        return ()
    found = tuple(rows_in_scope(model_field.related_model, access, municipality).filter(pk__in=keys))
    return found if len(found) == len(keys) else ()


def single_value(model_field: Any, text: str, municipality: Municipality | None, access: Access) -> tuple[Any, str]:
    """The value that a choice stands for, and how it is called. Raises LookupError."""
    if text == EMPTY and model_field.blank and not isinstance(model_field, models.BooleanField):
        return (None if model_field.null else ""), "ohne Angabe"
    if model_field.is_relation:
        (target,) = named_targets(model_field, [text], municipality, access) or (None,)
        if target is None:
            raise LookupError(text)
        return target, str(target)
    if isinstance(model_field, models.BooleanField):
        return {"ja": True, "nein": False}[text], text
    return {str(value): (value, str(label)) for value, label in model_field.flatchoices}[text]


def marked_records(
    kind: RecordKind, asked: Asked, municipality: Municipality | None, change: FieldChange, access: Access
) -> list[tuple[Any, int]]:
    """The marked rows with the versions that were seen. Raises NotPossible for what is not in the list."""
    rows = kind.rows(access, municipality).filter(pk__in=asked.marks)
    if change.field.many_to_many:
        rows = rows.prefetch_related(change.field.name)
    found = [(record, asked.marks[record.pk]) for record in rows]
    if len(found) < len(asked.marks):
        raise NotPossible("Ein markierter Eintrag gehört nicht mehr zu dieser Liste. Markieren Sie neu.")
    return found


def bulk_bar(
    bar: FilterBar, municipality: Municipality | None, access: Access, rows: Iterable[Row], asked: Asked | None
) -> BulkBar | None:
    """The bar with the fields of the kind; after a refusal with the choices that were made. None: nothing to do."""
    asked, kind = asked or Asked({}), bar.kind
    fields = kind.bulk if kind.allows(Right.CHANGE, access, municipality) else ()
    may_delete = kind.is_tenant and kind.deletable and kind.allows(Right.DELETE, access, municipality)
    if not fields and not may_delete:
        return None
    return BulkBar(
        url=bar.address(kind.url("bulk", municipality)),
        fields=tuple(bulk_field(bar, name, asked) for name in fields),
        delete_url=bar.address(kind.url("bulk_delete", municipality)) if may_delete else "",
        shown=" ".join(f"{row.pk}:{row.version}" for row in rows),
        form_key=str(uuid.uuid4()),
        count=len(asked.marks),
        error=asked.error,
        answer=asked.answer if asked.error else "",
    )


def bulk_field(bar: FilterBar, name: str, asked: Asked) -> BulkField:
    """One field of the bar with its control and its buttons."""
    model_field, label = field_of(bar.kind.model, name), label_of(bar.kind.model, name)
    pairs = bar.options(name)
    if not model_field.many_to_many:
        is_optional = model_field.blank and not isinstance(model_field, models.BooleanField)
        pairs = [("", "Bitte wählen"), *pairs, *([(EMPTY, "ohne Angabe")] if is_optional else [])]
    chosen = asked.chosen.get(name, [])
    modes = LINK_MODES if model_field.many_to_many else {Mode.SET: "setzen"}
    subject = "Auswahl" if isinstance(model_field, models.BooleanField) else label
    return BulkField(
        name=VALUE + name,
        label=capfirst(label),
        options=tuple(Option(value, text, value in chosen) for value, text in pairs),
        buttons=tuple(
            Option(f"{name}:{mode}", f"{subject} {verb}", mode == asked.mode) for mode, verb in modes.items()
        ),
        is_links=model_field.many_to_many,
        is_open=bool(asked.error) and name == asked.name,
    )
