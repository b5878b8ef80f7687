"""A list that was put out is read in again: nothing changes by itself, and what changes is seen before it is stored."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.models import Need, Offer, PlanningRegion, Provider
from planning.models.figures import AreaValue
from records.domain import saving
from records.models import Batch, TableImport
from records.registry import all_kinds, kind_of
from tests.factories import make, make_kind, rows_at
from tests.html import read_form
from tests.kinds import each_kind, typical_kinds
from tests.records.tables import column, confirm, errors, exported, read_in, result, table_of_needs, xlsx

pytestmark = pytest.mark.usefixtures("quiet")
KINDS = [kind for kind in all_kinds() if kind.is_importable]
importable = each_kind(KINDS)
FORMS = ("xlsx", "csv")
# The typical kinds in both forms, the others in turn; with --long all in both.
both_forms = pytest.mark.parametrize(
    ("kind", "form"),
    [
        pytest.param(kind, form, marks=() if kind in typical_kinds() or form == FORMS[number % 2] else pytest.mark.long)
        for number, kind in enumerate(KINDS)
        for form in FORMS
    ],
)
NOT_IMPORTABLE = {"planningcycle", "phasestate", "document", "targetrevision", "hint", "networkregistration"}


def test_which_lists_can_be_read_in():
    assert {kind.name for kind in all_kinds() if kind.is_tenant} - {kind.name for kind in KINDS} == NOT_IMPORTABLE


@importable
def test_heads_are_clear(kind, cast):
    heads = [head.casefold() for head in exported(cast, kind)[0]]
    assert len(heads) == len(set(heads))


@both_forms
def test_what_was_put_out_changes_nothing(cast, kind, form):
    for text in ("Wort", "=1+1", "Zeile 1\r\n\r\nZeile 2\x0b"):
        make_kind(kind, cast.home, text=text)
    make_kind(kind, cast.home, full=issubclass(kind.model, AreaValue), text="Knapp")
    content = cast.client().get(kind.url(form, cast.home)).content
    response = read_in(cast, kind, SimpleUploadedFile(f"liste.{form}", content))
    assert response.status_code == 200
    assert (*result(response), errors(response)) == (0, 0, rows_at(kind, cast.home).count(), 0, {})
    assert not TableImport.objects.exists()


@each_kind(KINDS, typical=True)
def test_rows_of_another_list_are_new_or_understood_as_typed(cast, kind):
    """Without identifiers every row is a new record, with all its values understood as they were put out.

    Where the kind has a natural key, the row is the record that has it.
    """
    make_kind(kind, cast.home)
    table = exported(cast, kind)
    table[1][:2] = [None, None]
    response = read_in(cast, kind, xlsx(table))
    unclear = {key: text for key, text in errors(response).items() if "schon" not in text}
    assert unclear == {}
    if kind.key:
        assert (response.status_code, *result(response)) == (200, 0, 0, 1, 0)
    elif response.status_code == 200:
        assert result(response)[:2] == (1, 0)
        before = rows_at(kind, cast.home).count()
        assert confirm(cast, kind, response).status_code == 302
        assert rows_at(kind, cast.home).count() == before + 1
        first, second = rows_at(kind, cast.home).order_by("pk")[before - 1 :]
        for name in kind.field_names():
            field = kind.model._meta.get_field(name)
            if field.many_to_many:
                assert set(getattr(first, name).all()) == set(getattr(second, name).all())
            else:
                assert first.said(name) == second.said(name), name


def test_a_changed_cell_is_seen_first_and_stored_after_confirmation(cast):
    table = table_of_needs(cast, "Kita am Abend", "Bus am Abend")
    row = next(row for row in table if row[3] == "Kita am Abend")
    row[column(table, "Priorität")] = "HOCH"
    need, kind = Need.objects.get(title="Kita am Abend"), kind_of(Need)
    response = read_in(cast, kind, xlsx(table))
    assert result(response) == (0, 1, 1, 0)
    (shown,) = response.context["preview"].checked.rows
    assert [(c.label, c.old, c.new) for c in shown.cells] == [("Priorität", "gering", "hoch")]
    assert "1 Änderung übernehmen" in response.content.decode()
    assert set(Need.objects.values_list("version", flat=True)) == {1}

    stored = confirm(cast, kind, response)
    batch = Batch.objects.get()
    assert (stored.status_code, stored.url) == (302, f"/{cast.home.slug}/bedarfe/?stapel={batch.pk}")
    assert batch.summary == "Tabelle eingelesen: 1 Änderung"
    before = {link.name: set(getattr(need, link.name).all()) for link in Need.link_fields()}
    need.refresh_from_db()
    assert (need.priority, need.version, need.changed_by) == ("high", 2, cast.planner)
    assert {link.name: set(getattr(need, link.name).all()) for link in Need.link_fields()} == before
    assert not TableImport.objects.exists()
    cast.client().post(f"/{cast.home.slug}/rueckgaengig/{batch.pk}/")
    need.refresh_from_db()
    assert need.priority == "low"


def test_a_row_without_identifier_becomes_a_record(cast):
    region = make(PlanningRegion, cast.home, title="Mitte")
    table = table_of_needs(cast, "Vorhanden")
    new = [None] * len(table[0])
    new[column(table, "Bedarf")], new[column(table, "Planungsregionen")] = "Neuer Bedarf", "mitte"
    response = read_in(cast, kind_of(Need), xlsx([*table, new]))
    assert result(response) == (1, 0, 1, 0)
    assert "1 neuer Eintrag übernehmen" in response.content.decode()
    confirm(cast, kind_of(Need), response)
    need = Need.objects.get(title="Neuer Bedarf")
    assert (list(need.regions.all()), need.state, need.created_by) == ([region], "found", cast.planner)
    assert need.cycle == Need.objects.get(title="Vorhanden").cycle
    assert need.uid


def test_missing_columns_leave_fields_alone_and_unknown_ones_are_named(cast):
    need = make(Need, cast.home, title="Alt", priority="low", description="Bleibt")
    table = [["Bedarf", "Notiz", "KENNUNG", "Fassung", None], ["Neu", "x", need.uid, 1, "y"]]
    response = read_in(cast, kind_of(Need), xlsx(table))
    assert "werden nicht eingelesen: Notiz, Spalte E." in response.content.decode()
    confirm(cast, kind_of(Need), response)
    need.refresh_from_db()
    assert (need.title, need.description, need.priority) == ("Neu", "Bleibt", "low")
    assert need.regions.exists()


def test_what_others_changed_since_is_not_overwritten(cast):
    table = table_of_needs(cast, "Kita am Abend", "Bus am Abend")
    kita, bus = Need.objects.get(title="Kita am Abend"), Need.objects.get(title="Bus am Abend")
    for need in (kita, bus):
        need.priority = "medium"
        saving.update_record(need, version=1, actor=cast.lead)
    for row in table[1:]:
        row[column(table, "Priorität")] = "hoch" if row[3] == "Kita am Abend" else "mittel"
    response = read_in(cast, kind_of(Need), xlsx(table))
    number = next(n for n, row in enumerate(table, 1) if row[3] == "Kita am Abend")
    sentence = (
        "Seit der Ausgabe geändert: Jetzt steht hier „mittel“. "
        "Geben Sie die Liste neu aus und ändern Sie die Zeile dort."
    )
    assert errors(response) == {(number, "Priorität"): sentence}
    assert result(response)[2] == 1


def test_a_change_needs_the_version(cast):
    table = table_of_needs(cast, "Kita am Abend")
    table[1][1], table[1][3] = None, "Anders"
    response = read_in(cast, kind_of(Need), xlsx(table))
    assert errors(response)[2, "Bedarf"].startswith("In der Spalte „Fassung“ fehlt die Zahl.")


def test_a_change_between_preview_and_confirmation_is_found(cast):
    table = table_of_needs(cast, "Kita am Abend", "Bus am Abend")
    for row in table[1:]:
        row[column(table, "Priorität")] = "hoch"
    response = read_in(cast, kind_of(Need), xlsx(table))
    need = Need.objects.get(title="Kita am Abend")
    need.description = "Neu beschrieben"
    saving.update_record(need, version=1, actor=cast.lead)
    again = confirm(cast, kind_of(Need), response)
    assert again.status_code == 422
    assert "Nichts gespeichert." in again.content.decode()
    number = next(n for n, row in enumerate(table, 1) if row[3] == "Kita am Abend")
    assert errors(again).keys() == {(number, "Priorität"), (number, "Beschreibung")}
    assert set(Need.objects.values_list("priority", flat=True)) == {"low"}
    assert not Batch.objects.exists()


def test_rows_that_contradict_each_other_store_nothing(cast):
    kind = next(k for k in KINDS if k.name == "criterionvalue")
    for year in (2018, 2019):
        make_kind(kind, cast.home, year=year)
    table = exported(cast, kind)
    for row in table[1:]:
        row[column(table, "Jahr")] = 2020
    response = read_in(cast, kind, xlsx(table))
    assert result(response)[1] == 2
    again = confirm(cast, kind, response)
    assert again.status_code == 422
    assert errors(again) == {(3, ""): "Für dieses Jahr gibt es schon einen Wert. Ändern Sie den vorhandenen."}
    assert set(rows_at(kind, cast.home).values_list("year", flat=True)) == {2018, 2019}


def test_a_table_is_taken_over_once_and_only_by_its_owner(cast):
    table = table_of_needs(cast, "Kita am Abend")
    table[1][3] = "Anders"
    kind, response = kind_of(Need), None
    response = read_in(cast, kind, xlsx(table))
    for who, other in (("lead", kind), ("planner", kind_of(Offer))):
        refusal = confirm(cast, other, response, who)
        assert (refusal.status_code, refusal.context["refusal"][:13]) == (422, "Diese Vorscha")
    first, second = (confirm(cast, kind, response) for _ in range(2))
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert Need.objects.get().version == 2
    for number in ("", "abc", "9" * 30):
        assert cast.client().post(kind.url("import", cast.home), {"vorgang": number}).status_code == 422


def test_a_newer_table_replaces_the_waiting_one(cast):
    table = table_of_needs(cast, "Kita am Abend")
    for title in ("Anders", "Noch anders"):
        table[1][3] = title
        response = read_in(cast, kind_of(Need), xlsx(table))
    assert TableImport.objects.count() == 1
    confirm(cast, kind_of(Need), response)
    assert Need.objects.get().title == "Noch anders"


def test_foreign_identifiers_and_labels_do_not_exist(cast):
    foreign = make(Need, cast.away, title="Fremd")
    make(PlanningRegion, cast.away, title="Fremde Region")
    table = table_of_needs(cast, "Eigen")
    table[1][column(table, "Planungsregionen")] = "Fremde Region"
    stolen = list(table[1])
    stolen[0], stolen[column(table, "Planungsregionen")] = foreign.uid, ""
    response = read_in(cast, kind_of(Need), xlsx([*table, stolen, [*table[1][:6], "", *table[1][7:]]]))
    found = errors(response)
    assert found[2, "Planungsregionen"] == "„Fremde Region“ gibt es hier nicht. Prüfen Sie die Schreibweise."
    assert found[3, ""].startswith("Diese Kennung gibt es in dieser Liste nicht.")
    assert found[4, ""] == "Diese Kennung steht schon in einer Zeile darüber. Löschen Sie eine der beiden Zeilen."
    foreign.refresh_from_db()
    assert (foreign.title, foreign.version) == ("Fremd", 1)


def test_technical_columns_cannot_be_sent(cast):
    """A head that looks like a column of the database names no field; identifier and version are only compared."""
    need = make(Need, cast.home, title="Alt")
    hidden = ["municipality", "Kommune", "created_by", "angelegt von", "uid", "version", "id", "label", "predecessor"]
    table = [["Kennung", "Fassung", "Bedarf", *hidden], [need.uid, 1, "Neu", *[cast.away.pk for _ in hidden]]]
    response = read_in(cast, kind_of(Need), xlsx(table))
    assert response.context["preview"].unknown == tuple(hidden)
    confirm(cast, kind_of(Need), response)
    after = Need.objects.get()
    assert (after.title, after.municipality, after.uid, after.version) == ("Neu", cast.home, need.uid, 2)
    assert (after.created_by, after.predecessor) == (need.created_by, None)


def test_advisers_change_their_own_rows_only(cast):
    kind = next(k for k in KINDS if k.name == "supportrecord")
    make_kind(kind, cast.home, subject="Fremd", actor=cast.planner)
    make_kind(kind, cast.home, subject="Eigen", actor=cast.adviser)
    table = exported(cast, kind)
    for row in table[1:]:
        row[column(table, "Ergebnis")] = "Geändert"
    response = read_in(cast, kind, xlsx(table), "adviser")
    assert list(errors(response).values()) == [
        "Diesen Eintrag dürfen nur andere ändern. Löschen Sie die Zeile aus der Datei."
    ]
    own = [row for row in table if row[column(table, "Gegenstand")] in ("Gegenstand", "Eigen")]
    assert confirm(cast, kind, read_in(cast, kind, xlsx(own), "adviser"), "adviser").status_code == 302


def test_the_list_leads_to_reading_in(cast):
    url = kind_of(Provider).url("import", cast.home)
    for who, offered in (("planner", True), ("ministry", False)):
        page = read_form(cast.client(who).get(kind_of(Provider).url("list", cast.home)).content)
        assert (url in page.links) == offered
    assert not any(
        "einlesen" in link for link in read_form(cast.client().get(f"/{cast.home.slug}/dokumente/").content).links
    )


def test_the_number_of_queries_does_not_grow_with_unchanged_rows(cast, django_assert_max_num_queries):
    for number in range(30):
        make(Need, cast.home, title=f"Bedarf {number}", full=False)
    table = exported(cast, kind_of(Need))
    with django_assert_max_num_queries(40):
        assert result(read_in(cast, kind_of(Need), xlsx(table))) == (0, 0, 30, 0)
