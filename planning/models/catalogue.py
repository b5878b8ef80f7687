"""Catalogues of the programme, kept by the ministry and versioned by validity (docs/product.md §4)."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from planning.enums import Formula, Phase, SpatialLevel
from records.fields import Links, VagueDateField
from records.models.base import ProgrammeRecord
from records.models.columns import calendar_year, long_text
from records.models.validity import Succeeded


class ActionField(Succeeded, ProgrammeRecord):
    """A Handlungsfeld; number and wording differ between versions of the Richtlinie."""

    one_of = (("number",), ("title",))
    number = models.PositiveSmallIntegerField("Nummer", validators=[MinValueValidator(1), MaxValueValidator(99)])
    title = models.CharField("Bezeichnung", max_length=120)
    description = long_text("Beschreibung", help_text="Was zu diesem Handlungsfeld gehört.")

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Handlungsfeld"
        verbose_name_plural = "Handlungsfelder"
        ordering = ["number", "sort_key"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def sort_text(self) -> str:
        return f"{self.number:03d} {self.title}"


class LifePhase(Succeeded, ProgrammeRecord):
    """A Lebensphase, the order in which offers and needs are looked at."""

    one_of = (("number",), ("title",))
    number = models.PositiveSmallIntegerField("Reihenfolge", validators=[MinValueValidator(1), MaxValueValidator(99)])
    title = models.CharField("Bezeichnung", max_length=120)

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Lebensphase"
        verbose_name_plural = "Lebensphasen"
        ordering = ["number", "sort_key"]

    def __str__(self) -> str:
        return self.title

    def sort_text(self) -> str:
        return f"{self.number:03d} {self.title}"


class StepTemplate(ProgrammeRecord):
    """A typical step of a phase with guidance; a new cycle starts from these."""

    one_of = (("phase", "title"),)
    units: ClassVar[dict[str, str]] = {"usual_weeks": "Wochen"}
    phase = models.CharField("Phase", max_length=16, choices=Phase.choices)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=10)
    title = models.CharField("Schritt", max_length=160)
    guidance = long_text("Anleitung", help_text="Zwei, drei Sätze: worauf es ankommt.")
    decision = models.CharField("Nötige Entscheidung", max_length=300, blank=True)
    usual_weeks = models.PositiveSmallIntegerField(
        "Übliche Dauer in Wochen", null=True, blank=True, validators=[MaxValueValidator(260)]
    )

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Schritt im Katalog"
        verbose_name_plural = "Schritte im Katalog"
        ordering = ["phase", "position", "sort_key"]

    def __str__(self) -> str:
        return self.title


class Indicator(ProgrammeRecord):
    """A Kennzahl: definition, unit and source, without values; with a ``formula`` it is reckoned of other ones.

    ``may_sum``: what is counted in several areas counts in all of them together (persons yes, rates no).
    ``every_years`` and ``most_age`` (years) say which values are missing or old (insight.figures.missing).
    """

    one_of = (("unit", "title"),)
    units: ClassVar[dict[str, str]] = {"every_years": "Jahre", "most_age": "Jahre"}
    title = models.CharField("Kennzahl", max_length=160)
    definition = long_text("Definition")
    unit = models.CharField("Einheit", max_length=60, help_text="Zum Beispiel: Personen, Prozent, je 1 000 Einwohner.")
    source = models.CharField("Quelle", max_length=200, blank=True)
    table_code = models.CharField("Tabelle", max_length=40, blank=True, help_text="Zum Beispiel 12411-01-01-4.")
    level = models.CharField(
        "Kleinste Ebene", max_length=10, choices=SpatialLevel.choices, default=SpatialLevel.DISTRICT
    )
    may_sum = models.BooleanField(
        "Über Gebiete summierbar",
        default=False,
        help_text="Nur bei Anzahlen. Quoten, Durchschnitte und Werte einer Stichprobe ergeben zusammengezählt nichts.",
    )
    every_years = models.PositiveSmallIntegerField(
        "Abstand der Veröffentlichungen",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="Jährlich: 1, wie die Pflegestatistik: 2. Leer: unregelmäßig oder nicht bekannt.",
    )
    most_age = models.PositiveSmallIntegerField(
        "Höchstes Alter eines Werts",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="Ältere Werte nennt das Register der Datenlücken veraltet.",
    )
    formula = models.CharField(
        "Berechnung",
        max_length=10,
        choices=Formula.choices,
        blank=True,
        help_text="Leer: Werte werden eingelesen oder eingetragen.",
    )
    parts: Any = Links(
        "self", blank=True, symmetrical=False, related_name="part_of_figures", verbose_name="A (zusammengezählt)"
    )
    base: Any = Links(
        "self", blank=True, symmetrical=False, related_name="base_of_figures", verbose_name="B (zusammengezählt)"
    )
    base_year = calendar_year("Gegenüber dem Jahr", first=1950, null=True, blank=True)

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Kennzahl"
        verbose_name_plural = "Kennzahlen"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.title


class IndicatorBreak(ProgrammeRecord):
    """A day from which a statistic, an area or a Kennzahl is counted otherwise: no change is reckoned across it.

    What is left empty is all: a statistic in every area, an area in every statistic.
    """

    words = models.CharField(
        "Was sich ändert",
        max_length=300,
        help_text="Ein Satz. Er steht unter jeder Zeichnung über diesen Tag hinweg.",
    )
    day = models.DateField("Ab dem Tag", help_text="Werte von diesem Tag an sind mit früheren nicht vergleichbar.")
    statistic = models.CharField(
        "Statistik",
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^\d{5}\Z", "Geben Sie die fünf Ziffern der Statistik an, zum Beispiel 12411.")],
        help_text="Fünf Ziffern, zum Beispiel 12411 für die Fortschreibung der Bevölkerung.",
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="breaks", verbose_name="Kennzahl"
    )
    area_code = models.CharField(
        "Schlüssel des Gebiets",
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^16(\d{3}){0,2}\Z", "Geben Sie einen amtlichen Schlüssel aus Thüringen an.")],
        help_text="Zum Beispiel 16063 für den Wartburgkreis, 16065003 für eine Gemeinde.",
    )

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Zeitreihenbruch"
        verbose_name_plural = "Zeitreihenbrüche"
        ordering = ["-day", "sort_key"]
        constraints = [
            *ProgrammeRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(statistic="") | Q(indicator__isnull=False) | ~Q(area_code=""),
                name="%(app_label)s_%(class)s_of_what",
                violation_error_message="Nennen Sie eine Statistik, eine Kennzahl oder ein Gebiet.",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Deadline(ProgrammeRecord):
    """A Frist of the programme; deadlines differ by year and are data, not code."""

    one_of = (("year", "title"),)
    title = models.CharField("Frist", max_length=160)
    year = calendar_year("Für das Jahr")
    due = VagueDateField("Fällig", db_index=True)
    phase = models.CharField("Phase", max_length=16, choices=Phase.choices)
    for_plan = models.BooleanField(
        "Frist der Einreichung",
        default=False,
        help_text="Bis zum Ende dieses Tages reichen die Kommunen ihren Plan ein; danach ist er verspätet.",
    )
    note = models.CharField("Hinweis", max_length=300, blank=True)

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Frist"
        verbose_name_plural = "Fristen"
        ordering = ["due", "sort_key"]
        constraints = [
            *ProgrammeRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="%(app_label)s_%(class)s_year",
                violation_error_message="Geben Sie ein Jahr zwischen 2000 und 2100 an.",
            ),
        ]

    def __str__(self) -> str:
        return self.title if str(self.year) in self.title else f"{self.title} ({self.year})"

    def clean(self) -> None:
        super().clean()
        others = Deadline.objects.filter(for_plan=True, year=self.year).exclude(pk=self.pk)
        span = (self.valid_from or date.min, self.valid_until or date.max)
        if self.for_plan and (other := next((row for row in others if row.holds(span)), None)):
            raise ValidationError(
                {"for_plan": f"Für {self.year} ist das schon „{other.title}“. Nur eine Frist gilt: Ändern Sie diese."}
            )
