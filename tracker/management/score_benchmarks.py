"""What scores cost here, beside the bare SQL that reads or groups the same rows."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Collection
from functools import partial
from statistics import median
from typing import Any

from django.db import connection, transaction

from tracker.actions import scores, tallies
from tracker.actions.ranks import all_ranks
from tracker.actions.scores import Subject
from tracker.domain.calibration import corp
from tracker.domain.judging import Method, OutcomeAnswer
from tracker.domain.thresholds import DEFAULT_SEED
from tracker.models import Claim, PersonTally, Proposition, Resolution, User

ROUNDS = 5
EVENTS = "SELECT * FROM tracker_eventtally WHERE kind = 'person'"
CALIBRATION = "SELECT p, sum(n), sum(hits) FROM tracker_persontally GROUP BY p"
OWN = """
    SELECT (SELECT count(*) FROM tracker_eventtally WHERE kind = 'person' AND subject_id = %(id)s),
           (SELECT count(*) FROM tracker_phrasetally WHERE kind = 'person' AND subject_id = %(id)s),
           (SELECT count(*) FROM tracker_claim WHERE person_id = %(id)s),
           (SELECT count(*) FROM tracker_scoreitem WHERE person_id = %(id)s AND flagged)
"""


def measure() -> dict[str, Any]:
    """The figures, each (milliseconds here, milliseconds bare or 0), and what memory they took."""
    _bare_do("VACUUM ANALYZE")
    person = _ordinary_person()
    figures = {
        "leaderboard": (_time(_leaderboard), _time(partial(_bare, EVENTS))),
        "one record": (
            _time(partial(scores.record_of, Subject.PEOPLE, person)),
            _time(partial(_bare, OWN, {"id": person})),
        ),
        "calibration of everything": (_time(_calibration), _time(partial(_bare, CALIBRATION))),
    }
    # Read before the rest, which workers do: this is what a web process comes to.
    megabytes = _peak()
    figures["rank intervals, by a worker"] = (_time(_ranks, rounds=1), 0.0)
    figures["one resolution, counters and all"] = _resolution()
    figures["rebuild of all tallies"] = _rebuild()
    people = len(tallies.standings_of("person").by_name)
    return {
        "claims": Claim.objects.count(),
        "people": people,
        "figures": figures,
        "megabytes": megabytes,
    }


def _time(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Milliseconds that the work takes: the median, after a round to warm up if there are more."""
    taken = []
    for _ in range(rounds + (rounds > 1)):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return median(taken[-rounds:])


def _bare(statement: str, parameters: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        cursor.fetchall()


def _ordinary_person() -> int:
    """The one with the most claims among those who may not be ranked, or the first of all.

    Whoever may be ranked waits for the rank intervals of everyone, which have a line of their own.
    """
    everyone = tallies.standings_of("person").by_name
    unranked = [(own.sums.n, int(name)) for name, own in everyone.items() if not own.rankable]
    first = PersonTally.objects.values_list("subject_id", flat=True).order_by("subject_id")[0]
    return max(unranked)[1] if unranked else first


def _leaderboard() -> None:
    tallies.forget()
    tallies.standings_of("person")


def _calibration() -> None:
    corp(tallies.counts_of("person"))


def _ranks() -> None:
    all_ranks("person", seed=DEFAULT_SEED)


def _peak() -> float:
    """Megabytes at most so far; macOS counts in bytes, Linux in kilobytes."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _resolution() -> tuple[float, float]:
    """A resolution that scores its claims: with all tallies, and without any."""
    open_ones = Proposition.objects.filter(resolutions=None, claims__isnull=False).distinct()
    found = list(open_ones.values_list("pk", flat=True)[: 2 * (ROUNDS + 1)])
    rounds = max(1, len(found) // 2 - 1)
    return (
        _time(partial(_resolve, found, "origin"), rounds=rounds),
        _time(partial(_resolve, found, "replica"), rounds=rounds),
    )


def _resolve(propositions: list[int], role: str) -> None:
    """Resolve the next proposition; as a replica PostgreSQL leaves all triggers out."""
    editor = User.objects.get(username="generator")
    pk = propositions.pop(0)
    with transaction.atomic():
        _bare_do(f"SET LOCAL session_replication_role = {role}")
        frozen = Proposition.objects.get(pk=pk).frozen_at
        assert frozen is not None, "invented propositions are frozen"
        Resolution.objects.create(
            proposition_id=pk,
            outcome=OutcomeAnswer.CAME_TRUE,
            method=Method.AGREED,
            rationale="Measured.",
            decided_by=editor,
            decided_at=frozen,
            reply_until=frozen,
            published_at=frozen,
            published_by=editor,
        )
        scores.rescore([pk])


def _rebuild() -> tuple[float, float]:
    """All tallies from nothing, and the same groups without keeping them.

    Whole rows are counted: to `count(*)` the server would leave out the sums.
    """
    queries = tallies.computed()
    tables: Collection[str] = dict.fromkeys(table for table, *_ in queries)
    bare = sum(
        _time(partial(_bare, f"SELECT count(g) FROM ({query}) g"), rounds=1)
        for *_, query in queries
    )
    _bare_do(f"TRUNCATE {', '.join(tables)}")
    return _time(tallies.rebuild, rounds=1), bare


def _bare_do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
