"""The page of all documents of a municipality: every link leads to a document, nothing of others."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funding.models import BudgetYear, FundsCall, StateGrant, StateNotice, StateProof
from participation.models import Session
from planning.models import Measure
from reporting.models import Report
from tests.factories import make
from tests.plans import records
from tests.plans.records import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]
URL = "/kyffhaeuserkreis/berichte/"


def forms_in(page):
    """Addresses of documents."""
    main = page[page.index("<main") :]
    return re.findall(r'href="([^"]+\.(?:pdf|xlsx|svg|csv)(?:\?jahr=\d+)?|[^"]+/pdf/)"', main)


def test_it_names_every_document_of_the_year(cast, plan):
    records.fill(plan, 1)
    page = cast.client().get(f"{URL}?jahr=2018").content.decode()
    session, measure = Session.objects.get(), Measure.objects.get()
    below = "/kyffhaeuserkreis/"
    assert forms_in(page) == [
        f"{below}plaene/{plan.pk}/pdf/",
        f"{below}plaene/{plan.pk}/finanzplan.pdf",
        f"{below}plaene/{plan.pk}/finanzplan.xlsx",
        f"{below}berichte/sachbericht.pdf?jahr=2018",
        f"{below}berichte/familienbericht.pdf?jahr=2018",
        *[f"{below}zeitstrahl/export.{form}" for form in ("pdf", "svg", "xlsx", "csv")],
        f"{below}sitzungen/{session.pk}/einladung.pdf",
        f"{below}sitzungen/{session.pk}/protokoll.pdf",
        f"{below}massnahmen/{measure.pk}/steckbrief.pdf",
    ]
    assert 'aria-current="page">Berichte' in page


def test_who_may_write_begins_a_report_from_here_once(cast, plan):
    way = "/kyffhaeuserkreis/jahresberichte/neu/?kind=progress&amp;year=2018"
    assert way in cast.client().get(f"{URL}?jahr=2018").content.decode()
    assert "jahresberichte/neu/" not in cast.client("ministry").get(f"{URL}?jahr=2018").content.decode()
    form = cast.client().get(way.replace("&amp;", "&")).content.decode()
    assert re.search(r'name="year"[^>]*value="2018"', form)
    report = make(Report, cast.home, full=False, kind="progress", year=2018)
    page = cast.client().get(f"{URL}?jahr=2018").content.decode()
    assert way not in page
    assert f"/kyffhaeuserkreis/jahresberichte/{report.pk}/" in page


def test_it_names_the_papers_for_the_land_to_those_who_may_read_them(cast, plan):
    own = {"full": False}
    year = make(BudgetYear, cast.home, cycle=plan.cycle, year=2018, **own)
    grant = make(StateGrant, cast.home, year=2018, **own)
    notice = make(StateNotice, cast.home, grant=grant, amount=100, **own)
    call = make(FundsCall, cast.home, notice=notice, amount=100, **own)
    proof = make(StateProof, cast.home, grant=grant, **own)
    below = "/kyffhaeuserkreis/"
    papers = [
        f"{below}finanzplaene/{year.pk}/alle-jahre.pdf",
        f"{below}finanzplaene/{year.pk}/alle-jahre.xlsx",
        f"{below}landeszuwendungen/{grant.pk}/antrag.pdf",
        f"{below}mittelabrufe/{call.pk}/mittelabruf.pdf",
        f"{below}landesnachweise/{proof.pk}/verwendungsnachweis.pdf",
    ]
    for who, found in (("planner", papers), ("ministry", papers[:-1])):
        page = cast.client(who).get(f"{URL}?jahr=2018").content.decode()
        assert [url for url in forms_in(page) if url in papers] == found


def test_the_timeline_shows_what_the_land_decided(cast, plan):
    grant = make(StateGrant, cast.home, full=False, year=2018, applied_on=day("2017-11-10"))
    given = {"grant": grant, "amount": 100, "dated": day("2018-03-14"), "number": "LSZ-7"}
    make(StateNotice, cast.home, full=False, **given)
    page = cast.client().get("/kyffhaeuserkreis/zeitstrahl/").content.decode()
    for words in ("Landeszuwendung 2018: beantragt", "Land: Bewilligung LSZ-7 vom"):
        assert words in page


def test_it_begins_with_the_year_of_the_newest_plan(cast, plan):
    client = cast.client()
    assert "Berichte und Dokumente 2018" in client.get(URL).content.decode()
    assert "Berichte und Dokumente 2018" in client.get(f"{URL}?jahr=quatsch").content.decode()


def test_a_year_without_plan_and_records_says_so(cast, plan):
    page = cast.client().get(f"{URL}?jahr=2016").content.decode()
    assert page.count("Für 2016 ist noch kein Plan angelegt.") == 2
    assert "Für dieses Jahr ist keine Sitzung erfasst." in page
    assert "Für dieses Jahr ist keine Maßnahme erfasst." in page


def test_it_works_before_the_first_cycle(cast):
    assert cast.client().get(URL).status_code == 200


def test_a_foreign_municipality_does_not_exist(cast, plan):
    records.fill(records.make_plan(cast.away), 1)
    client = cast.client()
    for page in ("", "sachbericht.pdf", "familienbericht.pdf"):
        assert client.get(f"/altenburger-land/berichte/{page}").status_code == 404
    assert "altenburger-land" not in client.get(URL).content.decode()


@pytest.mark.slow
def test_the_number_of_queries_does_not_grow(cast, plan):
    client, counts = cast.client(), []
    for total in (1, 5):
        records.fill(plan, total)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))
    assert counts == [15, 15]
