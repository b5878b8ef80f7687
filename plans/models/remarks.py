"""What the ministry remarks on a submitted plan, chapter by chapter, and what the municipality answers."""

from typing import ClassVar

from django.db import models

from accounts.enums import Action
from accounts.policies import Policy, kept_by
from plans.enums import ChapterCode
from plans.models.version import PlanVersion
from records.models import MunicipalRecord
from records.models.columns import long_text


class Remark(MunicipalRecord):
    """A remark of the ministry; the municipality reads it when the plan has been returned or approved."""

    policy: ClassVar[Policy] = kept_by(Action.REVIEW)
    in_dossier: ClassVar[bool] = False

    plan_version = models.ForeignKey(
        PlanVersion, models.PROTECT, related_name="remarks", editable=False, verbose_name="Fassung"
    )
    chapter = models.CharField("Kapitel", max_length=12, choices=ChapterCode.choices)
    text = long_text("Anmerkung", blank=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Anmerkung"
        verbose_name_plural = "Anmerkungen"
        ordering = ["plan_version", "pk"]

    def __str__(self) -> str:
        return f"Anmerkung zu {self.get_chapter_display()}"


class RemarkAnswer(MunicipalRecord):
    """What the municipality answers to a remark."""

    in_dossier: ClassVar[bool] = False

    remark = models.OneToOneField(
        Remark, models.PROTECT, related_name="answer", editable=False, verbose_name="Anmerkung"
    )
    text = long_text("Antwort")
    settled = models.BooleanField("Im Plan erledigt", default=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Antwort auf eine Anmerkung"
        verbose_name_plural = "Antworten auf Anmerkungen"
        ordering = ["remark"]

    def __str__(self) -> str:
        return f"Antwort: {self.remark}"
