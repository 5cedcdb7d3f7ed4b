"""Signing in by telephone code. Writes need the CSRF token that `GET session` hands out, signed in or not."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model, login, logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Query, Router, Status

from baohe.faces.shop.schemas.basis import Text
from baohe.faces.shop.schemas.people import AccountOut, CodeCheck, CodeRequest, CodeSent, DemoMessage, Session
from baohe.faces.shop.session import any_visitor
from baohe.kernel.errors import NotFound
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people
from baohe.rooms.people.errors import CodeSpent

router = Router(tags=["sign_in"])

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_CODE_REQUEST = "code_request"


@router.get("session", response=Session)
def session(request: HttpRequest, response: HttpResponse) -> Session:
    """Who is signed in, and the CSRF token for writes; also sets its cookie."""
    return _session(request, response)


@router.post("auth/code", response={202: CodeSent}, auth=any_visitor)
def send_code(request: HttpRequest, body: CodeRequest) -> Status[CodeSent]:
    """Send a code. Only the browser session that asked can use it (ASVS 6.6)."""
    sent = people.send_code(body.phone, request.META.get("REMOTE_ADDR", ""))
    request.session[_CODE_REQUEST] = str(sent.request_id)
    return Status(
        202,
        CodeSent(
            resend_after_seconds=sent.resend_after_seconds,
            expires_in_seconds=sent.expires_in_seconds,
            demo_inbox="/demo/inbox" if settings.BAOHE_DEMO else None,
        ),
    )


@router.post("auth/verify", response=Session, auth=any_visitor)
def verify(request: HttpRequest, response: HttpResponse, body: CodeCheck) -> Session:
    """Sign in under a new session key; the anonymous session's key is worth nothing afterwards."""
    asked = request.session.get(_CODE_REQUEST)
    if asked is None:
        raise CodeSpent()
    account = people.sign_in(body.phone, body.code, UUID(asked))
    del request.session[_CODE_REQUEST]
    login(request, get_user_model().objects.get(pk=account.id), backend=_BACKEND)
    return _session(request, response)


@router.post("auth/sign-out", response=Session, auth=any_visitor)
def sign_out(request: HttpRequest, response: HttpResponse) -> Session:
    """End the session on the server and drop what the browser cached of it."""
    logout(request)
    response["Clear-Site-Data"] = '"cache"'
    return _session(request, response)


@router.get("demo/inbox", response=list[DemoMessage])
def demo_inbox(
    request: HttpRequest,
    phone: str | None = Query(None, max_length=20, description="only messages to this number"),
    mine: bool = Query(False, description="only messages to the telephone of who is signed in"),
) -> list[DemoMessage]:
    """The demo's telephone: the newest messages. Does not exist outside the demo."""
    if not settings.BAOHE_DEMO:
        raise NotFound(what="演示收件箱")
    if mine and request.user.is_authenticated:
        phone = people.phone_of(UUID(str(request.user.pk)), "system:demo", "演示收件箱")
    found = notices.demo_inbox(people.normal_phone(phone) if phone else None)
    return [DemoMessage(to=item.phone, at=item.at, body=Text(zh=item.body.zh, en=item.body.en)) for item in found]


def _session(request: HttpRequest, response: HttpResponse) -> Session:
    response["Cache-Control"] = "no-store"
    user = request.user
    account = None
    if user.is_authenticated and not user.is_staff:
        view = people.account(user.pk)
        account = AccountOut(
            id=str(view.id),
            display_name=view.display_name,
            phone_masked=view.phone_masked,
            language=view.language,
        )
    return Session(
        signed_in=account is not None,
        account=account,
        csrf_token=get_token(request),
        demo=settings.BAOHE_DEMO,
    )
