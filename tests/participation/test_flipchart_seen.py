"""Flip-chart lines with every oddity: shown before they are stored, and no word is lost."""

import html
import re

import pytest

from participation.models import Finding
from tests.html import read_form
from tests.participation.test_flipchart import paste_url

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SIXTY = [f"{n}. Wunsch Nummer {n} aus der Runde ({n})" for n in range(1, 31)] + [
    "Sprechstunde im Monat 2 x",
    "Hilfe nach § 16 SGB VIII (2)",
    '"Bus fährt',
    'nicht am Abend"\t12',
    "Kita-Platz\t13\tOrt",
    '"Er sagt ""ja"""\t4',
    "• Treffpunkt fehlt ||||",
    "\uf0b7\tJugendclub |||| ||",
    "– Dorfladen IIII",
    "Arzt 卌 ||",
    "Grundsicherung nach SGB II",
    "Verein x",
    "Spielplatz xxx",
    "2015 war besser (2015)",
    "o Bänke am Weg",
    "Mobilität:",
    "Rufbus [3]",
    "Handlungsfeld 3",
    "Vorlesen 5 Punkte",
    "Rufbus!",
    "(12)",
    "☐ Fahrradständer am Bahnhof (3)",
    "5. Klasse: Schulsozialarbeit fehlt (5)",
    "12 Stühle für den Gemeinderaum",
    "Kurse 2x die Woche (7 Punkte)",
    "★★★ Schwimmbad",
    "Bürger*innen-Treff 3 P.",
    "Schaukel\x0bam Bach\t6",
    "24/7-Notdienst",
    "Nacht\u00adbus, Tra\u0308ger und ﬁnden",
]


def test_nothing_is_stored_before_it_was_seen_and_every_word_can_be_kept(cast, event, fields):
    assert len(SIXTY) == 60
    data = {"text": "\n".join(SIXTY), "origin": f"event:{event.pk}"}
    shown = cast.client().post(paste_url(cast), data)
    assert (shown.status_code, Finding.objects.count()) == (200, 0)
    page = " ".join(html.unescape(shown.content.decode()).split())
    for line in SIXTY:
        for word in re.findall(r"\w{4,}", line.replace("\u00ad", "")):
            assert word in page, "what was pasted stands beside what becomes of it"
    mark = {"seen": read_form(shown.content).values["seen"][0]}
    changed = cast.client().post(paste_url(cast), data | mark | {"text": "Anderes"})
    assert (changed.status_code, Finding.objects.count()) == (200, 0), "another text was not seen"
    whole = [n for n, line in enumerate(SIXTY, 1) if line in ("Mobilität:", "Spielplatz xxx", "Rufbus!", "(12)")]
    assert cast.client().post(paste_url(cast), data | mark | {"wie-eingefuegt": whole}).status_code == 302
    stored = dict(Finding.objects.order_by("pk").values_list("text", "weight"))
    assert {text: stored[text] for text in list(stored)[30:]} == {
        "Sprechstunde im Monat 2 x": None,
        "Hilfe nach § 16 SGB VIII (2)": None,
        "Bus fährt nicht am Abend": 12,
        "Kita-Platz – Ort": 13,
        'Er sagt "ja"': 4,
        "Treffpunkt fehlt": 4,
        "Jugendclub": 6,
        "Dorfladen": 4,
        "Arzt": 7,
        "Grundsicherung nach SGB II": None,
        "Verein x": None,
        "Spielplatz xxx": None,
        "2015 war besser (2015)": None,
        "Bänke am Weg": None,
        "Mobilität:": None,
        "Rufbus": 3,
        "Vorlesen": 5,
        "Rufbus!": None,
        "(12)": None,
        "Fahrradständer am Bahnhof": 3,
        "5. Klasse: Schulsozialarbeit fehlt": 5,
        "12 Stühle für den Gemeinderaum": None,
        "Kurse 2x die Woche": 7,
        "★★★ Schwimmbad": None,
        "Bürger*innen-Treff": 3,
        "Schaukel am Bach": 6,
        "24/7-Notdienst": None,
        "Nachtbus, Träger und finden": None,
    }
