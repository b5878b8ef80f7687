"""From the tree of the plan's HTML to paragraphs and tables of the Word document."""

import re
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Mm, Pt

from printing.counting import BY_CSS, PLAIN, Style
from printing.word.inline import Face, Words
from printing.word.numbering import Numbering, count
from printing.word.parts import add_bookmark, describe_table, keep_row_together, repeat_head, set_look
from printing.word.styles import ACCENT, TABLE, WIDTH_CM
from printing.word.tree import Node, clean

BLOCKS = {
    "section",
    "article",
    "div",
    "header",
    "nav",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "dl",
    "hr",
}
GOAL_STYLES = ("Leitziel", "Handlungsziel", "Maßnahmenziel")
PARAGRAPHS = {
    "lead": "Einleitung",
    "leer": "Hinweis",
    "zeile": "Hinweis",
    "quelle": "Hinweis",
    "smart": "Hinweis",
    "her": "Hinweis",
}
MARGIN_MM = 34
NUMBERED = re.compile(r"^b(\d+)$")
AFTER_TABLE = Pt(8)


class Writer:
    """Writes chapter after chapter. ``headings`` collects level, text and bookmark for the contents."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.headings: list[tuple[int, str, str]] = []
        self.bookmarks = 0
        self.numbering = Numbering(document)
        self.begins_page = False
        self.last_row: Any = None  # of a table that has just ended
        # python-docx searches all styles for every paragraph; by their identifiers it is ten times as quick
        self.styles = {style.name: style.style_id for style in document.styles}

    # ------------------------------------------------------------ blocks
    def write(self, node: Node) -> None:
        """An element with everything in it; loose words become a paragraph."""
        loose = Node("p")
        for child in [*node.children, None]:
            if (isinstance(child, Node) and child.tag in BLOCKS) or child is None:
                if loose.text():
                    self.paragraph(loose)
                loose = Node("p")
                if child is not None:
                    self.block(child)
            elif child is not None:
                loose.children.append(child)

    def block(self, node: Node) -> None:
        """One block by its kind."""
        if re.fullmatch(r"h[1-6]", node.tag):
            self.heading(node, int(node.tag[1]))
        elif node.tag == "table":
            self.table(node)
        elif node.tag in ("ul", "ol"):
            self.listing(node, 0)
        elif node.tag == "blockquote":
            for child in node.elements():
                if child.tag == "p":
                    self.paragraph(child, PARAGRAPHS["her"] if "her" in child.classes else "Quote")
                else:
                    self.block(child)
        elif node.tag in ("p", "pre", "figcaption"):
            self.paragraph(node)
        else:
            self.begins_page = "blatt" in node.classes
            self.write(node)

    def new(self, style: str) -> Any:
        """An empty paragraph; behind a table it keeps its distance, and the last row goes with it."""
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self.styles[style]
        if self.last_row is not None and not style.startswith(("Heading", "Caption")):
            paragraph.paragraph_format.space_before = AFTER_TABLE
            for cell in self.last_row.cells:
                for line in cell.paragraphs:
                    line.paragraph_format.keep_with_next = True
        self.last_row = None
        return paragraph

    def paragraph(self, node: Node, style: str = "") -> None:
        """A paragraph with its words."""
        if not node.text():
            return
        known = [PARAGRAPHS[name] for name in node.classes if name in PARAGRAPHS]
        paragraph = self.new(style or (known[0] if known else "Normal"))
        if "vor" in node.classes:
            paragraph.paragraph_format.keep_with_next = True
        Words(paragraph).write(Node("p", {}, node.children))

    def heading(self, node: Node, level: int) -> None:
        """A heading with its number; its id becomes a bookmark."""
        words = " ".join(part for part in (number_of(node), rest_of(node)) if part)
        paragraph = self.new(f"Heading {min(level, 4)}")
        if self.begins_page:
            paragraph.paragraph_format.page_break_before, self.begins_page = True, False
        Words(paragraph).write(Node("h", {}, node.children))
        self.bookmarks += 1
        name = f"_Toc{100000 + self.bookmarks}"
        add_bookmark(paragraph, name, self.bookmarks)
        self.headings.append((level, words, name))

    # ------------------------------------------------------------ lists
    def listing(self, node: Node, depth: int) -> None:
        """Bulleted and numbered lists, the evidence of a need, sources, the tree of goals."""
        style = style_of(node) if node.tag == "ol" else None
        number = self.numbering.of_list(style, level=depth, begin=number_in(node, "start") or 1)
        for item in node.elements():
            if style and (value := number_in(item, "value")):
                number = self.numbering.of_list(style, level=depth, begin=value)
            if "ziele" in node.classes or (depth and "ziel" in node.attributes):
                self.goal(item, depth)
            elif "beleg" in node.classes or "quellen" in node.classes:
                self.hanging(item)
            else:
                self.item(item, "List Number" if node.tag == "ol" else "List Bullet", number, depth)

    def goal(self, node: Node, depth: int) -> None:
        """A goal: its code hangs, its words follow; then the goals below it."""
        for child in node.elements():
            if child.tag == "ol":
                for item in child.elements():
                    self.goal(item, depth + 1)
            elif "z" in child.classes:
                paragraph = self.new(GOAL_STYLES[min(depth, 2)])
                code = child.first("i")
                words = Words(paragraph)
                words.write(f"{code.text() if code else ''}")
                paragraph.add_run("\t")
                words.at_blank = True
                for part in child.children:
                    if part is not code:
                        words.write(part)
            else:
                self.paragraph(child)
                self.document.paragraphs[-1].paragraph_format.left_indent = Cm(1.2 * (depth + 2))

    def hanging(self, node: Node) -> None:
        """A line with its kind in the margin."""
        paragraph = self.new("Beleg")
        words = Words(paragraph)
        for child in node.children:
            is_label = isinstance(child, Node) and child.classes & {"art", "nr"}
            words.write(child, Face(soft=bool(is_label)))
            if is_label:
                paragraph.add_run("\t")
                words.at_blank = True

    def item(self, node: Node, style: str, number: int, depth: int) -> None:
        """An item with paragraphs and lists in it."""
        words = Node("p")
        inner = []
        for child in node.children:
            if isinstance(child, Node) and child.tag in ("ul", "ol"):
                inner.append(child)
            elif isinstance(child, Node) and child.tag == "p" and words.text():
                words.children += [Node("br"), *child.children]
            else:
                words.children += child.children if isinstance(child, Node) and child.tag == "p" else [child]
        paragraph = self.new(style)
        count(paragraph, number, depth)
        Words(paragraph).write(words)
        for lower in inner:
            self.listing(lower, depth + 1)

    # ------------------------------------------------------------ tables
    def table(self, node: Node) -> None:
        """A caption and a table of the plan's style."""
        rows = [row for part in node.elements() for row in part.elements() if row.tag == "tr"]
        caption = node.first("caption")
        if not rows:
            return
        head_rows = [row for part in node.elements() if part.tag == "thead" for row in part.elements()]
        count = max(sum(span(cell) for cell in row.elements()) for row in rows)
        title = self.caption(caption) if caption and caption.text() else ""
        table = self.document.add_table(rows=0, cols=count, style=TABLE)
        table.autofit = False
        widths = widths_of(node, count)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in rows:
            self.row(table, row, widths, is_head=row in head_rows)
        has_row_heads = any(cell.attributes.get("scope") == "row" for row in rows for cell in row.elements())
        heads = " | ".join(cell.text() for row in head_rows for cell in row.elements())
        describe_table(table, title, f"Spalten: {heads}" if heads else "Angaben mit Bezeichnung in der ersten Spalte")
        set_look(table, head=bool(head_rows), first_column=has_row_heads)
        self.last_row = table.rows[-1]

    def facts(self, title: str, rows: list[tuple[str, str]]) -> None:
        """A table of labels and values."""
        group = Node("colgroup", {}, [Node("col", {"class": "rand"}), Node("col")])
        body = Node("tbody")
        for label, value in rows:
            head = Node("th", {"scope": "row"}, [clean(label)])
            body.children.append(Node("tr", {}, [head, Node("td", {}, [clean(value)])]))
        self.table(Node("table", {}, [Node("caption", {}, [title]), group, body]))

    def caption(self, caption: Node) -> str:
        """The caption above its table; its words as they are shown there."""
        paragraph = self.new("Caption")
        Words(paragraph).write(Node("p", {}, caption.children))
        return str(paragraph.text)

    def row(self, table: Any, node: Node, widths: list[Any], *, is_head: bool) -> None:
        """A row; heads repeat, a group's title spans the columns."""
        row = table.add_row()
        cells = row.cells
        keep_row_together(row)
        if is_head:
            repeat_head(row)
        place = 0
        for part in node.elements():
            wide = span(part)
            cell = cells[place]
            if wide > 1:
                cell = cell.merge(cells[min(place + wide, len(cells)) - 1])
            else:
                cell.width = widths[place]
            self.cell(cell, part, is_sum="sum" in node.classes)
            place += wide

    def cell(self, cell: Any, node: Node, *, is_sum: bool) -> None:
        """The words of a cell; lists in it are lines."""
        is_group = node.attributes.get("scope") == "rowgroup"
        is_heading = node.tag == "th" and "l" not in node.classes
        face = Face(bold=is_group or is_sum or is_heading)
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self.styles["Tabellentext"]
        if "n" in node.classes:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if is_group:
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_before = Pt(6)
        words = Words(paragraph, divides=True)
        for child in flattened(node):
            if isinstance(child, Node) and child.tag == "li":
                line = cell.add_paragraph()
                line._p.style = self.styles["Tabellentext"]
                words = Words(line, divides=True)
                words.write("– ")
            words.write(child, face)
        for run in paragraph.runs:
            if is_group:
                run.font.color.rgb = ACCENT


def style_of(node: Node) -> Style:
    """How a list counts (printing.markup)."""
    return next((BY_CSS[name] for name in sorted(node.classes) if name in BY_CSS), PLAIN)


def number_in(node: Node, name: str) -> int:
    """The number in an attribute; 0 where it has none."""
    value = node.attributes.get(name, "")
    return int(value) if value.isdigit() else 0


def number_of(node: Node) -> str:
    """„2.1“ of a heading."""
    number = next((child for child in node.elements() if "nr" in child.classes), None)
    return number.text() if number else ""


def rest_of(node: Node) -> str:
    """A heading without its number and without the mark of an example, which the contents do not show."""
    return Node("h", {}, [c for c in node.children if not (isinstance(c, Node) and c.classes & {"nr", "bsp"})]).text()


def span(cell: Node) -> int:
    """How many columns a cell covers."""
    return number_in(cell, "colspan") or 1


def flattened(node: Node) -> list[Node | str]:
    """The children of a cell with the items of its lists."""
    found: list[Node | str] = []
    for child in node.children:
        found += child.elements() if isinstance(child, Node) and child.tag in ("ul", "ol") else [child]
    return found


def widths_of(node: Node, count: int) -> list[Any]:
    """Widths from the classes of the columns, as in print; the rest is shared."""
    group = next((part for part in node.elements() if part.tag == "colgroup"), Node("colgroup"))
    given: list[int | None] = []
    for column in group.elements()[:count]:
        numbers = [int(match[1]) for match in map(NUMBERED.match, column.classes) if match]
        given.append(MARGIN_MM if "rand" in column.classes else numbers[0] if numbers else None)
    given += [None] * (count - len(given))
    known = sum(width for width in given if width)
    free = given.count(None)
    share = (WIDTH_CM * 10 - known) / free if free else 0
    return [Mm(width if width is not None else max(share, 10)) for width in given]
