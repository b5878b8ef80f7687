"""What an adviser sees of the own municipalities: what has changed, appointments, hints. Nothing grows with rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from accounts.access import Access
from accounts.enums import Action
from accounts.models import Municipality
from overview.queries.changes import changed_since
from overview.queries.due import Leaf, distance_to, leaf_of
from participation.enums import HintState, Occurrence, SupportKind
from participation.models import Event, Hint, Session, SupportRecord
from participation.queries.hints import hints_in
from plans.models import PlanEvent
from records.parts import Link
from records.places import home_url
from records.registry import kind_of
from records.templatetags.german import datum
from records.vague import VagueDate

APPOINTMENTS, PLAN_STEPS = 3, 4  # shown of each municipality


@dataclass(frozen=True)
class Appointment:
    """A date ahead in a municipality."""

    title: str
    kind: str
    url: str
    when: VagueDate
    leaf: Leaf
    distance: str


@dataclass(frozen=True)
class AdvisedPlace:
    """A municipality on an adviser's start page. ``changes`` lead to lists, ``hints`` wait for somebody."""

    name: str
    url: str
    changes: tuple[Link, ...]
    plan_steps: tuple[Link, ...]
    appointments: tuple[Appointment, ...]
    hints: tuple[tuple[Link, str], ...]
    hints_url: str
    requests: tuple[Link, ...]
    advise_url: str


def advised_by(access: Access) -> list[Municipality]:
    """The municipalities that the person advises, by name."""
    return [place for place in access.municipalities() if access.allows(Action.ADVISE, place)]


def advised_places(access: Access, since: datetime | None, today: date) -> list[AdvisedPlace]:
    """All of them, with what has changed since the last visit (eight queries)."""
    places = advised_by(access)
    changed = changed_since(places, since, access.user) if since else {}
    steps = plan_steps(places, since) if since else {}
    dates, hints, asked = appointments(places, today), open_hints(places), requests(places)
    return [
        AdvisedPlace(
            name=place.name,
            url=home_url(place),
            changes=tuple(
                Link(f"{number} {kind.label if number == 1 else kind.plural}", kind.url("list", place))
                for kind, number in changed.get(place.pk, {}).items()
            ),
            plan_steps=tuple(steps.get(place.pk, ())[:PLAN_STEPS]),
            appointments=tuple(dates[place.pk][:APPOINTMENTS]),
            hints=tuple(hints[place.pk]),
            hints_url=kind_of(Hint).url("list", place),
            requests=tuple(asked[place.pk]),
            advise_url=kind_of(SupportRecord).url("create", place),
        )
        for place in places
    ]


def plan_steps(places: list[Municipality], since: datetime) -> dict[int, list[Link]]:
    """Steps of plans since a moment, the newest first."""
    found: dict[int, list[Link]] = defaultdict(list)
    rows = PlanEvent.objects.filter(plan__municipality__in=places, at__gt=since).order_by("-at", "-pk")
    for row in rows.select_related("plan__municipality"):
        url = reverse("plans:plan-detail", args=[row.plan.municipality.slug, row.plan_id])
        found[row.plan.municipality_id].append(Link(f"{row.plan}: {words_of(row)}", url))
    return found


def words_of(step: PlanEvent) -> str:
    """„Zurückgeben“, jetzt zurückgegeben, with its time: the step as the inbox tells it."""
    return f"„{step.get_action_display()}“, jetzt {step.get_to_state_display()}, am {datum(step.at)}"


def appointments(places: list[Municipality], today: date) -> dict[int, list[Appointment]]:
    """Next appointments of the process support, planned sessions and events, by day."""
    now = VagueDate(today)
    by_key = {place.pk: place for place in places}
    found: dict[int, list[Appointment]] = defaultdict(list)

    def add(model: Any, rows: Iterable[tuple[int, int, str, VagueDate]], kind: str = "") -> None:
        for pk, place, title, when in rows:
            if when.last >= today:
                url = kind_of(model).url("detail", by_key[place], pk)
                words = kind or kind_of(model).label
                found[place].append(Appointment(title, words, url, when, leaf_of(when), distance_to(when, today)))

    year = VagueDate(now.first.replace(month=1, day=1))  # a vague date of this year may still lie ahead
    here = {"municipality__in": places}
    columns = ("pk", "municipality_id", "label")
    support = SupportRecord.objects.filter(**here, next_on__gte=year).values_list(*columns, "next_on", "next_subject")
    add(SupportRecord, [(pk, p, then or title, on) for pk, p, title, on, then in support], "Nächster Termin")
    coming = SupportRecord.objects.filter(**here, begin__gte=year).exclude(kind=SupportKind.REQUEST)
    add(SupportRecord, coming.values_list(*columns, "begin"))
    planned = {**here, "state": Occurrence.PLANNED}
    add(Session, Session.objects.filter(**planned, held_on__gte=year).values_list(*columns, "held_on"))
    add(Event, Event.objects.filter(**planned, begin__gte=year).values_list(*columns, "begin"))
    for rows in found.values():
        rows.sort(key=lambda row: (row.when.last, row.title))
    return found


def open_hints(places: list[Municipality]) -> dict[int, list[tuple[Link, str]]]:
    """Hints that are not settled, with their state in words; answered ones wait for the adviser and come first."""
    found: dict[int, list[tuple[Link, str]]] = defaultdict(list)
    rows = hints_in(places).exclude(state=HintState.SETTLED).select_related("municipality")
    for hint in sorted(rows, key=lambda row: (row.state != HintState.ANSWERED, -row.pk)):
        url = kind_of(Hint).url("detail", hint.municipality, hint.pk)
        words = f"{hint.about_label}, {hint.get_state_display()}" if hint.about_label else hint.get_state_display()
        found[hint.municipality_id].append((Link(hint.title, url), words))
    return found


def requests(places: list[Municipality]) -> dict[int, list[Link]]:
    """Requests for support that nobody has settled."""
    found: dict[int, list[Link]] = defaultdict(list)
    rows = SupportRecord.objects.filter(municipality__in=places, kind=SupportKind.REQUEST, is_open=True)
    for row in rows.select_related("municipality").order_by("pk"):
        url = kind_of(SupportRecord).url("detail", row.municipality, row.pk)
        found[row.municipality_id].append(Link(row.subject, url))
    return found
