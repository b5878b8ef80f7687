"""A plan with records and a resolution, ready to be released; the PDF may be a small stand-in."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import Municipality, User
from participation.enums import BodyKind, Legitimises, Outcome
from participation.models import Body, Resolution
from planning.models import Goal, Measure, Need, PlanningCycle
from plans.content import PlanContent, to_json
from plans.domain import freezing
from plans.enums import PlanAction
from plans.models import ChapterText, Plan, PlanEvent, PlanVersion
from records.life.moving import take_step
from records.vague import VagueDate
from tests.cast import Cast, make_person
from tests.factories import make

A = PlanAction
TO_REVIEW = (A.RELEASE, A.SUBMIT, A.BEGIN_REVIEW)
TO_PUBLISHED = (*TO_REVIEW, A.APPROVE, A.PUBLISH)


def small_pdf(content: PlanContent) -> bytes:
    """The beginning of a PDF with the plan's data as a packed stream, as the real one has it."""
    return b"%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile >>\nstream\n" + zlib.compress(to_json(content)) + b"\nendstream"


@pytest.fixture
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Releases cost milliseconds."""
    monkeypatch.setattr(freezing, "plan_pdf", small_pdf)


@pytest.fixture(scope="module")
def quick_rows(kept_rows: None) -> Iterator[None]:
    """Rows kept for a module, in which releases cost milliseconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(freezing, "plan_pdf", small_pdf)
        yield


def make_plan(
    municipality: Municipality, year: int = 2018, *, text: str = "Wort", cycle: PlanningCycle | None = None
) -> Plan:
    """A plan whose records and chapter text begin with ``text``, with the resolution that a release needs."""
    cycle = cycle or PlanningCycle.objects.filter(municipality=municipality).first()
    cycle = cycle or make(PlanningCycle, municipality, text=text, first_year=2016, last_year=2022)
    day = VagueDate.from_iso(f"{year}-02-01")
    values = {"legitimises": Legitimises.PLAN, "outcome": Outcome.ADOPTED, "resolved_on": day, "first_year": year}
    values["body"] = make(Body, municipality, text=f"{text} Kreistag", full=False, kind=BodyKind.DISTRICT_COUNCIL)
    make(Resolution, municipality, text=text, full=False, **values)
    for model in (Need, Goal, Measure):
        make(model, municipality, text=text)
    plan: Plan = make(Plan, municipality, full=False, cycle=cycle, year=year)
    make(ChapterText, municipality, plan=plan, text=text, chapter="needs", left_out=False)
    return plan


@dataclass
class Actors:
    """Who takes which step for a municipality; the ministry is the cast's."""

    planner: User
    lead: User
    ministry: User

    def of(self, action: PlanAction) -> User:
        """Somebody with the right to the step."""
        if action in (A.RELEASE, A.WITHDRAW, A.PUBLISH, A.UNPUBLISH):
            return self.lead
        return self.ministry if action in (A.BEGIN_REVIEW, A.RETURN, A.APPROVE) else self.planner


def actors_in(cast: Cast, municipality: Municipality) -> Actors:
    """The cast's people at home; elsewhere a Leitung is made."""
    if municipality == cast.home:
        return Actors(cast.planner, cast.lead, cast.ministry)
    lead = User.objects.filter(username="leitung-abg").first() or make_person("leitung-abg", Role.LEAD, cast.away)
    return Actors(cast.foreign_planner, lead, cast.ministry)


def go(plan: Plan, actors: Actors, *actions: PlanAction, **options: Any) -> PlanEvent:
    """Take steps one after the other; the last one."""
    for action in actions:
        plan.refresh_from_db()
        note = "Ein Grund"
        event = take_step(
            record=plan, action=action, actor=actors.of(action), version=plan.version, note=note, **options
        )
    plan.refresh_from_db()
    return event


def newest(plan: Plan) -> PlanVersion:
    """The last frozen edition with all columns."""
    return PlanVersion.objects.filter(plan=plan).latest("edition")
