"""Whether this server lives, and whether it can do its work: database, migrations, jobs."""

from __future__ import annotations

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.models.vitals import vitals


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as this process answers at all; nothing else is asked."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when work can be done, else 503 with the reason in a sentence.

    How jobs stand is told beside it: pages are served well though the worker is away, and a
    balancer that took every web server out for that would make it worse.
    """
    try:
        missing = len(_shipped() - MigrationRecorder(connection).applied_migrations().keys())
        if missing:
            return _not_ready(
                f"Migrations are missing ({missing}): run `python manage.py migrate`."
            )
        now = vitals()
    except Error:
        # The cause names hosts and users: it belongs in the log, which Django writes.
        return _not_ready("The database does not answer.")
    jobs = {
        "waiting": now.waiting,
        "oldest_seconds": round(now.oldest),
        "workers_alive": now.workers,
    }
    return JsonResponse({"status": "ready", "jobs": jobs})


@cache
def _shipped() -> frozenset[tuple[str, str]]:
    # They cannot change while this process lives, and reading them takes 20 ms.
    return frozenset(MigrationLoader(None).disk_migrations)


def _not_ready(reason: str) -> JsonResponse:
    return JsonResponse({"status": "not ready", "reason": reason}, status=503)
