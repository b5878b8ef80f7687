"""Who in the ministry reviews a submitted edition, and until when."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from accounts.enums import Action
from accounts.policies import Policy, kept_by
from plans.models.version import PlanVersion
from records.models import MunicipalRecord


class PlanReview(MunicipalRecord):
    """The ministry's review of an edition: the person in charge by function, and the day until which it is to end."""

    policy: ClassVar[Policy] = kept_by(Action.REVIEW)
    in_dossier: ClassVar[bool] = False
    str_related: ClassVar[tuple[str, ...]] = ("responsible",)

    plan_version = models.OneToOneField(
        PlanVersion, models.PROTECT, related_name="review", editable=False, verbose_name="Fassung"
    )
    responsible: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Zuständig",
        help_text="Wer im Ministerium die Prüfung führt.",
    )
    due = models.DateField(
        "Prüfen bis", null=True, blank=True, help_text="Bis wann die Kommune mit einer Antwort rechnen kann."
    )

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Prüfung eines Plans"
        verbose_name_plural = "Prüfungen von Plänen"
        ordering = ["plan_version"]

    def __str__(self) -> str:
        return self.in_words or "Prüfung ohne Zuständigkeit"

    @property
    def in_words(self) -> str:
        """„Referat 31, bis 15.12.2026“; empty where nothing is said."""
        person = str(self.responsible) if self.responsible else ""
        until = f"bis {self.due:%d.%m.%Y}" if self.due else ""
        return ", ".join(part for part in (person, until) if part)
