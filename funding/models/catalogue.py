"""Catalogues of money, kept by the ministry and versioned by validity."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from records.fields import ShareField
from records.models.base import ProgrammeRecord
from records.models.columns import long_text


class CostKind(ProgrammeRecord):
    """A Kostenart of the Finanzplan; investments are named so that they can be refused."""

    one_of = (("code",), ("title",))

    code = models.CharField("Kurzzeichen", max_length=12, help_text="Zum Beispiel „PK“; steht in engen Spalten.")
    title = models.CharField("Kostenart", max_length=80)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=10)
    eligible = models.BooleanField("zuwendungsfähig", default=True)
    description = long_text("Beschreibung", help_text="Was dazu gehört und was nicht, mit Quelle oder „Annahme“.")

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Kostenart"
        verbose_name_plural = "Kostenarten"
        ordering = ["position", "sort_key"]

    def __str__(self) -> str:
        return self.title

    def sort_text(self) -> str:
        return f"{self.position:03d} {self.title}"


class BaseRate(ProgrammeRecord):
    """The Basiszinssatz from a day on, until the next one; it may be below zero."""

    one_of = (("valid_from",),)
    units: ClassVar[dict[str, str]] = {"percent": "%"}

    percent = ShareField("Basiszinssatz (Prozent)", negative=True)
    source = models.CharField("Quelle", max_length=300, blank=True, help_text="Woher die Angabe stammt.")

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Basiszinssatz"
        verbose_name_plural = "Basiszinssätze"
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return f"Basiszinssatz {self.limits}".strip()

    def sort_text(self) -> str:
        return str(self.valid_from or "")

    def clean(self) -> None:
        super().clean()
        if other := next((row for row in BaseRate.objects.exclude(pk=self.pk) if self._overlaps(row)), None):
            raise ValidationError({"valid_from": f"Zur selben Zeit gilt schon „{other}“. Beenden Sie ihn vorher."})

    def _overlaps(self, other: "BaseRate") -> bool:
        begun = other.valid_until is None or self.valid_from is None or self.valid_from <= other.valid_until
        return begun and (self.valid_until is None or other.valid_from is None or other.valid_from <= self.valid_until)
