"""„Fassung prüfen“: exact for files and checksums, nothing stored, nothing else told."""

import tempfile

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounts.models import Municipality
from plans.forms import verification
from plans.models import PlanVersion
from records.models.steps import digest
from tests.cast import make_cast
from tests.html import read_form
from tests.plans.life.owner import guards_again, past_the_guards
from tests.plans.life.released import TO_PUBLISHED, A, actors_in, go, make_plan, newest

pytestmark = pytest.mark.usefixtures("quick_pdf")
ADDRESS = "/pruefen/"
UNKNOWN = "keine unveränderte Fassung"


@pytest.fixture(scope="module")
def kept_cast_and_plan(quick_rows):
    cast = make_cast()
    found = make_plan(cast.home)
    go(found, actors_in(cast, cast.home), *TO_PUBLISHED)
    return cast, found


@pytest.fixture
def cast(cast_and_plan):
    return cast_and_plan[0]


@pytest.fixture
def plan(cast_and_plan):
    """A published one."""
    return cast_and_plan[1]


def ask(client: Client, **data) -> str:
    response = client.post(ADDRESS, data)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def sent(data: bytes, name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_an_unchanged_file_is_recognised(plan, client):
    version = newest(plan)
    answer = ask(client, file=sent(bytes(version.pdf)))
    assert "Diese Datei ist die PDF-Datei der Fassung 1 des integrierten Plans 2018, Kyffhäuserkreis." in answer
    assert "<dd>veröffentlicht</dd>" in answer
    assert "<dd> nein </dd>" in answer
    assert 'href="/oeffentlich/kyffhaeuserkreis/2018/"' in answer
    assert "die Plandaten (plan.json)" in ask(client, file=sent(bytes(version.content), "plan.json"))


def test_one_flipped_byte_is_no_edition(plan, client):
    data = bytearray(bytes(newest(plan).pdf))
    data[len(data) // 2] ^= 1
    answer = ask(client, file=sent(bytes(data)))
    assert UNKNOWN in answer
    assert digest(bytes(data))[:4] in answer
    assert "Kyffhäuserkreis" not in answer


@pytest.mark.parametrize(
    "write",
    [
        str,
        str.upper,
        lambda text: " ".join(text[i : i + 4] for i in range(0, 64, 4)),
        lambda text: f"\n{text[:32]}\r\n\u00a0{text[32:]}\t",
        lambda text: ":".join(text[i : i + 2] for i in range(0, 64, 2)),
        lambda text: f"SHA-256: {text}",
        lambda text: f"Prüfnummer der Plandaten: {text}",
        lambda text: f"Prüfsumme der Plandaten (SHA-256): {text}",  # as older plans print it
    ],
)
def test_a_checksum_is_recognised_however_it_is_written(plan, client, write):
    version = newest(plan)
    for text in (version.pdf_sha256, version.content_sha256, version.sha256):
        assert "Fassung 1 des integrierten Plans 2018" in ask(client, sha256=write(text))


def test_another_checksum_is_unknown(plan, client):
    assert "gehört zu keiner Fassung" in ask(client, sha256="ab" * 32)
    assert "gehört zu keiner Fassung" in ask(client, sha256=newest(plan).pages_sha256)


def test_state_and_newer_edition_are_those_of_today(plan, client, cast):
    first, actors = newest(plan), actors_in(cast, cast.home)
    go(plan, actors, A.AMEND, A.RELEASE)
    second = newest(plan)
    assert "ja, Fassung 2 vom" in ask(client, sha256=first.pdf_sha256)
    assert "<dd>freigegeben</dd>" in ask(client, sha256=second.pdf_sha256)
    assert 'href="/oeffentlich/kyffhaeuserkreis/' not in ask(client, sha256=second.pdf_sha256)
    go(plan, actors, A.WITHDRAW)
    assert "<dd>zurückgezogen</dd>" in ask(client, sha256=second.pdf_sha256)
    assert "<dd> nein </dd>" in ask(client, sha256=first.pdf_sha256)


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({}, "file", "Wählen Sie eine Datei, oder fügen Sie eine Prüfnummer ein."),
        ({"sha256": "ab" * 31}, "sha256", "hat 64 Zeichen, Ihre Eingabe hat 62. Fügen Sie sie noch einmal ganz ein."),
        ({"sha256": "xy" * 32}, "sha256", "Prüfen Sie „x“."),
        ({"sha256": "<b>"}, "sha256", "Prüfen Sie „&lt;“."),
        ({"sha256": "a" * 501}, "sha256", "Fügen Sie nur die Prüfnummer ein."),
        ({"file": sent(b"")}, "file", "Die Datei ist leer."),
        ({"file": sent(b"x"), "sha256": "ab" * 32}, "sha256", "Beides zugleich wird nicht geprüft."),
        ({"file": "kein Anhang"}, "file", "Wählen Sie eine Datei"),
    ],
)
def test_a_bad_input_is_told_at_its_field(client, db, data, field, sentence):
    response = client.post(ADDRESS, data)
    page = response.content.decode()
    assert (response.status_code, sentence in page) == (422, True)
    form = read_form(response.content)
    assert f"id_{field}_error" in form.ids
    assert "".join(form.values["sha256"]) == data.get("sha256", "")


def test_odd_bytes_are_no_error_of_the_server(client, db):
    for text in ("a\x00b", "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "٣" * 64, "\u200b"):
        assert client.post(ADDRESS, {"sha256": text}).status_code == 422
    assert client.post(ADDRESS, b"--x", content_type="multipart/form-data; boundary=x").status_code == 422


def test_a_file_over_the_limit_is_refused(client, db, monkeypatch):
    monkeypatch.setattr(verification, "MAX_BYTES", 100)
    assert "Die Datei ist zu groß." in client.post(ADDRESS, {"file": sent(b"x" * 101)}).content.decode()
    assert UNKNOWN in ask(client, file=sent(b"x" * 100))


def test_nothing_is_stored(plan, client, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    counts = {model: model._default_manager.count() for model in apps.get_models()}
    assert UNKNOWN in ask(client, file=sent(b"%PDF-1.7" + b"x" * 5 * 1024 * 1024))
    assert {model: model._default_manager.count() for model in apps.get_models()} == counts
    assert list(tmp_path.iterdir()) == []


def test_a_form_of_another_page_is_refused(plan):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ADDRESS, {"sha256": "ab" * 32}).status_code == 403
    assert strict.post(ADDRESS, {"file": sent(b"x")}).status_code == 403
    token = read_form(strict.get(ADDRESS).content).values["csrfmiddlewaretoken"][0]
    assert UNKNOWN in ask(strict, file=sent(b"x"), csrfmiddlewaretoken=token)


def test_an_edition_whose_own_statements_changed_proves_nothing(plan, client):
    with past_the_guards():
        PlanVersion.objects.filter(pk=newest(plan).pk).update(year=2001)
        guards_again()
        answer = ask(client, sha256=newest(plan).pdf_sha256)
    assert "Prüfung nicht möglich" in answer
    assert "2001" not in answer


def test_the_address_belongs_to_the_portal(db):
    place = Municipality(ags="16000", name="Prüfen", slug="pruefen")
    with pytest.raises(Exception, match="braucht das Portal selbst"):
        place.clean()
    assert connection.vendor in ("sqlite", "postgresql")


def test_every_page_leads_there(client, db):
    page = client.get("/impressum/").content.decode()
    assert f'href="{ADDRESS}"' in page
    assert 'href="/oeffentlich/"' in page
