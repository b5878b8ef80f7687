"""The administration has all plans of a year written: asking, progress, cancelling, going on, download, access."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from accounts.models import Municipality
from plans.all_plans.folder import ExportFolder
from plans.enums import ExportState
from plans.models import PlanExport, PlanExportItem
from printing.errors import RenderTooLarge, RenderUnavailable
from tests.plans.all_plans.plans import (
    archive_of,
    more_plans,
    plan_of,
    read_archive,
    release,
    run_jobs,
    stored_pdf,
    submit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]
LIST = reverse("plans:export-list")
NEW = reverse("plans:export-create")
POLLS = "every 2s"


def url(name, export):
    return reverse(f"plans:export-{name}", args=[export.pk])


def ask(client, *, drafts=True, year=2018, key=""):
    """Send the form; the export and the answer."""
    data = {"year": year, "form_key": key} | ({"with_drafts": "on"} if drafts else {})
    answer = client.post(NEW, data)
    return PlanExport.objects.first(), answer


def page(client, export, **headers):
    return client.get(url("detail", export), headers=headers).content.decode()


@pytest.fixture
def admin(cast):
    return cast.client("admin")


@pytest.fixture
def plans(cast):
    """Two plans of 2018, that of ``home`` not released."""
    return [plan_of(cast.home), plan_of(cast.away)]


def test_from_the_wish_to_the_archive(cast, admin, plans, renderer):
    version = release(plans[1])
    submit(plans[1], version, late=True)
    assert "2018: 2 Pläne, davon 1 freigegeben" in admin.get(NEW).content.decode()
    export, answer = ask(admin)
    assert (answer.status_code, answer["Location"]) == (302, url("detail", export))
    assert (export.asked_by, export.year, export.with_drafts) == (cast.admin, 2018, True)
    waiting = page(admin, export)
    assert POLLS in waiting
    assert "wartet" in waiting
    assert "Neu laden" in waiting
    assert renderer.drawn == []

    run_jobs()
    done = page(admin, export)
    assert POLLS not in done
    assert "2 von 2 Plänen geschrieben." in done
    assert "Fassung 1, eingereicht" in done
    answer = admin.get(url("archive", export))
    assert answer["Content-Disposition"] == 'attachment; filename="lsz-plaene-2018.zip"'
    assert "no-store" in answer["Cache-Control"]
    manifest, files = read_archive(answer.getvalue())
    assert files == {
        "16065-2018.pdf": b"%PDF-1.7 drawn for 16065 %%EOF",
        "16077-2018.pdf": stored_pdf(plans[1]),
    }
    facts = [(p["ags"], p["edition"], p["state"], p["frozen"], p["late"]) for p in manifest["plans"]]
    assert facts == [("16065", 1, "draft", False, None), ("16077", 1, "submitted", True, True)]
    assert manifest["complete"] is True
    assert manifest["plans"][1]["version_sha256"] == version.sha256


def test_the_latest_year_with_a_released_plan_is_offered_first(cast, admin, plans):
    release(plans[1])
    plan_of(cast.home, year=2019)
    form = admin.get(NEW).content.decode()
    assert '<option value="2018" selected>2018: 2 Pläne, davon 1 freigegeben</option>' in form
    assert '<option value="2019">2019: 1 Plan, keiner freigegeben</option>' in form


def test_only_the_archive_is_kept_of_a_complete_export(admin, plans, renderer):
    export, _ = ask(admin)
    run_jobs()
    assert sorted(path.name for path in ExportFolder(export.pk).path.iterdir()) == [".lock", "lsz-plaene-2018.zip"]


def test_released_plans_are_never_drawn(admin, plans, renderer):
    for plan in plans:
        release(plan)
    release(plans[0], edition=2)
    export, _ = ask(admin)
    run_jobs()
    assert renderer.drawn == []
    assert archive_of(export)[1] == {
        "16065-2018.pdf": stored_pdf(plans[0], 2),
        "16077-2018.pdf": stored_pdf(plans[1]),
    }


def test_a_plan_that_is_released_after_the_wish_is_not_drawn(admin, plans, renderer):
    export, _ = ask(admin)
    release(plans[0])
    run_jobs()
    assert renderer.drawn == ["16077"]
    assert archive_of(export)[1]["16065-2018.pdf"] == stored_pdf(plans[0])


def test_without_drafts_the_others_are_named_but_left_out(admin, plans, renderer):
    release(plans[1])
    export, _ = ask(admin, drafts=False)
    run_jobs()
    manifest, files = archive_of(export)
    assert list(files) == ["16077-2018.pdf"]
    assert [each["ags"] for each in manifest["not_released"]] == ["16065"]
    assert renderer.drawn == []
    assert "1 von 2 Plänen geschrieben; 1 nicht freigegeben." in page(admin, export)


def test_municipalities_without_a_plan_are_named(admin, plans, renderer):
    for ags, name, until in (("16066", "Schmalkalden-Meiningen", None), ("16056", "Eisenach", date(2017, 6, 30))):
        of = {"slug": f"k-{ags}", "kind": "district", "valid_from": date(1994, 7, 1), "valid_until": until}
        Municipality.objects.create(ags=ags, name=name, **of)
    export, _ = ask(admin)
    run_jobs()
    manifest, _ = archive_of(export)
    assert [each["ags"] for each in manifest["without_plan"]] == ["16066"]
    shown = page(admin, export)
    assert ("Ohne Plan" in shown, "Schmalkalden-Meiningen" in shown, "Eisenach" in shown) == (True, True, False)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"year": "2018"}, "Für 2018 ist noch kein Plan freigegeben."),
        ({"year": "1999"}, "Wählen Sie ein Jahr aus der Liste."),
        ({"year": "\x00", "with_drafts": "on"}, "Wählen Sie ein Jahr aus der Liste."),
        ({}, "Wählen Sie ein Jahr aus der Liste."),
    ],
)
def test_bad_input_gets_a_sentence(admin, plans, data, sentence):
    answer = admin.post(NEW, data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PlanExport.objects.exists()


def test_a_form_sent_twice_makes_one_export(admin, plans):
    first, _ = ask(admin, key="a-key")
    again, answer = ask(admin, key="a-key")
    assert again == first
    assert answer["Location"] == url("detail", first)
    assert DBTaskResult.objects.count() == PlanExport.objects.count() == 1


# ---------------------------------------------------------------- failing, cancelling, going on
def test_a_plan_that_fails_stops_no_other_and_is_tried_again(admin, plans, renderer):
    renderer.failing = {"16065": RenderTooLarge("Das Dokument ist zu groß geworden.")}
    export, _ = ask(admin)
    run_jobs()
    shown = page(admin, export)
    assert "nicht vollständig" in shown
    assert "1 von 2 Plänen fehlt." in shown
    assert "Das Dokument ist zu groß geworden." in shown
    assert "Unvollständiges Archiv herunterladen" in shown
    manifest, files = archive_of(export)
    assert list(files) == ["16077-2018.pdf"]
    assert (manifest["complete"], manifest["failed"][0]["ags"]) == (False, "16065")

    renderer.failing = {}
    admin.post(url("go-on", export))
    run_jobs()
    assert renderer.drawn == ["16065", "16077", "16065"]
    manifest, files = archive_of(export)
    assert (manifest["complete"], len(files)) == (True, 2)
    assert export.state == ExportState.DONE
    admin.post(url("go-on", export))
    export.refresh_from_db()
    assert export.state == ExportState.DONE


def test_a_fault_of_one_plan_is_kept_to_it(admin, plans, renderer, monkeypatch):
    renderer.failing = {"16065": ValueError("secret")}
    export, _ = ask(admin)
    run_jobs()
    shown = page(admin, export)
    assert "unerwarteter Fehler" in shown
    assert "secret" not in shown
    assert list(archive_of(export)[1]) == ["16077-2018.pdf"]


def test_without_the_library_the_export_says_so(admin, plans, renderer):
    renderer.failing = {"16065": RenderUnavailable("Es fehlt die Bibliothek Pango.")}
    export, _ = ask(admin)
    run_jobs()
    export.refresh_from_db()
    assert (export.state, export.archive) == (ExportState.FAILED, "")
    assert "Es fehlt die Bibliothek Pango." in page(admin, export)


def test_a_full_disk_is_named_and_the_export_goes_on_later(admin, plans, renderer, monkeypatch):
    def full(self, name, data):
        raise OSError(28, "No space left on device")

    export, _ = ask(admin)
    with monkeypatch.context() as broken:
        broken.setattr(ExportFolder, "write_bytes", full)
        run_jobs()
    assert "nicht schreiben (auf dem Server ist kein Platz mehr frei)" in page(admin, export)
    admin.post(url("go-on", export))
    run_jobs()
    assert len(archive_of(export)[1]) == 2


def test_a_waiting_export_can_be_cancelled_and_taken_up_again(admin, plans, renderer):
    export, _ = ask(admin)
    assert admin.post(url("cancel", export)).status_code == 302
    run_jobs()
    assert renderer.drawn == []
    shown = page(admin, export)
    assert "abgebrochen" in shown
    assert POLLS not in shown
    admin.post(url("go-on", export))
    run_jobs()
    assert len(archive_of(export)[1]) == 2


def test_a_running_export_stops_at_the_next_plan_and_goes_on_with_the_missing_ones(
    cast, admin, plans, renderer, settings
):
    settings.EXPORT_AT_ONCE = 1
    more_plans(4)
    export, _ = ask(admin)
    original = cancelling(admin, export, after="16077")
    run_jobs()
    original.undo()
    export.refresh_from_db()
    assert export.state == ExportState.CANCELLED
    assert 2 <= len(renderer.drawn) <= 4
    before = list(renderer.drawn)
    admin.post(url("go-on", export))
    run_jobs()
    assert sorted(renderer.drawn) == sorted(set(renderer.drawn))
    assert renderer.drawn[: len(before)] == before
    assert len(archive_of(export)[1]) == 6


def cancelling(admin, export, after):
    """Somebody cancels as soon as the plan of that key is noted as done."""
    import plans.all_plans.work as work

    patch = pytest.MonkeyPatch()
    note = work.note_item

    def noting(*, item, **values):
        note(item=item, **values)
        if item.plan.municipality.ags == after:
            admin.post(url("cancel", export))

    patch.setattr(work, "note_item", noting)
    return patch


def test_an_export_whose_worker_died_says_so_and_goes_on(admin, plans, renderer):
    export, _ = ask(admin)
    PlanExport.objects.update(state=ExportState.RUNNING)
    shown = page(admin, export)
    assert "unterbrochen" in shown
    assert POLLS not in shown
    assert "unterbrochen" in admin.get(LIST).content.decode()
    admin.post(url("go-on", export))
    run_jobs()
    assert len(archive_of(export)[1]) == 2


def test_a_running_export_shows_its_progress_and_is_not_begun_twice(admin, plans, renderer):
    seen = []

    def look():
        seen.append(page(admin, export))
        admin.post(url("go-on", export))

    export, _ = ask(admin)
    original = pytest.MonkeyPatch()
    import plans.all_plans.work as work

    begin = work.begin_item

    def beginning(*, item):
        begin(item=item)
        look()

    original.setattr(work, "begin_item", beginning)
    run_jobs()
    original.undo()
    assert len(renderer.drawn) == len(seen) == 2
    assert all("läuft" in each and POLLS in each for each in seen)
    assert DBTaskResult.objects.count() == 1


def test_the_part_that_is_fetched_again_tells_a_change_once(admin, plans, renderer):
    export, _ = ask(admin)
    run_jobs()
    address = url("detail", export)
    answer = admin.get(f"{address}?gesehen=running", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert "Die Ausgabe ist fertig." in answer
    again = admin.get(f"{address}?gesehen=done", headers={"HX-Request": "true"}).content.decode()
    assert "Die Ausgabe ist fertig." not in again


# ---------------------------------------------------------------- access and cost
@pytest.mark.parametrize(
    ("who", "read", "write"),
    [
        ("planner", 403, 403),
        ("lead", 403, 403),
        ("foreign_planner", 403, 403),
        ("adviser", 403, 403),
        ("ministry", 200, 302),
        ("admin", 200, 302),
        ("anonymous", 302, 302),
    ],
)
def test_ministry_and_administration_write_all_plans_of_a_year(cast, plans, renderer, who, read, write):
    export, _ = ask(cast.client("admin"))
    run_jobs()
    client = cast.client(who)
    for address in (LIST, url("detail", export), url("archive", export)):
        answer = client.get(address)
        assert answer.status_code == read, address
        assert not answer.streaming or answer.getvalue().startswith(b"PK")
    before = list(PlanExport.objects.values_list("pk", "state", "year"))
    for address in (url("cancel", export), url("go-on", export)):
        assert client.post(address).status_code == write, address
    assert list(PlanExport.objects.values_list("pk", "state", "year")) == before
    if who not in ("admin", "ministry"):
        assert ask(client)[1].status_code == (401 if who == "anonymous" else 403)
        assert PlanExport.objects.count() == 1
    shown = client.get(LIST).content.decode()
    assert ("Pläne ausgeben" in shown) == (who in ("admin", "ministry"))


def test_an_export_that_does_not_exist_is_not_found(admin):
    for pk in (1, 2**63):
        for name in ("detail", "archive"):
            assert admin.get(reverse(f"plans:export-{name}", args=[pk])).status_code == 404
        assert admin.post(reverse("plans:export-cancel", args=[pk])).status_code == 404


@pytest.mark.slow
def test_the_number_of_queries_does_not_grow(admin, plans, renderer):
    export, _ = ask(admin)
    run_jobs()

    def counted(address):
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(address).status_code == 200
        return len(queries)

    before = counted(url("detail", export)), counted(LIST), counted(NEW)
    more_plans(5)
    for _ in range(3):
        export, _ = ask(admin)
    run_jobs()
    assert PlanExportItem.objects.filter(export=export).count() == 7
    assert (counted(url("detail", export)), counted(LIST), counted(NEW)) == before
    assert max(before) <= 12
