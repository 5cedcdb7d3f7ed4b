"""Every link leads somewhere: the app signed out and signed in, on a phone and on a desk, and the staff's desk."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.browser import addresses
from tests.browser.screen import Screen
from tests.browser.world import Bought
from tests.journey.installation import Installation

MOST = 40
"""Pages a crawl; links of one kind are followed `A_KIND` times, because rows of one list lead to the same page."""
A_KIND = 2
_LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map((link) => link.getAttribute('href'))"
_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b|(?<=/verify/)[\w.-]+")


@pytest.mark.parametrize("desktop", [False, True], ids=["390", "1280"])
def test_signed_out(open_screen, desktop: bool) -> None:
    with open_screen(desktop=desktop) as screen:
        assert _crawl(screen, list(addresses.public().values())) >= 15


@pytest.mark.parametrize("desktop", [False, True], ids=["390", "1280"])
def test_signed_in(open_screen, bought: Bought, desktop: bool) -> None:
    with open_screen(desktop=desktop) as screen:
        screen.take_session(bought.customer)
        assert _crawl(screen, list(addresses.own(bought).values())) >= 30


@pytest.mark.parametrize("username", ["claims", "underwriter", "finance", "auditor", "product"])
def test_desk(open_screen, installation: Installation, bought: Bought, username: str) -> None:
    with open_screen(desktop=True) as screen:
        screen.open("/desk/")
        screen.page.locator("[name=username]").fill(username)
        screen.page.locator("[name=password]").fill((installation.data / "keys" / "demo_desk").read_text())
        screen.page.locator("main button").click()
        screen.page.wait_for_url(re.compile("/desk/(?!sign-in)"))
        screen.picture(f"desk-{username}")
        found = screen.barriers()
        _crawl(screen, ["/desk/"], below="/desk/", pictures=f"desk-{username}")
    assert not found, found


def test_cashier(open_screen, bought: Bought) -> None:
    payment = bought.customer.start_payment(bought.customer.ask("GET", f"proposals/{bought.proposals['signed']}"))
    with open_screen() as screen:
        screen.open(payment.cashier_url)
        screen.fits()
        assert screen.barriers() == []
        screen.page.get_by_role("button", name=re.compile("取消")).click()
        screen.settle()
        screen.fits()
        assert screen.barriers() == []


def _crawl(screen: Screen, start: list[str], below: str = "/", pictures: str = "") -> int:
    """Breadth first; answers how many pages were seen. What is wrong is told of all pages at once."""
    waiting, seen, kinds, wrong = deque(start), set[str](), dict[str, int](), []
    while waiting and len(seen) < MOST:
        path = waiting.popleft()
        kind = _IDENTIFIER.sub("*", path)
        if path in seen or kinds.get(kind, 0) >= A_KIND:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        waiting.extend(_visit(screen, path, below, wrong))
        if pictures and len(seen) > 1:
            screen.picture(f"{pictures}-{len(seen)}")
    assert not wrong, "\n".join(wrong)
    return len(seen)


def _visit(screen: Screen, path: str, below: str, wrong: list[str]) -> list[str]:
    screen.open(path)
    try:
        screen.fits()
        screen.check()
    except AssertionError as failure:
        wrong.append(f"{path}: {failure}")
    links = (urldefrag(urljoin(screen.page.url, link)).url for link in screen.page.evaluate(_LINKS))
    inside = (link.removeprefix(screen.origin) for link in links if link.startswith(f"{screen.origin}{below}"))
    return [link for link in inside if _is_page(link)]


def _is_page(path: str) -> bool:
    """Not a file, and not the way out."""
    return not re.search(r"\.\w{2,4}$|sign-out|/logout|/picture|^/api/|^/log/", urlsplit(path).path)
