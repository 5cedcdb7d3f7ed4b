"""The only door of the room.

Customer:   read_card · keep_copy · tell_funds · start_liveness · look_liveness · ask_person · standing · demand
Provider:   hear_liveness
Screening:  load_list · screen · screen_next · unfinished · under_review · current_list
Desk:       hits · hit · clear_hit · propose_hit · confirm_hit · checks · end_check · copy_of · waiting
Keeping:    follow_contracts · over · destroy_step
Check:      problems
"""

from baohe.rooms.identification.actions.check_by_person import ask_person, end_check
from baohe.rooms.identification.actions.check_face import hear_liveness, look_liveness, start_liveness
from baohe.rooms.identification.actions.decide_hit import clear_hit, confirm_hit, propose_hit
from baohe.rooms.identification.actions.keep import destroy_step, follow_contracts
from baohe.rooms.identification.actions.load_list import load_list
from baohe.rooms.identification.actions.read_card import keep_copy, read_card
from baohe.rooms.identification.actions.screen import screen, screen_next, unfinished
from baohe.rooms.identification.actions.tell_funds import tell_funds
from baohe.rooms.identification.check import problems
from baohe.rooms.identification.queries import (
    checks,
    copy_of,
    current_list,
    hit,
    hits,
    over,
    standing,
    under_review,
    waiting,
)
from baohe.rooms.identification.rules.thresholds import demand

__all__ = [
    "ask_person",
    "checks",
    "clear_hit",
    "confirm_hit",
    "copy_of",
    "current_list",
    "demand",
    "destroy_step",
    "end_check",
    "follow_contracts",
    "hear_liveness",
    "hit",
    "hits",
    "keep_copy",
    "load_list",
    "look_liveness",
    "over",
    "problems",
    "propose_hit",
    "read_card",
    "screen",
    "screen_next",
    "standing",
    "start_liveness",
    "tell_funds",
    "under_review",
    "unfinished",
    "waiting",
]
