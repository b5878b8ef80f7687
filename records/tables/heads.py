"""Which sheet and row hold the heads of a table, and which column is which field: proposed by name, then by content."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import models

from accounts.date_words import read_period
from records.display import field_of, label_of, measured_by
from records.fields import VagueDateField, holds_numbers
from records.tables.files import TypedRow, TypedSheet, TypedTable, UnreadableTable
from records.tables.values import NotUnderstood, Values, normal
from records.tables.writing import IDENTIFIER, NUMBER, UNIT, VALUES, VERSION, is_numbered
from records.tables.years import VALUE
from records.text import fold

UID, EDITION, CODE, PERIOD = "uid", "version", "code", "begin–end"
OWN = (UID, EDITION, CODE)
ABOVE = 30  # rows in which heads are looked for
LOOKED_AT = 40  # cells of a column, for what it holds
EXACT, BY_WORD, LIKE, BY_CONTENT = 100, 60, 0.84, 40
SPLIT = re.compile(r"[^a-z0-9]+")

# What others call a field, by its name; folded words of heads, „_“ for a blank. A field's own label is known anyway.
ALSO = {
    "title": "was name bezeichnung titel projekt projektname vorhaben thema",
    "name": "bezeichnung titel",
    "text": "aussage inhalt",
    "description": "beschreibung kurzbeschreibung inhalt inhalte erlaeuterung bemerkung beschreibungstext",
    "provider": "traeger traegerin anbieter traegerschaft einrichtungstraeger massnahmetraeger zuwendungsempfaenger",
    "organisation": "organisation institution einrichtung",
    "action_fields": "handlungsfeld handlungsfelder hf themenfeld",
    "action_field": "handlungsfeld handlungsfelder hf themenfeld",
    "life_phases": "lebensphase lebensphasen lebensabschnitt",
    "regions": "planungsregion planungsregionen region sozialraum sozialraeume planungsraum gebiet",
    "target_groups": "zielgruppe zielgruppen adressaten adressatinnen nutzergruppe fuer_wen",
    "commune": "gemeinde kommune standortgemeinde ort stadt standort",
    "communes": "gemeinde gemeinden orte",
    "place": "wo ort sitz standort veranstaltungsort",
    "capacity": "kapazitaet plaetze platzzahl",
    "use": "nutzung auslastung inanspruchnahme teilnehmer",
    "funding": "finanzierung foerderung kostentraeger",
    "begin": "beginn start von ab seit anfang startdatum datum termin tag wann",
    "end": "ende bis enddatum abschluss",
    "contact": "ansprechpartner ansprechpartnerin kontakt ansprechfunktion",
    "phone": "telefon tel rufnummer telefonnummer fon",
    "email": "email mail mailadresse",
    "address": "adresse strasse anschrift postanschrift",
    "note": "anmerkung anmerkungen bemerkung bemerkungen hinweis notiz",
    "source": "quelle herkunft",
    "state": "stand status",
    "kind": "art typ kategorie",
    "priority": "prioritaet dringlichkeit prio rang",
    "cycle": "planungszyklus zyklus",
    "ags": "ags gemeindeschluessel schluessel",
    "population": "einwohner einwohnerzahl bevoelkerung ew",
    "responsible": "verantwortlich zustaendig verantwortung zustaendigkeit federfuehrung wer",
    "held_on": "datum termin tag",
    "is_example": "beispiel",
    "budget_year": "jahr haushaltsjahr planjahr",
    "year": "jahr haushaltsjahr foerderjahr planjahr kalenderjahr berichtsjahr",
    "amount": "betrag summe hoehe kosten",
    "applied_amount": "beantragt antragssumme",
    "participants": "teilnehmer teilnehmende teilnehmerzahl tn besucher",
    "starts_at": "uhrzeit zeit",
    "due": "frist faellig faelligkeit termin bis_wann",
    "result": "ergebnis ergebnisse",
    "summary": "ergebnis ergebnisse zusammenfassung verlauf",
    "method": "methode format",
    "unit": "einheit masseinheit",
    "target": "zielwert soll sollwert plan",
    "actual": "ist istwert",
    "baseline": "ausgangswert",
    "value": "wert zahl anzahl",
    "indicator": "kennzahl indikator merkmal",
    "area": "gebiet raum",
    "weight": "punkte gewicht gewichtung",
    "subject": "gegenstand betreff thema",
    "number": "nummer nr aktenzeichen az",
    "paid_on": "datum zahlungsdatum bezahlt",
    "payee": "empfaenger zahlungsempfaenger",
    "purpose": "zweck verwendungszweck",
    "votes_for": "ja ja_stimmen dafuer",
    "votes_against": "nein nein_stimmen dagegen",
    "votes_abstained": "enthaltung enthaltungen",
    "level": "ebene stufe",
}
ENDS = frozenset(["von", "ab", "beginn", "start", "anfang", "bis", "ende"])  # of a period: each has a column of its own
PERIODS = frozenset(["zeitraum", "laufzeit", "dauer", "projektlaufzeit", "foerderzeitraum", "durchfuehrungszeitraum"])


@dataclass(frozen=True)
class Assigned:
    """Where the table stands and what its columns are: ``columns`` has a field's name, or „“ for what is left out.

    ``exact`` are the columns whose head is the portal's own name of the field.
    """

    sheet: int
    head: int
    columns: dict[int, str]
    exact: frozenset[int]

    def as_said(self) -> dict[str, str]:
        """The columns as they are kept."""
        return {str(column): name for column, name in self.columns.items()}

    @property
    def is_ours(self) -> bool:
        """Whether the list was put out by the portal: it has identifiers."""
        return any(self.columns[column] == UID for column in self.exact)

    def is_sure(self, values: Values, table: TypedTable) -> bool:
        """Whether nobody needs to look: a list of ours, or heads that all are names of ours."""
        known = told_heads(values)
        heads = ((column, fold(head)) for column, head in enumerate(table.heads) if head)
        return self.is_ours or all(column in self.exact or head in known for column, head in heads)


def names_of(values: Values) -> dict[str, str]:
    """The portal's own heads of a list, also former ones, by their folded text."""
    names = {fold(head): name for head, name in values.model.formerly.items() if name in values.heads}
    names |= {fold(label_of(values.model, name)): name for name in values.heads}
    names |= {fold(head): name for name, head in values.heads.items()}
    names |= {fold(IDENTIFIER): UID, fold(VERSION): EDITION}
    return names | ({fold(NUMBER): CODE} if is_numbered(values.model) else {})


def find_table(values: Values, sheets: Sequence[TypedSheet]) -> tuple[int, int]:
    """The sheet and the row in which most heads are names of fields; else the largest sheet and its first full row."""
    names, best, found = names_of(values), 0, None
    for place, sheet in enumerate(sheets):
        if sheet.name == VALUES and len(sheets) > 1:
            continue
        for row, typed in enumerate(sheet.rows[:ABOVE]):
            known = {name for cell in typed.cells if (name := named(values, names, cell.text))}
            if len(known) > best and row + 1 < len(sheet.rows):
                best, found = len(known), (place, row)
    if found is not None and (best > 1 or widest(sheets[found[0]].rows[:ABOVE]) == 1):
        return found
    largest = max(range(len(sheets)), key=lambda place: len(sheets[place].rows))
    return largest, first_full(sheets[largest].rows)


def named(values: Values, names: Mapping[str, str], text: str) -> str:
    """The field of which a head is the name, or a word for it; empty where there is none."""
    head = fold(" ".join(text.split()))
    if len(head) > 80 or not head:
        return ""
    return names.get(head, "") or next((name for name in values.fields if head in words_for(values, name)), "")


def words_for(values: Values, name: str) -> set[str]:
    """Other words for a field: what offices call it, and what the kind itself and its target are called."""
    words = {word.replace("_", " ") for word in ALSO.get(name, "").split()}
    field, meta = values.fields[name], values.model._meta
    if name in ("title", "name"):
        kind = fold(str(meta.verbose_name))
        words |= {
            kind,
            f"name des {kind}s",
            f"name der {kind}",
            f"{kind}sname",
            f"titel des {kind}s",
            fold(str(meta.verbose_name_plural)),
        }
    if field.is_relation:
        target = field.related_model._meta
        words |= {fold(str(target.verbose_name)), fold(str(target.verbose_name_plural))}
    return words


def widest(rows: Sequence[TypedRow]) -> int:
    """The most cells that a row fills."""
    return max((sum(bool(cell.text) for cell in row.cells) for row in rows), default=0)


def first_full(rows: Sequence[TypedRow]) -> int:
    """The first row that fills about as many cells as the fullest: titles above it fill one."""
    wanted = 0.6 * widest(rows[:ABOVE])
    filled = (place for place, row in enumerate(rows[:ABOVE]) if sum(bool(cell.text) for cell in row.cells) >= wanted)
    return min(next(filled, 0), max(0, len(rows) - 2))


def assign(values: Values, table: TypedTable, sheet: int, head: int, kept: Mapping[str, str] | None) -> Assigned:
    """What the columns are: by the portal's own names, else as the person said last time, else as they look.

    Raises UnreadableTable where one name of ours stands over several columns.
    """
    names = names_of(values)
    columns = {column: names[fold(text)] for column, text in enumerate(table.heads) if fold(text) in names}
    twice = [table.heads[column] for column, name in columns.items() if list(columns.values()).count(name) > 1]
    if twice:
        raise UnreadableTable(f"Die Spalte „{twice[0]}“ gibt es mehrmals. Lassen Sie nur eine stehen.")
    exact = frozenset(columns)
    if UID in columns.values():
        kept = {}
    if kept is not None:
        allowed = {*values.fields, PERIOD}
        columns |= {
            column: kept[str(column)]
            for column in range(len(table.heads))
            if column not in exact and kept.get(str(column)) in allowed
        }
    else:
        guessed = sorted(guesses(values, table, set(columns)), reverse=True)
        for _, column, name in guessed:
            if column not in columns and name not in columns.values():
                columns[column] = name
    if PERIOD in columns.values() and {"begin", "end"} & set(columns.values()):
        columns = {column: name for column, name in columns.items() if name != PERIOD}
    whole = {column: columns.get(column, "") for column in range(len(table.heads)) if table.heads[column]}
    return Assigned(sheet, head, whole, exact)


def guesses(values: Values, table: TypedTable, taken: set[int]) -> list[tuple[float, int, str]]:
    """How well a column and a field fit, for pairs that fit at all; more is better."""
    only_told = told_heads(values)
    found: list[tuple[float, int, str]] = []
    for column, text in enumerate(table.heads):
        head = fold(text)
        if column in taken or column in table.asleep or not head or head in only_told:
            continue
        if head == fold(VALUE) and len(counted := [n for n in values.fields if is_counted(values, n)]) == 1:
            found.append((BY_WORD, column, counted[0]))
        parts = set(SPLIT.split(head))
        if has_period(values) and PERIODS & parts and not ENDS & parts:
            found.append((BY_WORD + 5.0, column, PERIOD))
        elif has_period(values) and any(read_period(text) for text in texts_in(table, column)):
            found.append((EXACT - 4.0, column, PERIOD))
        weights = ((fits(values, table, column, head, name), name) for name in values.fields)
        found += [(weight - column / 1000, column, name) for weight, name in weights if weight]
    return found


def is_counted(values: Values, name: str) -> bool:
    """Whether a field holds a number that may stand below a year."""
    return holds_numbers(values.fields[name]) and "year" not in name


def has_period(values: Values) -> bool:
    """Whether records of the kind have a begin and an end."""
    return {"begin", "end"} <= values.fields.keys()


def fits(values: Values, table: TypedTable, column: int, head: str, name: str) -> float:
    """How well a column fits a field, by the words of its head, else by what stands in it; 0 for not at all."""
    label, words = fold(label_of(values.model, name)), words_for(values, name)
    if head in words:
        return EXACT - 5
    parts = set(SPLIT.split(head))
    inside = [word for word in {label, *words} if len(word) > 1 and set(SPLIT.split(word)) <= parts]
    if inside:
        return BY_WORD + min(20, max(map(len, inside)))
    if (ratio := SequenceMatcher(None, head, label).ratio()) >= LIKE:
        return BY_WORD * ratio
    return BY_CONTENT if holds(values, table, column, name) else 0


def holds(values: Values, table: TypedTable, column: int, name: str) -> bool:
    """Whether most of what stands in a column is known there: names of records, or words of a choice."""
    field = values.fields[name]
    if isinstance(field, models.BooleanField | VagueDateField) or not (field.is_relation or field.choices):
        return False
    texts = {normal(text) for text in texts_in(table, column) if not text.isdigit()}
    known = 0
    for text in texts:
        try:
            known += bool(values.read(name, text))
        except NotUnderstood:
            continue
    values.hints = 0
    return len(texts) > 1 and known >= 0.6 * len(texts)


def texts_in(table: TypedTable, column: int) -> set[str]:
    """What the first cells of a column say."""
    cells = (row.cells[column] for row in table.rows[:LOOKED_AT] if len(row.cells) > column)
    return {cell.text for cell in cells if cell.text}


def told_heads(values: Values) -> set[str]:
    """Heads of ours that only tell something and are never read in."""
    return values.earlier | ({fold(UNIT)} if measured_by(values.model) else set())


def is_of_text(values: Values, name: str) -> bool:
    """Whether a field takes what a cell shows, and not what the sheet counts with."""
    field = field_of(values.model, name)
    return not isinstance(field, VagueDateField | models.DateField)
