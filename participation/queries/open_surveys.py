"""Surveys that are open to everybody."""

from datetime import date

from django.db.models import Count

from accounts.models import Municipality
from participation.models import OpenSurvey, Survey

MOST_SHOWN = 100


def opened_at(slug: str, pk: int, today: date) -> OpenSurvey | None:
    """The survey of a public address, from its first day on (one query)."""
    if pk >= 2**63:
        return None
    rows = OpenSurvey.objects.select_related("survey__municipality")
    return rows.filter(survey__municipality__slug=slug, survey=pk, opens_on__lte=today).first()


def closed_at(slug: str, pk: int) -> Survey | None:
    """A survey that was open there and is over (one query)."""
    if pk >= 2**63:
        return None
    rows = Survey.objects.select_related("municipality").filter(municipality__slug=slug, pk=pk)
    return rows.filter(read_in__portal__isnull=False).first()


def answerable(today: date, place: Municipality | None = None) -> list[OpenSurvey]:
    """What everybody can answer today, the one that ends first first (one query)."""
    rows = OpenSurvey.objects.filter(opens_on__lte=today, closes_on__gte=today)
    rows = rows.filter(survey__municipality=place) if place else rows
    return list(rows.select_related("survey__municipality").order_by("closes_on", "pk")[:MOST_SHOWN])


def opened_of(survey: Survey) -> OpenSurvey | None:
    """Whether the survey is open in the portal, with the number of its replies as ``arrived`` (one query)."""
    return OpenSurvey.objects.filter(survey=survey).annotate(arrived=Count("replies")).first()


def version_of(survey: Survey) -> int:
    """The version that is stored now (one query)."""
    return Survey.objects.values_list("version", flat=True).get(pk=survey.pk)
