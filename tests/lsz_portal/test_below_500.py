"""Whatever arrives is answered below 500, through the WSGI stack, without an ERROR in the log: nobody has to act."""

import io
import logging
import socket
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import signals
from django.db import close_old_connections
from django.urls import reverse

from lsz_portal import requests
from lsz_portal.logs import RefusedIsNoError
from lsz_portal.requests import PortalHandler
from planning.models import Document, Need, TargetGroup
from plans.models import Plan
from records.registry import kind_of
from tests.accounts.access_table import other_questions
from tests.accounts.public_table import PUBLIC, public_url
from tests.factories import make
from tests.html import read_form

TOKEN = "a" * 32  # what is sent gets past the check of forms
IN_LOG = RefusedIsNoError()
ROLES = {"planner", "lead", "adviser", "ministry", "admin"}
ADDRESSES = (
    "/",
    "/anmelden/",
    "/konto/passwort-vergessen/",
    "/konto/einladung/1:abc/",
    "/barrierefreiheit/melden/",
    "/pruefen/",
    "/gesundheit/",
    "/oeffentlich/",
    "/konto/",
    "/gibt-es-nicht/",
)
PART = b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n'
FILE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n--x--\r\n'
FORM, MULTI = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"


class Broken(io.BytesIO):
    """A body whose sender has gone."""

    def read(self, *args: Any) -> bytes:
        raise OSError("connection reset")

    readline = read


def post(body: bytes = b"title=x", kind: str = FORM, **environ: Any) -> dict[str, Any]:
    return {"REQUEST_METHOD": "POST", "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "body": body} | environ


CASES: dict[str, dict[str, Any]] = (
    {
        "text": post(b"title=x", "text/plain"),
        "json": post(b'{"title": "\\ud800"}', "application/json"),
        "no type": post(kind=""),
        "type without sense": post(kind="\xff/;;=;charset"),
        "xml": post(b"<a/>", "text/xml"),
        "multipart without boundary": post(PART, "multipart/form-data"),
        "multipart with an odd boundary": post(PART, "multipart/form-data; boundary=" + "x" * 300),
        "multipart without end": post(PART + b"abc", MULTI),
        "multipart without heads": post(b"--x\r\n\r\n\r\n--x--", MULTI),
        "multipart with odd heads": post(b"--x\r\nContent-Disposition: \xff; name\r\n\r\nx\r\n--x--", MULTI),
        "multipart of another coding": post(
            b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--',
            MULTI,
        ),
        "file without a name": post(FILE % (b"", b"x"), MULTI),
        "file with an odd name": post(FILE % (b"\x00../\xed\xa0\x80.pdf", b"%PDF-"), MULTI),
        "many fields": post(b"&".join(b"a%d=1" % number for number in range(6000))),
        "many files": post((FILE[:-8] % (b"a.pdf", b"x")) * 150 + b"--x--", MULTI),
        "a large field": post(b"title=" + b"x" * 6_000_000),
        "NUL in a field": post(b"title=a%00b&email=a%00&username=%00&password=%00&sha256=%00"),
        "surrogates in a field": post(b"title=%ED%A0%80&username=%ED%A0%80&password=x&email=%ED%A0%80"),
        "raw bytes": post(b"title=\xff\xfe&\x80=\x81&username=\xff&password=\xff"),
        "less than announced": post(b"title=x", CONTENT_LENGTH="5000"),
        "no length": post(CONTENT_LENGTH=""),
        "odd length": post(CONTENT_LENGTH="abc"),
        "negative length": post(CONTENT_LENGTH="-7"),
        "a length without end": post(CONTENT_LENGTH="9" * 6000),
        "sender gone": post(stream=Broken()),
        "sender of a file gone": post(kind=MULTI, stream=Broken()),
        "too long": post(CONTENT_LENGTH=str(10**9)),
        "method of one's own": {"REQUEST_METHOD": "BREW"},
        "method with odd signs": {"REQUEST_METHOD": "G\xffT"},
        "put": post(REQUEST_METHOD="PUT"),
        "delete": post(REQUEST_METHOD="DELETE"),
        "options": {"REQUEST_METHOD": "OPTIONS"},
        "trace": {"REQUEST_METHOD": "TRACE"},
        "NUL in the query": {"QUERY_STRING": "q=%00&next=%00&seite=%00"},
        "raw NUL in the query": {"QUERY_STRING": "q=\x00"},
        "surrogates in the query": {"QUERY_STRING": "q=%ED%A0%80&next=%ED%A0%80&ordnung=%ED%A0%80&seite=%F0"},
        "a huge query": {"QUERY_STRING": "q=" + "x" * 100_000},
        "many parameters": {"QUERY_STRING": "&".join(f"a{number}=1" for number in range(7000))},
        "a huge number": {"QUERY_STRING": f"seite={10**40}&jahr={10**40}&bezug=-1"},
        "odd cookies": {"HTTP_COOKIE": 'sessionid="\\000aaaaaaaaaaaa"; csrftoken="\\000"; geraet=\xff; =; a'},
        "huge cookies": {"HTTP_COOKIE": "sessionid=" + "x" * 50_000},
        "odd accept": {"HTTP_ACCEPT": "\xff;q=x,,;/", "HTTP_ACCEPT_LANGUAGE": "\xff", "HTTP_ACCEPT_ENCODING": "\xff;q"},
        "odd conditions": {
            "HTTP_IF_MODIFIED_SINCE": "gestern",
            "HTTP_IF_NONE_MATCH": '"\xff',
            "HTTP_IF_MATCH": ",",
            "HTTP_RANGE": "bytes=9-1,-,x",
            "HTTP_IF_RANGE": "\xff",
        },
        "odd hosts": {"HTTP_HOST": "\xff\x00 "},
        "odd forwarded": {"HTTP_X_FORWARDED_FOR": "\xff\x00,,", "HTTP_X_FORWARDED_PROTO": "\xff"},
        "odd origin": post(HTTP_ORIGIN="\xff://\x00", HTTP_REFERER="http://[", HTTP_HX_REQUEST="\xff"),
        "odd address of htmx": {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[\xff"},
    }
    | {
        f"charset {name}": (post(kind=f"{kind}; charset={name}", body=body))
        for name in ("utf-7", "foo", "utf-16", "zlib", "idna", "rot13", "\xff")
        for kind, body in ((MULTI, FILE % (b"a.pdf", b"%PDF-")),)
    }
    | {
        f"query in {name}": {"CONTENT_TYPE": f"text/plain; charset={name}", "QUERY_STRING": "q=%ff"}
        for name in ("utf-7", "zlib", "idna", "utf-16")
    }
    | {f"form in {name}": post(kind=f"{FORM}; charset={name}") for name in ("utf-7", "zlib", "latin-1")}
)


@pytest.fixture(autouse=True)
def one_connection():
    """As Django's own test client does it: the connection of the test stays open after a request."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


@pytest.fixture
def places(cast):
    """Typical addresses of the portal besides those for everybody."""
    need, plan = make(Need, cast.home), make(Plan, cast.home, year=2018)
    kind, document = kind_of(Need), kind_of(Document)
    places = [kind.url(page, cast.home) for page in ("list", "create", "import", "csv")]
    places += [kind.url(page, cast.home, need.pk) for page in ("detail", "update", "delete")]
    places += [document.url("create", cast.home), f"/{cast.home.slug}/", f"/{cast.home.slug}/suche/"]
    places.append(reverse("plans:plan-chapter", args=[cast.home.slug, plan.pk, "bedarf"]))
    return [*ADDRESSES, *places]


def ask(address: str, case: dict[str, Any], cookie: str) -> tuple[int, bytes]:
    """Status and page, as a web server asks for them."""
    answered: list[str] = []
    case = dict(case)
    stream = case.pop("stream", None) or io.BytesIO(case.get("body", b""))
    case.pop("body", None)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookie,
        "HTTP_X_CSRFTOKEN": TOKEN,
        "wsgi.input": stream,
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        **case,
    }
    if "HTTP_COOKIE" in case and "sessionid" not in case["HTTP_COOKIE"]:
        environ["HTTP_COOKIE"] += f"; {cookie}"
    response = PortalHandler()(environ, lambda status, headers: answered.append(status))
    content = b"".join(response)
    response.close()
    return int(answered[0].split()[0]), content


def cookie_of(cast, who: str) -> str:
    """What the person's browser sends."""
    if who == "anonymous":
        return f"csrftoken={TOKEN}"
    return f"csrftoken={TOKEN}; sessionid={cast.client(who).cookies['sessionid'].value}"


def failures(address: str, cases: Iterable[tuple[str, dict[str, Any]]], cookie: str, caplog) -> Iterator[tuple]:
    """What an address answers with an error of the portal, or notes as one."""
    for name, case in cases:
        caplog.clear()
        try:
            status, _ = ask(address, case, cookie)
        except Exception as error:  # the web server would answer 500
            status = 599
            raised = {"msg": repr(error), "name": "raised", "levelno": logging.ERROR}
            caplog.records.append(logging.makeLogRecord(raised))
        errors = [record for record in caplog.records if IN_LOG.filter(record) and record.levelno >= logging.ERROR]
        if status >= 500 or errors:
            told = [str(record.exc_info[1] if record.exc_info else record.msg) for record in caplog.records]
            yield address, name, status, told[:1]


# Every case meets each sort of address, every address each sort of case: in turn, one of three; with --long all.
THIRDS = (0, 1, 2)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["planner", "anonymous"])
@pytest.mark.parametrize("turns", [THIRDS[:1], pytest.param(THIRDS[1:], marks=pytest.mark.long)], ids=["", "all"])
def test_no_request_is_answered_with_an_error_of_the_portal(cast, places, caplog, who, turns):
    cookie, failed = cookie_of(cast, who), []
    caplog.set_level(logging.ERROR)
    for place, address in enumerate(places if who == "planner" else ADDRESSES):
        cases = (case for number, case in enumerate(CASES.items()) if (place + number) % 3 in turns)
        failed += failures(address, cases, cookie, caplog)
    assert not failed, f"{len(failed)}:\n" + "\n".join(map(str, failed[:60]))


# Flows, steps and public pages each read what is sent in their own way; what registers an address is asked here.
SENT = [(name, case) for name, case in CASES.items() if case.get("REQUEST_METHOD") == "POST" and "stream" not in case]
IN_TURN = 2  # cases of each address; with --long all


@pytest.mark.slow
@pytest.mark.parametrize("most", [IN_TURN, pytest.param(len(SENT), marks=pytest.mark.long)], ids=["", "all"])
def test_no_flow_and_no_public_page_answers_with_an_error_of_the_portal(cast, caplog, most):
    asked = [(question.url, next(iter(question.allowed & ROLES), "")) for question in other_questions(cast)]
    asked += [(public_url(name), "anonymous") for name in PUBLIC]
    cookies = {who: cookie_of(cast, who) for who in (*ROLES, "anonymous")}
    failed, skipped = [], (reverse("accounts:logout"), reverse("accounts:login"))
    caplog.set_level(logging.ERROR)
    for place, (address, who) in enumerate(asked):
        if who and address not in skipped:
            cases = (SENT[(place * IN_TURN + number) % len(SENT)] for number in range(most))
            failed += failures(address, cases, cookies[who], caplog)
    assert not failed, f"{len(failed)}:\n" + "\n".join(map(str, failed[:60]))


def test_a_person_or_role_that_cannot_be_is_no_fault_of_the_portal(cast):
    client, person = cast.client("admin"), cast.planner.pk
    for address in ("/konto/personen/neu/", f"/konto/personen/{person}/rollen/neu/"):
        sent = {"username": "a\0", "email": "\0", "municipality": "abc", "role": "x", "valid_from": "gestern"}
        assert client.post(address, sent).status_code == 422


DESCRIPTION = "Ein Satz, der nicht aufhört, " * 20


def as_parts(fields: dict[str, str]) -> bytes:
    part = '--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    return ("".join(part % field for field in fields.items()) + "--x--\r\n").encode()


@pytest.mark.parametrize("kind", [FORM, MULTI])
@pytest.mark.parametrize("ending", ["breaks off", "never comes"])
def test_the_beginning_of_a_form_is_not_stored_for_the_form(cast, monkeypatch, kind, ending):
    monkeypatch.setattr(requests, "BODY_SECONDS", 0.2)
    address, cookie = kind_of(TargetGroup).url("create", cast.home), cookie_of(cast, "planner")
    values = read_form(ask(address, {}, cookie)[1]).values
    fields = {name: found[0] for name, found in values.items() if found} | {"title": "A", "description": DESCRIPTION}
    fields.pop("csrfmiddlewaretoken")
    whole = urlencode(fields).encode() if kind == FORM else as_parts(fields)
    ours, theirs = socket.socketpair()
    with ours, theirs, theirs.makefile("rb") as stream:
        ours.sendall(whole[:-50])
        if ending == "breaks off":
            ours.shutdown(socket.SHUT_WR)
        assert ask(address, post(whole, kind) | {"stream": stream, "gunicorn.socket": theirs}, cookie)[0] == 400
    assert not TargetGroup.objects.exists()
    assert ask(address, post(whole, kind), cookie)[0] == 302
    assert TargetGroup.objects.get().description == DESCRIPTION.strip()


@pytest.mark.parametrize("kind", [FORM, MULTI])
def test_letters_of_another_coding_are_refused_and_not_stored_as_a_sign(cast, caplog, kind):
    """A script that sent Latin-1 had „B\ufffdrger“ stored for „Bürger“; the sign itself may be typed."""
    address, cookie = kind_of(TargetGroup).url("create", cast.home), cookie_of(cast, "planner")
    values = read_form(ask(address, {}, cookie)[1]).values
    fields = {name: found[0] for name, found in values.items() if found} | {"title": "A", "description": "B\ufffdrger"}
    fields.pop("csrfmiddlewaretoken")
    body = urlencode(fields).encode() if kind == FORM else as_parts(fields)
    sign = b"%EF%BF%BD" if kind == FORM else "\ufffd".encode()
    for foreign in (b"\xfc", b"%FC" if kind == FORM else b"\xed\xa0\x80"):
        status, page = ask(address, post(body.replace(sign, foreign), kind), cookie)
        assert (status, "nicht lesbar" in page.decode()) == (400, True)
    assert not TargetGroup.objects.exists()
    assert ask(address, post(body, kind), cookie)[0] == 302
    assert TargetGroup.objects.get().description == "B\ufffdrger"
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]
