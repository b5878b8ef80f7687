"""A question from one municipality to another: both see the thread, by function and not by name; nobody else does."""

import pytest
from django.test import Client
from django.urls import reverse

from participation.enums import QuestionState
from participation.models import Question, QuestionPost
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.cast import Cast, make_municipality, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
SUBJECT = "Wie laden Sie ein?"


def page(name: str, place, *more) -> str:
    return reverse(f"participation:question{name}", args=[place.slug, *more])


def waits(cast: Cast, who: str) -> bool:
    """Whether something is to be done, not only new."""
    return f'only">: {SUBJECT}' in cast.client(who).get(reverse("overview:waiting")).content.decode()


def test_both_read_and_write_by_function_and_nobody_else(cast: Cast):
    third = make_municipality("16068", "Sömmerda", "soemmerda")
    sent = {"asked": cast.away.pk, "subject": SUBJECT, "text": "Per Brief?", "form_key": "eins"}
    for _ in range(2):
        assert cast.client().post(page("-create", cast.home), sent).status_code == 302
    question = Question.objects.get()
    here, there = page("", cast.home, question.pk), page("", cast.away, question.pk)
    itself = sent | {"asked": cast.home.pk, "form_key": "zwei"}
    assert cast.client().post(page("-create", cast.home), itself).status_code == 422
    assert (waits(cast, "planner"), waits(cast, "foreign_planner")) == (False, True)
    answered = cast.client("foreign_planner").post(there, {"text": "Über die Gemeinden.", "form_key": "drei"})
    assert answered.status_code == 302
    assert (waits(cast, "planner"), waits(cast, "foreign_planner")) == (True, False)
    for who, url in (("planner", here), ("lead", here), ("foreign_planner", there)):
        text = cast.client(who).get(url).content.decode().split("<main")[1]
        assert "Per Brief?" in text
        assert "Über die Gemeinden." in text
        assert "Sozialplanung, Altenburger Land" in text
        assert "Funktion planung-" not in text
    assert cast.client("lead").post(here, {"text": "Danke", "form_key": "vier"}).status_code == 302
    assert QuestionPost.objects.latest("pk").function == "Leitung"
    for who in ("adviser", "ministry", "admin"):
        assert cast.client(who).get(here).status_code == 403
    stranger = Client()
    stranger.force_login(make_person("noch-eine", "planner", third))
    assert stranger.get(page("", third, question.pk)).status_code == 404
    assert stranger.get(here).status_code == 404
    assert SUBJECT not in stranger.get(page("-list", third)).content.decode()
    assert cast.client("foreign_planner").post(page("-close", cast.away, question.pk)).status_code == 302
    assert Question.objects.get().state == QuestionState.OPEN  # who asked closes
    cast.client().post(page("-close", cast.home, question.pk))
    assert Question.objects.get().state == QuestionState.CLOSED
