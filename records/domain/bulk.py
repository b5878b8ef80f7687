"""One field of several records set in one action."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from accounts.access import Access
from accounts.models import Municipality, User
from records.domain.batches import record_batch
from records.errors import ActionRefused, RecordLocked, StaleRecord
from records.models import Batch, MunicipalRecord
from records.models.agreement import new_questions
from records.queries.scope import sees


class Mode(StrEnum):
    """What is done to a field; the values stand in the form."""

    SET = "setzen"
    ADD = "hinzufuegen"
    REPLACE = "ersetzen"
    REMOVE = "entfernen"


@dataclass(frozen=True)
class FieldChange:
    """``field`` is the model field; ``value`` its new value (not for links), ``targets`` the chosen records of links.

    ``text`` says it in German for the message: „Priorität: hoch“. Links to records that the person does not see with
    ``access`` stay: nobody replaces what she was not shown.
    """

    field: Any
    mode: Mode
    text: str
    value: Any = None
    targets: tuple[models.Model, ...] = ()
    access: Access | None = None

    def apply(self, record: MunicipalRecord) -> dict[str, list[models.Model]] | None:
        """Put the new value on the record and return the new links; None where the record has it already."""
        if not self.field.many_to_many:
            if getattr(record, self.field.name) == self.value:
                return None
            setattr(record, self.field.name, self.value)
            return {}
        before = {target.pk: target for target in getattr(record, self.field.name).all()}
        chosen = {target.pk: target for target in self.targets}
        kept = {pk: target for pk, target in before.items() if not sees(self.access, target)}
        after = {
            Mode.ADD: before | chosen,
            Mode.REMOVE: {pk: target for pk, target in before.items() if pk not in chosen},
        }.get(self.mode, kept | chosen)
        return None if after.keys() == before.keys() else {self.field.name: list(after.values())}


def change_records(
    *,
    municipality: Municipality,
    actor: User,
    marked: Iterable[tuple[MunicipalRecord, int]],
    change: FieldChange,
    form_key: str = "",
    may_ask: Callable[[list[str]], bool] = lambda asked: False,
) -> Batch | None:
    """Change every marked record that does not have the value yet; None where all have it.

    ``marked`` are records with the version that the person saw in the list. All or nothing: where a record was changed
    meanwhile or breaks a rule, ActionRefused names all of them and nothing is stored, so that nobody has to find out
    which half of an action took place. ``may_ask`` is shown the questions that the change raises and says whether they
    are put to the person: then ActionRefused holds them. A record that has the value already needs no version.
    Raises ActionRefused, DuplicateSubmission, PermissionDenied.
    """
    rows = [(record, version, change.apply(record)) for record, version in marked]
    pending = [(record, version, links) for record, version, links in rows if links is not None]
    if not pending:
        return None
    problems: dict[str, list[str]] = {}
    asked: dict[str, list[str]] = {}
    for record, _, links in pending:
        for sentence in new_questions(record, links or {}):
            asked.setdefault(sentence, []).append(record.label)
    if asked and may_ask(list(asked)):
        raise ActionRefused(asked, is_question=True)
    with record_batch(
        municipality=municipality, actor=actor, summary=summary(pending, len(rows), change), form_key=form_key
    ) as batch:
        for record, version, links in pending:
            try:
                batch.update(record, version=version, links=links)
            except (RecordLocked, StaleRecord) as error:
                problems.setdefault(str(error), []).append(record.label)
            except ValidationError as error:
                for sentence in error.messages:
                    problems.setdefault(sentence, []).append(record.label)
        if problems:
            raise ActionRefused(problems)
    return batch.batch


def summary(pending: list[Any], marked: int, change: FieldChange) -> str:
    """„3 Bedarfe geändert (Priorität: hoch), 2 waren schon so“."""
    meta = pending[0][0]._meta
    count, others = len(pending), marked - len(pending)
    text = f"{count} {meta.verbose_name if count == 1 else meta.verbose_name_plural} geändert ({change.text[:110]})"
    return text + (f", {others} {'war' if others == 1 else 'waren'} schon so" if others else "")
