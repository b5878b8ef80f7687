"""Uploads: refused by content, kept under random names, sent as attachments that no browser interprets."""

import re
import struct
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.models import Document
from records import uploads
from records.reading.packages import MAX_UNPACKED
from records.registry import kind_of
from tests.factories import PDF, make
from tests.html import read_form
from tests.records.tables import zipped

pytestmark = pytest.mark.usefixtures("quiet")
KIND = kind_of(Document)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">LL", 20, 10)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 10, 20) + b"\x03" * 10
SCRIPT = b"<html><script>alert(1)</script></html>"


def package(*names: str, size: int = 10) -> bytes:
    """A zip file with entries of that size."""
    return zipped(dict.fromkeys(names, b"<a>" + b" " * size + b"</a>"))


def nested(levels: int) -> bytes:
    """A zip file in a zip file in …"""
    content = package("word/document.xml", size=1_000_000)
    for _ in range(levels):
        content = zipped({"word/document.xml": b"<a/>", "word/embeddings/1.docx": content})
    return content


def upload(cast, name: str, content: bytes, media_type: str = "application/pdf"):
    """The answer to a form with that file."""
    file = SimpleUploadedFile("x", content, content_type=media_type)
    file._name = name  # as sent; SimpleUploadedFile would tidy it up
    return cast.client().post(KIND.url("create", cast.home), {"title": "Beschluss", "file": file})


REFUSED = {
    "page": ("seite.html", SCRIPT),
    "drawing": ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    "page called picture": ("bild.png", SCRIPT),
    "page called pdf": ("plan.pdf", SCRIPT),
    "picture called photo": ("bild.jpg", PNG),
    "program": ("los.exe", b"MZ"),
    "two endings": ("plan.pdf.html", PDF),
    "ending behind NUL": ("plan.html\x00.pdf\x00.html", PDF),
    "no ending": ("plan", PDF),
    "ending only": (".pdf", PDF),
    "ending with blank": ("plan.pdf ", PDF),
    "text called office": ("plan.docx", b"kein Zip"),
    "package of another kind": ("plan.docx", package("xl/workbook.xml")),
    "cut package": ("plan.xlsx", package("xl/workbook.xml")[:-10]),
    "many entries": ("plan.xlsx", package("xl/workbook.xml", *(f"a{n}" for n in range(200)))),
    "bomb": ("plan.xlsx", lambda: package("xl/workbook.xml", size=MAX_UNPACKED + 1)),
    "bomb in many entries": (
        "plan.docx",
        lambda: package("word/document.xml", *(f"a{n}" for n in range(60)), size=1_000_000),
    ),
    "empty": ("plan.pdf", b""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_allowed_is_refused_next_to_the_field(cast, case):
    name, content = REFUSED[case]
    content = content() if callable(content) else content  # what is large is not made where tests are only counted
    response = upload(cast, name, content)
    assert response.status_code == 422
    page = read_form(response.content)
    assert "id_file_error" in page.ids
    assert page.values["title"] == ["Beschluss"]
    assert not Document.objects.exists()
    assert not [
        path
        for path in (settings.VAR_DIR / "uploads").rglob("*")
        if path.is_file()
        and path.stat().st_size == len(content)
        and path.read_bytes() == content
        and content not in (PDF, PNG)
    ]


def test_too_large_a_file_is_refused(cast, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 1000)
    assert upload(cast, "plan.pdf", PDF + b"0" * 1000).status_code == 422


ACCEPTED = {
    "pdf": ("beschluss.pdf", PDF, "application/pdf"),
    "capitals": ("BESCHLUSS.PDF", PDF, "application/pdf"),
    "picture with a page inside": ("bild.png", PNG + SCRIPT, "image/png"),
    "photo with a page inside": ("bild.jpg", JPEG + SCRIPT, "image/jpeg"),
    "zip in zip": ("plan.docx", nested(3), uploads.MEDIA_TYPES[".docx"]),
    "way up": ("../../../../etc/plan.pdf", PDF, "application/pdf"),
    "way up for windows": ("..\\..\\plan.pdf", PDF, "application/pdf"),
    "NUL in words": ("plan%00.html.pdf", PDF, "application/pdf"),
    "255 bytes": ("ä" * 125 + ".pdf", PDF, "application/pdf"),
    "from right to left": ("plan\u202efdp.pdf", PDF, "application/pdf"),
    "line break": ("plan%0D%0AX-Kopf: 1.pdf", PDF, "application/pdf"),
    "quotes": ("plan%22;a=%22b.pdf", PDF, "application/pdf"),
    "page as type": ("plan.pdf", PDF, "text/html"),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_is_allowed_is_kept_apart_and_sent_as_attachment(cast, case):
    name, content, media_type = ACCEPTED[case]
    response = upload(cast, name, content, media_type)
    assert response.status_code == 302, response.context["form"].errors
    document = Document.objects.get()
    assert re.fullmatch(r"documents/[0-9a-f]{2}/[0-9a-f]{32}\.\w{3,4}", document.file.name)
    assert Path(document.file.path).resolve().is_relative_to((settings.VAR_DIR / "uploads").resolve())
    answer = cast.client().get(f"{KIND.url('detail', cast.home, document.pk)}datei/")
    assert answer.status_code == 200
    assert answer.getvalue() == content
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert not set("\r\n\x00") & set(answer.headers["Content-Disposition"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Content-Type"] == uploads.MEDIA_TYPES[Path(document.file.name).suffix]


def test_a_file_goes_to_nobody_else(cast):
    document = make(Document, cast.home)
    url = f"{KIND.url('detail', cast.home, document.pk)}datei/"
    found = {
        who: cast.client(who).get(url).status_code for who in ("planner", "adviser", "foreign_planner", "anonymous")
    }
    assert found == {"planner": 200, "adviser": 200, "foreign_planner": 404, "anonymous": 302}
    foreign = make(Document, cast.away)
    assert cast.client().get(f"{KIND.url('detail', cast.home, foreign.pk)}datei/").status_code == 404


def test_files_have_no_address_of_their_own(cast):
    document = make(Document, cast.home)
    for start in ("/uploads/", "/media/", "/static/", "/static/../uploads/", "/"):
        assert cast.client().get(f"{start}{document.file.name}").status_code == 404


def test_a_changed_file_keeps_the_old_one_for_the_history(cast):
    document = make(Document, cast.home)
    old = document.file.name
    file = SimpleUploadedFile("neu.pdf", PDF + b"neu", content_type="application/pdf")
    data = {"title": "Beschluss", "file": file, "version": "1"}
    assert cast.client().post(KIND.url("update", cast.home, document.pk), data).status_code == 302
    document.refresh_from_db()
    assert document.file.name != old
    assert document.original_name == "neu.pdf"
    assert document.file.storage.exists(old)
    assert [row.file for row in document.history.order_by("history_id")] == [old, document.file.name]


def test_an_upload_without_check_is_found(cast, monkeypatch):
    monkeypatch.setattr(Document._meta.get_field("file"), "_validators", [])
    monkeypatch.delitem(Document._meta.get_field("file").__dict__, "validators", raising=False)
    assert upload(cast, "seite.html", SCRIPT).status_code == 302


def test_no_page_and_no_file_tells_where_an_upload_lies(cast):
    document = make(Document, cast.home, full=False, title="Niederschrift")
    upload_again = {"title": "Niederschrift", "file": SimpleUploadedFile("neu.pdf", PDF), "version": "1"}
    update = KIND.url("update", cast.home, document.pk)
    assert cast.client().post(update, upload_again).status_code == 302
    document.refresh_from_db()
    form = cast.client().get(update).content.decode()
    assert f'<a href="{KIND.url("file", cast.home, document.pk)}">neu.pdf</a>' in form
    pages = {name: KIND.url(name, cast.home, document.pk) for name in ("detail", "history")}
    pages |= {"csv": KIND.url("csv", cast.home)}
    for name, url in pages.items():
        text = cast.client().get(url).content.decode()
        assert ("neu.pdf" in text, "documents/" in text) == (True, False), name
    assert "documents/" not in form
