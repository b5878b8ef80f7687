"""The whole case of a Träger, from the call to the final notice, told once for all hands that walk it.

Hands open pages, follow links and send forms as a person does; they count what they do, so that the steps of each
person can be told. Nothing but the start pages is opened by its address. The amounts are those of the worked example
C: 24.000,00 € are paid at a share of 80 %, expenses of 27.450,55 € are recognised, 2.039,56 € go back.
"""

import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Municipality
from funding.models import BaseRate, CheckItem, CostKind, Decider, FundingApplication, LocalFundingRule, TextBlock
from participation.models import Body, Session
from planning.models import FundingRule
from records.domain.saving import create_record
from records.vague import VagueDate
from tests.factories import make

COSTS = (("Personal", "24.000,00"), ("Honorare", "3.000,00"), ("Sachkosten", "2.000,00"), ("Verwaltung", "1.000,00"))
SPENT = ("24.000,00", "2.000,00", "1.000,00", "450,55")
FINANCES = (("land", "24.000,00"), ("own", "6.000,00"))
CALL, PROJECT, APPLICANT, BOARD = (
    "Projekte (Beispiel)",
    "Treff am Markt (Beispiel)",
    "Beispiel-Verein",
    "Beispielbeirat",
)
ADDRESS, IBAN, EMAIL = "Markt 1, 99999 Beispielstadt", "DE89 3704 0044 0532 0130 00", "verein@example.org"


class Hands(ABC):
    """A person at a page. ``pages`` counts what was opened, ``presses`` links and buttons, ``typed`` fields."""

    def __init__(self) -> None:
        self.pages = self.presses = self.typed = 0

    def start(self, address: str) -> None:
        """To a page whose address the person has."""
        self.go(address)
        self.opened()

    def menu(self, name: str) -> None:
        """To a page of the menu."""
        self.presses += 1
        self.choose(name)
        self.opened()

    def follow(self, name: str) -> None:
        """Where a link of the content leads, by the beginning of its words."""
        self.presses += 1
        self.click(name)
        self.opened()

    def send(self, button: str, **values: Any) -> None:
        """Fill in fields by their names, and press a button by the beginning of its words."""
        self.presses += 1
        self.typed += len(values)
        self.submit(button, values)
        self.opened()

    def step(self, name: str, **values: Any) -> None:
        """A step in the life of what is shown: its link, and the button of its page."""
        self.follow(name)
        self.send(name, **values)

    def sees(self, *texts: str) -> None:
        """The page says so."""
        said = " ".join(self.words().split())
        for text in texts:
            assert text in said, f"{text!r} is not in: {said}"

    def opened(self) -> None:
        """Another page stands."""
        self.pages += 1

    @abstractmethod
    def go(self, address: str) -> None:
        """Open an address."""

    @abstractmethod
    def choose(self, name: str) -> None:
        """Press an entry of the menu."""

    @abstractmethod
    def click(self, name: str) -> None:
        """Press a link of the content."""

    @abstractmethod
    def submit(self, button: str, values: dict[str, Any]) -> None:
        """Fill in and press."""

    @abstractmethod
    def names(self, begin: str, end: str = "") -> list[str]:
        """The names of fields with this beginning and end, in their order."""

    @abstractmethod
    def words(self) -> str:
        """The content of the page."""


@dataclass(frozen=True)
class World:
    """Where the case happens, and when."""

    place: Municipality
    session: Session
    today: date

    def day(self, days: int = 0) -> str:
        """A day as it is typed."""
        return f"{self.today + timedelta(days=days):%d.%m.%Y}"

    @property
    def home(self) -> str:
        """The address of the start page."""
        return f"/{self.place.slug}/"


def once(model: Any, key: dict[str, Any], **more: Any) -> Any:
    """A row of a catalogue, made where there is none."""
    return model.objects.filter(**key).first() or create_record(model(**key, **more), actor=None)


def furnish(place: Municipality) -> World:
    """What stands before a call: kinds of cost, check list, rules, Textbausteine, and a session of the board."""
    today = timezone.localdate()
    long_ago = date(today.year - 1, 1, 1)
    for number, (title, _) in enumerate(COSTS):
        once(CostKind, {"title": f"{title} (Beispiel)"}, code=f"bsp{number}", position=number)
    for number, title in enumerate(("Satzung liegt vor (Beispiel)", "Bankverbindung stimmt (Beispiel)")):
        once(CheckItem, {"title": title}, project_class="project", position=number)
    interest = {"interest_kind": "base", "interest_points": Decimal(5), "interest_from": "payment", "day_count": "365"}
    once(FundingRule, {"year": today.year}, overrun_percent=Decimal(20), use_within=2, use_unit="months", **interest)
    if not BaseRate.objects.filter(Q(valid_until=None) | Q(valid_until__gte=today)).exists():
        create_record(BaseRate(valid_from=date(today.year, 1, 1), percent=Decimal("1.62")), actor=None)
    share = {"maximum_share": Decimal(80), "proof_months": 6}
    rule = LocalFundingRule(municipality=place, project_class="project", valid_from=long_ago, **share)
    create_record(rule, actor=None)
    body = make(Body, place, full=False, title=BOARD)
    create_record(Decider(municipality=place, rule=rule, body=body), actor=None)
    for where, text in (("remedy", "Widerspruch binnen eines Monats."), ("repayment", "Der Betrag ist zu erstatten.")):
        given = {"place": where, "title": where, "text": f"{text} (Beispiel)", "valid_from": long_ago}
        create_record(TextBlock(municipality=place, **given), actor=None)
    held = VagueDate.from_iso(today.isoformat())
    session = make(Session, place, full=False, body=body, title="Sitzung des Beirats", held_on=held, state="held")
    return World(place, session, today)


def rows(begin: str, *columns: tuple[str, tuple[Any, ...]]) -> dict[str, Any]:
    """The fields of a table, column by column."""
    return {f"{begin}-{at}-{name}": value for name, values in columns for at, value in enumerate(values)}


def money(costs: str, finances: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Costs and financing as they are typed, under the names of their tables."""
    kinds = tuple(CostKind.objects.get(title=f"{title} (Beispiel)").pk for title, _ in COSTS)
    titles, amounts = zip(*COSTS, strict=True)
    sources, given = zip(*FINANCES, strict=True)
    spent = rows(costs, ("cost_kind", kinds), ("title", titles), ("amount", amounts))
    return spent, rows(finances, ("source", sources), ("amount", given))


# ---------------------------------------------------------------- the way
def call_for_applications(world: World, planner: Hands) -> str:
    """A new call; returns the address of its public form."""
    planner.start(world.home)
    planner.menu("Aufrufe")
    planner.follow("Aufruf anlegen")
    year = world.today.year
    days = {"opens_on": f"01.01.{year}", "closes_on": f"31.12.{year}"}
    planner.send("Aufruf speichern", title=CALL, project_class="project", year=year, **days, pot="100.000,00")
    planner.sees("Frei 100.000,00 €", "Offen bis")
    found = re.search(r"/antrag/[\w-]+/", planner.words())
    assert found
    return found[0]


def enter(world: World, planner: Hands) -> None:
    """From paper, on one page, with its receipt."""
    planner.follow("Antrag anlegen")
    costs, finances = money("ausgaben", "finanzierung")
    told = {"title": PROJECT, "applicant": APPLICANT, "address": ADDRESS, "iban": IBAN}
    days = {"starts_on": world.day(1), "ends_on": world.day(300)}
    planner.send("Speichern und Eingang festhalten", **told, **days, **costs, **finances)


def apply_in_public(world: World, applicant: Hands, address: str, code: Callable[[], str]) -> None:
    """By the public form: five pages, check, code of a mail."""
    applicant.start(address)
    applicant.send("Antrag beginnen")
    who = {"applicant": APPLICANT, "address": ADDRESS, "contact": "Geschäftsstelle", "email": EMAIL}
    applicant.send("Speichern und weiter", **who)
    days = {"starts_on": world.day(1), "ends_on": world.day(300)}
    why = {"description": "Ein Treff für alle.", "need_text": "Es gibt keinen Treff."}
    applicant.send("Speichern und weiter", title=PROJECT, **days, **why)
    costs, finances = money("ausgaben", "finanzierung")
    applicant.send("Weitere Zeilen")
    applicant.send("Speichern und weiter", **costs)
    applicant.send("Speichern und weiter", **finances, iban=IBAN)
    applicant.send("Speichern und weiter")
    applicant.sees("Ausgaben und Finanzierung sind gleich: 30.000,00 €")
    applicant.send("Antrag absenden", declaration=True)
    applicant.send("Antrag bestätigen", code=code())
    applicant.sees("Ihr Antrag ist eingegangen")


def check_and_vote(world: World, planner: Hands) -> None:
    """The check list, the end of the check, and the vote of the session."""
    planner.sees("Sozialplanung: prüfen", "Ausgaben und Finanzierung sind gleich")
    planner.step("Prüfung beginnen")
    planner.follow("Antrag prüfen")
    planner.send("Prüfung speichern", **dict.fromkeys(planner.names("punkte-", "-answer"), "yes"))
    planner.step("Prüfung abschließen")
    planner.sees("Gremium: beraten")
    planner.menu("Sitzungen")
    planner.follow("Sitzung des Beirats")
    planner.follow("Voten erfassen")
    vote = planner.names("voten-", "-recommendation")[0]
    counts = {vote.replace("recommendation", name): number for name, number in (("votes_for", 9), ("votes_against", 1))}
    planner.send("Voten speichern", **{vote: "for"}, **counts)


def find_case(planner: Hands) -> None:
    """To the page of the case, from anywhere."""
    planner.menu("Anträge")
    planner.follow(case_begin())


def case_begin() -> str:
    """How its name begins."""
    return FundingApplication.objects.filter(title=PROJECT).latest("pk").case_number


def decide(world: World, planner: Hands, lead: Hands) -> None:
    """Prepared by one person, released by another, sent; the Träger waives its remedies."""
    find_case(planner)
    planner.sees("Sozialplanung: Entscheidung vorbereiten", "9 Ja, 1 Nein Entscheidung")  # nothing that nobody counted
    planner.follow("Entscheidung vorbereiten")
    planner.sees("80 % × 30.000,00 €")
    planner.send("Entscheidung speichern")
    planner.step("Zur Freigabe geben")
    task(world, lead, "Freigeben?", "Bescheid freigeben")
    lead.sees("freigegeben und festgeschrieben")
    find_case(planner)
    planner.sees("Zuwendungsbescheid", "Sozialplanung: Bescheid versenden")
    planner.follow("Fassung 1")
    planner.step("Versand festhalten")
    planner.step("Rechtsbehelfsverzicht festhalten", waiver_on=world.day())


def task(world: World, hands: Hands, name: str, step: str, **values: Any) -> None:
    """What waits for the person on the own start page, and its step."""
    hands.start(world.home)
    hands.follow(name)
    hands.step(step, **values)


def pay(world: World, planner: Hands, lead: Hands) -> None:
    """Planned from the notice, prepared, released by another person, paid by the cash office."""
    planner.menu("Auszahlungen")
    planner.sees("24.000,00 €")
    planner.send("1 Auszahlung")
    row = planner.names("z", "-need")[0].removesuffix("need")
    told = {f"{row}need": "Personal des Treffs", f"{row}until": world.day(30)}
    planner.send("Markierte vorbereiten", **{f"{row}mark": True}, **told)
    task(world, lead, "Freigeben?", "Zur Zahlung freigeben")
    planner.menu("Auszahlungen")
    planner.follow("Ausgezahlt?")
    planner.send("Als ausgezahlt festhalten")


def prove(world: World, planner: Hands, lead: Hands) -> None:
    """What was spent, entered by the office; checked by one person, recognised by another."""
    planner.menu("Nachweise")
    planner.send("1 Nachweis")
    planner.follow(case_begin())
    planner.follow("Angaben erfassen")
    spent = dict(zip(planner.names("actual-"), SPENT, strict=True))
    income = {"source-0": "own", "amount-0": FINANCES[1][1]}
    receipts = "\n".join(f"{at};{world.day()};Beispiel-Kraft;Treff;{at};{SPENT[at - 1]}" for at in (1, 2, 3, 4))
    planner.send("Nachweis speichern", done="Der Treff war offen.", **spent, **income, receipts=receipts)
    planner.sees("4 in der Liste")
    planner.sees("27.450,55 €", "80 % × 27.450,55 €", "21.960,44 €", "2.039,56 €")
    planner.step("Eingang des Nachweises festhalten")
    planner.step("Prüfung des Nachweises abschließen")
    task(world, lead, "Anerkennen?", "Nachweis anerkennen")


def claim_back(world: World, planner: Hands, lead: Hands) -> None:
    """Heard, put forward by one person, demanded by another, paid."""
    find_case(planner)
    planner.sees("Sozialplanung: Rückforderung vorbereiten")
    planner.start(world.home)
    planner.follow("Zurückfordern?")
    planner.follow("Rückforderung vorbereiten")
    planner.send("Rückforderung vorbereiten")
    planner.sees("2.039,56 €")
    planner.step("Anhörung festhalten")
    planner.step("Rückforderung vorlegen", note="Der Träger hat sich geäußert.")
    task(world, lead, "Fordern?", "Rückforderung freigeben")
    planner.menu("Offene Geldsachen")
    planner.follow("Bezahlt?")
    planner.step("Zahlung des Trägers festhalten")


def close(world: World, planner: Hands) -> None:
    """The end of the case."""
    planner.follow(case_begin())
    planner.sees("Sozialplanung: Vorgang abschließen", "Schlussbescheid")
    planner.step("Vorgang abschließen")
    planner.sees("Der Vorgang ist abgeschlossen.")


def walk(world: World, planner: Hands, lead: Hands, applicant: Hands | None = None, code: Any = None) -> None:
    """From the call to the final notice; with an applicant the application comes by the public form."""
    address = call_for_applications(world, planner)
    if applicant is None:
        enter(world, planner)
    else:
        apply_in_public(world, applicant, address, code)
        find_case(planner)
    check_and_vote(world, planner)
    decide(world, planner, lead)
    pay(world, planner, lead)
    prove(world, planner, lead)
    claim_back(world, planner, lead)
    close(world, planner)


def tell(**people: Hands) -> None:
    """Say the steps of each person where the test's output is shown (``-s``)."""
    for who, each in people.items():
        sys.stdout.write(f"\n{who}: {each.pages} Seiten, {each.presses} Klicks, {each.typed} Felder")
