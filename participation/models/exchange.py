"""What municipalities tell one another: experiences that they release, questions and answers."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from accounts.models import Municipality
from participation.enums import ExperienceAction, ExperienceState, QuestionState, Topic
from participation.models.events import Event, NetworkEvent
from planning.enums import Phase
from planning.models import ActionField, Hurdle, LifePhase, Measure
from records.fields import Links
from records.models import AppendOnly, MunicipalRecord, ProgrammeRecord, StepRow
from records.models.columns import LONG_TEXT, long_text
from records.uploads import check_upload, upload_path


class Experience(MunicipalRecord):
    """An Erfahrung in words of its own; others read exactly these, and only while it is released.

    What it came of (a hurdle, an event, a measure) stays with the municipality and may change without it.
    """

    out_of_dossier: ClassVar[frozenset[str]] = frozenset({"state", "released_on"})  # nothing is released by a file

    title = models.CharField("Erfahrung", max_length=160)
    topic = models.CharField("Art der Erfahrung", max_length=12, choices=Topic.choices)
    phase = models.CharField("Phase", max_length=16, choices=Phase.choices, blank=True)
    action_field = models.ForeignKey(
        ActionField, models.PROTECT, null=True, blank=True, related_name="experiences", verbose_name="Handlungsfeld"
    )
    life_phases = Links(LifePhase, blank=True, related_name="experiences", verbose_name="Lebensphasen")
    description = long_text("Worum es ging", blank=False)
    helped = long_text("Was geholfen hat")
    advice = long_text("Worauf andere achten können")
    hurdle = models.ForeignKey(
        Hurdle, models.PROTECT, null=True, blank=True, related_name="experiences", verbose_name="Aus der Hürde"
    )
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="experiences", verbose_name="Aus der Veranstaltung"
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="experiences", verbose_name="Aus der Maßnahme"
    )
    state = models.CharField(
        "Stand", max_length=10, choices=ExperienceState.choices, default=ExperienceState.DRAFT, editable=False
    )
    released_on = models.DateField("Freigegeben am", null=True, blank=True, editable=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Erfahrung"
        verbose_name_plural = "Erfahrungen"
        ordering = ["topic", "sort_key"]

    def __str__(self) -> str:
        return self.title


class ExperienceStep(StepRow):
    """A release for the other municipalities, or that it was taken back."""

    experience = models.ForeignKey(Experience, models.PROTECT, related_name="steps", verbose_name="Erfahrung")
    action = models.CharField("Schritt", max_length=24, choices=ExperienceAction.choices)

    class Meta:
        verbose_name = "Schritt einer Erfahrung"
        verbose_name_plural = "Schritte von Erfahrungen"
        ordering = ["experience", "number"]
        constraints = [
            models.UniqueConstraint(fields=["experience", "number"], name="%(app_label)s_%(class)s_number"),
        ]


class Question(models.Model):
    """What one municipality asks another; only these two see it, and people stand there by their function."""

    asking = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="Fragende Kommune")
    asked = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="Gefragte Kommune")
    experience = models.ForeignKey(
        Experience, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name="Zur Erfahrung"
    )
    subject = models.CharField("Frage", max_length=200)
    state = models.CharField("Stand", max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN)
    is_example = models.BooleanField("Beispiel", default=False)
    created_at = models.DateTimeField("gestellt am", auto_now_add=True)
    changed_at = models.DateTimeField("geändert am", auto_now=True)

    class Meta:
        verbose_name = "Frage an eine Kommune"
        verbose_name_plural = "Fragen an Kommunen"
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.subject


class QuestionPost(AppendOnly):
    """One message of a question, as it was sent."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="posts", verbose_name="Frage")
    place = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="von")
    function = models.CharField("Funktion", max_length=80)
    text = models.TextField("Nachricht", max_length=LONG_TEXT)
    at = models.DateTimeField("am", default=timezone.now)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="Person"
    )

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"
        ordering = ["question", "pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.text[:40]}"


class NetworkDocument(ProgrammeRecord):
    """A file that says what a network event was: slides, minutes, a photo of a wall; whoever has a role reads it."""

    part_of: ClassVar[tuple[str, ...]] = ("event",)

    event = models.ForeignKey(
        NetworkEvent, models.PROTECT, related_name="documents", verbose_name="Netzwerkveranstaltung"
    )
    title = models.CharField("Titel", max_length=160)
    file = models.FileField("Datei", upload_to=upload_path, max_length=300, validators=[check_upload])
    original_name = models.CharField("Dateiname", max_length=255, blank=True, editable=False)
    description = long_text("Beschreibung")

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Unterlage einer Netzwerkveranstaltung"
        verbose_name_plural = "Unterlagen von Netzwerkveranstaltungen"
        ordering = ["event", "sort_key"]

    def __str__(self) -> str:
        return self.title


class NetworkRegistration(MunicipalRecord):
    """That a municipality takes part in a network event, with how many people in which functions."""

    in_dossier: ClassVar[bool] = False
    units: ClassVar[dict[str, str]] = {"people": "Personen"}
    str_related = ("event",)

    event = models.ForeignKey(
        NetworkEvent, models.PROTECT, related_name="registrations", verbose_name="Netzwerkveranstaltung"
    )
    people = models.PositiveSmallIntegerField(
        "Zahl der Personen", default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    functions = models.CharField(
        "Funktionen", max_length=200, help_text="Wer kommt, nach Funktion und ohne Namen, zum Beispiel Sozialplanung."
    )
    note = long_text("Mitteilung an die Veranstalter")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Anmeldung zu einer Netzwerkveranstaltung"
        verbose_name_plural = "Anmeldungen zu Netzwerkveranstaltungen"
        ordering = ["event", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "event"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Ihre Kommune ist schon angemeldet. Ändern Sie die vorhandene Anmeldung.",
            ),
        ]

    def __str__(self) -> str:
        return f"Anmeldung: {self.event}"

    def clean(self) -> None:
        super().clean()
        if self.event_id is None or self.people is None or self.event.seats is None:
            return
        others = NetworkRegistration.objects.filter(event=self.event_id).exclude(pk=self.pk)
        left = self.event.seats - sum(others.values_list("people", flat=True))
        if left <= 0:
            raise ValidationError(
                {"event": "Es ist kein Platz mehr frei. Fragen Sie im Ministerium, ob einer frei wird."}
            )
        if self.people > left:
            free = "ist noch 1 Platz" if left == 1 else f"sind noch {left} Plätze"
            raise ValidationError({"people": f"Es {free} frei. Melden Sie weniger Personen an."})
