"""Whose account changes with a statement: triggers on all that `tracker_claim_account` reads.

Each waits for its turn (`tracker_account_turn` locks the propositions, in the order of
`scores.rescore`, and the row of `LastTally` last), and looks only then whose account it is that
may have changed: so what went on beside it is seen, by this transaction or by the other one.
`tracker_account` brings the items of these claims up to date (`tracker.models.account_tallies`).
"""

from __future__ import annotations

import pgtrigger

ACCOUNTED = "('frozen', 'retracted', 'misquote')"

# What a statement changed, by its rows: as they were, `before`, and as they are, `after`.
FILED = f"SELECT id FROM after WHERE state IN {ACCOUNTED}"
RECODED = f"""
    SELECT after.id FROM after JOIN before USING (id)
    WHERE (after.state IN {ACCOUNTED} OR before.state IN {ACCOUNTED}) AND (
        after.state, after.quotation_id, after.person_id, after.organisation_id,
        after.proposition_id, after.kind, after.polarity, after.hedge_term_id, after.p_point,
        after.p_tier, after.revises_id, after.coded_after_outcome
    ) IS DISTINCT FROM (
        before.state, before.quotation_id, before.person_id, before.organisation_id,
        before.proposition_id, before.kind, before.polarity, before.hedge_term_id, before.p_point,
        before.p_tier, before.revises_id, before.coded_after_outcome
    )
"""
RESOLVED = "SELECT proposition_id FROM after WHERE published_at IS NOT NULL"
RESOLVED_ANEW = """
    SELECT after.proposition_id FROM after JOIN before USING (id)
    WHERE (after.superseded_by_id, after.published_at)
        IS DISTINCT FROM (before.superseded_by_id, before.published_at)
"""
RECONSIDERED = """
    SELECT after.id FROM after JOIN before USING (id) WHERE (
        after.topic_id, after.specificity, after.condition_id, after.condition_required,
        after.merged_into_id
    ) IS DISTINCT FROM (
        before.topic_id, before.specificity, before.condition_id, before.condition_required,
        before.merged_into_id
    )
"""
MERGED = """
    SELECT after.id FROM after JOIN before USING (id)
    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id
"""
MOVED_PAGES = """
    SELECT after.id FROM after JOIN before USING (id)
    WHERE (after.outlet_id, after.merged_into_id)
        IS DISTINCT FROM (before.outlet_id, before.merged_into_id)
"""

# Whose account may change with that: SQL of claims, {0} being what changed.
THEMSELVES = "{0}"
# What hangs on a proposition as its condition, under its own name or one that was merged into it.
AFFECTED = """WITH RECURSIVE affected(id) AS (
            {0}
            UNION
            SELECT found.id FROM affected a CROSS JOIN LATERAL (
                SELECT id FROM tracker_proposition WHERE condition_id = a.id
                UNION ALL SELECT id FROM tracker_proposition WHERE merged_into_id = a.id
            ) found
        ) SELECT id FROM affected"""
RESTING = f"""
    SELECT c.id FROM tracker_claim c WHERE c.proposition_id IN (
        {AFFECTED}
    )
"""
SPOKEN_BY = "SELECT c.id FROM tracker_claim c WHERE c.person_id IN ({0})"
# A page is its outlet's under any of its addresses.
PRINTED_ON = """
    SELECT c.id FROM tracker_source s
    JOIN tracker_snapshot n ON n.source_id = s.id
    JOIN tracker_quotation q ON q.snapshot_id = n.id
    JOIN tracker_claim c ON c.quotation_id = q.id
    WHERE s.id IN ({0}) OR s.merged_into_id IN ({0})
"""
SPOKEN_FOR_OR_PRINTED_BY = f"""
    SELECT c.id FROM tracker_claim c WHERE c.organisation_id IN ({{0}})
    UNION
    {PRINTED_ON.format("SELECT id FROM tracker_source WHERE outlet_id IN ({0})")}
"""


def accounting(name: str, changed: str, claims: str, *, made: bool = False) -> pgtrigger.Trigger:
    """A trigger that brings the accounts of these claims up to date.

    `changed` is SQL over `before` and `after`; of what was `made` there is no before. `claims` is
    SQL of those that hang on it.
    """
    whose = claims.format(changed)
    # Propositions that change are locked even where nobody, to our knowledge, speaks to them yet.
    spoken = f"SELECT proposition_id FROM tracker_claim WHERE id IN ({whose})"
    locked = changed if claims is RESTING else spoken
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert if made else pgtrigger.Update,
        referencing=pgtrigger.Referencing(new="after", **({} if made else {"old": "before"})),
        func=f"""
            IF EXISTS ({changed}) THEN
                PERFORM tracker_account_turn(ARRAY({locked}));
                PERFORM tracker_account(ARRAY({whose}));
            END IF;
            RETURN NULL;
        """,
    )
