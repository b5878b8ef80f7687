"""The timeline as PDF: drawing on landscape pages, behind it the list of the same entries."""

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.models import Body, Session
from planning.models import PlanningStep
from printing import render
from printing.errors import RenderUnavailable
from tests.factories import make
from tests.plans import records
from tests.reporting.papers.conftest import HOSTILE, assert_attached, assert_valid, reader_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]


def url(place, query=""):
    return reverse("insight:timeline-export", args=[place.slug, "pdf"]) + query


def add_sessions(place, years, words="Sitzung"):
    body = records.add(Body, municipality=place, title="Rat", kind="city_council")
    for year in years:
        records.add(
            Session,
            municipality=place,
            body=body,
            title=f"{words} {year}"[:160],
            held_on=records.day(f"{year}-06-14"),
            state="held",
            phase="needs",
        )


def is_landscape(sheet):
    return sheet.mediabox.width > sheet.mediabox.height


def test_drawing_and_list_of_the_same_entries(cast):
    add_sessions(cast.home, range(2015, 2019))
    answer = cast.client().get(url(cast.home))
    name = f"{cast.home.ags}-{cast.home.slug}-zeitstrahl-{timezone.localdate().isoformat()}.pdf"
    assert_attached(answer, name, "application/pdf")
    assert_valid(answer.content)
    sheets = reader_of(answer.content).pages
    assert is_landscape(sheets[0])
    assert not is_landscape(sheets[-1])
    listed = " ".join(" ".join(sheet.extract_text() for sheet in sheets if not is_landscape(sheet)).split())
    drawn = " ".join(" ".join(sheet.extract_text() for sheet in sheets if is_landscape(sheet)).split())
    for year in range(2015, 2019):
        assert f"14.06.{year} Bedarfsanalyse Rat: Sitzung {year}" in listed.replace("\u00a0", " ")
        assert f"Sitzung {year}" in drawn
    assert f"Zeitstrahl {cast.home.name}" in drawn


def test_the_filter_of_the_page_holds_for_the_document(cast):
    add_sessions(cast.home, (2015, 2018))
    make(PlanningStep, cast.home, text="Schritt")
    text = text_of(cast.client().get(url(cast.home, "?von=2018&bis=2018&phase=bedarfsanalyse")).content)
    assert "Sitzung 2018" in text
    assert "Sitzung 2015" not in text
    assert "Auswahl: Bedarfsanalyse." in text
    assert "Schritt" not in text
    assert "Schritt" in text_of(cast.client().get(url(cast.home, "?umfang=alles")).content)


def test_no_paper_names_another_source_or_expects_what_is_past(cast):
    body = records.add(Body, municipality=cast.home, title="Rat", kind="city_council")
    own = {"municipality": cast.home, "body": body, "held_on": records.day("2017-06-14"), "phase": "needs"}
    records.add(Session, title="Sitzung", state="planned", contradiction="Der Bericht nennt Mai.", **own)
    client = cast.client()
    drawn = client.get(reverse("insight:timeline-export", args=[cast.home.slug, "svg"])).content.decode()
    for text in (text_of(client.get(url(cast.home)).content), drawn):
        assert "(vorgesehen)" in text
        assert [word for word in ("erwartet", "(?)", "ndere Quelle", "nennt Mai") if word in text] == []


@pytest.mark.slow
def test_many_entries_go_on_several_pages(cast):
    add_sessions(cast.home, range(1960, 2019))
    answer = cast.client().get(url(cast.home))
    assert_valid(answer.content)
    text = text_of(answer.content)
    assert all(f"Rat: Sitzung {year}" in text for year in range(1960, 2019))


def test_without_entries_it_says_so(cast):
    answer = cast.client().get(url(cast.home))
    assert_valid(answer.content)
    assert "In dieser Auswahl steht kein Eintrag mit Datum." in text_of(answer.content)


def test_hostile_texts_stay_texts(cast):
    add_sessions(cast.home, (2018,), HOSTILE)
    answer = cast.client().get(url(cast.home))
    assert_valid(answer.content)
    assert "<script>alert(1)</script>" in text_of(answer.content)


def test_the_page_offers_pdf_and_svg_with_its_filter(cast):
    page = cast.client().get(reverse("insight:timeline", args=[cast.home.slug]), {"von": "2018"}).content.decode()
    assert f'href="{url(cast.home)}?von=2018"' in page
    assert "Als PDF" in page
    assert "Als SVG" in page


def test_foreign_and_without_library(cast, monkeypatch):
    assert cast.client().get(url(cast.away)).status_code == 404

    def fail(*_, **__):
        raise RenderUnavailable(render.NO_LIBRARY)

    monkeypatch.setattr("printing.papers.making.render_pdf", fail)
    answer = cast.client().get(url(cast.home, "?von=2018"), follow=True)
    assert answer.redirect_chain == [(reverse("insight:timeline", args=[cast.home.slug]) + "?von=2018", 302)]
    assert "libpangoft2-1.0-0" in answer.content.decode()
