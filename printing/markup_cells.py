"""A text in markup as lines: for cells of tables, which hold words alone (printing.markup draws blocks).

Items keep their mark as it was typed, headings are bold, the cells of a row stand beside each other.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it.token import Token

from printing.counting import PLAIN
from printing.markup import Writer, parser
from printing.markup_lines import Reader

INDENT = "\u00a0\u00a0"
IN_CELL = ("th_open", "td_open")


def to_lines(text: str) -> SafeString:
    """The text as HTML of one paragraph, a line of it behind each ``<br>``; empty for an empty text."""
    if not text.strip():
        return mark_safe("")
    reader = Reader(text)
    tokens = parser().parse(reader.read(), {})
    writer = Lines(numbers=None, printed=True, first_class="", level=2, prefix="")
    writer.counted = reader.counted
    return mark_safe("<br>".join(writer.lines(tokens)))  # escaped in there


class Lines(Writer):
    """Writes the same words line by line."""

    def lines(self, tokens: list[Token]) -> list[str]:
        """The lines, each of them markup that is safe."""
        found: list[str] = []
        cells: list[str] = []
        kinds: list[str] = []
        mark = ""
        for at, token in enumerate(tokens):
            if token.type in ("bullet_list_open", "ordered_list_open"):
                kinds.append(token.type)
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                kinds.pop()
            elif token.type == "list_item_open":
                mark = self.mark(token, kinds)
            elif token.type == "footnote_open":
                mark = f"{token.meta['id'] + 1} "
            elif token.type == "tr_close":
                found.append(" | ".join(cells))
                cells = []
            elif token.type == "inline":
                words = self.words_at(tokens, at)
                if tokens[at - 1].type in IN_CELL:
                    cells.append(words)
                else:
                    found.append(mark + words)
                    mark = ""
        return [line for line in found if line]

    def mark(self, token: Token, kinds: list[str]) -> str:
        """What stands before an item."""
        style, number = self.counted.get(token.map[0], (PLAIN, 1)) if token.map else (PLAIN, 1)
        sign = style.written(number) if kinds[-1] == "ordered_list_open" else "–"
        return f"{INDENT * (len(kinds) - 1)}{sign} "

    def words_at(self, tokens: list[Token], at: int) -> str:
        """The words of a block; those of a heading and of the head of a table are bold."""
        words = escape(caption) if (caption := self.caption_of(tokens, at)) else self.inline(tokens[at].children or [])
        is_bold = tokens[at - 1].type in ("heading_open", "th_open")
        return f"<b>{words}</b>" if is_bold and words else words

    def reference(self, token: Token) -> str:
        """The raised number of a footnote; it leads nowhere, its note stands in the same cell."""
        return f"<sup>{token.meta['id'] + 1}</sup>"
