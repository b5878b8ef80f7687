"""Questions and free texts of one survey."""

from django.db.models import QuerySet

from participation.enums import TextState
from participation.models import FreeText, Survey, SurveyQuestion
from records.text import whole_number


def questions_in_order(survey: Survey) -> list[SurveyQuestion]:
    """All questions (one query)."""
    return list(SurveyQuestion.objects.filter(survey=survey).order_by("position", "pk"))


def question_of(survey: Survey, key: str) -> SurveyQuestion | None:
    """A question by what an address or form says."""
    return SurveyQuestion.objects.filter(survey=survey, pk=whole_number(key) or 0).first()


def new_texts(survey: Survey) -> QuerySet[FreeText]:
    """What nobody has looked through."""
    return FreeText.objects.filter(question__survey=survey, state=TextState.NEW).select_related("question")


def released_texts(survey: Survey) -> QuerySet[FreeText]:
    """What others may read."""
    states = (TextState.RELEASED, TextState.BLACKENED)
    return FreeText.objects.filter(question__survey=survey, state__in=states).select_related("question")
