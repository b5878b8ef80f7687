"""The portal for a demonstration: both model municipalities and people with every role."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from accounts.enums import Role
from accounts.models import Municipality, RoleAssignment, User
from exchange.dated import written_on
from exchange.dossier.catalogue import DATA
from exchange.dossier.load import import_dossier, read_dossier
from exchange.dossier.writing import dossier_of

KYF, ABG = "16065", "16077"
SINCE = date(2018, 1, 1)
ENTERED = date(2018, 12, 20)  # when the model municipalities had entered what they know


@dataclass(frozen=True)
class Person:
    """Somebody who may log in; ``municipalities`` are official keys, empty for the whole portal."""

    username: str
    display_name: str
    role: Role
    municipalities: tuple[str, ...] = ()


PEOPLE = (
    Person("planung-kyf", "Planung Kyffhäuserkreis", Role.PLANNER, (KYF,)),
    Person("leitung-kyf", "Leitung Kyffhäuserkreis", Role.LEAD, (KYF,)),
    Person("planung-abg", "Planung Altenburger Land", Role.PLANNER, (ABG,)),
    Person("leitung-abg", "Leitung Altenburger Land", Role.LEAD, (ABG,)),
    Person("ministerium", "Fachreferat des Ministeriums", Role.MINISTRY),
    Person("begleitung", "Externe Prozessbegleitung", Role.ADVISER, (KYF, ABG)),
    Person("admin", "Administration des Portals", Role.ADMIN),
)
DOSSIERS = {KYF: ("kyffhaeuserkreis.json", "planung-kyf"), ABG: ("altenburger-land.json", "planung-abg")}


@transaction.atomic
def load_people() -> None:
    """Create the people with their roles; the password is set anew to the one of the demonstration."""
    places = {municipality.ags: municipality for municipality in Municipality.objects.filter(ags__in=DOSSIERS)}
    for person in PEOPLE:
        user, created = User.objects.get_or_create(
            username=person.username, defaults={"display_name": person.display_name}
        )
        if created or not user.check_password(settings.DEMO_PASSWORD):
            user.set_password(settings.DEMO_PASSWORD)
            user.save()
        for municipality in (places[ags] for ags in person.municipalities) if person.municipalities else (None,):
            RoleAssignment.objects.get_or_create(
                user=user, role=person.role, municipality=municipality, defaults={"valid_from": SINCE}
            )


def load_dossier(ags: str) -> int:
    """Load the dossier of a model municipality that has no records yet. Returns how many were created."""
    if dossier_of(Municipality.objects.get(ags=ags))["records"]:
        return 0
    name, username = DOSSIERS[ags]
    dossier = read_dossier((DATA / name).read_text(encoding="utf-8"))
    with written_on(ENTERED):
        created, _ = import_dossier(dossier, actor=User.objects.get(username=username))
    return created
