"""Every setting, from the environment, in one file; a value that cannot be used stops the start and is named.

Without DATABASE_URL and REDIS_URL the product runs on its embedded servers ("embedded"): one machine, plain HTTP on
the loopback address, demonstration clock allowed. With both it runs on real servers and expects HTTPS in front.
docs/operations.md has the table of variables.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from coordination import environment as env
from coordination.statefolder import state_folder

BASE_DIR = Path(__file__).resolve().parent.parent
STATE = state_folder()

# --- which of the two ways to run -----------------------------------------------------------------------------------
EMBEDDED = not env.text("DATABASE_URL") and not env.text("REDIS_URL")
if not EMBEDDED and not env.text("DATABASE_URL"):
    raise env.BadEnvironment("DATABASE_URL", "is not set though REDIS_URL is; set both or neither")
if not EMBEDDED and not env.text("REDIS_URL"):
    raise env.BadEnvironment("REDIS_URL", "is not set though DATABASE_URL is; set both or neither")

DEBUG = env.read("DEBUG", env.truth, False)
DEMO = env.read("DEMO", env.truth, EMBEDDED)
HTTPS = env.read("HTTPS", env.truth, not EMBEDDED)
WORLD_AT = env.read("JIANJING_AT", env.instant, None)
if WORLD_AT is not None and not DEMO:
    raise env.BadEnvironment(
        "JIANJING_AT", "the time can be chosen only in a demonstration; set DEMO=1 or unset it"
    )
SECRET_KEY = (
    env.text("SECRET_KEY") or STATE.secret("secret_key")
    if EMBEDDED
    else env.required("SECRET_KEY", "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'")
)
if len(SECRET_KEY) < 32:
    raise env.BadEnvironment("SECRET_KEY", "is too short; it needs at least 32 characters")

# --- who may ask ----------------------------------------------------------------------------------------------------
_own_machine: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]") if EMBEDDED else ()
_nobody: tuple[str, ...] = ()
ALLOWED_HOSTS = list(env.read("ALLOWED_HOSTS", env.words, _own_machine))
if not ALLOWED_HOSTS:
    raise env.BadEnvironment(
        "ALLOWED_HOSTS", "is not set; write the names the site answers to, separated by commas"
    )
CSRF_TRUSTED_ORIGINS = list(env.read("TRUSTED_ORIGINS", env.origins, _nobody))
BEHIND_PROXY = env.read("BEHIND_PROXY", env.truth, False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- what is installed ----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "coordination.apps.CoordinationConfig",
    "cases.apps.CasesConfig",
    "supervision.apps.SupervisionConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "guardian",
    "pgtrigger",
    "csp",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "coordination.middleware.Present",
]
ROOT_URLCONF = "coordination.urls"
CSRF_FAILURE_VIEW = "cases.api.faults.csrf_failed"
WSGI_APPLICATION = "coordination.wsgi.application"
ASGI_APPLICATION = "coordination.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "coordination.context.shell",
            ],
        },
    }
]

# --- the database: a pool in web processes only; Celery would close a pool after each task --------------------------
_database = env.read("DATABASE_URL", env.database_address, None) or env.DatabaseAddress(
    name="jianjing",
    user="jianjing",
    password=STATE.secret("database_password"),
    host=str(STATE.database_socket),
    port="5432",
)
DATABASE_POOL = env.read("DATABASE_POOL", env.count, 0)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.name,
        "USER": _database.user,
        "PASSWORD": _database.password,
        "HOST": _database.host,
        "PORT": _database.port,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, **_database.options},
        "TEST": {"NAME": f"test_{_database.name}"},
    }
}
if DATABASE_POOL:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 10}

# --- broker and cache -----------------------------------------------------------------------------------------------
REDIS_URL = env.read("REDIS_URL", env.broker_address, f"unix://{STATE.broker_socket}")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)

# --- people and their sessions --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "coordination.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian makes no anonymous account: whoever has not signed in sees nothing
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE = env.read("SESSION_HOURS", env.count, 8) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "jianjing_session"
CSRF_COOKIE_NAME = "jianjing_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# --- what a browser is told -----------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked by the machine's own health check, over plain HTTP
SECURE_HSTS_SECONDS = env.read("HSTS_SECONDS", env.count, 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "midi",
                    "payment", "usb", "xr-spatial-tracking")
}  # fmt: skip
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
MEDIA_ROOT = env.text("MEDIA_ROOT") or str(STATE.path / "media")
CHECK_ADDRESS = env.text("CHECK_ADDRESS") or "http://localhost/check"  # printed on papers as a QR code
FONTS_FOLDER = env.text("FONTS_FOLDER") or str(STATE.path / "fonts")
# Embedded: served straight from where they stand, nothing to collect. Real servers: collected, hashed, compressed.
WHITENOISE_USE_FINDERS = not env.read("STATIC_COLLECTED", env.truth, not EMBEDDED) or DEBUG
STATIC_ROOT = None if WHITENOISE_USE_FINDERS else env.text("STATIC_ROOT") or str(STATE.static)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "jianjing_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "coordination" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # what is shown, and the calendar of the law; storage is UTC

# --- messages by e-mail ---------------------------------------------------------------------------------------------
_mail = env.read("EMAIL_URL", env.mail_address, None)
EMAIL_HOST_CONFIGURED = _mail is not None
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if _mail else "django.core.mail.backends.dummy.EmailBackend"
)
if _mail:
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.use_tls, _mail.use_ssl
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = _mail.sender or _mail.user
    EMAIL_TIMEOUT = 20

# --- the API --------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "cases.api.gate.Expiring",  # first: whoever is not signed in is asked to, with 401
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["cases.api.gate.Json"],
    "EXCEPTION_HANDLER": "cases.api.errors.answer",
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "coordination.paging.ByKey",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Jianjing",
    "DESCRIPTION": "The record of cases, the steps of their procedures, and the clocks on them.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "cases.api.docs.summarise",
    ],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- jobs: the schedule is in coordination/celery.py ------------------------------------------------------------------
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A worker killed in the middle of a task: its task comes back within seconds, not after the default hour.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
}

# --- logs -----------------------------------------------------------------------------------------------------------
LOG_LEVEL = env.read("LOG_LEVEL", env.one_of("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
LOG_FORMAT = env.read("LOG_FORMAT", env.one_of("json", "plain"), "plain" if EMBEDDED else "json")
LOGGING_CONFIG = "coordination.logs.configure"
LOGGING = {"level": LOG_LEVEL, "format": LOG_FORMAT}
