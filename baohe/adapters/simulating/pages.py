"""A simulator's pages: templates that escape, one policy without scripts, and words for what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import jinja2

from baohe.adapters.simulating.answers import Answer


class Pages:
    """Templates and the style sheet of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
        )

    def page(self, name: str, *, return_url: str = "", status: int = 200, **words: Any) -> Answer:
        """`return_url` is where a form of the page may end; the page sees it as `back`, "" unless fit for the web."""
        page = self._templates.get_template(name).render(back=web_address(return_url), **words)
        return Answer(status, page.encode(), headers=policy(return_url))

    def styles(self, name: str) -> Answer:
        body = (self._folder / name).read_bytes()
        return Answer(200, body, "text/css; charset=utf-8", {"Cache-Control": "max-age=3600"})


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
