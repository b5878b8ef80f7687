"""What the check says of a Finanzplan: its limits to the cent, lines without source, a year without one."""

from decimal import Decimal

import pytest

from funding.models import BudgetLine, BudgetYear
from planning.models import FundingRule, Need, QualityCriterion
from plans.checks import check_plan
from tests.html import unnumbered
from tests.plans.checks import world
from tests.plans.checks.test_rules import named, titles_behind
from tests.plans.records import add, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def limit(plan, grant="681000", share="70", minimum="30", **values):
    numbers = {"maximum_grant": grant, "maximum_share": share, "min_municipal_share": minimum}
    return add(
        FundingRule, year=plan.year, **{name: value and Decimal(value) for name, value in numbers.items()}, **values
    )


@pytest.fixture
def budget(plan):
    """The Finanzplan of the plan without lines."""
    BudgetLine.objects.all().delete()
    return BudgetYear.objects.get(cycle=plan.cycle)


def test_without_limits_nothing_is_found_and_the_rules_say_so(plan, budget):
    world.budget_line(budget, "Teuer", land="9999999.99")
    report = check_plan(plan)
    assert report.findings == ()
    idle = [passed.note for passed in report.passed if passed.is_idle]
    assert idle.count("Für 2018 ist dazu nichts festgelegt.") == 3


def test_a_plan_that_keeps_its_limits_is_not_reported_for_all_its_costs(plan, budget):
    """70 % of all costs are more than the greatest grant, but the Land pays 65 %: nothing is wrong."""
    limit(plan, "260000")
    world.budget_line(budget, "Programm", land="251722.67", municipal="171595.55")
    world.budget_line(budget, "Mikroprojekte", own="1666.67")  # a line may be above 70 %, or have no money of the Land
    assert world.codes(plan) == []


@pytest.mark.parametrize(
    ("land", "municipal", "codes"),
    [
        ("296322.75", "126995.47", []),
        ("296322.76", "126995.46", ["grant_over_share", "municipal_share_low"]),
        ("400000.00", "10.00", ["grant_over_share", "municipal_share_low"]),
        ("476700.01", "300000.00", ["grant_over_maximum"]),
        ("476700.00", "300000.00", []),
        ("70.00", "30.00", []),
        ("70.01", "30.00", ["grant_over_share", "municipal_share_low"]),  # 70,0030 and 29,9970 %
    ],
)
def test_limits_hold_to_the_cent(plan, budget, land, municipal, codes):
    limit(plan, "476700.00")
    world.budget_line(budget, "Alles", land=land, municipal=municipal)
    assert world.codes(plan) == codes
    for finding in world.found(plan).values():
        assert "€" in finding.explanation


def test_the_limit_of_the_municipality_goes_before_that_of_all(cast, plan, budget):
    world.budget_line(budget, "Alles", land="60.00", municipal="40.00")
    limit(plan, "1.00")
    limit(plan, "900000", share=None, minimum=None, applies_to=cast.home)
    assert world.codes(plan) == []
    limit(plan, "2.00", applies_to=cast.away)
    assert world.codes(plan) == []
    add(FundingRule, year=2019, maximum_grant=Decimal(1))
    assert world.codes(plan) == []


def test_a_year_without_a_finanzplan_is_found(plan, budget):
    budget.steps.all().delete()
    BudgetYear.objects.all().delete()
    assert world.codes(plan) == ["year_without_budget"]
    assert "jahr=2018" in world.found(plan)["year_without_budget"].url


def test_lines_without_source_and_of_what_does_not_run_are_found(cast, plan, budget):
    world.budget_line(budget, "Offen", open="10.00", land="1.00")
    world.budget_line(budget, "Leer")
    later = world.measure(plan, title="Später", begin=day("2019"), links={"needs": list(Need.objects.all()[:1])})
    add(QualityCriterion, municipality=plan.municipality, measure=later, title="Zahl", kind="output")
    idle = world.budget_line(budget, "Später", measure=later, land="5.00")
    found = world.found(plan)
    assert sorted(named(found["lines_without_source"])) == ["Leer", "Offen"]
    assert named(found["lines_not_running"]) == [unnumbered(str(idle))]
    assert sorted(titles_behind(cast, found["lines_without_source"])) == ["Leer", "Offen"]


def test_money_of_the_land_for_what_is_not_eligible_counts_against_the_share(plan, budget):
    limit(plan, minimum=None)
    world.budget_line(budget, "Programm", land="70.00", municipal="30.00")
    assert world.codes(plan) == []
    world.budget_line(budget, "Bau", eligible=False, land="0.01", municipal="500.00")
    assert world.codes(plan) == ["grant_over_share"]
