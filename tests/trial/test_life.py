"""A life that is not a plan's: the same pages, rules and steps follow from its table."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from records.errors import DuplicateSubmission, StaleRecord, StepRefused
from records.life.moving import take_step
from tests.factories import make
from tests.html import read_form
from tests.trial.kinds import APPLICATION, LIFE, LINE
from tests.trial.models import GrantAction, GrantApplication, GrantStep

A = GrantAction
pytestmark = pytest.mark.usefixtures("trial", "quiet")


@pytest.fixture
def application(cast) -> GrantApplication:
    """A draft without amount, entered by the planner."""
    return make(GrantApplication, cast.home, full=False, title="Spielplatz", actor=cast.planner)


def go(cast, application, action, who="lead", note="", **options):
    application.refresh_from_db()
    told = {"version": application.version, "note": note} | options
    return take_step(record=application, action=action, actor=getattr(cast, who), **told)


def step_url(cast, application, action) -> str:
    return f"{APPLICATION.url('detail', cast.home, application.pk)}schritt/{LIFE.slugs[action]}/"


def give_amount(application, amount=500):
    GrantApplication.objects.filter(pk=application.pk).update(amount=amount)


def test_the_pages_lead_through_the_life(cast, application):
    planner, url = cast.client(), APPLICATION.url("detail", cast.home, application.pk)
    page = planner.get(url).content.decode()
    assert all(f'href="{way}' in page for way in (LINE.url("create", cast.home), f"{url}tabelle/"))
    assert step_url(cast, application, A.FILE) in page
    assert "Noch kein Schritt." in page

    asked = planner.get(step_url(cast, application, A.FILE)).content.decode()
    assert ("Der Antrag geht ein." in asked, "Nennen Sie einen Betrag." in asked) == (True, True)
    assert "Die Leitung liest es." not in asked  # no form that is sure to be refused
    give_amount(application)
    asked = planner.get(step_url(cast, application, A.FILE)).content
    assert "Die Leitung liest es." in asked.decode()
    form = read_form(asked)
    sent = {name: values[0] for name, values in form.values.items()} | {"note": "Bitte bald."}
    answer = planner.post(step_url(cast, application, A.FILE), sent, follow=True)
    assert answer.redirect_chain == [(url, 302)]
    page = answer.content.decode()
    assert "„Spielplatz“ eingereicht." in page
    assert "Der Antrag ist eingegangen und ändert sich nicht mehr." in page
    assert ("Bitte bald." in page, "durch die Leitung" in page) == (True, True)
    assert APPLICATION.url("update", cast.home, application.pk) not in page
    assert not any(f'href="{way}' in page for way in (LINE.url("create", cast.home), f"{url}tabelle/")), (
        "locked with it"
    )
    assert step_url(cast, application, A.DECIDE) not in page, "the planner has no right to decide"
    assert step_url(cast, application, A.DECIDE) in cast.client("lead").get(url).content.decode()


def test_what_hinders_is_said_before_the_button_and_after_it(cast, application):
    planner, url = cast.client(), step_url(cast, application, A.FILE)
    before = planner.get(url)
    assert [line.text for line in before.context["conditions"]["stop"]] == ["Nennen Sie einen Betrag."]
    assert b'type="submit"' not in before.content.split(b"<main")[1].split(b'class="form"')[1].split(b"</form>")[0]
    after = planner.post(url, {"version": application.version, "note": "Getippt"})
    assert after.status_code == 422
    assert list(after.context["form"].non_field_errors()) == ["Nennen Sie einen Betrag."]
    assert "Getippt" in after.content.decode()
    assert not GrantStep.objects.exists()


def test_a_reason_outweighs_and_is_kept_with_what_it_outweighed(cast, application):
    give_amount(application, 5000)
    go(cast, application, A.FILE)
    with pytest.raises(StepRefused, match="größer als üblich"):
        go(cast, application, A.DECIDE)
    step = go(cast, application, A.DECIDE, note="Es gibt nur diesen.")
    assert step.details == {"prepared": "Betrag 5000", "outweighed": ["Der Betrag ist größer als üblich."]}
    assert (step.number, step.from_state, step.to_state, step.note) == (2, "filed", "decided", "Es gibt nur diesen.")


def test_a_text_that_is_demanded_is_demanded(cast, application):
    give_amount(application)
    go(cast, application, A.FILE)
    with pytest.raises(StepRefused, match="Füllen Sie das Feld „Grund“ aus"):
        go(cast, application, A.RETURN, note="  ")
    go(cast, application, A.RETURN, note="Zu wenig")
    application.refresh_from_db()
    assert (application.state, application.round) == ("draft", 2)


def test_only_who_has_the_right_takes_a_step(cast, application):
    give_amount(application)
    with pytest.raises(PermissionDenied):
        go(cast, application, A.FILE, who="ministry")
    go(cast, application, A.FILE, who="planner")
    with pytest.raises(PermissionDenied):
        go(cast, application, A.DECIDE, who="planner")
    for who, status in (("planner", 403), ("adviser", 403), ("foreign_planner", 404), ("lead", 200)):
        assert cast.client(who).get(step_url(cast, application, A.DECIDE)).status_code == status
        if status != 200:
            assert cast.client(who).post(step_url(cast, application, A.DECIDE)).status_code == status
    assert application.steps.count() == 1


def test_a_step_that_the_state_does_not_have_leads_back_with_a_sentence(cast, application):
    answer = cast.client("lead").get(step_url(cast, application, A.DECIDE), follow=True)
    assert (
        "„Bescheiden“ ist jetzt nicht möglich. Der Antrag ist noch ein Entwurf. Reichen Sie ihn zuerst ein."
        in answer.content.decode()
    )
    with pytest.raises(StepRefused, match="„Bescheiden“ ist jetzt nicht möglich"):
        go(cast, application, A.DECIDE)


def test_a_step_is_taken_once_and_on_what_was_seen(cast, application):
    give_amount(application)
    with pytest.raises(StaleRecord):
        go(cast, application, A.FILE, version=application.version - 1)
    go(cast, application, A.FILE, form_key="einmal")
    with pytest.raises(DuplicateSubmission):
        go(cast, application, A.FILE, form_key="einmal")
    application.refresh_from_db()
    assert (application.state, application.steps.count()) == ("filed", 1)


def test_steps_are_for_ever(cast, application):
    give_amount(application)
    step = go(cast, application, A.FILE)
    for write in (lambda rows: rows.update(note="x"), lambda rows: rows.delete()):
        with pytest.raises((DatabaseError, TypeError)), transaction.atomic():
            write(GrantStep.objects.filter(pk=step.pk))
    assert GrantStep.objects.get().note == ""


def test_a_table_that_contradicts_itself_is_refused():
    loose = replace(LIFE.moves[A.DECIDE], target="filed", locks=False)
    with pytest.raises(ValueError, match="nicht einig"):
        replace(LIFE, moves=LIFE.moves | {A.DECIDE: loose})
    with pytest.raises(ValueError, match="erste Zustand"):
        replace(LIFE, moves=LIFE.moves | {A.RETURN: replace(LIFE.moves[A.RETURN], locks=True)})
    with pytest.raises(ValueError, match="fehlt der Satz: decided"):
        replace(LIFE, says={state: says for state, says in LIFE.says.items() if state != "decided"})
