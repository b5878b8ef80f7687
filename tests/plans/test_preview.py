"""The live preview of a chapter through the front door: with and without htmx, nothing stored, bad input in German."""

import base64
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from plans.enums import ChapterCode
from plans.models import ChapterText, Plan
from printing.errors import RenderUnavailable
from records.models import FormDraft
from tests.factories import make
from tests.html import read_form
from tests.plans import records

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.slow]
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def plan(cast, quiet):
    records.make_catalogue()
    return records.make_plan(cast.home)


def address(plan, chapter="bedarf", pk=None):
    return reverse("plans:plan-chapter", args=[plan.municipality.slug, pk or plan.pk, chapter])


def sent(text, **more):
    return {"version": 0, "text": text, "left_out_reason": "", "vorschau": "1"} | more


def pictures(page):
    parts = page.split('src="data:image/png;base64,')[1:]
    return [Image.open(io.BytesIO(base64.b64decode(part.split('"')[0]))) for part in parts]


def test_htmx_gets_the_pages_alone(cast, plan):
    answer = cast.client().post(address(plan), sent("# Eigene Worte"), **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<form" not in page
    assert {picture.size for picture in pictures(page)} == {(1132, 1600)}
    assert "Gedruckte Seite 1 des Kapitels" in page


def test_without_script_the_whole_page_comes_with_what_was_typed(cast, plan):
    answer = cast.client().post(address(plan), sent("Getippt <b>", left_out="on", left_out_reason="weil"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Getippt &lt;b&gt;</textarea>" in page
    assert "weil</textarea>" in page
    assert 'name="left_out" ' in page
    assert "checked" in page
    assert len(pictures(page)) == 1
    assert "„&lt;b&gt;“ wird so gedruckt, wie es dasteht" in page
    assert "kern-error" not in page


@pytest.mark.parametrize("options", [{}, HTMX])
def test_nothing_is_stored(cast, plan, options):
    text = make(ChapterText, cast.home, plan=plan, chapter=ChapterCode.NEEDS, text="Vorher")
    client = cast.client()
    with CaptureQueriesContext(connection) as queries:
        client.post(address(plan), sent("Nachher", version=99), **options)
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    text.refresh_from_db()
    assert (text.text, text.version, text.history.count()) == ("Vorher text", 1, 1)
    assert not FormDraft.objects.exists()


def test_the_pages_show_what_was_typed_and_not_what_is_stored(cast, plan):
    client = cast.client()
    seen = [client.post(address(plan), sent(text), **HTMX).content for text in ("Eins", "Zwei", "Eins")]
    assert seen[0] == seen[2] != seen[1]


def test_the_pages_end_soon_behind_the_own_text(cast, plan):
    records.fill(plan, 12)
    page = cast.client().post(address(plan), sent("Kurz."), **HTMX).content.decode()
    assert len(pictures(page)) == 2
    assert "Dahinter folgen weitere Seiten" in page


def test_a_chapter_that_is_taken_in_again_shows_its_records(cast, plan):
    records.fill(plan)
    make(ChapterText, cast.home, plan=plan, chapter=ChapterCode.NEEDS, text="", left_out=True, left_out_reason="offen")
    client = cast.client()
    inside = client.post(address(plan), sent("", version=1), **HTMX).content
    outside = client.post(address(plan), sent("", version=1, left_out="on", left_out_reason="offen"), **HTMX).content
    assert inside != outside


@pytest.mark.parametrize("code", list(ChapterCode))
def test_every_chapter_can_be_previewed(cast, plan, code):
    records.fill(plan)
    page = cast.client().post(address(plan, code.slug), sent("# Ein\nText"), **HTMX).content.decode()
    assert pictures(page)
    assert ("weggelassen" in page) == (code == ChapterCode.TIMELINE)


@pytest.mark.parametrize("options", [{}, HTMX])
def test_gates(cast, plan, options):
    foreign = make(Plan, cast.away)
    assert cast.client().post(address(plan, pk=foreign.pk), sent("x"), **options).status_code == 404
    assert cast.client("foreign_planner").post(address(plan), sent("x"), **options).status_code == 404
    assert cast.client().post(address(plan, "unfug"), sent("x"), **options).status_code == 404
    for reader in ("adviser", "ministry"):
        assert cast.client(reader).post(address(plan), sent("x"), **options).status_code == 403


def test_a_text_that_is_too_long_is_refused_in_german_and_stays(cast, plan):
    client = cast.client()
    page = client.post(address(plan), sent("x" * 30_000), **HTMX).content.decode()
    assert "Zeichen" in page
    assert not pictures(page)
    assert "x" * 30_000 in client.post(address(plan), sent("x" * 30_000)).content.decode()


def test_without_the_library_the_preview_says_what_is_missing(cast, plan, monkeypatch):
    def unavailable(content, chapter):
        raise RenderUnavailable("Die PDF-Ausgabe ist auf diesem Server nicht eingerichtet.")

    monkeypatch.setattr("plans.views.chapters.chapter_pages", unavailable)
    for options in ({}, HTMX):
        answer = cast.client().post(address(plan), sent("Mein Text"), **options)
        assert answer.status_code == 200
        assert "nicht eingerichtet" in answer.content.decode()


def test_markup_is_explained_and_read(cast, plan):
    client = cast.client()
    assert "So gliedern Sie Ihren Text" in client.get(address(plan)).content.decode()
    client.post(address(plan), {"version": 0, "text": "# Auftakt\n\n**fett** <i>", "left_out_reason": ""})
    page = client.get(reverse("plans:plan-detail", args=[cast.home.slug, plan.pk]), {"kapitel": "bedarf"})
    assert '<span class="nr">4.1</span> Auftakt</h4>' in page.content.decode()
    assert "<strong>fett</strong> &lt;i&gt;" in page.content.decode()


def test_a_pasted_text_is_read_without_script_and_taken_back(cast, plan):
    raw = "Bedarfserhe-\nbung\n\uf0b7\tPunkt\nOrt\tZahl\nArtern\t3"
    typed = sent(raw) | {"_gliedern": "text"}
    typed.pop("vorschau")
    answer = cast.client().post(address(plan), typed)
    shown = read_form(answer.content).values
    assert shown["text"][0].strip() == "Bedarfserhebung\n\n- Punkt\n\n| Ort | Zahl |\n| --- | ---: |\n| Artern | 3 |"
    assert "1 getrenntes Wort verbunden" in answer.content.decode()
    back = typed | {"text": shown["text"][0], "_vorher-text": shown["_vorher-text"][0], "_zurueck": "text"}
    back.pop("_gliedern")
    again = read_form(cast.client().post(address(plan), back).content).values
    assert again["text"][0].replace("\r\n", "\n").strip() == raw
    assert not ChapterText.objects.exists()
