"""Texts of others: structures as in published plans (own words), pasted from Word, from a PDF and as plain text."""

import re
import time

import pytest
from django.forms import BaseForm, Textarea
from django.urls import reverse

from planning.models import Need
from printing.markup_faults import faults
from records.forms.long_text import LongText, ReadsTexts
from records.forms.record import form_class_for
from records.models.columns import LONG_TEXT
from records.pasted import LONGEST, read_pasted
from records.reading import service
from records.registry import all_kinds, kind_of
from tests.factories import make
from tests.html import read_form
from tests.records.plan_texts import FORMS
from tests.records.plan_texts import READ as READ_PLANS

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


def test_nothing_seen_is_lost_and_nothing_unseen_comes_along():
    assert read_pasted("", "<p>a<b>b<script>x</script>").text == "a**b**"
    assert read_pasted("nur Text", "<html></html>").text == "nur Text"
    assert read_pasted("x", "<table><tr><td>a<td>b<tr><td>c<td>d").text == "| a | b |\n| --- | --- |\n| c | d |"
    assert read_pasted("x", "<p>eins<p>zwei<ul><li>a<li>b").text == "eins\n\nzwei\n\n- a\n- b"


@pytest.mark.parametrize("name", READ_PLANS)
def test_texts_of_plans_have_one_structure_in_word_in_pdf_and_as_plain_text(name):
    read = [read_pasted(text, html).text.replace("\u00a0", " ") for text, html in FORMS[name]]
    assert "**" in read[0]
    assert [text.replace("**", "") for text in read] == [READ_PLANS[name]] * 3


@pytest.mark.parametrize("html", ["<b>x", "<div>x", "<head>x", "<table>x", "<ul><li>x", "<td>x", "<i><b>x</i>"])
def test_hostile_html_is_read_in_time(html):
    began = time.process_time()
    read_pasted("x", html * (100_000 // len(html)) + "</p>" * 20_000)
    assert time.process_time() - began < 5


@pytest.mark.django_db
def test_the_button_of_a_long_field_reads_shows_and_takes_back(cast):
    need = make(Need, cast.home, title="Rufbus")
    url, client = kind_of(Need).url("update", cast.home, need.pk), cast.client()
    pasted = "Vorgehen bei der Erhe-\nbung 👍:\no   eins\no   zwei"
    opened = read_form(client.get(url).content).values | {"description": [pasted]}
    read = client.post(url, opened | {"_gliedern": "description"})
    shown = read_form(read.content)
    assert read.status_code == 200
    assert shown.values["description"][0].strip() == "Vorgehen bei der Erhebung 👍:\n\n- eins\n- zwei"
    assert "<ul><li>eins</li><li>zwei</li></ul>" in read.content.decode()
    assert "dort steht „◊“: 👍" in read.content.decode()
    assert Need.objects.get(pk=need.pk).description == "Wort description"
    back = client.post(url, shown.values | {"_zurueck": "description"})
    assert read_form(back.content).values["description"][0].split() == pasted.split()
    assert client.post(url, shown.values).status_code == 302
    stored = Need.objects.get(pk=need.pk)
    assert stored.description == "Vorgehen bei der Erhebung 👍:\n\n- eins\n- zwei"
    assert "<ul><li>eins</li><li>zwei</li></ul>" in client.get(kind_of(Need).url("detail", cast.home, need.pk)).text


@pytest.mark.django_db
@pytest.mark.once
def test_scripts_have_a_text_read_and_its_faults_named(client):
    url = reverse("records:pasted")
    found = client.post(url, {"text": "x", "html": "<h2>X</h2><ul><li>a</ul>"}).content.decode()
    assert "<h2>X</h2>" in found
    assert "# X\n\n- a</textarea>" in found
    assert "◊" in client.post(url, {"text": "☐ offen", "nur": "1"}).text
    assert client.post(url, {"text": "offen", "nur": "1"}).text.strip() == ""
    assert client.post(url, {"text": ""}).status_code == 422


LINES = {
    "QuestionForm.options",
    "SampleForm.description",
    "GoalMeasureForm.new_groups",  # names
    "PasteForm.text",  # lines of a flip chart
    "SessionForm.agenda",
    "SessionForm.decisions",
    "UploadForm.pasted",  # a table
    "VerificationForm.sha256",
}


def subclasses(of):
    return {each for found in of.__subclasses__() for each in (found, *subclasses(found))}


@pytest.mark.once
def test_every_long_text_of_every_form_can_be_read():
    made = {form_class_for(kind) for kind in all_kinds()}
    forms_of_house = {each for each in subclasses(BaseForm) if not each.__module__.startswith(("django", "tests"))}
    long, lines = set(), set()
    for form in made | forms_of_house:
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field.widget, LongText):
                long.add(form)
            elif isinstance(field.widget, Textarea):
                lines.add(f"{form.__name__}.{name}")
    assert len(long) > 40
    assert [form for form in long if not issubclass(form, ReadsTexts)] == []
    assert lines == LINES


def test_the_enter_key_saves_and_reads_no_text():
    """The first button of a form is the one that Enter presses in a line."""
    html = str(LongText().render("text", "Wort"))
    buttons = re.findall("<button[^>]*>", html)
    assert ["_gliedern" in button for button in buttons] == [False, True]


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("is_real", [False, pytest.param(True, marks=pytest.mark.long)], ids=["told", "real"])
def test_a_text_that_would_be_a_long_task_is_left_as_it_is(cast, monkeypatch, is_real):
    """HTML of 400 KB whose comments do not end held a process for a minute; anybody could send it."""
    if not is_real:
        monkeypatch.setattr(service.READERS, "ask", lambda *args: None)  # ended by its limit
    client, address = cast.client(), reverse("records:pasted")
    url = kind_of(Need).url("update", cast.home, make(Need, cast.home).pk)
    opened = read_form(client.get(url).content).values | {"description": ["a\n" * LONGEST]}
    began = time.process_time()
    assert client.post(address, {"text": "x", "html": "<!--" * (LONGEST // 4)}).status_code == 422
    answer = client.post(url, opened | {"_gliedern": "description"})
    assert time.process_time() - began < 2
    assert "zu lang oder zu verschachtelt" in answer.text
    assert "read-text" not in answer.text
    if is_real:
        assert client.post(address, {"text": "x", "html": "<p>Ein Absatz</p>" * 2_000}).text.count("Ein Absatz") > 2_000


@pytest.mark.django_db
@pytest.mark.once
def test_of_several_long_texts_at_once_one_is_read_and_the_others_stay(cast):
    """Six of them held all three web processes for two seconds each."""
    client, long = cast.client(), {"text": "x", "html": "<p>Ein Absatz</p>" * 2_000}
    with service.TEXTS.held(0):
        assert client.post(reverse("records:pasted"), long).status_code == 422
        assert service.read_text("x", long["html"]).problem.startswith("Der Server hat gerade viel zu tun")
    assert client.post(reverse("records:pasted"), long).status_code == 200


def test_thousands_of_empty_lines_are_looked_through_in_time():
    """They took 11 s on every page that names what cannot be printed."""
    began = time.process_time()
    told = "„-b“: Nach „-“ fehlt das Leerzeichen, so wird keine Liste daraus."
    assert faults("a" + "\n" * LONG_TEXT + "-b") == (told,)
    assert time.process_time() - began < 1
