"""The pages about money, one line for each type of page (see page_types.py)."""

from tests.browser.page_type import PageType, Place, record
from tests.browser.portal import Portal


def budget_page(path: str) -> Place:
    """A page about the Finanzplan which the portal is furnished with."""

    def place(portal: Portal) -> str:
        pk = portal.records["budgetyear"].pk
        return f"/{portal.cast.home.slug}/{path.format(pk=pk)}" + ("" if "{pk}" in path else f"?plan={pk}")

    return place


MONEY_PAGES = (
    PageType("budget", "planner", budget_page("finanzplan/")),
    PageType("budget-grid", "planner", budget_page("finanzplaene/{pk}/tabelle/posten/")),
    PageType("budget-paste", "planner", budget_page("posten/einlesen/?zu={pk}"), again=True),
    PageType("budget-comparison", "planner", budget_page("finanzplan/vergleich/")),
    PageType("budget-new", "planner", "{home}/finanzplan/neu/", again=True),
    PageType("maxima", "ministry", "/programm/hoechstbetraege/?jahr=2024"),
    PageType("state-grant", "planner", "{home}/landeszuwendung/?jahr=2018"),
    PageType("state-grant-empty", "foreign_planner", "{empty}/landeszuwendung/", again=True),
    PageType("open-money", "planner", "{home}/geld-offen/"),
    PageType("call", "planner", record("call", "detail")),
    PageType("case", "planner", record("fundingapplication", "detail")),
    PageType(
        "case-check", "planner", lambda portal: f"{record('fundingapplication', 'detail')(portal)}pruefung/", again=True
    ),
    PageType("case-votes", "planner", lambda portal: f"{record('session', 'detail')(portal)}voten/"),
    PageType("decision", "lead", record("fundingdecision", "detail"), again=True),
    PageType("case-entry", "planner", "{home}/antraege/neu/"),
    PageType("payment", "planner", record("payment", "detail"), again=True),
    PageType("payments", "planner", "{home}/zahlungen/"),
    PageType(
        "proof-entry", "planner", lambda portal: f"{{home}}/nachweise/{portal.records['proofofuse'].pk}/erfassen/"
    ),
    PageType("proof", "planner", record("proofofuse", "detail")),
    PageType("claim", "planner", record("repaymentclaim", "detail"), again=True),
)
