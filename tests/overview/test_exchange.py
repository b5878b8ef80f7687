"""What a municipality releases others find; what it does not release is reached by nobody outside."""

import pytest
from django.test import Client
from django.urls import reverse

from participation.models import Body, Experience
from planning.models import Hurdle, PlanningCycle, PlanningStep, StepTemplate
from records.registry import kind_of
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.cast import Cast, make_municipality, make_person
from tests.factories import make
from tests.plans.records import add, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
WORDS = {
    "title": "Wahl im Landkreis",
    "topic": "hurdle",
    "description": "Der Wechsel hielt den Beirat auf.",
    "helped": "Gespräche mit allen Fraktionen.",
}


def url_of(record, page="detail") -> str:
    return kind_of(type(record)).url(page, record.municipality, record.pk)


def step(cast: Cast, experience: Experience, word: str, who: str = "planner"):
    experience.refresh_from_db()
    return cast.client(who).post(f"{url_of(experience)}schritt/{word}/", {"version": experience.version})


def seen_by(cast: Cast, who: str, place, query: str = "") -> str:
    return cast.client(who).get(reverse("overview:exchange-here", args=[place.slug]) + query).content.decode()


def test_others_read_exactly_what_is_released_and_only_as_long(cast: Cast):
    hurdle = make(Hurdle, cast.home, title="Akte 4711", description="Interner Vermerk", what_helped="Intern")
    begun = cast.client().get(f"{kind_of(Experience).url('create', cast.home)}?hurdle={hurdle.pk}").content.decode()
    assert "Interner Vermerk" in begun  # taken over to be looked at
    create = kind_of(Experience).url("create", cast.home)
    assert cast.client().post(create, WORDS | {"hurdle": hurdle.pk, "form_key": "k"}).status_code == 302
    experience = Experience.objects.get()
    shared = reverse("overview:experience-here", args=[cast.away.slug, experience.pk])

    def outside() -> tuple[bool, bool, int]:
        """In the list, in its search, by its address; the number and the filters tell of it in the list alone."""
        page = seen_by(cast, "foreign_planner", cast.away)
        assert ("1 Erfahrung" in page) == ("Kyffhäuserkreis</option>" in page) == (WORDS["title"] in page)
        found = seen_by(cast, "foreign_planner", cast.away, "?q=FRAKTIONEN+beirat")
        status = cast.client("foreign_planner").get(shared).status_code
        assert cast.client("foreign_planner").get(url_of(experience)).status_code == 404
        return WORDS["title"] in page, WORDS["title"] in found, status

    assert outside() == (False, False, 404)
    own = cast.client().get(url_of(experience)).content.decode()
    assert "So lesen es andere" in own
    assert step(cast, experience, "freigeben", "adviser").status_code == 403
    assert step(cast, experience, "freigeben").status_code == 302
    assert outside() == (True, True, 200)
    page = cast.client("foreign_planner").get(shared).content.decode()
    for words in (WORDS["description"], WORDS["helped"], "Hürde und was geholfen hat", "Kyffhäuserkreis"):
        assert words in page
    assert "Akte 4711" not in page
    assert "Interner Vermerk" not in page
    assert seen_by(cast, "foreign_planner", cast.away, "?q=4711").count(WORDS["title"]) == 0
    locked = cast.client().post(url_of(experience, "update"), WORDS | {"title": "Anders", "version": 2})
    assert locked.status_code in (302, 409)
    assert Experience.objects.get().title == WORDS["title"]
    assert step(cast, experience, "zuruecknehmen").status_code == 302
    assert outside() == (False, False, 404)


def test_it_is_open_to_whoever_has_a_role(cast: Cast):
    experience = make(Experience, cast.home, title="Markt der Angebote", topic="format")
    step(cast, experience, "freigeben", "lead")
    for who in ("planner", "lead", "adviser", "ministry", "admin", "foreign_planner"):
        client = cast.client(who)
        assert "Markt der Angebote" in client.get(reverse("overview:exchange")).content.decode()
        assert client.get(reverse("overview:experience", args=[experience.pk])).status_code == 200
    nobody = Client()
    nobody.force_login(make_person("ohne-rolle"))
    assert nobody.get(reverse("overview:exchange")).status_code == 403


def durations(cast: Cast) -> str:
    return cast.client().get(reverse("overview:durations-here", args=[cast.home.slug])).content.decode()


def test_durations_are_told_from_three_municipalities_on(cast: Cast):
    template = add(StepTemplate, phase="needs", title="Daten sammeln")
    third = make_municipality("16068", "Sömmerda", "soemmerda")
    spans = [(cast.home, "2018-01-01", "2018-01-15"), (cast.home, "2017", "2018"), (cast.away, "2018-01", "2018-03")]

    def finished(place, begin, end):
        cycle = PlanningCycle.objects.filter(municipality=place).first() or add(
            PlanningCycle, municipality=place, title="Z", first_year=2017, last_year=2019
        )
        state = {"phase": "needs", "title": "Daten", "state": "done", "template": template}
        add(PlanningStep, municipality=place, cycle=cycle, begin=day(begin), end=day(end), **state)
        body = {"title": f"Beirat {end}", "kind": "planning_advisory", "state": "constituted"}
        add(Body, municipality=place, idea_on=day(begin), constituted_on=day(end), **body)

    for span in spans:
        finished(*span)
    assert "Daten sammeln" not in durations(cast)
    assert "Planungsbeirat" not in durations(cast)
    finished(third, "2018-04-01", "2019-01-30")
    page = durations(cast)
    assert "Daten sammeln" in page
    row = page.split("Daten sammeln")[1].split("</tr>")[0]
    cells = [cell.split(">")[1].split("<")[0] for cell in row.split("<td")[1:]]
    assert cells == ["3", "3", "2 Wochen", "8 Wochen", "43 Wochen"]  # what names years alone does not count
    assert "10 Monate" in page.split("alle Gremien")[1]
    assert "Sömmerda" not in page.split("<main")[1]
    alone = {"title": "Beirat", "kind": "network", "state": "constituted", "idea_on": day("2015-01-01")}
    add(Body, municipality=third, constituted_on=day("2018-01-01"), **alone)
    assert "alle Gremien" not in durations(cast), "its range would tell of the one body of another kind"
