"""Hints at a place, and those of several municipalities."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from django.db.models import QuerySet

from accounts.models import Municipality
from participation.enums import HintState
from participation.models import Hint
from records.queries.prepared import MUNICIPALITY, Parameter, PreparedRows


def hints_at(municipality: Municipality, key: str) -> list[Hint]:
    """The hints at a place, whatever became of them (one query)."""
    return statement().run(municipality, about=key)


def waiting_below(municipality: Municipality, prefix: str) -> Counter[str]:
    """How many hints that are not settled stand at places whose key begins so, by its rest (one query)."""
    rows = Hint.objects.filter(municipality=municipality, about__startswith=prefix).exclude(state=HintState.SETTLED)
    return Counter(key.removeprefix(prefix) for key in rows.values_list("about", flat=True))


@cache
def statement() -> PreparedRows:
    """The same for any place."""
    return PreparedRows(Hint.objects.filter(municipality=MUNICIPALITY, about=Parameter("about")).order_by())


def hints_in(places: Iterable[Municipality]) -> QuerySet[Hint]:
    """The hints in several municipalities, the newest first."""
    return Hint.objects.filter(municipality__in=list(places)).order_by("-pk")
