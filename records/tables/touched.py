"""The stored rows that typed rows mean, by identifier or by what makes a row of the kind unique; no others are read."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from accounts.access import Access
from accounts.models import Municipality
from records.kind import RecordKind
from records.number_form import whole_text
from records.tables.values import Plain, Values
from records.tables.writing import exported
from records.text import whole_number

T = TypeVar("T")
Key = tuple[str, ...]
Found = tuple[Any, dict[str, Any]]  # a record and its exported values by field
AT_ONCE = 200  # rows asked for in one query


class Touched:
    """What is stored of the rows that were asked for."""

    def __init__(self, kind: RecordKind, municipality: Municipality, access: Access, values: Values) -> None:
        self.kind, self.municipality, self.access, self.values = kind, municipality, access, values
        self.by_uid: dict[str, Found] = {}
        self.by_key: dict[Key, Found] = {}

    def read_uids(self, uids: Iterable[str]) -> None:
        """Read the records with these identifiers."""
        for some in portions(list(dict.fromkeys(uids))):
            self._note(self._rows().filter(uid__in=some))

    def read_keys(self, keys: Iterable[Key]) -> None:
        """Read the records with these keys, as far as a database can hold them."""
        conditions = [found for key in dict.fromkeys(keys) if (found := self._condition(key)) is not None]
        for some in portions(conditions):
            wanted = Q()
            for condition in some:
                wanted |= condition
            self._note(self._rows().filter(wanted))

    def key_of(self, plain: dict[str, Plain]) -> Key | None:
        """The key that these values make, or None where one of them is missing."""
        key = tuple(str(plain.get(name, "")) for name in self.kind.key)
        return key if key and all(key) else None

    def _rows(self) -> QuerySet[Any]:
        return self.kind.rows(self.access, self.municipality)

    def _note(self, rows: QuerySet[Any]) -> None:
        for record, texts in exported(self.kind, rows, self.access, self.values.labels):
            record.municipality = self.municipality  # known; the rules of the model would read it for each row
            self.by_uid[record.uid] = record, texts
            key = self.key_of({name: self.values.stored(name, record) for name in self.kind.key})
            if key is not None:
                self.by_key[key] = record, texts

    def _condition(self, key: Key) -> Q | None:
        return Q(**dict(found)) if (found := list(self._parts(key))) and len(found) == len(key) else None

    def _parts(self, key: Key) -> Iterator[tuple[str, Any]]:
        """Columns and values; a part that is no value of its column is left out."""
        for name, text in zip(self.kind.key, key, strict=True):
            field = self.values.fields[name]
            is_number = field.is_relation or isinstance(field, models.IntegerField)
            value = whole_number(whole_text(text)) if is_number else text
            if value is not None:
                yield field.attname, value


def portions(items: list[T]) -> Iterator[list[T]]:
    """The items, so many at once as a query may ask for."""
    for begin in range(0, len(items), AT_ONCE):
        yield items[begin : begin + AT_ONCE]
