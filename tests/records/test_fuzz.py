"""Thousands of nonsensical addresses, queries and forms, the same in every run: answers, but never an error page."""

import random
from collections import Counter
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from django.db import connection

from planning.models import Need
from records.pages import listing
from records.registry import all_kinds, kind_of
from tests.cast import Cast, Walker
from tests.factories import make_kind, one_of_each, post_data, rows_at, values_for

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.slow]
# A database that takes most things has little to say about nonsense; PostgreSQL is asked for more.
QUERIES, PATHS, FORMS = (1000, 800, 250) if connection.vendor == "postgresql" else (300, 250, 90)
WORDS = [
    "",
    "0",
    "-1",
    "1",
    "2",
    "²",
    "٣",
    "1e9",
    "1" + "0" * 30,
    "9" * 5000,
    "NaN",
    "inf",
    "true",
    "ja",
    "nein",
    "None",
    "0001-01-01",
    "30.02.2018",
    "2018-02-30",
    "2018-Q9",
    "9999-12-31",
    "\x00",
    "a\x00b",
    "%00",
    "\r\nX: 1",
    "\u202e",
    "ä" * 3000,
    "x" * 3000,
    "'",
    '"',
    "';--",
    "%",
    "_",
    "\\",
    "<script>",
    "{{ 7*7 }}",
    "../..",
    "title",
    "-title",
    "-",
    "--title",
    "state",
    "created_by__password",
    "municipality",
    "D",
    "W",
    "\U0001f600",
    "[]",
    "{}",
    "&",
    "=",
]
BYTES = [b"\xed\xa0\x80", b"\xff\xfe", b"\xc3\x28", b"\x00", b"\xf4\x90\x80\x80"]
NAMES = [
    "q",
    "sortierung",
    "seite",
    "anzahl",
    "luecke",
    "entwurf",
    "fuer",
    "angelegt",
    "zyklus",
    "phase",
    "art",
    "von",
    "bis",
    "huerden",
    "ansicht",
    "jahr",
    "region",
    "nur",
    "ordnung",
    "next",
    "karte",
    "x",
]


class Fuzzer:
    """Makes nonsense; the seed decides which."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def word(self) -> str:
        """Something quoted for an address."""
        if self.random.random() < 0.1:
            return quote_from_bytes(self.random.choice(BYTES))
        return quote(self.plain(), safe="")

    def plain(self) -> str:
        if self.random.random() < 0.1:
            return "".join(chr(self.random.choice([self.random.randrange(1, 0xD800), 0])) for _ in range(5))
        return self.random.choice(WORDS)

    def query(self, names: list[str]) -> str:
        chosen = self.random.choices(names, k=self.random.randint(1, 4))
        return "&".join(f"{name}={self.word()}" for name in chosen)


@pytest.fixture
def kyf(cast) -> Cast:
    """One record of every kind."""
    one_of_each(cast.home)
    return cast


def pages(cast: Cast) -> list[tuple[str, list[str]]]:
    """Addresses with the names that their queries may use."""
    found = []
    for kind in all_kinds():
        pk = rows_at(kind, cast.home).first().pk
        names = [*NAMES, *kind.field_names()]
        found += [(kind.url(page, cast.home), names) for page in ("list", "csv", "xlsx")]
        found += [(kind.url(page, cast.home, pk), names) for page in ("detail", "update", "history")]
        if kind.creatable:
            found.append((kind.url("create", cast.home), names))
    slug = cast.home.slug
    others = ["/", f"/{slug}/", f"/{slug}/zeitstrahl/", f"/{slug}/zeitstrahl/export.svg", f"/{slug}/schritte/katalog/"]
    others += ["/anmelden/", "/ministerium/", "/ministerium/export.csv", f"/{slug}/phasen/bedarfsanalyse/"]
    return found + [(url, NAMES) for url in others] * 5


def broken(answers: Counter) -> dict[Any, int]:
    """Answers that are error pages."""
    return {key: count for key, count in answers.items() if key[0] >= 500}


def ask_queries(cast: Cast, everywhere: list[tuple[str, list[str]]], count: int) -> Counter:
    fuzzer, answers = Fuzzer(1), Counter()
    clients = [cast.client("planner", Walker), cast.client("ministry", Walker)]
    for number in range(count):
        url, names = fuzzer.random.choice(everywhere)
        address = f"{url}?{fuzzer.query(names)}"
        status = clients[number % 2].get(address).status_code
        answers[status, address[:200] if status >= 500 else ""] += 1
    return answers


def test_queries_never_lead_to_an_error_page(kyf):
    answers = ask_queries(kyf, pages(kyf), QUERIES)
    assert broken(answers) == {}
    assert {status for status, _ in answers} <= {200, 302, 400, 403, 404}
    assert answers[200, ""] > QUERIES / 3


def test_paths_never_lead_to_an_error_page(kyf):
    fuzzer, answers, client = Fuzzer(2), Counter(), kyf.client("planner", Walker)
    everywhere = pages(kyf)
    for _ in range(PATHS):
        parts = fuzzer.random.choice(everywhere)[0].strip("/").split("/")
        for _ in range(fuzzer.random.randint(1, 2)):
            parts[fuzzer.random.randrange(len(parts))] = fuzzer.word()
        path = f"/{'/'.join(parts)}/"
        method = fuzzer.random.choice([client.get, client.post])
        status = method(path).status_code
        answers[status, path[:200] if status >= 500 else ""] += 1
    assert broken(answers) == {}
    assert answers[404, ""] > PATHS / 3


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace", "head"])
def test_other_methods_are_refused_and_change_nothing(cast, method):
    need, kind = make_kind(kind_of(Need), cast.home), kind_of(Need)
    for page in ("detail", "update", "delete", "history"):
        status = getattr(cast.client("planner"), method)(kind.url(page, cast.home, need.pk)).status_code
        assert status == (200 if method in ("head", "options") else 405) or (method == "options" and status == 405)
    need.refresh_from_db()
    assert need.version == 1


def test_forms_never_lead_to_an_error_page(kyf):
    fuzzer, answers = Fuzzer(3), Counter()
    clients = {True: kyf.client("planner", Walker), False: kyf.client("ministry", Walker)}
    kinds = [kind for kind in all_kinds() if kind.creatable]
    for _ in range(FORMS):
        kind = fuzzer.random.choice(kinds)
        data = post_data(kind, values_for(kind.model, kyf.home if kind.is_tenant else None))
        names = [*data, "version", "form_key", "_create_related", "title_precision"]
        for name in fuzzer.random.sample(names, min(4, len(names))):
            data[name] = [fuzzer.plain() for _ in range(fuzzer.random.randint(0, 2))]
        page = fuzzer.random.choice(["create", "update"])
        url = kind.url(page, kyf.home, rows_at(kind, kyf.home).first().pk if page == "update" else None)
        status = clients[kind.is_tenant].post(url, data).status_code
        answers[status, f"{kind.name} {page} {str(data)[:300]}" if status >= 500 else ""] += 1
    assert broken(answers) == {}
    assert {status for status, _ in answers} <= {302, 404, 409, 422}


def test_an_unguarded_number_is_found(cast, monkeypatch):
    monkeypatch.setattr(listing, "whole_number", lambda text: int(text) if text else None)
    assert broken(ask_queries(cast, [(kind_of(Need).url("list", cast.home), ["anzahl"])], 40))
