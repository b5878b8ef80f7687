"""A kind that stands in the plan as a table: in the data, on the page, in the files and in the comparison."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from plans.builder import build_plan
from plans.compare import compare
from plans.content import to_json
from plans.enums import ChapterCode
from plans.models import Plan
from plans.parsing import from_json, read_plain
from records.domain.saving import update_record
from tests.factories import make
from tests.trial.models import GrantApplication

pytestmark = pytest.mark.usefixtures("trial", "quiet")


@pytest.fixture
def plan(cast) -> Plan:
    """A plan of a municipality with one application."""
    made = make(Plan, cast.home, full=False, year=2018)
    make(GrantApplication, cast.home, full=False, title="Spielplatz im Park", amount=1200, is_example=True)
    return made


def chapter_of(data: bytes, code: str) -> dict:
    return next(chapter for chapter in json.loads(data)["plan"]["chapters"] if chapter["code"] == code)


def test_the_rows_stand_in_the_data_of_their_chapter_only(plan):
    data = to_json(build_plan(plan))
    (table,) = chapter_of(data, "needs")["tables"]
    assert (table["title"], table["what"], table["heads"][0]) == ("Anträge", "Antrag", "Betrag")
    assert [(row["title"], row["cells"][:2]) for row in table["rows"]] == [
        ("Spielplatz im Park", ["1\u202f200", "Entwurf"])
    ]
    assert data.count(b'"tables":') == 1
    assert to_json(from_json(data)) == data
    GrantApplication.objects.all().delete()
    assert "tables" not in chapter_of(to_json(build_plan(plan)), "needs"), "nothing entered is no statement"


@pytest.mark.slow
def test_page_and_word_document_show_them(cast, plan):
    client = cast.client()
    page = client.get(
        f"{reverse('plans:plan-detail', args=[cast.home.slug, plan.pk])}?kapitel={ChapterCode.NEEDS.slug}"
    )
    shown = page.content.decode().split('class="plan-preview"')[1]
    assert ("Spielplatz im Park" in shown, "Anträge" in shown, "Beispiel" in shown) == (True, True, True)
    word = client.get(reverse("plans:plan-word", args=[cast.home.slug, plan.pk]))
    with zipfile.ZipFile(io.BytesIO(word.content)) as package:
        assert "Spielplatz im Park" in package.read("word/document.xml").decode()


def test_what_changes_in_them_is_compared(plan):
    before = to_json(build_plan(plan))
    application = GrantApplication.objects.get()
    application.amount = 1500
    update_record(application, version=1, actor=None)
    make(GrantApplication, plan.municipality, full=False, title="Zaun")
    rows = compare(read_plain(before), read_plain(to_json(build_plan(plan)))).rows
    assert sorted((row.kind, row.what) for row in rows) == [("added", "Antrag"), ("changed", "Antrag")]
