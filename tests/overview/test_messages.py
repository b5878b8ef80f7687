"""The inbox, its marks, and mail to everybody as often as they want it, whatever the mail server does."""

import html
import os
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import outbox
from accounts.access import Access
from accounts.models import Municipality, RoleAssignment
from exchange.feed.entries import entries_for
from overview.models import BarrierReport, MessageMark
from participation.enums import Occurrence, TaskState
from participation.models import Hint, NetworkEvent, NetworkRegistration, Question, QuestionPost, Session, Task
from planning.models import Deadline, PlanningStep
from plans.domain.remarks import write_remark
from plans.enums import ChapterCode, PlanAction
from records.happenings import named
from records.vague import VagueDate
from tests.factories import make
from tests.plans.all_plans.plans import run_jobs
from tests.plans.life.released import actors_in, go, make_plan, newest, quick_pdf  # noqa: F401  (a fixture)
from tests.smtp import mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]
NEWS = re.compile(r'<li class="wait news">(.*?)</li>', re.DOTALL)
INBOX, READ, SETTING = "/posteingang/", "/posteingang/gelesen/", "/konto/e-mails/"


@pytest.fixture
def server(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with mail_server(settings) as found:
        yield found


def news(client):
    """What has happened, as (words, key, whether new)."""
    rows = NEWS.findall(client.get(INBOX).content.decode())
    plain = [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]
    keys = [re.search(r'name="(?:key|again)" value="([^"]+)"', row)[1] for row in rows]
    return [(text, key, 'name="key"' in row) for text, key, row in zip(plain, keys, rows, strict=True)]


def task(cast, title, due, by=None):
    session = Session.objects.first() or make(Session, cast.home, state=Occurrence.HELD, full=False)
    made = make(Task, cast.home, session=session, title=title, due=due, state=TaskState.OPEN, full=False)
    Task.objects.filter(pk=made.pk).update(created_by=by)
    return made


def write_all():
    """The daily command, and the worker."""
    call_command("send_messages", verbosity=0)
    run_jobs()


@pytest.mark.slow
def test_everybody_hears_of_what_others_did_and_reads_it_alone(cast):
    plan, actors = make_plan(cast.home), actors_in(cast, cast.home)
    go(plan, actors, PlanAction.PROPOSE, PlanAction.RELEASE, PlanAction.SUBMIT, PlanAction.BEGIN_REVIEW)
    write_remark(version=newest(plan), chapter=ChapterCode.NEEDS, text="GEHEIM-1", actor=cast.ministry)
    task(cast, "Neue Aufgabe", None, by=cast.lead)
    planner, lead, ministry = (cast.client(who) for who in ("planner", "lead", "ministry"))
    assert not any("Anmerkung" in text for text, *_ in news(planner)), "a remark is the ministry's until it is sent"
    go(plan, actors, PlanAction.RETURN)
    heard = {text for text, *_ in news(planner)}
    assert any("Zurückgeben" in text and "jetzt zurückgegeben" in text for text in heard)
    assert any("Anmerkung zum Kapitel „Bedarf“" in text for text in heard)
    assert any("Aufgabe: Neue Aufgabe" in text for text in heard)
    said = re.findall(r'<span class="kern-sr-only">: (.*?)</span>', planner.get(INBOX).content.decode())
    assert len(said) == len(set(said)), "buttons beside rows of one name say which"
    assert not any("Einreichen" in text for text in heard), "what one did alone is no news"
    assert any("Einreichen" in text for text, *_ in news(lead))
    assert not any("Aufgabe:" in t for t, *_ in news(lead))
    assert [text.split("„")[1].split("“")[0] for text, *_ in news(ministry)] == ["Einreichen"]
    assert news(cast.client("foreign_planner")) == [] == news(cast.client("admin"))
    assert "GEHEIM" not in planner.get(INBOX).content.decode()
    (first, key, is_new), *others = news(planner)
    assert is_new
    assert planner.post(READ, {"key": key}).status_code == 302
    assert [fresh for _, found, fresh in news(planner) if found == key] == [False]
    assert all(fresh for *_, fresh in news(lead)), "marks are each person's own"
    planner.post(READ, {"again": key})
    assert news(planner)[0] == (first, key, True)
    planner.post(READ, {"all": "1", "shown": [found for _, found, _ in news(planner)]})
    assert not any(fresh for *_, fresh in news(planner))
    foreign = cast.client("foreign_planner")
    foreign.post(READ, {"key": key})
    assert not MessageMark.objects.filter(user=cast.foreign_planner).exists(), "nobody marks what is not theirs"
    RoleAssignment.objects.filter(user=cast.planner).update(valid_from=timezone.localdate())
    assert len(news(planner)) == 1 + len(others)
    RoleAssignment.objects.filter(user=cast.planner).update(
        valid_until=timezone.localdate() - timedelta(days=1), valid_from="2016-01-01"
    )
    assert news(planner) == []


def test_mail_comes_as_often_as_chosen_with_titles_alone_and_never_twice(cast, server, time_machine):
    past = VagueDate(timezone.localdate() - timedelta(days=2))
    task(cast, "Räume anfragen", past, by=cast.lead)
    PlanningStep.objects.all().delete()
    BarrierReport.objects.create(page="/", description="GEHEIM: Kontrast")
    assert "Wählen Sie" in cast.client().post(SETTING, {"frequency": "stets"}).content.decode()
    for who, chosen in (("lead", "weekly"), ("adviser", "never")):
        assert cast.client(who).post(SETTING, {"frequency": chosen}).status_code == 302
    write_all()
    (mail,) = server.to(cast.planner.email)
    text = mail.get_content()
    assert "Aufgabe: Räume anfragen (Kyffhäuserkreis)" in text
    assert "seit 2 Tagen fällig" in text
    assert mail["List-Unsubscribe"].endswith("/konto/e-mails/>")
    assert "/konto/e-mails/" in text
    assert mail["Subject"] == "LSZ-Portal: 1 Sache wartet, 1 Neuigkeit"
    assert len(server.to(cast.lead.email)) == 1
    assert server.to(cast.adviser.email) == []
    (told,) = server.to(cast.admin.email)
    assert "Gemeldete Barriere" in told.get_content()
    assert not any("GEHEIM" in mail.as_string() for mail in server.mails)
    number = len(server.mails)
    write_all()
    assert len(server.mails) == number, "nothing is told twice"
    task(cast, "Noch eine", past)
    write_all()
    assert len(server.to(cast.planner.email)) == 2
    assert "Räume" not in server.mails[-1].get_content()
    assert len(server.to(cast.lead.email)) == 1
    time_machine.move_to(timezone.now() + timedelta(days=7))
    write_all()
    assert len(server.to(cast.lead.email)) == 2
    assert server.to(cast.adviser.email) == []


def test_a_reminder_comes_before_the_day_once_and_anew_where_it_was_moved(cast, server, time_machine):
    def moved(row, days):
        Task.objects.filter(pk=row.pk).update(due=VagueDate(begin.date() + timedelta(days=days)).stored)

    begin = timezone.localtime().replace(hour=9)
    due = task(cast, "Bericht schreiben", VagueDate(begin.date() + timedelta(days=20)))
    seen = []
    for day in (0, 6, 7, 16, 17, 18, 21, 22, 60, 61):
        time_machine.move_to(begin + timedelta(days=day))
        write_all()
        found = server.to(cast.planner.email)
        if len(found) > len(seen):
            seen.append((day, "Demnächst fällig" in found[-1].get_content()))
    assert seen == [(6, True), (17, True), (21, False), (60, False)], (
        "14 and 3 days before, the day after, and once stale"
    )
    moved(due, 75)
    write_all()
    moved(due, 74)
    write_all()
    assert len(server.to(cast.planner.email)) == 6


def test_a_step_that_stands_still_waits_and_is_said_once(cast, server):
    step = make(PlanningStep, cast.home, title="Daten sammeln", state="running", planned_end=None, full=False)
    planned = make(PlanningStep, cast.home, state="running", planned_end=VagueDate.from_iso("2090"), full=False)

    def touched(days):
        PlanningStep.objects.filter(pk__in=(step.pk, planned.pk)).update(
            changed_at=timezone.now() - timedelta(days=days)
        )

    touched(85)
    write_all()
    assert server.to(cast.planner.email) == []
    touched(100)
    write_all()
    write_all()
    (mail,) = server.to(cast.planner.email)
    assert mail.get_content().count("Planungsschritt: Daten sammeln") == 1
    assert "Lange nichts eingetragen" in cast.client().get(INBOX).content.decode()
    assert "Lange nichts eingetragen" not in cast.client("adviser").get(INBOX).content.decode()


@pytest.mark.slow
def test_at_once_means_after_the_step_and_only_for_those_whom_it_concerns(
    cast, server, django_capture_on_commit_callbacks
):
    for who in ("lead", "foreign_planner", "ministry"):
        cast.client(who).post(SETTING, {"frequency": "at_once"})
    plan, actors = make_plan(cast.home), actors_in(cast, cast.home)
    with django_capture_on_commit_callbacks(execute=True):
        go(plan, actors, PlanAction.PROPOSE)
    assert DBTaskResult.objects.count() == 1
    run_jobs()
    assert [mail["To"] for mail in server.mails] == [cast.lead.email]
    assert "Freigeben" in server.mails[0].get_content()
    with django_capture_on_commit_callbacks(execute=True):
        go(plan, actors, PlanAction.RELEASE, PlanAction.SUBMIT)
    run_jobs()
    assert [mail["To"] for mail in server.mails[1:]] == [cast.lead.email, cast.ministry.email]
    cast.client("lead").post(SETTING, {"frequency": "never"})
    cast.client("ministry").post(SETTING, {"frequency": "daily"})
    cast.client("foreign_planner").post(SETTING, {"frequency": "daily"})
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        go(plan, actors, PlanAction.BEGIN_REVIEW)
    assert not DBTaskResult.objects.exists(), "where nobody wants it at once no job runs"


@pytest.mark.parametrize("mood", ["hangs", "refuses"])
def test_a_server_that_hangs_or_refuses_loses_nothing(cast, server, mood):
    task(cast, "Räume anfragen", VagueDate(timezone.localdate() - timedelta(days=2)))
    server.mood = mood
    call_command("send_messages", verbosity=0)
    assert server.connections == 0, "nobody but the worker speaks with the server"
    assert cast.client().get(INBOX).status_code == 200
    for _ in range(len(outbox.PAUSES) + 1):
        run_jobs()
        DBTaskResult.objects.filter(finished_at=None).update(run_after=timezone.now())
    assert server.connections >= 6
    assert server.mails == []
    call_command("send_messages", verbosity=0)
    server.mood = "takes"
    server.released.set()
    assert outbox.resume() == 2  # planner and Leitung
    run_jobs()
    assert len(server.to(cast.planner.email)) == 1
    assert "Räume anfragen" in server.to(cast.planner.email)[0].get_content()
    assert list(outbox.folder().iterdir()) == []
    assert outbox.resume() == 0


def test_what_a_killed_worker_left_is_taken_up_and_a_wrong_address_is_not(cast, server):
    task(cast, "Räume anfragen", VagueDate(timezone.localdate() - timedelta(days=2)))
    call_command("send_messages", verbosity=0)
    DBTaskResult.objects.all().delete()
    assert outbox.resume() == 0, "it may still be under way"
    long_ago = (timezone.now() - timedelta(hours=2)).timestamp()
    for path in outbox.folder().iterdir():
        os.utime(path, (long_ago, long_ago))
    server.mood = "knows nobody"
    assert outbox.resume() == 2
    run_jobs()
    assert server.mails == []
    assert outbox.has_failed(cast.planner.email)
    assert outbox.resume() == 0


def test_a_new_deadline_is_told_to_municipalities_once(cast):
    RoleAssignment.objects.create(user=cast.planner, role="lead", municipality=cast.away, valid_from="2016-01-01")
    deadline = make(Deadline, None, title="Verwendungsnachweis", year=2030, full=False)
    Deadline.objects.filter(pk=deadline.pk).update(created_by=cast.ministry)
    assert len(news(cast.client())) == 1
    assert news(cast.client("ministry")) == []


def test_hints_questions_and_registrations_are_heard_by_the_other_side(cast):
    event = make(NetworkEvent, None, full=False)
    NetworkEvent.objects.update(created_by=None)
    hint = make(Hint, cast.home, title="Zielgruppe nennen", full=False)
    registration = make(NetworkRegistration, cast.home, event=event, full=False)
    Hint.objects.filter(pk=hint.pk).update(created_by=cast.adviser)
    NetworkRegistration.objects.filter(pk=registration.pk).update(created_by=cast.planner)
    question = Question.objects.create(asking=cast.home, asked=cast.away, subject="Wie gelang das?")
    QuestionPost.objects.create(
        question=question, place=cast.home, function="Planung", text="GEHEIM", person=cast.planner
    )
    heard = {who: [text for text, *_ in news(cast.client(who))] for who in ("planner", "foreign_planner", "ministry")}
    assert ["Hinweis: Zielgruppe nennen" in text for text in heard["planner"]] == [True]
    assert ["Nachricht aus Kyffhäuserkreis" in text for text in heard["foreign_planner"]] == [True]
    assert ["angemeldet" in text for text in heard["ministry"]] == [True]
    assert "GEHEIM" not in str(heard)
    for who in heard:
        page = cast.client(who).get(INBOX).content.decode()
        for url in re.findall(r'<a class="strong" href="([^"]+)"', "".join(NEWS.findall(page))):
            assert cast.client(who).head(url).status_code == 302, "asking whether it is there reads nothing"
            assert any(is_new for *_, is_new in news(cast.client(who)))
            assert cast.client(who).get(url, follow=True).status_code == 200, url
        assert not any(is_new for *_, is_new in news(cast.client(who))), "what was opened is read"
    assert "gibt es nicht mehr" in cast.client().get("/posteingang/meldung/h:hint:0/", follow=True).content.decode()


def test_an_adviser_of_many_municipalities_asks_no_more_than_one_of_two(cast):
    """One piece of a union for each of them is more than a database takes."""

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert cast.client("adviser").get(INBOX).status_code == 200
            entries_for(Access(cast.adviser), timezone.localdate())
        return [query["sql"].count("UNION ALL") for query in found.captured_queries]

    cast.client("adviser").get(INBOX)
    RoleAssignment.objects.create(user=cast.adviser, role="adviser", municipality=cast.away)
    few = asked()
    kind, region = cast.home.kind, cast.home.state_region
    for number in range(30):
        own = {"ags": f"99{number:03}", "name": f"Ort {number}", "slug": f"ort-{number}"}
        place = Municipality.objects.create(kind=kind, state_region=region, **own)
        RoleAssignment.objects.create(user=cast.adviser, role="adviser", municipality=place)
    assert asked() == few


def test_a_name_that_begins_with_its_kind_does_not_say_it_twice():
    assert named("Auszahlung", "Auszahlung zum 01.02.2026: Kurse") == "Auszahlung zum 01.02.2026: Kurse"
    assert named("Plan", "Planungsbeirat") == "Plan: Planungsbeirat"
    assert named("Hinweis", "") == "Hinweis"
