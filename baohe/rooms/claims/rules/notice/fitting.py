"""Which events of which policies a sentence calls, the likeliest first, and what speaks against being sure. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import ClaimEvent
from baohe.rooms.claims.rules.notice.calls import ABOUT_BODIES, EVENTS, THINGS, Call

_LEAST_SHARED = 2


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
class Fit:
    """An event that the sentence calls. `needs`: every sign that speaks for it. `weak`: only the likeliest of its
    policy. `faint`: even the policy is a guess."""

    held: Held
    event: ClaimEvent
    score: int
    needs: frozenset[str]
    covers: bool
    weak: bool
    faint: bool


def fits(held: Sequence[Held], signs: frozenset[str], said: str, on: date | None) -> list[Fit]:
    """The likeliest first: more signs count, then cover on the day, then what is no mere guess. Where no sign calls
    anything, the words of the events' own labels speak."""
    found = [fit for one in held for fit in _called(one, signs, on)]
    return sorted(found or _by_labels(held, said, on), key=lambda fit: -fit.score)


def rivals(found: Sequence[Fit]) -> list[Fit]:
    """What else the sentence may mean beside the first: another event with a sign that the first does not explain.

    A policy without cover on the day is no rival of one with it. Among covers of people, signs that all of them share
    explain nothing away: a special call ("骑车摔伤") stands above a general one ("摔伤").
    """
    return [fit for fit in found[1:] if (fit.covers or not found[0].covers) and not _explained(fit, found[0])]


def _explained(fit: Fit, best: Fit) -> bool:
    if best.held.line in THINGS and fit.held.line not in THINGS and best.needs & fit.needs & ABOUT_BODIES:
        return False  # somebody hurt in a car may be paid by its cover of seats and by their own
    people_of_two = best.held.line != fit.held.line and not {best.held.line, fit.held.line} & THINGS
    shared = ABOUT_BODIES - {"hospital"} if people_of_two else frozenset()
    return fit.needs - shared <= best.needs and fit.score < best.score


def _called(held: Held, signs: frozenset[str], on: date | None) -> Iterator[Fit]:
    covers = held.covers(on)
    against = signs - {"others_hurt", "others_thing", "asked_to_pay"} if "own_hurt" in signs else signs
    for event in held.events:
        filed = EVENTS.get(f"{held.line}:{event.code}", ())
        calls = [call for call in filed if call.needs <= signs and not call.unless & against]
        if calls:
            strongest = max(calls, key=lambda call: (not call.faint, not call.weak, len(call.needs)))
            weak = strongest.weak or ("planned" in signs and "hospital" in strongest.needs)
            yield Fit(held, event, _score(calls, strongest, covers), _needs(calls), covers, weak, strongest.faint)


def _score(calls: Sequence[Call], strongest: Call, covers: bool) -> int:
    most = max(len(call.needs) for call in calls)
    return 10 * most + (15 if covers else 0) - (4 if strongest.faint else 2 if strongest.weak else 0)


def _needs(calls: Sequence[Call]) -> frozenset[str]:
    return frozenset().union(*(call.needs for call in calls))


def _by_labels(held: Sequence[Held], said: str, on: date | None) -> list[Fit]:
    """Events that no word calls at all, whose own label shares pairs of characters with the sentence that no other
    label here has: a guess, which lets a product be reported whose line no word knows yet."""
    labels = {(one.line, event.code): _pairs(event.label) for one in held for event in one.events}
    common = Counter(pair for pairs in labels.values() for pair in pairs)
    found = []
    for one in held:
        for event in one.events:
            shared = frozenset(p for p in labels[one.line, event.code] if p in said and common[p] == 1)
            if len(shared) >= _LEAST_SHARED and f"{one.line}:{event.code}" not in EVENTS:
                covers = one.covers(on)
                score = len(shared) + (15 if covers else 0)
                found.append(Fit(one, event, score, shared, covers, weak=True, faint=True))
    return found


def _pairs(label: Text) -> frozenset[str]:
    return frozenset(label.zh[n : n + 2] for n in range(len(label.zh) - 1) if label.zh[n : n + 2].isalpha())
