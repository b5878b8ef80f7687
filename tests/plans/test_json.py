"""plan.json: its schema is committed, and it can be read back to the same content (the plans of the demonstration too:
tests/exchange/test_demonstration.py)."""

import json

import pytest
from jsonschema import Draft202012Validator

from planning.domain.cycle import continue_cycle
from planning.models import Need
from plans.builder import build_plan
from plans.content import to_json
from plans.models import Plan
from plans.parsing import from_json
from plans.queries.plans import plans_of
from plans.schema import plan_schema
from records.domain.saving import create_record
from tests.architecture.source import ROOT
from tests.plans import records
from tests.plans.sample import sample_plan

COMMAND = "run: manage.py plan_schema --output docs/plan.schema.json"


def problems(data):
    return [error.message for error in Draft202012Validator(plan_schema()).iter_errors(json.loads(data))]


def test_the_committed_schema_is_the_one_of_the_content():
    committed = (ROOT / "docs" / "plan.schema.json").read_text(encoding="utf-8")
    assert committed == json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n", COMMAND
    Draft202012Validator.check_schema(plan_schema())


def test_what_does_not_fit_is_found():
    document = json.loads(to_json(sample_plan(1)))
    document["plan"]["chapters"][3]["body"]["fields"][0]["unknown"] = 1
    assert problems(json.dumps(document))
    document = json.loads(to_json(sample_plan(1)))
    del document["plan"]["year"]
    assert problems(json.dumps(document)) == ["'year' is a required property"]


def test_a_plan_is_read_back_to_the_same_content():
    data = to_json(sample_plan(1))
    assert problems(data) == []
    assert from_json(data) == sample_plan(1)
    assert to_json(from_json(data)) == data


def test_keys_of_other_times_do_not_hinder_reading():
    document = json.loads(to_json(sample_plan(1)))
    del document["plan"]["changes"]
    document["plan"]["later"] = {"much": "more"}
    assert from_json(json.dumps(document).encode()) == sample_plan(1)


@pytest.mark.django_db
def test_entries_name_their_record_and_copies_their_origin():
    records.make_catalogue()
    plan = records.make_plan(records.municipality())
    records.fill(plan)
    need = Need.objects.get()
    first = continue_cycle(cycle=plan.cycle, title="Zweiter", first_year=2020, last_year=2021, actor=None)
    second = continue_cycle(cycle=first, title="Dritter", first_year=2022, last_year=2023, actor=None)
    later = create_record(Plan(municipality=plan.municipality, cycle=second, year=2022), actor=None)

    def entries(year):
        plan = json.loads(to_json(build_plan(plans_of(later.municipality).get(year=year))))["plan"]
        bodies = {chapter["code"]: chapter["body"] for chapter in plan["chapters"]}
        found = [bodies["needs"]["fields"][1]["needs"][0], bodies["goals"]["goals"][0]]
        return [*found, bodies["measures"]["fields"][1]["measures"][0], bodies["finance"]["groups"][-1]["lines"][0]]

    before, after = entries(2018), entries(2022)
    assert before[0]["uid"] == need.uid
    assert [entry["origin"] for entry in before] == [""] * 4
    assert [entry["origin"] for entry in after] == [entry["uid"] for entry in before]
