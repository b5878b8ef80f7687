"""What counts headings, tables and figures while a document is drawn."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Heading:
    """An entry of the table of contents."""

    number: str
    anchor: str
    title: str


class Counter(Protocol):
    """Counts headings, tables and figures. ``shift`` lowers the heading levels where a page has its own h1."""

    shift: int

    def section(self, title: str) -> Heading:
        """The next section."""

    def subsection(self, title: str) -> Heading:
        """The next subsection."""

    def table(self) -> str:
        """„Tabelle 2.1“."""

    def figure(self) -> str:
        """„Abbildung 10.1“."""
