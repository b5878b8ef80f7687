"""Frozen editions: read from what was stored when they were released, never from the records."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.downloads import file_answer, file_name, pdf_answer
from insight.timeline import print_svg
from insight.timeline.paper import timeline_pdf
from plans.bodies import TimelineBody
from plans.enums import AnyChapter, ChapterCode
from plans.errors import DamagedVersion
from plans.models import Plan, PlanVersion
from plans.pages.life import RemarkNote, remark_notes, version_url
from plans.pages.papers import papers_of
from plans.queries.stored import origin_of, publisher_of, stored_content, stored_part
from plans.queries.versions import events_of, receipt_of, remarks_are_sent, remarks_of, state_label, versions_of
from plans.receipt import receipt_pdf
from plans.views.plan_detail import ChapterLink, chosen_chapter, downloads_of, stored_chapters
from plans.views.plans import crumbs, get_plan, url_of
from records.parts import Link


def get_version(plan: Plan, edition: int) -> Any:
    """A frozen edition of the plan with its state, or Http404."""
    version = versions_of(plan).filter(edition=edition).first() if edition < 32768 else None
    if version is None:
        raise Http404("Diese Fassung gibt es nicht.")
    return version


@in_municipality(Action.READ)
@require_safe
def plan_version(request: HttpRequest, municipality: Municipality, pk: int, edition: int) -> HttpResponse:
    """An edition as it was, chapter by chapter."""
    plan = get_plan(municipality, pk)
    version = get_version(plan, edition)
    pages = stored_chapters(version)
    code = chosen_chapter(request, pages)
    back = url_of("plan-detail", municipality, plan.pk)
    notes = visible_remarks(request, version)
    context = {
        "crumbs": crumbs(municipality, Link(str(plan), back), Link(f"Fassung {edition}", "")),
        "plan": plan,
        "version": version,
        "state": state_label(version.state),
        "chapters": version_chapters(version, pages, code, notes),
        "code": code,
        "page": pages[code],
        "notes": notes.get(code, []),
        "events": [event for event in events_of(plan) if event.version_id == version.pk],
        "receipt": receipt_of(version),
        "receipt_url": version_url(version, "plan-receipt"),
        "compare_url": f"{reverse('plans:plan-compare', args=[municipality.slug])}?alt=v{version.pk}",
        "downloads": downloads_of(version),
        "papers": papers_of(plan, edition),
        "issued_by": issued_by(version),
    }
    return TemplateResponse(request, "plans/plan_version.html", context)


def issued_by(version: PlanVersion) -> tuple[str, ...]:
    """Who issued the edition, as it says itself: administration, office, address; nobody where it is damaged."""
    try:
        content = stored_content(version)
    except DamagedVersion:
        return ()
    return tuple(line for line in (content.authority, *content.office) if line)


def version_chapters(
    version: PlanVersion, codes: Iterable[AnyChapter], current: AnyChapter, notes: dict[str, list[RemarkNote]]
) -> list[ChapterLink]:
    """The chapters of an edition; those with remarks are marked."""
    base = version_url(version)
    return [
        ChapterLink(
            code.number,
            str(code.label),
            f"{base}?kapitel={code.slug}",
            code == current,
            "msg" if notes.get(code) else "",
            "mit Anmerkung" if notes.get(code) else "",
        )
        for code in codes
    ]


def visible_remarks(request: HttpRequest, version: Any) -> dict[str, list[RemarkNote]]:
    """The remarks of an edition that the person may read, by chapter."""
    may_review = access_of(request).allows(Action.REVIEW, version.municipality)
    if not (may_review or remarks_are_sent(version)):
        return {}
    return remark_notes(remarks_of(version), sent_at=version.state_at if remarks_are_sent(version) else None)


@in_municipality(Action.READ)
@require_safe
def version_pdf(request: HttpRequest, municipality: Municipality, pk: int, edition: int) -> HttpResponse:
    """The PDF as it was stored."""
    return stored_file(request, get_version(get_plan(municipality, pk), edition), "pdf", "application/pdf", "pdf")


@in_municipality(Action.READ)
@require_safe
def version_json(request: HttpRequest, municipality: Municipality, pk: int, edition: int) -> HttpResponse:
    """The data as they were stored."""
    return stored_file(request, get_version(get_plan(municipality, pk), edition), "content", "application/json", "json")


@in_municipality(Action.READ)
@require_safe
def receipt_document(request: HttpRequest, municipality: Municipality, pk: int, edition: int) -> HttpResponse:
    """The receipt as PDF."""
    version = get_version(get_plan(municipality, pk), edition)
    receipt = receipt_of(version)
    if receipt is None:
        raise Http404("Diese Fassung ist nicht eingereicht.")
    name = file_name(municipality, "eingang", version.year, f"fassung-{edition}", ending="pdf")
    make, back = partial(receipt_pdf, version, receipt), version_url(version, "plan-receipt")
    return pdf_answer(request, make, name=name, back=back, called=f"Eingangsbestätigung ({version})")


@in_municipality(Action.READ)
@require_safe
def version_timeline(
    request: HttpRequest, municipality: Municipality, pk: int, edition: int, form: str
) -> HttpResponse:
    """The timeline as the edition has it, as PDF or SVG."""
    version = get_version(get_plan(municipality, pk), edition)
    try:
        content = stored_content(version)
    except DamagedVersion as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(version_url(version))
    body = next((chapter.body for chapter in content.chapters if chapter.code == ChapterCode.TIMELINE), None)
    if not isinstance(body, TimelineBody):
        raise Http404("In dieser Fassung steht kein Zeitstrahl.")
    name = file_name(municipality, "zeitstrahl", version.year, f"fassung-{edition}", ending=form)
    if form == "svg":
        drawing = print_svg(body.entries, today=content.day, origin=origin_of(version))
        return file_answer(drawing.encode(), name=name, media_type="image/svg+xml")
    make = partial(
        timeline_pdf,
        publisher_of(content),
        body.entries,
        window=None,
        lanes=(),
        selection="",
        origin=origin_of(version),
        office=content.office,
        today=content.day,
        created=timezone.now(),
    )
    return pdf_answer(request, make, name=name, back=version_url(version), called=f"Zeitstrahl ({version})")


def stored_file(request: HttpRequest, version: PlanVersion, part: str, media_type: str, ending: str) -> HttpResponse:
    """A stored part as attachment; a damaged one is not handed out, the page of the edition says so."""
    try:
        data = stored_part(version, part)
    except DamagedVersion as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(version_url(version))
    name = file_name(version.municipality, "plan", version.year, f"fassung-{version.edition}", ending=ending)
    return file_answer(data, name=name, media_type=media_type)


@in_municipality(Action.READ)
@require_safe
def plan_receipt(request: HttpRequest, municipality: Municipality, pk: int, edition: int) -> HttpResponse:
    """The receipt of a submission: when, what, with which hash, in time or late."""
    plan = get_plan(municipality, pk)
    version = get_version(plan, edition)
    receipt = receipt_of(version)
    if receipt is None:
        raise Http404("Diese Fassung ist nicht eingereicht.")
    back = url_of("plan-detail", municipality, plan.pk)
    context = {
        "crumbs": crumbs(municipality, Link(str(plan), back), Link("Eingangsbestätigung", "")),
        "plan": plan,
        "version": version,
        "receipt": receipt,
        "pdf_url": version_url(version, "plan-receipt-pdf"),
        "deadline": date.fromisoformat(due) if (due := receipt.details.get("deadline")) else None,
        "downloads": downloads_of(version),
    }
    return TemplateResponse(request, "plans/plan_receipt.html", context)
