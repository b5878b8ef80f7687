"""A survey that everybody answers in the portal, by HTTP alone as a browser without JavaScript sends it."""

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import Attempts
from participation.domain import open_surveys
from participation.domain.open_surveys import open_survey
from participation.domain.questionnaire import Item, Questionnaire
from participation.domain.survey_words import FRAME, PROPOSED
from participation.models import FreeText, OpenSurvey, Survey, SurveyQuestion, SurveyReply
from tests.cast import EVERYBODY
from tests.factories import make
from tests.html import read_form

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOON = datetime(2026, 6, 15, 10, tzinfo=UTC)
CANARY = "Kanarienantwort"
ITEMS = [
    Item("f1", "Wo wohnen Sie?", "choice", ("Nord", "Süd"), True),
    Item("f2", "Was fehlt?", "several", ("Bus", "Hort")),
    Item("f3", "Wie zufrieden sind Sie?", "scale", ("gar nicht", "sehr")),
    Item("f4", "Wie alt sind Sie?", "number", ("18", "30")),
    Item("f5", "Ihre Meinung", "text"),
]


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def survey(cast, clock):
    return make(Survey, cast.home, full=False, title="Familien (Beispiel)", begin=None, end=None, sent=40)


def translated(asked, code):
    return {
        "texts": {text: f"{code}: {text}" for text in asked.texts()},
        "frame": {key: PROPOSED.get(code, {}).get(key, f"{code} {key}") for key in FRAME},
    }


@pytest.fixture
def opened(survey):
    asked = Questionnaire(survey.title, "Worum es geht.", 5, ITEMS)
    for code in ("de-simple", "uk", "ar"):
        asked.words[code] = translated(asked, code)
    Survey.objects.filter(pk=survey.pk).update(questionnaire=asked.told())
    survey.refresh_from_db()
    return open_survey(survey, opens_on=date(2026, 6, 15), closes_on=date(2026, 6, 30), actor=None)


class Guest:
    """Somebody in a browser that sends no cookies, has no JavaScript, and checks tokens as in operation."""

    def __init__(self, survey, clock, network="192.0.2.1"):
        self.page = f"/oeffentlich/{survey.municipality.slug}/befragungen/{survey.pk}/"
        self.clock, self.client = clock, Client(enforce_csrf_checks=True, REMOTE_ADDR=network)

    def open(self, query=""):
        shown = read_form(self.client.get(f"{self.page}{query}").content).values
        return {name: values for name, values in shown.items() if name and not re.fullmatch(r"f\d", name)}

    def send(self, wait=20, form=None, **said):
        form = form or self.open()
        self.clock.shift(timedelta(seconds=wait))
        return self.client.post(self.page, form | said)


@pytest.fixture
def guest(opened, survey, clock):
    return Guest(survey, clock)


def fill(opened, count=40):
    """Replies as they are kept: two regions of which the second has three who miss the bus."""
    for at in range(count):
        region, ticks = ("a1", ["a1"]) if at < count // 2 else ("a2", ["a1"] if at < count // 2 + 3 else ["a2"])
        said = {"f1": region, "f2": ticks, "f3": f"a{at % 5 + 1}", "f4": "a2", "f5": f"{CANARY} {at}"}
        SurveyReply.objects.create(opened=opened, key=f"{CANARY}{at}", said=said)


def test_a_planner_writes_the_questions_and_opens_them(cast, survey):
    planner, page = cast.client(), f"/{cast.home.slug}/befragungen/{survey.pk}/fragebogen/"
    form = read_form(planner.get(page).content).values
    sent = {name: values[0] for name, values in form.items() if name and values}
    typed = sent | {"q-0-text": "Wo wohnen Sie?", "q-0-options": "Nord\nSüd", "q-0-groups": "on"}
    typed |= {"q-1-text": "Ihre Meinung", "q-1-kind": "text", "q-2-text": "Alter", "q-2-kind": "number"}
    empty = planner.post(page, sent | {"_keep": "1"})
    survey.refresh_from_db()
    assert (empty.status_code, "mindestens eine Frage" in words(empty), survey.questionnaire) == (422, True, None)
    wrong = planner.post(page, typed | {"_keep": "1", "q-2-options": "30, 18"})
    assert (wrong.status_code, "Die Zahlen müssen größer werden" in words(wrong)) == (422, True)
    assert '<a href="#id_q-2-options">Frage 3, Antworten: ' in wrong.content.decode()
    pasted = planner.post(page, typed | {"intro": "Worum es geht:\n• Wege\n• Zeiten", "_gliedern": "intro"})
    assert (pasted.status_code, "- Wege" in pasted.content.decode()) == (200, True)
    assert ("Wo wohnen Sie?" in pasted.content.decode(), "Fehler" in words(pasted)) == (True, False)
    more = planner.post(page, typed | {"_more": "1"})
    assert [more.content.count(each) > 0 for each in (b"q-8-text", b"Wo wohnen Sie?")] == [True, True]
    odd = planner.post(page, typed | {"_more": "1", "q-TOTAL_FORMS": "viele"})
    assert odd.status_code == 200, "not even a number that is none ends the page"
    assert planner.post(page, typed | {"_keep": "1", "q-2-options": "18, 30"}).status_code == 302
    survey.refresh_from_db()
    kept = [(each["key"], each["kind"]) for each in survey.questionnaire["items"]]
    assert kept == [("f1", "choice"), ("f2", "text"), ("f3", "number")]
    assert "inzwischen geändert" in words(planner.post(page, typed | {"_keep": "1", "q-2-options": "18"}))
    assert "0–17" in words(planner.get(f"{page}vorschau/"))
    days = {"_open": "1", "tage-opens_on": "2026-06-15"}
    assert planner.post(page, days | {"tage-closes_on": "2026-06-14"}).status_code == 422
    assert planner.post(page, days | {"tage-closes_on": "2026-06-30"}).status_code == 302
    survey.refresh_from_db()
    assert (survey.begin.iso, survey.end.iso) == ("2026-06-15", "2026-06-30")


def test_answers_become_tables_when_it_is_closed_and_before_that_only_a_count(cast, guest, opened, survey):
    planner, base = cast.client(), f"/{cast.home.slug}/befragungen/{survey.pk}/"
    for at in range(12):
        answer = guest.send(f1="a1" if at < 6 else "a2", f5=f"{CANARY} {at}", f4="a2")
        assert answer.status_code == 302
    assert "Vielen Dank" in words(guest.client.get(answer.headers["Location"]))
    page = words(planner.get(f"{base}fragebogen/"))
    assert "12 ausgefüllte Fragebögen, 30 % von 40 versandten" in page
    assert CANARY not in page
    asked = words(planner.post(f"{base}fragebogen/", {"_close": "1"}))
    assert "die einzelnen Antworten werden gelöscht" in asked, "what nobody takes back is asked about"
    assert SurveyReply.objects.exists()
    ended = planner.post(f"{base}fragebogen/", {"_close": "1", "_sicher": "1"})
    assert ended.headers["Location"] == f"{base}ergebnisse/"
    survey.refresh_from_db()
    assert (survey.returned, survey.evaluated, survey.return_share) == (12, 12, "30\u202f%")
    question = SurveyQuestion.objects.get(code="f4")
    assert question.tables[1]["columns"] == ["Nord", "Süd"]
    assert [row["cells"] for row in question.tables[1]["rows"] if row["label"] == "18–29"] == [[6, 6]]
    assert FreeText.objects.count() == 12
    assert "ist beendet" in words(guest.client.get(guest.page))
    assert guest.send(form={"x": "y"}, f1="a1").status_code == 200
    assert not OpenSurvey.objects.exists()


def test_after_the_last_day_no_answer_is_left_anywhere(opened, survey, clock, tmp_path, settings):
    fill(opened)
    clock.move_to(datetime(2026, 7, 1, 5, tzinfo=UTC))
    out = StringIO()
    call_command("close_surveys", stdout=out)
    assert "Beendete Befragungen: 1" in out.getvalue()
    FreeText.objects.update(text="")  # kept to be looked through
    told = ""
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            told += str(cursor.fetchall())
    assert CANARY not in told
    question = SurveyQuestion.objects.get(code="f2")
    by_region = {row["label"]: row["cells"] for row in question.tables[1]["rows"]}
    assert by_region == {"Bus": [None, None], "Hort": [None, None]}  # three in „Süd“, and what would tell of them
    assert question.seen == 40


def test_fewer_than_five_make_no_table_and_go_all_the_same(opened, survey, cast):
    fill(opened, 4)
    planner, base = cast.client(), f"/{cast.home.slug}/befragungen/{survey.pk}/"
    page = words(planner.post(f"{base}fragebogen/", {"_close": "1", "_sicher": "1"}, follow=True))
    assert "weniger als 5" in page
    assert not SurveyReply.objects.exists()
    assert not SurveyQuestion.objects.exists()
    assert not FreeText.objects.exists()


def test_more_replies_than_were_sent_end_without_a_rate(opened, survey):
    fill(opened, 45)
    open_surveys.close_survey(opened, actor=None)
    survey.refresh_from_db()
    assert (survey.sent, survey.returned, survey.return_share) == (None, 45, "")
    assert "45 Fragebögen" in survey.return_note
    assert "40 versandten" in survey.return_note


@pytest.mark.parametrize(("code", "direction"), [("de", "ltr"), ("de-simple", "ltr"), ("uk", "ltr"), ("ar", "rtl")])
def test_every_language_is_whole_on_page_refusal_and_thanks(guest, code, direction):
    query, own = f"?sprache={code}", FRAME if code == "de" else PROPOSED[code]
    page = guest.client.get(f"{guest.page}{query}").content.decode()
    assert f'<html lang="{code}" dir="{direction}">' in page
    assert page.count('name="_sprache"') == 4
    for key in ("hint", "send", "told", "several", "none"):
        assert own[key] in page, key
    assert ("uk: Was fehlt?" in page) == (code == "uk")
    form = guest.open(query)
    guest.clock.shift(timedelta(seconds=20))
    refused = guest.client.post(f"{guest.page}{query}", form)
    assert (refused.status_code, own["nothing"] in refused.content.decode()) == (422, True)
    sent = guest.client.post(f"{guest.page}{query}", form | {"f3": "a5"})
    assert own["thanks"] in guest.client.get(sent.headers["Location"]).content.decode()
    assert SurveyReply.objects.get().said == {"f3": "a5"}


def test_what_was_typed_stays_in_another_language_and_a_half_translated_one_is_not_offered(guest, opened, survey, cast):
    form = guest.open() | {"f5": "Mein Text", "f1": "a2", "_sprache": "ar"}
    page = guest.client.post(f"{guest.page}?sprache=ar", form)
    assert (page.status_code, SurveyReply.objects.count()) == (200, 0)
    assert "Mein Text" in page.content.decode()
    assert 'value="a2" id="id_f1_1" checked' in page.content.decode()
    assert guest.client.get(guest.page, headers={"Accept-Language": "uk-UA,uk;q=0.9"}).context["code"] == "uk"
    planner, base = cast.client(), f"/{cast.home.slug}/befragungen/{survey.pk}/fragebogen/sprache/?sprache=uk"
    told = words(planner.get(f"/{cast.home.slug}/befragungen/{survey.pk}/fragebogen/"))
    assert "Im Aushang (PDF) fehlt: Arabisch" in told
    assert "◊" not in planner.get(base.replace("=uk", "=ar")).content.decode(), "these letters are never printed"
    sent = {name: values[0] for name, values in read_form(planner.get(base).content).values.items() if name and values}
    first = next(name for name in sent if name.startswith("t-"))
    planner.post(base, sent | {first: ""})
    assert guest.client.get(f"{guest.page}?sprache=uk").context["code"] == "de"
    planner.post(base, sent | {first: "Родини"})
    assert "Родини" in guest.client.get(f"{guest.page}?sprache=uk").content.decode()


def test_floods_programs_and_double_sending(guest, opened, survey, clock, cast):
    assert guest.send(wait=0, f1="a1").status_code == 422
    assert guest.send(website="http://spam.example", f1="a1").status_code == 422
    assert guest.client.post(guest.page, {"f1": "a1"}).status_code == 422
    assert guest.send(f1="a9").status_code == 422
    assert guest.send(f5="x" * 2_001).status_code == 422
    assert not SurveyReply.objects.exists()
    form = guest.open()
    assert [guest.send(form=form, f1=value).status_code for value in ("a1", "a1", "a2")] == [302] * 3
    assert [row.said for row in SurveyReply.objects.all()] == [{"f1": "a2"}]
    full = [guest.send(f1="a1", wait=3).status_code for _ in range(58)]
    assert (full.count(302), full[-1]) == (57, 429)
    assert SurveyReply.objects.count() == 58
    other = Guest(survey, clock, "192.0.2.9")
    assert other.send(f1="a1").status_code == 302
    assert not guest.client.cookies
    assert "192.0.2" not in str([*SurveyReply.objects.values(), *Attempts.objects.values()])
    clock.move_to(datetime(2026, 7, 1, 5, tzinfo=UTC))
    assert "ist beendet" in words(other.send(form={"x": "y"}, f1="a1"))
    assert SurveyReply.objects.count() == 59


def test_what_is_not_open_does_not_exist_and_answers_are_nobodys(guest, opened, survey, cast):
    fill(opened, 6)
    base = f"/oeffentlich/{cast.home.slug}/befragungen/"
    closed = make(Survey, cast.home, full=False, title="Geheimwort")
    for url in (f"{base}{closed.pk}/", f"{base}{closed.pk}/danke/", f"{base}{10**30}/"):
        assert guest.client.get(url).status_code == 404, url
    assert guest.client.get(f"/oeffentlich/{cast.away.slug}/befragungen/{survey.pk}/").status_code == 404
    inside = f"/{cast.home.slug}/befragungen/{survey.pk}/"
    for page in ("", "ergebnisse/", "ergebnisse.csv", "fragebogen/", "verlauf/"):
        assert not [who for who in EVERYBODY if CANARY.encode() in cast.client(who).get(f"{inside}{page}").content]
    assert b"Familien (Beispiel)" in guest.client.get("/").content
    bad = "<script>alert(1)</script>"
    OpenSurvey.objects.update(form=opened.form | {"intro": bad, "title": bad})
    assert bad.encode() not in guest.client.get(guest.page).content
