"""An edition has the chapters and keys of its time, on every page.

What plans have no longer is shown, what they did not have yet is not made up.
"""

import io
import json
from html import unescape

import docx
import pytest
from django.urls import reverse

from plans.enums import ChapterCode
from plans.models import PlanVersion
from tests.accounts.conftest import quiet  # noqa: F401  (a fixture)
from tests.plans.editions import stored
from tests.plans.life.owner import guards_again, past_the_guards, problems, rehash
from tests.plans.word import chapter_headings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet"), pytest.mark.once]
GONE = ChapterCode.CONTROLLING  # today's code stands for one that has lost this chapter
FOREIGN = "abolished"
WORDS = ("code", "text", "description")


@pytest.fixture
def plan(cast):
    return stored.load(stored.FOLDERS[-1], cast.away)


def altered(plan, change):
    """The newest edition as a code with other chapters would have frozen it."""
    version = PlanVersion.objects.filter(plan=plan).latest("edition")
    document, pages = json.loads(bytes(version.content)), json.loads(bytes(version.pages))
    change(document["plan"], pages)
    parts = {"content": document, "pages": pages}
    rehash(version, **{name: json.dumps(value, sort_keys=True).encode() for name, value in parts.items()})
    return pages


def renamed(plan, pages):
    next(chapter for chapter in plan["chapters"] if chapter["code"] == GONE)["code"] = FOREIGN
    pages[FOREIGN] = pages.pop(GONE.value)


def dropped(plan, pages):
    plan["chapters"] = [chapter for chapter in plan["chapters"] if chapter["code"] != GONE]
    del pages[GONE.value]


def shortened(plan, pages):
    """As if nothing but identity, codes and the words of the records had been frozen."""
    for key in set(plan) - {"ags", "year", "edition", "chapters"}:
        del plan[key]
    plan["chapters"] = [only_words(chapter) for chapter in plan["chapters"]]


def only_words(value):
    """Without titles, numbers, days and whatever else is no text of its own."""
    if isinstance(value, list):
        return [only_words(inner) for inner in value]
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if isinstance(inner, list | dict) or key in WORDS}
        return {key: only_words(inner) for key, inner in kept.items()}
    return value


def addresses(cast, plan):
    own = [cast.away.slug, plan.pk]
    reading = [reverse("plans:plan-detail", args=own), reverse("plans:plan-version", args=[*own, plan.edition])]
    return [*reading, reverse("plans:public-year", args=[cast.away.slug, plan.year])]


def word_headings(cast, plan):
    address = reverse("plans:plan-version-word", args=[cast.away.slug, plan.pk, plan.edition])
    document = docx.Document(io.BytesIO(cast.client("foreign_planner").get(address).content))
    texts = [line.text for line in document.paragraphs]
    return chapter_headings(document), " ".join(texts)


def chapters_in(text):
    """The list beside the page."""
    begin = text.index('class="chaps"')
    return text[begin : text.index("</ol>", begin)]


def compared(cast, plan):
    """Both editions side by side, the altered one on the right."""
    first, last = PlanVersion.objects.filter(plan=plan).order_by("edition").values_list("pk", flat=True)
    address = reverse("plans:plan-compare", args=[cast.away.slug])
    return cast.client("foreign_planner").get(address, {"alt": f"v{first}", "neu": f"v{last}"})


@pytest.mark.slow
def test_a_chapter_that_plans_have_no_longer_is_read_and_exported(cast, plan):
    with past_the_guards():
        pages = altered(plan, renamed)
        for address in addresses(cast, plan):
            text = cast.client("foreign_planner").get(address, {"kapitel": FOREIGN}).content.decode()
            assert pages[FOREIGN] in text
            assert f"?kapitel={FOREIGN}" in text
            assert f"Kapitel „{FOREIGN}“" in unescape(text)
            assert (
                str(GONE.label)
                not in text[text.index('class="chaps"') : text.index("</ol>", text.index('class="chaps"'))]
            )
        headings, words = word_headings(cast, plan)
        assert headings[GONE.number - 1].strip() == f"Kapitel „{FOREIGN}“"
        assert "Sie stehen in der PDF-Datei dieser Fassung." in words
        assert compared(cast, plan).status_code == 200


@pytest.mark.slow
def test_a_chapter_that_plans_did_not_have_yet_is_not_made_up(cast, plan):
    with past_the_guards():
        altered(plan, dropped)
        for address in addresses(cast, plan):
            text = cast.client("foreign_planner").get(address, {"kapitel": GONE.slug}).content.decode()
            chapters = chapters_in(text)
            assert str(ChapterCode.RESOLUTIONS.label) in chapters
            assert str(GONE.label) not in chapters
            assert 'aria-current="page"' in chapters
        headings, _ = word_headings(cast, plan)
        assert len(headings) == len(ChapterCode) - 1
        assert compared(cast, plan).status_code == 200


@pytest.mark.slow
def test_keys_that_plans_did_not_have_yet_hinder_no_page(cast, plan):
    with past_the_guards():
        altered(plan, shortened)
        for address in addresses(cast, plan):
            answer = cast.client("foreign_planner").get(address)
            assert answer.status_code == 200
            assert "None" not in answer.content.decode()
        headings, _ = word_headings(cast, plan)
        assert len(headings) == len(ChapterCode)
        assert compared(cast, plan).status_code == 200


def test_an_edition_that_does_not_say_its_year_is_not_verified(plan):
    with past_the_guards():
        altered(plan, lambda data, pages: data.pop("year"))
        guards_again()
        assert any("Die Plandaten nennen nichts, die Fassung 2018." in text for text in problems())
