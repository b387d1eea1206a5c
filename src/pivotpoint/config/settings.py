"""All settings. What differs between installations comes from the environment (see docs/reference/settings.md)."""

from __future__ import annotations

from pathlib import Path

import pivotpoint
from pivotpoint.config import environment
from pivotpoint.config.database import database

SOURCE = Path(pivotpoint.__file__).resolve().parent
DATA_FOLDER = environment.data_folder()
SECRET_KEY = environment.secret_key(DATA_FOLDER)
DEBUG = environment.flag("DEBUG", False)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
SITE_URL = environment.site_url()
HTTPS = SITE_URL.startswith("https://")

STAGES = [
    "pivotpoint.config.apps.ConfigConfig",
    "pivotpoint.desk",
    "pivotpoint.metrics",
    "pivotpoint.community",
    "pivotpoint.assistant",
    "pivotpoint.experiences",
    "pivotpoint.enterprise",
    "pivotpoint.collaboration",
    "pivotpoint.pivot",
    "pivotpoint.insights",
    "pivotpoint.listening",
    "pivotpoint.channels",
    "pivotpoint.customers",
    "pivotpoint.accounts",
    "pivotpoint.journal",
    "pivotpoint.jobs",
    "pivotpoint.ui",
]
INSTALLED_APPS = [
    *STAGES,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pivotpoint.lib.problems.AsProblems",
    "pivotpoint.lib.nul.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pivotpoint.accounts.first_run.FirstRun",
    "django_htmx.middleware.HtmxMiddleware",
    "pivotpoint.lib.headers.SecurityHeaders",
    "pivotpoint.desk.proposed.ProposedChanges",
]
ROOT_URLCONF = "pivotpoint.config.urls"
LETTER_URLCONF = "pivotpoint.config.letter_urls"
WSGI_APPLICATION = "pivotpoint.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(DATA_FOLDER)}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pivotpoint.desk.frame.frame",
            ],
            "builtins": [
                "pivotpoint.ui.templatetags.ui",
                "pivotpoint.desk.templatetags.connectors",
                "pivotpoint.desk.templatetags.handles",
            ],
        },
    }
]

LANGUAGE_CODE = "en"
TIME_ZONE = environment.time_zone()
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "pivotpoint.accounts.adapter.ClosedDoor"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"


# Until a mail server is named, the demo's letters are kept: nobody would take them.
SMTP_NAMED = bool(environment.word("SMTP_HOST"))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if SMTP_NAMED else "pivotpoint.lib.mail.Letters"
EMAIL_HOST = environment.word("SMTP_HOST", "localhost")
EMAIL_PORT = environment.port("SMTP_PORT", 25)
EMAIL_HOST_USER = environment.word("SMTP_USER")
EMAIL_HOST_PASSWORD = environment.word("SMTP_PASSWORD")
EMAIL_USE_TLS = environment.flag("SMTP_TLS", False)
EMAIL_TIMEOUT = 20
# For a demo or a rehearsal: letters are kept as files in this folder instead of being sent.
EMAIL_FILE_PATH = environment.word("MAIL_FOLDER") or None
if EMAIL_FILE_PATH:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
DEFAULT_FROM_EMAIL = environment.word("MAIL_FROM", "feedback@localhost")

# Replies to hand-offs by e-mail are read in this mailbox.
IMAP_HOST = environment.word("IMAP_HOST")
IMAP_TLS = environment.flag("IMAP_TLS", True)
IMAP_PORT = environment.port("IMAP_PORT", 993 if IMAP_TLS else 143)
IMAP_USER, IMAP_PASSWORD = environment.account("IMAP_USER", "IMAP_PASSWORD", needed=bool(IMAP_HOST))
IMAP_FOLDER = environment.word("IMAP_FOLDER", "INBOX")
REPLY_TO = environment.word("REPLY_TO", DEFAULT_FROM_EMAIL)

# Outgoing calls: private addresses are refused unless the administrator names them here (host or host:port).
OUTGOING_PRIVATE_HOSTS = environment.words("OUTGOING_PRIVATE_HOSTS")

# Reverse proxies in front of us: the addresses whose X-Forwarded-For names the caller.
TRUSTED_PROXIES = environment.words("TRUSTED_PROXIES")

# While a large import is read, a second process reads ahead (some 300 MB); off, this one reads everything itself.
READ_AHEAD = environment.flag("READ_AHEAD", True)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
# A pivot of 300 rules is one form of some thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_TEMP_DIR = None
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"pivotpoint": {"level": "INFO"}},
}
