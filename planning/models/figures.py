"""Values of Kennzahlen that a municipality enters, its own Kennzahlen, and which ones its plan shows."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from planning.enums import Placeholder, SpatialLevel
from planning.models.catalogue import Indicator
from planning.models.inventory import Commune, DataSource, PlanningRegion
from records.models.base import MunicipalRecord, Sourced
from records.models.columns import calendar_year, long_text
from records.models.validity import Span


class InArea(MunicipalRecord):
    """Something of an area and a year."""

    area = models.CharField("Gebiet", max_length=120, help_text="Kreis, Planungsregion, Gemeinde oder Thüringen.")
    level = models.CharField("Ebene", max_length=10, choices=SpatialLevel.choices, default=SpatialLevel.DISTRICT)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="Gemeinde"
    )
    region = models.ForeignKey(
        PlanningRegion, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="Planungsregion"
    )
    year = calendar_year("Jahr", first=1950)

    class Meta(MunicipalRecord.Meta):
        abstract = True

    @property
    def place(self) -> str:
        """The area by the name that its Planungsregion or Gemeinde has now."""
        if self.level == SpatialLevel.REGION and self.region:
            return self.region.title
        return self.commune.name if self.level == SpatialLevel.COMMUNE and self.commune else self.area

    def said(self, name: str) -> Any:
        """The area has the name that it has now."""
        return self.place if name == "area" else super().said(name)

    def span(self) -> Span | None:
        """The year of the value."""
        return (date(self.year, 1, 1), date(self.year, 12, 31)) if self.year else None

    def clean(self) -> None:
        super().clean()
        if self.level == SpatialLevel.REGION and not self.region_id:
            self.region = PlanningRegion.objects.filter(municipality=self.municipality_id, title=self.area).first()
        if self.level == SpatialLevel.COMMUNE and not self.commune_id:
            self.commune = Commune.objects.filter(municipality=self.municipality_id, name=self.area).first()


class AreaValue(Sourced, InArea):
    """The value of a Kennzahl (``indicator``) for an area and a year, or the sign that statistics print instead."""

    str_related = ("indicator", "region", "commune")
    units: ClassVar[dict[str, str]] = {"value": "=indicator.unit"}
    needed_when: ClassVar[dict[str, str]] = dict.fromkeys(("value", "placeholder"), "Wert oder Zeichen ist nötig")

    indicator: Any
    value = models.DecimalField("Wert", max_digits=15, decimal_places=3, null=True, blank=True)
    placeholder = models.CharField("Zeichen statt Wert", max_length=3, choices=Placeholder.choices, blank=True)
    data_source = models.ForeignKey(
        DataSource, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="Datenquelle"
    )

    class Meta(MunicipalRecord.Meta):
        abstract = True
        ordering = ["indicator", "sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(placeholder=""),
                name="%(app_label)s_%(class)s_value_or_sign",
                violation_error_message="Geben Sie einen Wert oder ein Zeichen an, nicht beides.",
            ),
            models.UniqueConstraint(
                fields=["municipality", "indicator", "area", "year"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=(
                    "Für diese Kennzahl gibt es in diesem Gebiet und Jahr schon einen Wert. Ändern Sie den vorhandenen."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.place} {self.year}"

    def clean(self) -> None:
        super().clean()
        if self.value is None and not self.placeholder:
            raise ValidationError(
                {"value": "Geben Sie einen Wert an oder wählen Sie das Zeichen, das die Statistik dafür druckt."}
            )


class IndicatorValue(AreaValue):
    """The value of a Kennzahl of the programme."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name="Kennzahl")

    class Meta(AreaValue.Meta):
        verbose_name = "Kennzahlenwert"
        verbose_name_plural = "Kennzahlenwerte"


class OwnIndicator(MunicipalRecord):
    """A Kennzahl that one municipality alone counts, in whatever areas it plans.

    ``may_sum``: as of planning.models.Indicator.
    """

    title = models.CharField("Eigene Kennzahl", max_length=160)
    definition = long_text("Definition", help_text="So genau, dass im nächsten Jahr ebenso gezählt wird.")
    unit = models.CharField("Einheit", max_length=60, help_text="Zum Beispiel: Personen, Prozent, je 1 000 Einwohner.")
    source = models.CharField("Quelle", max_length=200, blank=True, help_text="Wer zählt, zum Beispiel ein Fachdienst.")
    may_sum = models.BooleanField(
        "Über Gebiete summierbar",
        default=False,
        help_text="Nur bei Anzahlen: Die Werte der Gemeinden ergeben dann die der Planungsregionen.",
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Eigene Kennzahl"
        verbose_name_plural = "Eigene Kennzahlen"
        ordering = ["sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "unit", "title"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Eine Kennzahl dieses Namens und dieser Einheit gibt es hier "
                "schon. Nehmen Sie diese, oder wählen Sie einen anderen Namen.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OwnValue(AreaValue):
    """The value of a Kennzahl of one's own."""

    indicator = models.ForeignKey(OwnIndicator, models.PROTECT, related_name="values", verbose_name="Eigene Kennzahl")

    class Meta(AreaValue.Meta):
        verbose_name = "Wert einer eigenen Kennzahl"
        verbose_name_plural = "Werte eigener Kennzahlen"


class ReportedIndicator(MunicipalRecord):
    """A Kennzahl whose published and reckoned values the plan prints; those that were typed stand there anyway."""

    str_related = ("indicator",)

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="reported", verbose_name="Kennzahl")
    meaning = long_text(
        "Was die Zahlen zeigen", help_text="Ein, zwei Sätze. Sie stehen im Plan und im Familienbericht bei den Zahlen."
    )
    by_area = models.BooleanField(
        "Auch nach Gemeinden und Planungsregionen",
        default=True,
        help_text="Als Karte mit Tabelle des letzten Jahres, wo Werte vorliegen.",
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Kennzahl im Plan"
        verbose_name_plural = "Kennzahlen im Plan"
        ordering = ["sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "indicator"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Diese Kennzahl steht schon im Plan. Ändern Sie den vorhandenen Eintrag.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.indicator)


class QuotedFigure(InArea):
    """A number on which needs rest: of a Kennzahl of the programme or of one's own, in an area and a year.

    It holds no number: that is read where it is published or was entered (planning.queries.quoted), so that a
    correction reaches every page; a released plan keeps what was printed.
    """

    str_related = ("indicator", "own_indicator", "region", "commune")
    needed_when: ClassVar[dict[str, str]] = dict.fromkeys(("indicator", "own_indicator"), "eine von beiden ist nötig")

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="quoted", verbose_name="Kennzahl"
    )
    own_indicator = models.ForeignKey(
        OwnIndicator, models.PROTECT, null=True, blank=True, related_name="quoted", verbose_name="oder eigene Kennzahl"
    )
    meaning = models.CharField(
        "Was sie zeigt", max_length=300, blank=True, help_text="Ein Satz. Er steht im Plan hinter der Zahl."
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Zahl als Beleg"
        verbose_name_plural = "Zahlen als Beleg"
        ordering = ["sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, own_indicator__isnull=True)
                | Q(indicator__isnull=True, own_indicator__isnull=False),
                name="%(app_label)s_%(class)s_of_one",
                violation_error_message="Wählen Sie eine Kennzahl des Landesprogramms oder eine eigene, nicht beides.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator or self.own_indicator}, {self.place} {self.year}"

    def clean(self) -> None:
        super().clean()
        if self.indicator and self.indicator.formula:
            raise ValidationError(
                {"indicator": "Diese Kennzahl wird berechnet. Nennen Sie die Zahlen, aus denen sie folgt."}
            )
