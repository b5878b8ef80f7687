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
from records.models import Batch, FormDraft, SubmissionKey, TableImport
from records.queries.drafts import DRAFT_DAYS, drafts_of
from records.text import whole_number

MOST = 50  # drafts of one person; the oldest go
OPENED_VERSION = "_opened_version"  # on the page of a conflict: the version that the person had opened first


@transaction.atomic
def keep_draft(
    *, actor: User, municipality: Municipality | None, path: str, data: QueryDict, title: str, field: str = ""
) -> FormDraft:
    """Store the typed fields of an opened form, in place of what was kept of it before.

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
    key = key_of(data) or str(uuid.uuid4())
    typed["form_key"] = [key]
    if size_of(typed) > LARGEST:
        raise DraftTooLarge
    kept = {
        "municipality": municipality,
        "path": without_nul(path),
        "data": typed,
        "title": title[:200],
        "field": field,
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


def is_saved(key: str) -> bool:
    """Whether the form with this key has made its record: what still arrives from it is no draft."""
    return bool(key) and SubmissionKey.objects.filter(pk=key).exists()


def find_draft(actor: User, number: str | None) -> FormDraft | None:
    """The person's own draft of that number; a foreign one does not exist."""
    return drafts_of(actor).filter(pk=pk).first() if (pk := whole_number(number)) is not None else None


def typed_fields(draft: FormDraft, created: Any = None) -> QueryDict:
    """The draft's fields as they were sent, with the created record added to its relation."""
    query = QueryDict(mutable=True)
    for name, values in draft.data.items():
        query.setlist(name, values)
    if created and draft.field:
        query.setlist(draft.field, [*[v for v in query.getlist(draft.field) if v], str(created)])
    return query


def drop_draft(draft: FormDraft) -> None:
    """Forget a draft that was saved or discarded."""
    draft.delete()


def drop_draft_of_form(*, actor: User, key: str) -> None:
    """Forget what was kept of an opened form, if anything was."""
    if key:
        drafts_of(actor).filter(key=key).delete()


def drop_old_drafts() -> int:
    """Forget what nobody touched for DRAFT_DAYS, and say how many drafts went.

    Tables that were uploaded and never confirmed, the ways back of actions and the keys of saved forms go as well.
    """
    then = timezone.now() - timedelta(days=DRAFT_DAYS)
    TableImport.objects.filter(created_at__lt=then).delete()
    Batch.objects.filter(created_at__lt=then).delete()
    SubmissionKey.objects.filter(used_at__lt=then).delete()
    return FormDraft.objects.filter(changed_at__lt=then).delete()[0]
