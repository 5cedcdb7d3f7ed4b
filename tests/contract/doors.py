"""WSGI doors in front of the whole platform that add what a real caller would: a session, or a signature."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from baohe.rooms.people.models import Account
from tests.contract.partner import Partner

Environ = dict[str, Any]
Start = Callable[..., Any]

platform = get_wsgi_application()


@dataclass
class CustomersDoor:
    """Every request comes from the browser of one signed-in customer, with the token of its session."""

    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, account: Account) -> None:
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: _get_new_csrf_string()}

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        environ["HTTP_X_CSRFTOKEN"] = self.cookies.get(settings.CSRF_COOKIE_NAME, "")
        return platform(environ, start_response)


@dataclass
class PartnersDoor:
    """Every request is signed after RFC 9421 by one partner."""

    partner: Partner | None = None

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if self.partner is not None:
            body = environ["wsgi.input"].read()
            environ["wsgi.input"] = io.BytesIO(body)
            path = WSGIRequest({**environ, "wsgi.input": io.BytesIO()}).get_full_path()
            for name, value in self.partner.headers(environ["REQUEST_METHOD"], path, body).items():
                environ["HTTP_" + name.upper().replace("-", "_")] = value
        return platform(environ, start_response)
