"""One sentence → policy, event, member and day, each proposed with its reason and what else it could be. Rules and
words only: what is not clear becomes a choice, and whatever fits nothing goes to a person. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from baohe.kernel.decisions import Text
from baohe.rooms.claims.contracts import EventChoice, Understood
from baohe.rooms.claims.rules.notice.calls import HOMES, THINGS
from baohe.rooms.claims.rules.notice.chosen import Chosen
from baohe.rooms.claims.rules.notice.clauses import happened
from baohe.rooms.claims.rules.notice.contradicting import bodies_insured, somebody_died, somebody_hurt, stands_with
from baohe.rooms.claims.rules.notice.day_proposed import FIRST_DAY, day_proposed
from baohe.rooms.claims.rules.notice.days import DaysSaid, days_said
from baohe.rooms.claims.rules.notice.fitting import Fit, Held, fits, rivals
from baohe.rooms.claims.rules.notice.lines_named import MOTOR, Named, lines_named, of_named
from baohe.rooms.claims.rules.notice.member_proposed import BY_POLICY, member_proposed, of_policy
from baohe.rooms.claims.rules.notice.naming import Relative
from baohe.rooms.claims.rules.notice.people_said import PeopleSaid, people_said
from baohe.rooms.claims.rules.notice.signs import signs_in
from baohe.rooms.claims.rules.notice.whose import of_others
from baohe.rooms.claims.rules.notice.writing import written

OTHER = "other"
OTHER_CHOICE = EventChoice(
    OTHER,
    Text("其他情况", "Something else"),
    Text("说不清属于哪一类，由理赔员来看", "Not sure what it is: a handler looks at it"),
)
_MOST_OPTIONS = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """The four things understood, and the parts that decide what follows."""

    member: Understood
    policy: Understood
    event: Understood
    day: Understood
    stranger: bool = False
    """Whoever was named is insured nowhere here."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the sentence says, whatever policies there are."""

    said: str
    named: Named
    signs: frozenset[str]
    days: DaysSaid
    who: PeopleSaid


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What speaks against the policy that was found.

    unreal    nothing happened, or nothing of ours
    misnamed  another insurance was asked for
    hurt      somebody was, which the event does not explain
    policy    another one may be meant, or none
    """

    unreal: bool
    misnamed: bool
    hurt: bool
    policy: bool


def understand(
    sentence: str, held: Sequence[Held], family: Sequence[Relative], today: date, chosen: Chosen | None = None
) -> Reading:
    """Read the sentence; what was chosen by hand stands and narrows the rest."""
    chosen = chosen or Chosen()
    heard = _heard(written(sentence), family, today)
    day = day_proposed(heard.days, today, chosen.day)
    on = date.fromisoformat(day.value) if day.value else None
    mine = _of_people(held, heard.who, chosen)
    found = _fitting(mine, heard, on)
    everyones = found if chosen.policy_id or chosen.person_id else _fitting(held, heard, on)
    policy, its = _policy(mine, held, found, heard.signs, on, chosen)
    doubt = _doubt(heard, its, found, held, family, on)
    if doubt.policy and not chosen.policy_id:
        policy = _unsure(policy)
    member = of_policy(member_proposed(heard.who, everyones, mine, family, chosen), policy, its, heard.who, chosen)
    if policy.sure and not member.sure and its and its.line not in THINGS and not chosen.policy_id:
        policy = _unsure(policy)
    event = _event(its, [fit for fit in found if its in (None, fit.held)], chosen)
    if (doubt.hurt or not policy.sure) and not chosen.event:
        event = _unsure(event)
    if member.value == "" and member.options and not chosen.policy_id:
        policy, event = _open(policy), _event(None, found, chosen)
    if (doubt.unreal or doubt.misnamed) and not chosen.person_id and not chosen.policy_id:
        member = _unsure(member)
    if (doubt.unreal or not stands_with(heard.days, found, heard.who)) and not chosen.day:
        day = _unsure(day, FIRST_DAY)
    stranger = its is None and bool(held) and heard.who.how != "nobody" and not _insured(heard.who, held)
    return Reading(_likeliest_first(member), policy, event, day, stranger)


def _heard(said: str, family: Sequence[Relative], today: date) -> _Heard:
    named = lines_named(said)
    signs = signs_in(said) | ({"car"} if named.meant & MOTOR else set())
    return _Heard(said, named, signs, days_said(said, today), people_said(said, family))


def _fitting(held: Sequence[Held], heard: _Heard, on: date | None) -> list[Fit]:
    return of_named(fits(held, heard.signs, heard.said, on), heard.named)


def _doubt(
    heard: _Heard,
    its: Held | None,
    found: Sequence[Fit],
    held: Sequence[Held],
    family: Sequence[Relative],
    on: date | None,
) -> _Doubt:
    unreal = not happened(heard.said, on is not None)
    if its is None:
        return _Doubt(unreal, misnamed=False, hurt=False, policy=True)
    misnamed = heard.named.against(its.line)
    hurt = somebody_hurt(heard.signs, found[:1], its, heard.who)
    lent = of_others(heard.said, its.line, its.person_id, family)
    elsewhere = (hurt and bodies_insured(held, on)) or somebody_died(heard.signs, found[:1])
    return _Doubt(unreal, misnamed, hurt, unreal or misnamed or lent or heard.who.strange or elsewhere)


def _unsure(one: Understood, reason: Text | None = None) -> Understood:
    """Still proposed, and asked."""
    return replace(one, sure=False, reason=reason or _LIKELIEST) if one.value and one.sure else one


def next_question(reading: Reading) -> str:
    """What to ask next, one thing at a time: whatever is not sure. "" when nothing is left, or nothing can be asked.

    Whose the thing is follows from its policy, so only the policy is asked.
    """
    if not reading.policy.value and not reading.policy.options:
        return ""
    steps = (("member", reading.member), ("policy", reading.policy), ("event", reading.event), ("day", reading.day))
    for name, one in steps:
        follows = one is reading.member and one.value and one.reason is BY_POLICY
        if not (one.value and one.sure) and not follows and (one.options or name == "day"):
            return name
    return ""


def _of_people(held: Sequence[Held], who: PeopleSaid, chosen: Chosen) -> list[Held]:
    """The policies that can be meant: of the people named, and of things whoever is named."""
    if chosen.policy_id:
        return [one for one in held if one.id == chosen.policy_id]
    if chosen.person_id:
        return [one for one in held if one.person_id == chosen.person_id or one.line in THINGS]
    if who.how == "nobody":
        theirs = [one for one in held if one.person_id in who.ids]
        return list(held) if len({one.person_id for one in held}) == 1 or not theirs else theirs + _things(held, who)
    return [one for one in held if one.person_id in who.ids] + _things(held, who)


def _insured(who: PeopleSaid, held: Sequence[Held]) -> bool:
    return any(one.person_id in who.ids for one in held)


def _things(held: Sequence[Held], who: PeopleSaid) -> list[Held]:
    return [one for one in held if one.line in THINGS and one.person_id not in who.ids]


def _policy(
    mine: Sequence[Held],
    held: Sequence[Held],
    found: Sequence[Fit],
    signs: frozenset[str],
    on: date | None,
    chosen: Chosen,
) -> tuple[Understood, Held | None]:
    options = tuple(_option(one) for one in _in_order(found, mine, held)[:_MOST_OPTIONS])
    if chosen.policy_id and mine:
        return _said_of(mine[0], Text("你选的", "As you chose"), True, options), mine[0]
    if found:
        best = list({fit.held.id: fit.held for fit in found if fit.score == found[0].score}.values())
        if len(best) > 1:
            reason = Text("有几份保单都可能赔，请选一份", "More than one policy may pay: choose one")
            return Understood("", Text("", ""), reason, False, options), None
        fits_the_day = found[0].covers or len(held) == 1  # where one alone is held there is nothing to choose from
        sure = fits_the_day and not found[0].faint and not any(fit.held.id != best[0].id for fit in rivals(found))
        label = found[0].event.label
        reason = Text(f"这份保“{label.zh}”", f"It covers “{label.en}”")
        return _said_of(best[0], reason if sure else _LIKELIEST, sure, options), best[0]
    near = [one for one in mine if signs.intersection(HOMES.get(one.line, ()))]
    near = [one for one in near if one.covers(on)] or near
    if len(near) == 1:
        reason = Text("和这份保单有关，但没有对得上的类别", "It touches this policy, but no event of it")
        return _said_of(near[0], reason, False, options), near[0]
    if not mine:
        return Understood("", Text("", ""), Text("没有找到对得上的保单", "No policy fits"), False, options), None
    return Understood("", Text("", ""), Text("没听出是哪份保单，请选一份", "Choose the policy"), False, options), None


def _event(held: Held | None, found: Sequence[Fit], chosen: Chosen) -> Understood:
    if held is None:
        if chosen.event:
            return Understood(chosen.event, Text("", ""), Text("你选的", "As you chose"))
        first = Text("先选保单", "Choose the policy first")
        alike = {(fit.held.line, fit.event.code): fit.event for fit in found if fit.score == found[0].score}
        if len(alike) != 1 or found[0].faint:
            return Understood("", Text("", ""), first, False)
        [event] = alike.values()  # the same of whichever policy is chosen
        return Understood(event.code, event.label, first, False)
    options = (*(EventChoice(e.code, e.label, e.detail) for e in held.events), OTHER_CHOICE)
    if chosen.event in {one.value for one in options}:
        label = next(one.label for one in options if one.value == chosen.event)
        return Understood(chosen.event, label, Text("你选的", "As you chose"), True, options)
    best = [fit for fit in found if fit.score == found[0].score] if found else []
    if len(best) == 1:
        sure = not best[0].weak and not rivals(found)
        why = _BY_WORDS if sure else _LIKELIEST
        return _likeliest_first(Understood(best[0].event.code, best[0].event.label, why, sure, options))
    if best:
        return Understood("", Text("", ""), Text("有几类都像，请选一类", "Choose what it was"), False, options)
    return Understood(
        "",
        Text("", ""),
        Text("没听出属于哪一类，请选；说不清选“其他情况”", "Choose; or “something else”"),
        False,
        options,
    )


def _likeliest_first(one: Understood) -> Understood:
    """Among what is asked, what is proposed stands first."""
    return replace(one, options=tuple(sorted(one.options, key=lambda option: option.value != one.value)))


def _in_order(found: Sequence[Fit], mine: Sequence[Held], held: Sequence[Held]) -> list[Held]:
    """The likeliest first, and every other policy after them: nobody is held to what was understood."""
    return list({one.id: one for one in (*(fit.held for fit in found), *mine, *held)}.values())


def _option(held: Held) -> EventChoice:
    label = Text(f"{held.insured_name} · {held.product_name.zh}", f"{held.insured_name} · {held.product_name.en}")
    return EventChoice(held.id, label, Text(f"{held.start} 起，{held.number}", f"from {held.start}, {held.number}"))


def _said_of(held: Held, reason: Text, sure: bool, options: tuple[EventChoice, ...]) -> Understood:
    return Understood(held.id, _option(held).label, reason, sure, options)


def _open(policy: Understood) -> Understood:
    """Whose it is must be chosen first: a policy of somebody would be a guess."""
    return Understood("", Text("", ""), Text("先选是谁", "Choose whom first"), False, policy.options)


_LIKELIEST = Text("最像的一种，请确认", "The likeliest: please confirm")
_BY_WORDS = Text("按你说的经过", "By what you said")
