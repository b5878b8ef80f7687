"""What is begun on the page of a record knows what that record knows; every way that a page offers is taken."""

import pytest
from django.utils import timezone

from participation.models import (
    AgendaItem,
    Body,
    Consultation,
    Decision,
    Event,
    Finding,
    Resolution,
    Session,
    Survey,
    Task,
)
from planning.models import (
    ActionField,
    Commune,
    DataSource,
    Document,
    Goal,
    IndicatorValue,
    Offer,
    PlanningCycle,
    PlanningRegion,
)
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.html import read_form

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.once]
DAY = VagueDate.from_iso("2018-06-14")
AHEAD = VagueDate(timezone.localdate().replace(month=1, day=1, year=timezone.localdate().year + 1))


@pytest.fixture
def place(cast):
    """One of each from which something is begun."""
    home = cast.home
    region = make(PlanningRegion, home, full=False, title="Nord")
    commune = make(Commune, home, full=False, name="Artern")
    region.communes.add(commune)
    field = make(ActionField, None, full=False, number=1, title="Familie")
    cycle = make(PlanningCycle, home, full=False, first_year=2017, last_year=2019)
    body = make(Body, home, full=False, title="Kreistag", kind="district_council")
    planned = make(Session, home, full=False, body=body, held_on=AHEAD, state="planned", phase="goals")
    held = make(Session, home, full=False, body=body, held_on=DAY, state="held", phase="goals", place="Rathaus")
    put_off = {"outcome": "deferred", "resolved_on": DAY, "deferred_to": VagueDate.from_iso("2018-09")}
    return {
        "region": region,
        "commune": commune,
        "field": field,
        "cycle": cycle,
        "body": body,
        "session": held,
        "planned": planned,
        "item": make(AgendaItem, home, full=False, session=held),
        "event": make(Event, home, full=False, region=region, kind="workshop"),
        "interview": make(Event, home, full=False, region=region, kind="interview"),
        "survey": make(Survey, home, full=False),
        "source": make(DataSource, home, full=False, as_of=VagueDate.from_iso("2017")),
        "document": make(Document, home, full=False),
        "goal": make(Goal, home, full=False, cycle=cycle, level="guiding", action_field=field),
        "deferred": make(
            Resolution, home, full=False, body=body, subject="Vorlage", legitimises="plan", first_year=2018, **put_off
        ),
    }


@pytest.mark.parametrize(
    ("model", "relation", "origin", "known"),
    [
        (Finding, "event", "event", {"origin": "=event", "region": "region"}),
        (Finding, "event", "interview", {"origin": "=interview", "region": "region"}),
        (Finding, "session", "session", {"origin": "=session", "session": "session"}),
        (Finding, "survey", "survey", {"origin": "=survey"}),
        (Finding, "data_source", "source", {"origin": "=data_source"}),
        (Finding, "document", "document", {"origin": "=document"}),
        (Finding, "region", "region", {"region": "region"}),
        (Event, "region", "region", {"region": "region"}),
        (Session, "body", "body", {"body": "body", "phase": "=goals"}),
        (Body, "predecessor", "body", {"predecessor": "body", "kind": "=district_council"}),
        (Decision, "agenda_item", "item", {"agenda_item": "item", "session": "session"}),
        (Task, "agenda_item", "item", {"agenda_item": "item", "session": "session"}),
        (Resolution, "session", "session", {"body": "body", "resolved_on_day": "=14.06.2018", "outcome": "=adopted"}),
        (Resolution, "session", "planned", {"body": "body", "outcome": "=expected"}),
        (Resolution, "body", "body", {"body": "body"}),
        (Resolution, "cycle", "cycle", {"cycle": "cycle", "legitimises": "=plan"}),
        (
            Resolution,
            "follows",
            "deferred",
            {
                "follows": "deferred",
                "body": "body",
                "subject": "=Vorlage",
                "legitimises": "=plan",
                "first_year": "=2018",
            },
        ),
        (Consultation, "session", "session", {"body": "body", "outcome": "=recommended"}),
        (Consultation, "session", "planned", {"body": "body", "outcome": "=expected"}),
        (Consultation, "resolution", "deferred", {"resolution": "deferred"}),
        (Goal, "parent", "goal", {"cycle": "cycle", "level": "=action", "action_field": "field"}),
        (Offer, "commune", "commune", {"commune": "commune", "regions": "region"}),
        (IndicatorValue, "region", "region", {"area": "=Nord"}),
        (IndicatorValue, "commune", "commune", {"area": "=Artern"}),
        (IndicatorValue, "data_source", "source", {"year": "=2017", "data_source": "source"}),
    ],
)
def test_what_is_begun_from_a_record_takes_over_what_it_knows(cast, place, model, relation, origin, known):
    client, kind = cast.client(), kind_of(model)
    url = f"{kind.url('create', cast.home)}?{relation}={place[origin].pk}"
    page = client.get(kind_of(type(place[origin])).url("detail", cast.home, place[origin].pk)).content.decode()
    assert url in page, "the record's page leads here"
    values = read_form(client.get(url).content).values
    wanted = {name: text[1:] if text[0] == "=" else str(place[text].pk) for name, text in known.items()}
    assert {name: (values.get(name) or [""])[0] for name in wanted} == wanted


def test_no_way_begins_what_would_not_know_its_origin(cast, place):
    page = cast.client().get(kind_of(Goal).url("detail", cast.home, place["goal"].pk)).content.decode()
    assert "?predecessor=" not in page
