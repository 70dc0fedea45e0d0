"""What the API costs over HTTP, beside a bare server that sends the same JSON in the same run."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tracker.api.claim_json import CLAIM
from tracker.api.pages import Order, cursor_at
from tracker.api.passages import IN_FULL
from tracker.management import bare_posts
from tracker.management.bare_posts import inserts
from tracker.management.processes import web_command
from tracker.models import Claim, Person, User
from tracker.models.claims import ClaimState

ROUNDS, CONNECTIONS = 3, 4
WARMING = 1  # seconds in which every process of a server has answered once
LIST = "/api/v1/claims/?limit=50"
ADDRESS = "'http://127.0.0.1/api/v1/claims/'"
PAGE = """
    FROM (SELECT o.* FROM tracker_claim o JOIN tracker_claimindex i ON i.claim_id = o.id
          WHERE o.state <> 'merged' AND {0} LIMIT 50) c,
    (SELECT '[]'::json AS missing) page
"""
NEWEST = "ORDER BY o.said_on DESC, o.id DESC"
# A bare GROUP BY, as somebody would write who keeps no tallies.
LEADERS = """
    SELECT json_build_object('person', person_id, 'n', count(*), 'events',
        count(DISTINCT proposition_id), 'brier', avg(power((p - 1000 * y) / 1000.0, 2)))::text
    FROM tracker_scoreitem WHERE person_id IS NOT NULL GROUP BY person_id
    ORDER BY count(*) DESC LIMIT 50
"""
SCRIPT = """
local paths, body, number = {%s}, %s, %d
local at = 0
wrk.headers["Content-Type"] = "application/json"
request = function()
    at = at %% #paths + 1
    if body == "" then return wrk.format("GET", paths[at]) end
    number = number + 1
    return wrk.format("POST", paths[at], nil, (body:gsub("%s", string.format("%%d", number))))
end
done = function(summary, latency)
    local e = summary.errors
    io.write(string.format("FOUND %%f %%f %%f %%d\\n", summary.requests / summary.duration * 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        e.status + e.connect + e.read + e.timeout))
end
"""


class NoLoad(Exception):
    """The servers cannot be put under load; the message says why."""


@dataclass(frozen=True)
class Benchmark:
    """Addresses that are asked in turns, here and of the bare server, and the ratio wanted.

    With `bodies`, ours and the bare server's, they are sent these, each with a number of its own.
    """

    name: str
    ours: Sequence[str]
    bare: Sequence[str]
    wanted: float
    bodies: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Load:
    """Requests a second, CPU milliseconds a request (servers and PostgreSQL), latencies in ms."""

    rate: float
    cpu: float
    p50: float
    p99: float


def statements(by: User) -> dict[str, Any]:
    """Returns the bare server's SQL by path; what is posted is several statements by name."""
    claim, full = (
        built.sql().replace("%(address)s", ADDRESS).replace("%(staff)s", "TRUE")
        for built in (CLAIM, IN_FULL)
    )
    beyond = "(o.said_on, o.id) < (%(said_on)s::date, %(id)s::bigint)"
    due = "o.person_id = %(speaker)s AND o.state = 'frozen' ORDER BY i.due_on, i.claim_id"
    return {
        "list": f"SELECT {claim}::text {PAGE.format('TRUE ' + NEWEST)}",
        "page": f"SELECT {claim}::text {PAGE.format(f'{beyond} {NEWEST}')}",
        "filter": f"SELECT {claim}::text {PAGE.format(due)}",
        "search": f"""SELECT {claim}::text
            {PAGE.format("i.words @@ tracker_query(%(q)s) " + NEWEST)}""",
        "one": f"SELECT {full}::text {PAGE.format('o.id = %(id)s')}",
        "post": {
            **inserts(by, timezone.now()),
            "answer": f"SELECT {full}::text {PAGE.format('o.id = %(claim)s')}",
        },
        "leaders": LEADERS,
    }


def benchmarks() -> list[Benchmark]:
    """Returns what is asked of the database at hand: speakers, words and claims that are there."""
    speakers = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:200:10])
    claims = list(Claim.objects.order_by("-pk").values_list("pk", flat=True)[:1000:50])
    filters = [f"speaker={pk}" for pk in speakers]
    words = [urlencode({"q": pair}) for pair in _pairs()]
    filtered = f"{LIST}&state=frozen&order=due&"
    return [
        Benchmark("50 claims", [LIST], ["/list"], 0.45),
        Benchmark("50 claims, page in the middle", *_page(0.5), 0.45),
        Benchmark("50 claims, page near the end", *_page(0.99), 0.45),
        Benchmark(
            "of a speaker, by deadline",
            [filtered + one for one in filters],
            [f"/filter?{one}" for one in filters],
            0.50,
        ),
        Benchmark(
            "search for two words",
            [f"{LIST}&{one}" for one in words],
            [f"/search?{one}" for one in words],
            0.55,
        ),
        Benchmark(
            "one claim",
            [f"/api/v1/claims/{pk}/" for pk in claims],
            [f"/one?id={pk}" for pk in claims],
            0.25,
        ),
        Benchmark(
            "log one nested claim",
            ["/api/v1/claims/"],
            ["/post"],
            0.35,
            (bare_posts.body(), json.dumps({"number": bare_posts.MODEL})),
        ),
        Benchmark("leaderboard", ["/api/v1/scores/people/?limit=50"], ["/leaders"], 20),
    ]


def _page(depth: float) -> tuple[list[str], list[str]]:
    """Addresses, here and bare, of the page so far down the list of all claims."""
    order = Order(("said_on", "pk"))
    claims = order.sort(Claim.objects.exclude(state=ClaimState.MERGED))
    last = claims[int(depth * claims.count())]
    place = cursor_at((last.said_on, last.pk), salt="tracker.pages.claims")
    bare = urlencode({"said_on": last.said_on, "id": last.pk})
    return [f"{LIST}&{urlencode({'cursor': place})}"], [f"/page?{bare}"]


def _pairs() -> list[str]:
    """Two words each of some quotations, so that every search finds something."""
    exact = Claim.objects.order_by("pk").values_list("quotation__exact", flat=True)[:2000:100]
    found = []
    for text in exact:
        words = sorted({w.strip(".,;:“”\"'?!") for w in text.split()}, key=len)
        found.append(" ".join(words[-2:]))
    return found


def measure(
    ports: tuple[int, int], servers: tuple[int, int], token: str, folder: Path, seconds: int
) -> Iterator[tuple[Benchmark, Load, Load]]:
    """Measures each benchmark here and bare, in turns of so many seconds; raises NoLoad."""
    if not shutil.which("wrk"):
        raise NoLoad("This takes wrk, the load generator: install it (Debian: apt install wrk).")
    for benchmark in benchmarks():
        runs: tuple[list[Load], list[Load]] = ([], [])
        sides = [
            Asked(ports[side], paths, benchmark.bodies[side], token)
            for side, paths in enumerate((benchmark.ours, benchmark.bare))
        ]
        for asked in sides:
            asked.try_once()
            _shoot(asked, folder, WARMING)
        for _ in range(ROUNDS):
            # In turns, because a neighbour's load would otherwise fall on one of the two.
            for side, asked in enumerate(sides):
                runs[side].append(_load(asked, servers[side], folder, seconds))
        yield benchmark, _median(runs[0]), _median(runs[1])


@dataclass(frozen=True)
class Asked:
    """What a server is asked under load: paths of a port in turns, with this body, if any."""

    port: int
    paths: Sequence[str]
    body: str
    token: str

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def script(self) -> str:
        """Returns the load generator's script; no number of a body was used before this moment."""
        paths = ", ".join(json.dumps(path) for path in self.paths)
        return SCRIPT % (paths, f"[==[{self.body}]==]", _number(), bare_posts.MODEL)

    def try_once(self) -> None:
        """Asks for each path once; raises NoLoad where one is not answered."""
        headers = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}
        for path in self.paths:
            sent = self.body.replace(bare_posts.MODEL, str(_number())).encode() or None
            request = urllib.request.Request(self.base + path, sent, headers)
            try:
                urllib.request.urlopen(request, timeout=60).read()
            except OSError as error:
                raise NoLoad(f"{path} is not answered: {error}.") from error


def _number() -> int:
    return time.time_ns() // 1_000_000


def _load(asked: Asked, server: int, folder: Path, seconds: int) -> Load:
    before = _cpu(server)
    rate, p50, p99 = _shoot(asked, folder, seconds)
    spent = _cpu(server) - before
    return Load(rate, 1000 * spent / max(1, rate * seconds), p50, p99)


def _shoot(asked: Asked, folder: Path, seconds: int) -> tuple[float, float, float]:
    """Requests a second, and milliseconds at p50 and p99; raises NoLoad where one fails."""
    script = folder / "paths.lua"
    script.write_text(asked.script())
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "--timeout", "30"]
    header = f"Authorization: Token {asked.token}"
    done = subprocess.run(
        [*command, "-H", header, "-s", str(script), asked.base],
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("FOUND"))
    rate, p50, p99, failed = (float(part) for part in line.split()[1:])
    if failed:
        raise NoLoad(f"{asked.paths[0]}: {failed:.0f} requests failed.")
    return rate, p50, p99


def _cpu(server: int) -> float:
    """Seconds of processor time that a web server and PostgreSQL have taken so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ours = psutil.Process(cursor.fetchone()[0])
    family = [psutil.Process(server), *psutil.Process(server).children(recursive=True)]
    postmaster = ours.parent()
    family += postmaster.children() if postmaster else []
    return sum(p.cpu_times().user + p.cpu_times().system for p in family if p.is_running())


def _median(runs: Sequence[Load]) -> Load:
    fields = ("rate", "cpu", "p50", "p99")
    return Load(*(statistics.median(getattr(run, name) for run in runs) for name in fields))


def bare_command(port: int, workers: int) -> list[str]:
    """Returns the command of the bare server: the same web server, another application."""
    ours = web_command(port, workers)
    return ["tracker.management.bare_api" if word == "tracker.wsgi" else word for word in ours]


def dsn() -> str:
    """Returns how the bare server reaches the database at hand.

    With our own options: the triggers of both are equally quick.
    """
    connection.ensure_connection()
    info: Any = connection.connection.info
    return make_conninfo("", **{**conninfo_to_dict(info.dsn), "password": info.password or None})
