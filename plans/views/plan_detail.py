"""The page of a plan: where it stands, one of its chapters, remarks, findings, frozen editions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from accounts.access import Access, access_of, in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from plans.checks import CheckFinding, openable
from plans.domain.reviewing import OPEN
from plans.enums import AnyChapter, ChapterCode, PlanState
from plans.errors import DamagedVersion
from plans.models import ChapterText, Plan
from plans.pages.drafted import Drafted
from plans.pages.life import RemarkNote, joined, lead_notes, remark_notes, stations_of, version_url, ways
from plans.pages.papers import papers_of
from plans.pages.spots import hinted_chapters, spot_of_chapter
from plans.queries.plans import chapter_texts
from plans.queries.review import review_of
from plans.queries.stored import stored_pages
from plans.queries.versions import (
    base_for_comparison,
    editions_beside,
    receipt_of,
    remarks_are_sent,
    remarks_of,
    return_in_force,
    state_label,
    steps_taken,
)
from plans.views.plans import chapter_url, crumbs, get_plan, may_write, url_of
from printing.markup_faults import faults_in_chapter
from records.pages.drafting import begun_below
from records.parts import Link
from records.queue.claims import lasting
from records.spots import panels_at

LEGEND = (
    ("ok", "mit eigenem Text"),
    ("none", "ohne eigenen Text"),
    ("dropped", "ausgelassen"),
    ("msg", "Anmerkung offen"),
    ("gap", "Hinweis"),
    ("stop", "verhindert die Freigabe"),
)
HINTED = (("flag", "Hinweis der Prozessbegleitung"),)


@dataclass(frozen=True)
class ChapterLink:
    """A chapter in the list beside the preview. ``icon`` and ``state`` say the same in a sign and in words.

    ``hints`` says in words what of the process support waits there, beside whatever else is said.
    """

    number: int | str
    title: str
    url: str
    current: bool
    icon: str
    state: str
    hints: str = ""


@in_municipality(Action.READ)
@require_safe
def plan_detail(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """A plan: where it stands, its chapters, remarks, what still hinders it; frozen editions as they were stored."""
    plan, access = get_plan(municipality, pk), access_of(request)
    texts, editions, events = chapter_texts(plan), editions_beside(plan), steps_taken(plan)
    versions = editions[0]
    claimed = lasting(plan, person_of(request))
    steps = [] if claimed else ways(plan, access)
    version = next((version for version in versions if version.edition == plan.edition), None)
    pages = stored_chapters(version) if plan.is_frozen else {}
    codes: list[AnyChapter] = list(pages or ChapterCode)
    code = chosen_chapter(request, codes)
    shown = frozen_chapter(version, pages[code]) if plan.is_frozen else drafted_chapter(plan, ChapterCode(code), access)
    lacking = finding_signs(shown.get("findings", []))
    notes = joined(notes_on_page(access, plan, versions), lead_notes_for(access, plan))
    hinted = hinted_chapters(plan, access)
    context = {
        "crumbs": crumbs(municipality, Link(str(plan), "")),
        "plan": plan,
        "claimed": claimed,
        "code": code,
        "stations": stations_of(plan, events),
        "ways": steps,
        "main_way": next((way for way in steps if way.main), None),
        "chapters": [
            replace(chapter_link(plan, each, texts, notes, lacking, current=each == code), hints=hinted.get(each, ""))
            for each in codes
        ],
        "legend": (*LEGEND, *HINTED) if hinted else LEGEND,
        "before": chapter_step(plan, codes, code, -1),
        "after": chapter_step(plan, codes, code, 1),
        "notes": notes.get(code, []),
        "returned": return_in_force(plan, events),
        "begun": begun_below(request, url_of("plan-detail", municipality, plan.pk)) if plan.is_open else [],
        "events": events[:8],
        "versions": [VersionLine(v, state_label(v.state), version_url(v)) for v in versions],
        "base": base_for_comparison(plan, editions),
        "pdf_url": url_of("plan-pdf", municipality, plan.pk),
        "text": texts.get(code),
        "papers": papers_of(plan, plan.edition if plan.is_frozen else None),
        "panels": panels_at(spot_of_chapter(plan, code), municipality, access) if code in ChapterCode else [],
        **shown,
    }
    if plan.state == PlanState.IN_REVIEW and access.allows(Action.REVIEW, municipality):
        context["remark_url"] = f"{url_of('remark-create', municipality, plan.pk)}?kapitel={code.slug}"
    if plan.state in OPEN and version is not None:
        context["review"] = review_of(version)
        context["review_url"] = url_of("plan-review", municipality, plan.pk)
        context["may_review"] = access.allows(Action.REVIEW, municipality)
    if not plan.is_frozen and access.allows(Action.RELEASE, municipality):
        context["remark_url"] = f"{url_of('lead-remark-create', municipality, plan.pk)}?kapitel={code.slug}"
    context["may_write"] = may_write(request, municipality)
    if plan.is_open and context["may_write"]:
        context["text_url"] = url_of("plan-chapter", municipality, plan.pk, code.slug)
        context["edit_url"] = url_of("plan-update", municipality, plan.pk)
    return TemplateResponse(request, "plans/plan_detail.html", context)


def finding_signs(findings: list[CheckFinding]) -> dict[AnyChapter, tuple[str, str]]:
    """Sign and word of each chapter in which something is lacking, the worse of both kinds."""
    hints: dict[AnyChapter, tuple[str, str]] = {
        f.chapter: ("gap", "Hinweis") for f in findings if f.chapter and not f.blocking
    }
    stops: dict[AnyChapter, tuple[str, str]] = {
        f.chapter: ("stop", "verhindert die Freigabe") for f in findings if f.chapter and f.blocking
    }
    return {**hints, **stops}


def drafted_chapter(plan: Plan, code: ChapterCode, access: Access) -> dict[str, Any]:
    """A chapter of the draft from the records of now, and what the plan still lacks."""
    drafted = Drafted(plan)
    chapter, preview = drafted.chapter(code)
    return {
        "chapter": chapter,
        "preview": preview,
        "faults": () if chapter.is_left_out else faults_in_chapter(chapter.text),
        "findings": [openable(one, access, plan.municipality) for one in drafted.findings()],
        "timeline_url": reverse("insight:timeline", args=[plan.municipality.slug]),
    }


def frozen_chapter(version: Any, page: SafeString) -> dict[str, Any]:
    """A chapter of the frozen edition as it was stored, with its files and hashes."""
    receipt = receipt_of(version)
    return {
        "version": version,
        "page": page,
        "downloads": downloads_of(version),
        "receipt": receipt,
        "receipt_url": version_url(version, "plan-receipt") if receipt else "",
    }


def stored_chapters(version: Any) -> dict[AnyChapter, SafeString]:
    """The chapters that the edition has, as they were stored.

    A sentence in the place of each where the stored bytes are no longer those that were released.
    """
    try:
        pages = stored_pages(version)
    except DamagedVersion as error:
        return dict.fromkeys(ChapterCode, format_html('<p class="note warn">{}</p>', error))
    return {code: mark_safe(page) for code, page in pages.items()}  # made by the portal, covered by a checksum


def chosen_chapter(request: HttpRequest, codes: Iterable[AnyChapter]) -> AnyChapter:
    """The chapter that the address asks for, else the first."""
    codes = list(codes)
    return next((code for code in codes if code.slug == request.GET.get("kapitel")), codes[0])


def downloads_of(version: Any) -> list[Link]:
    """The files of a frozen edition."""
    return [
        Link("PDF", version_url(version, "plan-version-pdf")),
        Link("Word-Dokument (DOCX)", version_url(version, "plan-version-word")),
        Link("Plandaten (plan.json)", version_url(version, "plan-version-json")),
    ]


def lead_notes_for(access: Access, plan: Plan) -> dict[str, list[RemarkNote]]:
    """What the Leitung remarks on the draft; it stays between Leitung and planner."""
    if not access.allows(Action.WRITE, plan.municipality):
        return {}
    return lead_notes(plan, may_answer=True, may_edit=access.allows(Action.RELEASE, plan.municipality))


def notes_on_page(access: Access, plan: Plan, versions: list[Any]) -> dict[str, list[RemarkNote]]:
    """Remarks on the newest edition that has some the person may read, by chapter."""
    reviews = access.allows(Action.REVIEW, plan.municipality)
    for version in versions[:2]:
        if remarks_are_sent(version) or reviews:
            found = remark_notes(
                remarks_of(version),
                may_answer=version is versions[0]
                and remarks_are_sent(version)
                and access.allows(Action.WRITE, plan.municipality),
                sent_at=version.state_at if remarks_are_sent(version) else None,
                may_edit=reviews and plan.state == PlanState.IN_REVIEW and version.edition == plan.edition,
            )
            if found:
                return found
    return {}


@dataclass(frozen=True)
class VersionLine:
    """A frozen edition in the list of the plan's page."""

    version: Any
    state: str
    url: str


def chapter_link(
    plan: Plan,
    code: AnyChapter,
    texts: dict[str, ChapterText],
    notes: dict[str, list[RemarkNote]],
    lacking: dict[AnyChapter, tuple[str, str]],
    *,
    current: bool,
) -> ChapterLink:
    """A chapter with open remarks or findings, else with the state of its text."""
    text = texts.get(code)
    icon, state = "none", "ohne eigenen Text"
    if any(not note.settled for note in notes.get(code, [])):
        icon, state = "msg", "Anmerkung offen"
    elif code in lacking:
        icon, state = lacking[code]
    elif text and text.left_out:
        icon, state = "dropped", "ausgelassen"
    elif text and text.text.strip():
        icon, state = "ok", "mit eigenem Text"
    return ChapterLink(code.number, str(code.label), chapter_url(plan, code), current, icon, state)


def chapter_step(plan: Plan, codes: list[AnyChapter], code: AnyChapter, step: int) -> Link | None:
    """The way to the chapter before or after."""
    place = codes.index(code) + step
    if not 0 <= place < len(codes):
        return None
    return Link(f"{codes[place].number} {codes[place].label}".strip(), chapter_url(plan, codes[place]))
