"""By what claims are found: their words, and the day by which lists of them are ordered."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models import F, Func, Value

NEVER = date.max
"""Stands where there is no deadline, so that a list by deadline loses nobody: they come last."""
FEW = 2_000
# The text that is searched, cut where PostgreSQL would refuse it; the words of each weigh less.
LINES = """
    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,
           setweight(tracker_words(q.exact{further}), 'A')
           || setweight(tracker_words(coalesce(p.statement, '')), 'B')
           || setweight(tracker_words(s.title), 'C') AS words
    FROM {claims} c
    JOIN tracker_quotation q ON q.id = c.quotation_id
    JOIN tracker_snapshot n ON n.id = q.snapshot_id
    JOIN tracker_source s ON s.id = n.source_id
    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id
"""
# No phrase runs from one quotation into the next: stop words do not reach across the break.
FURTHER = """ || coalesce((
               SELECT string_agg(repeat(' endofquotation', 8) || ' ' || w.exact, '' ORDER BY f.id)
               FROM tracker_claim_further_quotations f
               JOIN tracker_quotation w ON w.id = f.quotation_id WHERE f.claim_id = c.id
           ), '')"""
ENTRIES = LINES.replace("{further}", FURTHER)


class ClaimIndex(models.Model):
    """One line per claim, kept by statement triggers of all that it is made of."""

    # Claims are never deleted: a foreign key would refuse nothing and cost every import.
    claim = models.OneToOneField(
        "tracker.Claim",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="index",
    )
    due_on = models.DateField()
    words = SearchVectorField()

    class Meta:
        indexes = [
            # read by the list of claims in order of their deadline
            models.Index(fields=["due_on", "claim"], name="claim_index_by_deadline"),
            # read by the search for words; without a list of latecomers, which searches read whole
            GinIndex(fields=["words"], name="claim_index_words", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}"


def sought(words: str) -> Func:
    """What a search asks for: words, "phrases", OR, and - before what must not be there."""
    return Func(Value(words), function="tracker_query", output_field=models.TextField())


def holds(words: str) -> Func:
    """Whether a claim, by its index, is found by these words."""
    return Func(
        F("index__words"),
        sought(words),
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=models.BooleanField(),
    )


def few_with(words: str) -> list[int] | None:
    """The ids of the claims that are found by these words, or None if they are not few.

    The planner takes words for independent of each other. Of two that are common and never meet
    it would look for the newest claim with both, one by one, through all there are.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT claim_id FROM (
                WITH found AS MATERIALIZED (
                    SELECT claim_id FROM tracker_claimindex WHERE words @@ tracker_query(%s)
                ) SELECT claim_id FROM found
            ) f LIMIT %s""",
            [words, FEW + 1],
        )
        found = [pk for (pk,) in cursor.fetchall()]
    return found if len(found) <= FEW else None


def bearing(words: str) -> Func:
    """How much a claim has to do with these words, in millionths."""
    return Func(
        F("index__words"),
        sought(words),
        template="(1000000 * ts_rank(%(expressions)s))::integer",
        output_field=models.IntegerField(),
    )


def _indexed(claims: str) -> str:
    if claims == NEW:
        # Further quotations come later, by a trigger of their own.
        return f"{_put(LINES.format(claims=claims, further=''))}RETURN NULL;"
    # Lines that stand are held before anything is read: what they are made of may be changing.
    return f"""
        IF EXISTS (SELECT 1 FROM {claims} c) THEN
            PERFORM claim_id FROM tracker_claimindex
            WHERE claim_id IN (SELECT c.id FROM {claims} c) ORDER BY claim_id FOR NO KEY UPDATE;
            {_put(ENTRIES.format(claims=claims))}
        END IF;
        RETURN NULL;
    """


def _put(entries: str) -> str:
    return f"""
        INSERT INTO tracker_claimindex (claim_id, due_on, words) {entries}
        ON CONFLICT (claim_id) DO UPDATE SET due_on = EXCLUDED.due_on, words = EXCLUDED.words;
    """


def indexing(name: str, claims: str, *, made: bool = False) -> pgtrigger.Trigger:
    """A trigger that indexes the claims that a statement touched.

    `claims` is SQL of them over the rows as they were, `before`, and as they are, `after`;
    of rows that were `made` there is no before.
    """
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert if made else pgtrigger.Update,
        referencing=pgtrigger.Referencing(new="after", **({} if made else {"old": "before"})),
        func=_indexed(claims),
    )


NEW = "after"
ADDED = "(SELECT o.* FROM tracker_claim o WHERE o.id IN (SELECT claim_id FROM after))"
MOVED = """(
    SELECT after.* FROM after JOIN before USING (id)
    WHERE (after.quotation_id, after.proposition_id)
        IS DISTINCT FROM (before.quotation_id, before.proposition_id)
)"""
REWORDED = """(
    SELECT o.* FROM tracker_claim o WHERE o.proposition_id IN (
        SELECT after.id FROM after JOIN before USING (id)
        WHERE (after.statement, after.deadline)
            IS DISTINCT FROM (before.statement, before.deadline)
    )
)"""
RETITLED = """(
    SELECT o.* FROM after JOIN before USING (id)
    JOIN tracker_snapshot m ON m.source_id = after.id
    JOIN tracker_quotation w ON w.snapshot_id = m.id
    JOIN tracker_claim o ON o.quotation_id = w.id
    WHERE after.title IS DISTINCT FROM before.title
)"""
