"""Invitation, minutes and calendar file of a session say what is recorded, to those who may read it."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from participation.models import AgendaItem, Body, BodyMembership, Decision, Finding, Resolution, Session, Task
from planning.models import Office
from printing import render
from printing.errors import RenderUnavailable
from records.domain import saving
from tests.factories import make
from tests.plans.records import add, day
from tests.reporting.papers.conftest import HOSTILE, assert_attached, assert_valid, reader_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]
PAPERS = ("session-invitation", "session-minutes", "session-calendar")


def url(name, session):
    return reverse(f"reporting:{name}", args=[session.municipality.slug, session.pk])


@pytest.fixture
def session(cast):
    own = {"municipality": cast.home}
    body = add(Body, **own, title="Planungsbeirat", kind="planning_advisory")
    seats = [
        add(BodyMembership, **own, body=body, organisation=organisation, kind=kind, person_name="Erika Geheim", **term)
        for organisation, kind, term in (
            ("Kirchenkreis", "appointed", {}),
            ("Landrätin", "chair", {}),
            ("Früherer Verein", "appointed", {"end": day("2017")}),
        )
    ]
    session = add(
        Session,
        **own,
        body=body,
        title="2. Sitzung",
        held_on=day("2018-06-14"),
        state="held",
        phase="needs",
        place="Landratsamt, Raum 12",
        invited="Presse",
        attending="Gäste aus Sömmerda",
        attending_count=17,
        method="Weltcafé",
        moderation="Institut",
        summary="Es wurde beraten.\n\n- Erstens\n- Zweitens",
        contradiction="Das Amtsblatt nennt den 15.06.",
        links={"attending_members": seats[:2]},
    )
    add(AgendaItem, **own, session=session, position=2, title="Stand der Planung", note="mit Tischvorlage")
    item = add(AgendaItem, **own, session=session, position=1, title="Begrüßung", result="Niederschrift angenommen")
    add(Decision, **own, session=session, agenda_item=item, text="Die Tagesordnung gilt.")
    add(Task, **own, session=session, agenda_item=item, title="Niederschrift versenden", responsible="Geschäftsstelle")
    office = {"address": "Markt 8, 99706 Sondershausen", "contact": "Sozialplanung"}
    add(Office, **own, title="Stabsstelle Sozialplanung", **office)
    add(Decision, **own, session=session, text="Es wird jährlich getagt.", note="Mehr ist nicht zu leisten.")
    add(
        Task,
        **own,
        session=session,
        title="Einladung",
        responsible="Sozialplanung",
        due=day("2018-09"),
        result="fertig",
    )
    add(Finding, **own, session=session, text="Kein Bus nach 17 Uhr", origin="session", weight=14)
    add(
        Resolution,
        **own,
        body=body,
        session=session,
        subject="Leitbild",
        resolved_on=day("2018-06-14"),
        number="7/18",
        legitimises="mission",
        votes_for=31,
        votes_against=0,
        votes_abstained=1,
    )
    return session


def test_minutes_hold_everything_that_is_recorded(cast, session):
    answer = cast.client().get(url("session-minutes", session))
    name = f"{cast.home.ags}-{cast.home.slug}-protokoll-2018-06-14.pdf"
    assert_attached(answer, name, "application/pdf")
    assert_valid(answer.content)
    text = text_of(answer.content)
    for words in (
        "Protokoll",
        "2. Sitzung · Planungsbeirat",
        "14. Juni 2018",
        "Landratsamt, Raum 12",
        "Weltcafé",
        "Institut",
        "Bedarfsanalyse",
        "Vorsitz Landrätin",
        "berufen Kirchenkreis",
        "weitere Gäste aus Sömmerda",
        "17 Anwesende",
        "eingeladen Presse",
        "1 Begrüßung Ergebnis: Niederschrift angenommen Festlegung: Die Tagesordnung gilt.",
        "Aufgabe: Niederschrift versenden (Geschäftsstelle, offen)",
        "Stabsstelle Sozialplanung",
        "Markt 8, 99706 Sondershausen",
        "2 Stand der Planung",
        "mit Tischvorlage",
        "Es wurde beraten.",
        "Zweitens",
        "Es wird jährlich getagt.",
        "Mehr ist nicht zu leisten.",
        "7/18 Leitbild Beschluss: beschlossen 31 Ja, 0 Nein, 1 Enthaltung",
        "September 2018 Einladung",
        "fertig",
        "Sozialplanung offen",
        "14 Kein Bus nach 17 Uhr",
        "Sitzungsleitung",
        "Unterschrift",
    ):
        assert words in text, words
    assert "Geheim" not in text
    assert "Amtsblatt" not in text
    assert "Ohne Angabe" not in text
    assert text.index("Vorsitz Landrätin") < text.index("berufen Kirchenkreis")
    assert text.index("Begrüßung") < text.index("Stand der Planung")


def test_the_invitation_names_members_of_that_time_and_agenda_but_no_results(cast, session):
    answer = cast.client().get(url("session-invitation", session))
    assert_valid(answer.content)
    assert len(reader_of(answer.content).pages) == 1
    text = text_of(answer.content)
    for words in ("Einladung", "14. Juni 2018, Landratsamt, Raum 12", "1 Begrüßung", "Vorsitz Landrätin", "Presse"):
        assert words in text, words
    for words in ("Früherer Verein", "Geheim", "Es wird jährlich getagt.", "Kein Bus", "31 Ja", "Zur Beschlussfassung"):
        assert words not in text, words


def test_an_expected_resolution_stands_in_the_invitation(cast, session):
    add(
        Resolution,
        municipality=cast.home,
        body=session.body,
        session=session,
        subject="Haushalt",
        outcome="expected",
        resolved_on=day("2018-06-14"),
        legitimises="plan",
        number="8/18",
    )
    text = text_of(cast.client().get(url("session-invitation", session)).content)
    assert "Zur Beschlussfassung" in text
    assert "8/18 Haushalt" in text
    assert "Leitbild" not in text


def test_what_minutes_lack_is_said(cast):
    body = add(Body, municipality=cast.home, title="Beirat", kind="advisory")
    session = add(
        Session,
        municipality=cast.home,
        body=body,
        title="1. Sitzung",
        held_on=day("2019"),
        state="planned",
        phase="needs",
    )
    minutes = cast.client().get(url("session-minutes", session))
    assert_valid(minutes.content)
    text = text_of(minutes.content)
    assert "Ohne Angabe: Anwesende, Tagesordnung, Verlauf und Ergebnis, Festlegungen, Aufgaben." in text
    assert "Vorlage: Die Sitzung hat noch nicht stattgefunden." in text
    assert "Tagesordnung" not in text_of(cast.client().get(url("session-invitation", session)).content)


@pytest.mark.parametrize("name", PAPERS[:2])
def test_hostile_and_long_texts_stay_texts(cast, name):
    session = make(Session, cast.home, text=HOSTILE)
    for model in (AgendaItem, Decision, Task, Finding, Resolution):
        make(model, cast.home, text=HOSTILE, session=session)
    answer = cast.client().get(url(name, session))
    assert_valid(answer.content)
    text = text_of(answer.content)
    assert "<script>alert(1)</script>" in text
    assert "{{ 7|add:7 }}" in text
    assert "root:" not in text


def test_the_calendar_file_is_a_day_with_place_and_agenda(cast, session):
    answer = cast.client().get(url("session-calendar", session))
    name = f"{cast.home.ags}-{cast.home.slug}-sitzung-2018-06-14.ics"
    assert_attached(answer, name, "text/calendar; charset=utf-8")
    (event,) = Calendar.from_ical(answer.content).events
    assert event["SUMMARY"] == "Planungsbeirat: 2. Sitzung"
    assert event["LOCATION"] == "Landratsamt, Raum 12"
    assert event["DESCRIPTION"] == "Tagesordnung\nTOP 1: Begrüßung\nTOP 2: Stand der Planung\n\n" + "\n".join(
        ["Landratsamt Kyffhäuserkreis", "Stabsstelle Sozialplanung", "Markt 8, 99706 Sondershausen", "Sozialplanung"]
    )
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2018, 6, 14), date(2018, 6, 15))
    Session.objects.filter(pk=session.pk).update(starts_at="17:30")
    (timed,) = Calendar.from_ical(cast.client().get(url("session-calendar", session)).content).events
    assert timed.decoded("DTSTART") == datetime(2018, 6, 14, 15, 30, tzinfo=UTC)  # half past five in Berlin
    assert "DTEND" not in timed, "nobody says when it ends"
    Session.objects.filter(pk=session.pk).update(starts_at="")
    assert event["STATUS"] == "CONFIRMED"
    assert event["UID"] == f"{session.uid}@{cast.home.slug}.lsz-portal"
    assert cast.client().get(url("session-calendar", session)).content == answer.content


def test_a_calendar_takes_every_change_of_what_the_entry_shows_for_a_newer_one(cast, session):
    def announced():
        (event,) = Calendar.from_ical(cast.client().get(url("session-calendar", session)).content).events
        return event["SEQUENCE"], event.decoded("LAST-MODIFIED")

    def change(record, **values):
        for name, value in values.items():
            setattr(record, name, value)
        saving.update_record(record, version=record.version, actor=cast.planner)

    item = add(AgendaItem, municipality=cast.home, session=session, position=9, title="Verschiedenes")
    steps = (
        lambda: change(Session.objects.get(pk=session.pk), place="Rathaus"),
        lambda: change(AgendaItem.objects.get(pk=item.pk), title="Anfang"),
        lambda: saving.delete_record(AgendaItem.objects.get(pk=item.pk), version=item.version + 1, actor=cast.planner),
        lambda: change(Body.objects.get(pk=session.body_id), title="Beirat"),
    )
    seen = [announced()]
    for step in steps:
        step()
        seen.append(announced())
        assert seen[-1] > seen[-2], "number first, then time"


def test_a_past_session_promises_nothing_and_names_its_body_once(cast, session):
    Session.objects.filter(pk=session.pk).update(title="Planungsbeirat: Werkstatt", state="held")
    for rows in (session.decisions, session.tasks, session.agenda):
        rows.all().delete()
    (event,) = Calendar.from_ical(cast.client().get(url("session-calendar", session)).content).events
    assert (event["SUMMARY"], "folgt" in event["DESCRIPTION"]) == ("Planungsbeirat: Werkstatt", False)
    text = text_of(cast.client().get(url("session-invitation", session)).content)
    assert ("wurde eingeladen" in text, "folgt" in text, "Bitte geben Sie Bescheid" in text) == (True, False, False)


def test_a_text_cannot_add_lines_to_the_calendar_file(cast, session):
    Session.objects.filter(pk=session.pk).update(place="Saal\r\nATTENDEE:mailto:x@example.org\x07", state="cancelled")
    (event,) = Calendar.from_ical(cast.client().get(url("session-calendar", session)).content).events
    assert "ATTENDEE" not in event
    assert "x@example.org" in event["LOCATION"]
    assert event["STATUS"] == "CANCELLED"


def test_without_a_day_there_is_no_calendar_file(cast, session):
    Session.objects.filter(pk=session.pk).update(held_on=day("2018-06"))
    answer = cast.client().get(url("session-calendar", session), follow=True)
    assert answer.redirect_chain == [(f"/{cast.home.slug}/sitzungen/{session.pk}/", 302)]
    assert "Für den Kalender braucht die Sitzung einen genauen Tag." in answer.content.decode()


def test_the_page_of_a_session_leads_to_its_papers(cast, session):
    for who in ("planner", "adviser"):
        html = cast.client(who).get(f"/{cast.home.slug}/sitzungen/{session.pk}/").content.decode()
        for name in PAPERS:
            assert f'href="{url(name, session)}"' in html, (who, name)


@pytest.mark.parametrize("name", PAPERS)
def test_a_foreign_session_does_not_exist(cast, session, name):
    foreign = make(Session, cast.away, text="Fremd")
    client = cast.client()
    for pk in (foreign.pk, 10**30):
        assert client.get(reverse(f"reporting:{name}", args=[cast.home.slug, pk])).status_code == 404
    assert client.get(url(name, foreign)).status_code == 404


@pytest.mark.parametrize("name", PAPERS[:2])
def test_without_the_library_the_page_says_why(cast, session, name, monkeypatch):
    def fail(*_, **__):
        raise RenderUnavailable(render.NO_LIBRARY)

    monkeypatch.setattr("printing.papers.making.render_pdf", fail)
    answer = cast.client().get(url(name, session), follow=True)
    assert answer.redirect_chain == [(f"/{cast.home.slug}/sitzungen/{session.pk}/", 302)]
    assert "libpangoft2-1.0-0" in answer.content.decode()


@pytest.mark.slow
def test_queries_do_not_grow(cast, session, monkeypatch):
    monkeypatch.setattr("printing.papers.making.render_pdf", lambda *_, **__: b"%PDF")
    client, counts = cast.client(), []
    for _ in range(2):
        client.get(url("session-minutes", session))
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(url("session-minutes", session)).content == b"%PDF"
        counts.append(len(found))
        for number in range(8):
            for model in (AgendaItem, Decision, Task, Finding):
                make(model, cast.home, text=f"Wort {number}", session=session)
            own = {"session": session, "body": session.body, "resolved_on": session.held_on}
            make(Resolution, cast.home, text=f"Wort {number}", **own)
    assert counts[0] == counts[1]
