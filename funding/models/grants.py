"""The Landeszuwendung of a year: application, notices as versions, conditions, calls for money, proof to the Land.

The chain is Zuwendungsrecht: what a notice grants replaces what the one before it granted and is never added to it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from funding.enums import NoticeKind
from planning.models import Document
from records.fields import EuroField, Links, VagueDateField
from records.models import MunicipalRecord
from records.models.base import Period, period_constraint
from records.models.columns import calendar_year, long_text


class StateGrant(MunicipalRecord):
    """What the Land gives a municipality for one year: applied for here, granted by the notices."""

    year = calendar_year("Förderjahr")
    applied_on = VagueDateField("Beantragt am", null=True, blank=True, db_index=True)
    applied_amount = EuroField("Beantragter Betrag", null=True, blank=True)
    note = long_text("Anmerkung")
    documents = Links(Document, blank=True, related_name="state_grants", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Landeszuwendung"
        verbose_name_plural = "Landeszuwendungen"
        ordering = ["-year", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "year"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Für dieses Jahr gibt es schon eine Landeszuwendung. Ändern Sie sie.",
            ),
        ]

    def __str__(self) -> str:
        return f"Landeszuwendung {self.year}"

    def sort_text(self) -> str:
        return f"{self.year:04d}"


class StateNotice(Period, MunicipalRecord):
    """A Zuwendungsbescheid of the Land; from its day on its amount is what is granted, until the next one."""

    part_of: ClassVar[tuple[str, ...]] = ("grant",)

    grant = models.ForeignKey(StateGrant, models.PROTECT, related_name="notices", verbose_name="Landeszuwendung")
    kind = models.CharField("Art", max_length=10, choices=NoticeKind.choices, default=NoticeKind.GRANT)
    number = models.CharField("Aktenzeichen", max_length=80, blank=True)
    dated = VagueDateField("Bescheid vom", db_index=True)
    received_on = VagueDateField("Eingegangen am", null=True, blank=True)
    amount = EuroField(
        "Zuwendung nach diesem Bescheid",
        help_text="Der ganze Betrag, der nun gilt, nicht der Unterschied zum vorigen Bescheid. Nach einem Widerruf: 0.",
    )
    begin = VagueDateField("Bewilligungszeitraum von", null=True, blank=True)
    end = VagueDateField("Bewilligungszeitraum bis", null=True, blank=True)
    note = long_text("Anmerkung")
    documents = Links(Document, blank=True, related_name="state_notices", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Landesbescheid"
        verbose_name_plural = "Landesbescheide"
        ordering = ["grant", "dated", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            period_constraint(),
            models.UniqueConstraint(
                fields=["grant", "dated"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message=(
                    "Von diesem Tag gibt es schon einen Bescheid. An jedem Tag gilt genau einer: Ändern Sie den "
                    "vorhandenen, oder prüfen Sie das Datum."
                ),
            ),
        ]

    def __str__(self) -> str:
        number = f" {self.number}" if self.number else ""
        return f"{self.get_kind_display()}{number} vom {self.dated}"


class NoticeCondition(MunicipalRecord):
    """An Auflage of a notice, as a task."""

    part_of: ClassVar[tuple[str, ...]] = ("notice",)

    notice = models.ForeignKey(StateNotice, models.PROTECT, related_name="conditions", verbose_name="Landesbescheid")
    title = models.CharField("Auflage", max_length=300)
    due = VagueDateField("Fällig", null=True, blank=True, db_index=True)
    done_on = VagueDateField("Erfüllt am", null=True, blank=True)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Auflage des Landes"
        verbose_name_plural = "Auflagen des Landes"
        ordering = ["notice", "due", "pk"]

    def __str__(self) -> str:
        return self.title


class FundsCall(MunicipalRecord):
    """A Mittelabruf on the notice that is in force on its day; what came of it and by when it was used."""

    part_of: ClassVar[tuple[str, ...]] = ("notice",)

    notice = models.ForeignKey(StateNotice, models.PROTECT, related_name="calls", verbose_name="Landesbescheid")
    requested_on = VagueDateField("Abgerufen am", db_index=True)
    amount = EuroField("Abgerufener Betrag")
    needed_until = VagueDateField(
        "Benötigt bis", null=True, blank=True, help_text="Bis wann Sie das Geld für fällige Zahlungen brauchen."
    )
    reference = models.CharField("Geschäftszeichen", max_length=80, blank=True)
    received_on = VagueDateField("Eingegangen am", null=True, blank=True)
    received_amount = EuroField("Eingegangener Betrag", null=True, blank=True)
    used_on = VagueDateField(
        "Vollständig verwendet am",
        null=True,
        blank=True,
        help_text="Wann der eingegangene Betrag ganz für fällige Zahlungen ausgegeben war.",
    )
    note = long_text("Anmerkung")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Mittelabruf"
        verbose_name_plural = "Mittelabrufe"
        ordering = ["requested_on", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, received_amount__isnull=True)
                | Q(received_on__isnull=False, received_amount__isnull=False),
                name="%(app_label)s_%(class)s_received",
                violation_error_message="Zum Eingang gehören Tag und Betrag. Nennen Sie beides oder keines.",
            ),
        ]

    def __str__(self) -> str:
        return f"Mittelabruf vom {self.requested_on}"


class StateProof(MunicipalRecord):
    """The Verwendungsnachweis of a year to the Land, until nothing of it is open."""

    part_of: ClassVar[tuple[str, ...]] = ("grant",)
    str_related: ClassVar[tuple[str, ...]] = ("grant",)
    needed_when: ClassVar[dict[str, str]] = {"extension_reason": "nötig bei verlängerter Frist"}

    grant = models.ForeignKey(StateGrant, models.PROTECT, related_name="proofs", verbose_name="Landeszuwendung")
    due = VagueDateField("Fällig", null=True, blank=True, db_index=True)
    extended_to = VagueDateField("Frist verlängert bis", null=True, blank=True)
    extension_reason = models.CharField("Grund der Verlängerung", max_length=300, blank=True)
    submitted_on = VagueDateField("Eingereicht am", null=True, blank=True)
    recognised = EuroField("Vom Land anerkannte Ausgaben", null=True, blank=True)
    repayment = EuroField("Zurückzuzahlen", null=True, blank=True)
    repaid_on = VagueDateField("Zurückgezahlt am", null=True, blank=True)
    note = long_text("Anmerkung")
    documents = Links(Document, blank=True, related_name="state_proofs", verbose_name="Dokumente")

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Landesnachweis"
        verbose_name_plural = "Landesnachweise"
        ordering = ["grant", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["grant"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Zu dieser Landeszuwendung gibt es schon einen Nachweis. Ändern Sie ihn.",
            ),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True) | ~Q(extension_reason=""),
                name="%(app_label)s_%(class)s_extension",
                violation_error_message="Nennen Sie den Grund der Verlängerung.",
            ),
        ]

    def __str__(self) -> str:
        return f"Verwendungsnachweis {self.grant.year}"
