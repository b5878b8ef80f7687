"""The page on which a person gets or revokes the link, and the calendar behind it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Access, in_portal, person_of, public
from accounts.domain.guessing import link_was_invented
from accounts.enums import Action
from accounts.views.session import locked
from exchange.feed.entries import entries_for
from exchange.feed.links import link_of, make_link, reader_of, revoke_link
from records.calendars import MEDIA_TYPE, calendar_file
from records.parts import Link


@in_portal(Action.ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Make the link, which is shown once, or revoke it."""
    user, address = person_of(request), ""
    if "revoke" in request.POST:
        if revoke_link(user):
            messages.success(request, "Der Link öffnet nichts mehr.")
        return redirect("exchange:calendar")
    if request.method == "POST":
        secret = make_link(user, timezone.now())
        address = request.build_absolute_uri(reverse("exchange:calendar-feed", args=[secret]))
        messages.success(request, "Der Link ist erzeugt. Kopieren Sie ihn jetzt.")
    context = {
        "link": link_of(user),
        "address": address,
        "crumbs": [Link("Mein Konto", reverse("accounts:account")), Link("Kalender", "")],
    }
    return TemplateResponse(request, "exchange/calendar.html", context)


@public
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of the person whose link it is, by the rights of today."""
    user = reader_of(secret)
    if user is None:
        until = link_was_invented(request)
        if until:
            return locked(request, until)
        raise Http404("Diesen Kalender gibt es nicht.")
    entries = entries_for(Access(user), timezone.localdate())
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'inline; filename="lsz-portal.ics"',
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }
    return HttpResponse(calendar_file(entries, name="LSZ-Portal"), content_type=MEDIA_TYPE, headers=headers)
