"""The only door of rating. Pure: the same version and inputs give the same price for ever."""

from baohe.rooms.rating.rater import Rater, complete, indication, load, rater
from baohe.rooms.rating.rules.paying import instalments, pay_term

__all__ = ["Rater", "complete", "indication", "instalments", "load", "pay_term", "rater"]
