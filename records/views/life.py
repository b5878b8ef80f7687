"""The steps in the life of a record: one page each with its conditions, its text and its button."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import Access, access_of, in_municipality, person_of
from accounts.models import Municipality
from records.errors import DuplicateSubmission, StaleRecord, StepRefused
from records.forms.life import StepForm
from records.forms.record import add_errors
from records.forms.step_fields import suggested_values
from records.life.moving import look_before, take_step, was_noted, was_taken
from records.life.table import Attempt, Life
from records.pages.life import Looked, condition_lines, hindrances, unmet_in
from records.parts import Link
from records.queue.claims import REFUSED, Claim, claim_step
from records.queue.jobs import TooMany
from records.queue.replay import works_now
from records.views.kept import keeps_form
from records.views.sent_once import may_repeat, takes_changes

ALREADY = "Der Schritt ist schon festgehalten, mit anderen Angaben; die hier sind nicht gespeichert."


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
    if claim and claim.leads_on(is_possible=life.has(action, record)):
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
    step = open_step(request, place, record, action, sent)
    form = step.form
    if sent is not None and form.is_valid():
        if claim and claim.told:
            form.add_error(None, claim.told)
        elif answer := take(request, place, action, step.attempt, form):
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
        "conditions": condition_lines(step.looked, step.attempt),
        "hindered": step.hindered,
        "despite": move.despite if step.why else "",
        "cancel_url": back,
        "back_label": place.back_label,
        "crumbs": place.crumbs(record, label),
        **place.more(record, action),
    }
    return TemplateResponse(request, place.template, context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class OpenStep:
    """A step as its page shows it: what was looked at, whether that hinders it, and whether a reason is wanted."""

    attempt: Attempt
    looked: Looked
    form: StepForm
    hindered: bool
    why: bool


def open_step(request: HttpRequest, place: StepPlace, record: Any, action: str, sent: QueryDict | None) -> OpenStep:
    """The step with what was typed, or with what is suggested for its fields."""
    life, move = place.life, place.life.moves[action]
    attempt = Attempt(record, person_of(request), timezone.now())
    looked = hindrances(life, action, attempt)
    hindered = any(not each.by_reason for each in unmet_in(looked))
    label = str(life.actions(action).label)
    make = partial(StepForm, sent, record=record, access=access_of(request), label=label, move=move)
    if move.fields:
        values = make(has_fields=True).values() if sent is not None else suggested_values(record, move)
        attempt = replace(attempt, values=values)
        looked = hindrances(life, action, attempt)
    needs_reason = any(each.by_reason for each in unmet_in(looked))
    # Nothing typed is lost, also where it does not help any more.
    asks = bool(sent and sent.get("note")) or not (hindered or (move.reason_only and not needs_reason))
    why = needs_reason and not hindered
    form = make(has_fields=sent is not None or not hindered, asks=asks, why=why)
    return OpenStep(attempt, looked, form, hindered, why)


def why_not(life: Life, action: str, record: Any, claim: Claim | None) -> str:
    """Why the page of the step does not open; empty where it does."""
    if claim and not claim.is_own:
        return str(claim.told)
    return "" if life.has(action, record) else life.not_now(action, record.state)


def take(request: HttpRequest, place: StepPlace, action: str, attempt: Attempt, form: StepForm) -> HttpResponse | None:
    """Take the step, or claim one whose work is slow; None where the form is to be shown again with what hindered it.

    The same form sent once more, and the same step by the same person from another window, lead to the same page; with
    other values for its fields it is told that they are not stored.
    """
    life, record, typed = place.life, attempt.record, form.cleaned_data
    move, note, key = life.moves[action], typed.get("note", ""), typed["form_key"]
    try:
        if move.prepare and not works_now(request):
            look_before(life, action, attempt, note.strip(), key)
            return claim_step(request, record, move.doing.format(record=record))
        take_step(
            record=record,
            action=action,
            actor=attempt.actor,
            version=typed["version"],
            note=note,
            form_key=key,
            values=attempt.values,
        )
    except TooMany as error:
        form.add_error(None, str(error))
    except (DuplicateSubmission, StaleRecord, StepRefused) as error:
        if is_done(life, action, attempt, typed["version"], error):
            return HttpResponseRedirect(place.after(record, action))
        for reason in reasons_of(place, error):
            form.add_error(None, reason)
    except place.fails as error:
        form.add_error(None, f"{error} {place.look_again}")
    except ValidationError as error:
        add_errors(form, error)
    else:
        messages.success(request, move.done.format(record=record))
        return HttpResponseRedirect(place.after(record, action))
    return None


def is_done(life: Life, action: str, attempt: Attempt, version: int, error: Exception) -> bool:
    """Whether a form sent before has done just this."""
    if isinstance(error, DuplicateSubmission):
        return was_noted(life, action, attempt)
    return was_taken(life, action, attempt, version)


def reasons_of(place: StepPlace, error: Exception) -> Iterable[str]:
    """Why the step was not taken, in sentences."""
    if isinstance(error, StepRefused):
        return error.reasons
    return [f"{ALREADY if isinstance(error, DuplicateSubmission) else error} {place.look_again}"]
