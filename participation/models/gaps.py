"""Data gaps: what nobody knows of a municipality, or only from long ago, and what closed the gap."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from participation.enums import DataGapKind
from participation.models.events import Event, Survey
from planning.enums import SpatialLevel
from planning.models import DataSource, Indicator
from records.fields import VagueDateField
from records.models.base import MunicipalRecord
from records.models.columns import long_text

CLOSED_BY = ("closed_by_survey", "closed_by_event", "closed_by_source")
WITHOUT_WAY = "Nennen Sie, wodurch die Lücke geschlossen wurde: Befragung, Veranstaltung oder Datenquelle."
WITHOUT_DAY = "Nennen Sie auch, seit wann die Lücke geschlossen ist."


class DataGap(MunicipalRecord):
    """Something that is not known at some level, or only as it was long ago, until something closes the gap."""

    title = models.CharField("Datenlücke", max_length=200, help_text="Zum Beispiel „Alleinerziehende je Gemeinde“.")
    kind = models.CharField("Art", max_length=8, choices=DataGapKind.choices, default=DataGapKind.MISSING)
    level = models.CharField("Ebene", max_length=10, choices=SpatialLevel.choices, default=SpatialLevel.COMMUNE)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="data_gaps", verbose_name="Kennzahl"
    )
    since = VagueDateField(
        "Seit", null=True, blank=True, help_text="Seit wann etwas fehlt, oder von wann die letzten Angaben sind."
    )
    why_needed = long_text("Wofür es gebraucht wird")
    closed_on = VagueDateField("Geschlossen", null=True, blank=True, db_index=True)
    closed_by_survey = models.ForeignKey(
        Survey, models.PROTECT, null=True, blank=True, related_name="closed_gaps", verbose_name="durch Befragung"
    )
    closed_by_event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="closed_gaps", verbose_name="durch Veranstaltung"
    )
    closed_by_source = models.ForeignKey(
        DataSource, models.PROTECT, null=True, blank=True, related_name="closed_gaps", verbose_name="durch Datenquelle"
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Datenlücke"
        verbose_name_plural = "Datenlücken"
        ordering = ["sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(closed_by_survey__isnull=False)
                | Q(closed_by_event__isnull=False)
                | Q(closed_by_source__isnull=False),
                name="%(app_label)s_%(class)s_closed_by",
                violation_error_message=WITHOUT_WAY,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        ways: list[Any] = [getattr(self, f"{name}_id") for name in CLOSED_BY]
        if any(ways) and not self.closed_on:
            raise ValidationError({"closed_on": WITHOUT_DAY})
