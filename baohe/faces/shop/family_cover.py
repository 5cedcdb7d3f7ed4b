"""What a family holds, what comes next, and the one suggestion: pure functions of policies, claims and cards.

A suggestion rests on the customer's own policies and the ages of the family, on nothing else, and says so. There is
one at a time, never for money a machine cannot show, and it stays away once dismissed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from baohe.kernel.dates import age_on
from baohe.kernel.decisions import Text
from baohe.rooms.claims.contracts import ClaimView
from baohe.rooms.people.contracts import PersonView

COLUMNS: Mapping[str, str] = {
    "medical": "medical",
    "critical": "critical_illness",
    "accident": "accident",
    "life": "term_life",
}
"""Column of the table → line of the catalogue."""

VALID = frozenset({"cooling_off", "in_force", "not_started"})
_LIFE_AGES = range(18, 61)
_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Held:
    """What this page needs of a policy. `end` is the first day after; `cooling_off_ends` a last day; `dues` are
    the payments still to come, day and fen."""

    policy_id: UUID
    person_id: UUID | None
    insured_name: str
    state: str
    end: date
    cooling_off_ends: date | None
    line: str
    product_name: Text
    dues: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Next:
    """Something that comes up, due on `on`; the ones that wait for the customer come first."""

    kind: str
    icon: str
    title: Text
    detail: Text
    link: str
    waits_for_you: bool
    on: date
    amount_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of cover one person lacks. `code` names the suggestion built on it."""

    person: PersonView
    column: str
    ground: Text

    @property
    def code(self) -> str:
        return f"{self.column}-{self.person.id}"


def valid(held: Sequence[Held], today: date) -> list[Held]:
    """Policies that cover now or will."""
    return [item for item in held if item.state in VALID and item.end > today]


def cover_of(person: PersonView, held: Sequence[Held], today: date) -> dict[str, str]:
    """Column → held | none | not_for_age. Life cover is for those whom others live on: 18 to 60."""
    lines = {item.line for item in held if item.person_id == person.id}
    age = age_on(person.birth, today)
    cover = {}
    for column, line in COLUMNS.items():
        fits = column != "life" or age in _LIFE_AGES
        cover[column] = "held" if line in lines else "none" if fits else "not_for_age"
    return cover


def gaps(family: Sequence[PersonView], held: Sequence[Held], today: date) -> list[Gap]:
    """Missing cover, the most costly first: hospital bills, accidents, then income others depend on."""
    found = []
    has_dependants = any(person.relation in ("child", "spouse") for person in family)
    for column in ("medical", "accident", "life"):
        for person in family:
            if column == "life" and not (has_dependants and person.relation in ("self", "spouse")):
                continue
            if cover_of(person, held, today)[column] == "none":
                found.append(Gap(person, column, _ground(person, held, column)))
    return found


def next_items(held: Sequence[Held], claims: Sequence[ClaimView], today: date) -> list[Next]:
    """Open claims, cooling-off periods, premiums due and policies that end, soonest first within the two groups."""
    found = [waiting for claim in claims if (waiting := _claim(claim)) is not None]
    for item in held:
        found.extend(_policy(item, today))
    return sorted(found, key=lambda item: (not item.waits_for_you, item.on))


def _claim(claim: ClaimView) -> Next | None:
    link = f"/claims/{claim.id}"
    detail = Text(f"{claim.insured_name} · {claim.event_label.zh}", f"{claim.insured_name} · {claim.event_label.en}")
    doubtful = sum(field.doubtful and not field.confirmed for paper in claim.papers for field in paper.fields)
    if claim.unread_messages:
        title = Text("理赔员给你留言了", "A claims handler has written to you")
        return Next("claim_message", "chat", title, detail, f"{link}/messages", True, claim.happened_on)
    if claim.state == "draft" and doubtful:
        things = "number" if doubtful == 1 else "numbers"
        title = Text(f"确认理赔材料的 {doubtful} 处数字", f"Confirm {doubtful} {things} of your claim papers")
        return Next("claim_confirm", "clock", title, detail, link, True, claim.happened_on)
    if claim.state == "draft":
        title = Text("补齐理赔材料", "Complete your claim papers")
        return Next("claim_draft", "clock", title, detail, link, True, claim.happened_on)
    if claim.state == "with_person":
        title = Text("理赔员正在审核", "A claims handler is looking at your claim")
        return Next("claim_with_person", "person", title, detail, link, False, claim.happened_on)
    if claim.state in ("to_pay", "paying"):
        title = Text("赔款正在支付", "Your claim is being paid")
        return Next("claim_paying", "yen", title, detail, link, False, claim.happened_on, claim.amount_fen)
    return None


def _policy(item: Held, today: date) -> list[Next]:
    coming = []
    soon = today + _SOON
    if item.state == "cooling_off" and item.cooling_off_ends is not None and today <= item.cooling_off_ends <= soon:
        coming.append(_cooling_off(item, item.cooling_off_ends))
    coming.extend(_due(item, on, amount_fen) for on, amount_fen in item.dues[:1] if today <= on <= soon)
    if item.state == "in_force" and item.end <= soon:
        coming.append(_ending(item))
    return coming


def _cooling_off(item: Held, last_day: date) -> Next:
    return Next(
        "cooling_off",
        "calendar",
        _headed(item, Text("犹豫期", "cooling-off period")),
        Text(f"{last_day} 前（含当日）可全额退保", f"full refund up to and including {last_day}"),
        _link(item),
        False,
        last_day,
    )


def _due(item: Held, on: date, amount_fen: int) -> Next:
    return Next(
        "due",
        "calendar",
        _headed(item, Text("下一期保费", "next premium")),
        Text(f"{on} 扣款，可取消", f"{on}; you can still cancel it"),
        _link(item),
        False,
        on,
        amount_fen,
    )


def _ending(item: Held) -> Next:
    last_day = item.end - timedelta(days=1)
    return Next(
        "ending",
        "calendar",
        _headed(item, Text("到期", "ends")),
        Text(f"{last_day}，不会自动续，也不会先扣款", f"{last_day}; it does not renew or charge by itself"),
        _link(item),
        False,
        last_day,
    )


def _headed(item: Held, what: Text) -> Text:
    return Text(
        f"{item.insured_name} · {item.product_name.zh}{what.zh}",
        f"{item.insured_name} · {item.product_name.en}: {what.en}",
    )


def _link(item: Held) -> str:
    return f"/policies/{item.policy_id}"


_NOUNS: Mapping[str, Text] = {
    "medical": Text("能报销住院费的保障", "cover for hospital bills"),
    "accident": Text("意外保障", "accident cover"),
    "life": Text("寿险保障", "life cover"),
}


def title_of(gap: Gap) -> Text:
    noun = _NOUNS[gap.column]
    if gap.person.relation == "self":
        return Text(f"你还没有{noun.zh}", f"You have no {noun.en} yet")
    return Text(f"{gap.person.name}还没有{noun.zh}", f"{gap.person.name} has no {noun.en} yet")


def _ground(person: PersonView, held: Sequence[Held], column: str) -> Text:
    own = [item for item in held if item.person_id == person.id]
    me = person.relation == "self"
    who_zh, who_en = ("你", "you") if me else (person.name, person.name)
    noun = _NOUNS[column]
    if not own:
        verb = "hold" if me else "holds"
        return Text(f"依据：在保和，{who_zh}名下没有有效保单。", f"Ground: {who_en} {verb} no valid policy at Baohe.")
    names_zh = "、".join(dict.fromkeys(item.product_name.zh for item in own))
    names_en = ", ".join(dict.fromkeys(item.product_name.en for item in own))
    plural = "policy" if len(own) == 1 else "policies"
    owner_en = "your" if me else f"{person.name}'s"
    return Text(
        f"依据：{who_zh}名下 {len(own)} 份有效保单（{names_zh}）都不是{noun.zh}。",
        f"Ground: none of {owner_en} {len(own)} valid {plural} ({names_en}) is {noun.en}.",
    )
