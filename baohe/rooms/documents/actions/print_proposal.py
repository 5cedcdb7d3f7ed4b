"""The paper before the policy."""

from __future__ import annotations

from datetime import UTC, datetime

from baohe.kernel.canonical import digest
from baohe.rooms.documents.contracts import ProposalDocument, ProposalPaper
from baohe.rooms.documents.rules import proposal_content
from baohe.rooms.documents.typesetting import typeset


def print_proposal(data: ProposalDocument) -> ProposalPaper:
    """Print the proposal. The digest is of the content, not of the PDF, so a later version of the typesetter still
    reproduces what was signed; it is printed on every page."""
    content_digest = digest(data.canonical())
    midnight = datetime(data.start.year, data.start.month, data.start.day, tzinfo=UTC)
    return ProposalPaper(typeset(proposal_content(data, content_digest), midnight), content_digest)
