"""What advisers and municipalities tell one another: experiences of the report, and invented hints and questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import Municipality, User
from exchange.dated import at_ten, written_on
from exchange.dossier.demo import ABG, KYF
from exchange.living.announcing import announce
from exchange.living.asking import ask_everybody
from exchange.living.calendar import Calendar, on
from exchange.living.place import Place
from participation.domain.hints import give_hint
from participation.domain.questions import ask_question, write_post
from participation.enums import ExperienceAction, HintAction, SupportKind, Topic
from participation.kinds.exchange import of_hurdle
from participation.models import Experience, NetworkEvent, NetworkRegistration, SupportRecord
from planning.enums import Phase
from planning.models import Hurdle, Need
from plans.enums import ChapterCode
from plans.models import Plan
from plans.pages.spots import spot_of_chapter
from records.domain.saving import create_record
from records.life.moving import take_step
from records.registry import kind_of
from records.spots import spot_of


@dataclass(frozen=True)
class Told:
    """An experience that the report of 2018 tells (sections 2.1 and 2.2)."""

    ags: str
    topic: Topic
    phase: Phase
    title: str
    description: str
    helped: str = ""
    advice: str = ""


OF_REPORT = (
    Told(
        KYF,
        Topic.FORMAT,
        Phase.NEEDS,
        "Je Planungsregion eine Regionalkonferenz",
        "Zwischen November 2016 und Mai 2017 fand in jeder der drei Planungsregionen eine Konferenz statt, zusammen "
        "mit über 100 Menschen: Bürgerschaft, Bürgermeister, Träger, Nahverkehr, Verwaltungen und Unternehmen.",
        "Was die Statistik kleinräumig nicht hergab, wurde unmittelbar erfragt; Angebote wurden vor Ort gewichtet.",
        "Mitglieder der externen Steuerungsgruppe nahmen teil; sie legte danach die Bedarfe fest.",
    ),
    Told(
        KYF,
        Topic.METHOD,
        Phase.GOALS,
        "Leitziele in einer Zukunftswerkstatt",
        "Die externe Steuerungsgruppe entwickelte im Oktober 2016 ihre Leitziele in einer Ideen- und "
        "Zukunftswerkstatt.",
        "Moderiert hat die externe Prozessbegleitung.",
    ),
    Told(
        KYF,
        Topic.LESSON,
        Phase.MANDATE,
        "Zwei Strategien, zwei Gremien, ein Treffen",
        "Neben dem Landesprogramm arbeitete schon die Armutsprävention mit einer eigenen Steuerungsgruppe.",
        "Im November 2017 kamen beide Gruppen zu einem Vernetzungstreffen zusammen.",
    ),
    Told(
        ABG,
        Topic.LESSON,
        Phase.MANDATE,
        "Für einen Planungsbeirat zehn bis zwölf Monate einplanen",
        "Mandat, Geschäftsordnung, Größe und Zusammensetzung waren zu klären, auch mit Blick auf die "
        "Kommunalordnung; dazu kamen eine Landratswahl, Krankheit und Urlaubszeiten.",
    ),
    Told(
        ABG,
        Topic.METHOD,
        Phase.MANDATE,
        "Erst prüfen, welches Gremium es schon gibt",
        "Bis Mitte 2018 liefen Sondierungsgespräche, unter anderem mit der Regionalen Aktionsgruppe von LEADER.",
        "Deren Struktur wurde nicht übernommen, ein enger Austausch aber vereinbart.",
    ),
)


def tell_one_another(places: list[Place], calendar: Calendar, ministry: User) -> None:
    """All of it; ``places`` are the model municipalities, whose people can log in."""
    adviser = User.objects.get(username="begleitung")
    share(places, calendar)
    advise(places, calendar, adviser)
    ask(places)
    register(places, calendar, ministry)
    announce(places, calendar)
    ask_everybody(places, calendar)


def share(places: Iterable[Place], calendar: Calendar) -> None:
    """Experiences of the report, written in autumn and released by the planner."""
    for place in places:
        told = [row for row in OF_REPORT if row.ags == place.municipality.ags]
        values: list[dict[str, Any]] = [
            {
                "topic": row.topic,
                "phase": row.phase,
                "title": row.title,
                "description": row.description,
                "helped": row.helped,
                "advice": row.advice,
            }
            for row in told
        ]
        hurdles = Hurdle.objects.filter(municipality=place.municipality, is_shared=True).exclude(what_helped="")
        values += [of_hurdle(hurdle) | {"hurdle": hurdle} for hurdle in hurdles.order_by("pk")[:2]]
        with written_on(calendar.ago(40)):
            for each in values:
                text = each["description"] or each["title"]
                row = Experience(municipality=place.municipality, **each | {"description": text})
                stored = create_record(row, actor=place.people.planner)
                at = at_ten(calendar.ago(39))
                take_step(record=stored, action=ExperienceAction.RELEASE, actor=place.people.planner, version=1, at=at)


def advise(places: list[Place], calendar: Calendar, adviser: User) -> None:
    """A consultation with its next appointment, and a hint in each state."""
    home, away = places[0], places[-1]
    with written_on(calendar.ago(16)):
        for place in places:
            record = SupportRecord(
                municipality=place.municipality,
                kind=SupportKind.ADVICE,
                phase=Phase.CONTROLLING,
                subject="Auswertung mit dem Beirat vorbereiten",
                given_by="Externe Prozessbegleitung",
                begin=on(calendar.ago(16)),
                result="Fragen für die Auswertung gesammelt.",
                next_on=on(calendar.ahead(12 + place.number)),
                next_subject="Ergebnisse der Auswertung einordnen",
                is_example=True,
            )
            create_record(record, actor=adviser)
        needs = Need.objects.filter(municipality=home.municipality).order_by("-pk")[:1]
        for need in needs:
            spot = spot_of(kind_of(Need), home.municipality, need)
            hint(
                home.municipality,
                spot,
                adviser,
                "Worauf stützt sich die Priorität?",
                "Nennen Sie, wer sie gesetzt hat.",
            )
        for place, chapter, states in (
            (home, ChapterCode.CONTROLLING, (HintAction.ANSWER,)),
            (away, ChapterCode.NEEDS, (HintAction.ANSWER, HintAction.SETTLE)),
        ):
            plan = Plan.objects.filter(municipality=place.municipality).order_by("-year").first()
            if plan is not None:
                spot, text = (
                    spot_of_chapter(plan, chapter),
                    "Ein Satz dazu, was daraus folgt, macht das Kapitel lesbarer.",
                )
                given = hint(place.municipality, spot, adviser, "Was heißt das für das nächste Jahr?", text)
                for action in states:
                    values = {"answer": "Wir ergänzen den Satz."} if action == HintAction.ANSWER else {}
                    given.refresh_from_db()
                    take_step(
                        record=given, action=action, actor=place.people.planner, version=given.version, values=values
                    )


def hint(place: Municipality, spot: Any, adviser: User, title: str, text: str) -> Any:
    """An invented hint."""
    return give_hint(municipality=place, spot=spot, title=title, text=text, actor=adviser, is_example=True)


def ask(places: list[Place]) -> None:
    """A question that waits for an answer, and one that has it."""
    home, away = places[0], places[-1]
    ask_question(
        asking=away.municipality,
        asked=home.municipality,
        subject="Wie haben Sie zu den Regionalkonferenzen eingeladen?",
        text="Beispiel: Wir planen zwei Konferenzen und fragen uns, wie Sie Unternehmen erreicht haben.",
        actor=away.people.planner,
        is_example=True,
    )
    answered = ask_question(
        asking=home.municipality,
        asked=away.municipality,
        subject="Wer sitzt in Ihrem Planungsbeirat?",
        text="Beispiel: Uns interessiert, wie groß der Beirat ist und wer ihn leitet.",
        actor=home.people.planner,
        is_example=True,
    )
    answer = "Beispiel: Gern. Wir schicken Ihnen die Zusammensetzung nach Funktionen."
    write_post(question=answered, place=away.municipality, text=answer, actor=away.people.planner)


def register(places: list[Place], calendar: Calendar, ministry: User) -> None:
    """A meeting to which the ministry invites, with the registration of one municipality."""
    event = NetworkEvent(
        title="Lernwerkstatt Beteiligung (Beispiel)",
        begin=on(calendar.ahead(34)),
        place="Erfurt",
        starts_at="10:00",
        invitation="Beispiel: Drei Kommunen zeigen, wie sie Familien gehört haben. Für Sozialplanung und Leitung.",
        register_until=calendar.ahead(20),
        seats=40,
    )
    with written_on(calendar.ago(10)):
        create_record(event, actor=ministry)
    place = places[-1]
    row = NetworkRegistration(
        municipality=place.municipality, event=event, people=2, functions="Sozialplanung, Leitung", is_example=True
    )
    with written_on(calendar.ago(3)):
        create_record(row, actor=place.people.planner)
