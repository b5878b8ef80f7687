"""What would happen if a table were read in: additions, changes, errors. Nothing is stored here.

A row with an identifier changes that record; a cell that still holds what was exported changes nothing, whatever it
means. A row without identifier is a new record; its empty cells begin with what the form would propose. Every row that
changes something goes through the form of its kind, so that rules and sentences are the same as there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from records.display import NOTHING
from records.domain.table_import import Entry
from records.forms.record import form_class_for
from records.kind import RecordKind
from records.models.guard import why_locked
from records.parts import ImportRow, TypedChange
from records.tables.files import TypedTable, UnreadableTable
from records.tables.values import NotUnderstood, Plain, Values, normal, without_apostrophe
from records.tables.writing import IDENTIFIER, VERSION, exported
from records.text import fold

UID, EDITION = "uid", "version"
NEW, CHANGED, WRONG = "neu", "geändert", "fehlerhaft"
UNKNOWN = "Diese Kennung gibt es in dieser Liste nicht. Leeren Sie die Zelle, wenn der Eintrag neu sein soll."
TWICE = "Diese Kennung steht schon in einer Zeile darüber."
NO_VERSION = "Die Fassung fehlt. Nehmen Sie sie aus der ausgegebenen Liste, damit keine fremde Änderung verloren geht."
SINCE = "Seit der Ausgabe geändert: Jetzt steht hier „{}“. Geben Sie die Liste neu aus."
NOT_YOURS = "Diesen Eintrag ändern Sie nicht: Er ist nicht von Ihnen."


@dataclass(frozen=True)
class RawRow:
    """A row with its cells by field name; ``problems`` are cells that cannot be taken at all."""

    number: int
    uid: str
    version: str
    cells: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The form in which a row waits (planning.models.TableImport)."""
        return {"number": self.number, "uid": self.uid, "version": self.version, "cells": self.cells}


@dataclass
class Checked:
    """The result: ``entries`` can be written when there is no error."""

    rows: list[ImportRow] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    additions: int = 0
    changes: int = 0
    unchanged: int = 0
    errors: int = 0


def match_columns(values: Values, table: TypedTable) -> tuple[list[RawRow], list[str]]:
    """Rows by field name, and the heads that no field has. Raises UnreadableTable."""
    names = {fold(head): name for name, head in values.heads.items()}
    names |= {fold(IDENTIFIER): UID, fold(VERSION): EDITION}
    columns = {index: names[fold(head)] for index, head in enumerate(table.heads) if fold(head) in names}
    unknown = [head for index, head in enumerate(table.heads) if head and index not in columns]
    if not set(columns.values()) - {UID, EDITION}:
        raise UnreadableTable(
            "In der ersten Zeile steht keine Spalte dieser Liste. Geben Sie zuerst die Liste aus und ändern Sie diese."
        )
    twice = [table.heads[i] for i, name in columns.items() if list(columns.values()).count(name) > 1]
    if twice:
        raise UnreadableTable(f"Die Spalte „{twice[0]}“ gibt es mehrmals. Lassen Sie nur eine stehen.")
    rows = []
    for row in table.rows:
        typed = {name: row.cells[index] for index, name in columns.items() if index < len(row.cells)}
        texts = {name: normal(typed[name].text) if name in typed else "" for name in columns.values()}
        problems = {name: cell.problem for name, cell in typed.items() if cell.problem}
        uid, version = without_apostrophe(texts.pop(UID, "")), texts.pop(EDITION, "")
        rows.append(RawRow(row.number, uid, version, texts, problems))
    return rows, unknown


@dataclass
class Draft:
    """A row on its way: the values before and after, and what is wrong with it."""

    row: RawRow
    record: Any
    before: dict[str, Plain]
    after: dict[str, Plain] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    row_errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.after, self.errors = dict(self.before), dict(self.row.problems)

    def changed(self) -> list[str]:
        """Fields whose value is new or cannot be taken."""
        return [name for name in self.before if self.after[name] != self.before[name] or name in self.errors]


class TableCheck:
    """Compares rows with what is stored now. One instance per check: it reads the list once."""

    def __init__(self, kind: RecordKind, municipality: Municipality, access: Access, values: Values) -> None:
        self.kind, self.municipality, self.access, self.values = kind, municipality, access, values
        self.stored: dict[str, tuple[Any, dict[str, Any]]] = {}
        for record, texts in exported(kind, kind.rows(access, municipality), access):
            record.municipality = municipality  # known; the rules of the model would read it for each row
            self.stored[record.uid] = record, texts
        initial = kind.initial(municipality) if kind.initial else {}
        self.blank = self._plain(kind.model(**initial))
        self.form = form_class_for(kind)({}, kind=kind, municipality=municipality, access=access)
        self.links = [name for name, model_field in values.fields.items() if model_field.many_to_many]
        self.seen: set[str] = set()
        self.result = Checked()

    def run(self, rows: Iterable[RawRow]) -> Checked:
        """Look at every row."""
        for row in rows:
            draft = self._known(row) if row.uid else self._new(row)
            if draft is not None:
                self._finish(draft)
        return self.result

    def _plain(self, record: Any) -> dict[str, Plain]:
        return {name: self.values.stored(name, record) for name in self.values.fields}

    def _known(self, row: RawRow) -> Draft | None:
        """A row that names a record; None where there is nothing more to do."""
        record, texts = self.stored.get(row.uid, (None, {}))
        if record is None or row.uid in self.seen:
            self._refuse(ImportRow(row.number, WRONG, row.uid, (), (TWICE if record else UNKNOWN,)), 1)
            return None
        self.seen.add(row.uid)
        draft = Draft(row, record, self._plain(record))
        for name, text in row.cells.items():
            if normal(texts[name]) not in (text, normal(without_apostrophe(text))):
                self._read(draft, name, text)
        changed = draft.changed()
        if not changed:
            self.result.unchanged += 1
            return None
        if row.version != str(record.version):
            for name in changed:
                old = self.values.shown(name, draft.before[name]) or NOTHING
                draft.errors.setdefault(name, SINCE.format(old) if row.version else NO_VERSION)
        if not record.policy.opens(Right.CHANGE, self.access, self.municipality, record):
            draft.row_errors.append(NOT_YOURS)
        elif locked := why_locked(record):
            draft.row_errors.append(locked)
        return draft

    def _new(self, row: RawRow) -> Draft:
        """A row that becomes a new record."""
        draft = Draft(row, None, self.blank)
        for name, text in row.cells.items():
            if text:
                self._read(draft, name, text)
        return draft

    def _read(self, draft: Draft, name: str, text: str) -> None:
        if name in draft.errors:
            return
        try:
            draft.after[name] = self.values.read(name, normal(without_apostrophe(text)))
        except NotUnderstood as error:
            draft.errors[name] = str(error)

    def _finish(self, draft: Draft) -> None:
        """Send the row through the form, note its cells, and what would be written."""
        record, changed = draft.record, draft.changed()
        title = str(record) if record else draft.row.cells.get(self.kind.title_field, "")
        instance = record or cast(Any, self.kind.model)(municipality=self.municipality)
        columns = [name for name in self.values.fields if name not in self.links]
        kept = {name: getattr(record, name) for name in columns if name not in changed} if record else {}
        unchanged_links = [name for name in self.links if record and name not in changed]
        self.form.judge(instance, as_sent(draft.after), unchanged_links)
        for name, messages in self.form.errors.items():
            if name in self.values.fields:
                draft.errors.setdefault(name, str(messages[0]))
            else:
                draft.row_errors += [str(message) for message in messages]
        cells = self._cells(draft)
        if draft.errors or draft.row_errors:
            wrong = ImportRow(draft.row.number, WRONG, title, cells, tuple(draft.row_errors))
            self._refuse(wrong, len(draft.errors) + len(draft.row_errors))
            return
        for name, value in kept.items():
            setattr(instance, name, value)
        version = instance.version if record else None
        self.result.entries.append(Entry(draft.row.number, instance, version, self.form.links()))
        self.result.rows.append(ImportRow(draft.row.number, CHANGED if record else NEW, title, cells))
        self.result.changes += 1 if record else 0
        self.result.additions += 0 if record else 1

    def _cells(self, draft: Draft) -> tuple[TypedChange, ...]:
        """The cells worth showing: changed ones, typed ones of a new record, and wrong ones."""
        shown, typed = self.values.shown, draft.row.cells
        named = set(draft.changed()) | {name for name, text in typed.items() if text and draft.record is None}
        return tuple(
            TypedChange(
                label=self.values.heads[name],
                old=shown(name, draft.before[name]) if draft.record else "",
                new=typed.get(name, "") if name in draft.errors else shown(name, draft.after[name]),
                error=draft.errors.get(name, ""),
            )
            for name in self.values.fields
            if name in named
        )

    def _refuse(self, row: ImportRow, count: int) -> None:
        self.result.rows.append(row)
        self.result.errors += count


def as_sent(plain: dict[str, Plain]) -> dict[str, Any]:
    """The values as a browser would send them: ticked boxes only."""
    return {
        name: list(value) if isinstance(value, tuple) else "on" if value is True else value
        for name, value in plain.items()
        if value is not False
    }
