"""The worked examples A to E of the rules of money, to the cent, and what lies at their edges."""

from datetime import date
from decimal import Decimal

import pytest

from funding.deadlines import Term, add_months, proof_due, use_until
from funding.domain.reckoning.arithmetic import (
    LocalLimits,
    PlanLimits,
    Sums,
    balance,
    check_application,
    check_plan,
    check_pot,
    proposed_grant,
    within,
)
from funding.domain.reckoning.due import Grant, grant_due, repayment
from funding.domain.reckoning.interest import (
    InterestPeriod,
    InterestRule,
    MissingRate,
    Money,
    Rate,
    interest_on,
    late_use_interest,
    used_first_in_first_out,
)
from funding.domain.reckoning.overrun import Position, check_overrun, exceeds
from funding.domain.reckoning.steps import ratio, total
from funding.domain.versions import Version, in_force


def d(number: int | str) -> Decimal:
    return Decimal(number)


LINES = [  # Handlungsfeld, kind of cost, Land, Kommune, Träger, Dritte
    (1, "Personal", "41236.40", "17672.75", "0", "0"),
    (1, "Sach", "1750.00", "750.00", "0", "0"),
    (3, "Weiterleitung", "28963.27", "9654.42", "4290.86", "0"),
    (4, "Weiterleitung", "104573.00", "52286.50", "17428.83", "0"),
    (4, "Weiterleitung", "56000.00", "18666.67", "7466.66", "1500.00"),
    (5, "Honorar", "4200.00", "1800.00", "0", "0"),
    (6, "Weiterleitung", "15000.00", "0", "1666.67", "0"),
    (4, "Weiterleitung", "0", "38412.19", "0", "0"),
]
SETTINGS = PlanLimits(maximum=d("681000.00"), share=d("70.0000"), minimum=d("30.0000"))


def plan() -> Sums:
    state, municipal, own, third = (total(d(line[column]) for line in LINES) for column in range(2, 6))
    return Sums(state, municipal, own, third)


def test_a_the_plan_adds_up_and_has_no_finding():
    sums = plan()
    assert [str(each) for each in (sums.state, sums.municipal, sums.own, sums.third, sums.total)] == [
        "251722.67",
        "139242.53",
        "30853.02",
        "1500.00",
        "423318.22",
    ]
    for column, found in (
        (0, "61409.15 42908.55 296333.85 6000.00 16666.67"),
        (1, "58909.15 2500.00 355909.07 6000.00"),
    ):
        by = {line[column]: d(0) for line in LINES}
        for line in LINES:
            by[line[column]] += total(map(d, line[2:]))
        assert " ".join(map(str, by.values())) == found
    assert ratio(sums.state, sums.total) == d("59.4642")
    assert ratio(sums.state, sums.base("state_and_municipal")) == d("64.3849")
    maximum, share, minimum = check_plan(sums, SETTINGS)
    assert maximum.free == d("429277.33")
    assert (share.limit, share.bound) == (d("296322.754"), d("296322.75"))
    assert minimum.share == d("32.8931")
    assert all(each.is_met for each in (maximum, share, minimum))
    assert check_plan(sums, PlanLimits(maximum=d("260000.00"), share=d(70)))[0].is_met
    assert [each.is_met for each in check_plan(sums, PlanLimits())] == [None, None, None]
    assert share.steps[0].formula == "70 % × 423.318,22 € = 296.322,754 €"
    assert share.steps[0].rounded == "abgerundet"


def test_a_the_last_cent_decides():
    everything = d("423318.22")
    assert within(d("296322.75"), d("70.0000"), everything)
    assert not within(d("296322.76"), d("70.0000"), everything)
    for state, is_met in (("296322.75", True), ("296322.76", False)):
        sums = Sums(state=d(state), municipal=everything - d(state))
        assert check_plan(sums, SETTINGS)[1].is_met is is_met
    most = Sums(state=d("775000.00"), municipal=d("415000.00"))
    assert check_plan(most, PlanLimits(share=d(70)))[1].is_met
    assert ratio(most.state, most.total) == d("65.1261")
    assert ratio(d("1.00"), d("0.00")) is None
    short = Sums(state=d("70.01"), municipal=d("30.00"))
    assert [each.is_met for each in check_plan(short, SETTINGS)] == [True, False, False]


def test_a_single_line_knows_the_local_quotas_only():
    micro = LocalLimits(own_share=d(10), grant=d("1500.00"))
    assert [each.is_met for each in check_application(d("900.00"), d("100.00"), d("1000.00"), d("1000.00"), micro)] == [
        None,
        True,
        True,
        None,
    ]
    assert not check_application(d("900.01"), d("99.99"), d("1000.00"), d("1000.00"), micro)[1].is_met
    assert check_pot([d("8000.00"), d("7000.00")], d("15000.00")).is_met
    assert check_pot([d("8000.00"), d("7000.01")], d("15000.00")).free == d("-0.01")
    assert proposed_grant(d(80), d("27450.57"))[0] == d("21960.45")
    assert proposed_grant(d(80), d("27450.57"), d("20000.00"))[0] == d("20000.00")
    assert balance([d("1.10"), d("2.20")], [d("3.30"), None]).is_balanced
    assert balance([d("3.30")], [d("3.29")]).difference == d("-0.01")


def positions(*pairs: tuple[str, str]) -> list[Position]:
    return [Position(str(place), f"Position {place}", d(a), d(b)) for place, (a, b) in enumerate(pairs)]


def test_b_the_fifth_that_may_be_overrun_is_compared_exactly():
    found = check_overrun(
        positions(("24000.00", "23100.00"), ("3000.00", "3600.00"), ("2000.00", "2400.01"), ("1000.00", "899.99")),
        d(20),
    )
    assert [each.is_over for each in found.positions] == [False, False, True, False]
    third = found.positions[2]
    assert (third.over, third.recognised, third.change) == (d("0.01"), d("2400.00"), d("20.0005"))
    assert (found.planned, found.actual, found.recognised) == (
        d("30000.00"),
        d("30000.00"),
        d("29999.99"),
    )
    assert (found.overruns, found.savings, found.is_covered) == (d("1000.01"), d("1000.01"), True)
    assert not exceeds(d("1.20"), d("1.00"), d(20))
    assert exceeds(d("0.01"), d("0.00"), d(20))


def test_b_consent_lifts_the_limit_but_not_the_total():
    more = Position("a", "Sachkosten", d("1000.00"), d("1500.00"), consented=True)
    found = check_overrun([more, *positions(("1000.00", "800.00"))], d(20))
    assert found.positions[0].recognised == d("1500.00")
    assert (found.recognised, found.is_covered) == (d("2000.00"), False)
    unset = check_overrun(positions(("100.00", "200.00")), None, eligible=d("150.00"))
    assert unset.recognised == d("150.00")
    assert "nicht geprüft" in unset.positions[0].steps[0].formula
    assert check_overrun(positions(("0.01", "0.02")), d(20)).positions[0].recognised == d("0.01")  # 0,012 is no amount


SHARE = Grant("share", d("24000.00"), share=d(80))


@pytest.mark.parametrize(
    ("grant", "recognised", "new", "due", "back"),
    [
        (SHARE, "27450.55", "0.00", "21960.44", "2039.56"),
        (SHARE, "27450.55", "1000.00", "21160.44", "2839.56"),
        (Grant("gap", d("24000.00"), own=d("6000.00")), "27450.55", "0.00", "21450.55", "2549.45"),
        (Grant("fixed", d("24000.00")), "27450.55", "0.00", "24000.00", "0.00"),
        (Grant("fixed", d("24000.00")), "20000.00", "0.00", "20000.00", "4000.00"),
        (Grant("full", d("24000.00")), "23000.00", "500.00", "22500.00", "1500.00"),
        (SHARE, "27450.57", "0.00", "21960.45", "2039.55"),
        (SHARE, "99999.00", "0.00", "24000.00", "0.00"),
        (SHARE, "100.00", "200.00", "0.00", "24000.00"),
    ],
)
def test_c_what_is_due_and_what_goes_back(grant, recognised, new, due, back):
    found = grant_due(grant, d(recognised), d(new))
    assert found.amount == d(due)
    assert repayment(d("24000.00"), found.amount).amount == d(back)
    assert found.steps[-1].result == found.amount


def test_c_every_step_is_written_and_little_may_be_waived():
    step = grant_due(SHARE, d("27450.57")).steps[0]
    assert (step.formula, step.result, step.rounded) == ("80 % × 27.450,57 €", d("21960.45"), "abgerundet")
    assert grant_due(SHARE, d("27450.55"), d("1000.00")).steps[0].formula == "80 % × (27.450,55 € − 1.000,00 €)"
    assert repayment(d("100.00"), d("90.01"), d("10.00")).proposes_waiver
    assert repayment(d("100.00"), d("90.00"), d("10.00")).proposes_waiver is False
    assert repayment(d("100.00"), d("90.00")).proposes_waiver is None
    assert repayment(d("100.00"), d("100.00"), d("10.00")).proposes_waiver is False
    assert repayment(d("90.00"), d("100.00")).open == d("10.00")
    with pytest.raises(ValueError, match="Anteil"):
        grant_due(Grant("share", d("1.00")), d("1.00"))


RATES = [Rate(date(2016, 7, 1), d("-0.88")), Rate(date(2023, 1, 1), d("1.62"))]
FIVE = InterestRule(points=d(5))


def test_d_interest_for_late_use():
    found = late_use_interest(
        [Money(date(2022, 10, 1), d("12000.00"))],
        [Money(date(2022, 11, 20), d("4500.00")), Money(date(2023, 3, 15), d("7500.00"))],
        Term(2),
        date(2023, 6, 1),
        FIVE,
        RATES,
    )
    assert found.amount == d("124.70")
    assert [(each.first, each.last, each.days, each.percent, each.shown) for each in found.segments] == [
        (date(2022, 12, 2), date(2022, 12, 31), 30, d("4.12"), d("25.39726")),
        (date(2023, 1, 1), date(2023, 3, 14), 73, d("6.62"), d("99.30000")),
    ]
    assert found.steps[0].label == "02.12.2022 bis 31.12.2022"
    assert found.steps[0].formula == "7.500,00 € × 4,12 % × 30/365 Tage"
    assert found.steps[-1].formula == "25,39726… + 99,30000"
    assert found.steps[-1].rounded == "kaufmännisch gerundet"


def test_d_interest_on_a_repayment():
    found = interest_on([InterestPeriod(d("2039.56"), date(2022, 10, 1), date(2023, 3, 30))], FIVE, RATES)
    assert found.amount == d("54.10")
    assert [(each.days, each.shown) for each in found.segments] == [
        (92, d("21.18013")),
        (89, d("32.92240")),
    ]


@pytest.mark.parametrize(
    ("first", "last", "day_count", "amount"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "365", "66.38"),  # 366 days: 66,38136…
        (date(2024, 1, 1), date(2024, 12, 31), "actual", "66.20"),
        (date(2024, 1, 1), date(2024, 12, 31), "360", "67.30"),
        (date(2023, 12, 31), date(2024, 1, 1), "actual", "0.36"),  # a segment of each year
        (date(2022, 12, 31), date(2022, 12, 31), "365", "0.11"),
        (date(2023, 1, 1), date(2023, 1, 1), "365", "0.18"),  # the new rate on its first day
        (date(2024, 2, 2), date(2024, 2, 1), "365", "0.00"),
    ],
)
def test_d_leap_years_changes_of_the_rate_and_counts_of_days(first, last, day_count, amount):
    rule = InterestRule(d(5), day_count=day_count)
    assert interest_on([InterestPeriod(d("1000.00"), first, last)], rule, RATES).amount == d(amount)


def test_d_kinds_of_interest():
    year = [InterestPeriod(d("1000.00"), date(2023, 1, 1), date(2023, 12, 31))]
    assert interest_on(year, InterestRule(d(3), kind="fixed")).amount == d("30.00")
    assert interest_on(year, InterestRule(d(3), kind="none")).amount == d("0.00")
    below = [InterestPeriod(d("1000.00"), date(2022, 1, 1), date(2022, 12, 31))]
    assert interest_on(below, InterestRule(d(0)), RATES).amount == d("0.00")
    with pytest.raises(MissingRate, match=r"01\.01\.2023"):
        interest_on(year, FIVE)
    ended = [Rate(date(2023, 1, 1), d("1.62"), date(2023, 6, 30)), Rate(date(2023, 8, 1), d("3.12"))]
    with pytest.raises(MissingRate, match=r"01\.07\.2023"):  # what has ended says nothing of the days behind it
        interest_on(year, FIVE, ended)
    cents = [InterestPeriod(d("18.25"), date(2023, 1, 1), date(2023, 1, 10))] * 2  # 0,005 twice is one cent, not two
    assert interest_on(cents, InterestRule(d(1), kind="fixed")).amount == d("0.01")
    assert interest_on(cents[:1], InterestRule(d(1), kind="fixed")).amount == d("0.01")


def test_d_the_oldest_payment_is_used_first():
    paid = [Money(date(2023, 3, 1), d("100.00")), Money(date(2023, 1, 1), d("100.00"))]
    used = [Money(date(2022, 12, 1), d("30.00")), Money(date(2023, 4, 1), d("120.00"))]
    found = used_first_in_first_out(paid, used)
    assert [(each.paid_on.month, each.used_on and each.used_on.month, str(each.amount)) for each in found] == [
        (1, 1, "30.00"),
        (1, 4, "70.00"),
        (3, 4, "50.00"),
        (3, None, "50.00"),
    ]
    on_time = late_use_interest(
        paid[1:], [Money(date(2023, 3, 1), d("100.00"))], Term(2), date(2024, 1, 1), FIVE, RATES
    )
    assert on_time.segments == ()
    assert late_use_interest(paid, used, None, date(2024, 1, 1), FIVE, RATES).amount == d("0.00")
    assert late_use_interest(paid[1:], [], Term(42, "days"), date(2023, 2, 14), FIVE, RATES).segments[0].days == 1


def test_e_versions_never_add_up():
    versions = [Version(1, date(2023, 3, 1), d("10000.00")), Version(2, date(2023, 7, 1), d("12500.00"))]
    assert in_force(versions, date(2023, 6, 30)).amount == d("10000.00")
    assert in_force(versions, date(2023, 7, 1)).amount == d("12500.00")
    assert in_force(versions, date(2023, 2, 28)) is None
    same_day = [*versions, Version(3, date(2023, 7, 1), d("11000.00"))]
    assert in_force(reversed(same_day), date(2024, 1, 1)).amount == d("11000.00")


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2022, 12, 31), 2, date(2023, 2, 28)),
        (date(2022, 10, 1), 2, date(2022, 12, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 1, 31), -2, date(2022, 11, 30)),
    ],
)
def test_months_end_with_the_month(day, months, found):
    assert add_months(day, months) == found


def test_deadlines():
    assert use_until(date(2022, 10, 1), Term(42, "days")) == date(2022, 11, 12)
    assert use_until(date(2022, 10, 1), Term(8, "weeks")) == date(2022, 11, 26)
    assert use_until(date(2022, 10, 1), None) is None
    end = date(2023, 12, 31)
    assert proof_due(end, Term(6)) == date(2024, 6, 30)
    assert proof_due(end, None, (3, 31)) == date(2024, 3, 31)
    assert proof_due(end, Term(6), (3, 31)) == date(2024, 3, 31)
    assert proof_due(date(2023, 1, 31), None, (3, 31)) == date(2023, 3, 31)
    assert proof_due(end, None) is None
