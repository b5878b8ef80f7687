"""Random walks through the life of a plan, others on PostgreSQL, judged by a table that is not imported.

Every step that the table allows succeeds, every other one is refused with the right error and changes nothing. The
suite walks 60 of them on each, ``--long`` 960 and 120.
"""

import random
from dataclasses import dataclass, field, replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from participation.models import Resolution
from plans.builder import build_plan
from plans.checks import CheckFinding
from plans.domain import freezing, lifecycle
from plans.domain.plans import save_chapter_text
from plans.domain.verifying import verify_plans
from plans.enums import ChapterCode, PlanAction, PlanState
from plans.models import ChapterText, Plan, PlanEvent, PlanVersion, Remark
from records.domain.saving import create_record
from records.errors import RecordLocked, StaleRecord, StepRefused
from records.life.moving import take_step
from tests.cast import PEOPLE, Cast
from tests.plans.life.released import make_plan, newest

pytestmark = pytest.mark.usefixtures("quick_pdf")
BLOCKS, WALKS, STEPS = 16, 60, 7
IN_THE_SUITE = 1  # block; the others with --long
ON_BOTH = (0, 15)  # blocks that a second database walks too, on other ways: the rules are asked in Python
BEATEN_PATHS = (
    ("release", "submit", "begin_review", "approve", "publish", "unpublish"),
    ("release", "submit", "begin_review", "remark", "return", "revise"),
)
MUNICIPALITY, LEAD, MINISTRY = {"planner", "lead"}, {"lead"}, {"ministry"}


@dataclass(frozen=True)
class Row:
    """A step as docs/product.md §5 and §7 have it: where it leads, who takes it, what it needs, what it leaves."""

    target: str
    people: frozenset[str] | set[str]
    needs: tuple[str, ...] = ()
    next_edition: bool = False


TABLE: dict[tuple[str, str], Row] = {
    ("draft", "propose"): Row("proposed", MUNICIPALITY),
    ("proposed", "take_back"): Row("draft", MUNICIPALITY),
    ("draft", "release"): Row("released", LEAD, ("second person", "resolution", "no blocking finding")),
    ("proposed", "release"): Row("released", LEAD, ("second person", "resolution", "no blocking finding")),
    ("released", "withdraw"): Row("draft", LEAD, ("text",), next_edition=True),
    ("released", "submit"): Row("submitted", MUNICIPALITY),
    ("submitted", "begin_review"): Row("in_review", MINISTRY),
    ("in_review", "return"): Row("returned", MINISTRY, ("remark",)),
    ("in_review", "approve"): Row("approved", MINISTRY),
    ("returned", "revise"): Row("draft", MUNICIPALITY, next_edition=True),
    ("approved", "publish"): Row("published", LEAD),
    ("published", "unpublish"): Row("approved", LEAD, ("text",)),
    ("approved", "amend"): Row("draft", MUNICIPALITY, ("text",), next_edition=True),
    ("published", "amend"): Row("draft", MUNICIPALITY, ("text",), next_edition=True),
}
RIGHTS = {action: row.people for (_, action), row in TABLE.items()}


@dataclass(frozen=True)
class World:
    """What the model knows of a plan and of the records around it."""

    state: str = "draft"
    edition: int = 1
    events: int = 0
    versions: int = 0
    authors: frozenset[str] = frozenset()
    has_resolution: bool = True
    has_blocking_finding: bool = False
    has_remark: bool = False

    def verdict(self, action: str, who: str, text: str, is_stale: bool) -> type[Exception] | None:
        """The error that the step must meet; None where it is allowed."""
        if who not in RIGHTS[action]:
            return PermissionDenied
        row = TABLE.get((self.state, action))
        met = {
            "second person": who not in self.authors,
            "resolution": self.has_resolution,
            "no blocking finding": bool(text) or not self.has_blocking_finding,
            "remark": self.has_remark,
            "text": bool(text),
        }
        if row is None or not all(met[need] for need in row.needs):
            return StepRefused
        return StaleRecord if is_stale else None

    def after(self, action: str, who: str) -> "World":
        """The world after an allowed step."""
        row = TABLE[self.state, action]
        authors = self.authors | {who} if action == "propose" else self.authors
        released = action == "release"
        return replace(
            self,
            state=row.target,
            edition=self.edition + row.next_edition,
            events=self.events + 1,
            versions=self.versions + released,
            authors=frozenset() if released else authors,
            has_remark=False if released else self.has_remark,
        )


def stored(plan: Plan) -> tuple[str, int, int, int]:
    plan.refresh_from_db()
    counts = (model.objects.filter(plan=plan).count() for model in (PlanEvent, PlanVersion))
    return plan.state, plan.edition, *counts


def findings(world: World) -> list[CheckFinding]:
    blocking = [CheckFinding("gap", None, "Ein Befund hindert.", "", "", 1, blocking=True)]
    return blocking if world.has_blocking_finding else []


@dataclass
class Walk:
    """One person after the other does something at random."""

    cast: Cast
    plan: Plan
    random: random.Random
    world: World = field(default_factory=World)
    trace: list[str] = field(default_factory=list)
    taken: set[tuple[str, str]] = field(default_factory=set)
    refused: set[tuple[str, str]] = field(default_factory=set)

    def go(self, steps: int) -> None:
        """A piece of a beaten path, so that walks also begin late in the life of a plan, then at random."""
        path = self.random.choice(BEATEN_PATHS)
        for action in path[: self.random.randint(0, len(path))]:
            if action == "remark":
                self.remark()
            else:
                self.take(action, sorted(RIGHTS[action])[0], "Ein Grund")
        for _ in range(steps):
            change = self.random.random() < 0.2
            (self.change_data if change else self.step)()
            world = self.world
            self.expect(stored(self.plan), (world.state, world.edition, world.events, world.versions))

    def expect(self, found, expected) -> None:
        assert found == expected, "\n".join(["the walk:", *self.trace, f"found {found}, expected {expected}"])

    def step(self) -> None:
        """Mostly one that the table has; often by somebody who may."""
        possible = sorted(action for state, action in TABLE if state == self.world.state)
        action = self.random.choice(possible if self.random.random() < 0.6 else sorted(RIGHTS))
        people = sorted(RIGHTS[action]) if self.random.random() < 0.8 else PEOPLE
        text = self.random.choice(["", " ", "Ein Grund", "Ein Grund"])
        self.take(action, self.random.choice(people), text, is_stale=self.random.random() < 0.1)

    def take(self, action: str, who: str, text: str, *, is_stale: bool = False) -> None:
        """Try a step; it must be answered as the model says, and change what it says."""
        expected = self.world.verdict(action, who, text.strip(), is_stale)
        self.trace.append(f"{self.world}: {who} {action} „{text}“{' stale' if is_stale else ''} -> {expected}")
        before = self.plan.version
        try:
            take_step(
                record=self.plan,
                action=PlanAction(action),
                actor=getattr(self.cast, who),
                version=before - is_stale,
                note=text,
            )
            found = None
        except (PermissionDenied, StepRefused, StaleRecord) as error:
            found = type(error)
        self.expect(found, expected)
        self.plan.refresh_from_db()
        self.expect(self.plan.version, before + (expected is None))
        (self.refused if expected else self.taken).add((self.world.state, action))
        if expected is None:
            self.world = self.world.after(action, who)

    def change_data(self) -> None:
        change = self.random.choice([self.write, self.write, self.resolve, self.find, self.remark])
        self.trace.append(f"{self.world}: {change.__name__}")
        change()

    def write(self) -> None:
        """A chapter text; only drafts can be written."""
        who = self.random.choice(["planner", "lead", "planner"])
        text = ChapterText.objects.get(plan=self.plan, chapter="needs")
        try:
            save_chapter_text(
                plan=self.plan,
                code=ChapterCode.NEEDS,
                text=f"Text {self.random.random()}",
                left_out=False,
                left_out_reason="",
                version=text.version,
                actor=getattr(self.cast, who),
            )
            was_written = True
        except RecordLocked:
            was_written = False
        self.expect(was_written, self.world.state == "draft")
        if was_written:
            self.world = replace(self.world, authors=self.world.authors | {who})

    def resolve(self) -> None:
        """The resolution is there, or it was rejected."""
        has = not self.world.has_resolution
        Resolution.objects.update(outcome="adopted" if has else "rejected")
        self.world = replace(self.world, has_resolution=has)

    def find(self) -> None:
        self.world = replace(self.world, has_blocking_finding=not self.world.has_blocking_finding)

    def remark(self) -> None:
        """The ministry remarks on the newest edition."""
        if self.world.versions:
            row = Remark(
                municipality=self.plan.municipality, plan_version=newest(self.plan), chapter="needs", text="Warum?"
            )
            create_record(row, actor=self.cast.ministry)
            self.world = replace(self.world, has_remark=True)


@dataclass
class Walks:
    """Many walks from the same beginning; each is taken back at its end."""

    cast: Cast
    monkeypatch: pytest.MonkeyPatch
    taken: set[tuple[str, str]] = field(default_factory=set)
    refused: set[tuple[str, str]] = field(default_factory=set)

    def go(self, seed: int, walks: int, *, first: int = 0) -> None:
        plan = make_plan(self.cast.home)
        self.read_records_once(plan)
        for number in range(first, first + walks):
            with transaction.atomic():
                plan.refresh_from_db()
                walk = Walk(self.cast, plan, random.Random(f"{seed}-{number}"))
                walk.trace.append(f"seed {seed}, walk {number}")
                self.monkeypatch.setattr(lifecycle, "blocking_of", lambda _, walk=walk: findings(walk.world))
                walk.go(STEPS)
                if number % 10 == 0:
                    walk.expect(verify_plans().problems, [])
                self.taken |= walk.taken
                self.refused |= walk.refused
                transaction.set_rollback(True)

    def read_records_once(self, plan: Plan) -> None:
        """What stands in the editions is not the question here; each has its own number and state."""
        content = build_plan(plan)
        pages = freezing.pages_of(content)
        self.monkeypatch.setattr(freezing, "pages_of", lambda _: pages)
        self.monkeypatch.setattr(
            freezing, "build_plan", lambda plan, state: replace(content, edition=plan.edition, state=state)
        )


@pytest.fixture
def walks(cast, monkeypatch) -> Walks:
    return Walks(cast, monkeypatch)


def marks_of(seed: int) -> list[pytest.MarkDecorator]:
    """Which runs leave a block out."""
    once = [] if seed in ON_BOTH else [pytest.mark.once]
    return [*once, pytest.mark.long] if seed >= IN_THE_SUITE else once


@pytest.mark.slow
@pytest.mark.parametrize("seed", [pytest.param(seed, marks=marks_of(seed)) for seed in range(BLOCKS)])
def test_walks_follow_the_table(walks, seed):
    walks.go(seed if connection.vendor == "sqlite" else seed + BLOCKS, WALKS)
    assert walks.taken == set(TABLE)
    assert len(walks.refused - set(TABLE)) > 60


def test_the_table_has_every_state_and_action():
    assert {action for _, action in TABLE} == set(PlanAction.values)
    assert {state for state, _ in TABLE} | {row.target for row in TABLE.values()} == set(PlanState.values)


# Negative controls: with a rule gone the walks must complain; ``first`` is where those of block 0 first did.
@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize(
    ("action", "changed", "first"),
    [
        (PlanAction.APPROVE, {"origins": (PlanState.SUBMITTED, PlanState.IN_REVIEW)}, 21),
        (PlanAction.RELEASE, {"conditions": (lifecycle.resolution, lifecycle.no_blocking_finding)}, 30),
        (PlanAction.RELEASE, {"conditions": (lifecycle.second_person, lifecycle.no_blocking_finding)}, 2),
        (PlanAction.RELEASE, {"conditions": (lifecycle.second_person, lifecycle.resolution)}, 26),
        (PlanAction.RELEASE, {"right": lifecycle.WRITE}, 48),
        (PlanAction.RETURN, {"conditions": ()}, 0),
        (PlanAction.WITHDRAW, {"must_say": False}, 0),
        (PlanAction.REVISE, {"next_edition": False}, 0),
        (PlanAction.SUBMIT, {"target": PlanState.IN_REVIEW}, 0),
    ],
)
def test_a_changed_rule_is_found(walks, monkeypatch, action, changed, first):
    monkeypatch.setitem(lifecycle.MOVES, action, replace(lifecycle.MOVES[action], **changed))
    with pytest.raises((AssertionError, IntegrityError)) as error:  # or the database refuses a second edition 1
        walks.go(0, WALKS, first=first)
    assert "the walk:" in str(error.value) or action == PlanAction.REVISE
