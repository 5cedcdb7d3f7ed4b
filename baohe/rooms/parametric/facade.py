"""The only door of the parametric room.

Sources:   register_source · listen · trip_stale · source_codes
Watching:  waits_for · watched_by · watch · watch_own               (inside the flow's transaction)
Deciding:  due · decide                                            (inside `flows.settle_parametric`'s transaction)
Settling:  begin · take · note_settled · benefit_fen               (the same)
People:    propose · confirm · give_back · ask_reopen · reopen · dispute
Reads:     observation · observation_of · promises · observations · disputes · breakers · sources · waiting · replay
Prices:    price_flights · calibrate_flights · price_typhoon · calibrate_typhoon   (pure, from histories)
Check:     problems
"""

from baohe.rooms.parametric.actions.breakers import ask_reopen, is_open, reopen, trip_stale
from baohe.rooms.parametric.actions.decide import decide, due
from baohe.rooms.parametric.actions.dispute import dispute
from baohe.rooms.parametric.actions.listen import Heard, listen
from baohe.rooms.parametric.actions.register import register_source
from baohe.rooms.parametric.actions.rule import confirm, give_back, propose
from baohe.rooms.parametric.actions.settle import begin, note_settled, take
from baohe.rooms.parametric.actions.watch import watch, watch_own, watched_by
from baohe.rooms.parametric.errors import (
    NothingToDispute,
    NotWaiting,
    SecondNameNeeded,
    SourceTaken,
    TooLateToDispute,
)
from baohe.rooms.parametric.prices import calibrate_flights, calibrate_typhoon, price_flights, price_typhoon
from baohe.rooms.parametric.queries import (
    breakers,
    disputes,
    observation,
    observation_of,
    observations,
    problems,
    promises,
    source_codes,
    sources,
    waiting,
)
from baohe.rooms.parametric.replaying import replay
from baohe.rooms.parametric.rules.subjects import FACTS, waits_for
from baohe.rooms.parametric.rules.words import benefit_fen

__all__ = [
    "FACTS",
    "Heard",
    "NotWaiting",
    "NothingToDispute",
    "SecondNameNeeded",
    "SourceTaken",
    "TooLateToDispute",
    "ask_reopen",
    "begin",
    "benefit_fen",
    "breakers",
    "calibrate_flights",
    "calibrate_typhoon",
    "confirm",
    "decide",
    "dispute",
    "disputes",
    "due",
    "give_back",
    "is_open",
    "listen",
    "note_settled",
    "observation",
    "observation_of",
    "observations",
    "price_flights",
    "price_typhoon",
    "problems",
    "promises",
    "propose",
    "register_source",
    "reopen",
    "replay",
    "source_codes",
    "sources",
    "take",
    "trip_stale",
    "waiting",
    "waits_for",
    "watch",
    "watch_own",
    "watched_by",
]
