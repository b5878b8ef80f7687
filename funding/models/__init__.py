"""Models of money, in topical files."""

from funding.models.applications import (
    ApplicationStep,
    CostPosition,
    FinancePosition,
    FundingApplication,
    OfferedCriterion,
)
from funding.models.budget import BudgetExplanation, BudgetLine, BudgetStep, BudgetYear, OwnExpense
from funding.models.calls import Call, Decider, LocalFundingRule
from funding.models.catalogue import BaseRate, CostKind
from funding.models.checking import BoardVote, CheckAnswer, CheckItem, Inquiry
from funding.models.decisions import (
    DecidedCost,
    DecidedFinance,
    DecisionCondition,
    DecisionStep,
    FrozenPaper,
    FundingDecision,
    Instalment,
    TextBlock,
)
from funding.models.grants import FundsCall, NoticeCondition, StateGrant, StateNotice, StateProof
from funding.models.payments import Payment, PaymentStep, PaymentUse
from funding.models.proofs import (
    ClaimStep,
    InventoryItem,
    ProofDraft,
    ProofIncome,
    ProofOfUse,
    ProofPosition,
    ProofStep,
    Receipt,
    RepaymentClaim,
)
from funding.models.public import PublicDraft, PublicFile

__all__ = [
    "ApplicationStep",
    "BaseRate",
    "BoardVote",
    "BudgetExplanation",
    "BudgetLine",
    "BudgetStep",
    "BudgetYear",
    "Call",
    "CheckAnswer",
    "CheckItem",
    "ClaimStep",
    "CostKind",
    "CostPosition",
    "DecidedCost",
    "DecidedFinance",
    "Decider",
    "DecisionCondition",
    "DecisionStep",
    "FinancePosition",
    "FrozenPaper",
    "FundingApplication",
    "FundingDecision",
    "FundsCall",
    "Inquiry",
    "Instalment",
    "InventoryItem",
    "LocalFundingRule",
    "NoticeCondition",
    "OfferedCriterion",
    "OwnExpense",
    "Payment",
    "PaymentStep",
    "PaymentUse",
    "ProofDraft",
    "ProofIncome",
    "ProofOfUse",
    "ProofPosition",
    "ProofStep",
    "PublicDraft",
    "PublicFile",
    "Receipt",
    "RepaymentClaim",
    "StateGrant",
    "StateNotice",
    "StateProof",
    "TextBlock",
]
