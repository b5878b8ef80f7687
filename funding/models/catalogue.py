"""Catalogues of money, kept by the ministry and versioned by validity."""

from django.db import models

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
