"""The Landeszuwendungen 2018 and 2019 of the model municipalities, invented to the cent and marked as examples.

As the report tells: the year began in January, the notice came in March. 2018 is proved, 2019 runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Municipality, User
from exchange.dated import written_on
from funding.enums import NoticeKind
from funding.models import FundsCall, NoticeCondition, StateGrant, StateNotice, StateProof
from records.domain.saving import create_record
from records.vague import VagueDate


@dataclass(frozen=True)
class DemoCall:
    """A Mittelabruf: called, came and was used on which day (empty: not yet); all of it came."""

    on: str
    amount: str
    came: str = ""
    used: str = ""


@dataclass(frozen=True)
class Notice:
    """A notice with its conditions (title, due, met) and the calls that rest on it."""

    on: str
    received: str
    amount: str
    conditions: tuple[tuple[str, str, str], ...] = ()
    calls: tuple[DemoCall, ...] = ()


@dataclass(frozen=True)
class Year:
    """A grant: applied on, amount, notices, and the fields of the proof (empty: not due yet)."""

    year: int
    applied: str
    amount: str
    notices: tuple[Notice, ...]
    proof: dict[str, Any]


REPORT = "Zwischenstand der Planung an das Ministerium senden"
STAFF = "Änderungen bei den Planerstellen vor Beginn anzeigen"
YEARS = {
    "16065": (
        Year(
            2018,
            "2017-11-13",
            "492000.00",
            (
                Notice(
                    "2018-03-15",
                    "2018-03-20",
                    "471236.40",
                    ((REPORT, "2018-06-30", "2018-06-26"), (STAFF, "2018-10-31", "2018-10-22")),
                    (
                        DemoCall("2018-04-03", "118000.00", "2018-04-17", "2018-06-12"),
                        DemoCall("2018-07-02", "160500.50", "2018-07-16", "2018-09-11"),
                    ),
                ),
                Notice(
                    "2018-09-28",
                    "2018-10-02",
                    "489318.75",
                    (),
                    (
                        DemoCall("2018-10-04", "148318.25", "2018-10-18", "2018-12-14"),
                        DemoCall("2018-11-12", "62500.00", "2018-11-26", "2018-12-20"),
                    ),
                ),
            ),
            {
                "due": "2019-06-30",
                "submitted_on": "2019-06-27",
                "recognised": "690480.17",
                "repayment": "5982.63",
                "repaid_on": "2019-10-15",
            },
        ),
        Year(
            2019,
            "2018-11-12",
            "508400.00",
            (
                Notice(
                    "2019-03-14",
                    "2019-03-19",
                    "496120.35",
                    ((REPORT, "2019-06-30", ""),),
                    (
                        DemoCall("2019-04-02", "124030.00", "2019-04-16", "2019-06-12"),
                        DemoCall("2019-07-01", "98450.25"),
                    ),
                ),
            ),
            {"due": "2020-06-30"},
        ),
    ),
    "16077": (
        Year(
            2018,
            "2017-11-15",
            "385000.00",
            (
                Notice(
                    "2018-03-22",
                    "2018-03-27",
                    "378904.10",
                    ((REPORT, "2018-07-31", "2018-07-30"),),
                    (
                        DemoCall("2018-04-16", "126300.00", "2018-05-02", "2018-06-28"),
                        DemoCall("2018-08-06", "139804.10", "2018-08-20", "2018-10-16"),
                        DemoCall("2018-10-29", "112800.00", "2018-11-12", "2018-12-19"),
                    ),
                ),
            ),
            {"due": "2019-06-30", "submitted_on": "2019-06-28", "recognised": "541291.57", "repayment": "0.00"},
        ),
        Year(
            2019,
            "2018-11-14",
            "396500.00",
            (
                Notice(
                    "2019-03-21",
                    "2019-03-26",
                    "391780.55",
                    ((REPORT, "2019-07-31", ""),),
                    (DemoCall("2019-04-15", "97945.15", "2019-04-29", "2019-06-25"),),
                ),
            ),
            {
                "due": "2020-06-30",
                "extended_to": "2020-08-31",
                "extension_reason": "Beispiel: Ein Träger rechnet später ab",
            },
        ),
    ),
}


def load_grants(ags: str) -> int:
    """Enter the grants of a model municipality that has none. Returns how many records were created."""
    place = Municipality.objects.get(ags=ags)
    if StateGrant.objects.filter(municipality=place).exists():
        return 0
    planner = User.objects.get(username={"16065": "planung-kyf", "16077": "planung-abg"}[ags])
    with transaction.atomic():
        return sum(Entering(place, planner).enter(year) for year in YEARS[ags])


@dataclass
class Entering:
    """Writes records as the planner would have, each on its day."""

    place: Municipality
    planner: User
    count: int = 0

    def enter(self, year: Year) -> int:
        """A grant with everything that belongs to it."""
        grant = self.keep(StateGrant, year.applied, year=year.year, applied_on=year.applied, applied_amount=year.amount)
        for number, notice in enumerate(year.notices):
            self.enter_notice(grant, notice, number)
        if not year.proof:
            return self.count
        on = year.proof.get("repaid_on") or year.proof.get("submitted_on") or f"{year.year}-12-20"
        self.keep(StateProof, on, grant=grant, **year.proof)
        return self.count

    def enter_notice(self, grant: StateGrant, notice: Notice, number: int) -> None:
        """A notice, what it demands and what was called on it."""
        stored = self.keep(
            StateNotice,
            notice.received,
            grant=grant,
            kind=NoticeKind.CHANGE if number else NoticeKind.GRANT,
            number=f"LSZ {grant.year}/{self.place.ags}-{number + 1}",
            dated=notice.on,
            received_on=notice.received,
            amount=notice.amount,
            begin=f"{grant.year}-01-01",
            end=f"{grant.year}-12-31",
        )
        for title, due, met in notice.conditions:
            self.keep(NoticeCondition, notice.received, notice=stored, title=title, due=due, done_on=met)
        for call in notice.calls:
            came = {"received_on": call.came, "received_amount": call.amount} if call.came else {}
            needed = call.came[:7] if call.came else f"{grant.year}-09"
            values = {"requested_on": call.on, "amount": call.amount, "needed_until": needed, "used_on": call.used}
            self.keep(FundsCall, call.used or call.came or call.on, notice=stored, **values, **came)

    def keep(self, model: Any, on: str, **values: Any) -> Any:
        """A new record, written on that day; days and amounts come as texts."""
        record = model(municipality=self.place, is_example=True, **{name: read(name, values[name]) for name in values})
        with written_on(date.fromisoformat(on)):
            create_record(record, actor=self.planner)
        self.count += 1
        return record


DATES: Iterable[str] = ("applied_on", "dated", "received_on", "begin", "end", "due", "done_on", "requested_on")
DATES = (*DATES, "needed_until", "used_on", "extended_to", "submitted_on", "repaid_on")
AMOUNTS = ("applied_amount", "amount", "received_amount", "recognised", "repayment")


def read(name: str, value: Any) -> Any:
    """A day or an amount from its text; an empty text is no statement."""
    if name in DATES:
        return VagueDate.from_iso(value) if value else None
    return Decimal(value) if name in AMOUNTS else value
