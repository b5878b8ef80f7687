"""The steps in the life of a record: one page each with its conditions, its text and its button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import Access, access_of, in_municipality
from accounts.models import Municipality, User
from records.errors import DuplicateSubmission, StaleRecord, StepRefused
from records.forms.life import StepForm
from records.life.moving import take_step
from records.life.table import Attempt, Life
from records.pages.life import condition_lines, hindrances, unmet_in
from records.parts import Link
from records.views.sent_once import takes_changes


def nothing_more(record: Any, action: str) -> dict[str, Any]:
    """A page of a step without parts of its own."""
    return {}


@dataclass(frozen=True)
class StepPlace:
    """Where the pages of a life stand.

    ``get`` is gate 2 (Http404 without a row); ``back`` the page of the record, ``after`` the one to go to after a step;
    ``called`` what the record is called in the line below the title; ``back_label`` names the way back; ``more`` adds
    to the template's context. ``fails`` are errors after which the person looks again,
    those of the step's own work among them.
    """

    life: Life
    get: Callable[[Municipality, int, Access], Any]
    back: Callable[[Any], str]
    crumbs: Callable[[Any, str], list[Link]]
    after: Callable[[Any, str], str]
    called: Callable[[Any], str] = str
    back_label: str = "Zurück"
    look_again: str = "Sehen Sie sich den Eintrag noch einmal an und wiederholen Sie den Schritt."
    template: str = "records/life_step.html"
    more: Callable[[Any, str], dict[str, Any]] = nothing_more
    fails: tuple[type[Exception], ...] = (StaleRecord,)


def step_view(place: StepPlace, action: str) -> Callable[..., HttpResponseBase]:
    """The page of one step, with the right that the table of the life demands."""

    @takes_changes
    @in_municipality(place.life.moves[action].right)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
        return step_page(request, place, place.get(municipality, pk, access_of(request)), action)

    return view


def step_page(request: HttpRequest, place: StepPlace, record: Any, action: str) -> HttpResponse:
    """What the step does, what hinders it, its text; on POST the step itself."""
    life, back = place.life, place.back(record)
    move, label = life.moves[action], str(life.actions(action).label)
    if record.state not in move.origins and request.method != "POST":
        messages.info(request, life.not_now(action, record.state))
        return HttpResponseRedirect(back)
    sent = request.POST if request.method == "POST" else None
    attempt = Attempt(record, cast(User, request.user), timezone.now())
    looked = hindrances(life, action, attempt)
    missing = unmet_in(looked)
    hindered, needs_reason = any(not each.by_reason for each in missing), any(each.by_reason for each in missing)
    typed = bool(sent and sent.get("note"))  # nothing typed is lost, also where it does not help any more
    asks = typed or not (hindered or (move.reason_only and not needs_reason))
    why = needs_reason and not hindered
    form = StepForm(sent, label=label, move=move, version=record.version, asks=asks, why=why)
    if request.method == "POST" and form.is_valid():
        answer = take(request, place, record, action, form)
        if answer:
            return answer
    context = {
        "record": record,
        "action": action,
        "label": label,
        "called": place.called(record),
        "form": form,
        "meaning": move.meaning,
        "conditions": condition_lines(looked, attempt),
        "hindered": hindered,
        "despite": move.despite if why else "",
        "cancel_url": back,
        "back_label": place.back_label,
        "crumbs": place.crumbs(record, label),
        **place.more(record, action),
    }
    return TemplateResponse(request, place.template, context, status=422 if form.errors else 200)


def take(request: HttpRequest, place: StepPlace, record: Any, action: str, form: StepForm) -> HttpResponse | None:
    """Take the step; None where the form is to be shown again with what hindered it."""
    try:
        take_step(
            record=record,
            action=action,
            actor=cast(User, request.user),
            version=form.cleaned_data["version"],
            note=form.cleaned_data.get("note", ""),
            form_key=form.cleaned_data["form_key"],
        )
    except DuplicateSubmission:
        return HttpResponseRedirect(place.back(record))
    except StepRefused as error:
        for reason in error.reasons:
            form.add_error(None, reason)
    except place.fails as error:
        form.add_error(None, f"{error} {place.look_again}")
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        messages.success(request, place.life.moves[action].done.format(record=record))
        return HttpResponseRedirect(place.after(record, action))
    return None
