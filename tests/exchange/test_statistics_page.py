"""Reading official statistics in: nothing before the preview, own areas for planners, all for the ministry."""

import re
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from exchange.statistics import job
from planning.models import Indicator, OfficialCorrection, OfficialValue, StatImport
from tests.exchange.statistics_files import ffcsv, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


class Reader:
    """Somebody at the page."""

    def __init__(self, cast, who):
        self.client = cast.client(who)
        place = ["exchange:statistics", [cast.home.slug]] if who == "planner" else ["exchange:statistics-programme", []]
        self.url = reverse(place[0], args=place[1])

    def upload(self, content):
        answer = self.client.post(self.url, {"file": SimpleUploadedFile("t.csv", content)})
        return self.client.get(answer["Location"]).content.decode() if answer.status_code == 302 else answer

    def decide(self, page, **data):
        number = re.search(r'name="vorgang" value="(\d+)"', page).group(1)
        answer = self.client.post(self.url, {"vorgang": number, **chosen(page), **data})
        return self.client.get(answer["Location"]).content.decode()


def chosen(page):
    """What the boxes of the preview say, as a browser sends it."""
    boxes = re.findall(r'<select[^>]* name="(kennzahl-\d+)"[^>]*>(.*?)</select>', page, re.S)
    return {name: re.search(r'value="(\w+)" selected', options).group(1) for name, options in boxes}


def offered(page, title):
    """The box of a combination and what it may become: labels by value."""
    row = next(row for row in re.findall(r"<tr>.*?</tr>", page, re.S) if title in row and "kennzahl-" in row)
    return re.search(r'name="(kennzahl-\d+)"', row).group(1), dict(
        re.findall(r'<option value="(\w+)"[^>]*>([^<]*)</option>', row)
    )


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def ministry(cast):
    return Reader(cast, "ministry")


@pytest.fixture
def planner(cast):
    assert cast.home.ags == "16065", "the rows are of the Kyffhäuserkreis"
    return Reader(cast, "planner")


def test_the_ministry_sees_what_comes_and_then_takes_it_over(ministry, tmp_path):
    file = ffcsv(
        row("71738"), row("120214", area="16066"), row("-", area="16056"), row("3", unit="Tsd. EUR", measure="X")
    )
    page = ministry.upload(file)
    said = plain(page)
    for words in (
        "3 neu",
        "1 Zeile: Gebiet war an diesem Tag aufgelöst",
        "gedruckt in „Tsd. EUR“",
        "gezeigt: × 1 000 EUR",
        "Noch ist",
    ):
        assert words in said.replace("\u202f", " ").replace("\u00a0", " "), words
    assert not OfficialValue.objects.exists()
    assert "Eingelesen" in plain(ministry.decide(page, uebernehmen="1"))
    assert OfficialValue.objects.count() == 3
    assert not list((tmp_path / "jobs").iterdir()), "the file stays behind"
    again = plain(ministry.upload(file))
    assert "3 unverändert" in again
    assert "Keine Änderung" in again
    changed = plain(ministry.upload(ffcsv(row("171738"))))
    assert "bisher 71 738" in changed
    assert "139,4 % mehr als bisher" in changed


def test_what_is_not_ticked_is_not_made(ministry):
    page = ministry.upload(ffcsv(row("71738"), row("35000", sex="GESM")))
    name, labels = offered(page, "Insgesamt")
    assert labels["nicht"] == "nicht einlesen"
    ministry.decide(page, uebernehmen="1", **{name: "nicht"})
    assert OfficialValue.objects.get().value == 35000
    assert Indicator.objects.filter(series__isnull=False).count() == 1


def test_a_planner_takes_over_the_own_area_and_changes_nothing_for_others(ministry, planner):
    of_state = {"area": "16", "variable": "DLAND"}
    ministry.decide(ministry.upload(ffcsv(row("71000"), row("2100000", **of_state))), uebernehmen="1")
    file = ffcsv(
        row("71738"),
        row("2200000", **of_state),
        row("120214", area="16066"),
        row("9781", area="16065003", variable="GEMEIN"),
        row("5", measure="NEU"),
    )
    page = planner.upload(file)
    said = plain(page)
    for words in (
        "1 geändert",
        "1 neu",
        "1 Zeile: Berichtigungen für Land und Bund nimmt das Ministerium vor",
        "1 Zeile: Gebiet einer anderen Kommune",
        "1 Zeile: Kennzahl fehlt im Katalog",
    ):
        assert words in said, words
    planner.decide(page, uebernehmen="1")
    stored = dict(OfficialValue.objects.values_list("area__code", "value"))
    assert stored == {"16065": 71738, "16": 2100000, "16065003": 9781}
    assert OfficialCorrection.objects.get().value == 71000


def test_what_is_refused_stands_at_the_field(planner):
    answer = planner.upload(ffcsv(row("1.234,5")))
    assert answer.status_code == 422
    assert "weder Zahl noch Zeichen" in answer.content.decode()
    assert planner.client.get(planner.url + "?vorgang=99999999").status_code == 422


def test_nobody_reaches_the_file_of_another(cast, ministry, planner):
    ministry.upload(ffcsv(row("5")))
    number = StatImport.objects.get().pk
    assert "Diese Vorschau gibt es nicht mehr" in planner.client.get(f"{planner.url}?vorgang={number}").content.decode()


def test_two_places_are_chosen_and_a_dash_alone_is_asked_about(ministry):
    twice = row("-").replace("GES;Geschlecht;;Insgesamt", "DLAND;Herkunft;09;Bayern")
    page = ministry.upload(ffcsv(twice))
    assert "Zwei Merkmale nennen ein Gebiet" in page
    page = ministry.decide(page, pruefen="1", merkmal="KREISE")
    assert "1 Zeile: vermutlich noch nicht veröffentlicht" in plain(page)
    page = ministry.decide(page, pruefen="1", unveroeffentlicht="1")
    assert "1 neu" in plain(page)
    ministry.decide(page, uebernehmen="1", unveroeffentlicht="1")
    assert OfficialValue.objects.get().sign == "-"


def test_a_large_file_is_checked_and_stored_in_the_background(ministry, monkeypatch):
    monkeypatch.setattr(job, "AT_ONCE", 10)
    page = ministry.upload(ffcsv(row("71738")))
    assert "wird geprüft" in plain(page).lower()
    number = StatImport.objects.get().pk
    assert job.work_on(number) == "seen"
    page = ministry.client.get(f"{ministry.url}?vorgang={number}").content.decode()
    page = ministry.decide(page, uebernehmen="1")
    assert not OfficialValue.objects.exists()
    assert job.work_on(number) == "done"
    assert job.work_on(number) == "", "a second worker does it again"
    assert OfficialValue.objects.count() == 1


def test_a_file_whose_worker_was_killed_is_taken_up_again(ministry, monkeypatch):
    queued = []
    monkeypatch.setattr(job, "AT_ONCE", 0)
    monkeypatch.setattr(job, "start_worker", lambda: None)
    ministry.upload(ffcsv(row("71738")))
    monkeypatch.setattr(type(job.statistics_job), "enqueue", lambda task, pk: queued.append(pk))
    waiting = StatImport.objects.get()
    for state, left in (("checking", 1), ("running", 1), ("seen", 0), ("done", 0)):
        StatImport.objects.update(state=state)
        out = StringIO()
        call_command("resume_imports", stdout=out)
        assert out.getvalue() == f"Fortgesetzte Tabellen: {left}\n", state
    assert queued == [waiting.pk, waiting.pk]
    StatImport.objects.update(state="running")
    with job.progress_of(waiting.pk).claimed():
        assert job.resume_statistics() == 0, "somebody works on it"


def test_a_right_that_has_ended_stores_nothing(cast, ministry, monkeypatch):
    page = ministry.upload(ffcsv(row("71738")))
    monkeypatch.setattr(job, "AT_ONCE", 10)
    ministry.decide(page, uebernehmen="1")
    cast.ministry.assignments.all().delete()
    assert job.work_on(StatImport.objects.get().pk) == "refused"
    assert not OfficialValue.objects.exists()


def stored_values():
    return dict(OfficialValue.objects.values_list("area__code", "value"))


def last_file():
    return StatImport.objects.latest("pk").pk


def test_a_file_is_taken_back_the_later_one_first(cast, ministry):
    ministry.decide(ministry.upload(ffcsv(row("71738"))), uebernehmen="1")
    first = last_file()
    ministry.decide(ministry.upload(ffcsv(row("61738"), row("120214", area="16066"))), uebernehmen="1")
    later = last_file()
    refused = ministry.client.post(ministry.url, {"zuruecknehmen": first})
    assert refused.status_code == 422
    assert "hat später Werte davon berichtigt" in refused.content.decode()
    assert stored_values() == {"16065": 61738, "16066": 120214}
    question = plain(ministry.client.get(ministry.url, {"zuruecknehmen": later}).content.decode())
    assert "1 Wert wird entfernt, 1 berichtigter Wert ist wieder wie vorher, für alle Kommunen" in question
    assert f"Zurücknehmen: {StatImport.objects.get(pk=later).name}, " in question, "the title says what is taken back"
    assert stored_values() == {"16065": 61738, "16066": 120214}, "asking changes nothing"
    page = plain(ministry.client.post(ministry.url, {"zuruecknehmen": later}, follow=True).content.decode())
    assert f"Uhr, {cast.ministry} ·" in page
    assert "· zurückgenommen" in page
    assert stored_values() == {"16065": 71738}
    assert not OfficialCorrection.objects.exists()
    assert ministry.client.post(ministry.url, {"zuruecknehmen": later}).status_code == 422, "only once"
    ministry.client.post(ministry.url, {"zuruecknehmen": first})
    assert stored_values() == {}
    assert Indicator.objects.filter(series__isnull=False).count() == 1
    assert "2 neu" in plain(ministry.upload(ffcsv(row("61738"), row("120214", area="16066"))))


def test_a_planner_takes_back_what_was_read_in_there_alone(ministry, planner):
    ministry.decide(ministry.upload(ffcsv(row("71000"))), uebernehmen="1")
    assert planner.client.post(planner.url, {"zuruecknehmen": last_file()}).status_code == 422
    assert planner.client.get(planner.url, {"zuruecknehmen": "x"}).status_code == 422
    planner.decide(planner.upload(ffcsv(row("71738"))), uebernehmen="1")
    assert planner.client.post(planner.url, {"zuruecknehmen": last_file()}).status_code == 302
    assert stored_values() == {"16065": 71000}
