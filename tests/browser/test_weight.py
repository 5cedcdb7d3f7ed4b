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


def test_the_icon_and_the_manifest_are_served(open_screen) -> None:
    """The watch on failed requests leaves the tab's icon out, so its presence is asked for here."""
    with open_screen() as screen:
        for name, kind in (("icon.svg", "image/svg+xml"), ("manifest.webmanifest", "json")):
            answer = screen.page.request.get(f"{screen.origin}/{name}")
            assert answer.status == 200
            assert kind in answer.headers["content-type"]
