"""The only door of the room.

Writes:  add · replace_quote · remove · bought
Reads:   items_of · count · holds · locked
"""

from baohe.rooms.baskets.actions.change import MOST, add, bought, remove, replace_quote
from baohe.rooms.baskets.queries import count, holds, items_of, locked

__all__ = ["MOST", "add", "bought", "count", "holds", "items_of", "locked", "remove", "replace_quote"]
