"""What check, vote and decision read of a Kommune."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from funding.enums import ApplicationState
from funding.models import CostKind, FundingApplication
from participation.models import Session


def applications_of(session: Session) -> QuerySet[FundingApplication]:
    """What the session can advise: checked applications, and those about which it has voted (two queries)."""
    rows = FundingApplication.objects.filter(municipality=session.municipality)
    waiting = Q(state__in=(ApplicationState.CHECKED, ApplicationState.ADVISED))
    found = rows.filter(waiting | Q(votes__session=session)).distinct().order_by("case_number", "pk")
    return found.prefetch_related("finances")


def cost_kinds(used: Iterable[int]) -> list[CostKind]:
    """The kinds of cost that hold today, and those that are used (one query)."""
    today = timezone.localdate()
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    return list(CostKind.objects.filter(begun & lasting | Q(pk__in=set(used))).order_by("position", "sort_key"))
