"""Who delivers what until when, and the ministry's page of one municipality."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import MunicipalityKind, StateRegion
from accounts.models import Municipality
from funding.models import NoticeCondition, StateGrant, StateNotice, StateProof
from planning.models import Deadline, KeptDeadline, LinkedStrategy, Office, PlanningCycle
from plans.domain.remarks import write_remark
from plans.enums import ChapterCode, PlanAction
from plans.models import PlanReview
from records.vague import VagueDate
from reporting.models import Report
from tests.factories import make
from tests.plans.life.released import actors_in, go, make_plan, newest, quick_pdf  # noqa: F401  (a fixture)

URL = "/ministerium/lieferungen/"


def rows(answer):
    """Municipality and words of each row."""
    found = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", answer.content.decode(), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


@pytest.fixture
def owed(cast):
    """A plan that waits for the ministry, a deadline that one has kept, an overdue proof, a condition of later."""
    today = timezone.localdate()
    year = today.year
    cycle = make(PlanningCycle, cast.home, full=False, title="Zyklus", first_year=year, last_year=year)
    late, soon = VagueDate(today - timedelta(days=9)), VagueDate(today + timedelta(days=9))
    make(Deadline, None, full=False, title="Pläne", year=year, due=late, for_plan=True)
    other = make(Deadline, None, full=False, title="Anträge der Träger", year=year, due=late)
    make(KeptDeadline, cast.home, full=False, deadline=other, done_on=late)
    grant = make(StateGrant, cast.home, full=False, year=year)
    notice = make(StateNotice, cast.home, full=False, grant=grant, dated=late)
    make(NoticeCondition, cast.home, full=False, notice=notice, title="Zwischenstand senden", due=soon)
    make(StateProof, cast.home, full=False, grant=grant, due=late, repayment=None)
    plan = make_plan(cast.home, year, cycle=cycle)
    go(plan, actors_in(cast, cast.home), PlanAction.RELEASE, PlanAction.SUBMIT)
    return plan


@pytest.mark.slow
@pytest.mark.usefixtures("quick_pdf")
def test_everything_owed_stands_by_name_and_day_with_filters_in_the_address(cast, owed):
    ministry, year = cast.client("ministry"), owed.year
    told = rows(ministry.get(URL))
    assert [row.split(" Frist des")[0].split(" Plan eing")[0] for row in told[:2]] == [
        f"Altenburger Land Integrierter Plan {year} Plan {row_day(owed)} noch kein Plan überfällig –",
        f"Altenburger Land Anträge der Träger ({year})",
    ]
    assert all("überfällig" in row for row in told[:2])
    mine = [row for row in told if row.startswith("Kyffhäuserkreis")]
    assert "eingereicht wartet auf das Ministerium" in mine[0]
    assert [("erledigt" in row, "überfällig" in row) for row in mine[1:]] == [
        (True, False),
        (False, True),
        (False, True),
        (False, False),
    ]
    assert any(f"Sachbericht {year} Jahresbericht" in row and "noch nicht begonnen" in row for row in mine)
    for query, number in (
        ("nur=ueberfaellig", 4),
        ("nur=offen", 5),
        ("nur=ministerium", 1),
        ("was=nachweis", 1),
        ("was=bericht", 1),
        ("was=auflage&nur=ueberfaellig", 0),
        ("name=KYFF", 5),
        (f"jahr={year + 1}", 2),
        ("was=x&nur=y&jahr=z", 7),
    ):
        assert len(rows(ministry.get(f"{URL}?{query}"))) == number, query
    report = make(Report, cast.home, full=False, kind="progress", year=year)
    assert "Entwurf" in rows(ministry.get(f"{URL}?was=bericht"))[0]
    Report.objects.filter(pk=report.pk).update(state="released", released_on=VagueDate(timezone.localdate()))
    assert rows(ministry.get(f"{URL}?was=bericht&nur=offen")) == []
    counts = []
    for number in range(2):
        for place in range(number * 15):
            Municipality.objects.create(
                ags=f"17{place:03d}",
                name=f"Ort {place}",
                slug=f"ort-{place}",
                kind=MunicipalityKind.CITY,
                state_region=StateRegion.EAST,
            )
        with CaptureQueriesContext(connection) as queries:
            ministry.get(URL)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.slow
@pytest.mark.usefixtures("quick_pdf")
def test_a_further_edition_does_not_undo_that_the_first_one_came(cast, owed):
    go(owed, actors_in(cast, cast.home), PlanAction.BEGIN_REVIEW, PlanAction.APPROVE, PlanAction.AMEND)
    (row,) = [row for row in rows(cast.client("ministry").get(URL)) if "Kyffhäuserkreis Integrierter Plan" in row]
    day = timezone.localdate()
    assert f"Entwurf, Fassung 2 {day:%d.%m.%Y}" in row
    assert "überfällig" not in row


@pytest.mark.slow
@pytest.mark.usefixtures("quick_pdf")
def test_a_plan_that_was_given_back_is_owed_again_until_it_comes(cast, owed):
    actors, ministry = actors_in(cast, cast.home), cast.client("ministry")

    def told():
        page = ministry.get("/ministerium/kommunen/kyffhaeuserkreis/").content.decode()
        owes = f"Integrierter Plan {owed.year}" in page.partition('id="h-offen"')[2].partition("</section>")[0]
        chosen = rows(ministry.get(f"/ministerium/plaene/?jahr={owed.year}&nur=zurueck"))
        return [owes, [row.split()[0] for row in chosen], len(rows(ministry.get(f"{URL}?was=plan&nur=offen")))]

    go(owed, actors, PlanAction.BEGIN_REVIEW)
    write_remark(version=newest(owed), chapter=ChapterCode.NEEDS, text="Quelle?", actor=cast.ministry)
    assert told() == [False, [], 1]
    go(owed, actors, PlanAction.RETURN)
    assert told() == [True, ["Kyffhäuserkreis"], 2]
    go(owed, actors, PlanAction.REVISE)
    assert told() == [True, ["Kyffhäuserkreis"], 2]
    go(owed, actors, PlanAction.RELEASE, PlanAction.SUBMIT)
    assert told() == [False, [], 1]


def row_day(plan):
    return Deadline.objects.get(for_plan=True, year=plan.year).due


@pytest.mark.slow
@pytest.mark.usefixtures("quick_pdf")
def test_a_municipality_on_one_page_for_the_ministry(cast, owed):
    make(Office, cast.home, full=False, title="Stabsstelle Sozialplanung", contact="Sozialplanung", phone="0361 1")
    make(LinkedStrategy, cast.home, full=False, title="Armutsprävention", contact="Planungskoordination")
    PlanReview.objects.create(municipality=cast.home, plan_version=newest(owed), responsible=cast.ministry)
    answer = cast.client("ministry").get("/ministerium/kommunen/kyffhaeuserkreis/")
    words = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    assert f"{owed.year}, Fassung 1 eingereicht" in words
    for part in (
        "Funktion ministerium",
        "Zwischenstand senden",
        f"Verwendungsnachweis {owed.year} an das Land",
        "1 Auftragserteilung: nicht begonnen",
        "Stabsstelle Sozialplanung Sozialplanung 0361 1",
        "Funktion leitung-kyf Leitung",
        "Planungskoordination Armutsprävention",
    ):
        assert part in words, part
    assert "planung-abg" not in words
    marked = re.findall(r'<a href="([^"]+)" aria-current="page">', answer.content.decode())
    assert marked == ["/ministerium/"], "the page lies below the one of all municipalities"
    assert cast.client("ministry").get("/ministerium/kommunen/gibt-es-nicht/").status_code == 404
    assert cast.client("planner").get("/ministerium/kommunen/kyffhaeuserkreis/").status_code == 403
