"""Which rule of the Kommune holds for a class on a day, who decides by it, and how far the cases of a call are."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q

from accounts.models import Municipality
from funding.models import Call, Decider, FundingApplication, LocalFundingRule


def local_rule(municipality: Municipality, project_class: str, day: date) -> LocalFundingRule | None:
    """The rule that holds, or None: then nothing of it is checked (one query)."""
    rows = LocalFundingRule.objects.filter(municipality=municipality, project_class=project_class, valid_from__lte=day)
    return rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day)).order_by("-valid_from").first()


def decider_for(deciders: Iterable[Decider], amount: Decimal) -> Decider | None:
    """Who decides about an amount: the lowest limit that reaches it, else who has none; None where nobody is set."""
    found = list(deciders)
    reaching = [(each.up_to, each.pk, each) for each in found if each.up_to is not None and amount <= each.up_to]
    return min(reaching)[2] if reaching else next((each for each in found if each.up_to is None), None)


def states_in(call: Call) -> list[str]:
    """The state of every application of a call (one query)."""
    return list(FundingApplication.objects.filter(call=call).order_by().values_list("state", flat=True))
