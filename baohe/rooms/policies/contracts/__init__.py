"""What leaves the room. Amounts are integer fen; days are business dates of Asia/Shanghai.

Two ends of time differ in kind and the names keep them apart: `end` and `waiting_ends` are the first day *after*
(half-open), `cooling_off_ends` is the *last* day on which the full premium comes back, as a customer reads it.
"""

from baohe.rooms.policies.contracts.bulk import BulkIssue, BulkResult, OrderInsured
from baohe.rooms.policies.contracts.endorsement import EndorsementLine, EndorsementView, LowerChoice, Terms
from baohe.rooms.policies.contracts.parties import (
    Beneficiary,
    BeneficiaryChangeView,
    BeneficiaryChoice,
    CoverElsewhere,
    CoverHeld,
    ObjectLine,
)
from baohe.rooms.policies.contracts.policy import (
    CancelledView,
    EndorsedView,
    IssuedView,
    LeavingView,
    PolicyPage,
    PolicyView,
)
from baohe.rooms.policies.contracts.premium import Due, EarnedView, NoCover, PaymentPlan, Receipt
from baohe.rooms.policies.contracts.proposal import (
    DEDUCTION,
    SIGNING_CONSENT,
    Finding,
    PaperView,
    ProposalView,
    SignatureView,
    SignedAct,
)

__all__ = [
    "DEDUCTION",
    "SIGNING_CONSENT",
    "Beneficiary",
    "BeneficiaryChangeView",
    "BeneficiaryChoice",
    "BulkIssue",
    "BulkResult",
    "CancelledView",
    "CoverElsewhere",
    "CoverHeld",
    "Due",
    "EarnedView",
    "EndorsedView",
    "EndorsementLine",
    "EndorsementView",
    "Finding",
    "IssuedView",
    "LeavingView",
    "LowerChoice",
    "NoCover",
    "ObjectLine",
    "OrderInsured",
    "PaperView",
    "PaymentPlan",
    "PolicyPage",
    "PolicyView",
    "ProposalView",
    "Receipt",
    "SignatureView",
    "SignedAct",
    "Terms",
]
