"""Taking back what was entered wrongly: records go with their own parts, and with nothing else.

Which rows are parts of which record is said by their model (``Record.part_of``). What points to a record or to one of
its parts from outside keeps all of them; so do parts that are locked or that the person may not delete.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import models, transaction

from accounts.access import Access
from accounts.models import Municipality, User
from accounts.policies import Right
from records.domain import saving
from records.domain.batches import record_batch
from records.errors import PartsChanged, RecordInUse, RecordLocked, StaleRecord
from records.models import Batch, MunicipalRecord, Record
from records.models.guard import why_locked
from records.queries.scope import sees
from records.templatetags.german import number

Key = tuple[type[models.Model], int]
Rows = dict[Key, Any]


@dataclass(frozen=True)
class Removal:
    """What the deletion of some records of one kind would mean.

    ``rows`` are all that go, in the order in which they can be deleted; ``hindered`` maps the key of a record that
    cannot be deleted to rows that depend on it, by the label of their kind, or to sentences that say why.
    """

    roots: tuple[Any, ...]
    rows: tuple[Any, ...]
    dependents: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    refusals: dict[int, list[str]] = field(default_factory=dict)

    @property
    def hindered(self) -> set[int]:
        """Keys of the records that stay."""
        return {*self.dependents, *self.refusals}

    @property
    def parts(self) -> dict[str, list[Any]]:
        """The rows that go with the records, by the label of their kind."""
        roots, found = {key_of(row) for row in self.roots}, defaultdict(list)
        for row in sorted(self.rows, key=lambda row: (row.sort_key, row.pk)):
            if key_of(row) not in roots:
                found[str(row._meta.verbose_name_plural)].append(row)
        return dict(found)

    @property
    def digest(self) -> str:
        """Names exactly these parts: what was asked about is what is deleted. Empty where there are none."""
        roots = {key_of(row) for row in self.roots}
        named = sorted(f"{row._meta.label_lower}:{row.pk}" for row in self.rows if key_of(row) not in roots)
        return hashlib.sha256(" ".join(named).encode()).hexdigest() if named else ""


def key_of(row: Any) -> Key:
    """What a row is known by."""
    return type(row), row.pk


@cache
def part_relations(model: type[models.Model]) -> tuple[tuple[type[Record], str], ...]:
    """Models whose rows are own parts of a record of this one, with the relation that leads to it."""
    records = [found for found in apps.get_models() if issubclass(found, Record)]
    named = ((found, name) for found in records for name in found.part_of)
    return tuple((found, name) for found, name in named if found._meta.get_field(name).related_model is model)


def removal_of(roots: Sequence[Any], access: Access | None) -> Removal:
    """What would go with these records, which are of one model, and what keeps them; without a person all may go.

    The number of queries depends on the kinds that are involved, not on the number of rows.
    """
    owners, rows = with_parts(roots)
    dependents: dict[int, dict[str, list[Any]]] = defaultdict(dict)
    before: dict[Key, set[Key]] = {key: set() for key in rows}
    for pointer, target in pointers(rows):
        if key_of(pointer) in rows:
            before[target].add(key_of(pointer))
            continue
        for root in owners[target]:
            named = dependents[root].setdefault(str(pointer._meta.verbose_name_plural), [])
            if pointer not in named:
                named.append(pointer)
    own = {key_of(root) for root in roots}
    closed = {key for key, row in rows.items() if key not in own and not may_delete(row, access)}
    for key in closed:
        for root in owners[key]:
            dependents[root].setdefault(str(rows[key]._meta.verbose_name_plural), []).append(rows[key])
    refusals: dict[int, list[str]] = defaultdict(list)
    for key, sentence in [*held_by_others(rows), *locks({k: row for k, row in rows.items() if k not in closed})]:
        for root in owners[key]:
            refusals[root] += [sentence] if sentence not in refusals[root] else []
    try:
        order = list(TopologicalSorter(before).static_order())
    except CycleError:
        order = list(reversed(rows))
    return Removal(tuple(roots), tuple(rows[key] for key in order), dict(dependents), dict(refusals))


def locks(rows: Rows) -> Iterator[tuple[Key, str]]:
    """Rows that are in a state in which they do not change, each with its sentence."""
    return ((key, sentence) for key, row in rows.items() if (sentence := why_locked(row)))


def with_parts(roots: Iterable[Any]) -> tuple[dict[Key, set[int]], Rows]:
    """The records and all that is part of them, with the keys of the records to which each row belongs."""
    rows: Rows = {key_of(root): root for root in roots}
    owners: dict[Key, set[int]] = {key_of(root): {root.pk} for root in roots}
    waiting = list(rows)
    while waiting:
        model = waiting[0][0]
        pks = [pk for found, pk in waiting if found is model]
        waiting = [key for key in waiting if key[0] is not model]
        for part, name in part_relations(model):
            for row in related(part).filter(**{f"{name}__in": pks}):
                key, above = key_of(row), (model, getattr(row, f"{name}_id"))
                if key not in rows:
                    rows[key], owners[key] = row, set()
                    waiting.append(key)
                owners[key] |= owners[above]
    return owners, rows


def related(model: type[Record]) -> "models.QuerySet[Any]":
    """Rows of a model with what their names and rights need."""
    joined = (*model.str_related, *(("municipality",) if issubclass(model, MunicipalRecord) else ()))
    return model._default_manager.select_related(*joined)


def pointers(rows: Rows) -> Iterator[tuple[Any, Key]]:
    """Records that point to one of the rows, each with the row."""
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, pk in rows:
        by_model[model].append(pk)
    for model, pks in by_model.items():
        for relation in model._meta.get_fields(include_hidden=True):
            source: Any = relation.related_model
            if not (relation.auto_created and (relation.one_to_many or relation.one_to_one or relation.many_to_many)):
                continue
            if isinstance(source, type) and issubclass(source, Record):
                yield from pointers_by(source, relation.field, model, pks)  # type: ignore[union-attr]


def pointers_by(
    source: type[Record], relation: Any, model: type[models.Model], pks: list[int]
) -> Iterator[tuple[Any, Key]]:
    """The same for one relation."""
    if not relation.many_to_many:
        for row in related(source).filter(**{f"{relation.name}__in": pks}):
            yield row, (model, getattr(row, relation.attname))
        return
    owner, target = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
    pairs = list(
        relation.remote_field.through._default_manager.filter(**{f"{target}__in": pks}).values_list(owner, target)
    )
    found = related(source).in_bulk({pk for pk, _ in pairs}) if pairs else {}
    for pk, target_pk in pairs:
        yield found[pk], (model, target_pk)


def held_by_others(rows: Rows) -> Iterator[tuple[Key, str]]:
    """What is no record and yet keeps a row, as steps that were taken and registrations do, with a sentence each."""
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, pk in rows:
        by_model[model].append(pk)
    for model, pks in by_model.items():
        for relation in keeping_relations(model):
            source, name = relation.related_model, relation.field.attname
            held = source._default_manager.filter(**{f"{name}__in": pks}).order_by().values_list(name)
            for pk, count in held.annotate(number=models.Count("pk")):
                one = f"Daran hängt 1 {source._meta.verbose_name}, der Eintrag bleibt."
                many = f"Daran hängen {number(count)} {source._meta.verbose_name_plural}, der Eintrag bleibt."
                yield (model, pk), one if count == 1 else many


@cache
def keeping_relations(model: type[models.Model]) -> tuple[Any, ...]:
    """Relations to a model from rows that are no records and stay; links between records are those of the records."""
    found: list[Any] = [each for each in model._meta.get_fields(include_hidden=True) if each.auto_created]
    kept = [each for each in found if getattr(each, "on_delete", None) is models.PROTECT]
    return tuple(r for r in kept if not (issubclass(r.related_model, Record) or r.related_model._meta.auto_created))


def may_delete(row: Record, access: Access | None) -> bool:
    """Whether the person may delete this row, and sees it at all."""
    if access is None:
        return True
    return sees(access, row) and row.policy.opens(Right.DELETE, access, saving.place_of(row), row)


def delete_records(
    *,
    marked: Sequence[tuple[Any, int]],
    actor: User,
    municipality: Municipality | None,
    named: str,
    reason: str = "",
    form_key: str = "",
) -> Batch | None:
    """Delete records, each in the version that was seen, with their parts: all of them or none.

    ``named`` is the digest of the parts about which the person was asked. Records of a municipality go as one batch,
    which can be undone; for those of the programme there is none. Raises PermissionDenied, StaleRecord, RecordLocked,
    RecordInUse, PartsChanged (others than those that were named would go), DuplicateSubmission.
    """
    with transaction.atomic():
        roots, versions = [record for record, _ in marked], {key_of(record): version for record, version in marked}
        for record, _ in marked:
            saving.require(Right.DELETE, record, actor)
        removal = removal_of(roots, Access(actor))
        refuse(removal, versions)
        if removal.digest != named:
            raise PartsChanged
        ordered = [(row, versions.get(key_of(row), row.version)) for row in removal.rows]
        if municipality is None:
            for row, version in ordered:
                saving.delete_record(row, version=version, actor=actor, reason=reason)
            return None
        with record_batch(
            municipality=municipality, actor=actor, summary=summary_of(removal), reason=reason, form_key=form_key
        ) as batch:
            for row, version in ordered:
                batch.delete(row, version=version)
    return batch.batch


def refuse(removal: Removal, versions: dict[Key, int]) -> None:
    """Raise what hinders the deletion: a newer version first, for the person decides anew then."""
    for root in removal.roots:
        current = type(root)._default_manager.filter(pk=root.pk).values_list("version", flat=True).first()
        if current != versions[key_of(root)]:
            raise StaleRecord
    if removal.refusals:
        raise RecordLocked(next(iter(removal.refusals.values()))[0])
    if removal.dependents:
        merged: dict[str, list[object]] = {}
        for found in removal.dependents.values():
            for label, rows in found.items():
                merged.setdefault(label, []).extend(row for row in rows if row not in merged.get(label, []))
        raise RecordInUse(merged)


def losses(removal: Removal) -> list[str]:
    """What stays and loses something: „2 Bedarfe verlieren einen Beleg“ (a query for each kind of link)."""
    by_model: dict[type[Record], list[int]] = defaultdict(list)
    for row in removal.rows:
        by_model[type(row)].append(row.pk)
    losing: dict[tuple[type[Record], str], set[int]] = defaultdict(set)
    for model, pks in by_model.items():
        for name, given in model.gives.items():
            link: Any = model._meta.get_field(name)
            owner, target = f"{link.m2m_field_name()}_id", f"{link.m2m_reverse_field_name()}_id"
            rows = link.remote_field.through._default_manager.filter(**{f"{owner}__in": pks})
            losing[link.related_model, given] |= set(rows.values_list(target, flat=True))
    return [
        f"{number(len(left))} {label_for(model, len(left))} {'verliert' if len(left) == 1 else 'verlieren'} {given}"
        for (model, given), pks in losing.items()
        if (left := pks - set(by_model.get(model, ())))
    ]


def label_for(model: type[Record], count: int) -> str:
    """„Bedarf“, „Bedarfe“."""
    return str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)


def summary_of(removal: Removal) -> str:
    """„Sitzung „2. Sitzung“ gelöscht, dazu 3 Tagesordnungspunkte und 1 Aufgabe“."""
    first = removal.roots[0]
    if len(removal.roots) == 1:
        head = f"{first._meta.verbose_name} „{first.label[:80]}“ gelöscht"
    else:
        head = f"{len(removal.roots)} {first._meta.verbose_name_plural} gelöscht"
    return f"{head}, dazu {counted(removal)}" if removal.parts else head


def counted(removal: Removal) -> str:
    """„3 Tagesordnungspunkte und 1 Aufgabe“."""
    texts = [f"{len(rows)} {label_for(type(rows[0]), len(rows))}" for rows in removal.parts.values()]
    return in_a_row(texts)


def in_a_row(texts: Sequence[str]) -> str:
    """„a, b und c“."""
    return " und ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)
