"""Writing many new rows at once, each with its links and its history row as records.domain.saving would write them.

Only for synthetic rows that nobody else knows yet; people's records go through records.domain.saving.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import models, transaction

from accounts.models import Municipality, User
from exchange.seed.rows import Rows
from records.domain.numbers import take_numbers
from records.models import MunicipalRecord, Numbered

REASON = "Erfundene Daten"
BATCH = 400


@transaction.atomic
def store(rows: Rows, moment: datetime, actor: User | None = None) -> int:
    """Store what is new as created by the actor at that moment. Returns the number of records."""
    new = list(rows)
    for model, records in new:
        number(model, rows.municipality, records)
        for record in records:
            record.created_by = record.changed_by = actor
            record.index_text()
        model._default_manager.bulk_create(records, batch_size=BATCH)
    linked = _store_links(rows)
    for model, records in new:
        own = model._default_manager.filter(municipality=rows.municipality, pk__in=[record.pk for record in records])
        own.update(created_at=moment, changed_at=moment)
        _store_history(model, records, linked, moment)
    rows.settle()
    return sum(len(records) for _, records in new)


def number(model: type[MunicipalRecord], municipality: Municipality, records: list[Any]) -> None:
    """Give each its number, as records.domain.numbers does one by one; a copy keeps that of what it copies."""
    if not issubclass(model, Numbered):
        return
    fresh = [record for record in records if getattr(record, "predecessor", None) is None]
    first = take_numbers(model, municipality, len(fresh)) if fresh else 0
    for place, record in enumerate(fresh):
        record.number = first + place
    for record in records:
        if record.number is None:
            record.number = record.predecessor.number


def _store_links(rows: Rows) -> dict[int, dict[str, list[int]]]:
    """Write the through tables. Returns the linked ids by the identity of the record."""
    linked: dict[int, dict[str, list[int]]] = defaultdict(dict)
    joined: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for record, name, targets in rows.links:
        keys = sorted({target.pk for target in targets})
        link: Any = record._meta.get_field(name)
        through = link.remote_field.through
        owner, target = f"{link.m2m_field_name()}_id", f"{link.m2m_reverse_field_name()}_id"
        joined[through] += [through(**{owner: record.pk, target: key}) for key in keys]
        if keys:
            linked[id(record)][name] = keys
    for through, pairs in joined.items():
        through._default_manager.bulk_create(pairs, batch_size=BATCH)
    return linked


def _store_history(
    model: type[MunicipalRecord], records: list[Any], linked: dict[int, dict[str, list[int]]], moment: datetime
) -> None:
    """One history row per record, of the kind „angelegt“."""
    history: Any = model.history.model
    names = {field.attname for field in history._meta.concrete_fields}
    columns = [field.attname for field in model._meta.concrete_fields if field.attname in names]
    made = []
    for record in records:
        values = {name: getattr(record, name) for name in columns} | {"created_at": moment, "changed_at": moment}
        made.append(
            history(
                **values,
                links=linked.get(id(record), {}),
                history_date=moment,
                history_user=record.created_by,
                history_type="+",
                history_change_reason=REASON,
            )
        )
    history._default_manager.bulk_create(made, batch_size=BATCH)
