"""The plan's own HTML as a small tree. It comes from our templates, where every text of people is escaped."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "col", "wbr", "hr", "img"}
BLANKS = re.compile(r"[ \t\r\n\f]+")
# What XML 1.0 cannot hold; python-docx would refuse the whole document.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SOFT_BREAK = "\u200b"


@dataclass
class Node:
    """An element; its children are elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        """The words of its class."""
        return set(self.attributes.get("class", "").split())

    def elements(self) -> list["Node"]:
        """The elements among its children."""
        return [child for child in self.children if isinstance(child, Node)]

    def first(self, tag: str) -> "Node | None":
        """The first element of this kind below it."""
        for child in self.elements():
            found = child if child.tag == tag else child.first(tag)
            if found:
                return found
        return None

    def text(self) -> str:
        """All its words on one line."""
        parts = [
            child if isinstance(child, str) else " " if child.tag == "br" else child.text() for child in self.children
        ]
        return BLANKS.sub(" ", "".join(parts)).strip(" ")


class Builder(HTMLParser):
    """Builds the tree; closes what a stray end tag names and forgets what it does not know."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.stack[1:]):
            while self.stack.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(clean(data))


def clean(text: str) -> str:
    """A text that XML can hold, without the soft breaks that print needs."""
    return FORBIDDEN.sub("", text).replace(SOFT_BREAK, "")


def tree_of(html: str) -> Node:
    """The tree of a piece of HTML."""
    builder = Builder()
    builder.feed(FORBIDDEN.sub("", html))
    builder.close()
    return builder.root
