"""Grids where several people type, who may type, and what must not be typed; figures across years."""

import pytest

from participation.models import Body, BodyMembership
from planning.models import Commune, CriterionValue, Indicator, IndicatorValue, Measure, QualityCriterion, SwotEntry
from records.domain import saving
from records.models import Batch, FormDraft
from records.registry import kind_of
from tests.factories import make
from tests.html import read_form
from tests.records.grids import below, of_list, opened, send, shown, typed

pytestmark = pytest.mark.usefixtures("quiet")
FIGURES = kind_of(IndicatorValue)


@pytest.fixture
def body(cast):
    return make(Body, cast.home)


@pytest.fixture
def url(cast, body):
    return below(cast, body, "mitglieder")


def seat(cast, body, organisation, **given):
    return make(BodyMembership, cast.home, body=body, organisation=organisation, kind="appointed", **given)


def changed_by_lead(cast, record, **values):
    record.refresh_from_db()
    for name, value in values.items():
        setattr(record, name, value)
    saving.update_record(record, version=record.version, actor=cast.lead)


def names(body):
    return sorted(body.memberships.values_list("organisation", flat=True))


def test_what_somebody_else_stored_is_shown_beside_and_not_overwritten(cast, body, url):
    row = seat(cast, body, "Jugendamt", person_name="")
    data = opened(cast, url)
    changed_by_lead(cast, row, organisation="Jugendamt Nord", kind="guest")
    data = typed(data, 0, organisation="Jugendamt Süd")
    response = send(cast, url, typed(data, 1, organisation="Kreistag", kind="guest"))
    page, again = response.content.decode(), shown(response)
    assert response.status_code == 409
    assert "Inzwischen hat Funktion leitung-kyf diese Zeile gespeichert." in page
    assert "Jetzt gespeichert: „Jugendamt Nord“" in page
    assert page.count("Jetzt gespeichert") == 1
    assert (again["z0-organisation"], again["z0-kind"]) == ("Jugendamt Süd", "guest")
    assert (again["z0-stand"], again["z1-organisation"]) == (f"2:{row.uid}", "Kreistag")
    assert names(body) == ["Jugendamt Nord"]
    assert send(cast, url, again).status_code == 302
    assert names(body) == ["Jugendamt Süd", "Kreistag"]
    row.refresh_from_db()
    assert (row.kind, row.version) == ("guest", 3)


def test_rows_that_only_others_changed_stand_in_nobodys_way(cast, body, url):
    row = seat(cast, body, "Jugendamt")
    data = opened(cast, url)
    changed_by_lead(cast, row, organisation="Jugendamt Nord")
    assert send(cast, url, typed(data, 1, organisation="Kreistag", kind="guest")).status_code == 302
    assert names(body) == ["Jugendamt Nord", "Kreistag"]


def test_a_row_that_is_gone_is_told_and_can_be_made_anew(cast, body, url):
    row = seat(cast, body, "Jugendamt")
    data = typed(opened(cast, url), 0, organisation="Jugendamt Süd")
    saving.delete_record(row, version=1, actor=cast.lead)
    response = send(cast, url, data)
    assert response.status_code == 409
    assert "Diesen Eintrag hat inzwischen jemand gelöscht." in response.content.decode()
    assert send(cast, url, shown(response)).status_code == 302
    assert names(body) == ["Jugendamt Süd"]


def test_a_row_that_others_changed_is_not_deleted_unseen(cast, body, url):
    row = seat(cast, body, "Jugendamt")
    data = typed(opened(cast, url), 0, haken="on")
    changed_by_lead(cast, row, organisation="Jugendamt Nord")
    response = send(cast, url, data)
    assert response.status_code == 409
    assert names(body) == ["Jugendamt Nord"]
    assert send(cast, url, shown(response)).status_code == 302
    assert names(body) == []


def test_rows_of_others_and_hidden_fields_are_out_of_reach(cast, body, url):
    foreign = make(BodyMembership, cast.away, organisation="Fremd")
    other = make(Body, cast.home, title="Anderes")
    data = typed(opened(cast, url), 0, organisation="Jugendamt", kind="guest", stand=f"1:{foreign.uid}")
    assert send(cast, url, data).status_code == 409
    data = typed(
        opened(cast, url), 0, organisation="Jugendamt", kind="guest", body=str(other.pk), municipality="9", uid="x"
    )
    assert send(cast, url, data).status_code == 302
    row = BodyMembership.objects.get(organisation="Jugendamt")
    assert (row.body, row.municipality) == (body, cast.home)
    assert row.uid != "x"
    foreign.refresh_from_db()
    assert (foreign.organisation, foreign.version) == ("Fremd", 1)


@pytest.mark.parametrize(
    "data",
    [
        {"zeilen": "x"},
        {"zeilen": "9" * 25},
        {"zeilen": "1", "z0-stand": "::"},
        {"zeilen": "1", "z0-organisation": "\x00"},
    ],
)
def test_nonsense_stores_nothing(cast, body, url, data):
    assert send(cast, url, data).status_code in (302, 409, 422)
    assert not BodyMembership.objects.exists()


def test_words_of_no_table_lead_nowhere(cast, body):
    for word in ("angebote", "tagesordnungspunkte", "nichts"):
        assert cast.client().get(below(cast, body, word)).status_code == 404
    foreign = make(Body, cast.away)
    assert cast.client().get(below(cast, foreign, "mitglieder")).status_code == 404


@pytest.mark.parametrize(("who", "offered"), [("planner", True), ("ministry", False), ("adviser", False)])
def test_only_who_may_write_is_led_to_a_table(cast, body, url, who, offered):
    pages = {
        url: kind_of(Body).url("detail", cast.home, body.pk),
        of_list(cast, SwotEntry): kind_of(SwotEntry).url("list", cast.home),
        of_list(cast, IndicatorValue): FIGURES.url("list", cast.home),
    }
    for table, page in pages.items():
        assert (table in read_form(cast.client(who).get(page).content).links) == offered
        assert cast.client(who).get(table).status_code == (200 if offered else 403)
        assert cast.client(who).post(table, {"zeilen": "1"}).status_code == (302 if offered else 403)


def test_the_table_of_a_list_keeps_its_filter(cast):
    make(SwotEntry, cast.home, kind="weakness")
    page = cast.client().get(kind_of(SwotEntry).url("list", cast.home) + "?kind=weakness")
    assert of_list(cast, SwotEntry, "?kind=weakness") in read_form(page.content).links


def test_what_was_typed_is_there_after_the_session_has_ended(cast, body, url):
    seat(cast, body, "Jugendamt")
    data = typed(opened(cast, url), 1, organisation="Kreistag", kind="guest")
    client = cast.client()
    client.logout()
    asked = client.post(url, data)
    assert asked.status_code == 401
    carried = read_form(asked.content).values["eingaben"][0]
    client.force_login(cast.planner)
    back = client.post("/anmelden/", {"eingaben": carried})
    draft = FormDraft.objects.get()
    assert (back.status_code, back.url) == (302, f"{url}?entwurf={draft.pk}")
    assert draft.title == f"Eingabetabelle: Mitglieder ({body})"
    again = shown(client.get(back.url))
    assert (again["z1-organisation"], again["form_key"]) == ("Kreistag", data["form_key"])
    assert f"{url}?entwurf={draft.pk}" in read_form(client.get(url).content).links
    assert client.post(back.url, again).status_code == 302
    assert names(body) == ["Jugendamt", "Kreistag"]
    assert not FormDraft.objects.exists()


def test_a_draft_is_kept_while_somebody_types_and_only_if_it_says_something(cast, body, url):
    row = seat(cast, body, "Jugendamt")
    kept = f"/{cast.home.slug}/entwuerfe/"
    data = opened(cast, url) | {"_path": url}
    client = cast.client()
    assert client.post(kept, data).json() == {"kept": ""}
    for change in ({"z0-organisation": "Jugendamt Nord"}, {"z0-haken": "on"}, {"z2-organisation": "Neu"}):
        assert client.post(kept, data | change).json()["kept"]
        assert FormDraft.objects.get().data["form_key"] == [data["form_key"]]
    assert client.post(kept, data).json() == {"kept": ""}
    assert not FormDraft.objects.exists()
    row.refresh_from_db()
    assert (row.organisation, row.version) == ("Jugendamt", 1)
    assert cast.client("ministry").post(kept, data).status_code == 403


def test_a_draft_of_figures_compares_each_value(cast, figures):
    kept, url = f"/{cast.home.slug}/entwuerfe/", of_list(cast, IndicatorValue)
    data = opened(cast, url) | {"_path": url}
    assert cast.client().post(kept, data).json() == {"kept": ""}
    for change in ({"z0-j0-value": ""}, {"z0-j0-value": "42"}, {"z1-j0-value": "42"}, {"z2-area": "Roßleben"}):
        assert cast.client().post(kept, data | change).json()["kept"], change


def test_the_number_of_queries_does_not_grow_with_the_rows(cast, body, url, django_assert_max_num_queries):
    for number in range(30):
        seat(cast, body, f"Amt {number}")
    criterion = make(QualityCriterion, cast.home)
    for year in range(2001, 2010):
        make(CriterionValue, cast.home, criterion=criterion, year=year)
    client = cast.client()
    for address in (url, below(cast, criterion.measure, "qualitaetskriterien")):
        with django_assert_max_num_queries(22):
            assert client.get(address).status_code == 200


def test_a_choice_that_is_offered_no_more_stays_as_it_is(cast, body, url):
    row = seat(cast, body, "Jugendamt", person_name="")
    BodyMembership.objects.filter(pk=row.pk).update(kind="retired")
    page = read_form(cast.client().get(url).content)
    assert (page.values["z0-kind"], page.options["z0-kind"][-1]) == (["retired"], "retired")
    assert send(cast, url, typed(opened(cast, url), 1, organisation="Kreistag", kind="guest")).status_code == 302
    row.refresh_from_db()
    assert (row.kind, row.version) == ("retired", 1)


def test_rows_that_one_form_cannot_send_are_not_offered(cast, body, url):
    data = opened(cast, url) | {"zeilen": "400", "mehr": "1"}
    assert shown(send(cast, url, data))["zeilen"] == "400"
    assert 'data-most="400"' in cast.client().get(url).content.decode()


# ---------------------------------------------------------------- figures by area and year


@pytest.fixture
def figures(cast):
    """Two indicators in one area, with values of two years; one of them is a sign."""
    commune = make(Commune, cast.home, name="Artern")
    make(Commune, cast.home, name="Roßleben")
    common = {"area": "Artern", "level": "commune", "commune": commune}
    births, people = (make(Indicator, None, title=title) for title in ("Geburten", "Personen"))
    make(IndicatorValue, cast.home, indicator=births, year=2017, value=41, **common)
    make(IndicatorValue, cast.home, indicator=births, year=2018, value=None, placeholder=".", **common)
    make(IndicatorValue, cast.home, indicator=people, year=2018, value=5400, **common)
    return births, people


def stored(indicator):
    rows = IndicatorValue.objects.filter(indicator=indicator).order_by("area", "year")
    return [(row.area, row.year, row.placeholder or float(row.value)) for row in rows]


def test_figures_stand_by_area_across_the_years(cast, figures):
    births, people = figures
    data = opened(cast, of_list(cast, IndicatorValue))
    assert [data[f"j{column}"] for column in range(3)] == ["2017", "2018", "2019"]
    assert (data["z0-j0-value"], data["z0-j1-value"], data["z1-j0-value"], data["z1-j1-value"]) == (
        "41",
        ".",
        "",
        "5400",
    )
    data = typed(data, 0, j0_value="42,5", j1_value="39", j2_value="–")
    data = typed(data, 1, j1_value="")
    data = typed(data, 2, indicator=str(people.pk), area="Roßleben", j2_value="5 100")
    assert send(cast, of_list(cast, IndicatorValue), data).status_code == 302
    assert stored(births) == [("Artern", 2017, 42.5), ("Artern", 2018, 39), ("Artern", 2019, "-")]
    assert stored(people) == [("Roßleben", 2019, 5100)]
    new = IndicatorValue.objects.get(indicator=births, year=2019)
    assert (new.commune.name, new.level) == ("Artern", "commune")
    assert Batch.objects.get().summary == "Kennzahlenwerte: 2 Änderungen, 2 neue Einträge und 1 gelöscht"


def test_a_value_of_a_year_that_is_not_shown_is_asked_about(cast, figures):
    births, _ = figures
    url = of_list(cast, IndicatorValue)
    data = typed(opened(cast, url) | {"j2": "2016"}, 0, j2_value="40")
    make(IndicatorValue, cast.home, indicator=births, area="Artern", level="district", year=2016, value=8)
    response = send(cast, url, data)
    assert response.status_code == 409
    assert "Diesen Eintrag gibt es schon." in response.content.decode()
    assert "Jetzt gespeichert: „8“" in response.content.decode()
    assert send(cast, url, shown(response)).status_code == 302
    row = IndicatorValue.objects.get(indicator=births, year=2016)
    assert (row.value, row.level) == (40, "commune")


def test_a_row_without_any_value_is_not_forgotten_silently(cast, figures):
    url = of_list(cast, IndicatorValue)
    response = send(cast, url, typed(opened(cast, url), 2, indicator=str(figures[0].pk), area="Roßleben"))
    assert response.status_code == 422
    assert "Tragen Sie in dieser Zeile mindestens einen Wert ein" in response.content.decode()


def test_a_wrong_figure_is_said_at_its_cell(cast, figures):
    url = of_list(cast, IndicatorValue)
    response = send(cast, url, typed(opened(cast, url), 0, j2_value="viele"))
    assert response.status_code == 422
    assert "z0-j2-value-f" in read_form(response.content).ids
    assert len(stored(figures[0])) == 2


def test_a_measure_without_years_begins_with_this_one(cast):
    data = opened(cast, below(cast, make(Measure, cast.home), "qualitaetskriterien"))
    assert int(data["j1"]) == int(data["j0"]) + 1
    assert data["spalten"] == "2"
