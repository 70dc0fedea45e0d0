"""Staged claims enter the record in the database's own order, slice by slice in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pgtrigger
from django.db import connection
from procrastinate.contrib.django import app

from tracker.actions import scores
from tracker.actions.anchorings import JOB as REANCHOR
from tracker.actions.import_claims import Gathering
from tracker.models import Proposition
from tracker.models.accounting import ACCOUNTED
from tracker.models.events import EventKind

SLICE = 20_000  # lines
JOBS = 1_000
HELD = """
    INSERT INTO tracker_affiliation (uuid, person_id, organisation_id, role, valid)
    SELECT gen_random_uuid(), held.person, held.organisation, held.role, '(,)'
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) held(person, organisation, role)
    WHERE NOT EXISTS (
        SELECT 1 FROM tracker_affiliation a
        WHERE (a.person_id, a.organisation_id, a.role) = (held.person, held.organisation, held.role)
    )
"""
ANNOUNCED = """
    INSERT INTO tracker_event (uuid, kind, noun, record, facts, happened_at)
    SELECT gen_random_uuid(), %s, 'claims', id, '{}', %s FROM stage_claim
    WHERE line BETWEEN %s AND %s ORDER BY id
"""
TURN = "SELECT tracker_account_turn(ARRAY(SELECT DISTINCT proposition_id FROM stage_claim))"
ACCOUNT = f"SELECT tracker_account(ARRAY(SELECT id FROM stage_claim WHERE state IN {ACCOUNTED}))"
# Full captures of the pages touched that were not compared with some quotation of their page.
UNCOMPARED = """
    WITH touched AS (
        SELECT DISTINCT coalesce(s.merged_into_id, s.id) AS page FROM (
            SELECT source_id FROM stage_snapshot
            UNION SELECT n.source_id FROM stage_quotation q
                JOIN tracker_snapshot n ON n.id = q.snapshot_id
        ) own JOIN tracker_source s ON s.id = own.source_id
    ), captures AS (
        SELECT n.id, n.completeness, t.page FROM touched t
        JOIN tracker_source s ON s.id = t.page OR s.merged_into_id = t.page
        JOIN tracker_snapshot n ON n.source_id = s.id
    ), several AS (SELECT page FROM captures GROUP BY page HAVING count(*) > 1)
    SELECT c.id FROM captures c JOIN several USING (page)
    WHERE c.completeness = 'full' AND EXISTS (
        SELECT 1 FROM captures o JOIN tracker_quotation q ON q.snapshot_id = o.id
        WHERE o.page = c.page AND o.id <> c.id AND NOT EXISTS (
            SELECT 1 FROM tracker_anchoring a WHERE a.quotation_id = q.id AND a.snapshot_id = c.id
        )
    ) ORDER BY c.id
"""


def settle(gathered: Gathering) -> None:
    """Makes the stages ready to be checked and moved, each frozen proposition marked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE stage_proposition SET frozen_at = %s WHERE id = ANY(%s)",
            [gathered.now, list(gathered.freezing)],
        )
    for stage in gathered.all_stages():
        stage.settle()


def move(gathered: Gathering, last: int, tell: Callable[[int], None]) -> int:
    """Writes all that is staged, up to the last line, and what follows from it.

    `tell` hears how many claims are written so far; returns their number.
    """
    standing = hold()
    freeze(gathered.freezing, gathered.now)
    written = 0
    # All claims in one go, at the end: whoever counts is alone with the tallies until then.
    with pgtrigger.ignore("tracker.Claim:claim_accounted"):
        for first in range(0, last + 1, SLICE):
            until = first + SLICE - 1
            for stage in gathered.all_stages():
                moved = stage.move(first, until)
            written += moved
            announce(gathered.now, first, until)
            tell(written)
    affiliate(gathered)
    scores.rescore(standing)
    account()
    compare()
    return written


def hold() -> list[int]:
    """Locks the pages and propositions of the record that are added to; the propositions' ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id FROM tracker_source WHERE id IN (
                SELECT source_id FROM stage_snapshot
                UNION SELECT n.source_id FROM stage_quotation q
                    JOIN tracker_snapshot n ON n.id = q.snapshot_id
            ) ORDER BY id FOR UPDATE"""
        )
        cursor.execute(
            """SELECT id FROM tracker_proposition WHERE id IN (
                SELECT proposition_id FROM stage_claim
            ) ORDER BY id FOR NO KEY UPDATE"""
        )
        return [pk for (pk,) in cursor.fetchall()]


def freeze(propositions: set[int], now: datetime) -> None:
    """Fixes the wording of propositions on record that claims were frozen on."""
    open_yet = Proposition.objects.filter(pk__in=propositions, frozen_at=None)
    open_yet.update(frozen_at=now)


def announce(now: datetime, first: int, last: int) -> None:
    """Puts an event for each claim of these lines into the outbox."""
    with connection.cursor() as cursor:
        cursor.execute(ANNOUNCED, [EventKind.CLAIM_CREATED.value, now, first, last])


def account() -> None:
    """Counts what became of the claims that did not come as drafts."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM stage_claim WHERE state IN {ACCOUNTED})")
        if cursor.fetchone()[0]:
            cursor.execute(TURN)
            cursor.execute(ACCOUNT)


def affiliate(gathered: Gathering) -> None:
    """Keeps each role that a speaker held, once."""
    held = sorted(gathered.held)
    columns = [[one[place] for one in held] for place in range(3)]
    with connection.cursor() as cursor:
        cursor.execute(HELD, columns)


def compare() -> None:
    """Has each full capture compared with the quotations of its page that are new beside it."""
    with connection.cursor() as cursor:
        cursor.execute(UNCOMPARED)
        waiting = [pk for (pk,) in cursor.fetchall()]
    for first in range(0, len(waiting), JOBS):
        some = [{"snapshot_id": pk} for pk in waiting[first : first + JOBS]]
        app.configure_task(REANCHOR).batch_defer(*some)
