"""The only door of the studio.

Drafts:   start · save · submit · approve · return_draft · enter_filing_number · mark_published · withdraw
Reads:    drafts · awaiting · draft · source · sources · events_of · events_of_version
Uploads:  unpack · is_package · package_in · filed · number_in
Stops:    note_stop
"""

from baohe.rooms.studio.actions.decide import (
    approve,
    enter_filing_number,
    mark_published,
    note_stop,
    return_draft,
    submit,
    withdraw,
)
from baohe.rooms.studio.actions.save import save
from baohe.rooms.studio.actions.start import start
from baohe.rooms.studio.errors import DraftMoved, NotReady, SamePerson, UploadRefused
from baohe.rooms.studio.queries import (
    awaiting,
    draft,
    drafts,
    events_of,
    events_of_version,
    source,
    sources,
)
from baohe.rooms.studio.rules.filing import AWAITED, filed, number_in
from baohe.rooms.studio.rules.packing import is_package, package_in
from baohe.rooms.studio.rules.unpacking import LARGEST_UPLOAD, PAPERS, unpack

__all__ = [
    "AWAITED",
    "DraftMoved",
    "LARGEST_UPLOAD",
    "NotReady",
    "PAPERS",
    "SamePerson",
    "UploadRefused",
    "approve",
    "awaiting",
    "draft",
    "drafts",
    "enter_filing_number",
    "events_of",
    "events_of_version",
    "filed",
    "is_package",
    "mark_published",
    "note_stop",
    "number_in",
    "package_in",
    "return_draft",
    "save",
    "source",
    "sources",
    "start",
    "submit",
    "unpack",
    "withdraw",
]
