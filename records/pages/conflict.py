"""Two versions of a record side by side, when two people edited it, and the choice between them field by field."""

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import QueryDict

from records.display import NOTHING, field_of, format_value, label_of, shown
from records.forms.record import RecordForm
from records.forms.typed import TECHNICAL, as_sent
from records.kind import RecordKind
from records.models.base import Record
from records.parts import Conflict, ConflictField, Piece
from records.queries.scope import sees
from records.templatetags.german import datum

CHOICE, THEIRS = "_fassung_", "theirs"  # control of a field on the conflict page, and its value for the stored version
MOST_COMPARISONS = 1_000_000  # parts of one text times parts of the other; longer stretches are marked as a whole


def conflict_of(kind: RecordKind, form: RecordForm, stored: Record) -> Conflict:
    """What was typed against what was stored meanwhile, field by field where they differ."""
    opened_version = form.cleaned_data.get("version") or 0
    opened = stored.history.filter(version=opened_version).first()
    fields = []
    for name in kind.field_names():
        mine, theirs = typed_text(form, name), shown(stored, name, form.access)
        if plain(mine) != plain(theirs):
            label = label_of(kind.model, name)
            fields.append(conflict_field(name, label, mine, theirs, opened and is_as_opened(form, name, opened)))
    who = str(stored.changed_by) if stored.changed_by else "eine Datenübernahme"
    return Conflict(who, datum(stored.changed_at), tuple(fields), form.data.get("_opened_version") or opened_version)


def conflict_field(name: str, label: str, mine: str, theirs: str, is_untouched: bool = False) -> ConflictField:
    """A field with the words marked that only one version has."""
    mine, theirs = plain(mine) or NOTHING, plain(theirs) or NOTHING
    return ConflictField(name, label, mine, theirs, *word_differences(theirs, mine), bool(is_untouched))


def plain(text: str) -> str:
    """With one kind of line end, so that only what a person sees is compared."""
    return text.replace("\r\n", "\n").strip()


def typed_text(form: RecordForm, name: str) -> str:
    """A cleaned form value as a person reads it."""
    field: Any = field_of(form._meta.model, name)
    try:
        value = form.cleaned_data[name]
    except (KeyError, ValidationError):
        return ""
    if field.many_to_many:
        return " · ".join(str(target) for target in value if sees(form.access, target))
    if field.is_relation:
        return str(value) if value and sees(form.access, value) else ""
    return format_value(field, value, form.instance.unit_of(name))


def is_as_opened(form: RecordForm, name: str, opened: Any) -> bool:
    """Whether the person left the field as it was in the version (a history row) that she had opened."""
    field: Any = field_of(form._meta.model, name)
    value: Any = form.cleaned_data.get(name)
    if field.many_to_many:
        return {target.pk for target in value} == set((opened.links or {}).get(name, []))
    if field.is_relation:
        return bool((value.pk if value else None) == getattr(opened, field.attname))
    return plain(typed_text(form, name)) == plain(
        format_value(field, getattr(opened, name, ""), form.instance.unit_of(name))
    )


def take_theirs(data: QueryDict, build: Callable[[], BaseForm]) -> QueryDict:
    """What was sent, with the stored value in each field for which the stored version was chosen."""
    chosen = [name.removeprefix(CHOICE) for name in data if name.startswith(CHOICE) and data[name] == THEIRS]
    if not chosen:
        return data
    stored, merged = build(), data.copy()
    for name in (stored.fields.keys() - TECHNICAL).intersection(chosen):
        for control, values in as_sent(stored, name).items():
            merged.setlist(control, values)
            if not values:
                del merged[control]
    return merged


def word_differences(theirs: str, mine: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, those marked that the other does not have: lines first, then the words of changed lines."""
    left: list[Piece] = []
    right: list[Piece] = []
    for is_same, stored, typed in differences(theirs.splitlines(keepends=True), mine.splitlines(keepends=True)):
        if is_same:
            left.append(Piece(stored, False))
            right.append(Piece(typed, False))
            continue
        for same_words, old, new in differences(words(stored), words(typed)):
            is_changed = not same_words or not old.strip()
            left.append(Piece(old, is_changed))
            right.append(Piece(new, is_changed))
    return joined(left), joined(right)


def words(text: str) -> list[str]:
    """Words, blanks and signs."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def differences(stored: list[str], typed: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Stretches of both sides in turn: whether they are the same, and both texts."""
    if len(stored) * len(typed) > MOST_COMPARISONS:
        yield False, "".join(stored), "".join(typed)
        return
    for code, a, b, c, d in difflib.SequenceMatcher(None, stored, typed, autojunk=False).get_opcodes():
        yield code == "equal", "".join(stored[a:b]), "".join(typed[c:d])


def joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbours of the same kind as one piece; blanks go with what stands before them."""
    found: list[Piece] = []
    for piece in pieces:
        if found and (found[-1].is_changed == piece.is_changed or not piece.text.strip()):
            found[-1] = Piece(found[-1].text + piece.text, found[-1].is_changed)
        elif piece.text:
            found.append(piece)
    return tuple(found)
