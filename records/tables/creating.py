"""What a table refers to and does not exist yet (a Träger, a Zielgruppe, a Gemeinde) is created with its rows.

It goes through the form of its own kind, as anything that is created.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.access import Access
from accounts.models import Municipality, User
from accounts.policies import Right
from records.display import field_of
from records.domain.batches import Recorder
from records.domain.rows import write_entries
from records.errors import TableRefused
from records.forms.record import form_class_for
from records.kind import RecordKind
from records.models import MunicipalRecord
from records.registry import find_kind
from records.tables.assigning import NEW, Said
from records.tables.checking import RawRow
from records.tables.preview import TableCheck
from records.tables.values import Values

CREATE = "neu anlegen: {}"


@dataclass(frozen=True)
class Maker:
    """A kind whose records need but a name, or a name and one word of a choice (``field``: „Art“)."""

    kind: RecordKind
    field: str = ""

    def choices(self, title: str) -> list[tuple[str, str]]:
        """The answers by which a record of that name is created."""
        if not self.field:
            return [(f"{NEW}|{title}", CREATE.format(title))]
        options: Any = field_of(self.kind.model, self.field).flatchoices
        return [(f"{NEW}{code}|{title}", f"{CREATE.format(title)} ({label})") for code, label in options if code]

    def cells(self, code: str, title: str) -> dict[str, str]:
        """The row that such an answer means."""
        if not self.field:
            return {self.kind.title_field: title}
        labels = {str(key): str(label) for key, label in field_of(self.kind.model, self.field).flatchoices}
        return {self.kind.title_field: title, self.field: labels.get(code, "")}


def makers_of(values: Values, access: Access, municipality: Municipality) -> dict[str, Maker | None]:
    """By relation: how this person can create its records beside the rows, if they can."""
    return {
        name: maker_of(model_field.related_model, access, municipality)
        for name, model_field in values.fields.items()
        if model_field.is_relation
    }


def maker_of(model: Any, access: Access, municipality: Municipality) -> Maker | None:
    """How a record is created by a name; None where more is needed, or the right is missing."""
    kind = find_kind(model)
    if kind is None or not issubclass(model, MunicipalRecord) or not kind.title_field:
        return None
    if not kind.allows(Right.CREATE, access, municipality):
        return None
    form = form_class_for(kind)(kind=kind, municipality=municipality, access=access)
    names = (name for name, each in form.fields.items() if each.required and name != kind.title_field)
    needed = [name for name in names if form.get_initial_for_field(form.fields[name], name) in (None, "")]
    if not needed:
        return Maker(kind)
    is_choice = len(needed) == 1 and bool(getattr(field_of(model, needed[0]), "flatchoices", None))
    return Maker(kind, needed[0]) if is_choice else None


def create_missing(
    values: Values, said: Said, access: Access, municipality: Municipality, recorder: Recorder
) -> dict[tuple[str, str], int]:
    """Create what a person wants to have created, each name of a kind once; keys by field and folded text.

    Raises TableRefused, PermissionDenied.
    """
    wanted: dict[Any, dict[str, tuple[str, str]]] = {}
    for name, text, code, title in said.new_ones():
        if name in values.fields and values.fields[name].is_relation:
            wanted.setdefault(values.fields[name].related_model, {}).setdefault(text, (code, title))
    keys: dict[tuple[Any, str], int] = {}
    for model, told in wanted.items():
        maker = maker_of(model, access, municipality)
        if maker is None:
            continue
        check = TableCheck(maker.kind, municipality, access, Values(maker.kind, municipality, access))
        checked = check.run(RawRow(number, "", "", maker.cells(*each)) for number, each in enumerate(told.values()))
        if checked.errors:
            wrong = ([*row.errors, *(cell.error for cell in row.cells if cell.error)] for row in checked.rows)
            raise TableRefused({0: [sentence for sentences in wrong for sentence in sentences]})
        write_entries(recorder, checked.entries)
        keys |= {(model, text): entry.record.pk for text, entry in zip(told, checked.entries, strict=True)}
    return {
        (name, text): keys[values.fields[name].related_model, text]
        for name, text, *_ in said.new_ones()
        if name in values.fields and (values.fields[name].related_model, text) in keys
    }


@contextmanager
def tried(municipality: Municipality, actor: User) -> Iterator[Recorder]:
    """Write in order to see what would come of it; nothing of it stays."""
    with transaction.atomic():
        yield Recorder(municipality, actor, "", "")
        transaction.set_rollback(True)
