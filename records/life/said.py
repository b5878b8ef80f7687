"""The values of a step's fields in words, as the step notes them for ever."""

from typing import Any

from records.display import format_value, label_of
from records.life.table import Attempt, Move
from records.queries.scope import label_seen

FIELDS = "fields"  # where they stand in the details of a step


def said(move: Move, attempt: Attempt) -> list[list[str]]:
    """Pairs of label and text, in the order of the table; an empty text for what was left empty.

    A record that not every reader sees is not named.
    """
    record = attempt.record
    given = [name for name in move.fields if name in attempt.values]
    return [[label_of(type(record), name), _in_words(record, name, attempt.values[name])] for name in given]


def _in_words(record: Any, name: str, value: Any) -> str:
    field = record._meta.get_field(name)
    if field.is_relation:
        return label_seen(None, value) if value else ""
    return format_value(field, value, record.unit_of(name))
