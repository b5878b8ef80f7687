"""Styles have a floor: browsers that do not know a new function or selector draw something plain, never black.

Scripts have none: what not all supported browsers know stops a script, so none of it is used.

Which browsers these are stands in docs/product.md §8.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from lsz_portal import bundle

STATIC = Path(settings.BASE_DIR, "static")
# Those of „plan“ that no page names are for the portal's own PDFs.
SHEETS = [*sorted(STATIC.glob("css/*.css")), STATIC / "plan" / "preview.css", STATIC / "plan" / "public.css"]
# Not known to all browsers of docs/product.md §8, or to older ones; KERN writes its colours as oklch.
NEW = re.compile(
    r"\b(color-mix|light-dark|oklch|oklab|lch|lab|color|linear|round|mod|rem|sin|cos|pow|sqrt|anchor|if)\("
    r"|var\(--kern-color|\d(dvh|svh|lvh|dvw|svw|lvw|cqw|cqh|cqi|cqb|rlh|lh)\b|\" / \""
)
NEW_IN_SCRIPTS = re.compile(
    r"checkVisibility|:has\(|\.(toSorted|toReversed|toSpliced|with|union|intersection|difference|isSubsetOf)\("
    r"|(Object|Map)\.groupBy|Array\.fromAsync|Promise\.(try|withResolvers)|URL\.(canParse|parse)\(|moveBefore|\bpopover"
    r"|startViewTransition|structuredClone|AbortSignal\.any|\bnavigation\.|scrollend|setHTML|Iterator\.|import\.meta\.resolve"
)
NEW_AT_RULES = ("@layer", "@container", "@scope", "@starting-style", "@property", "@function", "@position-try")


def rules(css: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Each rule with the at-rules around it, its selector and its declarations."""
    around: list[str] = []
    text = ""
    for part in re.split(r"([{};])", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        if part == "{":
            around.append(text.strip())
            text = ""
        elif part == "}":
            selector = around.pop()
            if not selector.startswith("@") or text.strip():
                yield tuple(around), selector, text.strip()
            text = ""
        else:
            text += part


def without_floor(css: str) -> list[str]:
    """What is written without a plain value or rule before it."""
    found, plain = [], set()
    for around, selector, body in rules(css):
        asked = any(each.startswith("@supports") for each in around)
        found += [f"{each} …" for each in (*around, selector) if each.startswith(NEW_AT_RULES)]
        if any(not each.startswith("@") for each in around) or "&" in selector:
            found.append(f"nested: {selector}")
        if not asked and is_lost_without_has(selector):
            found.append(f"lost without :has(): {selector}")
        before: set[str] = set()
        for line in filter(None, map(str.strip, body.split(";"))):
            name, _, value = line.partition(":")
            known = plain if name.startswith("--") else before
            if NEW.search(value) and not (name in known and (asked or not name.startswith("--"))):
                found.append(f"{selector}: {line}")
            elif not NEW.search(value) and not asked:
                known.add(name)
    return found


def is_lost_without_has(selector: str) -> bool:
    """Whether plain selectors share a rule with one that old browsers cannot read: they drop the whole rule."""
    outer = re.sub(r":(is|where)\((?:[^()]|\([^()]*\))*\)", "", selector)  # these forgive what they do not know
    parts = re.split(r",(?![^(]*\))", outer)
    return len({":has(" in part for part in parts}) > 1


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_plain_value_stands_before_every_new_function(sheet):
    assert without_floor(sheet.read_text()) == []


@pytest.mark.parametrize(
    "css",
    [
        "a { color: color-mix(in srgb, red, blue); }",
        "a { color: red; } b { color: oklch(1 0 0); }",
        ":root { --c: light-dark(white, black); }",
        ":root { --c: var(--kern-color-black); }",
        ":root { --c: white; } :root { --c: light-dark(white, black); }",  # a variable keeps what it cannot use
        "a { height: 100dvh; }",
        'a::before { content: "x" / ""; }',
        "a:has(b), c { color: red; }",
        "a { b { color: red; } }",
        "@layer x { a { color: red; } }",
    ],
)
def test_what_has_no_floor_would_be_found(css):
    assert len(without_floor(css)) == 1


def test_what_has_a_floor_is_left_alone():
    css = """
    :root { --c: white; } @supports (color: light-dark(red, red)) { :root { --c: light-dark(white, black); } }
    a { height: 100vh; height: 100dvh; } a:has(b) { color: red; } a:is(b, :has(c)), d { color: red; }
    """
    assert without_floor(css) == []


def test_drawings_that_are_handed_out_have_plain_colours():
    folder = Path(settings.BASE_DIR)
    drawn = [*folder.glob("printing/drawings/*.py"), *folder.glob("templates/printing/drawings/*.html")]
    assert drawn
    assert [path.name for path in drawn if re.search(r"light-dark\(|color-mix\(|oklch\(", path.read_text())] == []


def test_scripts_ask_for_nothing_that_a_supported_browser_does_not_know():
    scripts = sorted(Path(settings.BASE_DIR, "static", "js").glob("*.js"))
    assert len(scripts) > 10
    found = {path.name: NEW_IN_SCRIPTS.findall(path.read_text(encoding="utf-8")) for path in scripts}
    assert {name: names for name, names in found.items() if names} == {}


def test_every_sheet_that_a_page_names_is_asked():
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    named = {name for path in templates for name in re.findall(r'static "([^"]+\.css)"', path.read_text("utf-8"))}
    asked = {str(sheet.relative_to(STATIC)) for sheet in SHEETS}
    assert len(named) > 10
    assert named - asked == {bundle.NAME}


def lost_when_narrow(html: str) -> list[str]:
    """Parts for wide pages that hold a way or are one, in a template without a part for narrow ones."""
    parts = re.findall(r'<(\w+)[^>]*class="[^"]*\bonly-l\b[^"]*"[^>]*>(.*?)</\1>', html, re.DOTALL)
    ways = [
        tag for tag, inner in parts if tag in ("a", "button", "form", "select") or re.search(r"<(a|button)\b", inner)
    ]
    return [] if "only-s" in html else ways


def test_what_only_a_wide_page_shows_has_a_twin_for_narrow_ones():
    root = Path(settings.BASE_DIR) / "templates"
    found = {path.name: lost_when_narrow(path.read_text(encoding="utf-8")) for path in root.rglob("*.html")}
    assert {name: ways for name, ways in found.items() if ways} == {}
    assert lost_when_narrow('<span class="muted only-l">Je Seite: <a href="/">100</a></span>') == ["span"]
