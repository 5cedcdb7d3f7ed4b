"""The only door of the room."""

from baohe.rooms.quoting.actions.make_quote import make_quote
from baohe.rooms.quoting.queries import quote, quotes_by_ids, quotes_of_day

__all__ = ["make_quote", "quote", "quotes_by_ids", "quotes_of_day"]
