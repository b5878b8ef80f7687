"""Typed rows against what is stored: which are new, which change something, what is wrong. Nothing is stored here.

A row with an identifier means that record; one without means the record with the same natural key, if there is one,
else a new one. Every row that changes something goes through the form of its kind, so that rules and sentences are the
same as there. ``RowCheck`` is shared by table files (records.tables.preview) and grids (records.grids).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from django.forms import ModelChoiceField

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from records.domain.rows import Entry
from records.forms.record import form_class_for
from records.kind import RecordKind
from records.models import MunicipalRecord
from records.models.guard import why_locked
from records.reading.cells import LOST
from records.tables.touched import Found, Key, Touched
from records.tables.values import NotUnderstood, Plain, Values, normal, without_apostrophe
from records.text import fold

Tell = Callable[[int], None]
EVERY = 50  # rows between two notes of the progress
UNKNOWN = "Diese Kennung gibt es in dieser Liste nicht. Leeren Sie die Zelle, wenn der Eintrag neu sein soll."
TWICE = "Diese Kennung steht schon in einer Zeile darüber. Löschen Sie eine der beiden Zeilen."
KEY_TWICE = "Dieselbe Angabe ({}) steht schon in einer Zeile darüber. Löschen Sie eine der beiden Zeilen."
NUMBER_STAYS = "Die Nummer lässt sich nicht ändern: Dieser Eintrag ist {}. Tragen Sie sie wieder so ein."
NOT_YOURS = "Diesen Eintrag dürfen nur andere ändern. Löschen Sie die Zeile aus der Datei."


@dataclass(frozen=True)
class RawRow:
    """A row with its cells by field name; ``problems`` are cells that cannot be taken at all, ``code`` a number.

    ``whole`` are questions about columns by field (records.tables.numbers.Asked as a list). ``below`` is a relation and
    its target where that is a new record of the same table, without a key yet.
    """

    number: int
    uid: str
    version: str
    cells: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    below: tuple[str, MunicipalRecord] | None = None
    code: str = ""
    whole: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The form in which a row waits (records.models.TableImport)."""
        row = {"number": self.number, "uid": self.uid, "version": self.version, "cells": self.cells, "code": self.code}
        return row | {name: told for name in ("problems", "whole") if (told := getattr(self, name))}


@dataclass
class Draft:
    """A row on its way: the values before and after, what is wrong with it, and what would be written.

    ``record`` is the stored one or None. Where others saved it meanwhile, ``behind`` says so and ``theirs`` holds what
    they stored in fields that the row changes too. ``unclear`` are by field the texts that have no meaning there, with
    their sentence: a person may say what they mean. ``asked`` are the questions of records.models.agreement.
    """

    row: RawRow
    record: Any
    before: dict[str, Plain]
    after: dict[str, Plain] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    row_errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    theirs: dict[str, str] = field(default_factory=dict)
    behind: str = ""
    unclear: dict[str, dict[str, str]] = field(default_factory=dict)
    entry: Entry | None = None

    def __post_init__(self) -> None:
        self.after, self.errors = dict(self.before), dict(self.row.problems)
        asked = ((name, problem) for name, problem in self.errors.items() if problem not in LOST)
        self.unclear = {name: {self.row.cells.get(name, ""): problem} for name, problem in asked}
        for name, (about, sentence, _) in self.row.whole.items():
            self.errors[name] = sentence
            self.unclear[name] = {about: sentence}

    def changed(self) -> list[str]:
        """Fields whose value is new or cannot be taken."""
        return [name for name in self.before if self.after[name] != self.before[name] or name in self.errors]

    @property
    def is_lost(self) -> bool:
        """Whether the row names a record that is not there, or that another row names too."""
        return self.record is None and bool(self.row.uid)

    @property
    def is_unchanged(self) -> bool:
        """Whether the row says what is stored already."""
        return self.record is not None and not self.changed() and not self.row_errors


class RowCheck:
    """Compares rows with what is stored now; reads the rows that are meant and no others."""

    blank_stays = True  # an empty cell of a new row begins with what the form would propose
    tell: Tell | None = None  # is told how many rows were looked at
    of_known: Collection[str] | None = None  # cells that a stored record takes; None: all

    def __init__(self, kind: RecordKind, municipality: Municipality, access: Access, values: Values) -> None:
        self.kind, self.municipality, self.access, self.values = kind, municipality, access, values
        self.touched = Touched(kind, municipality, access, values)
        initial = kind.initial(municipality) if kind.initial else {}
        self.blank = self._plain(kind.model(**initial))
        self.form = form_class_for(kind)({}, kind=kind, municipality=municipality, access=access)
        for name, form_field in self.form.fields.items():
            if isinstance(form_field, ModelChoiceField) and not values.fields[name].many_to_many:
                form_field.to_python = cache(form_field.to_python)  # type: ignore[method-assign]
        self.links = [name for name, model_field in values.fields.items() if model_field.many_to_many]
        self.seen: set[str] = set()
        self.seen_keys: set[Key] = set()

    def judge(self, rows: Sequence[RawRow]) -> list[Draft]:
        """Look at every row, in their order."""
        self.touched.read_uids(row.uid for row in rows if row.uid)
        news = {at: self._typed(Draft(row, None, self.blank)) for at, row in enumerate(rows) if not row.uid}
        keys = {at: key for at, draft in news.items() if (key := self.touched.key_of(draft.after))}
        self.touched.read_keys(keys.values())
        drafts: list[Draft] = []
        for at, row in enumerate(rows):
            if self.tell and len(drafts) % EVERY == 0:
                self.tell(len(drafts))
            draft = self._known(row) if row.uid else self._new(news[at], keys.get(at))
            drafts.append(draft)
            self._refuse_number(draft)
            if draft.is_lost or draft.is_unchanged:
                continue
            if draft.record is None or self.may_go_on(draft):
                self._finish(draft)
        return drafts

    def _refuse_number(self, draft: Draft) -> None:
        """Numbers are given by the portal: a row cannot change that of its record, and a new one gets its own."""
        stays = getattr(draft.record, "code", "")
        if stays and draft.row.code and fold(draft.row.code) != fold(stays):
            draft.row_errors.append(NUMBER_STAYS.format(stays))

    def as_shown(self, draft: Draft, texts: dict[str, Any], name: str, text: str) -> bool:
        """Whether a cell still holds what the person was shown of the record; then it changes nothing.

        ``texts`` are the record's values as a list puts them out.
        """
        raise NotImplementedError

    def may_go_on(self, draft: Draft) -> bool:
        """Look at the version of a row that changes a stored record; False where nothing is left to write."""
        raise NotImplementedError

    def why_refused(self, record: Any, right: Right) -> str:
        """A sentence where the person has no right to this row, or its life has locked it; else empty."""
        if not self.kind.policy.opens(right, self.access, self.municipality, record):
            return NOT_YOURS
        return why_locked(record, changes=right == Right.CHANGE)

    def _plain(self, record: Any) -> dict[str, Plain]:
        return {name: self.values.stored(name, record) for name in self.values.fields}

    def _known(self, row: RawRow) -> Draft:
        """A row that names a record."""
        found = self.touched.by_uid.get(row.uid)
        if found is None or row.uid in self.seen:
            draft = Draft(row, None, self.blank)
            draft.row_errors.append(TWICE if found else UNKNOWN)
            return draft
        self.seen.add(row.uid)
        return self._compared(row, found)

    def _new(self, draft: Draft, key: Key | None) -> Draft:
        """A row that names none: the stored record with its key, else a new one."""
        if key is None:
            return draft
        found = self.touched.by_key.get(key)
        if key in self.seen_keys or (found and found[0].uid in self.seen):
            labels = ", ".join(self.values.shown(name, draft.after[name]) for name in self.kind.key)
            draft.row_errors.append(KEY_TWICE.format(labels))
            return draft
        self.seen_keys.add(key)
        if found is None:
            return draft
        self.seen.add(found[0].uid)
        return self._compared(draft.row, found)

    def _compared(self, row: RawRow, found: Found) -> Draft:
        record, texts = found
        draft = Draft(row, record, self._plain(record))
        for name, text in row.cells.items():
            if self.of_known is not None and name not in self.of_known:
                continue
            if not self.as_shown(draft, texts, name, text):
                self._read(draft, name, text)
        if draft.changed() and (refused := self.why_refused(record, Right.CHANGE)):
            draft.row_errors.append(refused)
        return draft

    def _typed(self, draft: Draft) -> Draft:
        for name, text in draft.row.cells.items():
            if text or not self.blank_stays or self.values.answered(name, "") is not None:
                self._read(draft, name, text)
        return draft

    def _read(self, draft: Draft, name: str, text: str) -> None:
        if name in draft.errors:
            return
        try:
            draft.after[name] = self.values.read(name, normal(without_apostrophe(text)))
        except NotUnderstood as error:
            draft.errors[name] = str(error)
            draft.unclear[name] = error.parts or {text: str(error)}

    def _finish(self, draft: Draft) -> None:
        """Send the row through the form and note what would be written."""
        record, below = draft.record, draft.row.below
        instance = record or cast(Any, self.kind.model)(municipality=self.municipality)
        changed = draft.changed()
        columns = [name for name in self.values.fields if name not in self.links]
        kept = {name: getattr(record, name) for name in columns if name not in changed} if record else {}
        unseen = [name for name in self.links if record and name not in changed]
        if below is not None:
            setattr(instance, *below)
            unseen.append(below[0])
        self.form.judge(instance, as_sent(draft.after), unseen)
        for name, messages in self.form.errors.items():
            if name in self.values.fields:
                if name not in draft.errors:
                    draft.errors[name] = str(messages[0])
                    draft.unclear[name] = {draft.row.cells.get(name, ""): draft.errors[name]}
            else:
                draft.row_errors += [str(message) for message in messages]
        if draft.errors or draft.row_errors:
            return
        draft.asked = list(self.form.asked)
        for name, value in kept.items():
            setattr(instance, name, value)
        version = instance.version if record else None
        draft.entry = Entry(draft.row.number, instance, version, self.form.links(), below=below)


def as_sent(plain: dict[str, Plain]) -> dict[str, Any]:
    """The values as a browser would send them: ticked boxes only."""
    return {
        name: list(value) if isinstance(value, tuple) else "on" if value is True else value
        for name, value in plain.items()
        if value is not False
    }
