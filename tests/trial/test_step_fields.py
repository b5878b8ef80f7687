"""Fields that belong to a step, steps that fit some records only, and the second person who takes them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Role
from records.errors import StepRefused
from records.life.moving import take_step
from records.queue import jobs, replay
from records.queue.order import standing
from records.templatetags.german import NARROW
from records.vague import VagueDate
from tests.cast import make_person
from tests.factories import make
from tests.html import read_form
from tests.trial.kinds import APPLICATION, LIFE
from tests.trial.models import GrantAction, GrantApplication, GrantLine, GrantStep, Note
from tests.trial.test_life import go, step_url

A = GrantAction
DAY = VagueDate(date(2019, 3, 4), "D")
pytestmark = pytest.mark.usefixtures("trial", "quiet")


@pytest.fixture
def decided(cast) -> GrantApplication:
    """Entered and filed by the planner, decided by the Leitung."""
    found = make(GrantApplication, cast.home, full=False, title="Spielplatz", amount=500, actor=cast.planner)
    go(cast, found, A.FILE, who="planner")
    go(cast, found, A.DECIDE)
    found.refresh_from_db()
    return found


def opened(client, url, **typed):
    """What a browser sends of the form, with other values in some fields."""
    return dict(read_form(client.get(url).content).values) | typed


def errors_of(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return dict(answer.context["form"].errors)


def test_a_page_asks_its_conditions_about_what_it_suggests(cast, decided, monkeypatch):
    """What is said after the button is said before it, and the suggestion can still be changed."""
    suggests = replace(LIFE.moves[A.PAY], initial=lambda _: {"paid": Decimal("400.50")})
    monkeypatch.setitem(LIFE.moves, A.PAY, suggests)
    page = cast.client().get(step_url(cast, decided, A.PAY))
    assert "Die Kasse zahlt keine Cents aus." in page.content.decode()
    assert {"paid", "note"} <= page.context["form"].fields.keys()


def test_the_fields_of_a_step_are_asked_stored_noted_and_shown(cast, decided):
    client, url = cast.client(), step_url(cast, decided, A.PAY)
    back, asked = APPLICATION.url("detail", cast.home, decided.pk), client.get(url)
    page, fields = asked.content.decode(), asked.context["form"].fields
    assert all(label in page for label in ("Ausgezahlt am", "Ausgezahlt (Euro)", "Aktenzeichen der Kasse"))
    assert [name for name in fields if not fields[name].required and name != "form_key"] == ["receipt", "pay_note"]
    assert "Warum trotzdem" not in page
    sent = opened(client, url, paid_on_day="04.03.2019", receipt="K 17")
    assert sent["paid"] == ["500"], "what the step suggests"
    for _ in range(2):  # sent once more, it ends at the same page
        assert client.post(url, sent).url == back
    twice = client.post(url, sent | {"paid": "400"})
    assert errors_of(twice)["__all__"][0].startswith("Der Schritt ist schon festgehalten, mit anderen Angaben")
    assert client.post(url, sent | {"paid": "400", "form_key": "anders"}).status_code == 422

    version, step = decided.version, decided.steps.last()
    decided.refresh_from_db()
    assert (decided.state, decided.version, decided.paid_on, decided.paid) == ("paid", version + 1, DAY, 500)
    assert step.details == {
        "prepared": "Anweisung über 500",
        "outweighed": [],
        "fields": [
            ["Ausgezahlt am", "04.03.2019"],
            ["Ausgezahlt", f"500,00{NARROW}€"],
            ["Aktenzeichen der Kasse", "K 17"],
            ["Vermerk dazu", ""],
        ],
    }
    page = client.get(back).content.decode()
    assert ("Ausgezahlt am: 04.03.2019" in page, "Vermerk dazu:" in page) == (True, False)
    told = client.get(APPLICATION.url("history", cast.home, decided.pk)).content.decode()
    assert all(words in told for words in ("Schritt: Auszahlen", "Aktenzeichen der Kasse"))


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"paid": "viel"}, "paid", "Geben Sie eine Zahl ein"),
        ({"paid": ""}, "paid", "Füllen Sie dieses Feld aus."),
        ({"paid": "600"}, "paid", "Es wird nicht mehr ausgezahlt als beantragt."),
        ({"paid_on_day": "31.02.2019"}, "paid_on", "Diesen Tag gibt es nicht."),
        ({"receipt": "K" * 21}, "receipt", "Kürzen Sie den Text auf höchstens 20 Zeichen"),
        ({"pay_note": "{unseen}"}, "pay_note", "Wählen Sie einen Eintrag aus der Liste."),
        ({"paid": "10,50"}, "__all__", "Schreiben Sie den Grund auf."),
    ],
)
def test_bad_input_is_named_beside_its_field_and_nothing_is_lost(cast, decided, typed, field, sentence):
    unseen = make(Note, cast.home, title="Fremder Vermerk", actor=cast.lead).pk
    client, url = cast.client(), step_url(cast, decided, A.PAY)
    typed = {name: value.format(unseen=unseen) for name, value in typed.items()}
    sent = opened(client, url) | {"paid_on_day": "04.03.2019", "receipt": "K 17"} | typed
    answer = client.post(url, sent)
    if field == "__all__":
        assert "Die Kasse zahlt keine Cents aus." in answer.content.decode()
        field = "note"  # asked now, because a reason outweighs it
    assert sentence in errors_of(answer)[field][0]
    shown = read_form(answer.content).values
    for name, value in ({"paid_on_day": "04.03.2019", "receipt": "K 17"} | typed).items():
        assert shown[name] == [value] or name == "pay_note"
    assert "Fremder Vermerk" not in answer.content.decode()
    before = decided.version
    decided.refresh_from_db()
    assert (decided.state, decided.version, decided.paid, decided.steps.count()) == ("decided", before, None, 2)


def test_a_slow_step_keeps_its_values_while_it_waits(cast, decided, settings, tmp_path):
    settings.QUEUE, settings.VAR_DIR = "asleep", tmp_path
    client, url = cast.client(), step_url(cast, decided, A.PAY)
    sent = opened(client, url, paid_on_day="04.03.2019")
    assert "paid" in errors_of(client.post(url, sent | {"paid": "600"}))
    assert jobs.unfinished() == [], "what the record refuses is told before any work"
    assert client.post(url, sent | {"paid": "400"}).status_code == 302
    while waiting := standing()[0]:
        jobs.end(waiting[0].name, replay.outcome_of_view(waiting[0]))
    decided.refresh_from_db()
    assert (decided.paid, decided.steps.last().details["prepared"]) == (400, "Anweisung über 400")


def test_without_a_page_the_same_rules_hold(cast, decided):
    told = {"paid_on": DAY, "paid": Decimal(100)}
    for wrong, error in (
        ({"paid": Decimal(100)}, ValidationError),
        (told | {"paid": Decimal(501)}, ValidationError),
        (told | {"title": "Anders"}, ValueError),
    ):
        with pytest.raises(error):
            go(cast, decided, A.PAY, who="planner", values=wrong)
    with pytest.raises(ValidationError, match="Füllen Sie das Feld „Ausgezahlt am“ aus"):
        go(cast, decided, A.PAY, who="planner")
    with pytest.raises(PermissionDenied):
        go(cast, decided, A.PAY, who="ministry", values=told)
    with pytest.raises(StepRefused, match="keine Cents"):
        go(cast, decided, A.PAY, who="planner", values=told | {"paid": Decimal("1.50")})
    assert (decided.paid, decided.state) == (None, "decided"), "the record in hand is as it was"
    step = go(cast, decided, A.PAY, who="planner", values=told)
    assert (step.to_state, decided.paid, decided.history.first().paid) == ("paid", 100, 100)


def test_a_step_that_does_not_fit_the_record_does_not_exist_for_it(cast):
    small, large = (
        make(GrantApplication, cast.home, full=False, title="Zaun", amount=amount, actor=cast.planner)
        for amount in (50, 500)
    )
    lead, told = cast.client("lead"), {"paid_on": DAY, "paid": Decimal(50)}
    for application, exists in ((small, True), (large, False)):
        go(cast, application, A.FILE, who="planner")
        application.refresh_from_db()
        url, back = step_url(cast, application, A.PAY_AT_ONCE), APPLICATION.url("detail", cast.home, application.pk)
        page = lead.get(back)
        assert (url in page.content.decode()) == exists
        states = [station.label for station in page.context["page"].life.stations]
        assert states == ["Entwurf", "eingegangen", *([] if exists else ["beschieden"]), "ausgezahlt"]
        assert lead.get(url).status_code == (200 if exists else 302)
    sent = {"version": large.version, "paid_on_day": "04.03.2019", "paid": "50"}
    assert "„Sofort auszahlen“ ist jetzt nicht möglich. Der Antrag ist eingegangen" in str(
        errors_of(lead.post(url, sent))
    )
    with pytest.raises(StepRefused, match="„Sofort auszahlen“ ist jetzt nicht möglich"):
        go(cast, large, A.PAY_AT_ONCE, values=told)
    assert go(cast, small, A.PAY_AT_ONCE, values=told).to_state == "paid"
    assert GrantStep.objects.filter(application=large).count() == 1


def test_who_prepared_or_wrote_does_not_release(cast, decided):
    lead, told = cast.client("lead"), {"paid_on": DAY, "paid": Decimal(50)}
    page = lead.get(step_url(cast, decided, A.PAY))
    assert page.context["hindered"]
    assert "Sie haben „Bescheiden“ selbst ausgeführt. Bitten Sie eine zweite Person um diesen Schritt." in (
        page.content.decode()
    )
    with pytest.raises(StepRefused, match="„Bescheiden“ selbst ausgeführt"):
        go(cast, decided, A.PAY, values=told)
    met = cast.client().get(step_url(cast, decided, A.PAY)).content.decode()
    assert f"„Bescheiden“: {cast.lead}." in met

    small = make(GrantApplication, cast.home, full=False, title="Zaun", amount=50, actor=None)
    make(GrantLine, cast.home, application=small, title="Latten", actor=cast.planner)
    go(cast, small, A.FILE)
    for who, words in (("lead", "„Einreichen“ selbst ausgeführt"), ("planner", r"mitgeschrieben \(Zeilen\)")):
        with pytest.raises(StepRefused, match=words):
            go(cast, small, A.PAY_AT_ONCE, who=who, values=told)
    third = make_person("dritte", Role.PLANNER, cast.home)
    small.refresh_from_db()
    take_step(record=small, action=A.PAY_AT_ONCE, actor=third, version=small.version, values=told)
    assert small.state == "paid"


def test_a_table_that_asks_what_it_cannot_is_refused():
    for fields, optional in ((("unknown",), ()), (("notes",), ()), (("state",), ()), (("paid",), ("receipt",))):
        odd = replace(LIFE.moves[A.PAY], fields=fields, optional_fields=optional)
        with pytest.raises(ValueError, match="Diese Felder fragt der Schritt"):
            replace(LIFE, moves=LIFE.moves | {A.PAY: odd})
