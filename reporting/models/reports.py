"""Sachbericht and Familienbericht of a year: own texts, steps, and every released edition for ever."""

from dataclasses import replace
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from accounts.enums import Action
from accounts.models import Municipality
from accounts.policies import Grant, kept_by
from records.fields import VagueDateField
from records.models import AppendOnly, ChainedStep, MunicipalRecord
from records.models.columns import calendar_year, long_text
from records.models.steps import digest
from reporting.enums import SECTIONS, ReportKind, ReportSection, ReportState


class Report(MunicipalRecord):
    """A report of a year; ``edition`` is the one that is written or was released last."""

    policy = replace(kept_by(Action.WRITE), delete=(Grant(Action.WRITE, states=frozenset({"draft"})),))
    # Steps and what they have fixed stay in their portal.
    out_of_dossier: ClassVar[frozenset[str]] = frozenset({"state", "edition", "released_on"})

    kind = models.CharField("Art", max_length=10, choices=ReportKind.choices)
    year = calendar_year("Jahr")
    state = models.CharField(
        "Stand", max_length=12, choices=ReportState.choices, default=ReportState.DRAFT, editable=False
    )
    edition = models.PositiveSmallIntegerField("Ausgabe", default=1, editable=False)
    released_on = VagueDateField("Freigegeben am", null=True, blank=True, editable=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Jahresbericht"
        verbose_name_plural = "Jahresberichte"
        ordering = ["-year", "kind"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "kind", "year"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Diesen Bericht gibt es für dieses Jahr schon. Arbeiten Sie in ihm weiter.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    def sort_text(self) -> str:
        return f"{self.year} {self.kind}"


class ReportText(MunicipalRecord):
    """The municipality's own text of a chapter; its versions are in the history."""

    part_of: ClassVar[tuple[str, ...]] = ("report",)
    str_related = ("report",)

    report = models.ForeignKey(Report, models.PROTECT, related_name="texts", verbose_name="Jahresbericht")
    section = models.CharField("Kapitel", max_length=12, choices=ReportSection.choices)
    text = long_text("Text", blank=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Berichtstext"
        verbose_name_plural = "Berichtstexte"
        ordering = ["report", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["report", "section"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Zu diesem Kapitel gibt es schon einen Text. Ändern Sie den vorhandenen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_section_display()}"

    def clean(self) -> None:
        super().clean()
        offered = SECTIONS.get(self.report.kind, ()) if self.report_id else ()
        if offered and self.section not in offered:
            named = ", ".join(str(section.label) for section in offered)
            raise ValidationError({"section": f"Dieser Bericht hat das Kapitel nicht. Wählen Sie eines von: {named}."})


class ReportStep(ChainedStep):
    """A step in the life of a report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps", verbose_name="Jahresbericht")

    class Meta:
        verbose_name = "Schritt eines Jahresberichts"
        verbose_name_plural = "Schritte von Jahresberichten"
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="%(app_label)s_%(class)s_number")]


class FrozenReport(AppendOnly):
    """An edition as it was released: canonical data, PDF, their hashes, for ever."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="Kommune")
    report = models.ForeignKey(Report, models.PROTECT, related_name="editions", verbose_name="Jahresbericht")
    edition = models.PositiveSmallIntegerField("Ausgabe")
    made_at = models.DateTimeField("Freigegeben am")
    data = models.BinaryField("Daten")
    data_sha256 = models.CharField("Prüfnummer der Daten", max_length=64)
    pdf = models.BinaryField("PDF")
    pdf_sha256 = models.CharField("Prüfnummer des PDF", max_length=64)

    class Meta:
        verbose_name = "Ausgabe eines Jahresberichts"
        verbose_name_plural = "Ausgaben von Jahresberichten"
        ordering = ["report", "edition"]
        constraints = [models.UniqueConstraint(fields=["report", "edition"], name="%(app_label)s_%(class)s_edition")]

    def __str__(self) -> str:
        return f"{self.report}, Ausgabe {self.edition}"

    def is_intact(self) -> bool:
        """Whether data and PDF still have their hashes."""
        return digest(bytes(self.data)) == self.data_sha256 and digest(bytes(self.pdf)) == self.pdf_sha256
