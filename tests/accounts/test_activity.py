"""What the administration sees: what happened and who read, without contents; sessions; who left."""

import html
import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import readings
from accounts.models import Reading, RoleAssignment, User
from participation.models import NetworkEvent
from planning.models import Need
from records.domain.saving import create_record, update_record
from tests.cast import PASSWORD
from tests.factories import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
PAGE = "/konto/aktivitaeten/"


@pytest.fixture(autouse=True)
def notes(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(readings, "_seen", set())


def lines(client, query=""):
    """The rows of the page as words."""
    body = client.get(f"{PAGE}{query}").content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in body.split("</tr>")[:-1]]


def test_who_reads_from_outside_is_noted_once_an_hour_and_writes_nothing_in_the_request(cast, time_machine):
    need = make(Need, cast.home, title="GEHEIM")
    page = f"/kyffhaeuserkreis/bedarfe/{need.pk}/"
    time_machine.move_to(timezone.localtime().replace(hour=10, minute=5))
    for who in ("planner", "lead", "adviser", "ministry", "admin"):
        for _ in range(3):
            assert cast.client(who).get(page).status_code == 200
    assert cast.client("ministry").get("/kyffhaeuserkreis/bedarfe/").status_code == 200
    assert cast.client("foreign_planner").get(page).status_code == 404
    assert cast.client("ministry").get("/kyffhaeuserkreis/bedarfe/neu/").status_code == 403
    assert Reading.objects.count() == 0, "no request has written"
    admin = cast.client("admin")
    seen = lines(admin, "?was=gelesen")
    assert len(seen) == 4
    assert sum(f"Bedarf Nr. {need.pk}" in line for line in seen) == 3
    assert {name for name in ("planung-kyf", "leitung-kyf") if any(name in line for line in seen)} == set()
    assert "zwischen 10 und 11 Uhr" in seen[0]
    assert "GEHEIM" not in str(seen)
    assert readings.absorb() == 4, "read again from the file of this hour"
    assert Reading.objects.count() == 4
    time_machine.move_to(timezone.now() + timedelta(hours=3))
    cast.client("ministry").get(page)
    assert readings.absorb() == 5
    assert [path.name for path in readings.folder().iterdir()] == [f"{timezone.now():%Y-%m-%dT%H}"]
    assert Reading.objects.count() == 5
    time_machine.move_to(timezone.now() + timedelta(days=366))
    assert readings.clear() == 5


def test_a_full_disk_or_a_broken_line_stops_nobody(cast, settings, monkeypatch, tmp_path):
    said = []
    monkeypatch.setattr(readings.logger, "error", lambda text, *more: said.append(text % more))
    (tmp_path / "readings").write_text("no folder")
    assert cast.client("ministry").get("/kyffhaeuserkreis/bedarfe/").status_code == 200
    assert said == ["A reading was not noted: FileExistsError"]
    settings.VAR_DIR = tmp_path / "other"
    readings.folder().mkdir(parents=True)
    known, gone = (f"{pk} kyffhaeuserkreis planning:need-list 0\n" for pk in (cast.ministry.pk, 999_999))
    (readings.folder() / "2020-01-01T10").write_text(f"{known}{gone}7 kyf")
    assert readings.absorb() == 1


def test_what_happened_is_found_by_person_place_kind_deed_and_day(cast):
    before = make(Need, cast.home, full=False)
    need = create_record(Need(municipality=cast.home, cycle=before.cycle, title="GEHEIM"), actor=cast.planner)
    need.title = "Anders"
    update_record(need, version=need.version, actor=cast.lead)
    RoleAssignment.objects.create(user=cast.adviser, role="adviser", municipality=cast.away)
    make(NetworkEvent, None, full=False)
    admin = cast.client("admin")
    own = lines(admin, f"?art=planning.need&person={cast.planner.pk}")
    assert [f"angelegt Bedarf Nr. {need.pk} Kyffhäuserkreis" in line for line in own] == [True]
    assert "geändert" in lines(admin, f"?person={cast.lead.pk}")[0]
    assert any("Rolle Nr." in line and "Altenburger Land" in line for line in lines(admin, "?ort=altenburger-land"))
    assert any("Netzwerkveranstaltung" in line for line in lines(admin))
    assert not any("Netzwerkveranstaltung" in line for line in lines(admin, "?ort=kyffhaeuserkreis"))
    assert lines(admin, "?was=geloescht") == []
    assert lines(admin, f"?bis={timezone.localdate() - timedelta(days=1)}") == []
    assert lines(admin, f"?von={timezone.localdate()}") != []
    assert lines(admin, f"?von={timezone.localdate().year}&bis=31.12.{timezone.localdate().year}") != []
    assert lines(admin, "?von=Mitte 2001&bis=2. Quartal 2001") == []
    assert "fehlt das Jahr" in html.unescape(admin.get(f"{PAGE}?von=Ende Juni").content.decode())
    assert lines(admin, "?person=x&ort=y&art=z&was=w&von=q&bis=%27&seite=-1") != []
    assert "GEHEIM" not in admin.get(PAGE).content.decode()
    assert [cast.client(who).get(PAGE).status_code for who in ("planner", "lead", "ministry")] == [403] * 3


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    admin = cast.client("admin")
    for number in range(60):
        User.objects.create_user(f"person-{number}", display_name=f"Beispiel {number}")
    admin.get(PAGE)
    with django_assert_max_num_queries(12):
        assert len(lines(admin)) == 50
    assert len(lines(admin, "?seite=2")) >= 10


def test_sessions_are_seen_and_ended(cast):
    there, here, admin = Client(headers={"user-agent": "Mozilla Firefox/128"}), Client(), cast.client("admin")
    for client in (there, here):
        client.post("/anmelden/", {"username": "planung-kyf", "password": PASSWORD})
    page = admin.get(f"/konto/personen/{cast.planner.pk}/").content.decode()
    assert page.count("angemeldet am") == 2
    assert "Firefox" in page
    assert not any(session in page for session in (there.session.session_key, here.session.session_key))
    assert "dieser Browser" in here.get("/konto/").content.decode()
    here.post("/konto/sitzungen-beenden/")
    assert [client.get("/konto/").status_code for client in (there, here)] == [302, 200]
    page = admin.get(f"/konto/personen/{cast.planner.pk}/").content.decode()
    code = re.search(r'name="code" value="(\w+)"', page)[1]
    url = reverse("accounts:person_end_sessions", args=[cast.planner.pk])
    assert cast.client("lead").post(url, {"code": code}).status_code == 403
    admin.post(url, {"code": "x"})
    assert here.get("/konto/").status_code == 200
    admin.post(url, {"code": code})
    assert here.get("/konto/").status_code == 302
    assert "Zurzeit nicht angemeldet" in admin.get(f"/konto/personen/{cast.planner.pk}/").content.decode()
    admin.post(reverse("accounts:person_end_sessions", args=[cast.admin.pk]))
    assert admin.get("/konto/").status_code == 200, "nobody ends the session that asks"


def test_who_left_a_year_ago_waits_for_the_administration_and_is_forgotten(cast, capsys):
    today = timezone.localdate()
    roles = RoleAssignment.objects.filter(user=cast.adviser)
    roles.update(valid_until=today - timedelta(days=364))
    admin, planner = cast.client("admin"), cast.client()
    assert "begleitung" not in admin.get("/konto/personen/anonymisieren/").content.decode()
    assert "Beendete Rolle" not in admin.get("/posteingang/").content.decode()
    assert re.search(r"bis \d\d\.\d\d\.\d{4}: Prozessbegleitung, Kyffh", admin.get("/konto/personen/").content.decode())
    roles.update(valid_until=today - timedelta(days=366))
    assert "Beendete Rolle" in admin.get("/posteingang/").content.decode()
    assert "Beendete Rolle" not in planner.get("/posteingang/").content.decode()
    call_command("anonymise", dry_run=True)
    assert f"Person {cast.adviser.pk}, Funktion begleitung: letzte Rolle bis" in capsys.readouterr().out
    assert User.objects.get(pk=cast.adviser.pk).email
    adviser = cast.client("adviser")
    assert admin.post("/konto/personen/anonymisieren/").status_code == 302
    gone = User.objects.get(pk=cast.adviser.pk)
    assert (gone.username, gone.email, gone.is_active) == (f"ehemalig-{gone.pk}", "", False)
    assert not gone.has_usable_password()
    stored = " ".join(str(row) for model in (User.history, RoleAssignment.history) for row in model.values())
    assert "begleitung@" not in stored
    assert "'begleitung'" not in stored
    assert "E-Mail-Adresse" not in admin.get(f"/konto/personen/{gone.pk}/").content.decode().partition("Verlauf")[2]
    assert str(gone) == "Funktion begleitung", "what was done stands by the function"
    assert adviser.get("/konto/").status_code == 302
    assert "Beendete Rolle" not in admin.get("/posteingang/").content.decode()
    call_command("anonymise")
    assert "Anonymisiert: 0" in capsys.readouterr().out
    roles.update(valid_until=date(2100, 1, 1))
    assert User.objects.get(pk=cast.planner.pk).email
