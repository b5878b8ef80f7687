"""What of a grant is due after the proof, and what goes back (R6 to R8).

Source: ANBest-P section „2. Nachträgliche Ermäßigung“ exists [S]; the formulas are an „Annahme“: Anteilfinanzierung
shrinks proportionally, Fehlbedarfsfinanzierung by the full amount, Vollfinanzierung by new funds.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from funding.domain.reckoning.steps import DOWN, NOTHING, Step, cents_down, euro, percent, percent_of

FinancingKind = Literal["share", "gap", "fixed", "full"]  # values of funding.enums.FinancingKind


@dataclass(frozen=True)
class Grant:
    """A grant as decided: ``share`` in percent for Anteilfinanzierung; the plan has ``own`` and ``third``."""

    kind: FinancingKind
    amount: Decimal
    share: Decimal | None = None
    own: Decimal = NOTHING
    third: Decimal = NOTHING


@dataclass(frozen=True)
class Due:
    """What is due to the Träger in the end, at most the grant."""

    amount: Decimal
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Repayment:
    """What goes back; ``open`` is what is still to be paid out where less was paid than is due."""

    amount: Decimal
    open: Decimal
    proposes_waiver: bool | None  # None: no minor amount is set, so nothing is proposed
    steps: tuple[Step, ...]


def grant_due(grant: Grant, recognised: Decimal, new_funds: Decimal = NOTHING) -> Due:
    """R6. ``new_funds`` are Deckungsmittel that came after the decision. Raises ValueError without a share."""
    less_new = recognised - new_funds
    if grant.kind == "share":
        if grant.share is None:
            raise ValueError("Zur Anteilfinanzierung gehört ein Anteil in Prozent.")
        exact = percent_of(grant.share, max(NOTHING, less_new))
        base = f"({euro(recognised)} − {euro(new_funds)})" if new_funds else euro(recognised)
        found = cents_down(exact)
        first = Step("Anteil", f"{percent(grant.share)} × {base}", found, DOWN * (found != exact))
    elif grant.kind == "gap":
        parts = [recognised, grant.own, grant.third, *([new_funds] if new_funds else [])]
        found = recognised - grant.own - grant.third - new_funds
        first = Step("Fehlbedarf", " − ".join(map(euro, parts)), found)
    elif grant.kind == "fixed":
        first = Step("Anerkannt", "Festbetrag, höchstens die anerkannten Ausgaben", recognised)
    else:
        first = Step("Anerkannt", f"{euro(recognised)} − {euro(new_funds)}", less_new)
    due = max(NOTHING, min(first.result, grant.amount))
    return Due(due, (first, Step("Zuwendung", f"mindestens 0,00 €, höchstens {euro(grant.amount)}", due)))


def repayment(paid: Decimal, due: Decimal, minor_amount: Decimal | None = None) -> Repayment:
    """R7 and R8: what was paid above what is due; below the minor amount a waiver is proposed, a person decides."""
    back, still = max(NOTHING, paid - due), max(NOTHING, due - paid)
    label = "Noch auszuzahlen" if still else "Erstattung"
    formula = f"{euro(due)} − {euro(paid)}" if still else f"{euro(paid)} − {euro(due)}"
    waives = None if minor_amount is None else NOTHING < back < minor_amount
    return Repayment(back, still, waives, (Step(label, formula, still or back),))
