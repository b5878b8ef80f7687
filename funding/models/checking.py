"""The check of an application: its list, requests for missing papers, and what boards advise."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from funding.enums import Answer, ProjectClass, Recommendation
from funding.models.applications import FundingApplication
from funding.models.calls import INSIDE
from participation.models import AgendaItem, Session
from records.fields import EuroField
from records.models import MunicipalRecord
from records.models.base import ProgrammeRecord
from records.models.columns import count_of, long_text


class CheckItem(ProgrammeRecord):
    """A point of the check list; ``final`` points must be answered before a notice goes out."""

    one_of = (("title", "project_class"),)

    title = models.CharField("Prüfpunkt", max_length=200)
    project_class = models.CharField(
        "Nur für", max_length=10, choices=ProjectClass.choices, blank=True, help_text="Ohne Angabe für jede Klasse."
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=10)
    explanation = long_text("Erläuterung")
    final = models.BooleanField("vor dem Bescheid nötig", default=True)

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Prüfpunkt"
        verbose_name_plural = "Prüfpunkte"
        ordering = ["position", "sort_key"]

    def __str__(self) -> str:
        return self.title


class CheckAnswer(MunicipalRecord):
    """What the office found at one point of the check list."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("application",)

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="answers", verbose_name="Antrag")
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="answers", verbose_name="Prüfpunkt")
    answer = models.CharField("Prüfergebnis", max_length=10, choices=Answer.choices)
    note = models.CharField("Anmerkung", max_length=300, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Prüfergebnis"
        verbose_name_plural = "Prüfergebnisse"
        ordering = ["application", "item__position", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["application", "item"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Dieser Prüfpunkt ist schon beantwortet. Ändern Sie die vorhandene Antwort.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_answer_display()}"

    str_related = ("item",)


class Inquiry(MunicipalRecord):
    """A request for a missing paper with its date."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("application",)

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="inquiries", verbose_name="Antrag")
    title = models.CharField("Nachforderung", max_length=300, help_text="Welche Unterlage oder Angabe fehlt.")
    sent_on = models.DateField("Nachgefordert am")
    until = models.DateField("Frist")
    answered_on = models.DateField("Beantwortet am", null=True, blank=True)
    answer = models.CharField("Antwort", max_length=300, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Nachforderung"
        verbose_name_plural = "Nachforderungen"
        ordering = ["application", "until", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__gte=F("sent_on")),
                name="%(app_label)s_%(class)s_time",
                violation_error_message="Die Frist liegt vor der Nachforderung. Geben Sie einen späteren Tag an.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BoardVote(MunicipalRecord):
    """What a board advised about one application in one session, with votes and bias as numbers."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("application",)
    str_related = ("session",)
    units: ClassVar[dict[str, str]] = {
        "votes_for": "Stimmen",
        "votes_against": "Stimmen",
        "abstentions": "Stimmen",
        "biased": "Personen",
    }

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="votes", verbose_name="Antrag")
    session = models.ForeignKey(Session, models.PROTECT, related_name="votes", verbose_name="Sitzung")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="votes", verbose_name="Tagesordnungspunkt"
    )
    recommendation = models.CharField("Votum", max_length=8, choices=Recommendation.choices)
    amount = EuroField("Empfohlener Betrag", null=True, blank=True)
    votes_for = count_of("Ja-Stimmen")
    votes_against = count_of("Nein-Stimmen")
    abstentions = count_of("Enthaltungen")
    biased = count_of("Wegen Befangenheit nicht mitgewirkt")
    remark = models.CharField("Anmerkung", max_length=300, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Votum"
        verbose_name_plural = "Voten"
        ordering = ["session", "application", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["application", "session"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Zu diesem Antrag gibt es aus der Sitzung schon ein Votum. Ändern Sie dieses.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.get_recommendation_display()}"

    @property
    def counted(self) -> str:
        """„9 Ja, 1 Nein“; what was not counted is not told."""
        many = "Enthaltung" if self.abstentions == 1 else "Enthaltungen"
        kinds = ((self.votes_for, "Ja"), (self.votes_against, "Nein"), (self.abstentions, many))
        return ", ".join(f"{number} {word}" for number, word in kinds if number is not None)
