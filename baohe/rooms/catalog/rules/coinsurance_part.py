"""The part of a package that names who carries the risk together."""

from __future__ import annotations

from baohe.kernel.money import BASIS
from baohe.rooms.catalog.contracts import Carrier, Insurer
from baohe.rooms.catalog.rules.reading import Node

MOST_CARRIERS = 10


def coinsurance(product: Node, lead: Insurer) -> tuple[Carrier, ...]:
    """Carriers in the order of the package; none when the package names none.

    The lead comes first and is the `insurer` of the page, which is why its facts are not repeated. Each insurer
    stands once, each share is above 0, and all of them add up to 10,000 bp: anything else would leave a fen to nobody.
    """
    carriers: list[Carrier] = []
    for node in product.nodes_or_none("coinsurance"):
        carrier = _carrier(node, lead if not carriers else None)
        if any(other.insurer.code == carrier.insurer.code for other in carriers):
            raise node.wrong("code", f"{carrier.insurer.code} 重复", f"{carrier.insurer.code} stands twice")
        carriers.append(carrier)
    if not carriers:
        return ()
    if not 2 <= len(carriers) <= MOST_CARRIERS:
        raise product.wrong("coinsurance", f"共保须有 2 至 {MOST_CARRIERS} 家", f"needs 2 to {MOST_CARRIERS} insurers")
    whole = sum(carrier.share_bp for carrier in carriers)
    if whole != BASIS:
        raise product.wrong("coinsurance", f"份额合计 {whole}，应为 {BASIS}", f"shares add up to {whole}, not {BASIS}")
    return tuple(carriers)


_SIGNATURES = ("pades", "sm2")


def _carrier(node: Node, lead: Insurer | None) -> Carrier:
    insurer = lead if lead is not None else insurer_of(node)
    if node.word("code") != insurer.code:
        raise node.wrong("code", f"首席应为 {insurer.code}", f"the lead must be {insurer.code}")
    share_bp = node.whole("share_bp")
    if not 0 < share_bp < BASIS:
        raise node.wrong("share_bp", f"份额须在 1 至 {BASIS - 1} 之间", f"a share lies between 1 and {BASIS - 1}")
    return Carrier(insurer, share_bp)


def insurer_of(node: Node) -> Insurer:
    signature = node.str_or("signature", "pades")
    if signature not in _SIGNATURES:
        raise node.wrong("signature", "应为 pades 或 sm2", "must be pades or sm2", "DATA-7")
    return Insurer(
        code=node.word("code"),
        name=node.text("name"),
        short_name=node.text("short_name"),
        complaint_phone=node.word("complaint_phone"),
        service_phone=node.word("service_phone"),
        licence=node.word("licence"),
        signature=signature,
    )
