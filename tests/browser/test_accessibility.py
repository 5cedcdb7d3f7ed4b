"""No barrier that axe-core calls serious or critical, in every way the app can be shown."""

from __future__ import annotations

import pytest

from tests.browser import addresses
from tests.browser.world import Bought

SHOWN = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "large": {"theme": "light", "size": "large"},
    "english": {"theme": "light", "language": "en"},
}


@pytest.mark.parametrize("shown", SHOWN)
def test_no_page_shuts_anyone_out(open_screen, bought: Bought, shown: str) -> None:
    found = []
    with open_screen(**SHOWN[shown]) as screen:
        for name, path in addresses.public().items():
            screen.open(path)
            screen.picture(f"{shown}-{name}")
            found += [f"{path}: {barrier}" for barrier in screen.barriers()]
        screen.take_session(bought.customer)
        for name, path in addresses.own(bought).items():
            screen.open(path)
            screen.picture(f"{shown}-{name}")
            found += [f"{path}: {barrier}" for barrier in screen.barriers()]
    assert not found, "\n".join(found)
