"""What a page answers whose file takes a while: the file where it is there, else „wird erzeugt“ (202), which goes on.

The address of a file stays the one way to it: asked again it answers 202 until it answers with the file. The page in
the browser asks for the same address with ``?wird-erzeugt``, so that it can say that the file is there before it comes.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.client import by_htmx
from accounts.confined.slots import Slots
from accounts.whole_files import need_room
from records.parts import Link
from records.queue import jobs
from records.queue.jobs import Job, Outcome, TooMany
from records.queue.order import standing
from records.queue.process import start_process
from records.queue.replay import works_now

MARK = "wird-erzeugt"  # in the address: the page asks, not the person
QUICK, PAUSE = 0.4, 0.02  # seconds that a request waits where nobody else does, and between two looks
SOON, LATER = 2, 5  # seconds until the page looks again: at work or next, and behind others
NUMBERS = ("", "ein anderes", "zwei andere", "drei andere", "vier andere", "fünf andere", "sechs andere")


@dataclass(frozen=True)
class Waiting:
    """A job that is not done. ``before``: how many come first; None while it is worked on."""

    job: Job
    before: int | None

    @property
    def seconds(self) -> int:
        """Until it is worth looking again."""
        return SOON if not self.before else LATER

    @property
    def sentence(self) -> str:
        """Where it stands, in words."""
        if self.before is None:
            return "Es ist gerade an der Reihe."
        if self.before == 0:
            return "Es ist als Nächstes an der Reihe."
        many = NUMBERS[self.before] if self.before < len(NUMBERS) else f"{self.before} andere"
        return f"Vorher {'kommt' if self.before == 1 else 'kommen'} noch {many} an die Reihe."

    @property
    def asked(self) -> str:
        """The time of day."""
        return f"{timezone.localtime(datetime.fromtimestamp(self.job.asked_at, UTC)):%H:%M} Uhr"


def result_of(job: Job, *, may_wait: bool = True) -> Outcome | Waiting:
    """What came of the job, or where it stands; it is added where there is none. Raises TooMany.

    Waits a moment where a place is free and nobody waits, so that a small document comes directly.
    """
    outcome = jobs.outcome_of(job.name)
    if outcome:
        return outcome
    is_new = jobs.find(job.name) is None
    job = jobs.add(job)
    start_process()
    if may_wait and is_new and is_quiet(job):
        until = time.monotonic() + QUICK
        while time.monotonic() < until:
            time.sleep(PAUSE)
            outcome = jobs.outcome_of(job.name)
            if outcome:
                return outcome
    return place_of(job)


def is_quiet(job: Job) -> bool:
    """Whether nothing waits or is worked on but this job."""
    return all(other.name == job.name for other in jobs.unfinished()) and bool(Slots().free())


def place_of(job: Job) -> Waiting:
    """Where the job stands."""
    waiting, running = standing()
    if any(other.name == job.name for other in running):
        return Waiting(job, None)
    return Waiting(job, next((place for place, other in enumerate(waiting) if other.name == job.name), 0))


# ---------------------------------------------------------------- pages
def answered(request: HttpRequest, work: Callable[[], HttpResponse], *, called: str, back: str) -> HttpResponse:
    """The answer that ``work`` gives, made by the queue and only once for this person.

    ``called`` is the document in words, ``back`` the page to return to. Where the view answers the request of a job,
    ``work`` is done right here.
    """
    if works_now(request):
        return work()
    by_page, address = MARK in request.GET, address_of(request)
    job = Job.of(request, called, address=address)
    try:
        found = result_of(job, may_wait=not by_page)
    except TooMany as error:
        return too_many(request, error, back)
    if isinstance(found, Waiting):
        return waiting_page(request, found, address=address, back=back)
    if by_page and by_htmx(request):
        return HttpResponse(headers={"HX-Redirect": marked(address)})
    if by_page and found.status == 200:
        context = {"called": called, "file_url": address, "back": back, "crumbs": [Link(called, "")]}
        return TemplateResponse(request, "records/queue_ready.html", context)
    jobs.handed_out(job.name, found)
    return handed_over(request, found, back)


def address_of(request: HttpRequest) -> str:
    """The address of the file, whoever asks."""
    query = request.GET.copy()
    query.pop(MARK, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def marked(address: str) -> str:
    """The address under which the page looks again."""
    return f"{address}{'&' if '?' in address else '?'}{MARK}=1"


def waiting_page(
    request: HttpRequest, waiting: Waiting, *, address: str, back: str, doing: str = "", rows: tuple[int, int] = (0, 0)
) -> HttpResponse:
    """„… wird erzeugt“; htmx gets the inner part alone. ``rows`` are those that are done, and all.

    Raises OSError where the disk is full.
    """
    need_room(jobs.folder())  # nobody shall wait for what cannot come
    called = waiting.job.called
    context = {
        "heading": doing or f"{called} wird erzeugt",
        "waiting": waiting,
        "again_url": marked(address),
        "back": back,
        "crumbs": [Link(called, "")],
        "is_file": not doing,
        "done": rows[0],
        "total": rows[1],
    }
    inner = by_htmx(request) and MARK in request.GET
    template = "records/_queue_wait.html" if inner else "records/queue_wait.html"
    headers = {"Retry-After": str(waiting.seconds), "Cache-Control": "private, no-store"}
    return TemplateResponse(request, template, context, status=200 if inner else 202, headers=headers)


def too_many(request: HttpRequest, error: TooMany, back: str) -> HttpResponse:
    """Enough is waiting: the sentence, and after which time it is worth another try."""
    headers = {"Retry-After": "60", "Cache-Control": "private, no-store"}
    context = {"sentence": str(error), "back": back, "crumbs": [Link("Im Moment nicht möglich", "")]}
    return TemplateResponse(request, "records/queue_full.html", context, status=error.status, headers=headers)


def handed_over(request: HttpRequest, outcome: Outcome, back: str) -> HttpResponse:
    """The answer as the view gave it, with its messages; where there is none, the page at ``back`` says why."""
    for level, text in outcome.told:
        messages.add_message(request, level, text)
    if outcome.status != 200:
        return HttpResponseRedirect(outcome.headers.get("Location", back))
    return HttpResponse(outcome.content, headers=outcome.headers)
