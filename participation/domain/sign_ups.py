"""Registering for an event without account: a code by mail confirms it, its seat is given then (docs/adr/0057).

Seats are given in the order of the confirmations, and nobody who waits is overtaken. Whoever withdraws is forgotten.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.cleaning import clean_row
from accounts.domain.attempts import Limit, take
from accounts.domain.codes import code_problem, code_wait, key_of, new_code, new_secret
from accounts.text import fold
from participation.enums import Occurrence, Seat
from participation.models import Event, SignUp
from participation.queries.sign_ups import last_day, signed_up
from records.templatetags.german import datum

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STARTS = Limit("registrations of an address", 20, HOUR, HOUR)
NEWS = Limit("news of an event", 1, HOUR, HOUR)
MOST_PER_DAY = 500  # of one event
KEPT_DAYS = 30  # after the last day of the event
UNCONFIRMED_DAYS = 2
TOO_MANY = "Von hier kamen gerade schon viele Anmeldungen. Versuchen Sie es in einer Stunde noch einmal."
FULL_DAY = "Zu dieser Veranstaltung kamen heute schon sehr viele Anmeldungen. Versuchen Sie es morgen noch einmal."
TOLD_LATELY = "Alle Angemeldeten haben gerade eine E-Mail bekommen. Die nächste ist ab {} Uhr möglich."
TOO_FEW = (
    "Für so viele Personen reichen die Plätze nicht. Ihre bisherige Anmeldung bleibt. Melden Sie weniger Personen an."
)
ENDS = "Wer diesen Link kennt, kann die Anmeldung sehen und zurücknehmen. Geben Sie ihn nicht weiter."
COLUMNS = ("name", "organisation", "email", "address", "group", "people", "note", "key")


def why_closed(event: Event, today: date) -> str:
    """Why nobody can register now; empty where one can."""
    if event.state == Occurrence.CANCELLED:
        return "Die Veranstaltung ist abgesagt."
    if event.register_until is None:
        return "Zu dieser Veranstaltung ist keine Anmeldung nötig." if last_day(event) >= today else "Sie ist vorbei."
    if min(event.register_until, last_day(event)) < today or event.state == Occurrence.HELD:
        return f"Anmelden konnte man sich bis zum {datum(min(event.register_until, last_day(event)))}."
    return "" if event.is_announced else "Zu dieser Veranstaltung meldet man sich nicht im Portal an."


def held(event_id: int) -> Event:
    """The event, held until the transaction ends: two take the last seat in turn."""
    return Event.objects.select_for_update().get(pk=event_id)


# ---------------------------------------------------------------- registering
def sign_up(event: Event, values: dict[str, Any], *, address: str, at: datetime) -> str:
    """Keep what was typed, and send the code; returns the secret of the link. Raises ValidationError: too many."""
    if SignUp.objects.filter(event=event, started_at__gte=at - DAY).count() >= MOST_PER_DAY:
        raise ValidationError(FULL_DAY)
    if take([(STARTS, address)]) is not None:
        raise ValidationError(TOO_MANY)
    secret = new_secret()
    with transaction.atomic():
        row = SignUp(event=event, key=key_of(secret), address=fold(values["email"]), started_at=at, **values)
        clean_row(row)
        row.full_clean()
        row.save()
        send_code(row, at=at, address=address)
    return secret


@transaction.atomic
def send_code(row: SignUp, *, at: datetime, address: str) -> None:
    """Mail a code, asked for from that network address; the one before ends. Raises ValidationError: too many."""
    stored = SignUp.objects.select_for_update().select_related("event").get(pk=row.pk)
    if stored.confirmed_at is not None:
        return
    if problem := code_wait(stored, stored.address, address=address):
        raise ValidationError(problem)
    code = new_code(stored, at)
    stored.save()
    text = (
        f"Ihr Code für die Anmeldung zu „{stored.event.title}“: {code}\n\n"
        "Geben Sie ihn innerhalb von 24 Stunden auf der Seite ein, auf der Sie sich angemeldet haben. "
        "Erst danach sind Sie angemeldet.\n\n"
        "Wenn Sie sich nicht angemeldet haben, hat sich jemand bei der Adresse vertippt; Sie müssen nichts tun."
    )
    mail_later("Code für Ihre Anmeldung", text, stored.email)


def mail_later(subject: str, text: str, email: str) -> None:
    """Send when the transaction has ended well."""
    transaction.on_commit(lambda: send_mail(subject, text, None, [email]), robust=True)


@transaction.atomic
def wrong_code(row: SignUp, code: str, at: datetime) -> str:
    """Count the try; why the code opens nothing, or an empty sentence. The count stays where the code is wrong."""
    return code_problem(SignUp.objects.select_for_update().get(pk=row.pk), code, at)


@transaction.atomic
def confirm(row: SignUp, *, link: str, at: datetime) -> SignUp:
    """Give the seat or a place in the list of those who wait; confirmed once more it is the same.

    Somebody who has registered already with this address has changed the registration: it keeps its place in the order.
    Raises ValidationError: closed meanwhile, or more people than there are seats.
    """
    event = held(row.event_id)
    stored = SignUp.objects.select_for_update().get(pk=row.pk)
    if stored.confirmed_at is not None:
        return stored
    if closed := why_closed(event, timezone.localdate(at)):
        raise ValidationError(closed)
    before = signed_up(event).filter(address=stored.address).first()
    if before is not None:
        stored = changed(event, before, stored)
    else:
        stored.confirmed_at, stored.code = at, ""
        is_free = not waiting(event).exists() and fits(event, stored.people)
        stored.seat = Seat.GIVEN if is_free else Seat.WAITING
    stored.save()
    tell(stored, event, link)
    return stored


def changed(event: Event, before: SignUp, after: SignUp) -> SignUp:
    """The registration as it was sent once more; only its new link opens it."""
    more = after.people - before.people
    if before.seat == Seat.GIVEN and more > 0 and not fits(event, more):
        raise ValidationError(TOO_FEW)
    values = {name: getattr(after, name) for name in COLUMNS}
    after.delete()
    for name, value in values.items():
        setattr(before, name, value)
    return before


def waiting(event: Event) -> Any:
    """Who waits, the first who came first."""
    return signed_up(event).filter(seat=Seat.WAITING)


def fits(event: Event, people: int) -> bool:
    """Whether so many more find a seat."""
    if event.seats is None:
        return True
    taken = signed_up(event).filter(seat=Seat.GIVEN).aggregate(sum=Sum("people"))["sum"] or 0
    return bool(taken + people <= event.seats)


def tell(row: SignUp, event: Event, link: str) -> None:
    """The mail that confirms it, with the link by which it is taken back."""
    if row.seat == Seat.GIVEN:
        first = f"Sie sind angemeldet: {event.title}, {when(event)}."
    else:
        first = (
            f"Sie stehen auf der Warteliste: {event.title}, {when(event)}. Wird ein Platz frei, schreiben wir Ihnen."
        )
    where = f"\nOrt: {event.place}" if event.place else ""
    mail_later(first.partition(":")[0], f"{first}{where}\n\nAnsehen oder zurücknehmen: {link}\n\n{ENDS}", row.email)


def when(event: Event) -> str:
    """„17. Mai 2027, 17:00 Uhr“."""
    assert event.begin is not None
    days = event.begin.in_words + (f" bis {event.end.in_words}" if event.end else "")
    return f"{days}, {event.starts_at} Uhr" if event.starts_at else days


# ---------------------------------------------------------------- leaving and moving up
@transaction.atomic
def withdraw(row: SignUp) -> None:
    """Forget the registration, and give its seat to whoever waits."""
    event = held(row.event_id)
    SignUp.objects.filter(pk=row.pk).delete()
    move_up(event)


@transaction.atomic
def move_up(event: Event) -> int:
    """Give free seats to those who wait, in their order, and tell them; returns to how many."""
    event, moved = held(event.pk), 0
    if event.state != Occurrence.PLANNED or last_day(event) < timezone.localdate():
        return 0
    for row in waiting(event):
        if not fits(event, row.people):
            break
        row.seat = Seat.GIVEN
        row.save(update_fields=["seat"])
        text = (
            f"Ein Platz ist frei geworden: Sie sind angemeldet, {event.title}, {when(event)}.\n\n"
            "Können Sie nicht kommen, nehmen Sie die Anmeldung bitte zurück. "
            "Den Link dazu haben Sie mit der Bestätigung bekommen."
        )
        mail_later("Sie haben einen Platz", text, row.email)
        moved += 1
    return moved


def tell_everybody(event: Event) -> int:
    """Mail to all who have registered what holds now: where and when, or that it is cancelled; returns to how many.

    Raises ValidationError: told within the last hour.
    """
    until = take([(NEWS, str(event.pk))])
    if until is not None:
        raise ValidationError(TOLD_LATELY.format(f"{timezone.localtime(until):%H:%M}"))
    is_off = event.state == Occurrence.CANCELLED
    what = f"Abgesagt: {event.title}, {when(event)}." if is_off else f"Es gilt: {event.title}, {when(event)}."
    where = f"\nOrt: {event.place}" if event.place and not is_off else ""
    text = f"{what}{where}\n\nSie bekommen diese E-Mail, weil Sie sich angemeldet haben."
    subject = "Veranstaltung abgesagt" if is_off else "Neues zu Ihrer Anmeldung"
    rows = list(signed_up(event))
    for row in rows:
        send_mail(subject, text, None, [row.email])
    return len(rows)


def forget_old(today: date, at: datetime) -> int:
    """Delete what nobody confirmed for two days, and what is 30 days older than its event. Returns how many."""
    gone = SignUp.objects.filter(confirmed_at__isnull=True, started_at__lt=at - UNCONFIRMED_DAYS * DAY).delete()[0]
    for event in Event.objects.filter(sign_ups__isnull=False).distinct():
        if event.begin is None or last_day(event) + KEPT_DAYS * DAY < today:
            gone += SignUp.objects.filter(event=event).delete()[0]
        else:
            move_up(event)
    return gone


# ---------------------------------------------------------------- the municipality
@transaction.atomic
def note_who_came(event: Event, came: Callable[[SignUp], bool]) -> int:
    """Keep who was there, as the municipality ticked it; returns how many people these are."""
    rows = list(signed_up(event).select_for_update())
    for row in rows:
        row.came = came(row)
    SignUp.objects.bulk_update(rows, ["came"])
    return sum(row.people for row in rows if row.came)
