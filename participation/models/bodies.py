"""Bodies with members, sessions with agenda, decisions and tasks (docs/product.md §4)."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from participation.enums import BodyKind, BodyState, MembershipKind, Occurrence, TaskState
from planning.enums import Phase
from planning.models import Document
from records.fields import Links, VagueDateField
from records.models import MunicipalRecord
from records.models.base import OnlyIn, Period, Sourced, period_constraint
from records.models.columns import count_of, long_text
from records.vague import ends_before_start

ENDED = frozenset({BodyState.DISSOLVED, BodyState.MERGED})


def time_of_day() -> "models.CharField[str, str]":
    """When something begins, where that is known."""
    return models.CharField(
        "Uhrzeit",
        max_length=5,
        blank=True,
        validators=[
            RegexValidator(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", "Geben Sie die Uhrzeit an wie 17:30 oder 09:00.")
        ],
        help_text="Beginn, zum Beispiel 17:30.",
    )


class Body(Sourced, MunicipalRecord):
    """A body and the dates of its becoming; a predecessor hands on members and history."""

    only_in = {"dissolved_on": OnlyIn("state", ENDED)}
    title = models.CharField("Gremium", max_length=160)
    kind = models.CharField("Art", max_length=20, choices=BodyKind.choices)
    mandate = long_text("Auftrag")
    state = models.CharField("Stand", max_length=12, choices=BodyState.choices, default=BodyState.WORKING)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="Hervorgegangen aus"
    )
    idea_on = VagueDateField("Idee", null=True, blank=True)
    first_meeting_on = VagueDateField("Erstes Treffen", null=True, blank=True)
    rules_on = VagueDateField("Geschäftsordnung", null=True, blank=True)
    constituted_on = VagueDateField("Konstituierung", null=True, blank=True, db_index=True)
    dissolved_on = VagueDateField("Auflösung oder Übergang", null=True, blank=True)
    documents = Links(Document, blank=True, related_name="bodies", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Gremium"
        verbose_name_plural = "Gremien"
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.predecessor_id and self.predecessor_id == self.pk:
            raise ValidationError(
                {"predecessor": "Ein Gremium geht nicht aus sich selbst hervor. Wählen Sie ein anderes."}
            )
        for start in ("idea_on", "first_meeting_on", "constituted_on"):
            if ends_before_start(getattr(self, start), self.dissolved_on):
                raise ValidationError(
                    {"dissolved_on": "Die Auflösung liegt vor dem Entstehen. Geben Sie ein späteres Datum an."}
                )


class BodyMembership(Sourced, Period, MunicipalRecord):
    """A seat in a body by organisation or function; a person's name is optional."""

    part_of: ClassVar[tuple[str, ...]] = ("body",)
    forgotten: ClassVar[frozenset[str]] = frozenset({"person_name"})

    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships", verbose_name="Gremium")
    organisation = models.CharField("Organisation oder Funktion", max_length=200)
    kind = models.CharField("Art der Mitgliedschaft", max_length=10, choices=MembershipKind.choices)
    person_name = models.CharField(
        "Name der Person", max_length=120, blank=True, help_text="Nur wenn nötig; wird nach der Amtszeit gelöscht."
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Mitglied"
        verbose_name_plural = "Mitglieder"
        ordering = ["body", "kind", "sort_key"]
        constraints = [*MunicipalRecord.Meta.constraints, period_constraint()]

    def __str__(self) -> str:
        return self.organisation

    @property
    def has_ended(self) -> bool:
        """True from the day after the term, by the last day that its end can mean."""
        return self.end is not None and self.end.last < timezone.localdate()

    def said(self, name: str) -> Any:
        """A name that has outlived its term is not told any more, also before it is forgotten."""
        return "" if name == "person_name" and self.has_ended else super().said(name)

    def clean(self) -> None:
        super().clean()
        if self.has_ended:
            self.person_name = ""


class Session(Sourced, MunicipalRecord):
    """A session of a body."""

    only_in = dict.fromkeys(("attending", "attending_count", "summary"), OnlyIn("state", frozenset({Occurrence.HELD})))

    body = models.ForeignKey(Body, models.PROTECT, related_name="sessions", verbose_name="Gremium")
    title = models.CharField("Sitzung", max_length=160, help_text="Zum Beispiel „2. Sitzung“.")
    held_on = VagueDateField("Datum", db_index=True)
    starts_at = time_of_day()
    state = models.CharField("Stand", max_length=10, choices=Occurrence.choices, default=Occurrence.PLANNED)
    phase = models.CharField("Phase", max_length=16, choices=Phase.choices)
    place = models.CharField("Ort", max_length=160, blank=True)
    invited = models.CharField("Eingeladen", max_length=400, blank=True)
    attending_members = Links(BodyMembership, blank=True, related_name="sessions", verbose_name="Anwesende Mitglieder")
    attending = models.CharField(
        "Weitere Anwesende", max_length=400, blank=True, help_text="Nach Organisation oder Funktion."
    )
    attending_count = count_of("Zahl der Anwesenden")
    method = models.CharField("Methode", max_length=160, blank=True)
    moderation = models.CharField("Moderation", max_length=160, blank=True)
    summary = long_text("Verlauf und Ergebnis")
    documents = Links(Document, blank=True, related_name="sessions", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return self.title


class AgendaItem(MunicipalRecord):
    """A Tagesordnungspunkt."""

    part_of: ClassVar[tuple[str, ...]] = ("session",)

    session = models.ForeignKey(Session, models.PROTECT, related_name="agenda", verbose_name="Sitzung")
    position = models.PositiveSmallIntegerField("TOP", default=1)
    title = models.CharField("Tagesordnungspunkt", max_length=200)
    note = long_text("Notiz")
    result = long_text("Ergebnis", help_text="Was die Sitzung zu diesem Punkt besprochen oder vereinbart hat.")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Tagesordnungspunkt"
        verbose_name_plural = "Tagesordnungspunkte"
        ordering = ["session", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class Decision(MunicipalRecord):
    """What a session agreed on, below a formal resolution."""

    part_of: ClassVar[tuple[str, ...]] = ("session",)

    session = models.ForeignKey(Session, models.PROTECT, related_name="decisions", verbose_name="Sitzung")
    agenda_item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="Tagesordnungspunkt",
    )
    text = models.CharField("Festlegung", max_length=400)
    note = long_text("Begründung")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Festlegung"
        verbose_name_plural = "Festlegungen"
        ordering = ["session", "pk"]

    def __str__(self) -> str:
        return self.text


class Task(MunicipalRecord):
    """What a session gave somebody to do."""

    part_of: ClassVar[tuple[str, ...]] = ("session",)

    session = models.ForeignKey(Session, models.PROTECT, related_name="tasks", verbose_name="Sitzung")
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="Tagesordnungspunkt"
    )
    title = models.CharField("Aufgabe", max_length=200)
    responsible = models.CharField("Zuständig", max_length=160, blank=True, help_text="Funktion, kein Name.")
    due = VagueDateField("Fällig", null=True, blank=True, db_index=True)
    state = models.CharField("Stand", max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    result = long_text("Ergebnis")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Aufgabe"
        verbose_name_plural = "Aufgaben"
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.title
