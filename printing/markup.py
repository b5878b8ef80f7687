"""Texts in a small, safe markup: headings, lists, bold, italic, links, tables, footnotes. A subset of Markdown.

The HTML is written here, token by token, from a short list of elements; everything else is text. There is no raw HTML,
no picture, and an address is http, https or mailto. Texts are short (LONG_TEXT), lists end at DEEPEST levels.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from math import inf
from time import thread_time

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline.link import link
from markdown_it.rules_inline.state_inline import Delimiter, StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from printing.counting import PLAIN, Style
from printing.markup_lines import Reader
from printing.numbering import Counter

LONGEST_LEAD = 350  # characters
DEEPEST_EMPHASIS = 2  # of bold, of italic
ALLOWED = re.compile(r"https?://[^/?#\s]+|mailto:[^@\s]+@[^@\s]+$", re.IGNORECASE)
BARE = re.compile(r"https?://[^\s<>„“”\"']*[^\s<>„“”\"'.,;:!?)\]*_]")
CAPTION = "Tabelle:"
LISTS = {"bullet_list": "ul", "ordered_list": "ol"}
PLAIN_BLOCKS = LISTS | {"list_item": "li", "thead": "thead", "tbody": "tbody", "tr": "tr"}


class TooMuchText(Exception):
    """What a page wants to show is more work than it may be."""


_until = ContextVar("until", default=inf)  # the computing time of this thread at which no further text is begun


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """In here texts take so many seconds of computing, or a little more; then TooMuchText is raised."""
    token = _until.set(thread_time() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def to_html(
    text: str,
    *,
    numbers: Counter | None = None,
    printed: bool = False,
    first_class: str = "",
    level: int = 2,
    prefix: str = "text",
) -> SafeString:
    """The text as HTML.

    ``numbers`` numbers headings and tables and sets the level of headings; without it they have none and begin at
    ``level``. ``printed`` shows the addresses of links, ``first_class`` sets a short paragraph apart where it opens
    the text, ``prefix`` tells the footnotes of several texts on a page apart.
    """
    if not text.strip():
        return mark_safe("")
    if thread_time() > _until.get():
        raise TooMuchText
    reader = Reader(text)
    tokens = parser().parse(reader.read(), {})
    writer = Writer(numbers=numbers, printed=printed, first_class=first_class, level=level, prefix=prefix)
    writer.counted = reader.counted
    return mark_safe(writer.blocks(tokens))  # escaped in there


@cache
def parser() -> MarkdownIt:
    """Markdown with nothing but what the house allows."""
    markdown = MarkdownIt("zero", {"maxNesting": 60})
    markdown.enable(["list", "heading", "table", "escape", "link", "newline", "emphasis"])
    markdown.use(footnote_plugin, inline=False)
    markdown.inline.ruler.at("emphasis", emphasis)
    markdown.inline.ruler.at("link", link_if_one_ends)
    markdown.validateLink = lambda url: bool(ALLOWED.match(url))  # type: ignore[method-assign]
    return markdown


def emphasis(state: StateInline, silent: bool) -> bool:
    """As the parser's own rule, but a star inside a word is a letter: „Bürger*innen und Planer*innen“."""
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    found = state.scanDelims(state.pos, False)
    for _ in range(found.length):
        state.push("text", "", 0).content = marker
        mark = Delimiter(ord(marker), found.length, len(state.tokens) - 1, -1, found.can_open, found.can_close)
        state.delimiters.append(mark)
    state.pos += found.length
    return True


@lru_cache(maxsize=16)
def last_link(text: str) -> int:
    """Where the words of the last link end, -1 where there is none."""
    return text.rfind("](")


def link_if_one_ends(state: StateInline, silent: bool) -> bool:
    """As the parser's own rule, which looks through the rest of the text for every bracket: 20 000 took a second."""
    return last_link(state.src) > state.pos and link(state, silent)


def words_of(tokens: Sequence[Token]) -> str:
    """The words alone."""
    parts = (" " if token.type in ("softbreak", "hardbreak") else token.content for token in tokens)
    return "".join(parts).strip()


class Writer:
    """Turns tokens into HTML. Every method returns markup that is safe: constants and escaped words."""

    def __init__(self, *, numbers: Counter | None, printed: bool, first_class: str, level: int, prefix: str) -> None:
        self.numbers, self.printed, self.first_class, self.prefix = numbers, printed, first_class, prefix
        self.level = level + numbers.shift if numbers else level
        self.has_section = False
        self.counted: dict[int, tuple[Style, int]] = {}  # what was typed before an item, by its line
        self.expected: list[int] = []  # in the open counted lists, what the next item would be
        self.referred: set[int] = set()
        self.heading_end = ""

    # ------------------------------------------------------------ blocks
    def blocks(self, tokens: list[Token]) -> str:
        """The whole text, one block of it a line."""
        lines: list[str] = []
        parts: list[str] = []
        first_note = next((at for at, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
        for token in tokens[first_note:]:
            token.level += 1  # the notes are one block
        for at, token in enumerate(tokens):
            parts.append(self.block(tokens, at, is_first=not lines and not parts))
            if token.nesting <= 0 and token.level == 0 and any(parts):
                lines.append("".join(parts))
                parts.clear()
        return "\n".join(filter(None, [*lines, "".join(parts)]))

    def block(self, tokens: list[Token], at: int, *, is_first: bool) -> str:
        """The markup of one token."""
        token = tokens[at]
        kind, _, side = token.type.rpartition("_")
        if token.type == "inline":
            caption = self.caption_of(tokens, at)
            return "" if caption else self.inline(token.children or [])
        if kind == "paragraph":
            is_part = token.level > 0
            return self.part(tokens, at) if is_part else self.paragraph(tokens, at, side, is_first=is_first)
        if kind == "heading":
            return self.heading(tokens[at + 1].children or [], token) if side == "open" else self.heading_end
        if kind == "table":
            return self.table(tokens, at) if side == "open" else self.table_end
        if kind in ("th", "td"):
            return cell(token, kind) if side == "open" else f"</{kind}>"
        if kind.startswith("footnote"):
            return self.note(token)
        if kind in LISTS:
            return self.listing(tokens, at, kind) if side == "open" else self.list_end(kind)
        if token.type == "list_item_open" and token.info:
            return self.counted_item(token)
        name = PLAIN_BLOCKS.get(kind)
        return f"<{'/' if side == 'close' else ''}{name}>" if name else escape(token.content)

    def listing(self, tokens: list[Token], at: int, kind: str) -> str:
        """The beginning of a list: how it counts by a class, where from by the number that was typed."""
        is_loose = not next(inner.hidden for inner in tokens[at:] if inner.type == "paragraph_open")
        style, number = self.typed(tokens[at + 1]) if kind == "ordered_list" else (PLAIN, 1)
        if kind == "ordered_list":
            self.expected.append(number)
        classes = " ".join(filter(None, ["weit" if is_loose else "", style.css]))
        name = f' class="{classes}"' if classes else ""
        begin = f' start="{number}"{self.counts_from(number, "-1")}' if number != 1 else ""
        return f"<{LISTS[kind]}{name}{begin}>"

    def list_end(self, kind: str) -> str:
        """The end of a list."""
        if kind == "ordered_list":
            self.expected.pop()
        return f"</{LISTS[kind]}>"

    def counted_item(self, token: Token) -> str:
        """An item with its number, where it is not the next one."""
        number = self.typed(token)[1]
        is_next, self.expected[-1] = number == self.expected[-1], number + 1
        return "<li>" if is_next else f'<li value="{number}"{self.counts_from(number, "0")}>'

    def counts_from(self, number: int, step: str) -> str:
        """The number for the library that prints: it knows no attribute for it (Word reads ``start`` and ``value``)."""
        return (
            f' style="counter-reset: list-item {number}; counter-increment: list-item {step}"' if self.printed else ""
        )

    def typed(self, token: Token) -> tuple[Style, int]:
        """What was typed before an item."""
        return self.counted.get(token.map[0], (PLAIN, 1)) if token.map else (PLAIN, 1)

    @staticmethod
    def part(tokens: list[Token], at: int) -> str:
        """A paragraph of an item or a footnote: words alone, as PDF/UA demands, a second one on a line of its own."""
        is_further = tokens[at].nesting > 0 and tokens[at - 1].type == "paragraph_close"
        return "<br>" if is_further else ""

    def paragraph(self, tokens: list[Token], at: int, side: str, *, is_first: bool) -> str:
        """Begin or end of a paragraph."""
        if side == "close":
            return "" if self.caption_of(tokens, at - 1) else "</p>"
        if self.caption_of(tokens, at + 1):
            return ""
        inline = tokens[at + 1]
        is_lead = self.first_class and is_first and len(words_of(inline.children or [])) <= LONGEST_LEAD
        return f'<p class="{escape(self.first_class)}">' if is_lead else "<p>"

    @staticmethod
    def caption_of(tokens: list[Token], at: int) -> str:
        """The words of a paragraph that is the caption of the table behind it."""
        if at < 0 or at + 2 >= len(tokens) or tokens[at + 2].type != "table_open":
            return ""
        words = words_of(tokens[at].children or [])
        return words.removeprefix(CAPTION).strip() if words.startswith(CAPTION) else ""

    def heading(self, children: Sequence[Token], token: Token) -> str:
        """A heading, one or two levels below the chapter; no level is left out."""
        is_section = token.markup == "#" or not self.has_section
        self.has_section = True
        tag = f"h{self.level + (not is_section)}"
        self.heading_end = f"</{tag}>"
        if self.numbers is None:
            return f"<{tag}>"
        title = words_of([child for child in children if child.type != "footnote_ref"])
        heading = self.numbers.section(title) if is_section else self.numbers.subsection(title)
        return f'<{tag} id="{heading.anchor}"><span class="nr">{heading.number}</span> '

    def table(self, tokens: list[Token], at: int) -> str:
        """The beginning of a table: fixed columns, the first one in the margin when printed."""
        count = next(n for n, token in enumerate(tokens[at + 3 :]) if token.type == "tr_close") // 3
        is_wide = tokens[at].level == 0
        classes = " ".join(["text", "wide"] if is_wide and self.printed else ["text"])
        first = '<col class="rand">' if is_wide else "<col>"
        words = self.caption_of(tokens, at - 2)
        number = f"<b>{self.numbers.table()} </b>" if words and self.numbers else ""
        caption = f"<caption>{number}{escape(words)}</caption>" if words else ""
        table = f'<table class="{classes}">{caption}<colgroup>{first}{"<col>" * (count - 1)}</colgroup>'
        label = escape(words) or "Tabelle"
        scrolling = f'<div class="text-table" tabindex="0" role="region" aria-label="{label}">'
        return table if self.printed else scrolling + table

    @property
    def table_end(self) -> str:
        """The end of a table."""
        return "</table>" if self.printed else "</table></div>"

    def note(self, token: Token) -> str:
        """The footnotes, at the end of the text."""
        if token.type == "footnote_block_open":
            return '<ol class="fussnoten" aria-label="Fußnoten">'
        if token.type == "footnote_block_close":
            return "</ol>"
        if token.type == "footnote_open":
            return f'<li id="{self.place("fn", token)}">'
        if token.type == "footnote_close":
            return "</li>"
        if token.type == "footnote_anchor" and not self.printed and not token.meta["subId"]:
            number = token.meta["id"] + 1
            return f' <a href="#{self.place("zu", token)}" aria-label="Zurück zu Fußnote {number} im Text">↑</a>'
        return ""

    def place(self, name: str, token: Token) -> str:
        """The id of a footnote or of the place that refers to it."""
        return f"{escape(self.prefix)}-{name}{token.meta['id'] + 1}"

    # ------------------------------------------------------------ words
    def inline(self, children: list[Token]) -> str:
        """The words of a block."""
        depth = {"em": 0, "strong": 0}
        parts: list[str] = []
        waiting = iter(children)
        for token in waiting:
            if token.type == "link_open":
                parts.append(self.link(str(token.attrGet("href") or ""), waiting))
            elif token.tag in depth:
                depth[token.tag] += token.nesting == 1
                if depth[token.tag] <= DEEPEST_EMPHASIS:
                    parts.append(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")
                depth[token.tag] -= token.nesting == -1
            elif token.type == "footnote_ref":
                parts.append(self.reference(token))
            else:
                parts.append(self.words(token))
        return "".join(parts)

    def words(self, token: Token) -> str:
        """Words with their addresses; a line that somebody ended stays one."""
        if token.type in ("softbreak", "hardbreak"):
            return "<br>"
        parts, end = [], 0
        for match in BARE.finditer(token.content):
            url = escape(match[0])
            parts += [escape(token.content[end : match.start()]), f'<a href="{url}">{url}</a>']
            end = match.end()
        return "".join([*parts, escape(token.content[end:])])

    def link(self, url: str, waiting: Iterator[Token]) -> str:
        """A link with nothing but words in it, as PDF/UA demands; printed with its address where the words hide it."""
        inside = []
        for token in waiting:
            if token.type == "link_close":
                break
            inside.append(token)
        words = words_of(inside) or url
        if not ALLOWED.match(url):  # an empty address
            return escape(words)
        address = url.removeprefix("https://").removeprefix("http://").removeprefix("mailto:").rstrip("/")
        link = f'<a href="{escape(url)}">{escape(words)}</a>'
        is_hidden = address.casefold() not in words.casefold()
        return f'{link} <span class="adresse">({escape(address)})</span>' if self.printed and is_hidden else link

    def reference(self, token: Token) -> str:
        """The raised number of a footnote."""
        number = token.meta["id"]
        anchor = "" if number in self.referred else f' id="{self.place("zu", token)}"'
        self.referred.add(number)
        label = "" if self.printed else f' aria-label="Fußnote {number + 1}"'
        return f'<sup class="fn"><a{anchor} href="#{self.place("fn", token)}"{label}>{number + 1}</a></sup>'


def cell(token: Token, kind: str) -> str:
    """Begin of a cell; the right column of numbers by a class, as inline styles are not allowed."""
    css = ' class="n"' if "right" in str(token.attrGet("style") or "") else ""
    return f'<th scope="col"{css}>' if kind == "th" else f"<td{css}>"
