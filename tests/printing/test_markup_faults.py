"""Small markup that is broken is named with its place and what to write; what is meant is left alone."""

import pytest

from printing.markup import to_html
from printing.markup_faults import faults, faults_in_chapter

GOOD = """# Vorgeschichte

Bürger*innen, 5 * 3 = 15 und [sic], am -5 Grad; \\*Stern\\*, **fett
über zwei Zeilen** und *kursiv*, [Bericht](https://www.example.de).[^1]

- Punkt
- Punkt
  - darunter

1. Erstens
2. Zweitens

17. August war es.

Tabelle: Plätze
| Ort | Plätze |
| --- | ---: |
| Wiehe | 12 |

[^1]: Quelle"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Siehe [Bericht](https://example.de und mehr",
            "„[Bericht](https://example.de und mehr“: Der Verweis ist nicht",
        ),
        ("[Bericht] (https://example.de)", "Zwischen „]“ und „(“ steht ein Leerzeichen"),
        ("[Bericht](www.example.de)", "Sie beginnt mit https://"),
        ("[Bericht und mehr", "Die eckige Klammer ist nicht geschlossen"),
        ("Das ist **wichtig", "„**wichtig“: Fett beginnt und endet mit **"),
        ("Das ist *wichtig", "schreiben Sie \\*"),
        ("-Punkt", "Nach „-“ fehlt das Leerzeichen, so wird keine Liste daraus"),
        ("1.Erstens\nZweitens", "Nach „1.“ fehlt das Leerzeichen"),
        ("#Titel", "so wird keine Überschrift daraus"),
        ("+ Punkt", "Schreiben Sie „- “"),
        ("---", "bewirkt hier nichts"),
        ("| Ort | Plätze |\n| --- | --- |", "Die Tabelle hat keine Zeilen"),
        ("| Ort | Plätze |\n| Wiehe | 12 |", "wird keine Tabelle"),
        ("| Ort |\n| --- |\n| Wiehe | 12 |", "mehr Spalten als die Kopfzeile; die letzten fehlen im Plan"),
        ("Tabelle: Plätze\n\nText", "Gleich darunter fehlt die Tabelle"),
        ("Satz.[^1]", "Zu dieser Fußnote fehlt die Zeile"),
        ("Satz.\n\n[^1]: Quelle", "Auf diese Fußnote verweist nichts mehr"),
        ("<b>fett</b>", "wird so gedruckt, wie es dasteht"),
        ("![Bild](https://example.de)", "Bilder lassen sich nicht einfügen"),
    ],
)
def test_what_is_broken_is_named(text, words):
    assert any(words in fault for fault in faults(text)), faults(text)
    assert to_html(text)  # and it is still printed, so that nothing is lost


def test_what_does_something_is_left_alone():
    assert faults(GOOD) == ()
    assert faults("Nur Worte, (auch in Klammern) und eine Zahl: 12.") == ()


def test_a_text_full_of_faults_names_some_of_them():
    assert len(faults("\n\n".join(f"**Nr {number}" for number in range(99)))) == 20


def test_characters_that_print_cannot_show_are_named():
    assert faults("Gut 👍, ja 👍, Ärzte und ½, مركز") == (
        "Diese Zeichen kann der Druck nicht zeigen, dort steht „◊“: 👍 م ر ك ز",
    )
    assert faults("Größe – „ja“ 10\u202f000 €, ✓ ● Сімейний Nguyễn") == ()


def test_headings_with_a_number_of_their_own_are_named_where_the_document_counts_them():
    text = "# 3.1 Ausgangslage\n\nText\n\n## 3.1.1 Vorgehen\n\n# 2021 im Rückblick\n\n# 1. Schritt"
    assert faults(text) == ()
    assert faults_in_chapter(text) == (
        "„3.1 Ausgangslage“: 2 Überschriften beginnen mit einer eigenen Nummer. "
        "Der Plan zählt selbst, dann stehen dort zwei Nummern.",
    )
    assert faults_in_chapter("# Ausgangslage") == ()
