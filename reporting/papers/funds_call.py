"""The Mittelabruf as a sheet for the Land: on which notice, how much was called before, how much now, what stays."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from funding.domain.grants import NOTHING, in_force
from funding.models import FundsCall, StateNotice
from planning.queries.office import office_lines
from printing.papers.frame import MINISTRY, frame_of, running_origin
from printing.papers.making import document_pdf

KIND = "Mittelabruf"


@dataclass(frozen=True)
class Reckoned:
    """The amounts of a sheet, as of the day of the call: granted, called before it, called with it, what stays."""

    notice: StateNotice
    granted: Decimal
    before: Decimal
    now: Decimal

    @property
    def altogether(self) -> Decimal:
        """What is called with this sheet."""
        return self.before + self.now

    @property
    def left(self) -> Decimal:
        """What can be called after it."""
        return self.granted - self.altogether


def reckoned(call: FundsCall) -> Reckoned:
    """From the notices and calls of the grant; those of the same day that were entered earlier come first."""
    grant = call.notice.grant
    earlier = [
        each
        for each in FundsCall.objects.filter(notice__grant=grant).exclude(pk=call.pk)
        if (each.requested_on.first, each.pk) < (call.requested_on.first, call.pk)
    ]
    notice = in_force(grant.notices.all(), call.requested_on.last) or call.notice
    return Reckoned(notice, notice.amount, sum((each.amount for each in earlier), NOTHING), call.amount)


def call_pdf(call: FundsCall, created: datetime) -> bytes:
    """The sheet as PDF; ``call`` comes with notice, grant and municipality. Raises RenderError."""
    place, grant, today = call.municipality, call.notice.grant, timezone.localdate(created)
    frame = frame_of(
        place,
        KIND,
        as_of=today,
        subject=f"Landeszuwendung {grant.year}",
        example=call.is_example,
        office=office_lines(place),
    )
    context = {
        "frame": frame,
        "call": call,
        "grant": grant,
        "sums": reckoned(call),
        "addressee": MINISTRY,
        "origin": running_origin(today),
    }
    title = f"{KIND} vom {call.requested_on} – {place.name}"
    return document_pdf("reporting/papers/funds_call.html", context, title=title, created=created)
