"""Every edition that is kept as a file is shown, compared, exported and verified by the code of today."""

import io
import json
from html import unescape

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from plans.domain.verifying import verify_plans
from plans.enums import chapter_of
from plans.models import PlanVersion
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.plans.editions import stored
from tests.plans.life.released import (
    A,
    actors_in,
    go,
    make_plan,
    quick_pdf,  # noqa: F401  (a fixture)
)
from tests.plans.word import chapter_headings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet", "quick_pdf"), pytest.mark.once]


@pytest.fixture(params=stored.FOLDERS, ids=lambda folder: folder.name)
def folder(request):
    return request.param


@pytest.fixture
def plan(cast, folder):
    return stored.load(folder, cast.away)


def pages_of(folder, edition):
    return json.loads(stored.part(folder, edition, "pages"))


def own(plan, name, *args):
    return reverse(f"plans:{name}", args=[plan.municipality.slug, *args])


def shown(client, url, **query):
    answer = client.get(url, query)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_there_is_an_edition():
    assert stored.FOLDERS


@pytest.mark.slow
def test_chapters_are_read_as_they_were(cast, client, plan, folder):
    planner = cast.client("foreign_planner")
    for version in stored.rows_of(folder)["versions"]:
        for code, html in pages_of(folder, version["edition"]).items():
            assert len(html) > 200
            query = {"kapitel": chapter_of(code).slug}
            text = shown(planner, own(plan, "plan-version", plan.pk, version["edition"]), **query)
            assert html in text
            assert text.count('class="chaps"') == 1
    for code, html in pages_of(folder, plan.edition).items():
        query = {"kapitel": chapter_of(code).slug}
        assert html in shown(planner, own(plan, "plan-detail", plan.pk), **query)
        assert html in shown(client, reverse("plans:public-year", args=[cast.away.slug, plan.year]), **query)


def test_files_are_given_out_as_they_were(cast, client, plan, folder):
    planner = cast.client("foreign_planner")
    for version in stored.rows_of(folder)["versions"]:
        address = [plan.pk, version["edition"]]
        for name, view in (("pdf", "plan-version-pdf"), ("content", "plan-version-json")):
            answer = planner.get(own(plan, view, *address))
            assert answer.content == stored.part(folder, version["edition"], name)
    for name, view in (("pdf", "public-pdf"), ("content", "public-json")):
        answer = client.get(reverse(f"plans:{view}", args=[cast.away.slug, plan.year]))
        assert answer.content == stored.part(folder, plan.edition, name)


@pytest.mark.slow
def test_it_is_compared_with_its_sister_and_with_a_plan_of_today(cast, plan, folder):
    planner, address = cast.client("foreign_planner"), own(plan, "plan-compare")
    first, last = (PlanVersion.objects.filter(plan=plan).order_by("edition")[place] for place in (0, 1))
    text = shown(planner, address, alt=f"v{first.pk}", neu=f"v{last.pk}")
    changes = json.loads(stored.part(folder, last.edition, "content"))["plan"]["changes"]["rows"]
    assert all(row["what"] in text for row in changes)
    assert "Alle 0<" not in text
    later = make_plan(cast.away, 2019, cycle=plan.cycle)
    go(later, actors_in(cast, cast.away), A.RELEASE)
    released = PlanVersion.objects.get(plan=later)
    text = shown(planner, address, alt=f"v{last.pk}", neu=f"v{released.pk}")
    assert "nicht enthalten" in text
    assert "entfallen" in text
    chapters = json.loads(stored.part(folder, last.edition, "content"))["plan"]["chapters"]
    needs = next(chapter["body"] for chapter in chapters if chapter["code"] == "needs")
    for group in needs["fields"]:
        for need in group["needs"]:
            assert need["title"] in unescape(text)
    frozen = json.loads(bytes(released.content))["plan"]
    assert frozen["changes"] is None or frozen["changes"]["rows"]


@pytest.mark.slow
def test_it_is_exported_to_word(cast, plan, folder):
    for version in stored.rows_of(folder)["versions"]:
        answer = cast.client("foreign_planner").get(own(plan, "plan-version-word", plan.pk, version["edition"]))
        assert answer.status_code == 200
        document = docx.Document(io.BytesIO(answer.content))
        found = chapter_headings(document)
        assert found == [f"{code.number} {code.label}" for code in map(chapter_of, codes_of(folder, version))]
        words = " ".join(line.text for table in document.tables for cell in table._cells for line in cell.paragraphs)
        assert " ".join(groups(version["content_sha256"])) in words


def codes_of(folder, version):
    plan = json.loads(stored.part(folder, version["edition"], "content"))["plan"]
    return [chapter["code"] for chapter in plan["chapters"]]


def groups(sha256):
    return [sha256[place : place + 4] for place in range(0, 64, 4)]


def test_it_is_verified(client, plan, folder, capsys):
    rows = stored.rows_of(folder)
    assert verify_plans().problems == []
    call_command("verify_plans", verbosity=0)
    said = capsys.readouterr().out
    assert f"{len(rows['versions'])} Fassungen und {len(rows['events'])} Schritte. Alles unverändert." in said
    for version in rows["versions"]:
        for name, what in (("pdf", "die PDF-Datei"), ("content", "die Plandaten (plan.json)")):
            data = stored.part(folder, version["edition"], name)
            answer = client.post("/pruefen/", {"file": SimpleUploadedFile("datei", data)})
            said = " ".join(answer.content.decode().split())
            assert f"Diese Datei ist {what} der Fassung {version['edition']} des integrierten Plans" in said
            changed = data[:-1] + bytes([data[-1] ^ 1])
            answer = client.post("/pruefen/", {"file": SimpleUploadedFile("datei", changed)})
            assert "keine unveränderte Fassung" in answer.content.decode()
