"""The short code that a payer writes into the remark of a transfer. Pure; the same order has the same code for ever.

A code is ten characters of an alphabet without I, L, O and U (50 bits of the SHA-256 of our order number) and two of
a check sum modulo 1021. 1021 is prime and larger than any digit, so one wrong character or two neighbours swapped are
always noticed: a slip of the pen becomes "names no order", never "names another order".
"""

from __future__ import annotations

import hashlib
import re

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BODY, _LENGTH, _PRIME = 10, 12, 1021
_NOT_OF_A_CODE = re.compile(r"[^0-9A-Z]+")


def code_of(order_number: str) -> str:
    """Twelve characters; see `spaced` for how people see them."""
    value = int.from_bytes(hashlib.sha256(order_number.encode()).digest()[:8], "big") >> 14
    return _written(value, _BODY) + _written(value % _PRIME, _LENGTH - _BODY)


def spaced(code: str) -> str:
    """`ABCD-EFGH-JKMN`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def is_code(text: str) -> bool:
    if len(text) != _LENGTH or not set(text) <= set(_ALPHABET):
        return False
    return _number(text[:_BODY]) % _PRIME == _number(text[_BODY:])


def find_codes(remark: str) -> list[str]:
    """Every code that stands in what a payer wrote, in order, whatever case, width or spacing they chose.

    A code broken by spaces or hyphens is joined again, so each place in the remark is tried; the check sum lets
    chance through once in a thousand places, and the caller knows which codes are given out.
    """
    plain = _NOT_OF_A_CODE.sub("", _half_width(remark).upper()).translate(_READ_AS)
    places = (plain[start : start + _LENGTH] for start in range(len(plain) - _LENGTH + 1))
    return list(dict.fromkeys(place for place in places if is_code(place)))


def _half_width(text: str) -> str:
    """Chinese keyboards write ＡＢ１２ as readily as AB12."""
    return "".join(chr(ord(letter) - 0xFEE0) if "！" <= letter <= "～" else letter for letter in text)


def _written(value: int, length: int) -> str:
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(length)))


def _number(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 32 + _VALUES[letter]
    return number
