"""The goal tree as a page: frozen data for the templates, built in a constant number of queries."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import Municipality
from planning.domain.goals import LEVEL_BELOW
from planning.enums import GoalLevel
from planning.models import ActionField, Goal, PlanningCycle
from planning.models.goals import LEVEL_ABOVE
from planning.pages.thread_strip import build_thread, counts_of
from planning.queries.goals import children_of, goals_of, tree_order
from planning.queries.thread_graph import ThreadGraph, read_thread_graph
from records.models import day_in, in_force
from records.parts import Link, Thread
from records.registry import kind_of

CYCLE, FIELD, CLOSED = "zyklus", "handlungsfeld", "zugeklappt"
ADD, AFTER, RENAME, MOVE = "neu", "nach", "umbenennen", "verschieben"  # open a form; the goal's key is the value
FOCUS = "fokus"
GAP_STATIONS = {1: "ohne Bedarf", 3: "ohne Maßnahme"}


@dataclass(frozen=True)
class TreeGap:
    """What the thread of a goal lacks, with the way to mend it."""

    label: str
    link: Link | None


@dataclass(frozen=True)
class Ways:
    """What a person may do with a goal; texts name the goal, so that they can stand alone."""

    rename: str
    move: str
    move_post: str
    add_below: Link | None
    add_after: Link
    measure: Link
    update: str
    delete: str


@dataclass(frozen=True)
class OpenForm:
    """A form that stands open in the tree: what it is for, where, and what was typed.

    ``what`` is one of ADD, AFTER, RENAME, MOVE; ``pk`` the goal it belongs to (None: at the end of the Leitziele).
    ``theirs`` is the title that somebody else stored meanwhile.
    """

    what: str
    pk: int | None
    form: Any
    theirs: str = ""
    url: str = ""
    cancel: str = ""
    label: str = ""
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class GoalLine:
    """A goal in the tree with those under it."""

    pk: int
    code: str
    title: str
    url: str
    level: str
    depth: int
    version: int
    is_example: bool
    action_field: str
    priority: str
    priority_code: str
    target: str
    thread: Thread
    needs: int
    measures: int
    gaps: tuple[TreeGap, ...]
    children: tuple["GoalLine", ...]
    below: str  # „2 Handlungsziele“
    ways: Ways | None
    open: OpenForm | None
    is_context: bool  # shown only because of what stands under it


@dataclass(frozen=True)
class TreePage:
    """Everything that the page and the fragment show."""

    url: str
    title: str
    lines: tuple[GoalLine, ...]
    counts: tuple[str, ...]
    fields: tuple[tuple[Link, bool], ...]
    cycles: tuple[Link, ...]
    open_end: OpenForm | None
    add: Link | None
    fold: tuple[Link, Link]
    is_folded: bool
    is_filtered: bool
    may_move: bool
    list_url: str
    focus: str = ""
    notice: str = ""
    undo: Link | None = None


@dataclass
class Tree:
    """The goals of one cycle as somebody looks at them; ``query`` holds what the address says."""

    municipality: Municipality
    cycle: PlanningCycle
    query: QueryDict
    writable: bool
    rows: list[Goal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = self.rows or list(goals_of(self.cycle))
        self.by_pk = {goal.pk: goal for goal in self.rows}
        self.children = children_of(self.rows)
        self.kind = kind_of(Goal)
        span = day_in(self.cycle.span(), timezone.localdate())
        named = {goal.action_field.pk: goal.action_field for goal in self.rows if goal.action_field}
        self.heirs: dict[int, ActionField] = {pk: in_force(named[pk], span) for pk in named}
        self.field_pk = next((f.pk for f in self.action_fields() if str(f.pk) == self.query.get(FIELD)), None)

    def action_fields(self) -> list[ActionField]:
        """The Handlungsfelder that goals of this tree name."""
        return sorted(set(self.heirs.values()), key=lambda action_field: action_field.sort_key)

    def address(self, changes: dict[str, Any] | None = None, *, name: str = "goal-tree", pk: int | None = None) -> str:
        """An address of the tree that keeps cycle, filter and folding."""
        query = QueryDict(mutable=True)
        kept = {key: self.query.get(key, "") for key in (CYCLE, CLOSED)} | {FIELD: str(self.field_pk or "")}
        query.update({key: str(value) for key, value in (kept | (changes or {})).items() if value not in ("", None)})
        place = reverse(f"planning:{name}", args=[self.municipality.slug, *([] if pk is None else [pk])])
        return f"{place}?{query.urlencode()}" if query else place

    def field_of(self, goal: Goal) -> int | None:
        """The goal's Handlungsfeld, else that of the nearest goal above."""
        above = self.by_pk.get(goal.parent_id) if goal.parent_id else None
        if goal.action_field_id:
            return self.heirs[goal.action_field_id].pk
        return self.field_of(above) if above else None

    def parents_for(self, goal: Goal) -> list[tuple[int, str]]:
        """Goals under which this one may stand, with their codes."""
        above = LEVEL_ABOVE[GoalLevel(goal.level)]
        return [(row.pk, str(row)) for row in tree_order(self.rows) if row.level == above]

    def leading(self) -> list[tuple[int, str]]:
        """The Leitziele with their codes."""
        return [(row.pk, str(row)) for row in self.children.get(None, ())]


def tree_page(tree: Tree, opened: OpenForm | None = None, **shown: Any) -> TreePage:
    """The page; ``opened`` is the form that stands in it, ``shown`` what it says besides."""
    graph = read_thread_graph(tree.municipality)
    opened = furnished(tree, opened) if opened else None
    lines = tuple(line for goal in tree.children.get(None, ()) if (line := goal_line(tree, goal, graph, opened)))
    folded = bool(tree.query.get(CLOSED))
    fields = [(Link("Alle", tree.address({FIELD: ""})), tree.field_pk is None)]
    fields += [(Link(str(f), tree.address({FIELD: f.pk})), f.pk == tree.field_pk) for f in tree.action_fields()]
    return TreePage(
        url=tree.address(),
        title=tree.cycle.title,
        lines=lines,
        counts=tuple(level_counts(lines)),
        fields=tuple(fields) if len(fields) > 2 else (),
        open_end=opened if opened and opened.pk is None else None,
        add=Link("Leitziel anlegen", tree.address({ADD: "0"})) if tree.writable else None,
        fold=(
            Link("Alle aufklappen", tree.address({CLOSED: ""})),
            Link("Alle zuklappen", tree.address({CLOSED: "1"})),
        ),
        is_folded=folded and opened is None,
        is_filtered=tree.field_pk is not None,
        may_move=tree.writable and tree.field_pk is None,
        list_url=tree.kind.url("list", tree.municipality),
        **shown,
    )


def furnished(tree: Tree, opened: OpenForm) -> OpenForm:
    """The open form with its address, its label and the fields that a person does not see."""
    goal = tree.by_pk.get(opened.pk) if opened.pk else None
    cancel = f"{tree.address({FOCUS: opened.pk})}#ziel-{opened.pk}" if goal else tree.address()
    if opened.what in (RENAME, MOVE) and goal:
        name = "goal-rename" if opened.what == RENAME else "goal-move"
        label = f"{goal.get_level_display()} {goal.code}"
        hidden = (("version", str(goal.version)), ("seen", goal.title), ("offen", "1"))
        return replace(opened, url=tree.address(name=name, pk=goal.pk), cancel=cancel, label=label, hidden=hidden)
    above = goal if opened.what == ADD or goal is None else tree.by_pk.get(goal.parent_id or 0)
    level = LEVEL_BELOW.get(GoalLevel(above.level) if above else None)
    return replace(
        opened,
        url=tree.address(name="goal-add"),
        cancel=cancel,
        label=f"Neues {level.label if level else 'Ziel'}" + (f" unter {above.code}" if above else ""),
        hidden=(("unter" if opened.what == ADD else "nach", str(opened.pk or "")), ("form_key", str(uuid.uuid4()))),
    )


def goal_line(tree: Tree, goal: Goal, graph: ThreadGraph, opened: OpenForm | None) -> GoalLine | None:
    """A goal and what stands under it; None where the filter leaves nothing of it."""
    lines = tuple(line for row in tree.children.get(goal.pk, ()) if (line := goal_line(tree, row, graph, opened)))
    is_context = tree.field_pk is not None and tree.field_of(goal) != tree.field_pk
    if is_context and not lines:
        return None
    counts, level = counts_of(graph, goal), GoalLevel(goal.level)
    linked = build_thread(goal, counts, tree.municipality, linked=tree.writable)
    stations = linked.stations
    return GoalLine(
        pk=goal.pk,
        code=goal.code,
        title=goal.title,
        url=tree.kind.url("detail", tree.municipality, goal.pk),
        level=str(level.label),
        depth=list(GoalLevel).index(level),
        version=goal.version,
        is_example=goal.is_example,
        action_field=field_tag(tree, goal),
        priority=goal.get_priority_display(),
        priority_code=goal.priority,
        target=str(goal.target_date) if goal.target_date else "",
        thread=linked,
        needs=counts.needs,
        measures=counts.measures,
        gaps=tuple(TreeGap(t, stations[i].link) for i, t in GAP_STATIONS.items() if stations[i].state == "gap"),
        children=lines,
        below=counted(len(lines), LEVEL_BELOW[level].label) if lines else "",
        ways=ways_of(tree, goal) if tree.writable and not is_context else None,
        open=opened if opened and opened.pk == goal.pk else None,
        is_context=is_context,
    )


def field_tag(tree: Tree, goal: Goal) -> str:
    """The Handlungsfeld in full; in short where the goal above names the same."""
    above = tree.by_pk.get(goal.parent_id or 0)
    if goal.action_field is None:
        return ""
    same = above is not None and tree.field_of(above) == tree.field_of(goal)
    named = tree.heirs[goal.action_field.pk]
    return f"Handlungsfeld {named.number}" if same else str(named)


def ways_of(tree: Tree, goal: Goal) -> Ways:
    """Addresses of what can be done with the goal."""
    code, level = goal.code, GoalLevel(goal.level)
    below = LEVEL_BELOW.get(level)
    return Ways(
        rename=tree.address({RENAME: goal.pk}),
        move=tree.address({MOVE: goal.pk}) if tree.field_pk is None else "",
        move_post=tree.address(name="goal-move", pk=goal.pk),
        add_below=Link(f"{below.label} unter {code} anlegen", tree.address({ADD: goal.pk})) if below else None,
        add_after=Link(f"{level.label} nach {code} anlegen", tree.address({AFTER: goal.pk})),
        measure=Link("Maßnahme anlegen", reverse("planning:goal-measure", args=[tree.municipality.slug, goal.pk])),
        update=tree.kind.url("update", tree.municipality, goal.pk),
        delete=tree.kind.url("delete", tree.municipality, goal.pk),
    )


def counted(number: int, label: str) -> str:
    """„1 Leitziel“, „2 Leitziele“."""
    return f"{number} {label}" if number == 1 else f"{number} {label}e"


def level_counts(lines: Iterable[GoalLine]) -> list[str]:
    """How many goals of each level are shown, and how many of them lack something."""
    shown = list(walk(lines))
    found = [
        counted(number, level.label)
        for level in GoalLevel
        if (number := sum(1 for line in shown if line.level == level.label))
    ]
    for label in GAP_STATIONS.values():
        number = sum(1 for line in shown if any(gap.label == label for gap in line.gaps))
        found += [f"{number} {label}"] if number else []
    return found


def walk(lines: Iterable[GoalLine]) -> Iterable[GoalLine]:
    """Every goal that is shown."""
    for line in lines:
        yield line
        yield from walk(line.children)
