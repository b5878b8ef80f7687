"""Plain texts, dates and numbers as the plan prints them."""

from decimal import Decimal

import pytest

from printing.templatetags import papers as t
from records.vague import VagueDate


def day(iso):
    return VagueDate.from_iso(iso) if iso else None


@pytest.mark.parametrize(
    ("begin", "end", "period", "event"),
    [
        ("2018-08-17", None, "seit 17. August 2018", "17. August 2018"),
        ("2018-04-01", "2018-12-31", "1. April 2018 bis 31. Dezember 2018", "1. April 2018 bis 31. Dezember 2018"),
        ("2018-Q1", None, "seit 1. Quartal 2018", "1. Quartal 2018"),
        ("2018", "2018", "2018", "2018"),
        (None, "2018-06", "bis Juni 2018", "bis Juni 2018"),
        (None, None, "–", "–"),
    ],
)
def test_dates_are_written_as_they_were_meant(begin, end, period, event):
    assert t.bis(day(begin), day(end)) == period
    assert t.am(day(begin), day(end)) == event


@pytest.mark.parametrize(
    ("value", "number", "amount"),
    [
        (Decimal("1234567.50"), "1\u202f234\u202f567,5", "1.234.567,50"),
        (Decimal("0.00"), "0", "0,00"),
        (Decimal("-1000.25"), "−1\u202f000,25", "−1.000,25"),
        (Decimal("999"), "999", "999,00"),
        (None, "–", "–"),
    ],
)
def test_numbers_and_amounts_are_german(value, number, amount):
    assert t.zahl(value) == number
    assert t.betrag(value) == amount
