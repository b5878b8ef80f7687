"""A municipality of the demonstration while its invented years are written."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from accounts.enums import MunicipalityKind
from accounts.models import Municipality, User
from exchange.dated import at_ten
from exchange.living.calendar import Calendar
from exchange.seed.rows import Rows
from exchange.seed.store import store
from exchange.seed.topics import TOPICS, Topic
from participation.models import Body
from planning.models import ActionField, LifePhase, Measure, PlanningCycle, PlanningRegion
from records.domain.saving import update_record
from records.models import Record

UID = "vorfuehrung-"
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Catalogue:
    """What the programme names, by number."""

    action_fields: dict[int, ActionField] = field(
        default_factory=lambda: {row.number: row for row in ActionField.objects.order_by("-valid_until", "pk")}
    )
    life_phases: dict[int, LifePhase] = field(
        default_factory=lambda: {row.number: row for row in LifePhase.objects.order_by("-valid_until", "pk")}
    )


@dataclass(frozen=True)
class People:
    """Who acts in a municipality."""

    planner: User
    lead: User
    ministry: User


@dataclass
class Place:
    """A municipality with what its rows are made of. ``number`` makes it differ from the others.

    ``council`` decides, ``board`` advises, ``group`` steers inside the administration. ``new_topic`` is taken up in the
    second year, ``voices`` are what people say about the need of that title. ``at_work`` and ``in_force`` say where the
    last two plans of the cycle stand, where the number is not to decide; ``delays`` are the days by which the plan of a
    year is later than usual. ``is_model``: it was there in the model phase and writes Sachberichte since.
    """

    municipality: Municipality
    number: int
    calendar: Calendar
    people: People
    rows: Rows
    cycle: PlanningCycle
    council: Body
    board: Body
    group: Body
    catalogue: Catalogue
    new_topic: Topic
    voices: dict[str, tuple[str, ...]]
    at_work: str = ""
    in_force: str = ""
    delays: dict[int, int] = field(default_factory=dict)
    since: date = date.min
    is_model: bool = False

    @property
    def is_city(self) -> bool:
        """A city has a Stadtrat and Sozialräume, a district a Kreistag and Planungsregionen."""
        return self.municipality.kind == MunicipalityKind.CITY

    def regions(self) -> list[PlanningRegion]:
        """Its Planungsregionen."""
        return self.rows.of(PlanningRegion)

    def measures(self) -> list[Measure]:
        """The measures of the current cycle."""
        return [row for row in self.rows.of(Measure) if row.cycle == self.cycle]

    def store(self, day: date) -> int:
        """Store what was added, as written on that day."""
        return store(self.rows, at_ten(day), self.people.planner)

    def change(self, record: R, reason: str = "", **values: Any) -> R:
        """Change a stored record as its planner would."""
        for name, value in values.items():
            setattr(record, name, value)
        return update_record(record, version=record.version, actor=self.people.planner, reason=reason)


def topic_of(number: int, step: int) -> Topic:
    """One subject of the Handlungsfeld that is so many steps after the first of a municipality."""
    field = (number + step) % 6
    return TOPICS[2 * field + (number // 6 + step) % 2]


def shifted(place: Place, year: int, month: int, day: int) -> date:
    """A working day near that one, another for each municipality."""
    wanted = date(year, month, min(28, day + place.number % 9))
    return date.fromordinal(wanted.toordinal() - max(0, wanted.weekday() - 4))
