"""A questionnaire that everybody may answer, and its answers until it closes (docs/adr/0069)."""

from django.db import models
from django.db.models import F, Q

from participation.models.events import Survey


class OpenSurvey(models.Model):
    """A questionnaire as it was opened to everybody. Working memory and no record: it goes when the survey closes.

    ``form`` is frozen (participation.domain.questionnaire), so that nobody answers something else than others did.
    """

    survey = models.OneToOneField(Survey, models.PROTECT, related_name="opened", verbose_name="Befragung")
    form = models.JSONField("Fragebogen")
    opens_on = models.DateField("Von")
    closes_on = models.DateField("Bis")

    class Meta:
        verbose_name = "Offene Befragung"
        verbose_name_plural = "Offene Befragungen"
        ordering = ["closes_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="participation_opensurvey_days",
                violation_error_message="Das Ende liegt vor dem Anfang. Geben Sie ein späteres Ende an.",
            )
        ]

    def __str__(self) -> str:
        return str(self.survey)


class SurveyReply(models.Model):
    """What one person answered, by the keys of the questions; nothing says who it was or when.

    ``key`` is the SHA-256 of what the sent page drew by lot: the same page sent twice is one reply.
    """

    opened = models.ForeignKey(OpenSurvey, models.CASCADE, related_name="replies", verbose_name="Offene Befragung")
    key = models.CharField(max_length=64)
    said = models.JSONField("Antworten")

    class Meta:
        verbose_name = "Ausgefüllter Fragebogen"
        verbose_name_plural = "Ausgefüllte Fragebögen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opened", "key"],
                name="participation_surveyreply_once",
                violation_error_message="Dieser Fragebogen ist schon angekommen.",
            )
        ]

    def __str__(self) -> str:
        return f"Fragebogen: {self.opened}"
