"""The Finanzplan of a year: its lines with one amount for each source, and what the Kommune spends itself.

One row is one record with one history row: the sources are columns (docs/adr/0038). An empty amount is no statement and
not zero. Sums are never stored.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from funding.enums import BudgetAction, BudgetState, Source
from funding.models.catalogue import CostKind
from planning.models import ActionField, Measure, PlannerPost, Provider
from planning.models.cycle import CycleRecord
from records.fields import EuroField, VagueDateField
from records.models.base import MunicipalRecord
from records.models.columns import HeldByFields, calendar_year, long_text
from records.models.steps import ChainedStep

SOURCES: tuple[str, ...] = tuple(Source.values)
TYPED: tuple[str, ...] = tuple(name for name in SOURCES if name != Source.OPEN)
TWICE = "Diesen Posten gibt es mit dieser Kostenart in diesem Jahr schon. Ändern Sie den vorhandenen."
NOTHING = Decimal("0.00")
NOT_BELOW_ZERO = reduce(and_, (Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}) for name in SOURCES))


class BudgetYear(CycleRecord):
    """The Finanzplan of one year; from its resolution on its lines are locked, and once closed nothing changes."""

    out_of_dossier: ClassVar[frozenset[str]] = frozenset({"state"})
    life_in_dossier = True
    closed_in: ClassVar[tuple[str, ...]] = (BudgetState.CLOSED,)

    year = calendar_year("Jahr")
    note = long_text("Anmerkung")
    state = models.CharField(
        "Zustand", max_length=12, choices=BudgetState.choices, default=BudgetState.DRAFT, editable=False
    )

    class Meta(CycleRecord.Meta):
        verbose_name = "Finanzplan"
        verbose_name_plural = "Finanzpläne"
        ordering = ["year", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "cycle", "year"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Für dieses Jahr gibt es schon einen Finanzplan. Ändern Sie den vorhandenen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Finanzplan {self.year}"

    def clean(self) -> None:
        super().clean()
        if self.cycle_id and self.year and not self.cycle.first_year <= self.year <= self.cycle.last_year:
            text = f"„{self.cycle}“ umfasst die Jahre {self.cycle.years}. Wählen Sie eines davon."
            raise ValidationError({"year": text})


class BudgetStep(ChainedStep):
    """A step of a Finanzplan: who agreed, resolved, closed or reopened it, and why."""

    budget_year = models.ForeignKey(BudgetYear, models.PROTECT, related_name="steps")

    class Meta:
        verbose_name = "Schritt eines Finanzplans"
        verbose_name_plural = "Schritte eines Finanzplans"
        ordering = ["budget_year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["budget_year", "number"], name="funding_budgetstep_number"),
            models.CheckConstraint(condition=Q(action__in=BudgetAction.values), name="funding_budgetstep_action"),
        ]


class BudgetLine(MunicipalRecord):
    """A line (Posten): of a measure, of a planner post, or of neither; one amount in euro for each source.

    Handlungsfeld and Träger of a measure are those of the measure; a line may name another Träger.
    ``open`` holds what the earlier yearly costs said without naming a source.
    """

    part_of: ClassVar[tuple[str, ...]] = ("budget_year",)
    closed_with: ClassVar[tuple[str, ...]] = ("budget_year",)
    str_related = ("measure",)
    formerly: ClassVar[dict[str, str]] = {"Eigenmittel": "own", "Drittmittel": "third"}  # as others call them

    budget_year = models.ForeignKey(BudgetYear, models.PROTECT, related_name="lines", verbose_name="Finanzplan")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    title = models.CharField("Posten", max_length=200, blank=True, help_text="Leer: der Name der Maßnahme oder Stelle.")
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="budget_lines", verbose_name="Maßnahme"
    )
    planner_post = models.ForeignKey(
        PlannerPost, models.PROTECT, null=True, blank=True, related_name="budget_lines", verbose_name="Planerstelle"
    )
    action_field = models.ForeignKey(
        ActionField,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budget_lines",
        verbose_name="Handlungsfeld",
        help_text="Nur nötig, wo keine Maßnahme es nennt.",
    )
    provider = models.ForeignKey(
        Provider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budget_lines",
        verbose_name="Träger",
        help_text="Leer: der Träger der Maßnahme, sonst die Kommune.",
    )
    cost_kind = models.ForeignKey(
        CostKind, models.PROTECT, null=True, blank=True, related_name="budget_lines", verbose_name="Kostenart"
    )
    eligible = models.BooleanField("zuwendungsfähig", default=True)
    land = EuroField("Land (Euro)", null=True, blank=True)
    municipal = EuroField("Kommune (Euro)", null=True, blank=True)
    own = EuroField("Eigenmittel des Trägers (Euro)", null=True, blank=True)
    third = EuroField("Dritte (Euro)", null=True, blank=True)
    fees = EuroField("Teilnahmebeiträge (Euro)", null=True, blank=True)
    open = EuroField(
        "Noch offen (Euro)",
        null=True,
        blank=True,
        help_text="Betrag, dessen Quelle noch nicht feststeht. Verteilen Sie ihn auf die Quellen, und leeren Sie ihn.",
    )
    note = models.CharField("Anmerkung", max_length=300, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Posten"
        verbose_name_plural = "Posten"
        ordering = ["budget_year", "position", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["budget_year", "title", "cost_kind"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["budget_year", "title"],
                condition=Q(cost_kind__isnull=True),
                name="%(app_label)s_%(class)s_once_without_kind",
                violation_error_message=TWICE,
            ),
            models.CheckConstraint(
                condition=Q(measure__isnull=True) | Q(planner_post__isnull=True),
                name="%(app_label)s_%(class)s_one_subject",
                violation_error_message="Ein Posten gehört zu einer Maßnahme oder zu einer Planerstelle.",
            ),
            HeldByFields(
                condition=NOT_BELOW_ZERO,
                name="%(app_label)s_%(class)s_amounts",
                violation_error_message="Geben Sie einen Betrag ab 0 an.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure.code} {self.title}" if self.measure and self.measure.code else self.title

    def sort_text(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.measure and self.action_field and self.action_field_id != self.measure.action_field_id:
            text = f"Die Maßnahme gehört zum Handlungsfeld „{self.measure.action_field}“. Leeren Sie dieses Feld."
            raise ValidationError({"action_field": text})
        if not self.title.strip():
            subject = self.measure.title if self.measure else self.planner_post.title if self.planner_post else ""
            if not subject:
                raise ValidationError({"title": "Nennen Sie den Posten, oder wählen Sie eine Maßnahme."})
            self.title = subject

    @property
    def amounts(self) -> dict[str, Decimal | None]:
        """By source; None is no statement."""
        return {name: getattr(self, name) for name in SOURCES}

    @property
    def has_amount(self) -> bool:
        """Whether the line names any amount."""
        return any(amount is not None for amount in self.amounts.values())

    @property
    def total(self) -> Decimal:
        """The sum of its sources."""
        return sum_of(self.amounts.values())

    @property
    def is_planned(self) -> bool:
        """Whether its measure runs in the year; what is not carried out then, or not at all, does not count."""
        return self.measure is None or self.measure.runs_in(self.budget_year.year)

    @property
    def counts(self) -> bool:
        """Whether it is part of the plan: while this is not resolved, what does not run in the year does not count."""
        return self.budget_year.state in (BudgetState.RESOLVED, BudgetState.CLOSED) or self.is_planned

    @property
    def counts_as_eligible(self) -> bool:
        """Whether it counts for the shares of the programme."""
        return self.eligible and (self.cost_kind is None or self.cost_kind.eligible)

    @property
    def field(self) -> ActionField | None:
        """The Handlungsfeld: of the measure, else the own one."""
        return self.measure.action_field if self.measure else self.action_field

    @property
    def carrier(self) -> Provider | None:
        """The Träger: the own one, else that of the measure; None is the Kommune itself."""
        return self.provider or (self.measure.provider if self.measure else None)


def sum_of(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum of what was said."""
    return sum((amount for amount in amounts if amount is not None), NOTHING)


class BudgetExplanation(MunicipalRecord):
    """Why what came about differs from what a line planned. It stands beside the line, which its resolution locks."""

    part_of: ClassVar[tuple[str, ...]] = ("line",)
    closed_with: ClassVar[tuple[str, ...]] = ("line", "budget_year")
    str_related = ("line",)

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="explanations", verbose_name="Posten")
    text = models.CharField("Warum es anders kam", max_length=500)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Begründung einer Abweichung"
        verbose_name_plural = "Begründungen von Abweichungen"
        ordering = ["line", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["line"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Zu diesem Posten steht schon eine Begründung. Ändern Sie die vorhandene.",
            ),
        ]

    def __str__(self) -> str:
        return f"Abweichung: {self.line.label}"


class OwnExpense(MunicipalRecord):
    """What the Kommune paid itself for a line; what a Träger spent stands in its proof of use."""

    part_of: ClassVar[tuple[str, ...]] = ("line",)
    closed_with: ClassVar[tuple[str, ...]] = ("line", "budget_year")
    str_related = ("line",)

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="expenses", verbose_name="Posten")
    paid_on = VagueDateField("Bezahlt am", db_index=True)
    amount = EuroField("Betrag (Euro)")
    source = models.CharField("Quelle des Geldes", max_length=10, choices=Source.choices, default=Source.MUNICIPAL)
    reference = models.CharField("Buchungszeichen", max_length=120, blank=True, help_text="Wo der Beleg zu finden ist.")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Eigene Ausgabe"
        verbose_name_plural = "Eigene Ausgaben"
        ordering = ["line", "paid_on", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="%(app_label)s_%(class)s_amount",
                violation_error_message="Geben Sie einen Betrag ab 0 an.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line.label}, {self.paid_on}"
