"""Applications of Träger with their plan of costs and financing and the criteria that they offer."""

import re
from dataclasses import replace
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.enums import Action
from accounts.policies import Grant
from funding.enums import (
    ApplicationState,
    Channel,
    MoneySource,
    ProjectClass,
    Promise,
)
from funding.models.calls import INSIDE, Call
from planning.enums import CriterionKind
from planning.models import (
    ActionField,
    Document,
    Goal,
    LifePhase,
    Measure,
    Need,
    PlanningRegion,
    Provider,
    TargetGroup,
)
from records.fields import EuroField, Links
from records.models import ChainedStep, MunicipalRecord
from records.models.columns import calendar_year, long_text


def check_iban(value: str) -> None:
    """An IBAN by its length and check digits (ISO 13616). Raises ValidationError."""
    text = re.sub(r"\s", "", value).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", text) or (text.startswith("DE") and len(text) != 22):
        raise ValidationError(
            "Diese IBAN ist nicht vollständig. Eine deutsche IBAN hat 22 Stellen: Ergänzen Sie, was fehlt."
        )
    digits = "".join(str(int(each, 36)) for each in text[4:] + text[:4])
    if int(digits) % 97 != 1:
        raise ValidationError("Diese IBAN hat einen Tippfehler. Vergleichen Sie sie Ziffer für Ziffer.")


class IbanField(models.CharField):  # type: ignore[type-arg]
    """An IBAN. Forms and files hold all of it; pages, history and steps its country and its last four digits."""

    def in_words(self, value: str) -> str:
        """„DE89 … 3000“."""
        return f"{value[:4]}\u00a0…\u00a0{value[-4:]}"


class FundingApplication(MunicipalRecord):
    """An application of a Träger, from its sketch to the end of the case.

    ``case_number`` („KYF-2027-014“) is given when it is received, without gaps per Kommune and year. ``state`` leads to
    the decision; who acts after it is told by decision, payments and proofs (funding.queries.standing).
    """

    policy = replace(INSIDE, delete=(Grant(Action.WRITE, states=frozenset({"draft", "sketch", "invited"})),))
    str_related = ()
    out_of_dossier: ClassVar[frozenset[str]] = frozenset({"state", "case_number"})
    life_in_dossier = True

    case_number = models.CharField("Aktenzeichen", max_length=24, blank=True, editable=False)
    year = calendar_year("Für das Jahr")
    state = models.CharField(
        "Stand", max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT, editable=False
    )
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name="Aufruf"
    )
    project_class = models.CharField("Projektklasse", max_length=10, choices=ProjectClass.choices)
    title = models.CharField("Vorhaben", max_length=160)
    applicant = models.CharField("Antragsteller", max_length=160, help_text="Wie er im Antrag steht.")
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name="Träger"
    )
    legal_form = models.CharField("Rechtsform", max_length=80, blank=True)
    nonprofit_until = models.DateField("Gemeinnützigkeit nachgewiesen bis", null=True, blank=True)
    address = long_text("Anschrift")
    contact = models.CharField("Ansprechfunktion", max_length=160, blank=True, help_text="Funktion, kein Name.")
    email = models.EmailField("E-Mail", blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    iban = IbanField("IBAN", max_length=42, blank=True, validators=[check_iban])
    account_holder = models.CharField("Kontoinhaber", max_length=160, blank=True)
    action_field = models.ForeignKey(
        ActionField, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name="Handlungsfeld"
    )
    goals = Links(Goal, blank=True, related_name="applications", verbose_name="Ziele")
    needs = Links(Need, blank=True, related_name="applications", verbose_name="Bedarfe")
    target_groups = Links(TargetGroup, blank=True, related_name="applications", verbose_name="Zielgruppen")
    life_phases = Links(LifePhase, blank=True, related_name="applications", verbose_name="Lebensphasen")
    regions = Links(PlanningRegion, blank=True, related_name="applications", verbose_name="Planungsregionen")
    description = long_text("Beschreibung des Vorhabens")
    need_text = long_text("Warum es gebraucht wird")
    approach = long_text("Vorgehen")
    cooperation = long_text("Zusammenarbeit mit anderen")
    sustainability = long_text("Was nach der Förderung bleibt")
    starts_on = models.DateField("Beginn", null=True, blank=True)
    ends_on = models.DateField("Ende", null=True, blank=True)
    early_begin = models.BooleanField("Vorzeitiger Beginn beantragt", default=False)
    early_begin_on = models.DateField(
        "Vorzeitiger Beginn zugelassen ab", null=True, blank=True, help_text="Kosten davor werden nicht gefördert."
    )
    deducts_vat = models.CharField(
        "Vorsteuerabzug",
        max_length=8,
        blank=True,
        choices=[("yes", "berechtigt"), ("no", "nicht berechtigt"), ("partly", "teilweise berechtigt")],
    )
    other_applications = long_text("Anträge bei anderen Stellen für denselben Zweck")
    declarations = models.JSONField("Erklärungen", default=list, blank=True, editable=False)
    received_on = models.DateField("Eingegangen am", null=True, blank=True)
    channel = models.CharField("Eingang", max_length=6, choices=Channel.choices, default=Channel.PAPER)
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name="Maßnahme"
    )
    note = long_text("Vermerk der Stelle")
    documents = Links(Document, blank=True, related_name="applications", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Antrag"
        verbose_name_plural = "Anträge"
        ordering = ["-year", "sort_key", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "case_number"],
                condition=~Q(case_number=""),
                name="%(app_label)s_%(class)s_case",
                violation_error_message="Dieses Aktenzeichen ist vergeben.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_time",
                violation_error_message="Das Ende liegt vor dem Beginn. Geben Sie ein späteres Ende an.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.title}".strip()

    @property
    def is_light(self) -> bool:
        """Whether the light procedure of Mikroprojekte holds."""
        return self.project_class == ProjectClass.MICRO

    def clean(self) -> None:
        """The number of a case holds its year."""
        super().clean()
        if self.case_number and f"-{self.year}-" not in self.case_number:
            raise ValidationError(
                {"year": f"Das Aktenzeichen {self.case_number} gehört zu seinem Jahr. Lassen Sie das Jahr, wie es ist."}
            )
        self.iban = re.sub(r"\s", "", self.iban).upper()


class ApplicationStep(ChainedStep):
    """A step in the life of an application."""

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="steps", verbose_name="Antrag")

    class Meta:
        verbose_name = "Schritt eines Antrags"
        verbose_name_plural = "Schritte von Anträgen"
        ordering = ["application", "number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="%(app_label)s_%(class)s_number")]


class CostPosition(MunicipalRecord):
    """A cost of an application: of which kind, on what basis, how much."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("application",)

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="costs", verbose_name="Antrag")
    cost_kind = models.ForeignKey("funding.CostKind", models.PROTECT, related_name="+", verbose_name="Kostenart")
    title = models.CharField("Ausgabe", max_length=160)
    basis = models.CharField(
        "Berechnung", max_length=200, blank=True, help_text="Zum Beispiel „40 Stunden zu 35,00 €“."
    )
    quantity = models.DecimalField(
        "Menge", max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    rate = EuroField("Einzelbetrag", null=True, blank=True)
    amount = EuroField("Betrag")
    eligible = models.BooleanField("zuwendungsfähig", default=True)
    units: ClassVar[dict[str, str]] = {"quantity": "Einheiten"}

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Ausgabe eines Antrags"
        verbose_name_plural = "Ausgaben eines Antrags"
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return self.title


class FinancePosition(MunicipalRecord):
    """A source that pays for an application, and how sure it is."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("application",)

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="finances", verbose_name="Antrag")
    source = models.CharField("Quelle der Mittel", max_length=10, choices=MoneySource.choices)
    giver = models.CharField("Geldgeber", max_length=160, blank=True)
    amount = EuroField("Betrag")
    promise = models.CharField("Zusage", max_length=8, choices=Promise.choices, default=Promise.ASKED)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Finanzierung eines Antrags"
        verbose_name_plural = "Finanzierungen eines Antrags"
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return self.giver or str(self.get_source_display())


class OfferedCriterion(MunicipalRecord):
    """How the Träger wants its result to be recognised; becomes a criterion of the measure."""

    policy = INSIDE
    part_of: ClassVar[tuple[str, ...]] = ("application",)
    units: ClassVar[dict[str, str]] = {"baseline": "=unit", "target": "=unit"}

    application = models.ForeignKey(FundingApplication, models.PROTECT, related_name="criteria", verbose_name="Antrag")
    title = models.CharField("Angebotenes Kriterium", max_length=200)
    kind = models.CharField("Art", max_length=8, choices=CriterionKind.choices)
    unit = models.CharField("Einheit", max_length=60, blank=True)
    baseline = models.DecimalField("Ausgangswert", max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("Zielwert", max_digits=14, decimal_places=2, null=True, blank=True)
    method = models.CharField("Wie gemessen wird", max_length=200, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Angebotenes Kriterium"
        verbose_name_plural = "Angebotene Kriterien"
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return self.title
