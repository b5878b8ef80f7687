"""A published plan, and around it everything that is not published, told apart by two words."""

from django.test import Client

from participation.models import Body
from planning.models import Need
from plans.models import ChapterText
from tests.cast import make_cast
from tests.factories import make
from tests.plans.life.released import TO_PUBLISHED, A, actors_in, go, make_plan

HOME, YEAR = "/oeffentlich/kyffhaeuserkreis/", "/oeffentlich/kyffhaeuserkreis/2018/"
SHOWN, HIDDEN = "Schauwort", "Geheimwort"
FILES = (f"{YEAR}plan.pdf", f"{YEAR}plan.json")


def published_world():
    """The plan of 2018 is published; everything that was written later, and the plan of the neighbour, is not."""
    cast = make_cast()
    plan, actors = make_plan(cast.home, text=SHOWN), actors_in(cast, cast.home)
    go(plan, actors, *TO_PUBLISHED)
    later = make_plan(cast.home, 2019, text=HIDDEN)
    go(later, actors, *TO_PUBLISHED[:-1])
    make(Body, cast.home, text=HIDDEN)
    go(make_plan(cast.away, text=HIDDEN), actors_in(cast, cast.away), A.RELEASE, A.SUBMIT)
    go(plan, actors, A.AMEND)
    make(ChapterText, cast.home, plan=plan, chapter="goals", text=HIDDEN, left_out=False)
    make(Need, cast.home, text=HIDDEN)
    return cast, plan


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()
