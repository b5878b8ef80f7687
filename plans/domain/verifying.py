"""Whether all that was frozen is still there and unchanged: editions, chains, steps, triggers (docs/product.md §9).

Reads one edition's bytes at a time. What a chain alone cannot show is judged by a second witness: a step also stands
in the history of the plan, so that a removed last step or edition is found (docs/adr/0011-frozen-plans.md).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.models import Municipality
from plans.domain.intact import damages_of
from plans.domain.lifecycle import LIFE, MOVES
from plans.enums import PlanAction, PlanState
from plans.models import Plan, PlanEvent, PlanVersion
from plans.queries.versions import LARGE
from records.life.chain import broken_links, follows, next_number
from records.models.steps import STEP
from records.triggers import missing_triggers


@dataclass(frozen=True)
class Problem:
    """Something that is not as it was frozen. ``place`` names plan, edition or step."""

    ags: str
    municipality: str
    place: str
    text: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (" ".join(filter(None, (self.ags, self.municipality))), self.place, self.text)))


@dataclass(frozen=True)
class ChainEnd:
    """The last link of a chain, worth keeping outside the portal: later checks can ask for it (``lost_ends``)."""

    ags: str
    year: int | None  # None: the municipality's chain of editions; else the steps of the plan of that year
    number: int
    sha256: str


@dataclass
class Verification:
    """What was read and what was found."""

    versions: int = 0
    events: int = 0
    problems: list[Problem] = field(default_factory=list)
    ends: list[ChainEnd] = field(default_factory=list)


Say = Callable[[str, str], None]


def verify_plans(municipality: Municipality | None = None) -> Verification:
    """Check every edition and step, of one municipality or of all."""
    found = Verification()
    for name in missing_triggers():
        found.problems.append(Problem("", "", "Datenbank", f"Der Auslöser „{name}“ fehlt."))
    places = [municipality] if municipality else list(Municipality.objects.all())
    for place in places:
        _verify_municipality(place, found)
    if municipality is None:
        _count_strays(found)
    return found


def _count_strays(found: Verification) -> None:
    """Rows that hang on no plan of any municipality are never reached from there."""
    for label, read, model in (("Fassungen", found.versions, PlanVersion), ("Schritte", found.events, PlanEvent)):
        stray = model._default_manager.count() - read
        if stray:
            found.problems.append(Problem("", "", "Datenbank", f"{label} ohne Kommune oder Plan: {stray}."))


def _verify_municipality(place: Municipality, found: Verification) -> None:
    def say(where: str, text: str) -> None:
        found.problems.append(Problem(place.ags, place.name, where, text))

    plans = {plan.pk: plan for plan in Plan.objects.filter(municipality=place).order_by("year")}
    versions = list(_verify_versions(place, plans, say))
    found.versions += len(versions)
    if versions:
        found.ends.append(ChainEnd(place.ags, None, versions[-1].number, versions[-1].sha256))
    for plan in plans.values():
        plan.municipality = place
        events = list(_readable(PlanEvent.objects.filter(plan=plan).order_by("number", "pk"), str(plan), say))
        found.events += len(events)
        own = {version.pk: version for version in versions if version.plan_id == plan.pk}
        _verify_events(plan, events, own, say)
        _verify_plan(plan, events, own, say)
        if events:
            found.ends.append(ChainEnd(place.ags, plan.year, events[-1].number, events[-1].sha256))


def _readable(rows: QuerySet[Any], where: str, say: Say) -> Iterator[Any]:
    """The rows one by one; a column that cannot even be read is a problem and not the end of the check."""
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            yield rows.get(pk=pk)
        except (ValueError, TypeError, AttributeError):
            say(where, f"Zeile {pk} ist nicht lesbar.")


# ---------------------------------------------------------------- editions
def _verify_versions(place: Municipality, plans: dict[int, Plan], say: Say) -> Iterator[PlanVersion]:
    """The editions of a municipality along their chain, each checked by itself too."""
    rows = PlanVersion.objects.filter(municipality=place).order_by("number", "pk").defer(*LARGE)
    previous, number = "", 1
    for version in _readable(rows, "Fassungen", say):
        where = name_of(version)
        version.municipality = place
        for sentence in broken_links(version, number, previous):
            say(where, sentence)
        for sentence in damages_of(version):
            say(where, sentence)
        plan = plans.get(version.plan_id)
        if plan is None or plan.year != version.year:
            say(where, "Die Fassung gehört zu keinem Plan dieses Jahres.")
        previous, number = version.sha256, next_number(version.number, number)
        yield version


def name_of(version: PlanVersion) -> str:
    """„Plan 2018, Fassung 2“."""
    return f"Plan {version.year}, Fassung {version.edition}"


# ---------------------------------------------------------------- steps
def _verify_events(plan: Plan, events: list[PlanEvent], versions: dict[int, PlanVersion], say: Say) -> None:
    """The steps of a plan along their chain, from draft to where it stands."""
    previous, number, state, edition = "", 1, str(PlanState.DRAFT), 1
    for event in events:
        where = f"{plan}, Schritt {event.number}"
        event.plan = plan
        for sentence in broken_links(event, number, previous):
            say(where, sentence)
        if not follows(LIFE, event, state) or event.edition != edition:
            say(where, "Der Schritt schließt nicht an den vorigen an.")
        version = versions.get(event.version_id) if event.version_id else None
        if event.version_id and version is None:
            say(where, "Die Fassung, die der Schritt nennt, fehlt.")
        else:
            event.version = version
            for sentence in _about_version(event, version):
                say(where, sentence)
            if not event.is_intact():
                say(where, "Der Schritt passt nicht zu seiner Prüfnummer.")
        previous, number, state = event.sha256, next_number(event.number, number), event.to_state
        edition = edition_after(event)


def _move_of(event: PlanEvent) -> Any:
    """The row of the table of steps; None for a step that does not exist."""
    return MOVES.get(event.action)


def edition_after(event: PlanEvent) -> int:
    """The number of the edition on which a plan is after a step."""
    move = _move_of(event)
    return event.edition + 1 if move and move.next_edition else event.edition


def _about_version(event: PlanEvent, version: PlanVersion | None) -> Iterator[str]:
    """Whether a step names the edition it is about, and its checksums."""
    move = _move_of(event)
    if (version is not None) != bool(move and move.frozen):
        yield "Der Schritt nennt keine Fassung, oder eine, die nicht zu ihm gehört."
    if version is None:
        return
    if version.edition != event.edition:
        yield "Der Schritt nennt eine andere Fassung als die, um die es ging."
    details = event.details if isinstance(event.details, dict) else {}
    if event.action == PlanAction.RELEASE:
        if details.get("sha256") != version.sha256:
            yield "Freigegeben wurde eine andere Fassung: Die Prüfnummer ist nicht die der Fassung."
        if version.frozen_by_id != event.actor_id:
            yield "Freigegeben hat eine andere Person, als bei der Fassung steht."
    if event.action == PlanAction.SUBMIT and details.get("pdf_sha256") != version.pdf_sha256:
        yield "Eingereicht wurde eine andere Datei: Die Prüfnummer ist nicht die der PDF-Datei."


# ---------------------------------------------------------------- the plan itself
def _verify_plan(plan: Plan, events: list[PlanEvent], versions: dict[int, PlanVersion], say: Say) -> None:
    """State and edition are where the last step led, every edition is there, and the history tells the same steps."""
    where, last = str(plan), events[-1] if events else None
    state, edition = (last.to_state, edition_after(last)) if last else (PlanState.DRAFT, 1)
    if plan.state != state:
        say(where, f"Der Stand ist „{_label(plan.state)}“, der letzte Schritt führte zu „{_label(state)}“.")
    if plan.edition != edition:
        say(where, f"Die Fassung ist {plan.edition}, der letzte Schritt führte zu {edition}.")
    is_frozen = state not in (PlanState.DRAFT, PlanState.PROPOSED)
    there = {version.edition for version in versions.values()}
    for number in sorted(set(range(1, edition + is_frozen)) - there):
        say(where, f"Fassung {number} fehlt.")
    for version in versions.values():
        releases = [e for e in events if e.version_id == version.pk and e.action == PlanAction.RELEASE]
        if len(releases) != 1:
            say(name_of(version), f"Sie wurde {len(releases)} Mal freigegeben statt einmal.")
    _compare_with_history(plan, events, say)


def _label(state: str) -> str:
    return str(PlanState(state).label) if state in PlanState.values else state


def _compare_with_history(plan: Plan, events: list[PlanEvent], say: Say) -> None:
    """Every step wrote a row of the plan's history in the same transaction: the same person, state and edition."""
    rows = plan.history.filter(history_change_reason__startswith=STEP).order_by("history_id")
    told = list(rows.values_list("history_user_id", "state", "edition"))
    if len(told) != len(events):
        say(str(plan), f"Der Verlauf des Plans nennt {len(told)} Schritte, gespeichert sind {len(events)}.")
        return
    for event, (person, state, edition) in zip(events, told, strict=True):
        if (event.actor_id, event.to_state, edition_after(event)) != (person, state, edition):
            say(
                f"{plan}, Schritt {event.number}",
                "Der Verlauf des Plans nennt eine andere Person oder andere Angaben.",
            )


# ---------------------------------------------------------------- against an earlier check
def lost_ends(ends: list[ChainEnd]) -> list[Problem]:
    """Ends of chains noted at an earlier check that are not links of the chains any more.

    Finds what no check of the database alone can find: a chain that was written anew as a whole, or cut at its end
    together with the history.
    """
    lost = []
    for end in ends:
        if end.year is None:
            rows: QuerySet[Any] = PlanVersion.objects.filter(municipality__ags=end.ags)
        else:
            rows = PlanEvent.objects.filter(plan__municipality__ags=end.ags, plan__year=end.year)
        if not rows.filter(number=end.number, sha256=end.sha256).exists():
            what = f"Plan {end.year}, Schritt {end.number}" if end.year else f"Fassung mit der Nummer {end.number}"
            lost.append(Problem(end.ags, "", what, "Bei der früheren Prüfung war sie anders, oder sie fehlt jetzt."))
    return lost
