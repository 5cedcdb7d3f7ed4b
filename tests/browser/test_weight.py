"""What the first page costs a person on a slow line."""

from __future__ import annotations

MOST = 150_000
"""Bytes of script on the line, compressed, before the first page stands."""


def test_the_first_page_is_light(open_screen) -> None:
    with open_screen() as screen:
        sizes: dict[str, int] = {}

        def weigh(request) -> None:
            if request.resource_type == "script":
                sizes[request.url.rsplit("/", 1)[1]] = request.sizes()["responseBodySize"]

        screen.page.on("requestfinished", weigh)
        screen.open("/")
        assert sizes
        assert sum(sizes.values()) <= MOST, sizes
