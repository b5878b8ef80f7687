"""Drafts of forms: what was typed before somebody went away to create a related record."""

from typing import Any

from django.http import QueryDict

from accounts.models import Municipality, User
from planning.models import FormDraft
from planning.text import whole_number

IGNORED = frozenset({"csrfmiddlewaretoken", "_create_related", "version", "form_key"})


def keep_draft(*, actor: User, municipality: Municipality | None, path: str, data: QueryDict, field: str) -> FormDraft:
    """Store the typed fields of a form and the relation for which a record is about to be created.

    Without NUL, which PostgreSQL refuses in texts and in JSON.
    """
    typed = {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in values]
        for name, values in data.lists()
        if name not in IGNORED
    }
    return FormDraft.objects.create(user=actor, municipality=municipality, path=path, data=typed, field=field)


def find_draft(actor: User, number: str | None) -> FormDraft | None:
    """The person's own draft of that number; a foreign one does not exist."""
    pk = whole_number(number)
    return FormDraft.objects.filter(pk=pk, user=actor).first() if pk is not None else None


def typed_fields(draft: FormDraft, created: Any = None) -> QueryDict:
    """The draft's fields as they were sent, with the created record added to its relation."""
    query = QueryDict(mutable=True)
    for name, values in draft.data.items():
        query.setlist(name, values)
    if created and draft.field:
        query.setlist(draft.field, [*[v for v in query.getlist(draft.field) if v], str(created)])
    return query


def drop_draft(draft: FormDraft) -> None:
    """Forget a draft whose form was saved."""
    draft.delete()
