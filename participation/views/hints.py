"""Giving a hint at a record or a chapter."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from participation.domain.hints import give_hint
from participation.forms.hints import HintForm
from participation.models import Hint
from records.errors import DuplicateSubmission
from records.forms.record import add_errors
from records.pages.crumbs import crumbs_for
from records.registry import kind_of
from records.spots import find_spot
from records.views.kept import keeps_form


@in_municipality(Action.ADVISE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def hint_create(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """A new hint at the place that the address names; back to that place when it is stored."""
    spot = find_spot(request.GET.get("zu", ""), municipality, access_of(request))
    if spot is None:
        raise Http404("Diese Stelle gibt es nicht.")
    form = HintForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            give_hint(
                municipality=municipality,
                spot=spot,
                title=typed["title"],
                text=typed["text"],
                actor=person_of(request),
                form_key=typed["form_key"],
            )
        except DuplicateSubmission:
            return HttpResponseRedirect(spot.url)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Hinweis gegeben.")
            return HttpResponseRedirect(spot.url)
    context = {
        "form": form,
        "spot": spot,
        "crumbs": crumbs_for(kind_of(Hint), municipality, last="Hinweis geben"),
    }
    return TemplateResponse(request, "participation/hint_form.html", context, status=422 if form.errors else 200)
