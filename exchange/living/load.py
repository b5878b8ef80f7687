"""Loading the demonstration that lives: the other municipalities founded, the model municipalities carried on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from django.db import transaction

from accounts.enums import Role
from accounts.models import Municipality, RoleAssignment, User
from exchange.dated import written_on
from exchange.dossier.demo import DOSSIERS, SINCE
from exchange.living.calendar import Calendar
from exchange.living.carrying import carry_on, models
from exchange.living.desk import keep_deadlines, lay_out
from exchange.living.founding import found
from exchange.living.granting import around_today
from exchange.living.lives import in_turn, live
from exchange.living.meeting import meet, meet_around_today
from exchange.living.place import UID, Catalogue, People, Place
from exchange.living.progress import (
    add_current_steps,
    add_first_steps,
    add_today,
    mark_phases,
    reach_milestones,
    report_values,
)
from exchange.living.settling import settle_2019
from planning.enums import Phase, Progress
from planning.models import PlanningCycle, StepTemplate
from plans.domain.freezing import Freezing, side_by_side

MOST = 50  # municipalities that are founded; a test takes fewer
FIRST_ONES = 10  # one in ten was there from the first year of the cycle, the others joined in the second


@transaction.atomic
def load_living(day: date) -> int:
    """Fill what is empty with years around that day; returns how many municipalities were filled.

    All or nothing, and once: where invented years stand already, nothing changes.
    """
    if PlanningCycle.objects.filter(uid__startswith=UID).exists():
        return 0
    calendar, catalogue = Calendar(day), Catalogue()
    ministry = User.objects.get(username="ministerium")
    carried, founded = models(calendar, catalogue, ministry), found_all(calendar, catalogue, ministry)
    places = [*carried, *founded]
    templates = {row.uid: row for row in StepTemplate.objects.all()}
    with side_by_side() as freezing:
        in_turn(
            chain(
                carry_on(carried, calendar, freezing),
                set_off(carried, templates, freezing),
            ),
            set_off(founded, templates, freezing),
        )
    for place in places:
        with written_on(calendar.ago(1 + place.number % 6)):
            finish(place, templates)
    for place in carried:
        settle_2019(place)
        around_today(place)
    lay_out(carried, calendar, ministry)
    return len(places)


def set_off(places: list[Place], templates: dict[str, StepTemplate], freezing: Freezing) -> Iterator[None]:
    """Let the current cycle of these municipalities begin, and their plans live."""
    for place in places:
        add_first_steps(place, templates)
    yield from live(places, freezing)


def found_all(calendar: Calendar, catalogue: Catalogue, ministry: User) -> list[Place]:
    """The municipalities of that day in which nobody plans yet."""
    taken = PlanningCycle.objects.values("municipality_id")
    empty = Municipality.objects.current(calendar.day).exclude(pk__in=taken).exclude(ags__in=DOSSIERS).order_by("ags")
    places = []
    for number, municipality in enumerate(empty[:MOST]):
        own = replace(calendar, later=1 if number % FIRST_ONES else 0)
        with written_on(date(own.first - 1, 9, 15)):
            places.append(found(municipality, number, own, people_of(municipality, ministry), catalogue))
    return places


def people_of(municipality: Municipality, ministry: User) -> People:
    """Planner and Leitung, who appear as those who did something but cannot log in."""
    made = []
    for word, role in (("planung", Role.PLANNER), ("leitung", Role.LEAD)):
        user, created = User.objects.get_or_create(
            username=f"{word}-{municipality.slug}",
            defaults={"display_name": f"{word.capitalize()} {municipality.name}"},
        )
        if created:
            user.set_unusable_password()
            user.save()
        RoleAssignment.objects.get_or_create(
            user=user, role=role, municipality=municipality, defaults={"valid_from": SINCE}
        )
        made.append(user)
    planner, lead = made
    return People(planner, lead, ministry)


def finish(place: Place, templates: dict[str, StepTemplate]) -> None:
    """What happened since the plan at work was written, and what lies ahead."""
    calendar = place.calendar
    meet(place, calendar.ahead(150))
    meet_around_today(place)
    add_current_steps(place, templates)
    add_today(place)
    keep_deadlines(place)
    place.store(calendar.ago(1 + place.number % 6))
    report_values(place, calendar.focus - 1, share=3)
    reach_milestones(place, calendar.ago(60))
    rests = Progress.RESTING if place.number % 10 == 4 else Progress.RUNNING
    mark_phases(
        place,
        {
            Phase.RESOLUTION: (Progress.RUNNING, calendar.ago(90), None),
            Phase.IMPLEMENTATION: (rests, date(calendar.first, 1, 1), None),
            Phase.CONTROLLING: (Progress.RUNNING, min(date(calendar.first + 1, 1, 1), calendar.ago(100)), None),
        },
    )
