"""A changed form that comes again under another key: the question whether it means the entry made just now.

A browser without script that goes back may load a form anew and put the typed values into it. What is sent then has a
new key, and other values than were saved: neither tells that it is the same form. What tells is the entry itself: made
by the same person in the last hours, of nearly the same name, and alike in all but a field or two.
"""

import re
import uuid
from datetime import timedelta
from difflib import SequenceMatcher

from django.db import models
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.access import access_of, person_of
from records.domain.drafts import key_of
from records.domain.saving import saved_with
from records.domain.sent_once import AGAIN, HOURS, TECHNICAL
from records.forms.record import RecordForm
from records.models.base import Record
from records.pages.conflict import conflict_of
from records.pages.crumbs import crumbs_for
from records.pages.editing import AFTER, Editing
from records.parts import Conflict
from records.text import fold, whole_number

CHANGES = "_aenderungen"  # the button that takes what was sent as changes of the entry
LOOKED_AT = 5  # of the newest entries of the person
MOST_CHANGES = 2  # fields beside which entries of one name are the same
ALIKE, LONG_ENOUGH = 0.75, 8  # share of letters, and the length from which it says something


def made_before(editing: Editing, form: RecordForm) -> tuple[Record, Conflict] | None:
    """The entry that this form probably made before, with both versions; None where it is another one.

    Copies are meant, a file cannot be sent along, and who has said that it is one more is believed, for what was there
    when the form was opened: its address stays when a browser goes back.
    """
    kind, request = editing.kind, editing.request
    named = field_names_it(form, kind.title_field)
    if editing.record or editing.original or not named or AGAIN in request.POST or request.FILES:
        return None
    if saved_with(key_of(request.POST)) is not None:
        return None  # that form is known by its key
    actor = person_of(request)
    rows = kind.rows(access_of(request), editing.municipality)
    rows = rows.filter(created_by=actor, created_at__gte=timezone.now() - timedelta(hours=HOURS)).order_by("-pk")
    rows = rows.filter(pk__gt=whole_number(request.GET.get(AFTER)) or 0)
    for stored in rows[:LOOKED_AT]:
        before, now = fold(str(getattr(stored, kind.title_field))), fold(str(form.cleaned_data[kind.title_field]))
        if before == now or same_name(before, now):
            conflict = conflict_of(kind, form, stored)
            if 0 < len(conflict.fields) <= (MOST_CHANGES if before == now else 1):
                return stored, conflict
    return None


def field_names_it(form: RecordForm, name: str) -> bool:
    """Whether entries of the kind are named by a text that was typed."""
    field = form._meta.model._meta.get_field(name) if name else None
    return isinstance(field, models.CharField | models.TextField) and not field.choices and name in form.cleaned_data


def same_name(before: str, now: str) -> bool:
    """Whether one name is the other, corrected or continued; names that only count on are names of a series."""
    if re.sub(r"\d+", "", before) == re.sub(r"\d+", "", now) or min(len(before), len(now)) < LONG_ENOUGH:
        return False
    is_continued = before.startswith(now) or now.startswith(before)
    return is_continued or SequenceMatcher(None, before, now, autojunk=False).ratio() >= ALIKE


def ask_which(editing: Editing, stored: Record, conflict: Conflict) -> HttpResponse:
    """Both versions and the two ways on (409); all that was typed goes along."""
    request, kind = editing.request, editing.kind
    typed = [(name, value) for name, values in request.POST.lists() if name not in TECHNICAL for value in values]
    context = {
        "kind": kind,
        "crumbs": crumbs_for(kind, editing.municipality, None, last="Anlegen"),
        "conflict": conflict,
        "named": stored.label,
        "target": kind.url("detail", editing.municipality, stored.pk),
        "fields": [*typed, ("form_key", str(uuid.uuid4()))],
        "action": request.get_full_path(),
        "again": AGAIN,
        "changes": CHANGES,
    }
    return TemplateResponse(request, "records/made_before.html", context, status=409)
