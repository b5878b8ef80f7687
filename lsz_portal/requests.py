"""How the portal reads what a web server hands over."""

import codecs
import socket
import threading
from collections.abc import Callable
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.http import parse_header_parameters

STRICT = "utf-8-strict"  # UTF-8 that replaces nothing, whatever is asked of it
LONGEST_LENGTH = 19  # digits of a length that can be one
BODY_SECONDS = 30.0  # in which a body comes; below gunicorn's --timeout, which ends a process without an answer


def _decoded(data: bytes, errors: str = "strict") -> tuple[str, int]:
    return codecs.utf_8_decode(data, "strict", True)


def _strict(name: str) -> codecs.CodecInfo | None:
    is_asked = name == STRICT.replace("-", "_")
    return codecs.CodecInfo(codecs.utf_8_encode, _decoded, name=STRICT) if is_asked else None  # type: ignore[arg-type]


codecs.register(_strict)


class PortalRequest(WSGIRequest):
    """A request that cannot choose how it is decoded: Django would read the query with it before anybody can refuse.

    What names another coding than UTF-8 is refused by accounts.middleware, what is in another one here.
    """

    is_unreadable = False

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))

    def _load_post_and_files(self) -> None:
        """Once it could not be read, Django would give everybody who asks again an empty form."""
        if self.is_unreadable:
            raise UnreadablePostError
        try:
            super()._load_post_and_files()
            if hasattr(self, "_body") and self.content_type == "application/x-www-form-urlencoded":
                unquote_to_bytes(self.body).decode()
        except UnreadablePostError:
            self.is_unreadable = True
            raise
        except UnicodeDecodeError as error:
            self._mark_post_parse_error()  # type: ignore[attr-defined]  # nor does the page of the error read it
            raise BadRequest("Die Anfrage ist nicht in UTF-8 geschrieben.") from error

    def parse_file_upload(self, META: Any, post_data: Any) -> Any:  # noqa: N803 (Django's name)
        """Letters of another coding are refused, where Django would put a sign for each."""
        self._encoding = STRICT
        try:
            return super().parse_file_upload(META, post_data)
        finally:
            self._encoding = None  # type: ignore[assignment]


class WholeBody:
    """The body of a request, as long as it was announced, or none. Raises ConnectionError where it ends early.

    Django takes the beginning of a form for the form, so a connection that broke would store half a text. ``line`` is
    the connection, where the web server tells it (gunicorn): what has not come ``BODY_SECONDS`` after the first look
    does not come any more.
    """

    def __init__(self, source: BinaryIO, announced: int, line: socket.socket | None) -> None:
        self.source, self.left, self.line = source, announced, line
        self.end: threading.Timer | None = None

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes."""
        return self._taken(self.source.read, self.left if size < 0 else min(size, self.left), is_line=False)

    def readline(self, size: int = -1, /) -> bytes:
        """A line, or so many bytes of it."""
        return self._taken(self.source.readline, self.left if size < 0 else min(size, self.left), is_line=True)

    def over(self) -> None:
        """Nobody waits any more."""
        if self.end:
            self.end.cancel()

    def _taken(self, take: Callable[[int], bytes], size: int, *, is_line: bool) -> bytes:
        if self.line and not self.end and size:
            self.end = threading.Timer(BODY_SECONDS, self.line.shutdown, [socket.SHUT_RD])
            self.end.daemon = True
            self.end.start()
        data = take(size)
        self.left -= len(data)
        if len(data) < size and not (is_line and data.endswith(b"\n")):
            raise ConnectionError("the body is shorter than it was announced")
        if not self.left:
            self.over()
        return data


class PortalHandler(WSGIHandler):
    """Django's, with such requests and such bodies."""

    request_class = PortalRequest

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        """Answer a request."""
        announced = environ.get("CONTENT_LENGTH") or ""
        length = int(announced) if announced.isdecimal() and len(announced) < LONGEST_LENGTH else 0
        body = environ["wsgi.input"] = WholeBody(environ["wsgi.input"], length, environ.get("gunicorn.socket"))
        try:
            return super().__call__(environ, start_response)
        finally:
            body.over()
