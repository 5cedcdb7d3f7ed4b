"""The only door of the room: send (inside a transaction) · notices_of · demo_inbox · deliver (the worker's)."""

from baohe.rooms.notices.actions.deliver import deliver
from baohe.rooms.notices.actions.send import TOPIC, send
from baohe.rooms.notices.contracts import NoticeView
from baohe.rooms.notices.queries import demo_inbox, notices_of

__all__ = ["TOPIC", "NoticeView", "deliver", "demo_inbox", "notices_of", "send"]
