"""The only door of the documents room: print, sign and verify what customers hold in their hands."""

from __future__ import annotations

from baohe.rooms.documents.actions.issue import issue
from baohe.rooms.documents.actions.issue_endorsement import issue_endorsement
from baohe.rooms.documents.actions.issue_paper import issue_paper
from baohe.rooms.documents.actions.print_paper import print_paper
from baohe.rooms.documents.actions.print_proposal import print_proposal, show_proposal, shown, shown_bytes
from baohe.rooms.documents.actions.verify import MAX_FILE_BYTES, judge_bytes, judge_token
from baohe.rooms.documents.contracts import (
    DocumentView,
    EndorsementDocument,
    PolicyDocument,
    PolicyPaper,
    ProposalDocument,
    ProposalPaper,
    Verdict,
)
from baohe.rooms.documents.queries import (
    bytes_of,
    detached_of,
    document,
    document_of,
    endorsement_document_of,
    papers_of,
    reprint,
    unprinted,
    waiting,
    waiting_endorsements,
)
from baohe.rooms.documents.typesetting import typeset

__all__ = [
    "MAX_FILE_BYTES",
    "bytes_of",
    "detached_of",
    "document",
    "document_of",
    "endorsement_document_of",
    "papers_of",
    "print_paper",
    "reprint",
    "show_proposal",
    "shown",
    "shown_bytes",
    "typeset",
    "unprinted",
    "waiting",
    "waiting_endorsements",
]


def issue_policy_document(data: PolicyDocument) -> DocumentView:
    """Print and sign the policy once; a repeated call returns the first document. Raises `DocumentCannotBePrinted`, and
    `TimeStampAway` while the time-stamp authority does not answer. Not inside a transaction: it calls the authority.
    """
    return issue(data)


def issue_endorsement_document(data: EndorsementDocument) -> DocumentView:
    """Print and sign an endorsement once, like the policy it belongs to. Raises `DocumentCannotBePrinted`."""
    return issue_endorsement(data)


def issue_policy_paper(data: PolicyPaper) -> DocumentView:
    """Print and sign a receipt, a declaration or a statement once, like the policy it belongs to; a repeated call
    returns the first paper, whatever it is given. Raises `DocumentCannotBePrinted`, `TimeStampAway`. Not inside a
    transaction."""
    return issue_paper(data)


def proposal_document(data: ProposalDocument) -> ProposalPaper:
    """The paper the customer signs and the digest that the signature binds. Stores nothing."""
    return print_proposal(data)


def verify_bytes(content: bytes) -> Verdict:
    """True only for a file this platform issued, unchanged to the last byte, signed by its insurer (SERV-1)."""
    return judge_bytes(content)


def verify_token(token: str) -> Verdict:
    """What the QR code of a policy leads to: the stored document, checked again now (SERV-1)."""
    return judge_token(token)
