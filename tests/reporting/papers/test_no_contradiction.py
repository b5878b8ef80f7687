"""The documents of one edition say the same: every amount, number, date and name, read from the files themselves.

After the release the records go on: a measure gets another name, cost, period and target, one is deleted, one is added.
"""

import io
import json
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from planning.models import CriterionValue, Goal, Measure, Milestone, Need, QualityCriterion
from records.domain.saving import delete_record, update_record
from records.vague import VagueDate
from tests.plans import records
from tests.plans.life.released import A, actors_in, go, newest
from tests.plans.records import add, day
from tests.plans.word import words_of
from tests.reporting.papers.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once, pytest.mark.slow]
AMOUNT = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+|\d+),\d{2}(?![\d])")
MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
DATE = re.compile(rf"(?:\d{{1,2}}\. )?(?:{MONTHS}) \d{{4}}|\d{{2}}\.\d{{2}}\.\d{{4}}|\d\. (?:Quartal|Halbjahr) \d{{4}}")
CHECKSUM = re.compile(r"(?:[0-9a-f]{4} ){15}[0-9a-f]{4}")


def save(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    update_record(record, version=record.version, actor=None)


@pytest.fixture
def released(cast, plan):
    """An edition, and records that have gone on since."""
    records.fill(plan, 3)
    first = Measure.objects.get(title="Maßnahme 1")
    save(first, yearly_cost=Decimal("623800"), begin=day("2018-04-01"), end=day("2019-12-31"))
    save(QualityCriterion.objects.get(measure=first), unit="Fahrten je Tag", baseline=Decimal("12.5"))
    go(plan, actors_in(cast, cast.home), A.RELEASE)
    first.refresh_from_db()
    save(first, title="Umbenannt", yearly_cost=Decimal("638700"), begin=day("2031-05"), end=None, state="planned")
    save(Milestone.objects.get(measure=first), planned_on=day("2031-05"), title="Umbenannt")
    save(CriterionValue.objects.get(criterion__measure=first), target=77)
    save(Need.objects.get(title="Bedarf 1"), title="Umbenannt")
    save(Goal.objects.get(title="Maßnahmenziel 1"), title="Umbenannt")
    gone = Measure.objects.get(title="Maßnahme 3")
    for rows in (CriterionValue.objects.filter(criterion__measure=gone), gone.criteria.all(), gone.milestones.all()):
        for row in rows:
            delete_record(row, version=row.version, actor=None)
    delete_record(gone, version=gone.version, actor=None)
    field = first.action_field
    add(Measure, municipality=cast.home, cycle=plan.cycle, title="Später dazu", action_field=field, yearly_cost=5)
    return plan


@pytest.fixture
def files(cast, released):
    """The documents by name, as text; those of the plan itself as they are stored."""
    client, slug, version = cast.client(), cast.home.slug, newest(released)
    addresses = {
        "Finanzplan": finance(released, "pdf"),
        "Sachbericht": reverse("reporting:progress-report", args=[slug]) + "?jahr=2018",
        "Zeitstrahl": reverse("plans:plan-version-timeline-pdf", args=[slug, released.pk, 1]),
    }
    for measure in Measure.objects.exclude(title="Später dazu"):
        query = f"?plan={released.pk}&fassung=1"
        addresses[f"Steckbrief {measure.uid}"] = reverse("reporting:measure-sheet", args=[slug, measure.pk]) + query
    found = {name: text_of(client.get(address).content) for name, address in addresses.items()}
    word = client.get(reverse("plans:plan-version-word", args=[slug, released.pk, 1])).content
    return found | {"Plan": text_of(bytes(version.pdf)), "Word": words_of(word)}


def content_of(plan) -> dict:
    chapters = json.loads(bytes(newest(plan).content))["plan"]["chapters"]
    return {chapter["code"]: chapter["body"] for chapter in chapters}


def german(amount: str) -> str:
    """„623800.00“ → „623.800,00“."""
    return f"{Decimal(amount):,.2f}".translate(str.maketrans(",.", ".,"))


def row_of(criterion: dict) -> str:
    """The numbers of a criterion as they follow each other in a table."""
    values = (criterion[name] for name in ("baseline", "target", "actual"))
    return " ".join("–" if v is None else f"{Decimal(v).normalize():f}".replace(".", ",") for v in values)


def test_the_documents_of_an_edition_say_the_same(cast, released, files):
    assert_same_words_and_numbers(released, files)
    assert_same_amounts(content_of(released), cast.client().get(finance(released, "xlsx")).content)
    sha256 = newest(released).content_sha256
    named = " ".join(sha256[at : at + 4] for at in range(0, 64, 4))
    assert len(files) == 7
    assert_notices(released, files)
    for name, text in files.items():
        assert named in text or name == "Plan", name
        assert "Fassung 1" in text, name
    for said in (
        "nicht in Fassung 1 des Plans",
        "seither nicht mehr eingetragen",
        "Was geplant war, steht hier wie in Fassung 1 des Plans",
    ):
        assert said in files["Sachbericht"], said


def assert_notices(released, files):
    """One amount, number, date or name altered in one document, and the documents contradict each other."""
    altered = (
        ("Plan", "623.800,00", "638.700,00"),
        ("Word", "623.800,00", "638.700,00"),
        ("Finanzplan", "623.800,00", "638.700,00"),
        ("Sachbericht", "12,5", "12,4"),
        ("Plan", "12,5", "12,4"),
        ("Word", "12,5", "12,4"),
        ("Zeitstrahl", "01.04.2018", "02.04.2018"),
        ("Word", "1. April 2018", "2. April 2018"),
        ("Sachbericht", "1. April 2018", "2. April 2018"),
        ("Word", "Maßnahme 1", "Umbenannt"),
    )
    for name, old, new in altered:
        assert old in files[name], (name, old)
        with pytest.raises(AssertionError):
            assert_same_words_and_numbers(released, files | {name: files[name].replace(old, new)})


def finance(plan, form: str) -> str:
    return reverse(f"reporting:plan-finance-{form}", args=[plan.municipality.slug, plan.pk])


def assert_same_words_and_numbers(released, files):
    content = content_of(released)
    sheets = [sheet for group in content["measures"]["fields"] for sheet in group["measures"]]
    lines = [line for group in content["finance"]["groups"] for line in group["lines"]]
    assert len(sheets) == 3
    for line in lines:  # plan, Finanzplan as PDF and as workbook
        for name in ("Plan", "Word", "Finanzplan"):
            cells = rf"{line['title']} {german(line['amount'])}"
            assert re.search(cells, files[name]), (name, line["title"])
    for sheet in sheets:
        named = re.compile(rf"{sheet['code']} {sheet['title']}|{sheet['title']}{sheet['code']}")  # heading: number last
        own = files.get(f"Steckbrief {sheet['uid']}", "")
        for name, text in (("Plan", files["Plan"]), ("Sachbericht", files["Sachbericht"]), ("Steckbrief", own)):
            assert named.search(text) or not text, (name, named)
        assert f"{german(sheet['yearly_cost'])} Euro im Jahr" in own or not own
        for criterion in sheet["criteria"]:
            row = f"{criterion['year']} {row_of(criterion)}"
            assert row in files["Plan"], row
            assert row in files["Word"], row
            assert row in own or not own, row
            assert row_of(criterion) in files["Sachbericht"] or not own, row
    totals = {german(group["total"]) for group in content["finance"]["groups"]} | {german(content["finance"]["total"])}
    amounts = {german(line["amount"]) for line in lines} | totals
    dates = dates_in(files["Plan"]) | {
        VagueDate.from_iso(iso).in_words for iso in re.findall(r'"(\d{4}-\d{2}-\d{2})"', json.dumps(content))
    }
    frozen = VagueDate(newest(released).frozen_at.date()).in_words
    of_year = {"31. Dezember 2018"}  # the last day of the plan's year, which only its imprint and its feet name
    assert dates_in(files["Word"]) | of_year == dates_in(files["Plan"])
    assert set(AMOUNT.findall(files["Word"])) == set(AMOUNT.findall(files["Plan"])) == amounts
    for name, text in files.items():
        assert set(AMOUNT.findall(text)) <= amounts, name
        others = {"1. Januar 2018", "31. Dezember 2018", frozen} | todays(text)
        assert dates_in(text) <= dates | others, (name, dates_in(text) - dates - others)
        said = CHECKSUM.sub("", text).replace("Später dazu nicht in Fassung 1", "")
        assert re.findall(r"Umbenannt|638\.700|Mai 2031|\b77\b|Später dazu", said) == [], name


def todays(text: str) -> set[str]:
    """The day on which a document was made, which it says itself: „Stand 29. November 2026“."""
    return dates_in(" ".join(re.findall(rf"Stand (?:vom )?({DATE.pattern})", text)))


def dates_in(text: str) -> set[str]:
    """Every date of a text in its long words, „1. April 2018“ also where it is written „01.04.2018“."""
    found = set()
    for said in DATE.findall(text):
        day, _, rest = said.partition(".")
        is_short = len(said) == 10 and rest[:2].isdigit()
        found.add(VagueDate.from_iso(f"{rest[3:]}-{rest[:2]}-{day}").in_words if is_short else said)
    return found


def assert_same_amounts(content, workbook: bytes):
    """The rows of the workbook are those of the edition, no more and no less."""
    sheet = load_workbook(io.BytesIO(workbook)).active
    found = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=5) if isinstance(row[1].value, int | float)}
    lines = [line for group in content["finance"]["groups"] for line in group["lines"]]
    assert found == {line["title"]: float(line["amount"]) for line in lines}
