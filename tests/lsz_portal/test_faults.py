"""What is around the portal fails: a sentence, typed text stays, nothing is half stored, it goes on by itself."""

import json
import logging
import re
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.template import loader
from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.models import RoleAssignment
from lsz_portal.faults import answers
from lsz_portal.faults.causes import BUSY, FILES, FULL, GONE, READ_ONLY, UPDATING
from lsz_portal.warming import warm_up
from planning.models import Document
from records.domain import saving
from records.models import StoredFile
from records.pages.history import history_entries
from records.queue.jobs import Job
from records.queue.replay import outcome_of_view
from records.registry import kind_of
from tests.cast import PASSWORD, Cast
from tests.factories import PDF, make, pdf
from tests.html import read_form
from tests.lsz_portal import faults
from tests.lsz_portal.faults import POSTGRES, Front

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KIND = kind_of(Document)
TITLE, TEXT = "Getippt „und“ <b>mehr</b>", "Zeile 1\r\nZeile 2 " + "ist lang " * 2000
AGAIN = "Eingaben noch einmal senden"


def browser(cast: Cast, who: str = "planner") -> Front:
    return cast.client(who, Front)


def content(size_of: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("beschluss.pdf", size_of, content_type="application/pdf")


def typed(page: HttpResponse, file: bytes = PDF) -> dict:
    values = read_form(page.content).values
    given = {name: values[name][0] for name in ("form_key", "csrfmiddlewaretoken")}
    return given | {"title": TITLE, "description": TEXT, "file": content(file)}


FAULTS = {
    "gone": (faults.gone, GONE),
    "read only": (faults.read_only, READ_ONLY),
    "locked": (faults.locked, BUSY),
    "not migrated": (faults.not_migrated, UPDATING),
    "no folder": (faults.no_folder, FILES),
    "full database": (faults.full_database, FULL),
} | ({"ended by the server": (faults.ended_by_the_server, GONE)} if POSTGRES else {})


@pytest.mark.parametrize("name", FAULTS)
def test_a_form_that_meets_a_fault_is_kept_whole_and_stored_once_when_it_is_over(cast, name, caplog):
    fault, cause = FAULTS[name]
    front, address = browser(cast), KIND.url("create", cast.home)
    data = typed(front.get(address))
    with fault():
        before = faults.stored_files()
        answer = front.post(address, data)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, answers.AGAIN_AFTER)
        assert faults.stored_files() == before
    page = answer.content.decode()
    assert cause.sentence in page
    assert TEXT.replace("\r\n", "\n") in page.replace("\r\n", "\n")
    assert "<b>mehr" not in page
    assert [(line.name, line.levelno) for line in caplog.records] == [
        ("lsz_portal.faults.answers", logging.WARNING if cause.passes else logging.ERROR)
    ]
    assert TITLE not in caplog.text
    assert (Document.objects.count(), Document.history.count(), StoredFile.objects.count()) == (0, 0, 0)

    values = {name: value[0] for name, value in read_form(answer.content).values.items()}
    assert {name: values[name] for name in ("title", "form_key")} == {"title": TITLE, "form_key": data["form_key"]}
    assert "Gewählte Dateien sind nicht mehr dabei" in page
    for _ in range(2):  # by two clicks
        assert front.post(address, values | {"file": content()}).status_code == 302
    assert (Document.objects.count(), Document.history.count(), StoredFile.objects.count()) == (1, 1, 1)
    assert Document.objects.get().description == TEXT.replace("\r\n", "\n").strip(), (
        "line ends are stored as LF, all else as typed"
    )


@pytest.mark.parametrize("where", ["on its way", "at its place"])
def test_no_room_for_a_file_keeps_the_form_and_leaves_no_remains(cast, where, settings):
    if where == "at its place":
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * len(faults.BIG)
    front, address = browser(cast), KIND.url("create", cast.home)
    data, before = typed(front.get(address), faults.BIG), faults.stored_files()
    with faults.no_room_for_files():
        answer = front.post(address, data)
    assert (answer.status_code, FULL.sentence in answer.content.decode()) == (503, True)
    assert read_form(answer.content).values["title"] == [TITLE]
    assert (faults.stored_files(), Document.objects.count(), StoredFile.objects.count()) == (before, 0, 0)
    assert front.post(address, data | {"file": content(faults.BIG)}).status_code == 302
    noted, stored = StoredFile.objects.get(), Document.objects.get().file
    assert (noted.name, noted.size, len(stored.read())) == (stored.name, len(faults.BIG), len(faults.BIG))


def test_without_the_folder_for_arriving_files_the_form_is_kept(cast):
    front, address = browser(cast), KIND.url("create", cast.home)
    data = typed(front.get(address), faults.BIG)
    with faults.no_incoming():
        answer = front.post(address, data)
    assert (answer.status_code, FILES.sentence in answer.content.decode()) == (503, True)
    assert read_form(answer.content).values["title"] == [TITLE]


def test_reading_goes_on_where_nothing_can_be_written(cast):
    document = make(Document, cast.home)
    front = browser(cast)
    front.get(KIND.url("list", cast.home))
    addresses = [KIND.url("list", cast.home), KIND.url("detail", cast.home, document.pk), "/posteingang/"]
    for fault in (faults.read_only, faults.locked if not POSTGRES else nullcontext):
        with fault():
            found = {address: front.get(address).status_code for address in addresses}
        assert found == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize("name", ["gone", "not migrated"])
def test_who_waits_for_the_queue_is_told_the_same(cast, name, caplog):
    fault, cause = FAULTS[name]
    wish = Job("a" * 40, cast.planner.pk, "Dokumente", "GET", KIND.url("list", cast.home))
    with fault():
        told = outcome_of_view(wish).told
    assert [(cause.sentence in text, "noch einmal" in text) for _, text in told] == [(True, True)]
    assert [(line.levelno, bool(line.exc_info)) for line in caplog.records] == [(logging.ERROR, False)]


def test_pages_that_note_a_visit_are_read_where_nothing_can_be_written(cast):
    adviser, admin = cast.client("adviser"), cast.client("admin")
    adviser.get(KIND.url("list", cast.home))
    admin.get(KIND.url("list", cast.home))
    with faults.read_only():
        answers = [adviser.get("/begleitung/"), admin.get("/konto/aktivitaeten/")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "Was zuletzt gelesen wurde, fehlt" in answers[1].content.decode()


@pytest.mark.skipif(not POSTGRES, reason="SQLite has no server that could end a connection")
def test_a_connection_that_was_closed_meanwhile_is_opened_anew(cast):
    front, address = browser(cast), KIND.url("list", cast.home)
    assert front.get(address).status_code == 200
    assert faults.connection.connection is not None  # it persists
    faults.terminate()
    assert front.get(address).status_code == 200


def test_machines_are_answered_in_their_language(cast):
    front = browser(cast)
    with faults.gone():
        found = [front.get("/gesundheit/"), front.get(KIND.url("list", cast.home), HTTP_ACCEPT="application/json")]
    for answer in found:
        assert (answer.status_code, json.loads(answer.content)["error"]) == (503, GONE.sentence)
    assert json.loads(front.get("/gesundheit/").content) == {"status": "ok"}


def test_a_page_whose_own_files_are_missing_still_says_the_sentence(cast, monkeypatch):
    def missing(*args, **kwargs):
        raise ValueError("Missing staticfiles manifest entry for 'icons.svg'")

    monkeypatch.setattr("django.templatetags.static.StaticNode.url", missing)
    warm_up()  # a process starts nevertheless
    answer = browser(cast).get(KIND.url("list", cast.home))
    assert (answer.status_code, UPDATING.sentence in answer.content.decode()) == (503, True)
    monkeypatch.setattr(loader, "get_template", missing)
    assert UPDATING.sentence in browser(cast).get("/impressum/").content.decode()


def test_passwords_are_not_given_back_and_open_forms_are(cast):
    front = browser(cast, "anonymous")
    token = {"csrfmiddlewaretoken": read_form(front.get("/anmelden/").content).values["csrfmiddlewaretoken"][0]}
    report = {"page": "/", "description": "Der Knopf ist zu klein"}
    with faults.gone():
        log_in = front.post("/anmelden/", token | {"username": "planung-kyf", "password": PASSWORD})
        barrier = front.post(reverse("overview:barrier-report"), token | report)
    assert [answer.status_code for answer in (log_in, barrier)] == [503, 503]
    assert (PASSWORD in log_in.content.decode(), AGAIN in log_in.content.decode()) == (False, False)
    assert read_form(barrier.content).values["description"] == [report["description"]]


def test_what_another_site_made_up_is_not_given_back(rf):
    for origin, is_kept in (
        ("https://anders.example", False),
        ("null", False),
        ("http://testserver", True),
        ("", True),
    ):
        headers = {"HTTP_ORIGIN": origin} if origin else {}
        answer = answers.unavailable(rf.post("/barriere/", {"text": "Untergeschoben von dort"}, **headers), GONE)
        assert ("Untergeschoben" in answer.content.decode()) == is_kept, origin


def test_a_file_that_is_missing_is_no_empty_page_but_a_call(cast, caplog):
    document = make(Document, cast.home, file=pdf())
    stored = document.file.storage
    stored.delete(document.file.name)
    answer = browser(cast).get(f"{KIND.url('detail', cast.home, document.pk)}datei/")
    assert (answer.status_code, FILES.sentence in answer.content.decode()) == (503, True)
    assert [(line.levelno, "ENOENT" in line.message) for line in caplog.records] == [(logging.ERROR, True)]


def test_an_error_of_the_portal_itself_keeps_the_form_too(cast, monkeypatch):
    front, address = browser(cast), KIND.url("create", cast.home)
    data = typed(front.get(address))
    monkeypatch.setattr("records.domain.saving.use_key", lambda *args: 1 / 0)  # the file is there already
    before = faults.stored_files()
    answer = front.post(address, data)
    assert (answer.status_code, AGAIN in answer.content.decode()) == (500, True)
    assert (read_form(answer.content).values["title"], faults.stored_files()) == ([TITLE], before)


def role_ended(cast: Cast, document: Document) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(user=cast.planner).update(valid_until=yesterday)


def role_became_another(cast: Cast, document: Document) -> None:
    RoleAssignment.objects.filter(user=cast.planner).update(role="ministry", municipality=None)


def record_deleted(cast: Cast, document: Document) -> None:
    document.delete()


@pytest.mark.parametrize("change", [role_ended, role_became_another, record_deleted])
def test_what_was_typed_stays_readable_when_right_or_record_end_meanwhile(cast, change):
    document = make(Document, cast.home)
    front, address = browser(cast), KIND.url("update", cast.home, document.pk)
    data = typed(front.get(address)) | {"version": "1"}
    change(cast, document)
    answer = front.post(address, data)
    page = answer.content.decode()
    assert answer.status_code in (403, 404)
    assert re.search("(Ihre Eingaben|Sie) wurden nicht gespeichert", page)
    assert "Zeile 2 ist lang" in page
    assert Document.objects.filter(title=TITLE).count() == 0
    assert "Ihre Eingaben" not in front.get(address).content.decode()


def test_a_session_whose_row_is_gone_ends_and_nothing_else(cast):
    front = browser(cast)
    Session.objects.all().delete()
    assert front.get(KIND.url("list", cast.home)).status_code == 302


def test_a_clock_that_is_turned_back_does_not_turn_the_history(cast):
    noon = datetime(2026, 11, 3, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        document = make(Document, cast.home, title="Erster Titel")
    for turn, title in ((-2, "Zweiter Titel"), (-1, "Dritter Titel")):
        with time_machine.travel(noon + timedelta(hours=turn), tick=False):
            document.title = title
            saving.update_record(document, version=document.version, actor=cast.planner)
            document.refresh_from_db()
    entries = history_entries(document, Access(cast.planner))
    assert [entry.version for entry in entries] == [3, 2, 1]
    assert [(c.old, c.new) for e in entries[:2] for c in e.changes if c.label == "Titel"] == [
        ("Zweiter Titel", "Dritter Titel"),
        ("Erster Titel", "Zweiter Titel"),
    ]
