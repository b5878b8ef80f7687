"""What of money people hear of: the steps of cases, of the Finanzplan, of payments, proofs and claims."""

from accounts.enums import Action
from funding.domain.budget.life import LIFE as BUDGET
from funding.domain.cases.life import LIFE as APPLICATION
from funding.domain.decisions.life import LIFE as DECISION
from funding.domain.payments.life import LIFE as PAYMENT
from funding.domain.proofs.claim_life import LIFE as CLAIM
from funding.domain.proofs.life import LIFE as PROOF
from records.happenings import step_happening

INSIDE = (Action.WRITE,)  # cases of Träger are seen by planner and Leitung alone
SOURCES = tuple(step_happening(life, INSIDE) for life in (APPLICATION, BUDGET, DECISION, PAYMENT, PROOF, CLAIM))
