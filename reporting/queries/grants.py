"""What the papers of the Landeszuwendung read."""

from decimal import Decimal
from typing import Any

from django.db.models import Sum

from accounts.models import Municipality
from funding.models import BudgetYear, OwnExpense, Payment, ProofOfUse


def paper_row(model: Any, municipality: Municipality, pk: int, *joined: str) -> Any:
    """The record of this municipality that a paper is of, or None (one query)."""
    rows = model._default_manager.filter(municipality=municipality, pk=pk)
    return rows.select_related("municipality", *joined).first()


def own_expenses(budget: BudgetYear, **only: Any) -> dict[int, Decimal]:
    """What the Kommune spent itself, by key of the line (one query)."""
    rows = OwnExpense.objects.filter(municipality=budget.municipality_id, line__budget_year=budget, **only).order_by()
    return dict(rows.values_list("line").annotate(spent=Sum("amount")))


def paid_in_year(municipality: Municipality, year: int, state: str) -> dict[int, Decimal]:
    """What was paid out, by key of the application of the year (one query)."""
    rows = Payment.objects.filter(municipality=municipality, application__year=year, state=state).order_by()
    return dict(rows.values_list("application").annotate(paid=Sum("amount")))


def proofs_of_year(municipality: Municipality, year: int, kind: str) -> list[ProofOfUse]:
    """The proofs of Träger for applications of the year, with application and positions (two queries)."""
    rows = ProofOfUse.objects.filter(municipality=municipality, application__year=year, kind=kind)
    rows = rows.select_related("application").prefetch_related("positions")
    return list(rows.order_by("application__case_number", "pk"))
