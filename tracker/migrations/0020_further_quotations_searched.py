"""A claim is found by the words of its further quotations, too."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

FILL = """
    UPDATE tracker_claimindex i SET words = setweight(tracker_words({quoted}), 'A')
        || setweight(tracker_words(coalesce(p.statement, '')), 'B')
        || setweight(tracker_words(s.title), 'C')
    FROM tracker_claim c
    JOIN tracker_quotation q ON q.id = c.quotation_id
    JOIN (
        SELECT f.claim_id, string_agg(
            repeat(' endofquotation', 8) || ' ' || w.exact, '' ORDER BY f.id
        ) AS words
        FROM tracker_claim_further_quotations f JOIN tracker_quotation w ON w.id = f.quotation_id
        GROUP BY f.claim_id
    ) further ON further.claim_id = c.id
    JOIN tracker_snapshot n ON n.id = q.snapshot_id
    JOIN tracker_source s ON s.id = n.source_id
    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id
    WHERE i.claim_id = c.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0019_accounts_planned_once'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='claim_indexed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='claim_indexed_again',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='proposition',
            name='proposition_indexes_claims',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='source_indexes_claims',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_indexed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO tracker_claimindex (claim_id, due_on, words) \n    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,\n           setweight(tracker_words(q.exact), 'A')\n           || setweight(tracker_words(coalesce(p.statement, '')), 'B')\n           || setweight(tracker_words(s.title), 'C') AS words\n    FROM after c\n    JOIN tracker_quotation q ON q.id = c.quotation_id\n    JOIN tracker_snapshot n ON n.id = q.snapshot_id\n    JOIN tracker_source s ON s.id = n.source_id\n    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id\n\n        ON CONFLICT (claim_id) DO UPDATE SET due_on = EXCLUDED.due_on, words = EXCLUDED.words;\n    RETURN NULL;", hash='062a8e35d4a2c6176795343ac9db60f78176b6dd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_claim_indexed_89aa1', referencing='REFERENCING NEW TABLE AS after ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_indexed_again', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT 1 FROM (\n    SELECT after.* FROM after JOIN before USING (id)\n    WHERE (after.quotation_id, after.proposition_id)\n        IS DISTINCT FROM (before.quotation_id, before.proposition_id)\n) c) THEN\n            PERFORM claim_id FROM tracker_claimindex\n            WHERE claim_id IN (SELECT c.id FROM (\n    SELECT after.* FROM after JOIN before USING (id)\n    WHERE (after.quotation_id, after.proposition_id)\n        IS DISTINCT FROM (before.quotation_id, before.proposition_id)\n) c) ORDER BY claim_id FOR NO KEY UPDATE;\n            \n        INSERT INTO tracker_claimindex (claim_id, due_on, words) \n    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,\n           setweight(tracker_words(q.exact || coalesce((\n               SELECT string_agg(repeat(' endofquotation', 8) || ' ' || w.exact, '' ORDER BY f.id)\n               FROM tracker_claim_further_quotations f\n               JOIN tracker_quotation w ON w.id = f.quotation_id WHERE f.claim_id = c.id\n           ), '')), 'A')\n           || setweight(tracker_words(coalesce(p.statement, '')), 'B')\n           || setweight(tracker_words(s.title), 'C') AS words\n    FROM (\n    SELECT after.* FROM after JOIN before USING (id)\n    WHERE (after.quotation_id, after.proposition_id)\n        IS DISTINCT FROM (before.quotation_id, before.proposition_id)\n) c\n    JOIN tracker_quotation q ON q.id = c.quotation_id\n    JOIN tracker_snapshot n ON n.id = q.snapshot_id\n    JOIN tracker_source s ON s.id = n.source_id\n    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id\n\n        ON CONFLICT (claim_id) DO UPDATE SET due_on = EXCLUDED.due_on, words = EXCLUDED.words;\n    \n        END IF;\n        RETURN NULL;\n    ", hash='0187c2fb13e3b6de5165992d8710c20584c32d34', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_claim_indexed_again_eba23', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='furtherquotation',
            trigger=pgtrigger.compiler.Trigger(name='further_quotation_indexes_claim', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT 1 FROM (SELECT o.* FROM tracker_claim o WHERE o.id IN (SELECT claim_id FROM after)) c) THEN\n            PERFORM claim_id FROM tracker_claimindex\n            WHERE claim_id IN (SELECT c.id FROM (SELECT o.* FROM tracker_claim o WHERE o.id IN (SELECT claim_id FROM after)) c) ORDER BY claim_id FOR NO KEY UPDATE;\n            \n        INSERT INTO tracker_claimindex (claim_id, due_on, words) \n    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,\n           setweight(tracker_words(q.exact || coalesce((\n               SELECT string_agg(repeat(' endofquotation', 8) || ' ' || w.exact, '' ORDER BY f.id)\n               FROM tracker_claim_further_quotations f\n               JOIN tracker_quotation w ON w.id = f.quotation_id WHERE f.claim_id = c.id\n           ), '')), 'A')\n           || setweight(tracker_words(coalesce(p.statement, '')), 'B')\n           || setweight(tracker_words(s.title), 'C') AS words\n    FROM (SELECT o.* FROM tracker_claim o WHERE o.id IN (SELECT claim_id FROM after)) c\n    JOIN tracker_quotation q ON q.id = c.quotation_id\n    JOIN tracker_snapshot n ON n.id = q.snapshot_id\n    JOIN tracker_source s ON s.id = n.source_id\n    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id\n\n        ON CONFLICT (claim_id) DO UPDATE SET due_on = EXCLUDED.due_on, words = EXCLUDED.words;\n    \n        END IF;\n        RETURN NULL;\n    ", hash='4289cd6add2c24f0205e298c4891f19475b9bea9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_further_quotation_indexes_claim_ed9fa', referencing='REFERENCING NEW TABLE AS after ', table='tracker_claim_further_quotations', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposition',
            trigger=pgtrigger.compiler.Trigger(name='proposition_indexes_claims', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT 1 FROM (\n    SELECT o.* FROM tracker_claim o WHERE o.proposition_id IN (\n        SELECT after.id FROM after JOIN before USING (id)\n        WHERE (after.statement, after.deadline)\n            IS DISTINCT FROM (before.statement, before.deadline)\n    )\n) c) THEN\n            PERFORM claim_id FROM tracker_claimindex\n            WHERE claim_id IN (SELECT c.id FROM (\n    SELECT o.* FROM tracker_claim o WHERE o.proposition_id IN (\n        SELECT after.id FROM after JOIN before USING (id)\n        WHERE (after.statement, after.deadline)\n            IS DISTINCT FROM (before.statement, before.deadline)\n    )\n) c) ORDER BY claim_id FOR NO KEY UPDATE;\n            \n        INSERT INTO tracker_claimindex (claim_id, due_on, words) \n    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,\n           setweight(tracker_words(q.exact || coalesce((\n               SELECT string_agg(repeat(' endofquotation', 8) || ' ' || w.exact, '' ORDER BY f.id)\n               FROM tracker_claim_further_quotations f\n               JOIN tracker_quotation w ON w.id = f.quotation_id WHERE f.claim_id = c.id\n           ), '')), 'A')\n           || setweight(tracker_words(coalesce(p.statement, '')), 'B')\n           || setweight(tracker_words(s.title), 'C') AS words\n    FROM (\n    SELECT o.* FROM tracker_claim o WHERE o.proposition_id IN (\n        SELECT after.id FROM after JOIN before USING (id)\n        WHERE (after.statement, after.deadline)\n            IS DISTINCT FROM (before.statement, before.deadline)\n    )\n) c\n    JOIN tracker_quotation q ON q.id = c.quotation_id\n    JOIN tracker_snapshot n ON n.id = q.snapshot_id\n    JOIN tracker_source s ON s.id = n.source_id\n    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id\n\n        ON CONFLICT (claim_id) DO UPDATE SET due_on = EXCLUDED.due_on, words = EXCLUDED.words;\n    \n        END IF;\n        RETURN NULL;\n    ", hash='89b433c60fbe75e1d5bfbe144b92a2db250c4505', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_proposition_indexes_claims_a8154', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_proposition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='source_indexes_claims', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (SELECT 1 FROM (\n    SELECT o.* FROM after JOIN before USING (id)\n    JOIN tracker_snapshot m ON m.source_id = after.id\n    JOIN tracker_quotation w ON w.snapshot_id = m.id\n    JOIN tracker_claim o ON o.quotation_id = w.id\n    WHERE after.title IS DISTINCT FROM before.title\n) c) THEN\n            PERFORM claim_id FROM tracker_claimindex\n            WHERE claim_id IN (SELECT c.id FROM (\n    SELECT o.* FROM after JOIN before USING (id)\n    JOIN tracker_snapshot m ON m.source_id = after.id\n    JOIN tracker_quotation w ON w.snapshot_id = m.id\n    JOIN tracker_claim o ON o.quotation_id = w.id\n    WHERE after.title IS DISTINCT FROM before.title\n) c) ORDER BY claim_id FOR NO KEY UPDATE;\n            \n        INSERT INTO tracker_claimindex (claim_id, due_on, words) \n    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,\n           setweight(tracker_words(q.exact || coalesce((\n               SELECT string_agg(repeat(' endofquotation', 8) || ' ' || w.exact, '' ORDER BY f.id)\n               FROM tracker_claim_further_quotations f\n               JOIN tracker_quotation w ON w.id = f.quotation_id WHERE f.claim_id = c.id\n           ), '')), 'A')\n           || setweight(tracker_words(coalesce(p.statement, '')), 'B')\n           || setweight(tracker_words(s.title), 'C') AS words\n    FROM (\n    SELECT o.* FROM after JOIN before USING (id)\n    JOIN tracker_snapshot m ON m.source_id = after.id\n    JOIN tracker_quotation w ON w.snapshot_id = m.id\n    JOIN tracker_claim o ON o.quotation_id = w.id\n    WHERE after.title IS DISTINCT FROM before.title\n) c\n    JOIN tracker_quotation q ON q.id = c.quotation_id\n    JOIN tracker_snapshot n ON n.id = q.snapshot_id\n    JOIN tracker_source s ON s.id = n.source_id\n    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id\n\n        ON CONFLICT (claim_id) DO UPDATE SET due_on = EXCLUDED.due_on, words = EXCLUDED.words;\n    \n        END IF;\n        RETURN NULL;\n    ", hash='6e6eee572014381d04707daa7b4e2fb1d97ecc7c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_source_indexes_claims_5c9ab', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_source', when='AFTER')),
        ),
        migrations.RunSQL(
            FILL.format(quoted="q.exact || further.words"), FILL.format(quoted="q.exact")
        ),
    ]
