"""Every setting, read from the environment once; what cannot be right stops the start.

Each has a safe default or none at all. The README's table lists them.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from pgtrigger.core import Statement

from tracker.embedded.cluster import Cluster
from tracker.environment import (
    EventFormatter,
    archive,
    base_url,
    database,
    env,
    exempt,
    flag,
    kept_secret,
    number,
)

BASE_DIR = Path(__file__).resolve().parent.parent

# --- where things are ---

VAR = Path(env.str("TRACKER_VAR", default=str(BASE_DIR / "var"))).resolve()
ARCHIVE = Path(env.str("TRACKER_ARCHIVE", default=str(VAR / "archive"))).resolve()
STATIC_ROOT = VAR / "static"
STATIC_URL = "/static/"
ROOT_URLCONF = "tracker.urls"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
WSGI_APPLICATION = "tracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "tracker.User"
LOGIN_REDIRECT_URL = "admin:index"

# --- the database ---

DATABASE_URL = env.str("DATABASE_URL", default="")
EMBEDDED_CLUSTER = None if DATABASE_URL else Cluster(VAR / "postgres")
DATABASES = {"default": database(DATABASE_URL, number("TRACKER_STATEMENT_TIMEOUT", 0))}
# "shared" counts what all workers must count together, such as attempts per address.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tracker_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
# A row-level trigger is quadratic inside one transaction: a large import would never end.
PGHISTORY_LEVEL = Statement
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- who may come in ---

DEBUG = flag("TRACKER_DEBUG")
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(VAR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HTTPS = flag("TRACKER_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# The proxy that ends TLS says so in this header; without TRACKER_HTTPS nobody is believed.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator")
]
TRACKER_PUBLIC_READ = flag("TRACKER_PUBLIC_READ")
# Requests a minute of one token, and of one address without any; attempts at one password in a
# quarter of an hour, and three times as many from one address. 0 is no limit.
TRACKER_RATE_TOKEN = number("TRACKER_RATE_TOKEN", 120_000)
TRACKER_RATE_ADDRESS = number("TRACKER_RATE_ADDRESS", 1_200)
TRACKER_RATE_LOGIN = number("TRACKER_RATE_LOGIN", 10)
# What Prometheus shows to read /metrics; without it, only this machine reads them.
TRACKER_METRICS_TOKEN = env.str("TRACKER_METRICS_TOKEN", default="")

# --- how work is done ---

TRACKER_JUDGES = number("TRACKER_JUDGES", 2)
TRACKER_REPLY_DAYS = number("TRACKER_REPLY_DAYS", 7)
# Days after which the worker asks for a quoted page again; 0 asks for none.
TRACKER_RECAPTURE_DAYS = number("TRACKER_RECAPTURE_DAYS", 0, most=36_500)
# Addresses that captures may fetch from though they are not public: for intranets and tests.
TRACKER_FETCH_ALLOW = exempt("TRACKER_FETCH_ALLOW", env.list("TRACKER_FETCH_ALLOW", default=[]))
PORT = number("PORT", 8000, least=1, most=65535)
WEB_WORKERS = number("WEB_WORKERS", 0)

# --- what it is made of ---

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "tracker",
]
# A list of 1,000 names in a form, and what stands beside it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_100
MIDDLEWARE = [
    "tracker.api.requests.RequestNames",
    "tracker.api.metrics.Measured",
    "tracker.api.rates.RateHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.admin.policies.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tracker.api.requests.History",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours first: what Unfold's templates lack is mended under their own names.
        "DIRS": [BASE_DIR / "tracker" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What was captured, under the name of its content; nothing in it has an address on the web.
    "archive": archive("TRACKER_ARCHIVE_S3", ARCHIVE),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- words, dates and letters: English, ISO, UTC on every page whatever the browser asks for ---

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"
TIME_FORMAT = "H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d"]
# The British formats of Django itself would win over the four lines above.
FORMAT_MODULE_PATH = "tracker.admin.formats"

# --- e-mail ---

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 30
# Whom people write to, and where their letters lead; nothing is sent while either is missing.
TRACKER_FROM_EMAIL = env.str("TRACKER_FROM_EMAIL", default="")
TRACKER_BASE_URL = base_url("TRACKER_BASE_URL")
# Who answers for the verdicts, in feeds and in what search engines read.
TRACKER_PUBLISHER = env.str("TRACKER_PUBLISHER", default="Expert-claim tracker")

# --- the doors ---

KNOX_TOKEN_MODEL = "tracker.Token"
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tracker.api.access.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["tracker.api.access.MayEnter"],
    "DEFAULT_THROTTLE_CLASSES": ["tracker.api.rates.PerCaller"],
    "DEFAULT_RENDERER_CLASSES": ["tracker.api.wire.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["tracker.api.wire.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "tracker.api.wire.AlwaysJSON",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "tracker.api.schema.Schema",
    "DEFAULT_METADATA_CLASS": "tracker.api.wire.Methods",
    "EXCEPTION_HANDLER": "tracker.api.errors.answer",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Expert-claim tracker",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "tracker.api.description.complete",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENFORCE_NON_BLANK_FIELDS": True,
    "ENUM_NAME_OVERRIDES": {
        f"{name.title().replace('_', '')}Enum": f"tracker.api.schema.{name}"
        for name in (
            "CLAIM_KIND",
            "ORGANISATION_KIND",
            "SOURCE_KIND",
            "BENCHMARK_KIND",
            "REPORT_MODE",
            "HEDGE_MODE",
            "CAPTURE_METHOD",
            "RESOLUTION_METHOD",
            "CLAIM_STATE",
            "ROUND_STATE",
            "DUPLICATE_STATE",
            "ANCHORING_STATE",
            "WEBHOOK_STATE",
            "DELIVERY_STATE",
            "EVENT_KIND",
            "IMPORT_STATE",
            "IMPORT_FORMAT",
            "SUBJECT_KIND",
            "PROBABILITY_TIER",
            "SCORE_TIER",
        )
    },
}
UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Expert-claim tracker",
    "SITE_HEADER": "Expert-claim tracker",
    "SITE_SUBHEADER": "Who said what, and what became of it",
    "SITE_SYMBOL": "format_quote",
    "SITE_URL": None,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "6px",
    "SITE_FAVICONS": [{"rel": "icon", "href": lambda request: static("tracker/icon.svg")}],
    "STYLES": [lambda request: static("tracker/workbench.css")],
    "SCRIPTS": [
        lambda request: static("tracker/workbench.js"),
        lambda request: static("tracker/everywhere.js"),
    ],
    "DASHBOARD_CALLBACK": "tracker.admin.home.dashboard",
    "SIDEBAR": {"navigation": "tracker.admin.navigation.sidebar", "command_search": True},
    # Teal: it says neither "right" nor "wrong", which green and red would.
    "COLORS": {
        "primary": {
            "50": "oklch(97.5% .016 195)",
            "100": "oklch(94% .035 195)",
            "200": "oklch(88% .06 195)",
            "300": "oklch(80% .09 195)",
            "400": "oklch(70% .105 197)",
            "500": "oklch(60% .1 199)",
            "600": "oklch(50% .088 202)",
            "700": "oklch(43% .075 204)",
            "800": "oklch(36% .06 206)",
            "900": "oklch(30% .048 208)",
            "950": "oklch(22% .036 210)",
        },
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"event": {"()": EventFormatter}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "event"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # Every command would begin by listing the jobs that there are.
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
        # It would write down every address that is fetched.
        "httpx": {"level": "WARNING"},
        # A line for each broken entry: who sent them is told, not the log.
        "bibtexparser": {"level": "CRITICAL"},
    },
}
