"""The part of the table of rights (access_table) that speaks of money."""

# Words of the tables below a record.
MONEY_GRIDS: dict[str, set[str]] = {
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
