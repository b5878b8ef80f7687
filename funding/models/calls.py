"""What a Kommune asks for: its own Förderregeln per class, who decides up to which amount, and calls with a pot."""

import secrets
from datetime import datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from accounts.enums import Action
from accounts.policies import kept_by
from funding.enums import ProjectClass, ProofForm, Stages
from participation.models import Body
from planning.models import ActionField, Document, Goal
from records.fields import EuroField, Links, ShareField
from records.models import MunicipalRecord
from records.models.columns import calendar_year, day_of_year, long_text

BERLIN = ZoneInfo("Europe/Berlin")
INSIDE = kept_by(Action.WRITE, seen_by=Action.WRITE)  # cases of Träger: planner and Leitung of the Kommune alone
CLOCK = RegexValidator(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", "Geben Sie die Uhrzeit an wie 12:00 oder 23:59.")


def new_token() -> str:
    """160 random bits for an address that is given out."""
    return secrets.token_urlsafe(20)


class LocalFundingRule(MunicipalRecord):
    """What the Kommune's own Richtlinie says about one class, from–until: quotas, limits, stages, proof, deciders.

    What is empty is not checked, and pages say so.
    """

    project_class = models.CharField("Projektklasse", max_length=10, choices=ProjectClass.choices)
    valid_from = models.DateField("Gilt ab")
    valid_until = models.DateField("Gilt bis", null=True, blank=True)
    maximum_share = ShareField("Förderquote höchstens (Prozent)", null=True, blank=True)
    minimum_own_share = ShareField("Eigenanteil mindestens (Prozent)", null=True, blank=True)
    maximum_grant = EuroField("Zuwendung höchstens", null=True, blank=True)
    maximum_total = EuroField("Gesamtausgaben höchstens", null=True, blank=True)
    stages = models.CharField("Verfahren", max_length=12, choices=Stages.choices, default=Stages.APPLICATION)
    weeks_before = models.PositiveSmallIntegerField(
        "Wochen vor Beginn",
        null=True,
        blank=True,
        validators=[MaxValueValidator(104)],
        help_text="So lange vor Beginn des Vorhabens muss der Antrag da sein.",
    )
    proof_months = models.PositiveSmallIntegerField(
        "Verwendungsnachweis nach (Monate)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(60)],
        help_text="Monate nach dem Ende des Bewilligungszeitraums.",
    )
    proof_day = day_of_year(
        "Verwendungsnachweis bis (Tag)",
        help_text="Der nächste nach dem Bewilligungszeitraum, zum Beispiel 31.03. Mit Monaten gilt, was früher ist.",
    )
    proof_form = models.CharField(
        "Form des Nachweises", max_length=10, choices=ProofForm.choices, default=ProofForm.RECEIPTS
    )
    basis = models.CharField("Grundlage", max_length=300, blank=True, help_text="Richtlinie, Beschluss oder „Annahme“.")
    documents = Links(Document, blank=True, related_name="local_rules", verbose_name="Dokumente")
    units: ClassVar[dict[str, str]] = {"weeks_before": "Wochen", "proof_months": "Monate"}

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Förderregel der Kommune"
        verbose_name_plural = "Förderregeln der Kommune"
        ordering = ["project_class", "-valid_from", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_validity",
                violation_error_message="Das Ende liegt vor dem Anfang. Geben Sie ein späteres Ende an.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_project_class_display()} ab {self.valid_from:%d.%m.%Y}"

    def clean(self) -> None:
        """Of one class one rule holds on a day."""
        super().clean()
        if self.municipality_id is None or self.valid_from is None:
            return
        rows = LocalFundingRule.objects.filter(municipality=self.municipality_id, project_class=self.project_class)
        for other in rows.exclude(pk=self.pk):
            begins_later = other.valid_until is not None and other.valid_until < self.valid_from
            ends_before = self.valid_until is not None and self.valid_until < other.valid_from
            if not (begins_later or ends_before):
                text = f"Zur selben Zeit gilt schon „{other}“. Beenden Sie die eine Regel, bevor die andere beginnt."
                raise ValidationError({"valid_from": text})


class Decider(MunicipalRecord):
    """Who decides up to an amount: a Stelle of the administration or a Gremium („je nach Summe“)."""

    part_of: ClassVar[tuple[str, ...]] = ("rule",)
    str_related = ("body",)

    rule = models.ForeignKey(
        LocalFundingRule, models.PROTECT, related_name="deciders", verbose_name="Förderregel der Kommune"
    )
    up_to = EuroField("Bis zu diesem Betrag", null=True, blank=True, help_text="Ohne Angabe: jeder Betrag.")
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="decides", verbose_name="Gremium"
    )
    office = models.CharField("Stelle", max_length=160, blank=True, help_text="Wenn kein Gremium entscheidet.")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Entscheidungsstelle"
        verbose_name_plural = "Entscheidungsstellen"
        ordering = ["rule", F("up_to").asc(nulls_last=True), "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(body__isnull=False) | ~Q(office=""),
                name="%(app_label)s_%(class)s_named",
                violation_error_message="Nennen Sie ein Gremium oder eine Stelle.",
            ),
        ]

    def __str__(self) -> str:
        return self.office or str(self.body)


class Call(MunicipalRecord):
    """A call for applications of one class with its pot; open from one minute to another, in Berlin.

    ``token`` stands in the public address, which is printed in the Amtsblatt; a new one makes the old one dead.
    """

    project_class = models.CharField("Projektklasse", max_length=10, choices=ProjectClass.choices)
    year = calendar_year("Für das Jahr")
    title = models.CharField("Aufruf", max_length=160)
    text = long_text("Text des Aufrufs", help_text="Was gefördert wird und wer sich bewerben kann.")
    goals = Links(Goal, blank=True, related_name="calls", verbose_name="Ziele")
    action_fields = Links(ActionField, blank=True, related_name="calls", verbose_name="Handlungsfelder")
    opens_on = models.DateField("Öffnet am")
    opens_at = models.CharField("um", max_length=5, default="00:00", validators=[CLOCK])
    closes_on = models.DateField("Schließt am")
    closes_at = models.CharField(
        "bis", max_length=5, default="23:59", validators=[CLOCK], help_text="Die letzte Sekunde dieser Minute zählt."
    )
    pot = EuroField("Topf", null=True, blank=True, help_text="Was in diesem Aufruf vergeben werden kann.")
    withdrawn_on = models.DateField("Zurückgezogen am", null=True, blank=True)
    token = models.CharField("Schlüssel der Adresse", max_length=40, default=new_token, editable=False, db_index=True)
    documents = Links(Document, blank=True, related_name="calls", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Aufruf"
        verbose_name_plural = "Aufrufe"
        ordering = ["-year", "-closes_on", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="%(app_label)s_%(class)s_time",
                violation_error_message="Der Aufruf schließt, bevor er öffnet. Geben Sie einen späteren Tag an.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def opens(self) -> datetime:
        """The first moment."""
        return moment(self.opens_on, self.opens_at)

    @property
    def closes(self) -> datetime:
        """The last moment that counts: the end of the minute."""
        return moment(self.closes_on, self.closes_at).replace(second=59, microsecond=999_999)

    def is_open(self, at: datetime) -> bool:
        """Whether an application is in time."""
        return self.withdrawn_on is None and self.opens <= at <= self.closes

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.opens_on == self.closes_on and self.closes_at < self.opens_at:
            raise ValidationError(
                {"closes_at": "Der Aufruf schließt, bevor er öffnet. Geben Sie eine spätere Zeit an."}
            )


def moment(day: Any, clock: str) -> datetime:
    """A day and a time of the clock in Berlin."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=BERLIN)
