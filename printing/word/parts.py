"""What python-docx does not offer by itself: fields, bookmarks, links, properties of tables."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

SAFE_LINKS = ("http://", "https://", "mailto:")


def element(name: str, /, **attributes: str) -> Any:
    """``element("w:fldChar", fldCharType="begin")``."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_field(paragraph: Any, code: str, shown: str = "", *, dirty: bool = False) -> None:
    """A field such as PAGE with the text shown until it is brought up to date."""
    begin = element("w:fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {}))
    paragraph.add_run()._r.append(begin)
    instruction = element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))
    if shown:
        paragraph.add_run(shown)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """Make the paragraph a target of links."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    place = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(place, start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def inner_link(paragraph: Any, anchor: str) -> Any:
    """A link inside the document; append runs to it."""
    link = element("w:hyperlink", anchor=anchor, history="1")
    paragraph._p.append(link)
    return link


def outer_link(paragraph: Any, address: str) -> Any:
    """A link to an address; None where it is of a kind that is not followed."""
    if not address.startswith(SAFE_LINKS):
        return None
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    return link


def describe_table(table: Any, title: str, text: str) -> None:
    """The alternative text of a table."""
    properties = table._tbl.tblPr
    properties.append(element("w:tblCaption", val=title[:250]))
    properties.append(element("w:tblDescription", val=text[:250]))


def repeat_head(row: Any) -> None:
    """The row is a head and stands on each page on which the table goes on."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_row_together(row: Any) -> None:
    """No page break inside the row."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def set_look(table: Any, *, head: bool, first_column: bool) -> None:
    """Which parts of the table's style are used; screen readers take head row and row heads from it."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    flags = {"firstRow": head, "lastRow": False, "firstColumn": first_column, "lastColumn": False}
    value = 0x0600 | (0x20 if head else 0) | (0x80 if first_column else 0)
    look = element("w:tblLook", val=f"{value:04X}", noHBand="1", noVBand="1")
    for name, on in flags.items():
        look.set(qn(f"w:{name}"), "1" if on else "0")
    properties.append(look)
    properties[:] = sorted(properties, key=lambda child: ORDER.index(child.tag) if child.tag in ORDER else 0)


# The order which the schema of OOXML prescribes.
ORDER = [
    qn(f"w:{name}")
    for name in (
        "tblStyle",
        "tblW",
        "jc",
        "tblInd",
        "tblBorders",
        "tblLayout",
        "tblCellMar",
        "tblLook",
        "tblCaption",
        "tblDescription",
    )
]
