"""Undoing an action on several records."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from records.domain.batches import undo_batch
from records.errors import AlreadyUndone
from records.queries.batches import own_batch

NAMED = 5  # kept records that the message names


@in_municipality(Action.WRITE, Action.SUPPORT)
@require_POST
def undo(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """Undo one's own batch and go back to where one was (``next``)."""
    batch = own_batch(municipality, request.user, pk)  # type: ignore[arg-type]
    if batch is None:
        raise Http404("Diese Aktion gibt es nicht.")
    try:
        undone = undo_batch(batch=batch, actor=request.user)  # type: ignore[arg-type]
    except AlreadyUndone as error:
        messages.info(request, str(error))
    else:
        messages.success(request, f"Rückgängig gemacht: {batch}.")
        if undone.kept:
            names = "; ".join(f"„{name}“" for name in undone.kept[:NAMED])
            more = f" und {len(undone.kept) - NAMED} weitere" if len(undone.kept) > NAMED else ""
            messages.warning(request, f"Seither geändert oder anderswo verwendet, deshalb unverändert: {names}{more}.")
    target = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/")
    return HttpResponseRedirect(target if inside else f"/{municipality.slug}/")
