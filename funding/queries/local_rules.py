"""Which rule of the Kommune holds for a class on a day, who decides by it, and how far the cases of a call are."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q

from accounts.models import Municipality
from funding.deadlines import Term, proof_due
from funding.models import Call, Decider, FundingApplication, LocalFundingRule
from planning.queries.funding_rules import rule_of
from records.models.columns import month_and_day


def local_rule(municipality: Municipality, project_class: str, day: date) -> LocalFundingRule | None:
    """The rule that holds, or None: then nothing of it is checked (one query)."""
    rows = LocalFundingRule.objects.filter(municipality=municipality, project_class=project_class, valid_from__lte=day)
    return rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day)).order_by("-valid_from").first()


def proof_due_by_rules(application: FundingApplication, dated: date, ends_on: date) -> date | None:
    """When the proof is due where no notice says so: by the rule of the Kommune, else by that of the programme.

    None where neither sets anything (at most two queries).
    """
    own = local_rule(application.municipality, application.project_class, dated)
    months, day = (own.proof_months, own.proof_day) if own else (None, "")
    if months is None and not day:
        rule = rule_of(application.municipality_id, application.year)
        months, day = rule.proof_due_months, rule.proof_due_day
    return proof_due(ends_on, None if months is None else Term(months), month_and_day(day))


def decider_for(deciders: Iterable[Decider], amount: Decimal) -> Decider | None:
    """Who decides about an amount: the lowest limit that reaches it, else who has none; None where nobody is set."""
    found = list(deciders)
    reaching = [(each.up_to, each.pk, each) for each in found if each.up_to is not None and amount <= each.up_to]
    return min(reaching)[2] if reaching else next((each for each in found if each.up_to is None), None)


def states_in(call: Call) -> list[str]:
    """The state of every application of a call (one query)."""
    return list(FundingApplication.objects.filter(call=call).order_by().values_list("state", flat=True))
