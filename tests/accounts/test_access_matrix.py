"""Every address × role × own and foreign × GET and POST answers what the table says, and exports hold no foreign row.

What drawn pages show is judged by tests/records/test_canary.py.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.access import Access
from accounts.models import Municipality
from planning.models import Need
from records.kind import RecordKind
from records.queries import scope
from records.registry import all_kinds, kind_of
from tests.accounts.access_table import (
    OTHER,
    PEOPLE_OF_AWAY,
    READERS,
    Question,
    other_questions,
    questions_about,
    questions_elsewhere,
    record_routes,
    steps_of_kinds,
)
from tests.accounts.public_table import PUBLIC, public_url
from tests.accounts.routes import routes
from tests.cast import EVERYBODY, Cast, Walker, make_cast
from tests.factories import make_kind, one_of_each
from tests.kinds import typical_kinds
from tests.trial.conftest import forget_prepared

OWN, FOREIGN = "Heimatwort", "Fremdwort"
World = tuple[Cast, dict, dict]
# One who writes here is asked about every kind, the others about kinds that stand for all, with every right and every
# sort of place among them; with --long everybody about everything.
ABOUT_EVERY_KIND = ("planner",)
# Who may do what is decided in Python; a second database opens every page for one of those who see it.
ON_BOTH = ("planner", "ministry", "admin")
everybody = pytest.mark.parametrize(
    "who", [pytest.param(who, marks=() if who in ON_BOTH else pytest.mark.once) for who in EVERYBODY]
)
pytestmark = pytest.mark.usefixtures("quiet", "bare_errors", "unprinted")


@pytest.fixture(scope="module")
def kept_world(kept_rows) -> World:
    """The cast, and one record of every kind in both municipalities, those of ``home`` with OWN in each text."""
    cast = make_cast()
    rows = one_of_each(cast.home, text=OWN)
    strangers = {
        kind.model: make_kind(kind, cast.away, text=FOREIGN, around=True) if kind.is_tenant else rows[kind.model]
        for kind in all_kinds()
    }
    return cast, rows, strangers


@pytest.fixture
def world(db, kept_world) -> World:
    """The world of the module, untouched."""
    return deepcopy(kept_world)


@pytest.fixture
def cast(world) -> Cast:
    """Its people."""
    return world[0]


def asked(world: World, who: str, kinds: Iterable[RecordKind]) -> Iterator[Question]:
    cast, rows, strangers = world
    for kind in kinds:
        yield from questions_about(kind, cast, rows, strangers)
        if who not in PEOPLE_OF_AWAY:
            yield from questions_elsewhere(kind, cast, strangers)


def wrong_answers(cast: Cast, who: str, questions: Iterable[Question]) -> list[str]:
    """Where status or content differ from the table."""
    client, wrong = cast.client(who, Walker), []
    for question in questions:
        for method in ("get", "post"):
            response = getattr(client, method)(question.url)
            wanted = question.answer(who, method)
            if response.status_code != wanted:
                wrong.append(f"{who} {method.upper()} {question.url}: {response.status_code} instead of {wanted}")
            shown = response.getvalue() if response.streaming else response.content
            if FOREIGN.encode() in shown and who != "foreign_planner":  # to whom it is no foreign word
                wrong.append(f"{who} {method.upper()} {question.url}: shows foreign rows")
    return wrong


def row_counts() -> Counter:
    return Counter(
        {
            model.__name__: model._default_manager.count()
            for model in apps.get_models()
            if model._meta.app_label in ("accounts", "planning", "participation")
        }
    )


def people_and_kinds() -> Iterator[Any]:
    """Who is asked about which kinds."""
    for who in EVERYBODY:
        once = () if who == ON_BOTH[0] else (pytest.mark.once,)
        others = [kind for kind in all_kinds() if kind not in typical_kinds()]
        long = () if who in ABOUT_EVERY_KIND else (pytest.mark.long,)
        yield pytest.param(who, typical_kinds(), id=who, marks=once)
        yield pytest.param(who, others, id=f"{who}-other-kinds", marks=(pytest.mark.once, *long))


@pytest.mark.slow
@pytest.mark.parametrize(("who", "kinds"), list(people_and_kinds()))
def test_every_kind_answers_as_the_table_says(world, who, kinds, undrawn):
    before = row_counts()
    questions = list(asked(world, who, kinds))
    assert len(questions) > 10 * len(kinds)
    assert wrong_answers(world[0], who, questions) == []
    assert row_counts() == before


@pytest.mark.slow
@everybody
def test_other_addresses_answer_as_the_table_says(cast, who):
    questions = [q for q in other_questions(cast) if q.known or who not in PEOPLE_OF_AWAY]
    questions.sort(key=lambda question: question.url == reverse("accounts:logout"))
    assert wrong_answers(cast, who, questions) == []


@everybody
@pytest.mark.slow
def test_public_addresses_answer_everybody(cast, who):
    client, found = cast.client(who), {}
    for name in PUBLIC:
        url = public_url(name)
        found[name] = (client.get(url).status_code, client.post(url).status_code)
    already_inside = {"accounts:login": (302, 302), "overview:home": (302, 405)} if who != "anonymous" else {}
    assert found == PUBLIC | already_inside


@pytest.mark.slow
@everybody
def test_steps_are_open_to_whom_the_table_says(world, who):
    cast, rows, strangers = world
    client, wrong = cast.client(who, Walker), []
    for kind, action, slug, allowed in steps_of_kinds():
        own, foreign = (
            f"{kind.url('detail', cast.home, row[kind.model].pk)}schritt/{slug}/" for row in (rows, strangers)
        )
        refused = 302 if who == "anonymous" else 404 if who not in READERS else 403
        for method in ("get", "post"):
            found = getattr(client, method)(own).status_code
            if found not in ((200, 302, 422) if who in allowed else (refused,)):
                wrong.append(f"{who} {method.upper()} {kind.name} {action}: {found}")
            if who in allowed and getattr(client, method)(foreign).status_code != 404:
                wrong.append(f"{who} {method.upper()} {kind.name} {action}: a foreign row")
    assert wrong == []


def test_the_table_knows_every_address():
    assert {route.name for route in routes()} - record_routes() == {*OTHER, *PUBLIC}


# Negative controls: with a gate open the matrix must complain.


def complaints(world: World, who: str) -> list[str]:
    return wrong_answers(world[0], who, asked(world, who, [kind_of(Need)]))


@pytest.mark.slow
def test_an_open_right_gate_is_found(world, monkeypatch):
    monkeypatch.setattr(Access, "allows", lambda self, action, municipality=None: True)
    assert any("200 instead of 403" in line for line in complaints(world, "ministry"))


@pytest.mark.slow
def test_an_open_tenant_gate_is_found(world, monkeypatch):
    monkeypatch.setattr(Access, "municipality", lambda self, slug: Municipality.objects.get(slug=slug))
    monkeypatch.setattr(Access, "allows", lambda self, action, municipality=None: True)
    assert any("200 instead of 404" in line for line in complaints(world, "planner"))


@pytest.mark.slow
def test_an_open_row_gate_is_found(world, monkeypatch):
    monkeypatch.setattr(scope, "rows_of_place", lambda model, municipality: model._default_manager.all())
    forget_prepared()
    found = complaints(world, "planner")
    forget_prepared()
    assert any("shows foreign rows" in line for line in found)
    assert any("200 instead of 404" in line for line in found)
