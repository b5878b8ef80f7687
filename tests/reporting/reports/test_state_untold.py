"""What the Landesbericht keeps back of too few municipalities follows from nothing that it prints beside it."""

import random
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction

from funding.enums import Source
from funding.models import BudgetLine, BudgetYear, CostKind
from planning.models import ActionField, Measure, PlanningCycle
from printing.papers import document_html
from reporting.queries.state_money import PlannedMoney
from reporting.queries.state_report import StateYear
from reporting.reports.papers import noon
from reporting.reports.state import money_lines, tells_money
from reporting.reports.state_paper import state_document
from reporting.reports.state_words import all_words
from tests.factories import make
from tests.plans.records import add, day
from tests.reporting.reports.test_state_report import make_place, report


def test_what_is_kept_back_beside_a_total_cannot_be_reckoned(cast):
    """Two measures of two municipalities are „umgesetzt“: the total of all would tell of them."""
    third, field = make_place("16068", "Sömmerda"), add(ActionField, number=1, title="Steuerung")
    for place in (cast.home, cast.away, third, make_place("16069", "Hildburghausen")):
        cycle = add(PlanningCycle, municipality=place, title="Z", first_year=2018, last_year=2018)
        given = {"municipality": place, "cycle": cycle, "begin": day("2018"), "action_field": field}
        for number in range(2):
            add(Measure, title=f"M{number}", state="running", **given)
        add(Measure, title="B", state="planned", **given)
        if place in (cast.home, cast.away):
            add(Measure, title="D", state="dropped", not_done_reason="Kein Träger.", **given)
    found = report()
    assert (found.totals.measures, found.measure_states, found.few_states) == (14, (("in Umsetzung", 8),), 2)
    assert "2 Stände von Maßnahmen stehen hier nicht, weil sonst zu erkennen wäre" in all_words(found)["measures"]


def test_states_do_not_come_to_a_total_that_is_kept_back(cast):
    """One municipality alone has a measure of „Mobilität“: total minus „Steuerung“ would be its number."""
    wide, alone = (add(ActionField, number=n, title=title) for n, title in ((1, "Steuerung"), (2, "Mobilität")))
    for place in (cast.home, cast.away, make_place("16068", "Sömmerda"), make_place("16069", "Hildburghausen")):
        cycle = add(PlanningCycle, municipality=place, title="Z", first_year=2018, last_year=2018)
        given = {"municipality": place, "cycle": cycle, "begin": day("2018"), "state": "running"}
        add(Measure, title="M", action_field=wide, **given)
        if place == cast.home:
            add(Measure, title="A", action_field=alone, **given)
    found = report()
    assert [line.measures for line in found.by_field] == [4, None]
    assert (found.totals.measures, found.measure_states, found.few_states) == (None, (), 1)


def test_who_pays_cannot_be_reckoned_where_too_few_do():
    """An independent look: no cell of too few follows from all that a table of money prints, by linear algebra."""
    dice, kept = random.Random(13), 0
    for _ in range(200):
        payers = {
            key: tuple(frozenset(dice.sample(range(6), dice.choice((0, 1, 2, 3, 4, 5)))) for _ in range(3))
            for key in range(1, dice.randint(2, 4))
        }
        behind = {key: frozenset().union(*columns) for key, columns in payers.items()}
        sums = {key: dict.fromkeys(Source, Decimal(key)) for key in payers}
        every = frozenset().union(*behind.values())
        money = PlannedMoney(sums, sums[1], every, behind, payers)
        fields = [ActionField(pk=key, number=key, title=str(key)) for key in payers]
        read = StateYear(2018, [], fields, [], {}, Counter(), Counter(), Counter(), {}, {}, money)
        told = dict(zip((key for key in payers if len(behind[key]) not in (1, 2)), money_lines(read), strict=True))
        cells = [(key, column) for key in payers for column in range(3)]
        printed = []
        for key, line in told.items():
            printed.append([cell[0] == key for cell in cells])
            printed += [[cell == (key, column) for cell in cells] for column in range(3) if line.land is not None]
        if tells_money(money):
            printed.append([True] * len(cells))
            printed += [[cell[1] == column for cell in cells] for column in range(3) if money.tells_all_payers]
        for key, column in cells:
            if len(payers[key][column]) in (1, 2):
                kept += 1
                asked = [cell == (key, column) for cell in cells]
                assert rank(printed) < rank([*printed, asked]), (payers, key, column)
    assert kept > 200


def rank(rows):
    """The rank of a matrix of zeros and ones, exactly."""
    left, found = [[Fraction(int(cell)) for cell in row] for row in rows], 0
    while left:
        row = left.pop()
        at = next((at for at, cell in enumerate(row) if cell), None)
        if at is None:
            continue
        found += 1
        left = [[a - b * other[at] / row[at] for a, b in zip(other, row, strict=True)] for other in left]
    return found


def test_one_alone_who_pays_stands_in_no_table(cast):
    field, cost = add(ActionField, number=1, title="Steuerung"), make(CostKind, None, full=False)
    for place in (cast.home, cast.away, make_place("16068", "Sömmerda")):
        cycle = add(PlanningCycle, municipality=place, title="Z", first_year=2018, last_year=2018)
        year = add(BudgetYear, municipality=place, cycle=cycle, year=2018)
        alone = {"third": Decimal(77)} if place == cast.home else {}
        own = {"municipality": place, "budget_year": year, "cost_kind": cost, "land": Decimal(1000), **alone}
        add(BudgetLine, title="Kosten", action_field=field, **own)
    line = report().money[0]
    assert (line.land, line.others, line.total) == (None, None, Decimal(3077))
    template, context, _ = state_document(2018, date(2019, 3, 1))
    printed = document_html(template, context, title="", created=noon(date(2019, 3, 1)))
    assert all_words(report())["money"].endswith("zusammen 3.077,00\N{NARROW NO-BREAK SPACE}€.")
    assert "77,00" not in printed.replace("3.077,00", "")
    assert "Wer bezahlt, steht hier nicht" in printed
