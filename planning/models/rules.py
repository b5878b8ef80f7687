"""Settings of the programme by which plans are judged: what blocks a release, limits (docs/product.md §4, §5)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import Municipality
from planning.enums import RuleCode, Severity
from records.models.base import OnlyIn, ProgrammeRecord
from records.models.columns import calendar_year, euro, long_text


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
        "Erläuterung", help_text="Warum das geprüft wird und was zu tun ist. Die Kommunen lesen es beim Befund."
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
    """The limits of money in one year: greatest share of the Land, greatest grant of a municipality in euro.

    What a row leaves empty is taken from the row for all municipalities; what that leaves empty has no limit.
    """

    one_of = (("applies_to", "year"),)
    units: ClassVar[dict[str, str]] = {"maximum_share": "%", "maximum_grant": "€"}
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
    maximum_grant = euro("Höchstbetrag der Zuwendung (Euro)")
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
