"""The list of released payments for the cash office (Kassenanordnung), with whole account numbers."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from funding.domain.payments.cash_orders import cash_orders
from records.tables.writing import CSV_TYPE, csv_bytes, harmless

HEADS = ["Aktenzeichen", "Vorhaben", "Kontoinhaber", "IBAN", "Betrag in Euro", "Geplant zum", "Verwendungszweck"]


@in_municipality(Action.WRITE)
@require_safe
def cash_list(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """What is released and not paid yet, as CSV."""
    name = f"{municipality.ags}-{municipality.slug}-kassenanordnung.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(csv_bytes(HEADS, rows(municipality)), content_type=CSV_TYPE, headers=headers)


def rows(municipality: Municipality) -> Iterator[list[Any]]:
    """One for each payment."""
    for order in cash_orders(municipality):
        payment, case = order.payment, order.payment.application
        told = [case.case_number, case.title, order.holder, case.iban, payment.amount, payment.planned_on]
        told.append(order.purpose)
        yield [harmless(cell) for cell in told]
