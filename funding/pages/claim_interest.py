"""What a claim comes to as it was demanded or paid: the principal, each stored segment of interest, and their sum."""

from datetime import date
from decimal import Decimal

from funding.domain.reckoning.steps import day, euro, percent
from funding.models import RepaymentClaim

Line = tuple[str, str, str]  # step, reckoning, result


def interest_lines(claim: RepaymentClaim) -> tuple[Line, ...]:
    """Nothing before the demand, or where no interest was reckoned; the segments are what was stored with the step."""
    if claim.interest is None:
        return ()
    lines = [("Betrag", str(claim.get_ground_display()), euro(claim.principal))]
    for each in claim.segments:
        first, last = (day(date.fromisoformat(each[name])) for name in ("first", "last"))
        share, days = percent(Decimal(each["percent"])), f"{each['days']}/{each['days_of_year']} Tage"
        text = f"{euro(Decimal(each['principal']))} × {share} × {days}"
        lines.append((f"{first} bis {last}", text, f"{each['interest']} €"))
    lines.append(("Zinsen", "zusammen, auf den Cent gerundet", euro(claim.interest)))
    return (*lines, ("Zusammen", "Betrag und Zinsen", euro(claim.principal + claim.interest)))
