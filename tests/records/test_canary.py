"""A canary in every text and file name of two municipalities: the planner of one never sees that of the other."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from copy import deepcopy

import pytest
from django.urls import reverse

from participation.models import NetworkEvent
from planning.enums import Phase
from planning.models import Need
from plans.enums import ChapterCode
from plans.models import ChapterText, Plan
from records import filters
from records.forms import record as form
from records.kind import RecordKind
from records.queries import scope
from records.registry import all_kinds, kind_of
from records.views import beside as pages
from tests.accounts.access_table import WITHOUT_ROW, pages_of, relations_to_assign
from tests.cast import Cast, Walker, make_cast
from tests.factories import make, make_kind, rows_at
from tests.html import read_form
from tests.kinds import writers_of
from tests.trial.conftest import forget_prepared

OWN, FOREIGN = "Kanarikyf", "Kanariabg"
LONGEST_WALK = 2000
PRINTED = "/pdf/"  # tests/plans looks into documents
pytestmark = [pytest.mark.usefixtures("quiet")]


@pytest.fixture(scope="module")
def kept_nests(kept_rows) -> Cast:
    """One record of every kind in both municipalities; catalogues, which both share, hold neither word."""
    cast = make_cast()
    for kind in all_kinds():
        if not kind.is_tenant:
            make_kind(kind, None, text="Katalog", around=True)
    for municipality, word in ((cast.home, OWN), (cast.away, FOREIGN)):
        for kind in all_kinds():
            if kind.is_tenant:
                make_kind(kind, municipality, text=word, around=True)
        for code in ChapterCode:
            make(ChapterText, municipality, text=word, chapter=code)
    return cast


@pytest.fixture
def nests(db, kept_nests) -> Cast:
    """The nests of the module, untouched."""
    return deepcopy(kept_nests)


def addresses(cast: Cast, kinds: Iterable[RecordKind]) -> Iterator[str]:
    """Every page of the kinds in ``home``, lists also with a search for the foreign word and with a filter."""
    for kind in kinds:
        first = rows_at(kind, cast.home).order_by("pk").first()
        for page, _, _, _ in pages_of(kind):
            yield kind.url(page, cast.home, None if page in WITHOUT_ROW else first.pk)
        yield f"{kind.url('list', cast.home)}?q={FOREIGN}"
        yield f"{kind.url('csv', cast.home)}?q={FOREIGN}"
        for relation, _ in relations_to_assign(kind):
            yield f"{kind.url('detail', cast.home, first.pk)}zuordnen/{relation}/"


def further_addresses(cast: Cast) -> Iterator[str]:
    """Pages that show records of many kinds."""
    slug = cast.home.slug
    yield "/"
    yield reverse("overview:start", kwargs={"slug": slug})
    yield reverse("insight:timeline", kwargs={"slug": slug})
    yield reverse("plans:checks", kwargs={"slug": slug})
    for ending in ("csv", "xlsx", "svg"):
        yield reverse("insight:timeline-export", kwargs={"slug": slug, "form": ending})
    plan = Plan.objects.get(municipality=cast.home)
    for code in ChapterCode:
        yield f"{reverse('plans:plan-detail', args=[slug, plan.pk])}?kapitel={code.slug}"
        yield reverse("plans:plan-chapter", args=[slug, plan.pk, code.slug])
    for phase in Phase:
        yield reverse("planning:phase", kwargs={"slug": slug, "phase": phase.slug})
    for words in (FOREIGN, "Kanari", ""):
        yield f"{reverse('records:search', kwargs={'slug': slug})}?q={words}"
    yield f"{reverse('records:search-programme')}?q={FOREIGN}"


def text_of(response) -> bytes:
    """The content, office files unpacked, with the file name under which it is saved."""
    content = response.getvalue() if response.streaming else response.content
    name = response.headers.get("Content-Disposition", "").encode()
    if content[:2] != b"PK":
        return content + name
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(package.read(entry) for entry in package.namelist()) + name


def walk(client: Walker, start: Iterable[str], *, follow: bool = True) -> Iterator[tuple[str, int, bytes]]:
    """Every page from these addresses on, following the links (without their queries) that the pages show."""
    waiting, seen = list(start), set()
    while waiting and len(seen) < LONGEST_WALK:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        response = client.get(url)
        yield url, response.status_code, text_of(response)
        if follow and response.headers.get("Content-Type", "").startswith("text/html"):
            for link in read_form(response.content).links:
                target = link.split("#")[0].split("?")[0]
                if target.startswith("/") and target not in seen and not target.endswith(PRINTED):
                    waiting.append(target)


def shows(text: bytes, word: str) -> bool:
    """Whether the page shows the word other than as the search that was asked for."""
    for asked in (f"q={word}", f'value="{word}"', f"Suche: {word}"):
        text = text.replace(asked.encode(), b"")
    return word.encode() in text


def leaks(client: Walker, start: Iterable[str], *, follow: bool = False) -> list[str]:
    """Addresses that show the foreign word."""
    return [f"{status} {url}" for url, status, text in walk(client, start, follow=follow) if shows(text, FOREIGN)]


@pytest.mark.slow
@pytest.mark.once
def test_no_page_of_home_shows_a_foreign_word(nests):
    client = nests.client("planner", Walker)
    start = [*addresses(nests, all_kinds()), *further_addresses(nests)]
    assert leaks(client, start, follow=True) == []


@pytest.mark.slow
def test_no_refused_form_shows_a_foreign_word(nests):
    client, wrong = nests.client("planner", Walker), []
    for kind in (kind for kind in all_kinds() if kind.is_tenant and "planner" in writers_of(kind)):
        first = rows_at(kind, nests.home).order_by("pk").first()
        for page in [page for page, _, _, post in pages_of(kind) if post in (409, 422)]:
            url = kind.url(page, nests.home, None if page in WITHOUT_ROW else first.pk)
            answer = client.post(url)
            if answer.status_code not in (409, 422) or shows(text_of(answer), FOREIGN):
                wrong.append(f"{answer.status_code} {url}")
    assert wrong == []


@pytest.mark.slow
def test_the_walk_is_wide_and_finds_own_words(nests):
    client = nests.client("planner", Walker)
    tenants = [kind for kind in all_kinds() if kind.is_tenant]
    details = [kind.url("detail", nests.home, rows_at(kind, nests.home).first().pk) for kind in tenants]
    found = {url: (status, text) for url, status, text in walk(client, details, follow=False)}
    assert {url: status for url, (status, _) in found.items() if status != 200} == {}
    without = [url for url, (_, text) in found.items() if OWN.encode() not in text.split(b"<main", 1)[1]]
    without_words = {
        kind.url("detail", nests.home, rows_at(kind, nests.home).first().pk) for kind in tenants if not words(kind)
    }
    assert set(without) <= without_words


def words(kind: RecordKind) -> bool:
    """Whether a kind has texts of its own that its page shows."""
    return any(
        kind.model._meta.get_field(name).get_internal_type() in ("CharField", "TextField")
        and not kind.model._meta.get_field(name).choices
        and kind.model._meta.get_field(name).max_length != 11
        for name in kind.field_names()
    )


@pytest.mark.slow
def test_pages_of_the_programme_show_records_of_nobody(nests):
    client = nests.client("planner", Walker)
    programme = [kind for kind in all_kinds() if not kind.is_tenant]
    readable = [url for url in addresses(nests, programme) if not url.endswith(("/neu/", "/bearbeiten/", "/loeschen/"))]
    found = list(walk(client, readable, follow=False))
    assert {status for url, status, _ in found if "zuordnen" not in url} == {200}
    assert [url for url, _, text in found if shows(text, FOREIGN)] == []
    with_own_registration = {kind_of(NetworkEvent).url("detail", None, row.pk) for row in NetworkEvent.objects.all()}
    assert {url for url, _, text in found if shows(text, OWN)} <= with_own_registration


@pytest.mark.slow
def test_rows_without_municipality_are_found(nests, monkeypatch):
    monkeypatch.setattr(scope, "rows_of_place", lambda model, municipality: model._default_manager.order_by("pk"))
    forget_prepared()
    client, kind = nests.client("planner", Walker), kind_of(Need)
    found = leaks(client, [kind.url(page, nests.home) for page in ("list", "csv", "xlsx")])
    forget_prepared()
    assert len(found) == 3


@pytest.mark.slow
def test_choices_without_municipality_are_found(nests, monkeypatch):
    def everything(model, *asked):
        return model._default_manager.all()

    for module, name in ((form, "rows_in_scope"), (filters, "rows_in_sight"), (pages, "rows_in_scope")):
        monkeypatch.setattr(module, name, everything)
    monkeypatch.setattr(filters, "labels_statement", filters.labels_statement.__wrapped__)
    client, kind = nests.client("planner", Walker), kind_of(Need)
    first = rows_at(kind, nests.home).first()
    found = leaks(
        client,
        [
            kind.url("create", nests.home),
            f"{kind.url('detail', nests.home, first.pk)}zuordnen/goals/",
        ],
    )
    assert len(found) == 2
