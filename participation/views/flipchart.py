"""Flip chart, first step: lines are pasted, shown as they are understood, and stored as findings."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from participation.domain.findings import add_findings
from participation.forms.flipchart import PasteForm
from participation.models import Finding
from participation.queries.findings import Origin, asked_origin
from records.errors import DuplicateSubmission
from records.pages.crumbs import crumbs_for
from records.queries.batches import undo_address
from records.registry import kind_of
from records.views.kept import keeps_form


def sort_address(municipality: Municipality, origin: Origin | None) -> str:
    """The page on which the findings of an origin are sorted; without a record, all that are open."""
    address = reverse("participation:finding-sort", args=[municipality.slug])
    return f"{address}?{origin.query}" if origin and origin.query else address


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Paste lines; ``?veranstaltung=`` and its likes preset the origin. Leads to sorting."""
    preset, exists = asked_origin(municipality, request.GET)
    if not exists:
        raise Http404("Diesen Eintrag gibt es nicht.")
    form = PasteForm(request.POST if request.method == "POST" else None, municipality=municipality, preset=preset)
    if form.is_valid() and form.was_seen:
        answer = store(request, municipality, form)
        if answer:
            return answer
    kind = kind_of(Finding)
    context = {
        "form": form,
        "preset": preset,
        "reading": form.reading,
        "mark": form.mark if form.is_bound and not form.errors else "",
        "sort_url": sort_address(municipality, preset),
        "cancel_url": kind_of(type(preset.record)).url("detail", municipality, preset.record.pk)
        if preset
        else kind.url("list", municipality),
        "crumbs": crumbs_for(kind, municipality, last="Zeilen einfügen"),
    }
    return TemplateResponse(request, "participation/flipchart.html", context, status=422 if form.errors else 200)


def store(request: HttpRequest, municipality: Municipality, form: PasteForm) -> HttpResponse | None:
    """Store the lines and go on to sorting; None where the domain refuses, with its sentence in the form."""
    chosen, actor = form.chosen(), person_of(request)
    target = sort_address(municipality, chosen["origin"])
    key: Any = form.cleaned_data["form_key"]
    try:
        batch = add_findings(municipality=municipality, actor=actor, form_key=key, **chosen)
    except DuplicateSubmission as error:
        messages.info(request, str(error))
        return HttpResponseRedirect(undo_address(target, error.pk))
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    messages.success(request, f"{form.reading.note}.")
    return HttpResponseRedirect(undo_address(target, batch.pk))
