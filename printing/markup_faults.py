"""What in a text looks like markup and is none: named while it is written and by the check, never printed silently.

What counts is what the parser has left as plain words (printing.markup). Each fault is a sentence that quotes the place
and says what to write.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it.token import Token

from printing.markup import CAPTION, parser
from printing.markup_lines import Reader
from printing.typeset import unprintable

MOST_FAULTS = 20
QUOTED = 40  # characters
ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")  # „\*“ is meant as it stands
MEANT = "\ue000"  # stands for such a character
MARKS = re.compile(r"[*_\[|#<~`>+]|(?m:^[^\S\n]*(?:[-–•]|\d{1,2}[.)])[^\s\d–-])|(?m:^[^\S\n]*[-=]{3})|Tabelle:")
BOLD = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")
ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*)])|(?<![\w_])_(?=[^\s_])")
LINK = re.compile(r"\[([^\[\]^][^\[\]]*)\](\s?)\(([^()\s]*)(\)?)")
NOTE = re.compile(r"\[\^([^\s\[\]^]{1,40})\](:?)(\s?)")
OPEN_BRACKET = re.compile(r"\[[^\[\]]*$")
HTML = re.compile(r"</?(?:a|b|br|div|em|h[1-6]|i|img|li|ol|p|span|strong|sub|sup|table|td|th|tr|u|ul)\b[^<>]*>", re.I)
FOREIGN = re.compile(r"~~(?=\S)|```")
PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)?")
RULER = re.compile(r"\s*([-*_=])\1{2,}\s*|\s*>\s+\S.*")
NO_BLANK = re.compile(r"\s*(?P<mark>[-–•]|\d{1,2}[.)]|#{1,6})(?=[^\W\d_])")
OTHER_BULLET = re.compile(r"\s*\+\s+\S")
OWN_NUMBER = re.compile(r"^#{1,6}\s+(\d{1,2}(?:\.\d{1,2})+\.?\s+\S.*)", re.MULTILINE)
CELL_END = re.compile(r"(?<!\\)\|")


def faults(text: str) -> tuple[str, ...]:
    """What is wrong in the text, each once and in its order; empty for a text whose marks all do something."""
    lost = unprintable(text)
    unseen = (f"Diese Zeichen kann der Druck nicht zeigen, dort steht „◊“: {' '.join(lost[:QUOTED])}",) if lost else ()
    return unseen + (_faults(text) if MARKS.search(text) else ())


def faults_in_chapter(text: str) -> tuple[str, ...]:
    """The same of a text whose headings the document counts: a number of their own („1.1 3.1 Lage“) is named."""
    numbered = OWN_NUMBER.findall(text)
    if not numbered:
        return faults(text)
    what = "Eine Überschrift beginnt" if len(numbered) == 1 else f"{len(numbered)} Überschriften beginnen"
    told = (
        f"{quoted(numbered[0])}: {what} mit einer eigenen Nummer. Der Plan zählt selbst, dann stehen dort zwei Nummern."
    )
    return (*faults(text), told)


@lru_cache(maxsize=64)  # a page of a plan asks about all its chapters each time
def _faults(text: str) -> tuple[str, ...]:
    plain = ESCAPED.sub(MEANT, text)
    read = Reader(plain).read()
    lines, tokens = read.split("\n"), parser().parse(read, {})
    found = [*_of_lines(plain), *_of_words(tokens), *_of_tables(tokens, lines)]
    return tuple(dict.fromkeys(found))[:MOST_FAULTS]


def quoted(words: str, at: int = 0) -> str:
    """The place as somebody finds it again."""
    part = " ".join(words[at : at + QUOTED + 1].split("\n", maxsplit=1)[0].replace(MEANT, "").split())
    return f"„{part[:QUOTED].rstrip()} …“" if len(part) > QUOTED else f"„{part}“"


def _of_lines(text: str) -> Iterator[str]:
    """Marks at the beginning of a line without the blank behind them."""
    for line in text.splitlines():
        if found := NO_BLANK.match(line):
            what = "Überschrift" if "#" in found["mark"] else "Liste"
            yield f"{quoted(line.strip())}: Nach „{found['mark']}“ fehlt das Leerzeichen, so wird keine {what} daraus."
        elif OTHER_BULLET.match(line):
            yield f"{quoted(line.strip())}: Schreiben Sie „- “ statt „+ “, dann wird eine Liste daraus."
        elif RULER.fullmatch(line):
            yield f"{quoted(line.strip())} bewirkt hier nichts und wird so gedruckt."
        for found in PICTURE.finditer(line):
            yield f"{quoted(found[0])}: Bilder lassen sich nicht einfügen; gedruckt wird ein Verweis."


def _of_words(tokens: list[Token]) -> Iterator[str]:
    """Marks that are left among the words of a paragraph, an item or a cell."""
    for at, token in enumerate(tokens):
        if token.type != "inline":
            continue
        children = token.children or []
        words = "".join("\n" if each.type.endswith("break") else each.content for each in children)
        yield from _of_links(words)
        for found in BOLD.finditer(words):
            yield f"{quoted(words, found.start())}: Fett beginnt und endet mit **. Eines von beiden fehlt."
        for found in ITALIC.finditer(words):
            mark = found[0]
            yield (
                f"{quoted(words, found.start())}: Kursiv beginnt und endet mit {mark}. "
                f"Soll das Zeichen selbst dort stehen, schreiben Sie \\{mark}."
            )
        for found in HTML.finditer(words):
            yield f"{quoted(found[0])} wird so gedruckt, wie es dasteht. Nehmen Sie die Zeichen aus der Hilfe."
        for found in FOREIGN.finditer(words):
            yield f"{quoted(words, found.start())}: „{found[0]}“ bewirkt hier nichts und wird so gedruckt."
        in_cell = tokens[at - 1].type in ("th_open", "td_open")
        for line in () if in_cell else words.split("\n"):
            if line.count("|") > 1 or line.startswith("|"):
                yield (
                    f"{quoted(line)} wird keine Tabelle. Unter der Kopfzeile steht „| --- | --- |“, mit so vielen "
                    "Spalten wie darüber."
                )
                break
        table_follows = tokens[at + 2].type == "table_open" if at + 2 < len(tokens) else False
        if words.startswith(CAPTION) and not table_follows:
            yield f"{quoted(words)}: Gleich darunter fehlt die Tabelle."


def _of_links(words: str) -> Iterator[str]:
    """Links and footnotes that are none."""
    for found in LINK.finditer(words):
        place = quoted(words, found.start())
        if not found[4]:
            yield f"{place}: Der Verweis ist nicht geschlossen. Nach der Adresse fehlt „)“."
        elif found[2]:
            yield f"{place}: Zwischen „]“ und „(“ steht ein Leerzeichen. Löschen Sie es, dann wird es ein Verweis."
        else:
            yield f"{place}: Das ist keine Adresse. Sie beginnt mit https://, http:// oder mailto:."
    for found in NOTE.finditer(words):
        name = f"[^{found[1]}]"
        if not found[2]:
            yield f"{name}: Zu dieser Fußnote fehlt die Zeile „{name}: …“ mit ihrem Text."
        elif found[3]:
            yield f"{name}: Auf diese Fußnote verweist nichts mehr oder sie steht zweimal da. Im Text steht „{name}“."
        else:
            yield f"{quoted(words, found.start())}: Nach „{name}:“ fehlt das Leerzeichen."
    if open_bracket := OPEN_BRACKET.search(words):
        yield f"{quoted(words, open_bracket.start())}: Die eckige Klammer ist nicht geschlossen."


def _of_tables(tokens: list[Token], lines: list[str]) -> Iterator[str]:
    """Tables without rows, and rows whose cells are not those of the head: what is too much would be lost."""
    columns, head = 0, ""
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            head = quoted(lines[token.map[0]]) if token.map else "„Tabelle“"
            columns = 0
        if token.type == "thead_close" and tokens[at + 1].type == "table_close":
            yield f"{head}: Die Tabelle hat keine Zeilen. Schreiben Sie unter „| --- |“ mindestens eine."
        if token.type != "tr_open" or not token.map:
            continue
        row = lines[token.map[0]].strip()
        count = len(CELL_END.split(row.removeprefix("|").removesuffix("|")))
        columns = columns or count
        if count > columns:
            yield f"{quoted(row)}: Diese Zeile hat mehr Spalten als die Kopfzeile; die letzten fehlen im Plan."
        elif count < columns:
            yield f"{quoted(row)}: Diese Zeile hat weniger Spalten als die Kopfzeile."
