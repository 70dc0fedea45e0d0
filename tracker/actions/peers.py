"""How a subject did beside all others who spoke to the same propositions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from django.db import connection

from tracker.actions.scores import Subject
from tracker.domain.peers import Peers, among_peers

# Only propositions that somebody else spoke to are brought here, whatever the subject has said.
HEARD = """
    SELECT proposition_id, y, subject, p, n FROM (
        SELECT proposition_id, min(y) AS y, {kind}_id AS subject, sum(p) AS p, count(*) AS n,
               count(*) OVER (PARTITION BY proposition_id) AS speakers
        FROM tracker_scoreitem
        WHERE {kind}_id IS NOT NULL AND proposition_id IN (
            SELECT proposition_id FROM tracker_scoreitem WHERE {kind}_id = %s)
        GROUP BY proposition_id, {kind}_id
    ) s WHERE speakers > 1 ORDER BY proposition_id
"""


def peers_of(subject: Subject, pk: int) -> Peers:
    """One subject's mean peer score and boldness; repeated claims on one event are averaged."""
    return among_peers(str(pk), _heard(subject.kind, pk))


def _heard(kind: str, pk: int) -> Iterator[tuple[int, dict[str, Fraction]]]:
    """Yields the outcome of each shared proposition, with the mean p of each who spoke to it."""
    with connection.cursor() as cursor:
        cursor.execute(HEARD.format(kind=kind), [pk])
        rows = cursor.fetchall()
    for _, of_one in groupby(rows, key=lambda row: row[0]):
        spoken = list(of_one)
        stated = {str(name): Fraction(int(p), 1000 * n) for _, _, name, p, n in spoken}
        yield int(spoken[0][1]), stated
