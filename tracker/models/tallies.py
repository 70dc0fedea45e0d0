"""Tallies of score items, kept by the database itself, from which every score is computed.

Write d = (b - y)^2 - (p - y)^2 for a claim's improvement over its base rate. Where the base rate
is the reference class it is the same for all events with one outcome, so with a = (b - y)^2

    d = m a + t,    m = 1, t = -(p - y)^2                 against the reference class
                    m = 0, t = (b - y)^2 - (p - y)^2      against a stated base rate

and m and t do not depend on any other event. Sums over the claims of one subject on one event g
are s_g = m_g a + t_g; the cluster error needs sums of s_g^2, s_g n_g and n_g^2 over events, the
shrinkage sums of s_g / n_g and its square. All are polynomials in a whose coefficients are sums of
m, t, m^2, m t and t^2 over events of one outcome and one number of claims n_g. Those sums are what
`EventTally` keeps: exact integers, in millionths (t) and their squares, that stay as they are
when the base rate moves because somebody else's event was resolved. `tracker.domain.tallied` puts
a back in.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from tracker.models.people import Organisation, Person
from tracker.models.topics import Topic

KINDS = ("person", "organisation", "topic", "outlet")
TOGETHER = 0
"""The subject under which `EventTally` keeps all subjects of one kind as if they were one."""


class Tally(models.Model):
    """How often a subject said p, and how often it happened; kept by statement triggers."""

    p = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["subject", "p"], name="%(class)s_once"),
            models.CheckConstraint(condition=Q(hits__lte=F("n")), name="%(class)s_hits_within_n"),
        ]

    def __str__(self) -> str:
        return f"{self.hits} of {self.n} at {self.p} permille"


def _subject(noun: type[models.Model], name: str) -> Any:
    """Whose tally it is: nobody is ever deleted, so a foreign key would cost and refuse nothing."""
    return models.ForeignKey(
        noun, models.DO_NOTHING, related_name=name, db_constraint=False, db_index=False
    )


class PersonTally(Tally):
    subject = _subject(Person, "tallies")


class OrganisationTally(Tally):
    subject = _subject(Organisation, "tallies")


class TopicTally(Tally):
    subject = _subject(Topic, "tallies")


class OutletTally(Tally):
    subject = _subject(Organisation, "outlet_tallies")


class PhraseTally(models.Model):
    """How often a subject used a phrase, how often it happened, and the summed error of its p."""

    kind = models.TextField(choices=[(kind, kind) for kind in KINDS])
    subject_id = models.BigIntegerField()
    phrase = models.TextField(blank=True, help_text="Empty: the claims with a number of their own.")
    n = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()
    errors = models.PositiveBigIntegerField(help_text="Sum of (p - y)^2, in millionths.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "phrase"], name="phrase_tally_once"
            ),
            models.CheckConstraint(
                condition=Q(hits__lte=F("n")), name="phrase_tally_hits_within_n"
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.phrase}”: {self.hits} of {self.n}"


class EventTally(models.Model):
    """A subject's events with one outcome and one number of claims: how many, and their sums."""

    kind = models.TextField(choices=[(kind, kind) for kind in KINDS])
    subject_id = models.BigIntegerField(help_text="0: all subjects of the kind together.")
    y = models.SmallIntegerField(help_text="1 it happened, 0 it did not.")
    size = models.PositiveIntegerField(help_text="Claims on each of the events.")
    events = models.PositiveIntegerField()
    m = models.PositiveBigIntegerField(help_text="Claims held against the reference class.")
    t = models.BigIntegerField(help_text="Sum of t, in millionths.")
    mm = models.PositiveBigIntegerField(help_text="Sum over events of squared m.")
    mt = models.BigIntegerField(help_text="Sum over events of m times t.")
    tt = models.DecimalField(max_digits=60, decimal_places=0, help_text="... of squared t.")
    claim_mt = models.BigIntegerField(help_text="Sum over claims of m times t.")
    claim_tt = models.DecimalField(max_digits=60, decimal_places=0, help_text="... of squared t.")
    errors = models.PositiveBigIntegerField(help_text="Sum of (p - y)^2, in millionths.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "y", "size"], name="event_tally_once"
            ),
            # An event that happened in one claim and not in another is no event.
            models.CheckConstraint(condition=Q(y__in=[0, 1]), name="event_tally_one_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.events} events of {self.size} claims, outcome {self.y}"


class LastTally(models.Model):
    """One row, whose stamp is new whenever any tally is: what is computed may be kept until then.

    Who writes tallies holds it until the end of the transaction, so that no two can deadlock.
    Accounts have a stamp of their own: what is filed and still open moves no score.
    """

    stamp = models.UUIDField()
    accounts = models.UUIDField(db_default=RandomUUID())

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="last_tally_only_one")]

    def __str__(self) -> str:
        return str(self.stamp)


SUMS = ("events", "m", "t", "mm", "mt", "tt", "claim_mt", "claim_tt", "errors")


STAMPED = """
    INSERT INTO tracker_lasttally (id, stamp) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET stamp = EXCLUDED.stamp
"""


def tallies_of(kind: str, rows: str) -> str:
    """SQL of a subject's claims and hits per p; `rows` is SQL of score items with a weight `w`."""
    return f"""
        SELECT {kind}_id AS subject_id, p, sum(w) AS n, sum(w * y) AS hits
        FROM ({rows}) i WHERE {kind}_id IS NOT NULL GROUP BY {kind}_id, p
    """


def phrases_of(rows: str, kinds: tuple[str, ...] = KINDS) -> str:
    """SQL of claims, hits and errors per subject and phrase."""
    return f"""
        SELECT kind, subject_id, phrase, sum(w) AS n, sum(w * y) AS hits, sum(w * e) AS errors
        FROM ({_weighed(rows, kinds)}) i GROUP BY kind, subject_id, phrase
    """


ONE_OUTCOME = "CASE sum(w * y) WHEN 0 THEN 0 WHEN sum(w) THEN 1 ELSE 2 END"


def events_of(rows: str, kinds: tuple[str, ...] = KINDS, *, grades: int = 1) -> str:
    """SQL of `EventTally`; the side of a row says whether its event is added (1) or removed (-1).

    Rows on one side are all claims of their events, or differences that add up to that. Graded
    outcomes count y in steps of 1 / grades and give it back as a part of one.
    """
    outcome = ONE_OUTCOME if grades == 1 else f"min(y)::numeric / {grades}"
    return f"""
        SELECT kind, subject_id, y, n AS size, sum(side) AS events, sum(side * m) AS m,
               sum(side * t) AS t, sum(side * m * m) AS mm, sum(side * m * t) AS mt,
               sum(side * t::numeric * t) AS tt, sum(side * claim_mt) AS claim_mt,
               sum(side * claim_tt) AS claim_tt, sum(side * errors) AS errors
        FROM (
            SELECT kind, coalesce(subject_id, {TOGETHER}) AS subject_id, side, sum(w) AS n,
                   {outcome} AS y,
                   sum(w * m) AS m, sum(w * t) AS t, sum(w * m * t) AS claim_mt,
                   sum(w * t::bigint * t) AS claim_tt, sum(w * e) AS errors
            FROM ({_weighed(rows, kinds, 1000 // grades)}) i
            GROUP BY GROUPING SETS (
                (kind, proposition_id, side, subject_id), (kind, proposition_id, side)
            ) HAVING sum(w) > 0
        ) g GROUP BY kind, subject_id, y, n
    """


def per_event(rows: str, kind: str) -> str:
    """SQL of each subject's claims on each event: their number, their m and their t."""
    return f"""
        SELECT subject_id, proposition_id, min(y) AS y, sum(w) AS n, sum(w * m) AS m,
               sum(w * t) AS t
        FROM ({_weighed(rows, (kind,))}) i GROUP BY subject_id, proposition_id
    """


def _weighed(rows: str, kinds: tuple[str, ...], whole: int = 1000) -> str:
    """SQL of one row per claim and subject, with its m, t and error e (integers, see above).

    `whole` is what one step of y weighs in permille.
    """
    subjects = ", ".join(f"('{kind}', {kind}_id)" for kind in kinds)
    return f"""
        SELECT kind, subject_id, proposition_id, phrase, y, w, side,
               (base_rate IS NULL)::int AS m, e, coalesce(b, 0) - e AS t
        FROM (SELECT *, (p - {whole} * y) * (p - {whole} * y) AS e,
                     (base_rate - {whole} * y) * (base_rate - {whole} * y) AS b FROM ({rows}) r) c
        CROSS JOIN LATERAL (VALUES {subjects}) s (kind, subject_id)
        WHERE subject_id IS NOT NULL
    """


def scratch() -> str:
    """SQL of all score items as rows of the functions above."""
    return "SELECT *, 1 AS w, 1 AS side FROM tracker_scoreitem"


def afresh(*, grades: int = 1) -> dict[str, str]:
    """SQL of each tally, computed from the score items, by table.

    The kind is a constant of each part, so that a question for one kind groups no other.
    """
    items = scratch()
    sums = ", ".join(("y", "size", *SUMS))
    phrases = [
        f"SELECT '{kind}' AS kind, subject_id, phrase, n, hits, errors"
        f" FROM ({phrases_of(items, (kind,))}) {kind}"
        for kind in KINDS
    ]
    events = [
        f"SELECT '{kind}' AS kind, subject_id, {sums}"
        f" FROM ({events_of(items, (kind,), grades=grades)}) {kind}"
        for kind in KINDS
    ]
    return {
        **{f"tracker_{kind}tally": tallies_of(kind, items) for kind in KINDS},
        "tracker_phrasetally": " UNION ALL ".join(phrases),
        "tracker_eventtally": " UNION ALL ".join(events),
    }


def merged(table: str, keys: tuple[str, ...], sums: tuple[str, ...], changes: str) -> str:
    """SQL that adds changes to a tally and removes what is empty then."""
    columns = ", ".join(keys + sums)
    same = " AND ".join(f"k.{key} = c.{key}" for key in keys)
    changed = " OR ".join(f"{name} <> 0" for name in sums)
    return f"""
        MERGE INTO {table} k
        USING (SELECT * FROM ({changes}) d WHERE {changed}) c ON {same}
        WHEN MATCHED AND k.{sums[0]} + c.{sums[0]} = 0 THEN DELETE
        WHEN MATCHED THEN UPDATE SET {", ".join(f"{name} = k.{name} + c.{name}" for name in sums)}
        WHEN NOT MATCHED THEN INSERT ({columns})
            VALUES ({", ".join(f"c.{name}" for name in keys + sums)});
    """


def carried(rows: str, weight: int) -> str:
    """The body of a trigger that carries a statement's score items into every tally.

    Events are computed from their items, before and after, so nothing is kept per event.
    """
    weighed = f"SELECT *, {weight} AS w, 1 AS side FROM {rows}"
    touched = f"""
        SELECT i.*, 1 AS w, side FROM tracker_scoreitem i CROSS JOIN (VALUES (1), (-1)) v (side)
        WHERE proposition_id IN (SELECT proposition_id FROM {rows})
        UNION ALL SELECT *, {-weight}, -1 FROM {rows}
    """
    keyed = ("kind", "subject_id")
    statements = [
        merged(
            f"tracker_{kind}tally", ("subject_id", "p"), ("n", "hits"), tallies_of(kind, weighed)
        )
        for kind in KINDS
    ] + [
        merged(
            "tracker_phrasetally",
            (*keyed, "phrase"),
            ("n", "hits", "errors"),
            phrases_of(weighed),
        ),
        merged("tracker_eventtally", (*keyed, "y", "size"), SUMS, events_of(touched)),
    ]
    return f"""
        IF NOT EXISTS (SELECT 1 FROM {rows}) THEN
            RETURN NULL;
        END IF;
        {STAMPED};
        {"".join(statements)}
        RETURN NULL;
    """
