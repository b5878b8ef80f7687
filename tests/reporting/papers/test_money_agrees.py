"""Plan, Finanzplan in all its forms, application and proof to the Land name the same amounts, to the cent."""

import io
from decimal import Decimal
from itertools import takewhile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from funding.models import BudgetYear, StateGrant, StateProof
from plans.models import PlanVersion
from records.vague import VagueDate
from tests.factories import make
from tests.plans.life.released import A, actors_in, go, make_plan
from tests.plans.word import words_of
from tests.reporting.papers.conftest import text_of
from tests.reporting.papers.test_grant_papers import notice_of, plan_money
from tests.reporting.papers.test_no_contradiction import AMOUNT, content_of, german

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once, pytest.mark.slow]
SOURCES = ("Land", "Kommune", "Eigenmittel", "Dritte")


@pytest.fixture
def plan(cast):
    """A released plan with a Finanzplan, and the Landeszuwendung of the year."""
    lines = plan_money(cast.home)
    made = make_plan(cast.home, 2018, cycle=lines[0].budget_year.cycle)
    grant = make(StateGrant, cast.home, full=False, year=2018, applied_amount=Decimal("251722.67"))
    notice_of(grant, "2018-03-15", "251722.67")
    make(StateProof, cast.home, full=False, grant=grant, due=VagueDate.from_iso("2019-06-30"))
    go(made, actors_in(cast, cast.home), A.RELEASE)
    return made


@pytest.fixture
def papers(cast, plan):
    """The documents by name: text, and the amounts of the workbooks."""
    client, slug = cast.client(), cast.home.slug
    years = reverse("reporting:cycle-finance-pdf", args=[slug, BudgetYear.objects.get().pk])
    addresses = {
        "Finanzplan": reverse("reporting:plan-finance-pdf", args=[slug, plan.pk]),
        "Finanzplan aller Jahre": years,
        "Antrag": reverse("reporting:grant-application", args=[slug, StateGrant.objects.get().pk]),
        "Nachweis": reverse("reporting:state-proof", args=[slug, StateProof.objects.get().pk]),
    }
    found = {name: text_of(client.get(address).content) for name, address in addresses.items()}
    word = words_of(client.get(reverse("plans:plan-version-word", args=[slug, plan.pk, 1])).content)
    found |= {"Plan": text_of(bytes(PlanVersion.objects.get().pdf)), "Word": word}
    book = client.get(reverse("reporting:plan-finance-xlsx", args=[slug, plan.pk])).content
    return found, load_workbook(io.BytesIO(book)).active


def test_every_paper_of_money_names_the_amounts_of_the_edition(plan, papers):
    finance = content_of(plan)["finance"]
    texts, sheet = papers
    assert_same(finance, texts)
    assert_same_rows(finance, sheet)
    for name in texts:
        for old, new in (("174.288,33", "174.288,34"), ("423.318,22", "423.318,23")):
            assert old in texts[name], (name, old)
            with pytest.raises(AssertionError):
                assert_same(finance, texts | {name: texts[name].replace(old, new)})


def assert_same(finance, texts):
    """Every line with its sources, every sum; and no amount that the edition does not have."""
    lines = lines_of(finance)
    parts = {german(part["amount"]) for line in lines for part in line["amounts"]}
    wholes = {german(line["amount"]) for line in lines} | {german(group["total"]) for group in finance["groups"]}
    of_source = {name: german(sum_of(lines, name)) for name in SOURCES}
    of_group = {german(sum_of(group["lines"], name)) for group in finance["groups"] for name in SOURCES}
    total, known = german(finance["total"]), {german(finance["total"]), *parts, *wholes, *of_source.values(), *of_group}
    for name, text in texts.items():
        found = set(AMOUNT.findall(text))
        assert found <= known | {"0,00"}, (name, found - known)
        assert {total, of_source["Land"]} <= found, name
        for line in lines:
            assert german(line["amount"]) in text, (name, line["title"])
    for name in ("Plan", "Word", "Finanzplan", "Antrag"):
        assert parts | set(of_source.values()) <= set(AMOUNT.findall(texts[name])), name
        for line in lines:
            row = [german(found) if (found := amount_of(line, source)) is not None else "–" for source in SOURCES]
            assert " ".join([*row, german(line["amount"])]) in texts[name], (name, line["title"])


def lines_of(finance):
    """The lines of all Handlungsfelder."""
    return [line for group in finance["groups"] for line in group["lines"]]


def amount_of(line, source):
    """What a source gives to a line; None where nothing is said."""
    return next((Decimal(part["amount"]) for part in line["amounts"] if part["source"] == source), None)


def sum_of(lines, source):
    """What a source gives to some lines."""
    return sum((amount_of(line, source) or Decimal(0) for line in lines), Decimal(0))


def assert_same_rows(finance, sheet):
    """The rows of the workbook are those of the edition, cell by cell."""
    heads = [cell.value for cell in sheet[4]]
    rows = takewhile(lambda row: row[0].value != "Summe", sheet.iter_rows(min_row=5))
    found = {
        row[0].value: {head: cell.value for head, cell in zip(heads, row, strict=True) if head in SOURCES}
        for row in rows
    }
    wanted = {}
    for line in lines_of(finance):
        amounts = {source: amount_of(line, source) for source in SOURCES}
        wanted[line["title"]] = {source: float(a) if a is not None else None for source, a in amounts.items()}
    assert found == wanted
