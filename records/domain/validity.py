"""A record names only entries of catalogues that hold in its time; what it names already stays."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from records.models import MunicipalRecord, ProgrammeRecord, Record

ENDED = "„{}“ gilt hier nicht ({}). Wählen Sie einen Eintrag, der gilt."


def check_validity(obj: Record, links: Mapping[str, Iterable[models.Model]] | None) -> None:
    """Raises ValidationError beside each field that is to name an entry which does not hold in the record's time."""
    if not isinstance(obj, MunicipalRecord):
        return
    errors: dict[str, list[ValidationError]] = {}
    for name, entry in newly_named(obj, links or {}):
        if entry.limits and not entry.holds(obj.span()):
            errors.setdefault(name, []).append(ValidationError(ENDED.format(entry, entry.limits)))
    if errors:
        raise ValidationError(errors)


def newly_named(obj: Any, links: Mapping[str, Iterable[Any]]) -> Iterable[tuple[str, ProgrammeRecord]]:
    """Entries with limits that the record names and did not name as it is stored, by field."""
    model, stored = type(obj), None
    for field in model._meta.concrete_fields:
        if not field.is_relation or not issubclass(field.related_model, ProgrammeRecord):
            continue
        entry = getattr(obj, field.name) if getattr(obj, field.attname) else None
        if entry is None or not entry.limits:
            continue
        if stored is None and not obj._state.adding:
            stored = model._default_manager.filter(pk=obj.pk).first()
        if getattr(stored, field.attname, None) != entry.pk:
            yield field.name, entry
    for name, targets in links.items():
        named = [entry for entry in targets if isinstance(entry, ProgrammeRecord) and entry.limits]
        known = set(getattr(obj, name).values_list("pk", flat=True)) if named and not obj._state.adding else set()
        yield from ((name, entry) for entry in named if entry.pk not in known)
