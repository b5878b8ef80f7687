"""Numbers that a record gets once and keeps for life (docs/adr/0018)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Municipality


class Numbered(models.Model):
    """A record that people name by a number: „M 14“.

    Each municipality counts each kind by itself. records.domain.numbers gives the number when the record is created;
    a copy in a following cycle is the same thing and keeps it.
    """

    letter: ClassVar[str]
    called = ""  # in a report of an edition from before there were numbers: the code that stands there

    number = models.PositiveIntegerField("Nummer", null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def code(self) -> str:
        """Nummer."""
        return self.called or (f"{self.letter} {self.number}" if self.number else "")

    def named(self, title: str) -> str:
        """„M 14 Rufbus“."""
        return f"{self.code} {title}".strip()


def numbered_once(*scope: str, sentence: str) -> list[models.BaseConstraint]:
    """Every row has a number, and within ``scope`` no two have the same."""
    return [
        models.CheckConstraint(
            condition=Q(number__isnull=False, number__gte=1),
            name="%(app_label)s_%(class)s_numbered",
            violation_error_message="Die Nummer fehlt.",
        ),
        models.UniqueConstraint(
            fields=[*scope, "number"], name="%(app_label)s_%(class)s_number", violation_error_message=sentence
        ),
    ]


class NumberSeries(models.Model):
    """The last number that a municipality gave to records of a kind (``planning.measure``); it only grows."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "Nummernkreis"
        verbose_name_plural = "Nummernkreise"
        constraints = [models.UniqueConstraint(fields=["municipality", "kind"], name="records_numberseries_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.last}"
