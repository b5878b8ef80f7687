"""What the overview adds to the portal."""

from accounts.enums import Action
from accounts.registered import AccountWay, register_account_way
from overview.pages.exchange import as_others_read
from overview.pages.network import network_parts
from overview.waiting import SOURCES
from participation.models import Experience, NetworkEvent
from records.places import (
    Menu,
    Page,
    ProgrammePage,
    register_home,
    register_overview,
    register_pages,
    register_programme_pages,
)
from records.registry import show_by
from records.waiting import register_waiting

register_home("overview:start")
register_overview("Alle Kommunen", "overview:ministry")
register_pages(
    Page("Übersicht", "overview:start", Menu.TOP, 1), Page("Offene Geldsachen", "overview:open-money", Menu.MONEY, 9)
)
register_programme_pages(
    ProgrammePage("Gemeldete Barrieren", "overview:barrier-list", Action.PEOPLE, 4),
    ProgrammePage("Aktivitäten", "overview:activity", Action.PEOPLE, 6),
)
register_pages(Page("Erfahrungsaustausch", "overview:exchange-here", Menu.TOP, 6))
register_programme_pages(ProgrammePage("Erfahrungsaustausch", "overview:exchange", Action.ACCOUNT, 1))
show_by(Experience, "overview/experience_record.html", as_others_read)
show_by(NetworkEvent, "overview/network_event.html", network_parts)
register_waiting(*SOURCES)
register_account_way(AccountWay("E-Mails", "overview:mail-setting", "mail"))
