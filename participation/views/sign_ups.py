"""Who has registered for an event: for the municipality alone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from participation.domain import sign_ups
from participation.domain.attendance import take_over_attendance
from participation.enums import Seat
from participation.models import Event
from participation.queries.sign_ups import event_of, seats_free, signed_up
from records.errors import PlanningError
from records.pages.crumbs import crumbs_for
from records.queries.batches import undo_address
from records.registry import kind_of
from records.tables.writing import CSV_TYPE, csv_bytes
from records.templatetags.german import datum
from records.text import fold, whole_number
from records.views.really import Really, ask, is_sure

HEADS = ["Name", "Einrichtung oder Ort", "Gruppe", "Personen", "E-Mail", "Hinweis", "Platz", "Angemeldet am", "War da"]


def get_event(municipality: Municipality, pk: int) -> Event:
    """Gate 2: an event of this municipality, or Http404."""
    event = event_of(municipality, pk)
    if event is None:
        raise Http404("Diese Veranstaltung gibt es nicht.")
    return event


@in_municipality(Action.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_list(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The list; tick who came, cancel for somebody who called, take over the attendance."""
    event = get_event(municipality, pk)
    here, problem = reverse("participation:sign-up-list", args=[municipality.slug, pk]), ""
    if request.method == "POST":
        if not is_sure(request) and (asked := question(request, event, here)):
            return ask(request, asked, crumbs=crumbs_for(kind_of(Event), municipality, event, last="Anmeldungen"))
        try:
            return HttpResponseRedirect(done(request, event, here))
        except (ValidationError, PlanningError) as error:
            problem = " ".join(getattr(error, "messages", None) or [str(error)])
    rows = list(signed_up(event))
    given = [row for row in rows if row.seat == Seat.GIVEN]
    public = reverse("participation:public-event", args=[municipality.slug, pk])
    context = {
        "event": event,
        "problem": problem,
        "given": given,
        "people": sum(row.people for row in given),
        "came": sum(row.people for row in rows if row.came),
        "waiting": [row for row in rows if row.seat == Seat.WAITING],
        "free": seats_free(event),
        "closed": sign_ups.why_closed(event, timezone.localdate()) if event.begin else "Es fehlt noch der Tag.",
        "public_url": request.build_absolute_uri(public) if event.is_announced and event.begin else "",
        "edit_url": kind_of(Event).url("update", municipality, pk),
        "days": sign_ups.KEPT_DAYS,
        "crumbs": crumbs_for(kind_of(Event), municipality, event, last="Anmeldungen"),
    }
    return TemplateResponse(request, "participation/sign_up_list.html", context, status=422 if problem else 200)


def question(request: HttpRequest, event: Event, here: str) -> Really | None:
    """What is asked before something that nobody takes back: a registration that goes, a mail to everybody."""
    rows = signed_up(event)
    if "_tell" in request.POST:
        text = f"Sie geht sofort an alle Angemeldeten und Wartenden: {rows.count()}."
        return Really(f"E-Mail an alle senden: „{event.title}“?", text, "E-Mail senden", here)
    row = rows.filter(pk=whole_number(request.POST.get("_cancel", "")) or 0).first()
    if row is None:
        return None
    text = "Die Angaben werden sofort gelöscht. Der Platz geht an die Warteliste, wenn jemand wartet."
    return Really(f"Anmeldung löschen: „{row.name}“?", text, "Anmeldung löschen", here)


def done(request: HttpRequest, event: Event, here: str) -> str:
    """Do what the button says; the address that follows. Raises as the functions of the domain.

    Ticks that came along are kept, whatever button was pressed.
    """
    actor = person_of(request)
    ticked = set(map(whole_number, request.POST.getlist("came")))
    if not {"_tell", "_move_up"} & set(request.POST) and ("_cancel" not in request.POST or "_ticks" in request.POST):
        count = sign_ups.note_who_came(event, lambda row: row.pk in ticked)
    if (key := whole_number(request.POST.get("_cancel", ""))) is not None:
        row = signed_up(event).filter(pk=key).first()
        if row is not None:
            sign_ups.withdraw(row)
            messages.success(request, f"Die Anmeldung von {row.name} ist gelöscht.")
        return here
    if "_tell" in request.POST:
        messages.success(request, f"E-Mails an alle Angemeldeten: {sign_ups.tell_everybody(event)}.")
        return here
    if "_move_up" in request.POST:
        moved = sign_ups.move_up(event)
        none = "Niemand rückt nach: Für die erste Anmeldung der Warteliste sind nicht genug Plätze frei."
        messages.info(request, f"Nachgerückt: {moved}. Wer einen Platz hat, bekommt eine E-Mail." if moved else none)
        return here
    if "_take_over" not in request.POST:
        messages.success(request, f"Gemerkt: {count} Personen waren da.")
        return here
    batch = take_over_attendance(event, actor=actor)
    if batch is None:
        messages.info(request, "Es gibt nichts zu übernehmen: Die Gruppen der Veranstaltung stehen schon so da.")
        return here
    return undo_address(kind_of(Event).url("detail", event.municipality, event.pk), batch.pk)


@in_municipality(Action.WRITE)
@require_safe
def sign_up_csv(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The list as a table."""
    event = get_event(municipality, pk)
    rows = (
        [
            row.name,
            row.organisation,
            row.get_group_display(),
            row.people,
            row.email,
            row.note,
            row.get_seat_display(),
            datum(row.confirmed_at),
            "ja" if row.came else "",
        ]
        for row in signed_up(event)
    )
    name = f"anmeldungen-{slugify(fold(event.title))[:60].strip('-') or pk}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(csv_bytes(HEADS, rows), content_type=CSV_TYPE, headers=headers)
