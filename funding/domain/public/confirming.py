"""A confirmed application becomes a case of the office: one transaction, received with its number or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from funding.domain.public.drafts import checksum, held, remove_files
from funding.enums import ApplicationAction, Channel, Stages
from funding.models import (
    CostPosition,
    FinancePosition,
    FundingApplication,
    OfferedCriterion,
    PublicDraft,
)
from funding.queries.local_rules import local_rule
from planning.models import Document
from records.domain.saving import create_record
from records.life.moving import take_step

Values = dict[str, Any]
LONGEST_TITLE = 160


@dataclass(frozen=True)
class Sent:
    """What the pages hold, judged: values of the application, its links, its rows, and all of it in words.

    ``words`` are headings with pairs of label and text, as the receipt prints them.
    """

    values: Values
    links: Mapping[str, Sequence[models.Model]] = field(default_factory=dict)
    costs: Sequence[Values] = ()
    finances: Sequence[Values] = ()
    criteria: Sequence[Values] = ()
    words: list[Any] = field(default_factory=list)


def confirm(draft: PublicDraft, sent: Sent, *, at: datetime) -> PublicDraft:
    """Create the application of a draft that was handed in, and receive it; confirmed once more it is the same.

    Raises ValidationError where something has changed since, or the call was withdrawn; StepRefused.
    """
    written: list[str] = []
    try:
        with transaction.atomic():
            return _confirm(draft, sent, at, written)
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


def _confirm(draft: PublicDraft, sent: Sent, at: datetime, written: list[str]) -> PublicDraft:
    stored = held(draft)
    if stored.application_id is not None:
        return stored
    call, handed_in = stored.call, stored.handed_in_at
    if call.withdrawn_on is not None:
        raise ValidationError(
            "Der Aufruf ist inzwischen zurückgezogen. Der Antrag lässt sich nicht mehr bestätigen. "
            "Fragen Sie die Stelle, ob es einen weiteren gibt."
        )
    if handed_in is None or stored.touched_at != draft.touched_at:
        raise ValidationError(
            "Der Antrag wurde inzwischen geändert. Prüfen Sie ihn, und senden Sie ihn noch einmal ab."
        )
    application = _created(stored, sent, written)
    _receive(application, handed_in)
    files = [[each.name, each.size, each.sha256] for each in stored.files.all()]
    stored.sent = {
        "number": application.case_number,
        "call": str(call),
        "handed_in_at": handed_in.isoformat(),
        "confirmed_at": at.isoformat(),
        "words": sent.words,
        "declarations": stored.declarations,
        "files": files,
    }
    stored.sha256, stored.confirmed_at, stored.application, stored.code = checksum(stored.sent), at, application, ""
    stored.save()
    remove_files(stored)
    return stored


def _created(draft: PublicDraft, sent: Sent, written: list[str]) -> FundingApplication:
    call = draft.call
    place: Values = {"municipality": call.municipality, "is_example": call.is_example}
    documents = [_document(each, place, written) for each in draft.files.all()]
    application = FundingApplication(
        call=call,
        year=call.year,
        project_class=call.project_class,
        channel=Channel.LINK,
        declarations=draft.declarations,
        **sent.values,
        **place,
    )
    create_record(application, actor=None, links={**sent.links, "documents": documents})
    for model, rows in (
        (CostPosition, sent.costs),
        (FinancePosition, sent.finances),
        (OfferedCriterion, sent.criteria),
    ):
        for row in rows:
            create_record(model(application=application, **place, **row), actor=None)
    return application


def _document(file: Any, place: Values, written: list[str]) -> Document:
    with file.file.open() as opened:
        content = ContentFile(opened.read(), file.name)
    title = PurePosixPath(file.name).stem[:LONGEST_TITLE].strip() or "Unterlage"
    document = Document(title=title, file=content, original_name=file.name, **place)
    create_record(document, actor=None)
    written.append(str(document.file.name))
    return document


def _receive(application: FundingApplication, at: datetime) -> None:
    """A sketch where the rule asks for one first; else received, on the day in Berlin on which it was sent."""
    day = timezone.localdate(at)
    rule = local_rule(application.municipality, application.project_class, day)
    is_sketch = rule is not None and rule.stages == Stages.SKETCH and not application.is_light
    action = ApplicationAction.HAND_IN_SKETCH if is_sketch else ApplicationAction.RECEIVE
    values = {} if is_sketch else {"received_on": day}
    take_step(record=application, action=action, actor=None, version=application.version, values=values, at=at)
