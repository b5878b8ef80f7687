"""A small file is not a small task: read in a process of its own, each limit answers with its sentence, in time."""

import resource
import time
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.confined.service import Service
from accounts.confined.slots import Busy
from planning.models import Document, Need
from records.reading import service, sheets, workbooks, worker
from records.registry import kind_of
from tests.html import read_form
from tests.records import bombs
from tests.records.tables import read_in, zipped

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.once]
CPU_OF_PORTAL, WALL, GROWTH = 1.0, 60.0, 60_000  # seconds, seconds on a busy machine, KiB


@pytest.fixture
def bounded():
    """What the portal itself spends on a file, whatever the file is."""
    cpu, wall, grown = time.process_time(), time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - cpu < CPU_OF_PORTAL
    assert time.monotonic() - wall < WALL
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown < GROWTH


@pytest.fixture
def content(request):
    """Made before the clock runs."""
    return bombs.TABLES[request.param][0]()


@pytest.mark.parametrize(
    ("content", "sentence"), [(name, case[1]) for name, case in bombs.TABLES.items()], indirect=["content"]
)
def test_a_table_that_is_a_bomb_gets_the_sentence_of_its_limit(cast, content, sentence, bounded):
    assert len(content) < 5_000_000
    answer = read_in(cast, kind_of(Need), SimpleUploadedFile("liste.xlsx", content))
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0].startswith(sentence)
    assert "id_file_error" in read_form(answer.content).ids


@pytest.mark.parametrize("name", bombs.UPLOADS)
def test_a_document_that_is_a_bomb_or_hides_something_is_refused(cast, name, bounded):
    file, content, sentence = bombs.UPLOADS[name]
    sent = {"title": "Beschluss", "file": SimpleUploadedFile(file, content)}
    answer = cast.client().post(kind_of(Document).url("create", cast.home), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0].startswith(sentence)
    assert read_form(answer.content).values["title"] == ["Beschluss"]
    assert not Document.objects.exists()


FINE = {
    "links to pages": bombs.relations("hyperlink", "https://www.example.org/"),
    "the template of the house": bombs.relations("attachedTemplate", "file:///C:/Vorlagen/Brief.dotx"),
}


@pytest.mark.parametrize("name", FINE)
def test_what_offices_write_every_day_is_taken(name):
    service.check_content(".docx", zipped(bombs.WORD | {"word/_rels/settings.xml.rels": FINE[name]}))


def test_the_limits_are_what_refuses(monkeypatch):
    content = bombs.workbook(after=b'<mergeCell ref="A1:B2"/>' * 3_000)
    with pytest.raises(sheets.Refused, match=bombs.AMOUNTS["mergeCell"]):
        sheets.sheets_of(content)
    monkeypatch.setattr(workbooks, "AMOUNTS", {})
    with pytest.raises(sheets.Refused, match="keine Einträge"):
        sheets.sheets_of(content)


@pytest.mark.slow
@pytest.mark.parametrize("limit", [{"cpu_seconds": 1}, {"memory": 80 * 1024**2}, {"wall_seconds": 0.5}])
def test_what_no_inner_limit_knows_ends_by_the_outer_one(cast, monkeypatch, limit):
    """A file that would take long and much, in a process that may less: the portal says so and goes on."""
    parent = (
        "import sys\nfrom dataclasses import replace\nfrom accounts.confined.worker import Trade\n"
        "from records.reading import packages, worker, workbooks\n"
        "workbooks.AMOUNTS = {}; packages.MAX_ELEMENTS = packages.MAX_UNPACKED = 10**9\n"
        f"sys.exit(Trade(worker.work, replace(worker.LIMITS, **{limit}), worker.warm_up).main())"
    )
    readers = Service("", service.READERS.folder)
    readers.command = [*readers.command[:1], "-c", parent]
    monkeypatch.setattr(service, "READERS", readers)
    bomb = bombs.workbook(
        (b"<row>" + b"<c><v>1</v></c>" * 30 + b"</row>") * 20_000,
        xl_sharedStrings=bombs.strings(2000, b"x" * 50_000),
    )
    answer = read_in(cast, kind_of(Need), SimpleUploadedFile("liste.xlsx", bomb))
    readers.stop()
    assert answer.context["form"].errors["file"] == [worker.TOO_COSTLY]


def test_the_inner_end_comes_before_the_portal_gives_up(monkeypatch):
    asked = []
    monkeypatch.setattr(service.READERS, "ask", lambda job, seconds, place: asked.append(seconds))
    with pytest.raises(sheets.Refused):
        service.read_sheets(b"")
    assert asked[0] > worker.LIMITS.wall_seconds > worker.LIMITS.cpu_seconds
    assert replace(worker.LIMITS, wall_seconds=0).cpu_seconds < 60, "the web server's own limit"


def full(*_):
    """All places are taken by documents that are drawn."""
    raise Busy


def test_who_finds_no_place_to_read_in_is_told_to_try_again(monkeypatch, cast):
    monkeypatch.setattr(service.READERS, "ask", full)
    answer = read_in(cast, kind_of(Need), SimpleUploadedFile("liste.csv", b"Bedarf\r\nBus\r\n"))
    assert answer.context["form"].errors["file"] == [str(Busy())]
    sent = {"title": "Beschluss", "file": SimpleUploadedFile("a.docx", zipped(bombs.WORD))}
    answer = cast.client().post(kind_of(Document).url("create", cast.home), sent)
    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, [str(Busy())])
