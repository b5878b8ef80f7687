"""„Sitzung nacherfassen“: a session that took place, on one page and in one go."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from participation.agreement import due_before
from participation.domain.sessions import record_session
from participation.enums import Occurrence
from participation.forms.sessions import MOST_ROWS, ROWS, SessionForm, TaskRows, chosen_tasks
from participation.models import Body, Session
from participation.queries.sessions import asked_body, bodies_of, last_phase, next_title
from records.errors import DuplicateSubmission
from records.forms.record import CONFIRMED, answer_to
from records.models.agreement import new_questions
from records.pages.crumbs import crumbs_for
from records.pages.drafting import drafted_fields
from records.queries.batches import undo_address
from records.registry import kind_of
from records.text import whole_number
from records.views.kept import keeps_form

PREFIX = "aufgabe"
TOTAL = f"{PREFIX}-TOTAL_FORMS"


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def catch_up(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Enter a session afterwards; ``?gremium=`` presets the body. Two buttons load members or add rows of tasks."""
    preset = asked_body(municipality, request.GET.get("gremium"))
    if "gremium" in request.GET and preset is None:
        raise Http404("Dieses Gremium gibt es nicht.")
    bodies = bodies_of(municipality)
    if request.method != "POST":
        typed = drafted_fields(request)
        return show(
            request, municipality, SessionForm(typed, bodies=bodies, preset=preset), TaskRows(typed, prefix=PREFIX)
        )
    if "_laden" in request.POST or "_zeilen" in request.POST:
        data = prepared(request.POST, bodies)
        form, rows = SessionForm(data, bodies=bodies, preset=None), TaskRows(data, prefix=PREFIX)
        rows.first_new = whole_number(request.POST.get(TOTAL)) if "_zeilen" in request.POST else None
        return show(request, municipality, form, rows)
    form, rows = SessionForm(request.POST, bodies=bodies, preset=None), TaskRows(request.POST, prefix=PREFIX)
    if form.is_valid() & rows.is_valid() and has_answered(form, rows):
        answer = store(request, municipality, form, rows)
        if answer:
            return answer
    return show(request, municipality, form, rows, status=200 if form.only_reads else 422)


def prepared(post: QueryDict, bodies: list[Body]) -> QueryDict:
    """What was typed, with more rows, or with the number and phase that fit the newly chosen body."""
    data = post.copy()
    if "_zeilen" in post:
        data[TOTAL] = str(min(MOST_ROWS, (whole_number(post.get(TOTAL)) or 0) + ROWS))
    body = next((one for one in bodies if str(one.pk) == post.get("body")), None)
    if "_laden" in post and body:
        title = post.get("title", "").strip()
        if not title or (title[:1].isdigit() and title.endswith(". Sitzung")):
            data["title"] = next_title(body)
        data["phase"] = post.get("phase") or last_phase(body)
    return data


def has_answered(form: SessionForm, rows: Any) -> bool:
    """Whether the person has said that what hardly can be is right; else the questions stand above the form."""
    session = form.new_session()
    session.state = Occurrence.HELD
    asked = new_questions(session, {"attending_members": form.chosen_members()})
    asked += [sentence for task in chosen_tasks(rows) for _, sentence in due_before(task, session)]
    if not asked or form.data.get(CONFIRMED) == answer_to(asked):
        return True
    form.confirmation = answer_to(asked)
    form.add_error(None, asked)
    return False


def store(request: HttpRequest, municipality: Municipality, form: SessionForm, rows: Any) -> HttpResponse | None:
    """Store all and go to the session; None where the domain refuses, with its sentences at the fields."""
    kind, actor = kind_of(Session), person_of(request)
    session = form.new_session()
    session.state = Occurrence.HELD
    try:
        batch = record_session(
            municipality=municipality,
            actor=actor,
            session=session,
            members=form.chosen_members(),
            agenda=form.cleaned_data["agenda"],
            decisions=form.cleaned_data["decisions"],
            tasks=chosen_tasks(rows),
            form_key=form.cleaned_data["form_key"],
        )
    except DuplicateSubmission as error:
        messages.info(request, str(error))
        return HttpResponseRedirect(undo_address(kind.url("list", municipality), error.pk))
    except ValidationError as error:
        for name, errors in getattr(error, "error_dict", {None: error}).items():
            name = {"attending_members": "members"}.get(name, name)
            form.add_error(name if name in form.fields else None, errors)
        return None
    return HttpResponseRedirect(undo_address(kind.url("detail", municipality, session.pk), batch.pk))


def show(
    request: HttpRequest, municipality: Municipality, form: SessionForm, rows: Any, status: int = 200
) -> HttpResponse:
    """The page with what was typed; while members or rows are being loaded nothing is judged."""
    form.show_members_at_date()
    if status == 200 and form.is_bound:
        form.errors.clear()
        for row in rows.forms:
            row.errors.clear()
    context = {
        "form": form,
        "rows": rows,
        "has_loaded": "_laden" in request.POST,
        "first_new": getattr(rows, "first_new", None),  # row in which one goes on after more were asked for
        "wrong_rows": sum(1 for row in rows.forms if row.errors) if status != 200 else 0,
        "body": form.chosen_body,
        "when": form.date_typed(),
        "cancel_url": kind_of(Session).url("list", municipality),
        "body_url": kind_of(Body).url("create", municipality),
        "crumbs": crumbs_for(kind_of(Session), municipality, last="Nacherfassen"),
    }
    return TemplateResponse(request, "participation/session_catch_up.html", context, status=status)
