"""Which deadlines of the programme a municipality has kept (ADR 0025)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from planning.models.catalogue import Deadline
from records.fields import VagueDateField
from records.models import MunicipalRecord, Span

KNOWN = "Ob der Plan eingereicht ist, weiß das Portal aus dem Plan. Wählen Sie eine andere Frist."


class KeptDeadline(MunicipalRecord):
    """Says that what was due is done, and when; a deadline of which there is none waits."""

    str_related: ClassVar[tuple[str, ...]] = ("deadline",)

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="kept", verbose_name="Frist")
    done_on = VagueDateField("Erledigt am")
    note = models.CharField("Anmerkung", max_length=300, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Erledigte Frist"
        verbose_name_plural = "Erledigte Fristen"
        ordering = ["-done_on", "sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "deadline"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Diese Frist ist schon als erledigt eingetragen. Ändern Sie den Eintrag.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.deadline)

    def clean(self) -> None:
        super().clean()
        if self.deadline_id and self.deadline.for_plan:
            raise ValidationError({"deadline": KNOWN})

    def span(self) -> Span | None:
        """Whenever: what was due long ago can still be marked as done."""
        return None
