"""Numbers of chapters, headings, tables and figures of a document, and its table of contents."""

from dataclasses import dataclass, field

from printing.numbering import Heading


@dataclass
class ChapterEntry:
    """A chapter in the table of contents."""

    number: int
    anchor: str
    title: str
    headings: list[Heading] = field(default_factory=list)


@dataclass
class DocumentNumbering:
    """Counts while a document is drawn; it has the methods that the plan's tags ask of a Numbering.

    Without chapters sections are numbered „1“, „2“, inside of chapters „2.1“. Tables and figures are counted through.
    """

    shift: int = 0
    sections: int = 0
    subsections: int = 0
    tables: int = 0
    figures: int = 0
    chapters: list[ChapterEntry] = field(default_factory=list)

    def chapter(self, title: str) -> ChapterEntry:
        """The next chapter."""
        self.sections = self.subsections = 0
        number = len(self.chapters) + 1
        self.chapters.append(ChapterEntry(number, f"k{number}", title))
        return self.chapters[-1]

    def section(self, title: str) -> Heading:
        """The next section; the contents list it below its chapter."""
        self.sections, self.subsections = self.sections + 1, 0
        heading = self._heading([self.sections], title)
        if self.chapters:
            self.chapters[-1].headings.append(heading)
        return heading

    def subsection(self, title: str) -> Heading:
        """The next subsection, not listed."""
        self.subsections += 1
        return self._heading([self.sections, self.subsections], title)

    def _heading(self, parts: list[int], title: str) -> Heading:
        chapter = [len(self.chapters)] if self.chapters else []
        number = ".".join(str(part) for part in [*chapter, *parts])
        prefix = "k" if chapter else "a"
        return Heading(number, f"{prefix}{number.replace('.', '-')}", title)

    def table(self) -> str:
        """„Tabelle 3“."""
        self.tables += 1
        return f"Tabelle {self.tables}"

    def figure(self) -> str:
        """„Abbildung 1“."""
        self.figures += 1
        return f"Abbildung {self.figures}"
