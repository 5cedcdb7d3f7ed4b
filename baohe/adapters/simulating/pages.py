"""A simulator's pages: one frame, templates that escape, one policy without scripts, and words for what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import jinja2

from baohe.adapters.simulating.answers import Answer

_FRAME = Path(__file__).with_name("pages")


class Pages:
    """Templates and the style sheet of one folder, in the frame that all simulators share.

    `simulator` is its name for people, `tag` what they are told about the money.
    """

    def __init__(self, folder: Path, simulator: str, tag: str) -> None:
        self._folder = folder
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader([folder, _FRAME]), autoescape=True, undefined=jinja2.StrictUndefined
        )
        self._templates.globals.update(simulator=simulator, tag=tag)

    def page(self, name: str, *, return_url: str = "", status: int = 200, **words: Any) -> Answer:
        """`return_url` is where a form of the page may end; the page sees it as `back`, "" unless fit for the web."""
        page = self._templates.get_template(name).render(back=web_address(return_url), **words)
        return Answer(status, page.encode(), headers=policy(return_url))

    def styles(self, name: str) -> Answer:
        return _styles(self._folder / name)


def base_styles() -> Answer:
    """What every page of a simulator looks like; a page's own sheet comes after it."""
    return _styles(_FRAME / "base.css")


def _styles(sheet: Path) -> Answer:
    return Answer(200, sheet.read_bytes(), "text/css; charset=utf-8", {"Cache-Control": "max-age=3600"})


def policy(return_url: str) -> dict[str, str]:
    """A form of a page ends in a redirect to the shop, and browsers hold the redirect to `form-action` too."""
    parts = urlsplit(web_address(return_url))
    shop = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
            f"form-action 'self'{shop}"
        ),
        "Cache-Control": "no-store",
    }


def in_groups(number: str) -> str:
    """Groups of six: long numbers break between groups, and can be read aloud."""
    return " ".join(number[start : start + 6] for start in range(0, len(number), 6))


def web_address(address: str) -> str:
    """The address when it is one of the web and fit for a header, else nothing."""
    parts = urlsplit(address)
    plain = parts.scheme in ("http", "https") and not set(address) & set(" \r\n;,'\"")
    return address if plain else ""


def with_query(address: str, words: Mapping[str, str]) -> str:
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, urlencode(words)]))
    return urlunsplit(parts._replace(query=query))
