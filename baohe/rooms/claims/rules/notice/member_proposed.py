"""The member proposed from a sentence and from the policy, with the reason and who else it could be. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from baohe.kernel.decisions import Text
from baohe.rooms.claims.contracts import EventChoice, Understood
from baohe.rooms.claims.rules.notice.calls import THINGS
from baohe.rooms.claims.rules.notice.chosen import Chosen
from baohe.rooms.claims.rules.notice.fitting import Fit, Held
from baohe.rooms.claims.rules.notice.naming import Relative
from baohe.rooms.claims.rules.notice.people_said import PeopleSaid

BY_POLICY = Text("这份保单的被保险人", "The insured of this policy")


def member_proposed(
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
            return Understood(owner, Text(people[owner], people[owner]), BY_POLICY, False, options)
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


def of_policy(member: Understood, policy: Understood, held: Held | None, who: PeopleSaid, chosen: Chosen) -> Understood:
    """The insured of the policy: of a thing always, of a person's where the sentence left it open."""
    if held is None or not held.person_id:
        return member
    if member.value == held.person_id and (member.sure or held.line not in THINGS):
        return member
    name = Text(held.insured_name, held.insured_name)
    if chosen.policy_id or held.line in THINGS:
        return replace(member, value=held.person_id, label=name, reason=BY_POLICY, sure=policy.sure)
    if not member.value and len(who.ids) < 2:
        return replace(member, value=held.person_id, label=name, reason=_NOBODY, sure=False)
    return member


_YOURSELF = Text("没说别人，按你本人", "Nobody else was named: yourself")
_NOBODY = Text("没说是谁，先按这份保单的被保险人", "Nobody was named: the insured of this policy")
_STRANGER = Text("家人里没有对得上的人，请选", "Nobody of the family fits: choose")
_SAID = {
    "name": Text("你说了名字", "You said the name"),
    "kin": Text("按你说的称呼", "As you called them"),
    "self": Text("说的是你自己", "You spoke of yourself"),
    "nobody": Text("没说是谁，先按你本人", "Nobody was named: yourself"),
    "stranger": _STRANGER,
}
