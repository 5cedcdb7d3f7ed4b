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


def seems(seen_kind: str, kind: str) -> Text | None:
    """What to tell of a picture that looks like another paper. A question to the claimant, never a refusal."""
    if seen_kind not in _SEEN or kind not in _MEANT:
        return None
    seen, meant = _SEEN[seen_kind], _MEANT[kind]
    return Text(f"这像{seen.zh}，不像{meant.zh}，请核对", f"This looks like {seen.en}, not {meant.en}; please check")


def sample_of(paper: ClaimPaper) -> str:
    """Which drawing shows how to photograph the paper: by the words of its title, else by its kind."""
    found = (sample for words, sample in _SAMPLES if any(word in paper.title.zh for word in words))
    return next(found, _SAMPLE_OF_KIND[paper.kind])


_SAMPLES = (
    (("死亡",), "death_certificate"),
    (("认定", "事故", "协议"), "accident_certificate"),
    (("银行卡",), "bank_card"),
    (("维修", "定损", "修理"), "repair_bill"),
    (("医疗费用",), "medical_invoice"),
    (("病历", "诊断", "出院", "病理", "护理记录"), "hospital_summary"),
    (("发票",), "vat_invoice"),
)
_SAMPLE_OF_KIND = {
    "invoice": "medical_invoice",
    "bill": "receipt",
    "record": "proof",
    "identity": "identity",
    "relation": "relation",
}


_SEEN = {
    "medical_invoice": Text("一张医疗票据", "a hospital invoice"),
    "vat_invoice": Text("一张增值税发票", "a VAT invoice"),
    "receipt": Text("一张购物小票", "a shop receipt"),
    "hospital_summary": Text("一份病历或出院小结", "a medical record"),
    "id_card": Text("一张身份证", "an identity card"),
    "bank_card": Text("一张银行卡", "a bank card"),
    "accident_certificate": Text("一份交通事故认定书", "a traffic accident certificate"),
    "repair_bill": Text("一张维修结算单", "a repair bill"),
}
"""Kinds of the reader. "other" is none of them and says nothing."""
_MEANT = {
    "invoice": Text("医疗发票", "a medical invoice"),
    "bill": Text("消费或维修的票据", "a bill"),
    "record": Text("病历或事故证明", "a medical record or accident certificate"),
    "identity": Text("身份证或银行卡", "an identity or bank card"),
    "relation": Text("关系证明", "proof of kinship"),
}


def _needed(paper: ClaimPaper, mine: Sequence[PaperView], asked_again: Sequence[str]) -> NeededPaper:
    state, detail = _state(paper, mine, asked_again)
    return NeededPaper(paper.kind, paper.title, detail, state, sample_of(paper))


def _state(paper: ClaimPaper, mine: Sequence[PaperView], asked_again: Sequence[str]) -> tuple[str, Text]:
    if not mine or paper.kind in asked_again:
        on_file = paper.on_file and paper.kind not in asked_again
        return "on_file" if on_file else "missing", paper.detail
    count, open_places = len(mine), sum(doubts(given) for given in mine)
    if any(given.state == "reading" for given in mine):
        return "reading", Text("正在识别", "Being read")
    photos = "1 photo" if count == 1 else f"{count} photos"
    if open_places:
        places = "1 place" if open_places == 1 else f"{open_places} places"
        return "to_confirm", Text(f"{count} 张，{open_places} 处待确认", f"{photos}, {places} to confirm")
    return "ready", Text(f"{count} 张，已齐", f"{photos}, complete")
