"""Events, surveys, findings, process support, network events (docs/product.md §4)."""

from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.enums import Action
from accounts.models import Municipality
from accounts.policies import Grant, Policy
from participation.enums import (
    AnswerKind,
    EventKind,
    FindingOrigin,
    Occurrence,
    StakeholderGroup,
    SupportKind,
    TextState,
)
from participation.models.bodies import Session, time_of_day
from planning.enums import Phase
from planning.models import ActionField, DataSource, Document, LifePhase, Need, PlanningRegion
from records.display import with_unit
from records.fields import Links, VagueDateField
from records.models import MunicipalRecord, ProgrammeRecord
from records.models.base import OnlyIn, Period, Sourced, period_constraint
from records.models.columns import LONG_TEXT, count_of, long_text

SMALLEST_GROUP = 5  # answers; smaller groups are never shown, so they are not stored either


class Event(Sourced, Period, MunicipalRecord):
    """A participation event: who was heard, when, where, how many, and what came of it.

    Announced, everybody reads title, time, place and invitation; until ``register_until`` people register themselves.
    """

    units: ClassVar[dict[str, str]] = {"participants": "Personen", "seats": "Personen"}
    only_in = dict.fromkeys(
        ("participants", "participants_note", "summary"), OnlyIn("state", frozenset({Occurrence.HELD}))
    )

    title = models.CharField("Veranstaltung", max_length=160)
    kind = models.CharField("Art", max_length=20, choices=EventKind.choices)
    phase = models.CharField("Phase", max_length=16, choices=Phase.choices, default=Phase.NEEDS)
    state = models.CharField("Stand", max_length=10, choices=Occurrence.choices, default=Occurrence.PLANNED)
    region = models.ForeignKey(
        PlanningRegion, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="Planungsregion"
    )
    place = models.CharField("Ort", max_length=160, blank=True)
    participants = count_of("Teilnehmende insgesamt")
    participants_note = models.CharField(
        "Angabe zu den Teilnehmenden",
        max_length=200,
        blank=True,
        help_text="Wenn keine genaue Zahl vorliegt, zum Beispiel „über 100“.",
    )
    method = models.CharField("Methode", max_length=160, blank=True)
    moderation = models.CharField("Moderation", max_length=160, blank=True)
    summary = long_text("Ergebnis")
    documents = Links(Document, blank=True, related_name="events", verbose_name="Dokumente")
    starts_at = time_of_day()
    is_announced = models.BooleanField(
        "öffentlich ankündigen",
        default=False,
        help_text="Alle lesen dann ohne Anmeldung im Portal Titel, Tag, Uhrzeit, Ort und Einladung.",
    )
    invitation = long_text("Einladung", help_text="Worum es geht, für wen, mit welchem Ablauf.")
    register_until = models.DateField(
        "Anmeldung bis",
        null=True,
        blank=True,
        help_text="Leer, wenn sich niemand anmelden muss. Gilt, wenn die Veranstaltung öffentlich angekündigt ist.",
    )
    seats = count_of("Plätze", help_text="Leer, wenn sie nicht begrenzt sind. Danach gibt es eine Warteliste.")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Veranstaltung"
        verbose_name_plural = "Veranstaltungen"
        ordering = ["begin", "sort_key"]
        constraints = [*MunicipalRecord.Meta.constraints, period_constraint()]

    def __str__(self) -> str:
        return self.title


class EventAttendance(MunicipalRecord):
    """How many people of one stakeholder group came."""

    part_of: ClassVar[tuple[str, ...]] = ("event",)

    units: ClassVar[dict[str, str]] = {"count": "Personen"}

    event = models.ForeignKey(Event, models.PROTECT, related_name="attendance", verbose_name="Veranstaltung")
    group = models.CharField("Gruppe", max_length=16, choices=StakeholderGroup.choices)
    count = count_of("Anzahl", help_text="Leer, wenn nicht gezählt.")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Teilnehmende Gruppe"
        verbose_name_plural = "Teilnehmende Gruppen"
        ordering = ["event", "group"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["event", "group"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Diese Gruppe ist bei der Veranstaltung schon eingetragen. "
                "Ändern Sie ihren Eintrag.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_group_display())


class Survey(Sourced, Period, MunicipalRecord):
    """A survey with its return rate.

    ``read_in`` says what its tables were made of: name and SHA-256 of the file, counts, columns that were left out.
    ``questionnaire`` is what the portal itself asks, with its translations (participation.domain.questionnaire).
    """

    units: ClassVar[dict[str, str]] = {"sent": "Bögen", "returned": "Bögen", "evaluated": "Bögen"}
    title = models.CharField("Befragung", max_length=160)
    target_group = models.CharField("Zielgruppe", max_length=160)
    method = models.CharField("Methode", max_length=160, blank=True)
    sent = count_of("Versandt")
    returned = count_of("Rücklauf")
    evaluated = count_of("Ausgewertet")
    return_note = models.CharField(
        "Angabe zum Rücklauf", max_length=200, blank=True, help_text="Zum Beispiel „mehr als 1 000, geringer Rücklauf“."
    )
    instrument = long_text("Erhebungsinstrument")
    summary = long_text("Ergebnis")
    documents = Links(Document, blank=True, related_name="surveys", verbose_name="Dokumente")
    read_in = models.JSONField("Eingelesen aus", null=True, blank=True, editable=False)
    questionnaire = models.JSONField("Fragebogen im Portal", null=True, blank=True, editable=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Befragung"
        verbose_name_plural = "Befragungen"
        ordering = ["begin", "sort_key"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            period_constraint(),
            models.CheckConstraint(
                condition=Q(sent__isnull=True) | Q(returned__isnull=True) | Q(returned__lte=F("sent")),
                name="%(app_label)s_%(class)s_return",
                violation_error_message="Es können nicht mehr Bögen zurückkommen als versandt wurden. "
                "Prüfen Sie beide Zahlen.",
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(evaluated__isnull=True) | Q(evaluated__lte=F("returned")),
                name="%(app_label)s_%(class)s_evaluated",
                violation_error_message="Es können nicht mehr Bögen ausgewertet werden als "
                "zurückkamen. Prüfen Sie beide Zahlen.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def return_rate(self) -> Decimal | None:
        """Share of returned questionnaires in percent to one decimal, where both numbers are known."""
        if not self.sent or self.returned is None:
            return None
        return (Decimal(100) * self.returned / self.sent).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def return_share(self) -> str:
        """Rücklaufquote."""
        return "" if self.return_rate is None else with_unit(self.return_rate, "%")


class SurveyQuestion(MunicipalRecord):
    """A question of a survey.

    ``tables`` are its protected tables (participation.domain.survey_tables). No history row holds them: two versions
    of a table beside one another would tell what each of them hides.
    """

    part_of: ClassVar[tuple[str, ...]] = ("survey",)
    forgotten = frozenset({"tables"})
    units: ClassVar[dict[str, str]] = {"seen": "Bögen", "answered": "Bögen"}

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="questions", verbose_name="Befragung")
    position = models.PositiveSmallIntegerField("Nummer", default=1)
    text = models.CharField("Frage", max_length=300)
    finding = long_text(
        "Was sich zeigt", help_text="Mit diesem Satz steht die Frage mit ihren eingelesenen Tabellen im Plan."
    )
    code = models.CharField("Code im Fragebogen", max_length=80, blank=True, editable=False)
    kind = models.CharField("Art der Antwort", max_length=8, choices=AnswerKind.choices, blank=True, editable=False)
    seen = models.PositiveIntegerField("Gestellt", null=True, blank=True, editable=False)
    answered = models.PositiveIntegerField("Beantwortet", null=True, blank=True, editable=False)
    tables = models.JSONField("Tabellen", null=True, blank=True, editable=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Frage"
        verbose_name_plural = "Fragen"
        ordering = ["survey", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class FreeText(models.Model):
    """What somebody wrote in a survey, until and after somebody has looked it through. No group stands with it.

    Working memory and no record: what was blackened or thrown away must be gone.
    """

    question = models.ForeignKey(SurveyQuestion, models.CASCADE, related_name="texts", verbose_name="Frage")
    text = models.TextField("Text", max_length=LONG_TEXT)
    state = models.CharField("Stand", max_length=10, choices=TextState.choices, default=TextState.NEW)

    class Meta:
        verbose_name = "Freitext"
        verbose_name_plural = "Freitexte"
        ordering = ["question", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class SurveyAnswer(MunicipalRecord):
    """How many chose an answer.

    A number under five is never stored, and none from which one could be worked out (participation.agreement).
    """

    formerly: ClassVar[dict[str, str]] = {"unter 5 Nennungen": "is_small"}
    part_of: ClassVar[tuple[str, ...]] = ("question",)

    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="answers", verbose_name="Frage")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    answer = models.CharField("Antwort", max_length=200)
    count = count_of("Nennungen")
    is_small = models.BooleanField(
        "Zahl verborgen",
        default=False,
        help_text="Unter 5 Nennungen, oder weil sich sonst eine solche Zahl errechnen ließe.",
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Antwort"
        verbose_name_plural = "Antworten"
        ordering = ["question", "position", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(count=0) | Q(count__gte=SMALLEST_GROUP),
                name="%(app_label)s_%(class)s_small",
                violation_error_message="Unter 5 wird keine Zahl gespeichert. Kreuzen Sie „Zahl verborgen“ an.",
            ),
        ]

    def __str__(self) -> str:
        return self.answer

    def clean(self) -> None:
        super().clean()
        if self.is_small and self.count:
            raise ValidationError({"count": "Lassen Sie die Zahl leer, wenn sie verborgen ist."})


class Finding(Sourced, MunicipalRecord):
    """An Erkenntnis: one thing that was said, read or counted; one finding can support several needs."""

    gives: ClassVar[dict[str, str]] = {"needs": "einen Beleg"}

    part_of: ClassVar[tuple[str, ...]] = (
        "event",
        "session",
        "survey",
    )

    formerly: ClassVar[dict[str, str]] = {"Gewicht": "weight", "Gewicht (Punkte)": "weight"}

    text = models.CharField("Erkenntnis", max_length=400)
    origin = models.CharField("Herkunft", max_length=12, choices=FindingOrigin.choices)
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="Veranstaltung"
    )
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="Sitzung"
    )
    survey = models.ForeignKey(
        Survey, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="Befragung"
    )
    data_source = models.ForeignKey(
        DataSource, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="Datenquelle"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="Dokument"
    )
    action_field = models.ForeignKey(
        ActionField, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="Handlungsfeld"
    )
    life_phases = Links(LifePhase, blank=True, related_name="findings", verbose_name="Lebensphasen")
    region = models.ForeignKey(
        PlanningRegion, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="Planungsregion"
    )
    weight = models.PositiveIntegerField(
        "Punkte", null=True, blank=True, validators=[MaxValueValidator(100_000)], help_text="Zum Beispiel Klebepunkte."
    )
    needs = Links(Need, blank=True, related_name="findings", verbose_name="Bedarfe, die sie belegt")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Erkenntnis"
        verbose_name_plural = "Erkenntnisse"
        ordering = ["-weight", "pk"]

    def __str__(self) -> str:
        return self.text


class SupportRecord(Sourced, Period, MunicipalRecord):
    """Advice, training, moderation or input given to a municipality, or a request for it."""

    only_in = {"is_open": OnlyIn("kind", frozenset({SupportKind.REQUEST}))}
    policy = Policy(  # an adviser (docs/product.md §7) changes only what the adviser entered
        see=(Grant(Action.READ),),
        create=(Grant(Action.SUPPORT),),
        change=(Grant(Action.WRITE), Grant(Action.SUPPORT, own=True)),
        delete=(Grant(Action.WRITE), Grant(Action.SUPPORT, own=True)),
    )

    kind = models.CharField("Art", max_length=10, choices=SupportKind.choices)
    phase = models.CharField("Phase", max_length=16, choices=Phase.choices)
    subject = models.CharField("Gegenstand", max_length=200)
    given_by = models.CharField("Durch", max_length=160, blank=True, help_text="Einrichtung oder Funktion.")
    result = long_text("Ergebnis")
    is_open = models.BooleanField("Bitte noch offen", default=False)
    next_on = VagueDateField("Nächster Termin", null=True, blank=True)
    next_subject = models.CharField("Worum es dann geht", max_length=200, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Prozessbegleitung"
        verbose_name_plural = "Prozessbegleitungen"
        ordering = ["begin", "sort_key"]
        constraints = [*MunicipalRecord.Meta.constraints, period_constraint()]

    def __str__(self) -> str:
        return self.subject


class NetworkEvent(Period, ProgrammeRecord):
    """A network event of the programme for all municipalities: invitation, registration, documentation.

    Without ``register_until`` nobody registers in the portal.
    """

    units: ClassVar[dict[str, str]] = {"seats": "Personen"}

    title = models.CharField("Netzwerkveranstaltung", max_length=160)
    place = models.CharField("Ort", max_length=160, blank=True)
    starts_at = time_of_day()
    is_cancelled = models.BooleanField("abgesagt", default=False)
    invitation = long_text("Einladung", help_text="Worum es geht, für wen, mit welchem Ablauf.")
    register_until = models.DateField("Anmeldung bis", null=True, blank=True)
    seats = count_of("Plätze", help_text="Leer, wenn sie nicht begrenzt sind.")
    summary = long_text("Inhalt und Ergebnis")
    documentation = long_text("Dokumentation", help_text="Was festgehalten wurde und wo Unterlagen zu finden sind.")
    municipalities = Links(Municipality, blank=True, related_name="network_events", verbose_name="Beteiligte Kommunen")

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Netzwerkveranstaltung"
        verbose_name_plural = "Netzwerkveranstaltungen"
        ordering = ["begin", "sort_key"]
        constraints = [*ProgrammeRecord.Meta.constraints, period_constraint()]

    def __str__(self) -> str:
        return self.title

    @property
    def is_documented(self) -> bool:
        """It has begun, and something was kept of it; before, texts and files are those of the invitation."""
        has_begun = self.begin is not None and self.begin.first <= timezone.localdate()
        return has_begun and bool(self.documentation or self.summary or self.documents.all())
