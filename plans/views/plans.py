"""The plans of a municipality: list, page of a plan with the preview of a chapter, forms, PDF."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access_of, in_municipality, person_of
from accounts.addresses import address
from accounts.enums import Action
from accounts.models import Municipality
from accounts.typed import is_handed_back, keeps_drafts
from insight.downloads import file_name, pdf_answer
from planning.models import PlanningCycle
from plans.builder import build_plan
from plans.domain.plans import change_plan, create_plan
from plans.drawing import plan_pdf
from plans.enums import AnyChapter, ChapterCode, PlanState
from plans.forms.plans import PlanForm
from plans.models import Plan
from plans.queries.plans import cycles_of, plan_of, plans_of, texts_changed, years_without_plan
from records.errors import DuplicateSubmission, RecordLocked, StaleRecord
from records.models.guard import why_locked
from records.pages.conflict import conflict_field, plain, take_theirs
from records.pages.drafting import Build, drafting_of, forget, keep, open_form
from records.parts import Conflict, Link
from records.places import home_link
from records.registry import kind_of
from records.templatetags.german import datum
from records.text import whole_number

BIGGEST_KEY = 2**63 - 1
BOTH = ["GET", "HEAD", "POST"]


# ---------------------------------------------------------------- addresses and rows
def url_of(name: str, municipality: Municipality, *parts: Any) -> str:
    """Address of a page of this file."""
    return address(f"plans:{name}", municipality.slug, *parts)


def get_plan(municipality: Municipality, pk: int) -> Plan:
    """Gate 2: a plan of this municipality, or Http404."""
    plan = plan_of(municipality, pk) if pk <= BIGGEST_KEY else None
    if plan is None:
        raise Http404("Diesen Plan gibt es nicht.")
    return plan


def get_code(slug: str) -> ChapterCode:
    """The chapter of an address, or Http404."""
    code = next((code for code in ChapterCode if code.slug == slug), None)
    if code is None:
        raise Http404("Dieses Kapitel gibt es nicht.")
    return code


def crumbs(municipality: Municipality, *links: Link) -> list[Link]:
    """Municipality › Pläne › …; the last one has no address."""
    return [home_link(municipality), Link("Pläne", url_of("plan-list", municipality)), *links]


def may_write(request: HttpRequest, municipality: Municipality) -> bool:
    """Whether buttons for changing are shown."""
    return access_of(request).allows(Action.WRITE, municipality)


# ---------------------------------------------------------------- reading
@in_municipality(Action.READ)
@require_safe
def plan_list(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """All plans, the newest first."""
    plans = list(plans_of(municipality))
    changed = texts_changed(plans)
    rows = [
        {
            "plan": plan,
            "url": url_of("plan-detail", municipality, plan.pk),
            "pdf_url": url_of("plan-pdf", municipality, plan.pk),
            "changed": max(filter(None, (plan.changed_at, changed.get(plan.pk)))),
            "state": PlanState(plan.state).label,
        }
        for plan in plans
    ]
    context = {
        "crumbs": crumbs(municipality),
        "rows": rows,
        "create_url": url_of("plan-create", municipality) if may_write(request, municipality) else "",
    }
    return TemplateResponse(request, "plans/plan_list.html", context)


def chapter_url(plan: Plan, code: AnyChapter) -> str:
    """The plan's page with this chapter open."""
    return f"{url_of('plan-detail', plan.municipality, plan.pk)}?kapitel={code.slug}"


@in_municipality(Action.READ)
@require_safe
def plan_document(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The plan as PDF: stored if frozen, else the draft; where it cannot be made, the plan's page says why."""
    plan = get_plan(municipality, pk)
    if plan.is_frozen:
        return HttpResponseRedirect(url_of("plan-version-pdf", municipality, plan.pk, plan.edition))
    name = file_name(municipality, "plan", plan.year, ending="pdf")
    back = url_of("plan-detail", municipality, plan.pk)
    return pdf_answer(request, lambda: plan_pdf(build_plan(plan)), name=name, back=back, called=f"{plan} (Entwurf)")


# ---------------------------------------------------------------- changing
def opened(request: HttpRequest, build: Build) -> Any:
    """The form as it was sent, else as it is stored or with a draft."""
    return build(data=take_theirs(request.POST, build)) if request.method == "POST" else open_form(request, build)


@keeps_drafts
@in_municipality(Action.WRITE)
@require_http_methods(BOTH)
def plan_create(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """A plan for a year that has none yet."""
    cycles = list(cycles_of(municipality))
    if not cycles:
        messages.info(request, "Legen Sie zuerst einen Planungszyklus an.")
        return HttpResponseRedirect(kind_of(PlanningCycle).url("create", municipality))
    years = years_without_plan(municipality, cycles)
    asked = whole_number(request.GET.get("jahr"))
    if not years or (asked and request.method != "POST" and asked not in years):
        return instead(request, municipality, cycles[0], asked)
    build = partial(PlanForm, years=years, usual=usual_year(years, request.GET.get("jahr", "")))
    form = opened(request, build)
    if is_handed_back(request):
        return keep(request, municipality, form, "Plan anlegen")
    if request.method == "POST" and form.is_valid():
        year = form.cleaned_data["year"]
        try:
            plan = create_plan(
                municipality=municipality,
                cycle=next(cycle for cycle in cycles if cycle.first_year <= year <= cycle.last_year),
                year=year,
                as_of=form.cleaned_data["as_of"],
                actor=person_of(request),
                form_key=form.cleaned_data["form_key"],
            )
        except DuplicateSubmission as error:
            return HttpResponseRedirect(url_of("plan-detail", municipality, error.pk))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return saved(request, f"Plan {plan.year} angelegt.", url_of("plan-detail", municipality, plan.pk))
    heading = "Plan anlegen"
    later = later_years(municipality, years, cycles[0])
    return form_page(request, build, form, municipality, heading=heading, save_label=heading, hint=later)


def later_years(municipality: Municipality, years: list[int], newest: PlanningCycle) -> tuple[str, Link] | None:
    """How a year to come gets a plan, where the cycles leave only years that are over."""
    if max(years) >= timezone.localdate().year:
        return None
    url = reverse("participation:cycle-continue", args=[municipality.slug, newest.pk])
    return f"Frei sind nur vergangene Jahre. Pläne ab {newest.last_year + 1}:", Link("Fortschreibung beginnen", url)


def instead(request: HttpRequest, municipality: Municipality, newest: PlanningCycle, asked: int | None) -> HttpResponse:
    """Where no new plan can be: to the plan that the year has, else to carrying the newest cycle on."""
    plan = plans_of(municipality).filter(year=asked).first() if asked else None
    if plan:
        return HttpResponseRedirect(url_of("plan-detail", municipality, plan.pk))
    if asked is None or asked > newest.last_year:
        which = f"Das Jahr {asked} liegt" if asked else "Weitere Jahre liegen"
        after = "nach Ihren Planungszyklen. Schreiben Sie den jüngsten fort, dann gibt es dafür einen Plan."
        messages.info(request, f"{which} {after}")
        return HttpResponseRedirect(reverse("participation:cycle-continue", args=[municipality.slug, newest.pk]))
    messages.info(request, f"Das Jahr {asked} liegt in keinem Ihrer Planungszyklen.")
    return HttpResponseRedirect(kind_of(PlanningCycle).url("list", municipality))


def usual_year(years: list[int], asked: str) -> int:
    """The year that the address names, else the next one without plan, else the last of them."""
    coming = timezone.localdate().year + 1
    named = [year for year in years if str(year) == asked]
    ahead = sorted(year for year in years if year >= coming)
    return (named or ahead or [max(years)])[0]


@keeps_drafts
@in_municipality(Action.WRITE)
@require_http_methods(BOTH)
def plan_update(request: HttpRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The day up to which the plan's statements hold."""
    plan = get_plan(municipality, pk)
    if request.method != "POST" and (locked := why_locked(plan)):
        messages.info(request, locked)
        return HttpResponseRedirect(url_of("plan-detail", municipality, plan.pk))
    build = partial(PlanForm, instance=plan)
    form = opened(request, build)
    conflict = None
    if is_handed_back(request):
        return keep(request, municipality, form, str(plan))
    if request.method == "POST" and form.is_valid():
        try:
            change_plan(
                plan=get_plan(municipality, pk),
                as_of=form.cleaned_data["as_of"],
                version=form.opened_version,
                actor=person_of(request),
            )
        except StaleRecord:
            conflict = conflict_with(form, get_plan(municipality, pk))
        except RecordLocked as error:
            form.add_error(None, str(error))
        else:
            return saved(request, "Plan gespeichert.", url_of("plan-detail", municipality, plan.pk))
    return form_page(request, build, form, municipality, plan=plan, heading="Plan bearbeiten", conflict=conflict)


def saved(request: HttpRequest, message: str, address: str) -> HttpResponse:
    """On to the page that shows what was saved; the draft goes."""
    forget(request)
    messages.success(request, message)
    return HttpResponseRedirect(address)


def conflict_with(form: Any, stored: Any) -> Conflict:
    """Both versions side by side; saving again stores the person's own on top of the newer one."""
    opened_version = form.data.get("_opened_version") or form.opened_version
    typed = form.data.copy()
    typed["version"] = str(stored.version if stored else 0)
    form.data = typed
    fields = []
    for name in form._meta.fields:
        if name in form.fields:
            mine, theirs = shown(form.cleaned_data.get(name)), shown(getattr(stored, name, None))
            if mine != theirs:
                fields.append(conflict_field(name, str(form.fields[name].label), mine, theirs))
    who = str(stored.changed_by) if stored and stored.changed_by else "jemand anderes"
    return Conflict(who, datum(stored.changed_at) if stored else "", tuple(fields), opened_version)


def shown(value: Any) -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return (datum(value) if hasattr(value, "isoformat") else plain(str(value))) if value else "–"


def form_page(
    request: HttpRequest,
    build: Build,
    form: Any,
    municipality: Municipality,
    *,
    heading: str,
    plan: Plan | None = None,
    conflict: Conflict | None = None,
    save_label: str = "Speichern",
    hint: tuple[str, Link] | None = None,
) -> HttpResponse:
    """A form on the page of record forms; 422 with errors, 409 with a conflict."""
    back = url_of("plan-list", municipality)
    links = [Link(heading, "")]
    if plan:
        back = url_of("plan-detail", municipality, plan.pk)
        links.insert(0, Link(str(plan), url_of("plan-detail", municipality, plan.pk)))
    context = {
        "form": form,
        "heading": heading,
        "lead": str(plan) if plan else "",
        "hint": hint,
        "cancel_url": back,
        "save_label": save_label if plan is None else "Plan speichern",
        "conflict": conflict,
        "drafting": drafting_of(request, municipality, build),
        "crumbs": crumbs(municipality, *links),
    }
    status = 409 if conflict else 422 if form.errors else 200
    return TemplateResponse(request, "records/record_form.html", context, status=status)
