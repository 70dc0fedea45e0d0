"""What a request costs here, beside PostgreSQL with nothing but psycopg and orjson before it."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults

import orjson
from django.db import connection
from psycopg.rows import dict_row

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
WARM_UP = 20
ROUNDS = 7
REQUESTS = 40


@dataclass(frozen=True)
class Benchmark:
    """One address, and the SQL with which a bare server reads the same rows."""

    name: str
    path: str
    query: str
    bare_sql: str


@dataclass(frozen=True)
class Figure:
    """Milliseconds per request here and bare: the median of several rounds."""

    name: str
    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many requests we answer while the bare server answers one."""
        return self.bare / self.ours


BENCHMARKS = (
    Benchmark("health", "/health/", "", "SELECT app, name FROM django_migrations"),
    Benchmark(
        "50 claims",
        "/api/v1/claims/",
        "limit=50",
        """
        SELECT claim.*, person.name AS speaker, person.slug, quotation.exact, source.title,
               source.canonical_url, proposition.statement
        FROM tracker_claim claim
        LEFT JOIN tracker_person person ON person.id = claim.person_id
        LEFT JOIN tracker_quotation quotation ON quotation.id = claim.quotation_id
        LEFT JOIN tracker_snapshot snapshot ON snapshot.id = quotation.snapshot_id
        LEFT JOIN tracker_source source ON source.id = snapshot.source_id
        LEFT JOIN tracker_proposition proposition ON proposition.id = claim.proposition_id
        ORDER BY claim.id DESC LIMIT 50
        """,
    ),
)


class Refused(Exception):
    """The application did not answer 200; the message names the address and the status."""


def measure(application: Application, token: str) -> Iterator[Figure]:
    """Measure each benchmark in this process, so that no network and no web server has a part."""
    for benchmark in BENCHMARKS:
        ours, bare = [], []
        bare_application = _bare(benchmark.bare_sql)
        for _ in range(WARM_UP):
            _ask(application, benchmark, token)
            _ask(bare_application, benchmark, token)
        # In turns, because a neighbour's load would otherwise fall on one of the two.
        for _ in range(ROUNDS):
            ours.append(_milliseconds(application, benchmark, token))
            bare.append(_milliseconds(bare_application, benchmark, token))
        yield Figure(benchmark.name, statistics.median(ours), statistics.median(bare))


def _bare(sql: str) -> Application:
    connection.ensure_connection()
    cursor = connection.connection.cursor(row_factory=dict_row)

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = orjson.dumps({"results": cursor.execute(sql).fetchall()}, default=str)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [body]

    return application


def _milliseconds(application: Application, benchmark: Benchmark, token: str) -> float:
    began = time.perf_counter()
    for _ in range(REQUESTS):
        _ask(application, benchmark, token)
    return (time.perf_counter() - began) * 1000 / REQUESTS


def _ask(application: Application, benchmark: Benchmark, token: str) -> None:
    environ: dict[str, Any] = {
        "PATH_INFO": benchmark.path,
        "QUERY_STRING": benchmark.query,
        "HTTP_HOST": "localhost",
        "HTTP_AUTHORIZATION": f"Token {token}",
        "wsgi.input": io.BytesIO(),
    }
    setup_testing_defaults(environ)
    answers: list[str] = []
    body = application(environ, lambda status, headers, exc_info=None: answers.append(status))
    size = sum(map(len, body))
    close = getattr(body, "close", None)
    if close:
        close()
    if not size or not answers[0].startswith("200"):
        raise Refused(f"{benchmark.path} answered {answers[0]}.")
