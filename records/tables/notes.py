"""Sentences about a table that is read in: what a person does not see by herself, and what the portal does not read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from records.tables.files import TypedSheet, TypedTable
from records.tables.values import MOST_NAMED
from records.tables.writing import VALUES

TURNED = "Die Namen der Felder stehen untereinander: Daraus wird je Spalte ein Eintrag. Zeile 2 ist hier Spalte B."
BESIDE = "Gleiche Tabellen stehen nebeneinander: Die rechte folgt hier der linken, ihre Zeile 2 ist Zeile {}."


def notes_of(sheet: TypedSheet, table: TypedTable, columns: Mapping[int, str], beside: Sequence[str]) -> Iterator[str]:
    """What is hidden in the file and whether it is read in, and that a row became several."""
    if sheet.is_turned:
        yield TURNED
    if sheet.beside:
        yield BESIDE.format(sheet.beside + 2)
    if beside:
        yield f"Jahre stehen nebeneinander ({', '.join(beside)}): Daraus wird je Jahr eine Zeile, wo etwas steht."
    if unseen := [name for name in sheet.unseen if name != VALUES]:
        yield f"Ausgeblendete Blätter der Datei werden nicht gelesen: {', '.join(unseen)}."
    asleep = [column for column in sorted(table.asleep) if column < len(table.heads) and table.heads[column]]
    if read := [table.heads[column] for column in asleep if columns.get(column)]:
        yield f"In der Datei ausgeblendet, wird aber eingelesen: {', '.join(read)}."
    if left := [table.heads[column] for column in asleep if not columns.get(column)]:
        yield f"In der Datei ausgeblendet und nicht eingelesen: {', '.join(left)}."


def read_otherwise(same: Sequence[int], ticks: Sequence[str]) -> Iterator[str]:
    """What is read in another way than it stands in the file."""
    if same:
        yield f'„dito“, „"“ und Ähnliches heißt: dasselbe wie darüber. So gelesen in {rows_named(same)}.'
    if ticks:
        yield f"Angekreuzt ist unter: {', '.join(ticks)}. Gelesen wird der Name, unter dem ein Kreuz steht."


def rows_named(numbers: Sequence[int]) -> str:
    """„Zeile 3, 4, 5, 6, 7 und 12 weiteren“."""
    more = f" und {len(numbers) - MOST_NAMED} weiteren" if len(numbers) > MOST_NAMED else ""
    return f"Zeile {', '.join(map(str, numbers[:MOST_NAMED]))}{more}"


def unread_looks(sheet: TypedSheet, numbers: Sequence[int]) -> Iterator[str]:
    """Colours, strokes and comments in rows that are read in: nobody but their author knows what they mean.

    Rows that all look alike, or every other one, say nothing.
    """
    looks = [sheet.painted.get(number, 0) for number in dict.fromkeys(numbers)]
    usual = Counter(looks).most_common(1)[0][0] if looks else 0
    is_striped = len(looks) > 3 and looks[2:] == looks[:-2]
    told = [number for number, look in zip(dict.fromkeys(numbers), looks, strict=True) if look != usual]
    if told and not is_striped:
        yield f"Farben werden nicht gelesen ({rows_named(told)}). Was sie bedeuten, gehört in eine eigene Spalte."
    if partly := sorted(sheet.partly & set(numbers)):
        yield f"Einzelnes ist durchgestrichen und wird eingelesen: {rows_named(partly)}."
    if sheet.has_comments:
        yield "Kommentare an Zellen werden nicht gelesen."
