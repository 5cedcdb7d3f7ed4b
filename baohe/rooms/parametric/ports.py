"""What the room needs from the outside world: sources, and how their word is checked."""

from baohe.adapters.oracles.client import News, SourceAway, news
from baohe.adapters.oracles.keys import public_key
from baohe.adapters.oracles.protocol import BadReport, Report, Signed, is_signed, moment, read

__all__ = ["BadReport", "News", "Report", "Signed", "SourceAway", "is_signed", "moment", "news", "public_key", "read"]
