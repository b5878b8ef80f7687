"""What the owner of the database can do past every guard, and what verify_plans then says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.db import connection, transaction

from plans.domain.verifying import verify_plans
from plans.models import Plan, PlanEvent, PlanVersion
from records import triggers
from records.models.steps import chained, digest
from tests.cast import Cast, make_cast
from tests.plans.life.released import TO_PUBLISHED, A, actors_in, go, make_plan, newest

POSTGRES, SQLITE = connection.vendor == "postgresql", connection.vendor == "sqlite"


@pytest.fixture(scope="module")
def kept_world(quick_rows) -> Cast:
    """Two plans with three editions at home, one elsewhere."""
    cast = make_cast()
    at_home = actors_in(cast, cast.home)
    first, second = make_plan(cast.home), make_plan(cast.home, 2019)
    go(first, at_home, A.PROPOSE, *TO_PUBLISHED)
    go(second, at_home, A.RELEASE)
    go(first, at_home, A.AMEND, A.RELEASE, A.SUBMIT)
    go(make_plan(cast.away), actors_in(cast, cast.away), A.RELEASE, A.SUBMIT)
    if POSTGRES:
        execute("SET CONSTRAINTS ALL IMMEDIATE")  # else tables with checks to come cannot be emptied
    return cast


@pytest.fixture
def world(db, kept_world) -> Cast:
    """The world of the module, untouched."""
    return deepcopy(kept_world)


def problems() -> list[str]:
    return [str(problem) for problem in verify_plans().problems]


def execute(*statements: str) -> int:
    """Rows that the last statement changed."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.rowcount


@contextmanager
def past_the_guards() -> Iterator[None]:
    """What the owner of the database can do: no triggers, no foreign keys; everything is taken back at the end."""
    with transaction.atomic():
        if POSTGRES:
            execute("SET CONSTRAINTS ALL IMMEDIATE", "SET LOCAL session_replication_role = replica")
        else:
            triggers.drop_triggers()
        yield
        transaction.set_rollback(True)


def guards_again() -> None:
    """The triggers are there again; only the data can tell now."""
    if POSTGRES:
        execute("SET LOCAL session_replication_role = origin")
    else:
        triggers.create_triggers()


def found_after(change: Callable[[], int]) -> list[str]:
    """What verify_plans says when the owner has made this change."""
    with past_the_guards():
        assert change() != 0
        guards_again()
        return problems()


def rehash(version: PlanVersion, **values) -> int:
    """A forger who knows the code: every checksum of the edition fits again."""
    for name, value in values.items():
        setattr(version, name, value)
        setattr(version, f"{name}_sha256", digest(value))
    version.sha256 = chained(version.header())
    names = [*values, *(f"{name}_sha256" for name in values), "sha256"]
    return PlanVersion.objects.filter(pk=version.pk).update(**{name: getattr(version, name) for name in names})


def rewrite(plan: Plan) -> int:
    """A forger who writes everything anew: the last edition, and the steps that rest on it."""
    version = newest(plan)
    rehash(version, pages=b'{"needs":"<p>Anders</p>"}')
    previous = ""
    for event in plan.events.order_by("number"):
        event.version = version if event.version_id == version.pk else event.version
        event.previous_sha256 = previous
        if event.action == A.RELEASE and event.version_id == version.pk:
            event.details["sha256"] = version.sha256
        event.sha256 = previous = chained(event.header())
        PlanEvent.objects.filter(pk=event.pk).update(
            previous_sha256=event.previous_sha256, sha256=event.sha256, details=event.details
        )
    return 1
