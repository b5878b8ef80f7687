"""Open data of published plans, and the four leaks that other portals had: nothing unpublished is reachable."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from participation.models import Event
from planning.models import Document, Need
from plans.enums import ChapterCode, PlanState
from plans.models import PlanVersion
from plans.open_data.catalogue import NAMESPACES
from plans.open_data.tables import TABLES
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.plans.life.open_world import FILES, HIDDEN, SHOWN, YEAR, published_world, text_of
from tests.plans.life.released import TO_PUBLISHED, A, actors_in, go

pytestmark = pytest.mark.usefixtures("quick_pdf", "quiet")
DATA = "/oeffentlich/daten/"
LISTS = (DATA, f"{DATA}plaene.json", f"{DATA}plaene.csv", f"{DATA}katalog.rdf")
MAP = "/sitemap.xml"
TABLE_FILES = tuple(f"{YEAR}{table.slug}.csv" for table in TABLES)
EVERYTHING = (
    "/",
    "/oeffentlich/",
    "/oeffentlich/kyffhaeuserkreis/",
    "/oeffentlich/kyffhaeuserkreis/veranstaltungen/",
    *LISTS,
    MAP,
    "/robots.txt",
    *TABLE_FILES,
    *FILES,
    *(f"{YEAR}?kapitel={code.slug}" for code in ChapterCode),
)


@pytest.fixture(scope="module")
def kept_cast_and_plan(quick_rows):
    return published_world()


@pytest.fixture
def cast(cast_and_plan):
    return cast_and_plan[0]


@pytest.fixture
def published(cast_and_plan):
    return cast_and_plan[1]


def rows_of(client, url):
    text = client.get(url).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_files_say_what_the_edition_says(published, client):
    plan = json.loads(client.get(FILES[1]).content)["plan"]
    chapters = {chapter["code"]: chapter["body"] for chapter in plan["chapters"]}
    needs = [need for field in chapters["needs"]["fields"] for need in field["needs"]]
    found = rows_of(client, f"{YEAR}bedarfe.csv")
    assert [(row["Bedarf"], row["Kennung"]) for row in found] == [(need["title"], need["uid"]) for need in needs]
    measures = [row["title"] for field in chapters["measures"]["fields"] for row in field["measures"]]
    assert [row["Maßnahme"] for row in rows_of(client, f"{YEAR}massnahmen.csv")] == measures != []
    assert len(rows_of(client, f"{YEAR}zeitstrahl.csv")) == len(chapters["timeline"]["entries"]) > 0
    listed = json.loads(client.get(f"{DATA}plaene.json").content)
    assert [(row["ags"], row["year"], row["edition"]) for row in listed] == [("16065", 2018, 1)]
    assert client.get(f"{YEAR}nichts.csv").status_code == 404


def test_the_catalogue_has_what_the_profile_demands_and_every_file_is_there(published, client, settings):
    settings.OPEN_DATA_CONTRIBUTOR = "http://dcat-ap.de/def/contributors/beispiel"
    root = ElementTree.fromstring(client.get(f"{DATA}katalog.rdf").content)
    (dataset,) = root.iterfind(".//dcat:Dataset", NAMESPACES)
    about = f"{{{NAMESPACES['rdf']}}}resource"
    assert f"{YEAR}ziele.csv" in client.get(DATA).content.decode()
    demanded = "dct:title dct:description dct:publisher dcat:theme dcat:contactPoint dct:spatial dcatde:contributorID"
    assert [name for name in demanded.split() if dataset.find(name, NAMESPACES) is None] == []
    files = dataset.findall("dcat:distribution/dcat:Distribution", NAMESPACES)
    assert len(files) == len(TABLES) + 2
    for file in files:
        told = {
            name: file.find(name, NAMESPACES).get(about) for name in ("dcat:accessURL", "dct:license", "dct:format")
        }
        assert all(address.startswith("http") for address in told.values())
        address = file.find("dcat:downloadURL", NAMESPACES).get(about).removeprefix(settings.PORTAL_URL)
        assert client.get(address).status_code == 200, address


def test_the_site_map_names_what_everybody_may_open(published, client, settings):
    event = make(Event, published.municipality, is_announced=True, begin=VagueDate.from_iso("2100-05-17"), full=False)
    assert f"Sitemap: {settings.PORTAL_URL}{MAP}" in client.get("/robots.txt").content.decode()
    named = [
        found.text for found in ElementTree.fromstring(client.get(MAP).content).iter() if found.tag.endswith("loc")
    ]
    own = [address.removeprefix(settings.PORTAL_URL) for address in named]
    assert {YEAR, DATA, f"/oeffentlich/kyffhaeuserkreis/veranstaltungen/{event.pk}/"} <= set(own)
    assert {client.get(address).status_code for address in own} == {200}


def test_queries_do_not_grow_with_plans(published, client, cast, django_assert_num_queries):
    client.get(DATA)
    go(PlanVersion.objects.filter(year=2019).get().plan, actors_in(cast, cast.home), A.PUBLISH)
    with django_assert_num_queries(2):  # the editions, and the content of the new one, once
        assert client.get(DATA).content.count(b"plan.json") == 2
    for url in LISTS:
        with django_assert_num_queries(1):
            client.get(url)


def test_leak_1_guessed_addresses_and_numbers_of_editions(published, client, cast):
    for table in TABLES:
        for place in ("kyffhaeuserkreis/2019", "altenburger-land/2018", "kyffhaeuserkreis/1"):
            assert client.get(f"/oeffentlich/{place}/{table.slug}.csv").status_code == 404
    for version in PlanVersion.objects.exclude(year=2018, municipality=cast.home):
        inside = f"/{version.municipality.slug}/plaene/{version.plan_id}/fassungen/{version.number}/"
        assert client.get(inside).status_code in (302, 404)
    asked = text_of(client, f"{YEAR}?fassung=2&version=2&entwurf=1")
    assert HIDDEN not in asked
    actors = actors_in(cast, cast.home)
    go(published, actors, *TO_PUBLISHED)
    go(published, actors, A.UNPUBLISH)
    assert {url: client.get(url).status_code for url in (*TABLE_FILES, *FILES)} == dict.fromkeys(
        (*TABLE_FILES, *FILES), 404
    )
    assert [url for url in (*LISTS, MAP) if "kyffhaeuserkreis" in text_of(client, url)] == []


def test_leak_2_files_of_records(published, client, cast):
    document = make(Document, cast.home, text=HIDDEN)
    address = kind_of(Document).url("file", cast.home, document.pk)
    assert client.get(address).headers["Location"].startswith("/anmelden/")
    for root in ("/media/", "/uploads/", "/var/uploads/", "/static/", "/"):
        assert client.get(f"{root}{document.file.name}").status_code in (302, 404)
    assert [url for url in EVERYTHING if document.file.name.encode() in client.get(url).content] == []


def test_leak_3_search_feeds_site_maps_and_open_data(published, client):
    words = [url for url in EVERYTHING if HIDDEN.encode() in client.get(url).content]
    assert words == []
    assert SHOWN in text_of(client, f"{YEAR}ziele.csv")
    for url in (
        f"/oeffentlich/suche/?q={HIDDEN}",
        f"/oeffentlich/?q={HIDDEN}",
        f"{YEAR}?q={HIDDEN}&kapitel={HIDDEN}",
        "/feed/",
        "/oeffentlich/feed.xml",
        f"/programm/suche/?q={HIDDEN}",
        f"/kyffhaeuserkreis/suche/?q={HIDDEN}",
    ):
        answer = client.get(url)
        assert (answer.status_code in (200, 302, 404), b"Geheimwort title" in answer.content) == (True, False), url


def told(client, url):
    """What a stranger learns of an address besides the address itself."""
    answer = client.get(url)
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}  # of the address too
    return answer.status_code, answer.content.decode().replace(url, ""), headers


def test_leak_4_counts_and_titles_in_refusals_and_headers(published, client, cast):
    before = {url: (client.get(url).content, client.get(url).headers.get("ETag")) for url in EVERYTHING}
    make(Need, cast.home, text=f"{HIDDEN} 2")
    hidden = make(Event, cast.home, text=f"{HIDDEN} 3", is_announced=False)
    assert PlanState.PUBLISHED not in PlanVersion.objects.filter(year=2019).values_list("events__to_state", flat=True)
    assert {url: (client.get(url).content, client.get(url).headers.get("ETag")) for url in EVERYTHING} == before
    assert not [url for url in EVERYTHING if "Last-Modified" in client.get(url).headers]
    events = "/oeffentlich/kyffhaeuserkreis/veranstaltungen/"
    for unpublished, unknown in (
        ("/oeffentlich/altenburger-land/2018/", "/oeffentlich/niemandsland/2018/"),
        ("/oeffentlich/altenburger-land/", "/oeffentlich/niemandsland/"),
        ("/oeffentlich/kyffhaeuserkreis/2019/plan.pdf", "/oeffentlich/kyffhaeuserkreis/1999/plan.pdf"),
        ("/oeffentlich/kyffhaeuserkreis/2019/ziele.csv", "/oeffentlich/kyffhaeuserkreis/1999/ziele.csv"),
        (f"{events}{hidden.pk}/", f"{events}999999/"),
    ):
        assert told(client, unpublished) == told(client, unknown)
