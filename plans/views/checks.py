"""The Plausibilitätsprüfung: what a plan lacks, by chapter, each with the way to the page where it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import access_of, in_municipality
from accounts.enums import Action
from accounts.models import Municipality
from insight.addresses import with_query
from planning.models import PlanningCycle
from plans.checks import CheckFinding, CheckReport, check_plan, openable
from plans.checks.queries import plan_to_check
from plans.enums import ChapterCode
from plans.models import Plan
from plans.queries.plans import plans_of
from records.parts import Link, Option
from records.places import home_link
from records.registry import kind_of
from records.text import whole_number

PLAN, EFFECT = "plan", "wirkung"
EFFECTS = {"freigabe": ("Verhindert die Freigabe", True), "hinweis": ("Hinweise", False)}


@dataclass(frozen=True)
class Chip:
    """A choice of findings by their effect."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Section:
    """The findings of one chapter."""

    chapter: ChapterCode | None
    findings: tuple[CheckFinding, ...]


def sections(findings: Iterable[CheckFinding]) -> list[Section]:
    """Findings by chapter; they come in the order of the chapters."""
    return [Section(code, tuple(group)) for code, group in groupby(findings, key=lambda one: one.chapter)]


def chosen_plan(request: HttpRequest, municipality: Municipality) -> Plan | None:
    """The plan of the address, else the newest, else the current cycle. Raises Http404 for a plan that is not here."""
    wanted = request.GET.get(PLAN, "")
    if not wanted:
        return plan_to_check(municipality)
    pk = whole_number(wanted)
    plan = plan_to_check(municipality, pk) if pk is not None else None
    if plan is None:
        raise Http404("Diesen Plan gibt es nicht.")
    return plan


def chips(request: HttpRequest, report: CheckReport, effect: str, url: str) -> list[Chip]:
    """All findings, those that block, hints."""
    found = [Chip("Alle", len(report.findings), with_query(request.GET, url, {EFFECT: None}), not effect)]
    for code, (label, blocking) in EFFECTS.items():
        count = sum(finding.blocking == blocking for finding in report.findings)
        found.append(Chip(label, count, with_query(request.GET, url, {EFFECT: code}), effect == code))
    return found


@in_municipality(Action.READ)
@require_safe
def checks(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The findings of one plan; without a plan those of the current cycle."""
    plan = chosen_plan(request, municipality)
    url = reverse("plans:checks", args=[municipality.slug])
    context: dict[str, Any] = {
        "crumbs": [home_link(municipality), Link("Plausibilitätsprüfung", "")],
        "plan": plan,
        "cycle_url": kind_of(PlanningCycle).url("list", municipality),
    }
    if plan is not None:
        access = access_of(request)
        report = check_plan(plan)
        wanted = request.GET.get(EFFECT, "")
        effect = wanted if wanted in EFFECTS else ""
        shown = [one for one in report.findings if not effect or one.blocking == EFFECTS[effect][1]]
        context |= {
            "report": report,
            "sections": sections([openable(one, access, municipality) for one in shown]),
            "chips": chips(request, report, effect, url),
            "effect": effect,
            "plans": [Option(str(each.pk), str(each), each.pk == plan.pk) for each in plans_of(municipality)],
            "plan_url": reverse("plans:plan-detail", args=[municipality.slug, plan.pk]) if plan.pk else "",
        }
    return TemplateResponse(request, "plans/checks.html", context)
