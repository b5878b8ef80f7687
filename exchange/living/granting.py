"""Money around today: calls and applications of the model municipalities, a notice, and this year's Landeszuwendung."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from exchange.dated import written_on
from exchange.dossier.demo import KYF
from exchange.dossier.demo_cases import LIGHT, WHOLE, Case, enter_call, enter_case, happen
from exchange.dossier.demo_decisions import keep, move
from exchange.dossier.demo_grant import DemoCall, Entering, Notice, Year
from exchange.dossier.demo_payments import Way, pay
from exchange.living.calendar import Calendar
from exchange.living.place import Place
from funding.domain.budget.from_decisions import plan_payments, plan_proofs
from funding.domain.decisions.proposals import proposal_for
from funding.enums import ApplicationAction as A
from funding.enums import DecisionAction
from funding.models import FundingApplication, Instalment

WHY = "Beispiel: Die Anschrift steht in der Akte."
BY_OFFICE = "Beispiel: Über Beträge bis 5.000 € entscheidet der Fachdienst."
GRANTS = {KYF: ("561400.00", "548230.15", "137050.00"), "": ("438200.00", "430115.80", "107520.00")}
# A case of the next year, and before how many days its steps behind the receipt were taken.
Told = tuple[Case, tuple[int, ...]]


def around_today(place: Place) -> None:
    """Applications for the year of the plan at work stand in different states, so that everybody finds work."""
    calendar, planner = place.calendar, place.people.planner
    opens_on, closes_on = calendar.ago(110), calendar.ago(20)
    with written_on(opens_on):
        call = enter_call(place.municipality, planner, "project", calendar.focus, opens_on, closes_on)
    told = asked_kyf(calendar) if place.municipality.ags == KYF else asked_abg(calendar)
    for case, later in told:
        case = replace(case, year=calendar.focus)
        with written_on(case.came):
            record = enter_case(place.municipality, planner, case, call)
        happen(record, case, planner, [calendar.ago(days) for days in later])
        if A.FINISH_CHECK in case.steps and place.municipality.ags == KYF:
            prepare(place, record)
    if place.municipality.ags == KYF:
        grant_micro(place)
    apply_to_land(place)


def asked_kyf(calendar: Calendar) -> Iterable[Told]:
    """One has just come, one waits for a paper, one is ready for the Leitung."""
    paper = ("Nachweis der Gemeinnützigkeit", calendar.ago(14), calendar.ahead(8))
    return (
        (
            Case(
                "project",
                "Großelternkurs mit Krabbelgruppe",
                6,
                "Beispiel-Träger Familienbildung",
                calendar.ago(62),
                (("HO", "Kursleitung", "3600.00"), ("SK", "Räume und Material", "812.40")),
                (("land", "", "3529.92"), ("own", "", "882.48")),
                ("Familien, die an einem Kurs teilnehmen", "24"),
                WHOLE,
            ),
            (40, 22),
        ),
        (
            Case(
                "project",
                "Fahrradwerkstatt am Jugendbus",
                10,
                "Beispiel-Verein Offene Jugendarbeit",
                calendar.ago(33),
                (("HO", "Anleitung", "5200.00"), ("SK", "Werkzeug und Teile", "1940.00")),
                (("land", "", "5712.00"), ("own", "", "1428.00")),
                ("Werkstatttage im Jahr", "40"),
                (A.RECEIVE, A.BEGIN_CHECK, A.ASK),
                more={"inquiry": paper},
            ),
            (18, 14),
        ),
        (
            Case(
                "project",
                "Vorlesen im Mehrgenerationenhaus",
                12,
                "Beispiel-Verein Nachbarschaft",
                calendar.ago(24),
                (("HO", "Aufwand der Vorlesenden", "2400.00"), ("SK", "Bücher", "650.00")),
                (("land", "", "2440.00"), ("own", "", "610.00")),
                ("Kinder je Nachmittag", "12"),
                (A.RECEIVE,),
            ),
            (),
        ),
    )


def asked_abg(calendar: Calendar) -> Iterable[Told]:
    """One is checked and waits for the board, one is in the check."""
    return (
        (
            Case(
                "project",
                "Elterncafé in zwei Grundschulen",
                6,
                "Beispiel-Verein Kinder und Werken",
                calendar.ago(58),
                (("HO", "Begleitung der Treffen", "6400.00"), ("SK", "Bewirtung und Material", "1650.00")),
                (("land", "", "6440.00"), ("own", "", "1610.00")),
                ("Treffen im Jahr", "36"),
                WHOLE,
            ),
            (36, 19),
        ),
        (
            Case(
                "project",
                "Besuche mit dem Lastenrad",
                13,
                "Beispiel-Träger der Altenhilfe",
                calendar.ago(27),
                (("IN", "Lastenrad", "4300.00"), ("SK", "Versicherung und Wartung", "480.00")),
                (("land", "", "3824.00"), ("own", "", "956.00")),
                ("Besuche im Jahr", "180"),
                (A.RECEIVE, A.BEGIN_CHECK),
            ),
            (16,),
        ),
    )


def prepare(place: Place, record: FundingApplication) -> None:
    """No board has to advise on so little; the decision lies with the Leitung."""
    skipped, prepared = place.calendar.ago(12), place.calendar.ago(5)
    move(record, A.SKIP_ADVICE, place.people.planner, skipped, BY_OFFICE)
    decide(place, record, prepared)


def decide(place: Place, record: FundingApplication, day: date) -> None:
    """A decision with its rows, prepared on that day."""
    proposal = proposal_for(record)
    found = proposal.decision
    found.dated = found.decided_on = day
    paid_on = max(record.starts_on or day, place.calendar.ahead(6))
    proposal.rows[Instalment] = [Instalment(municipality=record.municipality, planned_on=paid_on, amount=found.grant)]
    keep(proposal, place.people.planner, day)
    move(found, DecisionAction.PREPARE, place.people.planner, day, WHY)


def grant_micro(place: Place) -> None:
    """A small project of this year is granted and final; its money is released and lies with the cash office."""
    calendar, people = place.calendar, place.people
    year, came = calendar.day.year, calendar.ago(120)
    with written_on(calendar.ago(150)):
        call = enter_call(place.municipality, people.planner, "micro", year, calendar.ago(150), calendar.ago(100))
    case = Case(
        "micro",
        "Nachbarschaftstag",
        13,
        "Beispiel-Verein Nachbarschaft",
        came,
        (("SK", "Bewirtung und Material", "860.00"),),
        (("land", "", "774.00"), ("own", "", "86.00")),
        ("Besucherinnen und Besucher", "150"),
        LIGHT,
        year=year,
    )
    with written_on(came):
        record = enter_case(place.municipality, people.planner, case, call)
    happen(record, case, people.planner, [calendar.ago(110)])
    decide(place, record, calendar.ago(100))
    decision = record.decisions.get()
    move(decision, DecisionAction.RELEASE, people.lead, calendar.ago(98), WHY)
    move(decision, DecisionAction.SEND, people.planner, calendar.ago(97), sent_on=calendar.ago(97))
    move(decision, DecisionAction.BECOME_FINAL, people.planner, calendar.ago(60), final_on=calendar.ago(60))
    with written_on(calendar.ago(60)):
        plan_payments(place.municipality, people.planner, calendar.ago(60))
        plan_proofs(place.municipality, people.planner, calendar.ago(60))
    paid_on = decision.instalments.get().planned_on
    need = "Bewirtung und Material des Tages"
    way = Way(case.title, paid_on, need, calendar.ahead(20), calendar.ago(5), calendar.ago(3))
    pay(place.municipality, way, people.planner, people.lead)


def apply_to_land(place: Place) -> None:
    """This year's Landeszuwendung: granted in spring, a condition and a call are open."""
    calendar, ags = place.calendar, place.municipality.ags
    year = calendar.day.year
    applied, amount, called = GRANTS.get(ags) or GRANTS[""]
    notice = calendar.past(date(year, 3, 16), 40).isoformat()
    first, came = calendar.past(date(year, 4, 7), 38), calendar.past(date(year, 4, 21), 24)
    used = calendar.past(date(year, 6, 9), 12)
    calls = (DemoCall(first.isoformat(), called, came.isoformat(), used.isoformat()),)
    conditions = (("Zwischenstand der Umsetzung an das Ministerium senden", calendar.ahead(17).isoformat(), ""),)
    rows = Notice(notice, notice, amount, conditions, calls)
    Entering(place.municipality, place.people.planner).enter(
        Year(year, calendar.past(date(year - 1, 11, 12), 60).isoformat(), applied, (rows,), {})
    )
