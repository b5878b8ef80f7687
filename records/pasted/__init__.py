"""Texts that others wrote, pasted from Word, Outlook, a PDF or a web page: read into the small markup of the house.

One function reads for every page and script. Nothing is stored, and no word is lost: what is not understood stays.
"""

from records.pasted.html import lines_of
from records.pasted.lines import Pasted, read_lines

LONGEST = 400_000  # characters of HTML; Word writes ten for each that is seen


def read_pasted(text: str, html: str = "") -> Pasted:
    """The pasted text with headings, lists, tables and bold words as markup, and what was found in it.

    ``html`` is what the clipboard holds beside the text, if anything.
    """
    lines = lines_of(html) if html.strip() else []
    return read_lines(lines or text.splitlines(), is_wrapped=not lines)
