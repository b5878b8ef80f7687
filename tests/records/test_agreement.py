"""What must agree is refused or asked about, whichever way it is written, and found by the check of the plan."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participation.models import Body, BodyMembership, Event, Resolution, Session, SupportRecord, Survey
from planning.models import (
    Certificate,
    CriterionValue,
    DataSource,
    Document,
    EntryLevel,
    Goal,
    Hurdle,
    Measure,
    Milestone,
    Need,
    Offer,
    PlannerPost,
    PlanningCycle,
    PlanningStep,
    PriorProgramme,
    Provider,
    QualityCriterion,
)
from plans.checks import findings_of
from plans.models import Plan
from records.domain import saving
from records.models import Batch
from records.models.agreement import judged_models
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import build, make, post_data, stored_values, values_for
from tests.html import read_form
from tests.records.tables import confirm, read_in, result, xlsx

pytestmark = pytest.mark.usefixtures("quiet")
LATER = VagueDate(timezone.localdate() + timedelta(days=40))
AHEAD = "liegt in der Zukunft"
NEVER = {"rules_on": None, "constituted_on": None, "dissolved_on": None, "state": "idea"}


def day(text):
    return VagueDate.from_iso(text)


def send(cast, record, **changed):
    """The form of a stored record with changed values, as a browser sends it."""
    kind = kind_of(type(record))
    data = post_data(kind, stored_values(kind, record) | changed) | {"version": record.version}
    return cast.client().post(kind.url("update", cast.home, record.pk), data), data


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Session, {"held_on": LATER, "state": "held"}),
        (Event, {"begin": LATER, "end": None, "state": "held"}),
        (Resolution, {"resolved_on": LATER, "outcome": "adopted", "session": None}),
        (Measure, {"begin": LATER, "end": None, "state": "running"}),
        (Milestone, {"reached_on": LATER, "state": "done"}),
        (PlanningStep, {"end": LATER, "begin": None}),
        (Certificate, {"awarded_on": LATER, "valid_until": None}),
        (Body, {"first_meeting_on": LATER, "state": "working", "dissolved_on": None, "constituted_on": None}),
        (Survey, {"begin": LATER, "end": None, "returned": 5}),
        (CriterionValue, {"year": LATER.year + 1, "actual": 5}),
        (Hurdle, {"begin": LATER, "end": None}),
        (Hurdle, {"end": LATER}),
        (PriorProgramme, {"begin": LATER, "end": None}),
        (Need, {"priority_set_on": LATER}),
        (DataSource, {"as_of": LATER}),
        (Body, {"idea_on": LATER, "first_meeting_on": None} | NEVER),
        (Body, {"first_meeting_on": None} | NEVER | {"rules_on": LATER}),
        (SupportRecord, {"begin": LATER, "end": None, "result": "Ein Konzept."}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_has_happened_does_not_lie_ahead(cast, model, values):
    kind = kind_of(model)
    typed = values_for(model, cast.home) | values
    answer = cast.client().post(kind.url("create", cast.home), post_data(kind, typed))
    assert answer.status_code == 422
    said = str([answer.context["form"].errors.get(name) for name in values])
    assert "Zukunft" in said or "beginnt erst" in said


@pytest.mark.parametrize(
    ("model", "values", "asked"),
    [
        (Offer, {"begin": LATER, "end": None}, "Ist das Angebot schon vereinbart?"),
        (EntryLevel, {"begin": LATER, "end": None}, "Ist die Stufe schon festgelegt?"),
        (PlannerPost, {"begin": LATER, "end": None}, "Ist die Stelle schon bewilligt?"),
        (BodyMembership, {"begin": LATER, "end": None}, "Steht die Besetzung schon fest?"),
        (Document, {"dated": LATER}, "Stammt das Dokument von diesem Tag?"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_may_lie_ahead_is_asked_about(cast, model, values, asked):
    kind = kind_of(model)
    typed = values_for(model, cast.home) | values
    answer = cast.client().post(kind.url("create", cast.home), post_data(kind, typed))
    assert (answer.status_code, asked in answer.content.decode()) == (422, True)


def test_a_vague_date_stands_in_a_sentence_with_its_word(cast):
    record = make(Milestone, cast.home, full=False)
    for text, words in (("2018-03", "im März 2018"), ("2018-03-01", "am 01.03.2018"), ("2018", "im Jahr 2018")):
        answer, _ = send(cast, record, state="open", reached_on=day(text))
        assert f"offen, aber {words} erreicht" in answer.content.decode()


def test_a_number_without_unit_is_asked_about(cast):
    criterion = make(QualityCriterion, cast.home, full=False, title="Teilnahmen", unit="")
    answer, _ = send(cast, criterion, baseline=3)
    assert "Ohne Einheit sagen" in answer.content.decode()
    assert send(cast, criterion, baseline=3, unit="Personen")[0].status_code == 302
    QualityCriterion.objects.filter(pk=criterion.pk).update(unit="")
    kind = kind_of(CriterionValue)
    typed = {"criterion": criterion.pk, "year": criterion.measure.cycle.first_year, "target": "7"}
    answer = cast.client().post(kind.url("create", cast.home), typed)
    assert "hat keine Einheit" in answer.content.decode()


def test_what_belongs_to_another_cycle_is_asked_about(cast):
    old, new = (
        make(PlanningCycle, cast.home, full=False, title=f"Plan {year}", first_year=year, last_year=year + 1)
        for year in (2016, 2018)
    )
    need, goal = make(Need, cast.home, full=False, cycle=old), make(Goal, cast.home, full=False, cycle=old)
    goal.needs.add(need)
    answer, _ = send(cast, need, cycle=new)
    assert f"„{goal}“ gehört zu einem anderen Planungszyklus (2016–2017)" in answer.content.decode()
    assert send(cast, need, title="Anders gesagt")[0].status_code == 302, "nothing new to ask"
    measure = make(Measure, cast.home, full=False, cycle=new)
    answer, _ = send(cast, measure, goals=[goal])
    assert f"„{goal}“ gehört zu einem anderen Planungszyklus" in answer.content.decode()
    table = [["Maßnahme", "Planungszyklus", "Handlungsfeld", "Ziele"]]
    table.append(["Rufbus", "Plan 2018", str(measure.action_field), str(goal)])
    assert "gehört zu einem anderen Planungszyklus" in read_in(cast, kind_of(Measure), xlsx(table)).content.decode()


def test_the_day_of_a_plans_statements_is_not_ahead(cast):
    plan = make(Plan, cast.home, full=False)
    url = f"/{cast.home.slug}/plaene/{plan.pk}/bearbeiten/"
    sent = {name: texts[0] for name, texts in read_form(cast.client().get(url).content).values.items() if texts}
    answer = cast.client().post(url, sent | {"as_of": f"{LATER.first:%d.%m.%Y}"})
    assert "Der Tag liegt in der Zukunft" in answer.content.decode()
    assert cast.client().post(url, sent | {"as_of": f"{timezone.localdate():%d.%m.%Y}"}).status_code == 302


def test_two_cycles_share_years_only_where_one_carries_the_other_on(cast):
    first = make(PlanningCycle, cast.home, full=False, title="Plan I", first_year=2016, last_year=2019)
    url = kind_of(PlanningCycle).url("create", cast.home)
    typed = {"title": "Plan II", "first_year": "2019", "last_year": "2022"}
    answer = cast.client().post(url, typed)
    assert answer.status_code == 422
    assert "In diesen Jahren gibt es schon „Plan I“ (2016–2019)." in answer.content.decode()
    assert cast.client().post(url, typed | {"predecessor": first.pk}).status_code == 302
    assert cast.client().post(url, typed | {"first_year": "2023", "last_year": "2024"}).status_code == 302
    third = PlanningCycle.objects.get(first_year=2023)
    assert send(cast, third, first_year=2020)[0].status_code == 422


def test_the_same_day_may_be_expected(cast):
    session = make(Session, cast.home, full=False, held_on=LATER, state="planned")
    assert send(cast, session, state="held")[0].status_code == 422
    expected = make(Resolution, cast.home, full=False, resolved_on=LATER, outcome="expected")
    assert send(cast, expected, number="7")[0].status_code == 302
    vague = VagueDate(timezone.localdate(), "Y")  # its first day has come
    assert send(cast, session, state="held", held_on=vague)[0].status_code == 302


def test_a_question_is_asked_once_and_answered_for_just_that(cast):
    body = make(Body, cast.home, full=False)
    seats = [make(BodyMembership, cast.home, full=False, body=body, organisation=f"Amt {n}") for n in range(3)]
    session = make(Session, cast.home, full=False, body=body, held_on=day("2018-06-14"), state="held")
    answer, data = send(cast, session, attending_members=seats, attending_count=2)
    assert answer.status_code == 422
    assert "3 Mitglieder sind angekreuzt, gezählt sind 2" in answer.content.decode()
    box = {"bestaetigt": answer.context["form"].confirmation}
    assert answer.context["form"]["attending_count"].value() == "2"
    other = cast.client().post(answer.wsgi_request.path, data | box | {"attending_count": "1"})
    assert other.status_code == 422  # that question was not answered
    assert cast.client().post(answer.wsgi_request.path, data | box).status_code == 302
    session.refresh_from_db()
    assert send(cast, session, place="Rathaus")[0].status_code == 302


def test_members_of_another_body_are_refused_and_ended_terms_asked_about(cast):
    body, other = (make(Body, cast.home, full=False, title=title) for title in ("Beirat", "Netzwerk"))
    session = make(Session, cast.home, full=False, body=body, held_on=day("2018-06-14"), state="held")
    stranger = make(BodyMembership, cast.home, full=False, body=other, organisation="Fremde Stelle")
    answer, _ = send(cast, session, attending_members=[stranger])
    assert "Nicht Mitglied von „Beirat“: Fremde Stelle" in str(answer.context["form"].errors["attending_members"])
    former = make(BodyMembership, cast.home, full=False, body=body, organisation="Altamt", end=day("2017"))
    answer, _ = send(cast, session, attending_members=[former])
    assert "Am 14.06.2018 nicht im Amt: Altamt" in answer.content.decode()


def test_a_resolution_knows_its_session_and_stays_with_it(cast):
    body, other = (make(Body, cast.home, full=False, title=title) for title in ("Kreistag", "Netzwerk"))
    session = make(Session, cast.home, full=False, body=body, held_on=day("2018-06-14"), state="held")
    kind = kind_of(Resolution)
    form = cast.client().get(f"{kind.url('create', cast.home)}?session={session.pk}").context["form"]
    assert (str(form["body"].value()), form["resolved_on"].value()) == (str(body.pk), day("2018-06-14"))
    own = {"session": session, "body": body, "resolved_on": day("2018-06")}
    resolution = make(Resolution, cast.home, full=False, **own)
    for changed in ({"body": other}, {"resolved_on": day("2018-07")}):
        assert send(cast, resolution, **changed)[0].status_code == 422
    answer, data = send(cast, session, held_on=day("2018-09"))
    assert answer.status_code == 422
    box = {"bestaetigt": answer.context["form"].confirmation}
    assert cast.client().post(answer.wsgi_request.path, data | box).status_code == 302


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({"outcome": "adopted", "votes_for": 3, "votes_against": 9}, "Beschlossen mit 3 Ja und 9 Nein"),
        ({"outcome": "rejected", "votes_for": 9, "votes_against": 3}, "Abgelehnt mit 9 Ja und 3 Nein"),
        ({"vote": "majority", "votes_for": 9, "votes_against": 0}, "War es einstimmig?"),
        ({"vote": "unanimous", "votes_for": 9, "votes_against": 1}, "Einstimmig heißt"),
        ({"vote": "unanimous"}, ""),
        ({"vote": "unanimous", "votes_for": 9, "votes_against": 0, "votes_abstained": 2}, ""),
        ({"outcome": "rejected", "vote": "unanimous", "votes_for": 0, "votes_against": 9}, ""),
    ],
)
def test_votes_that_contradict_the_outcome(cast, values, asked):
    resolution = make(Resolution, cast.home, full=False, resolved_on=day("2018-06"))
    answer, _ = send(cast, resolution, **values)
    assert answer.status_code == (422 if asked else 302)
    assert asked in answer.content.decode()


def test_a_rejected_follow_up_of_an_adopted_resolution_is_asked_about(cast):
    earlier = make(Resolution, cast.home, full=False, resolved_on=day("2018-06"), subject="Plan 2018")
    later = make(Resolution, cast.home, full=False, resolved_on=day("2018-09"), follows=earlier)
    answer, _ = send(cast, later, outcome="rejected")
    assert answer.status_code == 422
    assert "„Plan 2018“ (Juni 2018) gilt weiter" in answer.content.decode()


def test_marked_rows_and_tables_ask_too(cast):
    milestones = [make(Milestone, cast.home, full=False, title=f"Eröffnung {n}") for n in range(2)]
    kind = kind_of(Milestone)
    bar = {"zeile": [f"{row.pk}:{row.version}" for row in milestones], "aktion": "state:setzen", "wert_state": "done"}
    answer = cast.client().post(kind.url("bulk", cast.home), bar)
    assert answer.status_code == 422
    assert "Wann wurde er erreicht?" in answer.content.decode()
    assert not Batch.objects.exists()
    bar |= {"bestaetigt": answer.context["page"].bulk.answer}
    assert cast.client().post(kind.url("bulk", cast.home), bar).status_code == 302
    assert set(Milestone.objects.values_list("state", flat=True)) == {"done"}
    measure = milestones[0].measure
    table = [["Meilenstein", "Maßnahme", "Stand", "Erreicht"], ["Fertig", str(measure), "erledigt", None]]
    preview = read_in(cast, kind, xlsx(table))
    assert (preview.status_code, result(preview)[:2]) == (200, (1, 0))
    assert "1 Nachfrage:" in preview.content.decode()
    assert confirm(cast, kind, preview).status_code == 302
    table[1] = ["Fern", str(measure), "erledigt", LATER.iso]
    assert AHEAD in read_in(cast, kind, xlsx(table)).content.decode()


def test_a_table_of_groups_asks_about_its_sum(cast):
    event = make(Event, cast.home, full=False, participants=20, state="held", begin=day("2018-05"))
    url = f"{kind_of(Event).url('detail', cast.home, event.pk)}tabelle/teilnehmende/"
    values = read_form(cast.client().get(url).content).values
    data = {name: texts[0] for name, texts in values.items()} | {"z0-count": "15", "z1-count": "12"}
    data.pop("uebernehmen", None)
    answer = cast.client().post(url, data)
    assert answer.status_code == 422
    assert "Die Summe ist 27" in answer.content.decode()
    assert cast.client().post(url, data | {"bestaetigt": answer.context["answer"]}).status_code == 302
    assert event.attendance.count() == 2


def test_a_measure_that_is_not_carried_out_asks_about_what_it_leaves_open(cast):
    measure = make(Measure, cast.home, full=False, title="Rufbus", begin=None, end=None)
    make(Milestone, cast.home, full=False, measure=measure, title="Fahrplan liegt vor", state="open", reached_on=None)
    answer, _ = send(cast, measure, state="dropped", not_done_reason="Kein Träger.")
    assert "noch offen: „Fahrplan liegt vor“. Entfallen diese Meilensteine?" in answer.content.decode()
    Milestone.objects.update(state="dropped")
    assert send(cast, measure, state="dropped", not_done_reason="Kein Träger.")[0].status_code == 302


def test_the_check_finds_what_is_stored(cast):
    plan = make(Plan, cast.home, full=False, year=2018)
    plan = Plan.objects.select_related("municipality", "cycle").get(pk=plan.pk)
    session = make(Session, cast.home, full=False, title="3. Sitzung", held_on=day("2018-06-14"), state="held")
    assert "contradictions" not in {str(one.code) for one in findings_of(plan)}
    Session.objects.filter(pk=session.pk).update(held_on=LATER)
    finding = next(one for one in findings_of(plan) if one.code == "contradictions")
    assert finding.items[0] == (
        "3. Sitzung: Das Datum liegt in der Zukunft, der Stand sagt „stattgefunden“. Ändern Sie Datum oder Stand.",
        kind_of(Session).url("detail", cast.home, session.pk),
    )


def test_a_kind_without_rules_is_not_judged_after_one_of_it_was_saved(cast):
    make(Provider, cast.home, full=False)
    assert Provider not in dict(judged_models())
    assert Session in dict(judged_models())


def test_the_domain_refuses_without_a_form(cast):
    values = values_for(Session, cast.home) | {"held_on": LATER, "state": "held", "attending_members": []}
    record, links = build(Session, cast.home, values)
    with pytest.raises(Exception, match="Zukunft"):
        saving.create_record(record, actor=cast.planner, links=links)
