"""The page of a form with tables: shown, judged, stored as one batch that can be undone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse

from accounts.access import person_of
from accounts.models import Municipality
from funding.forms.rowed import RowedForm
from records.domain.batches import Recorder, record_batch
from records.errors import DuplicateSubmission, RecordInUse, RecordLocked, StaleRecord
from records.forms.record import add_errors
from records.pages.drafting import drafted_fields
from records.parts import Link
from records.queries.batches import undo_address


def nothing_more(form: Any, batch: Recorder) -> None:
    """A form that writes its rows alone."""


@dataclass(frozen=True)
class RowedPage:
    """What stands around the form. ``more`` writes what else belongs to it, ``done`` is the way after it."""

    heading: str
    lead: str
    save_label: str
    summary: str
    back: str
    crumbs: list[Link]
    example: bool = False
    more: Callable[[Any, Recorder], None] = nothing_more
    done: Callable[[Any], str] | None = None
    context: dict[str, Any] = field(default_factory=dict)


def answer(
    request: HttpRequest,
    municipality: Municipality,
    build: Callable[[QueryDict | None], RowedForm],
    page: RowedPage,
) -> HttpResponse:
    """The page, or what storing leads to."""
    if request.method != "POST":
        return show(request, build(drafted_fields(request)), page)
    form = build(request.POST)
    if form.is_valid():
        try:
            return store(request, municipality, form, page)
        except DuplicateSubmission as error:
            return HttpResponseRedirect(undo_address(page.back, error.pk))
        except (StaleRecord, RecordInUse, RecordLocked) as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            add_errors(form, error)
    return show(request, form, page, status=200 if form.only_reads else 422)


def store(request: HttpRequest, municipality: Municipality, form: RowedForm, page: RowedPage) -> HttpResponse:
    """All or nothing; raises what saving raises."""
    if (form.record is not None and form.record.pk is None) or form.has_changed():
        actor = person_of(request)
        key = form.cleaned_data["form_key"]
        with record_batch(municipality=municipality, actor=actor, summary=page.summary, form_key=key) as batch:
            form.write(batch, example=page.example)
            page.more(form, batch)
        assert batch.batch is not None
        return HttpResponseRedirect(undo_address(page.done(form) if page.done else page.back, batch.batch.pk))
    messages.info(request, "Nichts geändert: Hier steht, was schon gespeichert ist.")
    return HttpResponseRedirect(page.back)


def show(request: HttpRequest, form: RowedForm, page: RowedPage, status: int = 200) -> HttpResponse:
    """The page with what was typed; a draft that is shown again is not judged."""
    if status == 200 and form.is_bound:
        form.full_clean()
        form.errors.clear()
        form.confirmation = ""
    context = {"form": form, "page": page, "crumbs": page.crumbs, "cancel_url": page.back, **page.context}
    return TemplateResponse(request, "funding/rowed_form.html", context, status=status)
