"""Print a paper of one subject: a receipt, a declaration, a statement."""

from __future__ import annotations

from baohe.kernel.dates import business_date
from baohe.rooms.documents import registry
from baohe.rooms.documents.contracts import Paper
from baohe.rooms.documents.papers import paper_content
from baohe.rooms.documents.typesetting import print_template


def print_paper(data: Paper, template_key: str = "") -> bytes:
    """PDF/A of a paper under the template in force on the day it was issued, or under the one it remembers
    (`premium_receipt@1`). The same paper is the same file. Raises `TemplateUnknown`, `DataFieldMissing`."""
    if template_key:
        template = registry.of(template_key)
    else:
        template = registry.in_force(data.code, business_date(data.issued_at))
    return print_template(template, paper_content(data), data.issued_at)
