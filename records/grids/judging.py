"""What is to be written of a grid, and what is wrong with it. Sentences and versions are noted at the rows.

The rows are judged by the form of their kind; a row that somebody else saved meanwhile keeps what was typed in cells
that the person had changed, takes over the others, and says what is stored now.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts.access import Access
from accounts.models import Municipality
from accounts.policies import Right
from records.display import NOTHING, label_of
from records.domain.rows import Entry, Problems
from records.grids.cells import GridValues, Signs
from records.grids.place import GridPlace
from records.grids.rows import Block, GridRow, Rows, is_wanted
from records.kind import RecordKind
from records.tables.checking import Draft, RawRow, RowCheck
from records.templatetags.german import number
from records.text import whole_number

OWN = 999  # in the number of an entry: the row's own record; else the column of the series
EXISTS = "Diesen Eintrag gibt es schon. Ihre Eingabe ersetzt ihn, wenn Sie noch einmal speichern."
SINCE = "Inzwischen hat {} diese Zeile gespeichert. Prüfen Sie die Werte und speichern Sie noch einmal."
NO_VALUE = "Tragen Sie in dieser Zeile mindestens einen Wert ein, oder leeren Sie sie."
DELETED = "Diesen Eintrag hat inzwischen jemand gelöscht. Wenn Sie noch einmal speichern, wird er neu angelegt."


@dataclass
class Judged:
    """``wrong`` cells and rows keep everything from being stored, and so do rows that others changed (``behind``).

    ``asked`` are the questions that the rows raise; a box answers them.
    """

    entries: list[Entry] = field(default_factory=list)
    wrong: int = 0
    behind: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def is_fine(self) -> bool:
        """Whether the entries may be written."""
        return not self.wrong and not self.behind


class GridCheck(RowCheck):
    """Rows of a grid: an emptied cell is empty, and a row that is behind is told apart from one that is wrong."""

    blank_stays = False

    def __init__(self, kind: RecordKind, municipality: Municipality, access: Access, values: GridValues) -> None:
        super().__init__(kind, municipality, access, values)
        self.grid_values = values

    def as_shown(self, draft: Draft, texts: dict[str, Any], name: str, text: str) -> bool:
        return text == self.grid_values.text(name, draft.before[name])

    def may_go_on(self, draft: Draft) -> bool:
        row, record = draft.row, draft.record
        if row.version == str(record.version):
            return True
        version = whole_number(row.version)
        opened = record.history.filter(version=version).first() if version else None
        for name in draft.changed():
            if opened is not None and self.values.stored(name, opened) == draft.after[name]:
                draft.after[name] = draft.before[name]
            elif opened is None or self.values.stored(name, opened) != draft.before[name]:
                draft.theirs[name] = self.values.shown(name, draft.before[name]) or NOTHING
        if not draft.is_unchanged:
            draft.behind = SINCE.format(record.changed_by or "eine Datenübernahme") if row.uid else EXISTS
        return False


def judge(place: GridPlace, found: Rows) -> Judged:
    """Look at all rows; deletions come first, so that what they free can be used anew."""
    judged = Judged()
    records = judge_own(place, found, judged) if place.has_own_records else {}
    if place.series:
        judge_series(place, found, records, judged)
    if place.total:
        judge_total(place, found, judged)
    judged.entries.sort(key=lambda entry: (not entry.is_gone, not entry.is_gone and entry.number % 1000 != OWN))
    return judged


def judge_own(place: GridPlace, found: Rows, judged: Judged) -> dict[int, Any]:
    """The rows' own records; returns the record of each row that stays, also an unsaved one, by row number."""
    check = GridCheck(place.kind, place.municipality, place.asked.access, place.values)
    gone = {row.number for row in found.rows if row.own.uid and is_gone(place, row)}
    typed = [row for row in found.rows if row.number not in gone and is_wanted(place, row)]
    raws = [
        RawRow(
            number_of(row.number),
            row.own.uid,
            row.own.version,
            (place.given if not row.own.uid else {}) | row.own.cells,
        )
        for row in typed
    ]
    check.touched.read_uids(row.own.uid for row in found.rows if row.number in gone)
    records = {}
    for row, draft in zip(typed, check.judge(raws), strict=True):
        note(place.kind, place.values, row, row.own, draft, judged)
        records[row.number] = draft.record or (draft.entry.record if draft.entry else None)
    for row in found.rows:
        if row.number in gone:
            judge_deletion(place, row, check, judged)
    return records


def is_gone(place: GridPlace, row: GridRow) -> bool:
    """Whether a stored row is to be deleted."""
    return row.ticked != bool(place.grid.each)


def judge_deletion(place: GridPlace, row: GridRow, check: RowCheck, judged: Judged) -> None:
    """Delete the record, and with it the values that stand beside it."""
    record = check.touched.by_uid.get(row.own.uid, (None,))[0]
    if record is None:
        return
    if refused := check.why_refused(record, Right.DELETE):
        wrong(row, judged, refused)
    elif row.own.version != str(record.version):
        row.problems.append(SINCE.format(record.changed_by or "eine Datenübernahme"))
        row.own.version = str(record.version)
        judged.behind += 1
    else:
        if place.series:
            values = place.series_rows([record])
            judged.entries += [Entry(number_of(row.number), each, each.version, is_gone=True) for each in values]
        judged.entries.append(Entry(number_of(row.number), record, record.version, is_gone=True))


def judge_total(place: GridPlace, found: Rows, judged: Judged) -> None:
    """Let the owner take the sum, or ask about one that is greater than what the owner says."""
    owner, total = place.asked.owner, found.total_of(place.columns[-1])
    judged.asked, stands = [], getattr(owner, place.total)
    if not found.takes_total:
        if total and stands is not None and total > stands:
            label = label_of(type(owner), place.total)
            judged.asked.append(f"Die Summe ist {number(total)}, „{label}“ sagt {number(stands)}. Stimmt das?")
        return
    if total and total != getattr(owner, place.total):
        setattr(owner, place.total, total)
        judged.entries.append(Entry(number_of(0), owner, owner.version))


def judge_series(place: GridPlace, found: Rows, records: dict[int, Any], judged: Judged) -> None:
    """The values beside the rows; one that is emptied is deleted."""
    assert place.series is not None
    values, signs = place.series_values()
    check = GridCheck(place.series_kind, place.municipality, place.asked.access, values)
    check.of_known = {*place.series.fields, place.series.signs}
    cells = list(series_cells(place, found, records))
    emptied = [(row, column) for row, column in cells if is_emptied(row.values[column])]
    typed = [(row, column) for row, column in cells if any(row.values[column].cells.values())]
    raws = [raw_value(place, found, records, signs, row, column) for row, column in typed]
    check.touched.read_uids(row.values[column].uid for row, column in emptied)
    for (row, column), draft in zip(typed, check.judge(raws), strict=True):
        if error := draft.errors.pop(place.series.across, ""):
            judged.wrong += not found.across[column].error
            found.across[column].error = error
            draft.entry = None
        note(place.series_kind, values, row, row.values[column], draft, judged, signs)
    filled = {row.number for row, _ in typed}
    for row in found.rows if not place.has_own_records else ():
        if not row.is_stored and row.number not in filled and not place.is_blank(row.own.cells):
            wrong(row, judged, NO_VALUE)
    for row, column in emptied:
        block = row.values[column]
        record = check.touched.by_uid.get(block.uid, (None,))[0]
        if record is not None and block.version == str(record.version):
            entry = Entry(number_of(row.number, column), record, record.version, is_gone=True)
            judged.entries.append(entry)
        elif record is not None:
            name = place.series.fields[0]
            block.theirs[name] = values.shown(name, values.stored(name, record)) or NOTHING
            block.version = str(record.version)
            judged.behind += 1


def series_cells(place: GridPlace, found: Rows, records: dict[int, Any]) -> Iterator[tuple[GridRow, int]]:
    """The values of all rows that stay."""
    for row in found.rows:
        if row.number in records or not place.has_own_records:
            yield from ((row, column) for column in range(len(found.across)))


def is_emptied(block: Block) -> bool:
    """Whether a stored value has no cell filled any more."""
    return bool(block.uid) and not any(block.cells.values())


def raw_value(
    place: GridPlace, found: Rows, records: dict[int, Any], signs: Signs, row: GridRow, column: int
) -> RawRow:
    """A value as typed row; only a new one says of what and of which year it is."""
    assert place.series is not None
    block, series = row.values[column], place.series
    cells, below = signs.split(block.cells), None
    if not block.uid:
        cells |= {series.across: found.across[column].text}
        if not place.has_own_records:
            cells |= place.given | row.own.cells
        elif (record := records[row.number]) is not None and record.pk:
            cells |= {place.row_field: str(record.pk)}
        else:
            model: Any = place.kind.model
            below = (place.row_field, record or model(municipality=place.municipality))
    return RawRow(number_of(row.number, column), block.uid, block.version, cells, below=below)


def note(
    kind: RecordKind,
    values: GridValues,
    row: GridRow,
    block: Block,
    draft: Draft,
    judged: Judged,
    signs: Signs | None = None,
) -> None:
    """Put what was found about a record at its cells."""
    if draft.is_lost and block.uid:
        block.uid = block.version = ""
        row.problems.append(DELETED)
        judged.behind += 1
        return
    if draft.record is not None:
        taken = {name: values.text(name, draft.after[name]) for name in draft.after}
        if draft.row.version != str(draft.record.version):
            texts = signs.joined(taken) if signs else taken
            block.cells |= {name: texts[name] for name in block.cells if name in texts and name not in draft.errors}
        block.uid, block.version = draft.record.uid, str(draft.record.version)
    if draft.behind:
        block.theirs |= draft.theirs
        row.problems += [draft.behind] if draft.behind not in row.problems else []
        judged.behind += 1
    for name, sentence in draft.errors.items():
        shown_in = next((each for each in (block, row.own) if name in each.cells), None)
        if shown_in is None:
            wrong(row, judged, f"{label_of(kind.model, name)}: {sentence}")
        elif name not in shown_in.errors:
            shown_in.errors[name] = sentence
            judged.wrong += 1
    for sentence in draft.row_errors:
        wrong(row, judged, sentence)
    judged.asked += [sentence for sentence in draft.asked if sentence not in judged.asked]
    if draft.entry:
        judged.entries.append(draft.entry)


def wrong(row: GridRow, judged: Judged, sentence: str) -> None:
    """Note a sentence about a row once."""
    judged.wrong += 1
    if sentence not in row.problems:
        row.problems.append(sentence)


def number_of(row: int, column: int = OWN) -> int:
    """The number of an entry, from which its row is found again."""
    return row * 1000 + column


def note_problems(found: Rows, problems: Problems) -> None:
    """Put what came up while storing at the rows."""
    rows = {row.number: row for row in found.rows}
    for place, sentences in problems.items():
        rows[place // 1000].problems += [each for each in sentences if each not in rows[place // 1000].problems]
