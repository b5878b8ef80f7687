"""Rows found by what makes them unique: a table of somebody else that knows no identifiers of ours."""

import pytest
from django.db import IntegrityError, models, transaction

from planning.models import IndicatorValue, Need, PlannerPost
from records.models import Batch
from records.registry import all_kinds, kind_of
from records.tables import touched
from tests.factories import make
from tests.html import read_form
from tests.records.tables import column, confirm, errors, exported, read_in, result, xlsx

pytestmark = pytest.mark.usefixtures("quiet")
KEYED = [kind for kind in all_kinds() if kind.key]
FIGURES = kind_of(IndicatorValue)


def figures(cast, *years: int):
    """A value of one indicator in one area for each year, and the list as it is put out."""
    for year in years:
        make(IndicatorValue, cast.home, area="Kreis", year=year, value=year)
    return exported(cast, FIGURES)


def without_identifiers(table):
    return [table[0][2:], *[row[2:] for row in table[1:]]]


def allowed(cast, table, who="planner"):
    """The table sent with the tick that lets rows change stored records."""
    return cast.client(who).post(FIGURES.url("import", cast.home), {"file": xlsx(table), "may_change": "on"})


def test_which_kinds_have_a_natural_key():
    assert {kind.name for kind in KEYED} == {
        "indicatorvalue",
        "ownvalue",
        "reportedindicator",
        "criterionvalue",
        "criterionreport",
        "measurereview",
        "goalresult",
        "eventattendance",
        "keptdeadline",
        "checkanswer",
        "boardvote",
        "proofposition",
        "stategrant",
        "budgetline",
        "budgetexplanation",
    }


@pytest.mark.parametrize("kind", KEYED, ids=lambda kind: kind.name)
def test_every_key_is_a_constraint_with_a_sentence(kind):
    unique = [rule for rule in kind.model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    (rule,) = [rule for rule in unique if set(rule.fields) - {"municipality"} == set(kind.key)]
    assert "schon" in str(rule.violation_error_message)
    assert set(kind.key) <= set(kind.field_names())


@pytest.mark.django_db
def test_the_database_refuses_a_second_value_and_the_form_says_so(cast):
    stored = make(IndicatorValue, cast.home, area="Kreis", year=2019)
    twin = IndicatorValue(municipality=cast.home, indicator=stored.indicator, area="Kreis", year=2019, value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    data = {"indicator": stored.indicator_id, "area": "Kreis", "level": "district", "year": "2019", "value": "1"}
    response = cast.client().post(FIGURES.url("create", cast.home), data)
    assert response.status_code == 422
    assert "Für diese Kennzahl gibt es in diesem Gebiet und Jahr schon einen Wert." in response.content.decode()
    twin.municipality = cast.away
    twin.save()


def test_a_row_with_a_stored_key_is_that_record_and_is_asked_about(cast):
    table = without_identifiers(figures(cast, 2018, 2019))
    assert result(read_in(cast, FIGURES, xlsx(table))) == (0, 0, 2, 0)
    table[1][column(table, "Wert")] = 7
    response = read_in(cast, FIGURES, xlsx(table))
    asked = errors(response)[2, "Wert"]
    assert asked.startswith("Diesen Eintrag gibt es schon: Hier steht „2\u202f01")
    assert asked.endswith("Soll die Zeile ihn ändern, setzen Sie beim Hochladen das Häkchen.")
    assert set(IndicatorValue.objects.values_list("version", flat=True)) == {1}


def test_with_the_tick_it_changes_the_record_once_and_can_be_undone(cast):
    table = without_identifiers(figures(cast, 2018, 2019))
    for row in table[1:]:
        row[column(table, "Wert")] = 7
    table.append([*table[1]])
    table[3][column(table, "Jahr")] = 2020
    response = allowed(cast, table)
    assert result(response) == (1, 2, 0, 0)
    assert confirm(cast, FIGURES, response).status_code == 302
    assert set(IndicatorValue.objects.values_list("value", flat=True)) == {7}
    batch = Batch.objects.get()
    assert batch.summary == "Tabelle eingelesen: 2 Änderungen und 1 neuer Eintrag"
    cast.client().post(f"/{cast.home.slug}/rueckgaengig/{batch.pk}/")
    assert sorted(IndicatorValue.objects.values_list("year", "value")) == [(2018, 2018), (2019, 2019)]


def test_what_others_store_after_the_preview_is_not_overwritten(cast):
    table = without_identifiers(figures(cast, 2018))
    table[1][column(table, "Wert")] = 7
    response = allowed(cast, table)
    stored = IndicatorValue.objects.get()
    data = {"indicator": stored.indicator_id, "area": "Kreis", "level": stored.level, "year": "2018", "value": "9"}
    cast.client("lead").post(FIGURES.url("update", cast.home, stored.pk), data | {"version": "1"})
    again = confirm(cast, FIGURES, response)
    assert again.status_code == 422
    assert "Jetzt steht hier „9“" in errors(again)[2, "Wert"]


def test_the_same_key_twice_in_a_table_is_named(cast):
    table = figures(cast, 2018)
    twin = [None, None, *table[1][2:]]
    found = errors(read_in(cast, FIGURES, xlsx([*table, twin])))
    assert found[3, ""].startswith("Dieselbe Angabe (")
    assert found[3, ""].endswith("2018) steht schon in einer Zeile darüber. Löschen Sie eine der beiden Zeilen.")
    fresh = [*twin]
    fresh[column(table, "Jahr")] = 2020
    assert list(errors(read_in(cast, FIGURES, xlsx([table[0], fresh, fresh])))) == [(3, "")]


def test_keys_that_no_database_can_hold_find_nothing(cast):
    table = without_identifiers(figures(cast, 2018))
    for year in ("9" * 30, "²", "zwanzig", -3):
        table[1][column(table, "Jahr")] = year
        assert errors(read_in(cast, FIGURES, xlsx(table))).keys() == {(2, "Jahr")}


def test_only_lists_with_a_key_ask_whether_rows_may_change_records(cast):
    for kind, asks in ((FIGURES, True), (kind_of(Need), False)):
        page = read_form(cast.client().get(kind.url("import", cast.home)).content)
        assert ("may_change" in page.options) == asks


def test_only_touched_rows_are_read(cast, monkeypatch):
    """A table of one row reads that row, however long the list is."""
    table = figures(cast, *range(2000, 2030))
    read = []
    exported_rows = touched.exported
    monkeypatch.setattr(touched, "exported", lambda *asked: [read.append(row) or row for row in exported_rows(*asked)])
    read_in(cast, FIGURES, xlsx([table[0], table[7]]))
    assert len(read) == 1
    read.clear()
    read_in(cast, FIGURES, xlsx(without_identifiers([table[0], table[7], table[9]])))
    assert len(read) == 2


@pytest.mark.django_db
def test_an_empty_cell_says_neither_ja_nor_nein(cast):
    kind = kind_of(PlannerPost)
    post = make(PlannerPost, cast.home, full=False, title="Planung", is_lsz_post=True)
    table = exported(cast, kind)
    table[1][column(table, "Planerstelle des Landesprogramms")] = None
    assert result(read_in(cast, kind, xlsx(table))) == (0, 0, 1, 0)
    table[1][:2] = [None, None]
    table[1][column(table, "Stelle")] = "Koordination"
    confirm(cast, kind, read_in(cast, kind, xlsx(table)))
    assert PlannerPost.objects.exclude(pk=post.pk).get().is_lsz_post is True
