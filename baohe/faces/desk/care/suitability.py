"""Suitability at the desk: where we advised to stop, and the whole file of one sale (SALE-7)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from baohe.faces.desk.care.waiting import READERS
from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.session import at_desk, staff_at
from baohe.faces.documented import pdf
from baohe.flows import policy_papers
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.suitability import facade as suitability
from baohe.rooms.suitability.contracts import OWN_CHOICE, AssessmentView

PAGE = 20
STATED = {
    "own_choice": "本人坚持投保（已签名）",
    "duplicate": "知道重复保障",
    "elder_care": "65 岁以上确认",
    "stopped": "听从建议，停止投保",
}


@require_GET
@at_desk(*READERS)
def advised(request: HttpRequest) -> HttpResponse:
    page = suitability.advised_to_stop(number_of(request), PAGE)
    sold = {p.proposal_id: p for p in policies.policies_of_proposals([line.proposal_id for line in page.items])}
    rows = [(line, [STATED[code] for code in line.stated], sold.get(line.proposal_id)) for line in page.items]
    more = page.page * PAGE < page.total
    return show(request, "desk/care/suitability.html", "suitability", page=page, rows=rows, more=more)


@require_GET
@at_desk(*READERS)
def file(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """What was asked, advised and stated; opening it leaves a row in the read log (DATA-5)."""
    staff = staff_at(request)
    proposal = policies.proposal_by_id(proposal_id)
    holder = policies.policyholder(proposal.account_id)
    opened = people.person(proposal.account_id, holder.id, actor=f"staff:{staff.id}", purpose="suitability_file")
    found = suitability.file_of(proposal.id, proposal.shard_key)
    sold = policies.policies_of_proposals([proposal_id])
    return show(
        request,
        "desk/care/suitability_file.html",
        "suitability",
        proposal=proposal,
        holder=opened,
        product=catalog.version(proposal.version_id),
        policy=sold[0] if sold else None,
        checks=[
            (
                one,
                suitability.PURPOSE_WORDS[one.answers.purpose],
                suitability.EXISTING_WORDS[one.answers.existing],
                _replays(one),
            )
            for one in found.assessments
        ],
        may_print=any(one.code == OWN_CHOICE for one in found.statements),
        statements=[(one, STATED[one.code], sum(len(stroke) for stroke in one.strokes)) for one in found.statements],
    )


@require_GET
@at_desk(*READERS)
def own_choice(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """The signed statement as a paper; opening it leaves a row in the read log (DATA-5)."""
    proposal = policies.proposal_by_id(proposal_id)
    holder = policies.policyholder(proposal.account_id)
    people.person(proposal.account_id, holder.id, actor=f"staff:{staff_at(request).id}", purpose="own_choice_paper")
    return pdf(policy_papers.own_choice_of(proposal), f"{proposal_id}-own-choice.pdf")


def _replays(one: AssessmentView) -> bool:
    """Whether today's rules give the same advice for what was known then."""
    return suitability.check(one.terms, one.answers).outcome == one.decision.outcome
