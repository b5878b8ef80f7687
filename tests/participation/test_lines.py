"""What is read out of pasted lines: statements, weights, headings."""

import time

import pytest

from participation.domain.lines import heading_of, plain_lines, read_line, read_lines
from planning.models import ActionField

TITLES = (
    "Steuerung, Vernetzung, Nachhaltigkeit",
    "Vereinbarkeit von Familie und Beruf, Mobilität",
    "Bildung im familiären Umfeld",
    "Beratung, Unterstützung und Information",
    "Wohnumfeld und Lebensqualität",
    "Dialog der Generationen",
)


@pytest.fixture
def fields():
    return [ActionField(pk=number, number=number, title=title) for number, title in enumerate(TITLES, start=1)]


@pytest.mark.parametrize(
    ("raw", "text", "weight"),
    [
        ("Bus fährt nach 16 Uhr nicht mehr (14)", "Bus fährt nach 16 Uhr nicht mehr", 14),
        ("- Bus fehlt [3]", "Bus fehlt", 3),
        ("• Bus fehlt, 12 Punkte", "Bus fehlt", 12),
        ("1. Bus fehlt 12 P.", "Bus fehlt", 12),
        ("12) Bus: 7 Punkte", "Bus", 7),
        ("Bus fehlt •••", "Bus fehlt", 3),
        ("Bus fehlt xxxx", "Bus fehlt", 4),
        ("Bus fehlt x x", "Bus fehlt", 2),
        ("Bus fehlt\t9", "Bus fehlt", 9),
        ("  –  Bus \u00a0 fehlt\u200b ", "Bus fehlt", None),
        ("1. Klasse braucht Hort", "1. Klasse braucht Hort", None),
        ("16.30 Uhr ist zu früh", "16.30 Uhr ist zu früh", None),
        ("Jugendclub geschlossen (2015)", "Jugendclub geschlossen (2015)", None),
        ("Haus der Familie X", "Haus der Familie X", None),
        ("Bus fehlt (1000000)", "Bus fehlt (1000000)", None),
        ("(12)", "", None),
        ("•", "", None),
    ],
)
def test_a_line_is_cleaned_and_its_weight_read(raw, text, weight):
    assert read_line(raw) == (text, weight)


def test_a_line_of_strokes_that_ends_in_something_else_is_read_at_once():
    """44 signs held a process until it was ended."""
    began = time.process_time()
    assert read_line("Bus " + "|" * 40 + "!") == ("Bus " + "|" * 40 + "!", None)
    assert read_line("Bus " + "x " * 50_000 + "!") == ("Bus " + "x " * 50_000 + "!", None)
    assert time.process_time() - began < 1


def test_headings_name_a_field_and_sort_what_stands_below(fields):
    headings = ("Handlungsfeld 2", "HF 2: Mobilität", "2 Vereinbarkeit, Mobilität", "Mobilität:", f"2. {TITLES[1]}")
    assert {heading_of(line, fields) for line in headings} == {fields[1]}
    statements = ("HF 2: Bus fehlt", "Mobilität", "2 Busse", "und:", "Handlungsfeld 9", "Mobilität (3)", "")
    assert {heading_of(line, fields) for line in statements} == {None}
    reading = read_lines("Vorab\nMobilität:\nBus\n\nbus.\nBILDUNG:\nHort", fields=fields)
    assert [(line.text, line.action_field) for line in reading.lines] == [
        ("Vorab", None),
        ("Bus", fields[1]),
        ("Hort", fields[2]),
    ]
    assert reading.note == "3 Zeilen erkannt · 2 Überschriften · 1 leer · 1 doppelt (Zeile 5)"


def test_agenda_lines_lose_their_numbers():
    assert plain_lines("TOP 1: Begrüßung\n\n2. Haushalt (12)\n3) Verschiedenes") == [
        (1, "Begrüßung"),
        (3, "Haushalt (12)"),
        (4, "Verschiedenes"),
    ]
