"""A large table is stored in the background, with its progress to be seen, as a whole or not at all."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import RoleAssignment
from planning.models import IndicatorValue, Need, TargetGroup
from records.background import ProgressFile
from records.domain import saving
from records.enums import ImportState
from records.models import Batch, TableImport
from records.queue import jobs, replay
from records.registry import kind_of
from records.tables import assigning, job, preview
from records.views import table_answer, table_import, table_look, undo
from tests.html import read_form
from tests.plans.all_plans.plans import run_jobs
from tests.records.tables import column, confirm, read_in, result, table_of_needs, xlsx

pytestmark = pytest.mark.usefixtures("quiet")
KIND = kind_of(Need)


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """Two rows are many."""
    monkeypatch.setattr(table_answer, "MOST_ENTRIES", 1)
    monkeypatch.setattr(job, "EVERY", 1)


@pytest.fixture
def waiting(cast):
    """A table with two changes and a new row, confirmed."""
    table = table_of_needs(cast, "Kita am Abend", "Bus am Abend")
    title = column(table, "Bedarf")
    for row in table[1:]:
        row[title] += " neu"
    new = ["Ganz neu" if place == title else None for place in range(len(table[0]))]
    response = read_in(cast, KIND, xlsx([*table, new]))
    assert "wird im Hintergrund übernommen" in response.content.decode()
    answer = confirm(cast, KIND, response)
    waiting = TableImport.objects.get()
    assert (answer.status_code, answer.url) == (302, KIND.url("progress", cast.home, waiting.pk))
    return waiting


def watch_checks(monkeypatch, working, look):
    """No request checks rows; a job that has checked the first row lets somebody look."""
    check = preview.TableCheck.run

    def run(self, rows):
        assert working, "a request waits for heavy work"
        checked = check(self, rows)
        if self.tell:
            self.tell(1)
            look()
        return checked

    monkeypatch.setattr(preview.TableCheck, "run", run)


def test_a_large_table_is_checked_by_the_queue_while_nobody_waits(cast, settings, tmp_path, monkeypatch):
    table = [*table_of_needs(cast, "Kita am Abend", "Bus am Abend")]
    table[0] = [*table[0], "Notiz"]
    table[1][column(table, "Bedarf")] = "Bus am Abend neu"
    address, working, seen = KIND.url("import", cast.home), [], []

    watch_checks(monkeypatch, working, lambda: seen.append(client.get(sent.url).content.decode()))
    settings.QUEUE, settings.VAR_DIR = "asleep", tmp_path
    client, lead = cast.client(), cast.client("lead")
    sent = client.post(address, {"file": xlsx(table)})
    assert sent.status_code == 302
    with CaptureQueriesContext(connection) as asked:
        waits = client.get(sent.url)
    assert (waits.status_code, waits["Retry-After"]) == (202, "2")
    assert "<h1>Die Tabelle wird geprüft</h1>" in waits.content.decode()
    assert not [query for query in asked.captured_queries if '"source"' in query["sql"]], "megabytes at every look"
    assert "Diese Vorschau ist schon übernommen" in lead.get(sent.url).content.decode(), "it is this person's alone"
    number = TableImport.objects.get().pk
    early = client.post(address, {"vorgang": number})
    assert (early.status_code, "Diese Vorschau ist schon" in early.content.decode()) == (422, True)
    (wish,) = jobs.unfinished()
    working.append(True)
    jobs.end(wish.name, replay.outcome_of_view(wish))
    working.clear()
    shown = client.get(sent.url)
    assert result(shown) == (0, 1, 1, 0)
    assert ["1 von 2 Zeilen geprüft" in page for page in seen] == [True]
    assert "werden nicht eingelesen: Notiz." in " ".join(shown.content.decode().split())
    jobs.end(wish.name, replay.refused(replay.TOO_LARGE))
    assert "Teilen Sie sie in mehrere Dateien auf." in client.get(sent.url).content.decode()
    monkeypatch.setattr(jobs, "PER_PERSON", 0)
    jobs.forget(wish.name)
    assert client.get(sent.url).status_code == 429
    working.append(True)
    assert client.post(address, {"vorgang": number}).status_code == 302
    assert not TableImport.objects.exists()
    assert titles() == ["Bus am Abend neu", "Kita am Abend"]


def test_a_check_that_is_refused_says_why_and_is_no_fault_of_the_portal(cast, settings, tmp_path, caplog):
    settings.QUEUE, settings.VAR_DIR = "asleep", tmp_path
    client, address = cast.client(), KIND.url("import", cast.home)
    client.post(address, {"file": xlsx([["Bedarf", "Zielgruppen"], ["Eins", "Kinder"], ["Zwei", "Kinder"]])})
    said = {"frage-0": json.dumps(["target_groups", "Kinder"]), "antwort-0": f"+|{'x' * 300}"}
    sent = client.post(address, said | {"zuordnen": TableImport.objects.get().pk})
    client.get(sent.url)
    (wish,) = jobs.unfinished()
    jobs.end(wish.name, replay.outcome_of_view(wish))
    assert "höchstens" in client.get(sent.url).context["refusal"]
    TableImport.objects.all().delete()  # a newer one has replaced it
    assert [text for _, text in replay.outcome_of_view(wish).told] == [table_answer.GONE]
    assert [each for each in caplog.records if each.exc_info] == []


def test_many_entries_are_taken_back_by_the_queue(cast, waiting, settings, tmp_path, monkeypatch):
    run_jobs()
    assert titles() == NEW
    monkeypatch.setattr(undo, "MOST_ENTRIES", 1)
    settings.QUEUE, settings.VAR_DIR = "asleep", tmp_path
    client, address = cast.client(), f"/{cast.home.slug}/rueckgaengig/{Batch.objects.get().pk}/"
    assert client.get(address).status_code == 302, "nothing was begun"
    for _ in range(2):
        sent = client.post(address, {"next": KIND.url("list", cast.home)})
        assert (sent.status_code, sent.url) == (302, f"{address}?wird-erzeugt=1")
    assert (client.get(sent.url).status_code, titles()) == (202, NEW)
    (wish,) = jobs.unfinished()
    jobs.end(wish.name, replay.outcome_of_view(wish))
    done = client.get(address, follow=True)
    assert done.redirect_chain == [(KIND.url("list", cast.home), 302)]
    assert "Rückgängig gemacht: Tabelle eingelesen" in done.content.decode()
    assert titles() == OLD


def page(cast, waiting, who="planner", **headers):
    return cast.client(who).get(KIND.url("progress", cast.home, waiting.pk), headers=headers)


def titles():
    return sorted(Need.objects.values_list("title", flat=True))


OLD, NEW = ["Bus am Abend", "Kita am Abend"], ["Bus am Abend neu", "Ganz neu", "Kita am Abend neu"]


def test_it_waits_is_stored_and_leads_to_the_list_with_a_way_back(cast, waiting):
    shown = page(cast, waiting).content.decode()
    assert "3 Zeilen werden geprüft." in shown
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in shown
    assert titles() == OLD
    assert (
        KIND.url("progress", cast.home, waiting.pk) in cast.client().get(KIND.url("import", cast.home)).content.decode()
    )
    run_jobs()
    assert titles() == NEW
    batch = Batch.objects.get()
    assert (batch.summary, batch.user) == ("Tabelle eingelesen: 2 Änderungen und 1 neuer Eintrag", cast.planner)
    assert page(cast, waiting).url == f"/{cast.home.slug}/bedarfe/?stapel={batch.pk}"
    assert page(cast, waiting, **{"HX-Request": "true"}).headers["HX-Redirect"].endswith(f"?stapel={batch.pk}")
    cast.client().post(f"/{cast.home.slug}/rueckgaengig/{batch.pk}/")
    assert titles() == OLD


def test_its_progress_is_seen_while_it_is_stored(cast, waiting, monkeypatch):
    write, seen = job.write_entries, []

    def watched(recorder, entries, tell):
        def told(done):
            tell(done)
            seen.append(page(cast, waiting, **{"HX-Request": "true"}).content.decode())

        write(recorder, entries, told)

    monkeypatch.setattr(job, "write_entries", watched)
    run_jobs()
    assert [f"{done} von 3 Zeilen" in text for done, text in enumerate(seen, 1)] == [True, True, True]
    assert all('data-hx-trigger="every 2s"' in text and "<html" not in text for text in seen)


def test_what_changed_meanwhile_keeps_everything_from_being_stored(cast, waiting):
    need = Need.objects.get(title="Kita am Abend")
    need.title = "Kita am Morgen"
    saving.update_record(need, version=1, actor=cast.lead)
    run_jobs()
    shown = page(cast, waiting).content.decode()
    assert "Nichts gespeichert." in shown
    assert "Bedarf: Seit der Ausgabe geändert: Jetzt steht hier „Kita am Morgen“." in shown
    assert titles() == ["Bus am Abend", "Kita am Morgen"]
    assert not Batch.objects.exists()


def test_who_has_lost_the_right_stores_nothing(cast, waiting):
    RoleAssignment.objects.filter(user=cast.planner).delete()
    run_jobs()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problems) == (ImportState.REFUSED, [job.NO_RIGHT])
    assert titles() == OLD


def test_an_error_in_the_middle_stores_nothing(cast, waiting, monkeypatch):
    def broken(recorder, entries, tell):
        recorder.create(next(entry.record for entry in entries if entry.version is None), links={})
        raise ZeroDivisionError

    monkeypatch.setattr(job, "write_entries", broken)
    run_jobs()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problems, titles()) == (ImportState.REFUSED, [job.BROKEN], OLD)


@pytest.mark.slow
def test_a_table_whose_worker_died_says_so_and_goes_on(cast, waiting):
    TableImport.objects.update(state=ImportState.RUNNING)
    assert "Die Arbeit wurde unterbrochen." in page(cast, waiting).content.decode()
    with ProgressFile(f"import-{waiting.pk}").claimed():
        assert "Die Arbeit wurde unterbrochen." not in page(cast, waiting).content.decode()
        assert not job.queue_import(waiting)
        assert job.run_import(waiting.pk) == ""
    cast.client().post(KIND.url("progress", cast.home, waiting.pk))
    waiting.refresh_from_db()
    assert waiting.state == ImportState.QUEUED
    TableImport.objects.update(state=ImportState.RUNNING)
    out = StringIO()
    call_command("resume_imports", stdout=out)
    assert out.getvalue() == "Fortgesetzte Tabellen: 1\n"
    run_jobs()
    assert titles() == NEW


def test_it_is_stored_once_however_often_the_job_runs(cast, waiting):
    assert job.run_import(waiting.pk) == ImportState.DONE
    assert job.run_import(waiting.pk) == ""
    TableImport.objects.update(state=ImportState.QUEUED)
    run_jobs()
    assert Batch.objects.count() == 1
    assert titles() == NEW


def test_a_running_table_is_not_replaced_and_a_confirmed_one_not_confirmed_again(cast, waiting):
    number = str(waiting.pk)
    table = table_of_needs(cast, "Drittes")
    table[1][2] = "Anders"
    read_in(cast, KIND, xlsx(table[:2]))
    assert TableImport.objects.filter(pk=waiting.pk, state=ImportState.QUEUED).exists()
    assert cast.client().post(KIND.url("import", cast.home), {"vorgang": number}).status_code == 422


def test_tables_of_others_and_tables_not_confirmed_have_no_page(cast, waiting):
    assert page(cast, waiting, "lead").status_code == 404
    TableImport.objects.update(state=ImportState.SEEN)
    assert page(cast, waiting).status_code == 404


@pytest.fixture
def read_by_queue(monkeypatch, settings, tmp_path):
    """Every file is large, the queue sleeps; what it works on is done by the function that is returned."""
    settings.QUEUE, settings.VAR_DIR = "asleep", tmp_path
    monkeypatch.setattr(table_import, "AT_ONCE", 0)
    working, read = [], table_look.read_sheets

    def watched(*args):
        assert working, "a request waits for the reading of a file"
        return read(*args)

    monkeypatch.setattr(table_look, "read_sheets", watched)
    monkeypatch.setattr(table_import, "read_sheets", watched)

    def work():
        (wish,) = jobs.unfinished()
        working.append(True)
        jobs.end(wish.name, replay.outcome_of_view(wish))
        working.clear()

    return work


def test_a_large_file_is_read_by_the_queue_and_its_columns_are_assigned_afterwards(cast, read_by_queue, monkeypatch):
    monkeypatch.setattr(table_answer, "MOST_ENTRIES", 100)
    kind, client = kind_of(TargetGroup), cast.client()
    address = kind.url("import", cast.home)
    sent = client.post(address, {"file": xlsx([["Merkmal"], ["Eltern"], ["Kinder"]])})
    waits = client.get(sent.url)
    assert (waits.status_code, waits["Retry-After"]) == (202, "2")
    assert "<h1>Die Tabelle wird gelesen</h1>" in waits.content.decode()
    early = client.post(address, {"zuordnen": TableImport.objects.get().pk})
    assert "Diese Vorschau ist schon" in early.content.decode()
    read_by_queue()
    shown = client.get(sent.url)
    assert (shown.status_code, shown.context["refusal"]) == (422, assigning.NO_COLUMN)
    kept = TableImport.objects.get()
    assert (kept.upload, kept.state) == (None, ImportState.CHECKING)
    said = client.post(address, {"zuordnen": kept.pk, "spalte-0": "title"})
    assert result(said) == (2, 0, 0, 0)
    assert confirm(cast, kind, said).status_code == 302
    assert set(TargetGroup.objects.values_list("title", flat=True)) == {"Eltern", "Kinder"}


def test_what_the_queue_could_not_read_comes_back_with_the_sentence_at_its_field(cast, read_by_queue):
    kind, client = kind_of(IndicatorValue), cast.client()
    text = "Nur eine Zeile, Ä"
    for field, content in {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04"), "pasted": text}.items():
        sent = client.post(kind.url("import", cast.home), {field: content, "may_change": "on"})
        client.get(sent.url)
        read_by_queue()
        for _ in range(2):  # looked at once more
            page = client.get(sent.url)
            assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
        shown = read_form(page.content).values
        assert (shown["pasted"], shown["may_change"]) == ([text if field == "pasted" else ""], ["on"])
