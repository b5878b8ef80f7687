"""All plans of a year as one archive: list, form, page with progress, download (administration; the ministry reads)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access_of, in_portal, person_of
from accounts.client import by_htmx
from accounts.enums import Action
from plans.all_plans.folder import ExportFolder
from plans.all_plans.forms import ExportForm
from plans.all_plans.jobs import ask_for_export, cancel_export, go_on_with_export
from plans.all_plans.queries import export_years, exports, items_of, places_without_plan
from plans.enums import ExportItemState, ExportState, PlanState
from plans.models import PlanExport, PlanExportItem
from records.errors import DuplicateSubmission, StepRefused
from records.parts import Link
from records.templatetags.german import datum
from records.text import sort_key
from records.views.sent_once import may_repeat

BIGGEST_KEY = 2**63 - 1
SOON = timedelta(seconds=30)  # a worker that runs takes a job within a second
TITLE = "Ausgabe aller Pläne"
INTERRUPTED = "unterbrochen"
ICONS = {
    ExportState.QUEUED: "none",
    ExportState.RUNNING: "run",
    ExportState.DONE: "done",
    ExportState.CANCELLED: "dropped",
    ExportState.FAILED: "stop",
}
ITEM_ICONS = {
    ExportItemState.WAITING: "none",
    ExportItemState.DONE: "done",
    ExportItemState.LEFT_OUT: "dropped",
    ExportItemState.FAILED: "stop",
}
NEWS = {
    ExportState.DONE: "Die Ausgabe ist fertig.",
    ExportState.FAILED: "Die Ausgabe ist nicht vollständig.",
    ExportState.CANCELLED: "Die Ausgabe ist abgebrochen.",
    ExportState.RUNNING: "Die Ausgabe läuft.",
}


@dataclass(frozen=True)
class ExportLine:
    """An export in the list. ``icon`` and ``state`` say the same in a sign and in words."""

    label: str
    url: str
    icon: str
    state: str
    plans: str
    asked: str
    archive_url: str
    archive_size: str


@dataclass(frozen=True)
class ItemLine:
    """A plan of an export."""

    name: str
    url: str
    edition: str
    icon: str
    state: str
    error: str
    size: str


@dataclass(frozen=True)
class ExportPage:
    """The page of an export; ``lives`` while it changes by itself, ``hint`` says what to do where it does not."""

    url: str
    state_code: str
    line: ExportLine
    lives: bool
    settled: int
    total: int
    sentence: str
    hint: str
    error: str
    facts: tuple[tuple[str, str], ...]
    sha256: str
    items: tuple[ItemLine, ...]
    cancel_url: str
    go_on_url: str
    go_on_label: str
    archive_label: str

    @property
    def has_ways(self) -> bool:
        """Whether there is a button at all."""
        return bool(self.lives or self.line.archive_url or self.go_on_url or self.cancel_url)


# ---------------------------------------------------------------- what the pages show
def get_export(pk: int) -> Any:
    """An export with its counts, or Http404."""
    export = exports().filter(pk=pk).first() if pk <= BIGGEST_KEY else None
    if export is None:
        raise Http404("Diese Ausgabe gibt es nicht.")
    return export


def is_interrupted(export: PlanExport) -> bool:
    """True where it should run and nobody works on it."""
    return export.state == ExportState.RUNNING and not ExportFolder(export.pk).is_worked_on()


def size_words(count: int | None) -> str:
    """„1,4 MB“, „312 KB“."""
    if not count:
        return ""
    if count < 1_000_000:
        return f"{max(1, count // 1000)} KB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")


def line_of(export: Any, interrupted: bool) -> ExportLine:
    """An export for the list and for the head of its page."""
    state = ExportState(export.state)
    who = str(export.asked_by) if export.asked_by else "Befehlszeile"
    return ExportLine(
        label=f"Pläne {export.year}" + (" mit Entwürfen" if export.with_drafts else ""),
        url=reverse("plans:export-detail", args=[export.pk]),
        icon="rest" if interrupted else ICONS[state],
        state=INTERRUPTED if interrupted else str(state.label),
        plans=f"{export.count_done} von {export.total}",
        asked=f"{datum(export.asked_at)}, {who}",
        archive_url=reverse("plans:export-archive", args=[export.pk]) if export.archive else "",
        archive_size=size_words(export.archive_bytes) if export.archive else "",
    )


def item_line(item: PlanExportItem) -> ItemLine:
    """A plan of an export."""
    state = ExportItemState(item.state)
    edition = "–"
    if state == ExportItemState.DONE and item.plan_version_id:
        edition = f"Fassung {item.edition}, {PlanState(item.plan_state).label}"
    elif state == ExportItemState.DONE:
        edition = "Entwurf"
    place = item.plan.municipality
    return ItemLine(
        place.name,
        reverse("plans:plan-detail", args=[place.slug, item.plan_id]),
        edition,
        ITEM_ICONS[state],
        str(state.label),
        item.error,
        size_words(item.bytes) or "–",
    )


def sentence_of(export: Any, interrupted: bool) -> str:
    """How far the export is, in a sentence."""
    done = f"{export.count_done} von {export.total} {'Plan' if export.total == 1 else 'Plänen'}"
    left_out = f"; {export.count_left_out} nicht freigegeben" if export.count_left_out else ""
    if interrupted:
        return f"Die Arbeit wurde unterbrochen, als {done} geschrieben waren."
    if export.state == ExportState.QUEUED:
        return "Die Ausgabe beginnt gleich."
    if export.state == ExportState.RUNNING and export.cancel_asked_at:
        return f"Wird abgebrochen: {done} geschrieben."
    return f"{done} geschrieben{left_out}."


def hint_of(export: Any, interrupted: bool) -> str:
    """What somebody has to do so that it goes on."""
    waits = export.state == ExportState.QUEUED and export.asked_at < timezone.now() - SOON
    if waits and settings.TASK_WORKER == "service":
        return "Sie beginnt noch nicht. Bleibt es so, sagen Sie der Administration: Der Hintergrunddienst ruht."
    if interrupted or export.state == ExportState.CANCELLED:
        return "Was geschrieben ist, bleibt. Beim Fortsetzen kommt nur das Fehlende dazu."
    return ""


def facts_of(export: PlanExport, line: ExportLine) -> tuple[tuple[str, str], ...]:
    """Who had what written when."""
    facts = [
        ("Veranlasst", line.asked),
        ("Inhalt", "freigegebene Fassungen, sonst Entwürfe" if export.with_drafts else "freigegebene Fassungen"),
    ]
    if missing := places_without_plan(export):
        facts.append(("Ohne Plan", ", ".join(place.name for place in missing)))
    if export.finished_at:
        facts.append(("Beendet", datum(export.finished_at)))
    if export.removed_at:
        facts.append(("Dateien gelöscht", datum(export.removed_at)))
    elif export.archive and export.finished_at:
        last = timezone.localdate(export.finished_at + timedelta(days=settings.EXPORT_KEEP_DAYS))
        facts.append(("Archiv bleibt bis", datum(last)))
    return tuple(facts)


def page_of(request: HttpRequest, export: Any) -> ExportPage:
    """Everything that the page of an export shows."""
    interrupted = is_interrupted(export)
    line = line_of(export, interrupted)
    may = access_of(request).allows(Action.EXPORT) and not export.removed_at
    ended = export.state in (ExportState.FAILED, ExportState.CANCELLED)
    missing = export.count_failed or export.count_waiting
    return ExportPage(
        url=line.url,
        state_code=INTERRUPTED if interrupted else export.state,
        line=line,
        lives=not (export.is_finished or interrupted),
        settled=export.count_done + export.count_left_out,
        total=export.total,
        sentence=sentence_of(export, interrupted),
        hint=hint_of(export, interrupted),
        error=export.error,
        facts=facts_of(export, line),
        sha256=export.archive_sha256 if export.archive else "",
        items=tuple(map(item_line, sorted(items_of(export), key=lambda item: sort_key(item.plan.municipality.name)))),
        cancel_url=reverse("plans:export-cancel", args=[export.pk])
        if may and not export.is_finished and not export.cancel_asked_at
        else "",
        go_on_url=reverse("plans:export-go-on", args=[export.pk]) if may and (ended or interrupted) else "",
        go_on_label="Fehlende Pläne nachholen" if export.state == ExportState.FAILED else "Fortsetzen",
        archive_label="Unvollständiges Archiv herunterladen" if missing else "Archiv herunterladen",
    )


# ---------------------------------------------------------------- pages
@in_portal(Action.OVERVIEW)
@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """All exports, the newest first."""
    context = {
        "crumbs": [Link(TITLE, "")],
        "title": TITLE,
        "lines": [line_of(export, is_interrupted(export)) for export in exports()[:200]],
        "create_url": reverse("plans:export-create") if access_of(request).allows(Action.EXPORT) else "",
        "days": settings.EXPORT_KEEP_DAYS,
    }
    return TemplateResponse(request, "plans/all_plans/list.html", context)


@may_repeat
@in_portal(Action.EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def export_create(request: HttpRequest) -> HttpResponse:
    """Ask for a new export."""
    years = export_years()
    form = ExportForm(request.POST if request.method == "POST" else None, years=years)
    if request.method == "POST" and form.is_valid():
        try:
            export = ask_for_export(**form.cleaned_data, actor=person_of(request))
        except DuplicateSubmission as error:
            return HttpResponseRedirect(reverse("plans:export-detail", args=[error.pk]))
        except StepRefused as error:
            form.add_error("with_drafts", str(error))
        else:
            return HttpResponseRedirect(reverse("plans:export-detail", args=[export.pk]))
    context = {
        "crumbs": [Link(TITLE, reverse("plans:export-list")), Link("Pläne ausgeben", "")],
        "form": form,
        "years": years,
    }
    return TemplateResponse(request, "plans/all_plans/form.html", context, status=422 if form.errors else 200)


@in_portal(Action.OVERVIEW)
@require_safe
def export_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an export is; htmx asks for the inner part again while it runs."""
    page = page_of(request, get_export(pk))
    if by_htmx(request):
        news = NEWS.get(page.state_code, "Die Ausgabe ist unterbrochen.")  # type: ignore[call-overload]
        context = {"page": page, "news": news if request.GET.get("gesehen") != page.state_code else ""}
        return TemplateResponse(request, "plans/all_plans/_job.html", context)
    crumbs = [Link(TITLE, reverse("plans:export-list")), Link(page.line.label, "")]
    return TemplateResponse(request, "plans/all_plans/detail.html", {"crumbs": crumbs, "page": page})


@in_portal(Action.OVERVIEW)
@require_safe
def export_archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The archive as a file to keep, nowhere cached."""
    export = get_export(pk)
    path = ExportFolder(export.pk).path / export.archive
    if not export.archive or not path.is_file():
        raise Http404("Dieses Archiv gibt es nicht mehr.")
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=export.archive, content_type="application/zip", headers=headers
    )


@in_portal(Action.EXPORT)
@require_POST
def export_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the work."""
    export = get_export(pk)
    try:
        cancel_export(export=export, actor=person_of(request))
    except StepRefused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("plans:export-detail", args=[export.pk]))


@in_portal(Action.EXPORT)
@require_POST
def export_go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Make what is missing."""
    export = get_export(pk)
    try:
        go_on_with_export(export=export, actor=person_of(request))
    except StepRefused as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("plans:export-detail", args=[export.pk]))
