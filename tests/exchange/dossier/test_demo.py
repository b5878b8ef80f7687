"""What every portal starts with, and what the demonstration shows."""

import json
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import Municipality, User
from exchange.dossier.catalogue import DATA, load_catalogue
from exchange.dossier.demo import DOSSIERS, KYF
from funding.domain.cases.checklist import items_for
from funding.models import FundingApplication
from planning.enums import Phase
from planning.models import ActionField, CheckRule, StepTemplate
from plans.checks.rules import RULES
from records.domain.saving import delete_record, update_record
from tests.exchange.dossier.facts import Fact
from tests.exchange.statements import missing

EXAMPLES = {"planning.offer": 12, "planning.need": 12, "planning.measure": 12, "participation.finding": 25}


def records(ags):
    """The records of a committed dossier by kind."""
    return json.loads((DATA / DOSSIERS[ags][0]).read_text(encoding="utf-8"))["records"]


def test_catalogue_has_all_municipalities_and_a_good_choice_of_steps(db):
    load_catalogue()
    assert Municipality.objects.count() == 23
    assert Municipality.objects.current().count() == 22
    eisenach = Municipality.objects.get(slug="eisenach")
    assert eisenach.valid_until.isoformat() == "2021-06-30"
    assert not set(Municipality.objects.values_list("slug", flat=True)) & settings.RESERVED_SLUGS
    assert [field.number for field in ActionField.objects.all()] == [1, 2, 3, 4, 5, 6]
    steps = Counter(StepTemplate.objects.values_list("phase", flat=True))
    assert set(steps) == set(Phase.values)
    assert 40 <= sum(steps.values()) <= 60
    assert all(step.guidance.count(".") + step.guidance.count("?") >= 2 for step in StepTemplate.objects.all())


def test_catalogue_brings_every_rule_of_the_check_as_it_is_in_code(db):
    load_catalogue()
    stored = {row.code: (row.severity, row.explanation) for row in CheckRule.objects.all()}
    assert stored == {str(rule.code): (str(rule.severity), rule.why) for rule in RULES}


def test_catalogue_brings_a_check_list_that_says_where_each_point_comes_from(db):
    load_catalogue()
    items = items_for(FundingApplication(project_class="micro"))
    titles = " ".join(item.title for item in items)
    asked = "unterschrieben Kostenplan gedeckt Gemeinnützigkeit Ziel begonnen Doppelförderung Investitionen Eigenanteil"
    assert (len(items), [word for word in (*asked.split(), "Datenschutz") if word not in titles]) == (10, [])
    assert [item.title for item in items if not ("Quelle: " in item.explanation or "Annahme" in item.explanation)] == []


def test_catalogue_adds_what_is_missing_and_keeps_what_was_changed(db):
    load_catalogue()
    field = ActionField.objects.get(uid="handlungsfeld-2")
    field.title = "Neuer Wortlaut"
    update_record(field, version=1, actor=None)
    delete_record(ActionField.objects.get(uid="handlungsfeld-6"), version=1, actor=None)
    added = load_catalogue()
    assert {label: count for label, count in added.items() if count} == {"Handlungsfelder": 1}
    assert ActionField.objects.get(uid="handlungsfeld-2").title == "Neuer Wortlaut"


def test_demo_is_refused_in_earnest(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="nur mit DEMO=1"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_a_missing_fact_is_noticed():
    fact = Fact(KYF, "Juni 2015", ("Zertifikat", "drei Jahre"))
    assert missing([fact], [({"Juni 2015"}, "Zertifikat für drei Jahre")]) == []
    assert missing([fact], [({"2015"}, "Zertifikat für drei Jahre"), ({"Juni 2015"}, "Zertifikat")]) == [fact]


@pytest.mark.parametrize("ags", list(DOSSIERS))
def test_dossier_has_enough_for_every_chapter(ags):
    rows = records(ags)
    assert not {kind: count for kind, count in EXAMPLES.items() if len(rows[kind]) < count}
    fields = {f"handlungsfeld-{number}" for number in range(1, 7)}
    assert {row["action_field"] for row in rows["planning.measure"]} == fields
    assert {row["action_field"] for row in rows["planning.swotentry"]} == fields
    assert {row["level"] for row in rows["planning.goal"]} == {"guiding", "action", "measure"}
    evidence = {need for finding in rows["participation.finding"] for need in finding.get("needs", [])}
    assert [n["uid"] for n in rows["planning.need"] if n["uid"] not in evidence and not n.get("data_sources")] == []


@pytest.mark.parametrize("ags", list(DOSSIERS))
def test_what_is_invented_is_marked_and_what_is_reported_names_its_source(ags):
    rows = records(ags)
    for name in ("offer", "need", "goal", "measure", "swotentry", "indicatorvalue", "criterionvalue", "provider"):
        assert all(row.get("is_example") for row in rows[f"planning.{name}"]), name
    for name in ("participation.resolution", "participation.session", "planning.agreement", "planning.certificate"):
        assert all(row["source"] == "Abschlussbericht 2018" and not row["is_example"] for row in rows[name]), name


def test_dossiers_name_no_private_person():
    for ags in DOSSIERS:
        assert [row for row in records(ags)["participation.bodymembership"] if row.get("person_name")] == []
