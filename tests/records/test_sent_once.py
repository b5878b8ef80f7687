"""A form is saved once: sent twice, after the browser went back, under another key, from two clicks at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from participation.models import AgendaItem, Body, Event, Finding, Session
from planning.enums import Phase
from planning.models import (
    ActionField,
    Goal,
    Measure,
    Need,
    PlanningCycle,
    PlanningStep,
    StepTemplate,
    TargetGroup,
)
from records.display import label_of
from records.models import SubmissionKey, TableImport
from records.registry import kind_of
from tests.cast import make_cast
from tests.factories import make
from tests.html import read_form
from tests.records.test_interleaving import at_once

pytestmark = pytest.mark.usefixtures("quiet")


def open_and_send(client, url, **typed):
    """What a browser does that went back: it loads the form anew, with another key, and sends what was typed."""
    return client.post(url, read_form(client.get(url).content).values | typed)


def again(answer):
    """The form of the question whether the same is meant once more."""
    assert answer.status_code == 409
    return read_form(answer.content).values


def test_going_back_and_saving_again_makes_no_second_record_unless_it_is_meant(cast):
    client, url = cast.client(), kind_of(TargetGroup).url("create", cast.home)
    first = open_and_send(client, url, title="Alleinerziehende")
    second = open_and_send(client, url, title="Alleinerziehende")
    assert "Schon gespeichert" in second.content.decode()
    assert f'href="{first.url}"' in second.content.decode()
    assert TargetGroup.objects.count() == 1
    assert open_and_send(cast.client("lead"), url, title="Alleinerziehende").status_code == 302, "somebody else's"
    assert open_and_send(client, url, title="Familien").status_code == 302
    meant = again(second)
    assert [client.post(url, meant).status_code for _ in range(2)] == [302, 302]
    assert TargetGroup.objects.count() == 4
    assert client.post(url, meant).url == f"{first.url.rsplit('/', 2)[0]}/{TargetGroup.objects.latest('pk').pk}/"


def test_the_button_that_was_pressed_makes_no_difference(cast):
    client, url = cast.client(), kind_of(TargetGroup).url("create", cast.home)
    open_and_send(client, url, title="Alleinerziehende", _weiterer="1")
    assert open_and_send(client, url, title="Alleinerziehende").status_code == 409
    assert TargetGroup.objects.count() == 1


@pytest.mark.parametrize(
    "changed", [{"description": "Mit Ferien."}, {"title": "Ferienbetreuung am Nachmittag"}, {"title": "Ferienbetreung"}]
)
def test_a_changed_form_that_comes_again_under_another_key_is_asked_about(cast, changed):
    client, url = cast.client(), kind_of(TargetGroup).url("create", cast.home)
    typed = {"title": "Ferienbetreuung", "description": "Ohne Ferien."}
    first = open_and_send(client, url, **typed)
    asked = open_and_send(client, url, **typed | changed)
    assert asked.status_code == 409
    text = asked.content.decode()
    assert all(word in text for word in ("Sie haben diesen Eintrag bereits angelegt", *changed.values()))
    form = read_form(asked.content).values
    taken = client.post(url, form | {"_aenderungen": "1"})
    opened = read_form(client.get(taken.url).content).values
    assert [opened[name] for name in changed] == [[value] for value in changed.values()]
    assert client.post(first.url + "bearbeiten/", opened).status_code == 302
    assert TargetGroup.objects.get().title == (typed | changed)["title"]
    assert client.post(url, form | {"noch_einmal": "1"}).status_code == 302
    assert TargetGroup.objects.count() == 2


def test_another_entry_of_a_series_is_no_question(cast):
    client, url = cast.client(), kind_of(TargetGroup).url("create", cast.home)
    for title in ("Familien mit 1 Kind", "Familien mit 2 Kind", "Alleinerziehende", "Väter"):
        assert open_and_send(client, url, title=title).status_code == 302
    assert open_and_send(cast.client("lead"), url, title="Alleinerziehende in Ausbildung").status_code == 302


def test_who_presses_one_more_is_not_asked_about_the_entry_before(cast):
    client, url = cast.client(), kind_of(TargetGroup).url("create", cast.home)
    for title in ("Elterntreff Artern", "Elterntreff Arnstadt", "Elterntreff Arnsberg"):
        answer = open_and_send(client, url, title=title, _weiterer="1")
        assert answer.status_code == 302, title
        before, url = url, answer.url
    again = open_and_send(client, before, title="Elterntreff Arnsberg Nord")  # gone back to the form of the last one
    assert (again.status_code, TargetGroup.objects.count()) == (409, 3)


def flows(cast) -> dict[str, tuple]:
    """Flows that create besides the forms of kinds: the address, what is typed, what comes into being."""
    cycle = make(PlanningCycle, cast.home, full=False)
    event, body = make(Event, cast.home, full=False), make(Body, cast.home, full=False)
    top = make(Goal, cast.home, full=False, cycle=cycle, level="guiding")
    upper = make(Goal, cast.home, full=False, cycle=cycle, level="action", parent=top)
    goal = make(Goal, cast.home, full=False, cycle=cycle, level="measure", parent=upper)
    need, place = make(Need, cast.home, full=False, cycle=cycle), f"/{cast.home.slug}"
    template = make(StepTemplate, None, full=False)
    date = {"held_on_precision": "D", "held_on_day": "17.08.2016"}
    return {
        "flipchart": (
            f"{place}/erkenntnisse/flipchart/",
            {"text": "Bus fährt zu selten\nKita schließt zu früh", "origin": f"event:{event.pk}"},
            Finding,
        ),
        "catch-up": (
            f"{place}/sitzungen/nacherfassen/?gremium={body.pk}",
            {"body": str(body.pk), "title": "1. Sitzung", "phase": "mandate", "agenda": "Begrüßung"} | date,
            Session,
        ),
        "need-goal": (f"{place}/bedarfe/{need.pk}/ziel/", {"title": "Ziel daraus", "parent": "leitziel"}, Goal),
        "goal-measure": (
            f"{place}/ziele/{goal.pk}/massnahme/",
            {"title": "Maßnahme daraus", "action_field": str(make(ActionField, None).pk)},
            Measure,
        ),
        "steps": (
            f"{place}/schritte/katalog/",
            {"schritt": str(template.pk)},
            PlanningStep,
        ),
        "carry-on": (
            f"{place}/planungszyklen/{cycle.pk}/fortschreiben/",
            {"title": "Nächster", "first_year": "2030", "last_year": "2032"},
            PlanningCycle,
        ),
    }


@pytest.mark.parametrize("name", ["flipchart", "catch-up", "need-goal", "goal-measure", "steps", "carry-on"])
def test_no_flow_creates_twice(cast, name):
    url, typed, model = flows(cast)[name]
    client, before = cast.client(), model.objects.count()
    sent = read_form(client.get(url).content).values | typed
    first = client.post(url, sent)
    if name == "flipchart":  # shows first what it stores
        sent |= {"seen": read_form(first.content).values["seen"]}
        first = client.post(url, sent)
    assert first.status_code == 302
    made = model.objects.count()
    assert made > before
    client.post(url, sent)
    open_and_send(client, url, **typed)
    assert model.objects.count() == made


def test_other_values_under_a_used_key_are_kept_and_asked_about(cast):
    session, client = make(Session, cast.home, full=False), cast.client()
    url = kind_of(Session).rows_url(cast.home, session.pk, kind_of(AgendaItem))
    opened = read_form(client.get(url).content).values
    title = next(name for name in opened if name.endswith("title") and not opened[name][0])
    assert client.post(url, opened | {title: "Begrüßung"}).status_code == 302
    changed = client.post(url, opened | {title: "Begrüßung und Protokoll"})
    assert (changed.status_code, "Begrüßung und Protokoll" in changed.content.decode()) == (409, True)
    assert AgendaItem.objects.count() == 1
    assert client.post(url, again(changed)).status_code == 302
    assert AgendaItem.objects.count() == 2


def test_a_table_that_was_read_in_is_not_read_in_again_without_being_asked(cast):
    client, url = cast.client(), kind_of(TargetGroup).url("import", cast.home)
    table = f"{label_of(TargetGroup, 'title')}\nAlleinerziehende\nÄltere\n".encode()

    def upload() -> dict:
        page = client.post(url, {"file": SimpleUploadedFile("zielgruppen.csv", table)})
        assert page.status_code == 200, page.status_code
        return {"vorgang": str(TableImport.objects.latest("pk").pk)}

    first = upload()
    assert client.post(url, first).status_code == 302
    assert client.post(url, first).status_code == 302, "confirmed twice leads to the same place"
    second = upload()
    asked = client.post(url, second)
    assert TargetGroup.objects.count() == 2
    assert client.post(url, again(asked)).status_code == 302
    assert TargetGroup.objects.count() == 4


def test_one_more_keeps_its_place_and_goes_on_counting(cast):
    session, client = make(Session, cast.home, full=False), cast.client()
    url = f"{kind_of(AgendaItem).url('create', cast.home)}?session={session.pk}"
    assert "Speichern und weiteren Eintrag anlegen" in client.get(url).content.decode()
    answer = open_and_send(client, url, title="Begrüßung", position="4", _weiterer="1")
    form = client.get(answer.url)
    values = read_form(form.content).values
    assert (values["session"], values["position"], values.get("title", [""])[0]) == ([str(session.pk)], ["5"], "")
    assert "Tagesordnungspunkt gespeichert: „Begrüßung“." in form.content.decode()
    cycle = make(PlanningCycle, cast.home, full=False)
    step = {"cycle": str(cycle.pk), "phase": Phase.NEEDS, "title": "Befragen", "_weiterer": "1"}
    answer = open_and_send(client, kind_of(PlanningStep).url("create", cast.home), **step)
    values = read_form(client.get(answer.url).content).values
    assert (values["cycle"], values["phase"]) == ([str(cycle.pk)], [Phase.NEEDS])
    record = AgendaItem.objects.get()
    update = client.get(kind_of(AgendaItem).url("update", cast.home, record.pk)).content.decode()
    assert "weiteren Eintrag" not in update


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_creates_and_both_lead_to_it():
    cast = make_cast()
    url = kind_of(TargetGroup).url("create", cast.home)
    clients, told = (cast.client(), cast.client()), []
    sent = read_form(clients[0].get(url).content).values | {"title": "Alleinerziehende"}
    at_once(*(lambda client=client: told.append(client.post(url, sent)) for client in clients))
    assert [answer.status_code for answer in told] == [302, 302]
    assert len({answer.url for answer in told}) == 1
    assert (TargetGroup.objects.count(), SubmissionKey.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_change_sent_twice_by_its_person_is_one_change_and_nobody_else_is_blamed():
    """At once and later; whoever else has opened the same version is asked."""
    cast = make_cast()
    record, client = make(TargetGroup, cast.home, full=False, title="Familien"), cast.client()
    url = kind_of(TargetGroup).url("update", cast.home, record.pk)
    sent = read_form(client.get(url).content).values | {"title": "Alleinerziehende"}
    told, clients = [], (client, cast.client())
    at_once(*(lambda each=each: told.append(each.post(url, sent)) for each in clients))
    told.append(client.post(url, sent))
    assert [(answer.status_code, answer.url) for answer in told] == [
        (302, kind_of(TargetGroup).url("detail", cast.home, record.pk))
    ] * 3
    assert record.history.count() == 2
    assert cast.client("lead").post(url, sent | {"title": "Ältere"}).status_code == 409
    assert cast.client("lead").post(url, sent).status_code == 409, "the same words of another person are another change"
