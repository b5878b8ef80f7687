"""Last touches: what stays together, what may be broken, which characters are printed."""

import pytest

from printing.typeset import MISSING, SOFT_BREAK, covered, printable, typeset


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zusammen (+ 8.500 €), − 3 Plätze", "zusammen (+\u00a08.500\u00a0€), −\u00a03\u00a0Plätze"),
        ("am 14. Juni 2018", "am 14.\u00a0Juni 2018"),
        ("70 Prozent, 3 Euro, 1,0 VzÄ", "70\u00a0Prozent, 3\u00a0Euro, 1,0\u00a0VzÄ"),
        ("mehr als 1 000 Familien (B 2.3, M 10.1)", "mehr als 1\u00a0000\u00a0Familien (B\u00a02.3, M\u00a010.1)"),
        ("kommen gut an – auch 8 Vereine", "kommen gut an\u00a0– auch 8\u00a0Vereine"),
        ("alle Lebensphasen · Ost, West", "alle Lebensphasen\u00a0· Ost, West"),
        ("im Jahr 2018 Kreistag; 2 500,50 Plätze", "im Jahr 2018 Kreistag; 2\u00a0500,50\u00a0Plätze"),
        ("12 Alleinerziehendenhaushalte", "12 Alleinerziehendenhaushalte"),
        ("Daten: © GeoBasis", "Daten: ©\u00a0GeoBasis"),
        ("siehe Tabelle 5", "siehe Tabelle\u00a05"),
        ("<td>1. Quartal 2018</td>", "<td>1.\u00a0Quartal 2018</td>"),
        ('<a title="14. Juni">x</a>', '<a title="14. Juni">x</a>'),
        ("kurz", "kurz"),
    ],
)
def test_what_belongs_together_stays_together(text, expected):
    assert typeset(text) == expected


def test_long_words_get_soft_breaks_and_entities_stay_whole():
    assert typeset("a" * 60) == "a" * 60
    assert typeset("a" * 61) == SOFT_BREAK.join(["a" * 30, "a" * 30, "a"])
    broken = typeset("&amp;" * 70)
    assert broken.replace(SOFT_BREAK, "") == "&amp;" * 70
    assert all(part.count("&amp;") * 5 == len(part) for part in broken.split(SOFT_BREAK))


def test_attributes_are_left_alone():
    tag = f'<td id="{"a" * 100}">'
    assert typeset(tag) == tag


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("\u202f", "\u00a0"),
        ("\u2011", "-"),
        ("😀", MISSING),
        ("漢", MISSING),
        ("\x00", ""),
        ("\ud800", ""),
        ("\u202e", ""),
        ("Ｍ", "M"),
        ("Ж", "Ж"),
        ("ä", "ä"),
    ],
)
def test_characters_that_the_fonts_lack_are_replaced(character, expected):
    assert printable(f"a{character}b") == f"a{expected}b"


def test_the_list_of_characters_agrees_with_the_fonts():
    from fontTools.ttLib import TTFont

    from printing.render import ASSETS

    faces = [set(TTFont(path).getBestCmap()) for path in sorted((ASSETS / "fonts").glob("*.ttf"))]
    assert len(faces) == 7
    assert {ord(c) for c in covered()} - {9, 10, 13} == {c for c in set.intersection(*faces) if c >= 32}
