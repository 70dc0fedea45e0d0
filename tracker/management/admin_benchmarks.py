"""What pages of the workbench cost here, beside their own SQL sent bare."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tracker.domain.judging import Role
from tracker.models import Claim, User

ROUNDS = 5


def measure() -> dict[str, Any]:
    """Of each page: milliseconds, those of its statements sent bare, and how many they are."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = _editor()
    return {name: _page(client, address) for name, address in _addresses().items()}


def _editor() -> Client:
    user, _ = User.objects.get_or_create(username="bench", defaults={"is_staff": True})
    user.groups.add(Group.objects.get(name=Role.EDITOR))
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(user)
    return client


def _addresses() -> dict[str, str]:
    newest = Claim.objects.select_related("person").order_by("-pk")[0]
    middle = Claim.objects.filter(person__isnull=False).order_by("pk")[0]
    listed = reverse("admin:tracker_claim_changelist")
    # The two hundredth page, or the last one of a smaller world; Unfold counts from 1.
    deep = min(200, max(1, Claim.objects.count() // 50))
    words = " ".join(newest.quotation.exact.split()[:2])
    return {
        "home": reverse("admin:index"),
        "claims": listed,
        "claims, page 200": f"{listed}?p={deep}",
        "claims, drafts": f"{listed}?state__exact=draft",
        "claims, two words": f"{listed}?q={words}",
        "propositions due": f"{reverse('admin:tracker_proposition_changelist')}?standing=due",
        "one claim": reverse("admin:tracker_claim_change", args=[newest.pk]),
        "one person": reverse("admin:tracker_person_change", args=[middle.person_id]),
        "scoreboard": reverse("admin:tracker_scoreboard"),
    }


def _page(client: Client, address: str) -> dict[str, Any]:
    def open_page() -> None:
        cache.clear()
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    open_page()
    with CaptureQueriesContext(connection) as asked:
        open_page()
    queries = len(asked)
    statements = [query["sql"] for query in asked if _reads(query["sql"])]
    return {
        "ms": _time(open_page),
        "bare": _time(lambda: _bare(statements)),
        "queries": queries,
    }


def _reads(statement: str) -> bool:
    return statement.lstrip().upper().startswith(("SELECT", "WITH"))


def _bare(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()


def _time(work: Callable[[], None]) -> float:
    """Milliseconds that the work takes: the median of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return median(taken)
