"""A step whose work is slow is claimed before the work begins: by a job of the record, whoever asks for it.

While it lasts, the same form and the same person end at the page that says so, others are told who has begun when. The
claim is the job: it goes on when its process has died, and is over with what came of it.
"""

import json
import uuid
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from accounts.client import by_htmx
from accounts.models import User
from records.parts import Link
from records.queue import jobs
from records.queue.answers import MARK, handed_over, marked, place_of, waiting_page
from records.queue.jobs import Job, Outcome
from records.queue.process import start_process

REFUSED = 422  # the outcome of a step that was not possible; its content are the reasons


@dataclass(frozen=True)
class Claim:
    """A step with a record that somebody has begun, as a person sees it. ``outcome`` is None while it lasts.

    ``is_own``: it is this person's, and the page asked for is the one of the step.
    """

    job: Job
    outcome: Outcome | None
    is_own: bool

    @classmethod
    def of(cls, record: Any, request: HttpRequest) -> "Claim | None":
        """What is known of the record; None where nobody has begun anything, or where it is over for this person."""
        job = jobs.find(claim_name(record))
        if job is None:
            return None
        outcome = jobs.outcome_of(job.name, jobs.KEPT)
        is_own = (job.person, urlsplit(job.address).path) == (request.user.pk, request.path)
        if outcome is None:
            start_process()
        return cls(job, outcome, is_own) if is_own or outcome is None else None

    @cached_property
    def reasons(self) -> list[str]:
        """Why the step was refused; empty where it was not."""
        return json.loads(self.outcome.content) if self.outcome and self.outcome.status == REFUSED else []

    @cached_property
    def told(self) -> Any:
        """What the person is told at the form: why the own step was refused, or what somebody has begun."""
        if self.is_own:
            return self.reasons
        return begun_by(self.job)

    def leads_on(self, *, is_possible: bool) -> bool:
        """Whether there is nothing to do but to wait, or to go where the step has led.

        A step that is possible again has led somewhere long ago.
        """
        return self.is_own and not self.reasons and (self.outcome is None or not is_possible)

    def is_about(self, sent: QueryDict | None) -> bool:
        """Whether its refusal is what this page has to show: nothing was sent, or just the form that was refused."""
        return bool(self.reasons) and (sent is None or sent.get("form_key") == self._sent.get("form_key"))

    def renewed(self, version: int) -> QueryDict:
        """The form as it was sent, to be sent once more. The refusal is told once."""
        jobs.forget(self.job.name)
        sent = self._sent.copy()
        sent["version"], sent["form_key"] = str(version), str(uuid.uuid4())
        return sent

    @property
    def _sent(self) -> QueryDict:
        return QueryDict(self.job.body)

    def page(self, request: HttpRequest, back: str) -> HttpResponse:
        """It lasts, or it leads to where the step leads."""
        if self.outcome is None:
            if request.method == "POST":
                return HttpResponseRedirect(marked(self.job.address))
            place = place_of(self.job)
            return waiting_page(request, place, address=self.job.address, back=back, doing=self.job.called)
        if MARK in request.GET and by_htmx(request):
            return HttpResponse(headers={"HX-Redirect": self.job.address})
        jobs.forget(self.job.name)
        return handed_over(request, self.outcome, back)


def begun_by(job: Job) -> str:
    """Who has begun what when, and what others do meanwhile."""
    person = User.objects.filter(pk=job.person).first()
    begun = f"begonnen von {person or 'jemand anderem'} um {place_of(job).asked}"
    return f"{job.called}, {begun}. Warten Sie, bis das fertig ist."


def lasting(record: Any, person: Any) -> Link | None:
    """What somebody has begun with the record and is not done, for its pages; leads on whose step it is."""
    job = jobs.find(claim_name(record))
    if job is None or jobs.outcome_of(job.name, jobs.KEPT) is not None:
        return None
    return Link(begun_by(job), marked(job.address) if job.person == person.pk else "")


def claim_step(request: HttpRequest, record: Any, doing: str) -> HttpResponse:
    """Leave the form that was sent to the queue; the page of the step then says what becomes of it. Raises TooMany."""
    job = replace(Job.of(request, doing, body=request.POST.urlencode()), name=claim_name(record))
    if jobs.outcome_of(job.name, jobs.KEPT):
        jobs.forget(job.name)
    jobs.add(job)
    start_process()
    return HttpResponseRedirect(marked(job.address))


def claim_name(record: Any) -> str:
    """The name of the job: the record's, so that there is one at a time."""
    return jobs.name_of(["step", record._meta.label, record.pk])
