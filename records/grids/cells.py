"""What a cell of a grid means: choices and relations by their codes, everything else as in a table file."""

from typing import Any

from django.db import models

from accounts.access import Access
from accounts.models import Municipality
from records.display import NOTHING, with_units
from records.fields import VagueDateField, holds_numbers
from records.kind import RecordKind
from records.parts import Option
from records.queries.scope import rows_of_place
from records.tables.values import NotUnderstood, Plain, Values

TICKED = "on"
CHOOSE = "Wählen Sie einen Eintrag aus der Liste."


class GridValues(Values):
    """Meaning and display of the cells; ``narrow`` limits what a relation offers."""

    def __init__(self, kind: RecordKind, municipality: Municipality, access: Access) -> None:
        super().__init__(kind, municipality, access)
        self.kind, self.municipality = kind, municipality
        self.offered: dict[str, dict[str, str]] = {
            name: {each: each for each in names_of(municipality)} for name, names_of in kind.chosen
        }

    def narrow(self, name: str, pks: set[int]) -> None:
        """Let the relation offer these records only."""
        labels = with_units(self.model, name, self.labels[name])
        self.offered[name] = {str(pk): label for pk, label in labels.items() if pk in pks}

    def choices(self, name: str) -> dict[str, str] | None:
        """What a cell can be chosen from, by the value that is sent; None for cells that are typed."""
        if name not in self.offered:
            field = self.fields[name]
            if field.is_relation:
                labels = with_units(self.model, name, self._held(name))
                self.offered[name] = {str(pk): label for pk, label in labels.items()}
            elif field.choices:
                self.offered[name] = {
                    str(code): str(label) for code, label in field.flatchoices if code not in ("", None)
                }
            else:
                return None
        return self.offered[name]

    def _held(self, name: str) -> dict[int, str]:
        """Entries of catalogues that hold in the time of a new row, and those that rows have already."""
        if not any(relation == name for relation, _ in self.labels.limits):
            return self.labels[name]
        initial = self.kind.initial(self.municipality) if self.kind.initial else {}
        rows: Any = rows_of_place(self.kind.model, self.municipality)
        used = set(rows.order_by().values_list(name, flat=True).distinct())
        return self.labels.offered(name, self.kind.model(**initial).span(), used)

    def options(self, name: str) -> tuple[Option, ...]:
        """The options of a select, the empty one first."""
        return Option("", NOTHING, False), *(
            Option(code, label, False) for code, label in (self.choices(name) or {}).items()
        )

    def control(self, name: str) -> str:
        """How a cell is typed: tick, choice, number, date, long (several lines) or text."""
        field = self.fields[name]
        if isinstance(field, models.BooleanField):
            return "tick"
        if self.choices(name) is not None:
            return "choice"
        if holds_numbers(field):
            return "number"
        if isinstance(field, VagueDateField):
            return "date"
        return "long" if (field.max_length or 0) > 160 else "text"

    def read(self, name: str, text: str) -> Plain:
        field = self.fields[name]
        if isinstance(field, models.BooleanField):
            return text == TICKED
        if (choices := self.choices(name)) is not None:
            if text and text not in choices:
                raise NotUnderstood(CHOOSE)
            return text
        if isinstance(field, models.CharField) and not isinstance(field, models.TextField):
            text = " ".join(text.split("\n"))
        return super().read(name, text)

    def text(self, name: str, plain: Plain) -> str:
        """A value as it stands in its cell."""
        if isinstance(plain, bool):
            return TICKED if plain else ""
        if isinstance(self.fields[name], VagueDateField):
            return self.shown(name, plain)
        return plain if isinstance(plain, str) else ""

    def cell(self, name: str, record: Any) -> str:
        """A stored value as it stands in its cell."""
        return self.text(name, self.stored(name, record))


class Signs:
    """Signs that may stand in the cell of a number: „.“ for „unbekannt oder geheim zu halten (.)“."""

    def __init__(self, values: GridValues, number: str, sign: str) -> None:
        self.number, self.sign = number, sign
        self.codes: dict[str, str] = {}
        for code, label in (values.choices(sign) or {}).items() if sign else ():
            self.codes |= {code: code, label: code, label.rpartition("(")[2].rstrip(")"): code}

    def split(self, cells: dict[str, str]) -> dict[str, str]:
        """The cells with the sign in its own field."""
        if not self.sign:
            return cells
        code = self.codes.get(cells[self.number].strip(), "")
        return cells | {self.number: "" if code else cells[self.number], self.sign: code}

    def joined(self, cells: dict[str, str]) -> dict[str, str]:
        """The cells with the sign in place of the number that is missing."""
        if not self.sign:
            return cells
        return {name: text for name, text in cells.items() if name != self.sign} | {
            self.number: cells[self.number] or cells[self.sign]
        }
