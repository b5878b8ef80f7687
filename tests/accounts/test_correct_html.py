"""Every page of the portal is correct HTML: lists, records, forms, forms with errors, refusals, for those who see most.

The rules and their limits are in tests/markup.py; ``make crawl`` asks the Nu Html Checker besides.
"""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse

from records.registry import all_kinds
from tests.accounts.access_table import Question, other_questions, questions_about
from tests.accounts.public_table import PUBLIC, public_url
from tests.cast import Cast, Walker
from tests.factories import one_of_each
from tests.kinds import typical_kinds
from tests.markup import errors

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("quiet", "unprinted"), pytest.mark.once]

TEXT = "Wort „mit“ <b>Zeichen</b> &amp;"
SHOWN = (200, 409, 422)


def pages(cast: Cast, who: str, questions: list[Question]) -> Iterator[tuple[str, HttpResponse]]:
    """Address and answer of every HTML page: what GET shows, and what a POST without content brings back."""
    client = cast.client(who, Walker)
    for question in questions:
        for method in ("get", "post"):
            if question.answer(who, method) in SHOWN:
                response = getattr(client, method)(question.url)
                if response.headers.get("Content-Type", "").startswith("text/html"):
                    yield f"{method.upper()} {question.url}", response


def wrong(found: Iterator[tuple[str, HttpResponse]]) -> tuple[int, list[str]]:
    """Number of pages, and what is wrong with them."""
    count, problems = 0, []
    for address, response in found:
        count += 1
        problems += [f"{address}: {error}" for error in errors(response.content.decode())]
    return count, problems


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("planner", typical_kinds()),
        ("ministry", typical_kinds()),
        ("admin", ()),
        pytest.param("planner", all_kinds(), marks=pytest.mark.long),
        pytest.param("ministry", all_kinds(), marks=pytest.mark.long),
    ],
    ids=["planner", "ministry", "admin", "planner-every-kind", "ministry-every-kind"],
)
def test_pages_are_correct_html(cast, who, kinds):
    rows = one_of_each(cast.home, text=TEXT)
    strangers = rows  # their addresses are below the own municipality, so they are the same pages
    questions = list(other_questions(cast))
    for kind in kinds:
        questions += questions_about(kind, cast, rows, strangers)
    count, problems = wrong(pages(cast, who, list({question.url: question for question in questions}.values())))
    assert count > 40
    assert problems == []


def test_public_pages_and_refusals_are_correct_html(cast):
    client, planner = cast.client("anonymous"), cast.client("planner")
    addresses = [public_url(name) for name in PUBLIC]
    found = [(address, client.get(address)) for address in addresses]
    found += [(address, client.post(address)) for address in addresses if "melden/" in address or "pruefen" in address]
    refused = ("/konto/personen/", "/kyffhaeuserkreis/nirgends/", "/?%00")
    found += [(address, planner.get(address)) for address in refused]
    found = [(address, answer) for address, answer in found if answer.status_code != 405]
    assert {answer.status_code for _, answer in found} == {200, 400, 403, 404, 410, 422}
    count, problems = wrong((url, answer) for url, answer in found if answer["Content-Type"].startswith("text/html"))
    assert count > 10
    assert problems == []


def page(body: str) -> str:
    head = '<!DOCTYPE html><html lang="de"><head><title>T</title></head>'
    return f"{head}<body><main><h1>T</h1>{body}</main></body></html>"


def test_a_correct_page_has_no_errors():
    assert errors(page('<p>A <a href="/">b</a></p><ul><li>c</li></ul><label>d <input name="e"></label>')) == []


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("<p><div>a</div></p>", "parse error"),
        ("<span><p>a</p></span>", "p in span"),
        ("<ul><div>a</div></ul>", "div in ul"),
        ('<a href="/"><button>b</button></a>', "button in a"),
        ('<i id="a"></i><i id="a"></i>', "id twice: a"),
        ('<label for="nothing">a</label>', "nothing has the id nothing"),
        ('<p aria-describedby="nothing">a</p>', "nothing has the id nothing"),
        ('<form action=""></form>', "form: empty action"),
        ('<table><tr><td role="cell">a</td></tr></table>', "td with role cell"),
        ('<button hx-get="/">a</button>', "write data-hx-get"),
        ('<input type="hidden" name="a" aria-label="b">', "nobody hears"),
        ('<label>a <textarea name="b" wrap="off"></textarea></label>', "textarea b: wrap off"),
        ('<progress max="0" value="0" aria-label="a"></progress>', "progress of nothing"),
        ('<input name="a">', "input a without label"),
        ('<label>a <input type="checkbox" name="b" autocomplete="off"></label>', "checkbox b with autocomplete"),
        ('<img src="/a.png">', "without alt"),
        ('<label>a <select name="b"><option value=""></option></select></label>', "option without text"),
        ("<h3>a</h3>", "heading h3 after h1"),
        ("<h1>b</h1>", "2 times h1"),
    ],
)
def test_an_error_is_found(body, error):
    assert [found for found in errors(page(body)) if error in found]
