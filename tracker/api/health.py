"""Whether this server can do its work: the web, the database and its migrations."""

from __future__ import annotations

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when work can be done, else 503 with the reason in a sentence."""
    try:
        missing = len(_shipped() - MigrationRecorder(connection).applied_migrations().keys())
    except Error:
        # The cause names hosts and users: it belongs in the log, which Django writes.
        return _not_ready("The database does not answer.")
    if missing:
        return _not_ready(f"Migrations are missing ({missing}): run `python manage.py migrate`.")
    return JsonResponse({"status": "ready"})


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    # They cannot change while this process lives, and reading them takes 20 ms.
    return frozenset(MigrationLoader(None).disk_migrations)


def _not_ready(reason: str) -> JsonResponse:
    return JsonResponse({"status": "not ready", "reason": reason}, status=503)
