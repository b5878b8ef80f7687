"""Which Kennzahl the address names, and the choice of Kennzahlen for the plan from their pages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from insight.figures.queries import read_figures
from insight.figures.series import OWN_KEY, Figure
from planning.domain.figures import show_in_plan
from planning.models import ReportedIndicator
from planning.queries.areas import entry_in_plan
from records.registry import kind_of
from records.text import whole_number

FIGURE = "kennzahl"


@require_POST
def _choose(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Let the plan show a Kennzahl; then the person says what it means."""
    figure = wanted_figure(request.POST, municipality)
    if figure.is_own:
        raise Http404("Eigene Kennzahlen stehen immer im Plan.")
    entry = show_in_plan(municipality=municipality, indicator=figure.pk, actor=person_of(request))
    messages.success(request, f"„{entry}“ steht jetzt im Plan. Schreiben Sie dazu, was die Zahlen zeigen.")
    return HttpResponseRedirect(kind_of(ReportedIndicator).url("update", municipality, entry.pk))


choose = in_municipality(Action.WRITE)(_choose)


def chosen_way(request: HttpRequest, municipality: Municipality, figure: Figure) -> dict[str, str]:
    """Where the plan's entry about this Kennzahl is (``url``), or how it gets one (``action``); one query.

    Kennzahlen of one's own stand in the plan anyway.
    """
    if figure.is_own:
        return {}
    pk = entry_in_plan(municipality, figure.pk)
    if pk is not None:
        return {"url": kind_of(ReportedIndicator).url("detail", municipality, pk)}
    may_write = access_of(request).allows(Action.WRITE, municipality)
    return {"action": reverse("insight:figures-choose", args=[municipality.slug])} if may_write else {}


def wanted_figure(query: QueryDict, municipality: Municipality) -> Figure:
    """The Kennzahl of the address; one without values does not exist here (404)."""
    number = figure_number(query.get(FIGURE))
    found = read_figures(municipality, indicators=[number]) if number else []
    if not found:
        raise Http404(
            "Zu dieser Kennzahl gibt es keine Werte. Tragen Sie zuerst welche ein, oder wählen Sie eine andere."
        )
    return found[0]


def figure_number(text: str | None) -> int | None:
    """The number behind „7“ or, of a Kennzahl of one's own, „e7“ (below zero)."""
    number = whole_number((text or "").removeprefix(OWN_KEY))
    return -number if number and text and text.startswith(OWN_KEY) else number
