"""What crosses the door about a conversation on its way to a first notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """One bubble. What the house says, and what was tapped, is a key of the app's texts with its `part`, so that it
    stands in the language of whoever reads it; what was typed or chosen is written in `zh` and `en`."""

    mine: bool
    key: str = ""
    part: str = ""
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """How far it has come. `sentence` is everything said so far, `typed` what stands unsent in the box; ids are "" and
    the day None while not chosen by hand. `correcting` is the part being changed."""

    sentence: str = ""
    typed: str = ""
    person_id: str = ""
    policy_id: str = ""
    event: str = ""
    happened_on: date | None = None
    another: bool = False
    with_person: bool = False
    correcting: str = ""
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptTalk:
    """`revision` 0 and `talk` None: nothing is kept. `expires_at`: erased then unless it goes on."""

    talk: Talk | None
    revision: int
    expires_at: datetime | None
