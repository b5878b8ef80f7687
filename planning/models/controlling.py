"""Controlling: what was reported and revised, what it means, and what becomes of it (docs/product.md §3)."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from planning.enums import CarryDecision, Counting
from planning.models.goals import Goal
from planning.models.measures import Measure, QualityCriterion
from planning.models.needs import Need
from records.fields import VagueDateField
from records.models.base import MunicipalRecord
from records.models.columns import calendar_year, long_text

SUBJECTS = ("measure", "need", "goal")
ONE_SUBJECT = "Nennen Sie eine Maßnahme, einen Bedarf oder ein Ziel, und nur eines davon."
MUST_SAY_WHY = "Nennen Sie den Grund, wenn etwas geändert oder beendet wird."


def number_column(label: str, **options: Any) -> "models.DecimalField[Any, Any]":
    """A value of a criterion, in the criterion's unit unless the label says otherwise."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, **options)


class TargetRevision(MunicipalRecord):
    """A target that was agreed otherwise: the old one stays, with the reason. Several follow one another."""

    part_of: ClassVar[tuple[str, ...]] = ("criterion",)
    years_of = "criterion__measure__cycle__"
    str_related = ("criterion",)
    units: ClassVar[dict[str, str]] = {"old": "=criterion.unit", "new": "=criterion.unit"}

    criterion = models.ForeignKey(
        QualityCriterion, models.PROTECT, related_name="revisions", verbose_name="Qualitätskriterium"
    )
    year = calendar_year("Zielwert des Jahres")
    old = number_column("Bisheriger Zielwert")
    new = number_column("Neuer Zielwert")
    reason = long_text("Grund der Änderung", blank=False)
    decided_on = VagueDateField("Geändert am", null=True, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Zieländerung"
        verbose_name_plural = "Zieländerungen"
        ordering = ["criterion", "year", "pk"]

    def __str__(self) -> str:
        return f"{self.criterion} {self.year}: neuer Zielwert"


class CriterionReport(MunicipalRecord):
    """What was reported of a criterion for a period: a value, or for a share the part and what it is a part of."""

    part_of: ClassVar[tuple[str, ...]] = ("criterion",)
    years_of = "criterion__measure__cycle__"
    str_related = ("criterion",)
    units: ClassVar[dict[str, str]] = {"value": "=criterion.unit", "numerator": "Fälle", "denominator": "Fälle"}
    needed_when: ClassVar[dict[str, str]] = {
        "value": "nötig, außer bei einem Anteil",
        "numerator": "nötig bei einem Anteil",
        "denominator": "nötig bei einem Anteil",
    }

    criterion = models.ForeignKey(
        QualityCriterion, models.PROTECT, related_name="reports", verbose_name="Qualitätskriterium"
    )
    period = VagueDateField("Zeitraum", help_text="Zum Beispiel „2018“ oder „1. Halbjahr 2018“.")
    value = number_column("Wert", null=True, blank=True)
    numerator = number_column("Zähler", null=True, blank=True)
    denominator = number_column("Nenner", null=True, blank=True)
    comment = models.CharField("Anmerkung", max_length=300, blank=True)
    source = models.CharField(
        "Woher der Wert stammt", max_length=200, blank=True, help_text="Zum Beispiel der Verwendungsnachweis."
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Gemeldeter Wert"
        verbose_name_plural = "Gemeldete Werte"
        ordering = ["criterion", "period", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["criterion", "period"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Für diesen Zeitraum gibt es schon einen Wert. Ändern Sie den vorhandenen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.period}"

    @property
    def year(self) -> int:
        """The year to which the period belongs."""
        return int(self.period.year)

    def clean(self) -> None:
        """A share has its parts, everything else its value."""
        super().clean()
        if not self.criterion_id:
            return
        is_share = self.criterion.counting == Counting.SHARE
        needed, odd = (("numerator", "denominator"), ("value",)) if is_share else (("value",), PARTS)
        errors = {name: "Füllen Sie dieses Feld aus." for name in needed if getattr(self, name) is None}
        strange = (
            "Ein Anteil folgt aus Zähler und Nenner." if is_share else "Zähler und Nenner gehören zu einem Anteil."
        )
        errors |= {name: f"{strange} Lassen Sie dieses Feld leer." for name in odd if getattr(self, name) is not None}
        if is_share and not errors:
            errors |= self._faults_of_share()
        if errors:
            raise ValidationError(errors)

    def _faults_of_share(self) -> dict[str, str]:
        numerator, denominator = Decimal(self.numerator), Decimal(self.denominator)
        if denominator <= 0:
            return {"denominator": "Geben Sie eine Zahl über 0 an: wie viele es insgesamt waren."}
        if not 0 <= numerator <= denominator:
            return {"numerator": "Geben Sie eine Zahl von 0 bis zum Nenner an: wie viele es davon waren."}
        return {}


PARTS = ("numerator", "denominator")


class MeasureReview(MunicipalRecord):
    """A measure as it was spoken about for a year: what its milestones, values and money mean."""

    part_of: ClassVar[tuple[str, ...]] = ("measure",)
    years_of = "measure__cycle__"
    str_related = ("measure",)

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="reviews", verbose_name="Maßnahme")
    year = calendar_year("Jahr")
    meaning = long_text("Was heißt das?", blank=False, help_text="Ein Satz zu dem, was die Zahlen zeigen.")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Besprechung"
        verbose_name_plural = "Besprechungen"
        ordering = ["measure", "year"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["measure", "year"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Diese Maßnahme ist für dieses Jahr schon besprochen. Ändern Sie den Eintrag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.year}"


class GoalResult(MunicipalRecord):
    """How far a goal was reached in a year, in words; the figures beside it are those of its measures."""

    part_of: ClassVar[tuple[str, ...]] = ("goal",)
    years_of = "goal__cycle__"
    str_related = ("goal",)

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="results", verbose_name="Ziel")
    year = calendar_year("Jahr")
    text = long_text("Was erreicht wurde", blank=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Zielerreichung"
        verbose_name_plural = "Zielerreichungen"
        ordering = ["goal", "year"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["goal", "year"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Zu diesem Ziel steht für dieses Jahr schon etwas. Ändern Sie den Eintrag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal} {self.year}"


class CarryOver(MunicipalRecord):
    """What becomes of a measure, need or goal in the next planning cycle; of several years the last one counts."""

    part_of: ClassVar[tuple[str, ...]] = SUBJECTS
    str_related = SUBJECTS
    needed_when: ClassVar[dict[str, str]] = {"reason": "nötig bei „ändern“ und „beenden“"}

    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="carry_overs", verbose_name="Maßnahme"
    )
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="carry_overs", verbose_name="Bedarf"
    )
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="carry_overs", verbose_name="Ziel"
    )
    year = calendar_year("Jahr")
    decision = models.CharField("Entscheidung", max_length=8, choices=CarryDecision.choices)
    reason = long_text("Grund")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Entscheidung zur Fortschreibung"
        verbose_name_plural = "Entscheidungen zur Fortschreibung"
        ordering = ["-year", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(measure__isnull=False, need__isnull=True, goal__isnull=True)
                | Q(measure__isnull=True, need__isnull=False, goal__isnull=True)
                | Q(measure__isnull=True, need__isnull=True, goal__isnull=False),
                name="%(app_label)s_%(class)s_subject",
                violation_error_message=ONE_SUBJECT,
            ),
            models.CheckConstraint(
                condition=Q(decision=CarryDecision.CONTINUE) | ~Q(reason=""),
                name="%(app_label)s_%(class)s_reason",
                violation_error_message=MUST_SAY_WHY,
            ),
            *(
                models.UniqueConstraint(
                    fields=[name, "year"],
                    name=f"%(app_label)s_%(class)s_{name}_once",
                    violation_error_message="Für dieses Jahr ist schon entschieden. Ändern Sie die Entscheidung.",
                )
                for name in SUBJECTS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.subject or ''}"

    @property
    def subject(self) -> Any:
        """The measure, need or goal."""
        return self.measure or self.need or self.goal

    def clean(self) -> None:
        super().clean()
        if self.decision in (CarryDecision.CHANGE, CarryDecision.END) and not self.reason.strip():
            raise ValidationError({"reason": MUST_SAY_WHY})
