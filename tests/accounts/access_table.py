"""Who may open what, written down a second time and independently of ``accounts.access`` (docs/product.md §7).

``answer_for`` says what an address answers to a person; tests/accounts/test_access_matrix.py asks them all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.enums import Role
from accounts.models import RoleAssignment
from overview.models import BarrierReport
from planning.enums import Phase
from planning.models import Goal, Measure, Need, PlanningCycle, PlanningStep
from plans.enums import ChapterCode
from plans.models import Plan, PlanExport
from records.kind import RecordKind
from records.life.registry import find_life
from records.registry import all_kinds, find_kind
from reporting.models import Report
from tests.accounts import access_of_exchange as exchange
from tests.accounts import access_of_reports as reports
from tests.accounts.access_of_accounts import ACCOUNTS
from tests.accounts.access_of_money import (
    MONEY_GRIDS,
    MONEY_OF_ALL,
    MONEY_OTHER,
    MONEY_READ,
    MONEY_ROWS,
    MONEY_WITHOUT_ROW,
    OF_CASES,
)
from tests.accounts.routes import routes
from tests.cast import PEOPLE, Cast
from tests.factories import related

READERS = {"planner", "lead", "adviser", "ministry", "admin"}
WRITERS = {"planner", "lead"}
EVERYBODY_INSIDE = set(PEOPLE)
MINISTRY = {"ministry"}
ADMIN = {"admin"}
SEES_ALL = {"ministry", "admin"}
PEOPLE_OF_AWAY = {"foreign_planner", *SEES_ALL}

# Page of a kind: status of GET and of a POST without content.
READ_PAGES = {
    "list": (200, 405),
    "csv": (200, 405),
    "xlsx": (200, 405),
    "detail": (200, 405),
    "history": (200, 405),
    "file": (200, 405),
}
WRITE_PAGES = {
    "create": (200, 422),
    "update": (200, 422),
    "delete": (200, 409),
    "bulk": (302, 422),
    "bulk_delete": (302, 422),
    "import": (200, 422),
    "grid": (200, 302),  # nothing typed, nothing stored
}
WITHOUT_ROW = {"list", "csv", "xlsx", "create", "bulk", "bulk_delete", "import", "grid"}
# Kinds that others than planner and Leitung write; advisers change only what they entered (own test).
WRITTEN_BY = {"supportrecord": {page: {*WRITERS, "adviser"} for page in ("create", "import", "bulk_delete")}}
WRITTEN_BY |= exchange.HINTS_WRITTEN
# Pages that not every kind has.
WITH_BULK = {
    "offer",
    "need",
    "swotentry",
    "goal",
    "measure",
    "milestone",
    "planningstep",
    "hurdle",
    "task",
    "finding",
}
WITHOUT_IMPORT = {
    "planningcycle",
    "phasestate",
    "document",
    "targetrevision",
    *exchange.WITHOUT_IMPORT,
}  # and the kinds of the programme
# Lists with an Eingabetabelle, and the words of those below a record; both need the right to write the rows.
WITH_GRID = {"swotentry", "indicatorvalue", "ownvalue"}
GRIDS_BELOW = {
    "body": {"mitglieder"},
    "session": {"tagesordnungspunkte"},
    "event": {"teilnehmende"},
    "survey": {"fragen", "antworten"},
    "surveyquestion": {"antworten"},
    "resolution": {"vorberatungen"},
    "measure": {"qualitaetskriterien"},
    "qualitycriterion": {"gemeldete-werte", "jahreswerte"},
    **MONEY_GRIDS,
}
PAGES_OF_ALL_KINDS = {*READ_PAGES, *WRITE_PAGES, "assign", "rows", "progress"}

# All other addresses: who may open them, GET, POST without content. Public ones answer everybody alike.
OTHER: dict[str, tuple[set[str], int, int]] = {
    **MONEY_OTHER,
    **exchange.OTHER,
    **ACCOUNTS,
    "planning:goal-add": (WRITERS, 405, 422),
    "planning:goal-measure": (WRITERS, 200, 422),
    "planning:goal-move": (WRITERS, 405, 409),  # names no version
    "planning:goal-rename": (WRITERS, 405, 422),
    "planning:goal-tree": (READERS, 200, 405),
    "planning:need-goal": (WRITERS, 200, 422),
    "planning:phase-help": (READERS, 302, 405),  # fetched by the page it belongs to; else to the page of the phase
    "records:search": (READERS, 200, 405),
    "records:search-programme": (EVERYBODY_INSIDE, 200, 405),
    "planning:step-add": (WRITERS, 200, 422),
    "planning:state-take": (WRITERS, 405, 404),
    "planning:step-move": (WRITERS, 405, 404),
    "records:draft-keep": (READERS, 405, 404),  # the form's own gates decide: tests/records/test_drafts.py
    "records:draft-keep-programme": (EVERYBODY_INSIDE, 405, 404),
    "records:draft-list": (EVERYBODY_INSIDE, 200, 405),
    "records:draft-discard": (EVERYBODY_INSIDE, 405, 404),  # no drafts yet
    "records:draft-take-back": (EVERYBODY_INSIDE, 405, 404),
    "records:undo": (READERS, 404, 404),  # nothing done yet; one's own actions are in tests/records/test_batches
    "participation:cycle-continue": (WRITERS, 200, 422),
    "participation:finding-sort": (WRITERS, 200, 302),
    "participation:flipchart": (WRITERS, 200, 422),
    "planning:phase": (READERS, 200, 405),
    "participation:session-catch-up": (WRITERS, 200, 422),
    "overview:ministry": (SEES_ALL, 200, 405),
    "overview:ministry-export": (SEES_ALL, 200, 405),
    "overview:deliveries": (SEES_ALL, 200, 405),
    "overview:figures": (SEES_ALL, 200, 405),
    "overview:figures-csv": (SEES_ALL, 200, 405),
    "overview:place": (SEES_ALL, 200, 405),
    "overview:start": (READERS, 200, 405),
    **reports.reports_other(READERS, WRITERS, SEES_ALL),
    "insight:controlling": (READERS, 302, 405),
    "insight:controlling-year": (READERS, 200, 405),
    **{f"insight:controlling-{page}": (WRITERS, 200, 422) for page in ("measure", "goals", "needs")},
    "insight:timeline": (READERS, 200, 405),
    "insight:timeline-export": (READERS, 200, 405),
    "insight:thread": (READERS, 200, 405),
    "insight:coverage": (READERS, 200, 405),
    "insight:coverage-export": (READERS, 200, 405),
    "insight:participation": (READERS, 200, 405),
    "plans:checks": (READERS, 200, 405),
    "insight:figures": (READERS, 200, 405),
    "insight:figures-choose": (WRITERS, 405, 404),  # names no Kennzahl: tests/insight/test_reckoned_figures.py
    "insight:figures-export": (READERS, 200, 405),
    "plans:plan-list": (READERS, 200, 405),
    "plans:plan-create": (WRITERS, 302, 302),  # every year has its plan; the form is in tests/plans
    "plans:plan-detail": (READERS, 200, 405),
    "plans:plan-update": (WRITERS, 200, 422),
    "plans:plan-chapter": (WRITERS, 200, 422),
    "plans:plan-pdf": (READERS, 200, 405),
    "plans:plan-word": (READERS, 200, 405),
    "plans:plan-compare": (READERS, 200, 405),
    "plans:plan-compare-pdf": (READERS, 302, 405),  # one plan only; the PDF is in tests/plans/compare
    "overview:review": (SEES_ALL, 200, 405),
    # Steps of a draft: GET of those that it cannot take leads back to the plan.
    "plans:plan-propose": (WRITERS, 200, 422),
    "plans:plan-take-back": (WRITERS, 302, 422),
    "plans:plan-release": ({"lead"}, 200, 422),
    "plans:plan-withdraw": ({"lead"}, 302, 422),
    "plans:plan-submit": (WRITERS, 302, 422),
    "plans:plan-begin-review": (MINISTRY, 302, 422),
    "plans:plan-return": (MINISTRY, 302, 422),
    "plans:plan-revise": (WRITERS, 302, 422),
    "plans:plan-approve": (MINISTRY, 302, 422),
    "plans:plan-publish": ({"lead"}, 302, 422),
    "plans:plan-unpublish": ({"lead"}, 302, 422),
    "plans:plan-amend": (WRITERS, 302, 422),
    # A draft has no frozen edition and no remark; those are in tests/plans/life.
    "plans:remark-create": (MINISTRY, 404, 404),
    "plans:plan-review": (MINISTRY, 404, 404),
    "plans:remark-update": (MINISTRY, 404, 404),
    "plans:remark-answer": (WRITERS, 404, 404),
    "plans:plan-version": (READERS, 404, 405),
    "plans:plan-version-pdf": (READERS, 404, 405),
    "plans:plan-version-word": (READERS, 404, 405),
    "plans:plan-version-json": (READERS, 404, 405),
    "plans:plan-version-timeline-pdf": (READERS, 404, 405),
    "plans:plan-version-timeline-svg": (READERS, 404, 405),
    "plans:plan-receipt": (READERS, 404, 405),
    "plans:plan-receipt-pdf": (READERS, 404, 405),
    **dict.fromkeys(MONEY_READ, (READERS, 200, 405)),
    **dict.fromkeys(MONEY_OF_ALL, (SEES_ALL, 200, 405)),
    **dict.fromkeys(MONEY_WITHOUT_ROW, (WRITERS, 404, 405)),
    "site:design": (SEES_ALL, 200, 405),
    "plans:export-list": (SEES_ALL, 200, 405),
    "plans:export-create": (SEES_ALL, 200, 422),
    "plans:export-detail": (SEES_ALL, 200, 405),
    "plans:export-archive": (SEES_ALL, 404, 405),  # not written yet
    "plans:export-cancel": (SEES_ALL, 405, 302),
    "plans:export-go-on": (SEES_ALL, 405, 302),
    "overview:barrier-list": (ADMIN, 200, 405),
    "overview:barrier-answer": (ADMIN, 200, 422),
}


@dataclass(frozen=True)
class Question:
    """An address, the people who may open it, and what it answers them."""

    url: str
    allowed: frozenset[str]
    get: int
    post: int
    known: frozenset[str]  # those for whom the row exists; others get 404

    def answer(self, who: str, method: str) -> int:
        """The status expected by the table."""
        if who == "anonymous":
            return 302
        if who not in self.known:
            return 404
        if who not in self.allowed:
            return 403
        return self.get if method == "get" else self.post


def relations_to_assign(kind: RecordKind) -> Iterator[tuple[str, RecordKind]]:
    """Links that other kinds hold to this one."""
    for relation in kind.model._meta.related_objects:
        other = find_kind(relation.related_model)
        if relation.many_to_many and other and other.is_tenant and relation.get_accessor_name():
            yield str(relation.get_accessor_name()), other


def readers_of(kind: RecordKind) -> set[str]:
    """Who sees the rows of a kind."""
    if kind.name in exchange.SEEN_BY:
        return exchange.SEEN_BY[kind.name]
    return WRITERS if kind.name in OF_CASES else READERS if kind.is_tenant else EVERYBODY_INSIDE


def pages_of(kind: RecordKind) -> Iterator[tuple[str, set[str], int, int]]:
    """Page, who may open it, GET, POST."""
    readers = readers_of(kind)
    writers = WRITERS if kind.is_tenant else MINISTRY
    for page, (get, post) in READ_PAGES.items():
        if page != "file" or "file" in kind.field_names():
            yield page, readers, get, post
    has = {
        "create": kind.creatable,
        "delete": kind.deletable,
        "bulk": kind.name in WITH_BULK,
        "bulk_delete": kind.is_tenant and kind.deletable,
        "import": kind.is_tenant and kind.name not in WITHOUT_IMPORT,
        "grid": kind.name in WITH_GRID,
    }
    for page, (get, post) in WRITE_PAGES.items():
        if has.get(page, True):
            yield page, WRITTEN_BY.get(kind.name, {}).get(page, writers), get, post


Rows = dict[Any, Any]  # one record of each model


def questions_about(kind: RecordKind, cast: Cast, rows: Rows, strangers: Rows) -> Iterator[Question]:
    """Addresses of one kind below ``home``: with rows of ``home``, and with those of ``away`` (404 for all).

    ``rows`` and ``strangers`` hold one record of each model, of ``home`` and of ``away``.
    """
    known = frozenset(READERS if kind.is_tenant else EVERYBODY_INSIDE)
    readers = frozenset(readers_of(kind))
    own, foreign = rows[kind.model].pk, strangers[kind.model].pk
    for page, who, get, post in pages_of(kind):
        pk = None if page in WITHOUT_ROW else own
        yield Question(kind.url(page, cast.home, pk), frozenset(who), get, post, known)
        if pk and kind.is_tenant:
            gate = WRITTEN_BY.get(kind.name, {}).get("create", who) if page in WRITE_PAGES else who
            yield Question(kind.url(page, cast.home, foreign), frozenset(gate), 404, 405 if post == 405 else 404, known)
    if kind.is_tenant and kind.name not in WITHOUT_IMPORT:  # one's own tables: tests/records/test_import_background.py
        who = frozenset(WRITTEN_BY.get(kind.name, {}).get("import", WRITERS))
        yield Question(kind.url("progress", cast.home, 1), who, 404, 404, known)
    for word in sorted(GRIDS_BELOW.get(kind.name, ())):
        url = f"{kind.url('detail', cast.home, own)}tabelle/{word}/"
        yield Question(url, frozenset(WRITERS), 200, 302, known)
        yield Question(url.replace(f"/{own}/", f"/{foreign}/"), readers, 404, 404, known)
    for relation, _ in relations_to_assign(kind):
        who = frozenset(WRITERS if kind.is_tenant else set())
        url = f"{kind.url('detail', cast.home, own)}zuordnen/{relation}/"
        if kind.is_tenant:
            yield Question(url, who, 200, 302, known)
            url = f"{kind.url('detail', cast.home, foreign)}zuordnen/{relation}/"
            yield Question(url, readers, 404, 404, known)


def questions_elsewhere(kind: RecordKind, cast: Cast, strangers: Rows) -> Iterator[Question]:
    """Addresses of one kind below ``away``: for people of ``home`` they do not exist (not asked of others)."""
    for page, _, _, _ in pages_of(kind):
        if kind.is_tenant:
            pk = None if page in WITHOUT_ROW else strangers[kind.model].pk
            yield Question(kind.url(page, cast.away, pk), frozenset(), 0, 0, frozenset())


def parameters(name: str, needed: list[str], cast: Cast) -> dict[str, Any]:
    """What the other addresses need, by their placeholder; records are made where there are none."""
    rows: Rows = {"planning:step-move": PlanningStep, "participation:cycle-continue": PlanningCycle}
    rows |= {f"planning:goal-{page}": Goal for page in ("measure", "move", "rename")} | {"planning:need-goal": Need}
    of_plans = ("plans:plan-", "plans:remark-", "plans:lead-remark-", "reporting:plan-")
    rows |= {route.name: Plan for route in routes() if route.name.startswith(of_plans)}
    rows |= {f"reporting:report-{page}": Report for page in ("draft", "edition")}
    rows |= {"reporting:measure-sheet": Measure, "insight:controlling-measure": Measure, **MONEY_ROWS, **exchange.ROWS}
    rows |= reports.ROWS
    rows["overview:barrier-answer"] = BarrierReport
    rows |= {f"plans:export-{page}": PlanExport for page in ("detail", "archive", "cancel", "go-on")}
    PlanExport.objects.get_or_create(year=2018)
    BarrierReport.objects.get_or_create(description="Wort")
    if name not in rows:  # a key of people, or of nothing that exists: never silently the key of another table
        assert name.startswith("accounts:") or name in WITHOUT_RECORD or "pk" not in needed
    assignment = RoleAssignment.objects.get(user=cast.planner, role=Role.PLANNER)
    return {
        "slug": cast.home.slug,
        "place": cast.home.slug,
        "pk": (related(rows[name], cast.home, "Wort") if name in rows else cast.planner).pk,
        "role_pk": assignment.pk,
        "uidb64": "MQ",
        "token": "x-1",
        "key": "h:task:0",
        "phase": Phase.NEEDS.slug,
        "form": "csv",
        "ending": "svg",
        "chapter": ChapterCode.NEEDS.slug,
        "edition": 1,
        "number": 1,
        "year": 2018 if name.startswith("insight:") else 1900,
    }


# Addresses whose number is no record of the municipality.
WITHOUT_RECORD = {
    "records:undo",
    "records:draft-discard",
    "records:draft-take-back",
    *MONEY_WITHOUT_ROW,
    *exchange.WITHOUT_ROW,
}


def other_questions(cast: Cast) -> Iterator[Question]:
    """Addresses besides those of the kinds."""
    for route in routes():
        if route.name not in OTHER:
            continue
        who, get, post = OTHER[route.name]
        known = READERS if ":slug>" in route.pattern else EVERYBODY_INSIDE
        names = re.findall(r"<\w+:(\w+)>", route.pattern)
        given = parameters(route.name, names, cast)
        url = reverse(route.name, kwargs={name: given[name] for name in names})
        yield Question(url, frozenset(who), get, post, frozenset(known))
        if "slug" in names:
            url = url.replace(cast.home.slug, cast.away.slug)
            yield Question(url, frozenset(), 0, 0, frozenset())


# Who takes a step: what a right of accounts.enums means here, written down a second time.
STEPS = {"write": WRITERS, "release": {"lead"}, **exchange.STEPS}


def steps_of_kinds() -> Iterator[tuple[RecordKind, str, str, set[str]]]:
    """The pages of steps in the lives of kinds: kind, step, its word in the address, and who may take it."""
    for kind in all_kinds():
        if life := find_life(kind.model):
            for action, move in life.moves.items():
                yield kind, str(action), life.slugs[action], STEPS[str(move.right)]


def record_routes() -> set[str]:
    """Names of the addresses that follow from the kinds."""
    pages = {(kind, page) for kind in all_kinds() for page in PAGES_OF_ALL_KINDS if page != "create" or kind.creatable}
    steps = {(kind, action) for kind, action, _, _ in steps_of_kinds()}
    return {f"{kind.model._meta.app_label}:{kind.name}-{page}" for kind, page in pages | steps}
