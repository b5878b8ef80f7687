"""Two versions of a record: the choice field by field, what is preset, and the words that differ."""

from typing import Any

import pytest

from planning.models import Need
from plans.models import ChapterText, Plan
from records.pages.conflict import word_differences
from records.registry import kind_of
from tests.factories import change_of, make, make_kind, post_data, stored_values, values_for
from tests.html import read_form
from tests.kinds import kinds_for_all, writers_of

pytestmark = pytest.mark.usefixtures("quiet")


@kinds_for_all
def test_the_stored_version_can_be_taken_in_every_field(cast, kind):
    first = writers_of(kind)[0]
    who = (first, "lead" if first == "planner" else first)
    record = make_kind(kind, cast.home, text="Vorher", actor=getattr(cast, first))
    path = kind.url("update", cast.home, record.pk)
    values = values_for(kind.model, cast.home if kind.is_tenant else None, text="Meine", full=True)
    mine = {n: v for n, v in post_data(kind, values).items() if not hasattr(v, "read")} | {"version": "1"}
    name, value = change_of(kind)
    theirs = post_data(kind, stored_values(kind, record) | {name: value}) | {"version": "1"}
    assert cast.client(who[1]).post(path, theirs).status_code == 302
    stored = stored_values(kind, kind.model._default_manager.get(pk=record.pk))

    answer = cast.client(who[0]).post(path, mine)
    assert answer.status_code == 409
    fields = answer.context["conflict"].fields
    choices = {f"_fassung_{field.name}": "theirs" for field in fields}
    assert choices.keys() <= read_form(answer.content).options.keys()
    assert cast.client(who[0]).post(path, mine | choices | {"version": "2"}).status_code == 302
    saved = kind.model._default_manager.get(pk=record.pk)
    assert (stored_values(kind, saved), saved.version) == (stored, 2), "what is stored already is not saved again"


@pytest.fixture
def collided(cast) -> tuple[Any, str, dict[str, Any]]:
    """The planner changed the title, the Leitung meanwhile the description and the title."""
    kind, need = kind_of(Need), make(Need, cast.home, title="Vorher", description="Anfang\r\nEnde")
    path = kind.url("update", cast.home, need.pk)
    opened = post_data(kind, stored_values(kind, need)) | {"version": "1"}
    theirs = opened | {"title": "Titel der Leitung", "description": "Anfang\r\nMitte\r\nEnde", "regions": []}
    assert cast.client("lead").post(path, theirs).status_code == 302
    return cast.client(), path, opened | {"title": "Mein Titel"}


def checked(answer: Any) -> dict[str, list[str]]:
    """The choices that are preset."""
    values = read_form(answer.content).values
    return {name.removeprefix("_fassung_"): values[name] for name in values if name.startswith("_fassung_")}


def test_own_changes_are_preset_and_untouched_fields_stay_as_stored(collided):
    client, path, mine = collided
    answer = client.post(path, mine)
    assert checked(answer) == {"title": ["mine"], "description": ["theirs"], "regions": ["theirs"]}
    choices = {f"_fassung_{name}": value for name, value in checked(answer).items()}
    assert client.post(path, mine | choices | {"version": "2"}).status_code == 302
    need = Need.objects.get()
    assert (need.title, need.description, need.regions.count()) == ("Mein Titel", "Anfang\nMitte\nEnde", 0)


def test_the_own_version_can_be_taken_in_every_field(collided):
    client, path, mine = collided
    choices = {f"_fassung_{name}": "mine" for name in ("title", "description", "regions")}
    assert client.post(path, mine | choices | {"version": "2"}).status_code == 302
    need = Need.objects.get()
    assert (need.title, need.description, need.regions.count()) == ("Mein Titel", "Anfang\nEnde", 1)


def test_a_taken_value_stays_while_another_field_is_mended(collided):
    client, path, mine = collided
    choices = {"_fassung_title": "theirs", "_fassung_regions": "theirs"}
    answer = client.post(path, mine | choices | {"version": "2", "cycle": "", "description": "x" * 20_001})
    assert answer.status_code == 422
    page = read_form(answer.content)
    assert (page.values["title"], page.values["regions"]) == (["Titel der Leitung"], [])


def test_a_third_version_is_not_overwritten(collided, cast):
    client, path, mine = collided
    third = mine | {"title": "Dritte Fassung", "version": "2"}
    assert cast.client("lead").post(path, third).status_code == 302
    answer = client.post(path, mine | {"version": "2", "_fassung_title": "theirs", "_opened_version": "1"})
    assert answer.status_code == 409
    assert answer.context["conflict"].opened_version == "1"
    assert Need.objects.get().title == "Dritte Fassung"


@pytest.mark.parametrize("name", ["municipality", "form_key", "id", "", "created_by", "title\x00"])
def test_choices_of_other_columns_do_nothing(collided, name):
    client, path, mine = collided
    before = Need.objects.values("municipality", "created_by", "uid").get()
    answer = client.post(path, mine | {f"_fassung_{name}": "theirs", "version": "2"})
    assert answer.status_code == 302
    assert Need.objects.values("municipality", "created_by", "uid").get() == before


def test_the_version_itself_cannot_be_taken_over(collided):
    client, path, mine = collided
    assert client.post(path, mine | {"_fassung_version": "theirs"}).status_code == 409


def test_the_text_of_a_chapter_can_be_taken_over(cast):
    plan = make(Plan, cast.home)
    path, data = f"/{cast.home.slug}/plaene/{plan.pk}/kapitel/bedarf/", {"version": "0", "text": "Meiner"}
    cast.client("lead").post(path, data | {"text": "Ihrer"})
    client = cast.client()
    answer = client.post(path, data)
    assert (answer.status_code, checked(answer)) == (409, {"text": ["mine"]})
    assert client.post(path, data | {"version": "1", "_fassung_text": "theirs"}).status_code == 302
    assert ChapterText.objects.get().text == "Ihrer"


def marked(theirs: str, mine: str) -> tuple[str, str]:
    """Both texts with [brackets] around what is marked."""
    sides = word_differences(theirs, mine)
    left, right = ("".join(f"[{p.text}]" if p.is_changed else p.text for p in side) for side in sides)
    return left, right


@pytest.mark.parametrize(
    ("theirs", "mine", "left", "right"),
    [
        ("Ein Text", "Ein Text", "Ein Text", "Ein Text"),
        ("Der alte Text bleibt.", "Der neue Text bleibt.", "Der [alte] Text bleibt.", "Der [neue] Text bleibt."),
        ("–", "Neu", "[–]", "[Neu]"),
        ("Eins\nzwei\ndrei", "Eins\nZwei\ndrei", "Eins\n[zwei\n]drei", "Eins\n[Zwei\n]drei"),
        ("Anfang Ende", "Anfang und Ende", "Anfang Ende", "Anfang [und ]Ende"),
    ],
)
def test_differing_words_are_marked(theirs, mine, left, right):
    assert marked(theirs, mine) == (left, right)


def test_long_texts_lose_nothing_and_take_no_time():
    theirs = " ".join(str(number % 7) for number in range(10_000))
    mine = " ".join(str(number % 5) for number in range(10_000))
    for left, right in ((theirs, mine), ("\n".join([theirs] * 3), "\n".join([mine, theirs, mine]))):
        sides = word_differences(left, right)
        assert tuple("".join(piece.text for piece in side) for side in sides) == (left, right)


def test_markup_in_texts_is_text(collided):
    client, path, mine = collided
    page = client.post(path, mine | {"title": "<script>x</script> <del>"}).content.decode()
    assert "<script>x" not in page
    assert page.count("<del>") == page.count("</del>")
