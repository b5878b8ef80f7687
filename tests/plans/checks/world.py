"""A plan in which nothing is missing, and what takes something away from it."""

from decimal import Decimal

from funding.models import BudgetLine, BudgetYear
from planning.models import ActionField, Goal, Indicator, IndicatorValue, Measure, Need, Provider, SwotEntry
from plans.checks import findings_of
from tests.plans import records
from tests.plans.records import add, day


def complete(plan):
    """One record of everything, and a statement to every Handlungsfeld."""
    records.fill(plan)
    for field in ActionField.objects.all():
        add(SwotEntry, **planned(plan), action_field=field, kind="weakness", text="Betrachtet")
    budget = add(BudgetYear, **planned(plan), year=plan.year)
    for row in Measure.objects.filter(cycle=plan.cycle):
        budget_line(budget, row.title, measure=row, municipal=row.yearly_cost or Decimal(0))


def budget_line(budget, title, **values):
    """A line of the Finanzplan; amounts as Decimals or as texts of such."""
    amounts = {name: Decimal(value) if isinstance(value, str) else value for name, value in values.items()}
    return add(BudgetLine, municipality=budget.municipality, budget_year=budget, title=title, **amounts)


def planned(plan):
    return {"municipality": plan.municipality, "cycle": plan.cycle}


def need(plan, title="Bedarf X", **values):
    """A need that nothing answers, with evidence unless it is told otherwise."""
    links = values.pop("links", {"figures": list(IndicatorValue.objects.filter(municipality=plan.municipality)[:1])})
    return add(Need, **planned(plan), title=title, links=links, **({"priority": "low"} | values))


def goal(plan, title="Ziel X", **values):
    return add(Goal, **planned(plan), level="guiding", title=title, **values)


def measure(plan, title="Maßnahme X", **values):
    """A measure with nothing behind it, in the first Handlungsfeld."""
    provider = Provider.objects.filter(municipality=plan.municipality).first()
    said = {
        "begin": day("2018"),
        "provider": provider or add(Provider, municipality=plan.municipality, title="Träger X", kind="public"),
    }
    field = ActionField.objects.earliest("pk")
    return add(Measure, **planned(plan), title=title, action_field=field, **(said | values))


def figure(plan, year, area="Nordhausen", **values):
    values = values or {"value": 1}
    own = {"municipality": plan.municipality, "indicator": Indicator.objects.get()}
    return add(IndicatorValue, **own, area=area, year=year, **values)


def found(plan):
    """Findings by code; a code that occurs more than once keeps the last."""
    return {str(finding.code): finding for finding in findings_of(plan)}


def codes(plan):
    return [str(finding.code) for finding in findings_of(plan)]
