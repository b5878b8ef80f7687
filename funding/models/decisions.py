"""Decisions about applications as versions: grant, positions, conditions, instalments; frozen notices."""

from dataclasses import replace
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.enums import Action
from accounts.models import Municipality
from accounts.policies import Grant
from funding.enums import (
    DecisionState,
    FinancingKind,
    GrantOutcome,
    MoneySource,
    PaperKind,
    ProjectClass,
    ProofForm,
    TextPlace,
)
from funding.models.applications import FundingApplication
from funding.models.calls import INSIDE
from records.fields import EuroField, ShareField
from records.models import AppendOnly, ChainedStep, MunicipalRecord
from records.models.base import Record
from records.models.columns import long_text
from records.models.steps import digest

NOT_OUT = (DecisionState.DRAFT, DecisionState.PREPARED)  # nothing is decided before the release


class FundingDecision(MunicipalRecord):
    """What was decided about an application; a change is the next version and never added to the one before.

    ``edition`` is given with the release. In force on a day is the last released version dated until then.
    """

    policy = replace(INSIDE, delete=(Grant(Action.WRITE, states=frozenset({"draft"})),))
    part_of: ClassVar[tuple[str, ...]] = ("application",)
    str_related = ("application",)
    out_of_dossier: ClassVar[frozenset[str]] = frozenset({"state", "edition", "notice_number"})
    life_in_dossier = True

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="decisions", verbose_name="Antrag")
    edition = models.PositiveSmallIntegerField("Fassung", null=True, blank=True, editable=False)
    state = models.CharField(
        "Stand", max_length=12, choices=DecisionState.choices, default=DecisionState.DRAFT, editable=False
    )
    outcome = models.CharField("Entscheidung", max_length=8, choices=GrantOutcome.choices)
    dated = models.DateField(
        "Gilt ab", help_text="Ab diesem Tag zählt der Betrag; der Bescheid trägt den Tag seiner Freigabe."
    )
    financing = models.CharField("Finanzierungsart", max_length=6, choices=FinancingKind.choices, blank=True)
    share = ShareField("Förderquote (Prozent)", null=True, blank=True, help_text="Nur bei Anteilfinanzierung.")
    grant = EuroField("Zuwendung", null=True, blank=True)
    starts_on = models.DateField("Bewilligungszeitraum ab", null=True, blank=True)
    ends_on = models.DateField("Bewilligungszeitraum bis", null=True, blank=True)
    proof_due = models.DateField("Verwendungsnachweis bis", null=True, blank=True)
    proof_form = models.CharField(
        "Form des Nachweises", max_length=10, choices=ProofForm.choices, default=ProofForm.RECEIPTS
    )
    decided_by = models.CharField("Entschieden durch", max_length=160, blank=True, help_text="Gremium oder Stelle.")
    decided_on = models.DateField("Entschieden am", null=True, blank=True)
    reasons = long_text("Begründung", help_text="Steht im Bescheid.")
    change_reason = long_text("Was sich ändert", help_text="Bei einer Änderung; steht im Bescheid.")
    notice_number = models.CharField("Nummer des Bescheids", max_length=40, blank=True, editable=False)
    sent_on = models.DateField("Versandt am", null=True, blank=True, editable=False)
    waiver_on = models.DateField("Rechtsbehelfsverzicht vom", null=True, blank=True, editable=False)
    final_on = models.DateField("Bestandskräftig seit", null=True, blank=True, editable=False)
    needed_when: ClassVar[dict[str, str]] = {
        "grant": "nötig, wenn bewilligt",
        "financing": "nötig, wenn bewilligt",
        "share": "nötig bei Anteilfinanzierung",
    }

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Entscheidung"
        verbose_name_plural = "Entscheidungen"
        ordering = ["application", "dated", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["application", "edition"],
                name="%(app_label)s_%(class)s_edition",
                violation_error_message="Diese Fassung der Entscheidung gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_time",
                violation_error_message="Das Ende liegt vor dem Beginn. Geben Sie ein späteres Ende an.",
            ),
        ]

    def __str__(self) -> str:
        decided = f"{self.get_outcome_display()} ab {self.dated:%d.%m.%Y}"
        said = "Entscheidung in Vorbereitung" if self.state in NOT_OUT else decided
        return f"{said}: {self.application}"

    @property
    def is_refusal(self) -> bool:
        """Whether nothing is granted."""
        return self.outcome == GrantOutcome.REFUSED

    def clean(self) -> None:
        """A refusal grants nothing, a share stands beside Anteilfinanzierung alone."""
        super().clean()
        if self.is_refusal and self.grant:
            raise ValidationError({"grant": "Bei einer Ablehnung gibt es keine Zuwendung. Lassen Sie das Feld leer."})
        if self.share is not None and self.financing and self.financing != FinancingKind.SHARE:
            text = "Eine Förderquote gehört nur zur Anteilfinanzierung. Lassen Sie das Feld leer."
            raise ValidationError({"share": text})


class DecisionStep(ChainedStep):
    """A step in the life of a decision."""

    decision = models.ForeignKey(FundingDecision, models.PROTECT, related_name="steps", verbose_name="Entscheidung")

    class Meta:
        verbose_name = "Schritt einer Entscheidung"
        verbose_name_plural = "Schritte von Entscheidungen"
        ordering = ["decision", "number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="%(app_label)s_%(class)s_number")]


class DecidedCost(MunicipalRecord):
    """A position of costs as decided; what a proof is checked against."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("decision",)

    decision = models.ForeignKey(FundingDecision, models.PROTECT, related_name="costs", verbose_name="Entscheidung")
    cost_kind = models.ForeignKey("funding.CostKind", models.PROTECT, related_name="+", verbose_name="Kostenart")
    title = models.CharField("Ausgabe", max_length=160)
    amount = EuroField("Betrag")
    eligible = models.BooleanField("zuwendungsfähig", default=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Anerkannte Ausgabe"
        verbose_name_plural = "Anerkannte Ausgaben"
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        return self.title


class DecidedFinance(MunicipalRecord):
    """A source of the financing as decided."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("decision",)

    decision = models.ForeignKey(FundingDecision, models.PROTECT, related_name="finances", verbose_name="Entscheidung")
    source = models.CharField("Quelle der Mittel", max_length=10, choices=MoneySource.choices)
    giver = models.CharField("Geldgeber", max_length=160, blank=True)
    amount = EuroField("Betrag")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Anerkannte Finanzierung"
        verbose_name_plural = "Anerkannte Finanzierungen"
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        return self.giver or str(self.get_source_display())


class DecisionCondition(MunicipalRecord):
    """A condition of a notice (Auflage) with its date; a task until it is done."""

    policy = INSIDE
    open_when_locked: ClassVar[frozenset[str]] = frozenset({"done_on"})
    part_of: ClassVar[tuple[str, ...]] = ("decision",)

    decision = models.ForeignKey(
        FundingDecision, models.PROTECT, related_name="conditions", verbose_name="Entscheidung"
    )
    title = models.CharField("Auflage", max_length=300)
    due = models.DateField("Fällig", null=True, blank=True)
    done_on = models.DateField("Erfüllt am", null=True, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Auflage"
        verbose_name_plural = "Auflagen"
        ordering = ["decision", "due", "pk"]

    def __str__(self) -> str:
        return self.title


class Instalment(MunicipalRecord):
    """A planned instalment of the grant."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("decision",)

    decision = models.ForeignKey(
        FundingDecision, models.PROTECT, related_name="instalments", verbose_name="Entscheidung"
    )
    planned_on = models.DateField("Geplant zum")
    amount = EuroField("Betrag")
    note = models.CharField("Anmerkung", max_length=200, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Rate"
        verbose_name_plural = "Raten"
        ordering = ["decision", "planned_on", "pk"]

    def __str__(self) -> str:
        return f"Rate zum {self.planned_on:%d.%m.%Y}"


class TextBlock(MunicipalRecord):
    """A Textbaustein of the Kommune's notices, from–until; a notice takes those of its day and keeps them."""

    place = models.CharField("Stelle im Bescheid", max_length=12, choices=TextPlace.choices)
    project_class = models.CharField(
        "Nur für", max_length=10, choices=ProjectClass.choices, blank=True, help_text="Ohne Angabe für jede Klasse."
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=10)
    title = models.CharField("Textbaustein", max_length=160)
    text = long_text("Text", blank=False)
    valid_from = models.DateField("Gilt ab")
    valid_until = models.DateField("Gilt bis", null=True, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Textbaustein"
        verbose_name_plural = "Textbausteine"
        ordering = ["place", "position", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_validity",
                violation_error_message="Das Ende liegt vor dem Anfang. Geben Sie ein späteres Ende an.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FrozenPaper(AppendOnly):
    """A paper of a case as it went out: canonical data, PDF, and their hashes, for ever.

    ``subject`` names the record it belongs to (model and uid), ``data`` the JSON from which the PDF was drawn.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="Kommune")
    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="papers", verbose_name="Antrag")
    subject = models.CharField("Gehört zu", max_length=120)
    kind = models.CharField("Art", max_length=10, choices=PaperKind.choices)
    number = models.CharField("Nummer", max_length=40)
    made_at = models.DateTimeField("Erstellt am")
    data = models.BinaryField("Daten")
    data_sha256 = models.CharField("Prüfnummer der Daten", max_length=64)
    pdf = models.BinaryField("PDF")
    pdf_sha256 = models.CharField("Prüfnummer des PDF", max_length=64)
    templates = models.CharField("Fassung der Vorlagen", max_length=40)

    class Meta:
        verbose_name = "Festgeschriebenes Schreiben"
        verbose_name_plural = "Festgeschriebene Schreiben"
        ordering = ["application", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="%(app_label)s_%(class)s_number")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def is_intact(self) -> bool:
        """Whether data and PDF still have their hashes."""
        return digest(bytes(self.data)) == self.data_sha256 and digest(bytes(self.pdf)) == self.pdf_sha256

    @staticmethod
    def subject_of(record: Record) -> str:
        """What names a record for ever."""
        return f"{record._meta.model_name}:{record.uid}"
