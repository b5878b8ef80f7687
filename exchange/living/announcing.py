"""A conference that the model municipalities announce to everybody, with invented people who have registered."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.domain.codes import key_of, new_secret
from exchange.dated import written_on
from exchange.living.calendar import Calendar, on
from exchange.living.place import Place
from participation.enums import EventKind, Occurrence, Seat, StakeholderGroup
from participation.models import Event, SignUp
from planning.enums import Phase
from records.domain.saving import create_record

GUESTS = (
    ("Gast Eins (Beispiel)", "Elternbeirat", StakeholderGroup.FAMILIES, 2, Seat.GIVEN),
    ("Gast Zwei (Beispiel)", "", StakeholderGroup.CITIZENS, 1, Seat.GIVEN),
    ("Gast Drei (Beispiel)", "Sportverein", StakeholderGroup.CULTURE_SPORT, 2, Seat.WAITING),
)


def announce(places: Iterable[Place], calendar: Calendar) -> None:
    """One event for each place; the second registration has taken the last seat."""
    for place in places:
        event = Event(
            municipality=place.municipality,
            title="Familienkonferenz",
            kind=EventKind.REGIONAL_CONFERENCE,
            phase=Phase.NEEDS,
            state=Occurrence.PLANNED,
            begin=on(calendar.ahead(45)),
            starts_at="16:00",
            place="Bürgerhaus",
            is_announced=True,
            register_until=calendar.ahead(38),
            seats=4,
            invitation=(
                "Beispiel: Was fehlt Familien hier? Wir zeigen, was aus den Ideen der letzten Konferenz geworden ist, "
                "und sammeln neue.\n\nFür Kinder gibt es eine Betreuung, der Saal ist stufenlos erreichbar."
            ),
            is_example=True,
        )
        with written_on(calendar.ago(9)):
            create_record(event, actor=place.people.planner)
        day = timezone.make_aware(datetime.combine(calendar.ago(5), time(10)))
        for number, (name, organisation, group, people, seat) in enumerate(GUESTS):
            email = f"gast-{number + 1}@example.org"
            at = day + timedelta(hours=number)
            SignUp.objects.create(
                event=event,
                key=key_of(new_secret()),
                name=name,
                organisation=organisation,
                email=email,
                address=email,
                group=group,
                people=people,
                started_at=at,
                confirmed_at=at,
                seat=seat,
            )
