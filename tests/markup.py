"""Correct HTML, judged without Java: parse errors of the HTML standard, and the rules that pages break most easily.

The full judge is the Nu Html Checker in ``make crawl``; what it has found once is a rule here.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

PHRASING_ONLY = {
    "p",
    "span",
    "h1",
    "h2",
    "h3",
    "h4",
    "label",
    "button",
    "small",
    "b",
    "strong",
    "em",
    "i",
    "dt",
    "summary",
    "legend",
    "caption",
    "time",
    "title",
    "option",
}
FLOW = {
    "div",
    "p",
    "ul",
    "ol",
    "dl",
    "table",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "nav",
    "main",
    "form",
    "fieldset",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "pre",
    "blockquote",
    "details",
    "address",
}
HEADING_IN = {"summary": {"h1", "h2", "h3", "h4"}, "legend": {"h1", "h2", "h3", "h4"}}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "select": {"option", "optgroup"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
}
INTERACTIVE = {"a", "button", "select", "textarea", "label", "summary", "input"}
WITHOUT_COMPLETION = {"checkbox", "hidden", "radio", "file", "submit"}
LABELLED = {"input", "select", "textarea"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list", "form")
TABLE_PARTS = {"table", "thead", "tbody", "tr", "th", "td"}
NOT_EMPTY = ("action", "href", "src", "id", "for", "aria-label", "aria-labelledby", "aria-describedby")
HTML = "{http://www.w3.org/1999/xhtml}"


def name(element: Element) -> str:
    """The tag without namespace; empty for comments."""
    return element.tag.removeprefix(HTML) if isinstance(element.tag, str) else ""


def errors(html: str) -> list[str]:
    """Everything that is wrong with a page, one sentence each."""
    parser = HTMLParser()
    root = parser.parse(html)
    found = [f"parse error: {code}" for _, code, *_ in parser.errors]
    elements = [element for element in root.iter() if name(element)]
    return [*found, *of_document(elements), *nesting(root, ()), *of_elements(elements)]


def of_document(elements: list[Element]) -> Iterator[str]:
    """Ids, references to them, and what a page has once."""
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    yield from (f"id twice: {key}" for key, count in ids.items() if count > 1)
    for element in elements:
        for attribute in REFERENCES:
            missing = set((element.get(attribute) or "").split()) - ids.keys()
            yield from (f"{name(element)} {attribute}: nothing has the id {key}" for key in sorted(missing))
    counts = Counter(name(element) for element in elements)
    for once in ("h1", "main"):
        if counts[once] != 1:
            yield f"{counts[once]} times {once}"
    levels = [int(name(element)[1]) for element in elements if name(element) in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    yield from (f"heading h{b} after h{a}" for a, b in pairwise(levels) if b > a + 1)


def nesting(element: Element, above: tuple[str, ...]) -> Iterator[str]:
    """What stands in what it must not stand in."""
    tag = name(element)
    parent = above[-1] if above else ""
    if tag in FLOW and parent in PHRASING_ONLY and tag not in HEADING_IN.get(parent, set()):
        yield f"{tag} in {parent}"
    if parent in CHILDREN and tag not in CHILDREN[parent]:
        yield f"{tag} in {parent}"
    if tag in INTERACTIVE and element.get("type") != "hidden":
        outer = {"a", "button"} & set(above) | ({"label"} & set(above) if tag == "label" else set())
        yield from (f"{tag} in {place}" for place in sorted(outer))
    for child in element:
        if name(child):
            yield from nesting(child, (*above, tag))


def of_elements(elements: list[Element]) -> Iterator[str]:
    """Attributes of single elements."""
    labels = {element.get("for") for element in elements if name(element) == "label"}
    inside = {id(part) for element in elements if name(element) == "label" for part in element.iter()}
    for element in elements:
        tag = name(element)
        yield from (f"{tag}: empty {key}" for key in NOT_EMPTY if element.get(key) == "")
        yield from (f"{tag}: write data-{key}" for key in element.attrib if key.startswith("hx-"))
        if tag in TABLE_PARTS and element.get("role") not in (None, "group", "presentation"):
            yield f"{tag} with role {element.get('role')}: written by static/js/tables.js, an error in the markup"
        if tag in {"form", "table"} and element.get("role") == "region":
            yield f"{tag} with role region"
        named = (
            {"aria-label", "aria-labelledby"} & set(element.keys())
            or element.get("id") in labels
            or id(element) in inside
            or element.get("type") in ("hidden", "submit")
            or element.get("hidden") is not None
        )
        if tag in LABELLED and not named:
            yield f"{tag} {element.get('name')} without label"
        if tag == "input" and element.get("type") in WITHOUT_COMPLETION and element.get("autocomplete"):
            yield f"{element.get('type')} {element.get('name')} with autocomplete"
        yield from of_values(tag, element)
        if tag == "option" and not (element.get("label") or "".join(element.itertext())).strip():
            yield "option without text"
        if tag == "img" and element.get("alt") is None:
            yield f"img {element.get('src')} without alt"


def of_values(tag: str, element: Element) -> Iterator[str]:
    """Values that an attribute cannot have beside the others."""
    if element.get("type") == "hidden" and any(key.startswith("aria-") for key in element.attrib):
        yield f"hidden {tag} {element.get('name')} with a name that nobody hears"
    if tag == "textarea" and element.get("wrap") not in (None, "soft", "hard"):
        yield f"textarea {element.get('name')}: wrap {element.get('wrap')}"
    if tag == "progress" and element.get("max") == "0":
        yield "progress of nothing"
