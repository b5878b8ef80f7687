"""Two plans: what is found again, what is new, changed, dropped, and what is no change at all."""

import random
import time

import pytest

from plans.compare import compare
from plans.enums import ChangeGroup, ChangeKind
from tests.plans.compare.plans import goal, measure, need, plan

ADDED, CHANGED, DROPPED = ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.DROPPED


def words(runs):
    return " ".join(run.text for run in runs)


def gist(old, new):
    """Kind, what, title of every row."""
    rows = compare(old, new).rows
    return [(row.kind, row.what, words(row.title.new or row.title.old)) for row in rows]


def fields(old, new):
    """The fields of the only row."""
    (row,) = compare(old, new).rows
    return {field.label: (words(field.old), words(field.new)) for field in row.fields}


def test_the_same_plan_has_no_changes():
    one = plan(needs=[need("Bus", "a")], measures=[measure("Rufbus", "b")], money=[("M 1.1 Rufbus", "b", "5.00")])
    assert gist(one, one) == []


def test_another_office_is_named_where_both_plans_name_one():
    old, new = plan() | {"office": ["Sozialamt", "Markt 8"]}, plan() | {"office": ["Sozialplanung", "Markt 8"]}
    assert gist(old, new) == [(CHANGED, "Herausgeber", "Anschrift und Kontakt")]
    assert fields(old, new) == {"Dienststelle": ("Sozialamt \nMarkt 8", "Sozialplanung \nMarkt 8")}
    assert gist(old, old) == gist(plan(), new) == gist(old, plan()) == []


def test_renamed_added_and_dropped_in_the_order_of_the_chapters():
    old = plan(
        needs=[need("Treffpunkt", "a"), need("Zuständigkeit", "b")],
        goals=[goal("Es gibt Treffpunkte", "g")],
        measures=[measure("Richtlinie", "m")],
        money=[("M 1.1 Richtlinie", "m", "120000.00")],
    )
    new = plan(
        needs=[need("Treffpunkt für alle", "a"), need("Überblick", "c")],
        goals=[goal("Es gibt Treffpunkte", "g")],
        measures=[measure("Audit", "n")],
        money=[("M 1.1 Audit", "n", "4000.50")],
    )
    assert gist(old, new) == [
        (CHANGED, "Bedarf", "Treffpunkt für alle"),
        (DROPPED, "Bedarf", "Zuständigkeit"),
        (ADDED, "Bedarf", "Überblick"),
        (DROPPED, "Maßnahme", "Richtlinie"),
        (ADDED, "Maßnahme", "Audit"),
        (DROPPED, "Geld, Maßnahme", "Richtlinie"),
        (ADDED, "Geld, Maßnahme", "Audit"),
        (CHANGED, "Geld, Summe", "Geplante Kosten insgesamt"),
    ]
    assert compare(old, new).counts == {ChangeGroup.NEEDS: 3, ChangeGroup.MEASURES: 2, ChangeGroup.MONEY: 3}
    assert [row.group for row in compare(old, new).only(ChangeGroup.NEEDS).rows] == [ChangeGroup.NEEDS] * 3


def test_dropped_entries_name_their_last_state():
    (row,) = compare(plan(measures=[measure("Richtlinie", "m", state="abgeschlossen")]), plan()).rows
    assert row.note == "letzter Stand: abgeschlossen"
    assert row.title.new == ()


def test_an_amount_shows_its_difference():
    old, new = (plan(money=[("M 1.1 Rufbus", "m", amount)]) for amount in ("120000.00", "135000.00"))
    row = compare(old, new).rows[0]
    (field,) = row.fields
    assert (words(field.old), words(field.new)) == ("120.000,00\u202f€", "135.000,00\u202f€")
    assert field.difference == "+ 15.000,00\u202f€"
    assert compare(new, old).rows[0].fields[0].difference == "− 15.000,00\u202f€"


def test_an_amount_that_was_missing_is_new_and_not_zero():
    old, new = plan(money=[("M 1.1 Rufbus", "m", None)]), plan(money=[("M 1.1 Rufbus", "m", "0.00")])
    row = compare(old, new).rows[0]
    assert row.fields[0].old == ()
    assert words(row.fields[0].new) == "0,00\u202f€"
    assert row.fields[0].difference == ""
    total = next(row for row in compare(old, new).rows if "insgesamt" in words(row.title.new))
    assert (total.fields[0].old, total.fields[0].difference) == ((), ""), "the sum of nothing said is no zero"


def test_moved_entries_and_new_codes_are_no_changes():
    old = plan(needs={"1 Bildung": [need("Bus", "a"), need("Hort", "b")], "2 Mobilität": []})
    new = plan(needs={"1 Bildung": [need("Hort", "b", code="B 1.9")], "2 Mobilität": [need("Bus", "a", code="B 2.1")]})
    assert gist(old, new) == []
    top, low = goal("Oben", "g", children=[goal("Unten", "h", "Handlungsziel")]), goal("Drüben", "k")
    other = goal("Drüben", "k", children=[goal("Unten", "h", "Handlungsziel", code="2.1")])
    assert gist(plan(goals=[top, low]), plan(goals=[other, goal("Oben", "g")])) == []


def test_a_moved_and_changed_entry_says_where_it_stands_now():
    old = plan(needs={"1 Bildung": [need("Bus", "a")], "2 Mobilität": []})
    new = plan(needs={"1 Bildung": [], "2 Mobilität": [need("Rufbus", "a")]})
    (row,) = compare(old, new).rows
    assert row.note == "jetzt im Handlungsfeld 2 Mobilität"


def test_a_copy_of_the_next_cycle_is_the_entry_it_was_copied_from():
    old = plan(needs=[need("Bus", "a")], cycle="2017–2019")
    assert gist(old, plan(needs=[need("Bus", "z", origin="a")], cycle="2020–2022")) == []
    found = gist(old, plan(needs=[need("Ganz anderes Wort", "z", origin="a")], cycle="2020–2022"))
    assert found == [(CHANGED, "Bedarf", "Ganz anderes Wort")]


def test_an_equal_title_is_found_again_without_identity():
    assert gist(plan(needs=[need("Bus", "a")]), plan(needs=[need("BUS", "b")])) == [(CHANGED, "Bedarf", "BUS")]
    old = plan(needs={"1 Bildung": [need("Bus", state="x")], "2 Mobilität": [need("Bus", state="y")]})
    new = plan(needs={"2 Mobilität": [need("Bus", state="y")], "1 Bildung": [need("Bus", state="x")]})
    assert gist(old, new) == []  # each in its own Handlungsfeld


def test_similar_titles_are_one_entry_only_where_identity_cannot_decide():
    before, after = "Beratung für Familien in Artern", "Beratung für Familien in Wiehe"
    without = gist(plan(needs=[need(before)]), plan(needs=[need(after)]))
    assert without == [(CHANGED, "Bedarf", after)]
    known = gist(plan(needs=[need(before, "a")]), plan(needs=[need(after, "b")]))
    assert {kind for kind, _, _ in known} == {DROPPED, ADDED}
    other_field = gist(
        plan(needs={"1 Bildung": [need(before)]}), plan(needs={"1 Bildung": [], "2 Mobilität": [need(after)]})
    )
    assert {kind for kind, _, _ in other_field} == {DROPPED, ADDED}
    new_cycle = gist(plan(needs=[need(before, "a")]), plan(needs=[need(after, "b")], cycle="2020–2022"))
    assert new_cycle == [(CHANGED, "Bedarf", after)]


def test_fields_are_named_and_lists_compared_by_what_is_in_them():
    old = need("Bus", "a", description="Der Bus fehlt", regions=["Ost", "West"], priority="hoch", state="erkannt")
    new = need(
        "Bus", "a", description="Der Bus fehlt oft", regions=["West", "Ost", "Mitte"], priority="", state="erkannt"
    )
    assert fields(plan(needs=[old]), plan(needs=[new])) == {
        "Beschreibung": ("Der Bus fehlt", "Der Bus fehlt oft"),
        "Regionen": ("unverändert: 2 weitere Angaben", "Mitte unverändert: 2 weitere Angaben"),
        "Priorität": ("hoch", ""),
    }


def test_links_are_compared_by_entries_and_not_by_codes():
    def linked(codes, *needs):
        return plan(needs=[need(t, uid, code=code) for t, uid, code in needs], goals=[goal("Ziel", "g", answers=codes)])

    old = linked(["B 1.1"], ("Bus", "a", "B 1.1"), ("Hort", "b", "B 1.2"))
    assert gist(old, linked(["B 1.2"], ("Hort", "b", "B 1.1"), ("Bus", "a", "B 1.2"))) == []
    assert fields(old, linked(["B 1.2"], ("Bus", "a", "B 1.1"), ("Hort", "b", "B 1.2"))) == {"Bedarfe": ("Bus", "Hort")}
    dropped = gist(old, linked([], ("Hort", "b", "B 1.1")))
    assert dropped == [(DROPPED, "Bedarf", "Bus")]  # that its links go with it is no news


def test_own_texts_left_out_chapters_and_resolutions():
    old = plan(
        texts={"steering": "Der Beirat tagt."}, resolutions=[{"uid": "r", "subject": "Plan", "outcome": "erwartet"}]
    )
    new = plan(
        texts={"steering": "Der Beirat tagt jährlich.", "needs": "Neu."},
        left_out={"finance": "Kein Haushalt."},
        resolutions=[{"uid": "r", "subject": "Plan", "outcome": "beschlossen"}],
    )
    assert gist(old, new) == [
        (CHANGED, "Eigener Text", "2 Steuerung und Beteiligung"),
        (ADDED, "Eigener Text", "4 Bedarf"),
        (CHANGED, "Kapitel", "7 Finanzplan"),
        (CHANGED, "Beschluss", "Plan"),
    ]


MARKED = r"""# 3.1 Ausgangslage

Im Landkreis leben **74.212 Menschen**, Bürger*innen und *eins\*; siehe [Bericht](https://example.org/).

a) Eltern *mit Kindern*
- Großeltern

| Raum | Bögen |
| --- | ---: |
| Nord \| Mitte | 212 |"""
AS_READ = """3.1 Ausgangslage
Im Landkreis leben 74.212 Menschen, Bürger*innen und *eins*; siehe Bericht.
a) Eltern mit Kindern
- Großeltern
Raum · Bögen
Nord | Mitte · 212"""


def test_texts_are_compared_as_people_read_them_without_signs_of_markup():
    told = fields(plan(texts={"needs": "Alt."}), plan(texts={"needs": MARKED}))["Text"]
    assert told == ("Alt.", AS_READ)
    bold = fields(plan(texts={"needs": "Ein Wort."}), plan(texts={"needs": "Ein **Wort.**"}))["Text"]
    assert bold == ("Ein Wort.", "Ein **Wort.**"), "where only the signs differ, they are shown"


def test_entries_of_a_chapter_that_is_left_out_are_not_dropped():
    old, new = plan(needs=[need("Bus", "a")]), plan(left_out={"needs": "Wird erhoben."})
    assert gist(old, new) == [(CHANGED, "Kapitel", "4 Bedarf")]


def test_labels_name_year_edition_and_state():
    result = compare(plan(state="freigegeben am 14.01.2019"), plan(year=2019, edition=2))
    assert (result.old_label, result.new_label) == ("Plan 2018, Fassung 1", "Plan 2019, Entwurf der Fassung 2")


@pytest.mark.slow
def test_many_long_entries_end_within_seconds():
    chance = random.Random(1)
    vocabulary = [f"Wort{number}" for number in range(40)]

    def title():
        return " ".join(chance.choice(vocabulary) for _ in range(50))

    old, new = (plan(needs=[need(title(), description="a b " * 5000) for _ in range(150)]) for _ in range(2))
    started = time.process_time()
    compare(old, new)
    assert time.process_time() - started < 20
