"""Ausgangslage and mandate: conditions, prior programmes, posts, agreements, documents (docs/product.md §4)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from planning.enums import Maturity, PriorProgrammeKind, StrategyKind, SuccessIndicator
from records.fields import Links, VagueDateField
from records.models.base import MunicipalRecord, Period, Sourced, period_constraint
from records.models.columns import euro, long_text
from records.uploads import check_upload, upload_path
from records.vague import ends_before_start

BEFORE_BUDGET = "Zählt nur in Jahren ohne Finanzplan. Geändert wird sie nicht mehr: Geld steht im Finanzplan."
COST_BEFORE_BUDGET = "Kosten im Jahr, bisherige Angabe (Euro)"


class Document(MunicipalRecord):
    """An uploaded file: minutes, resolution, notice, contract, photo of a flip chart."""

    title = models.CharField("Titel", max_length=160)
    file = models.FileField("Datei", upload_to=upload_path, max_length=300, validators=[check_upload])
    original_name = models.CharField("Dateiname", max_length=255, blank=True, editable=False)
    dated = VagueDateField("Datum", null=True, blank=True)
    description = long_text("Beschreibung")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.title


class StartingCondition(Sourced, MunicipalRecord):
    """One success indicator assessed at one date; the history over time shows the way."""

    indicator = models.CharField("Erfolgsindikator", max_length=14, choices=SuccessIndicator.choices)
    assessed_on = VagueDateField("Eingeschätzt am", db_index=True)
    maturity = models.CharField("Einschätzung", max_length=12, choices=Maturity.choices)
    answers = long_text(
        "Antworten auf die Leitfragen",
        help_text=(
            "Sozialplanung: Ist sie etabliert, seit wann, mit welchen Erfahrungen und Strukturen? "
            "Planerstelle: Wo angesiedelt, welche weiteren Projekte, neu oder vernetzt? "
            "Politischer Wille: Rückhalt, Beschlüsse, bevorstehende Wahlen? "
            "Prozessbegleitung: Durch wen, welcher Bedarf?"
        ),
    )
    comment = long_text("Kommentar")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Einschätzung der Ausgangslage"
        verbose_name_plural = "Einschätzungen der Ausgangslage"
        ordering = ["indicator", "assessed_on"]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()}: {self.get_maturity_display()}"


class PriorProgramme(Sourced, Period, MunicipalRecord):
    """A Vorerfahrung: an earlier programme, its result, and the structures that can be used again."""

    title = models.CharField("Programm", max_length=160)
    kind = models.CharField("Art", max_length=10, choices=PriorProgrammeKind.choices)
    result = long_text("Ergebnis")
    reusable_structures = long_text(
        "Nutzbare Strukturen", help_text="Gremien, Netzwerke, Daten, auf die zurückgegriffen werden kann."
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Vorerfahrung"
        verbose_name_plural = "Vorerfahrungen"
        ordering = ["begin", "sort_key"]
        constraints = [*MunicipalRecord.Meta.constraints, period_constraint()]

    def __str__(self) -> str:
        return self.title


class Certificate(Sourced, MunicipalRecord):
    """A Zertifikat with validity and recertification."""

    programme = models.ForeignKey(
        PriorProgramme, models.PROTECT, null=True, blank=True, related_name="certificates", verbose_name="Vorerfahrung"
    )
    title = models.CharField("Zertifikat", max_length=160)
    issuer = models.CharField("Verliehen von", max_length=160, blank=True)
    awarded_on = VagueDateField("Verliehen", db_index=True)
    valid_until = VagueDateField("Gültig bis", null=True, blank=True)
    recertification = VagueDateField("Rezertifizierung", null=True, blank=True)
    note = long_text("Anmerkung")
    documents = Links(Document, blank=True, related_name="certificates", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Zertifikat"
        verbose_name_plural = "Zertifikate"
        ordering = ["awarded_on", "sort_key"]
        constraints = [*MunicipalRecord.Meta.constraints, period_constraint("awarded_on", "valid_until")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if ends_before_start(self.awarded_on, self.valid_until):
            raise ValidationError({"valid_until": "Das Ende liegt vor dem Beginn. Geben Sie ein späteres Ende an."})


class PlannerPost(Sourced, Period, MunicipalRecord):
    """A Planerstelle from–until; vacancies follow from the dates. Full-time equivalent (VzÄ) as a decimal."""

    units: ClassVar[dict[str, str]] = {"full_time_equivalent": "VzÄ", "yearly_cost": "€"}
    formerly: ClassVar[dict[str, str]] = {"Kosten im Jahr (Euro)": "yearly_cost"}
    title = models.CharField("Stelle", max_length=160)
    full_time_equivalent = models.DecimalField(
        "Umfang (VzÄ)",
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(5)],
        help_text="Zum Beispiel 0,8.",
    )
    located_at = models.CharField("Angesiedelt bei", max_length=160, blank=True)
    further_projects = long_text("Weitere Projekte der Person")
    is_lsz_post = models.BooleanField("Planerstelle des Landesprogramms", default=True)
    yearly_cost = euro(COST_BEFORE_BUDGET, help_text=BEFORE_BUDGET)
    note = long_text("Anmerkung")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Planerstelle"
        verbose_name_plural = "Planerstellen"
        ordering = ["begin", "sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            period_constraint(),
            models.CheckConstraint(
                condition=(Q(yearly_cost__isnull=True) | Q(yearly_cost__gte=0))
                & (Q(full_time_equivalent__isnull=True) | Q(full_time_equivalent__gte=0)),
                name="%(app_label)s_%(class)s_not_negative",
                violation_error_message="Geben Sie Umfang und Kosten als Zahl ab 0 an.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Agreement(Sourced, Period, MunicipalRecord):
    """A contract, above all the Kooperationsvertrag: parties, signed, term, document."""

    title = models.CharField("Vereinbarung", max_length=160)
    parties = models.CharField("Beteiligte", max_length=300)
    signed_on = VagueDateField("Unterzeichnet", null=True, blank=True, db_index=True)
    content = long_text("Inhalt")
    documents = Links(Document, blank=True, related_name="agreements", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Vereinbarung"
        verbose_name_plural = "Vereinbarungen"
        ordering = ["signed_on", "sort_key"]
        constraints = [*MunicipalRecord.Meta.constraints, period_constraint()]

    def __str__(self) -> str:
        return self.title


class LinkedStrategy(Sourced, MunicipalRecord):
    """Another strategy the plan is linked with, and what is shared."""

    title = models.CharField("Strategie", max_length=160)
    kind = models.CharField("Art", max_length=12, choices=StrategyKind.choices)
    shared_goals = long_text("Gemeinsame Ziele")
    shared_target_groups = long_text("Gemeinsame Zielgruppen")
    shared_bodies = long_text("Gemeinsame Gremien")
    shared_data = long_text("Gemeinsame Daten")
    shared_funds = long_text("Gemeinsame Mittel")
    agreed_on = VagueDateField("Vereinbart", null=True, blank=True, db_index=True)
    contact = models.CharField("Ansprechfunktion", max_length=160, blank=True, help_text="Funktion, kein Name.")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Verknüpfte Strategie"
        verbose_name_plural = "Verknüpfte Strategien"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.title
