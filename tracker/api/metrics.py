"""Figures for Prometheus at /metrics: requests as they are answered, the rest when it is asked."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from ipaddress import ip_address
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from tracker.models.vitals import vitals

OWN = CollectorRegistry()
SECONDS = Histogram(
    "tracker_request_seconds",
    "How long requests took, by route and method.",
    ("route", "method"),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=OWN,
)
ANSWERS = Counter(
    "tracker_answers",
    "Requests answered, by route, method and status.",
    ("route", "method", "status"),
    registry=OWN,
)
DATABASE = Counter(
    "tracker_database_seconds",
    "Time that requests waited for the database, by route and method.",
    ("route", "method"),
    registry=OWN,
)
METHODS = {"GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT"}


class Clock:
    """Adds up how long the database took."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], *question: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*question)
        finally:
            self.seconds += time.perf_counter() - began


class Measured:
    """Counts each request under its route, so that no address of a record makes a series."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, clock = time.perf_counter(), Clock()
        with connection.execute_wrapper(clock):
            response = self.get_response(request)
        match = request.resolver_match
        route = readable(match.route) if match else "none"
        method = request.method if request.method in METHODS else "other"
        SECONDS.labels(route, method).observe(time.perf_counter() - began)
        ANSWERS.labels(route, method, str(response.status_code)).inc()
        DATABASE.labels(route, method).inc(clock.seconds)
        return response


@cache
def readable(route: str) -> str:
    """Returns a route without the signs of regular expressions: api/v1/claims/<key>/."""
    named = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", route)
    return re.sub(r"[\^$]|\\(?=[./-])|\\Z", "", named)


class Stand(Collector):
    """How the installation stands, asked when Prometheus asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            now = vitals()
        except Error:
            yield GaugeMetricFamily("tracker_database_up", "The database answers.", 0)
            return
        yield GaugeMetricFamily("tracker_database_up", "The database answers.", 1)
        jobs = GaugeMetricFamily("tracker_jobs", "Jobs by status.", labels=["status"])
        for status, number in (
            ("waiting", now.waiting),
            ("doing", now.doing),
            ("failed", now.failed),
        ):
            jobs.add_metric([status], number)
        yield jobs
        yield GaugeMetricFamily(
            "tracker_job_lag_seconds", "How long the oldest job that could begin waits.", now.oldest
        )
        yield GaugeMetricFamily("tracker_workers", "Job workers that are alive.", now.workers)
        yield GaugeMetricFamily("tracker_claims", "Claims, as PostgreSQL estimates.", now.claims)
        rounds = GaugeMetricFamily("tracker_open_rounds", "Open rounds.", labels=["state"])
        for state, number in now.rounds.items():
            rounds.add_metric([state], number)
        yield rounds


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer who has the token, or without one set, this machine alone; all others get 404."""
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Stand())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # untyped there
        return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    return HttpResponse(
        generate_latest(OWN) + generate_latest(registry), content_type=CONTENT_TYPE_LATEST
    )


def _may_read(request: HttpRequest) -> bool:
    token = settings.TRACKER_METRICS_TOKEN
    if token:
        sent = request.headers.get("Authorization", "")
        return compare_digest(sent.encode(), f"Bearer {token}".encode())
    # What a proxy on this machine hands on comes from elsewhere.
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
