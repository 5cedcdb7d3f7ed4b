"""Pure rules of the room. `answers` reads the product's own rules; the others read the house's rule sets (JDM)."""

from baohe.rooms.underwriting.rules.answers import (
    REPLY_WORKING_DAYS,
    UNSURE,
    asked,
    check_answer,
    decide,
    needs_health_consent,
    reply_by,
)

__all__ = ["REPLY_WORKING_DAYS", "UNSURE", "asked", "check_answer", "decide", "needs_health_consent", "reply_by"]
