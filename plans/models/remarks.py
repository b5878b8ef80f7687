"""What ministry and Leitung remark on a plan, chapter by chapter, and what the planner answers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.enums import Action
from accounts.policies import Grant, Policy
from plans.enums import ChapterCode
from plans.models.plan import Plan
from plans.models.version import PlanVersion
from records.models import MunicipalRecord
from records.models.columns import long_text

REVIEWS = Grant(Action.REVIEW)
LEADS = Grant(Action.RELEASE, own=True)


class Remark(MunicipalRecord):
    """A remark of the ministry on a frozen edition, or of the Leitung on one that is still a draft.

    The municipality reads the ministry's when the plan has been returned or approved; those of the Leitung stay in the
    municipality.
    """

    policy: ClassVar[Policy] = Policy(
        see=(Grant(Action.READ),),
        create=(REVIEWS, LEADS),
        change=(REVIEWS, LEADS),
        delete=(REVIEWS, LEADS),
    )
    in_dossier: ClassVar[bool] = False

    plan_version = models.ForeignKey(
        PlanVersion, models.PROTECT, null=True, related_name="remarks", editable=False, verbose_name="Fassung"
    )
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, related_name="lead_remarks", editable=False, verbose_name="Plan"
    )
    edition = models.PositiveSmallIntegerField("Entwurf der Fassung", null=True, editable=False)
    chapter = models.CharField("Kapitel", max_length=12, choices=ChapterCode.choices)
    text = long_text("Anmerkung", blank=False)

    class Meta(MunicipalRecord.Meta):
        verbose_name = "Anmerkung"
        verbose_name_plural = "Anmerkungen"
        ordering = ["plan_version", "pk"]
        constraints = [
            *MunicipalRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(plan_version__isnull=False, plan__isnull=True, edition__isnull=True)
                | Q(plan_version__isnull=True, plan__isnull=False, edition__isnull=False),
                name="%(app_label)s_%(class)s_one_side",
                violation_error_message="Eine Anmerkung gehört zu einer Fassung oder zu einem Entwurf.",
            ),
        ]

    def __str__(self) -> str:
        return f"Anmerkung zu {self.get_chapter_display()}"

    @property
    def is_of_lead(self) -> bool:
        """True for one that the Leitung wrote on a draft."""
        return self.plan_version_id is None

    @property
    def plan_key(self) -> int:
        """The plan on which it was written."""
        return (self.plan_id or 0) if self.plan_version is None else self.plan_version.plan_id


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
