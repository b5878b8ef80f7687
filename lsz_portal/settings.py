"""Settings, driven by the environment; a missing necessity fails loudly at start-up.

Read from the environment: DATABASE_URL, SECRET_KEY, DEBUG, DEMO, DEMO_PASSWORD, ALLOWED_HOSTS,
CSRF_TRUSTED_ORIGINS, TRUSTED_PROXIES, EMAIL_URL parts (EMAIL_HOST, EMAIL_PORT), DEFAULT_FROM_EMAIL, TASK_WORKER,
EXPORT_AT_ONCE, WORK_AT_ONCE, PORTAL_URL, OPEN_DATA_LICENCE, OPEN_DATA_CONTRIBUTOR.
"""

import os
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("LSZ_VAR_DIR", BASE_DIR / "var"))
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    (VAR_DIR / "static").mkdir(exist_ok=True)  # a portal that serves from the sources has collected nothing yet
    (VAR_DIR / "incoming").mkdir(exist_ok=True)  # uploads on their way
except OSError as error:
    raise ImproperlyConfigured(f"In {VAR_DIR} (LSZ_VAR_DIR) lässt sich nichts anlegen: {error.strerror}.") from error


def env_flag(name: str) -> bool:
    """True where the environment says 1, true or yes."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes"}


def env_list(name: str, default: str = "") -> list[str]:
    """Comma-separated values without blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def is_collected(root: Path, sources: Path) -> bool:
    """True where collectstatic has run since the last change of a source."""
    manifest = root / "staticfiles.json"
    changed = (file.stat().st_mtime for file in sources.rglob("*"))
    return manifest.exists() and manifest.stat().st_mtime >= max(changed)


DEMO = env_flag("DEMO")
DEBUG = env_flag("DEBUG")
DEMO_PASSWORD = os.environ.get("DEMO_PASSWORD", "demo")

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if not (DEMO or DEBUG):
        raise ImproperlyConfigured("SECRET_KEY fehlt. Setzen Sie SECRET_KEY oder für die Vorführung DEMO=1.")
    SECRET_KEY = "nur-fuer-die-vorfuehrung-" + "x" * 40

ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "lsz_portal.apps.WebFilesConfig",
    "django.forms",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "accounts",
    "records",
    "printing",
    "planning",
    "participation",
    "funding",
    "insight",
    "plans",
    "reporting",
    "overview",
    "exchange",
    "lsz_portal.apps.PortalConfig",
]

MIDDLEWARE = [
    "accounts.middleware.room_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.TextGzipMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.ReadableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PrivateMiddleware",
    "accounts.middleware.LogInFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "records.middleware.UploadFaultMiddleware",
    "records.middleware.SentOnceMiddleware",
]

ROOT_URLCONF = "lsz_portal.urls"
WSGI_APPLICATION = "lsz_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "lsz_portal.navigation.frame",
            ],
            "builtins": ["records.templatetags.german"],
        },
    },
]
FORM_RENDERER = "records.forms.drawing.FieldRenderer"

# A connection that the server has closed meanwhile is opened anew before a request uses it.
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "cached_statements": 1000,  # the portal has some hundred; parsing one takes longer than running it
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;",
    }
else:  # nobody waits for a database that is silent, or for a row that another one keeps
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "options": "-c lock_timeout=20s",
    } | DATABASES["default"].get("OPTIONS", {})

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:login"
CSRF_FAILURE_VIEW = "accounts.views.session.csrf_failure"

# How many proxies of the operator stand in front and add the client's address to X-Forwarded-For (accounts.client).
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = None

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "lsz_portal.bundle.BundleFinder",
]
# Collected files have the hash of their content in their names, so browsers keep them without asking again. Development
# serves from the sources, and so does a demonstration in which files have changed since they were collected.
FROM_SOURCES = DEBUG or (DEMO and not is_collected(STATIC_ROOT, BASE_DIR / "static"))
STORAGES = {
    "default": {
        "BACKEND": "records.storage.UploadStorage",
        "OPTIONS": {"location": VAR_DIR / "uploads", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if FROM_SOURCES and "collectstatic" not in sys.argv
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = FROM_SOURCES

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
LARGEST_REQUEST = 25 * 1024 * 1024  # bytes: the largest file (20 MB) with its form
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "incoming"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "records.storage.UploadHandler",
]

CRISPY_TEMPLATE_PACK = "kern"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["kern"]

SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True
SIMPLE_HISTORY_DATE_INDEX = "Composite"
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}

SECURE = not (DEMO or DEBUG)
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_SSL_REDIRECT = SECURE and not env_flag("NO_SSL_REDIRECT")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Mail is kept and sent by the background worker (accounts.outbox); the demonstration writes it to the log.
MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend" if DEMO or DEBUG else "accounts.outbox.OutboxBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_TIMEOUT = 10  # seconds; a mail server that is silent holds nobody but the worker
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "lsz-portal@localhost")

# Where people reach the portal: for links in mails that no request has asked for.
PORTAL_URL = os.environ.get("PORTAL_URL", "").rstrip("/")
if not PORTAL_URL:
    PORTAL_URL = f"https://{ALLOWED_HOSTS[0]}" if SECURE else "http://127.0.0.1:8000"

# Who runs this installation; shown in the imprint and in the declaration of accessibility.
OPERATOR = os.environ.get("OPERATOR", "")
OPEN_DATA_LICENCE = os.environ.get("OPEN_DATA_LICENCE", "")
OPEN_DATA_CONTRIBUTOR = os.environ.get("OPEN_DATA_CONTRIBUTOR", "")
OPERATOR_EMAIL = os.environ.get("OPERATOR_EMAIL", "")
ENFORCEMENT_BODY = os.environ.get(
    "ENFORCEMENT_BODY", "Landesbeauftragte oder Landesbeauftragter für Menschen mit Behinderungen in Thüringen"
)

# Background work (docs/adr/0012): jobs are rows of the database. „service“: manage.py db_worker runs all the time;
# „on-demand“: whoever adds a job starts a worker that ends when no job is left (demonstration, small installations).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
TASK_WORKER = os.environ.get("TASK_WORKER", "on-demand" if DEMO else "service")
if TASK_WORKER not in {"service", "on-demand"}:
    raise ImproperlyConfigured("TASK_WORKER ist „service“ oder „on-demand“.")
EXPORT_AT_ONCE = int(os.environ.get("EXPORT_AT_ONCE", "0"))  # PDFs made side by side; 0: as many as cores
QUEUE = "process"  # heavy work is done by records.queue.process; „inline“: by the request itself (tests)
WORK_AT_ONCE = int(os.environ.get("WORK_AT_ONCE", "0"))  # heavy jobs side by side on this machine; 0: as many as cores
EXPORT_KEEP_DAYS = 30  # then manage.py clear_exports deletes the files

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "refused": {"()": "lsz_portal.logs.RefusedIsNoError"},
        "links": {"()": "lsz_portal.logs.HidesLinks"},
    },
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["refused", "links"], "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}

# Kommunaler Mandant: Wörter, die keine Kommune als Adresse tragen darf.
RESERVED_SLUGS = frozenset(
    {
        "anmelden",
        "anmeldung",
        "antrag",
        "abmelden",
        "austausch",
        "begleitung",
        "konto",
        "ministerium",
        "posteingang",
        "oeffentlich",
        "pruefen",
        "gesundheit",
        "programm",
        "gestaltung",
        "static",
    }
)
