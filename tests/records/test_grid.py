"""Rows typed into one table: on one page, stored together or not at all, undone by one click."""

import pytest

from participation.models import AgendaItem, Body, BodyMembership, Session, Survey, SurveyAnswer, SurveyQuestion
from planning.models import CriterionValue, Measure, PlanningCycle, QualityCriterion, SwotEntry
from planning.queries.cycles import current_cycle
from records.domain import saving
from records.models import Batch
from records.registry import all_kinds, kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.html import read_form
from tests.records.grids import below, of_list, opened, send, shown, typed

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def pages(cast, monkeypatch):
    """Counts how many pages were asked for."""
    asked = []
    client = cast.client()
    request = type(client).request
    monkeypatch.setattr(
        type(client), "request", lambda self, **env: asked.append(env["REQUEST_METHOD"]) or request(self, **env)
    )
    return asked


def undo(cast):
    return cast.client().post(f"/{cast.home.slug}/rueckgaengig/{Batch.objects.latest('pk').pk}/")


def seats(cast, body, *organisations):
    return [make(BodyMembership, cast.home, body=body, organisation=name, kind="appointed") for name in organisations]


def test_six_members_are_entered_on_one_page(cast, pages):
    """Six members took eighteen pages: now one is opened and one is sent."""
    body = make(Body, cast.home, full=False)
    data = opened(cast, below(cast, body, "mitglieder"))
    for number in range(6):
        data = typed(data, number, organisation=f"Amt {number}", kind="appointed", begin="August 2017")
    stored = send(cast, below(cast, body, "mitglieder"), data)
    batch = Batch.objects.get()
    assert (stored.status_code, stored.url) == (302, f"/{cast.home.slug}/gremien/{body.pk}/?stapel={batch.pk}")
    assert pages == ["GET", "POST"]
    rows = BodyMembership.objects.filter(body=body).order_by("pk")
    assert [(row.organisation, row.kind, str(row.begin)) for row in rows] == [
        (f"Amt {number}", "appointed", "August 2017") for number in range(6)
    ]
    assert {(row.version, row.created_by, row.municipality) for row in rows} == {(1, cast.planner, cast.home)}
    assert batch.summary == "Mitglieder: 6 neue Einträge"
    undo(cast)
    assert not BodyMembership.objects.exists()


def test_four_answers_are_entered_on_one_page(cast, pages):
    """Four answers took thirteen pages."""
    question = make(SurveyQuestion, cast.home, survey=make(Survey, cast.home, full=False))
    data = opened(cast, below(cast, question, "antworten"))
    for number, (answer, count) in enumerate([("Bus", "41"), ("Rad", "1 200"), ("Auto", "0")]):
        data = typed(data, number, answer=answer, count=count)
    data = typed(data, 3, answer="zu Fuß", is_small="on")
    assert send(cast, below(cast, question, "antworten"), data).status_code == 302
    assert pages == ["GET", "POST"]
    found = question.answers.order_by("position").values_list("position", "answer", "count", "is_small")
    assert list(found) == [
        (1, "Bus", 41, False),
        (2, "Rad", 1200, False),
        (3, "Auto", 0, False),
        (4, "zu Fuß", None, True),
    ]


def test_two_criteria_with_two_years_are_entered_on_one_page(cast, pages):
    """Two criteria with two years each took twenty-one pages."""
    measure = make(Measure, cast.home, begin=None, end=None)
    url = below(cast, measure, "qualitaetskriterien")
    data = opened(cast, url) | {"j0": "2018", "j1": "2019"}
    data = typed(data, 0, title="Teilnahmen", kind="output", j0_target="100", j0_actual="97,5", j1_target="110")
    data = typed(data, 1, title="Wartezeit", kind="outcome", unit="Wochen", j0_target="4", j1_target="3")
    asked = send(cast, url, data)
    assert (asked.status_code, QualityCriterion.objects.count()) == (422, 0)
    assert "„Teilnahmen“ hat keine Einheit" in asked.content.decode()
    data = typed(data, 0, unit="Familien")
    assert send(cast, url, data).status_code == 302
    assert pages == ["GET", "POST", "POST"]
    assert list(measure.criteria.order_by("pk").values_list("title", "unit")) == [
        ("Teilnahmen", "Familien"),
        ("Wartezeit", "Wochen"),
    ]
    values = CriterionValue.objects.order_by("criterion", "year").values_list(
        "criterion__title", "year", "target", "actual"
    )
    assert [(title, year, float(target), actual and float(actual)) for title, year, target, actual in values] == [
        ("Teilnahmen", 2018, 100, 97.5),
        ("Teilnahmen", 2019, 110, None),
        ("Wartezeit", 2018, 4, None),
        ("Wartezeit", 2019, 3, None),
    ]
    assert Batch.objects.get().summary == "Qualitätskriterien: 6 neue Einträge"
    undo(cast)
    assert not QualityCriterion.objects.exists()


def test_answers_of_a_whole_survey_name_their_question(cast):
    survey = make(Survey, cast.home, full=False)
    questions = [make(SurveyQuestion, cast.home, survey=survey, text=text) for text in ("Wie oft?", "Wie weit?")]
    foreign = make(SurveyQuestion, cast.home, survey=make(Survey, cast.home), text="Andere Befragung")
    url = below(cast, survey, "antworten")
    options = read_form(cast.client().get(url).content).options["z0-question"]
    assert set(options) == {"", *(str(question.pk) for question in questions)}
    data = opened(cast, url)
    for number, question in enumerate(questions):
        data = typed(data, number, question=str(question.pk), answer=f"Antwort {number}", count="7")
    refused = send(cast, url, typed(data, 2, question=str(foreign.pk), answer="Fremd", count="7"))
    assert refused.status_code == 422
    assert "Neue Zeile 3, Frage: Wählen Sie einen Eintrag aus der Liste." in refused.content.decode()
    assert not SurveyAnswer.objects.exists()
    assert send(cast, url, data).status_code == 302
    assert [row.answers.get().answer for row in questions] == ["Antwort 0", "Antwort 1"]


def test_the_agenda_goes_on_counting(cast):
    session = make(Session, cast.home)
    make(AgendaItem, cast.home, session=session, position=3, title="Begrüßung")
    url = below(cast, session, "tagesordnungspunkte")
    data = opened(cast, url)
    assert [data[f"z{number}-position"] for number in range(3)] == ["3", "4", "5"]
    send(cast, url, typed(data, 1, title="Stand der Planung\nund Termine"))
    assert list(session.agenda.values_list("position", "title")) == [
        (3, "Begrüßung"),
        (4, "Stand der Planung und Termine"),
    ]


def test_a_list_is_typed_as_it_is_filtered(cast):
    """New rows begin with what the list was filtered by; the cycle is the current one."""
    strength, weakness = (make(SwotEntry, cast.home, kind=kind, text=kind) for kind in ("strength", "weakness"))
    url = of_list(cast, SwotEntry, "?kind=weakness")
    data = opened(cast, url)
    assert (data["z0-text"], data["z1-kind"], data["z1-text"]) == ("weakness text", "weakness", "")
    field = str(strength.action_field_id)
    stored = send(cast, url, typed(data, 1, text="Zu wenig Busse", action_field=field))
    assert stored.url.startswith(f"/{cast.home.slug}/swot/?kind=weakness&stapel=")
    entry = SwotEntry.objects.get(text="Zu wenig Busse")
    assert (entry.kind, entry.cycle) == ("weakness", current_cycle(cast.home))
    weakness.refresh_from_db()
    assert weakness.version == 1


def test_what_is_wrong_stands_at_its_cell_and_nothing_is_stored(cast):
    body = make(Body, cast.home)
    url = below(cast, body, "mitglieder")
    data = typed(opened(cast, url), 0, organisation="Jugendamt", kind="appointed")
    data = typed(data, 1, organisation="Kreistag", begin="gestern")
    data = typed(data, 2, organisation="Kirche", kind="guest", begin="2019", end="2018")
    response = send(cast, url, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#z1-kind">Neue Zeile 2, Art der Mitgliedschaft: Füllen Sie dieses Feld aus.</a>' in page
    assert '<a href="#z2-end">Neue Zeile 3, Ende: Das Ende liegt vor dem Beginn.' in page
    assert {"z1-kind-f", "z1-begin-f", "z2-end-f"} <= read_form(response.content).ids
    again = shown(response)
    assert {name: again[name] for name in data if name not in ("csrfmiddlewaretoken", "q")} == {
        name: text for name, text in data.items() if name not in ("csrfmiddlewaretoken", "q")
    }
    assert not BodyMembership.objects.exists()
    assert not Batch.objects.exists()


def test_more_rows_keep_what_was_typed(cast):
    body = make(Body, cast.home)
    url = below(cast, body, "mitglieder")
    data = typed(opened(cast, url), 5, organisation="Jugendamt") | {"mehr": "1"}
    response = send(cast, url, data)
    again = shown(response)
    assert (response.status_code, again["zeilen"], again["z5-organisation"], again["z10-organisation"]) == (
        200,
        "11",
        "Jugendamt",
        "",
    )
    assert not BodyMembership.objects.exists()


def test_a_second_sending_stores_nothing_more(cast):
    body = make(Body, cast.home)
    url = below(cast, body, "mitglieder")
    data = typed(opened(cast, url), 0, organisation="Jugendamt", kind="appointed")
    first = send(cast, url, data)
    assert send(cast, url, data).url == first.url
    assert BodyMembership.objects.count() == 1


def test_nothing_typed_changes_nothing(cast):
    body = make(Body, cast.home)
    seats(cast, body, "Jugendamt", "Kreistag")
    url = below(cast, body, "mitglieder")
    assert send(cast, url, opened(cast, url)).url == kind_of(Body).url("detail", cast.home, body.pk)
    assert not Batch.objects.exists()
    assert set(BodyMembership.objects.values_list("version", flat=True)) == {1}


def test_ticked_rows_are_deleted_and_come_back(cast):
    body = make(Body, cast.home)
    first, second = seats(cast, body, "Jugendamt", "Kreistag")
    url = below(cast, body, "mitglieder")
    data = typed(opened(cast, url), 0, haken="on")
    send(cast, url, typed(data, 1, organisation="Kreistag neu"))
    assert list(BodyMembership.objects.values_list("pk", "organisation")) == [(second.pk, "Kreistag neu")]
    assert Batch.objects.get().summary == "Mitglieder: 1 Änderung und 1 gelöscht"
    undo(cast)
    assert set(BodyMembership.objects.values_list("pk", "organisation")) == {
        (first.pk, "Jugendamt"),
        (second.pk, "Kreistag"),
    }


def test_what_others_refer_to_is_not_deleted(cast):
    body = make(Body, cast.home)
    (seat,) = seats(cast, body, "Jugendamt")
    make(Session, cast.home, body=body, attending_members=[seat])
    url = below(cast, body, "mitglieder")
    response = send(cast, url, typed(opened(cast, url), 0, haken="on"))
    assert response.status_code == 409
    assert "Jugendamt: Nicht gelöscht: 1 andere Einträge beziehen sich darauf." in response.content.decode()
    assert BodyMembership.objects.filter(pk=seat.pk).exists()


def test_a_criterion_goes_with_its_values(cast):
    criterion = make(QualityCriterion, cast.home)
    for year in (2018, 2019):
        make(CriterionValue, cast.home, criterion=criterion, year=year)
    url = below(cast, criterion.measure, "qualitaetskriterien")
    send(cast, url, typed(opened(cast, url), 0, haken="on"))
    assert (QualityCriterion.objects.count(), CriterionValue.objects.count()) == (0, 0)
    undo(cast)
    assert sorted(criterion.values.values_list("year", flat=True)) == [2018, 2019]


def test_an_emptied_value_is_deleted_and_a_row_without_name_is_not_forgotten(cast):
    measure = make(Measure, cast.home, end=VagueDate.from_iso("2020"))
    PlanningCycle.objects.update(last_year=2020)
    criterion = make(QualityCriterion, cast.home, measure=measure)
    make(CriterionValue, cast.home, criterion=criterion, year=2018, target=4, actual=5)
    url = below(cast, criterion.measure, "qualitaetskriterien")
    data = opened(cast, url)
    assert (data["j0"], data["z0-j0-target"], data["j1"]) == ("2018", "4", "2019")
    response = send(cast, url, typed(data, 1, j1_target="7"))
    assert "Neue Zeile 2, Qualitätskriterium: Füllen Sie dieses Feld aus." in response.content.decode()
    send(cast, url, typed(data, 0, j0_target="", j0_actual="", j1_target="6"))
    assert [(value.year, value.target) for value in CriterionValue.objects.all()] == [(2019, 6)]


def test_years_are_judged_at_their_head(cast):
    url = below(cast, make(Measure, cast.home), "qualitaetskriterien")
    data = typed(opened(cast, url), 0, title="Familien", kind="output", j0_target="1", j1_target="2")
    for year, sentence in (
        ("", "Füllen Sie dieses Feld aus."),
        ("zwanzig", "Geben Sie eine ganze Zahl ein"),
        ("1850", "Zahl ab 2000"),
    ):
        response = send(cast, url, data | {"j0": year, "j1": "2019"})
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert "j0-f" in read_form(response.content).ids
    twice = send(cast, url, data | {"j0": "2019", "j1": "2019"})
    assert not QualityCriterion.objects.exists()
    assert twice.status_code in (409, 422)


GRIDS = [kind for kind in all_kinds() if kind.grid]


@pytest.mark.parametrize("kind", GRIDS, ids=lambda kind: kind.name)
def test_a_description_fits_its_kind(kind):
    """Typed cells are fields of the form; rows come into being and go by the one way that batches know."""
    grid = kind.grid
    fields = {name: kind.model._meta.get_field(name) for name in kind.field_names()}
    assert set(grid.columns) <= {name for name, field in fields.items() if not field.many_to_many}
    assert kind.create is saving.create_record
    assert {grid.counted, grid.each} - {""} <= set(grid.columns)
    if grid.series:
        values = kind_of(grid.series.model or kind.model)
        assert grid.series.across in values.key
        assert {*grid.series.fields, grid.series.signs} - {""} <= set(values.field_names())
        assert set(values.key) - {grid.series.across} <= {values.parent, *grid.columns}


def test_what_can_be_typed_into_tables():
    assert {kind.name for kind in GRIDS} == {
        "agendaitem",
        "bodymembership",
        "budgetline",
        "checkanswer",
        "consultation",
        "costposition",
        "criterionreport",
        "criterionvalue",
        "decidedcost",
        "decidedfinance",
        "decider",
        "decisioncondition",
        "eventattendance",
        "financeposition",
        "indicatorvalue",
        "inquiry",
        "instalment",
        "inventoryitem",
        "noticecondition",
        "offeredcriterion",
        "ownexpense",
        "ownvalue",
        "paymentuse",
        "proofincome",
        "proofposition",
        "qualitycriterion",
        "receipt",
        "surveyanswer",
        "surveyquestion",
        "swotentry",
    }
