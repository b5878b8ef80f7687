"""Pages for people without account that need something of their own: an announced event and who registers for it."""

from datetime import timedelta

from django.utils import timezone

from accounts.domain.codes import key_of
from participation.domain.open_surveys import open_survey
from participation.domain.questionnaire import Item, Questionnaire
from participation.domain.survey_words import PROPOSED
from participation.models import Event, SignUp, Survey
from records.vague import VagueDate
from tests.browser.page_type import Place
from tests.browser.portal import Portal
from tests.factories import make

SECRET = "geheim-" * 4


def furnish_open(portal: Portal) -> None:
    """An event for which one has registered, one waits, and one has not entered the code."""
    day = timezone.localdate()
    event = make(
        Event,
        portal.cast.home,
        full=False,
        title="Angekündigt",
        begin=VagueDate(day + timedelta(days=20)),
        is_announced=True,
        register_until=day + timedelta(days=9),
        seats=1,
        invitation="Herzlich willkommen.",
        state="planned",
    )
    now = timezone.now()
    for key, seat in ((SECRET, ""), ("sitzt", "given"), ("wartet", "waiting")):
        SignUp.objects.create(
            event=event,
            key=key_of(key),
            name="Gast",
            email=f"{key}@example.org",
            address=f"{key}@example.org",
            started_at=now,
            confirmed_at=now if seat else None,
            seat=seat,
        )
    portal.records["announced"] = event
    furnish_survey(portal)


def furnish_survey(portal: Portal) -> None:
    """A survey with a question of each kind that is open to everybody, also from right to left."""
    asked = Questionnaire("Befragung (Beispiel)", "Worum es geht.")
    asked.items = [
        Item("f1", "Eine?", "choice", ("Ja", "Nein"), True),
        Item("f2", "Mehrere?", "several", ("Bus", "Hort")),
        Item("f3", "Skala?", "scale", ("gar nicht", "sehr")),
        Item("f4", "Alter?", "number", ("18",)),
        Item("f5", "Meinung?", "text"),
    ]
    asked.words["ar"] = {"texts": {text: f"نص {text}" for text in asked.texts()}, "frame": PROPOSED["ar"]}
    survey = make(Survey, portal.cast.home, full=False, title=asked.title, questionnaire=asked.told())
    day = timezone.localdate()
    open_survey(survey, opens_on=day, closes_on=day + timedelta(days=9), actor=None)
    portal.records["asking"] = survey


def survey_page(portal: Portal) -> str:
    """The survey for everybody, from right to left."""
    return f"/oeffentlich/{portal.cast.home.slug}/befragungen/{portal.records['asking'].pk}/?sprache=ar"


def questionnaire_page(page: str) -> Place:
    """A page of the planner about it."""
    return lambda portal: f"/{portal.cast.home.slug}/befragungen/{portal.records['asking'].pk}/fragebogen/{page}"


def event_page(portal: Portal) -> str:
    """The page of the event for everybody."""
    return f"/oeffentlich/{portal.cast.home.slug}/veranstaltungen/{portal.records['announced'].pk}/"


def list_page(portal: Portal) -> str:
    """Who has registered."""
    return f"/{portal.cast.home.slug}/veranstaltungen/{portal.records['announced'].pk}/anmeldungen/"
