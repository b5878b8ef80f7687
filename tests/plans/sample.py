"""A plan of the Kyffhäuserkreis without database: dated facts of the report, the rest marked „Beispiel“."""

from datetime import date
from decimal import Decimal

from insight.timeline import TimelineEntry
from plans import bodies as b
from plans.content import Chapter, PlanContent
from plans.enums import ChapterCode as C
from tests.plans.sample_process import DATED, EX, FIELDS, LIFE, OTHER_DATE, mandate, resolutions, steering, v


def rate(area, year, value, sign="", level="district"):
    meaning = "Wert nicht sicher genug (/)" if sign else ""
    number = None if value is None else Decimal(value)
    return b.Figure(
        indicator="Arbeitslosenquote",
        unit="Prozent",
        area=area,
        level=level,
        year=year,
        value=number,
        sign=sign,
        sign_meaning=meaning,
        data_source="Q 1",
        **EX,
    )


def inventory_figures():
    return (
        rate("Kyffhäuserkreis", 2013, "11.9"),
        rate("Kyffhäuserkreis", 2014, "11.2"),
        rate("Kyffhäuserkreis", 2015, None, "/"),
        rate("Kyffhäuserkreis", 2016, "9.4"),
        rate("Kyffhäuserkreis", 2017, "8.4"),
        rate("Thüringen", 2016, "6.7", level="state"),
        rate("Thüringen", 2017, "6.1", level="state"),
        b.Figure(
            indicator="Bevölkerung",
            unit="Personen",
            area="Kyffhäuserkreis",
            year=2017,
            value=Decimal("75009"),
            sign="",
            sign_meaning="",
            data_source="Q 1",
        ),
        b.Figure(
            indicator="Auspendlerquote",
            unit="Prozent",
            area="Wiehe",
            year=2017,
            value=None,
            sign=".",
            sign_meaning="unbekannt oder geheim zu halten (.)",
            data_source="",
        ),
    )


def inventory(offers=4):
    register = tuple(
        b.OfferGroup(
            action_field=name,
            offers=tuple(
                b.OfferLine(
                    title=f"Angebot {index}.{number}",
                    provider="Landkreis",
                    place="Sondershausen",
                    life_phases=LIFE[: 1 + number % 3],
                    begin=v("2010"),
                    end=None,
                    capacity="20 Plätze",
                    use="ausgelastet",
                    effectiveness="hoch",
                    reason="",
                    weight=number * 3,
                    **EX,
                )
                for number in range(1, offers + 1)
            ),
        )
        for index, name in enumerate(FIELDS, 1)
    )
    return b.InventoryBody(
        regions=(
            b.Region(title="Planungsregion Mitte", communes=("Bad Frankenhausen", "Sondershausen"), description=""),
        ),
        life_phases=LIFE,
        matrix=tuple(
            b.MatrixRow(
                action_field=name,
                cells=tuple(b.MatrixCell(count=(n + i) % 4, examples=("Angebot 1", "Angebot 2")) for i in range(3)),
                total=offers,
            )
            for n, name in enumerate(FIELDS)
        ),
        matrix_total=(12, 14, 8, offers * 6),
        register=register,
        providers=(b.ProviderLine(title="Landkreis", kind="öffentlicher Träger", place="", offers=24, **EX),),
        figures=inventory_figures(),
        sources=data_sources(),
    )


def data_sources():
    return (
        b.DataSourceLine(
            code="Q 1",
            title="Statistische Ämter: Bevölkerung",
            publisher="TLS",
            kind="amtliche Statistik",
            level="Kreis",
            as_of=v("2016"),
            coverage="Landkreis",
            gaps="kleinräumige Daten fehlen",
        ),
        b.DataSourceLine(
            code="Q 2",
            title="2. Thüringer Familienbericht",
            publisher="",
            kind="Bericht",
            level="Thüringen",
            as_of=None,
            coverage="",
            gaps="",
        ),
    )


def needs(per_field=2):
    def need(field, number):
        return b.NeedEntry(
            code=f"B {field}.{number}",
            title=f"Abgestimmte Abfahrtszeiten am Nachmittag {number}",
            description="Familien in kleinen Gemeinden brauchen nach Schule und Verein eine Verbindung nach Hause.",
            life_phases=LIFE[:2],
            regions=("Planungsregion Ost",),
            target_groups=(),
            priority="hoch",
            priority_by="externe Steuerungsgruppe",
            priority_on=v("2017-10-13"),
            priority_reason="",
            state="bestätigt",
            evidence=(b.Evidence(kind="Regionalkonferenz", text="Wiehe, 11. April 2017: kein Bus (14 Punkte)"),)
            if number % 2
            else (),
            answered_by=(f"Handlungsziel {field}.1",),
            **EX,
        )

    entry = (b.Statement(text="Eingeübte Beteiligung in drei Regionen.", **EX),)
    return b.NeedsBody(
        fields=tuple(
            b.FieldNeeds(action_field=name, needs=tuple(need(i, n) for n in range(1, per_field + 1)), see_also=())
            if i != 5
            else b.FieldNeeds(action_field=name, needs=(), see_also=())
            for i, name in enumerate(FIELDS, 1)
        ),
        swot=(b.Swot(action_field=FIELDS[1], strengths=entry, weaknesses=entry, opportunities=entry, threats=()),),
    )


def goals_family_concepts():
    return (
        b.AdoptedEntry(
            title="Familienbegriff",
            text="Als Familie gilt jede Gemeinschaft mit Verantwortung.",
            based_on="",
            adopted_on=v("2014-07-17"),
            adopted_by="Strategieworkshop",
            **EX,
        ),
    )


def goals_mission_statements():
    return (
        b.AdoptedEntry(
            title="Unsere Vision für den Kyffhäuserkreis",
            text="Alle Generationen sind füreinander da.",
            based_on="„Familienfreundliches Thüringen“ (2014)",
            adopted_on=v("2014-07-17"),
            adopted_by="",
            **EX,
        ),
    )


def goals():
    def goal(code, level, title, *children):
        return b.GoalEntry(
            code=code,
            level=level,
            title=title,
            description="",
            priority="",
            answers=("B 2.1",) if level else (),
            target_date=v("2018-12") if code.count(".") == 2 else None,
            smart=(),
            children=children,
            **EX,
        )

    return b.GoalsBody(
        family_concepts=goals_family_concepts(),
        mission_statements=goals_mission_statements(),
        goals=(
            goal(
                "1",
                "Leitziel",
                "Familie, Beruf und Wege lassen sich vereinbaren.",
                goal(
                    "1.1",
                    "Handlungsziel",
                    "Der Nachmittagsverkehr ist abgestimmt.",
                    goal("1.1.1", "Maßnahmenziel", "Auf zwei Linien fährt ein Rufbus."),
                ),
                goal("1.2", "Handlungsziel", "Betreuung ist auch in Randzeiten verlässlich."),
            ),
        ),
    )


def sheet(field, number):
    return b.MeasureSheet(
        code=f"M {field}.{number}",
        title="Rufbus am Nachmittag",
        state="in Umsetzung",
        provider="Nahverkehr",
        description="Auf zwei Linien ergänzt ein Rufbus den Takt nach 17 Uhr.",
        thread=(
            b.ThreadStep(name="Beleg", lines=("Regionalkonferenz Wiehe: 14 Punkte",)),
            b.ThreadStep(name="Bedarf", lines=("B 2.1 Abgestimmte Abfahrtszeiten",)),
            b.ThreadStep(name="Handlungsziel", lines=("1.1 Nachmittagsverkehr",)),
            b.ThreadStep(name="Maßnahmenziel", lines=()),
        ),
        facts=(b.Fact(label="Handlungsfeld", value=FIELDS[field - 1]), b.Fact(label="Zeitraum", value="2018")),
        milestones=(
            b.MilestoneLine(planned_on=v("2018-09"), reached_on=None, title="erste Linie fährt", state="offen", **EX),
        ),
        criteria=(criterion(f"M {field}.{number}"),),
        yearly_cost=Decimal("33500.00") if field != 6 else None,
        **EX,
    )


def criterion(measure):
    return b.CriterionLine(
        measure=measure,
        title="Fahrten je Woche",
        kind="Output",
        unit="Fahrten",
        year=2018,
        baseline=Decimal("0.00"),
        target=Decimal("20.00"),
        actual=Decimal("14.50"),
        comment="",
        **EX,
    )


def review(code):
    said = "Angenommen wie geplant.", "weiter", "Der Träger führt es fort."
    return b.ReviewLine(code=code, title="Rufbus", year=2018, meaning=said[0], decision=said[1], reason=said[2], **EX)


def measures(per_field=2):
    return b.MeasuresBody(
        fields=tuple(
            b.FieldMeasures(
                action_field=name, measures=tuple(sheet(i, n) for n in range(1, per_field + 1)) if i != 3 else ()
            )
            for i, name in enumerate(FIELDS, 1)
        )
    )


def finance():
    lines = (
        b.CostLine(title="M 2.1 Rufbus", amount=Decimal("33500.00"), **EX),
        b.CostLine(title="M 2.2", amount=None, **EX),
    )
    post = (b.CostLine(title="Planerstelle", amount=Decimal("55000.50")),)
    return b.FinanceBody(
        groups=(
            b.CostGroup(title="Planerstellen", lines=post, total=Decimal("55000.50")),
            b.CostGroup(title=FIELDS[1], lines=lines, total=Decimal("33500.00")),
        ),
        total=Decimal("88500.50"),
        without_amount=1,
    )


def sample_chapters(scale=2):
    entries = tuple(
        TimelineEntry(
            title=title,
            begin=v(iso),
            lane=lane,
            shape=shape,
            uid=f"event-{number}",
            contradiction=OTHER_DATE if "Planerstelle" in title else "",
        )
        for number, (iso, lane, shape, title) in enumerate(DATED)
    )
    made = {
        C.MANDATE: mandate(),
        C.STEERING: steering(),
        C.INVENTORY: inventory(2 * scale),
        C.NEEDS: needs(scale),
        C.GOALS: goals(),
        C.MEASURES: measures(scale),
        C.FINANCE: finance(),
        C.CONTROLLING: b.ControllingBody(
            criteria=(criterion("M 2.1"),),
            measures_without=("M 6.1",),
            reviews=(review("M 2.1"),),
            results=(review("Z 1"),),
        ),
        C.RESOLUTIONS: resolutions(),
        C.TIMELINE: b.TimelineBody(entries=entries),
        C.SOURCES: b.SourcesBody(
            sources=data_sources(),
            contradictions=(
                b.Contradiction(subject="Planerstelle besetzt", when="01.10.2017", contradiction=OTHER_DATE),
            ),
            left_out=(),
        ),
    }
    text = (
        "Der Landkreis hat die Familienförderung als Aufgabe des ganzen Landratsamts angelegt.\n\n- Audit\n- Leitbild"
    )
    return tuple(Chapter(code=code, body=made[code], text=text if code == C.MANDATE else "") for code in C)


def sample_plan(scale=2, **changes):
    """The whole content; ``scale`` is the number of needs and measures per Handlungsfeld."""
    values = {
        "municipality": "Kyffhäuserkreis",
        "municipality_full": "Landkreis Kyffhäuserkreis",
        "ags": "16065",
        "authority": "Landratsamt Kyffhäuserkreis",
        "year": 2018,
        "cycle": "Planungszyklus 2017–2019",
        "cycle_years": "2017–2019",
        "edition": 1,
        "state": "Entwurf",
        "as_of": date(2018, 12, 31),
        "predecessor": "",
        "population": 75009,
        "population_year": 2017,
        "example": True,
        "chapters": sample_chapters(scale),
    }
    return PlanContent(**(values | changes))
