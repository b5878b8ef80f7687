"""Bad input to every form: a German sentence next to the field, everything typed still there, never an error page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.validators import MinValueValidator
from django.db import models

from planning.models import Measure, Need
from records.fields import VagueDateField, holds_numbers
from records.kind import RecordKind
from records.registry import kind_of
from tests.cast import Cast
from tests.factories import make_kind, post_data, stored_values, values_for
from tests.html import FormReader, read_form
from tests.kinds import every_kind, kinds_for_all, writers_of

pytestmark = pytest.mark.usefixtures("quiet")
ENGLISH = re.compile(r"\b(the|this|enter|ensure|select|must|valid|please|required|not)\b", re.IGNORECASE)
Data = dict[str, Any]


def fields_of(kind: RecordKind) -> dict[str, models.Field]:
    return {name: kind.model._meta.get_field(name) for name in kind.field_names()}


def is_text(field: models.Field) -> bool:
    plain = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.URLField)
    return plain and not field.choices


def is_number(field: models.Field) -> bool:
    return holds_numbers(field) and not field.choices


def every(test: Callable[[models.Field], bool], value: Any) -> Callable[[RecordKind], Data]:
    """The same value in all fields of a sort."""
    return lambda kind: {name: value for name, field in fields_of(kind).items() if test(field)}


def dates(**parts: str) -> Callable[[RecordKind], Data]:
    """The same parts in all vague dates."""
    empty = dict.fromkeys(("precision", "day", "month", "quarter", "half", "year"), "")
    return lambda kind: {
        f"{name}_{part}": text
        for name, field in fields_of(kind).items()
        if isinstance(field, VagueDateField)
        for part, text in (empty | parts).items()
    }


def never_negative(field: models.Field) -> bool:
    positive = isinstance(field, models.PositiveIntegerField | models.PositiveSmallIntegerField)
    return is_number(field) and (positive or any(isinstance(v, MinValueValidator) for v in field.validators))


def is_day(field: models.Field) -> bool:
    return type(field) is models.DateField


def is_link(field: models.Field) -> bool:
    return isinstance(field, models.URLField)


Attack = Callable[[RecordKind], Data]
# Bad values for all fields of a form at once, each of which must be refused: of every kind; what is beyond every size,
# of those that stand for all, for it is refused by the type of the field.
ROUNDS: dict[str, tuple[Attack, ...]] = {
    "30.02., -1, 100 000 characters": (
        dates(precision="D", day="30.02.2018"),
        every(is_day, "30.02.2018"),
        every(never_negative, "-1"),
        every(is_text, "ä" * 100_000),
        every(lambda f: bool(f.choices), "gibt-es-nicht"),
        every(is_link, "javascript:alert(1)"),
        every(lambda f: f.is_relation, "²"),
    ),
}
BEYOND: dict[str, tuple[Attack, ...]] = {
    "year 0001, 10^30, NUL": (
        dates(precision="Y", year="0001"),
        every(is_day, "0000-00-00"),
        every(is_number, "1" + "0" * 30),
        every(is_text, "vor\x00nach"),
        every(is_link, "kein Link"),
        every(lambda f: f.is_relation, "1" + "0" * 30),
    ),
    "quarter 9, 5000 digits": (
        dates(precision="Q", quarter="9", year="2018"),
        every(is_number, "9" * 5000),
        every(lambda f: f.is_relation, "\x00"),
    ),
}
# Sent to one kind with fields of all sorts.
FURTHER_ROUNDS: dict[str, tuple[Attack, ...]] = {
    "01.01.0001, words": (dates(precision="D", day="01.01.0001"), every(is_number, "viele")),
    "month 10^30, NaN": (dates(precision="M", month="1" + "0" * 30, year="2018"), every(is_number, "NaN")),
    "unknown precision, infinite": (dates(precision="W", year="2018"), every(is_number, "1e999")),
    "words as date, a thousandth": (dates(precision="D", day="nächste Woche"), every(is_number, "0,001")),
}


def lost(page: FormReader, data: Data) -> list[str]:
    """Names whose typed value is not in the returned form; a choice that does not exist cannot be shown."""
    found = []
    for name, value in data.items():
        values = [str(v) for v in (value if isinstance(value, list) else [value])]
        if name in page.options:
            values = [v for v in values if v in page.options[name]]
        shown = [text.replace("\r\n", "\n") for text in page.values.get(name, [])]
        if hasattr(value, "read") or name in ("form_key", "version"):
            continue
        if [v for v in values if v and v.replace("\r\n", "\n") not in shown]:
            found.append(name)
    return found


def send(cast: Cast, kind: RecordKind, data: Data) -> Any:
    """Post to the form for new records (or to the only one there is)."""
    who = writers_of(kind)[0]
    if kind.creatable:
        url = kind.url("create", cast.home)
    else:
        url = kind.url("update", cast.home, make_kind(kind, cast.home, actor=getattr(cast, who)).pk)
    return cast.client(who).post(url, data)


def judge(response: Any, expected: set[str], data: Data | None = None) -> list[str]:
    """What is wrong with the answer: status, missing or English sentences, sentences elsewhere, lost values."""
    if response.status_code != 422:
        return [f"status {response.status_code}"]
    errors, page = response.context["form"].errors, read_form(response.content)
    lost_names = lost(page, data or {})
    wrong = [f"{name} is accepted" for name in expected if name not in errors]
    for name, sentences in errors.items():
        wrong += [f"{name}: {text}" for text in sentences if ENGLISH.search(text) or not text.endswith((".", "?"))]
        if name != "__all__" and f"id_{name}_error" not in page.ids:
            wrong.append(f"{name}: no sentence at the field")
    return [*wrong, *(f"{name} is lost" for name in lost_names)]


@every_kind
def test_bad_values_are_refused_next_to_their_field_and_kept(cast, kind):
    assert refusals(cast, kind, ROUNDS) == []


@kinds_for_all
def test_values_beyond_every_size_are_refused_next_to_their_field_and_kept(cast, kind):
    assert refusals(cast, kind, BEYOND) == []


def test_further_bad_values_are_refused_next_to_their_field_and_kept(cast):
    assert refusals(cast, kind_of(Measure), FURTHER_ROUNDS) == []


def refusals(cast: Cast, kind: RecordKind, rounds: dict[str, tuple[Attack, ...]]) -> list[str]:
    """What is wrong with the answers to the rounds."""
    if any(link.related_model is kind.model for link in kind.model.link_fields()):
        make_kind(kind, cast.home)  # something to choose
    good = post_data(kind, values_for(kind.model, cast.home if kind.is_tenant else None))
    wrong = []
    for label, attacks in rounds.items():
        bad = {name: value for attack in attacks for name, value in attack(kind).items()}
        if not bad:
            continue
        data = {name: value for name, value in (good | bad).items() if not hasattr(value, "read")}
        response = send(cast, kind, data)
        expected = {name for name in kind.field_names() if name in bad or f"{name}_precision" in bad}
        wrong += [f"{label}: {line}" for line in judge(response, expected, data)]
    return wrong


@every_kind
def test_required_fields_ask_to_be_filled(cast, kind):
    required = {n for n, f in fields_of(kind).items() if not f.blank and not isinstance(f, models.BooleanField)}
    empty = {name: "" for name, field in fields_of(kind).items() if not field.many_to_many}
    response = send(cast, kind, empty)
    assert judge(response, required) == []


@every_kind
def test_an_end_before_the_beginning_is_refused(cast, kind):
    pairs = [("begin", "end"), ("planned_begin", "planned_end"), ("awarded_on", "valid_until")]
    for begin, end in pairs:
        if not {begin, end} <= set(kind.field_names()):
            continue
        data = post_data(kind, values_for(kind.model, cast.home if kind.is_tenant else None))
        data |= {f"{begin}_precision": "D", f"{begin}_day": "01.05.2018"}
        for precision, parts in {"D": {"day": "30.04.2018"}, "Q": {"quarter": "1", "year": "2018"}}.items():
            sent = data | {f"{end}_precision": precision, **{f"{end}_{part}": text for part, text in parts.items()}}
            response = send(cast, kind, sent)
            assert judge(response, {end}, sent) == [], (kind.name, end, precision)
        same = data | {f"{end}_precision": "M", f"{end}_month": "5", f"{end}_year": "2018"}
        if kind.creatable:
            assert send(cast, kind, same).status_code == 302


def test_texts_may_be_as_long_as_their_limit(cast):
    kind = kind_of(Need)
    longest = {n: "ä" * f.max_length for n, f in fields_of(kind).items() if is_text(f) and f.max_length}
    data = post_data(kind, values_for(kind.model, cast.home)) | longest
    assert send(cast, kind, data).status_code == 302
    need = Need.objects.get()
    assert {name: getattr(need, name) for name in longest} == longest


@pytest.mark.slow
@pytest.mark.parametrize(
    "body", [b"\xed\xa0\x80", b"%ED%A0%80", b"\xff\xfe", b"%00", b"&&&=", b"title=" + b"%F0%9F%98%80" * 3]
)
def test_broken_encodings_do_not_break_the_form(cast, body):
    kind, client = kind_of(Need), cast.client()
    for start in (b"title=", b"description=", b"begin_day=", b"cycle=", b"regions=", b"_create_related=regions&title="):
        for content_type in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
            response = client.post(kind.url("create", cast.home), start + body, content_type=content_type)
            assert response.status_code in (302, 400, 422), (start, content_type)


def test_a_kept_draft_of_broken_text_can_be_opened(cast):
    kind, client = kind_of(Need), cast.client()
    typed = {"title": "vor\x00nach", "description": "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")}
    way = client.post(kind.url("create", cast.home), typed | {"_create_related": "regions"})
    assert way.status_code == 302
    back = way.url.split("fuer=")[1]
    page = client.get(f"{kind.url('create', cast.home)}?entwurf={back}")
    assert read_form(page.content).values["title"] == ["vornach"]


def test_a_lost_value_an_english_sentence_and_an_accepted_value_are_found(cast):
    kind = kind_of(Need)
    response = send(cast, kind, {"title": ""})
    response.context["form"].errors["title"] = ["This field is required."]
    assert judge(response, {"title", "note"}) == ["note is accepted", "title: This field is required."]
    page = read_form(response.content)
    assert lost(page, {"description": "weg", "title": ""}) == ["description"]


def test_a_form_that_is_kept_in_an_edit_shows_what_was_typed(cast):
    kind = kind_of(Need)
    need = make_kind(kind, cast.home)
    data = post_data(kind, stored_values(kind, need)) | {"version": "1", "title": "", "source": "Neu <b>getippt</b>"}
    response = cast.client().post(kind.url("update", cast.home, need.pk), data)
    assert lost(read_form(response.content), data) == []
    assert "<b>getippt" not in response.content.decode()
