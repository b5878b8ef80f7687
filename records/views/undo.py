"""Undoing an action on several records."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from accounts.access import in_municipality, person_of
from accounts.client import by_htmx
from accounts.enums import Action
from accounts.models import Municipality
from records.domain.batches import undo_batch
from records.errors import AlreadyUndone
from records.models import Batch
from records.queries.batches import own_batch
from records.queue import jobs
from records.queue.answers import MARK, handed_over, marked, place_of, too_many, waiting_page
from records.queue.jobs import Job, TooMany
from records.queue.process import start_process
from records.queue.replay import works_now

NAMED = 5  # kept records that the message names
MOST_ENTRIES = 100  # that are undone in one request, a second's work; more go to the queue


@in_municipality(Action.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Undo one's own batch, with the rights that its records ask for, and go back to where one was (``next``).

    GET shows how far a large one is.
    """
    batch = own_batch(municipality, person_of(request), pk)
    if batch is None:
        raise Http404("Diese Aktion gibt es nicht.")
    if len(batch.entries) > MOST_ENTRIES and not works_now(request):
        return by_queue(request, f"/{municipality.slug}/", pk)
    return undo_now(request, municipality, batch) if request.method == "POST" else HttpResponseNotAllowed(["POST"])


def by_queue(request: HttpRequest, back: str, pk: int) -> HttpResponse:
    """Leave it to the queue, or say what has become of it."""
    wish = Job.of(request, "Rückgängig machen", key=["undo", pk], address=request.path, body=request.POST.urlencode())
    if request.method == "POST":
        try:
            jobs.add(wish)
        except TooMany as error:
            return too_many(request, error, back)
        start_process()
        return HttpResponseRedirect(marked(request.path))
    job, outcome = jobs.find(wish.name), jobs.outcome_of(wish.name, jobs.KEPT)
    if job is None:
        return HttpResponseRedirect(back)
    if outcome is None:
        start_process()
        doing = "Viele Einträge werden zurückgenommen"
        return waiting_page(request, place_of(job), address=request.path, back=back, doing=doing)
    if MARK in request.GET and by_htmx(request):
        return HttpResponse(headers={"HX-Redirect": request.path})
    jobs.forget(job.name)
    return handed_over(request, outcome, back)


def undo_now(request: HttpRequest, municipality: Municipality, batch: Batch) -> HttpResponse:
    """Undo it, say what came of it, and go back."""
    try:
        undone = undo_batch(batch=batch, actor=person_of(request))
    except AlreadyUndone as error:
        messages.info(request, str(error))
    else:
        messages.success(request, f"Rückgängig gemacht: {batch}.")
        if undone.kept:
            names = "; ".join(f"„{name}“" for name in undone.kept[:NAMED])
            more = f" und {len(undone.kept) - NAMED} weitere" if len(undone.kept) > NAMED else ""
            messages.warning(
                request,
                f"Seither geändert oder anderswo verwendet, deshalb unverändert: {names}{more}. Ändern "
                "Sie es dort, wenn es anders sein soll.",
            )
    target = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/")
    return HttpResponseRedirect(target if inside else f"/{municipality.slug}/")
