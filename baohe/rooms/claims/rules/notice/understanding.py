"""One sentence → policy, event, member and day, each proposed with its reason and what else it could be. Rules and
words only: what is not clear becomes a choice, and whatever fits nothing goes to a person. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from baohe.kernel.decisions import Text
from baohe.rooms.claims.contracts import EventChoice, Understood
from baohe.rooms.claims.rules.notice.calls import HOMES, THINGS
from baohe.rooms.claims.rules.notice.clauses import happened
from baohe.rooms.claims.rules.notice.contradicting import bodies_insured, somebody_died, somebody_hurt, stands_with
from baohe.rooms.claims.rules.notice.day_proposed import FIRST_DAY, day_proposed
from baohe.rooms.claims.rules.notice.days import days_said
from baohe.rooms.claims.rules.notice.fitting import Fit, Held, fits, rivals
from baohe.rooms.claims.rules.notice.lines_named import MOTOR, lines_named, of_named
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
class Chosen:
    """What the claimant has chosen by hand; "" and None are still open."""

    person_id: str = ""
    policy_id: str = ""
    event: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The four things understood, and the parts that decide what follows."""

    member: Understood
    policy: Understood
    event: Understood
    day: Understood
    stranger: bool = False
    """Whoever was named is insured nowhere here."""


def understand(
    sentence: str, held: Sequence[Held], family: Sequence[Relative], today: date, chosen: Chosen | None = None
) -> Reading:
    """Read the sentence; what was chosen by hand stands and narrows the rest."""
    chosen = chosen or Chosen()
    said = written(sentence)
    named = lines_named(said)
    signs = signs_in(said) | ({"car"} if named.meant & MOTOR else set())
    days = days_said(said, today)
    day = day_proposed(days, today, chosen.day)
    on = date.fromisoformat(day.value) if day.value else None
    who = people_said(said, family)
    mine = _of_people(held, who, chosen)
    found = of_named(fits(mine, signs, said, on), named)
    everyones = found if chosen.policy_id or chosen.person_id else of_named(fits(held, signs, said, on), named)
    member = _member(who, everyones, mine, family, chosen)
    policy, policy_held = _policy(mine, held, found, signs, on, chosen)
    hurt = policy_held is not None and somebody_hurt(signs, found[:1], policy_held, who)
    lent = policy_held is not None and of_others(said, policy_held.line, policy_held.person_id, family)
    real = happened(said, on is not None)
    misnamed = policy_held is not None and named.against(policy_held.line)
    doubted = misnamed or lent or who.strange or somebody_died(signs, found[:1]) or (hurt and bodies_insured(held, on))
    if (not real or doubted) and not chosen.policy_id:
        policy = _unsure(policy)
    member = _of_policy(member, policy, policy_held, who, chosen)
    if policy.sure and not member.sure and policy_held and policy_held.line not in THINGS and not chosen.policy_id:
        policy = _unsure(policy)
    event = _event(policy_held, [fit for fit in found if policy_held in (None, fit.held)], chosen)
    if (hurt or not policy.sure) and not chosen.event:
        event = _unsure(event)
    if member.value == "" and member.options and not chosen.policy_id:
        policy, event = _open(policy), _event(None, found, chosen)
    if (not real or misnamed) and not chosen.person_id and not chosen.policy_id:
        member = _unsure(member)
    if not (real and stands_with(days, found, who)) and not chosen.day:
        day = _unsure(day, FIRST_DAY)
    nobody_insured = policy_held is None and bool(held) and who.how != "nobody" and not _insured(who, held)
    return Reading(_likeliest_first(member), policy, event, day, nobody_insured)


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
        follows = one is reading.member and one.value and one.reason is _BY_POLICY
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


def _member(
    who: PeopleSaid, found: Sequence[Fit], mine: Sequence[Held], family: Sequence[Relative], chosen: Chosen
) -> Understood:
    """Whom the sentence is about, before the policy is known."""
    people = {one.person_id: one.insured_name for one in mine} | {one.id: one.name for one in family}
    options = tuple(EventChoice(person, Text(name, name), Text("", "")) for person, name in people.items() if person)
    if chosen.person_id in people:
        name = people[chosen.person_id]
        return Understood(chosen.person_id, Text(name, name), Text("你选的", "As you chose"), True, options)
    insured = {one.person_id for one in mine}
    able = [person for person in who.ids if person in insured] or list(who.ids)
    if who.how == "nobody":
        # Whoever leaves the subject out mostly means themselves: sure only where what was said can befall nobody else.
        things = {fit.held.person_id for fit in found if fit.score == found[0].score and fit.held.line in THINGS}
        if len(things) == 1 and (owner := things.pop()) in people:
            return Understood(owner, Text(people[owner], people[owner]), _BY_POLICY, False, options)
        called = {fit.held.person_id for fit in found if fit.held.line not in THINGS}
        alone = len(people) == 1 and bool(mine)  # nobody else is known here, so there is nobody to choose from
        if len(able) == 1 and not who.doubtful and (alone or called == {able[0]}):
            return Understood(able[0], Text(people[able[0]], people[able[0]]), _YOURSELF, True, options)
    elif len(able) == 1:
        seats = any(
            fit.held.line in THINGS and fit.held.person_id not in able and "accident" in fit.needs for fit in found
        )
        sure = len(who.ids) == 1 and not who.doubtful and not seats and (who.how != "self" or bool(found))
        return Understood(able[0], Text(people[able[0]], people[able[0]]), _SAID[who.how], sure, options)
    reason = _STRANGER if who.how == "stranger" else Text("说的是谁，请选", "Choose whom it is about")
    return Understood("", Text("", ""), reason, False, options)


def _of_policy(
    member: Understood, policy: Understood, held: Held | None, who: PeopleSaid, chosen: Chosen
) -> Understood:
    """The insured of the policy: of a thing always, of a person's where the sentence left it open."""
    if held is None or not held.person_id:
        return member
    if member.value == held.person_id and (member.sure or held.line not in THINGS):
        return member
    name = Text(held.insured_name, held.insured_name)
    if chosen.policy_id or held.line in THINGS:
        return replace(member, value=held.person_id, label=name, reason=_BY_POLICY, sure=policy.sure)
    if not member.value and len(who.ids) < 2:
        return replace(member, value=held.person_id, label=name, reason=_NOBODY, sure=False)
    return member


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
_YOURSELF = Text("没说别人，按你本人", "Nobody else was named: yourself")
_BY_WORDS = Text("按你说的经过", "By what you said")
_BY_POLICY = Text("这份保单的被保险人", "The insured of this policy")
_NOBODY = Text("没说是谁，先按这份保单的被保险人", "Nobody was named: the insured of this policy")
_STRANGER = Text("家人里没有对得上的人，请选", "Nobody of the family fits: choose")
_SAID = {
    "name": Text("你说了名字", "You said the name"),
    "kin": Text("按你说的称呼", "As you called them"),
    "self": Text("说的是你自己", "You spoke of yourself"),
    "nobody": Text("没说是谁，先按你本人", "Nobody was named: yourself"),
    "stranger": _STRANGER,
}
