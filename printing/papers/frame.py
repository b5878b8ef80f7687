"""What stands around a document: sender, title, running head and foot."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

MINISTRY = "Zuständiges Ministerium des Freistaats Thüringen"
LONGEST_HEAD = 60  # characters of the running head in the middle: one line of 100 mm


def for_head(text: str) -> str:
    """A text short enough for the running head."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_HEAD else f"{words[: LONGEST_HEAD - 1].rstrip()}…"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """``kind`` („Einladung“) stands in the head on the left, ``place`` („Kyffhäuserkreis“) on the right.

    ``sender`` publishes the document (author of the PDF), ``place_full`` is the place as it stands on a title page.
    ``subject`` is what the document is about („3. Sitzung · Beirat“), ``year`` the large number of a title page.
    ``has_contents`` puts a table of contents behind the title page; it lists what ``{% kapitel %}`` and
    ``{% abschnitt %}`` number. ``example`` says that entries are invented. ``office`` are the lines
    below the sender: which office, where, how it is reached.
    """

    kind: str
    place: str
    place_full: str
    sender: str
    as_of: date
    subject: str = ""
    year: str = ""
    note: str = ""
    has_contents: bool = False
    example: bool = False
    office: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The subject in the head of the pages after the first."""
        return for_head(self.subject)

    @property
    def foot(self) -> str:
        """The words beside the page number: „Einladung · Angaben vom 14.06.2018“."""
        return f"{self.kind} · Angaben vom {self.as_of:%d.%m.%Y}"


def running_origin(today: date) -> str:
    """What a paper that is made of records as they stand says of itself."""
    return f"Laufende Angaben vom {today:%d.%m.%Y}, nicht festgeschrieben."


class Publisher(Protocol):
    """Whose document it is: a municipality, as far as a sheet of paper must know it."""

    @property
    def name(self) -> str:
        """„Kyffhäuserkreis“."""

    @property
    def full_name(self) -> str:
        """„Landkreis Kyffhäuserkreis“."""

    @property
    def authority(self) -> str:
        """„Landratsamt Kyffhäuserkreis“."""


@dataclass(frozen=True)
class Named:
    """A publisher by the names that something frozen gives it."""

    name: str
    full_name: str
    authority: str


def frame_of(
    municipality: Publisher,
    kind: str,
    *,
    as_of: date,
    subject: str = "",
    year: str = "",
    note: str = "",
    has_contents: bool = False,
    example: bool = False,
    office: tuple[str, ...] = (),
) -> Frame:
    """The frame of a municipality's document."""
    return Frame(
        kind=kind,
        place=municipality.name,
        place_full=municipality.full_name,
        sender=municipality.authority,
        as_of=as_of,
        subject=subject,
        year=year,
        note=note,
        has_contents=has_contents,
        example=example,
        office=office,
    )
