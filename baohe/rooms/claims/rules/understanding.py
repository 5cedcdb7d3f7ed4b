"""One sentence → policy, event, member and day, each proposed with its reason and what else it could be. Rules and
words only: what is not clear becomes a choice, and whatever fits nothing goes to a person. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import ClaimEvent
from baohe.rooms.claims.contracts import EventChoice, Understood
from baohe.rooms.claims.rules.days import days_said
from baohe.rooms.claims.rules.people_said import PeopleSaid, Relative, people_said
from baohe.rooms.claims.rules.words import EVENTS, HOMES, THINGS, signs_in

OTHER = "other"
OTHER_CHOICE = EventChoice(
    OTHER,
    Text("其他情况", "Something else"),
    Text("说不清属于哪一类，由理赔员来看", "Not sure what it is: a handler looks at it"),
)
_MOST_OPTIONS = 20


@dataclass(frozen=True, slots=True)
class Held:
    """A policy one may claim under. `state` as in the policies room; `end` is the first day without cover."""

    id: str
    number: str
    person_id: str
    insured_name: str
    line: str
    product_name: Text
    start: date
    end: date
    state: str
    events: tuple[ClaimEvent, ...]

    def covers(self, day: date | None) -> bool:
        """Whether the day lies in its period; without a day, whether it covers now."""
        if self.state == "cancelled":
            return False
        if day is None:
            return self.state not in ("ended", "lapsed", "not_started")
        return self.start <= day < self.end


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


@dataclass(frozen=True, slots=True)
class _Fit:
    held: Held
    event: ClaimEvent
    score: int
    called: int


def understand(
    sentence: str, held: Sequence[Held], family: Sequence[Relative], today: date, chosen: Chosen | None = None
) -> Reading:
    """Read the sentence; what was chosen by hand stands and narrows the rest."""
    chosen = chosen or Chosen()
    signs = signs_in(sentence)
    day = _day(sentence, today, chosen.day)
    on = date.fromisoformat(day.value) if day.value else None
    who = people_said(sentence, family)
    mine = _of_people(held, who, chosen)
    fits = _fits(mine, signs, on)
    policy, policy_held = _policy(mine, held, fits, signs, on, chosen)
    event = _event(policy_held, [fit for fit in fits if policy_held and fit.held.id == policy_held.id], chosen)
    member = _member(who, policy_held, mine, family, chosen)
    if member.value == "" and member.options and not chosen.policy_id:
        policy = _open(policy)
    nobody_insured = policy_held is None and bool(held) and who.how != "nobody" and not _insured(who, held)
    return Reading(member, policy, event, day, nobody_insured)


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


def _fits(held: Sequence[Held], signs: frozenset[str], on: date | None) -> list[_Fit]:
    """Every event that the words call, the likeliest first: more words count, then cover on the day."""
    found = []
    for one in held:
        for event in one.events:
            called = _called(f"{one.line}:{event.code}", signs)
            if called:
                found.append(_Fit(one, event, 10 * called + (15 if one.covers(on) else 0), called))
    return sorted(found, key=lambda fit: -fit.score)


def _called(event: str, signs: frozenset[str]) -> int:
    calls = EVENTS.get(event, ())
    return max(
        (len(c.needs) for c in calls if signs.issuperset(c.needs) and not signs.intersection(c.unless)), default=0
    )


def _policy(
    mine: Sequence[Held],
    held: Sequence[Held],
    fits: Sequence[_Fit],
    signs: frozenset[str],
    on: date | None,
    chosen: Chosen,
) -> tuple[Understood, Held | None]:
    options = tuple(_option(one) for one in _in_order(fits, mine, held)[:_MOST_OPTIONS])
    if chosen.policy_id and mine:
        return _said_of(mine[0], Text("你选的", "As you chose"), True, options), mine[0]
    if fits:
        best = list({fit.held.id: fit.held for fit in fits if fit.score == fits[0].score}.values())
        if len(best) > 1:
            reason = Text("有几份保单都可能赔，请选一份", "More than one policy may pay: choose one")
            return Understood("", Text("", ""), reason, False, options), None
        label = fits[0].event.label
        reason = Text(f"这份保“{label.zh}”", f"It covers “{label.en}”")
        return _said_of(best[0], reason, True, options), best[0]
    near = [one for one in mine if signs.intersection(HOMES.get(one.line, ()))]
    near = [one for one in near if one.covers(on)] or near
    if len(near) == 1:
        reason = Text("和这份保单有关，但没有对得上的类别", "It touches this policy, but no event of it")
        return _said_of(near[0], reason, False, options), near[0]
    if not mine:
        return Understood("", Text("", ""), Text("没有找到对得上的保单", "No policy fits"), False, options), None
    return Understood("", Text("", ""), Text("没听出是哪份保单，请选一份", "Choose the policy"), False, options), None


def _event(held: Held | None, fits: Sequence[_Fit], chosen: Chosen) -> Understood:
    if held is None:
        if chosen.event:
            return Understood(chosen.event, Text("", ""), Text("你选的", "As you chose"))
        return Understood("", Text("", ""), Text("先选保单", "Choose the policy first"), False)
    options = (*(EventChoice(e.code, e.label, e.detail) for e in held.events), OTHER_CHOICE)
    if chosen.event in {one.value for one in options}:
        label = next(one.label for one in options if one.value == chosen.event)
        return Understood(chosen.event, label, Text("你选的", "As you chose"), True, options)
    best = [fit for fit in fits if fit.score == fits[0].score] if fits else []
    if len(best) == 1:
        return Understood(best[0].event.code, best[0].event.label, _BY_WORDS, True, options)
    if best:
        return Understood("", Text("", ""), Text("有几类都像，请选一类", "Choose what it was"), False, options)
    return Understood(
        "",
        Text("", ""),
        Text("没听出属于哪一类，请选；说不清选“其他情况”", "Choose; or “something else”"),
        False,
        options,
    )


def _member(
    who: PeopleSaid, held: Held | None, mine: Sequence[Held], family: Sequence[Relative], chosen: Chosen
) -> Understood:
    people = {one.person_id: one.insured_name for one in mine} | {one.id: one.name for one in family}
    insured = {one.person_id for one in mine}
    able = [person for person in who.ids if person in insured] or list(who.ids)
    options = tuple(EventChoice(person, Text(name, name), Text("", "")) for person, name in people.items() if person)
    value = chosen.person_id if chosen.person_id in people else ""
    if held is not None and (chosen.policy_id or held.line in THINGS or held.person_id in able or not able):
        value = held.person_id
    if value:
        named = who.how in ("name", "kin", "self") and value in who.ids
        reason = _SAID[who.how] if named else _BY_POLICY if held is not None and who.how != "nobody" else _NOBODY
        return Understood(value, Text(people[value], people[value]), reason, reason is not _NOBODY, options)
    if len(able) == 1 and who.how != "nobody":
        return Understood(able[0], Text(people[able[0]], people[able[0]]), _SAID[who.how], True, options)
    reason = _STRANGER if who.how == "stranger" else Text("说的是谁，请选", "Choose whom it is about")
    return Understood("", Text("", ""), reason, False, options)


def _day(sentence: str, today: date, chosen: date | None) -> Understood:
    if chosen is not None:
        return Understood(chosen.isoformat(), _written(chosen), Text("你选的", "As you chose"))
    said = days_said(sentence, today)
    past = [day for day in said.days if day <= today]
    options = tuple(EventChoice(day.isoformat(), _written(day), Text("", "")) for day in past)
    if not said.days:
        reason = _VAGUE if said.vague else Text("没说哪一天，请选", "No day was said: choose it")
        return Understood("", Text("", ""), reason, False)
    if not past:
        return Understood(
            "", Text("", ""), Text("说的日子还没有到，请选发生的那天", "That day has not come: choose the day"), False
        )
    day = min(past)
    if len(said.days) == 1:
        return Understood(day.isoformat(), _written(day), Text("按你说的日子", "The day you said"), True, options)
    return Understood(
        day.isoformat(),
        _written(day),
        Text("说到几个日子，先按最早的", "The earliest of the days you said"),
        False,
        options,
    )


def _in_order(fits: Sequence[_Fit], mine: Sequence[Held], held: Sequence[Held]) -> list[Held]:
    """The likeliest first, and every other policy after them: nobody is held to what was understood."""
    return list({one.id: one for one in (*(fit.held for fit in fits), *mine, *held)}.values())


def _option(held: Held) -> EventChoice:
    label = Text(f"{held.insured_name} · {held.product_name.zh}", f"{held.insured_name} · {held.product_name.en}")
    return EventChoice(held.id, label, Text(f"{held.start} 起，{held.number}", f"from {held.start}, {held.number}"))


def _said_of(held: Held, reason: Text, sure: bool, options: tuple[EventChoice, ...]) -> Understood:
    return Understood(held.id, _option(held).label, reason, sure, options)


def _open(policy: Understood) -> Understood:
    """Whose it is must be chosen first: a policy of somebody would be a guess."""
    return Understood("", Text("", ""), Text("先选是谁", "Choose whom first"), False, policy.options)


def _written(day: date) -> Text:
    week = "一二三四五六日"[day.weekday()]
    return Text(f"{day.month} 月 {day.day} 日（周{week}）", f"{day:%a} {day.isoformat()}")


_BY_WORDS = Text("按你说的经过", "By what you said")
_BY_POLICY = Text("这份保单的被保险人", "The insured of this policy")
_NOBODY = Text("没说是谁，先按这份保单的被保险人", "Nobody was named: the insured of this policy")
_STRANGER = Text("家人里没有对得上的人，请选", "Nobody of the family fits: choose")
_VAGUE = Text("只说了大概时间，请选哪一天", "Only a stretch of time was said: choose the day")
_SAID = {
    "name": Text("你说了名字", "You said the name"),
    "kin": Text("按你说的称呼", "As you called them"),
    "self": Text("说的是你自己", "You spoke of yourself"),
    "nobody": Text("没说是谁，先按你本人", "Nobody was named: yourself"),
    "stranger": _STRANGER,
}
