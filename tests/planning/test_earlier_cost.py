"""„Kosten im Jahr“ of a measure and a post: since money stands in the Finanzplan, this statement can only be read."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from funding.models import BudgetLine, BudgetYear
from insight.thread.queries import read_web
from planning.models import Measure, PlannerPost, PlanningCycle
from records.domain.saving import create_record
from records.registry import kind_of
from tests.factories import make, post_data, stored_values
from tests.html import read_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Measure, PlannerPost])
def test_it_is_read_everywhere_and_changed_nowhere(cast, model):
    kind, client = kind_of(model), cast.client("planner")
    record = make(model, cast.home, yearly_cost=Decimal("638700.00"))
    page = client.get(kind.url("detail", cast.home, record.pk)).content.decode()
    assert "Bisherige Angabe" in page
    assert "638.700,00\u00a0€" in page.replace("\u202f", "\u00a0")
    address = kind.url("update", cast.home, record.pk)
    assert "yearly_cost" not in read_form(client.get(address).content).values
    typed = post_data(kind, stored_values(kind, record)) | {"version": str(record.version), "yearly_cost": "1"}
    assert client.post(address, typed).status_code == 302
    head, row = client.get(kind.url("csv", cast.home)).content.decode("utf-8-sig").splitlines()[:2]
    assert "Kosten" not in head
    old = f"{head};Kosten im Jahr (Euro)\r\n{row};1,00\r\n".encode()
    answer = client.post(kind.url("import", cast.home), {"file": SimpleUploadedFile("alt.csv", old)}).content.decode()
    assert "Kosten im Jahr (Euro) (nur noch zu lesen)" in answer
    client.post(kind.url("bulk", cast.home), {"field": "yearly_cost", "value": "1", "pk": [record.pk]})
    record.refresh_from_db()
    assert (record.yearly_cost, record.version) == (Decimal("638700.00"), 1)
    assert model.objects.count() == 1


def test_without_it_nothing_is_said(cast):
    measure = make(Measure, cast.home, yearly_cost=None)
    assert (
        "Bisherige Angabe"
        not in cast.client().get(kind_of(Measure).url("detail", cast.home, measure.pk)).content.decode()
    )


def test_the_red_thread_takes_money_from_the_finanzplan(cast):
    """This year's plan, else the nearest before it, else the first; without a line what was said before."""
    own = {"municipality": cast.home}
    cycle = create_record(PlanningCycle(title="Zyklus", first_year=2017, last_year=2019, **own), actor=None)
    named, before, _ = (
        make(Measure, cast.home, full=False, cycle=cycle, title=title, yearly_cost=Decimal(5))
        for title in ("Benannt", "Früher", "Nie benannt")
    )
    for year, amounts in {2017: {before: "1.10", named: "2.20"}, 2018: {named: "3.30"}, 2019: {}}.items():
        plan = create_record(BudgetYear(cycle=cycle, year=year, **own), actor=None)
        for measure, amount in amounts.items():
            for part, kind in (("land", "eins"), ("municipal", "zwei")):
                line = BudgetLine(
                    budget_year=plan, measure=measure, title=f"{measure.title} {kind}", **{part: Decimal(amount)}, **own
                )
                create_record(line, actor=None)
    shown = {
        row.title.split(" ", 2)[-1]: (row.cost, row.cost_note) for row in read_web(cast.home, cycle).measures.values()
    }
    assert shown == {
        "Benannt": (Decimal("6.60"), "2018 geplant"),
        "Früher": (Decimal("2.20"), "2017 geplant"),
        "Nie benannt": (Decimal(5), "im Jahr, bisherige Angabe"),
    }
