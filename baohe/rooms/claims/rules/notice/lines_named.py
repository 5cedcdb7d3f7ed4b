"""The kind of insurance that the claimant asks for by its name: "走交强险", "报重疾险". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from baohe.rooms.claims.rules.notice.fitting import Fit

MOTOR = frozenset(["commercial_motor", "compulsory_motor"])
"""Whoever asks for one of these speaks of a car, said or not."""
_INSURANCE = r"(?: insurance| policy| cover\b)"
NAMES: Mapping[str, tuple[str, ...]] = {
    rf"交强|compulsory(?: motor| car)?{_INSURANCE}": ("compulsory_motor",),
    r"商业(?:车|三者|第三者)?险|车损险|三者险|第三者(?:责任)?险|commercial (?:motor|car)": ("commercial_motor",),
    rf"(?<!停)(?<!动)车险|(?:car|motor){_INSURANCE}": ("commercial_motor", "compulsory_motor"),
    rf"意外险|accident{_INSURANCE}": ("accident",),
    rf"重疾险|大病险|重大疾病险|报重疾|critical[- ]illness{_INSURANCE}": ("critical_illness",),
    rf"医疗险|百万医疗|(?:medical|health|hospital){_INSURANCE}": ("medical",),
    rf"护理险|长护险|报护理(?!费)|care{_INSURANCE}": ("elder_care",),
    r"定期?寿险": ("term_life",),
    r"终身寿": ("whole_life",),
    rf"(?<!期)(?<!定)寿险|life{_INSURANCE}": ("term_life", "whole_life"),
    r"猝死险": ("sudden_death",),
    r"年金险": ("annuity",),
    rf"骑行险|电动车险|(?:bike|cycling|riding){_INSURANCE}": ("ride",),
    rf"旅[游行]险|旅意险|travel{_INSURANCE}": ("travel",),
    rf"宠物(?:医疗|责任)?险|pet{_INSURANCE}": ("pet",),
    rf"家财险|家庭财产险|房屋险|home{_INSURANCE}": ("home",),
    r"碎屏险|手机险": ("broken_screen",),
    r"账户(?:安全)?险|盗刷险": ("account_security",),
    r"航延险|(?:航班)?延误险": ("flight_delay", "travel"),
    r"退运险|运费险": ("freight_return",),
}
"""As people call them → our lines. A new line belongs here under the name customers use."""
_REFUSED = re.compile(
    r"(?:不[走用报是]|没有?|没买过?|别[走用报]|除了|\b(?:no|not|without) (?:my |the )?)$", re.IGNORECASE
)
_NOT_MEANT = re.compile(
    r"(?:对方(?:的|走|用|报|有)?|他(?:们|家)?的?|她的?|人家的?|别人的?"
    r"|\b(?:his|her|their) )$",
    re.IGNORECASE,
)
"""The insurance of somebody else."""


@dataclass(frozen=True, slots=True)
class Named:
    """Lines that are asked for, and lines of which the claimant says that they are not meant or not held."""

    meant: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()

    def against(self, line: str) -> bool:
        """Whether a policy of the line is another than was asked for."""
        return line in self.refused or (bool(self.meant) and line not in self.meant)


def lines_named(said: str) -> Named:
    """Nothing named leaves it to us."""
    meant, refused = set[str](), set[str]()
    for name, lines in NAMES.items():
        for match in re.finditer(name, said, re.IGNORECASE):
            before = said[: match.start()]
            if _REFUSED.search(before):
                refused.update(lines)
            elif not _NOT_MEANT.search(before):
                meant.update(lines)
    return Named(frozenset(meant), frozenset(refused - meant))


def of_named(found: Sequence[Fit], named: Named) -> list[Fit]:
    """What fits the insurance asked for; all that fits where none of it does. By name no policy is a mere guess."""
    fitting = [fit for fit in found if not named.against(fit.held.line)]
    if named.meant:
        fitting = [replace(fit, faint=False) for fit in fitting]
    return fitting or list(found)
