"""A number is never without its unit, nor with it twice: in form, list, detail, history, grid, and files out and in."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags

from funding.models import StateGrant
from participation.models import Finding
from planning.models import CriterionValue, Indicator, IndicatorValue, PlannerPost, QualityCriterion
from records.display import format_value, with_unit
from records.domain.saving import update_record
from records.fields import holds_numbers
from records.registry import kind_of
from tests.factories import make
from tests.kinds import every_kind
from tests.records.tables import exported, read_in, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# Numbers whose name says what is counted, and those that put things in order.
SAY_IT_THEMSELVES = {
    "population",
    "votes_for",
    "votes_against",
    "votes_abstained",
    "attending_count",
    "position",
    "weight",
}
OF_AN_ANSWER = {"SurveyAnswer.count"}  # „Nennungen“


def is_number(field) -> bool:
    return holds_numbers(field) and not field.choices


@every_kind
def test_every_number_that_is_entered_has_a_unit(kind):
    for name in kind.field_names():
        field = kind.model._meta.get_field(name)
        if not is_number(field) or name.endswith("year") or name in SAY_IT_THEMSELVES | {"number"}:
            continue
        full = f"{kind.model.__name__}.{name}"
        assert name in kind.model.units or full in OF_AN_ANSWER, full


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Decimal("120000.00"), "€", "120.000,00\u202f€"),
        (Decimal("120000.00"), "Euro", "120.000,00\u202f€"),
        (Decimal("12.500"), "Prozent", "12,5\u202f%"),
        (Decimal("5.00"), "%", "5\u202f%"),
        (1, "Punkte", "1\u00a0Punkt"),
        (14, "Punkte", "14\u00a0Punkte"),
        (1200, "", "1\u202f200"),
        (Decimal("3.1"), "1 000 Familien", "3,1\u00a0×\u00a01 000 Familien"),
        (Decimal("1200.50"), "je 1 000 Einwohner", "1\u202f200,5\u00a0je 1 000 Einwohner"),
    ],
)
def test_a_number_is_written_in_one_way(value, unit, words):
    assert with_unit(value, unit) == words


def words_of(cast, address: str) -> str:
    return " ".join(re.sub(r"[\u00a0\u202f]", " ", strip_tags(cast.client().get(address).content.decode())).split())


@pytest.fixture
def rows(cast):
    """A record of each sort of unit: of the column, of a related record, of its own."""
    indicator = make(Indicator, None, title="Kinderarmut", unit="Prozent")
    criterion = make(QualityCriterion, cast.home, title="Elternabende", unit="Familien", baseline=Decimal("1200"))
    return {
        "cost": make(StateGrant, cast.home, applied_amount=Decimal("638700")),
        "post": make(PlannerPost, cast.home, full_time_equivalent=Decimal("0.80")),
        "figure": make(IndicatorValue, cast.home, indicator=indicator, value=Decimal("5"), year=2014),
        "criterion": criterion,
        "value": make(CriterionValue, cast.home, criterion=criterion, target=Decimal("40"), actual=Decimal("46.5")),
        "finding": make(Finding, cast.home, weight=14),
    }


SAID = {
    "cost": ("Beantragter Betrag 638.700,00 €", "Beantragter Betrag (Euro)"),
    "post": ("Umfang 0,8 VzÄ", "Umfang (VzÄ)"),
    "figure": ("Wert 5 %", "Wert (Prozent)"),
    "criterion": ("Ausgangswert 1 200 Familien", "Ausgangswert (Familien)"),
    "value": ("Zielwert 40 Familien", "Zielwert (Familien)"),
}


def test_a_unit_stands_behind_the_number_and_in_brackets_where_it_is_typed(cast, rows):
    for name, (shown, typed) in SAID.items():
        record = rows[name]
        kind = kind_of(type(record))
        detail = words_of(cast, kind.url("detail", cast.home, record.pk))
        assert shown in detail, name
        assert typed not in detail, name
        form = words_of(cast, kind.url("update", cast.home, record.pk))
        assert typed in form, name
        number, unit = shown.rsplit(" ", 2)[-2:]
        assert f"{number} {unit} {unit}" not in detail + form
    assert "40 Familien" in words_of(cast, kind_of(QualityCriterion).url("detail", cast.home, rows["criterion"].pk))
    assert "638.700,00 €" in words_of(cast, kind_of(StateGrant).url("list", cast.home))
    new = words_of(cast, f"{kind_of(CriterionValue).url('create', cast.home)}?criterion={rows['criterion'].pk}")
    assert "Zielwert (Familien)" in new
    assert "Kinderarmut (Prozent)" in words_of(cast, kind_of(IndicatorValue).url("create", cast.home))


def test_the_history_has_it_and_the_grid(cast, rows):
    value = rows["value"]
    value.actual = Decimal("50")
    update_record(value, version=value.version, actor=None)
    assert "46,5 Familien" in words_of(cast, kind_of(CriterionValue).url("history", cast.home, value.pk))
    below = kind_of(QualityCriterion).rows_url(cast.home, rows["criterion"].pk, kind_of(CriterionValue))
    assert "Zielwert (Familien)" in words_of(cast, below)
    assert "Kinderarmut (Prozent)" in words_of(cast, kind_of(IndicatorValue).url("grid", cast.home))


def test_the_preview_of_a_file_has_it(cast, rows):
    kind = kind_of(CriterionValue)
    table = exported(cast, kind)
    table[1][table[0].index("Zielwert")] = "77"
    page = read_in(cast, kind, xlsx(table)).content.decode().replace("\u00a0", " ")
    assert "77 Familien" in page


def test_a_file_names_it_and_is_read_in_again_with_and_without(cast, rows):
    client, kind = cast.client(), kind_of(IndicatorValue)
    table = list(
        csv.reader(io.StringIO(client.get(kind.url("csv", cast.home)).content.decode("utf-8-sig")), delimiter=";")
    )
    assert (table[0][-1], table[1][-1]) == ("Einheit", "Prozent")
    grants = client.get(kind_of(StateGrant).url("csv", cast.home)).content.decode("utf-8-sig")
    assert "Beantragter Betrag (Euro)" in grants
    for content in (grants, grants.replace("Beantragter Betrag (Euro)", "Beantragter Betrag")):
        changed = content.replace("638700,00", "700,00")
        file = SimpleUploadedFile("zuwendungen.csv", changed.encode())
        page = client.post(kind_of(StateGrant).url("import", cast.home), {"file": file}).content.decode()
        assert "700,00\u202f€" in page
        assert "gibt es hier nicht" not in page
    findings = client.get(kind_of(Finding).url("csv", cast.home)).content.decode("utf-8-sig")
    assert "Punkte" in findings.split("\n")[0]
    for head in ("Gewicht", "Gewicht (Punkte)"):  # as the column was called once
        file = SimpleUploadedFile("alt.csv", findings.replace("Punkte", head, 1).replace(";14;", ";15;").encode())
        page = client.post(kind_of(Finding).url("import", cast.home), {"file": file}).content.decode()
        assert "1 geändert" in page
        assert "gibt es hier nicht" not in page
    table[1][table[0].index("Wert")] = "7"
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(table)
    page = client.post(kind.url("import", cast.home), {"file": SimpleUploadedFile("w.csv", text.getvalue().encode())})
    assert "gibt es hier nicht" not in page.content.decode()
    assert format_value(IndicatorValue._meta.get_field("value"), Decimal("7"), "Prozent") == "7\u202f%"
