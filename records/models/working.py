"""Working memory: single-use keys, drafts, tables being read in, actions to undo. No records, no history."""

from django.conf import settings
from django.db import models

from accounts.models import Municipality
from records.enums import ImportState


class SubmissionKey(models.Model):
    """The key of a form that was saved; stored in the same transaction, so that a second sending creates nothing.

    ``sent`` is the digest of what was typed, ``target`` the page that saving led to (records.domain.sent_once).
    """

    key = models.CharField(max_length=36, primary_key=True)
    record_pk = models.PositiveBigIntegerField()
    sent = models.CharField(max_length=64, default="", db_index=True)
    target = models.CharField(max_length=500, default="")
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "verbrauchter Formularschlüssel"
        verbose_name_plural = "verbrauchte Formularschlüssel"

    def __str__(self) -> str:
        return self.key


class FormDraft(models.Model):
    """What somebody typed in a form and has not saved: kept while typing, over the end of a session, and while away
    to create a related record.

    ``path`` is the address of the form with its query, ``key`` the one of the opened form (its ``form_key``, so that
    two windows have two drafts), ``title`` what „Meine Entwürfe“ calls it, ``data`` the typed fields (name → list of
    texts, with the version of the record that was opened), ``field`` the relation for which a record is being created.
    A draft that was discarded (``discarded_at``) can be taken back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=500)
    key = models.CharField(max_length=36, blank=True)
    title = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    field = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "Formularentwurf"
        verbose_name_plural = "Formularentwürfe"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], condition=~models.Q(key=""), name="records_formdraft_once_per_form"
            )
        ]

    def __str__(self) -> str:
        return self.path


class TableImport(models.Model):
    """A table that was read in and waits until the person has looked at the preview (records.views.table_import).

    ``kind`` is the model's label (``planning.need``). ``rows`` as typed, in the order of the file:
    ``{"number": 2, "uid": "…", "version": "3", "cells": {"title": "Kita am Abend"}}``. A large table is stored in the
    background (records.tables.job); then ``problems`` are the sentences why it was not, ``batch`` what was stored.
    While it is checked, ``problems`` are the heads that no field has. ``source`` are the sheets as they were read
    (records.tables.files), ``said`` what the person has said about them (records.tables.assigning). A large file waits
    in ``upload`` until the queue has read it; ``is_pasted`` says that it came as text.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)
    rows = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.SEEN)
    problems = models.JSONField(default=list)
    upload = models.BinaryField(null=True)
    is_pasted = models.BooleanField(default=False)
    source = models.JSONField(default=list)
    said = models.JSONField(default=dict)
    batch = models.ForeignKey("Batch", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "Einlesevorgang"
        verbose_name_plural = "Einlesevorgänge"

    def __str__(self) -> str:
        return self.kind


class ColumnChoice(models.Model):
    """What a person has said about the columns of a table, kept for the next one with the same heads.

    ``kind`` is the model's label, ``heads`` the digest of the heads, ``columns`` the fields by the column's place.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)
    heads = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "Zuordnung von Spalten"
        verbose_name_plural = "Zuordnungen von Spalten"
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "heads"], name="records_columnchoice_once_per_heads")
        ]

    def __str__(self) -> str:
        return self.kind


class Batch(models.Model):
    """One action of a person on several records, kept so that it can be undone (records.domain.batches).

    ``entries`` in the order of writing: ``{"kind": "planning.need", "pk": 7, "version": 3, "before": null}``;
    ``version`` is the one that the action left behind (None where it deleted), ``before`` the fields and links it
    replaced (None for a new record).
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    summary = models.CharField(max_length=200)
    entries = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "Sammelaktion"
        verbose_name_plural = "Sammelaktionen"

    def __str__(self) -> str:
        return self.summary
