"""What a typed cell means for a field: the value as the record's form would receive it.

Values are kept in one plain form (``Plain``): texts as typed, links as a tuple of ids, single relations and choices as
the text that the form sends, yes and no as bool, dates in the exchange form, numbers without German signs.
"""

import re
from collections import defaultdict
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from accounts.access import Access
from accounts.date_words import read_day, read_vague, side_of
from accounts.models import Municipality
from records.amounts import MOST, Amount, read_number
from records.amounts import written as german
from records.display import field_of, fixed_unit, format_value, head_of
from records.fields import EuroField, ExactField, VagueDateField, has_decimals
from records.filters import read_labels
from records.kind import RecordKind
from records.models import Numbered
from records.queries.names import without_years
from records.tables.short_names import shortens
from records.tables.writing import DANGEROUS, FORBIDDEN
from records.text import LINE_ENDS, fold
from records.vague import VagueDate

Plain = str | bool | tuple[str, ...]
YES_NO = {"ja": True, "wahr": True, "nein": False, "falsch": False, "": False}
YES_NO |= {
    "x": True,
    "✓": True,
    "✔": True,
    "j": True,
    "true": True,
    "1": True,
    "n": False,
    "0": False,
    "false": False,
    "-": False,
    "–": False,
}
BETWEEN = re.compile(r"((?<!\s)\s*(?:[|;,+/&\n]|\bund\b)\s*)")  # what stands between several in one cell
SOFT = re.compile(r"\s*(?:[/&]|und)\s*")  # and in many a name too
NUMBERED = re.compile(r"(\d{1,3})\.? (.+)")  # „2 Bildung im familiären Umfeld“
CHOOSE_IN_FORM = "Ordnen Sie den Eintrag im Formular zu."
COMPUTED = re.compile(r"-?[0-9]{1,20},[0-9]{12,20}")  # by a sheet, with 17 digits, of which it shows 15
BULLET = re.compile("^[ \t]*(?:[•·▪◦‣●○■□➢➔*–—-]|\uf0b7|\uf0a7)[ \t]+(?=\\S)", re.MULTILINE)  # before each of several
MOST_NAMED = 8  # choices that a sentence lists
MOST_HINTS = 50  # labels for which similar ones are looked up: it takes time


class NotUnderstood(ValueError):
    """A cell has no meaning for its field; ``str()`` is a German sentence.

    ``parts`` are the texts that have none, with their sentences, where several stand in the cell.
    """

    def __init__(self, sentence: str, parts: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.parts = parts or {}


def normal(value: Any) -> str:
    """A text without what spreadsheets change on the way: line ends, control characters, blanks around it."""
    return LINE_ENDS.sub("\n", str(value)).translate(FORBIDDEN).strip()


def without_apostrophe(text: str) -> str:
    """Our CSV puts an apostrophe before texts that look like formulas (records.tables.writing.harmless)."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def as_shown(field: Any, text: str) -> str:
    """A number that a sheet computed, as it shows it („0,3“); amounts are taken as they are, and refused."""
    if isinstance(field, ExactField) or fixed_unit(field) == "€" or not COMPUTED.fullmatch(text):
        return text
    shown = Decimal(format(Decimal(text.replace(",", ".")), ".15g"))
    return f"{shown.normalize():f}".replace(".", ",")


def decimal_of(field: Any, text: str) -> Decimal | None:
    """The number that was typed; None where the text is none, or has two readings, which the form says."""
    read = read_number(text, field.decimal_places, getattr(field, "most", MOST), getattr(field, "unit", "€"))
    return read.value if isinstance(read, Amount) else None


def plain_decimal(field: Any, value: Decimal) -> str:
    """One German writing for equal numbers, which has one reading."""
    if isinstance(field, EuroField):
        return german(value)
    return f"{value.normalize():f}".replace(".", ",")


class Values:
    """Meaning and display of the cells of one kind; related records are read once (one query)."""

    def __init__(self, kind: RecordKind, municipality: Municipality | None, access: Access) -> None:
        self.model = kind.model
        self.fields = {name: field_of(kind.model, name) for name in kind.field_names()}
        self.heads = {name: head_of(kind.model, name) for name in self.fields}
        self.earlier = {fold(head) for head, name in kind.model.formerly.items() if name in kind.earlier}
        self.earlier |= {fold(head_of(kind.model, name)) for name in kind.earlier}
        related = [name for name, f in self.fields.items() if f.is_relation]
        self.labels = read_labels(kind, related, municipality, access)
        self.answers: dict[str, dict[str, Plain]] = defaultdict(dict)
        self.hints = 0
        self.known: dict[str, dict[str, list[int]]] = {}
        for name in related:
            self.known[name] = defaultdict(list)
            for pk, label in self.labels[name].items():
                for written in self._writings(name, label):
                    self.known[name][fold(normal(written))].append(pk)

    def _writings(self, name: str, label: str) -> set[str]:
        """How a record may be called in a cell: „M 14 Rufbus“, and where it has a number „M 14“ or „Rufbus“ alone."""
        plain = without_years(label)  # named so it may be meant more than once, which is said then
        if numbered := NUMBERED.fullmatch(plain):
            number, title = numbered.groups()
            kind = self.fields[name].related_model._meta
            words = ("HF", str(kind.verbose_name), str(kind.verbose_name_plural))
            numbers = (number, *(f"{word} {number}" for word in words))
            both = (f"{each}{sign} {title}" for each in numbers for sign in (":", ".", ")", " -", ""))
            return {label, plain, title, f"{number}.", *numbers, *both}
        if not issubclass(self.fields[name].related_model, Numbered):
            return {label, plain}
        letter, number, title = label.split(" ", 2)
        return {label, plain, title, without_years(title), f"{letter} {number}"}

    def stored(self, name: str, record: Any) -> Plain:
        """The value of a stored record."""
        model_field = self.fields[name]
        if model_field.many_to_many:
            return tuple(sorted(str(target.pk) for target in getattr(record, name).all())) if record.pk else ()
        value = getattr(record, model_field.attname, None)  # history rows lack what is forgotten
        if isinstance(model_field, models.BooleanField):
            return bool(value)
        if value is None:
            return ""
        if isinstance(value, VagueDate):
            return value.iso
        if has_decimals(model_field):
            return plain_decimal(model_field, Decimal(value))
        return normal(value)

    def answered(self, name: str, text: str) -> Plain | None:
        """What a person has said that a text means in a field; None where nobody was asked."""
        return self.answers[name].get(fold(text))

    def read(self, name: str, text: str) -> Plain:
        """The value that was typed. Raises NotUnderstood."""
        model_field = self.fields[name]
        if (answer := self.answered(name, text)) is not None:
            return answer
        text = as_shown(model_field, text)
        if isinstance(model_field, models.BooleanField):
            if fold(text) not in YES_NO:
                raise NotUnderstood("Schreiben Sie ja oder nein.")
            return YES_NO[fold(text)]
        if model_field.many_to_many:
            return self._many(name, text)
        if not text:
            return ""
        if model_field.is_relation:
            return str(self._related(name, text))
        if model_field.choices:
            return self._choice(model_field, text)
        if isinstance(model_field, VagueDateField | models.DateField):
            return self._date(model_field, text)
        number = decimal_of(model_field, text) if has_decimals(model_field) else None
        return text if number is None else plain_decimal(model_field, number)

    def shown(self, name: str, value: Plain, unit: str = "") -> str:
        """The value as a person reads it, a number with its unit."""
        model_field = self.fields[name]
        if isinstance(value, bool):
            return "ja" if value else "nein"
        if isinstance(value, tuple) or model_field.is_relation:
            keys = value if isinstance(value, tuple) else (value,) if value else ()
            return " · ".join(self.labels[name].get(int(key), key) for key in keys)
        if not value:
            return ""
        if has_decimals(model_field):
            number = decimal_of(model_field, value)
            return value if number is None else format_value(model_field, number, unit)
        try:
            python = model_field.to_python(value)
        except ValidationError:
            return value
        return format_value(model_field, python, unit)

    def _date(self, model_field: Any, text: str) -> str:
        try:
            if isinstance(model_field, VagueDateField):
                return read_vague(text, side=side_of(model_field.name)).iso
            return read_day(text, side=side_of(model_field.name)).isoformat()
        except ValueError as error:
            raise NotUnderstood(str(error)) from error

    def _choice(self, model_field: Any, text: str) -> str:
        codes = {fold(str(label)): str(code) for code, label in model_field.flatchoices}
        if fold(text) not in codes:
            labels = [str(label) for code, label in model_field.flatchoices if code not in ("", None)]
            more = " …" if len(labels) > MOST_NAMED else ""
            raise NotUnderstood(f"Möglich sind: {', '.join(labels[:MOST_NAMED])}{more}.")
        return codes[fold(text)]

    def _many(self, name: str, text: str) -> tuple[str, ...]:
        """Several records in one cell; the sentence is about the first that is not known, the parts are all of them."""
        found: set[Plain] = set()
        unknown: dict[str, str] = {}
        for part in self._parts(name, text):
            answer = self.answered(name, part)
            try:
                found |= set(answer) if isinstance(answer, tuple) else {str(self._related(name, part))}
            except NotUnderstood as error:
                unknown[part] = str(error)
        if unknown:
            raise NotUnderstood(next(iter(unknown.values())), unknown)
        return tuple(sorted(str(key) for key in found))

    def _parts(self, name: str, text: str) -> list[str]:
        """Names between separators; one that holds a separator itself is found by its longest form.

        What is not known ends at the next comma, plus, bar or line; „/“ and „und“ are left in it.
        """
        pieces, found = BETWEEN.split(text if self._is_known(name, text) else BULLET.sub("", text)), []
        at = 0
        while at < len(pieces):
            ends = range(min(len(pieces), at + 2 * MOST_NAMED - 1), at, -2)
            end = next((end for end in ends if self._is_known(name, "".join(pieces[at:end]))), at + 1)
            if not self._is_known(name, "".join(pieces[at:end])):
                while (
                    end + 1 < len(pieces) and SOFT.fullmatch(pieces[end]) and not self._is_known(name, pieces[end + 1])
                ):
                    end += 2
            found.append("".join(pieces[at:end]).strip())
            at = end + 1
        return [part for part in found if part]

    def _is_known(self, name: str, text: str) -> bool:
        return fold(normal(text)) in self.known[name] or self.answered(name, text.strip()) is not None

    def _related(self, name: str, text: str) -> int:
        keys = self.known[name].get(fold(text), [])
        if len(keys) == 1:
            return keys[0]
        if keys:
            named = list(dict.fromkeys(self.labels[name][key] for key in keys))[:MOST_NAMED]
            way = f"Schreiben Sie „{'“ oder „'.join(named)}“." if len(named) == len(keys) else CHOOSE_IN_FORM
            raise NotUnderstood(f"„{text}“ gibt es {len(keys)}-mal. {way}")
        labels = self.near(name, text)
        hint = f"Ähnlich heißen: „{'“, „'.join(labels)}“." if labels else "Prüfen Sie die Schreibweise."
        raise NotUnderstood(f"„{text}“ gibt es hier nicht. {hint}")

    def near(self, name: str, text: str) -> list[str]:
        """Labels that look like the text; of the first texts that are asked for, since it takes time."""
        self.hints += 1
        if self.hints > MOST_HINTS:
            return []
        near = [label for label in self.labels[name].values() if shortens(text, label)][:3]
        alike = get_close_matches(fold(text), self.known[name], n=3, cutoff=0.5) if len(near) != 1 else []
        return list(dict.fromkeys([*near, *(self.labels[name][self.known[name][key][0]] for key in alike)]))[:3]
