"""Who reviews a submitted plan until when; the chapter beside a remark and what has changed in it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.access import in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from plans.compare import compare
from plans.domain.reviewing import NOT_NOW, OPEN, assign_review
from plans.enums import AnyChapter
from plans.errors import DamagedVersion
from plans.forms.review import ReviewForm
from plans.models import Plan
from plans.pages.life import remark_notes
from plans.parsing import read_plain
from plans.queries.comparing import renamed_fields
from plans.queries.review import review_of
from plans.queries.stored import stored_part
from plans.queries.versions import approved_before, remarks_of, state_label, versions_of
from plans.shapes import Row
from plans.views.plan_detail import ChapterLink, stored_chapters
from plans.views.plans import BOTH, crumbs, get_plan, url_of
from records.errors import StaleRecord, StepRefused
from records.parts import Link
from records.views.kept import keeps_form

STALE = "Jemand anderes hat das inzwischen geändert. Prüfen Sie, was jetzt gilt, und speichern Sie erneut."
NONE_APPROVED = "Vor dieser Fassung wurde noch keine bewilligt; es gibt nichts zu vergleichen."


# ---------------------------------------------------------------- who, until when
@in_municipality(Action.REVIEW)
@keeps_form
@require_http_methods(BOTH)
def plan_review(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The person in charge and the day, while the edition waits for the ministry."""
    plan = get_plan(municipality, pk)
    version = versions_of(plan).filter(edition=plan.edition).first()
    if version is None:
        raise Http404("Zu diesem Plan gibt es noch keine Fassung.")
    back = url_of("plan-detail", municipality, plan.pk)
    if request.method != "POST" and plan.state not in OPEN:
        messages.info(request, NOT_NOW)
        return HttpResponseRedirect(back)
    review = review_of(version)
    form = ReviewForm(request.POST if request.method == "POST" else None, instance=review)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = store(request, form, version)
            if status == 302:
                messages.success(request, "Zuständigkeit gespeichert.")
                return HttpResponseRedirect(back)
    context = {
        "plan": plan,
        "form": form,
        "heading": "Zuständigkeit der Prüfung",
        "lead": f"{plan}, Fassung {plan.edition}",
        "save_label": "Zuständigkeit speichern",
        "cancel_url": back,
        "crumbs": crumbs(municipality, Link(str(plan), back), Link("Zuständigkeit", "")),
    }
    return TemplateResponse(request, "plans/plan_remark.html", context, status=status)


def store(request: HttpRequest, form: ReviewForm, version: Any) -> int:
    """The status of the answer: 302 where it was stored; else the sentence stands in the form."""
    try:
        assign_review(
            version=version,
            responsible=form.cleaned_data["responsible"],
            due=form.cleaned_data["due"],
            seen=form.cleaned_data["version"],
            actor=person_of(request),
        )
    except StaleRecord:
        form.add_error(None, STALE)
        return 409
    except StepRefused as error:
        form.add_error(None, str(error))
        return 422
    except ValidationError as error:
        form.add_error(None, error)
        return 422
    return 302


# ---------------------------------------------------------------- beside a remark
@dataclass(frozen=True)
class Beside:
    """The chapter as it was submitted, its remarks, and what differs from the last approved edition."""

    chapters: list[ChapterLink]
    page: Any
    notes: list[Any]
    old_label: str
    new_label: str
    rows: tuple[Row, ...]
    hint: str


def beside_remark(plan: Plan, version: Any, code: AnyChapter) -> Beside:
    """What a reviewer reads while she writes about a chapter."""
    pages, notes = stored_chapters(version), remark_notes(remarks_of(version), may_edit=True)
    address = url_of("remark-create", plan.municipality, plan.pk)
    old_label, rows, hint = changes_of(plan, version, code)
    return Beside(
        chapters=[
            ChapterLink(
                each.number,
                str(each.label),
                f"{address}?kapitel={each.slug}",
                each == code,
                "msg" if notes.get(each) else "",
                "mit Anmerkung" if notes.get(each) else "",
            )
            for each in pages
        ],
        page=pages.get(code, ""),
        notes=notes.get(code, []),
        old_label=old_label,
        new_label=f"Plan {version.year}, Fassung {version.edition}",
        rows=rows,
        hint=hint,
    )


def changes_of(plan: Plan, version: Any, code: AnyChapter) -> tuple[str, tuple[Row, ...], str]:
    """Label of the last approved edition, the rows of the chapter, and why there are none."""
    before: Any = approved_before(plan)
    if before is None:
        return "", (), NONE_APPROVED
    label = f"Plan {before.year}, Fassung {before.edition}, {state_label(before.state)}"
    try:
        old, new = (read_plain(stored_part(each, "content")) for each in (before, version))
    except DamagedVersion as error:
        return label, (), str(error)
    found = compare(old, new, renamed=renamed_fields(version.year) if before.year != version.year else {})
    rows = tuple(row for row in found.rows if row.chapter == code.number)
    return label, rows, "" if rows else f"In diesem Kapitel hat sich gegenüber {label} nichts geändert."
