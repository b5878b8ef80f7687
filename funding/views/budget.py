"""„Finanzplan“: the plan of a year with sums and limits, the years side by side, a new year from the last one."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access_of, in_municipality, person_of
from accounts.addresses import address
from accounts.enums import Action
from accounts.models import Municipality
from accounts.policies import Right
from funding.domain.budget.new_year import create_year, proposal_for
from funding.models import BudgetLine, BudgetYear
from funding.pages.budget import HEADS, Budget, SumLine, several_years, sum_tables
from funding.queries.budget import years_of
from planning.queries.cycles import current_cycle
from records.errors import DuplicateSubmission
from records.models.guard import why_locked
from records.pages.life_panel import life_panel
from records.parts import Link
from records.places import home_link
from records.queries.batches import undo_address
from records.registry import kind_of
from records.text import whole_number

YEAR, PLAN = "jahr", "plan"
IN_CYCLE = "zyklus"
PAPER = "download"  # the sign of ways that give out a document
NOTHING_SENT = "Es ist nichts angelegt. Wählen Sie die Posten und senden Sie das Formular noch einmal."


def chosen_year(rows: list[BudgetYear], request: HttpRequest) -> BudgetYear | None:
    """The plan that the address names; else that of this year, or the newest before it, or the first."""
    if (plan := whole_number(request.GET.get(PLAN))) is not None:
        return next((row for row in rows if row.pk == plan), None)
    wanted, cycle = whole_number(request.GET.get(YEAR)), whole_number(request.GET.get(IN_CYCLE))
    named = [row for row in rows if row.year == wanted and cycle in (None, row.cycle_id)]
    if named or wanted is not None:
        return named[-1] if named else None
    today = timezone.localdate().year
    return next((row for row in reversed(rows) if row.year <= today), rows[0] if rows else None)


def year_tabs(
    municipality: Municipality, rows: list[BudgetYear], chosen: BudgetYear | None, route: str = "funding:budget"
) -> list[dict[str, Any]]:
    """Every plan, and the years of the current cycle that have none yet."""
    url = address(route, municipality.slug)
    several = {row.year for row in rows if sum(other.year == row.year for other in rows) > 1}
    tabs = [
        {
            "label": f"{row.year} ({row.cycle})" if row.year in several else str(row.year),
            "url": f"{url}?{YEAR}={row.year}" + (f"&{IN_CYCLE}={row.cycle_id}" if row.year in several else ""),
            "current": chosen is not None and row.pk == chosen.pk,
            "order": row.year,
        }
        for row in rows
    ]
    return sorted(tabs, key=lambda tab: tab["order"])


def missing_years(municipality: Municipality, rows: list[BudgetYear]) -> list[int]:
    """The years of the current cycle without a plan."""
    cycle = current_cycle(municipality)
    if cycle is None:
        return []
    known = {row.year for row in rows if row.cycle_id == cycle.pk}
    return [year for year in range(cycle.first_year, cycle.last_year + 1) if year not in known]


@in_municipality(Action.READ)
@require_safe
def overview(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The plan of one year, and all years beside it."""
    access, rows = access_of(request), years_of(municipality)
    chosen = chosen_year(rows, request)
    kind, line_kind = kind_of(BudgetYear), kind_of(BudgetLine)
    writes = line_kind.allows(Right.CHANGE, access, municipality)
    context: dict[str, Any] = {
        "tabs": year_tabs(municipality, rows, chosen),
        "years": rows,
        "side_by_side": several_years(municipality, rows) if len(rows) > 1 else (),
        "missing": [
            Link(str(year), f"{address('funding:budget-new', municipality.slug)}?{YEAR}={year}")
            for year in missing_years(municipality, rows)
        ]
        if writes
        else [],
        "crumbs": [home_link(municipality), Link("Finanzplan", "")],
        "new_url": address("funding:budget-new", municipality.slug) if writes else "",
    }
    if chosen is not None:
        may_type = writes and not why_locked(chosen)
        budget = Budget.of(chosen)
        context |= {
            "budget": budget,
            "heads": [HEADS[source] for source in budget.shown_sources],
            "rows": budget.rows(lambda line: line_kind.url("detail", municipality, line.pk)),
            "total": SumLine("Summe", budget.counted).cells(budget.shown_sources),
            "tables": sum_tables(budget) if budget.lines else (),
            "life": life_panel(kind, chosen, access),
            "grid_url": kind.rows_url(municipality, chosen.pk, line_kind) if may_type else "",
            "paste_url": f"{line_kind.url('import', municipality)}?zu={chosen.pk}" if may_type else "",
            "compares": writes,
            "export_url": f"{line_kind.url('xlsx', municipality)}?budget_year={chosen.pk}",
            "csv_url": f"{line_kind.url('csv', municipality)}?budget_year={chosen.pk}",
            "comparison_url": f"{address('funding:comparison', municipality.slug)}?{YEAR}={chosen.year}",
            "detail_url": kind.url("detail", municipality, chosen.pk),
            "papers": [each for each in kind.buttons("detail", municipality, access, chosen) if each.icon == PAPER],
        }
    return TemplateResponse(request, "funding/budget.html", context)


@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_year(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """A new year with the lines of the last one: shown first, chosen by ticks, stored together, undone together."""
    back = address("funding:budget", municipality.slug)
    cycle = current_cycle(municipality)
    missing = missing_years(municipality, years_of(municipality))
    asked = whole_number(request.POST.get(YEAR) or request.GET.get(YEAR))
    year = asked if asked in missing else missing[0] if missing else None
    proposal = proposal_for(municipality, cycle, year) if cycle and year else None
    wanted = {each.number for each in proposal.lines if not each.why_not} if proposal else set()
    key, error = request.POST.get("form_key", "").replace("\x00", "")[:36], ""
    if request.method == "POST":
        sent = request.POST.getlist("posten")
        wanted = {number for text in sent if (number := whole_number(text)) is not None}
        error = NOTHING_SENT
    if proposal and key:
        try:
            _, batch = create_year(
                proposal=proposal,
                municipality=municipality,
                actor=person_of(request),
                wanted=wanted,
                with_amounts="betraege" in request.POST,
                form_key=key,
            )
            return HttpResponseRedirect(undo_address(f"{back}?{YEAR}={year}", batch.pk))
        except DuplicateSubmission as again:
            return HttpResponseRedirect(undo_address(f"{back}?{YEAR}={year}", again.pk))
        except ValidationError as refused:
            error = " ".join(refused.messages)
    context = {
        "proposal": proposal,
        "cycle": cycle,
        "wanted": wanted,
        "with_amounts": "betraege" in request.POST or request.method != "POST",
        "years": missing,
        "error": error,
        "form_key": key or str(uuid.uuid4()),
        "cancel_url": back,
        "crumbs": [home_link(municipality), Link("Finanzplan", back), Link("Neues Jahr", "")],
    }
    return TemplateResponse(request, "funding/budget_new.html", context, status=422 if error else 200)
