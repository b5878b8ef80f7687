"""Writing the own text of a chapter, with the pages as they will be printed beside it."""

import json
from dataclasses import asdict
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import access_of, in_municipality, person_of
from accounts.client import by_htmx
from accounts.enums import Action
from accounts.models import Municipality
from accounts.typed import is_handed_back, keeps_drafts
from plans.builder import build_plan
from plans.domain.plans import save_chapter_text
from plans.drawing import chapter_pages
from plans.enums import ChapterCode
from plans.forms.plans import ChapterTextForm
from plans.models import ChapterText, Plan
from plans.pages.life import remarks_to_answer
from plans.pages.spots import spot_of_chapter
from plans.queries.plans import chapter_text
from plans.queries.versions import return_in_force
from plans.views.plans import BOTH, chapter_url, conflict_with, crumbs, get_code, get_plan, opened, saved, url_of
from printing.errors import RenderError
from printing.markup_faults import faults_in_chapter
from records.domain.sent_once import typed_values
from records.errors import RecordLocked, StaleRecord
from records.models.guard import why_locked
from records.pages.drafting import Build, drafting_of, keep
from records.parts import Conflict, Link
from records.queue.answers import Waiting, result_of
from records.queue.jobs import Job, TooMany, handed_out
from records.queue.replay import works_now
from records.spots import panels_at

PREVIEW = "vorschau"  # a button whose press stores nothing


@keeps_drafts
@in_municipality(Action.WRITE)
@require_http_methods(BOTH)
def plan_chapter(request: HttpRequest, municipality: Municipality, pk: int, chapter: str) -> HttpResponse:
    """The own text of a chapter: the form, and what the button of the preview asks for."""
    plan, code = get_plan(municipality, pk), get_code(chapter)
    if request.method != "POST" and (locked := why_locked(plan)):
        messages.info(request, locked)
        return HttpResponseRedirect(chapter_url(plan, code))
    build = partial(ChapterTextForm, instance=chapter_text(plan, code))
    if is_handed_back(request):
        return keep(request, municipality, opened(request, build), f"{plan}: {code.number} {code.label}")
    if request.method == "POST" and PREVIEW in request.POST:
        return preview(request, build, plan, code)
    form = opened(request, build)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save_chapter_text(
                plan=plan,
                code=code,
                text=form.cleaned_data["text"],
                left_out=form.cleaned_data["left_out"],
                left_out_reason=form.cleaned_data["left_out_reason"],
                version=form.opened_version,
                actor=person_of(request),
            )
        except StaleRecord:
            conflict = conflict_with(form, chapter_text(plan, code))
        except RecordLocked as error:
            form.add_error(None, str(error))
        else:
            return saved(request, f"Kapitel {code.number} gespeichert.", chapter_url(plan, code))
    return chapter_page(request, build, form, plan, code, conflict=conflict)


def preview(request: HttpRequest, build: Build, plan: Plan, code: ChapterCode) -> HttpResponse:
    """The pages with what is typed: alone for htmx, else on the page with the form as it was sent. Stores nothing."""
    form = build(data=request.POST)
    form.is_valid()
    found: dict[str, Any] = {"error": " ".join(form.errors.get("text", []))}
    if not found["error"]:
        found = drawn(plan, code, form.cleaned_data) if works_now(request) else drawn_by_queue(request)
    if hasattr(request, "of_job"):
        return JsonResponse(found)
    found["has_drawing"] = code == ChapterCode.TIMELINE
    found["faults"] = faults_in_chapter(str(form.data.get(form.add_prefix("text")) or ""))
    if by_htmx(request):
        waits = "waiting" in found
        headers = {"HX-Retarget": "#seiten-stand", "HX-Trigger": "seiten-folgen"} if waits else {}
        template = "plans/plan/_pages_wait.html" if waits else "plans/plan/_pages.html"
        return TemplateResponse(request, template, found, headers=headers)
    return chapter_page(request, build, build(typed=request.POST), plan, code, found=found)


def drawn(plan: Plan, code: ChapterCode, data: dict[str, Any]) -> dict[str, Any]:
    """The pages with what is typed, or why there are none."""
    unsaved = ChapterText(
        plan=plan,
        chapter=code,
        text=data.get("text", ""),
        left_out=data.get("left_out", False),
        left_out_reason=data.get("left_out_reason", ""),
    )
    content = build_plan(plan, only=code, unsaved=unsaved)
    try:
        return {"images": asdict(chapter_pages(content, content.chapters[0]))}
    except RenderError as error:
        return {"error": str(error)}


def drawn_by_queue(request: HttpRequest) -> dict[str, Any]:
    """The same from the queue, where only a person's newest preview waits; ``waiting`` while it is not there."""
    typed = typed_values(request.POST.lists())
    key = ["preview", request.path, typed]
    job = Job.of(request, "Vorschau", key=key, body=request.POST.urlencode(), latest="preview")
    try:
        outcome = result_of(job)
    except TooMany as error:
        return {"error": str(error)}
    if isinstance(outcome, Waiting):
        return {"waiting": outcome}
    handed_out(job.name, outcome)
    found: dict[str, Any] = json.loads(outcome.content or b"{}")
    return found or {"error": " ".join(text for _, text in outcome.told)}


def chapter_page(
    request: HttpRequest,
    build: Build,
    form: Any,
    plan: Plan,
    code: ChapterCode,
    *,
    conflict: Conflict | None = None,
    found: dict[str, Any] | None = None,
) -> HttpResponse:
    """The form beside its pages; 422 with errors, 409 with a conflict."""
    municipality, heading = plan.municipality, f"{code.number} {code.label}"
    context = {
        "form": form,
        "heading": heading,
        "lead": str(plan),
        "cancel_url": chapter_url(plan, code),
        "save_label": "Text speichern",
        "conflict": conflict,
        "drafting": drafting_of(request, municipality, build),
        "plan": plan,
        "returned": return_in_force(plan),
        "notes": remarks_to_answer(plan).get(code, []),
        "panels": panels_at(spot_of_chapter(plan, code), municipality, access_of(request)),
        "preview_url": url_of("plan-chapter", municipality, plan.pk, code.slug),
        "crumbs": crumbs(
            municipality,
            Link(str(plan), url_of("plan-detail", municipality, plan.pk)),
            Link(heading, ""),
        ),
    }
    status = 409 if conflict else 422 if form.errors else 200
    return TemplateResponse(request, "plans/plan_chapter.html", context | (found or {}), status=status)
