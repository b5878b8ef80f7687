"""State, numbers, steps and papers of money go from portal to portal; dossiers of before have none and are read."""

import copy
import json
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from exchange.dossier.errors import DossierError
from exchange.dossier.load import import_dossier, read_dossier
from exchange.dossier.writing import as_text, dossier_of
from funding.domain.verifying import verify_papers
from funding.models import (
    BudgetLine,
    BudgetStep,
    BudgetYear,
    CostKind,
    FrozenPaper,
    FundingApplication,
    FundingDecision,
    Payment,
)
from planning.models import ActionField
from records.domain.saving import create_record
from records.life.moving import take_step
from tests.factories import make
from tests.funding.cases import paid
from tests.funding.deciding import checked, drafted, quick_letters, remedy  # noqa: F401  (a fixture)
from tests.funding.plans import line, year_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_letters")]

BEFORE = Path(__file__).with_name("before-lives.json")


def walk(record, *actions, **told):
    for action in actions:
        record.refresh_from_db()
        take_step(record=record, action=action, actor=None, version=record.version, note="Grund", **told)
    record.refresh_from_db()
    return record


@pytest.fixture
def written(cast):
    """A closed Finanzplan and a case with its notice and a payment, as text."""
    year = year_of(cast.home, 2018)
    line(year, "Treff", land="10.00", municipal="5.00")
    walk(year, "agree", "resolve", "close")
    remedy(cast.home)
    case = checked(cast.home)
    decision = drafted(case)
    walk(decision, "prepare", "release")
    walk(decision, "send", values={"sent_on": timezone.localdate()})
    paid(case, "1,00", date(2026, 11, 2))
    return as_text(dossier_of(cast.home))


def moved(text):
    return text.replace('"municipality": "16065"', '"municipality": "16077"')


def test_lives_come_back_with_the_same_bytes_twice(cast, written):
    for _ in range(2):  # the second time everything is there
        import_dossier(read_dossier(moved(written)))
        assert as_text(dossier_of(cast.away)) == moved(written)
    case, decision, payment = (
        model.objects.get(municipality=cast.away) for model in (FundingApplication, FundingDecision, Payment)
    )
    assert (case.state, decision.state, decision.edition, payment.state) == ("decided", "sent", 1, "paid")
    assert case.case_number == FundingApplication.objects.get(municipality=cast.home).case_number
    assert decision.notice_number == FrozenPaper.objects.get(municipality=cast.away).number
    steps = list(BudgetStep.objects.filter(budget_year__municipality=cast.away).order_by("number"))
    assert [step.action for step in steps] == ["agree", "resolve", "close"]
    assert all(step.is_intact() for step in steps)
    assert verify_papers(cast.away).problems == verify_papers(cast.home).problems
    assert [step.previous_sha256 for step in steps] == ["", *(step.sha256 for step in steps[:-1])]
    with pytest.raises(DatabaseError), transaction.atomic():
        BudgetLine.objects.filter(municipality=cast.away).update(title="Anders")
    assert "actor" not in written


def test_another_life_and_a_changed_paper_are_refused_and_nothing_is_stored(cast, written):
    dossier = json.loads(moved(written))
    broken = copy.deepcopy(dossier)
    broken["papers"][0]["data"] = "e30="
    with pytest.raises(DossierError, match="Prüfnummer passt nicht"):
        import_dossier(read_dossier(json.dumps(broken)))
    assert not FundingApplication.objects.filter(municipality=cast.away).exists()
    import_dossier(read_dossier(json.dumps(dossier)))
    (life,) = dossier["lives"]["funding.budgetyear"].values()
    life["steps"].pop()
    with pytest.raises(DossierError, match="anderer Stand"):
        import_dossier(read_dossier(json.dumps(dossier)))


def test_a_dossier_of_before_is_read_and_stays_as_it_was(cast):
    """Written before lives stood in dossiers: everything in it is as it was before its first step."""
    dossier = json.loads(BEFORE.read_text(encoding="utf-8"))
    assert "lives" not in dossier
    for number in (1, 3, 5, 6):
        create_record(ActionField(uid=f"handlungsfeld-{number}", number=number, title=f"Feld {number}"), actor=None)
    for name in ("honorar", "weiterleitung"):
        make(CostKind, None, full=False, uid=f"kostenart-{name}", code=name[:3], title=name)
    import_dossier(read_dossier(BEFORE.read_text(encoding="utf-8")))
    assert BudgetYear.objects.get().state == "draft"
    assert (FundingApplication.objects.get().state, FundingApplication.objects.get().case_number) == ("draft", "")
    again = dossier_of(cast.home)
    assert again["records"] == dossier["records"]
    assert set(again) == {"format", "version", "municipality", "records", "numbers"} & set(again)
