"""The steps in the life of a record: one page each with its conditions, its text and its button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import Access, access_of, in_municipality
from accounts.models import Municipality, User
from records.errors import DuplicateSubmission, StaleRecord, StepRefused
from records.forms.life import StepForm
from records.life.moving import look_before, take_step, was_taken
from records.life.table import Attempt, Life
from records.pages.life import condition_lines, hindrances, unmet_in
from records.parts import Link
from records.queue.claims import REFUSED, Claim, claim_step
from records.queue.jobs import TooMany
from records.queue.replay import works_now
from records.views.kept import keeps_form
from records.views.sent_once import may_repeat, takes_changes


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
    @may_repeat  # the version says whether the step was taken already
    @in_municipality(place.life.moves[action].right)
    @keeps_form
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
        return step_page(request, place, place.get(municipality, pk, access_of(request)), action)

    return view


def step_page(request: HttpRequest, place: StepPlace, record: Any, action: str) -> HttpResponse:
    """What the step does, what hinders it, its text; on POST the step itself."""
    life, back = place.life, place.back(record)
    move, label = life.moves[action], str(life.actions(action).label)
    claim = None if works_now(request) else Claim.of(record, request)
    if claim and claim.leads_on(is_possible=record.state in move.origins):
        return claim.page(request, back)
    hindrance = why_not(life, action, record, claim)
    if request.method != "POST" and hindrance and not (claim and claim.reasons):
        messages.info(request, hindrance)
        return HttpResponseRedirect(back)
    sent: QueryDict | None = request.POST if request.method == "POST" else None
    if claim and claim.is_about(sent):
        sent = claim.renewed(record.version)
    elif claim and claim.is_own:
        claim = None  # refused before; this is another form
    attempt = Attempt(record, cast(User, request.user), timezone.now())
    looked = hindrances(life, action, attempt)
    missing = unmet_in(looked)
    hindered, needs_reason = any(not each.by_reason for each in missing), any(each.by_reason for each in missing)
    typed = bool(sent and sent.get("note"))  # nothing typed is lost, also where it does not help any more
    asks = typed or not (hindered or (move.reason_only and not needs_reason))
    why = needs_reason and not hindered
    form = StepForm(sent, label=label, move=move, version=record.version, asks=asks, why=why)
    if sent is not None and form.is_valid():
        if claim and claim.told:
            form.add_error(None, claim.told)
        elif answer := take(request, place, record, action, form):
            return answer
    if form.errors and hasattr(request, "of_job"):
        return JsonResponse([text for texts in form.errors.values() for text in texts], safe=False, status=REFUSED)
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


def why_not(life: Life, action: str, record: Any, claim: Claim | None) -> str:
    """Why the page of the step does not open; empty where it does."""
    if claim and not claim.is_own:
        return str(claim.told)
    return "" if record.state in life.moves[action].origins else life.not_now(action, record.state)


def take(request: HttpRequest, place: StepPlace, record: Any, action: str, form: StepForm) -> HttpResponse | None:
    """Take the step, or claim one whose work is slow; None where the form is to be shown again with what hindered it.

    The same form sent once more, and the same step by the same person from another window, lead to the same page.
    """
    life, actor, typed = place.life, cast(User, request.user), form.cleaned_data
    move, note, key = life.moves[action], typed.get("note", ""), typed["form_key"]
    try:
        if move.prepare and not works_now(request):
            look_before(life, action, Attempt(record, actor, timezone.now()), note.strip(), key)
            return claim_step(request, record, move.doing.format(record=record))
        take_step(record=record, action=action, actor=actor, version=typed["version"], note=note, form_key=key)
    except DuplicateSubmission:
        return HttpResponseRedirect(place.after(record, action))
    except TooMany as error:
        form.add_error(None, str(error))
    except (StaleRecord, StepRefused) as error:
        if was_taken(life, action, record, actor, typed["version"]):
            return HttpResponseRedirect(place.after(record, action))
        reasons = error.reasons if isinstance(error, StepRefused) else (f"{error} {place.look_again}",)
        for reason in reasons:
            form.add_error(None, reason)
    except place.fails as error:
        form.add_error(None, f"{error} {place.look_again}")
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        messages.success(request, move.done.format(record=record))
        return HttpResponseRedirect(place.after(record, action))
    return None
