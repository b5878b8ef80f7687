"""The content security policy allows no inline style and no inline script, so no template may hold one."""

import re

import pytest

from tests.architecture import source

COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
RULES = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without src": re.compile(
        r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*type\s*=\s*[\"']application/json)", re.IGNORECASE
    ),
    "event handler": re.compile(r"<[^>]*\s(on[a-z]+|(data-)?hx-on[:a-z-]*)\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "foreign asset": re.compile(
        r"<(script|img|link|iframe|source)\b[^>]*\s(src|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE
    ),
}


def inline(html: str) -> list[str]:
    """Line and name of every offence; template and HTML comments do not count."""
    html = COMMENT.sub(lambda match: "\n" * match.group().count("\n"), html)
    return [
        f"{html.count(chr(10), 0, match.start()) + 1}: {name}"
        for name, rule in RULES.items()
        for match in rule.finditer(html)
    ]


def test_templates_hold_no_inline_style_or_script():
    templates = source.own(".html", ".svg")
    found = [f"{path}:{row}" for path in templates if "tests" not in path.parts for row in inline(source.text(path))]
    assert not found, "\n".join(["move it to a file in static/ or to an attribute of its own:", *found])


@pytest.mark.parametrize(
    "html",
    [
        '<p class="a"\n style="color:red">',
        "<svg><style>p{}</style></svg>",
        "<script>go()</script>",
        '<button onclick="go()">',
        '<button hx-on:click="go()">',
        '<button data-hx-on:click="go()">',
        '<a href="javascript:go()">',
        '<script src="https://example.org/a.js"></script>',
    ],
)
def test_an_inline_style_or_script_is_found(html):
    assert len(inline(html)) == 1


def test_files_and_comments_are_allowed():
    assert not inline('<script src="{% static "a.js" %}" defer></script><link rel="stylesheet" href="/a.css">')
    assert not inline(
        '{# <p style="x"> #}<script type="application/json">{}</script><a href="https://example.org">x</a>'
    )
