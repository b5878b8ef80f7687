"""One element of the tag tree for each element of the HTML, in its language, and contents as contents (TOC, TOCI).

WeasyPrint tags boxes. A box of a heading has an anonymous one inside, a link has one in each line, a list, a table and
a row have one on each page, and all of them become elements of the tree: a screen reader then tells twice what stands
there once. The head of a table that stands again on its next page is no part of the text: left out of the tree, it
becomes an artifact. Linear in the number of elements.

Source: ISO 32000-1, 14.8.4 (structure types).
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

from printing.pdf.heads import name_heads

NAMES = "H1 H2 H3 H4 H5 H6 P Link L LI LBody BlockQuote Div Sect Art Part Table Caption THead TBody TFoot TR TH TD"
JOINED = frozenset(f"/{name}" for name in NAMES.split())
PARTS = frozenset({"/THead", "/TBody", "/TFoot"})
REPEATED = frozenset({"/THead", "/TFoot"})  # what a table shows again on each of its pages
IN_CONTENTS = {"/L": "/TOC", "/LI": "/TOCI"}  # what lists are called below a ``nav``
UNWRAPPED = frozenset({"/LBody", "/NonStruct"})  # what stands for nothing there
Key = tuple[int, str]


def note_origins() -> None:
    """Let the library note of which HTML element each element of the tree was made (``pdf.origins``); once."""
    plain = tags._build_box_tree
    if plain.__module__ == __name__:
        return

    def _build_box_tree(box: Any, parent: Any, pdf: Any, *rest: Any) -> Any:
        origins = vars(pdf).setdefault("origins", {})
        origin = box._box.element if isinstance(box, AbsolutePlaceholder) else box.element
        for element in plain(box, parent, pdf, *rest):
            origins.setdefault(element.number, origin)
            yield element

    tags._build_box_tree = _build_box_tree


class Joining:
    """The tree of one document while its pieces are joined."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.origins = vars(pdf).get("origins", {})
        self.holders: dict[bytes, bytes] = {}  # by the reference of a piece that is gone: of what holds its content now
        self.tables: list[Any] = []

    def join(self, root: Any) -> None:
        """Join what belongs together below the document, and let the marks on the pages lead there."""
        document = self.element(root["K"][0])
        document["K"] = pydyf.Array(self.kids(document, document, (), {}))
        for table in self.tables:
            name_heads(self.rows_of(table), self.scope_of)
        numbers = self.pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]
        for index in range(1, len(numbers), 2):
            value = numbers[index]
            if isinstance(value, list):
                value[:] = [self.holder(each) for each in value]
            else:
                numbers[index] = self.holder(value)

    def holder(self, reference: Any) -> Any:
        return self.holders.get(reference, reference)

    def element(self, kid: Any) -> Any:
        """The element of the tree that the reference leads to; None for content and annotations."""
        found = self.pdf.objects[int(kid.split()[0])] if isinstance(kid, bytes) else None
        return found if found and found["Type"] == "/StructElem" else None

    def key(self, element: Any) -> Key | None:
        origin = self.origins.get(element.number)
        return None if origin is None or element["S"] not in JOINED else (id(origin), element["S"])

    def kids(
        self, piece: Any, holder: Any, path: tuple[Key | None, ...], firsts: dict[Key, Any], contents: bool = False
    ) -> list[Any]:
        """What the piece holds, to stand in ``holder`` below ``path``; ``firsts`` are the first pieces so far."""
        found: list[Any] = []
        for kid in piece["K"]:
            element = self.element(kid)
            if element is None:
                found.append(content_of(kid, piece, holder))
                continue
            key, within = self.key(element), contents or self.is_nav(element)
            if (key and key in path) or (contents and element["S"] in UNWRAPPED):
                self.holders[kid] = holder.reference
                found += self.kids(element, holder, path, firsts, within)
                element.free = "f"
            elif key and key in firsts:
                if element["S"] in REPEATED:
                    continue
                first = firsts[key]
                self.holders[kid] = first.reference
                first["K"] += self.kids(element, first, (*path, key), firsts, within)
                element.free = "f"
            else:
                if key:
                    firsts[key] = element
                element["P"] = holder.reference
                if language := self.language_of(element):
                    element["Lang"] = pydyf.String(language)
                if element["S"] == "/Table":
                    self.tables.append(element)
                element["K"] = pydyf.Array(self.kids(element, element, (*path, key), firsts, within))
                found.append(self.named(element, holder) if contents else kid)
        return found

    def rows_of(self, part: Any) -> Iterator[list[Any]]:
        """The cells of each row of a table."""
        for element in filter(None, map(self.element, part["K"])):
            if element["S"] == "/TR":
                yield [cell for cell in map(self.element, element["K"]) if cell and cell["S"] in ("/TH", "/TD")]
            elif element["S"] in PARTS:
                yield from self.rows_of(element)

    def scope_of(self, head: Any) -> str:
        origin = self.origins.get(head.number)
        return "" if origin is None else origin.get("scope", "")

    def language_of(self, element: Any) -> str:
        """The language that the HTML gives the element itself, which the library leaves out of the tree."""
        origin = self.origins.get(element.number)
        return "" if origin is None else origin.get("lang", "")

    def is_nav(self, element: Any) -> bool:
        return getattr(self.origins.get(element.number), "tag", "") == "nav"

    def named(self, element: Any, holder: Any) -> bytes:
        """The reference of an element of the contents, called what it is there; a link stands in a reference."""
        origin = self.origins.get(element.number)
        element["S"] = IN_CONTENTS.get(element["S"], element["S"])
        if origin is not None and origin.get("class") == "nr":
            element["S"] = "/Lbl"
        if element["S"] != "/Link":
            return bytes(element.reference)
        around = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/Reference", "P": holder.reference, "Pg": element["Pg"]}
            | {"K": pydyf.Array([element.reference])}
        )
        self.pdf.add_object(around)
        element["P"] = around.reference
        return bytes(around.reference)


def content_of(kid: Any, piece: Any, holder: Any) -> Any:
    """A piece of content in another element; its number needs the page with it where that is another one."""
    if not isinstance(kid, int) or piece["Pg"] == holder["Pg"]:
        return kid
    return pydyf.Dictionary({"Type": "/MCR", "Pg": piece["Pg"], "MCID": kid})
