"""The planning cycle: phases with own states, steps, levels, hurdles (docs/product.md §3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from planning.enums import EntryLevelNumber, HurdleCategory, Phase, Progress, StepState
from records.fields import Links, VagueDateField
from records.models.base import MunicipalRecord, Period, Sourced, period_constraint
from records.models.columns import calendar_year, long_text
from records.models.validity import Span
from records.vague import ends_before_start, span_text

AT_ONCE = (
    "In diesen Jahren gibt es schon „{cycle}“ ({years}). Ändern Sie die Jahre, oder nennen Sie unter "
    "„Fortschreibung von“, welchen Planungszyklus dieser fortführt."
)
IN_CYCLE = "Diese Nummer gibt es in diesem Planungszyklus schon. Wählen Sie einen anderen Planungszyklus."


class PlanningCycle(MunicipalRecord):
    """One turn of the cycle of one municipality; the next one (Fortschreibung) starts from its predecessor."""

    years_of = ""
    title = models.CharField("Bezeichnung", max_length=120, help_text="Zum Beispiel „Planungszyklus 2017–2019“.")
    first_year = calendar_year("Erstes Jahr")
    last_year = calendar_year("Letztes Jahr")
    note = long_text("Anmerkung")
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="Fortschreibung von"
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Planungszyklus"
        verbose_name_plural = "Planungszyklen"
        ordering = ["-first_year", "-pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="%(app_label)s_%(class)s_years",
                violation_error_message="Das letzte Jahr liegt vor dem ersten. Geben Sie ein späteres Jahr an.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Years of one municipality belong to one cycle, or to several of which one carries the other on."""
        super().clean()
        if None in (self.municipality_id, self.first_year, self.last_year):
            return
        rows = {row.pk: row for row in PlanningCycle.objects.filter(municipality=self.municipality_id)}
        rows[self.pk] = self
        for other in rows.values():
            apart = other.last_year < self.first_year or self.last_year < other.first_year
            if not (apart or carries_on(self, other, rows) or carries_on(other, self, rows)):
                raise ValidationError({"first_year": AT_ONCE.format(cycle=other, years=other.years)})

    def span(self) -> Span:
        """The years as days."""
        return date(self.first_year, 1, 1), date(self.last_year, 12, 31)

    @property
    def years(self) -> str:
        """„2017–2019“, as in the middle of the ring."""
        return f"{self.first_year}–{self.last_year}" if self.last_year != self.first_year else str(self.first_year)


def carries_on(cycle: PlanningCycle, other: PlanningCycle, rows: Mapping[Any, PlanningCycle]) -> bool:
    """Whether it is the other one, or follows it directly or in steps; ``rows`` are the cycles by key."""
    found: PlanningCycle | None = cycle
    seen: set[Any] = set()
    while found is not None and found is not other and found.pk not in seen:
        seen.add(found.pk)
        found = rows.get(found.predecessor_id) if found.predecessor_id else None
    return found is other


class CycleRecord(MunicipalRecord):
    """Planning content that belongs to one cycle; a Fortschreibung copies what is still open (ADR 0006)."""

    years_of = "cycle__"
    cycle = models.ForeignKey(PlanningCycle, models.PROTECT, related_name="+", verbose_name="Planungszyklus")
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="successors",
        verbose_name="übernommen von",
    )

    class Meta(MunicipalRecord.Meta):
        abstract = True

    def span(self) -> Span | None:
        """The years of the cycle."""
        return self.cycle.span() if self.cycle_id else None


class PhaseState(Period, CycleRecord):
    """The state of one phase in one cycle; nothing forces a sequence."""

    part_of: ClassVar[tuple[str, ...]] = ("cycle",)

    phase = models.CharField("Phase", max_length=16, choices=Phase.choices)
    state = models.CharField("Stand", max_length=12, choices=Progress.choices, default=Progress.NOT_STARTED)
    note = long_text("Anmerkung")

    class Meta(CycleRecord.Meta):
        verbose_name = "Phasenstand"
        verbose_name_plural = "Phasenstände"
        ordering = ["cycle", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            period_constraint(),
            models.UniqueConstraint(
                fields=["cycle", "phase"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Diese Phase gibt es in diesem Planungszyklus schon.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_phase_display())


class PlanningStep(Sourced, CycleRecord):
    """A step of the planning with who, when and what came of it."""

    part_of: ClassVar[tuple[str, ...]] = ("cycle",)

    phase = models.CharField("Phase", max_length=16, choices=Phase.choices)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=10)
    title = models.CharField("Schritt", max_length=160)
    guidance = long_text("Anleitung")
    responsible = models.CharField("Zuständig", max_length=120, blank=True, help_text="Funktion, keine Namen.")
    state = models.CharField("Stand", max_length=12, choices=StepState.choices, default=StepState.OPEN)
    planned_begin = VagueDateField("Geplanter Beginn", null=True, blank=True)
    planned_end = VagueDateField("Geplantes Ende", null=True, blank=True)
    begin = VagueDateField("Tatsächlicher Beginn", null=True, blank=True, db_index=True)
    end = VagueDateField("Tatsächliches Ende", null=True, blank=True)
    is_milestone = models.BooleanField("Meilenstein", default=False, help_text="Ein Ereignis statt eines Zeitraums.")
    result = long_text("Ergebnis")
    decision_needed = models.CharField("Nötige Entscheidung", max_length=300, blank=True)
    decision_taken = models.CharField("Getroffene Entscheidung", max_length=300, blank=True)
    template = models.ForeignKey(
        "planning.StepTemplate",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="steps",
        verbose_name="Schritt im Katalog",
    )
    documents = Links("planning.Document", blank=True, related_name="steps", verbose_name="Dokumente")

    class Meta(CycleRecord.Meta):
        verbose_name = "Planungsschritt"
        verbose_name_plural = "Planungsschritte"
        ordering = ["phase", "position", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            period_constraint(),
            period_constraint("planned_begin", "planned_end"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        for begin, end in (("planned_begin", "planned_end"), ("begin", "end")):
            if ends_before_start(getattr(self, begin), getattr(self, end)):
                raise ValidationError({end: "Das Ende liegt vor dem Beginn. Geben Sie ein späteres Ende an."})


class EntryLevel(Sourced, Period, MunicipalRecord):
    """The Stufe of a municipality from–until; together they are the history of its level."""

    level = models.PositiveSmallIntegerField("Stufe", choices=EntryLevelNumber.choices)
    note = long_text("Anmerkung")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Stufe"
        verbose_name_plural = "Stufen"
        ordering = ["begin", "pk"]
        constraints = [*MunicipalRecord.Meta.constraints, period_constraint()]

    def __str__(self) -> str:
        return str(self.get_level_display())

    def clean(self) -> None:
        super().clean()
        if self.begin is None or self.municipality_id is None:
            return
        for other in EntryLevel.objects.filter(municipality=self.municipality_id).exclude(pk=self.pk):
            if at_once(self, other):
                text = f"Zu dieser Zeit gilt schon „{other}“ ({span_text(other.begin, other.end)})."
                raise ValidationError({"begin": f"{text} Beenden Sie die eine Stufe, bevor die andere beginnt."})


def at_once(one: EntryLevel, other: EntryLevel) -> bool:
    """Whether both surely last at the same time; without a begin a level says nothing."""
    pairs = ((one, other), (other, one))
    return all(a.begin and (b.end is None or a.begin.last < b.end.first) for a, b in pairs)


class Hurdle(Sourced, Period, MunicipalRecord):
    """What held the process up, and what helped; others read of it in an experience that is released."""

    formerly: ClassVar[dict[str, str]] = {"mit den anderen Kommunen teilen": "is_shared"}

    category = models.CharField("Art der Hürde", max_length=16, choices=HurdleCategory.choices)
    title = models.CharField("Hürde", max_length=160)
    phase = models.CharField("Phase", max_length=16, choices=Phase.choices)
    description = long_text("Beschreibung")
    what_helped = long_text("Was geholfen hat")
    is_shared = models.BooleanField(
        "für den Erfahrungsaustausch vorgesehen",
        default=False,
        help_text="Andere lesen erst, was Sie daraus als Erfahrung aufschreiben und freigeben.",
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Hürde"
        verbose_name_plural = "Hürden"
        ordering = ["begin", "sort_key"]
        constraints = [*MunicipalRecord.Meta.constraints, period_constraint()]

    def __str__(self) -> str:
        return self.title
