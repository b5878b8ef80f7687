"""Proofs of use with receipts and what was recognised, things bought, and claims for repayment with interest."""

from dataclasses import replace
from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.enums import Action
from accounts.policies import Grant
from funding.enums import ClaimGround, ClaimState, MoneySource, ProofKind, ProofState
from funding.models.applications import FundingApplication
from funding.models.calls import INSIDE
from funding.models.decisions import DecidedCost
from records.fields import EuroField
from records.models import ChainedStep, MunicipalRecord
from records.models.columns import long_text


class ProofOfUse(MunicipalRecord):
    """A proof of use: what the Träger did and spent, and what one person checked and another recognised."""

    policy = replace(INSIDE, delete=(Grant(Action.WRITE, states=frozenset({"due"})),))
    part_of: ClassVar[tuple[str, ...]] = ("application",)
    str_related = ("application",)
    out_of_dossier: ClassVar[frozenset[str]] = frozenset({"state", "received_on", "recognised", "grant_due"})
    life_in_dossier = True

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="proofs", verbose_name="Antrag")
    kind = models.CharField("Art", max_length=8, choices=ProofKind.choices, default=ProofKind.FINAL)
    state = models.CharField("Stand", max_length=12, choices=ProofState.choices, default=ProofState.DUE, editable=False)
    due = models.DateField("Fällig")
    extended_to = models.DateField("Frist verlängert bis", null=True, blank=True)
    extension_reason = models.CharField("Grund der Verlängerung", max_length=300, blank=True)
    received_on = models.DateField("Eingegangen am", null=True, blank=True, editable=False)
    done = long_text("Was getan wurde")
    results = long_text("Ergebnisse und Wirkung")
    participants = long_text("Wer erreicht wurde")
    deviations = long_text("Abweichungen vom Antrag und vom Finanzierungsplan")
    outlook = long_text("Was bleibt")
    note = long_text("Prüfvermerk")
    recognised = EuroField("Anerkannte Ausgaben", null=True, blank=True, editable=False)
    grant_due = EuroField("Zustehende Zuwendung", null=True, blank=True, editable=False)
    needed_when: ClassVar[dict[str, str]] = {"extension_reason": "nötig, wenn verlängert"}

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Verwendungsnachweis"
        verbose_name_plural = "Verwendungsnachweise"
        ordering = ["due", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True) | ~Q(extension_reason=""),
                name="%(app_label)s_%(class)s_extension",
                violation_error_message="Nennen Sie den Grund der Verlängerung.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.application}"


class ProofDraft(models.Model):
    """What a Träger types under its secret link, apart from the records until it is handed in.

    Of the token the hash alone is kept; a new link makes the old one dead. ``typed`` are the fields as they were sent.
    """

    proof = models.OneToOneField(ProofOfUse, models.CASCADE, related_name="draft", verbose_name="Verwendungsnachweis")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("Erstellt am")
    saved_at = models.DateTimeField("Zuletzt gespeichert am", null=True, blank=True)
    typed = models.JSONField("Eingaben", default=dict, blank=True)

    class Meta:
        verbose_name = "Entwurf eines Verwendungsnachweises"
        verbose_name_plural = "Entwürfe von Verwendungsnachweisen"

    def __str__(self) -> str:
        return str(self.proof)


class ProofStep(ChainedStep):
    """A step in the life of a proof of use."""

    proof = models.ForeignKey(ProofOfUse, models.PROTECT, related_name="steps", verbose_name="Verwendungsnachweis")

    class Meta:
        verbose_name = "Schritt eines Verwendungsnachweises"
        verbose_name_plural = "Schritte von Verwendungsnachweisen"
        ordering = ["proof", "number"]
        constraints = [models.UniqueConstraint(fields=["proof", "number"], name="%(app_label)s_%(class)s_number")]


class ProofPosition(MunicipalRecord):
    """What was spent on a position of the decision, and what of it is recognised."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("proof",)
    str_related = ("cost",)

    proof = models.ForeignKey(ProofOfUse, models.PROTECT, related_name="positions", verbose_name="Verwendungsnachweis")
    cost = models.ForeignKey(DecidedCost, models.PROTECT, related_name="spent", verbose_name="Anerkannte Ausgabe")
    actual = EuroField("Ausgegeben")
    consent = models.BooleanField(
        "Überschreitung genehmigt", default=False, help_text="Über die zulässige Abweichung hinaus, vorher genehmigt."
    )
    cut = EuroField("Nicht anerkannt", null=True, blank=True)
    reason = models.CharField("Grund der Kürzung", max_length=300, blank=True)
    needed_when: ClassVar[dict[str, str]] = {"reason": "nötig, wenn gekürzt"}

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Ausgabe im Nachweis"
        verbose_name_plural = "Ausgaben im Nachweis"
        ordering = ["proof", "cost", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["cost", "proof"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Diese Ausgabe steht schon im Nachweis. Ändern Sie die vorhandene.",
            ),
            models.CheckConstraint(
                condition=Q(cut__isnull=True) | Q(cut=0) | ~Q(reason=""),
                name="%(app_label)s_%(class)s_reason",
                violation_error_message="Nennen Sie den Grund der Kürzung.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.cost)


class ProofIncome(MunicipalRecord):
    """Money that paid for the project, as it really came."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("proof",)

    proof = models.ForeignKey(ProofOfUse, models.PROTECT, related_name="incomes", verbose_name="Verwendungsnachweis")
    source = models.CharField("Quelle der Mittel", max_length=10, choices=MoneySource.choices)
    giver = models.CharField("Geldgeber", max_length=160, blank=True)
    amount = EuroField("Eingenommen")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Einnahme im Nachweis"
        verbose_name_plural = "Einnahmen im Nachweis"
        ordering = ["proof", "pk"]

    def __str__(self) -> str:
        return self.giver or str(self.get_source_display())


class Receipt(MunicipalRecord):
    """A line of the list of receipts; the receipts themselves stay with the Träger."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("proof",)

    proof = models.ForeignKey(ProofOfUse, models.PROTECT, related_name="receipts", verbose_name="Verwendungsnachweis")
    cost = models.ForeignKey(
        DecidedCost, models.PROTECT, null=True, blank=True, related_name="receipts", verbose_name="Anerkannte Ausgabe"
    )
    number = models.CharField("Belegnummer", max_length=40, blank=True)
    paid_on = models.DateField("Bezahlt am", null=True, blank=True)
    payee = models.CharField("Empfänger", max_length=160)
    purpose = models.CharField("Grund der Zahlung", max_length=200, blank=True)
    amount = EuroField("Betrag")
    cut = EuroField("Gekürzt um", null=True, blank=True)
    cut_reason = models.CharField("Grund der Kürzung", max_length=300, blank=True)
    needed_when: ClassVar[dict[str, str]] = {"cut_reason": "nötig, wenn gekürzt"}

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Beleg"
        verbose_name_plural = "Belege"
        ordering = ["proof", "cost", "paid_on", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.payee}".strip()


class InventoryItem(MunicipalRecord):
    """A thing bought with the grant that the Träger must keep a list of."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("proof",)

    proof = models.ForeignKey(ProofOfUse, models.PROTECT, related_name="inventory", verbose_name="Verwendungsnachweis")
    title = models.CharField("Gegenstand", max_length=160)
    bought_on = models.DateField("Angeschafft am", null=True, blank=True)
    value = EuroField("Wert", null=True, blank=True)
    place = models.CharField("Standort", max_length=160, blank=True)
    bound_until = models.DateField("Zweckbindung bis", null=True, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Inventargegenstand"
        verbose_name_plural = "Inventargegenstände"
        ordering = ["proof", "bought_on", "pk"]

    def __str__(self) -> str:
        return self.title


class RepaymentClaim(MunicipalRecord):
    """Money claimed back, with interest computed at the demand and its segments; open until paid or waived."""

    policy = replace(INSIDE, delete=(Grant(Action.WRITE, states=frozenset({"draft"})),))
    part_of: ClassVar[tuple[str, ...]] = ("application",)
    str_related = ("application",)
    out_of_dossier: ClassVar[frozenset[str]] = frozenset(
        {"state", "interest", "segments", "heard_on", "answer_until", "demanded_on", "due", "paid_on"}
    )
    life_in_dossier = True

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="claims", verbose_name="Antrag")
    proof = models.ForeignKey(
        ProofOfUse, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name="Verwendungsnachweis"
    )
    state = models.CharField(
        "Stand", max_length=12, choices=ClaimState.choices, default=ClaimState.DRAFT, editable=False
    )
    ground = models.CharField("Grund", max_length=8, choices=ClaimGround.choices)
    principal = EuroField("Betrag")
    interest = EuroField("Zinsen", null=True, blank=True, editable=False)
    segments = models.JSONField("Zinsabschnitte", default=list, blank=True, editable=False)
    reasons = long_text("Begründung")
    heard_on = models.DateField("Angehört am", null=True, blank=True, editable=False)
    answer_until = models.DateField("Äußerung bis", null=True, blank=True, editable=False)
    answer = long_text("Äußerung des Trägers")
    demanded_on = models.DateField("Gefordert am", null=True, blank=True, editable=False)
    due = models.DateField("Fällig", null=True, blank=True, editable=False)
    paid_on = models.DateField("Bezahlt am", null=True, blank=True, editable=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Rückforderung"
        verbose_name_plural = "Rückforderungen"
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return f"Rückforderung: {self.application}"


class ClaimStep(ChainedStep):
    """A step in the life of a claim."""

    claim = models.ForeignKey(RepaymentClaim, models.PROTECT, related_name="steps", verbose_name="Rückforderung")

    class Meta:
        verbose_name = "Schritt einer Rückforderung"
        verbose_name_plural = "Schritte von Rückforderungen"
        ordering = ["claim", "number"]
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="%(app_label)s_%(class)s_number")]
