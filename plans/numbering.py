"""Numbers of headings and tables inside one chapter; they stay the same whatever the other chapters hold."""

from dataclasses import dataclass, field

from plans.enums import AnyChapter
from printing.numbering import Heading


def sheet_anchor(code: str) -> str:
    """The id of a measure's sheet: „M 14“ → „m14“."""
    return code.lower().replace(" ", "").replace(".", "-")


@dataclass
class Numbering:
    """Counts while a chapter is drawn. ``shift`` lowers the heading levels where a page has its own h1."""

    code: AnyChapter
    shift: int = 0
    sections: int = 0
    subsections: int = 0
    tables: int = 0
    figures: int = 0
    headings: list[Heading] = field(default_factory=list)

    def place(self, *numbers: int) -> str:
        """„2.1“; a chapter without number leaves its own out."""
        return ".".join(str(number) for number in (self.code.number, *numbers) if number != "")

    def section(self, title: str) -> Heading:
        """The next section („2.1“), listed in the contents."""
        self.sections, self.subsections = self.sections + 1, 0
        number = self.place(self.sections)
        heading = Heading(number, f"k{number.replace('.', '-')}", title)
        self.headings.append(heading)
        return heading

    def subsection(self, title: str) -> Heading:
        """The next subsection („2.1.1“), not listed."""
        self.subsections += 1
        number = self.place(self.sections, self.subsections)
        return Heading(number, f"k{number.replace('.', '-')}", title)

    def sheet(self, number: str, title: str) -> Heading:
        """A measure's sheet („M 14“); the register of the chapter lists it, not the contents."""
        return Heading(number, sheet_anchor(number), title)

    def table(self) -> str:
        """„Tabelle 2.1“."""
        self.tables += 1
        return f"Tabelle {self.place(self.tables)}"

    def figure(self) -> str:
        """„Abbildung 10.1“."""
        self.figures += 1
        return f"Abbildung {self.place(self.figures)}"
