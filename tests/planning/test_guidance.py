"""What to do next: the help of a phase beside its records, and the ways out of an empty list."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from planning.domain.cycle import create_cycle
from planning.enums import Phase, StepState
from planning.models import Need, PlanningCycle, PlanningStep
from planning.queries.cycles import current_cycle, current_cycle_key
from records.registry import all_kinds, kind_of
from tests.cast import Cast
from tests.factories import make
from tests.html import read_form


@pytest.fixture
def cycle(cast) -> PlanningCycle:
    cycle = PlanningCycle(municipality=cast.home, title="2017–2019", first_year=2017, last_year=2019)
    return create_cycle(cycle, actor=cast.planner)


def help_of(cast: Cast, who: str = "planner", phase: Phase = Phase.NEEDS) -> str:
    url = reverse("planning:phase-help", kwargs={"slug": cast.home.slug, "phase": phase.slug})
    return cast.client(who).get(url, headers={"HX-Request": "true"}).content.decode()


def step(cast: Cast, cycle: PlanningCycle, title: str, **given: Any) -> PlanningStep:
    return make(PlanningStep, cast.home, full=False, title=title, cycle=cycle, phase=Phase.NEEDS, **given)


def test_help_names_open_steps_decisions_and_what_is_missing(cast, cycle):
    step(cast, cycle, "Konferenz vorbereiten", decision_needed="Wer lädt ein?", guidance="Früh einladen.")
    step(cast, cycle, "Läuft gerade", state=StepState.RUNNING, position=99)
    step(cast, cycle, "Längst erledigt", state=StepState.DONE)
    for number in range(2):
        make(Need, cast.home, full=False, title=f"Bedarf {number}", cycle=cycle)
    closed = make(PlanningCycle, cast.home, full=False, title="2010–2012", first_year=2010, last_year=2012)
    make(Need, cast.home, full=False, title="Von früher", cycle=closed)
    content = help_of(cast)
    assert content.index("Läuft gerade") < content.index("Konferenz vorbereiten")
    assert "Wer lädt ein?" in content
    assert "Früh einladen." in content
    assert "Längst erledigt" not in content
    assert "2 Bedarfe ohne Ziel" in content
    assert f"?luecke=ohne-ziel&amp;cycle={cycle.pk}" in content
    assert "Ziele zuordnen" in content
    assert "2 Bedarfe ohne Ziel" in help_of(cast, phase=Phase.GOALS)
    assert "Bedarfe ohne Beleg" not in help_of(cast, phase=Phase.GOALS)


def test_readers_get_no_words_for_writing(cast, cycle):
    make(Need, cast.home, full=False, title="Bedarf", cycle=cycle)
    content = help_of(cast, "ministry")
    assert "1 Bedarf ohne Ziel" in content
    assert "Ziele zuordnen" not in content
    assert "übernehmen" not in content


def test_help_costs_two_queries_and_the_page_none(cast, cycle):
    client = cast.client()
    url = reverse("planning:phase-help", kwargs={"slug": cast.home.slug, "phase": Phase.NEEDS.slug})
    with CaptureQueriesContext(connection) as captured:
        client.get(url, headers={"HX-Request": "true"})
    assert len(captured) == 5  # session, person, roles, steps, gaps
    page = client.get(kind_of(Need).url("list", cast.home)).content.decode()
    assert "Hilfe zur Phase: 3 Bedarfsanalyse" in page
    assert Phase.NEEDS.question in page
    for other in (kind_of(PlanningStep).url("list", cast.home), f"/{cast.home.slug}/phasen/bedarfsanalyse/"):
        assert "Hilfe zur Phase" not in client.get(other).content.decode()


def test_the_cycle_of_the_help_is_the_current_one(cast):
    long = None
    for title, first, last in (("alt", 2017, 2019), ("lang", 2020, 2090), ("neu", 2095, 2097), ("kurz", 2024, 2029)):
        before = long if title == "kurz" else None
        cycle = make(
            PlanningCycle, cast.home, full=False, title=title, first_year=first, last_year=last, predecessor=before
        )
        long = cycle if title == "lang" else long
        assert current_cycle(cast.home).pk == current_cycle_key(cast.home).get()["pk"], title


def test_an_empty_list_says_how_others_begin_and_leads_there(cast):
    kind = kind_of(Need)
    content = cast.client().get(kind.url("list", cast.home)).content.decode()
    assert "Noch keine Bedarfe." in content
    assert "So beginnen andere: mit den Erkenntnissen" in content
    links = read_form(content.encode()).links
    assert f"/{cast.home.slug}/erkenntnisse/" in links
    assert f"/{cast.home.slug}/bedarfe/neu/" in links
    filtered = cast.client().get(f"{kind.url('list', cast.home)}?q=nichts").content.decode()
    assert "Noch keine Bedarfe." not in filtered
    assert "Kein Eintrag passt" in filtered


@pytest.mark.parametrize("kind", [kind for kind in all_kinds() if kind.empty_link], ids=lambda kind: kind.name)
def test_ways_out_of_an_empty_list_exist(cast, kind):
    assert kind.empty_link
    response = cast.client().get(kind.empty_link.url(cast.home))
    assert response.status_code in (200, 302)


def test_links_that_assign_say_what(cast):
    need = make(Need, cast.home, full=False, title="Bedarf")
    content = cast.client().get(kind_of(Need).url("detail", cast.home, need.pk)).content.decode()
    assert '<span class="kern-sr-only">Ziele </span>zuordnen' in content
