"""What Word, Outlook, PDF readers and browsers put on the clipboard as HTML → lines of markup.

Only what somebody sees counts; elements that are not known are read through.
"""

import re
from functools import partial
from html.parser import HTMLParser

from records.pasted.lines import table_of

BLOCKS = {"p", "div", "section", "article", "header", "footer", "blockquote", "pre", "dd", "dt", "figcaption", "main"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
UNSEEN = {"script", "style", "head", "title", "template", "xml", "object", "noscript"}
WORD_LEVEL = re.compile(r"mso-list:[^;]{0,40}level(\d)", re.IGNORECASE)
WORD_HEADING = re.compile(r"(?:Mso)?(?:Heading|berschrift|Überschrift|Titel|Title)\D*(\d)?", re.IGNORECASE)
MARK = re.compile(r"(\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,6})[.)])\s*")
BOLD_STYLE = re.compile(r"font-weight:\s*(bold|[6-9]00)", re.IGNORECASE)
LIGHT_STYLE = re.compile(r"font-weight:\s*(normal|[1-4]00)", re.IGNORECASE)
HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all", re.IGNORECASE)
COUNTS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
CELLS, TERMS = ("p", "td", "th"), ("p", "dd", "dt")
ENDS = {"p": ("p",), "li": ("p", "li"), "td": CELLS, "th": CELLS, "tr": (*CELLS, "tr"), "dd": TERMS, "dt": TERMS}
MOST_OPEN = 100  # elements in each other, of which more are read through
MOST_COLUMNS = 60
VOID = {"br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base"}


def lines_of(html: str) -> list[str]:
    """The seen text of the HTML, an empty line between its blocks; empty where it has no structure of its own."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    while reader.open:
        reader.handle_endtag(reader.open[-1][0])
    reader.end_block()
    return reader.lines


class _Reader(HTMLParser):
    """Collects words until a block ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.words: list[str] = []
        self.open: list[tuple[str, str]] = []  # elements with the sign that their end writes
        self.unseen = 0
        self.lists: list[tuple[str, int]] = []  # kind and next number
        self.prefix = ""
        self.rows: list[list[str]] | None = None
        self.tables = self.cell = 0  # the place of the open cell in its row
        self.label: list[str] | None = None  # Word's own mark of an item

    # ------------------------------------------------------------ elements
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        style = given.get("style", "")
        if tag == "br":
            self.words.append("\n")
        if tag in VOID:
            return
        if len(self.open) >= MOST_OPEN:
            return
        if self.unseen or tag in UNSEEN or HIDDEN.search(style):
            self.unseen += 1
            self.open.append((tag, "unseen"))
            return
        while self.open and self.open[-1][0] in ENDS.get(tag, ()):
            self.handle_endtag(self.open[-1][0])
        self.open.append((tag, self.begin(tag, given, style)))

    def begin(self, tag: str, given: dict[str, str], style: str) -> str:
        """Begin an element; the sign that its end writes."""
        if tag in ("table", "tr", "td", "th"):
            return self.begin_table(tag, given)
        if tag in ("ul", "ol"):
            self.end_block()
            begin = given.get("start", "1")
            kind = given.get("type", "1") if tag == "ol" else "-"
            self.lists.append((kind, int(begin) if begin.isdigit() and len(begin) < 4 else 1))
        elif tag == "li":
            self.end_block()
            self.prefix = self.next_mark()
        elif tag in BLOCKS | HEADINGS and not (self.lists and not self.words and self.prefix):
            self.end_block()
            self.prefix = self.prefix_of(tag, given, style)
        elif "mso-list:ignore" in style.replace(" ", "").lower():
            self.label = []
            return "label"
        elif tag == "a" and re.match(r"https?://|mailto:", given.get("href", "")):
            self.words.append("[")
            return f"]({given['href']})"
        else:
            return self.begin_emphasis(tag, style)
        return ""

    def begin_emphasis(self, tag: str, style: str) -> str:
        """Bold and italic words; a mark inside one of its own kind is none."""
        is_bold = (tag in ("b", "strong") and not LIGHT_STYLE.search(style)) or BOLD_STYLE.search(style)
        sign = "**" if is_bold else "*" if tag in ("i", "em") else ""
        if not sign or any(each[1] == f"\x01{sign}" for each in self.open):
            return ""
        if self.prefix.startswith("#"):
            return ""
        self.words.append(f"\x02{sign}")
        return f"\x01{sign}"

    def prefix_of(self, tag: str, given: dict[str, str], style: str) -> str:
        """What stands before a block: a heading or an item of Word."""
        named = WORD_HEADING.match(given.get("class", ""))
        level = int(tag[1]) if tag in HEADINGS else int(named[1] or 1) if named else 0
        if level:
            return "# " if level < 3 else "## "
        if found := WORD_LEVEL.search(style):
            return "  " * (int(found[1]) - 1) + "\x03"
        return ""

    def next_mark(self) -> str:
        """The mark of the next item of the list that is open."""
        if not self.lists:
            return "- "
        kind, number = self.lists[-1]
        self.lists[-1] = (kind, number + 1)
        indent = "   " * (len(self.lists) - 1)
        if kind == "-":
            return f"{indent}- "
        if kind in COUNTS and number <= 26:
            return f"{indent}{COUNTS[kind][number - 1]}) "
        if kind in ("i", "I") and number <= len(ROMAN):
            return f"{indent}{ROMAN[number - 1] if kind == 'I' else ROMAN[number - 1].lower()}. "
        return f"{indent}{number}. "

    def handle_endtag(self, tag: str) -> None:
        if all(name != tag for name, _ in self.open):
            return
        while True:
            name, sign = self.open.pop()
            self.end(name, sign)
            if name == tag:
                return

    def end(self, tag: str, sign: str) -> None:
        """End an element."""
        if sign == "unseen":
            self.unseen -= 1
        elif sign == "label":
            self.prefix = self.prefix.replace("\x03", mark_in("".join(self.label or [])))
            self.label = None
        elif sign:
            self.words.append(sign)
        elif tag in ("ul", "ol") and self.lists:
            self.end_block()
            self.lists.pop()
            if not self.lists:
                self.lines.append("")
        elif tag in ("table", "tr", "td", "th"):
            self.end_table(tag)
        elif tag in BLOCKS | HEADINGS | {"li", "caption"}:
            self.end_block()

    # ------------------------------------------------------------ words
    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        words = re.sub(r"\s+", " ", data.replace("\u00ad", "")) if "pre" not in {n for n, _ in self.open} else data
        (self.words if self.label is None else self.label).append(plain(words))

    def taken(self) -> str:
        """The words of the block, with marks that hug them."""
        text = "".join(self.words)
        self.words = []
        for sign in ("**", "*"):
            start, stop = re.escape(f"\x02{sign}"), re.escape(f"\x01{sign}")
            pair = re.compile(rf"{start}(\s*)(.*?)(\s*){stop}", re.DOTALL)
            text = pair.sub(partial(hugged, sign), text)
            text = text.replace(f"\x02{sign}", "").replace(f"\x01{sign}", "")
        return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()

    def end_block(self) -> None:
        """Write the block that has ended."""
        if self.rows is not None:
            self.words.append(" ")
            return
        text, prefix = self.taken(), self.prefix.replace("\x03", "- ")
        if not text:
            return
        self.prefix = ""
        first, *rest = text.split("\n")
        if prefix.strip() and not prefix.startswith("#"):
            self.lines.append(prefix + " ".join([first, *rest]))
        elif prefix:
            self.lines += ["", prefix + " ".join([first, *rest]), ""]
        else:
            self.lines += ["", *[line for each in (first, *rest) for line in (each, "")]]

    # ------------------------------------------------------------ tables
    def begin_table(self, tag: str, given: dict[str, str]) -> str:
        """A table; one inside another is read as words."""
        if tag == "table":
            self.tables += 1
            if self.tables == 1:
                self.end_block()
                self.rows = []
        elif self.tables == 1 and self.rows is not None:
            if tag == "tr":
                self.rows.append([])
            elif self.rows:
                wide = given.get("colspan", "1")
                self.taken()
                self.cell = min(len(self.rows[-1]), MOST_COLUMNS - 1)
                count = int(wide) if wide.isdigit() and len(wide) < 3 else 1
                self.rows[-1] += [""] * min(max(count, 1), MOST_COLUMNS - len(self.rows[-1]))
        return ""

    def end_table(self, tag: str) -> None:
        """Write the table; one with a single column was made for the look and is paragraphs."""
        if tag == "table":
            self.tables -= 1
            if self.tables == 0 and self.rows is not None:
                rows, self.rows = [row for row in self.rows if any(row)], None
                self.write_table(rows)
        elif tag in ("td", "th") and self.tables == 1 and self.rows and self.rows[-1]:
            text, row = " ".join(self.taken().split()), self.rows[-1]
            row[self.cell] = f"{row[self.cell]} {text}".strip()

    def write_table(self, rows: list[list[str]]) -> None:
        """The rows as lines."""
        if not rows:
            return
        self.lines.append("")
        if max(map(len, rows)) == 1:
            self.lines += [line for row in rows for line in (row[0], "")]
        else:
            self.lines += table_of(rows).split("\n")
        self.lines.append("")


def mark_in(label: str) -> str:
    """„a) “ of Word's own mark; a dash for every bullet."""
    found = MARK.match(label.strip())
    return f"{found[1]} " if found else "- "


def hugged(sign: str, found: re.Match[str]) -> str:
    """Marks close to their words, the blanks outside; none where there are no words."""
    before, words, after = found[1], found[2], found[3]
    return f"{before}{sign}{words}{sign}{after}" if words else before + after


def plain(words: str) -> str:
    """Words whose stars, strokes and brackets are meant as such."""
    guarded = re.sub(r"(?<![\w\\])([*_])(?=\S)|(?<=\S)([*_])(?!\w)", lambda found: f"\\{found[0]}", words)
    return re.sub(r"\](?=\()", r"]\\", guarded)
