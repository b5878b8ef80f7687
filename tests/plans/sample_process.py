"""Chapters 1, 2 and 9 of the sample plan: dated facts of the report, the rest marked „Beispiel“."""

from decimal import Decimal

from plans import bodies as b
from records.vague import VagueDate

FIELDS = (
    "1 Steuerung, Vernetzung, Nachhaltigkeit",
    "2 Vereinbarkeit von Familie und Beruf, Mobilität",
    "3 Bildung im familiären Umfeld",
    "4 Beratung, Unterstützung und Information",
    "5 Wohnumfeld und Lebensqualität",
    "6 Dialog der Generationen",
)
LIFE = ("Kinder und Jugendliche", "Erwachsene im erwerbsfähigen Alter", "Senior/-innen und Pflegebedürftige")
EX = {"example": True}


def v(iso):
    return VagueDate.from_iso(iso) if iso else None


# date, lane, shape, title
DATED = (
    ("2013", 1, "milestone", "Audit „Familiengerechter Landkreis“"),
    ("2014-07-17", 4, "participation", "Strategieworkshop: Leitbild „Unsere Vision für den Kyffhäuserkreis“"),
    ("2015-06", 1, "milestone", "Zertifikat „Familiengerechter Landkreis“"),
    ("2016-01", 1, "milestone", "Armutsprävention: zwei Teilzeitstellen"),
    ("2016-08-17", 1, "session", "Externe Steuerungsgruppe, 1. Sitzung"),
    ("2016-10-12", 4, "session", "Externe Steuerungsgruppe, 2. Sitzung: Zukunftswerkstatt"),
    ("2016-11-02", 3, "participation", "Regionalkonferenz Bad Frankenhausen"),
    ("2017-04-11", 3, "participation", "Regionalkonferenz Wiehe"),
    ("2017-05-04", 3, "participation", "Regionalkonferenz Niedertopfstedt"),
    ("2017-08-09", 2, "session", "Interne Steuerungsgruppe, 1. Sitzung"),
    ("2017-08-22", 2, "session", "Interne Steuerungsgruppe, 2. Sitzung"),
    ("2017-08", 6, "resolution", "Jugendhilfeausschuss: Stelle für die LSZ-Sozialplanung"),
    ("2017-08", 6, "resolution", "Kreisausschuss: Stelle für die LSZ-Sozialplanung"),
    ("2017-09-01", 3, "session", "Externe Steuerungsgruppe: Bedarfe je Handlungsfeld"),
    ("2017-09", 1, "milestone", "Kooperationsvertrag TMASGFF und Landratsamt"),
    ("2017-10-01", 1, "milestone", "Planerstelle besetzt"),
    ("2017-10-13", 5, "session", "Externe Steuerungsgruppe: Workshop zu Handlungs- und Maßnahmenzielen"),
    ("2017-11-17", 5, "participation", "Vernetzungstreffen der Steuerungsgruppen von LSZ und ARM"),
    ("2017-12-15", 6, "resolution", "Kreistag: 1. Familienbericht"),
    ("2018-01-01", 7, "period", "Modellphase"),
    ("2018-03", 7, "milestone", "Mittel durch das TMASGFF bewilligt"),
    ("2018-06-14", 7, "session", "Beirat zum Landesprogramm Familie, 1. Sitzung"),
    ("2018", 7, "milestone", "Richtlinie zur Weiterleitung der Mittel"),
    ("2018", 6, "resolution", "Jugendhilfeausschuss: Rezertifizierung des Audits"),
    ("2018-12", 8, "milestone", "Audit: Bilanzierungsgespräch"),
)
OTHER_DATE = "Der Text des Abschlussberichts nennt den 01.10.2018."


def mandate_conditions():
    return tuple(
        b.Condition(
            indicator=name,
            assessed_on=v("2017-08-22"),
            maturity=word,
            step=step,
            answers=text,
            comment="",
            earlier=("im Aufbau (2016)",) if step == 4 else (),
            **EX,
        )
        for name, word, step, text in (
            ("Erfahrungen mit integrierter Sozialplanung", "vorhanden", 3, "Audit und Armutsprävention."),
            ("Planerstelle", "im Aufbau", 2, "Beschlossen im August 2017."),
            ("Politischer Wille", "etabliert", 4, "Beschlüsse seit 2013."),
            ("Prozessbegleitung", "vorhanden", 3, "Beratung und Moderation durch das IKPE."),
        )
    )


def mandate_certificates():
    return (
        b.CertificateEntry(
            title="Zertifikat „Familiengerechter Landkreis“",
            issuer="Familiengerechte Kommune e. V.",
            awarded_on=v("2015-06"),
            valid_until=v("2018-06"),
            recertification=v("2018"),
            note="",
        ),
    )


def mandate_posts():
    return (
        b.Post(
            title="LSZ-Sozialplanung",
            extent=Decimal("1.00"),
            located_at="Landratsamt",
            begin=v("2017-10-01"),
            end=None,
            projects="",
            contradiction=OTHER_DATE,
        ),
    )


def mandate():
    return b.MandateBody(
        facts=(
            b.Fact(label="Stufe", value="Stufe 3: zusätzlich neue Maßnahmen auf Grundlage des Plans", **EX),
            b.Fact(label="Planerstelle", value="besetzt seit 1. Oktober 2017, 1 VzÄ", **EX),
        ),
        conditions=mandate_conditions(),
        programmes=(
            b.ProgrammeEntry(
                title="Audit „Familiengerechter Landkreis“",
                begin=v("2013"),
                end=None,
                result="Leitbild, Zertifikat",
                structures="interne Steuerungsgruppe",
            ),
        ),
        certificates=mandate_certificates(),
        posts=mandate_posts(),
        agreements=(
            b.AgreementEntry(
                title="Kooperationsvertrag",
                parties="TMASGFF und Landratsamt",
                signed_on=v("2017-09"),
                begin=None,
                end=None,
                content="",
            ),
        ),
        strategies=(
            b.Strategy(
                title="Armutsprävention",
                shared=(b.Fact(label="Gremien", value="Vernetzungstreffen"),),
                agreed_on=v("2017-11-17"),
                contact="Planungskoordination",
                **EX,
            ),
        ),
        levels=(b.Level(title="Stufe 3", begin=v("2018-01-01"), end=None, note="", **EX),),
        hurdles=(),
    )


def steering_sittings():
    return tuple(
        b.Sitting(
            held_on=v(iso),
            body=title.split(",")[0].split(":")[0],
            title="Sitzung",
            state="stattgefunden",
            place="",
            attending="Jugendhilfeausschuss; Kirche; weitere: Schulamt (9 Personen)" if lane == 5 else "",
            moderation="",
            summary=title,
            agenda=(),
            decisions=("Einvernehmen über den Plan",) if lane == 5 else (),
        )
        for iso, lane, shape, title in DATED
        if shape == "session"
    )


def steering_events():
    return tuple(
        b.Participation(
            title=title,
            kind="Regionalkonferenz",
            begin=v(iso),
            end=None,
            state="stattgefunden",
            region="Planungsregion Mitte",
            place="",
            participants=None,
            participants_note="alle drei Konferenzen zusammen über 100",
            groups=(b.Group(name="Bürgerinnen und Bürger", count=None), b.Group(name="Unternehmen", count=12)),
            method="Gewichtung der Angebote",
            moderation="IKPE",
            summary="",
            findings=24,
        )
        for iso, lane, shape, title in DATED
        if shape == "participation"
    )


def steering_surveys():
    return (
        b.SurveySummary(
            title="Familienbefragung",
            target_group="Familien",
            method="Fragebogen",
            begin=v("2018-H1"),
            end=None,
            sent=3200,
            returned=1040,
            evaluated=1012,
            rate=Decimal("32.5"),
            note="",
            summary="",
            **EX,
        ),
    )


def steering():
    return b.SteeringBody(
        bodies=(
            b.SteeringGroup(
                title="Beirat zum Landesprogramm Familie",
                kind="Beirat",
                mandate="Berät den Plan.",
                state="arbeitet",
                predecessor="Externe Steuerungsgruppe",
                becoming=(b.Fact(label="Erstes Treffen", value="14. Juni 2018"),),
                members=tuple(
                    b.Member(organisation=name, kind="berufen", begin=v("2018-06-14"), end=None)
                    for name in ("Jugendhilfeausschuss", "Sozialausschuss", "AK Jugendarbeit", "Kirche", "Gemeinden")
                ),
            ),
        ),
        sittings=steering_sittings(),
        events=steering_events(),
        surveys=steering_surveys(),
        support=(
            b.Support(
                kind="Moderation",
                begin=v("2016-10-12"),
                end=None,
                subject="Zukunftswerkstatt",
                given_by="IKPE",
                phase="Leitbild- und Zielentwicklung",
                result="Leitziele",
            ),
        ),
        networking=(),
    )


def resolutions():
    return b.ResolutionsBody(
        resolutions=tuple(
            b.ResolutionLine(
                resolved_on=v(iso),
                body=title.split(":")[0],
                number="",
                subject=title.split(": ")[-1],
                kind="Beschluss",
                outcome="beschlossen",
                deferred_to=None,
                votes="31 dafür, 2 dagegen, 4 Enthaltungen" if lane else "",
                legitimises="Plan",
                text="",
            )
            for iso, lane, shape, title in DATED
            if shape == "resolution"
        )
    )
