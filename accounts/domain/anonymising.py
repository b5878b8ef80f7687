"""Forgetting who left: what names a person goes a year after the last role, what the person did stays by its function.

The history of people never held user name or address. Accounts are named by function (docs/glossary.md); where a name
was used all the same, the page „Datenschutz“ says what stays.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from accounts.domain.invitations import withdraw_open
from accounts.domain.sessions import end_sessions
from accounts.domain.versions import claim
from accounts.models import RoleAssignment, User

AFTER = timedelta(days=365)
GONE = "ehemalig-"


def left_before(day: date) -> QuerySet[User]:
    """People whose last role ended before the day, with ``left_on``, and who are named still."""
    later = RoleAssignment.objects.filter(user=OuterRef("pk")).filter(Q(valid_until=None) | Q(valid_until__gte=day))
    rows = User.objects.filter(~Exists(later)).exclude(username__startswith=GONE)
    rows = rows.annotate(left_on=Max("assignments__valid_until"))
    return rows.filter(left_on__isnull=False).order_by("left_on", "pk")


def to_anonymise(today: date) -> list[User]:
    """Whose term ended a year ago or longer."""
    return list(left_before(today - AFTER))


def anonymise_people(today: date, *, actor: User | None) -> list[User]:
    """Forget user name, address and password of all of them; returns them. Raises PermissionDenied, ValidationError."""
    return [forget(person, actor=actor) for person in to_anonymise(today)]


@transaction.atomic
def forget(person: User, *, actor: User | None) -> User:
    """What names the person goes; the function stays, because what was done stands by it."""
    claim(person)
    person.username, person.email, person.is_active = f"{GONE}{person.pk}", "", False
    person.set_unusable_password()
    person._history_user = actor  # type: ignore[attr-defined]
    person._change_reason = "anonymisiert"  # type: ignore[attr-defined]
    person.save()
    end_sessions(person)
    withdraw_open(person)
    return person
