"""What invented municipalities plan: subjects from need to criterion, two for each Handlungsfeld.

Every text is invented. Each subject is a red thread of its own: who said what, what follows from it, which measure
answers it, and how its result is recognised.
"""

from dataclasses import dataclass

from planning.enums import CriterionKind, SwotKind


@dataclass(frozen=True)
class Measured:
    """A quality criterion with its baseline and the targets of three years."""

    title: str
    unit: str
    baseline: int
    targets: tuple[int, int, int]
    kind: CriterionKind = CriterionKind.OUTPUT


@dataclass(frozen=True)
class Topic:
    """One subject. ``field`` and ``phase`` are numbers of the catalogue, ``cost`` is in euro a year."""

    field: int
    phase: int
    group: str
    need: str
    need_text: str
    findings: tuple[str, ...]
    goal: str
    target: str
    measure: str
    measure_text: str
    provider: str
    cost: int
    criterion: Measured
    offer: tuple[str, str, str]
    milestones: tuple[str, str]


# The Leitziel of each Handlungsfeld, with its subject of action.
GUIDING = {
    1: "Familienförderung wird gemeinsam geplant und dauerhaft getragen",
    2: "Familie, Pflege und Beruf lassen sich miteinander verbinden",
    3: "Eltern und Kinder finden in jeder Lebenslage Bildung in ihrer Nähe",
    4: "Wer Rat braucht, findet ihn früh, verständlich und ohne weite Wege",
    5: "Wohnorte sind für alle Generationen lebenswert und gut erreichbar",
    6: "Jung und Alt begegnen sich und stehen füreinander ein",
}

TOPICS = (
    Topic(
        1,
        2,
        "Fachkräfte und Ehrenamtliche",
        "Abgestimmte Angebote von Trägern und Ämtern",
        "Träger und Ämter planen ihre Angebote für Familien meist getrennt. Doppelungen in den Zentren und Lücken in "
        "den Ortsteilen fallen erst auf, wenn das Jahr vorbei ist.",
        (
            "Träger erfahren oft erst aus der Zeitung, was nebenan neu beginnt",
            "Ein gemeinsamer Jahreskalender würde die Abstimmung erleichtern",
        ),
        "Träger und Ämter stimmen ihre Angebote zweimal im Jahr ab",
        "Bis Ende des Zyklus sind alle geförderten Träger an der Abstimmung beteiligt",
        "Planungswerkstatt der Träger und Ämter",
        "Zweimal im Jahr legen Träger und Ämter ihre Vorhaben nebeneinander, benennen Lücken und vereinbaren, wer "
        "welche davon schließt. Die Sozialplanung bereitet vor und hält die Absprachen nach.",
        "Netzwerkstelle Familie",
        9_800,
        Measured("Beteiligte Träger", "Träger", 6, (10, 14, 18)),
        ("Netzwerk Familie", "vier Treffen im Jahr", "14 bis 20 Teilnehmende"),
        ("Termine mit allen Trägern vereinbart", "Erste gemeinsame Jahresübersicht"),
    ),
    Topic(
        1,
        2,
        "Fachkräfte und Ehrenamtliche",
        "Aktuelle Angaben zur Lage der Familien in den Sozialräumen",
        "Zahlen liegen meist nur für das ganze Gebiet vor. Unterschiede zwischen den Sozialräumen lassen sich in der "
        "Planung und vor den Ausschüssen kaum belegen.",
        (
            "Für einzelne Ortsteile fehlen Zahlen, mit denen sich Anträge begründen lassen",
            "Fachämter führen eigene Listen, die niemand zusammenführt",
        ),
        "Die Lage der Familien ist für jeden Sozialraum beschrieben",
        "Bis Ende des Zyklus liegt für jeden Sozialraum ein Kurzprofil vor",
        "Sozialraumprofile mit jährlicher Fortschreibung",
        "Die Sozialplanung stellt mit den Fachämtern zwölf Kennzahlen je Sozialraum zusammen, bespricht sie vor Ort "
        "und schreibt sie jedes Jahr fort.",
        "Sozialplanung",
        7_200,
        Measured("Sozialräume mit Kurzprofil", "Profile", 0, (2, 4, 6)),
        ("Kommunale Sozialberichterstattung", "ein Bericht in drei Jahren", "von Ausschüssen und Trägern genutzt"),
        ("Kennzahlen mit den Fachämtern vereinbart", "Profile im Sozialausschuss vorgestellt"),
    ),
    Topic(
        2,
        2,
        "Beschäftigte im Schichtdienst",
        "Betreuung am frühen Morgen, am Abend und in den Ferien",
        "Wer in Pflege, Handel oder Produktion arbeitet, findet für Randzeiten und einzelne Ferienwochen keine "
        "Betreuung und behilft sich mit Großeltern und Nachbarn.",
        (
            "Früh um halb sechs öffnet keine Einrichtung in der Nähe",
            "Für die letzten zwei Ferienwochen gibt es kein Angebot",
            "Großeltern springen ein, wohnen aber selten im selben Ort",
        ),
        "Eltern im Schichtdienst finden an jedem Werktag eine verlässliche Betreuung",
        "In drei Sozialräumen gibt es Betreuung ab 5:30 Uhr oder bis 19 Uhr",
        "Randzeitenbetreuung mit Kindertagespflege",
        "Tagespflegepersonen betreuen Kinder vor und nach den Öffnungszeiten der Einrichtungen. Betriebe melden ihren "
        "Bedarf im Voraus, die Koordination verteilt die Plätze.",
        "Kinder- und Jugendhilfeverein",
        34_000,
        Measured("Betreute Kinder in Randzeiten", "Kinder", 8, (16, 24, 30)),
        ("Ferienspiele", "60 Plätze je Woche", "seit Jahren ausgebucht"),
        ("Vier Tagespflegepersonen gewonnen", "Vereinbarung mit drei Betrieben"),
    ),
    Topic(
        2,
        3,
        "Menschen ohne eigenes Auto",
        "Wege zu Einkauf, Arzt und Freizeit ohne eigenes Auto",
        "Nach 18 Uhr und am Wochenende sind viele Ziele ohne Auto nicht zu erreichen. Besonders betroffen sind "
        "Jugendliche, Alleinerziehende und ältere Menschen.",
        (
            "Der letzte Bus fährt vor dem Ende der Chorprobe",
            "Für den Weg zur Fachärztin braucht man einen halben Tag",
        ),
        "Alltägliche Ziele sind auch abends und am Wochenende ohne Auto erreichbar",
        "In jedem Sozialraum gibt es ein Angebot für Wege nach 18 Uhr",
        "Bürgerbus mit ehrenamtlichen Fahrerinnen und Fahrern",
        "Ein Kleinbus verbindet die Ortsteile an drei Nachmittagen und zwei Abenden mit Einkauf, Praxen und "
        "Treffpunkten. Ehrenamtliche fahren, der Verein plant die Touren.",
        "Verein für Nachbarschaftshilfe",
        41_500,
        Measured("Fahrgäste im Monat", "Fahrgäste", 0, (150, 240, 300)),
        ("Fahrdienst zu Arztterminen", "zwei Fahrzeuge", "etwa 40 Fahrten im Monat"),
        ("Fahrzeug beschafft", "Fahrplan mit den Ortsteilen abgestimmt"),
    ),
    Topic(
        3,
        1,
        "Familien mit kleinen Kindern",
        "Familienbildung in den ersten Lebensjahren nah am Wohnort",
        "Kurse für Eltern mit Säuglingen finden fast nur im Zentrum und am Vormittag statt. Familien aus den "
        "Ortsteilen und Väter werden selten erreicht.",
        (
            "Mit zwei kleinen Kindern ist der Weg ins Zentrum zu weit",
            "Väter fragen nach Kursen am Samstag",
        ),
        "Familien mit Kindern bis drei Jahre erreichen Familienbildung in ihrer Umgebung",
        "Je Halbjahr finden in drei Ortsteilen Kurse statt, einer davon am Wochenende",
        "Mobile Eltern-Kind-Gruppen",
        "Zwei Fachkräfte kommen mit Material in Gemeinderäume und Vereinshäuser. Eltern spielen, singen und fragen, "
        "was sie beschäftigt; einmal im Monat ist eine Hebamme dabei.",
        "Familienzentrum",
        28_600,
        Measured("Teilnehmende Familien", "Familien", 20, (40, 55, 70)),
        ("Eltern-Kind-Gruppe", "zwölf Familien je Gruppe", "gut besucht, mit Warteliste"),
        ("Räume in drei Ortsteilen zugesagt", "Erster Wochenendkurs"),
    ),
    Topic(
        3,
        1,
        "Schulkinder und ihre Eltern",
        "Begleitung der Eltern beim Übergang in die Schule",
        "Vor dem Schulbeginn fühlen sich viele Eltern unsicher. Einrichtungen und Schulen geben unterschiedliche "
        "Auskünfte, gemeinsame Termine sind selten.",
        (
            "Eltern wissen nicht, was in der ersten Klasse vorausgesetzt wird",
            "Schulen und Einrichtungen sehen sich nur bei der Anmeldung",
        ),
        "Eltern gehen informiert und mit festen Ansprechpersonen in die Schulzeit",
        "Die Hälfte der Eltern eines Jahrgangs nimmt an der Reihe teil",
        "Elternreihe „Gut in die Schule“",
        "Fünf Abende im letzten Jahr vor der Schule, von Einrichtung, Grundschule und Beratungsstelle gemeinsam "
        "gestaltet, mit Betreuung der Kinder im Nebenraum.",
        "Kreisvolkshochschule",
        11_900,
        Measured("Teilnehmende Eltern", "Personen", 30, (80, 110, 140)),
        ("Elternabende in Kindertageseinrichtungen", "zwei im Jahr je Einrichtung", "unterschiedlich besucht"),
        ("Programm mit fünf Schulen abgestimmt", "Auswertung mit Eltern"),
    ),
    Topic(
        4,
        2,
        "Familien in Belastungssituationen",
        "Kürzere Wartezeiten in der Erziehungs- und Familienberatung",
        "Zwischen Anmeldung und erstem Gespräch vergehen mehrere Wochen. In dieser Zeit verschärfen sich Konflikte, "
        "die früh zu lösen wären.",
        (
            "Die Wartezeit auf ein erstes Gespräch beträgt bis zu zehn Wochen",
            "Kurze Fragen ließen sich am Telefon klären, wenn jemand erreichbar wäre",
        ),
        "Ratsuchende erhalten innerhalb von zwei Wochen ein erstes Gespräch",
        "Mindestens acht von zehn Erstgesprächen finden innerhalb von zwei Wochen statt",
        "Offene Sprechstunden der Beratungsstelle",
        "An zwei Tagen in der Woche beraten Fachkräfte ohne Anmeldung, im Wechsel in der Beratungsstelle und in "
        "Familienzentren; kurze Fragen werden am Telefon beantwortet.",
        "Wohlfahrtsverband",
        46_000,
        Measured("Erstgespräche innerhalb von zwei Wochen", "Prozent", 35, (55, 70, 80), CriterionKind.OUTCOME),
        ("Erziehungs- und Familienberatung", "2,5 Fachkräfte", "etwa 320 Ratsuchende im Jahr"),
        ("Sprechzeiten an zwei Orten", "Halbjahresauswertung der Wartezeiten"),
    ),
    Topic(
        4,
        3,
        "Pflegende Angehörige",
        "Entlastung und Beratung für pflegende Angehörige",
        "Wer Angehörige pflegt, sucht Rat oft erst, wenn es eilt. Neben dem Beruf fehlen Zeit und Überblick über "
        "Hilfen; viele kennen ihre Ansprüche nicht.",
        (
            "Pflegende wissen nicht, an wen sie sich zuerst wenden können",
            "Nach einer Entlassung aus dem Krankenhaus bleiben nur wenige Tage",
        ),
        "Pflegende Angehörige finden früh eine Ansprechperson in ihrer Nähe",
        "In jedem Sozialraum gibt es eine Sprechstunde im Monat",
        "Pflegelotsinnen und Pflegelotsen",
        "Geschulte Ehrenamtliche bieten feste Sprechzeiten in Rathäusern und Begegnungsstätten an, begleiten zum "
        "Pflegestützpunkt und vermitteln Gruppen für Angehörige.",
        "Pflegestützpunkt",
        16_400,
        Measured("Beratene Angehörige", "Personen", 0, (60, 90, 120)),
        ("Pflegeberatung", "zwei Sprechtage in der Woche", "steigende Nachfrage"),
        ("Zehn Lotsinnen und Lotsen geschult", "Sprechstunden in allen Sozialräumen"),
    ),
    Topic(
        5,
        1,
        "Jugendliche",
        "Treffpunkte für Jugendliche außerhalb der Schule",
        "In mehreren Ortsteilen gibt es nach der Schule keinen Ort, an dem Jugendliche ohne Verein und ohne Kosten "
        "bleiben können. Vorhandene Räume stehen am Abend leer.",
        (
            "Im Winter fehlt ein warmer Raum zum Treffen",
            "Jugendliche wollen ihren Treffpunkt selbst mitgestalten",
        ),
        "Jugendliche haben in jedem Sozialraum einen betreuten Treffpunkt",
        "Bis Ende des Zyklus öffnen vier Treffpunkte an mindestens zwei Tagen in der Woche",
        "Offene Jugendräume mit Fachkraft auf Tour",
        "Eine Fachkraft öffnet an wechselnden Tagen Räume in den Ortsteilen. Jugendliche übernehmen Schlüsseldienste "
        "und entscheiden in einer Runde über Ausstattung und Programm.",
        "Jugendförderverein",
        38_700,
        Measured("Treffpunkte mit festen Öffnungszeiten", "Orte", 1, (2, 3, 4)),
        ("Jugendclub", "30 Plätze", "an vier Tagen geöffnet"),
        ("Fachkraft eingestellt", "Jugendrunde in zwei Ortsteilen"),
    ),
    Topic(
        5,
        3,
        "Ältere Menschen",
        "Barrierearmes Wohnen im vertrauten Umfeld",
        "Viele ältere Menschen leben in Häusern mit Stufen und zu großen Gärten. Sie möchten bleiben, kennen aber "
        "weder Fördermittel noch einfache Umbauten.",
        (
            "Schwellen und Treppen machen das eigene Haus zur Falle",
            "Über Zuschüsse zum Umbau informiert niemand vor Ort",
        ),
        "Ältere Menschen können so lange wie gewünscht in ihrer Wohnung bleiben",
        "Nach der Hälfte der Beratungen wird mindestens eine Anpassung umgesetzt",
        "Wohnberatung zu Hause",
        "Beraterinnen und Berater sehen sich die Wohnung an, schlagen einfache Änderungen vor und helfen beim Antrag. "
        "Eine Musterwohnung zeigt, was möglich ist.",
        "Seniorenbüro",
        14_800,
        Measured("Beratungen in der Wohnung", "Beratungen", 12, (35, 50, 65)),
        ("Seniorenberatung", "eine Fachkraft in Teilzeit", "vor allem telefonisch genutzt"),
        ("Musterwohnung eingerichtet", "Schulung der Beraterinnen und Berater"),
    ),
    Topic(
        6,
        3,
        "Großeltern, Eltern und Enkelkinder",
        "Gelegenheiten, bei denen sich Generationen begegnen",
        "Begegnungen ergeben sich seltener von selbst, weil Familien verstreut leben. Vorhandene Häuser richten sich "
        "meist an eine Altersgruppe.",
        (
            "Großeltern wünschen sich Angebote mit Enkelkindern",
            "Junge Familien möchten von den Erfahrungen der Älteren lernen",
        ),
        "In jedem Sozialraum gibt es einen Ort, an dem sich Generationen regelmäßig begegnen",
        "Mindestens 600 Besuche im Jahr verteilen sich auf drei Orte",
        "Mehrgenerationentreff mit offenem Mittagstisch",
        "Einmal in der Woche wird gemeinsam gekocht und gegessen; danach gibt es Hausaufgabenhilfe, Reparaturtisch und "
        "Spiele. Ehrenamtliche aller Altersgruppen gestalten das Programm.",
        "Mehrgenerationenhaus",
        22_300,
        Measured("Besuche im Jahr", "Besuche", 250, (450, 600, 750)),
        ("Generationencafé", "ein Nachmittag in der Woche", "etwa 25 Gäste"),
        ("Küche ausgestattet", "Zweiter Ort eröffnet"),
    ),
    Topic(
        6,
        3,
        "Ehrenamtlich Engagierte",
        "Gewinnung und Begleitung von Ehrenamtlichen",
        "Vereine und Besuchsdienste finden nur schwer Nachfolge. Wer sich engagieren möchte, weiß nicht, wo er "
        "gebraucht wird, und vermisst Einarbeitung und Anerkennung.",
        (
            "Im Besuchsdienst sind die meisten selbst über siebzig",
            "Wer helfen möchte, findet keine Stelle, die vermittelt",
        ),
        "Ehrenamtliche werden gewonnen, eingearbeitet und begleitet",
        "Jedes Jahr beginnen 25 Personen ein neues Engagement",
        "Ehrenamtsbörse mit Patenschaften",
        "Eine Koordinationsstelle bringt Interessierte und Einrichtungen zusammen, lädt zu Einführungen ein und "
        "vermittelt Patenschaften zwischen Jung und Alt.",
        "Freiwilligenagentur",
        18_900,
        Measured("Neu vermittelte Ehrenamtliche", "Personen", 5, (15, 25, 30)),
        ("Besuchsdienst", "22 Ehrenamtliche", "etwa 60 besuchte Personen"),
        ("Börse eröffnet", "Dank an Ehrenamtliche im Rathaus"),
    ),
)

# One statement for each Handlungsfeld in the order of the kinds; the number of the municipality chooses where to begin.
SWOT = {
    1: {
        SwotKind.STRENGTH: "Sozialplanung und Jugendhilfeplanung arbeiten in einem Sachgebiet",
        SwotKind.WEAKNESS: "Beschlüsse erreichen die Träger oft erst nach Wochen",
    },
    2: {
        SwotKind.OPPORTUNITY: "Mehrere Betriebe wollen sich an Betreuungszeiten beteiligen",
        SwotKind.WEAKNESS: "Am Wochenende fährt in vielen Ortsteilen kein Bus",
    },
    3: {
        SwotKind.STRENGTH: "Kindertageseinrichtungen öffnen ihre Räume am Nachmittag",
        SwotKind.THREAT: "Honorarkräfte für Elternkurse sind schwer zu finden",
    },
    4: {
        SwotKind.STRENGTH: "Beratungsstellen der Träger sind gut vernetzt",
        SwotKind.WEAKNESS: "Angebote sind im Internet schwer zu finden",
    },
    5: {
        SwotKind.OPPORTUNITY: "Leerstehende Läden lassen sich als Treffpunkte nutzen",
        SwotKind.THREAT: "Die Zahl der Menschen über 80 Jahre steigt rasch",
    },
    6: {
        SwotKind.STRENGTH: "Vereine haben Erfahrung mit gemeinsamen Festen von Jung und Alt",
        SwotKind.THREAT: "Viele Ehrenamtliche hören in den nächsten Jahren auf",
    },
}
