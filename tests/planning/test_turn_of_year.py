"""In the first hour of a year in Berlin it is still the old one in Greenwich: pages speak of the new year."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from planning.models import PlanningCycle
from planning.queries.cycles import current_cycle
from tests.architecture.source import python, text
from tests.factories import make

NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
pytestmark = pytest.mark.once
DAY_IN_GREENWICH = re.compile(r"(now\(\)|_at|\bat)\.(date\(|year\b|month\b|day\b)")


@pytest.fixture
def first_hour(cast, time_machine):
    """Half past midnight in Berlin, between two cycles."""
    make(PlanningCycle, cast.home, title="alter Zyklus", first_year=2022, last_year=2026, full=False)
    make(PlanningCycle, cast.home, title="neuer Zyklus", first_year=2027, last_year=2031, full=False)
    time_machine.move_to(NEW_YEAR, tick=False)
    return cast


def test_the_new_cycle_runs_from_the_first_hour_on(first_hour):
    assert timezone.localdate().year == 2027
    assert current_cycle(first_hour.home).first_year == 2027
    page = first_hour.client().get(f"/{first_hour.home.slug}/").content.decode()
    assert "Freitag, 1. Januar 2027" in page


def test_what_is_begun_then_is_of_the_new_year(first_hour):
    client, own = first_hour.client(), f"/{first_hour.home.slug}"
    assert client.get(f"{own}/plaene/neu/").context["form"]["year"].value() == 2028, "the next plan year"
    assert client.get(f"{own}/controlling/").url == f"{own}/controlling/2026/", "the year that is over"


def test_no_line_takes_the_day_of_a_moment_in_greenwich():
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in python()
        for number, line in enumerate(text(path).splitlines(), start=1)
        if DAY_IN_GREENWICH.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("line", ["timezone.now().year", "version.frozen_at.date()", "self.at.month", "now().date()"])
def test_such_a_line_would_be_found(line):
    assert DAY_IN_GREENWICH.search(line)
