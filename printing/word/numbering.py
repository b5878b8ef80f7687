"""Lists that count for themselves: Word lets all paragraphs of one numbering go on counting through the document."""

from typing import Any

from docx.oxml.ns import qn

from printing.counting import PLAIN, Style
from printing.word.parts import element

LEVELS = 9
STEP, HANG = 357, 357  # twips; 0.63 cm
BULLET = "–"  # on every level, as in print
FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
BULLETED = 0


class Numbering:
    """The numberings of a document: one for all bullets, one of its own for each counted list.

    ``used`` are the styles by their number; their definitions stand before all numberings, as the format demands.
    """

    def __init__(self, document: Any) -> None:
        self.part = document.part.numbering_part.element
        for old in list(self.part):
            self.part.remove(old)
        self.part.append(definition(BULLETED, None))
        self.used: dict[Style, int] = {}
        self.count = 0
        self.bullets = self.add(BULLETED)
        self.of_style(PLAIN)

    def of_style(self, style: Style) -> int:
        """The number of the definition of a style."""
        if style not in self.used:
            self.used[style] = len(self.used) + 1
            self.part.insert(len(self.used), definition(self.used[style], style))
        return self.used[style]

    def add(self, kind: int, level: int = 0, begin: int = 1) -> int:
        """The number of a new numbering, which begins with ``begin`` on this level."""
        self.count += 1
        num = element("w:num", numId=str(self.count))
        num.append(element("w:abstractNumId", val=str(kind)))
        if kind != BULLETED:
            override = element("w:lvlOverride", ilvl=str(level))
            override.append(element("w:startOverride", val=str(begin)))
            num.append(override)
        self.part.append(num)
        return self.count

    def of_list(self, style: Style | None, *, level: int, begin: int = 1) -> int:
        """The numbering of the items of a list that has just begun; without style it has bullets."""
        return self.bullets if style is None else self.add(self.of_style(style), level, begin)


def definition(number: int, style: Style | None) -> Any:
    """How each level looks: „1.“, „a)“ or a dash, further in from level to level."""
    made = element("w:abstractNum", abstractNumId=str(number))
    made.append(element("w:multiLevelType", val="multilevel"))
    for level in range(LEVELS):
        lvl = element("w:lvl", ilvl=str(level))
        lvl.append(element("w:start", val="1"))
        lvl.append(element("w:numFmt", val=FORMATS[style.digits] if style else "bullet"))
        lvl.append(element("w:lvlText", val=text_of(style, level) if style else BULLET))
        lvl.append(element("w:lvlJc", val="left"))
        properties = element("w:pPr")
        properties.append(element("w:ind", left=str(STEP * (level + 1)), hanging=str(HANG)))
        lvl.append(properties)
        made.append(lvl)
    return made


def text_of(style: Style, level: int) -> str:
    """„%1.“, „%1)“ or „(%1)“: the number of the level with its sign."""
    return f"(%{level + 1})" if style.sign == "()" else f"%{level + 1}{style.sign}"


def count(paragraph: Any, number: int, level: int) -> None:
    """Make the paragraph an item of a numbering."""
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    numbers = properties.get_or_add_numPr()
    numbers.append(element("w:ilvl", val=str(min(level, LEVELS - 1))))
    numbers.append(element("w:numId", val=str(number)))
