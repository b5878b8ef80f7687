"""Payments of a grant to its Träger, and when the money was used."""

from dataclasses import replace
from typing import ClassVar

from django.db import models

from accounts.enums import Action
from accounts.policies import Grant
from funding.enums import PaymentState
from funding.models.applications import FundingApplication
from funding.models.calls import INSIDE
from funding.models.decisions import FundingDecision, Instalment
from records.fields import EuroField
from records.models import ChainedStep, MunicipalRecord
from records.models.columns import long_text


class Payment(MunicipalRecord):
    """A payment: planned with the decision, called for by the Träger, prepared by one, released by another person."""

    policy = replace(INSIDE, delete=(Grant(Action.WRITE, states=frozenset({"planned"})),))
    part_of: ClassVar[tuple[str, ...]] = ("application",)
    str_related = ("application",)
    out_of_dossier: ClassVar[frozenset[str]] = frozenset({"state", "paid_on", "reference"})
    life_in_dossier = True

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="payments", verbose_name="Antrag")
    decision = models.ForeignKey(
        FundingDecision, models.PROTECT, null=True, blank=True, related_name="payments", verbose_name="Entscheidung"
    )
    instalment = models.ForeignKey(
        Instalment, models.PROTECT, null=True, blank=True, related_name="payments", verbose_name="Rate"
    )
    state = models.CharField(
        "Stand", max_length=12, choices=PaymentState.choices, default=PaymentState.PLANNED, editable=False
    )
    amount = EuroField("Betrag")
    planned_on = models.DateField("Geplant zum")
    requested_on = models.DateField("Abgerufen am", null=True, blank=True)
    need = long_text("Bedarf", help_text="Wofür der Träger das Geld in den nächsten Wochen braucht.")
    needed_until = models.DateField("Wird verwendet bis", null=True, blank=True)
    reference = models.CharField("Buchungszeichen", max_length=60, blank=True, editable=False)
    paid_on = models.DateField("Ausgezahlt am", null=True, blank=True, editable=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Auszahlung"
        verbose_name_plural = "Auszahlungen"
        ordering = ["planned_on", "pk"]

    def __str__(self) -> str:
        return f"Auszahlung zum {self.planned_on:%d.%m.%Y}: {self.application}"


class PaymentStep(ChainedStep):
    """A step in the life of a payment."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="steps", verbose_name="Auszahlung")

    class Meta:
        verbose_name = "Schritt einer Auszahlung"
        verbose_name_plural = "Schritte von Auszahlungen"
        ordering = ["payment", "number"]
        constraints = [models.UniqueConstraint(fields=["payment", "number"], name="%(app_label)s_%(class)s_number")]


class PaymentUse(MunicipalRecord):
    """What of the money paid out was used by a day; first paid is first used."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("payment",)

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="uses", verbose_name="Auszahlung")
    used_on = models.DateField("Verwendet am")
    amount = EuroField("Betrag")
    note = models.CharField("Anmerkung", max_length=200, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Verwendung"
        verbose_name_plural = "Verwendungen"
        ordering = ["payment", "used_on", "pk"]

    def __str__(self) -> str:
        return f"verwendet am {self.used_on:%d.%m.%Y}"
