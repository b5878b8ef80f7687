"""Whatever way a text comes in, it is stored clean: line ends, marks that nobody sees, marks of direction."""

import importlib
import random
import re

import pytest
from django.apps import apps

from accounts.text import INVISIBLE, clean_text, sort_key
from planning.models import Need, Offer, PlanningCycle
from plans.models import ChapterText, Plan
from records.registry import kind_of
from tests.factories import make, post_data, values_for
from tests.html import read_form
from tests.records.tables import confirm, csv_file, read_in

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.once]
DIRTY_TITLE, TITLE = "\u202eKin\u00adder\u200bgarten\u200e\r\nOst\ufeff", "Kindergarten Ost"
DIRTY, CLEAN = "A\u0308rzte\r\nfehlen\u2028\u200f\u2066abends\u2069\x0bhier\rso", "Ärzte\nfehlen\nabends\nhier\nso"
UNSEEN = re.compile(f"{INVISIBLE.pattern}|[\r\x0b\x0c\x85\u2028\u2029]")


def test_signs_of_all_kinds_are_cleaned_once_and_for_all_and_no_letter_is_lost():
    lots = random.Random(14)
    signs = [*"aÄ§€½→مс👍 \t\n", "a\u0308", "\r\n", "\r", *map(chr, (*range(1, 32), *range(0x7F, 0xA1), 0xAD, 0x61C))]
    signs += map(chr, (*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFF9))
    for _ in range(400):
        typed = "".join(lots.choices(signs, k=lots.randrange(1, 30)))
        stored = clean_text(typed)
        assert clean_text(stored) == stored
        assert not UNSEEN.search(stored), ascii(typed)
        letters = [sum(map(text.count, "§€½→مс👍")) for text in (typed, stored)]
        assert letters[0] == letters[1], ascii(typed)
        assert "\n" not in clean_text(typed, is_long=False)


def test_joiners_of_words_and_pictures_and_what_was_typed_on_purpose_stay():
    for text in ("می\u200cخواهم", "👨\u200d👩\u200d👧", "10\u00a0000\u202f€ – „so“", "a\tb\nc"):
        assert clean_text(text) == text


def by_form(cast):
    kind = kind_of(Need)
    values = values_for(Need, cast.home) | {"title": DIRTY_TITLE, "description": DIRTY}
    assert cast.client().post(kind.url("create", cast.home), post_data(kind, values)).status_code == 302
    return Need.objects.values_list("title", "description").get()


def by_table(cast):
    kind = kind_of(Offer)
    confirm(cast, kind, read_in(cast, kind, csv_file([["Angebot", "Beschreibung"], [DIRTY_TITLE, DIRTY]])))
    return Offer.objects.values_list("title", "description").get()


def by_chapter(cast):
    plan = make(Plan, cast.home, cycle=make(PlanningCycle, cast.home, first_year=2030, last_year=2030), year=2030)
    page = f"/{cast.home.slug}/plaene/{plan.pk}/kapitel/bedarf/"
    values = read_form(cast.client().get(page).content).values
    sent = {name: found[0] for name, found in values.items() if name and found} | {"text": DIRTY, "_save": "1"}
    assert cast.client().post(page, sent).status_code == 302
    return TITLE, ChapterText.objects.get(plan=plan).text


@pytest.mark.parametrize("way", [by_form, by_table, by_chapter])
def test_a_text_is_stored_clean_whatever_way_it_comes(cast, way):
    assert tuple(way(cast)) == (TITLE, CLEAN)


def test_keys_of_order_are_made_anew_where_something_unseen_had_counted_as_a_blank(cast):
    step = importlib.import_module("reporting.migrations.0003_ordered_anew")
    seen, other = (
        make(Need, cast.home, full=False, title="Kindergarten"),
        make(Need, cast.home, full=False, title="Hort"),
    )
    label = "Kin\u00adder\u200bgarten"
    before = seen.sort_key.removesuffix(sort_key(label))
    assert before + sort_key(label) == seen.sort_key
    Need.objects.filter(pk=seen.pk).update(label=label, sort_key=before + step.key_with_blanks(label))
    other_key = other.sort_key
    step.order_anew(apps, None)
    seen.refresh_from_db()
    other.refresh_from_db()
    assert (seen.sort_key, other.sort_key) == (before + "kindergarten", other_key)
    step.order_anew(apps, None)
    assert Need.objects.get(pk=seen.pk).sort_key == before + "kindergarten", "once more changes nothing"
