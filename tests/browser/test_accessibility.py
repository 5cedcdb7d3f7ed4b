"""No barrier that axe-core calls serious or critical, in every way the app can be shown."""

from __future__ import annotations

import pytest

from tests.browser import addresses
from tests.browser.screen import Screen
from tests.browser.world import Bought

SHOWN = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "large": {"theme": "light", "size": "large"},
    "english": {"theme": "light", "language": "en"},
}


@pytest.mark.parametrize("shown", SHOWN)
def test_no_page_shuts_anyone_out(open_screen, bought: Bought, shown: str) -> None:
    found: list[str] = []
    with open_screen(**SHOWN[shown]) as screen:
        for name, path in addresses.public().items():
            found += _look(screen, f"{shown}-{name}", path)
        screen.take_session(bought.customer)
        for name, path in addresses.own(bought).items():
            found += _look(screen, f"{shown}-{name}", path)
    assert not found, "\n".join(found)


def _look(screen: Screen, picture: str, path: str) -> list[str]:
    screen.open(path)
    screen.picture(picture)
    screen.fits()
    small = screen.small_buttons() if picture.startswith("large") else []
    return small + [f"{path}: {barrier}" for barrier in screen.barriers()]


def test_the_look_finds_a_barrier(open_screen) -> None:
    """The tests above would see one."""
    with open_screen() as screen:
        screen.open("/")
        screen.page.evaluate("() => { document.querySelector('h1').style.color = '#eee' }")
        assert any("color-contrast" in barrier for barrier in screen.barriers())
