"""The only door of the catalogue: versions, lists, comparison, occupations."""

from baohe.rooms.catalog.actions.publish import publish, stop_sale, sync_packages
from baohe.rooms.catalog.actions.read_folder import packages_below, read_package
from baohe.rooms.catalog.occupations import occupation, occupations
from baohe.rooms.catalog.queries import card, cards, current, feed, insurers, on_sale, scenes, search, version
from baohe.rooms.catalog.rules.comparing import compare, refuse_ranking
from baohe.rooms.catalog.rules.publishing import check as check_package

__all__ = [
    "card",
    "cards",
    "check_package",
    "compare",
    "current",
    "feed",
    "insurers",
    "occupation",
    "occupations",
    "on_sale",
    "packages_below",
    "publish",
    "read_package",
    "refuse_ranking",
    "scenes",
    "search",
    "stop_sale",
    "sync_packages",
    "version",
]
