"""Drafts of forms: what was typed and is not saved yet. Each belongs to one person; nobody else ever sees it."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Municipality, User
from accounts.typed import LARGEST, size_of
from records.errors import DraftTooLarge
from records.models import Batch, ColumnChoice, FormDraft, SubmissionKey, TableImport
from records.queries.drafts import DRAFT_DAYS, discarded_drafts_of, drafts_of
from records.text import whole_number

COLUMN_DAYS = 800  # a list of the year before comes with the same heads
MOST = 50  # drafts of one person; the oldest go
OPENED_VERSION = "_opened_version"  # on the page of a conflict: the version that the person had opened first


@transaction.atomic
def keep_draft(
    *, actor: User, municipality: Municipality | None, path: str, data: QueryDict, title: str, field: str = ""
) -> FormDraft:
    """Store the typed fields of an opened form, in place of what was kept of it before, discarded or not.

    ``field`` is the relation for which the person goes away to create a record. Names with an underscore are buttons
    and choices, no fields. Texts come without NUL, which PostgreSQL refuses. Raises DraftTooLarge.
    """
    typed = {
        without_nul(name): [without_nul(value) for value in values]
        for name, values in data.lists()
        if name != "csrfmiddlewaretoken" and not name.startswith("_")
    }
    if opened_version := data.get(OPENED_VERSION):
        typed["version"] = [without_nul(opened_version)]
    key = key_or_place(data, path)
    typed["form_key"] = [key]
    if size_of(typed) > LARGEST:
        raise DraftTooLarge
    kept = {
        "municipality": municipality,
        "path": without_nul(path),
        "data": typed,
        "title": title[:200],
        "field": field,
        "discarded_at": None,
    }
    draft, _ = FormDraft.objects.update_or_create(user=actor, key=key, defaults=kept)
    surplus = drafts_of(actor).values_list("pk", flat=True)[MOST:]
    FormDraft.objects.filter(pk__in=list(surplus)).delete()
    return draft


def without_nul(text: str) -> str:
    """The text as every database stores it."""
    return text.replace("\x00", "")


def key_of(data: QueryDict) -> str:
    """The key of the opened form."""
    return without_nul(data.get("form_key", ""))[:36]


def key_or_place(data: QueryDict, path: str) -> str:
    """The key of the opened form, also where its fields have a prefix; without one the form at this address."""
    name = next((name for name in data if name == "form_key" or name.endswith("-form_key")), "")
    key = without_nul(data.get(name, ""))[:36]
    return key or str(uuid.uuid5(uuid.NAMESPACE_URL, path))


def is_saved(key: str) -> bool:
    """Whether the form with this key has made its record: what still arrives from it is no draft."""
    return bool(key) and SubmissionKey.objects.filter(pk=key).exists()


def find_draft(actor: User, number: str | None) -> FormDraft | None:
    """The person's own draft of that number; a foreign one does not exist."""
    return drafts_of(actor).filter(pk=pk).first() if (pk := whole_number(number)) is not None else None


def find_discarded(actor: User, number: str | None) -> FormDraft | None:
    """The person's own draft of that number that was discarded."""
    return discarded_drafts_of(actor).filter(pk=pk).first() if (pk := whole_number(number)) is not None else None


def typed_fields(draft: FormDraft, created: Any = None) -> QueryDict:
    """The draft's fields as they were sent, with the created record added to its relation."""
    query = QueryDict(mutable=True)
    for name, values in draft.data.items():
        query.setlist(name, values)
    if created and draft.field:
        query.setlist(draft.field, [*[v for v in query.getlist(draft.field) if v], str(created)])
    return query


def drop_draft(draft: FormDraft) -> None:
    """Forget a draft that was saved."""
    draft.delete()


def discard_draft(draft: FormDraft) -> None:
    """Lay a draft aside: nobody sees it any more, until it is taken back or too old."""
    FormDraft.objects.filter(pk=draft.pk).update(discarded_at=timezone.now())


def take_back_draft(draft: FormDraft) -> None:
    """Undo ``discard_draft``."""
    FormDraft.objects.filter(pk=draft.pk).update(discarded_at=None)


def drop_draft_of_form(*, actor: User, key: str) -> None:
    """Forget what was kept of an opened form, if anything was."""
    if key:
        FormDraft.objects.filter(user=actor, key=key).delete()


def drop_old_drafts() -> int:
    """Forget what nobody touched for DRAFT_DAYS, and say how many drafts went.

    Tables that were uploaded and never confirmed, the ways back of actions and the keys of saved forms go as well.
    """
    then = timezone.now() - timedelta(days=DRAFT_DAYS)
    TableImport.objects.filter(created_at__lt=then).delete()
    Batch.objects.filter(created_at__lt=then).delete()
    SubmissionKey.objects.filter(used_at__lt=then).delete()
    ColumnChoice.objects.filter(used_at__lt=timezone.now() - timedelta(days=COLUMN_DAYS)).delete()
    return FormDraft.objects.filter(changed_at__lt=then).delete()[0]
