"""Maßnahmen with milestones and quality criteria (docs/product.md §4)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from planning.enums import Counting, CriterionKind, MeasureState, StepState
from planning.models.catalogue import ActionField, LifePhase
from planning.models.cycle import IN_CYCLE, CycleRecord
from planning.models.goals import Goal
from planning.models.inventory import PlanningRegion, Provider, TargetGroup
from planning.models.needs import Need
from planning.models.start import BEFORE_BUDGET, COST_BEFORE_BUDGET, Document
from records.fields import Links, VagueDateField
from records.models.base import MunicipalRecord, OnlyIn, Period, Sourced, period_constraint
from records.models.columns import calendar_year, euro, long_text
from records.models.numbers import Numbered, numbered_once


class Measure(Numbered, Sourced, Period, CycleRecord):
    """A measure: answers goals and needs, is carried by a Träger, costs money and has criteria."""

    gives: ClassVar[dict[str, str]] = {"goals": "eine Maßnahme", "needs": "eine Maßnahme"}

    letter = "M"
    only_in = {"not_done_reason": OnlyIn("state", frozenset({MeasureState.DROPPED}))}
    units: ClassVar[dict[str, str]] = {"yearly_cost": "€"}
    formerly: ClassVar[dict[str, str]] = {"Kosten im Jahr (Euro)": "yearly_cost"}
    needed_when: ClassVar[dict[str, str]] = {"not_done_reason": "dann nötig"}
    title = models.CharField("Maßnahme", max_length=160)
    description = long_text("Beschreibung")
    action_field = models.ForeignKey(ActionField, models.PROTECT, related_name="measures", verbose_name="Handlungsfeld")
    goals = Links(Goal, blank=True, related_name="measures", verbose_name="Ziele")
    needs = Links(Need, blank=True, related_name="measures", verbose_name="Bedarfe, die sie unmittelbar deckt")
    life_phases = Links(LifePhase, blank=True, related_name="measures", verbose_name="Lebensphasen")
    regions = Links(PlanningRegion, blank=True, related_name="measures", verbose_name="Planungsregionen")
    target_groups = Links(TargetGroup, blank=True, related_name="measures", verbose_name="Zielgruppen")
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name="Träger"
    )
    responsible = models.CharField("Verantwortlich", max_length=160, blank=True, help_text="Funktion, kein Name.")
    state = models.CharField("Stand", max_length=10, choices=MeasureState.choices, default=MeasureState.IDEA)
    not_done_reason = long_text("Grund, falls nicht umgesetzt")
    yearly_cost = euro(COST_BEFORE_BUDGET, help_text=BEFORE_BUDGET)
    documents = Links(Document, blank=True, related_name="measures", verbose_name="Dokumente")

    class Meta(CycleRecord.Meta):
        verbose_name = "Maßnahme"
        verbose_name_plural = "Maßnahmen"
        ordering = ["sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            *numbered_once("municipality", "cycle", sentence=IN_CYCLE),
            period_constraint(),
            models.CheckConstraint(
                condition=Q(yearly_cost__isnull=True) | Q(yearly_cost__gte=0),
                name="%(app_label)s_%(class)s_not_negative",
                violation_error_message="Geben Sie die Kosten als Betrag ab 0 an.",
            ),
        ]

    def __str__(self) -> str:
        return self.named(self.title)

    def sort_text(self) -> str:
        return self.title

    def costs_in(self, year: int) -> bool:
        """Whether its cost belongs to a Finanzplan of the year: not what is dropped or was over before."""
        is_over = self.end is not None and self.end.last.year < year
        return not is_over and self.state != MeasureState.DROPPED

    def runs_in(self, year: int) -> bool:
        """Whether it is carried out in the year: not what is dropped, over before or begins later."""
        return self.costs_in(year) and (self.begin is None or self.begin.first.year <= year)

    def falls_in(self, year: int) -> bool:
        """Whether it had begun by the end of the year and had not ended before it; without dates it belongs to any."""
        begun = self.begin is None or self.begin.year <= year
        return begun and (self.end is None or self.end.year >= year)

    def clean(self) -> None:
        super().clean()
        if self.state == MeasureState.DROPPED and not self.not_done_reason.strip():
            raise ValidationError({"not_done_reason": "Nennen Sie den Grund, warum die Maßnahme nicht umgesetzt wird."})


class Milestone(Sourced, MunicipalRecord):
    """A Meilenstein of a measure: planned and reached when."""

    part_of: ClassVar[tuple[str, ...]] = ("measure",)
    years_of = "measure__cycle__"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="milestones", verbose_name="Maßnahme")
    title = models.CharField("Meilenstein", max_length=160)
    planned_on = VagueDateField("Geplant", null=True, blank=True)
    reached_on = VagueDateField("Erreicht", null=True, blank=True, db_index=True)
    state = models.CharField("Stand", max_length=12, choices=StepState.choices, default=StepState.OPEN)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Meilenstein"
        verbose_name_plural = "Meilensteine"
        ordering = ["measure", "planned_on", "pk"]

    def __str__(self) -> str:
        return self.title


class QualityCriterion(Numbered, MunicipalRecord):
    """How the result of a measure is recognised: kind, unit, baseline; targets and actual values per year."""

    part_of: ClassVar[tuple[str, ...]] = ("measure",)
    years_of = "measure__cycle__"
    letter = "K"

    units: ClassVar[dict[str, str]] = {"baseline": "=unit"}

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="criteria", verbose_name="Maßnahme")
    title = models.CharField("Qualitätskriterium", max_length=200)
    kind = models.CharField("Art", max_length=8, choices=CriterionKind.choices)
    unit = models.CharField("Einheit", max_length=60, blank=True)
    counting = models.CharField(
        "Zählweise",
        max_length=8,
        choices=Counting.choices,
        blank=True,
        help_text="Nur Anzahlen werden über Zeiträume zusammengezählt.",
    )
    baseline = models.DecimalField("Ausgangswert", max_digits=14, decimal_places=2, null=True, blank=True)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="successors",
        verbose_name="übernommen von",
    )
    method = models.CharField("Wie gemessen wird", max_length=200, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Qualitätskriterium"
        verbose_name_plural = "Qualitätskriterien"
        ordering = ["measure", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            *numbered_once(
                "measure", sentence="Diese Nummer gibt es bei dieser Maßnahme schon. Wählen Sie eine andere Maßnahme."
            ),
        ]

    def __str__(self) -> str:
        return self.named(self.title)

    def sort_text(self) -> str:
        return self.title


class CriterionValue(MunicipalRecord):
    """Target and actual value of a criterion in one year."""

    part_of: ClassVar[tuple[str, ...]] = ("criterion",)
    years_of = "criterion__measure__cycle__"

    str_related = ("criterion",)
    units: ClassVar[dict[str, str]] = {"target": "=criterion.unit", "actual": "=criterion.unit"}

    criterion = models.ForeignKey(
        QualityCriterion, models.PROTECT, related_name="values", verbose_name="Qualitätskriterium"
    )
    year = calendar_year("Jahr")
    target = models.DecimalField("Zielwert", max_digits=14, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField("Ist-Wert", max_digits=14, decimal_places=2, null=True, blank=True)
    comment = models.CharField("Anmerkung", max_length=300, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Jahreswert"
        verbose_name_plural = "Jahreswerte"
        ordering = ["criterion", "year"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["criterion", "year"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Für dieses Jahr gibt es schon einen Wert. Ändern Sie den vorhandenen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.year}"
