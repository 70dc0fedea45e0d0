"""What the tests of benchmarks share: one request instead of hundreds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tracker.management import benchmarks


@pytest.fixture
def one_request(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Measure a single request, inside the transaction of the test."""
    for name in ("WARM_UP", "ROUNDS", "REQUESTS"):
        monkeypatch.setattr(benchmarks, name, 1)
    # Django's test client does the same: a request would end the test's own transaction.
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)
