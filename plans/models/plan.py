"""The annual plan and the planner's own words in it; everything else in a plan comes from the records."""

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from planning.models import PlanningCycle
from plans.enums import ChapterCode, PlanState
from records.models import MunicipalRecord
from records.models.agreement import is_ahead
from records.models.columns import calendar_year, long_text

STATEMENTS_AHEAD = (
    "Der Tag liegt in der Zukunft. Geben Sie den Tag an, bis zu dem Ihre Angaben reichen, oder lassen Sie ihn leer."
)


class Plan(MunicipalRecord):
    """The plan of one municipality for one year (fachspezifischer integrierter Plan)."""

    dossier_label: ClassVar[str] = "reporting.plan"
    out_of_dossier: ClassVar[frozenset[str]] = frozenset({"state", "edition"})

    cycle = models.ForeignKey(PlanningCycle, models.PROTECT, related_name="plans", verbose_name="Planungszyklus")
    year = calendar_year("Planungsjahr")
    as_of = models.DateField(
        "Stand der Angaben",
        null=True,
        blank=True,
        help_text="Der Tag, bis zu dem die Angaben gelten. Ohne Angabe ist es der Tag, an dem das PDF entsteht.",
    )
    state = models.CharField("Stand", max_length=12, choices=PlanState.choices, default=PlanState.DRAFT, editable=False)
    edition = models.PositiveSmallIntegerField("Fassung", default=1, editable=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Plan"
        verbose_name_plural = "Pläne"
        ordering = ["-year"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "year"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Für dieses Jahr gibt es schon einen Plan. Öffnen Sie ihn in "
                "der Liste der Pläne.",
            ),
        ]

    def __str__(self) -> str:
        return f"Integrierter Plan {self.year}"

    def clean(self) -> None:
        super().clean()
        if self.cycle_id and self.year and not self.cycle.first_year <= self.year <= self.cycle.last_year:
            message = f"Der Planungszyklus umfasst {self.cycle.years}. Wählen Sie ein Jahr daraus."
            raise ValidationError({"year": message})
        if is_ahead(self.as_of):
            raise ValidationError({"as_of": STATEMENTS_AHEAD})

    @property
    def is_open(self) -> bool:
        """True while its texts can be changed."""
        return self.state == PlanState.DRAFT

    @property
    def is_frozen(self) -> bool:
        """True where its current edition is a stored version."""
        return self.state not in (PlanState.DRAFT, PlanState.PROPOSED)

    @property
    def statement_day(self) -> date:
        """The day up to which the statements hold; today where none was set."""
        return self.as_of or timezone.localdate()


class ChapterText(MunicipalRecord):
    """The planner's own text of a chapter, or the reason why the chapter is left out."""

    part_of: ClassVar[tuple[str, ...]] = ("plan",)

    dossier_label: ClassVar[str] = "reporting.chaptertext"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="chapter_texts", verbose_name="Plan")
    chapter = models.CharField("Kapitel", max_length=12, choices=ChapterCode.choices)
    text = long_text(
        "Eigener Text", help_text="Eine leere Zeile beginnt einen neuen Absatz. Zeilen mit „- “ werden zur Liste."
    )
    left_out = models.BooleanField("Kapitel auslassen", default=False)
    left_out_reason = long_text("Begründung", help_text="Steht im Plan an der Stelle des Kapitels.")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Kapiteltext"
        verbose_name_plural = "Kapiteltexte"
        ordering = ["plan", "chapter"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "chapter"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Zu diesem Kapitel gibt es schon einen Text.",
            ),
            models.CheckConstraint(
                condition=Q(left_out=False) | ~Q(left_out_reason=""),
                name="%(app_label)s_%(class)s_reason",
                violation_error_message="Begründen Sie, warum das Kapitel ausgelassen wird.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_chapter_display())

    def clean(self) -> None:
        super().clean()
        if self.left_out and not self.left_out_reason.strip():
            raise ValidationError({"left_out_reason": "Begründen Sie, warum das Kapitel ausgelassen wird."})
