"""Amounts: one reader that asks, and a column of whole cents."""

import random
import re
from decimal import Decimal

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db.models import F, Sum, Value

from funding.models import StateGrant
from planning.models import IndicatorValue, Measure, PlannerPost
from records.amounts import Ambiguous, Amount, Refused, read_euro, read_number
from records.display import format_value
from records.fields import EuroField, ShareField
from records.registry import kind_of
from tests.factories import make, post_data, stored_values
from tests.html import read_form
from tests.records.grids import opened, send
from tests.records.tables import column, errors, exported, read_in, xlsx

BLANK = "[ \u00a0\u2009\u202f]"
# The oracle: every form that is taken, and what parts its thousands. Nothing else may give an amount.
TAKEN = {
    r"[0-9]+([.,][0-9]{1,2})?": "",
    rf"[1-9][0-9]{{0,2}}({BLANK}[0-9]{{3}})+(,[0-9]{{1,2}})?": BLANK,
    r"[1-9][0-9]{0,2}([.][0-9]{3})+,[0-9]{1,2}": "[.]",
    r"[1-9][0-9]{0,2}([.][0-9]{3}){2,}": "[.]",
}


def oracle(text: str) -> Decimal | None:
    """The one reading of a text, or None where it has none or several."""
    for form, blank in TAKEN.items():
        if re.fullmatch(form, text):
            return Decimal((re.sub(blank, "", text) if blank else text).replace(",", "."))
    return None


def test_ten_thousand_texts_are_never_misread():
    dice = random.Random(12)
    read = asked = 0
    for _ in range(10_000):
        text = "".join(dice.choices("0123456789.,\u202f", (*[9] * 10, 12, 12, 4), k=dice.randint(1, 10)))
        found = read_euro(text)
        expected = oracle(text.strip())
        if isinstance(found, Amount) and found.value is not None:
            assert expected == found.value, text
            read += 1
        elif text.strip():
            assert expected is None, text
        asked += isinstance(found, Ambiguous)
    assert read > 2000
    assert asked > 100


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1234", 123400),
        ("1234,5", 123450),
        ("1 234,56", 123456),
        ("1\u202f234,56 €", 123456),
        ("1.234,56", 123456),
        ("1.234.567,89", 123456789),
        ("EUR 12,50", 1250),
        ("12,50 Euro", 1250),
        ("−5", -500),
        ("-5,00 €", -500),
        ("0", 0),
        ("999.999.999.999,99", 99999999999999),
    ],
)
def test_what_has_one_reading_is_taken(text, cents):
    assert read_euro(text) == Amount(Decimal(cents).scaleb(-2))


# The cases of Handsontable (#3285, #2539, #2166, #7617), which took each of them for another number.
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("33,3", "33.30"),  # became 333,00
        ("0,1234", "mehr"),  # became 1 234,00
        ("475,962", "475.962,00 475,96"),  # became 475.962 without a word
        ("475.962", "475.962,00 475,96"),
        ("1.234", "1.234,00 1,23"),
        ("1,234", "1.234,00 1,23"),
        ("1.234,567", "1.234.567,00 1.234,57"),
        ("12,345,67", "1.234.567,00 12.345,67"),
        ("-1.234", "−1.234,00 −1,23"),
        ("12€50", "Zahl"),
        ("12 34", "Zahl"),
        ("5 %", "Zahl"),
        ("1.000.000.000.000", "zu groß"),
        ("٣", "Zahl"),
        ("9" * 5000, "Zahl"),
    ],
)
def test_what_has_two_readings_is_asked_and_nothing_is_rounded(text, found):
    read = read_euro(text)
    if isinstance(read, Ambiguous):
        assert " ".join(read.written) == found
        assert all(f"„{each}“" in read.sentence for each in read.written)
        assert all(isinstance(read_euro(each), Amount) for each in read.written)
    elif isinstance(read, Refused):
        assert found in read.sentence
    else:
        assert str(read.value) == found
    assert read_euro(" ") == Amount(None)


def test_other_numbers_are_asked_in_the_same_way():
    assert isinstance(read_number("5.100", 3), Ambiguous)
    assert read_number("5,125", 3) == Amount(Decimal("5.125"))  # a decimal comma, as everywhere in German
    assert read_number("12.500", 0) == Amount(Decimal(12500))  # persons have no decimals
    assert read_number("32.893 %", 4, Decimal("999.9999"), "%") == Amount(Decimal("32.8930"))  # 32 893 % cannot be


@pytest.mark.parametrize(
    "value", [1.5, "1.234", Decimal("0.001"), "NaN", "1e99", "drei", Decimal("1000000000000"), True]
)
def test_the_column_takes_nothing_that_it_cannot_hold(value):
    with pytest.raises(ValidationError):
        EuroField("Betrag").to_python(value if value is not True else object())


def test_a_column_of_cents_is_exact_in_the_database(cast):
    for _ in range(3):
        make(Measure, cast.home)
    rows = Measure.objects.annotate(
        sum_of=Value(Decimal("0.10"), EuroField()), share=Value(Decimal("32.8931"), ShareField())
    )
    assert {(str(row.sum_of), str(row.share)) for row in rows} == {("0.10", "32.8931")}
    assert str(rows.aggregate(Sum("sum_of"))["sum_of__sum"]) == "0.30"
    assert str(rows.none().aggregate(all=Sum("sum_of", default=Decimal("0.00")))["all"]) == "0.00"
    assert rows.filter(sum_of__gt=Decimal("0.09"), sum_of__lte="0.10").count() == 3
    assert rows.aggregate(none=Sum("sum_of", filter=~Value(True)))["none"] is None
    with pytest.raises(FieldError):
        list(rows.annotate(wrong=F("sum_of") + Decimal("1.00")))  # would add one cent


def test_shown_as_other_amounts():
    amount, share = EuroField("Betrag", negative=True), ShareField("Anteil")
    assert format_value(amount, Decimal("-1234.50"), amount.unit) == "−1.234,50\u202f€"
    assert [format_value(share, Decimal(each), share.unit) for each in ("70.0000", "32.8931")] == [
        "70\u202f%",
        "32,8931\u202f%",
    ]
    form = amount.formfield()
    assert form.prepare_value(Decimal("1234.50")) == "1.234,50"
    assert form.clean("1.234,50") == Decimal("1234.50")
    assert [validator.limit_value for validator in EuroField("Betrag").validators] == [0]
    assert amount.deconstruct()[3]["negative"]


@pytest.fixture
def grant(cast):
    return make(StateGrant, cast.home, applied_amount=Decimal("7.00"))


def test_a_form_offers_both_readings_and_takes_the_chosen_one(cast, grant):
    kind = kind_of(StateGrant)
    data = post_data(kind, stored_values(kind, grant)) | {"version": str(grant.version), "applied_amount": "1.234"}
    address = kind.url("update", cast.home, grant.pk)
    answer = cast.client("planner").post(address, data)
    assert answer.status_code == 422
    page = read_form(answer.content)
    assert "„1.234“ lässt sich verschieden lesen" in answer.content.decode()
    assert "1,23 (gerundet)" in answer.content.decode()
    assert page.values["applied_amount"] == ["1.234"]
    whole, small = page.options["applied_amount_gemeint"]
    for typed, stored in (("5", "5.00"), ("1.234", "1234.00")):  # a choice belongs to its question
        grant.refresh_from_db()
        chosen = data | {"applied_amount": typed, "applied_amount_gemeint": whole, "version": str(grant.version)}
        assert cast.client("planner").post(address, chosen).status_code == 302
        grant.refresh_from_db()
        assert str(grant.applied_amount) == stored
    assert small.endswith("1,23")


@pytest.mark.parametrize(("typed", "words"), [("1.234", "„1,23“"), (1 / 3, "0,333333333333333 hat mehr")])
def test_a_file_names_both_readings_and_never_rounds(cast, grant, typed, words):
    table = exported(cast, kind_of(StateGrant))
    head = "Beantragter Betrag (Euro)"
    table[1][column(table, head)] = typed
    assert words in errors(read_in(cast, kind_of(StateGrant), xlsx(table)))[2, head]


def test_what_a_sheet_computed_for_another_column_is_taken_as_shown(cast):
    post = make(PlannerPost, cast.home, full_time_equivalent=Decimal("0.5"))
    table = exported(cast, kind_of(PlannerPost))
    table[1][column(table, "Umfang (VzÄ)")] = 0.3 + 1e-16
    assert "0,3\u00a0VzÄ" in read_in(cast, kind_of(PlannerPost), xlsx(table)).content.decode()
    assert post.full_time_equivalent == Decimal("0.5")


def test_a_grid_names_both_readings(cast):
    url, figure = kind_of(IndicatorValue).url("grid", cast.home), make(IndicatorValue, cast.home, value=Decimal(7))
    data = opened(cast, url)
    (cell,) = [name for name, text in data.items() if name.startswith("z0-") and text == "7"]
    answer = send(cast, url, data | {cell: "5.100"})
    assert answer.status_code == 422
    assert "Schreiben Sie „5.100,000“ oder „5,100“." in answer.content.decode()
    figure.refresh_from_db()
    assert figure.value == 7
