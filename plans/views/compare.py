"""Two plans side by side, as page and PDF; the plan as editable Word document."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.downloads import PDF_TYPE, file_answer, file_name, made_answer
from planning.queries.office import office_lines
from plans.builder import build_plan
from plans.compare import Comparison, compare
from plans.content import plain
from plans.enums import ChangeGroup
from plans.errors import DamagedVersion
from plans.models import Plan
from plans.pages.life import version_url
from plans.queries.comparing import Side, renamed_fields, sides_of, usual_new, usual_old
from plans.queries.stored import stored_part
from plans.views.plans import crumbs, get_plan, url_of
from plans.views.versions import get_version
from plans.word import DOCX_TYPE, plan_docx, stored_docx
from printing.errors import RenderError
from printing.papers import document_pdf, frame_of
from records.parts import Link
from records.queue.answers import answered

CHOICE = re.compile(r"[ve]\d{1,18}")
BROKEN = "Diese Auswahl gibt es nicht. Wählen Sie zwei Fassungen aus den Listen."
SAME = "Auf beiden Seiten steht dieselbe Fassung. Wählen Sie zwei verschiedene."
TOO_FEW = "Zum Vergleichen braucht es zwei Fassungen oder Entwürfe. Bisher gibt es hier nur einen Plan."


@dataclass(frozen=True)
class Chip:
    """A group of rows as link with its number."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class CompareView:
    """What ``_plan_compare.html`` shows. ``hint`` says why nothing is compared, ``shown`` are the rows of the group."""

    page_url: str
    sides: tuple[Side, ...]
    old: Side | None = None
    new: Side | None = None
    group: str = ""
    hint: str = ""
    changes: Comparison | None = None
    shown: Comparison | None = None
    chips: tuple[Chip, ...] = ()
    pdf_url: str = ""


class Unknown(Exception):
    """A choice that is none."""


# ---------------------------------------------------------------- choosing
def chosen(sides: list[Side], value: str) -> Side | None:
    """The side of an address; None where nothing was chosen. Raises Unknown, Http404 (not this municipality's)."""
    if not value:
        return None
    if not CHOICE.fullmatch(value):
        raise Unknown
    side = next((side for side in sides if side.value == value), None)
    if side is None:
        raise Http404("Diese Fassung gibt es nicht.")
    return side


def drawn(plan: Plan) -> dict[str, object]:
    """A plan from the records, as it would stand in plan.json."""
    content: dict[str, object] = plain(build_plan(plan, with_changes=False))
    return content


def comparison_of(old: Side, new: Side) -> Comparison:
    """The comparison of two sides."""
    before, after = old.read(drawn), new.read(drawn)
    renamed = renamed_fields(after["year"]) if before.get("year") != after.get("year") else {}
    return compare(before, after, old_label=old.label, new_label=new.label, renamed=renamed)


def compare_view(municipality: Municipality, *, old: str = "", new: str = "", group: str = "") -> CompareView:
    """The comparison for a page; without a choice the newest plan and its base. Raises Http404."""
    sides = sides_of(municipality)
    page_url = url_of("plan-compare", municipality)
    view = partial(CompareView, page_url, tuple(sides))
    try:
        right = chosen(sides, new) or usual_new(sides)
        left = chosen(sides, old) or usual_old(sides, right)
    except Unknown:
        return view(hint=BROKEN)
    if left is None or right is None:
        return view(left, right, hint=TOO_FEW)
    if left == right:
        return view(left, right, hint=SAME)
    try:
        changes = comparison_of(left, right)
    except DamagedVersion as error:
        return view(left, right, hint=str(error))
    code = next((code for code in ChangeGroup if code.slug == group), None)
    address = {"alt": left.value, "neu": right.value}
    chips = [Chip("Alle", len(changes.rows), f"{page_url}?{urlencode(address)}", code is None)]
    for each in ChangeGroup:
        count = changes.counts.get(each, 0)
        if count or each != ChangeGroup.OTHER:
            url = f"{page_url}?{urlencode({**address, 'gruppe': each.slug})}"
            chips.append(Chip(str(each.label), count, url, code == each))
    pdf_url = f"{url_of('plan-compare-pdf', municipality)}?{urlencode(address)}"
    shown = changes.only(code)
    return view(left, right, code.slug if code else "", "", changes, shown, tuple(chips), pdf_url)


# ---------------------------------------------------------------- pages
@in_municipality(Action.READ)
@require_safe
def plan_compare(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Two plans side by side."""
    asked = {name: request.GET.get(key, "") for name, key in (("old", "alt"), ("new", "neu"), ("group", "gruppe"))}
    context = {
        "crumbs": crumbs(municipality, Link("Vergleich", "")),
        "comparison": compare_view(municipality, **asked),
        "heading_level": 1,
    }
    return TemplateResponse(request, "plans/plan_compare.html", context)


@in_municipality(Action.READ)
@require_safe
def plan_compare_document(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The same as PDF."""
    asked = {"old": request.GET.get("alt", ""), "new": request.GET.get("neu", "")}
    sides = sides_of(municipality)
    with suppress(Unknown):
        for value in asked.values():
            chosen(sides, value)

    def work() -> HttpResponse:
        view = compare_view(municipality, **asked)
        try:
            if view.changes is not None and view.old is not None and view.new is not None:
                name = file_name(municipality, "vergleich", view.old.label, view.new.label, ending="pdf")
                pdf = comparison_pdf(municipality, view.changes, timezone.localdate(), (view.old, view.new))
                return file_answer(pdf, name=name, media_type=PDF_TYPE)
            messages.info(request, view.hint)
        except RenderError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(view.page_url)

    return answered(request, work, called="Vergleich", back=url_of("plan-compare", municipality))


def comparison_pdf(municipality: Municipality, changes: Comparison, today: date, sides: Sequence[Side]) -> bytes:
    """The comparison in the print style of the plan; it names what each side is made of. Raises RenderError."""
    subject = f"{changes.old_label} und {changes.new_label}"
    office = office_lines(municipality)
    frame = frame_of(municipality, "Vergleich", as_of=today, subject=subject, example=changes.example, office=office)
    title = f"Vergleich: {subject} – {municipality.name}"
    created = datetime.combine(today, time(12), UTC)
    context = {"frame": frame, "changes": changes, "sides": sides}
    return document_pdf("plans/papers/comparison.html", context, title=title, created=created)


# ---------------------------------------------------------------- Word
@in_municipality(Action.READ)
@require_safe
def plan_word(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The draft as the records are now, as Word document to be worked on; a frozen plan as it was frozen."""
    plan = get_plan(municipality, pk)
    if plan.is_frozen:
        return HttpResponseRedirect(url_of("plan-version-word", municipality, plan.pk, plan.edition))
    name = file_name(municipality, "plan", plan.year, "entwurf", ending="docx")
    return made_answer(
        request,
        lambda: plan_docx(build_plan(plan)),
        name=name,
        media_type=DOCX_TYPE,
        back=url_of("plan-detail", municipality, plan.pk),
        called=f"{plan} (Entwurf, Word)",
    )


@in_municipality(Action.READ)
@require_safe
def version_word(request: HttpRequest, municipality: Municipality, pk: int, edition: int) -> HttpResponse:
    """A frozen edition as Word document, from its stored data."""
    version = get_version(get_plan(municipality, pk), edition)
    name = file_name(municipality, "plan", version.year, f"fassung-{version.edition}", ending="docx")
    return made_answer(
        request,
        lambda: stored_docx(stored_part(version, "content")),
        name=name,
        media_type=DOCX_TYPE,
        back=version_url(version),
        called=f"{version} (Word)",
        fails=(DamagedVersion,),
    )
