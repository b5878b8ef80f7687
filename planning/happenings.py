"""What of the planning people hear of: new deadlines of the programme."""

from accounts.enums import Action
from planning.models import Deadline
from records.happenings import Happening, kind_page

SOURCES = (
    Happening(
        "deadline",
        Deadline,
        "Frist",
        kind_page(Deadline),
        lambda said: "neue Frist des Landesprogramms",
        (Action.WRITE, Action.SUPPORT),
        place="",
    ),
)
