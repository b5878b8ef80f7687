"""Search over all records, what was opened last, the switch between municipalities, and the help of a phase."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import Access
from participation.models import Event, Session
from planning.models import ActionField, Deadline, IndicatorBreak, Need, Provider
from records.domain import saving
from records.pages import search
from records.pages.recent import KEPT, KEY
from records.places import pages_of
from records.registry import all_kinds, kind_of
from records.text import fold, spans
from tests.cast import Cast
from tests.factories import make, make_kind
from tests.html import unnumbered

pytestmark = pytest.mark.usefixtures("quiet")


def url_of(cast: Cast) -> str:
    return reverse("records:search", kwargs={"slug": cast.home.slug})


def ask(cast: Cast, words: str = "", who: str = "planner", **query: Any) -> Any:
    """The page of results; ``response.context["page"]`` is what it shows."""
    response = cast.client(who).get(url_of(cast), {"q": words, **query})
    assert response.status_code == 200
    return response


def titles(response: Any) -> list[str]:
    return [unnumbered("".join(piece.text for piece in hit.title)) for hit in response.context["page"].hits]


def marks(pieces: Any) -> list[str]:
    return [piece.text for piece in pieces if piece.is_hit]


@pytest.mark.parametrize("words", ["müller", "MÜLLER", "Mueller", "„Müllerstraße“", "müllerSTRASSE"])
def test_umlauts_and_case_do_not_matter(cast, words):
    make(Provider, cast.home, full=False, title="Haus der Familie", contact="Eingang Müllerstraße")
    response = ask(cast, words)
    assert titles(response) == ["Haus der Familie"]
    (excerpt,) = [hit.excerpt for hit in response.context["page"].hits]
    assert "".join(piece.text for piece in excerpt) == "Eingang Müllerstraße"
    assert marks(excerpt) == ["Müllerstraße" if "str" in words.lower() else "Müller"]


def test_all_words_must_occur_in_any_field(cast):
    make(
        Need,
        cast.home,
        full=False,
        title="Beratung am Abend",
        description="Alleinerziehende arbeiten im Schichtdienst.",
    )
    make(Need, cast.home, full=False, title="Beratung am Morgen", description="Rentner stehen früh auf.")
    assert titles(ask(cast, "schicht beratung")) == ["Beratung am Abend"]
    assert titles(ask(cast, "beratung")) == ["Beratung am Abend", "Beratung am Morgen"]
    assert titles(ask(cast, "schicht rentner")) == []


def test_title_comes_before_text_and_own_records_before_the_programme(cast):
    make(Need, cast.home, full=False, title="A in der Beschreibung", description="Es fehlt an Pflege.")
    make(Need, cast.home, full=False, title="Hilfe zur Pflege")
    make(Deadline, None, full=False, title="Pflegebericht")
    make(Need, cast.home, full=False, title="Pflegende Angehörige")
    found = ["Pflegende Angehörige", "Pflegebericht (2018)", "Hilfe zur Pflege", "A in der Beschreibung"]
    assert titles(ask(cast, "pflege")) == found


def test_special_characters_of_like_are_letters(cast):
    make(Need, cast.home, full=False, title="Fünfzig % mehr")
    make(Need, cast.home, full=False, title="Fünfzig Plätze")
    assert titles(ask(cast, "%")) == ["Fünfzig % mehr"]
    assert titles(ask(cast, "_")) == []
    assert titles(ask(cast, "\\")) == []


def test_kinds_are_counted_and_narrow_the_hits(cast):
    for number in range(2):
        make(Need, cast.home, full=False, title=f"Treffpunkt {number}")
    make(Event, cast.home, full=False, title="Treffpunkt der Träger")
    page = ask(cast, "treffpunkt").context["page"]
    assert [(chip.label, chip.count, chip.is_current) for chip in page.kinds] == [
        ("Bedarfe", 2, False),
        ("Veranstaltungen", 1, False),
    ]
    narrowed = ask(cast, "treffpunkt", art="veranstaltungen")
    assert titles(narrowed) == ["Treffpunkt der Träger"]
    chip = next(chip for chip in narrowed.context["page"].kinds if chip.is_current)
    assert (chip.label, chip.url) == ("Veranstaltungen", f"{url_of(cast)}?q=treffpunkt")
    assert len(titles(ask(cast, "treffpunkt", art="gibt-es-nicht"))) == 3


def test_addresses_name_each_kind(cast):
    segments = [kind.segment for kind in all_kinds()]
    assert len(set(segments)) == len(segments)


def test_hits_carry_kind_date_and_example(cast):
    make(Session, cast.home, title="Auftakt der Steuerungsgruppe", is_example=True)
    hit = ask(cast, "auftakt").context["page"].hits[0]
    assert (hit.kind, hit.date, hit.is_example) == ("Sitzung", "17.05.2018", True)


def test_every_kind_is_found(cast):
    missing = []
    for kind in all_kinds():
        record = make_kind(kind, cast.home, text="Zaunkönig")
        rows = search.find(cast.home, search.words_of(record.label)[: search.MOST_WORDS], Access(cast.planner))
        if (kind.model._meta.label_lower, record.pk) not in [(row.kind, row.pk) for row in rows]:
            missing.append(kind.name)
    assert missing == []


def test_rows_of_others_are_neither_found_nor_counted(cast):
    make(Need, cast.away, full=False, title="Kranichwiese")
    make(Need, cast.home, full=False, title="Storchennest")
    for who, slug, own, foreign in (
        ("planner", cast.home.slug, "storch", "kranich"),
        ("foreign_planner", cast.away.slug, "kranich", "storch"),
    ):
        client, totals = cast.client(who), {}
        for words in (own, foreign):
            pages = [
                client.get(f"/{slug}/suche/", {"q": words}, headers=headers).context["page"]
                for headers in ({}, {"HX-Request": "true"})
            ]
            totals[words] = [(page.total, len(page.hits)) for page in pages]
        assert totals == {own: [(1, 1), (1, 1)], foreign: [(0, 0), (0, 0)]}


def test_found_text_is_escaped(cast):
    make(Need, cast.home, full=False, title="<b>fett</b>", description="<script>alert(1)</script> & fett")
    content = ask(cast, "fett").content.decode()
    assert "<b>" not in content.split("<main")[1].replace('<b class="strong">', "")
    assert "<script>alert" not in content
    assert "&lt;b&gt;<mark>fett</mark>&lt;/b&gt;" in content
    assert "<mark>&lt;b&gt;fett</mark>" in ask(cast, "<b>fett").content.decode()


def test_the_excerpt_lies_around_the_first_word(cast):
    text = "Wort " * 200 + "Hier steht der Fahrdienst für Ältere im Satz. " + "Ende " * 200
    make(Need, cast.home, full=False, title="Mobilität", description=text)
    (hit,) = ask(cast, "fahrdienst aelter").context["page"].hits
    shown = "".join(piece.text for piece in hit.excerpt)
    assert marks(hit.excerpt) == ["Fahrdienst", "Älter"]
    assert shown.startswith("… Wort")
    assert shown.endswith("…")
    assert len(shown) < search.EXCERPT + 10
    assert hit.field == "Beschreibung"


@pytest.mark.parametrize(
    "look",
    [
        "Eltern-Kind-Größe 10 km „auf dem Feld“",
        "Eltern–Kind‑Größe 10\u00a0km »auf dem Feld«",
        'ELTERN-KIND-GRO\u0308SSE 10\u202fkm "auf dem Feld"',
        "El\u00adtern−Kind-Groe\u200bße 10 km “auf dem Feld”",
    ],
)
def test_what_looks_the_same_is_found(look):
    assert fold(look) == 'eltern-kind-groesse 10 km "auf dem feld"'
    assert fold("ﬁnden, ﬂach, ½ m²") == "finden, flach, 1⁄2 m2"


def test_spans_follow_folded_text():
    text = "Große Straße, Öl"
    assert [text[a:b] for a, b in spans(text, ["strasse", "oe", "gross"])] == ["Groß", "Straße", "Ö"]
    assert spans("aaa", ["aa", "a"]) == [(0, 3)]
    assert spans("ohne", [""]) == []
    assert "".join(fold(c) for c in text) == fold(text)


@pytest.mark.parametrize(
    "words", ["", "   ", "„“", "zzzunbekannt", "ä" * 10_000, "zzz " * 2_000, "'; DROP TABLE", "%%%%"]
)
def test_whatever_is_asked_answers_with_a_german_page(cast, words):
    make(Need, cast.home, full=False, title="Etwas")
    content = ask(cast, words).content.decode()
    assert "Wonach suchen Sie?" in content or "Kein Eintrag enthält" in content
    assert ask(cast, words, seite="99999999999999999999", art="\u202e").status_code == 200


def test_nul_is_refused_with_a_german_page(cast):
    response = cast.client().get(f"{url_of(cast)}?q=a%00b")
    assert response.status_code == 400
    assert "unzulässiges Zeichen" in response.content.decode() or "Anfrage" in response.content.decode()


def test_words_beyond_the_limit_are_named(cast):
    make(Need, cast.home, full=False, title="a b c d e f g h")
    response = ask(cast, "a b c d e f g h überzählig")
    assert titles(response) == ["a b c d e f g h"]
    assert "ueberzaehlig" in response.content.decode()


def test_pages_of_hits(cast):
    for number in range(search.PAGE_SIZE + 3):
        make(Need, cast.home, full=False, title=f"Spielplatz {number:02}")
    first, second = ask(cast, "spielplatz"), ask(cast, "spielplatz", seite="2")
    assert len(titles(first)) == search.PAGE_SIZE
    assert titles(second) == [f"Spielplatz {number}" for number in (20, 21, 22)]
    assert first.context["page"].next_url == f"{url_of(cast)}?q=spielplatz&seite=2"


def test_pages_and_phases_are_found_by_name(cast):
    labels = {link.label: link.url for link in ask(cast, "bedarf").context["page"].places}
    assert labels["Liste: Bedarfe"] == kind_of(Need).url("list", cast.home)
    assert labels["Phase 3: Bedarfsanalyse"] == f"/{cast.home.slug}/phasen/bedarfsanalyse/"


def test_every_overview_is_found_by_its_name(cast):
    assert len(pages_of()) >= 10
    for page in pages_of():
        found = {link.label: link.url for link in ask(cast, page.label).context["page"].places}
        assert found[page.label] == page.url(cast.home)


def test_queries_do_not_grow_with_hits(cast):
    client, counts = cast.client(), []
    for last in (1, 30):
        for number in range(last):
            make(Need, cast.home, full=False, title=f"Wohnen {last}-{number}")
            make(Provider, cast.home, full=False, title=f"Wohnen {last}-{number}")
        with CaptureQueriesContext(connection) as captured:
            client.get(url_of(cast), {"q": "wohnen"})
        counts.append(len(captured))
    # session, person, roles, phases, what waits, hits, and one for each of the two kinds shown
    assert counts == [8, 8]


def test_the_list_below_the_field_needs_one_query_for_its_hits(cast):
    make(Need, cast.home, full=False, title="Wohnen")
    client = cast.client()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url_of(cast), {"q": "wohnen"}, headers={"HX-Request": "true"})
    assert len(captured) == 4  # session, person, roles, hits
    content = response.content.decode()
    assert "<html" not in content
    assert 'data-status="1 Treffer"' in content
    assert "HX-Request" in response.headers["Vary"]


# Without a municipality


def test_programme_search_finds_municipalities_one_may_see_and_catalogues(cast):
    make(ActionField, None, full=False, number=3, title="Altenpflege und Bildung")
    make(Need, cast.away, full=False, title="Altengerechte Wege")
    found = {}
    for who in ("ministry", "planner", "foreign_planner"):
        response = cast.client(who).get("/programm/suche/", {"q": "ALTEN"})
        found[who] = (titles(response), [link.label for link in response.context["page"].places])
    catalogue = ["3 Altenpflege und Bildung"]
    assert found == {
        "ministry": (catalogue, ["Kommune: Altenburger Land"]),
        "planner": (catalogue, []),
        "foreign_planner": (catalogue, ["Kommune: Altenburger Land"]),
    }


# Opened last


def recent_titles(client: Client, cast: Cast) -> list[str]:
    page = client.get(url_of(cast))
    return [unnumbered("".join(piece.text for piece in hit.title)) for hit in page.context["recent"]]


def test_records_opened_last_are_offered_newest_first(cast):
    client, kind = cast.client(), kind_of(Need)
    needs = [make(Need, cast.home, full=False, title=f"Bedarf {number}") for number in range(KEPT + 2)]
    for need in [*needs, needs[4]]:
        client.get(kind.url("detail", cast.home, need.pk))
    newest = [needs[4], *(need for need in reversed(needs) if need is not needs[4])][:KEPT]
    assert recent_titles(client, cast) == [need.title for need in newest]
    assert "Zuletzt geöffnet" in client.get(f"/{cast.home.slug}/").content.decode()


def test_deleted_and_renamed_records_are_read_anew(cast):
    client, kind = cast.client(), kind_of(Need)
    gone, kept = (make(Need, cast.home, full=False, title=title) for title in ("Verschwindet", "Alter Name"))
    for need in (gone, kept):
        client.get(kind.url("detail", cast.home, need.pk))
    saving.delete_record(gone, version=gone.version, actor=None)
    kept.title = "Neuer Name"
    saving.update_record(kept, version=kept.version, actor=None)
    assert recent_titles(client, cast) == ["Neuer Name"]


def test_each_municipality_has_its_own_and_the_session_is_written_once(cast):
    client, kind = cast.client("ministry"), kind_of(Need)
    here, there = (make(Need, place, full=False, title=place.name) for place in (cast.home, cast.away))
    client.get(kind.url("detail", cast.away, there.pk))
    assert recent_titles(client, cast) == []
    written = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(kind.url("detail", cast.home, here.pk))
        written.append(len([q for q in captured if q["sql"].startswith("UPDATE")]))
    assert written == [1, 0]
    assert recent_titles(client, cast) == [cast.home.name]
    session = client.session
    session[KEY][str(cast.home.pk)] = [["planning.need", there.pk], ["planning.gone", 1], ["planning.need", here.pk]]
    session.save()
    assert recent_titles(client, cast) == [cast.home.name]
    assert set(client.session[KEY]) == {str(cast.home.pk), str(cast.away.pk)}


def test_breaks_that_were_shipped_are_found_as_those_that_somebody_enters(cast):
    shipped = make(
        IndicatorBreak,
        None,
        full=False,
        uid="bruch-zensus-2022",
        statistic="12411",
        area_code="",
        words="Neuer Zensus.",
    )
    IndicatorBreak.objects.update(search_text="neuer zensus.")
    import_module("planning.migrations.0034_breaks_found_by_their_number").find_by_number(apps, None)
    shipped.refresh_from_db()
    assert shipped.search_text == "neuer zensus. 12411"
    saving.update_record(shipped, version=1, actor=None)
    assert shipped.history.count() == 1, "saved unchanged"
