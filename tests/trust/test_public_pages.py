"""The app's shell, and the server's own pages: references, explained errors, health."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

pytestmark = pytest.mark.django_db


class TestApp:
    @pytest.fixture
    def dist(self, settings, tmp_path):
        root = tmp_path / "dist"
        (root / "assets").mkdir(parents=True)
        (root / "index.html").write_text("<!doctype html><title>保和</title>")
        (root / "assets" / "app-1a2b.js").write_text("plain")
        (root / "assets" / "app-1a2b.js.br").write_bytes(b"brotli")
        (root / "assets" / "app-1a2b.js.gz").write_bytes(b"gzip")
        (root / "sw.js").write_text("worker")
        (tmp_path / "secret.txt").write_text("secret")
        settings.BAOHE_APP = root
        return root

    @pytest.mark.parametrize("path", ["/", "/products/x", "/policies/1/claim", "/verify/abc", "/mine"])
    def test_every_page_is_the_shell(self, web, dist, path):
        answer = web.get(path)
        assert answer.status_code == 200 and "保和" in answer.content.decode()
        assert answer["Cache-Control"] == "no-cache"
        assert web.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304

    def test_assets_never_change_and_come_packed(self, web, dist):
        plain = web.get("/assets/app-1a2b.js")
        assert plain.content == b"plain" and "immutable" in plain["Cache-Control"]
        assert plain["Content-Type"].startswith("text/javascript")
        packed = web.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "gzip, br"})
        assert packed.content == b"brotli" and packed["Content-Encoding"] == "br"
        assert packed["Content-Type"].startswith("text/javascript") and "Accept-Encoding" in packed["Vary"]
        assert web.get("/sw.js")["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize(
        "path",
        ["/assets/gone.js", "/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/favicon.ico",
         "/api/shop/v1/nothing", "/api/nothing", "/open/nothing", "/desk/x.php", "/problems/nothing"],
    )  # fmt: skip
    def test_files_that_are_not_there_are_problems(self, web, dist, path):
        answer = web.get(path)
        assert answer.status_code == 404
        assert b"secret" not in answer.content

    def test_without_a_build_it_says_what_to_do(self, web, settings, tmp_path):
        settings.BAOHE_APP = tmp_path / "none"
        answer = web.get("/")
        assert answer.status_code == 503 and "make run" in answer.content.decode()

    def test_pages_are_only_read(self, web, dist):
        assert web.post("/products/x").status_code in (403, 405)


class Outside(HTMLParser):
    """Collects what a strict content security policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocked: list[str] = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (name in ("src", "href") and "//" in (value or "")):
                self.blocked.append(f"{tag} {name}={value}")
        if tag in ("script", "style", "iframe"):
            self.blocked.append(tag)


@pytest.mark.parametrize(
    "path",
    ["/problems/", "/problems/not_found", "/openapi/", "/openapi/shop/", "/openapi/open/", "/openapi/public/", "/log/"],
)
def test_server_pages_need_nothing_from_outside_and_no_script(web, path):
    answer = web.get(path)
    assert answer.status_code == 200
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    reader = Outside()
    reader.feed(answer.content.decode())
    assert reader.blocked == []


@pytest.mark.parametrize("name", ["shop", "open", "public"])
def test_each_api_is_published_and_every_operation_is_in_the_reference(web, name):
    found = web.get(f"/openapi/{name}.json").json()
    assert found["openapi"].startswith("3.1")
    reference = web.get(f"/openapi/{name}/").content.decode()
    for path, methods in found["paths"].items():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in reference
        assert path in reference


@pytest.mark.parametrize("path", ["/api/shop/v1/proposals/%0A/beneficiaries", "/api/nothing", "/openapi/%0A"])
def test_what_is_not_there_is_a_problem_document_whatever_the_address(web, path):
    for answer in (web.get(path), web.put(path, "{}", content_type="application/json")):
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_unknown_references_are_404(web):
    assert web.get("/openapi/other.json").status_code == 404
    assert web.get("/openapi/other/").status_code == 404
    assert web.get("/site/other.css").status_code == 404


def test_an_error_code_explains_itself(web):
    assert "没有找到" in web.get("/problems/not_found").content.decode()
    answer = web.get("/problems/file_too_large", headers={"Accept": "application/json"}).json()
    assert answer["status"] == 413 and answer["next"]["zh"]


def test_health(web):
    assert web.get("/healthz").json()["status"] == "ok"
