"""Official statistics: areas of the programme, what tables publish of a Kennzahl, and one value for everybody.

No records of a municipality: rows come from files of the statistics offices only (exchange.statistics), and a
correction keeps what stood there before (docs/adr/0063).
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models

from accounts.models import Municipality
from planning.enums import AreaChangeKind, AreaLevel, Placeholder, StatImportState
from planning.models.catalogue import Indicator
from records.fields import ExactField

LARGEST = Decimal("9000000000000")  # what eight bytes hold with six decimals


class OfficialNumber(ExactField):
    """A number of the statistics with six decimals, stored as whole millionths; may be below zero."""

    description = "Zahl der Statistik"
    decimal_places, max_digits, most, unit = 6, 19, LARGEST, ""


class Area(models.Model):
    """An area of official statistics by its key: „DG“, „16“, five digits for Kreise, eight for Gemeinden.

    ``valid_until`` is the last day; where ``until_known`` is False, the last day on which it can have existed.
    """

    code = models.CharField("Amtlicher Schlüssel", max_length=8, unique=True)
    level = models.CharField("Ebene", max_length=8, choices=AreaLevel.choices)
    name = models.CharField("Name", max_length=120)
    valid_from = models.DateField("besteht seit", null=True, blank=True)
    valid_until = models.DateField("besteht bis", null=True, blank=True)
    until_known = models.BooleanField("Ende ist bekannt", default=True)

    class Meta:
        verbose_name = "Gebiet der Statistik"
        verbose_name_plural = "Gebiete der Statistik"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class AreaChange(models.Model):
    """An area that became part of another one, was divided or renamed; ``day`` is None where it is not known."""

    origin = models.ForeignKey(Area, models.PROTECT, related_name="changes", verbose_name="bisher")
    target = models.ForeignKey(Area, models.PROTECT, related_name="origins", verbose_name="seitdem")
    day = models.DateField("am", null=True, blank=True)
    kind = models.CharField("Art", max_length=14, choices=AreaChangeKind.choices)

    class Meta:
        verbose_name = "Gebietsänderung"
        verbose_name_plural = "Gebietsänderungen"
        ordering = ["day", "origin"]
        constraints = [models.UniqueConstraint(fields=["origin", "target"], name="planning_areachange_once")]

    def __str__(self) -> str:
        return f"{self.origin} → {self.target}"


class OfficialSeries(models.Model):
    """What official tables publish of a Kennzahl: statistic, measure, unit as printed, and the filter of its variables.

    ``filter`` is „GES=GESM;NAT=“ in the order of the codes, without a code for the total. ``factor`` makes the printed
    number one in the unit of the Kennzahl („1000“ → Personen: 1 000).
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="series", verbose_name="Kennzahl")
    statistic = models.CharField("Statistik", max_length=20)
    measure = models.CharField("Merkmal", max_length=40)
    unit = models.CharField("Einheit der Tabelle", max_length=60)
    filter = models.CharField("Ausprägungen", max_length=400, blank=True)
    factor = models.PositiveIntegerField("Faktor", default=1, validators=[MinValueValidator(1)])
    wording = models.CharField("Wortlaut der Tabelle", max_length=600, blank=True)

    class Meta:
        verbose_name = "Reihe der Statistik"
        verbose_name_plural = "Reihen der Statistik"
        ordering = ["statistic", "measure", "unit", "filter"]
        constraints = [
            models.UniqueConstraint(
                fields=["statistic", "measure", "unit", "filter"], name="planning_officialseries_once"
            )
        ]

    def __str__(self) -> str:
        return self.wording or self.measure


class StatImport(models.Model):
    """A file of the statistics: who read it in, how it was read, and how much it brought.

    ``municipality`` is None where it was read in for the whole programme. ``choice`` is what the person said in the
    preview, ``counts`` what the review found. A file that was taken back stays with who did it and when.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    name = models.CharField("Datei", max_length=255)
    sha256 = models.CharField("Prüfsumme", max_length=64)
    layout = models.CharField("Aufbau", max_length=12, blank=True)
    state = models.CharField("Stand", max_length=8, choices=StatImportState.choices, default=StatImportState.SEEN)
    choice = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=600, blank=True)
    created_at = models.DateTimeField("hochgeladen am", auto_now_add=True)
    stored_at = models.DateTimeField("eingelesen am", null=True)
    undone_at = models.DateTimeField("zurückgenommen am", null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "Datei der Statistik"
        verbose_name_plural = "Dateien der Statistik"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class OfficialValue(models.Model):
    """A number that the statistics publish for an area and a period, or the sign that they print instead.

    ``begin`` is the day of a Stichtag, else the first day; ``length`` an ISO duration („P0D“ Stichtag, „P1Y“, „P6M“).
    ``value`` is as printed; times the factor of the series it is in the unit of the Kennzahl.
    """

    series = models.ForeignKey(OfficialSeries, models.PROTECT, related_name="values")
    area = models.ForeignKey(Area, models.PROTECT, related_name="values")
    begin = models.DateField("Beginn")
    length = models.CharField("Dauer", max_length=8)
    value: Any = OfficialNumber("Wert", null=True, negative=True)
    sign = models.CharField("Zeichen", max_length=3, choices=Placeholder.choices, blank=True)
    quality = models.CharField("Kennzeichen der Güte", max_length=4, blank=True)
    stat_import = models.ForeignKey(StatImport, models.PROTECT, related_name="values")

    class Meta:
        verbose_name = "Wert der Statistik"
        verbose_name_plural = "Werte der Statistik"
        ordering = ["series", "area", "begin"]
        constraints = [
            models.UniqueConstraint(fields=["series", "area", "begin", "length"], name="planning_officialvalue_once"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True, sign__gt="") | models.Q(value__isnull=False, sign=""),
                name="planning_officialvalue_value_or_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}, {self.area} {shown_period(self.begin, self.length)}"


class OfficialCorrection(models.Model):
    """What a value was before a later file said otherwise; ``stat_import`` is that later file."""

    official = models.ForeignKey(OfficialValue, models.PROTECT, related_name="corrections")
    value: Any = OfficialNumber("bisher", null=True, negative=True)
    sign = models.CharField("bisheriges Zeichen", max_length=3, blank=True)
    quality = models.CharField(max_length=4, blank=True)
    former_import = models.ForeignKey(StatImport, models.PROTECT, related_name="+")
    stat_import = models.ForeignKey(StatImport, models.PROTECT, related_name="corrections")

    class Meta:
        verbose_name = "Berichtigung der Statistik"
        verbose_name_plural = "Berichtigungen der Statistik"

    def __str__(self) -> str:
        return str(self.official)


def shown_period(begin: date, length: str) -> str:
    """„31.12.2024“, „2024“, „WS 2023/24“, „SS 2024“, „1. Quartal 2024“, „10/2023“; months otherwise by their first."""
    if length == "P0D":
        return f"{begin:%d.%m.%Y}"
    if length == "P1Y":
        return str(begin.year) if begin.month == 1 else f"{begin.year}/{(begin.year + 1) % 100:02d}"
    if length == "P6M" and begin.month == 10:
        return f"WS {begin.year}/{(begin.year + 1) % 100:02d}"
    if length == "P6M" and begin.month == 4:
        return f"SS {begin.year}"
    if length == "P3M":
        return f"{(begin.month + 2) // 3}. Quartal {begin.year}"
    if length == "P6M":
        return f"{1 if begin.month < 7 else 2}. Halbjahr {begin.year}"
    return f"{begin:%m/%Y}" if length == "P1M" else f"{begin:%m/%Y} ({length})"
