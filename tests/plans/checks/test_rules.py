"""Every rule of the Plausibilitätsprüfung: what it finds, what it lets pass, and that its link shows just that."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funding.models import BudgetYear
from participation.models import Body, Resolution
from planning.enums import RuleCode
from planning.models import (
    ActionField,
    FundingRule,
    Measure,
    Need,
    PlanningCycle,
    QualityCriterion,
)
from plans.checks import check_plan, findings_of
from plans.checks.case_rules import CASE_RULES
from plans.checks.queries import plan_to_check
from plans.checks.rules import RULES
from plans.models import ChapterText, Plan
from records.domain.saving import delete_record, update_record
from records.registry import kind_of
from tests.html import unnumbered
from tests.plans import records
from tests.plans.checks import world
from tests.plans.records import add, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
MOST_QUERIES = 72  # two more where a greatest grant is set


def titles_behind(cast, finding):
    """The names of the records which the page behind a finding lists, or the one record that it is."""
    answer = cast.client("ministry").get(finding.url)
    assert answer.status_code == 200, finding.url
    page = answer.context["page"]
    return [unnumbered(row.title) for row in page.rows] if hasattr(page, "rows") else [unnumbered(page.title)]


def named(finding):
    return sorted(unnumbered(label) for label, _ in finding.items)


# ---------------------------------------------------------------- the rules as data
def test_every_check_has_exactly_one_rule():
    assert [rule.code for rule in RULES if not rule.why or not rule.todo] == []
    assert sorted(rule.code for rule in RULES) == sorted(RuleCode)


def test_what_blocks_without_a_setting():
    assert {str(rule.code) for rule in RULES if rule.severity == "blocking"} == {
        "needs_without_goal",
        "measures_without_reason",
        "measures_without_criterion",
        "resolution",
    }


def test_a_complete_plan_has_no_findings(plan):
    assert findings_of(plan) == []
    assert [passed.text for passed in check_plan(plan).passed if passed.is_idle] == [
        "Landesmittel über dem Höchstbetrag",
        "Landesmittel über dem Anteil",
        "Anteil der Kommune zu klein",
        *(str(rule.code.label) for rule in CASE_RULES),
    ]


# ---------------------------------------------------------------- records with a gap
GAPS = {
    "needs_without_goal": (world.need, "2 Bedarfe ohne Ziel"),
    "goals_without_measure": (world.goal, "2 Ziele ohne Maßnahme"),
    "measures_without_reason": (world.measure, "2 Maßnahmen ohne Ziel und Bedarf"),
    "measures_without_criterion": (world.measure, "2 Maßnahmen ohne Qualitätskriterium"),
    "measures_without_money": (world.measure, "2 Maßnahmen ohne Kosten"),
    "needs_without_evidence": (lambda plan, title: world.need(plan, title, links={}), "2 Bedarfe ohne Beleg"),
}


@pytest.mark.parametrize("code", GAPS)
def test_records_with_a_gap_are_found_and_shown_behind_the_link(cast, plan, code):
    make, sentence = GAPS[code]
    make(plan, title="Erster")
    single = world.found(plan)[code]
    assert (single.count, named(single), titles_behind(cast, single)) == (1, ["Erster"], ["Erster"])
    make(plan, title="Zweiter")
    several = world.found(plan)[code]
    assert (several.text, several.count, named(several)) == (sentence, 2, ["Erster", "Zweiter"])
    assert sorted(titles_behind(cast, several)) == ["Erster", "Zweiter"]


@pytest.mark.parametrize("code", GAPS)
def test_records_of_another_cycle_do_not_count(cast, plan, code):
    other = Plan(municipality=cast.home, year=2022)
    other.cycle = add(PlanningCycle, municipality=cast.home, title="Später", first_year=2020, last_year=2024)
    make, _ = GAPS[code]
    for title in ("Fremd 1", "Fremd 2"):
        make(other, title=title)
    assert code not in world.found(plan)
    for title in ("Eigen 1", "Eigen 2"):
        make(plan, title=title)
    assert sorted(titles_behind(cast, world.found(plan)[code])) == ["Eigen 1", "Eigen 2"]
    assert sorted(titles_behind(cast, world.found(other)[code])) == ["Fremd 1", "Fremd 2"]


@pytest.mark.parametrize("code", GAPS)
def test_records_of_another_municipality_do_not_count(cast, plan, code):
    foreign = records.make_plan(cast.away)
    make, _ = GAPS[code]
    make(foreign, title="Fremd")
    assert code in world.found(foreign)
    assert world.codes(plan) == []


@pytest.mark.parametrize("state", ["covered", "deferred"])
def test_a_need_that_is_covered_or_put_off_waits_for_no_goal(plan, state):
    world.need(plan, state=state)
    assert "needs_without_goal" not in world.found(plan)


def test_a_measure_that_was_dropped_with_a_reason_lacks_nothing(plan):
    world.measure(plan, state="dropped", not_done_reason="Der Träger hat zurückgezogen.")
    assert world.codes(plan) == []


def test_each_thing_added_ends_its_finding(plan):
    measure = world.measure(plan)
    assert world.codes(plan) == ["measures_without_reason", "measures_without_criterion", "measures_without_money"]
    update_record(measure, version=1, actor=None, links={"needs": [Need.objects.earliest("pk")]})
    assert world.codes(plan) == ["measures_without_criterion", "measures_without_money"]
    add(QualityCriterion, municipality=plan.municipality, measure=measure, title="Zahl", kind="output")
    assert world.codes(plan) == ["measures_without_money"]
    world.budget_line(BudgetYear.objects.get(), "Kostenlos", measure=measure, municipal="0.00")
    assert world.codes(plan) == [], "nothing to pay is known, not missing"


def test_no_more_than_eight_records_are_named(cast, plan):
    for number in range(11):
        world.goal(plan, title=f"Ziel {number:02}")
    finding = world.found(plan)["goals_without_measure"]
    assert (finding.count, len(finding.items), finding.more) == (11, 8, 3)
    assert len(titles_behind(cast, finding)) == 11


# ---------------------------------------------------------------- Handlungsfelder and figures
def test_handlungsfelder_without_statement_lead_to_their_own_swot_entries(cast, plan):
    field = add(ActionField, number=7, title="Neu")
    finding = world.found(plan)["fields_without_statement"]
    assert (finding.text, named(finding)) == ("1 Handlungsfeld ohne Aussage", ["7 Neu"])
    assert finding.url.endswith(f"/swot/?action_field={field.pk}&cycle={plan.cycle_id}")
    assert titles_behind(cast, finding) == []
    add(ActionField, number=8, title="Noch eins")
    assert world.found(plan)["fields_without_statement"].text == "2 Handlungsfelder ohne Aussage"


@pytest.mark.parametrize("how", ["need", "goal", "measure", "other cycle"])
def test_a_statement_to_a_handlungsfeld_is_a_need_a_goal_a_measure_or_a_swot_entry_of_the_cycle(plan, how):
    field = add(ActionField, number=7, title="Neu")
    if how == "need":
        world.need(plan, links={"action_fields": [field]})
    elif how == "goal":
        world.goal(plan, action_field=field)
    else:
        cycle = plan.cycle
        if how == "other cycle":
            cycle = add(PlanningCycle, municipality=plan.municipality, title="Alt", first_year=2012, last_year=2014)
        add(Measure, municipality=plan.municipality, cycle=cycle, title="M", action_field=field)
    assert ("fields_without_statement" in world.found(plan)) == (how == "other cycle")


def test_a_handlungsfeld_that_is_not_in_force_needs_no_statement(plan):
    add(ActionField, number=7, title="Erst später", valid_from=day("2019-01-01").first)
    add(ActionField, number=8, title="Nicht mehr", valid_until=day("2017-12-31").first)
    assert world.codes(plan) == []


def test_figures_older_than_three_years_are_found(cast, plan):
    world.figure(plan, 2015, "gerade noch")
    assert world.codes(plan) == []
    world.figure(plan, 2014, "Artern")
    single = world.found(plan)["figures_outdated"]
    assert (single.text, single.blocking) == ("1 ältere Kennzahl", False)
    assert titles_behind(cast, single) == ["Bevölkerung, Artern 2014"]
    world.figure(plan, 2010, "Roßleben")
    several = world.found(plan)["figures_outdated"]
    assert several.text == "2 ältere Kennzahlen"
    assert sorted(titles_behind(cast, several)) == ["Bevölkerung, Artern 2014", "Bevölkerung, Roßleben 2010"]


@pytest.mark.parametrize(
    ("year", "values", "is_found"),
    [
        (2016, {"value": 2}, False),
        (2016, {"placeholder": "."}, False),  # published, but secret: there is no newer one to enter
        (2016, {"placeholder": "..."}, True),  # announced only
        (2019, {"value": 2}, True),  # after the plan
        (2013, {"value": 2}, True),  # newer, but old as well: found instead
    ],
)
def test_a_newer_value_of_the_same_area_ends_it(plan, year, values, is_found):
    old = world.figure(plan, 2011)
    newer = world.figure(plan, year, **values)
    assert ("figures_outdated" in world.found(plan)) == is_found
    if is_found:
        assert named(world.found(plan)["figures_outdated"]) == [str(newer if year == 2013 else old)]


# ---------------------------------------------------------------- resolution and chapters
def resolution(plan, **values):
    body = Body.objects.filter(municipality=plan.municipality, kind=values.pop("of", "district_council")).earliest("pk")
    values = {"resolved_on": day("2018-03-01"), "legitimises": "plan", "subject": "Beschluss X"} | values
    return add(Resolution, municipality=plan.municipality, body=body, **values)


OWN = {"first_year": 2018}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (OWN, None),
        (OWN | {"resolved_on": day("2013-01")}, None),  # whenever it was passed
        ({"first_year": 2016, "last_year": 2020, "resolved_on": day("2015-11")}, None),  # five years
        ({"cycle": "own"}, None),
        ({}, "nennt nicht, für welche Pläne er gilt"),
        ({"resolved_on": day("2012")}, ""),  # neither named nor of that time
        ({"first_year": 2017}, ""),  # the plan of the year before
        ({"first_year": 2019, "last_year": 2023}, ""),
        (OWN | {"resolved_on": day("2099-01-01"), "outcome": "expected"}, "hat den Ausgang „erwartet“"),
        (OWN | {"outcome": "rejected"}, "hat den Ausgang „abgelehnt“"),
        (OWN | {"outcome": "deferred", "deferred_to": day("2018-06")}, "ist vertagt auf Juni 2018"),
        (OWN | {"kind": "recommendation"}, "ist nur eine Empfehlung"),
        (OWN | {"of": "advisory"}, "ist von „Beirat 1“; einen Plan beschließt ein politisches Gremium"),
        (OWN | {"legitimises": "post"}, ""),
    ],
)
def test_only_an_adopted_resolution_that_names_the_plan_counts(plan, values, why):
    delete_record(Resolution.objects.get(), version=1, actor=None)
    resolution(plan, **{name: plan.cycle if value == "own" else value for name, value in values.items()})
    finding = world.found(plan).get("resolution")
    assert (finding is None) == (why is None)
    assert named(finding) == ([f"Beschluss X {why}"] if why else []) if finding else True


@pytest.mark.parametrize(
    ("outcome", "on", "counts"),
    [("adopted", "2018-05-01", False), ("rejected", "2018-05-01", True), ("expected", "2099-01-01", True)],
)
def test_only_an_adopted_follow_up_takes_the_place_of_an_earlier_resolution(plan, outcome, on, counts):
    earlier = Resolution.objects.get()
    resolution(plan, first_year=2017, follows=earlier, outcome=outcome, resolved_on=day(on))
    finding = world.found(plan).get("resolution")
    assert (finding is None) == counts
    assert counts or "ist ersetzt durch den Folgebeschluss vom 01.05.2018" in named(finding)[0]


def test_a_missing_resolution_blocks_and_leads_to_those_that_are_expected(cast, plan):
    delete_record(Resolution.objects.get(), version=1, actor=None)
    finding = world.found(plan)["resolution"]
    assert (finding.text, finding.blocking, finding.excusable, finding.count) == ("Beschluss fehlt", True, False, 1)
    assert "schriftlich" not in finding.note
    form = cast.client().get(finding.url).context["form"]
    assert (form["legitimises"].value(), form["first_year"].value()) == ("plan", "2018")
    expected = resolution(plan, outcome="expected", resolved_on=day("2018-Q4"), first_year=2018)
    finding = world.found(plan)["resolution"]
    url = kind_of(Resolution).url("update", cast.home, expected.pk)
    assert (finding.way, finding.url) == ("Beschluss bearbeiten", url)


def test_a_chapter_without_text_and_records_is_found(cast, plan):
    bare = records.make_plan(cast.away)
    empty = [one for one in findings_of(bare) if one.code == RuleCode.CHAPTERS_EMPTY]
    assert [one.chapter.number for one in empty] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert empty[2].text == "Kapitel 3 Bestand ist leer"
    assert "h-vorschau" in cast.client("ministry").get(empty[2].url).content.decode()
    add(ChapterText, municipality=cast.away, plan=bare, chapter="inventory", text="Wir beginnen erst.")
    records.leave_out(bare, "finance")
    still = [one.chapter.number for one in findings_of(bare) if one.code == RuleCode.CHAPTERS_EMPTY]
    assert still == [1, 2, 4, 5, 6, 8, 9]


def test_chapters_that_are_left_out_are_named_without_being_a_finding(plan):
    records.leave_out(plan)
    report = check_plan(plan)
    assert report.findings == ()
    assert report.passed[-1].note == "1 Kapitel ist mit Begründung ausgelassen."


# ---------------------------------------------------------------- which plan, how many queries
def test_without_a_plan_the_current_cycle_is_checked(cast):
    assert plan_to_check(cast.away) is None
    cycle = add(PlanningCycle, municipality=cast.away, title="Zyklus", first_year=2017, last_year=2019)
    unsaved = plan_to_check(cast.away)
    assert (unsaved.pk, unsaved.year, unsaved.cycle) == (None, 2019, cycle)
    world.need(unsaved, links={})
    assert "needs_without_goal" in world.found(unsaved)
    assert "chapters_empty" not in world.found(unsaved)
    stored = add(Plan, municipality=cast.away, cycle=cycle, year=2018)
    newer = add(Plan, municipality=cast.away, cycle=cycle, year=2019)
    assert plan_to_check(cast.away) == newer
    assert plan_to_check(cast.away, stored.pk) == stored
    assert plan_to_check(cast.home, stored.pk) is None


@pytest.mark.parametrize("grant", [None, "1.00"])
def test_the_queries_do_not_grow_with_rows(cast, plan, grant):
    add(FundingRule, year=plan.year, maximum_grant=grant and Decimal(grant))
    findings_of(plan)  # statements are prepared once
    counts, sizes = [], []
    for amount in (1, 5):
        for number in range(amount):
            world.need(plan, title=f"Bedarf {amount}.{number}", links={})
            world.goal(plan, title=f"Ziel {amount}.{number}")
            world.measure(plan, title=f"Maßnahme {amount}.{number}", yearly_cost=Decimal(5))
            world.figure(plan, 2009, area=f"Gebiet {amount}.{number}")
            add(ActionField, number=10 + amount + number, title=f"Feld {amount}.{number}")
        fresh = plan_to_check(cast.home)
        with CaptureQueriesContext(connection) as captured:
            findings = findings_of(fresh)
        counts.append(len(captured))
        sizes.append({str(one.code): one.count for one in findings})
    assert counts[0] == counts[1] <= MOST_QUERIES
    assert all(sizes[1][code] >= 6 for code in ("needs_without_goal", "goals_without_measure", "figures_outdated"))


def test_the_kinds_of_the_programme_have_pages(cast):
    for model in (FundingRule, Measure):
        assert cast.client("ministry").get(kind_of(model).url("list", cast.home)).status_code == 200
