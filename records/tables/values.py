"""What a typed cell means for a field: the value as the record's form would receive it.

Values are kept in one plain form (``Plain``): texts as typed, links as a tuple of ids, single relations and choices as
the text that the form sends, yes and no as bool, dates in the exchange form, numbers without German signs.
"""

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from accounts.access import Access
from accounts.models import Municipality
from records.display import field_of, format_value, head_of
from records.fields import VagueDateField
from records.filters import read_labels, without_years
from records.forms.numbers import plain_number
from records.kind import RecordKind
from records.models import Numbered
from records.tables.writing import DANGEROUS, FORBIDDEN, SEPARATOR
from records.text import fold
from records.vague import VagueDate, read_vague

Plain = str | bool | tuple[str, ...]
YES_NO = {"ja": True, "wahr": True, "nein": False, "falsch": False, "": False}
CHOOSE_IN_FORM = "Ordnen Sie den Eintrag im Formular zu."
MOST_NAMED = 8  # choices that a sentence lists
MOST_HINTS = 50  # labels for which similar ones are looked up: it takes time


class NotUnderstood(ValueError):
    """A cell has no meaning for its field; ``str()`` is a German sentence."""


def normal(value: Any) -> str:
    """A text without what spreadsheets change on the way: line ends, control characters, blanks around it."""
    return str(value).translate(FORBIDDEN).replace("\r\n", "\n").replace("\r", "\n").strip()


def without_apostrophe(text: str) -> str:
    """Our CSV puts an apostrophe before texts that look like formulas (records.tables.writing.harmless)."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def plain_decimal(text: str) -> str:
    """One German writing for equal numbers; what is no number stays as typed, so that the form says so."""
    try:
        value = Decimal(plain_number(text))
    except InvalidOperation:
        return text
    return f"{value.normalize():f}".replace(".", ",") if value.is_finite() and abs(value.adjusted()) < 30 else text


class Values:
    """Meaning and display of the cells of one kind; related records are read once (one query)."""

    def __init__(self, kind: RecordKind, municipality: Municipality | None, access: Access) -> None:
        self.model = kind.model
        self.fields = {name: field_of(kind.model, name) for name in kind.field_names()}
        self.heads = {name: head_of(kind.model, name) for name in self.fields}
        related = [name for name, f in self.fields.items() if f.is_relation]
        self.labels = read_labels(kind, related, municipality, access)
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
        if isinstance(model_field, models.DecimalField):
            return plain_decimal(f"{value:f}".replace(".", ","))
        return normal(value)

    def read(self, name: str, text: str) -> Plain:
        """The value that was typed. Raises NotUnderstood."""
        model_field = self.fields[name]
        if isinstance(model_field, models.BooleanField):
            if text.casefold() not in YES_NO:
                raise NotUnderstood("Schreiben Sie ja oder nein.")
            return YES_NO[text.casefold()]
        if model_field.many_to_many:
            return tuple(sorted({str(self._related(name, part)) for part in self._parts(name, text)}))
        if not text:
            return ""
        if model_field.is_relation:
            return str(self._related(name, text))
        if model_field.choices:
            return self._choice(model_field, text)
        if isinstance(model_field, VagueDateField):
            try:
                return read_vague(text).iso
            except ValueError as error:
                raise NotUnderstood(str(error)) from error
        return plain_decimal(text) if isinstance(model_field, models.DecimalField) else text

    def shown(self, name: str, value: Plain) -> str:
        """The value as a person reads it."""
        model_field = self.fields[name]
        if isinstance(value, bool):
            return "ja" if value else "nein"
        if isinstance(value, tuple) or model_field.is_relation:
            keys = value if isinstance(value, tuple) else (value,) if value else ()
            return " · ".join(self.labels[name].get(int(key), key) for key in keys)
        if not value:
            return ""
        try:
            is_decimal = isinstance(model_field, models.DecimalField)
            python = model_field.to_python(plain_number(value) if is_decimal else value)
        except ValidationError:
            return value
        return format_value(model_field, python)

    def _choice(self, model_field: Any, text: str) -> str:
        codes = {fold(str(label)): str(code) for code, label in model_field.flatchoices}
        if fold(text) not in codes:
            labels = [str(label) for code, label in model_field.flatchoices if code not in ("", None)]
            more = " …" if len(labels) > MOST_NAMED else ""
            raise NotUnderstood(f"Möglich sind: {', '.join(labels[:MOST_NAMED])}{more}.")
        return codes[fold(text)]

    def _parts(self, name: str, text: str) -> list[str]:
        """Labels between separators; a label that holds the separator itself is found by its longest form."""
        parts, found = [part.strip() for part in text.split(SEPARATOR.strip()) if part.strip()], []
        while parts:
            joined = (SEPARATOR.join(parts[:end]) for end in range(min(len(parts), MOST_NAMED), 1, -1))
            label = next((label for label in joined if fold(label) in self.known[name]), parts[0])
            found.append(label)
            del parts[: label.count(SEPARATOR) + 1]
        return found

    def _related(self, name: str, text: str) -> int:
        keys = self.known[name].get(fold(text), [])
        if len(keys) == 1:
            return keys[0]
        if keys:
            named = list(dict.fromkeys(self.labels[name][key] for key in keys))[:MOST_NAMED]
            way = f"Schreiben Sie „{'“ oder „'.join(named)}“." if len(named) == len(keys) else CHOOSE_IN_FORM
            raise NotUnderstood(f"„{text}“ gibt es {len(keys)}-mal. {way}")
        self.hints += 1
        near = get_close_matches(fold(text), self.known[name], n=3, cutoff=0.5) if self.hints <= MOST_HINTS else []
        labels = [self.labels[name][self.known[name][key][0]] for key in near]
        hint = f"Ähnlich heißen: „{'“, „'.join(labels)}“." if labels else "Prüfen Sie die Schreibweise."
        raise NotUnderstood(f"„{text}“ gibt es hier nicht. {hint}")
