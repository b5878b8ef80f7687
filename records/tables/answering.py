"""What a person says that the texts of a table mean, and what follows from it.

What does not exist yet (a Träger, a Zielgruppe, a Gemeinde) is created with the rows, by the form of its own kind.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models

from accounts.access import Access
from accounts.models import Municipality
from records.domain.batches import Recorder
from records.kind import RecordKind
from records.tables.assigning import NEW, NOTHING, TYPED, VALUE, Said
from records.tables.checking import RawRow, Tell
from records.tables.creating import Maker, create_missing
from records.tables.preview import Checked, TableCheck
from records.tables.questions import UnclearText
from records.tables.short_names import abbreviates
from records.tables.values import NotUnderstood, Plain, Values
from records.text import fold

MOST = 200  # questions on one page
LEAVE_EMPTY = "leer lassen"
# What says that there is nothing to say, or what nobody calls a record: never proposed as a new one.
NOTHING_SAID = re.compile(
    r"[\W_x]*|k\. ?a\.?|n\. ?n\.?|n\. ?b\.?|unbekannt|offen|noch offen|entfaellt|keine?r?|keine angaben?|"
    r"ohne(?: angabe)?|nicht bekannt|tbd|n/?a|nv|ja|nein|\?+|(?:siehe|s\.|vgl\.) .*|dito|dto\.?|ditto|wie oben"
)


@dataclass(frozen=True)
class Choice:
    """An answer that can be chosen."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Asked:
    """A question as the page shows it; ``can_type``: another text may be written instead."""

    question: UnclearText
    choices: list[Choice]
    can_type: bool
    typed: str = ""
    is_many: bool = False

    @property
    def key(self) -> str:
        """Which question is answered, as it is sent."""
        return json.dumps([self.question.field, self.question.text])


def shown_questions(
    values: Values, questions: list[UnclearText], said: Said, makers: Mapping[str, Maker | None]
) -> list[Asked]:
    """The questions with their choices. ``makers`` says by field how new records are created there."""
    options = {name: options_of(values, name) for name in {question.field for question in questions}}
    shown = []
    for question in questions[:MOST]:
        name, model_field = question.field, values.fields[question.field]
        told = said.answers.get(name, {}).get(fold(question.text), "")
        if question.ways:
            offered = [Choice(value, label, value == told) for value, label in question.ways]
            shown.append(Asked(question, offered, can_type=False))
            continue
        near = near_to(values, name, question.text, options[name]) if question.text else []
        choices = [*near_first(options[name], near)]
        if (maker := makers.get(name)) and question.text:
            made = maker.choices(question.text)
            choices = [*made, *choices]
            is_name = not (near or len(made) > 1 or NOTHING_SAID.fullmatch(fold(question.text)))
            told = told or (made[0][0] if is_name else "")
        if not told and len(near) == 1 and (not model_field.is_relation or abbreviates(question.text, near[0])):
            told = next((value for value, label in options[name] if label == near[0]), "")
        if question.text and (model_field.blank or model_field.null):
            choices.append((NOTHING, LEAVE_EMPTY))
        can_type = not options[name] or model_field.many_to_many
        offered = [Choice(value, label, value == told) for value, label in choices]
        typed = told[1:] if told.startswith(TYPED) else ""
        shown.append(Asked(question, offered, can_type, typed, model_field.many_to_many))
    return shown


def near_to(values: Values, name: str, text: str, options: list[tuple[str, str]]) -> list[str]:
    """Labels that look like the text; of a choice those that begin with it („Verein“: „Verein oder Initiative“)."""
    if values.fields[name].is_relation:
        return values.near(name, text)
    return [label for _, label in options if fold(label).startswith(f"{fold(text)} ")]


def near_first(options: list[tuple[str, str]], near: list[str]) -> list[tuple[str, str]]:
    """What looks like the text stands first."""
    return sorted(options, key=lambda option: option[1] not in near)


def options_of(values: Values, name: str) -> list[tuple[str, str]]:
    """What a field can hold, as answers; empty where it is written."""
    model_field = values.fields[name]
    if model_field.is_relation:
        return [(f"{VALUE}{key}", label) for key, label in values.labels[name].items()]
    if isinstance(model_field, models.BooleanField):
        return [(f"{VALUE}ja", "ja"), (f"{VALUE}nein", "nein")]
    return [(f"{VALUE}{code}", str(label)) for code, label in model_field.flatchoices or () if code not in ("", None)]


def answer(values: Values, said: Said, created: dict[tuple[str, str], int]) -> None:
    """Let cells mean what a person has said; what is not offered any more is asked again."""
    for name, answers in said.answers.items():
        if name not in values.fields:
            continue
        for text, told in answers.items():
            try:
                meant = meaning(values, name, text, told, created)
            except NotUnderstood:
                continue
            if meant is not None:
                values.answers[name][text] = meant


def meaning(values: Values, name: str, text: str, told: str, created: dict[tuple[str, str], int]) -> Plain | None:
    """An answer as the value of the field; None where it says nothing, or another text."""
    model_field = values.fields[name]
    is_truth = isinstance(model_field, models.BooleanField)
    if told == NOTHING:
        return () if model_field.many_to_many else False if is_truth else ""
    if told.startswith(NEW) and (name, text) in created:
        key = str(created[name, text])
    elif told.startswith(TYPED) and model_field.many_to_many:
        return values.read(name, told[1:]) if fold(told[1:]) != text else None
    elif told.startswith(VALUE) and told in dict(options_of(values, name)):
        key = told[1:]
    else:
        return None
    return (key,) if model_field.many_to_many else key == "ja" if is_truth else key


def check_said(
    kind: RecordKind,
    municipality: Municipality,
    access: Access,
    rows: Iterable[RawRow],
    said: Said,
    recorder: Recorder,
    *,
    may_change: bool = False,
    tell: Tell | None = None,
) -> Checked:
    """Check rows as the person has explained them; what they want to have created is written with the recorder.

    Raises TableRefused, PermissionDenied.
    """
    values = Values(kind, municipality, access)
    created = create_missing(values, said, access, municipality, recorder)
    if created:
        values = Values(kind, municipality, access)
    answer(values, said, created)
    check = TableCheck(kind, municipality, access, values, may_change=may_change)
    check.tell = tell
    return check.run(rows)
