"""Cases of Träger and a grant of the Land for the plan's year, in order or with everything amiss."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from funding.enums import DecisionState, ProofState
from funding.models import (
    BudgetYear,
    Call,
    DecidedFinance,
    DecisionCondition,
    FundingDecision,
    FundsCall,
    ProofOfUse,
    StateGrant,
    StateNotice,
)
from planning.models import Provider
from records.vague import VagueDate
from tests.factories import make
from tests.funding.cases import eur, make_case, make_proof, paid
from tests.plans.checks import world
from tests.plans.records import day

YEAR = 2018
SECRET = "Geheimer Träger e. V."


def ago(days):
    """So many days before today."""
    return timezone.localdate() - timedelta(days=days)


def vague(when):
    return VagueDate.from_iso(when.isoformat())


def granted_case(plan):
    """Granted and partly paid, without money of the Land."""
    case = make_case(plan.municipality, year=YEAR, applicant=SECRET)
    paid(case, "1.000,00", ago(1))
    return case


def state_grant(plan):
    """The grant of the year with a notice on which 1 000 euro were called."""
    own = {"full": False}
    place = plan.municipality
    found = make(StateGrant, place, year=YEAR, **own)
    notice = make(StateNotice, place, grant=found, amount=eur("9.000,00"), dated=day("2018-01-02"), **own)
    make(FundsCall, place, notice=notice, amount=eur("1.000,00"), requested_on=day("2018-02-01"), **own)
    return found


def decided(case, model, **values):
    """A part of the decision of a case, as if it had stood in it before its release."""
    decision = case.decisions.get()
    FundingDecision.objects.filter(pk=decision.pk).update(state=DecisionState.DRAFT)
    make(model, case.municipality, full=False, decision=decision, **values)
    FundingDecision.objects.filter(pk=decision.pk).update(state=decision.state)


def in_call(plan, case, pot):
    """Puts the case into a call with a pot."""
    given = {"year": YEAR, "pot": Decimal(pot), "opens_on": date(2017, 6, 1), "closes_on": date(2017, 9, 1)}
    case.call = make(Call, plan.municipality, full=False, **given)
    case.save()


def club(plan):
    """A Träger that is not the Kommune."""
    return make(Provider, plan.municipality, full=False, title="Verein", kind="association")


def all_amiss(plan, case, grant):
    """Every rule of cases has something to say."""
    running = world.measure(plan, title="Läuft", state="running", provider=club(plan))
    world.budget_line(BudgetYear.objects.get(cycle=plan.cycle), "Läuft", measure=running, land="1.00")
    in_call(plan, case, "1.00")
    make_case(plan.municipality, year=YEAR)
    paid(case, "2.000,00", ago(1))
    call = grant.notices.get().calls.get()
    call.received_on, call.received_amount = day("2018-02-15"), eur("1.000,00")
    call.save()
    received = make_proof(case, ("29.000,00",))
    make_proof(case)
    ProofOfUse.objects.filter(pk=received.pk).update(state=ProofState.RECEIVED)
    decided(case, DecisionCondition, due=ago(9), title=SECRET)
    decided(case, DecidedFinance, source="land", amount=eur("200,00"))
