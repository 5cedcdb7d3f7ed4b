"""Settings: read once from the environment, the same for every process of an installation.

`BAOHE_DATA`          folder of keys, files and the embedded database (default `.data` beside the checkout)
`BAOHE_DATABASE_URL`  a PostgreSQL server (15 to 18); without it the launcher starts the embedded one
`BAOHE_DATABASE_OWNER_URL`  the same database for the role that owns the tables: what migrates (default: the same role)
`BAOHE_ORIGIN`        the public address, for links in policies and callbacks (default http://127.0.0.1:8000)
`BAOHE_WALLET`        address of the wallet's gateway (default: the simulator beside the platform)
`BAOHE_DEDUCTION`     address of the bank that deducts under agreements (the same)
`BAOHE_TRANSFER`      address of the bank that takes and sends transfers (the same)
`BAOHE_LIVENESS`      address of the service that checks faces (the same)
`BAOHE_TIMESTAMP`     address of the time-stamp authority (RFC 3161; the same)
`BAOHE_ORACLES`       address of the simulated sources of data, for the demo (the same)
`BAOHE_DEMO`          "1" shows the demo inbox and marks every page as a demonstration
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlparse

import structlog

from baohe.config.secret import secret_key

ROOT = Path(__file__).resolve().parents[2]
BAOHE_DATA = Path(os.environ.get("BAOHE_DATA", ROOT / ".data")).resolve()
BAOHE_ORIGIN = os.environ.get("BAOHE_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
BAOHE_WALLET = os.environ.get("BAOHE_WALLET", "http://127.0.0.1:8001").rstrip("/")
BAOHE_DEDUCTION = os.environ.get("BAOHE_DEDUCTION", "http://127.0.0.1:8002").rstrip("/")
BAOHE_TRANSFER = os.environ.get("BAOHE_TRANSFER", "http://127.0.0.1:8003").rstrip("/")
BAOHE_LIVENESS = os.environ.get("BAOHE_LIVENESS", "http://127.0.0.1:8004").rstrip("/")
BAOHE_TIMESTAMP = os.environ.get("BAOHE_TIMESTAMP", "http://127.0.0.1:8005").rstrip("/")
BAOHE_ORACLES = os.environ.get("BAOHE_ORACLES", "http://127.0.0.1:8006").rstrip("/")
BAOHE_DEMO = os.environ.get("BAOHE_DEMO", "0") == "1"
BAOHE_PRODUCTS = Path(os.environ.get("BAOHE_PRODUCTS", ROOT / "products"))
BAOHE_APP = Path(os.environ.get("BAOHE_APP", ROOT / "app" / "dist"))

SECRET_KEY = secret_key(BAOHE_DATA)
DEBUG = False
ALLOWED_HOSTS = [urlparse(BAOHE_ORIGIN).hostname or "127.0.0.1", "127.0.0.1", "localhost", "testserver"]
CSRF_TRUSTED_ORIGINS = [BAOHE_ORIGIN]

ROOMS = [
    "people",
    "consent",
    "notices",
    "catalog",
    "underwriting",
    "quoting",
    "baskets",
    "policies",
    "documents",
    "payments",
    "ledger",
    "claims",
    "evidence",
    "partners",
    "studio",
    "advice",
    "settlement",
    "commission",
    "allowances",
    "introductions",
    "disbursements",
    "reconciliation",
    "billing",
    "suitability",
    "call_backs",
    "service_clocks",
    "assents",
    "claim_links",
    "identification",
    "recordings",
    "fraud",
    "parametric",
]

INSTALLED_APPS = [
    "baohe.faces.desk.apps.DeskConfig",  # before the admin: its templates override the admin's
    "baohe.config.admin_site.BaoheAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "baohe.plumbing.apps.PlumbingConfig",
    *[f"baohe.rooms.{room}.apps.{room.title().replace('_', '')}Config" for room in ROOMS],
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "baohe.faces.problems.refuse_in_words",
]

ROOT_URLCONF = "baohe.config.urls"
WSGI_APPLICATION = "baohe.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def _database(address: str) -> dict[str, object]:
    """The parts of a libpq address; what stands behind `?` and is no part of its own goes to libpq as an option."""
    parts = urlparse(address)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or options.pop("dbname", "baohe"),
        "USER": unquote(parts.username or "") or options.pop("user", ""),
        "PASSWORD": unquote(parts.password or "") or options.pop("password", ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": parts.port or options.pop("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "TEST": {"NAME": os.environ.get("BAOHE_TEST_DB", "test_baohe")},
    }


DATABASES = {"default": _database(os.environ.get("BAOHE_DATABASE_URL", "postgresql:///baohe"))}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static"
STATICFILES_DIRS: list[Path] = []

_SECURE = BAOHE_ORIGIN.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if _SECURE else "session"
SESSION_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else "csrf"
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "baohe.faces.problems.csrf_failure"
SECURE_SSL_REDIRECT = _SECURE
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE
SECURE_HSTS_PRELOAD = _SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# JSON lines without the values of local variables: a traceback must not carry personal data into a log (DATA-4).
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(os.environ.get("BAOHE_LOG", "WARNING").lower()),
    logger_factory=structlog.PrintLoggerFactory(sys.stderr),
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("BAOHE_LOG", "WARNING")},
}
