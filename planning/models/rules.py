"""Settings of the programme by which plans are judged: what blocks a release, limits (docs/product.md §4, §5)."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import Municipality
from planning.enums import DayCount, InterestFrom, InterestKind, RuleCode, Severity, ShareBase, UseUnit
from records.fields import EuroField, ShareField
from records.models.base import OnlyIn, ProgrammeRecord
from records.models.columns import calendar_year, day_of_year, long_text


class CheckRule(ProgrammeRecord):
    """What a finding of the Plausibilitätsprüfung does: it blocks the release, is a hint, or is not looked for.

    Without a row the default in plans.checks counts; where one follows another within a plan's year, the later.
    ``exception_by_reason`` and ``release_by_author`` are asked of the rule about the resolution, which legitimises the
    release: every other may be outweighed by a reason anyway.
    """

    one_of = (("code",),)
    only_in = dict.fromkeys(
        ("exception_by_reason", "release_by_author"), OnlyIn("code", frozenset({RuleCode.RESOLUTION}))
    )

    code = models.CharField("Prüfung", max_length=40, choices=RuleCode.choices)
    severity = models.CharField("Wirkung", max_length=10, choices=Severity.choices)
    exception_by_reason = models.BooleanField(
        "Freigabe ohne Beschluss mit schriftlicher Begründung",
        default=False,
        help_text="Die Begründung bleibt mit dem Schritt verbunden.",
    )
    release_by_author = models.BooleanField(
        "Freigabe ohne zweite Person mit schriftlicher Begründung",
        default=False,
        help_text="Wer am Inhalt mitgeschrieben hat, gibt sonst nicht frei. Fassung, Verlauf und PDF sagen es immer.",
    )
    explanation = long_text(
        "Erläuterung",
        help_text="Warum das geprüft wird und was zu tun ist. Die Kommunen lesen es in der Plausibilitätsprüfung.",
    )

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Prüfregel"
        verbose_name_plural = "Prüfregeln"
        ordering = ["code", "valid_from", "pk"]

    def __str__(self) -> str:
        return str(self.get_code_display())

    def sort_text(self) -> str:
        place = RuleCode.values.index(self.code) if self.code in RuleCode.values else len(RuleCode.values)
        return f"{place:03d} {self.valid_from or ''}"


class FundingRule(ProgrammeRecord):
    """The rules of money in one year: limits, when proofs are due, how interest is reckoned.

    What a row leaves empty is taken from the row for all municipalities; what that leaves empty is not set, and what is
    not set is not checked. Every value says whether a source or an assumption stands behind it; none is a constant.
    """

    one_of = (("applies_to", "year"),)
    units: ClassVar[dict[str, str]] = {
        "maximum_share": "%",
        "overrun_percent": "%",
        "use_within": "=used_in",
        "pay_within_days": "Tage",
        "proof_due_months": "Monate",
        "interest_points": "Prozentpunkte",
        "retention_years": "Jahre",
    }
    str_related = ("applies_to",)

    year = calendar_year("Für das Jahr")
    applies_to = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Gilt für Kommune",
        help_text="Ohne Angabe gilt die Regel für alle Kommunen.",
    )
    maximum_share = models.DecimalField(
        "Landesanteil höchstens (Prozent)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    maximum_grant = EuroField("Höchstbetrag der Zuwendung (Euro)", null=True, blank=True)
    min_municipal_share = ShareField(
        "Anteil der Kommune mindestens (Prozent)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text="Veröffentlicht sind mindestens 30 %. Ob andere Deckungsmittel zählen, ist eine Annahme.",
    )
    share_base = models.CharField(
        "Die Anteile beziehen sich auf",
        max_length=20,
        choices=ShareBase.choices,
        blank=True,
        help_text="Annahme: alle zuwendungsfähigen Ausgaben. Der Finanzplan zeigt immer beide Anteile.",
    )
    overrun_percent = ShareField(
        "Überschreitung einzelner Ansätze bis (Prozent)",
        null=True,
        blank=True,
        help_text="Üblich sind 20 %, wenn an anderer Stelle gespart wird (ANBest-P Nr. 1.2; für Thüringen Annahme).",
    )
    use_within = models.PositiveSmallIntegerField(
        "Auszahlungen sind zu verwenden binnen",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(400)],
        help_text="Üblich sind 2 Monate (VV Bayern 7.2; für Thüringen Annahme).",
    )
    use_unit = models.CharField("gezählt in", max_length=8, choices=UseUnit.choices, blank=True)
    proof_due_months = models.PositiveSmallIntegerField(
        "Nachweis fällig nach (Monate)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(60)],
        help_text="Üblich sind 6, für Gebietskörperschaften 12 Monate (ANBest-P 6.1, ANBest-Gk 5.4; Annahme).",
    )
    proof_due_day = day_of_year(
        "Nachweis fällig am (Tag)",
        help_text="Der nächste nach dem Bewilligungszeitraum, zum Beispiel 31.03. Mit Monaten gilt, was früher ist.",
    )
    interest_kind = models.CharField(
        "Art der Verzinsung",
        max_length=10,
        choices=InterestKind.choices,
        blank=True,
        help_text="Annahme nach § 49a VwVfG; der Wortlaut für Thüringen ist nicht geprüft.",
    )
    interest_points = ShareField(
        "Zinssatz oder Punkte über dem Basiszinssatz",
        null=True,
        blank=True,
        help_text="Annahme: 5 Punkte über dem Basiszinssatz; andere Länder nehmen 3 %.",
    )
    interest_from = models.CharField(
        "Zinsen laufen",
        max_length=8,
        choices=InterestFrom.choices,
        blank=True,
        help_text="Annahme: ab der Auszahlung.",
    )
    day_count = models.CharField(
        "Tage eines Zinsjahres", max_length=6, choices=DayCount.choices, blank=True, help_text="Annahme: 365 Tage."
    )
    explain_percent = ShareField(
        "Abweichung begründen ab (Prozent)",
        null=True,
        blank=True,
        help_text="Unterschied zwischen Plan und Ausgaben, ab dem ein Satz nötig ist. Annahme: 10 %.",
    )
    explain_amount = EuroField(
        "Abweichung begründen ab (Euro)", null=True, blank=True, help_text="Oder ab diesem Betrag. Annahme: 1.000 €."
    )
    pay_within_days = models.PositiveSmallIntegerField(
        "Erste Auszahlung nach dem Bescheid binnen (Tagen)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(400)],
        help_text="Danach meldet die Prüfung Bescheide ohne Auszahlung. Annahme: 60 Tage.",
    )
    minor_amount = EuroField(
        "Bagatellgrenze (Euro)",
        null=True,
        blank=True,
        help_text="Darunter schlägt das Portal vor zu verzichten; ein Mensch entscheidet. Annahme.",
    )
    retention_years = models.PositiveSmallIntegerField(
        "Belege aufbewahren (Jahre)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(30)],
        help_text="Üblich sind mindestens 5 Jahre (Nr. 6 ANBest-P).",
    )
    note = models.CharField("Hinweis", max_length=300, blank=True, help_text="Zum Beispiel, woher die Grenze stammt.")

    class Meta(ProgrammeRecord.Meta):
        verbose_name = "Förderregel"
        verbose_name_plural = "Förderregeln"
        ordering = ["-year", "pk"]
        constraints = [
            *ProgrammeRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="%(app_label)s_%(class)s_year",
                violation_error_message="Geben Sie ein Jahr zwischen 2000 und 2100 an.",
            ),
            models.CheckConstraint(
                condition=(Q(maximum_share__isnull=True) | Q(maximum_share__gte=0, maximum_share__lte=100))
                & (Q(maximum_grant__isnull=True) | Q(maximum_grant__gte=0)),
                name="%(app_label)s_%(class)s_limits",
                violation_error_message=(
                    "Geben Sie den Anteil zwischen 0 und 100 Prozent und den Höchstbetrag als Betrag ab 0 an."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Förderregel {self.year}, {self.applies_to or 'alle Kommunen'}"

    @property
    def used_in(self) -> str:
        """In what the time of use is counted."""
        return str(self.get_use_unit_display())

    def clean(self) -> None:
        super().clean()
        if self.use_within is not None and not self.use_unit:
            raise ValidationError({"use_unit": "Wählen Sie, ob die Frist in Monaten oder in Tagen zählt."})
