"""Bedarf: needs with their evidence, and SWOT entries (docs/product.md §4)."""

from django.db import models

from planning.enums import NeedState, Priority, SwotKind
from planning.models.catalogue import ActionField, LifePhase
from planning.models.cycle import IN_CYCLE, CycleRecord
from planning.models.figures import IndicatorValue, QuotedFigure
from planning.models.inventory import DataSource, Offer, PlanningRegion, TargetGroup
from records.fields import Links, VagueDateField
from records.models.base import MunicipalRecord, Sourced
from records.models.columns import long_text
from records.models.numbers import Numbered, numbered_once


class Need(Numbered, Sourced, CycleRecord):
    """What families need. Evidence: findings (participation), figures, data sources; answered by goals and measures."""

    letter = "B"
    title = models.CharField("Bedarf", max_length=160, help_text="Kurz und als Bedarf formuliert, nicht als Lösung.")
    description = long_text("Beschreibung", help_text="Wer braucht was, wo und warum?")
    action_fields = Links(ActionField, blank=True, related_name="needs", verbose_name="Handlungsfelder")
    life_phases = Links(LifePhase, blank=True, related_name="needs", verbose_name="Lebensphasen")
    regions = Links(PlanningRegion, blank=True, related_name="needs", verbose_name="Planungsregionen")
    target_groups = Links(TargetGroup, blank=True, related_name="needs", verbose_name="Zielgruppen")
    priority = models.CharField("Priorität", max_length=8, choices=Priority.choices, blank=True)
    priority_set_by = models.CharField("Priorität gesetzt von", max_length=160, blank=True)
    priority_set_on = VagueDateField("Priorität gesetzt am", null=True, blank=True)
    priority_reason = long_text("Begründung der Priorität")
    state = models.CharField("Stand", max_length=10, choices=NeedState.choices, default=NeedState.FOUND)
    figures = Links(IndicatorValue, blank=True, related_name="needs", verbose_name="Kennzahlen als Beleg")
    quoted = Links(QuotedFigure, blank=True, related_name="needs", verbose_name="Amtliche und eigene Zahlen als Beleg")
    data_sources = Links(DataSource, blank=True, related_name="needs", verbose_name="Datenquellen als Beleg")
    offers = Links(Offer, blank=True, related_name="needs", verbose_name="Angebote, die den Bedarf berühren")

    class Meta(CycleRecord.Meta):
        verbose_name = "Bedarf"
        verbose_name_plural = "Bedarfe"
        ordering = ["sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            *numbered_once("municipality", "cycle", sentence=IN_CYCLE),
        ]

    def __str__(self) -> str:
        return self.named(self.title)

    def sort_text(self) -> str:
        return self.title


class SwotEntry(Sourced, CycleRecord):
    """A strength, weakness, opportunity or threat of one Handlungsfeld."""

    action_field = models.ForeignKey(
        ActionField, models.PROTECT, related_name="swot_entries", verbose_name="Handlungsfeld"
    )
    kind = models.CharField("Art", max_length=12, choices=SwotKind.choices)
    text = models.CharField("Aussage", max_length=400)

    class Meta(CycleRecord.Meta):
        verbose_name = "SWOT-Eintrag"
        verbose_name_plural = "SWOT-Einträge"
        ordering = ["action_field", "kind", "pk"]
        constraints = [*MunicipalRecord.Meta.constraints]

    def __str__(self) -> str:
        return self.text
