"""An edition of another time has other keys: whatever is missing or added, it is read, drawn, compared and exported."""

import io
import json
import re
from copy import deepcopy
from functools import cache

import docx
import pytest

from plans.compare import compare
from plans.drawing import draw_chapter, plan_html
from plans.enums import ChapterCode
from plans.parsing import from_json, read_plain
from plans.reading import reading_page
from plans.word import plan_docx
from printing.word.styles import set_up_styles
from printing.word.tree import tree_of
from printing.word.writer import Writer
from tests.plans.editions import stored

LATER = "key_of_a_later_time"
CODES = [code.value for code in ChapterCode]


# ---------------------------------------------------------------- walking through plan.json
def places(value, path=()):
    """Every key in a document: its path (lists as „*“) and the object that holds it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key), value
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from places(inner, (*path, "*"))


def thinned(value, path=(), seen=None):
    """The same document with the first object of each shape only: every path is left, few of each."""
    seen = set() if seen is None else seen
    if isinstance(value, dict):
        seen.update((*path, key) for key in value)
        return {key: thinned(inner, (*path, key), seen) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    kept = []
    for inner in value:
        is_new = any((*path, "*", *below) not in seen for below, _ in places(inner)) or len(kept) < 2
        if is_new or not isinstance(inner, dict):
            kept.append(thinned(inner, (*path, "*"), seen))
    return kept


@cache
def edition(folder, code=""):
    """The thinned document; with a code, one chapter of it alone."""
    document = json.loads(stored.newest_content(folder))
    plan = document["plan"]
    chapters = [thinned(chapter) for chapter in plan["chapters"] if code in ("", chapter["code"])]
    changes = thinned(plan["changes"]) if code in ("", "controlling") else None
    return document | {"plan": plan | {"chapters": chapters, "changes": changes}}


def paths(document):
    return list(dict.fromkeys(path for path, _ in places(document)))


def without(document, path, most):
    """A copy in which so many objects lack the key."""
    copy = deepcopy(document)
    for holder in [holder for found, holder in places(copy) if found == path][:most]:
        del holder[path[-1]]
    return copy


def packed(document):
    return json.dumps(document).encode()


@cache
def blank():
    """An empty Word document with the plan's styles, which take long to set up."""
    document, buffer = docx.Document(), io.BytesIO()
    set_up_styles(document)
    document.save(buffer)
    return buffer.getvalue()


@cache
def write(shape):
    """What Word is given, once for each order of tags: the writer looks at nothing else."""
    Writer(docx.Document(io.BytesIO(blank()))).write(tree_of(shape))


def assert_drawn(content):
    """Screen, print and Word; and nowhere the name of an empty value."""
    for chapter in content.chapters:
        listed, _ = draw_chapter(content, chapter, with_drawings=False)
        for piece in re.split(r"(<table.*?</table>)", re.sub(r"(?<=>)[^<]+(?=<)", "Wort", listed), flags=re.DOTALL):
            write(piece)
        drawn = [listed, reading_page(content, chapter)]
        if chapter.code in (ChapterCode.INVENTORY, ChapterCode.TIMELINE):
            drawn.append(draw_chapter(content, chapter)[0])
        assert not any("None" in html for html in drawn)


# ---------------------------------------------------------------- missing keys
@pytest.fixture(params=stored.FOLDERS, ids=lambda folder: folder.name)
def folder(request):
    return request.param


@pytest.mark.slow
def test_thinning_leaves_every_path(folder):
    whole = json.loads(stored.newest_content(folder))
    assert set(paths(edition(folder))) == set(paths(whole))
    assert len(paths(whole)) > 250
    assert whole["plan"]["changes"]["rows"]
    assert_drawn(from_json(packed(edition(folder))))


# A key is taken from one object or from all: in turn from path to path, with --long both ways everywhere.
WAYS = (1, None)


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("both", [False, pytest.param(True, marks=pytest.mark.long)])
def test_a_chapter_without_any_one_of_its_keys_is_drawn_and_compared(folder, code, both):
    document = edition(folder, code)
    today = read_plain(packed(document))
    for number, path in enumerate(paths(document)):
        if path[:3] == ("plan", "chapters", "*") or (path[:2] == ("plan", "changes") and code == "controlling"):
            for most in WAYS if both else WAYS[number % 2 :][:1]:
                data = packed(without(document, path, most))
                assert_drawn(from_json(data))
                compare(read_plain(data), today)
                compare(today, read_plain(data))


@pytest.mark.slow
def test_a_plan_without_any_one_of_its_keys_is_exported(folder):
    document = edition(folder, "needs")
    for path in [path for path in paths(document) if len(path) < 3]:
        content = from_json(packed(without(document, path, None)))
        assert "None" not in plan_html(content)
        words = docx.Document(io.BytesIO(plan_docx(content)))
        texts = [line.text for line in words.paragraphs]
        texts += [cell.text for table in words.tables for cell in table._cells]
        assert "None" not in " ".join(texts)
        assert ("4 Bedarf" in texts) == (path not in (("plan",), ("plan", "chapters")))


def test_an_edition_that_says_only_its_chapters_is_exported(folder):
    chapters = [{"code": code, "body": {}} for code in CODES]
    content = from_json(packed({"plan": {"chapters": chapters}}))
    assert_drawn(content)
    assert plan_docx(content)
    assert plan_docx(from_json(b"{}"))


def test_what_nobody_said_is_no_statement(folder):
    finance = without(edition(folder, "finance"), ("plan", "chapters", "*", "body", "total"), None)
    body = from_json(packed(finance)).chapters[0].body
    assert body.total is None
    matrix = without(
        edition(folder, "inventory"), ("plan", "chapters", "*", "body", "matrix", "*", "cells", "*", "count"), None
    )
    content = from_json(packed(matrix))
    assert "kein Angebot" not in draw_chapter(content, content.chapters[0])[0]
    silent = from_json(packed(without(edition(folder, "needs"), ("plan", "chapters", "*", "body"), None)))
    html = reading_page(silent, silent.chapters[0])
    assert "ausgelassen" not in html
    assert "kein Bedarf" not in html
    assert "stehen in der PDF-Datei" in html


def test_a_chapter_whose_records_are_unknown_is_not_compared(folder):
    whole = edition(folder, "needs")
    silent = read_plain(packed(without(whole, ("plan", "chapters", "*", "body"), None)))
    today = read_plain(packed(whole))
    assert compare(silent, today).rows == compare(today, silent).rows == ()


def test_entries_without_code_are_not_taken_for_each_other(folder):
    """A line of the red thread that names no entry is compared by its words, not as some entry without a code."""
    document = deepcopy(edition(folder))
    for path, holder in list(places(document)):
        if path[-1] == "code" and "needs" in path:
            del holder["code"]
    old = read_plain(packed(document))
    needs = [chapter for chapter in old["chapters"] if chapter["code"] == "needs"]
    assert not any(need["code"] for group in needs[0]["body"]["fields"] for need in group["needs"])
    new = deepcopy(old)
    for path, holder in list(places(new)):
        if path[-2:] == ("*", "lines") and holder.get("name") == "Bedarf":
            holder["lines"] = ["Ein ganz anderer Bedarf"]
    labels = {field.label for row in compare(old, new).rows for field in row.fields}
    assert "Bedarfe" not in labels  # what only one plan knows is no news of a link
    assert compare(old, deepcopy(old)).rows == ()


def test_a_series_with_a_value_without_year_is_drawn(folder):
    document = json.loads(stored.newest_content(folder))
    chapters = [chapter for chapter in document["plan"]["chapters"] if chapter["code"] == "inventory"]
    figures = chapters[0]["body"]["figures"]
    first = figures[0] | {"value": "1"}
    figures[:] = [first | {"year": year} for year in (2014, 2015, 2016, 2017)] + figures
    document["plan"]["chapters"] = chapters
    content = from_json(packed(document))
    drawings = draw_chapter(content, content.chapters[0])[0].count("<figure")
    assert drawings
    del figures[1]["year"]
    content = from_json(packed(document))
    assert draw_chapter(content, content.chapters[0])[0].count("<figure") == drawings


# ---------------------------------------------------------------- additional keys, values of another time
def test_unknown_keys_are_left_out(folder):
    document = json.loads(stored.newest_content(folder))
    later = deepcopy(document)
    for holder in {id(holder): holder for _, holder in list(places(later))}.values():
        holder[LATER] = {"much": ["more"]}
    assert LATER in packed(later).decode()
    assert from_json(packed(later)) == from_json(packed(document))


def test_null_is_a_missing_key_where_there_is_always_a_value(folder):
    for code in CODES:
        document = deepcopy(edition(folder, code))
        for path, holder in list(places(document["plan"]["chapters"])):
            if path[-1] not in ("code", "body"):
                holder[path[-1]] = None
        assert_drawn(from_json(packed(document)))


def test_choices_of_another_time_are_drawn(folder):
    document = deepcopy(edition(folder, "controlling"))
    for row in document["plan"]["changes"]["rows"]:
        row["kind"], row["group"] = "moved", "places"
    assert_drawn(from_json(packed(document)))
