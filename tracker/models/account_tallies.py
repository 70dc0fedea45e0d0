"""What became of every claim, counted by the database: records read a few rows of any size.

`AccountItem` keeps what the view `tracker_claim_account` says of each claim. Statement triggers on
all that the view reads bring it up to date, whoever wrote and by whatever door
(`tracker.models.accounting`); triggers on the items carry the differences into `AccountTally`.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from tracker.models.tallies import KINDS, merged

ACCOUNT_KEYS = ("kind", "subject_id", "account", "tier", "hindsight", "verdict", "lexicon_id")
ACCOUNT_SUMS = ("n", "flagged", "one_judge")
NO_LEXICON = 0


ITEM_COLUMNS = """claim_id, person_id, organisation_id, topic_id, outlet_id, account, tier,
    hindsight, verdict, lexicon_id, flagged, one_judge"""
ITEMS = f"""
    SELECT claim_id, person_id, organisation_id, topic_id, outlet_id, account, tier, hindsight,
        coalesce(CASE account WHEN 'verdict_only' THEN (
            SELECT outcome FROM tracker_current_resolution v WHERE v.id = resolution_id
        ) END, '') AS verdict,
        coalesce(CASE account WHEN 'scored' THEN lexicon_id END, {NO_LEXICON}) AS lexicon_id,
        account = 'scored' AND coalesce(flagged, FALSE) AS flagged,
        account = 'scored' AND EXISTS (
            SELECT 1 FROM tracker_resolution r WHERE r.id = resolution_id AND r.method = 'single'
        ) AS one_judge
    FROM tracker_claim_account
"""
"""SQL of the items, as the record has them."""
COUNTED = "SELECT *, 1 AS w FROM tracker_accountitem"


def accounts_of(items: str, kinds: tuple[str, ...] = KINDS) -> str:
    """SQL of `AccountTally`; `items` is SQL of account items with a weight `w`."""
    subjects = ", ".join(f"('{kind}', {kind}_id)" for kind in kinds)
    keys = ", ".join(ACCOUNT_KEYS)
    return f"""
        SELECT {keys}, sum(w) AS n, sum(w * flagged::int) AS flagged,
            sum(w * one_judge::int) AS one_judge
        FROM ({items}) i CROSS JOIN LATERAL (VALUES {subjects}) s (kind, subject_id)
        WHERE subject_id IS NOT NULL GROUP BY {keys}
    """


def _carried(items: str) -> str:
    """The body of a trigger that carries a statement's items into the tally."""
    return f"""
        IF NOT EXISTS (SELECT 1 FROM ({items}) i) THEN
            RETURN NULL;
        END IF;
        INSERT INTO tracker_lasttally (id, stamp, accounts)
        VALUES (1, gen_random_uuid(), gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET accounts = EXCLUDED.accounts;
        {merged("tracker_accounttally", ACCOUNT_KEYS, ACCOUNT_SUMS, accounts_of(items))}
        RETURN NULL;
    """


NEW, OLD = "SELECT *, 1 AS w FROM new_rows", "SELECT *, -1 AS w FROM old_rows"


def _counting(name: str, operation: pgtrigger.Operation, **sides: str) -> pgtrigger.Trigger:
    """A trigger that counts the items which a statement wrote, changed or took away."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**{side: f"{side}_rows" for side in sides}),
        func=_carried(" UNION ALL ".join(sides.values())),
    )


class AccountItem(models.Model):
    """What became of one claim that left the drafts, and whom it counts for; derived."""

    # Nothing that these point at is ever deleted: foreign keys would refuse nothing.
    claim = models.OneToOneField(
        "tracker.Claim",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="account_item",
    )
    person_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    topic_id = models.BigIntegerField(null=True)
    outlet_id = models.BigIntegerField(null=True)
    account = models.TextField()
    tier = models.TextField(blank=True)
    hindsight = models.BooleanField()
    verdict = models.TextField(
        blank=True, help_text="What became of a claim that gets a verdict and no score."
    )
    lexicon_id = models.BigIntegerField(help_text="Of a scored claim; 0 without one.")
    flagged = models.BooleanField(help_text="Scored, though it is a possibility word.")
    one_judge = models.BooleanField(help_text="Scored as one person alone judged.")

    class Meta:
        triggers = [
            _counting("account_item_counted", pgtrigger.Insert, new=NEW),
            _counting("account_item_recounted", pgtrigger.Update, old=OLD, new=NEW),
            _counting("account_item_uncounted", pgtrigger.Delete, old=OLD),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.account}"


class AccountTally(models.Model):
    """How many claims of a subject share an account, a tier, a verdict and a lexicon."""

    kind = models.TextField(choices=[(kind, kind) for kind in KINDS])
    subject_id = models.BigIntegerField()
    account = models.TextField()
    tier = models.TextField(blank=True)
    hindsight = models.BooleanField()
    verdict = models.TextField(blank=True)
    lexicon_id = models.BigIntegerField()
    n = models.PositiveIntegerField()
    flagged = models.PositiveIntegerField()
    one_judge = models.PositiveIntegerField()

    class Meta:
        constraints = [
            # read by every record, and by every page of them
            models.UniqueConstraint(fields=ACCOUNT_KEYS, name="account_tally_once"),
            models.CheckConstraint(
                condition=Q(flagged__lte=F("n"), one_judge__lte=F("n")),
                name="account_tally_marks_within_n",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.account}"
