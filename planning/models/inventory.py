"""Bestand: regions, providers, target groups, offers, data sources, figures (docs/product.md §4)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from planning.enums import DataSourceKind, ProviderKind, Rating, SpatialLevel
from planning.models.catalogue import ActionField, LifePhase
from planning.models.start import Document
from records.fields import Links, VagueDateField
from records.models.base import MunicipalRecord, Period, Sourced, period_constraint
from records.models.columns import long_text
from records.models.numbers import Numbered, numbered_once
from records.models.validity import Span


class Commune(MunicipalRecord):
    """A Gemeinde of the district with its eight-digit official key."""

    formerly: ClassVar[dict[str, str]] = {"Stand der Einwohnerzahl": "population_year"}

    ags = models.CharField("Amtlicher Schlüssel", max_length=8, blank=True)
    name = models.CharField("Gemeinde", max_length=120)
    kind = models.CharField("Art", max_length=60, blank=True)
    population = models.PositiveIntegerField("Einwohner", null=True, blank=True)
    population_year = models.PositiveSmallIntegerField("Jahr der Einwohnerzahl", null=True, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Gemeinde"
        verbose_name_plural = "Gemeinden"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class PlanningRegion(MunicipalRecord):
    """A Planungsregion or Sozialraum with the Gemeinden it covers."""

    title = models.CharField("Planungsregion", max_length=120)
    description = long_text("Beschreibung")
    communes = Links(Commune, blank=True, related_name="regions", verbose_name="Gemeinden")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Planungsregion"
        verbose_name_plural = "Planungsregionen"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.title


class TargetGroup(MunicipalRecord):
    """A Zielgruppe in the municipality's own words."""

    title = models.CharField("Zielgruppe", max_length=120)
    description = long_text("Beschreibung")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Zielgruppe"
        verbose_name_plural = "Zielgruppen"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.title


class Provider(MunicipalRecord):
    """A Träger of offers and measures."""

    title = models.CharField("Träger", max_length=160)
    kind = models.CharField("Art", max_length=12, choices=ProviderKind.choices)
    place = models.CharField("Sitz", max_length=120, blank=True)
    contact = models.CharField("Ansprechfunktion", max_length=160, blank=True, help_text="Funktion, kein Name.")
    note = long_text("Anmerkung")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Träger"
        verbose_name_plural = "Träger"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.title


class Offer(Sourced, Period, MunicipalRecord):
    """An existing offer for families with capacity, use and how effective it is judged to be."""

    formerly: ClassVar[dict[str, str]] = {
        "Gewicht der Beteiligten": "weight",
        "Gewicht der Beteiligten (Punkte)": "weight",
    }
    title = models.CharField("Angebot", max_length=160)
    description = long_text("Beschreibung")
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name="Träger"
    )
    action_fields = Links(ActionField, blank=True, related_name="offers", verbose_name="Handlungsfelder")
    life_phases = Links(LifePhase, blank=True, related_name="offers", verbose_name="Lebensphasen")
    target_groups = Links(TargetGroup, blank=True, related_name="offers", verbose_name="Zielgruppen")
    regions = Links(PlanningRegion, blank=True, related_name="offers", verbose_name="Planungsregionen")
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name="Gemeinde"
    )
    capacity = models.CharField("Kapazität", max_length=160, blank=True, help_text="Plätze, Stunden, Gruppen.")
    use = models.CharField("Nutzung", max_length=160, blank=True, help_text="Wie stark das Angebot genutzt wird.")
    funding = models.CharField("Finanzierung", max_length=200, blank=True)
    effectiveness = models.CharField("Wirksamkeit", max_length=8, choices=Rating.choices, default=Rating.UNKNOWN)
    effectiveness_reason = long_text("Begründung der Einschätzung")
    weight = models.PositiveIntegerField(
        "Punkte der Beteiligten",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100_000)],
        help_text="Wie viele das Angebot in einer Veranstaltung erhielt.",
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Angebot"
        verbose_name_plural = "Angebote"
        ordering = ["sort_key"]
        constraints = [*MunicipalRecord.Meta.constraints, period_constraint()]

    def span(self) -> Span | None:
        """Today, or the end of an offer that is over."""
        ended = self.end is not None and self.end.last < timezone.localdate()
        return (self.end.first, self.end.last) if ended else super().span()

    def __str__(self) -> str:
        return self.title


class DataSource(Numbered, Sourced, MunicipalRecord):
    """A data source: who publishes it, what it covers, where it has gaps."""

    letter = "Q"
    formerly: ClassVar[dict[str, str]] = {"Stand": "as_of"}

    title = models.CharField("Datenquelle", max_length=200)
    publisher = models.CharField("Herausgeber", max_length=200, blank=True)
    kind = models.CharField("Art", max_length=16, choices=DataSourceKind.choices)
    level = models.CharField("Räumliche Ebene", max_length=10, choices=SpatialLevel.choices)
    as_of = VagueDateField("Datum der Angaben", null=True, blank=True)
    coverage = models.CharField("Abdeckung", max_length=300, blank=True)
    gaps = long_text("Bekannte Lücken")
    documents = Links(Document, blank=True, related_name="data_sources", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Datenquelle"
        verbose_name_plural = "Datenquellen"
        ordering = ["sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            *numbered_once(
                "municipality",
                sentence="Diese Nummer gehört schon zu einer anderen Datenquelle. Wählen Sie eine andere.",
            ),
        ]

    def __str__(self) -> str:
        return self.named(self.title)

    def sort_text(self) -> str:
        return self.title
