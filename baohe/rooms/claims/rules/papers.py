"""The one closed list of papers (SERV-5) and how far each is. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import ClaimPaper
from baohe.rooms.claims.contracts import NeededPaper, PaperView

KINDS = ("invoice", "bill", "record", "identity", "relation")
COUNTED_KINDS = ("invoice", "bill")
"""Papers whose figures are counted, and therefore confirmed."""
READ_KINDS = (*COUNTED_KINDS, "record", "identity")
"""Papers whose print is read; the others are looked at by a person only when there is a reason to."""

MOST_PAPERS = 20


def needed_papers(
    listed: Sequence[ClaimPaper], given: Sequence[PaperView], asked_again: Sequence[str] = ()
) -> tuple[NeededPaper, ...]:
    """The list of the product with the state of each paper. `asked_again`: kinds a handler asked for once more."""
    return tuple(_needed(paper, [g for g in given if g.kind == paper.kind], asked_again) for paper in listed)


def doubts(paper: PaperView) -> int:
    """How many places of a paper wait for the claimant's word."""
    return sum(1 for field in paper.fields if field.doubtful and not field.confirmed)


def _needed(paper: ClaimPaper, mine: Sequence[PaperView], asked_again: Sequence[str]) -> NeededPaper:
    if not mine or paper.kind in asked_again:
        on_file = paper.on_file and paper.kind not in asked_again
        return NeededPaper(paper.kind, paper.title, paper.detail, "on_file" if on_file else "missing")
    count, open_places = len(mine), sum(doubts(given) for given in mine)
    if any(given.state == "reading" for given in mine):
        return NeededPaper(paper.kind, paper.title, Text("正在识别", "Being read"), "reading")
    if open_places:
        return NeededPaper(
            paper.kind,
            paper.title,
            Text(f"{count} 张，{open_places} 处待确认", f"{count}, {open_places} to confirm"),
            "to_confirm",
        )
    return NeededPaper(paper.kind, paper.title, Text(f"{count} 张，已齐", f"{count}, complete"), "ready")
