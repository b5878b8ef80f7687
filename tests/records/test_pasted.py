"""Texts of others: structures as in published plans (own words), pasted from Word, from a PDF and as plain text."""

import re

import pytest
from django.urls import reverse

from records.pasted import read_pasted
from tests.html import read_form

WORD = """<html><head><style>p { color: red }</style></head><body><!--StartFragment-->
<h1>3 Beteiligung</h1>
<p class=MsoNormal>Der <b>Auftakt </b>war <i>am&nbsp;3.</i> Mai&shy;tag; A*B*C und *eins.<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span
>&nbsp;&nbsp; </span></span><![endif]>Erster</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o&nbsp;</span>Unter</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>a)&nbsp;</span>Eltern</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>b)&nbsp;</span>Kinder</p>
<p><b style="font-weight:normal">Nicht fett<br>Zweite Zeile</b><span style="display:none">ungesehen</span></p>
<ol start=3><li>drei</li><li><p>vier</p><ul><li>innen</li></ul></li></ol><ol type=I><li>Nord</li><li>Süd</li></ol>
<table><tr><td><p>Ort</p></td><td><p>Anteil</p></td></tr><tr><td>Artern | Mitte</td><td>7,3 %</td></tr></table>
<h3>Tiefer</h3><p><a href="https://x.de">Verweis</a> <a href="javascript:x">keiner</a></p></body></html>"""
READ = """# 3 Beteiligung

Der **Auftakt** war *am 3.* Maitag; A*B*C und \\*eins.

- Erster
  - Unter
a) Eltern
b) Kinder

Nicht fett

Zweite Zeile

3. drei
4. vier
  - innen

I. Nord
II. Süd

| Ort | Anteil |
| --- | ---: |
| Artern \\| Mitte | 7,3 % |

## Tiefer

[Verweis](https://x.de) keiner"""
PDF = """3.4.1 Vorgehen bei der Erhebung
Im Rahmen der Bedarfserhe-
bung mit den örtlichen Trä\u00adgern der Familien\u00adbildung wur-
de die Praxis der Kinder-
und Jugendhilfe im Eltern-
Kind-Zentrum bewertet. Diskus-
sionspunkte waren:
\uf0b7\tdie Grundlage sowie
\uf0a7   der Nachweis
o   Unterpunkt
I. Nord
II. Süd

Planungsraum\tEinwohner
Artern\t5.402
3. Platz belegt der Wunsch nach Spielplätzen."""
READ_PDF = """## 3.4.1 Vorgehen bei der Erhebung

Im Rahmen der Bedarfserhebung mit den örtlichen Trägern der Familienbildung wurde die Praxis der Kinder- und \
Jugendhilfe im Eltern-Kind-Zentrum bewertet. Diskussionspunkte waren:

- die Grundlage sowie
- der Nachweis
  - Unterpunkt
I. Nord
II. Süd

| Planungsraum | Einwohner |
| --- | ---: |
| Artern | 5.402 |

3. Platz belegt der Wunsch nach Spielplätzen."""
PLAIN = "Absatz eins endet mit Punkt.\nAbsatz zwei beginnt hier.\nAbsatz drei.\n# Ziel\n| a | b |\n|---|---|\n| 1 | 2 |"
READ_PLAIN = PLAIN.replace(".\n", ".\n\n").replace("Ziel\n", "Ziel\n\n")


@pytest.mark.parametrize(
    ("text", "html", "read"), [("Beteiligung", WORD, READ), (PDF, "", READ_PDF), (PLAIN, "", READ_PLAIN)]
)
def test_structure_is_kept_and_reading_it_again_changes_nothing(text, html, read):
    found = read_pasted(text, html)
    assert found.text == read
    assert read_pasted(found.text).text == read


def test_no_word_is_lost_and_fields_without_markup_get_none():
    for text, html in (("Beteiligung", WORD), (PDF, "")):
        found = read_pasted(text, html, marked=False).text
        assert not re.search(r"\*\*|^#|^\|", found, flags=re.MULTILINE)
        for word in re.findall(r"\w{4,}", read_pasted(text, html).text.replace("https", "")):
            assert word in found or word in html
    assert read_pasted("", "<p>a<b>b<script>x</script>").text == "ab"
    assert read_pasted("nur Text", "<html></html>").text == "nur Text"


@pytest.mark.django_db
@pytest.mark.once
def test_the_page_shows_what_a_text_becomes_and_stores_nothing(cast):
    url, client = reverse("records:pasted", args=[cast.home.slug]), cast.client()
    page = client.post(url, {"text": "o   eins\no   zwei"})
    assert "- eins\n- zwei" in page.content.decode()
    assert read_form(page.content).values["text"][0].strip() == "o   eins\no   zwei"
    answer = client.post(url, {"text": "x", "html": "<h2>X</h2>"}, headers={"Accept": "application/json"})
    assert answer.json() == {"text": "# X", "note": "1 Absatz oder Block · 1 Überschrift"}
    refused = client.post(url, {"text": ""}, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["error"]) == (422, "Fügen Sie einen Text ein.")
