"""Taking in and answering reports of barriers."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from accounts.access import Access
from accounts.cleaning import clean_row
from accounts.domain.attempts import Limit, take
from accounts.enums import Action
from accounts.models import User
from overview.enums import BarrierState
from overview.models import BarrierReport
from records.domain.saving import refuse_used_key, use_key

HOUR = timedelta(hours=1)
PER_PERSON = Limit("barriers of a person", 5, HOUR, HOUR)
PER_ADDRESS = Limit("barriers of an address", 20, HOUR, HOUR)  # people without log-in


def takes_another(*, actor: User | None, address: str) -> bool:
    """Count an attempt; False where person or network address has sent too many in the last hour."""
    return take([(PER_PERSON, str(actor.pk)) if actor else (PER_ADDRESS, address)]) is None


@transaction.atomic
def report_barrier(*, page: str, description: str, contact: str, form_key: str = "") -> BarrierReport:
    """Store a report and tell the operator by e-mail; a mail that cannot be sent is logged.

    What was sent with the same words a moment ago is the same report. Raises ValidationError, DuplicateSubmission.
    """
    refuse_used_key(form_key)
    since = timezone.now() - HOUR
    report = BarrierReport(page=page, description=description, contact=contact)
    clean_row(report)
    words = {"page": report.page, "description": report.description, "contact": report.contact}
    same = BarrierReport.objects.filter(created_at__gte=since, **words)
    if (sent := same.filter(state=BarrierState.OPEN).first()) is not None:
        return sent
    report.full_clean()
    report.save()
    use_key(form_key, report.pk)
    if settings.OPERATOR_EMAIL:
        transaction.on_commit(lambda: tell_operator(report), robust=True)
    return report


def tell_operator(report: BarrierReport) -> None:
    """A mail without the contact, which stays in the portal."""
    text = (
        f"Seite: {report.page or 'nicht genannt'}\n\n{report.description}\n\n"
        "Im Portal unter „Gemeldete Barrieren“ steht, ob eine Antwort gewünscht ist."
    )
    send_mail("LSZ-Portal: Barriere gemeldet", text, None, [settings.OPERATOR_EMAIL])


@transaction.atomic
def answer_barrier(*, report: BarrierReport, actor: User) -> BarrierReport:
    """Store state and note; an answered report loses its contact. Raises PermissionDenied, ValidationError."""
    Access(actor).require(Action.PEOPLE)
    if report.state == BarrierState.ANSWERED:
        report.contact = ""
    clean_row(report)
    report.full_clean()
    report.save()
    return report
