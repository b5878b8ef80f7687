"""People who work in the portal over HTTP as a browser does, and remember what was acknowledged."""

import http.client
import random
import re
import time
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser

TRIES, PAUSE = 40, 0.25  # a portal that is killed is there again within seconds
AGAIN = frozenset({429, 502, 503, 504})
PATIENCE = 180  # seconds for a document that is being made


class Refused(Exception):
    """An answer that the person did not expect."""


class Fields(HTMLParser):
    """The fields of the form in the middle of a page, as the browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.areas: list[str] = []
        self._area = self._select = ""
        middle = page.partition("<main")[2].partition("</main")[0]
        self.feed(middle)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, kind = found.get("name", ""), found.get("type", "")
        if tag == "input" and name and kind not in ("submit", "file") and not name.startswith("_"):
            if kind not in ("checkbox", "radio") or "checked" in found:
                self.values[name] = found.get("value", "on")
        elif tag == "textarea" and name:
            self._area = name
            self.areas.append(name)
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in found or not self.values.get(self._select)):
            self.values[self._select] = found.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""


@dataclass
class Log:
    """What one person did: seconds of each answer by what it was for, and every disappointment."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    retries: int = 0
    lost_answers: int = 0
    errors: list[str] = field(default_factory=list)
    created: dict[str, str] = field(default_factory=dict)  # title -> address
    changed: dict[str, str] = field(default_factory=dict)  # address -> the text that was acknowledged last
    saves: dict[str, int] = field(default_factory=dict)  # address -> acknowledged saves
    steps: list[str] = field(default_factory=list)
    documents: int = 0


class Person:
    """A person with a session. Refused connections and answers of a busy portal are tried again with the same form.

    ``loses`` is the part of the acknowledgements that get lost on their way, each once: the form was saved, and the
    person, who does not know, sends it again.
    """

    def __init__(self, port: int, name: str, session: str, *, with_keys: bool = True, loses: float = 0) -> None:
        self.port, self.name, self.with_keys, self.loses = port, name, with_keys, loses
        self.cookies, self.log = {"sessionid": session}, Log()
        self.random, self.way = random.Random(name), random.Random(f"{name} Leitung")
        self.lost: str | None = None

    def ask(
        self, what: str, method: str, path: str, data: dict[str, str] | None = None, tries: int = TRIES
    ) -> tuple[int, str, bytes]:
        """Status, address of a redirect, content. Raises Refused when the portal stays away."""
        begun = time.perf_counter()
        for _ in range(tries):
            try:
                status, where, content = self._once(method, path, data)
            except (OSError, http.client.HTTPException):
                status = 0
            if status and status not in AGAIN:
                self.log.seconds.setdefault(what, []).append(time.perf_counter() - begun)
                return status, where, content
            self.log.retries += 1
            time.sleep(PAUSE)
        raise Refused(f"{what} {path}: keine Antwort nach {tries} Versuchen, zuletzt {status}")

    def _once(self, method: str, path: str, data: dict[str, str] | None) -> tuple[int, str, bytes]:
        headers = {
            "Host": "127.0.0.1",
            "X-Forwarded-Proto": "https",
            "Origin": "https://127.0.0.1",
            "Referer": f"https://127.0.0.1{path}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = None
        if data is not None:
            body = urllib.parse.urlencode(data)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status == 302 and body not in (None, self.lost) and self.way.random() < self.loses:
            self.lost = body
            self.log.lost_answers += 1
            raise ConnectionResetError("Die Antwort ging verloren.")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), content

    def page(self, what: str, path: str) -> str:
        """A page that must be there."""
        status, _, content = self.ask(what, "GET", path)
        if status != 200:
            raise Refused(f"{what} {path}: {status}")
        return content.decode()

    def send(self, what: str, path: str, typed: dict[str, str]) -> str:
        """Open a form, type, send it; the address to which a form leads that was accepted."""
        fields = Fields(self.page("Formular öffnen", path))
        values = fields.values | {name: text for name, text in typed.items() if name != "*"}
        for name in fields.areas if "*" in typed else ():
            values[name] = values[name] or typed["*"]
        if not self.with_keys:
            values.pop("form_key", None)
        status, where, content = self.settled(what, "POST", path, values)
        if status != 302:
            raise Refused(f"{what} {path}: {status} {errors_in(content.decode(errors='replace'))}")
        if urllib.parse.urlsplit(where).query:  # a page that waits for the work
            status, where, content = self.settled(what, "GET", where)
            if status != 302:
                raise Refused(f"{what} {path}: {status} {errors_in(content.decode(errors='replace'))}")
        return urllib.parse.urlsplit(where).path

    def settled(self, what: str, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str, bytes]:
        """The answer when the work is done: the same request again, until it is no longer „wird erzeugt“."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            answer = self.ask(what, method, path, data)
            if answer[0] != 202:
                return answer
            time.sleep(1)
        raise Refused(f"{what} {path}: nicht fertig nach {PATIENCE} s")

    def create(self, address: str, number: int) -> None:
        """A new record; its title is used once."""
        title = f"Beispiel {self.name} {number}"
        where = self.send("Anlegen", f"{address}neu/", {"title": title})
        self.log.created[title] = where
        self.log.saves[where] = 1

    def change(self) -> None:
        """Another text for one of the own records."""
        if not self.log.created:
            return
        where = self.random.choice(list(self.log.created.values()))
        text = f"Stand {self.log.saves[where] + 1} von {self.name}"
        self.send("Ändern", f"{where}bearbeiten/", {"description": text})
        self.log.changed[where] = text
        self.log.saves[where] += 1

    def document(self, path: str) -> None:
        """A PDF, waiting until it is made."""
        status, where, content = self.settled("PDF", "GET", path)
        if status == 302:  # to the frozen edition
            status, _, content = self.settled("PDF", "GET", where)
        if not content.startswith(b"%PDF"):
            raise Refused(f"PDF {path}: {status}")
        self.log.documents += 1


def errors_in(page: str) -> str:
    """What a refused form says, shortened."""
    middle = page.partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", middle).split())[:300]
