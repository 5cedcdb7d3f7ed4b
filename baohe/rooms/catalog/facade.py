"""The only door of the catalogue: versions, lists, comparison, occupations; packages before and after publishing."""

from baohe.rooms.catalog.actions.publish import publish, stop_sale, sync_packages
from baohe.rooms.catalog.actions.read_folder import LARGEST_FILE, decode, packages_below, read_files, read_package
from baohe.rooms.catalog.desk import (
    ShelfEntry,
    card_of,
    lines,
    raw_package,
    shelf,
    shelf_entry,
    version_before,
    versions_of_line,
)
from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.occupations import occupation, occupations
from baohe.rooms.catalog.queries import (
    card,
    cards,
    current,
    feed,
    feed_stamp,
    hints,
    insurers,
    on_sale,
    scenes,
    search,
    shelf_cards,
    stopped,
    version,
)
from baohe.rooms.catalog.rules.comparing import compare, refuse_ranking
from baohe.rooms.catalog.rules.diffing import difference
from baohe.rooms.catalog.rules.listing import line_name
from baohe.rooms.catalog.rules.package import parse as parse_package
from baohe.rooms.catalog.rules.publishing import PublishingCheck, check_files, checks
from baohe.rooms.catalog.rules.publishing import check as check_package
from baohe.rooms.catalog.rules.source import NAMES as PACKAGE_FILES
from baohe.rooms.catalog.rules.source import RATE_FILE, files_of, line_of, raw_of

__all__ = [
    "LARGEST_FILE",
    "NotPublishable",
    "PACKAGE_FILES",
    "PublishingCheck",
    "RATE_FILE",
    "ShelfEntry",
    "card",
    "card_of",
    "cards",
    "check_files",
    "check_package",
    "checks",
    "compare",
    "current",
    "decode",
    "difference",
    "feed",
    "feed_stamp",
    "hints",
    "files_of",
    "insurers",
    "line_name",
    "lines",
    "line_of",
    "occupation",
    "occupations",
    "on_sale",
    "packages_below",
    "parse_package",
    "publish",
    "raw_of",
    "raw_package",
    "read_files",
    "read_package",
    "refuse_ranking",
    "scenes",
    "search",
    "shelf_cards",
    "shelf",
    "shelf_entry",
    "stop_sale",
    "stopped",
    "sync_packages",
    "version",
    "version_before",
    "versions_of_line",
]
