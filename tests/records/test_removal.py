"""What was entered wrongly is taken back: with its parts after a question that names them, several at once, undone."""

import re

import pytest

from participation.models import (
    AgendaItem,
    Body,
    BodyMembership,
    Decision,
    Event,
    EventAttendance,
    Finding,
    Resolution,
    Session,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    Task,
)
from planning.models import (
    CriterionValue,
    Document,
    Goal,
    Measure,
    Milestone,
    Need,
    PlanningCycle,
    PlanningStep,
    Provider,
    QualityCriterion,
)
from records.domain.removal import part_relations, removal_of
from records.models import Batch
from records.registry import all_kinds, kind_of
from tests.factories import make, pdf
from tests.html import read_form
from tests.records.test_interleaving import at_once

pytestmark = pytest.mark.usefixtures("quiet")


def url_of(cast, record) -> str:
    return kind_of(type(record)).url("delete", cast.home, record.pk)


def ask(cast, record, who="planner"):
    return cast.client(who).get(url_of(cast, record))


def delete(cast, record, who="planner", **given):
    """Answer the question as it was asked."""
    client = cast.client(who)
    return client.post(url_of(cast, record), read_form(client.get(url_of(cast, record)).content).values | given)


def undo(cast):
    return cast.client().post(f"/{cast.home.slug}/rueckgaengig/{Batch.objects.latest('pk').pk}/", follow=True)


def with_parts(cast) -> dict[str, tuple]:
    """Records with everything that is part of them."""
    session, measure = make(Session, cast.home, full=False), make(Measure, cast.home, full=False)
    survey, event = make(Survey, cast.home, full=False), make(Event, cast.home, full=False)
    body, question = make(Body, cast.home, full=False), make(SurveyQuestion, cast.home, survey=survey)
    criterion = make(QualityCriterion, cast.home, measure=measure)
    need = make(Need, cast.home, full=False)

    def finding(**origin):
        nothing = dict.fromkeys(("event", "session", "survey", "data_source", "document"))
        return make(Finding, cast.home, needs=[need], **nothing | origin)

    cycle = make(PlanningCycle, cast.home, full=False, title="Irrtum")
    return {
        "session": (
            session,
            [make(model, cast.home, session=session) for model in (AgendaItem, Decision, Task)]
            + [finding(session=session)],
        ),
        "event": (event, [make(EventAttendance, cast.home, event=event), finding(event=event)]),
        "survey": (survey, [question, make(SurveyAnswer, cast.home, question=question), finding(survey=survey)]),
        "measure": (
            measure,
            [
                criterion,
                make(CriterionValue, cast.home, criterion=criterion),
                make(Milestone, cast.home, measure=measure),
            ],
        ),
        "body": (body, [make(BodyMembership, cast.home, body=body)]),
        "cycle": (cycle, [make(PlanningStep, cast.home, full=False, cycle=cycle)]),
    }


@pytest.mark.parametrize("name", ["session", "event", "survey", "measure", "body", "cycle"])
def test_a_record_goes_with_its_parts_after_they_were_named_and_comes_back_whole(cast, name):
    record, parts = with_parts(cast)[name]
    page = ask(cast, record).content.decode()
    assert "Wirklich löschen?" in page
    assert all(kind_of(type(part)).url("detail", cast.home, part.pk) in page for part in parts)
    unasked = cast.client().post(url_of(cast, record), {"version": record.version})
    assert unasked.status_code == 409, "parts go only where they were named"
    links = {part.pk: set(part.needs.all()) for part in parts if isinstance(part, Finding)}
    answer = delete(cast, record, reason="doppelt erfasst")
    assert answer.status_code == 302
    for row in (record, *parts):
        assert not type(row).objects.filter(pk=row.pk).exists()
        last = type(row).history.filter(id=row.pk).latest("history_id")
        assert (last.history_type, last.history_user, last.history_change_reason) == (
            "-",
            cast.planner,
            "doppelt erfasst",
        )
    assert "Rückgängig machen" in cast.client().get(answer.url).content.decode()
    assert "unverändert" not in undo(cast).content.decode()
    for row in (record, *parts):
        back = type(row).objects.get(pk=row.pk)
        assert (str(back), getattr(back, "number", None)) == (str(row), getattr(row, "number", None))
    assert {pk: set(Finding.objects.get(pk=pk).needs.all()) for pk in links} == links


def test_what_is_no_part_still_refuses_and_is_linked(cast):
    parts = with_parts(cast)
    session, _ = parts["session"]
    resolution = make(Resolution, cast.home, full=False, session=session, body=session.body)
    body = session.body
    for record, named in ((session, resolution), (body, session)):
        page = ask(cast, record).content.decode()
        assert "Löschen nicht möglich" in page
        assert kind_of(type(named)).url("detail", cast.home, named.pk) in page
        assert cast.client().post(url_of(cast, record), {"version": record.version}).status_code == 409
    seat = parts["body"][1][0]
    other = make(Session, cast.home, full=False, body=seat.body, attending_members=[seat])
    page = ask(cast, parts["body"][0]).content.decode()
    assert kind_of(Session).url("detail", cast.home, other.pk) in page, "a part that others refer to keeps its record"
    assert BodyMembership.objects.filter(pk=seat.pk).exists()


def test_a_part_that_came_after_the_question_is_asked_about(cast):
    session, client = make(Session, cast.home, full=False), cast.client()
    asked = read_form(client.get(url_of(cast, session)).content).values
    late = make(AgendaItem, cast.home, session=session, title="Nachtrag")
    answer = client.post(url_of(cast, session), asked)
    assert (answer.status_code, "Nachtrag" in answer.content.decode()) == (409, True)
    assert AgendaItem.objects.filter(pk=late.pk).exists()
    assert delete(cast, session).status_code == 302


def test_every_kind_below_another_is_declared_as_its_part():
    below = [kind for kind in all_kinds() if kind.parent]
    assert len(below) > 10
    assert [kind.name for kind in below if kind.parent not in kind.model.part_of] == []
    assert (Finding, "event") in part_relations(Event)
    assert part_relations(Provider) == ()


def test_the_number_of_queries_does_not_grow_with_the_parts(cast, django_assert_max_num_queries):
    session = make(Session, cast.home, full=False)
    for number in range(12):
        make(AgendaItem, cast.home, session=session, title=f"TOP {number}")
        make(Task, cast.home, session=session, title=f"Aufgabe {number}")
    with django_assert_max_num_queries(30):
        assert len(removal_of([session], None).rows) == 25


def test_a_document_comes_back_with_its_file_and_a_step_with_its_template(cast):
    document = make(Document, cast.home, full=False, file=pdf(), original_name="beschluss.pdf")
    need = make(Need, cast.home, full=False)
    later = make(PlanningCycle, cast.home, full=False, title="Später")
    copy = make(Need, cast.home, full=False, title="Kopie", predecessor=need, cycle=later)
    for record in (document, copy):
        assert delete(cast, record).status_code == 302
        undo(cast)
    assert (
        b"".join(cast.client().get(kind_of(Document).url("file", cast.home, document.pk)).streaming_content)[:4]
        == b"%PDF"
    )
    assert Need.objects.get(pk=copy.pk).predecessor == need


# Several rows at once


def marks(*records) -> list[str]:
    return [f"{record.pk}:{record.version}" for record in records]


def delete_marked(cast, model, records, who="planner", query=""):
    """Ask about the marked rows, and answer as it was asked."""
    client, url = cast.client(who), kind_of(model).url("bulk_delete", cast.home) + query
    question = client.post(url, {"zeile": marks(*records)})
    return question, client.post(url, read_form(question.content).values)


def test_marked_rows_go_with_their_parts_and_those_that_cannot_are_named(cast):
    first, second, kept = (make(Session, cast.home, full=False, title=f"{n}. Sitzung") for n in (2, 10, 3))
    item = make(AgendaItem, cast.home, session=second, title="Begrüßung")
    make(Resolution, cast.home, full=False, session=kept, body=kept.body)
    question, answer = delete_marked(cast, Session, [second, first, kept], query="?q=sitzung")
    page = question.content.decode()
    assert re.search(r"3\. Sitzung</a>: Darauf beziehen sich: Beschlüsse \(1\)\.", page)
    assert "2 Sitzungen löschen" in page
    assert "Mit gelöscht: 1 Tagesordnungspunkt." in page
    assert page.index("2. Sitzung") < page.index("10. Sitzung")
    batch = Batch.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/{cast.home.slug}/sitzungen/?q=sitzung&stapel={batch.pk}")
    assert batch.summary == "2 Sitzungen gelöscht, dazu 1 Tagesordnungspunkt"
    assert list(Session.objects.values_list("title", flat=True)) == ["3. Sitzung"]
    undo(cast)
    assert Session.objects.count() == 3
    assert AgendaItem.objects.get(pk=item.pk).session == second


def test_rows_that_refer_to_each_other_go_together_and_not_alone(cast):
    upper = make(Goal, cast.home, full=False, title="Oben", level="guiding")
    lower = make(Goal, cast.home, full=False, title="Unten", level="action", parent=upper, cycle=upper.cycle)
    question, _ = delete_marked(cast, Goal, [upper])
    assert "1 Eintrag bleibt" in question.content.decode()
    assert delete_marked(cast, Goal, [upper, lower])[1].status_code == 302
    assert not Goal.objects.exists()


def test_bad_marks_old_versions_and_foreign_rows_delete_nothing(cast):
    need, foreign = make(Need, cast.home, full=False), make(Need, cast.away, full=False)
    client, url = cast.client(), kind_of(Need).url("bulk_delete", cast.home)
    assert "Markieren Sie mindestens einen Eintrag" in client.post(url, {}).content.decode()
    for sent in ({"zeile": marks(need, foreign)}, {"zeile": [f"{2**62}:1", "²:1"]}, {"zeile": ["x"]}):
        assert client.post(url, sent | {"confirmed": "1"}).status_code in (409, 422)
    stale = client.post(url, {"zeile": f"{need.pk}:7", "confirmed": "1"})
    assert (stale.status_code, "1 Eintrag bleibt" in stale.content.decode()) == (409, True)
    assert Need.objects.count() == 2
    assert cast.client("adviser").post(url, {"zeile": marks(need)}).status_code == 403
    page = cast.client("adviser").get(kind_of(Need).url("list", cast.home)).content.decode()
    assert "sammeln/loeschen" not in page
    assert "sammeln/loeschen" in client.get(kind_of(Need).url("list", cast.home)).content.decode()


def test_a_question_answered_twice_leads_to_the_same_place(cast):
    session, client = make(Session, cast.home, full=False), cast.client()
    url = url_of(cast, session)
    sent = read_form(client.get(url).content).values
    first, second = client.post(url, sent), client.post(url, sent)
    assert (second.status_code, second.url.split("?")[1]) == (302, first.url.split("?")[1])


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_deletes_and_nobody_sees_an_error():
    from tests.cast import make_cast

    cast = make_cast()
    session = make(Session, cast.home, full=False)
    make(AgendaItem, cast.home, session=session)
    url, first, second = url_of(cast, session), cast.client(), cast.client()
    sent, told = read_form(first.get(url).content).values, []
    at_once(*(lambda client=client: told.append(client.post(url, sent).status_code) for client in (first, second)))
    assert told == [302, 302]
    assert (Session.objects.count(), Batch.objects.count()) == (0, 1)


def test_the_question_names_what_loses_something(cast):
    event, cycle = make(Event, cast.home, full=False), make(PlanningCycle, cast.home, full=False)
    needs = [make(Need, cast.home, full=False, cycle=cycle, title=f"Bedarf {n}") for n in range(3)]
    finding = make(Finding, cast.home, full=False, event=event, needs=needs[:2])
    make(Finding, cast.home, full=False, needs=needs[1:])
    assert "2 Bedarfe verlieren einen Beleg." in ask(cast, finding).content.decode()
    goal = make(Goal, cast.home, full=False, cycle=cycle, level="guiding", needs=needs[:1])
    measure = make(Measure, cast.home, full=False, cycle=cycle, goals=[goal], needs=needs)
    said = "1 Ziel verliert eine Maßnahme und 3 Bedarfe verlieren eine Maßnahme."
    assert said in ask(cast, measure).content.decode()
    assert "verlieren" not in ask(cast, make(Provider, cast.home, full=False)).content.decode()
    bar = {"zeile": [f"{row.pk}:{row.version}" for row in Finding.objects.all()], "aktion": "loeschen"}
    page = cast.client().post(kind_of(Finding).url("bulk_delete", cast.home), bar).content.decode()
    assert "3 Bedarfe verlieren einen Beleg." in page


def test_what_is_carried_on_is_told_apart_by_its_cycle_where_it_hinders_a_deletion(cast):
    provider = make(Provider, cast.home, title="Lindenhof")
    before = None
    for first in (2018, 2021):
        cycle = make(PlanningCycle, cast.home, full=False, title=f"Z {first}", first_year=first, last_year=first + 2)
        own = {"title": "Rufbus", "cycle": cycle, "provider": provider, "predecessor": before}
        before = make(Measure, cast.home, full=False, **own)
    page = ask(cast, provider).content.decode()
    detail = cast.client().get(kind_of(Provider).url("detail", cast.home, provider.pk)).content.decode()
    for years in ("2018–2020", "2021–2023"):
        assert f"Rufbus ({years})" in page
        assert f"Rufbus ({years})" in detail
