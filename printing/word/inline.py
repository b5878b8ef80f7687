"""Words with their emphasis, links and line breaks inside a paragraph."""

from dataclasses import dataclass, replace
from typing import Any

from docx.shared import Pt

from printing.hyphenation import divided
from printing.word.parts import element, inner_link, outer_link
from printing.word.styles import SOFT
from printing.word.tree import BLANKS, Node

SMALL = Pt(8)
SMALL_CLASSES = {"klein", "bsp", "quelle"}
SOFT_CLASSES = SMALL_CLASSES | {"keine", "grau", "art"}


@dataclass(frozen=True)
class Face:
    """How words look."""

    bold: bool = False
    italic: bool = False
    small: bool = False
    soft: bool = False
    strike: bool = False
    underline: bool = False
    raised: bool = False
    mono: bool = False

    def of(self, node: Node) -> "Face":
        """The face inside an element."""
        tag, classes = node.tag, node.classes
        return replace(
            self,
            bold=self.bold or tag in ("b", "strong", "ins") or "stufe" in classes or "zeichen" in classes,
            italic=self.italic or tag in ("em", "i"),
            small=self.small or bool(classes & SMALL_CLASSES),
            soft=self.soft or bool(classes & SOFT_CLASSES),
            strike=self.strike or tag in ("del", "s"),
            underline=self.underline or tag in ("ins", "u"),
            raised=self.raised or tag == "sup",
            mono=self.mono or tag == "code",
        )


class Words:
    """Writes into one paragraph; blanks count as in HTML. With ``divides`` long words may be divided by a hyphen."""

    def __init__(self, paragraph: Any, *, divides: bool = False) -> None:
        self.paragraph, self.divides = paragraph, divides
        self.at_blank = True

    def write(self, node: Node | str, face: Face = Face(), parent: Any = None) -> None:
        """A text or an element with everything in it."""
        if isinstance(node, str):
            self.text(node, face, parent)
        elif node.tag == "br":
            self.paragraph.add_run().add_break()
            self.at_blank = True
        elif node.tag not in ("svg", "script", "style", "wbr"):
            link = self.link(node) if node.tag == "a" and parent is None else parent
            for child in node.children:
                self.write(child, face.of(node), link)

    def link(self, node: Node) -> Any:
        """The link element of an ``a``; None where it is not followed."""
        address = node.attributes.get("href", "")
        return None if address.startswith("#") else outer_link(self.paragraph, address)

    def text(self, text: str, face: Face, parent: Any) -> None:
        """A run; inside a link it moves there."""
        words = BLANKS.sub(" ", text)
        if self.at_blank:
            words = words.lstrip(" ")
        if not words:
            return
        self.at_blank = words.endswith(" ")
        run = self.paragraph.add_run()
        first, *others = divided(words) if self.divides else [words]
        run.add_text(first)
        for part in others:
            run._r.append(element("w:softHyphen"))
            run.add_text(part)
        dress(run, face)
        if parent is not None:
            run.style = "Hyperlink"
            parent.append(run._r)


def dress(run: Any, face: Face) -> None:
    """Only what differs from the paragraph's style is set."""
    font = run.font
    for name, value in (
        ("bold", face.bold),
        ("italic", face.italic),
        ("strike", face.strike),
        ("underline", face.underline),
        ("superscript", face.raised),
    ):
        if value:
            setattr(font, name, True)
    if face.small:
        font.size = SMALL
    if face.soft:
        font.color.rgb = SOFT
    if face.mono:
        font.name = "Consolas"


__all__ = ["Face", "Words", "dress", "inner_link"]
