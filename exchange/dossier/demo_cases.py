"""Rules, calls and applications of the model municipalities for 2019, invented and marked as examples.

The story ends where the check ends: what is decided, paid and proved is told after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Municipality, User
from exchange.dated import at_ten, written_on
from funding.domain.cases.checklist import items_for
from funding.enums import Answer
from funding.enums import ApplicationAction as A
from funding.models import (
    Call,
    CheckAnswer,
    CostKind,
    CostPosition,
    Decider,
    FinancePosition,
    FundingApplication,
    Inquiry,
    LocalFundingRule,
    OfferedCriterion,
)
from participation.models import Body
from planning.models import Measure, Need
from records.domain.saving import create_record
from records.life.moving import take_step

YEAR = 2019
Money = tuple[tuple[str, str, str], ...]  # kind or source, words, amount
RULES: tuple[tuple[str, dict[str, Any], tuple[tuple[str, str], ...]], ...] = (
    (
        "project",
        {"maximum_share": "80", "minimum_own_share": "10", "weeks_before": 8, "proof_months": 6},
        (("5000.00", "Fachdienst Soziales"), ("", "")),
    ),
    (
        "micro",
        {"maximum_grant": "1000.00", "maximum_total": "5000.00", "proof_months": 3, "proof_form": "simple"},
        (("", "Fachdienst Soziales"),),
    ),
)
WHOLE = (A.RECEIVE, A.BEGIN_CHECK, A.FINISH_CHECK)
LIGHT = (A.RECEIVE, A.FINISH_CHECK)


@dataclass(frozen=True)
class Case:
    """An application: class, title, which measure it serves, who applies, when, costs, financing, criterion, steps.

    Handlungsfeld, goals and needs are those of the measure; ``belongs`` says that it is a part of it.
    """

    project_class: str
    title: str
    serves: int
    applicant: str
    came: date
    costs: Money
    finances: Money
    criterion: tuple[str, str]
    steps: tuple[A, ...] = WHOLE
    belongs: bool = False
    more: dict[str, Any] = field(default_factory=dict)
    year: int = YEAR


CASES = {
    "16065": (
        Case(
            "project",
            "Eltern-Kind-Kurse in den Gemeinden",
            6,
            "Beispiel-Träger Familienbildung",
            date(2018, 9, 3),
            (("HO", "Kursleitung", "21600.00"), ("SK", "Räume und Material", "3217.45")),
            (("land", "", "19853.96"), ("own", "", "3463.49"), ("fees", "Beiträge der Eltern", "1500.00")),
            ("Familien, die an einem Kurs teilnehmen", "120"),
            belongs=True,
        ),
        Case(
            "project",
            "Dorfkümmerer für fünf Ortsteile",
            12,
            "Beispiel-Gemeinde",
            date(2018, 9, 12),
            (("HO", "Aufwand der Dorfkümmerer", "6000.00"),),
            (("land", "", "4200.00"), ("own", "", "1800.00")),
            ("Besuche im Jahr", "400"),
        ),
        Case(
            "micro",
            "Erzählcafé der Generationen",
            13,
            "Beispiel-Verein Nachbarschaft",
            date(2018, 9, 20),
            (("SK", "Bewirtung und Material", "740.50"),),
            (("land", "", "666.45"), ("own", "", "74.05")),
            ("Teilnehmende je Treffen", "25"),
            LIGHT,
            belongs=True,
        ),
        Case(
            "project",
            "Familienlotsen in den Kindertagesstätten",
            5,
            "Beispiel-Träger der Jugendhilfe",
            date(2018, 9, 27),
            (("PK", "Koordination, 0,25 VzÄ", "14880.00"), ("SK", "Fahrten", "1120.00")),
            (("land", "", "12800.00"), ("own", "", "3200.00")),
            ("Vermittelte Familien", "60"),
            (A.RECEIVE, A.BEGIN_CHECK, A.ASK),
            more={"inquiry": ("Nachweis der Gemeinnützigkeit", date(2018, 10, 9), date(2018, 10, 30))},
        ),
        Case(
            "project",
            "Jugendtreff unterwegs",
            10,
            "Beispiel-Verein Offene Jugendarbeit",
            date(2018, 9, 28),
            (("PK", "Fachkraft, 0,5 VzÄ", "27300.00"), ("IN", "Anhänger", "4200.00")),
            (("land", "", "21840.00"), ("own", "", "9660.00")),
            ("Halte im Jahr", "90"),
            (A.RECEIVE,),
        ),
    ),
    "16077": (
        Case(
            "project",
            "Pflegelotsen in drei Gemeinden",
            13,
            "Beispiel-Träger der Altenhilfe",
            date(2018, 9, 5),
            (("HO", "Schulung der Ehrenamtlichen", "5400.00"), ("SK", "Material", "2800.00")),
            (("land", "", "6560.00"), ("own", "", "1640.00")),
            ("Beratungen im Jahr", "150"),
        ),
        Case(
            "micro",
            "Familienfrühstück im Quartier",
            11,
            "Beispiel-Verein Quartier",
            date(2018, 9, 18),
            (("SK", "Lebensmittel und Raum", "980.00"),),
            (("land", "", "882.00"), ("own", "", "98.00")),
            ("Familien je Termin", "15"),
            LIGHT,
            belongs=True,
        ),
        Case(
            "project",
            "Garten der Generationen",
            14,
            "Beispiel-Stiftung",
            date(2018, 9, 21),
            (("HO", "Anleitung", "4100.00"), ("SK", "Pflanzen und Geräte", "2350.75")),
            (("land", "", "5160.60"), ("own", "", "1290.15")),
            ("Beteiligte Gruppen", "8"),
            (A.RECEIVE, A.BEGIN_CHECK),
        ),
        Case(
            "project",
            "Ferienwerkstatt",
            5,
            "Beispiel-Verein Kinder und Werken",
            date(2018, 9, 24),
            (("HO", "Anleitung in den Ferien", "3900.00"),),
            (("land", "", "3120.00"), ("own", "", "780.00")),
            ("Teilnehmende Kinder", "48"),
            (A.RECEIVE, A.WITHDRAW),
        ),
    ),
}
NOTES = {A.WITHDRAW: "Schreiben des Trägers vom 15.10.2018 (Beispiel)"}


@transaction.atomic
def load_cases(ags: str) -> int:
    """Enter what is asked for and applied, once; returns how many applications there are now (0: they were there)."""
    place = Municipality.objects.get(ags=ags)
    if FundingApplication.objects.filter(municipality=place).exists():
        return 0
    planner = User.objects.get(username=f"planung-{'kyf' if ags == '16065' else 'abg'}")
    with written_on(date(2018, 6, 4)):
        enter_rules(place, planner)
    with written_on(date(2018, 7, 2)):
        calls = {code: enter_call(place, planner, code) for code in ("project", "micro")}
    for case in CASES[ags]:
        with written_on(case.came):
            record = enter_case(place, planner, case, calls[case.project_class])
        happen(record, case, planner)
    return len(CASES[ags])


def enter(model: Any, place: Municipality, planner: User, links: Any = None, **values: Any) -> Any:
    """A stored example."""
    return create_record(model(municipality=place, is_example=True, **values), actor=planner, links=links)


def enter_rules(place: Municipality, planner: User) -> None:
    """The Förderregeln of both classes with who decides up to which amount."""
    council = Body.objects.filter(municipality=place).order_by("pk").first()
    for code, limits, deciders in RULES:
        values = {
            name: Decimal(text) if isinstance(text, str) and text[0].isdigit() else text
            for name, text in limits.items()
        }
        basis = "Förderrichtlinie der Kommune (Beispiel)"
        rule = enter(
            LocalFundingRule, place, planner, project_class=code, valid_from=date(2018, 7, 1), basis=basis, **values
        )
        for up_to, office in deciders:
            limit = Decimal(up_to) if up_to else None
            enter(Decider, place, planner, rule=rule, up_to=limit, office=office, body=None if office else council)


def enter_call(
    place: Municipality,
    planner: User,
    code: str,
    year: int = YEAR,
    opens_on: date = date(2018, 7, 2),
    closes_on: date = date(2018, 9, 30),
) -> Call:
    """One call for each class."""
    words = "Projekte" if code == "project" else "Mikroprojekte"
    call: Call = enter(
        Call,
        place,
        planner,
        project_class=code,
        year=year,
        title=f"{words} {year}",
        text=f"Beispiel: Gefördert werden {words}, die einem Ziel des Fachplans dienen. Bewerben können sich "
        "gemeinnützige Träger, Kirchen und Gemeinden.",
        opens_on=opens_on,
        closes_on=closes_on,
        pot=Decimal("65000.00") if code == "project" else Decimal("5000.00"),
    )
    return call


def kind_of_cost(code: str) -> CostKind:
    """The kind of cost with that code."""
    return CostKind.objects.get(code=code)


def enter_case(place: Municipality, planner: User, case: Case, call: Call) -> FundingApplication:
    """The application with its rows, as the office typed it in."""
    found = Measure.objects.filter(
        municipality=place, cycle__first_year__lte=case.year, cycle__last_year__gte=case.year
    )
    measure = found.get(number=case.serves)
    goals = list(measure.goals.all())
    needs = list(Need.objects.filter(goals__in=goals).distinct())
    record: FundingApplication = enter(
        FundingApplication,
        place,
        planner,
        {"goals": goals, "needs": needs},
        call=call,
        project_class=case.project_class,
        year=case.year,
        title=case.title,
        applicant=case.applicant,
        legal_form="eingetragener Verein (Beispiel)",
        contact="Geschäftsführung",
        email="antrag@example.org",
        iban="DE89370400440532013000",
        account_holder=case.applicant,
        action_field=measure.action_field,
        measure=measure if case.belongs else None,
        description=f"Beispiel: {case.title}, im ganzen Jahr {case.year}.",
        starts_on=date(case.year, 1, 1),
        ends_on=date(case.year, 12, 31),
        received_on=case.came,
    )
    for code, words, amount in case.costs:
        kind = kind_of_cost(code)
        values = {"cost_kind": kind, "title": words, "amount": Decimal(amount), "eligible": kind.eligible}
        enter(CostPosition, place, planner, application=record, **values)
    for source, giver, amount in case.finances:
        enter(FinancePosition, place, planner, application=record, source=source, giver=giver, amount=Decimal(amount))
    title, target = case.criterion
    enter(OfferedCriterion, place, planner, application=record, title=title, kind="output", target=Decimal(target))
    return record


def happen(
    record: FundingApplication,
    case: Case,
    planner: User,
    later: Iterable[date] = (date(2018, 10, 8), date(2018, 10, 15)),
) -> None:
    """The steps, each on its day."""
    days = (case.came, *later)
    for action, day in zip(case.steps, days, strict=False):
        with written_on(day):
            before(record, case, action, planner)
            values = {"received_on": case.came} if action == A.RECEIVE else {}
            note, at = NOTES.get(action, ""), at_ten(day)
            take_step(
                record=record,
                action=action,
                actor=planner,
                version=record.version,
                note=note,
                at=at,
                values=values,
            )


def before(record: FundingApplication, case: Case, action: A, planner: User) -> None:
    """What a step needs: answers of the check list, a request for a paper."""
    if action == A.ASK:
        title, sent_on, until = case.more["inquiry"]
        enter(Inquiry, record.municipality, planner, application=record, title=title, sent_on=sent_on, until=until)
    if action == A.FINISH_CHECK:
        answered = set(CheckAnswer.objects.filter(application=record).values_list("item", flat=True))
        for item in items_for(record):
            if item.pk not in answered:
                enter(CheckAnswer, record.municipality, planner, application=record, item=item, answer=Answer.YES)
