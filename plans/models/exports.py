"""Exports of all plans of a year by the administration: who asked for what when, and how far each plan is.

The rows stay for good, they are the note of the administration's access to contents; the files go after some weeks.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from plans.enums import ExportItemState, ExportState, PlanState
from plans.models.plan import Plan
from plans.models.version import PlanVersion


class PlanExport(models.Model):
    """One archive with the plans of all municipalities for a year (plans.all_plans writes it)."""

    year = models.PositiveSmallIntegerField("Planungsjahr")
    with_drafts = models.BooleanField("mit Entwürfen", default=False)
    state = models.CharField(
        "Stand", max_length=10, choices=ExportState.choices, default=ExportState.QUEUED, editable=False
    )
    asked_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="veranlasst von"
    )
    asked_at = models.DateTimeField("veranlasst am", auto_now_add=True)
    started_at = models.DateTimeField("begonnen am", null=True)
    finished_at = models.DateTimeField("beendet am", null=True)
    cancel_asked_at = models.DateTimeField("Abbruch gewünscht am", null=True)
    error = models.TextField("Was gescheitert ist", blank=True)
    archive = models.CharField("Archiv", max_length=80, blank=True)
    archive_bytes = models.PositiveBigIntegerField("Größe in Byte", null=True)
    archive_sha256 = models.CharField("Prüfnummer des Archivs", max_length=64, blank=True)
    removed_at = models.DateTimeField("Dateien gelöscht am", null=True)

    class Meta:
        verbose_name = "Sammelausgabe"
        verbose_name_plural = "Sammelausgaben"
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"Pläne {self.year} vom {timezone.localtime(self.asked_at):%d.%m.%Y}"

    @property
    def is_finished(self) -> bool:
        """True where nothing happens any more unless somebody goes on with it."""
        return self.state not in (ExportState.QUEUED, ExportState.RUNNING)


class PlanExportItem(models.Model):
    """One plan of an export: which edition was taken, the file, its hash, or why there is none."""

    export = models.ForeignKey(PlanExport, models.CASCADE, related_name="items", verbose_name="Sammelausgabe")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name="Plan")
    state = models.CharField(
        "Stand", max_length=10, choices=ExportItemState.choices, default=ExportItemState.WAITING, editable=False
    )
    plan_version = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, related_name="+", verbose_name="Fassung"
    )  # null: a draft that was drawn for the export
    edition = models.PositiveSmallIntegerField("Nummer der Fassung", null=True)
    plan_state = models.CharField("Stand", max_length=12, choices=PlanState.choices, blank=True)
    submitted_at = models.DateTimeField("eingereicht am", null=True)
    late = models.BooleanField("nach der Frist", null=True)
    file = models.CharField("Datei", max_length=80, blank=True)
    bytes = models.PositiveBigIntegerField("Größe in Byte", null=True)
    sha256 = models.CharField("Prüfnummer", max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    error = models.TextField("Was gescheitert ist", blank=True)

    class Meta:
        verbose_name = "Plan einer Sammelausgabe"
        verbose_name_plural = "Pläne einer Sammelausgabe"
        ordering = ["export", "plan__municipality__ags"]
        constraints = [models.UniqueConstraint(fields=["export", "plan"], name="plans_planexportitem_once")]

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_state_display()}"
