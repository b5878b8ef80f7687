"""Papers of a session: invitation, minutes, calendar file."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.downloads import file_answer, file_name, pdf_answer
from participation.models import Session
from records.registry import kind_of
from reporting.papers.calendar import MEDIA_TYPE, NO_DAY, has_day, session_calendar
from reporting.papers.session import invitation_pdf, minutes_pdf
from reporting.queries.sessions import session_with_papers, states_announced


def get_session(municipality: Municipality, pk: int) -> Session:
    """Gate 2: a session of this municipality, or Http404."""
    session = session_with_papers(municipality, pk)
    if session is None:
        raise Http404("Diese Sitzung gibt es nicht.")
    return session


def back_to(session: Session) -> str:
    """The session's page."""
    return kind_of(Session).url("detail", session.municipality, session.pk)


def paper(
    request: HttpRequest, municipality: Municipality, pk: int, make: Callable[[Session, datetime], bytes], word: str
) -> HttpResponse:
    """One of the PDFs of a session."""
    session = get_session(municipality, pk)
    name = file_name(municipality, word, session.held_on.iso, ending="pdf")
    called = f"{word.capitalize()} „{session.title}“"
    make_it = partial(make, session, timezone.now())
    return pdf_answer(request, make_it, name=name, back=back_to(session), called=called)


@in_municipality(Action.READ)
@require_safe
def invitation(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The invitation as PDF."""
    return paper(request, municipality, pk, invitation_pdf, "einladung")


@in_municipality(Action.READ)
@require_safe
def minutes(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The minutes as PDF."""
    return paper(request, municipality, pk, minutes_pdf, "protokoll")


@in_municipality(Action.READ)
@require_safe
def calendar(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The session as calendar file; without a day the session's page says what is missing."""
    session = get_session(municipality, pk)
    if not has_day(session):
        messages.info(request, NO_DAY)
        return HttpResponseRedirect(back_to(session))
    name = file_name(municipality, "sitzung", session.held_on.iso, ending="ics")
    return file_answer(session_calendar(session, *states_announced(session)), name=name, media_type=MEDIA_TYPE)
