"""„Höchstbeträge eintragen“: the greatest grants of all municipalities in one year, typed or pasted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import in_portal, person_of
from accounts.addresses import address
from accounts.enums import Action
from funding.domain.budget.maxima import Typed, places_in, read_pasted, store_maxima, stored_maxima
from planning.models import FundingRule
from records.amounts import Amount, read_euro, written
from records.parts import Link
from records.registry import kind_of
from records.text import whole_number
from records.views.sent_once import may_repeat

FIRST, LAST = 2000, 2100


@may_repeat  # the same amounts once more change nothing
@in_portal(Action.CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def maxima(request: HttpRequest) -> HttpResponse:
    """One row for each municipality; a pasted table fills the rows and is stored when they are sent."""
    asked = whole_number(request.POST.get("jahr") or request.GET.get("jahr"))
    year = asked if asked is not None and FIRST <= asked <= LAST else timezone.localdate().year + 1
    places = places_in(year)
    stored = {pk: row.maximum_grant for pk, row in stored_maxima(year).items()}
    typed = Typed(
        {place.pk: written(amount) if (amount := stored.get(place.pk)) is not None else "" for place in places}
    )
    errors: dict[int, str] = {}
    if request.method == "POST":
        typed.texts = {place.pk: request.POST.get(f"m{place.pk}", "").replace("\x00", "").strip() for place in places}
        pasted = read_pasted(request.POST.get("tabelle", "").replace("\x00", ""), places)
        typed = Typed(typed.texts | pasted.texts, pasted.problems)
        read = {pk: read_euro(text) for pk, text in typed.texts.items()}
        errors = {pk: each.sentence for pk, each in read.items() if not isinstance(each, Amount)}
        errors |= {pk: "Geben Sie einen Betrag ab 0 ein." for pk, each in read.items() if is_below_zero(each)}
        if not errors and not typed.problems and not pasted.texts:
            amounts = {pk: each.value for pk, each in read.items() if isinstance(each, Amount)}
            note = request.POST.get("hinweis", "").replace("\x00", "").strip()[:300]
            count = store_maxima(year, amounts, note, person_of(request))
            messages.success(request, f"Höchstbeträge {year}: {count} geändert." if count else "Nichts geändert.")
            return HttpResponseRedirect(f"{address('funding:maxima')}?jahr={year}")
    context: dict[str, Any] = {
        "year": year,
        "rows": [(place, typed.texts.get(place.pk, ""), errors.get(place.pk, "")) for place in places],
        "problems": typed.problems,
        "errors": errors,
        "filled": request.method == "POST" and not errors and not typed.problems,
        "note": request.POST.get("hinweis", ""),
        "crumbs": [
            Link("Programm", ""),
            Link("Förderregeln", kind_of(FundingRule).url("list", None)),
            Link("Höchstbeträge", ""),
        ],
    }
    return TemplateResponse(request, "funding/maxima.html", context, status=422 if errors or typed.problems else 200)


def is_below_zero(read: Any) -> bool:
    """Whether a text says an amount below zero."""
    return isinstance(read, Amount) and read.value is not None and read.value < 0
