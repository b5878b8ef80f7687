"""The demonstration that lives is told for a day, and only for a day that leaves room before it."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from exchange.living.calendar import Calendar


@pytest.mark.parametrize(
    ("day", "focus", "first"), [("2026-11-29", 2027, 2025), ("2027-03-01", 2027, 2025), ("2027-09-01", 2028, 2026)]
)
def test_the_plan_of_the_next_year_is_at_work_from_autumn_on(day, focus, first):
    calendar = Calendar(date.fromisoformat(day))
    assert (calendar.focus, calendar.first) == (focus, first)
    assert calendar.first <= calendar.day.year <= calendar.focus


def test_a_day_without_room_before_it_is_refused(db):
    with pytest.raises(CommandError, match=r"ab 01\.01\.2023"):
        call_command("load_demo", alive=True, records_only=True, day=date(2022, 12, 31), verbosity=0)
    assert not User.objects.exists(), "nothing is loaded before"
