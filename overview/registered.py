"""What the overview adds to the portal."""

from accounts.enums import Action
from accounts.registered import AccountWay, register_account_way
from overview.waiting import SOURCES
from records.places import (
    Menu,
    Page,
    ProgrammePage,
    register_home,
    register_overview,
    register_pages,
    register_programme_pages,
)
from records.waiting import register_waiting

register_home("overview:start")
register_overview("Alle Kommunen", "overview:ministry")
register_pages(
    Page("Übersicht", "overview:start", Menu.TOP, 1), Page("Offene Geldsachen", "overview:open-money", Menu.MONEY, 9)
)
register_programme_pages(
    ProgrammePage("Gemeldete Barrieren", "overview:barrier-list", Action.PEOPLE, 4),
)
register_waiting(*SOURCES)
register_account_way(AccountWay("E-Mails", "overview:mail-setting", "mail"))
