"""Rows that are built in memory, in the order in which they can be stored."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from accounts.models import Municipality
from records.models import MunicipalRecord

R = TypeVar("R", bound=MunicipalRecord)
UID = "seed-"


@dataclass
class Rows:
    """The records of one municipality and their links. A row comes after those it points to.

    They can be stored in several goes: what is stored stays, so that later rows may point to it.
    """

    municipality: Municipality
    prefix: str = UID
    batches: dict[tuple[type[MunicipalRecord], int], list[Any]] = field(default_factory=dict)
    links: list[tuple[MunicipalRecord, str, Sequence[Any]]] = field(default_factory=list)
    adopted: dict[type[MunicipalRecord], list[Any]] = field(default_factory=dict)
    count: int = 0

    def add(self, model: type[R], wave: int = 0, links: dict[str, Sequence[Any]] | None = None, **values: Any) -> R:
        """Build a row. Rows of one kind that point to each other stand in different waves."""
        self.count += 1
        uid = f"{self.prefix}{self.count}"
        row = model(municipality=self.municipality, uid=uid, is_example=True, **values)
        self.batches.setdefault((model, wave), []).append(row)
        self.links += [(row, name, targets) for name, targets in (links or {}).items()]
        return row

    def adopt(self, records: Iterable[MunicipalRecord]) -> None:
        """Take in records that are stored already."""
        for record in records:
            self.adopted.setdefault(type(record), []).append(record)

    def of(self, model: type[R]) -> list[R]:
        """All rows of a kind so far."""
        own = [row for (kind, _), rows in self.batches.items() if kind is model for row in rows]
        return [*self.adopted.get(model, ()), *own]

    def settle(self) -> None:
        """Everything so far is stored."""
        for (model, _), records in self.batches.items():
            self.adopted.setdefault(model, []).extend(records)
        self.batches.clear()
        self.links.clear()

    def __iter__(self) -> Iterator[tuple[type[MunicipalRecord], list[Any]]]:
        """What is not stored yet, batch by batch."""
        for model in dict.fromkeys(kind for kind, _ in self.batches):
            for key in sorted((key for key in self.batches if key[0] is model), key=lambda key: key[1]):
                yield model, self.batches[key]
