"""Frozen editions of plans and the steps of their life: written once, chained by hashes (docs/product.md §5).

The hash of a version covers its header, which holds the hashes of its content, its pages and its PDF, and the hash of
the municipality's version before it. The hash of an event covers the event and the one of the plan's event before it.
"""

from typing import Any

from django.conf import settings
from django.db import models

from accounts.models import Municipality
from plans.enums import PlanAction, PlanState
from plans.models.plan import Plan
from records.models import AppendOnly, ChainedStep
from records.models.steps import PEOPLE


class PlanVersion(AppendOnly):
    """A released edition of a plan as it was: data, reading pages, PDF and their hashes."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="Kommune")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions", verbose_name="Plan")
    number = models.PositiveIntegerField("Laufende Nummer")
    year = models.PositiveSmallIntegerField("Planungsjahr")
    edition = models.PositiveSmallIntegerField("Fassung")
    schema = models.CharField("Schema der Plandaten", max_length=40)
    template_version = models.CharField("Vorlage", max_length=40)
    content = models.BinaryField("Plandaten")
    pages = models.BinaryField("Leseseiten")
    pdf = models.BinaryField("PDF")
    content_sha256 = models.CharField("Prüfnummer der Plandaten", max_length=64, db_index=True)
    pages_sha256 = models.CharField("Prüfnummer der Leseseiten", max_length=64)
    pdf_sha256 = models.CharField("Prüfnummer der PDF-Datei", max_length=64, db_index=True)
    previous_sha256 = models.CharField("Prüfnummer der vorigen Fassung", max_length=64, blank=True)
    sha256 = models.CharField("Prüfnummer", max_length=64)
    frozen_at = models.DateTimeField("freigegeben am")
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="freigegeben von", **PEOPLE)
    frozen_by_name = models.CharField("freigegeben durch", max_length=150, blank=True)

    class Meta:
        verbose_name = "Fassung eines Plans"
        verbose_name_plural = "Fassungen von Plänen"
        ordering = ["municipality", "number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="plans_planversion_number"),
            models.UniqueConstraint(fields=["plan", "edition"], name="plans_planversion_edition"),
        ]

    def __str__(self) -> str:
        return f"Integrierter Plan {self.year}, Fassung {self.edition}"

    def header(self) -> dict[str, Any]:
        """What the hash of the version covers."""
        return {
            "ags": self.municipality.ags,
            "number": self.number,
            "year": self.year,
            "edition": self.edition,
            "schema": self.schema,
            "template_version": self.template_version,
            "content_sha256": self.content_sha256,
            "pages_sha256": self.pages_sha256,
            "pdf_sha256": self.pdf_sha256,
            "previous_sha256": self.previous_sha256,
            "frozen_at": self.frozen_at,
            "frozen_by": self.frozen_by_name,
        }


class PlanEvent(ChainedStep):
    """A step in the life of a plan. ``version`` is the edition whose state it changes; drafts have none."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="events", verbose_name="Plan")
    version = models.ForeignKey(PlanVersion, models.PROTECT, null=True, related_name="events", verbose_name="Fassung")
    edition = models.PositiveSmallIntegerField("Nummer der Fassung")
    action = models.CharField("Schritt", max_length=16, choices=PlanAction.choices)
    from_state = models.CharField("von", max_length=12, choices=PlanState.choices)
    to_state = models.CharField("nach", max_length=12, choices=PlanState.choices)

    class Meta:
        verbose_name = "Schritt eines Plans"
        verbose_name_plural = "Schritte von Plänen"
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plans_planevent_number")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}, Fassung {self.edition}"

    def header(self) -> dict[str, Any]:
        """What the hash of the event covers."""
        about = {"plan": self.plan.uid, "version": self.version.sha256 if self.version else "", "edition": self.edition}
        return super().header() | about
