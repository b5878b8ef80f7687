"""What happens to calls: the next year's from the last one, withdrawn, another address."""

from datetime import date

from django.db import transaction

from accounts.models import User
from funding.deadlines import add_months
from funding.models import Call
from funding.models.calls import new_token
from records.domain.saving import create_record, update_record

TAKEN_OVER = ("municipality", "project_class", "text", "opens_at", "closes_at", "pot", "is_example")


@transaction.atomic
def next_call(call: Call, actor: User) -> Call:
    """The call of the year after: the same words, days a year later; one that is there already is returned.

    Raises PermissionDenied, ValidationError.
    """
    year = call.year + 1
    same = {"municipality": call.municipality, "project_class": call.project_class, "year": year}
    found = Call.objects.filter(**same, opens_on=add_months(call.opens_on, 12)).first()
    if found is not None:
        return found
    new = Call(
        year=year,
        title=with_year(call.title, call.year),
        opens_on=add_months(call.opens_on, 12),
        closes_on=add_months(call.closes_on, 12),
        **{name: getattr(call, name) for name in TAKEN_OVER},
    )
    links = {name: list(getattr(call, name).all()) for name in ("goals", "action_fields")}
    made: Call = create_record(new, actor=actor, links=links)
    return made


def with_year(title: str, year: int) -> str:
    """„Projekte 2027“ becomes „Projekte 2028“; a title without its year gets the new one."""
    if str(year) in title:
        return title.replace(str(year), str(year + 1))
    return f"{title[:155]} {year + 1}"


def withdraw_call(call: Call, actor: User, day: date) -> None:
    """From now on the public address answers with a sentence. Raises PermissionDenied, StaleRecord."""
    call.withdrawn_on = day
    update_record(call, version=call.version, actor=actor, reason="Aufruf zurückgezogen")


def renew_link(call: Call, actor: User) -> None:
    """Make the printed address dead and give another one. Raises PermissionDenied, StaleRecord."""
    call.token = new_token()
    update_record(call, version=call.version, actor=actor, reason="Neue Adresse des Formulars")
