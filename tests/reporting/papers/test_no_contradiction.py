"""The documents of one edition say the same: every amount, number, date and name, read from the files themselves.

After the publication the records go on: a measure gets another name, cost, period and target, a measure and a need are
deleted, one is added. What is drawn of the records of now, as the Landesbericht is, agrees as long as they do.
"""

import html
import io
import json
import re
from contextlib import suppress
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from planning.models import CriterionValue, Goal, Measure, Milestone, Need, QualityCriterion
from plans.builder import build_plan
from plans.content import plain
from plans.enums import ChapterCode
from plans.models import Plan
from records.domain.saving import delete_record, update_record
from records.vague import VagueDate
from tests.plans import records
from tests.plans.life.released import TO_PUBLISHED, actors_in, go, newest
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
def published(cast, plan):
    """An edition for everybody, with numbers and dates that no other record has."""
    records.fill(plan, 3)
    first = Measure.objects.get(title="Maßnahme 1")
    save(first, yearly_cost=Decimal("623800"), begin=day("2018-04-01"), end=day("2019-12-31"))
    save(QualityCriterion.objects.get(measure=first), unit="Fahrten je Tag", baseline=Decimal("12.5"))
    go(plan, actors_in(cast, cast.home), *TO_PUBLISHED)
    return plan


@pytest.fixture
def state_report(cast, published):
    """The Landesbericht while the records are those of the edition."""
    return text_of(cast.client("ministry").get(reverse("reporting:state-report-pdf") + "?jahr=2018").content)


@pytest.fixture
def released(cast, published, state_report):
    """The edition, records that have gone on since, and the draft of the next year."""
    first = Measure.objects.get(title="Maßnahme 1")
    save(first, title="Umbenannt", yearly_cost=Decimal("638700"), begin=day("2031-05"), end=None, state="planned")
    save(Milestone.objects.get(measure=first), planned_on=day("2031-05"), title="Umbenannt")
    save(CriterionValue.objects.get(criterion__measure=first), target=77)
    save(Need.objects.get(title="Bedarf 1"), title="Umbenannt")
    save(Goal.objects.get(title="Maßnahmenziel 1"), title="Umbenannt")
    gone, need = Measure.objects.get(title="Maßnahme 3"), Need.objects.get(title="Bedarf 3")
    for row in (*need.findings.all(), *need.goals.all()):
        update_record(row, version=row.version, actor=None, links={"needs": []})
    values = CriterionValue.objects.filter(criterion__measure=gone)
    for rows in (values, gone.criteria.all(), gone.milestones.all(), [gone, need]):
        for row in rows:
            delete_record(row, version=row.version, actor=None)
    field = first.action_field
    values = {"municipality": cast.home, "cycle": published.cycle}
    add(Measure, **values, title="Später dazu", action_field=field, yearly_cost=5, begin=day("2018-11"))
    add(Plan, **values, year=2019)
    return published


@pytest.fixture
def files(cast, released, state_report):
    """The documents by name, as text; those of the plan itself as they are stored."""
    client, slug, version = cast.client(), cast.home.slug, newest(released)
    following = Plan.objects.get(year=2019)
    addresses = {
        "Finanzplan": finance(released, "pdf"),
        "Sachbericht": reverse("reporting:progress-report", args=[slug]) + "?jahr=2018",
        "Familienbericht": reverse("reporting:family-report", args=[slug]) + "?jahr=2018",
        "Zeitstrahl": reverse("plans:plan-version-timeline-pdf", args=[slug, released.pk, 1]),
        "Vergleich": reverse("plans:plan-compare-pdf", args=[slug]) + f"?alt=v{version.pk}&neu=e{following.pk}",
    }
    for measure in Measure.objects.exclude(title="Später dazu"):
        query = f"?plan={released.pk}&fassung=1"
        addresses[f"Steckbrief {measure.uid}"] = reverse("reporting:measure-sheet", args=[slug, measure.pk]) + query
    found = {name: text_of(client.get(address).content) for name, address in addresses.items()}
    word = client.get(reverse("plans:plan-version-word", args=[slug, released.pk, 1])).content
    of_everybody = {"Plan": text_of(bytes(version.pdf)), "Word": words_of(word), "Landesbericht": state_report}
    return found | of_everybody | read_by_everybody(slug)


def read_by_everybody(slug) -> dict[str, str]:
    """The pages on which anybody reads the plan, all chapters, and its plan.json with days and amounts in words."""
    address, client = reverse("plans:public-year", args=[slug, 2018]), Client()
    pages = [client.get(f"{address}?kapitel={code.slug}").content.decode() for code in ChapterCode]
    words = html.unescape(re.sub(r"<[^>]+>", " ", " ".join(re.sub(r"(?s)<(style|svg).*?</\1>", "", p) for p in pages)))
    words = " ".join(words.replace("\u00a0", " ").replace("\u200b", "").replace("\u00ad", "").split())
    data = client.get(reverse("plans:public-json", args=[slug, 2018])).content.decode()
    return {"Lesefassung": words, "plan.json": json.dumps(json.loads(data)["plan"], ensure_ascii=False)}


def content_of(plan) -> dict:
    chapters = json.loads(bytes(newest(plan).content))["plan"]["chapters"]
    return {chapter["code"]: chapter["body"] for chapter in chapters}


def german(amount: str) -> str:
    """„623800.00“ → „623.800,00“."""
    return f"{Decimal(amount):,.2f}".translate(str.maketrans(",.", ".,"))


def row_of(criterion: dict) -> str:
    """The numbers of a criterion as they follow each other in a table."""
    values = (criterion[name] for name in ("baseline", "target", "actual"))
    return " ".join("–" if v is None else german_number(v) for v in values)


def german_number(value) -> str:
    """„12.50“ → „12,5“."""
    return f"{Decimal(value).normalize():f}".replace(".", ",")


def test_the_documents_of_an_edition_say_the_same(cast, released, files):
    draft = plain(build_plan(Plan.objects.select_related("municipality", "cycle").get(year=2019), with_changes=False))
    assert_all_agree(released, draft, files)
    assert_same_amounts(content_of(released), cast.client().get(finance(released, "xlsx")).content)
    sha256 = newest(released).content_sha256
    named = " ".join(sha256[at : at + 4] for at in range(0, 64, 4))
    assert len(files) == 12
    assert_notices(released, draft, files)
    for name, text in files.items():
        assert named in text or name in ("Plan", "Landesbericht", "plan.json"), name
        assert "Fassung 1" in text or name == "plan.json", name
    assert files["plan.json"] == json.dumps(json.loads(bytes(newest(released).content))["plan"], ensure_ascii=False)
    for said in (
        "nicht in Fassung 1 des Plans",
        "seither nicht mehr eingetragen",
        "Was geplant war, steht hier wie in Fassung 1 des Plans",
        "3 Maßnahmen: 1 Idee, 1 geplant, 1 in Umsetzung; dazu 1 seither nicht mehr eingetragen",
    ):
        assert said in files["Sachbericht"], said


def assert_notices(released, draft, files):
    """One amount, number, date or name altered in one document, and the documents contradict each other."""
    altered = (
        ("Plan", "623.800,00", "638.700,00"),
        ("Word", "623.800,00", "638.700,00"),
        ("Lesefassung", "623.800,00", "638.700,00"),
        ("Finanzplan", "623.800,00", "638.700,00"),
        ("Vergleich", "623.800,00", "638.700,00"),
        ("Vergleich", "14.900,00", "14.900,01"),
        ("Sachbericht", "12,5", "12,4"),
        ("Familienbericht", "12,5", "12,4"),
        ("Plan", "12,5", "12,4"),
        ("Word", "12,5", "12,4"),
        ("Zeitstrahl", "01.04.2018", "02.04.2018"),
        ("Word", "1. April 2018", "2. April 2018"),
        ("Sachbericht", "1. April 2018", "2. April 2018"),
        ("Familienbericht", "1. April 2018", "2. April 2018"),
        ("Lesefassung", "1. April 2018", "2. April 2018"),
        ("Vergleich", "1. April 2018", "2. April 2018"),
        ("Word", "Maßnahme 1", "Umbenannt"),
        ("Familienbericht", "B 2 Bedarf 2", "B 3 Bedarf 2"),
        ("Familienbericht", "dazu 1 seither", "dazu 2 seither"),
        ("Landesbericht", "2,4 VzÄ", "2,5 VzÄ"),
        ("Landesbericht", "3 Maßnahmen: 3 in Umsetzung", "3 Maßnahmen: 2 in Umsetzung, 1 geplant"),
        ("Landesbericht", "Verschiedene insgesamt 3 3 3", "Verschiedene insgesamt 3 2 3"),
    )
    assert [(name, old) for name, old, _ in altered if old not in files[name]] == []
    unnoticed = []
    for name, old, new in altered:
        with suppress(AssertionError):
            assert_all_agree(released, draft, files | {name: files[name].replace(old, new)})
            unnoticed.append((name, old))
    assert unnoticed == []


def assert_all_agree(released, draft, files):
    assert_same_words_and_numbers(released, files)
    assert_comparison(content_of(released), draft, files["Vergleich"])
    assert_family_report(content_of(released), files["Familienbericht"])
    assert_state_report(content_of(released), files["Landesbericht"])


def assert_comparison(content, draft, text):
    """Left stands what the edition says, right what the draft says, and the differences are theirs."""
    later = {chapter["code"]: chapter["body"] for chapter in draft["chapters"]}
    old, new = costs_of(content["finance"]), costs_of(later["finance"])
    differences = {new[key] - old[key] for key in old.keys() & new.keys()}
    known = {german(amount) for amount in (*old.values(), *new.values(), *map(abs, differences))}
    assert set(AMOUNT.findall(text)) <= known
    for key in old.keys() & new.keys():
        if old[key] != new[key]:
            assert f"{german(old[key])} €" in text, key
            assert f"{german(new[key])} € (+ {german(new[key] - old[key])} €)" in text, key
    assert dates_in(text) <= dates_of(content) | dates_of(later) | todays_of(text)
    for sheet in (sheet for group in content["measures"]["fields"] for sheet in group["measures"]):
        assert sheet["title"] in text or sheet["title"] == "Maßnahme 2", "what has not changed is not in it"


def costs_of(finance) -> dict[str, Decimal]:
    """The amounts of a Finanzplan by record, and their sum."""
    lines = [line for group in finance["groups"] for line in group["lines"]]
    return {line["uid"]: Decimal(line["amount"]) for line in lines if line["uid"]} | {"": Decimal(finance["total"])}


def assert_family_report(content, text):
    """Measures with their periods, needs with their evidence, offers and figures of the edition."""
    sheets = [sheet for group in content["measures"]["fields"] for sheet in group["measures"]]
    for sheet in sheets:
        period = next(fact["value"] for fact in sheet["facts"] if fact["label"] == "Zeitraum")
        assert f"{period} {sheet['code']} {sheet['title']} {sheet['provider']}" in text, sheet["title"]
    needs = [need for group in content["needs"]["fields"] for need in group["needs"]]
    for need in needs:
        row = rf"{need['code']} {need['title']} {need['priority']} [^\d]+ {len(need['evidence'])} "
        assert re.search(row + re.escape("; ".join(need["answered_by"])), text), need["title"]
    gone = int(re.search(r"Bedarfe (?:\d+, davon \d+ offen); dazu (\d+) ", text)[1])
    assert int(re.search(r"Bedarfe (\d+), davon", text)[1]) + gone == len(needs)
    for figure in content["inventory"]["figures"]:
        value = german_number(figure["value"])
        assert f"{figure['area']} – {value} ({figure['year']})" in text, figure["area"]
    assert f"Angebote {len(offers_of(content))} von" in text
    numbers = re.findall(r"(?<![\d.,])\d+,\d+(?![\d.,])", re.sub(r"33,3\b", "", text))  # rates of return
    assert set(numbers) <= {german_number(figure["value"]) for figure in content["inventory"]["figures"]}


def assert_state_report(content, text):
    """The page of the municipality counts what stands in its plan."""
    sheets = [sheet for group in content["measures"]["fields"] for sheet in group["measures"]]
    needs = {need["code"] for group in content["needs"]["fields"] for need in group["needs"]}
    posts = content["mandate"]["posts"]
    extent = german_number(sum(Decimal(post["extent"]) for post in posts))
    for said in (
        f"Planerstellen {len(posts)} am Jahresende besetzt, {extent} VzÄ",
        "Plan 2018 Fassung 1, veröffentlicht",
        f"Maßnahmen {len(sheets)} Maßnahmen: {len(sheets)} in Umsetzung Beteiligung",
        f"Verschiedene insgesamt {len(offers_of(content))} {len(needs)} {len(sheets)} ",
        f"Sitzungen: {len(content['steering']['sittings'])};",
        f"Befragungen: {len(content['steering']['surveys'])}, ",
    ):
        assert said in text, said
    assert {sheet["state"] for sheet in sheets} == {"in Umsetzung"}


def offers_of(content) -> set[str]:
    """Every offer of the register once."""
    return {offer["title"] for group in content["inventory"]["register"] for offer in group["offers"]}


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
    assert_same_measures(sheets, files)
    totals = {german(group["total"]) for group in content["finance"]["groups"]} | {german(content["finance"]["total"])}
    amounts = {german(line["amount"]) for line in lines} | totals
    dates = dates_in(files["Plan"]) | dates_of(content)
    frozen = VagueDate(newest(released).frozen_at.date()).in_words
    of_year = {"31. Dezember 2018"}  # the last day of the plan's year, which only its imprint and its feet name
    assert dates_in(files["Word"]) | of_year == dates_in(files["Plan"])
    for name in ("Word", "Plan", "Lesefassung"):
        assert set(AMOUNT.findall(files[name])) == amounts, name
    for name, text in files.items():
        if name in ("Vergleich", "plan.json"):  # names the draft too; the same bytes as the edition
            continue
        assert set(AMOUNT.findall(text)) <= amounts, name
        others = {"1. Januar 2018", "31. Dezember 2018", frozen} | todays_of(text)
        others |= {"November 2018"} if "Später dazu" in text else set()  # the measure that came after the edition
        assert dates_in(text) <= dates | others, (name, dates_in(text) - dates - others)
        said = CHECKSUM.sub("", text).replace("Später dazu nicht in Fassung 1", "")
        said = said.replace("Später dazu – Idee; nicht in Fassung 1", "")
        assert re.findall(r"Umbenannt|638\.700|Mai 2031|\b77\b|Später dazu", said) == [], name


def assert_same_measures(sheets, files):
    """Each measure with its cost and criteria in plan, Word, Sachbericht and its own sheet."""
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


def todays_of(text: str) -> set[str]:
    """The day on which a document was made, which it says itself: „Angaben vom 29. November 2026“."""
    return dates_in(" ".join(re.findall(rf"(?:Stand|Angaben) vom ({DATE.pattern})", text)))


def dates_of(content) -> set[str]:
    """Every date of plan.json in its long words."""
    found = re.findall(r'"(\d{4}-(?:\d\d-\d\d|\d\d|[QH]\d))"', json.dumps(content))
    return {VagueDate.from_iso(iso).in_words for iso in found}


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
