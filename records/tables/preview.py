"""What would happen if a table were read in: additions, changes, errors. Nothing is stored here.

A cell that still holds what was put out changes nothing, whatever it means. A row without identifier whose key is
stored already changes that record only where the person has said so (``may_change``), and never silently.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from accounts.access import Access
from accounts.models import Municipality
from records.display import NOTHING
from records.domain.rows import Entry, in_words
from records.kind import RecordKind
from records.parts import ImportRow, TypedChange
from records.tables.checking import Draft, RawRow, RowCheck
from records.tables.questions import UnclearText, questions_of
from records.tables.values import Plain, Values, normal, without_apostrophe

SHOWN = 300  # rows of the preview
NEW, CHANGED, WRONG = "neu", "geändert", "fehlerhaft"
NO_VERSION = (
    "In der Spalte „Fassung“ fehlt die Zahl. Geben Sie die Liste neu aus und ändern Sie die Zeile dort, damit keine "
    "fremde Änderung verloren geht."
)
SINCE = "Seit der Ausgabe geändert: Jetzt steht hier „{}“. Geben Sie die Liste neu aus und ändern Sie die Zeile dort."
EXISTS = (
    "Diesen Eintrag gibt es schon: Hier steht „{}“. Soll die Zeile ihn ändern, setzen Sie beim Hochladen das Häkchen."
)


@dataclass
class Checked:
    """The result: ``entries`` can be written when there is no error.

    ``raw`` are the rows that change something, with the identifiers and versions of the records that they mean: what
    they change is checked against these once more before it is stored.
    """

    rows: list[ImportRow] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    raw: list[RawRow] = field(default_factory=list)
    unchanged: int = 0
    errors: int = 0
    asked: int = 0
    questions: list[UnclearText] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """Rows that change a record."""
        return sum(entry.version is not None for entry in self.entries)

    @property
    def additions(self) -> int:
        """Rows that become a record."""
        return sum(entry.version is None for entry in self.entries)


@dataclass(frozen=True)
class Seen:
    """What the page shows of a checked table: wrong rows first, then those that raise a question, and how many more.

    It goes through JSON, for large tables are checked by the queue.
    """

    rows: tuple[ImportRow, ...]
    more: int
    additions: int
    changes: int
    unchanged: int
    errors: int
    asked: int
    questions: tuple[UnclearText, ...] = ()

    @classmethod
    def of(cls, checked: Checked) -> "Seen":
        """The beginning of it."""
        rows = sorted(checked.rows, key=lambda row: (row.state != WRONG, not row.asked))
        counts = (checked.additions, checked.changes, checked.unchanged, checked.errors, checked.asked)
        return cls(tuple(rows[:SHOWN]), max(0, len(rows) - SHOWN), *counts, tuple(checked.questions))

    @classmethod
    def read(cls, values: dict[str, Any]) -> "Seen":
        """What ``asdict`` has made of it."""
        rows = (dict(row) | {"cells": tuple(TypedChange(**cell) for cell in row["cells"])} for row in values["rows"])
        questions = tuple(UnclearText(**told) for told in values["questions"])
        return cls(**values | {"rows": tuple(ImportRow(**row) for row in rows), "questions": questions})

    @property
    def counted(self) -> str:
        """„12 Änderungen und 3 neue Einträge“."""
        return in_words(self.changes, self.additions)


class TableCheck(RowCheck):
    """The check of a table file. ``may_change``: rows without identifier change the record that has their key."""

    def __init__(
        self,
        kind: RecordKind,
        municipality: Municipality,
        access: Access,
        values: Values,
        *,
        may_change: bool = False,
    ) -> None:
        super().__init__(kind, municipality, access, values)
        self.may_change = may_change

    def run(self, rows: Iterable[RawRow]) -> Checked:
        """Look at every row."""
        drafts = self.judge(list(rows))
        checked = Checked(questions=questions_of(self.values, drafts))
        for draft in drafts:
            if draft.is_unchanged:
                checked.unchanged += 1
                continue
            checked.raw.append(self._named(draft))
            if draft.entry:
                checked.entries.append(draft.entry)
            checked.errors += len(draft.errors) + len(draft.row_errors)
            checked.asked += len(draft.asked)
            checked.rows.append(self._shown(draft))
        return checked

    def as_shown(self, draft: Draft, texts: dict[str, Any], name: str, text: str) -> bool:
        if not text and isinstance(draft.before[name], bool):
            return True  # an empty cell says neither ja nor nein
        return normal(texts[name]) in (text, normal(without_apostrophe(text)))

    def may_go_on(self, draft: Draft) -> bool:
        row, record = draft.row, draft.record
        if row.version == str(record.version) or (self.may_change and not row.uid and not row.version):
            return True
        sentence = SINCE if row.version else NO_VERSION if row.uid else EXISTS
        for name in draft.changed():
            old = self.values.shown(name, draft.before[name]) or NOTHING
            draft.errors.setdefault(name, sentence.format(old))
        return True

    def _named(self, draft: Draft) -> RawRow:
        """The row with the record that it means."""
        if draft.record is None or draft.row.uid or not self.may_change:
            return draft.row
        return replace(draft.row, uid=draft.record.uid, version=str(draft.record.version))

    def _shown(self, draft: Draft) -> ImportRow:
        row, record = draft.row, draft.record
        if draft.is_lost:
            return ImportRow(row.number, WRONG, row.uid, (), tuple(draft.row_errors))
        title = str(record or row.cells.get(self.kind.title_field) or next(filter(None, row.cells.values()), ""))
        state = WRONG if draft.entry is None else CHANGED if record else NEW
        cells, errors, asked = self._cells(draft), tuple(draft.row_errors), tuple(draft.asked)
        return ImportRow(row.number, state, title, cells, errors, asked, is_new=record is None)

    def _cells(self, draft: Draft) -> tuple[TypedChange, ...]:
        """The cells worth showing: changed ones, typed ones of a new record, and wrong ones."""
        typed, entry = draft.row.cells, draft.entry
        now = draft.record if entry is None else entry.record

        def shown(name: str, plain: Plain) -> str:
            return self.values.shown(name, plain, now.unit_of(name) if now is not None else "")

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
