"""Forms with tables: fields of one record and rows of several kinds on one page, sent and stored together.

A row is a record, stored or proposed; it is empty where nothing is typed in the fields that say something
(``anchors``). A stored row that is emptied is deleted, a proposed one is left out.
"""

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BoundField
from django.http import QueryDict

from records.domain.batches import Recorder
from records.forms.formats import say_format
from records.forms.long_text import LongText, ReadsTexts
from records.forms.record import CHOOSE, REQUIRED, answer_to, formfield_for, set_up_widget, speak_german
from records.models import MunicipalRecord
from records.models.agreement import new_questions

BEHIND = (
    "Inzwischen hat hier jemand gespeichert. Ihre Eingaben sind erhalten; vergleichen Sie sie mit dem "
    "Gespeicherten und speichern Sie noch einmal."
)
Choices = Mapping[str, Sequence[tuple[Any, str]]]


@dataclass(frozen=True)
class Row:
    """A row: ``label`` and ``note`` stand before its fields."""

    key: str
    record: MunicipalRecord
    label: str = ""
    note: str = ""


@dataclass(frozen=True)
class RowTable:
    """Rows of one kind. ``head`` is the heading of their labels; without one rows are only numbered."""

    code: str
    heading: str
    names: tuple[str, ...]
    anchors: tuple[str, ...]
    rows: tuple[Row, ...]
    head: str = ""
    hint: str = ""
    relation: str = ""  # of the rows to the record of the form

    @property
    def model(self) -> type[MunicipalRecord]:
        """The kind of the rows."""
        return type(self.rows[0].record)


@dataclass(frozen=True)
class DrawnRow:
    """A row on the page."""

    label: str
    note: str
    fields: tuple[BoundField, ...]


@dataclass(frozen=True)
class DrawnTable:
    """A table on the page."""

    code: str
    heading: str
    head: str
    hint: str
    heads: tuple[str, ...]
    rows: tuple[DrawnRow, ...]


def columns_of(model: type[models.Model], names: Sequence[str], choices: Choices) -> dict[str, forms.Field]:
    """The fields of a model as its own form has them; relations by the choices that are given for them."""
    made = {}
    for name in names:
        column: Any = model._meta.get_field(name)
        if name in choices:
            options = [("", CHOOSE), *choices[name]]
            found: Any = forms.TypedChoiceField(
                choices=options, coerce=int, empty_value=None, label=column.verbose_name
            )
            found.required = not column.blank
        else:
            found = formfield_for(column)
        speak_german(found)
        say_format(name, found)
        set_up_widget(found)
        found.needed_when = getattr(model, "needed_when", {}).get(name, "")
        made[name] = found
    return made


class RowedForm(ReadsTexts, forms.Form):
    """Fields of ``record`` (``names``) and tables. ``seen`` tells what was stored when the page was opened."""

    confirmation = ""
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        tables: Sequence[RowTable] = (),
        record: Any = None,
        names: Sequence[str] = (),
        choices: Choices | None = None,
    ) -> None:
        self.tables, self.record, self.names = tuple(each for each in tables if each.rows), record, tuple(names)
        self.state = self._stored()
        initial: dict[str, Any] = {"form_key": str(uuid.uuid4()), "seen": self.state}
        super().__init__(data, initial=initial)
        choices = choices or {}
        if record is not None:
            self.fields |= columns_of(type(record), self.names, choices)
            self.initial.update({name: getattr(record, name) for name in self.names})
        for table, row, name in self._cells():
            self._add_cell(table, row, name, choices)

    def _add_cell(self, table: RowTable, row: Row, name: str, choices: Choices) -> None:
        made = columns_of(table.model, [name], choices)[name]
        number = table.rows.index(row) + 1
        if isinstance(made.widget, LongText):
            made.widget = forms.Textarea(made.widget.attrs)  # a row has no room for what belongs to a long text
        made.widget.attrs |= {"class": look_of(made), "aria-label": f"{made.label}, {row.label or f'Zeile {number}'}"}
        made.needed, made.required = made.required, False  # type: ignore[attr-defined]
        made.help_text = ""  # a row has no room for it; nothing may point to what is not there
        key = cell_name(table, row, name)
        self.fields[key] = made
        self.initial[key] = getattr(row.record, attname_of(row.record, name))

    def _cells(self) -> Iterator[tuple[RowTable, Row, str]]:
        return ((table, row, name) for table in self.tables for row in table.rows for name in table.names)

    def _stored(self) -> str:
        """What is stored now of all that the form writes."""
        records = [self.record, *(row.record for table in self.tables for row in table.rows)]
        text = " ".join(f"{each._meta.model_name}:{each.pk}:{each.version}" for each in records if each and each.pk)
        return hashlib.sha256(text.encode()).hexdigest()

    # ------------------------------------------------ the page
    def drawn(self) -> tuple[DrawnTable, ...]:
        """The tables as the page draws them."""
        return tuple(
            DrawnTable(
                table.code,
                table.heading,
                table.head,
                table.hint,
                tuple(str(self.fields[cell_name(table, table.rows[0], name)].label) for name in table.names),
                tuple(
                    DrawnRow(row.label, row.note, tuple(self[cell_name(table, row, name)] for name in table.names))
                    for row in table.rows
                ),
            )
            for table in self.tables
        )

    def of_record(self) -> Iterator[BoundField]:
        """The fields of the record."""
        return (self[name] for name in self.names)

    # ------------------------------------------------ judging
    def clean(self) -> dict[str, Any]:
        """Rows with anything in them need what their kind needs; what others stored meanwhile is not overwritten."""
        cleaned = super().clean() or self.cleaned_data
        for table, row, name in self._cells():
            key = cell_name(table, row, name)
            needed = getattr(self.fields[key], "needed", False)
            if needed and not self._is_empty(table, row) and cleaned.get(key) in (None, "") and key not in self.errors:
                self.add_error(key, REQUIRED)
        if not self.errors and cleaned.get("seen") != self.state:
            renewed: Any = self.data.copy()
            renewed["seen"], self.data = self.state, renewed
            self.add_error(None, BEHIND)
        if not self.errors:
            self._judge_records()
        return cleaned

    def _is_empty(self, table: RowTable, row: Row) -> bool:
        cells = (cell_name(table, row, name) for name in table.anchors)
        return all(not str(self.data.get(cell, "")).strip() for cell in cells)

    def _judge_records(self) -> None:
        """What the kinds refuse stands beside its field, what they ask about above the form."""
        asked: list[str] = []
        if self.record is not None:
            self._put(self.record, {name: self.cleaned_data[name] for name in self.names})
            asked += self._judged(self.record, {})
        for table, row in self.typed_rows():
            values = {name: self.cleaned_data[cell_name(table, row, name)] for name in table.names}
            self._put(row.record, values)
            asked += self._judged(row.record, {name: cell_name(table, row, name) for name in table.names}, row.label)
        if asked and not self.errors and self.data.get("bestaetigt") != answer_to(asked):
            self.confirmation = answer_to(asked)
            self.add_error(None, [*asked])

    def typed_rows(self) -> Iterator[tuple[RowTable, Row]]:
        """The rows in which something stands."""
        return ((t, row) for t in self.tables for row in t.rows if not self._is_empty(t, row))

    @staticmethod
    def _put(record: Any, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            setattr(record, attname_of(record, name), value)

    def _judged(self, record: Any, cells: Mapping[str, str], label: str = "") -> list[str]:
        missing = [f.name for f in record._meta.concrete_fields if f.is_relation and getattr(record, f.attname) is None]
        try:
            record.full_clean(exclude=["uid", *missing], validate_unique=False)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                place = cells.get(name, name)
                self.add_error(place if place in self.fields else None, errors)
            return []
        return [f"{label}: {text}" if label else text for text in new_questions(record, {})]

    # ------------------------------------------------ storing
    def write(self, batch: Recorder, *, example: bool = False) -> None:
        """Store the record and its rows. Raises ValidationError, StaleRecord, RecordLocked, PermissionDenied."""
        if self.record is not None:
            self._store(batch, self.record, self.names, example=example)
        for table in self.tables:
            for row in table.rows:
                if table.relation:
                    setattr(row.record, table.relation, self.record)
                if not self._is_empty(table, row):
                    cells = [cell_name(table, row, name) for name in table.names]
                    self._store(batch, row.record, cells, example=example)
                elif row.record.pk:
                    batch.delete(row.record, version=row.record.version)

    def _store(self, batch: Recorder, record: MunicipalRecord, names: Sequence[str], *, example: bool) -> None:
        if record.pk is None:
            record.is_example = example
            batch.create(record)
        elif set(names) & set(self.changed_data):
            batch.update(record, version=record.version)


def look_of(made: forms.Field) -> str:
    """The class of a cell: what holds words gets the room."""
    if isinstance(made.widget, forms.Select):
        return "kern-form-input__select"
    if isinstance(made.widget, forms.CheckboxInput):
        return "ck"
    return "cell cell--text" if type(made) is forms.CharField and "inputmode" not in made.widget.attrs else "cell"


def cell_name(table: RowTable, row: Row, name: str) -> str:
    """The name of a cell in the form."""
    return f"{table.code}-{row.key}-{name}"


def attname_of(record: Any, name: str) -> str:
    """Where the record keeps the value of a field: relations as keys."""
    found: str = record._meta.get_field(name).attname
    return found
