"""An application for money with its lines, and a note that nobody reads but who wrote it."""

from typing import ClassVar

from django.db import models

from accounts.enums import Action
from accounts.policies import Grant, Policy
from records.fields import VagueDateField
from records.models import MunicipalRecord, StepRow
from records.models.base import Period
from records.models.columns import euro, long_text


class GrantState(models.TextChoices):
    """Where an application stands."""

    DRAFT = "draft", "Entwurf"
    FILED = "filed", "eingegangen"
    DECIDED = "decided", "beschieden"
    PAID = "paid", "ausgezahlt"


class GrantAction(models.TextChoices):
    """What moves an application."""

    FILE = "file", "Einreichen"
    DECIDE = "decide", "Bescheiden"
    RETURN = "return", "Zurückgeben"
    PAY = "pay", "Auszahlen"
    PAY_AT_ONCE = "pay_at_once", "Sofort auszahlen"


class Note(Period, MunicipalRecord):
    """A note that only its author sees, changes and deletes."""

    in_dossier = False
    policy = Policy(
        see=(Grant(Action.READ, own=True),),
        create=(Grant(Action.READ),),
        change=(Grant(Action.READ, own=True),),
        delete=(Grant(Action.READ, own=True),),
    )

    title = models.CharField("Vermerk", max_length=200)
    text = long_text("Text")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Vermerk"
        verbose_name_plural = "Vermerke"
        constraints = [*MunicipalRecord.Meta.constraints]

    def __str__(self) -> str:
        return self.title


class GrantApplication(MunicipalRecord):
    """An application; deleted only as a draft, by an adviser only what the adviser entered."""

    in_dossier = False
    policy = Policy(
        see=(Grant(Action.READ),),
        create=(Grant(Action.WRITE), Grant(Action.SUPPORT)),
        change=(Grant(Action.WRITE), Grant(Action.SUPPORT, own=True)),
        delete=(Grant(Action.WRITE, states=frozenset({"draft"})),),
    )

    units: ClassVar[dict[str, str]] = {"paid": "€"}

    title = models.CharField("Antrag", max_length=200)
    amount = models.PositiveIntegerField("Betrag", default=0)
    urgent = models.BooleanField("Eilt", default=False)
    main_note = models.ForeignKey(
        Note, models.PROTECT, null=True, blank=True, related_name="main_of", verbose_name="Wichtigster Vermerk"
    )
    notes = models.ManyToManyField(Note, blank=True, related_name="applications", verbose_name="Vermerke")
    state = models.CharField(
        "Zustand", max_length=12, choices=GrantState.choices, default=GrantState.DRAFT, editable=False
    )
    paid_on = VagueDateField("Ausgezahlt am", null=True, blank=True, editable=False)
    paid = euro("Ausgezahlt (Euro)", editable=False)
    receipt = models.CharField("Aktenzeichen der Kasse", max_length=20, blank=True, editable=False)
    pay_note = models.ForeignKey(
        Note, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Vermerk dazu", editable=False
    )
    round = models.PositiveSmallIntegerField("Durchgang", default=1, editable=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Antrag"
        verbose_name_plural = "Anträge"
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(paid__isnull=True) | models.Q(paid__lte=models.F("amount")),
                name="trial_paid_most",
                violation_error_message="Es wird nicht mehr ausgezahlt als beantragt.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GrantLine(MunicipalRecord):
    """A line of an application, locked with it."""

    in_dossier = False

    application = models.ForeignKey(GrantApplication, models.PROTECT, related_name="lines", verbose_name="Antrag")
    title = models.CharField("Zeile", max_length=200)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Zeile"
        verbose_name_plural = "Zeilen"
        constraints = [*MunicipalRecord.Meta.constraints]

    def __str__(self) -> str:
        return self.title


class GrantStep(StepRow):
    """A step of an application; no chain was asked for."""

    application = models.ForeignKey(GrantApplication, models.PROTECT, related_name="steps")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="trial_grantstep_number")]
