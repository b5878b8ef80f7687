"""What waits: on the start pages, on its own page, and as a number in the navigation."""

import html
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.access import Access
from accounts.enums import Role
from accounts.models import RoleAssignment
from overview.models import BarrierReport
from participation.enums import Occurrence, Outcome, SupportKind, TaskState
from participation.models import Resolution, Session, SupportRecord, Task
from planning.models import Deadline, KeptDeadline, Measure, Milestone, Need, PlanningCycle
from plans.domain.remarks import answer_remark, write_remark
from plans.enums import ChapterCode, PlanAction
from records.models import FormDraft
from records.vague import VagueDate
from records.waiting import number_statement, read_everywhere, read_here
from tests.factories import make
from tests.plans.life.released import actors_in, go, make_plan, newest, quick_pdf  # noqa: F401  (a fixture)

MOST_SQL = 40_000
START = {"planner": "/kyffhaeuserkreis/", "lead": "/kyffhaeuserkreis/", "adviser": "/kyffhaeuserkreis/"}
ROW = re.compile(r'<li class="wait">(.*?)</li>', re.DOTALL)
NUMBER = re.compile(r'href="/posteingang/"[^>]*>Wartet auf Sie\s*(?:<span class="c">(\d+)</span>)?')
iso = VagueDate.from_iso


def told(client, url):
    """The rows of „Wartet auf Sie“ as (words, address of the button)."""
    page = client.get(url).content.decode()
    rows = []
    for row in ROW.findall(page):
        words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split())
        rows.append((words, re.findall(r'href="([^"]+)"', row)[-1]))
    return rows


def number(client, url="/konto/"):
    """The number in the navigation of any page."""
    return int(NUMBER.search(client.get(url).content.decode())[1] or 0)


def task(place, title, due):
    session = Session.objects.filter(municipality=place).first() or make(Session, place, state=Occurrence.HELD)
    return make(Task, place, session=session, title=title, due=iso(due), state=TaskState.OPEN, full=False)


def what(cast, who):
    """What waits for the person: the same on the start page, on the page of its own, and as a number everywhere."""
    client = cast.client(who)
    rows = told(client, "/posteingang/")
    start = told(client, START.get(who, "/ministerium/"))
    assert [url for _, url in start] == [url for _, url in rows]
    for url in ("/posteingang/", "/konto/", START.get(who, "/ministerium/")):
        assert number(client, url) == len(rows), url
    return rows


@pytest.mark.usefixtures("quick_pdf")
@pytest.mark.slow
def test_a_plan_waits_for_the_person_whose_step_is_next(cast):
    plan, actors = make_plan(cast.home), actors_in(cast, cast.home)
    people = ("planner", "lead", "ministry")
    page = f"/kyffhaeuserkreis/plaene/{plan.pk}/"

    def waits():
        return {who: rows for who in people if (rows := what(cast, who))}

    go(plan, actors, PlanAction.PROPOSE)
    assert list(waits()) == ["lead"]
    assert waits()["lead"][0][1] == f"{page}schritt/freigeben/"
    go(plan, actors, PlanAction.RELEASE)
    assert waits()["planner"][0][1] == f"{page}schritt/einreichen/"
    go(plan, actors, PlanAction.SUBMIT)
    assert list(waits()) == ["ministry"]
    assert "Kyffhäuserkreis" in waits()["ministry"][0][0]
    assert waits()["ministry"][0][1] == f"{page}schritt/pruefen/"
    go(plan, actors, PlanAction.BEGIN_REVIEW)
    for chapter in (ChapterCode.NEEDS, ChapterCode.GOALS):
        remark = write_remark(version=newest(plan), chapter=chapter, text="Bitte ergänzen.", actor=cast.ministry)
    assert "in Prüfung" in waits()["ministry"][0][0]
    go(plan, actors, PlanAction.RETURN)
    assert list(waits()) == ["planner", "lead"]
    assert "zurückgegeben mit 2 Anmerkungen" in waits()["planner"][0][0]
    go(plan, actors, PlanAction.REVISE)
    assert "wird überarbeitet, 2 Anmerkungen offen" in waits()["planner"][0][0]
    answer_remark(remark=remark, text="Ergänzt.", settled=True, version=0, actor=cast.planner)
    assert "1 Anmerkung offen" in waits()["planner"][0][0]
    go(plan, actors, PlanAction.RELEASE, PlanAction.SUBMIT, PlanAction.BEGIN_REVIEW, PlanAction.APPROVE)
    assert list(waits()) == ["lead"]
    assert waits()["lead"][0][1] == f"{page}schritt/veroeffentlichen/"
    go(plan, actors, PlanAction.PUBLISH)
    assert waits() == {}
    go(plan, actors, PlanAction.UNPUBLISH)
    assert waits() == {}  # somebody decided that the public is not to see it
    assert not what(cast, "admin")


@pytest.mark.usefixtures("quick_pdf")
@pytest.mark.slow
def test_a_plan_whose_deadline_has_passed_waits_until_it_is_submitted(cast):
    today = timezone.localdate()
    past, ahead = VagueDate(today - timedelta(days=400)), VagueDate(today + timedelta(days=20))
    year = today.year
    make(Deadline, None, year=year, due=past, for_plan=True, full=False)
    make(Deadline, None, year=year + 1, due=ahead, for_plan=True, full=False)
    make(Deadline, None, year=year - 9, due=iso(f"{year - 10}-11-15"), for_plan=True, full=False)
    rows = what(cast, "planner")
    assert [url for _, url in rows] == [f"/kyffhaeuserkreis/plaene/neu/?jahr={year}"]
    make(PlanningCycle, cast.home, first_year=year - 9, last_year=year, full=False)
    assert [url.split("=")[-1] for _, url in what(cast, "planner")] == [str(year - 9), str(year)]
    owed = what(cast, "ministry")
    assert [words.split(" ·")[0].split(" Frist")[0] for words, _ in owed] == [
        f"Pläne {year - 9}: 1 Kommune hat noch nicht eingereicht",
        f"Pläne {year}: 2 Kommunen haben noch nicht eingereicht",
    ]
    plan, actors = make_plan(cast.home, year - 9), actors_in(cast, cast.home)
    assert what(cast, "planner")[0][1] == f"/kyffhaeuserkreis/plaene/{plan.pk}/"
    go(plan, actors, PlanAction.RELEASE, PlanAction.SUBMIT)
    speak = "/kyffhaeuserkreis/controlling/"  # the plan's records have a measure of last year
    assert [url.split("=")[-1] for _, url in what(cast, "planner")] == [str(year), speak]
    assert f"Plan {year + 1} einreichen" in cast.client().get("/kyffhaeuserkreis/").content.decode()


def test_a_deadline_waits_until_it_is_marked_as_kept(cast):
    today = timezone.localdate()
    past = VagueDate(today - timedelta(days=90))
    proof = make(Deadline, None, year=today.year, due=past, title="Verwendungsnachweis", full=False)
    plan = make(Deadline, None, year=today.year + 1, due=past, for_plan=True, title="Plan", full=False)
    make(Deadline, None, year=today.year - 3, due=iso(str(today.year - 3)), title="Vor dem Beginn", full=False)
    make(PlanningCycle, cast.home, first_year=today.year, last_year=today.year, full=False)
    client, waiting = cast.client(), {words.split(" Frist")[0]: url for words, url in what(cast, "planner")}
    (url,) = (url for words, url in waiting.items() if words.startswith("Verwendungsnachweis"))
    assert not any(words.startswith("Vor dem Beginn") for words in waiting)
    ahead = {"done_on_precision": "Y", "done_on_year": str(today.year + 1)}
    assert "liegt in der Zukunft" in client.post(url, {"deadline": str(proof.pk)} | ahead).content.decode()
    day = {"done_on_precision": "D", "done_on_day": f"{today:%d.%m.%Y}"}
    assert client.post(url, {"deadline": str(proof.pk)} | day).status_code == 302
    assert not any(words.startswith("Verwendungsnachweis") for words, _ in what(cast, "planner"))
    again = client.post(url, {"deadline": str(proof.pk)} | day)
    assert "Diese Frist ist schon als erledigt eingetragen" in again.content.decode()
    assert "weiß das Portal aus dem Plan" in client.post(url, {"deadline": str(plan.pk)} | day).content.decode()
    assert KeptDeadline.objects.count() == 1


def test_what_has_passed_is_never_hidden_and_a_carried_step_is_not_told_twice(cast):
    task(cast.home, "uralt", "1999")
    old = make(PlanningCycle, cast.home, first_year=2010, last_year=2012, full=False)
    milestone = make(
        Milestone, cast.home, title="Meilenstein", planned_on=iso("2012-Q1"), reached_on=None, state="open"
    )
    milestone.measure.cycle = old
    milestone.measure.save()
    assert [words.split(" Aufgabe")[0].split(" Meilenstein ·")[0] for words, _ in what(cast, "planner")] == [
        "uralt",
        "Meilenstein",
    ]
    Measure.objects.update(state="dropped", not_done_reason="Kein Träger.")
    assert len(what(cast, "planner")) == 1
    Measure.objects.update(state="running")
    make(PlanningCycle, cast.home, first_year=2013, last_year=2015, predecessor=old, full=False)
    assert len(what(cast, "planner")) == 1


def test_every_page_counts_what_waits_by_a_statement_that_is_planned_once(cast):
    """SQLite plans a statement with LIKE at each run, and the time grows with its length: 3 ms of every page."""
    sql = number_statement(Access(cast.planner)).sql
    assert " LIKE " not in sql
    assert len(sql) < MOST_SQL


@pytest.mark.parametrize("today", [date(2019, 1, 1), date(2019, 1, 31), date(2019, 7, 1), date(2018, 12, 31)])
def test_a_vague_date_has_passed_on_the_day_after_its_last_one(cast, today):
    dates = (
        "2018",
        "2018-H2",
        "2018-Q4",
        "2018-12",
        "2018-12-31",
        "2019",
        "2019-H1",
        "2019-Q1",
        "2019-01",
        "2019-01-01",
    )
    for due in dates:
        task(cast.home, due, due)
    waiting = read_here(Access(cast.planner), cast.home, today)
    found = {row.title for row in waiting.mine if row.code == "task"}
    assert found == {due for due in dates if iso(due).last < today}
    assert waiting.number == len(read_everywhere(Access(cast.planner), today).mine) == len(waiting.mine)


def test_more_than_a_start_page_holds_is_counted_and_found(cast):
    for day in range(1, 13):
        task(cast.home, f"Aufgabe {day}", f"2018-03-{day:02d}")
    client = cast.client()
    assert len(told(client, "/kyffhaeuserkreis/")) == 8
    assert "Alle 12 ansehen" in client.get("/kyffhaeuserkreis/").content.decode()
    assert (len(told(client, "/posteingang/")), number(client)) == (12, 12)


def test_adviser_administration_and_author_find_what_is_theirs(cast):
    make(SupportRecord, cast.home, kind=SupportKind.REQUEST, is_open=True, subject="Wer moderiert?")
    BarrierReport.objects.create(page="/", description="Der Kontrast ist zu gering.")
    FormDraft.objects.create(user=cast.lead, municipality=cast.home, path="/kyffhaeuserkreis/bedarfe/neu/", title="Neu")
    assert [words.split(" Prozess")[0] for words, _ in what(cast, "adviser")] == ["Wer moderiert?"]
    assert [words.split(" Prozess")[0] for words, _ in what(cast, "ministry")] == ["Kyffhäuserkreis · Wer moderiert?"]
    assert [url for _, url in what(cast, "admin")] == [f"/konto/barrieren/{BarrierReport.objects.get().pk}/"]
    draft = FormDraft.objects.get()
    assert [url for _, url in what(cast, "lead")] == [f"/kyffhaeuserkreis/bedarfe/neu/?entwurf={draft.pk}"]
    assert what(cast, "planner") == []
    assert told(cast.client("foreign_planner"), "/posteingang/") == []


def test_people_of_two_municipalities_see_both_and_each_start_page_its_own(cast):
    RoleAssignment.objects.create(
        user=cast.planner, role=Role.LEAD, municipality=cast.away, valid_from=date(2016, 1, 1)
    )
    for place in (cast.home, cast.away):
        task(place, f"in {place.slug}", "2018")
    client = cast.client()
    assert len(told(client, "/")) == 2  # the choice between both
    assert len(told(client, "/posteingang/")) == number(client, "/kyffhaeuserkreis/") == 2
    assert [words.split(" Aufgabe")[0] for words, _ in told(client, "/altenburger-land/")] == ["in altenburger-land"]


@pytest.mark.slow
@pytest.mark.usefixtures("quick_pdf")
def test_the_ministry_sees_who_owes_a_plan_up_to_the_next_year(cast):
    today = timezone.localdate()
    year, page = today.year, "/ministerium/plaene/"
    make(Deadline, None, year=year, due=VagueDate(today - timedelta(days=3)), for_plan=True, full=False)
    make(Deadline, None, year=year + 1, due=VagueDate(today + timedelta(days=3)), for_plan=True, full=False)
    plan = make_plan(cast.home, year, cycle=make(PlanningCycle, cast.home, first_year=year, last_year=year, full=False))
    ministry = cast.client("ministry")

    def rows(query=""):
        text = ministry.get(f"{page}{query}").content.decode()
        found = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", text, re.DOTALL)
        return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in found]

    assert [row.split()[0] for row in rows()] == ["Altenburger", "Kyffhäuserkreis"]  # the next year, nothing begun
    assert all("noch kein Plan" in row and "überfällig" not in row for row in rows())
    assert rows("?nur=ueberfaellig") == []
    late = rows(f"?jahr={year}&nur=ueberfaellig")
    assert [("überfällig seit 3 Tagen" in row, "Entwurf" in row) for row in late] == [
        (True, False),
        (True, True),
    ]
    assert len(rows("?jahr=alle")) == 4
    actors = actors_in(cast, cast.home)
    go(plan, actors, PlanAction.RELEASE, PlanAction.SUBMIT)
    assert [row.split()[0] for row in rows("?jahr=alle&nur=ueberfaellig")] == ["Altenburger"]
    assert [row.split()[0] for row in rows(f"?jahr={year}&nur=offen")] == ["Altenburger"]
    assert [row.split()[0] for row in rows(f"?jahr={year}&nur=pruefung")] == ["Kyffhäuserkreis"]
    go(plan, actors, PlanAction.BEGIN_REVIEW)
    write_remark(version=newest(plan), chapter=ChapterCode.NEEDS, text="Bitte ergänzen.", actor=cast.ministry)
    go(plan, actors, PlanAction.RETURN, PlanAction.REVISE)
    assert "Kyffhäuserkreis" not in " ".join(rows(f"?jahr={year}&nur=offen"))  # it was submitted in time
    make(Deadline, None, year=year - 3, due=VagueDate(today - timedelta(days=999)), for_plan=True, full=False)
    assert (len(rows(f"?jahr={year - 3}")), rows(f"?jahr={year - 3}&nur=offen")) == (2, [])  # nobody planned then


def test_what_was_begun_stands_where_the_work_is(cast):
    need, plan = make(Need, cast.home, title="Bedarf"), make_plan(cast.home)
    record, chapters = f"/kyffhaeuserkreis/bedarfe/{need.pk}/", f"/kyffhaeuserkreis/plaene/{plan.pk}/"
    for path in (f"{record}bearbeiten/", f"{chapters}kapitel/bedarf/"):
        FormDraft.objects.create(user=cast.planner, municipality=cast.home, path=path, title=f"Form {path}")
    for page in (record, chapters):
        assert f"Begonnen und nicht gespeichert: Form {page}" in cast.client().get(page).content.decode()
        assert "Begonnen und nicht" not in cast.client("lead").get(page).content.decode()
    RoleAssignment.objects.filter(user=cast.planner).update(valid_until=date(2017, 1, 1))
    assert told(cast.client(), "/posteingang/") == []


def test_a_refusal_says_who_may_and_leads_back(cast):
    plan = make_plan(cast.home)
    refused = cast.client("planner").get(f"/kyffhaeuserkreis/plaene/{plan.pk}/schritt/freigeben/")
    page = refused.content.decode()
    assert refused.status_code == 403
    assert "Das Recht dazu haben: Leitung." in page
    assert 'href="/konto/"' in page
    assert re.search(r'btn--secondary" href="/kyffhaeuserkreis/"', page)


def test_a_deferred_resolution_waits_until_another_follows_it(cast):
    day = VagueDate.from_iso
    values = {"outcome": Outcome.DEFERRED, "resolved_on": day("2018-03"), "deferred_to": day("2018-06")}
    deferred = make(Resolution, cast.home, full=False, subject="Umbau vertagt", **values)
    assert "Umbau vertagt" in cast.client().get("/posteingang/").content.decode()
    make(Resolution, cast.home, full=False, body=deferred.body, follows=deferred, resolved_on=day("2018-06"))
    assert "Umbau vertagt" not in cast.client().get("/posteingang/").content.decode()


def test_a_deadline_names_its_year_once():
    assert str(Deadline(title="Verwendungsnachweis für 2026", year=2026)) == "Verwendungsnachweis für 2026"
    assert str(Deadline(title="Verwendungsnachweis für 2026", year=2027)) == "Verwendungsnachweis für 2026 (2027)"
