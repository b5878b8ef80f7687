"""How the rules of cases and of the grant of the Land find what they look for: counts and sums, never a text of a case.

The check of a plan is read by the ministry, which sees no case of a Träger. So measures alone are named, and nobody
gets a link that does not open (``openable``).
"""

from collections.abc import Callable

from django.urls import reverse

from funding.domain.amiss import Amiss
from funding.domain.reckoning.steps import euro
from planning.enums import MeasureState, ProviderKind
from planning.models import Measure
from plans.checks.finders import Found, budget_url, found_rows, list_url
from plans.checks.queries import Facts, Row
from records.filters import PICKED, picked

Idle = Callable[[Facts], str]


def page(name: str, facts: Facts) -> str:
    """A page of the municipality's money."""
    return reverse(f"funding:{name}", args=[facts.municipality.slug])


def grant_url(facts: Facts) -> str:
    """The page of the year's Landeszuwendung."""
    return f"{page('state-grant', facts)}?jahr={facts.year}"


# ---------------------------------------------------------------- where there is nothing to check
def without_cases(facts: Facts) -> str:
    """Nobody applied."""
    return "" if facts.money.has_cases else f"Für {facts.year} gibt es keine Anträge von Trägern."


def without_grant(facts: Facts) -> str:
    """The Land gives nothing that the portal knows of."""
    return "" if facts.money.grant else f"Für {facts.year} ist keine Landeszuwendung eingetragen."


def without_both(facts: Facts) -> str:
    """Neither cases nor a grant."""
    return without_grant(facts) and without_cases(facts) and f"Für {facts.year} sind keine Geldvorgänge erfasst."


def without_comparison(facts: Facts) -> str:
    """There is no plan, or no case, to compare."""
    return without_cases(facts) or ("" if facts.budget else f"Für {facts.year} gibt es keinen Finanzplan.")


def without_setting(name: str, idle: Idle) -> Idle:
    """What the programme has not set is not checked, and the check says so."""

    def say(facts: Facts) -> str:
        unset = getattr(facts.money.rule, name) is None
        return idle(facts) or (f"Für {facts.year} ist dazu nichts festgelegt." if unset else "")

    return say


# ---------------------------------------------------------------- what is found
def counted(amiss: Amiss | None, url: str, fact: str) -> list[Found]:
    """One finding with its number; ``fact`` may speak of the amount and of what concerns the Land."""
    if amiss is None or not amiss.count:
        return []
    words = fact.format(amount=euro(amiss.amount), land=amiss.of_land, cases=amiss.count - amiss.of_land)
    return [Found((), url, fact=words, count=amiss.count)]


def granted_over_plan(facts: Facts) -> list[Found]:
    """R3: more is decided than the Finanzplan has from the Land."""
    planned = facts.budget.sums.state if facts.budget else None
    decided = facts.money.decided
    if planned is None or decided <= planned:
        return []
    fact = f"Bewilligt sind {euro(decided)}, vom Land geplant {euro(planned)}: {euro(decided - planned)} mehr."
    return [Found((), budget_url(facts), fact=fact)]


def pots_exceeded(facts: Facts) -> list[Found]:
    """R3: calls of which more is decided than their pot holds."""
    return counted(facts.money.pots_exceeded(), page("call-list", facts), "Zusammen {amount} mehr, als darin sind.")


def running_without_decision(facts: Facts) -> list[Found]:
    """Measures that run with money of the Land through a Träger, of which no case of the year is granted.

    A public Träger may be an office of the Kommune itself, which needs no notice; so it is left out.
    """
    granted = facts.money.measures_granted
    rows: dict[int, Row] = {}
    for line in facts.budget.counted if facts.budget else ():
        measure, passed_on = line.measure, line.land and line.carrier and line.carrier.kind != ProviderKind.PUBLIC
        if measure and passed_on and measure.state == MeasureState.RUNNING and measure.pk not in granted:
            rows[measure.pk] = Row(measure.pk, measure.label)
    found = list(rows.values())
    return found_rows(facts, Measure, found, list_url(facts, Measure, **{PICKED: picked(row.pk for row in found)}))


def decided_without_payment(facts: Facts) -> list[Found]:
    """Grants of which nothing is paid after the time that the programme sets."""
    days = facts.money.rule.pay_within_days
    fact = f"Seit mehr als {days} Tagen bewilligt und noch nichts ausgezahlt, zusammen {{amount}}."
    return counted(facts.money.decided_without_payment(), page("payments", facts), fact)


def paid_over_called(facts: Facts) -> list[Found]:
    """More was paid to Träger than was called from the Land."""
    paid, called = facts.money.paid_out, facts.money.called
    if paid <= called:
        return []
    fact = f"Ausgezahlt sind {euro(paid)}, abgerufen {euro(called)}: {euro(paid - called)} mehr."
    return [Found((), grant_url(facts), fact=fact)]


def money_used_late(facts: Facts) -> list[Found]:
    """Money that was used after its day, or of which nobody says that it was."""
    fact = "Mittelabrufe beim Land: {land}, Auszahlungen an Träger: {cases}; zusammen {amount}."
    return counted(facts.money.used_late(), grant_url(facts), fact)


def overrun_without_consent(facts: Facts) -> list[Found]:
    """Positions of proofs above what is allowed."""
    fact = "Zusammen {amount} über dem, was erlaubt ist."
    return counted(facts.money.overruns(), page("proofs", facts), fact)


def proofs_overdue(facts: Facts) -> list[Found]:
    """Proofs of Träger and the one to the Land."""
    found = facts.money.proofs_overdue()
    fact = "An das Land: {land}, von Trägern: {cases}; für diese sind {amount} ausgezahlt."
    return counted(found, grant_url(facts) if found.of_land else page("proofs", facts), fact)


def conditions_overdue(facts: Facts) -> list[Found]:
    """Conditions of the Land and of own notices."""
    found = facts.money.conditions_overdue()
    url = grant_url(facts) if found.of_land else page("fundingapplication-list", facts)
    return counted(found, url, "Des Landes: {land}, in Bescheiden an Träger: {cases}.")
