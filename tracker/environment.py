"""How the environment becomes settings: each text is read by a rule, or refused with it."""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import environ
import psutil
from django.core.exceptions import ImproperlyConfigured

from tracker.embedded.cluster import DATABASE, USER
from tracker.intake.guard import allowance

Value = TypeVar("Value")
# The name of the request in hand: its answer, its lines in the log and its changes carry it.
REQUEST: ContextVar[str] = ContextVar("request", default="")
env = environ.Env()
SITE = re.compile(r"https?://[A-Za-z0-9.\[\]:_-]+(/[A-Za-z0-9._~/-]*)?")
# What stands there in an address is a secret that opens a door by itself.
TOKEN = re.compile(r"(?<=/reply/|/feeds/)[^/\s\"']{40,}")


def read(kind: Callable[..., Value], name: str, default: Value, rule: str) -> Value:
    """Return one setting, or raise ImproperlyConfigured with the rule that its text breaks."""
    try:
        return kind(name, default=default)
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name}={os.environ[name]!r}: {rule}.") from error


def flag(name: str) -> bool:
    """Return a switch that is off unless it is turned on in so many words."""
    text = os.environ.get(name, "").strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={os.environ[name]!r}: write on or off.")


def number(name: str, default: int, least: int = 0, most: int = 2**31 - 1) -> int:
    """Return a whole number from `least` to `most`."""
    rule = f"write a whole number of at least {least}" + (
        f", at most {most}" if most < 2**31 - 1 else ""
    )
    value = read(env.int, name, default, rule)
    if not least <= value <= most:
        raise ImproperlyConfigured(f"{name}={value}: {rule}.")
    return value


def exempt(name: str, entries: list[str]) -> list[str]:
    """Return the addresses that a fetch may reach though they are not public."""
    try:
        for entry in entries:
            allowance(entry)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={os.environ[name]!r}: {error}") from error
    return entries


def base_url(name: str) -> str:
    """Return the site's own address without a slash at its end, or ""."""
    text = os.environ.get(name, "").strip().rstrip("/")
    if text and not SITE.fullmatch(text):
        raise ImproperlyConfigured(
            f"{name}={os.environ[name]!r}: write the site's address, such as https://tracker.example."
        )
    return text


def archive(name: str, folder: Path) -> dict[str, Any]:
    """Return Django's description of where captured bytes are kept: a folder, or a bucket.

    A bucket's credentials, region and endpoint are read by boto3 from its own AWS variables.
    """
    place = os.environ.get(name, "").strip().strip("/")
    if not place:
        backend = "django.core.files.storage.FileSystemStorage"
        return {"BACKEND": backend, "OPTIONS": {"location": str(folder)}}
    bucket, _, below = place.partition("/")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", bucket):
        raise ImproperlyConfigured(f"{name}={place!r}: write a bucket's name, or bucket/folder.")
    options = {"bucket_name": bucket, "location": below, "file_overwrite": True}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def kept_secret(folder: Path) -> str:
    """Return the key kept in this folder; the first start makes it, and of several at once, one."""
    path = folder / "secret_key"
    draft = folder / f"secret_key.{secrets.token_hex(8)}"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(64))
            with suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {folder} cannot be used ({error.strerror}): make it writable, "
            "or set TRACKER_VAR to one that is."
        ) from error


def metrics_folder(var: Path) -> Path:
    """Return the folder in which the processes of this server count together.

    It is named by their parent; those of servers that have ended are removed.
    """
    folder = var / "metrics" / str(os.getppid())
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.parent.iterdir():
        if not (other.name.isdigit() and psutil.pid_exists(int(other.name))):
            shutil.rmtree(other, ignore_errors=True)
    return folder


def database(url: str, statement_timeout: int) -> dict[str, Any]:
    """Return Django's description of the server of DATABASE_URL or, without one, our own.

    `statement_timeout` is in seconds; 0 means that a statement may take as long as it needs.
    """
    if url and not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL: write postgresql://user:password@host:port/name.")
    found: dict[str, Any] = env.db_url_config(url) if url else {"NAME": DATABASE, "USER": USER}
    options = found.pop("OPTIONS", {})
    # Each trigger asks whether it is ignored: where nothing is set, that is an error it catches,
    # and each error looks through all checks that wait for the end of the transaction.
    server = f"-c statement_timeout={statement_timeout}s -c pgtrigger.ignore={{}}"
    return {
        **found,
        "ENGINE": "tracker.embedded",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 5,
            "application_name": "tracker",
            **options,
            "options": f"{server} {options.get('options', '')}".strip(),
        },
    }


def _named(record: logging.LogRecord) -> dict[str, str]:
    """Return the request that an event belongs to; of a refusal Django tells when all is over."""
    name = REQUEST.get() or getattr(vars(record).get("request"), "name", "")
    return {"request": name} if name else {}


class EventFormatter(logging.Formatter):
    """Writes one JSON object per event: when, how grave, where, what, and its `extra` facts."""

    usual = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request"}

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; facts that JSON does not know are written as their text."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **_named(record),
            "event": TOKEN.sub("...", record.getMessage()),
            **{name: value for name, value in vars(record).items() if name not in self.usual},
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)
