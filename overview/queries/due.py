"""How pages show what waits and what lies ahead: since when, how far away, as a calendar leaf."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from records.parts import Link
from records.templatetags.german import datum
from records.vague import DAY, MONTH, MONTHS, YEAR, VagueDate
from records.waiting import Found, source_of, told

MONTHS_SHORT = ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.")
LONGEST_NOTE = 80
COUNTED_DAYS = 60  # further away a date says more than a number of days


@dataclass(frozen=True)
class Leaf:
    """A calendar leaf: two words; a vague date has the year on top and a dashed border."""

    top: str
    bottom: str
    is_vague: bool
    iso: str
    spoken: str


@dataclass(frozen=True)
class DueItem:
    """Something with a date that lies ahead or has passed; ``distance`` says how far."""

    title: str
    url: str
    kind: str
    note: str
    when: VagueDate
    leaf: Leaf
    distance: str
    is_overdue: bool


@dataclass(frozen=True)
class WaitingItem:
    """Something that waits for the person: what it is, since when, what is to be done and where."""

    title: str
    url: str
    kind: str
    note: str
    since: str
    is_late: bool
    ask: Link | None
    place: str
    group: str


def due_items(rows: Iterable[Found], today: date) -> list[DueItem]:
    """What has a date, in the order of the rows."""
    return [due_item(found, found.when, today) for found in rows if isinstance(found.when, VagueDate)]


def due_item(found: Found, when: VagueDate, today: date) -> DueItem:
    """A row as a calendar shows it."""
    words = told(found)
    return DueItem(
        title=words.title,
        url=words.url,
        kind=words.kind,
        note=words.note if len(words.note) <= LONGEST_NOTE else "",
        when=when,
        leaf=leaf_of(when),
        distance=distance_to(when, today),
        is_overdue=when.last < today,
    )


def waiting_items(
    rows: Iterable[Found], today: date, opens: Callable[[str], bool] = lambda url: True
) -> list[WaitingItem]:
    """What waits, in the order of the rows; ``opens`` knows where others wait whether an address is this person's."""
    items = (waiting_item(found, today) for found in rows)
    return [item if item.ask and opens(item.ask.url) else replace(item, ask=None) for item in items]


def waiting_item(found: Found, today: date) -> WaitingItem:
    """A row as the list of what waits shows it."""
    words, when = told(found), found.when
    return WaitingItem(
        title=words.title,
        url=words.url,
        kind=words.kind,
        note=words.note if len(words.note) <= LONGEST_NOTE else "",
        since=distance_to(when, today) if isinstance(when, VagueDate) else since(when, today) if when else "",
        is_late=isinstance(when, VagueDate),
        ask=words.ask,
        place=found.place.name if found.place else "",
        group=source_of(found).group,
    )


def since(moment: datetime, today: date) -> str:
    """„seit heute“, „seit 3 Tagen“, „seit 12.03.2018“."""
    day = timezone.localdate(moment)
    days = (today - day).days
    near = {0: "seit heute", 1: "seit gestern"}.get(days) or f"seit {days} Tagen"
    return near if 0 <= days < COUNTED_DAYS else f"seit {datum(day)}"


def leaf_of(when: VagueDate) -> Leaf:
    """„Nov.“ over „15.“; vague: „2018“ over „Dez.“, „4. Qu.“, „2. Hj.“ or „Jahr“."""
    month = when.first.month
    if when.precision == DAY:
        return Leaf(MONTHS_SHORT[month - 1], f"{when.first.day}.", False, when.iso, str(when))
    words = {"M": MONTHS_SHORT[month - 1], "Q": f"{(month + 2) // 3}. Qu.", "H": f"{1 if month < 7 else 2}. Hj."}
    machine = when.iso if when.precision in {MONTH, YEAR} else str(when.year)
    return Leaf(str(when.year), words.get(when.precision, "Jahr"), True, machine, str(when))


def distance_to(when: VagueDate, today: date) -> str:
    """How far away, in words; a vague date says that the day is open."""
    if when.last < today:
        late = (today - when.last).days
        if late >= COUNTED_DAYS or when.is_vague:
            return f"war fällig: {when}"
        return f"seit {late} Tagen fällig" if late > 1 else "seit gestern fällig"
    if when.precision == MONTH:
        return f"{MONTHS[when.first.month - 1]} {when.year}, Tag noch offen"
    if when.is_vague:
        return f"{when}, noch ungenau"
    days = (when.first - today).days
    near = {0: "heute", 1: "morgen"}.get(days) or f"in {days} Tagen"
    return near if days < COUNTED_DAYS else f"{when}"
