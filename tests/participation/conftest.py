"""A regional conference with its fields of action and a cycle, for the tests of the flip chart."""

import pytest

from participation.models import Event
from planning.domain.cycle import start_cycle
from planning.models import ActionField, PlanningRegion
from tests.factories import make

TITLES = (
    "Steuerung, Vernetzung, Nachhaltigkeit",
    "Vereinbarkeit von Familie und Beruf, Mobilität",
    "Bildung im familiären Umfeld",
    "Beratung, Unterstützung und Information",
    "Wohnumfeld und Lebensqualität",
    "Dialog der Generationen",
)


@pytest.fixture
def fields(db):
    return [make(ActionField, None, full=False, number=n, title=title) for n, title in enumerate(TITLES, start=1)]


@pytest.fixture
def event(cast):
    region = make(PlanningRegion, cast.home, title="West", full=False)
    kind = "regional_conference"
    return make(Event, cast.home, title="Regionalkonferenz West", kind=kind, region=region, full=False)


@pytest.fixture
def cycle(cast):
    return start_cycle(municipality=cast.home, title="Zyklus", first_year=2026, last_year=2028, actor=cast.planner)
