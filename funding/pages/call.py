"""The page of a call: its public address, its text for the Amtsblatt, its applications, and what of the pot is free."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Action
from funding.domain.reckoning.steps import euro, total
from funding.enums import ApplicationState
from funding.models import Call, FundingApplication
from funding.queries.in_force import decided_in
from funding.queries.local_rules import states_in
from records.registry import kind_of


def call_parts(call: Call, access: Access) -> Mapping[str, Any]:
    """What stands on the page besides the facts."""
    place, kind = call.municipality, kind_of(FundingApplication)
    may_write = access.allows(Action.WRITE, place)
    steps = ("next", "withdraw", "new-link")
    return {
        "call": call,
        "standing": standing_of(call),
        "address": public_address(call),
        "announcement": announcement(call),
        "may_write": may_write,
        "qr": {ending: reverse("funding:call-qr", args=[place.slug, call.pk, ending]) for ending in ("svg", "png")},
        "urls": {step.replace("-", "_"): reverse(f"funding:call-{step}", args=[place.slug, call.pk]) for step in steps},
        "applications": f"{kind.url('list', place)}?call={call.pk}" if may_write else "",
        "states": states_of(call) if may_write else (),
        "pot": pot_lines(call),
    }


def public_address(call: Call) -> str:
    """The address of the form for Träger, below that of the portal."""
    return reverse("funding:public-call", args=[call.token])


def standing_of(call: Call) -> str:
    """Whether applications are taken now."""
    now = timezone.now()
    if call.withdrawn_on is not None:
        return f"Zurückgezogen am {call.withdrawn_on:%d.%m.%Y}. Es werden keine Anträge angenommen."
    if now < call.opens:
        return f"Öffnet am {call.opens_on:%d.%m.%Y} um {call.opens_at} Uhr."
    if now > call.closes:
        return f"Geschlossen seit {call.closes_on:%d.%m.%Y}, {call.closes_at} Uhr."
    return f"Offen bis {call.closes_on:%d.%m.%Y}, {call.closes_at} Uhr."


def announcement(call: Call) -> str:
    """What is printed in the Amtsblatt, ready to be copied; the address is put behind it."""
    parts = [f"{call.municipality.authority}: {call.title}", call.text.strip()]
    until = f"{call.closes_on:%d.%m.%Y}, {call.closes_at} Uhr"
    parts.append(f"Anträge für das Jahr {call.year} können bis {until} gestellt werden.")
    if call.pot is not None:
        parts.append(f"Für diesen Aufruf stehen {euro(call.pot)} bereit. Ein Anspruch auf Förderung besteht nicht.")
    return "\n\n".join(part for part in parts if part)


def states_of(call: Call) -> tuple[tuple[str, int], ...]:
    """How many applications stand where, in the order of the states (one query)."""
    numbers = Counter(states_in(call))
    return tuple((str(label), numbers[code]) for code, label in ApplicationState.choices if numbers[code])


def pot_lines(call: Call) -> tuple[tuple[str, str], ...]:
    """Pot, what of it is decided, what is free (one query); what is not set is not reckoned."""
    decided = total(decided_in(call).values())
    if call.pot is None:
        return (("Topf", "nicht festgelegt; was frei ist, wird nicht geprüft"), ("Bewilligt", euro(decided)))
    return (("Topf", euro(call.pot)), ("Bewilligt", euro(decided)), ("Frei", euro(call.pot - decided)))
