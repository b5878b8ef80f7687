"""Announced events for everybody, and registering for one: without account, cookies and JavaScript."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.client import client_address
from accounts.open_forms import NOBODY, guard_fields, guard_problem, without_account
from participation.domain import sign_ups
from participation.forms.sign_ups import SignUpForm
from participation.models import Event, SignUp
from participation.queries.sign_ups import announced_at, seats_left, sign_up_of, somebody_waits
from planning.queries.office import office_lines
from records.calendars import MEDIA_TYPE, Entry, calendar_file
from records.vague import DAY
from records.views.really import Really, ask, is_sure

SALT, BUTTON = "participation.sign_up", "Anmelden"
OPEN = {"Cache-Control": "no-cache"}  # the address is no secret, and may be found
WITHDRAW, GOES = "Anmeldung zurücknehmen", "Ihre Angaben werden sofort gelöscht, und wer wartet, bekommt Ihren Platz."
LEFT = "zurueckgenommen"  # in the address: somebody has just withdrawn


def event_url(event: Event, name: str = "public-event") -> str:
    """The page of an announced event."""
    return reverse(f"participation:{name}", args=[event.municipality.slug, event.pk])


def render(request: HttpRequest, name: str, event: Event, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page about an event."""
    around = NOBODY | {
        "event": event,
        "place": event.municipality,
        "when": sign_ups.when(event),
        "office": office_lines(event.municipality),
        "days": sign_ups.KEPT_DAYS,
    }
    return TemplateResponse(request, f"participation/public/{name}.html", around | context, status=status)


def get_event(place: str, pk: int) -> Event:
    """An announced event, or Http404: what is not announced does not exist."""
    event = announced_at(place, pk, timezone.localdate())
    if event is None:
        raise Http404("Diese Veranstaltung ist nicht angekündigt.")
    return event


# ---------------------------------------------------------------- the page of the event
def _event(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    event, now = get_event(place, pk), timezone.now()
    closed = sign_ups.why_closed(event, timezone.localdate(now))
    form, problem, status = SignUpForm(request.POST if request.method == "POST" else None), "", 200
    if request.method == "POST":
        status = 422
        problem = closed or guard_problem(request, SALT, BUTTON)
        if not problem and form.is_valid():
            try:
                secret = sign_ups.sign_up(event, form.cleaned_data, address=client_address(request), at=now)
                return HttpResponseRedirect(reverse("participation:sign-up", args=[secret]))
            except ValidationError as error:
                problem, status = error.messages[0], 429
    context = {
        "form": form,
        "closed": closed,
        "problem": problem,
        "errors": errors_of(form),
        "left": seats_left(event) if not closed else None,
        "waits": not closed and somebody_waits(event),
        "has_left": LEFT in request.GET,
        "has_day": event.begin is not None and event.begin.precision == DAY,
        **guard_fields(request, SALT),
    }
    return render(request, "event", event, context, status)


def errors_of(form: SignUpForm) -> list[tuple[str, str]]:
    """Id of the control and sentence of everything that is wrong."""
    if not form.is_bound:
        return []
    return [
        (form[name].id_for_label, f"{form.fields[name].label}: {sentence}")
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _calendar(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    event = get_event(place, pk)
    if event.begin is None or event.begin.precision != DAY:
        raise Http404("Der Tag steht noch nicht fest.")
    url = request.build_absolute_uri(event_url(event))
    entry = Entry(
        uid=f"{event.uid}@{event.municipality.slug}.lsz-portal",
        title=event.title,
        first=event.begin.first,
        last=(event.end or event.begin).last,
        version=event.version,
        changed_at=event.changed_at,
        clock=event.starts_at,
        place=event.place,
        text=url,
        url=url,
        is_cancelled=event.state == "cancelled",
    )
    headers = {"Content-Disposition": f'attachment; filename="veranstaltung-{event.begin.iso}.ics"'}
    return HttpResponse(calendar_file([entry]), content_type=MEDIA_TYPE, headers=headers)


# ---------------------------------------------------------------- below the secret link
def of_sign_up(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A page of the registration that the secret opens, else 404."""

    @wraps(view)
    def shown(request: HttpRequest, secret: str) -> HttpResponseBase:
        row = sign_up_of(secret)
        if row is None:
            raise Http404("Diese Anmeldung gibt es nicht oder nicht mehr.")
        return view(request, row, secret)

    return without_account(shown, "/anmeldung/")


def _sign_up(request: HttpRequest, row: SignUp, secret: str) -> HttpResponse:
    here, now = reverse("participation:sign-up", args=[secret]), timezone.now()
    if request.method != "POST":
        return sign_up_page(request, row)
    if row.confirmed_at is not None:
        if "_withdraw" in request.POST:
            if not is_sure(request):
                return ask(request, Really(f"{WITHDRAW}: „{row.event.title}“?", GOES, WITHDRAW, here))
            sign_ups.withdraw(row)
            return HttpResponseRedirect(f"{event_url(row.event)}?{LEFT}=1")
        return HttpResponseRedirect(here)
    try:
        if "_again" in request.POST:
            sign_ups.send_code(row, at=now, address=client_address(request))
            return HttpResponseRedirect(here)
        problem = sign_ups.wrong_code(row, request.POST.get("code", ""), now)
        if not problem:
            sign_ups.confirm(row, link=request.build_absolute_uri(here), at=now)
            return HttpResponseRedirect(here)
    except ValidationError as error:
        problem = error.messages[0]
    return sign_up_page(request, row, problem=problem, status=422)


def sign_up_page(request: HttpRequest, row: SignUp, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Where the code is entered; confirmed, what holds."""
    name = "state" if row.confirmed_at else "code"
    context = {"row": row, "email": row.email, "problem": problem, "event_url": event_url(row.event)}
    return render(request, name, row.event, context, status)


event = without_account(_event, "/oeffentlich/", headers=OPEN)
calendar = without_account(_calendar, "/oeffentlich/", require_safe, headers=OPEN)
sign_up = of_sign_up(_sign_up)
