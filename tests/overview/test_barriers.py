"""„Barriere melden“: everybody may report, the administration answers."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.urls import reverse

from overview.domain import barriers
from overview.models import BarrierReport
from tests.html import read_form

ADDRESS = "/barrierefreiheit/melden/"
SENT = {"page": "/kyffhaeuserkreis/", "description": "Die Karte hält die Tastatur fest.", "contact": "0361 1234"}
pytestmark = pytest.mark.django_db


def test_everybody_reports_a_barrier_and_reads_what_happens_next(client, settings, django_capture_on_commit_callbacks):
    settings.OPERATOR_EMAIL = "stelle@example.org"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(ADDRESS, SENT, follow=True)
    assert "innerhalb eines Monats" in answer.content.decode()
    stored = BarrierReport.objects.get()
    assert {name: getattr(stored, name) for name in SENT} | {"state": stored.state} == {**SENT, "state": "open"}
    assert [message.to for message in mail.outbox] == [["stelle@example.org"]]
    assert SENT["description"] in mail.outbox[0].body
    assert SENT["contact"] not in mail.outbox[0].body


def test_a_report_that_is_sent_again_is_the_same_report(client):
    key = read_form(client.get(ADDRESS).content).values["form_key"]
    for sent in (SENT | {"form_key": key}, SENT | {"form_key": key}, SENT, SENT | {"description": "Etwas anderes"}):
        assert client.post(ADDRESS, sent).status_code == 302
    assert BarrierReport.objects.count() == 2


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("/altenburger-land/bedarfe/", "/altenburger-land/bedarfe/"),
        ('/a" onfocus="x', '/a" onfocus="x'),
        ("https://example.org/", ""),
        ("/" + "x" * 500, ""),
    ],
)
def test_the_page_from_which_a_person_comes_is_filled_in(client, query, shown):
    form = read_form(client.get(ADDRESS, {"seite": query}).content)
    assert "".join(form.values["page"]) == shown


def test_every_page_carries_its_address_to_the_report(cast):
    html = cast.client("planner").get(f"/{cast.home.slug}/zeitstrahl/").content.decode()
    assert html.count(f'href="{ADDRESS}?seite=/{cast.home.slug}/zeitstrahl/"') == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"description": ""}, "Füllen Sie dieses Feld aus."),
        ({"description": "x" * 5001}, "höchstens 5000"),
        ({"description": "a\x00b"}, "Null"),
        ({"contact": "x" * 201}, "höchstens 200"),
    ],
)
def test_a_bad_report_gets_a_sentence_and_keeps_what_was_typed(client, changed, sentence):
    answer = client.post(ADDRESS, SENT | changed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert f'value="{SENT["page"]}"' in html
    assert not BarrierReport.objects.exists()


def test_a_program_that_fills_the_hidden_field_stores_nothing(client):
    assert client.post(ADDRESS, SENT | {"website": "https://example.org"}).status_code == 302
    assert not BarrierReport.objects.exists()


def test_nobody_sends_without_end_and_the_text_stays(cast):
    planner, lead = cast.client("planner"), cast.client("lead")
    for number in range(barriers.PER_PERSON.most):
        assert planner.post(ADDRESS, SENT | {"contact": f"0361 {number}"}).status_code == 302
    answer = planner.post(ADDRESS, SENT)
    assert answer.status_code == 429
    assert SENT["description"] in answer.content.decode()
    assert BarrierReport.objects.count() == barriers.PER_PERSON.most
    assert lead.post(ADDRESS, SENT).status_code == 302


def test_without_log_in_the_network_address_counts(client):
    statuses = [client.post(ADDRESS, SENT).status_code for _ in range(barriers.PER_ADDRESS.most + 1)]
    assert statuses == [302] * barriers.PER_ADDRESS.most + [429]
    assert client.post(ADDRESS, SENT, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_mail_that_cannot_be_sent_loses_nothing(client, settings, django_capture_on_commit_callbacks, caplog):
    settings.OPERATOR_EMAIL = "stelle@example.org"
    settings.EMAIL_BACKEND = "nowhere.Backend"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ADDRESS, SENT).status_code == 302
    assert BarrierReport.objects.count() == 1
    assert "tell_operator" in caplog.text


def test_the_administration_answers_and_the_contact_is_deleted(cast):
    report = barriers.report_barrier(**SENT)
    admin = cast.client("admin")
    page = admin.get(reverse("overview:barrier-list")).content.decode()
    assert SENT["description"] in page
    assert "zugesagt bis" in page
    answer = admin.post(reverse("overview:barrier-answer", args=[report.pk]), {"state": "answered", "note": "Behoben."})
    assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.note, report.contact) == ("answered", "Behoben.", "")


def test_open_reports_stand_first(cast):
    answered, waiting = barriers.report_barrier(**SENT), barriers.report_barrier(**SENT)
    answered.state = "answered"
    barriers.answer_barrier(report=answered, actor=cast.admin)
    later = barriers.report_barrier(**SENT)
    html = cast.client("admin").get(reverse("overview:barrier-list")).content.decode()
    places = [html.index(reverse("overview:barrier-answer", args=[row.pk])) for row in (later, waiting, answered)]
    assert places == sorted(places)


def test_unknown_state_and_foreign_report_are_refused(cast):
    report = barriers.report_barrier(**SENT)
    admin = cast.client("admin")
    assert admin.post(reverse("overview:barrier-answer", args=[report.pk]), {"state": "x"}).status_code == 422
    assert admin.get(reverse("overview:barrier-answer", args=[report.pk + 1])).status_code == 404


def test_until_when_an_answer_is_promised_is_told_to_those_who_give_it(cast):
    BarrierReport.objects.create(page="/", description="Ohne Kontakt")
    asked = BarrierReport.objects.create(page="/", description="Mit Kontakt", contact="0361 1234")
    BarrierReport.objects.update(created_at=datetime(2026, 10, 31, 12, tzinfo=UTC))
    client = cast.client("admin")
    assert client.get("/konto/barrieren/").content.decode().count("zugesagt bis 30.11.2026") == 1
    inbox = client.get("/posteingang/").content.decode()
    assert inbox.count("Antwort zugesagt bis 30.11.2026") == 1
    assert asked.contact not in inbox
