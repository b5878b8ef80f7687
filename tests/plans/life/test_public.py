"""Published plans for everybody: what was frozen and nothing else, only while it is published."""

import json
import re

import pytest

from planning.models import ActionField, Goal, Measure, Need
from plans import content
from plans.enums import ChapterCode, PlanState
from plans.models import ChapterText, PlanVersion
from records.models.steps import digest
from tests.cast import EVERYBODY
from tests.markup import errors
from tests.plans.life.open_world import FILES, HIDDEN, HOME, SHOWN, YEAR, published_world, text_of
from tests.plans.life.owner import guards_again, past_the_guards, problems
from tests.plans.life.released import TO_PUBLISHED, A, actors_in, go, make_plan, newest

pytestmark = pytest.mark.usefixtures("quick_pdf", "quiet")
PAGES = ("/oeffentlich/", HOME, *(f"{YEAR}?kapitel={code.slug}" for code in ChapterCode))


@pytest.fixture(scope="module")
def kept_cast_and_plan(quick_rows):
    return published_world()


@pytest.fixture
def cast(cast_and_plan):
    return cast_and_plan[0]


@pytest.fixture
def published(cast_and_plan):
    """The plan of 2018."""
    return cast_and_plan[1]


def test_everybody_reads_the_published_plan_by_chapters(published, client):
    assert HOME in text_of(client, "/oeffentlich/")
    assert f"{SHOWN} title" in text_of(client, f"{YEAR}?kapitel=bedarf")
    assert text_of(client, HOME).count(SHOWN) == text_of(client, YEAR).count(SHOWN) > 0
    version = newest(published)
    pdf, data = (client.get(url) for url in FILES)
    assert (pdf.content, pdf["Content-Type"]) == (bytes(version.pdf), "application/pdf")
    assert (data.content, data["Content-Type"]) == (bytes(version.content), "application/json")
    assert version.pdf_sha256 in re.sub(r"</?span>|\s", "", text_of(client, HOME))
    assert 'filename="16065-kyffhaeuserkreis-plan-2018-fassung-1.pdf"' in pdf["Content-Disposition"]


@pytest.mark.slow
def test_the_pages_are_correct_html(published, client):
    assert {url: errors(text_of(client, url)) for url in PAGES} == {url: [] for url in PAGES}


def test_nothing_of_records_drafts_and_unpublished_plans_is_shown(published, client):
    pages = [text_of(client, url) for url in PAGES]
    assert [url for url, page in zip(PAGES, pages, strict=True) if HIDDEN in page] == []
    assert [url for url in FILES if HIDDEN.encode() in client.get(url).content] == []
    assert "altenburger-land" not in pages[0]
    assert sum(SHOWN in page for page in pages) > 4


def test_what_is_not_published_does_not_exist(published, client, cast):
    for url in (
        "/oeffentlich/altenburger-land/",
        "/oeffentlich/altenburger-land/2018/plan.pdf",
        "/oeffentlich/kyffhaeuserkreis/2019/",
        "/oeffentlich/kyffhaeuserkreis/2019/plan.json",
        "/oeffentlich/nirgends/",
        f"/oeffentlich/kyffhaeuserkreis/{10**30}/",
    ):
        assert client.get(url).status_code == 404, url


def test_a_plan_that_is_withdrawn_from_the_public_is_gone_at_once(cast, published, client):
    actors = actors_in(cast, cast.home)
    go(published, actors, *TO_PUBLISHED)  # it is being amended already
    tag = client.get(FILES[0])["ETag"]
    assert client.get(FILES[0], headers={"if-none-match": tag}).status_code == 304
    go(published, actors, A.UNPUBLISH)
    for url in (HOME, YEAR, *FILES):
        assert client.get(url, headers={"if-none-match": tag}).status_code == 404, url
    assert "Noch ist kein Plan veröffentlicht." in text_of(client, "/oeffentlich/")


def test_the_newest_edition_is_shown_and_older_years_are_listed(published, client, cast):
    go(published, actors_in(cast, cast.home), *TO_PUBLISHED)
    assert "Fassung 2" in text_of(client, YEAR)
    go(PlanVersion.objects.filter(year=2019).get().plan, actors_in(cast, cast.home), A.PUBLISH)
    home = text_of(client, HOME)
    assert "<h1>Integrierter Plan 2019</h1>" in home
    assert f'href="{YEAR}"' in home
    assert "<h1>Integrierter Plan 2018</h1>" in text_of(client, YEAR)


def test_all_people_see_the_same_bytes(published, cast):
    pages = {who: cast.client(who).get(f"{YEAR}?kapitel=ziele").content for who in EVERYBODY}
    assert len(set(pages.values())) == 1
    assert b"abmelden" not in pages["planner"]


def test_pages_may_be_kept_and_are_asked_for_again(published, client):
    for url in (HOME, YEAR, "/oeffentlich/", *FILES):
        response = client.get(url)
        assert response["Cache-Control"] == "public, no-cache"
        again = client.get(url, headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.post(url).status_code == 405
    assert client.get(FILES[0])["ETag"].strip('"') == newest(published).pdf_sha256


def test_a_damaged_edition_is_not_shown(published, client):
    with past_the_guards():
        PlanVersion.objects.filter(pk=newest(published).pk).update(pdf=b"%PDF-1.7 anders", pages=b'{"needs":"anders"}')
        guards_again()
        for url in (YEAR, FILES[0]):
            response = client.get(url)
            assert (response.status_code, b"anders" in response.content) == (503, False)
            assert "stimmt nicht mit der Prüfnummer überein" in response.content.decode()
        assert client.get(FILES[1]).status_code == 200
    assert client.get(YEAR).status_code == 200


@pytest.mark.slow
def test_a_released_plan_survives_changed_records_catalogues_and_templates(published, client, monkeypatch):
    def shown() -> list[bytes]:
        return [client.get(url).content for url in (*PAGES, *FILES)]

    version, before = newest(published), shown()
    columns = PlanVersion.objects.filter(pk=version.pk).values_list
    stored = list(columns())
    for model, values in (
        (Need, {"title": HIDDEN}),
        (Goal, {"title": HIDDEN}),
        (Measure, {"title": HIDDEN}),
        (ActionField, {"title": HIDDEN}),
        (ChapterText, {"text": HIDDEN}),
    ):
        assert model.objects.update(**values)
    ChapterText.objects.all().delete()
    Measure.objects.all().delete()
    monkeypatch.setattr(content, "TEMPLATE_VERSION", "9.9")
    monkeypatch.setattr(content, "SCHEMA", "lsz-plan/9")
    monkeypatch.setattr("plans.domain.freezing.reading_page", lambda *arguments: HIDDEN)
    monkeypatch.setattr("plans.domain.freezing.plan_pdf", lambda plan: HIDDEN.encode())
    assert shown() == before
    assert list(columns()) == stored
    assert problems() == []
    assert digest(before[-2]) == version.pdf_sha256
    assert json.loads(before[-1])["template_version"] == "1.0"


@pytest.mark.slow
def test_queries_do_not_grow_with_plans(published, client, cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/oeffentlich/")
    with django_assert_num_queries(4):
        client.get(YEAR)
    actors = actors_in(cast, cast.home)
    for year in (2020, 2021):
        go(make_plan(cast.home, year), actors, *TO_PUBLISHED)
    assert PlanVersion.objects.filter(events__to_state=PlanState.PUBLISHED).count() == 3
    with django_assert_num_queries(1):
        client.get("/oeffentlich/")
    with django_assert_num_queries(4):
        client.get(YEAR)


@pytest.mark.slow
def test_taking_an_edition_back_does_not_bring_an_older_one_back(cast, published, client):
    actors = actors_in(cast, cast.home)
    go(published, actors, *TO_PUBLISHED)  # it is being amended already
    address = f"/oeffentlich/{cast.home.slug}/"
    assert "Fassung 2" in client.get(address).content.decode()
    go(published, actors, A.UNPUBLISH)
    assert client.get(address).status_code == 404
    assert cast.home.name not in client.get("/oeffentlich/").content.decode()
