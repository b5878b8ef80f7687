"""Leitbild and goals: concept of family, mission statement, goal tree (docs/product.md §4)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from planning.enums import GoalLevel, Priority
from planning.models.catalogue import ActionField
from planning.models.cycle import IN_CYCLE, CycleRecord
from planning.models.needs import Need
from records.fields import Links, VagueDateField
from records.models.base import MunicipalRecord, Sourced
from records.models.columns import long_text
from records.models.numbers import Numbered, numbered_once

LEVEL_ABOVE = {GoalLevel.GUIDING: None, GoalLevel.ACTION: GoalLevel.GUIDING, GoalLevel.MEASURE: GoalLevel.ACTION}


class Adopted(models.Model):
    """What is adopted by somebody at a date."""

    based_on = long_text("Grundlage", help_text="Worauf der Text beruht.")
    adopted_on = VagueDateField("Angenommen", null=True, blank=True, db_index=True)
    adopted_by = models.CharField("Angenommen von", max_length=160, blank=True)

    class Meta:
        abstract = True


class FamilyConcept(Adopted, Sourced, CycleRecord):
    """The Familienbegriff on which the plan rests."""

    title = models.CharField("Bezeichnung", max_length=160)
    text = long_text("Familienbegriff", blank=False)

    class Meta(CycleRecord.Meta):
        verbose_name = "Familienbegriff"
        verbose_name_plural = "Familienbegriffe"
        ordering = ["adopted_on", "sort_key"]
        constraints = [*MunicipalRecord.Meta.constraints]

    def __str__(self) -> str:
        return self.title


class MissionStatement(Adopted, Sourced, CycleRecord):
    """The Leitbild."""

    title = models.CharField("Bezeichnung", max_length=160)
    text = long_text("Leitbild", blank=False)

    class Meta(CycleRecord.Meta):
        verbose_name = "Leitbild"
        verbose_name_plural = "Leitbilder"
        ordering = ["adopted_on", "sort_key"]
        constraints = [*MunicipalRecord.Meta.constraints]

    def __str__(self) -> str:
        return self.title


class Goal(Numbered, Sourced, CycleRecord):
    """A goal in the tree Leitziel → Handlungsziel → Maßnahmenziel, each level only under the one above."""

    gives: ClassVar[dict[str, str]] = {"needs": "ein Ziel"}

    needed_when: ClassVar[dict[str, str]] = {"parent": "nötig, außer bei einem Leitziel"}
    letter = "Z"
    level = models.CharField("Ebene", max_length=8, choices=GoalLevel.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="Übergeordnetes Ziel",
        help_text="Ein Handlungsziel gehört zu einem Leitziel, ein Maßnahmenziel zu einem Handlungsziel.",
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=10)
    title = models.CharField("Ziel", max_length=240)
    description = long_text("Erläuterung")
    action_field = models.ForeignKey(
        ActionField, models.PROTECT, null=True, blank=True, related_name="goals", verbose_name="Handlungsfeld"
    )
    needs = Links(Need, blank=True, related_name="goals", verbose_name="Bedarfe, auf die das Ziel antwortet")
    priority = models.CharField("Priorität", max_length=8, choices=Priority.choices, blank=True)
    target_date = VagueDateField("Zu erreichen bis", null=True, blank=True)
    specific = models.CharField("Spezifisch", max_length=300, blank=True, help_text="Was genau soll erreicht werden?")
    measurable = models.CharField(
        "Messbar", max_length=300, blank=True, help_text="Woran ist zu erkennen, dass es erreicht ist?"
    )
    accepted = models.CharField("Akzeptiert", max_length=300, blank=True, help_text="Wer trägt das Ziel mit?")
    realistic = models.CharField(
        "Realistisch", max_length=300, blank=True, help_text="Mit welchen Mitteln ist es erreichbar?"
    )
    timed = models.CharField(
        "Terminiert", max_length=300, blank=True, help_text="Bis wann, mit welchen Zwischenschritten?"
    )

    class Meta(CycleRecord.Meta):
        verbose_name = "Ziel"
        verbose_name_plural = "Ziele"
        ordering = ["position", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            *numbered_once("municipality", "cycle", sentence=IN_CYCLE),
        ]

    def __str__(self) -> str:
        return self.named(self.title)

    def sort_text(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        above = LEVEL_ABOVE.get(GoalLevel(self.level)) if self.level in GoalLevel.values else None
        if self.level == GoalLevel.GUIDING and self.parent is not None:
            raise ValidationError({"parent": "Ein Leitziel steht ganz oben. Lassen Sie dieses Feld leer."})
        if above and (self.parent is None or self.parent.level != above):
            raise ValidationError({"parent": f"Wählen Sie ein {above.label}, zu dem dieses Ziel gehört."})
        if self.parent is not None and self.parent.cycle_id != self.cycle_id:
            raise ValidationError({"parent": "Wählen Sie ein Ziel desselben Planungszyklus."})
        if (
            self.pk
            and self.children.exclude(level__in=[low for low, top in LEVEL_ABOVE.items() if top == self.level]).exists()
        ):
            raise ValidationError({"level": "Unter diesem Ziel stehen andere. Ordnen Sie diese zuerst um."})
