"""Flip chart, second and third step: findings are sorted to Handlungsfelder and become needs, one POST per action."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import in_municipality, person_of
from accounts.enums import Action
from accounts.models import Municipality
from participation.domain.findings import Outcome, counted, discard_findings, sort_findings
from participation.domain.needs import form_need, support_need
from participation.forms.sorting import NeedForm, SortInput, read_sorting, seen_state
from participation.models import Finding
from participation.queries.findings import (
    MOST_LINES,
    Origin,
    asked_origin,
    findings_to_sort,
    life_phases,
    needs_of_cycle,
    valid_fields,
)
from participation.views.board import Group, build_groups
from participation.views.flipchart import sort_address
from planning.models import ActionField, LifePhase, Need, PlanningCycle
from planning.queries.cycles import current_cycle
from records.errors import DuplicateSubmission, RecordInUse, StaleRecord
from records.pages.crumbs import crumbs_for
from records.pages.drafting import drafted_fields
from records.queries.batches import undo_address
from records.registry import kind_of
from records.views.kept import keeps_form

NAMED = 5  # findings that a message names


@dataclass
class Desk:
    """All that one request works with."""

    request: HttpRequest
    municipality: Municipality
    origin: Origin | None
    findings: list[Finding]
    total: int
    fields: list[ActionField]
    phases: list[LifePhase]
    form: NeedForm
    sent: SortInput = field(default_factory=SortInput)
    problems: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """This page, without the offer to undo."""
        return sort_address(self.municipality, self.origin)


@in_municipality(Action.WRITE)
@keeps_form
@require_http_methods(["GET", "HEAD", "POST"])
def sort(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Sort findings and form needs of them; ``?veranstaltung=`` and its likes choose which."""
    origin, exists = asked_origin(municipality, request.GET)
    if not exists:
        raise Http404("Diesen Eintrag gibt es nicht.")
    rows = findings_to_sort(municipality, origin)
    findings = list(rows[:MOST_LINES])
    fields = valid_fields(found.action_field for found in findings if found.action_field)
    data = request.POST if request.method == "POST" else drafted_fields(request)
    desk = Desk(
        request,
        municipality,
        origin,
        findings,
        total=rows.count() if len(findings) == MOST_LINES else len(findings),
        fields=fields,
        phases=life_phases(),
        form=NeedForm(data, fields=fields, needs=needs_of_cycle(municipality)),
    )
    if data is None:
        return show(desk)
    desk.sent = read_sorting(data, findings, fields, desk.phases)
    if request.method != "POST":
        return show(desk)
    if request.headers.get("Accept") == "application/json":
        return answer_key(desk)
    return act(desk, data.get("aktion", ""))


def act(desk: Desk, action: str) -> HttpResponse:
    """Do what the pressed button says; the enter key forms a need where its title was typed, else sorts."""
    if action.startswith("markieren-"):
        mark_group(desk, action.removeprefix("markieren-"))
        return show(desk)
    if desk.form.only_reads:
        return show(desk)
    if action not in ACTIONS:
        typed = desk.request.POST.get("bedarf-title", "").strip()
        action = "bedarf" if typed and desk.sent.marked else "zuordnen"
    if not desk.form.is_valid() or desk.sent.errors:
        return show(desk, 422)
    try:
        outcome = ACTIONS[action](desk)
    except DuplicateSubmission as error:
        messages.info(desk.request, str(error))
        return HttpResponseRedirect(undo_address(desk.address, error.pk))
    except (StaleRecord, RecordInUse) as error:
        desk.problems.append(f"{error} Sehen Sie nach, was sich geändert hat, und versuchen Sie es noch einmal.")
        return show(desk, 409)
    except ValidationError as error:
        desk.problems += error.messages
        return show(desk, 422)
    return show(desk, 422) if outcome is None else finish(desk, outcome)


def finish(desk: Desk, outcome: Outcome) -> HttpResponse:
    """Back to the page as it was, with the offer to undo; says what somebody else had changed meanwhile."""
    for finding in outcome.stale[:NAMED]:
        now = finding.action_field or "ohne Handlungsfeld"
        messages.warning(
            desk.request,
            f"„{finding}“ wurde inzwischen von einer anderen Person geändert ({now}) und bleibt, wie sie ist. "
            f"Ihre Wahl war: {chosen_words(desk, finding)}. Wählen Sie noch einmal, wenn sie gelten soll.",
        )
    if len(outcome.stale) > NAMED:
        messages.warning(
            desk.request,
            f"Sehen Sie auch nach {len(outcome.stale) - NAMED} weiteren Erkenntnissen, die andere geändert haben.",
        )
    if not outcome.count and not outcome.batch.entries:
        messages.info(desk.request, "Es war nichts zu ändern. Wählen Sie Handlungsfelder oder markieren Sie Zeilen.")
        return HttpResponseRedirect(desk.address)
    return HttpResponseRedirect(undo_address(desk.address, outcome.batch.pk))


def chosen_words(desk: Desk, finding: Finding) -> str:
    """„2 Vereinbarkeit …, 12 Punkte“: what a person had chosen for a finding."""
    typed = desk.sent.typed[finding.pk]
    chosen = next((str(one) for one in desk.fields if str(one.pk) == typed.action_field), "ohne Handlungsfeld")
    return f"{chosen}, {typed.weight} Punkte" if typed.weight else chosen


def save_sorting(desk: Desk) -> Outcome | None:
    """Store every changed line and the choice for the marked ones."""
    return sort_findings(**_common(desk), sortings=desk.sent.sortings)


def save_need(desk: Desk) -> Outcome | None:
    """Form a need of the marked findings."""
    form, cycle = desk.form, current_cycle(desk.municipality)
    if not form.cleaned_data["title"].strip():
        form.add_error("title", "Geben Sie dem Bedarf einen Titel.")
    if cycle is None:
        desk.problems.append("Legen Sie zuerst einen Planungszyklus an; zu ihm gehört der Bedarf.")
    if not desk.sent.marked:
        desk.problems.append("Markieren Sie die Erkenntnisse, die den Bedarf belegen.")
    if form.errors or desk.problems:
        return None
    need = form.new_need()
    need.cycle = cycle  # type: ignore[assignment]
    chosen = form.action_fields.get(form.cleaned_data["action_field"])
    return form_need(
        **_common(desk), need=need, action_field=chosen, findings=desk.sent.marked, sortings=desk.sent.sortings
    )


def save_support(desk: Desk) -> Outcome | None:
    """Add the marked findings to a need that is there."""
    need: Need | None = desk.form.needs.get(desk.form.cleaned_data["existing"])
    if need is None:
        desk.form.add_error("existing", "Wählen Sie den Bedarf.")
    if not desk.sent.marked:
        desk.problems.append("Markieren Sie die Erkenntnisse, die den Bedarf belegen.")
    if need is None or desk.problems:
        return None
    return support_need(**_common(desk), need=need, findings=desk.sent.marked, sortings=desk.sent.sortings)


def save_discarding(desk: Desk) -> Outcome | None:
    """Delete the marked findings, unless they support a need."""
    used = [finding for finding in desk.sent.marked if finding.need_count]  # type: ignore[attr-defined]
    if used:
        names = "; ".join(f"„{finding}“" for finding in used[:NAMED])
        desk.problems.append(f"Nicht verworfen: {counted(len(used))} belegen schon Bedarfe ({names}).")
    elif not desk.sent.marked:
        desk.problems.append("Markieren Sie die Erkenntnisse, die Sie verwerfen.")
    if desk.problems:
        return None
    batch = discard_findings(**_common(desk), findings=desk.sent.marked)
    return Outcome(batch, len(desk.sent.marked))


ACTIONS = {"zuordnen": save_sorting, "bedarf": save_need, "ergaenzen": save_support, "verwerfen": save_discarding}


def _common(desk: Desk) -> dict[str, Any]:
    return {
        "municipality": desk.municipality,
        "actor": person_of(desk.request),
        "form_key": desk.form.cleaned_data["form_key"],
    }


def answer_key(desk: Desk) -> HttpResponse:
    """Store the lines that a script sends after a key press; answers with what the page has to show from now on."""
    actor = person_of(desk.request)
    stale: set[int] = set()
    try:
        if desk.sent.sortings:
            outcome = sort_findings(municipality=desk.municipality, actor=actor, sortings=desk.sent.sortings)
            stale = {finding.pk for finding in outcome.stale}
    except (StaleRecord, ValidationError):
        return JsonResponse({"error": "Nicht gespeichert."}, status=409)
    sent = [finding for finding in desk.findings if finding.pk in desk.sent.typed]
    kept = {finding.pk: seen_state(finding) for finding in sent if finding.pk not in stale | set(desk.sent.errors)}
    return JsonResponse({"stored": kept, "stale": sorted(stale), "errors": desk.sent.errors})


def mark_group(desk: Desk, key: str) -> None:
    """Mark the findings of a group that support no need yet (all, where each supports one); without script."""
    group = [finding for finding in desk.findings if str(finding.action_field_id or 0) == key]
    fresh = [finding for finding in group if not finding.need_count]  # type: ignore[attr-defined]
    known = set(desk.sent.marked)
    desk.sent.marked += [finding for finding in fresh or group if finding not in known]


def show(desk: Desk, status: int = 200) -> HttpResponse:
    """The page with what was typed."""
    kind = kind_of(Finding)
    groups = build_groups(desk.municipality, desk.findings, desk.fields, desk.sent)
    if status == 200:
        desk.form.errors.clear()
    context = {
        "groups": groups,
        "origin": desk.origin,
        "total": desk.total,
        "hidden": desk.total - len(desk.findings),
        "open": open_count(groups),
        "done": len(desk.findings) - open_count(groups),
        "marked": len(desk.sent.marked),
        "points": sum(finding.weight or 0 for finding in desk.sent.marked),
        "bulk": {name: desk.request.POST.get(name, "") for name in ("handlungsfeld", "lebensphase")},
        "fields": [(str(one.pk), str(one)) for one in desk.fields],
        "keys": [one.number for one in desk.fields if one.number < 10],
        "phases": [(str(one.pk), one.title) for one in desk.phases],
        "form": desk.form,
        "problems": desk.problems,
        "is_wrong": status != 200,
        "cycle_url": kind_of(PlanningCycle).url("create", desk.municipality),
        "has_cycle": current_cycle(desk.municipality) is not None,
        "address": desk.address,
        "open_url": sort_address(desk.municipality, None),
        "paste_url": paste_address(desk),
        "crumbs": crumbs_for(kind, desk.municipality, last="Sortieren"),
    }
    return TemplateResponse(desk.request, "participation/finding_sort.html", context, status=status)


def open_count(groups: Iterable[Group]) -> int:
    """Findings without Handlungsfeld."""
    return sum(len(group.rows) for group in groups if group.key == "0")


def paste_address(desk: Desk) -> str:
    """Where more lines of the same origin are pasted."""
    address = reverse("participation:flipchart", args=[desk.municipality.slug])
    return f"{address}?{desk.origin.query}" if desk.origin else address
