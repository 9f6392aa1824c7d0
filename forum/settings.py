"""Django's settings, all derived from the environment; nothing here is read from anywhere else."""

from contextlib import suppress

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from forum.environment import ROOT, read_environment

try:
    ENVIRONMENT = read_environment()
except ImproperlyConfigured as error:
    raise SystemExit(str(error)) from error  # the sentence alone, of every process alike

DEMO = ENVIRONMENT.demo
DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
TAG_KEY = ENVIRONMENT.tag_key
KEY_STORE = ENVIRONMENT.key_store
PUBLIC_ORIGINS = list(ENVIRONMENT.public_origins)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if DEMO else ENVIRONMENT.hosts
CSRF_TRUSTED_ORIGINS = PUBLIC_ORIGINS

INSTALLED_APPS = [
    "daphne",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "channels",
    "forum",
    "boards",
    "realtime",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "forum.web.middleware.SignInFirst",
    "forum.web.middleware.RefusalsAsPages",
]

ROOT_URLCONF = "forum.urls"
ASGI_APPLICATION = "forum.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "forum.web.context.page",
                "forum.notifications.context.unread",
                "boards.home.context.nav",
                "boards.world.context.demo_accounts",
            ],
            "builtins": ["forum.templatetags.page"],
        },
    }
]

# --- Storage -------------------------------------------------------------------------------------------------------

DATABASES = {"default": dict(ENVIRONMENT.database)}
if DEMO:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
else:
    # Any of many threads may serve a page (forum/web/serving.py), but few at once need a connection: they share these.
    # They plan a question once, not each time it is asked.
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 20, "timeout": 10},
        "server_side_binding": True,
        "prepare_threshold": 5,
    }
    # What is read row by row here is the short list of a form's choices: a cursor would only add round trips.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if DEMO
    else {
        "BACKEND": "forum.web.cache.ForgivingRedisCache",
        "LOCATION": ENVIRONMENT.cache_url,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
}
CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    if DEMO
    else {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [ENVIRONMENT.redis_url], "prefix": "board"},
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
with suppress(OSError):  # an image brings its folder along and may not write another
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS: list[str] = []
ATTACHMENTS = ENVIRONMENT.attachments  # never below a folder that is served as it is, see forum/checks.py
WHITENOISE_USE_FINDERS = DEMO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

MAILERS = {"default": ENVIRONMENT.mail}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from

# --- Language and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("한국어")), ("en", _("영어"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Accounts ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "forum.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # seconds
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "forum.notifications.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "forum.accounts.forms.LoginForm",
    "signup": "forum.accounts.forms.SignupForm",
    "confirm_email_verification_code": "forum.accounts.forms.CodeForm",
    "reset_password": "forum.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "forum.accounts.forms.ResetPasswordKeyForm",
    "change_password": "forum.accounts.forms.ChangePasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# A whole town hall comes from one address: per address the limits hold off a machine, per account a guesser.
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "5/10m/key",
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
    "signup": "100/m/ip",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger gets no mail because somebody typed their address
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENVIRONMENT.secure and not DEMO else "http"

# --- What the browser is told --------------------------------------------------------------------------------------

SECURE = not DEMO and ENVIRONMENT.secure
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 7
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "forum.web.errors.stale_form"
# A sealed act must write no row with a user key: messages travel in a cookie, sessions are not saved on reading.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SESSION_SAVE_EVERY_REQUEST = False
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# --- What the browser may send -------------------------------------------------------------------------------------

# Three limits, from the outside inwards: a request is cut off at these sizes before it is read (forum/web/bodies.py),
# its fields without the files may hold a megabyte, and of one file no more than this is kept while it comes in.
LARGEST_BODY = 2 * 1024 * 1024
LARGEST_BODY_WITH_FILES = 64 * 1024 * 1024  # ten files at once within what a proposal may hold, and some air
PATHS_WITH_FILES = r"/attachments/$|/proposals/\d+/edit/$"
LARGEST_UPLOAD = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # more than a proposal takes, so that a sentence refuses the eleventh
FILE_UPLOAD_HANDLERS = ["forum.web.uploads.NamelessUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "forum": {"level": "INFO"},
        "boards": {"level": "INFO"},
        "realtime": {"level": "INFO"},
        "channels_redis": {"level": "CRITICAL"},  # a traceback a second; the bus says once that it is down
    },
}
