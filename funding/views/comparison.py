"""„Geplant und verausgabt“: what became of planned money, with a sentence where it came differently."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import in_municipality, person_of
from accounts.addresses import address
from accounts.enums import Action
from accounts.models import Municipality
from funding.domain.budget.comparing import Compared, compared
from funding.domain.budget.explaining import explain
from funding.domain.budget.life import LIFE
from funding.enums import BudgetState
from funding.models import BudgetLine, BudgetYear
from funding.pages.comparison import HEADS, cells_of, sums_of_all
from funding.queries.budget import years_of
from funding.views.budget import YEAR, chosen_year, year_tabs
from records.errors import DuplicateSubmission, RecordLocked, StaleRecord
from records.parts import Link
from records.places import home_link
from records.queries.batches import undo_address
from records.registry import kind_of

NO_YEAR = "Für dieses Jahr gibt es noch keinen Finanzplan, mit dem sich vergleichen ließe. Legen Sie ihn zuerst an."
Typed = dict[int, str]


@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def comparison(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """All lines of a year; the sentences are typed beside them and stored together."""
    years = years_of(municipality)
    year = chosen_year(years, request)
    if year is None:
        messages.info(request, NO_YEAR)
        return HttpResponseRedirect(address("funding:budget", municipality.slug))
    rows, error = compared(year, timezone.localdate()), ""
    typed = {row.line.pk: row.text for row in rows}
    if request.method == "POST":
        sent = {pk: request.POST.get(f"satz-{pk}", text).replace("\x00", "").strip() for pk, text in typed.items()}
        try:
            return HttpResponseRedirect(stored(request, year, rows, sent))
        except ValidationError as refused:
            typed, error = sent, " ".join(refused.messages)
        except (RecordLocked, StaleRecord) as refused:
            typed, error = sent, str(refused)
    context = {
        **page_of(municipality, year, rows, typed),
        "tabs": year_tabs(municipality, years, year, "funding:comparison"),
        "error": error,
        "form_key": request.POST.get("form_key") or str(uuid.uuid4()),
    }
    return TemplateResponse(request, "funding/budget_comparison.html", context, status=422 if error else 200)


def stored(request: HttpRequest, year: BudgetYear, rows: tuple[Compared, ...], typed: Typed) -> str:
    """Store the sentences; the address to go on at. Raises what saving raises."""
    back = f"{address('funding:comparison', year.municipality.slug)}?{YEAR}={year.year}"
    key = request.POST.get("form_key", "").replace("\x00", "")[:36]
    try:
        batch = explain(year=year, rows=rows, typed=typed, actor=person_of(request), form_key=key)
    except DuplicateSubmission as again:
        return undo_address(back, again.pk)
    return undo_address(back, batch.pk) if batch else back


def page_of(municipality: Municipality, year: BudgetYear, rows: tuple[Compared, ...], typed: Typed) -> dict[str, Any]:
    """What the template shows of the year."""
    closed, kind = year.state == BudgetState.CLOSED, kind_of(BudgetLine)
    plan = f"{address('funding:budget', municipality.slug)}?{YEAR}={year.year}"
    return {
        "year": year,
        "heads": HEADS,
        "rows": [
            {
                "label": row.label,
                "url": kind.url("detail", municipality, row.line.pk),
                "cells": cells_of(row),
                "needed": row.is_needed,
                "name": f"satz-{row.line.pk}",
                "text": typed[row.line.pk],
                "missing": row.is_needed and not typed[row.line.pk],
            }
            for row in rows
        ],
        "total": sums_of_all(rows),
        "locked": LIFE.says[year.state] if closed else "",
        "may_write": not closed and any(row.is_needed or typed[row.line.pk] for row in rows),
        "crumbs": [home_link(municipality), Link("Finanzplan", plan), Link("Vergleich", "")],
    }
