"""The notice of a survey leads everybody to it, in words and as a picture, in the languages that print has."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.domain.open_surveys import open_survey
from participation.domain.questionnaire import Item, Questionnaire
from participation.domain.survey_words import FRAME, PROPOSED
from participation.models import Survey
from records.registry import kind_of
from reporting.papers.survey_notice import pages_of, qr_path
from tests.factories import make
from tests.reporting.papers.conftest import assert_attached, assert_valid, reader_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]


@pytest.fixture
def survey(cast):
    survey = make(Survey, cast.home, full=False, title="Wege der Familien")
    asked = Questionnaire(survey.title, "Es geht um:\n\n- Wege\n- Zeiten", 5, [Item("f1", "Meinung?", "text")])
    for code in ("de-simple", "uk", "ar"):
        told = {text: f"{code} {text}" for text in asked.texts()}
        asked.words[code] = {"texts": told, "frame": {key: PROPOSED[code].get(key, key) for key in FRAME}}
    Survey.objects.filter(pk=survey.pk).update(questionnaire=asked.told())
    survey.refresh_from_db()
    return survey


def opened(survey):
    today = timezone.localdate()
    return open_survey(survey, opens_on=today, closes_on=today + timedelta(days=20), actor=None)


def paper(survey):
    return reverse("reporting:survey-notice", args=[survey.municipality.slug, survey.pk])


@pytest.mark.slow
def test_an_open_survey_has_a_page_for_a_door_in_each_language_that_print_has(cast, survey):
    opened(survey)
    detail = kind_of(Survey).url("detail", cast.home, survey.pk)
    assert f'href="{paper(survey)}"' in cast.client().get(detail).content.decode()
    answer = cast.client().get(paper(survey))
    name = f"{cast.home.ags}-{cast.home.slug}-aushang-wege-der-familien.pdf"
    assert_attached(answer, name, "application/pdf")
    pdf = b"".join(answer)
    assert_valid(pdf)
    assert len(reader_of(pdf).pages) == 3
    said, public = text_of(pdf), f"/oeffentlich/{cast.home.slug}/befragungen/{survey.pk}/"
    assert [said.replace(" ", "").count(public + more) for more in ("", "?sprache=uk", "?sprache=ar")] == [3, 1, 0]
    assert "◊" not in said
    root = reader_of(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()
    sections = [kid.get_object() for kid in root["/K"]]
    assert [str(part["/Lang"]) for part in sections if "/Lang" in part] == ["de", "de", "uk"], "how it is read aloud"


def test_each_language_has_its_own_picture_and_screen_readers_hear_what_it_is(survey):
    address = "https://example.org/oeffentlich/x/befragungen/1/"
    pages = pages_of(opened(survey), address)
    assert [(page.lang, page.address) for page in pages] == [
        ("de", address),
        ("de", f"{address}?sprache=de-simple"),
        ("uk", f"{address}?sprache=uk"),
    ]
    assert len({page.picture for page in pages}) == 3
    assert all(page.picture == qr_path(page.address) for page in pages)
    assert f"<title>QR-Code mit der Adresse {address}</title>" in pages[0].picture


def test_a_survey_that_is_not_open_has_no_notice_and_others_never_see_one(cast, survey):
    detail = kind_of(Survey).url("detail", cast.home, survey.pk)
    assert paper(survey) not in cast.client().get(detail).content.decode()
    answer = cast.client().get(paper(survey), follow=True)
    assert "nicht im Portal geöffnet" in answer.content.decode()
    opened(survey)
    assert [cast.client(who).get(paper(survey)).status_code for who in ("foreign_planner", "ministry")] == [404, 403]
