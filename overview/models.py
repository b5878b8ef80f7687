"""Barriers that people report, and what each person has read and was told; none of it belongs to a municipality."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from funding.deadlines import add_months
from overview.enums import BarrierState, MailFrequency


def answer_until(reported_at: datetime) -> date:
    """A month after the report: what the declaration of accessibility promises."""
    return add_months(timezone.localdate(reported_at), 1)


class BarrierReport(models.Model):
    """What hindered somebody where; open until the administration has answered it."""

    page = models.CharField("Seite", max_length=500, blank=True)
    description = models.TextField("Was hindert Sie?", max_length=5000)
    contact = models.CharField("Antwort an", max_length=200, blank=True)
    state = models.CharField("Stand", max_length=8, choices=BarrierState.choices, default=BarrierState.OPEN)
    note = models.TextField("Vermerk", max_length=5000, blank=True)
    created_at = models.DateTimeField("gemeldet am", auto_now_add=True)
    changed_at = models.DateTimeField("geändert am", auto_now=True)

    class Meta:
        verbose_name = "Gemeldete Barriere"
        verbose_name_plural = "Gemeldete Barrieren"
        ordering = ["-state", "-created_at"]

    def __str__(self) -> str:
        return f"Meldung {self.pk}"

    @property
    def answer_until(self) -> date:
        """The day until which an answer is promised."""
        return answer_until(self.created_at)


class MailSetting(models.Model):
    """How often a person is told by e-mail; ``sent_at`` is when that was last done."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_setting", verbose_name="Person"
    )
    frequency = models.CharField("E-Mails", max_length=8, choices=MailFrequency.choices, default=MailFrequency.DAILY)
    sent_at = models.DateTimeField("zuletzt gesendet am", null=True, editable=False)

    class Meta:
        verbose_name = "Einstellung zu E-Mails"
        verbose_name_plural = "Einstellungen zu E-Mails"

    def __str__(self) -> str:
        return f"E-Mails: {self.get_frequency_display()}"


class MessageMark(models.Model):
    """That a person has read something, or was told of it by e-mail: what is marked is not told twice.

    ``key`` names a row that waits („w:“), a reminder („r:“) or something that happened („h:“); nothing of its content.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Person")
    key = models.CharField("Sache", max_length=200)
    read_at = models.DateTimeField("gelesen am", null=True)
    mailed_at = models.DateTimeField("gemailt am", null=True)
    made_at = models.DateTimeField("gemerkt am", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "Gelesene Meldung"
        verbose_name_plural = "Gelesene Meldungen"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="overview_messagemark_once")]

    def __str__(self) -> str:
        return self.key


class AdviserVisit(models.Model):
    """When an adviser last looked at the own start page, and when before that visit began."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Person")
    last_at = models.DateTimeField("zuletzt gesehen am")
    before_at = models.DateTimeField("davor gesehen am", null=True)

    class Meta:
        verbose_name = "Besuch der Prozessbegleitung"
        verbose_name_plural = "Besuche der Prozessbegleitung"

    def __str__(self) -> str:
        return f"Besuch {self.pk}"
