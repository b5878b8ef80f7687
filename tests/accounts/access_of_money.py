"""The part of the table of rights (access_table) that speaks of money."""

from typing import Any

from funding.models import (
    BudgetYear,
    Call,
    FundingApplication,
    FundingDecision,
    FundsCall,
    ProofOfUse,
    StateGrant,
    StateProof,
)
from participation.models import Session

# Words of the tables below a record.
MONEY_GRIDS: dict[str, set[str]] = {
    "budgetyear": {"posten"},
    "budgetline": {"eigene-ausgaben"},
    "statenotice": {"landesauflagen"},
    "localfundingrule": {"entscheidungsstellen"},
    "fundingapplication": {
        "antragsausgaben",
        "antragsfinanzierungen",
        "angebotene-kriterien",
        "pruefergebnisse",
        "nachforderungen",
    },
    "fundingdecision": {"anerkannte-ausgaben", "anerkannte-finanzierungen", "auflagen", "raten"},
    "payment": {"verwendungen"},
    "proofofuse": {"nachweis-ausgaben", "nachweis-einnahmen", "belege", "inventar"},
}
# The cases of Träger: with their bank accounts, seen by planner and Leitung of the Kommune alone.
OF_CASES = {
    "fundingapplication",
    "costposition",
    "financeposition",
    "offeredcriterion",
    "checkanswer",
    "inquiry",
    "boardvote",
    "fundingdecision",
    "decidedcost",
    "decidedfinance",
    "decisioncondition",
    "instalment",
    "payment",
    "paymentuse",
    "proofofuse",
    "proofposition",
    "proofincome",
    "receipt",
    "inventoryitem",
    "repaymentclaim",
}
# Pages that every reader opens, and those of all municipalities; the record that an address needs.
MONEY_READ = (
    "funding:budget",
    "funding:state-grant",
    "overview:open-money",
    "reporting:funds-call",
    "reporting:grant-application",
    "reporting:cycle-finance-pdf",
    "reporting:cycle-finance-xlsx",
)
MONEY_OF_ALL = ("overview:state-money", "overview:state-money-csv")
MONEY_WITHOUT_ROW = ("funding:paper",)  # nothing is frozen; what is: tests/funding/test_decisions.py
# Who opens the others, and what they answer to GET and to POST without content.
MONEY_OTHER: dict[str, tuple[set[str], int, int]] = {
    "funding:budget-new": ({"planner", "lead"}, 200, 422),
    "funding:comparison": ({"planner", "lead"}, 200, 302),
    "reporting:board-list": ({"planner", "lead"}, 200, 405),
    "reporting:board-table": ({"planner", "lead"}, 200, 405),
    "reporting:proof-form": ({"planner", "lead"}, 302, 405),  # without a decision there is nothing to prove
    "reporting:proof-review": ({"planner", "lead"}, 200, 405),
    "reporting:cash-order": ({"planner", "lead"}, 302, 405),  # nothing is at the cash office
    "reporting:inquiry": ({"planner", "lead"}, 302, 405),  # nothing is asked for
    "reporting:notice-preview": ({"planner", "lead"}, 200, 405),
    "funding:check": ({"planner", "lead"}, 200, 422),
    "funding:decision": ({"planner", "lead"}, 302, 302),  # not checked yet; what is: tests/funding/test_case_forms.py
    "funding:votes": ({"planner", "lead"}, 200, 422),
    "reporting:state-proof": ({"planner", "lead"}, 200, 405),
    "funding:maxima": ({"ministry"}, 200, 302),
    "funding:payments": ({"planner", "lead"}, 200, 422),
    "funding:cash-list": ({"planner", "lead"}, 200, 405),
    "funding:proofs": ({"planner", "lead"}, 200, 302),
    "funding:proof-entry": ({"planner", "lead"}, 302, 302),  # without a decision there is nothing to enter
    "funding:proof-check": ({"planner", "lead"}, 200, 302),
    "funding:proof-link": ({"planner", "lead"}, 405, 200),
    "funding:proof-claim": ({"planner", "lead"}, 405, 302),
    "funding:call-next": ({"planner", "lead"}, 405, 302),
    "funding:call-withdraw": ({"planner", "lead"}, 405, 200),
    "funding:call-new-link": ({"planner", "lead"}, 405, 200),
    "funding:call-qr": ({"planner", "lead"}, 200, 405),
    "funding:call-form": ({"planner", "lead"}, 200, 405),
    "funding:call-read-form": ({"planner", "lead"}, 200, 422),
    "funding:application-form": ({"planner", "lead"}, 200, 405),
    "funding:application-measure": ({"planner", "lead"}, 405, 302),  # not approved yet: told on its page
    "reporting:application-receipt": ({"planner", "lead"}, 302, 405),  # not received yet: told on its page
}
MONEY_ROWS: dict[str, Any] = {
    "funding:proof-entry": ProofOfUse,
    "funding:proof-check": ProofOfUse,
    "funding:proof-link": ProofOfUse,
    "funding:proof-claim": ProofOfUse,
    "reporting:board-list": Session,
    "reporting:board-table": Session,
    "reporting:inquiry": FundingApplication,
    "reporting:notice-preview": FundingDecision,
    "funding:check": FundingApplication,
    "funding:decision": FundingApplication,
    "funding:votes": Session,
    "reporting:funds-call": FundsCall,
}
MONEY_ROWS |= {f"reporting:proof-{paper}": ProofOfUse for paper in ("form", "review")}
MONEY_ROWS |= {f"reporting:cycle-finance-{form}": BudgetYear for form in ("pdf", "xlsx")}
MONEY_ROWS |= {f"funding:call-{page}": Call for page in ("next", "withdraw", "new-link", "form", "read-form", "qr")}
MONEY_ROWS |= {f"funding:application-{page}": FundingApplication for page in ("form", "measure")}
MONEY_ROWS |= {"reporting:grant-application": StateGrant, "reporting:state-proof": StateProof}
MONEY_ROWS |= {"reporting:application-receipt": FundingApplication}
