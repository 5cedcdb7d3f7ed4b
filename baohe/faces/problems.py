"""Every refusal leaves as an RFC 9457 problem document, in one place for all faces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from baohe.kernel.errors import BaoheError, InvalidInput, NotFound

log = structlog.get_logger()


class SignInNeeded(BaoheError):
    code = "sign_in_needed"
    status = 401
    zh = "请先登录"
    en = "Please sign in first"
    next_zh = "用手机号验证码登录，填过的内容都还在"
    next_en = "Sign in with a telephone code; what you typed is kept"


class PageExpired(BaoheError):
    code = "page_expired"
    status = 403
    zh = "页面已过期"
    en = "This page has expired"
    next_zh = "请刷新页面再试，填过的内容都还在"
    next_en = "Reload the page and try again; what you typed is kept"


class Unavailable(BaoheError):
    code = "unavailable"
    status = 503
    zh = "系统暂时忙不过来"
    en = "The system is busy for the moment"
    next_zh = "请几秒后再试，已提交的内容不会丢"
    next_en = "Try again in a few seconds; nothing submitted is lost"


class Unreadable(BaoheError):
    code = "unreadable_request"
    status = 400
    zh = "无法读取请求内容"
    en = "The request cannot be read"
    next_zh = "请发送合法的 JSON"
    next_en = "Send well-formed JSON"


class BodyTooLarge(BaoheError):
    code = "body_too_large"
    status = 413
    zh = "请求内容太大"
    en = "The request body is too large"
    next_zh = "请分几次提交，每次不超过 2 MB"
    next_en = "Send it in parts of at most 2 MB"


class Unexpected(BaoheError):
    status = 500


def problem_response(error: BaoheError) -> JsonResponse:
    """The problem document of `error`, never cached."""
    response = JsonResponse(
        error.problem(),
        status=error.status,
        content_type="application/problem+json",  # ASCII escapes: a client's lone surrogate must not break the refusal
    )
    response["Cache-Control"] = "no-store"
    if error.status in (429, 503):
        response["Retry-After"] = str(error.facts.get("retry_after_seconds", 5))
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return problem_response(PageExpired())


def teach(api: NinjaAPI) -> None:
    """Give an API the platform's way to fail."""

    @api.exception_handler(BaoheError)
    def _known(request: HttpRequest, error: BaoheError) -> HttpResponse:
        return problem_response(error)

    @api.exception_handler(ValidationError)
    def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        first: dict[str, Any] = error.errors[0]
        field = ".".join(str(part) for part in first["loc"][1:]) or "body"
        refusal = InvalidInput(field=field, reason_zh="格式不对", reason_en=str(first["msg"]))
        return problem_response(refusal)

    @api.exception_handler(AuthenticationError)
    def _anonymous(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem_response(SignInNeeded())

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        if error.status_code == 404:
            return problem_response(NotFound(what="页面"))
        return problem_response(Unreadable())

    @api.exception_handler(RequestDataTooBig)
    def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return problem_response(BodyTooLarge())

    @api.exception_handler(MultiPartParserError)
    @api.exception_handler(UnreadablePostError)
    def _torn(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem_response(Unreadable())

    @api.exception_handler(OperationalError)
    def _database_away(request: HttpRequest, error: OperationalError) -> HttpResponse:
        log.error("database_unavailable", error=repr(error))
        return problem_response(Unavailable())

    @api.exception_handler(Exception)
    def _unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
        log.exception("unexpected_error", path=request.path)
        return problem_response(Unexpected())


def refuse_in_words(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a refusal that leaves a plain view (not an API) is a problem document too, or a page at the desk."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, BaoheError):
            return None
        if request.path.startswith("/desk/"):
            return render(request, "desk/refused.html", {"problem": error.problem()}, status=error.status)
        return problem_response(error)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
