"""The real PDF: valid, the same bytes each time, nothing fetched, bombs end, a missing library is said in German."""

import hashlib
import io
import json
import re
import subprocess
import sys
import time
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import page
import pytest
from pypdf import PdfReader

from plans.bodies import GoalsBody
from plans.content import fingerprint, to_json
from plans.drawing import draw_chapter, plan_pdf
from plans.enums import ChapterCode
from printing import render
from printing.errors import RenderError, RenderTooLarge, RenderUnavailable
from printing.pdf import drawing
from printing.pdf import worker as pdf_worker
from printing.pdf.embedded import holds
from tests.plans.sample import sample_plan

pytestmark = pytest.mark.slow

NOON = datetime(2018, 12, 31, 12, tzinfo=UTC)
EMPTY = '<!doctype html><html lang="de"><head><title>Probe</title></head><body><h1>Probe</h1>{}</body></html>'


@pytest.fixture(scope="module")
def content():
    return sample_plan(1)


@pytest.fixture(scope="module")
def pdf(content):
    return plan_pdf(content)


@pytest.fixture(scope="module")
def reader(pdf):
    return PdfReader(io.BytesIO(pdf))


def test_the_register_names_the_page_of_every_measure(content, reader):
    texts = [" ".join(sheet.extract_text().split()) for sheet in reader.pages]
    register = next(text for text in texts if "Register der Maßnahmen nach Handlungsfeld" in text)
    body = content.chapter(ChapterCode.MEASURES).body
    assert body.all_measures
    for measure in body.all_measures:
        number = re.search(rf"{re.escape(measure.code)} {re.escape(measure.title)}, Seite (\d+)", register)[1]
        sheet = texts[int(number) - 1]
        assert "Roter Faden" in sheet
        assert re.search(rf"{re.escape(measure.code)}(?!\d)", sheet)


@pytest.fixture(scope="module")
def text(reader):
    return "\n".join(p.extract_text() for p in reader.pages).replace("\u00a0", " ")


def make(body, **options):
    return render.render_pdf(EMPTY.format(body), attachment_json=b"{}", created=NOON, **options)


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_it_is_valid(pdf, profile):
    report = page.validate_pdf_bytes(pdf, profile=profile)
    assert [failure.message for failure in report.failures] == []


def test_no_packed_stream_ends_with_a_carriage_return():
    """A reader takes it for a part of the line's end, as the data do that are packed here."""
    texts = (b"[0%b]" % (b",0" * number) for number in range(64))
    data = next(text for text in texts if zlib.compress(text, 5).endswith(b"\r"))
    pdf = render.render_pdf(EMPTY.format("<p>x</p>"), attachment_json=data, created=NOON)
    assert b"\r\nendstream" not in pdf
    assert PdfReader(io.BytesIO(pdf)).attachments["plan.json"] == [data]
    assert holds(pdf, data)


def test_the_same_plan_gives_the_same_bytes(content, pdf):
    assert plan_pdf(content) == pdf


def test_quicker_code_and_a_warm_process_do_not_change_a_byte(content, pdf, monkeypatch):
    jobs = []
    monkeypatch.setattr(render, "_made", lambda **job: jobs.append(job))
    plan_pdf(content)
    library_alone = (
        "import sys, json, printing.pdf.speed as speed, printing.pdf.worker as worker\n"
        "from weasyprint.html import UA_STYLESHEET\n"
        "speed.quicken, speed.lean_rules = lambda: None, lambda: UA_STYLESHEET\n"
        "sys.stdout.buffer.write(worker.work(sys.stdin.buffer.read())[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", library_alone],
        input=json.dumps(jobs[0]).encode(),
        capture_output=True,
        cwd=render.ROOT,
        env=render._environment(),
        check=True,
    )
    assert done.stdout == pdf


def test_the_plan_data_are_inside_and_their_sum_is_printed(content, reader, text):
    data = to_json(content)
    assert reader.attachments["plan.json"] == [data]
    assert json.loads(data)["plan"]["year"] == 2018
    groups = fingerprint(data)
    assert "".join(groups) == hashlib.sha256(data).hexdigest()
    assert groups[0] in text
    assert groups[-1] in text


def test_every_chapter_is_a_bookmark(reader):
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles == ["Inhalt", "Zusammenfassung", *(f"{code.number} {code.label}" for code in ChapterCode)]


def test_contents_name_the_page_on_which_a_chapter_stands(reader):
    contents = "\n".join(reader.pages[number].extract_text() for number in (2, 3))
    chapter = next(item for item in reader.outline if not isinstance(item, list) and item.title == "7 Finanzplan")
    number = reader.get_destination_page_number(chapter) + 1
    assert re.search(rf"^Finanzplan\s*7\s+{number}$", contents, re.MULTILINE)


def test_pages_carry_running_heads_and_numbers(reader):
    assert reader.metadata.title == "Fachspezifischer integrierter Plan 2018 – Kyffhäuserkreis"
    second = reader.get_destination_page_number(reader.outline[1]) + 1
    words = reader.pages[second].extract_text()
    assert "Plan 2018" in words
    assert "Kyffhäuserkreis" in words
    assert str(second + 1) in words


def test_only_own_fonts_are_used(reader):
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[1]
        for p in reader.pages
        for font in p["/Resources"].get("/Font", {}).values()
    }
    assert {name.split("-")[0] for name in fonts} == {"Fira", "Source"}


def test_a_longer_series_is_drawn_with_its_gist_and_the_table_has_a_column_for_each_year(content, text):
    html, _ = draw_chapter(content, content.chapter(ChapterCode.INVENTORY))
    assert html.count("<figure>") == 1
    assert (
        "Arbeitslosenquote, 2013 bis 2017. Einheit: Prozent. Kyffhäuserkreis: sinkt von 11,9 (2013) auf 8,4 (2017)"
        in html
    )
    assert "Beispielwerte." in html
    assert "Die Linie ist dort unterbrochen, es ist keine Null." in html
    table = html[html.index("Kennzahlen nach Gebiet und Jahr") :]
    assert re.findall(r">(\d{4})</th>", table[: table.index("</thead>")]) == ["2013", "2014", "2015", "2016", "2017"]
    assert re.findall(r'<td class="n">(.*?)</td>', table)[:5] == ["11,9", "11,2", "/", "9,4", "8,4"]
    assert "Abbildung 3.1" in text


def test_the_timeline_lies_on_a_landscape_page_and_is_listed(reader, text):
    assert [p for p in reader.pages if p.mediabox.width > p.mediabox.height]
    assert "Alle Einträge stehen in Tabelle 10.1." in text
    assert "Datierte Einträge nach Jahren" in text
    assert "17.07.2014" in text


# ---------------------------------------------------------------- nothing is fetched
VECTORS = (
    '<img src="{}" alt="x">',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<iframe src="{}"></iframe>',
    '<svg width="9" height="9"><title>x</title><image href="{}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><title>x</title><use href="{}#a"/></svg>',
    "<style>@import url({})</style>",
    "<style>@font-face{{font-family:x;src:url({})}}p{{font-family:x}}</style><p>x</p>",
    "<style>p{{background:url({})}}</style><p>x</p>",
    "<style>p{{list-style:url({})}}</style><p>x</p>",
    '<style>p::before{{content:url("{}")}}</style><p>x</p>',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<a rel="attachment" href="{}">x</a>',
    '<input type="image" src="{}">',
    '<video poster="{}"></video>',
)


def test_no_way_leads_to_a_file_or_to_the_network(tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("KANARIENVOGEL")
    fetched = []
    server = _server(fetched)
    addresses = (secret.as_uri(), f"http://127.0.0.1:{server.server_port}/x", "data:text/plain,KANARIENVOGEL")
    pdf = make("".join(vector.format(address) for address in addresses for vector in VECTORS))
    server.shutdown()
    reader = PdfReader(io.BytesIO(pdf))
    assert fetched == []
    assert list(reader.attachments) == ["plan.json"]
    assert b"KANARIENVOGEL" not in pdf
    assert "KANARIENVOGEL" not in "".join(p.extract_text() for p in reader.pages)


def test_the_canary_server_would_notice():
    import urllib.request

    fetched = []
    server = _server(fetched)
    urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/x").read()
    server.shutdown()
    assert fetched == ["/x"]


def _server(fetched):
    import http.server
    import threading

    class Canary(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            fetched.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def test_markup_in_a_text_is_printed_as_text():
    hostile = '<img src="file:///etc/passwd"><script>x</script>{{ 7|add:7 }}'
    plan = sample_plan(1, chapters=tuple(replace(c, text=hostile) for c in sample_plan(1).chapters))
    from plans.drawing import plan_html

    html = plan_html(plan)
    assert "<img" not in html
    assert "<script" not in html
    assert "{{ 7|add:7 }}" in html


# ---------------------------------------------------------------- bombs and failures
def test_words_without_blanks_everywhere_end_soon(content):
    word = "Donaudampfschifffahrt" * 240
    goals = content.chapter(ChapterCode.GOALS).body
    assert isinstance(goals, GoalsBody)
    bomb = replace(goals, goals=tuple(replace(goal, title=word, description=word) for goal in goals.goals))
    chapters = tuple(
        replace(c, text=word, body=bomb if c.code == ChapterCode.GOALS else c.body) for c in content.chapters
    )
    begin = time.process_time()
    pdf = plan_pdf(replace(content, chapters=chapters))
    assert pdf.startswith(b"%PDF")
    assert time.process_time() - begin < 5, "the web process itself has little to do"


def test_a_process_that_hangs_or_grows_is_ended(monkeypatch):
    monkeypatch.setattr(render, "LIMITS", replace(pdf_worker.LIMITS, wall_seconds=0.001))
    with pytest.raises(RenderTooLarge, match="zu groß"):
        make("<p>x</p>")


@pytest.mark.parametrize("code", ["x = bytearray(3 * 1024**3)", "while True: pass"])
def test_the_limits_of_the_worker_hold(code, monkeypatch):
    limits = "from dataclasses import replace; from printing.pdf.worker import LIMITS\n"
    limits += f"replace(LIMITS, cpu_seconds=1).hold()\n{code}"
    done = subprocess.run([sys.executable, "-c", limits], check=False, capture_output=True, timeout=60, cwd=render.ROOT)
    assert done.returncode != 0


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((pdf_worker.UNAVAILABLE, b""), RenderUnavailable),
        ((pdf_worker.OUT_OF_MEMORY, b""), RenderTooLarge),
        (None, RenderTooLarge),
        ((pdf_worker.FAILED, b"reason"), RenderError),
    ],
)
def test_each_end_of_the_worker_has_a_german_sentence(monkeypatch, answer, error):
    monkeypatch.setattr(render.SERVICE, "ask", lambda *_: answer)
    with pytest.raises(error, match=r"[A-ZÄÖÜ].*\.$"):
        make("<p>x</p>")


def test_without_pango_the_worker_says_so(monkeypatch):
    monkeypatch.setattr(drawing, "make_pdf", lambda **job: (_ for _ in ()).throw(OSError("cannot load pango")))
    assert pdf_worker.work(b'{"make": "pdf"}') == (pdf_worker.UNAVAILABLE, b"cannot load pango")


def test_the_worker_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "geheim")
    assert "geheim" not in render._environment().values()


def test_the_web_process_does_not_load_the_library():
    code = "import django, os; os.environ['DEMO'] = '1'; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; "
    code += "django.setup(); import plans.drawing, sys; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=render.ROOT, timeout=60).returncode == 0
