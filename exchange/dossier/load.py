"""Taking over a dossier: everything or nothing, in the order in which records refer to one another.

The rule for what is already there: a record with the same uid and the same content is skipped; one with other content
is an error. Nothing is ever changed or deleted. Records that the dossier does not name stay as they are.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.models import Municipality, User
from exchange.dossier.errors import DossierError
from exchange.dossier.fields import canonical, dossier_fields, key_of, label_of, read_plain, target_of, tenant_models
from exchange.dossier.lives import take_over_lives
from exchange.dossier.schema import check_schema, place
from exchange.dossier.writing import records_of
from records.domain.numbers import GREATEST, keep_clear_of
from records.domain.saving import create_record
from records.models import MunicipalRecord, Numbered, Record

Key = tuple[type[Record], str]  # kind and uid
Rows = dict[Key, dict[str, Any]]
REASON = "Aus einem Dossier übernommen"


@dataclass
class Loader:
    """Creates records from their dossier form. ``known`` holds those that others may refer to."""

    municipality: Municipality | None
    actor: User | None
    known: dict[tuple[type[models.Model], str], models.Model] = field(default_factory=dict)
    kinds_read: set[type[models.Model]] = field(default_factory=set)
    files: list[Any] = field(default_factory=list)

    def find(self, model: type[models.Model], key: str) -> models.Model | None:
        """The record that a reference names: of this municipality, of the programme, or a municipality."""
        if model not in self.kinds_read:
            self.kinds_read.add(model)
            rows = model._default_manager.all()
            if issubclass(model, MunicipalRecord):
                rows = rows.filter(municipality=self.municipality)
            for row in rows:
                self.known.setdefault((model, key_of(row)), row)
        return self.known.get((model, key))

    def create(self, model: type[Record], data: Mapping[str, Any]) -> Record:
        """Store one record through records.domain.saving. Raises DossierError naming record and field."""
        record, links = model(), {}
        if isinstance(record, MunicipalRecord):
            assert self.municipality is not None
            record.municipality = self.municipality
        try:
            for column in dossier_fields(model):
                if column.name not in data:
                    continue
                value = self._value(column, data[column.name])
                if isinstance(column, models.ManyToManyField):
                    links[column.name] = value
                else:
                    setattr(record, column.name, value)
            self.files += [getattr(record, f.name) for f in model._meta.fields if isinstance(f, models.FileField)]
            create_record(record, actor=self.actor, links=links, reason=REASON, as_it_was=True)
        except ValidationError as error:
            raise DossierError(_sentences(model, data, error)) from error
        self.known[model, record.uid] = record
        return record

    def _value(self, column: models.Field, value: Any) -> Any:
        target = target_of(column)
        try:
            if target is None:
                return read_plain(column, value)
            if isinstance(column, models.ManyToManyField):
                return [self._target(target, key) for key in value]
            return None if value is None else self._target(target, value)
        except ValidationError as error:
            raise ValidationError({column.name: error.messages}) from error

    def _target(self, model: type[models.Model], key: str) -> models.Model:
        found = self.find(model, key)
        if found is None:
            raise ValidationError(f"{model._meta.verbose_name} „{key}“ gibt es weder im Dossier noch im Portal.")
        return found

    def discard_files(self) -> None:
        """After a failure: take back the files that were already written."""
        for file in self.files:
            if file and file._committed:
                file.storage.delete(file.name)


def read_dossier(text: str) -> dict[str, Any]:
    """Parse and check against the schema. Raises DossierError."""
    try:
        dossier = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise DossierError([f"Die Datei ist kein gültiges JSON: {error}"]) from error
    check_schema(dossier)
    return dict(dossier)


def import_dossier(dossier: Mapping[str, Any], *, actor: User | None = None) -> tuple[int, int]:
    """Take over a dossier that read_dossier has checked. Returns how many records were created and skipped.

    Raises DossierError or PermissionDenied; then nothing is stored.
    """
    municipality = Municipality.objects.filter(ags=dossier["municipality"]).first()
    if municipality is None:
        key = dossier["municipality"]
        raise DossierError(
            [f"Die Kommune {key} gibt es im Portal nicht. Laden Sie zuerst den Katalog (load_catalogue)."]
        )
    loader = Loader(municipality, actor)
    rows = _rows(dossier["records"])
    try:
        with transaction.atomic():
            wanted = _without_existing(rows, municipality)
            _take_over_numbers(dossier, municipality)
            created = {key: loader.create(key[0], wanted[key]) for key in in_order(wanted)}
            take_over_lives(dossier, created, municipality, actor)
    except BaseException:
        loader.discard_files()
        raise
    return len(wanted), len(rows) - len(wanted)


def _take_over_numbers(dossier: Mapping[str, Any], municipality: Municipality) -> None:
    """Rows without a number get one behind all that the dossier knows, whether they are borne or gone."""
    for model in tenant_models():
        if not issubclass(model, Numbered):
            continue
        borne = [row.get("number") or 0 for row in dossier["records"].get(label_of(model), [])]
        last = max([dossier.get("numbers", {}).get(label_of(model), 0), *borne])
        if 0 < last <= GREATEST:
            keep_clear_of(model, municipality, last)


def _rows(records: Mapping[str, list[dict[str, Any]]]) -> Rows:
    """All records by kind and uid; a uid that occurs twice in a kind is an error."""
    rows: Rows = {}
    for model in tenant_models():
        for data in records.get(label_of(model), []):
            if (model, data["uid"]) in rows:
                raise DossierError([f"{place(model, data)}: Diese Kennung steht zweimal im Dossier."])
            rows[model, data["uid"]] = data
    return rows


def _without_existing(rows: Rows, municipality: Municipality) -> Rows:
    """The rows that are not in the portal yet. Raises DossierError where one is there with other content."""
    wanted, problems = dict(rows), []
    for model in tenant_models():
        for stored in records_of(model, municipality):
            data = wanted.pop((model, stored["uid"]), None)
            if data is None:
                continue
            given = canonical(model, data)
            if issubclass(model, Numbered) and "number" not in data:  # of a time before numbers, or by hand
                stored.pop("number", None)
            for name in sorted(n for n in stored.keys() | given.keys() if stored.get(n) != given.get(n)):
                problems.append(f"{place(model, data, name)}: Im Portal steht ein anderer Inhalt.")  # noqa: PERF401
    if problems:
        raise DossierError(problems)
    return wanted


def in_order(rows: Mapping[Key, Mapping[str, Any]]) -> list[Key]:
    """The keys so that each record comes after those it refers to; otherwise by kind and uid."""
    sorter: TopologicalSorter[Key] = TopologicalSorter()
    for (model, uid), data in sorted(rows.items(), key=lambda row: (label_of(row[0][0]), row[0][1])):
        sorter.add((model, uid), *(key for key in _references(model, data) if key in rows))
    try:
        return list(sorter.static_order())
    except CycleError as error:
        names = ", ".join(f"{key[0]._meta.verbose_name} {key[1]}" for key in error.args[1])
        raise DossierError([f"Diese Einträge beziehen sich im Kreis aufeinander: {names}."]) from error


def _references(model: type[Record], data: Mapping[str, Any]) -> list[Key]:
    found: list[Key] = []
    for column in dossier_fields(model):
        target, value = target_of(column), data.get(column.name)
        if target and issubclass(target, Record) and value:
            found += [(target, key) for key in ([value] if isinstance(value, str) else value)]
    return found


def _sentences(model: type[Record], data: Mapping[str, Any], error: ValidationError) -> list[str]:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return [f"{place(model, data, name)}: {text}" for name, texts in by_field.items() for text in texts]
