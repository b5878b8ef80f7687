"""Records of one municipality, ``count`` of each kind that a plan shows, linked along the red thread."""

from decimal import Decimal

from accounts.models import Municipality
from participation.models import (
    AgendaItem,
    Body,
    BodyMembership,
    Decision,
    Event,
    EventAttendance,
    Finding,
    NetworkEvent,
    Resolution,
    Session,
    SupportRecord,
    Survey,
)
from planning.models import (
    ActionField,
    Agreement,
    Certificate,
    Commune,
    CriterionValue,
    DataSource,
    EntryLevel,
    FamilyConcept,
    Goal,
    Hurdle,
    Indicator,
    IndicatorValue,
    LifePhase,
    LinkedStrategy,
    Measure,
    Milestone,
    MissionStatement,
    Need,
    Offer,
    PlannerPost,
    PlanningCycle,
    PlanningRegion,
    PriorProgramme,
    Provider,
    QualityCriterion,
    StartingCondition,
    SwotEntry,
)
from plans.models import ChapterText, Plan
from records.domain.saving import create_record
from records.vague import VagueDate


def day(iso):
    return VagueDate.from_iso(iso)


def municipality(ags="16065", name="Kyffhäuserkreis", slug="kyffhaeuserkreis"):
    return Municipality.objects.create(ags=ags, name=name, slug=slug, kind="district", state_region="north")


def add(model, links=None, **values):
    return create_record(model(**values), actor=None, links=links)


def make_catalogue():
    for number, title in enumerate(("Steuerung", "Mobilität"), 1):
        add(ActionField, number=number, title=title)
        add(LifePhase, number=number, title=f"Lebensphase {number}")
    add(Indicator, title="Bevölkerung", unit="Personen")


def make_plan(place, *, year=2018, **values):
    known = PlanningCycle.objects.filter(municipality=place, first_year=2017).first()
    cycle = known or add(
        PlanningCycle, municipality=place, title="Planungszyklus 2017–2019", first_year=2017, last_year=2019
    )
    return add(Plan, municipality=place, cycle=cycle, year=year, **values)


def fill(plan, count=1):
    """``count`` records of every kind."""
    for number in range(1, count + 1):
        start(plan, number)
        inventory(plan, number)
        steering(plan, number)
        thread(plan, number)


def start(plan, n):
    own = {"municipality": plan.municipality}
    add(
        StartingCondition,
        **own,
        indicator="experience",
        assessed_on=day("2017-08-22"),
        maturity="present",
        answers=f"A{n}",
    )
    add(PriorProgramme, **own, title=f"Vorerfahrung {n}", kind="audit", begin=day("2013"))
    add(Certificate, **own, title=f"Zertifikat {n}", awarded_on=day("2015-06"))
    add(
        PlannerPost,
        **own,
        title=f"Stelle {n}",
        begin=day("2017-10-01"),
        yearly_cost=Decimal("50000.25"),
        full_time_equivalent=Decimal("0.8"),
        contradiction="Eine andere Quelle nennt 2018.",
    )
    add(Agreement, **own, title=f"Vertrag {n}", parties="Land und Kreis", signed_on=day("2017-09"))
    add(LinkedStrategy, **own, title=f"Strategie {n}", kind="leader", shared_bodies="Beirat")
    if not EntryLevel.objects.filter(**own).exists():
        add(EntryLevel, **own, level=3, begin=day("2018-01-01"))
    add(Hurdle, **own, title=f"Hürde {n}", category="data", phase="needs", begin=day("2018-Q1"))


def inventory(plan, n):
    own = {"municipality": plan.municipality}
    commune = add(Commune, **own, name=f"Gemeinde {n}")
    region = add(PlanningRegion, **own, title=f"Region {n}", links={"communes": [commune]})
    provider = add(Provider, **own, title=f"Träger {n}", kind="public")
    fields, phases = list(ActionField.objects.all()), list(LifePhase.objects.all())
    add(
        Offer,
        **own,
        title=f"Angebot {n}",
        provider=provider,
        commune=commune,
        begin=day("2010"),
        effectiveness="high",
        links={"action_fields": fields, "life_phases": phases, "regions": [region]},
    )
    add(DataSource, **own, title=f"Quelle {n}", kind="report", level="district")
    area = f"Gemeinde {IndicatorValue.objects.filter(**own).count() + 1}"  # one value for each area and year
    add(IndicatorValue, **own, indicator=Indicator.objects.get(), area=area, year=2017, value=Decimal("12.5"))


def steering(plan, n):
    own = {"municipality": plan.municipality}
    body = add(Body, **own, title=f"Beirat {n}", kind="advisory", first_meeting_on=day("2018-06-14"))
    add(BodyMembership, **own, body=body, organisation=f"Kirche {n}", kind="appointed", person_name="Erika Geheim")
    session = add(
        Session, **own, body=body, title=f"{n}. Sitzung", held_on=day("2018-06-14"), state="held", phase="needs"
    )
    add(AgendaItem, **own, session=session, title=f"TOP {n}")
    add(Decision, **own, session=session, text=f"Festlegung {n}")
    add(
        Resolution,
        **own,
        body=add(Body, **own, title=f"Kreistag {n}", kind="district_council"),
        first_year=plan.year,
        subject=f"Beschluss {n}",
        resolved_on=day("2017-12-15"),
        legitimises="plan",
        votes_for=31,
        votes_against=0,
    )
    event = add(Event, **own, title=f"Konferenz {n}", kind="regional_conference", begin=day("2017-04-11"), state="held")
    add(EventAttendance, **own, event=event, group="citizens", count=12)
    add(Survey, **own, title=f"Befragung {n}", target_group="Familien", begin=day("2018-H1"), sent=3000, returned=1000)
    add(SupportRecord, **own, kind="advice", phase="needs", subject=f"Beratung {n}", given_by="IKPE", begin=day("2018"))
    add(NetworkEvent, title=f"Netzwerk {n}", begin=day("2018"), links={"municipalities": [plan.municipality]})


def thread(plan, n):
    own = {"municipality": plan.municipality}
    planned = own | {"cycle": plan.cycle}
    fields = list(ActionField.objects.order_by("number"))
    event = Event.objects.filter(municipality=plan.municipality).first()
    need = add(Need, **planned, title=f"Bedarf {n}", priority="high", links={"action_fields": fields[1:]})
    add(Finding, **own, text=f"Kein Bus {n}", origin="event", event=event, weight=14, links={"needs": [need]})
    add(SwotEntry, **planned, action_field=fields[1], kind="strength", text=f"Stärke {n}")
    add(FamilyConcept, **planned, title=f"Familienbegriff {n}", text="Familie ist …")
    add(MissionStatement, **planned, title=f"Leitbild {n}", text="Vision", adopted_on=day("2014-07-17"))
    top = add(Goal, **planned, level="guiding", title=f"Leitziel {n}")
    middle = add(Goal, **planned, level="action", parent=top, title=f"Handlungsziel {n}", links={"needs": [need]})
    low = add(Goal, **planned, level="measure", parent=middle, title=f"Maßnahmenziel {n}")
    measure = add(
        Measure,
        **planned,
        title=f"Maßnahme {n}",
        action_field=fields[1],
        begin=day("2018-Q3"),
        provider=Provider.objects.filter(**own).latest("pk"),
        state="running",
        yearly_cost=Decimal("1000.10"),
        links={"goals": [low]},
    )
    add(Milestone, **own, measure=measure, title=f"Meilenstein {n}", planned_on=day("2018-09"))
    criterion = add(QualityCriterion, **own, measure=measure, title=f"Fahrten {n}", kind="output", unit="Fahrten")
    add(CriterionValue, **own, criterion=criterion, year=2018, target=20, actual=14, comment="Bus fuhr erst ab Mai")


def leave_out(plan, chapter="finance", reason="Der Haushalt ist noch nicht beschlossen."):
    return add(
        ChapterText, municipality=plan.municipality, plan=plan, chapter=chapter, left_out=True, left_out_reason=reason
    )
