"""German numbers, amounts and dates."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from records.templatetags.german import datum, euro, number
from records.vague import VagueDate


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1\u202f000"),
        (-1234567, "−1\u202f234\u202f567"),
        (Decimal("0.80"), "0,80"),
        (Decimal("12345.6"), "12\u202f345,6"),
        (Decimal("1E+3"), "1\u202f000"),
        (0.5, "0,5"),
        (None, "–"),
        ("", "–"),
        ("...", "..."),
        (Decimal("NaN"), "NaN"),
    ],
)
def test_numbers_are_grouped_by_a_narrow_space(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("120000"), "120.000,00\u202f€"),
        (Decimal("120000.00"), "120.000,00\u202f€"),
        (Decimal("0.5"), "0,50\u202f€"),
        (Decimal("-15000.10"), "−15.000,10\u202f€"),
        (Decimal("1.005"), "1,005\u202f€"),
        (7, "7,00\u202f€"),
        (None, "–"),
    ],
)
def test_amounts_show_two_decimals_and_round_nothing_away(value, text):
    assert euro(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2016, 8, 17), "17.08.2016"),
        (datetime(2016, 8, 17, 12, 5, tzinfo=UTC), "17.08.2016, 14:05 Uhr"),
        (datetime(2016, 12, 31, 23, 30, tzinfo=UTC), "01.01.2017, 00:30 Uhr"),
        (VagueDate.from_iso("2018-Q1"), "1. Quartal 2018"),
        (None, "–"),
    ],
)
def test_dates_are_shown_in_local_time_as_they_were_meant(value, text):
    assert datum(value) == text


def test_filters_are_there_in_every_template_without_loading():
    assert (
        Template("{{ n|number }} {{ a|euro }}").render(Context({"n": 1000, "a": Decimal(1)}))
        == "1\u202f000 1,00\u202f€"
    )
