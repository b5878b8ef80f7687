"""The walk over the portal's own links as one person, by HTTP alone."""

import hashlib
import json
import os
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from typing import ClassVar
from urllib.error import HTTPError
from urllib.parse import parse_qs, parse_qsl, urldefrag, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from crawling.checker import NuChecker

DOWNLOADS = re.compile(
    r"/(export\.[a-z]+|pdf/|docx/|archiv/|datei/|schreiben/\d+/)|\.(csv|xlsx|ics|svg|png|pdf|json|rdf)$"
    r"|^/(static|gesundheit)/"
)
PAGING = {"seite"}
ALL = bool(os.environ.get("CRAWL_ALL"))
PLACES = Path(__file__).resolve().parents[2] / "exchange/dossier/data/municipalities.json"
WALKED = {"kyffhaeuserkreis", "altenburger-land", "weimar"}  # stand for all: the others have the same pages
SLUGS = {place["slug"] for place in json.loads(PLACES.read_text(encoding="utf-8"))}
ONCE = "/barrierefreiheit/melden/"  # every page links it with its own address
LINK = re.compile(r"<a\b[^>]*?\shref=\"([^\"]*)\"")
ID = re.compile(r"\sid=\"([^\"]+)\"")
RECORD = re.compile(r"(/[a-z-]+/[a-z-]+/)\d+/")  # the page of a record, and how those below it begin
TITLE = re.compile(r"<title>(.*?)</title>(?=.*</head>)", re.DOTALL)
HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
TOKEN = re.compile(r"name=\"csrfmiddlewaretoken\" value=\"([^\"]+)\"")
TEXT = re.compile(r">([^<]*)<")
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
VALUE = re.compile(r"(?<=\s)([a-z-]+)=\"([^\"]*)\"")
KEPT = {"class", "role", "type", "rel", "scope", "data-l", "lang", "tabindex", "width", "height", "viewBox", "fill"}


def skeleton(html: str) -> str:
    """The page without its words: what axe judges is the same on pages that differ in words alone.

    Whether there is a text or a value stays, and how long the longest word is, which decides about the width.
    """
    words = max(map(len, " ".join(TEXT.findall(html)).split()), default=0)
    bare = TEXT.sub(lambda match: ">x<" if match[1].strip() else "><", html)
    bare = VALUE.sub(lambda match: match[0] if match[1] in KEPT else f"{match[1]}={bool(match[2])}", bare)
    return f"{words} {bare}"


def heard(html: str) -> tuple[str, str]:
    """The title in one line, and the words of the page's content."""
    title, main = TITLE.search(html), MAIN.search(html)
    words = " ".join(TEXT.findall(main[0] if main else html))
    return " ".join(unescape(title[1]).split()) if title else "", hashlib.sha256(words.encode()).hexdigest()


def is_namesake(url: str, other: str, title_of: dict[str, str]) -> bool:
    """Whether the pages belong to two records of a kind to which people have given the same name."""
    one, two = (RECORD.match(address) for address in (url, other))
    return bool(one and two and one[1] == two[1] and title_of.get(one[0]) == title_of.get(two[0]) is not None)


@dataclass(frozen=True)
class Found:
    """A page as one role gets it."""

    role: str
    url: str
    status: int
    digest: str = ""
    problems: tuple[str, ...] = ()


@dataclass
class Walk:
    """One person's way through the portal; ``sessions`` keeps the cookies for the browser."""

    base: str
    role: str
    checker: NuChecker | None
    ids: dict[str, set[str]] = field(default_factory=dict)
    targets: list[tuple[str, str]] = field(default_factory=list)
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    sessions: ClassVar[dict[str, str]] = {}

    def run(self) -> list[Found]:
        """Every page that can be reached from the start page."""
        opener = self.logged_in()
        waiting, seen, found = deque(["/", "/barrierefreiheit/", "/konto/", "/anmelden/"]), set(), []
        while waiting:
            url = waiting.popleft()
            if url in seen:
                continue
            seen.add(url)
            page, links = self.visit(opener, url)
            found.append(page)
            waiting.extend(link for link in links if link not in seen)
        lost = [
            Found(self.role, source, 0, problems=(f"anchor: nothing at {target}",))
            for source, target in self.targets
            if (parts := urldefrag(target)).url in self.ids and parts.fragment not in self.ids[parts.url]
        ]
        title_of = {url: title for title, pages in self.titles.items() for url in pages.values()}
        alike = [
            Found(self.role, url, 0, problems=(f"equal title: {title} | {first}",))
            for title, pages in self.titles.items()
            for first, *others in [list(pages.values())]
            for url in others
            if not is_namesake(url, first, title_of)
        ]
        return found + lost + alike

    def logged_in(self) -> OpenerDirector:
        """A client with the person's session."""
        jar = CookieJar()
        opener = build_opener(HTTPCookieProcessor(jar))
        if self.role != "anonymous":
            form = opener.open(f"{self.base}/anmelden/").read().decode()
            token = TOKEN.search(form)
            data = {
                "username": self.role,
                "password": os.environ.get("DEMO_PASSWORD", "demo"),
                "csrfmiddlewaretoken": token[1] if token else "",
            }
            opener.open(f"{self.base}/anmelden/", urlencode(data).encode()).read()
            self.sessions[self.role] = next(str(cookie.value) for cookie in jar if cookie.name == "sessionid")
        return opener

    def visit(self, opener: OpenerDirector, url: str) -> tuple[Found, list[str]]:
        """Open one address and judge it; its links."""
        try:
            answer = opener.open(self.base + url)
        except HTTPError as refused:
            return Found(self.role, url, refused.code, problems=(f"broken link: {refused.code}",)), []
        if urlsplit(answer.url).path != urlsplit(url).path:  # sent elsewhere, which has an address of its own
            place = urlsplit(answer.url)
            return Found(self.role, url, 302), [place.path] if "next=" not in place.query else []
        if "text/html" not in answer.headers.get("Content-Type", ""):
            return Found(self.role, url, 200, problems=("not a page: no HTML",)), []
        html = answer.read().decode()
        self.ids[url] = set(ID.findall(html))
        title, words = heard(html)
        self.titles.setdefault(title, {}).setdefault(words, url)
        problems = tuple(self.judged(html))
        digest = hashlib.sha256((html if ALL else skeleton(html)).encode()).hexdigest()
        return Found(self.role, url, 200, digest, problems), list(self.followed(url, html))

    def judged(self, html: str) -> Iterator[str]:
        """What is wrong with the page as text."""
        for name, pattern in (("title", TITLE), ("h1", HEADING)):
            texts = [re.sub(r"<[^>]*>", "", text).strip() for text in pattern.findall(html)]
            if len(texts) != 1 or not texts[0]:
                yield f"{name}: {len(texts)} of them"
        if self.checker:
            yield from (f"html: {message}" for message in self.checker.errors(html))

    def followed(self, url: str, html: str) -> Iterator[str]:
        """Own links of the page that lead to further pages."""
        for raw in LINK.findall(html):
            whole = urljoin(self.base + url, unescape(raw))
            address, fragment = urldefrag(whole)
            if not address.startswith(self.base + "/"):
                continue
            target = address.removeprefix(self.base)
            if target.startswith(f"{ONCE}?"):
                target = ONCE
            if fragment:
                self.targets.append((url, f"{target}#{fragment}"))
            if not DOWNLOADS.search(urlsplit(target).path) and self.is_near(url, target):
                yield target

    @staticmethod
    def is_near(url: str, target: str) -> bool:
        """True for addresses without query, for queries that a plain page offers, and for paging, in some places."""
        if not ALL and set(urlsplit(target).path.split("/")) & SLUGS - WALKED:
            return False
        query = urlsplit(target).query
        if not query or not urlsplit(url).query:
            return True
        here = {pair for pair in parse_qsl(urlsplit(url).query) if pair[0] not in PAGING}
        there = {pair for pair in parse_qsl(query) if pair[0] not in PAGING}
        return here == there and bool(PAGING & parse_qs(query).keys())
