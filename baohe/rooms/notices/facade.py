"""The only door of the room: send · send_many (in a transaction) · notices_of · demo_inbox · deliver (the worker's)."""

from baohe.rooms.notices.actions.deliver import deliver
from baohe.rooms.notices.actions.send import TOPIC, send, send_many
from baohe.rooms.notices.contracts import Letter, NoticeView
from baohe.rooms.notices.queries import demo_inbox, notices_of

__all__ = ["TOPIC", "Letter", "NoticeView", "deliver", "demo_inbox", "notices_of", "send", "send_many"]
