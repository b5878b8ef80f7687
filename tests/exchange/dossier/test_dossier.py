"""A dossier goes from portal to portal without loss, and what is wrong with one is said in German."""

import copy
import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.dossier.errors import DossierError
from exchange.dossier.fields import label_of, tenant_models
from exchange.dossier.load import import_dossier, read_dossier
from exchange.dossier.schema import dossier_schema
from exchange.dossier.writing import as_text, dossier_of
from planning.models import (
    ActionField,
    CarryOver,
    Document,
    IndicatorValue,
    Need,
    OwnIndicator,
    OwnValue,
    PlanningCycle,
    PlanningRegion,
)
from plans.models import ChapterText, Plan
from records.domain.saving import create_record, update_record
from tests.architecture.source import ROOT
from tests.factories import make, related

SMALL = {
    "format": "lsz-dossier",
    "version": 1,
    "municipality": "16065",
    "records": {
        "planning.document": [
            {
                "uid": "protokoll",
                "title": "Protokoll",
                "original_name": "protokoll.pdf",
                "file": {"name": "protokoll.pdf", "content": "JVBERi0xLjQK"},
            }
        ],
        "planning.need": [
            {
                "uid": "bedarf",
                "title": "Treffpunkte",
                "cycle": "zyklus",
                "action_fields": ["feld-5"],
                "priority_set_on": "2018-Q1",
                "regions": ["west", "ost"],
            }
        ],
        "planning.plannerpost": [{"uid": "stelle", "title": "Planerstelle", "full_time_equivalent": "0.8"}],
        "planning.planningcycle": [{"uid": "zyklus", "title": "2017–2019", "first_year": 2017, "last_year": 2019}],
        "planning.planningregion": [{"uid": "ost", "title": "Ost"}, {"uid": "west", "title": "West"}],
    },
}


@pytest.fixture
def home(cast):
    create_record(ActionField(uid="feld-5", number=5, title="Wohnumfeld"), actor=None)
    return cast.home


# One of a kind, or with rules across fields.
ONE_EACH = (IndicatorValue, OwnIndicator, OwnValue, Plan, ChapterText, CarryOver)


def changed(path, value):
    """SMALL with one value of a kind's first record replaced; a value of None takes the field out."""
    dossier = copy.deepcopy(SMALL)
    kind, name = path.split(".")
    record = dossier["records"][f"planning.{kind}"][0]
    if value is None:
        del record[name]
    else:
        record[name] = value
    return dossier


def take_over(dossier):
    return import_dossier(read_dossier(json.dumps(dossier)))


def stored_files():
    root = Path(default_storage.path(""))
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else []


def test_committed_schema_is_the_one_of_the_models():
    committed = (ROOT / "docs" / "dossier.schema.json").read_text(encoding="utf-8")
    assert committed == as_text(dossier_schema()), (
        "run: manage.py export_dossier --schema --output docs/dossier.schema.json"
    )


@pytest.mark.slow
def test_every_kind_of_record_comes_back_with_the_same_bytes(cast):
    for model in tenant_models():
        related(model, cast.home, "Wärmestube", around=True)
        if model not in ONE_EACH:
            make(model, cast.home, full=False)
    make(Need, cast.home, description='„Zitat“, "Anführung" \\ <b>&amp;</b>\r\n\n\t€ \u2028 𝄞')
    written = as_text(dossier_of(cast.home))
    assert set(json.loads(written)["records"]) == {label_of(model) for model in tenant_models()}
    moved = written.replace('"municipality": "16065"', '"municipality": "16077"')
    import_dossier(read_dossier(moved))
    assert as_text(dossier_of(cast.away)) == moved


def test_dossier_names_no_people_and_no_times(cast):
    make(Need, cast.home, actor=cast.planner)
    text = as_text(dossier_of(cast.home))
    for word in ("planung-kyf", "created", "changed", "search_text", "sort_key", '"version": 2', "history"):
        assert word not in text


def test_hand_written_values_are_stored_as_meant(home):
    assert take_over(SMALL) == (6, 0)
    need = Need.objects.get(uid="bedarf")
    assert (str(need.priority_set_on), need.state, need.is_example) == ("1. Quartal 2018", "found", False)
    assert [region.uid for region in need.regions.order_by("uid")] == ["ost", "west"]
    assert dossier_of(home)["records"]["planning.plannerpost"][0]["full_time_equivalent"] == "0.80"
    assert Document.objects.get(uid="protokoll").file.read() == b"%PDF-1.4\n"


def test_second_import_skips_what_is_the_same(home):
    take_over(SMALL)
    make(PlanningRegion, home, uid="mitte", title="Mitte")
    assert take_over(SMALL) == (0, 6)
    assert PlanningRegion.objects.filter(uid="mitte").exists()


def test_import_never_changes_what_is_there(home):
    take_over(SMALL)
    need = Need.objects.get(uid="bedarf")
    need.title = "Von Hand geändert"
    update_record(need, version=1, actor=None)
    dossier = copy.deepcopy(SMALL)
    dossier["records"]["planning.planningregion"].append({"uid": "neu", "title": "Neu"})
    with pytest.raises(DossierError) as error:
        take_over(dossier)
    assert error.value.problems == [
        "Bedarf „Treffpunkte“ (bedarf), Feld „Bedarf“ (title): Im Portal steht ein anderer Inhalt."
    ]
    assert Need.objects.get(uid="bedarf").title == "Von Hand geändert"
    assert not PlanningRegion.objects.filter(uid="neu").exists()


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("need.title", None, "Bedarf (bedarf): Es fehlt title."),
        ("need.title", "x" * 161, "Feld „Bedarf“ (title): Der Text ist zu lang; möglich sind 160 Zeichen."),
        ("need.title", 7, "Feld „Bedarf“ (title): Erwartet wird ein Text."),
        ("need.titel", "x", "Bedarf „Treffpunkte“ (bedarf): Unbekannt: titel."),
        ("need.state", "neu", "Feld „Stand“ (state): „neu“ ist nicht möglich. Möglich: found, "),
        ("need.priority_set_on", "2018-Q5", "(priority_set_on): „2018-Q5“ hat nicht die vorgeschriebene Form."),
        ("need.priority_set_on", "2018-02-30", "Feld „Priorität gesetzt am“ (priority_set_on): "),
        ("need.description", "a\0b", "Feld „Beschreibung“ (description): Der Text enthält ein Zeichen"),
        ("need.regions", ["sued"], "„Planungsregionen“ (regions): Planungsregion „sued“ gibt es weder im Dossier"),
        ("need.action_fields", ["feld-9"], "(action_fields): Handlungsfeld „feld-9“ gibt es weder"),
        ("need.cycle", "fremd", "Feld „Planungszyklus“ (cycle): Planungszyklus „fremd“ gibt es weder"),
        ("plannerpost.full_time_equivalent", "9.0", "„Umfang (VzÄ)“ (full_time_equivalent): "),
        ("planningcycle.last_year", 2016, "Das letzte Jahr liegt vor dem ersten."),
        ("planningregion.uid", "west", "Planungsregion „West“ (west): Diese Kennung steht zweimal"),
        ("document.file", {"name": "x.pdf", "content": "%%%"}, "Feld „Datei“ (file): Der Wert ist nicht lesbar."),
        ("document.file", {"name": "x.html", "content": "PGI+"}, "Diese Art von Datei wird nicht angenommen."),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(home, path, value, sentence):
    before = stored_files()
    with pytest.raises(DossierError) as error:
        take_over(changed(path, value))
    assert any(sentence in problem for problem in error.value.problems), error.value.problems
    assert dossier_of(home)["records"] == {}
    assert stored_files() == before


def test_records_that_refer_to_one_another_in_a_circle_are_refused(home):
    dossier = copy.deepcopy(SMALL)
    cycles = dossier["records"]["planning.planningcycle"]
    cycles[0]["predecessor"] = "naechster"
    cycles.append({**cycles[0], "uid": "naechster", "predecessor": "zyklus"})
    with pytest.raises(DossierError, match="beziehen sich im Kreis aufeinander"):
        take_over(dossier)


def test_records_of_another_municipality_are_out_of_reach(cast, home):
    make(PlanningCycle, cast.away, uid="fremder-zyklus")
    with pytest.raises(DossierError, match="„fremder-zyklus“ gibt es weder"):
        take_over(changed("need.cycle", "fremder-zyklus"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "kein gültiges JSON"),
        ("[]", "Dossier: Erwartet wird eine Gruppe von Angaben."),
        (json.dumps(SMALL | {"version": 2}), "Dossier, version: „2“ ist nicht möglich. Möglich: 1."),
        (json.dumps(SMALL | {"records": {"planning.foo": []}}), "Dossier, records: Unbekannt: planning.foo."),
    ],
)
def test_file_of_another_form_is_refused(text, sentence):
    with pytest.raises(DossierError) as error:
        read_dossier(text)
    assert any(sentence in problem for problem in error.value.problems), error.value.problems


def test_commands_write_read_and_refuse(home, tmp_path, capsys):
    given, written = tmp_path / "in.json", tmp_path / "new" / "out.json"
    given.write_text(json.dumps(SMALL), encoding="utf-8")
    call_command("import_dossier", given)
    assert "6 Einträge übernommen, 0 waren schon da." in capsys.readouterr().out
    call_command("export_dossier", municipality="16065", output=written)
    assert written.read_bytes().decode() == as_text(dossier_of(home))
    given.write_text(json.dumps(SMALL | {"municipality": "16051"}), encoding="utf-8")
    with pytest.raises(CommandError, match="Die Kommune 16051 gibt es im Portal nicht"):
        call_command("import_dossier", given)
    with pytest.raises(CommandError, match="lässt sich nicht lesen"):
        call_command("import_dossier", tmp_path / "fehlt.json")
    with pytest.raises(CommandError, match="16051 gibt es im Portal nicht"):
        call_command("export_dossier", municipality="16051", output=written)


def test_number_of_queries_of_an_export_does_not_grow(home):
    take_over(SMALL)
    with CaptureQueriesContext(connection) as few:
        dossier_of(home)
    more = copy.deepcopy(SMALL)
    for kind, rows in more["records"].items():
        more["records"][kind] = [{**row, "uid": f"{row['uid']}-{number}"} for row in rows for number in range(5)]
    for number, cycle in enumerate(more["records"]["planning.planningcycle"]):
        cycle |= {"first_year": 2020 + number, "last_year": 2020 + number}
    for need in more["records"]["planning.need"]:
        need["cycle"] = "zyklus-0"
        need["regions"] = ["ost-0", "ost-1", "west-2"]
    take_over(more)
    with CaptureQueriesContext(connection) as many:
        assert len(dossier_of(home)["records"]["planning.need"]) == 6
    assert len(many) == len(few)
