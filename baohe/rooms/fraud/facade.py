"""The only door of the fraud room.

Signals:   look (inside a transaction, before the machine decides) · asks_for_person · remember_picture ·
           similar_pictures · sharing
Keeping:   remember (facts without a look) · kept_until · over · forget · is_over
People:    feedback
Reads:     signals_of · signalled · unanswered · last_feedback · precision · pictures_known · known · replay · TITLES
Model:     train · score · drift · trained · last_drift · feature_title (files in the data folder; no database)
"""

from baohe.rooms.fraud.actions.feedback import feedback
from baohe.rooms.fraud.actions.forget import forget, over
from baohe.rooms.fraud.actions.look import look, remember
from baohe.rooms.fraud.actions.remember_picture import remember_picture
from baohe.rooms.fraud.queries import (
    is_over,
    known,
    last_feedback,
    pictures_known,
    precision,
    replay,
    signalled,
    signals_of,
    unanswered,
)
from baohe.rooms.fraud.rules.keeping import kept_until
from baohe.rooms.fraud.rules.signals import asks_for_person
from baohe.rooms.fraud.rules.titles import TITLES
from baohe.rooms.fraud.rules.vehicle import title_of as feature_title
from baohe.rooms.fraud.surroundings import sharing
from baohe.rooms.fraud.surroundings import similar_to as similar_pictures
from baohe.rooms.fraud.trained import as_dict as trained_as_dict
from baohe.rooms.fraud.trained import drift, last_drift, score, train, trained

__all__ = [
    "TITLES",
    "asks_for_person",
    "drift",
    "feature_title",
    "feedback",
    "forget",
    "is_over",
    "kept_until",
    "known",
    "last_drift",
    "last_feedback",
    "look",
    "over",
    "pictures_known",
    "precision",
    "remember",
    "remember_picture",
    "replay",
    "score",
    "sharing",
    "signals_of",
    "signalled",
    "similar_pictures",
    "train",
    "trained",
    "trained_as_dict",
    "unanswered",
]
