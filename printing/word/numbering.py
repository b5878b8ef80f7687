"""Lists that count for themselves: Word lets all paragraphs of one numbering go on counting through the document."""

from typing import Any

from docx.oxml.ns import qn

from printing.word.parts import element

LEVELS = 9
STEP, HANG = 357, 357  # twips; 0.63 cm
BULLETS = ("–", "·")
BULLETED, COUNTED = 0, 1


class Numbering:
    """The numberings of a document: one for all bullets, one of its own for each counted list."""

    def __init__(self, document: Any) -> None:
        self.part = document.part.numbering_part.element
        for old in list(self.part):
            self.part.remove(old)
        for number, counted in ((BULLETED, False), (COUNTED, True)):
            self.part.append(definition(number, counted=counted))
        self.count = 0
        self.bullets = self.add(BULLETED)

    def add(self, kind: int, level: int = 0) -> int:
        """The number of a new numbering that begins at 1 on this level."""
        self.count += 1
        num = element("w:num", numId=str(self.count))
        num.append(element("w:abstractNumId", val=str(kind)))
        if kind == COUNTED:
            begin = element("w:lvlOverride", ilvl=str(level))
            begin.append(element("w:startOverride", val="1"))
            num.append(begin)
        self.part.append(num)
        return self.count

    def of_list(self, *, counted: bool, level: int) -> int:
        """The numbering of the items of a list that has just begun."""
        return self.add(COUNTED, level) if counted else self.bullets


def definition(number: int, *, counted: bool) -> Any:
    """How each level looks: „1.“ or a dash, further in from level to level."""
    made = element("w:abstractNum", abstractNumId=str(number))
    made.append(element("w:multiLevelType", val="multilevel"))
    for level in range(LEVELS):
        lvl = element("w:lvl", ilvl=str(level))
        lvl.append(element("w:start", val="1"))
        lvl.append(element("w:numFmt", val="decimal" if counted else "bullet"))
        lvl.append(element("w:lvlText", val=f"%{level + 1}." if counted else BULLETS[min(level, 1)]))
        lvl.append(element("w:lvlJc", val="left"))
        properties = element("w:pPr")
        properties.append(element("w:ind", left=str(STEP * (level + 1)), hanging=str(HANG)))
        lvl.append(properties)
        made.append(lvl)
    return made


def count(paragraph: Any, number: int, level: int) -> None:
    """Make the paragraph an item of a numbering."""
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    numbers = properties.get_or_add_numPr()
    numbers.append(element("w:ilvl", val=str(min(level, LEVELS - 1))))
    numbers.append(element("w:numId", val=str(number)))
