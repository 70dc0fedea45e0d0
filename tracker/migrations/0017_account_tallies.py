"""What became of each claim is kept by triggers, and counted: records cost the same of any size."""

import django.contrib.postgres.functions
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

FILL = """
    INSERT INTO tracker_accountitem (claim_id, person_id, organisation_id, topic_id, outlet_id,
        account, tier, hindsight, verdict, lexicon_id, flagged, one_judge)
    SELECT claim_id, person_id, organisation_id, topic_id, outlet_id, account, tier, hindsight,
        coalesce(CASE account WHEN 'verdict_only' THEN (
            SELECT outcome FROM tracker_current_resolution v WHERE v.id = resolution_id
        ) END, '') AS verdict,
        coalesce(CASE account WHEN 'scored' THEN lexicon_id END, 0) AS lexicon_id,
        account = 'scored' AND coalesce(flagged, FALSE) AS flagged,
        account = 'scored' AND EXISTS (
            SELECT 1 FROM tracker_resolution r WHERE r.id = resolution_id AND r.method = 'single'
        ) AS one_judge
    FROM tracker_claim_account
"""
# Two functions, so that claims are looked for again once the turn has come. Propositions first, the
# tallies last: the order of all who change accounts and scores.
TURN = """
    CREATE FUNCTION public.tracker_account_turn(propositions bigint[]) RETURNS void
    LANGUAGE plpgsql SET plan_cache_mode = auto AS $$
    BEGIN
        PERFORM id FROM tracker_proposition WHERE id IN (
            WITH RECURSIVE affected(id) AS (
                SELECT unnest(propositions)
                UNION
                SELECT found.id FROM affected a CROSS JOIN LATERAL (
                    SELECT id FROM tracker_proposition WHERE condition_id = a.id
                    UNION ALL SELECT id FROM tracker_proposition WHERE merged_into_id = a.id
                ) found
            ) SELECT id FROM affected
        ) ORDER BY id FOR NO KEY UPDATE;
        INSERT INTO tracker_lasttally (id, stamp, accounts)
        VALUES (1, gen_random_uuid(), gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET accounts = tracker_lasttally.accounts;
    END
    $$;
"""
# The plan of a few claims is made once a session: planning the view costs more than reading it.
ACCOUNT = """
    CREATE FUNCTION public.tracker_account(claims bigint[]) RETURNS void
    LANGUAGE plpgsql SET plan_cache_mode = auto AS $$
    BEGIN
        DELETE FROM tracker_accountitem WHERE claim_id = ANY(claims) AND claim_id NOT IN (
            SELECT id FROM tracker_claim
            WHERE id = ANY(claims) AND state IN ('frozen', 'retracted', 'misquote')
        );
        INSERT INTO tracker_accountitem AS held (claim_id, person_id, organisation_id, topic_id,
            outlet_id, account, tier, hindsight, verdict, lexicon_id, flagged, one_judge)
        SELECT claim_id, person_id, organisation_id, topic_id, outlet_id, account, tier, hindsight,
            coalesce(CASE account WHEN 'verdict_only' THEN (
                SELECT outcome FROM tracker_current_resolution v WHERE v.id = resolution_id
            ) END, '') AS verdict,
            coalesce(CASE account WHEN 'scored' THEN lexicon_id END, 0) AS lexicon_id,
            account = 'scored' AND coalesce(flagged, FALSE) AS flagged,
            account = 'scored' AND EXISTS (
                SELECT 1 FROM tracker_resolution r WHERE r.id = resolution_id AND r.method = 'single'
            ) AS one_judge
        FROM tracker_claim_account
        WHERE claim_id = ANY(claims)
        ON CONFLICT (claim_id) DO UPDATE SET person_id = EXCLUDED.person_id,
            organisation_id = EXCLUDED.organisation_id, topic_id = EXCLUDED.topic_id,
            outlet_id = EXCLUDED.outlet_id, account = EXCLUDED.account, tier = EXCLUDED.tier,
            hindsight = EXCLUDED.hindsight, verdict = EXCLUDED.verdict,
            lexicon_id = EXCLUDED.lexicon_id, flagged = EXCLUDED.flagged,
            one_judge = EXCLUDED.one_judge
        WHERE held IS DISTINCT FROM EXCLUDED;
    END
    $$;
"""
NO_TURN = "DROP FUNCTION public.tracker_account_turn(bigint[])"
NO_ACCOUNT = "DROP FUNCTION public.tracker_account(bigint[])"


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0016_history_by_time'),
    ]

    operations = [
        migrations.RunSQL(TURN, NO_TURN),
        migrations.RunSQL(ACCOUNT, NO_ACCOUNT),
        migrations.CreateModel(
            name='AccountItem',
            fields=[
                ('claim', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='account_item', serialize=False, to='tracker.claim')),
                ('person_id', models.BigIntegerField(null=True)),
                ('organisation_id', models.BigIntegerField(null=True)),
                ('topic_id', models.BigIntegerField(null=True)),
                ('outlet_id', models.BigIntegerField(null=True)),
                ('account', models.TextField()),
                ('tier', models.TextField(blank=True)),
                ('hindsight', models.BooleanField()),
                ('verdict', models.TextField(blank=True, help_text='What became of a claim that gets a verdict and no score.')),
                ('lexicon_id', models.BigIntegerField(help_text='Of a scored claim; 0 without one.')),
                ('flagged', models.BooleanField(help_text='Scored, though it is a possibility word.')),
                ('one_judge', models.BooleanField(help_text='Scored as one person alone judged.')),
            ],
        ),
        migrations.CreateModel(
            name='AccountTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('person', 'person'), ('organisation', 'organisation'), ('topic', 'topic'), ('outlet', 'outlet')])),
                ('subject_id', models.BigIntegerField()),
                ('account', models.TextField()),
                ('tier', models.TextField(blank=True)),
                ('hindsight', models.BooleanField()),
                ('verdict', models.TextField(blank=True)),
                ('lexicon_id', models.BigIntegerField()),
                ('n', models.PositiveIntegerField()),
                ('flagged', models.PositiveIntegerField()),
                ('one_judge', models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='lasttally',
            name='accounts',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID()),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_accounted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (SELECT id FROM after WHERE state IN ('frozen', 'retracted', 'misquote')) THEN\n                PERFORM tracker_account_turn(ARRAY(SELECT proposition_id FROM tracker_claim WHERE id IN (SELECT id FROM after WHERE state IN ('frozen', 'retracted', 'misquote'))));\n                PERFORM tracker_account(ARRAY(SELECT id FROM after WHERE state IN ('frozen', 'retracted', 'misquote')));\n            END IF;\n            RETURN NULL;\n        ", hash='7b22051c6fd57a0ccd5e0ef438d6a50557c35af2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_claim_accounted_2e13a', referencing='REFERENCING NEW TABLE AS after ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_accounted_again', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE (after.state IN ('frozen', 'retracted', 'misquote') OR before.state IN ('frozen', 'retracted', 'misquote')) AND (\n        after.state, after.quotation_id, after.person_id, after.organisation_id,\n        after.proposition_id, after.kind, after.polarity, after.hedge_term_id, after.p_point,\n        after.p_tier, after.revises_id, after.coded_after_outcome\n    ) IS DISTINCT FROM (\n        before.state, before.quotation_id, before.person_id, before.organisation_id,\n        before.proposition_id, before.kind, before.polarity, before.hedge_term_id, before.p_point,\n        before.p_tier, before.revises_id, before.coded_after_outcome\n    )\n) THEN\n                PERFORM tracker_account_turn(ARRAY(SELECT proposition_id FROM tracker_claim WHERE id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE (after.state IN ('frozen', 'retracted', 'misquote') OR before.state IN ('frozen', 'retracted', 'misquote')) AND (\n        after.state, after.quotation_id, after.person_id, after.organisation_id,\n        after.proposition_id, after.kind, after.polarity, after.hedge_term_id, after.p_point,\n        after.p_tier, after.revises_id, after.coded_after_outcome\n    ) IS DISTINCT FROM (\n        before.state, before.quotation_id, before.person_id, before.organisation_id,\n        before.proposition_id, before.kind, before.polarity, before.hedge_term_id, before.p_point,\n        before.p_tier, before.revises_id, before.coded_after_outcome\n    )\n)));\n                PERFORM tracker_account(ARRAY(\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE (after.state IN ('frozen', 'retracted', 'misquote') OR before.state IN ('frozen', 'retracted', 'misquote')) AND (\n        after.state, after.quotation_id, after.person_id, after.organisation_id,\n        after.proposition_id, after.kind, after.polarity, after.hedge_term_id, after.p_point,\n        after.p_tier, after.revises_id, after.coded_after_outcome\n    ) IS DISTINCT FROM (\n        before.state, before.quotation_id, before.person_id, before.organisation_id,\n        before.proposition_id, before.kind, before.polarity, before.hedge_term_id, before.p_point,\n        before.p_tier, before.revises_id, before.coded_after_outcome\n    )\n));\n            END IF;\n            RETURN NULL;\n        ", hash='6e0fc9b1cd1f34291af6c74af203e5621921e0e8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_claim_accounted_again_e4e5b', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='organisation_accounts_claims', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF EXISTS (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id\n) THEN\n                PERFORM tracker_account_turn(ARRAY(SELECT proposition_id FROM tracker_claim WHERE id IN (\n    SELECT c.id FROM tracker_claim c WHERE c.organisation_id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id\n)\n    UNION\n    \n    SELECT c.id FROM tracker_source s\n    JOIN tracker_snapshot n ON n.source_id = s.id\n    JOIN tracker_quotation q ON q.snapshot_id = n.id\n    JOIN tracker_claim c ON c.quotation_id = q.id\n    WHERE s.id IN (SELECT id FROM tracker_source WHERE outlet_id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id\n)) OR s.merged_into_id IN (SELECT id FROM tracker_source WHERE outlet_id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id\n))\n\n)));\n                PERFORM tracker_account(ARRAY(\n    SELECT c.id FROM tracker_claim c WHERE c.organisation_id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id\n)\n    UNION\n    \n    SELECT c.id FROM tracker_source s\n    JOIN tracker_snapshot n ON n.source_id = s.id\n    JOIN tracker_quotation q ON q.snapshot_id = n.id\n    JOIN tracker_claim c ON c.quotation_id = q.id\n    WHERE s.id IN (SELECT id FROM tracker_source WHERE outlet_id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id\n)) OR s.merged_into_id IN (SELECT id FROM tracker_source WHERE outlet_id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id\n))\n\n));\n            END IF;\n            RETURN NULL;\n        ', hash='8faefb0ebfc55c18b71fea68cab71995ed2f60c3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_organisation_accounts_claims_8a05d', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='person_accounts_claims', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF EXISTS (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id\n) THEN\n                PERFORM tracker_account_turn(ARRAY(SELECT proposition_id FROM tracker_claim WHERE id IN (SELECT c.id FROM tracker_claim c WHERE c.person_id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id\n))));\n                PERFORM tracker_account(ARRAY(SELECT c.id FROM tracker_claim c WHERE c.person_id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE after.merged_into_id IS DISTINCT FROM before.merged_into_id\n)));\n            END IF;\n            RETURN NULL;\n        ', hash='7396b02895293c84444f7e39642a177db195b7ca', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_person_accounts_claims_85f10', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposition',
            trigger=pgtrigger.compiler.Trigger(name='proposition_accounts_claims', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF EXISTS (\n    SELECT after.id FROM after JOIN before USING (id) WHERE (\n        after.topic_id, after.specificity, after.condition_id, after.condition_required,\n        after.merged_into_id\n    ) IS DISTINCT FROM (\n        before.topic_id, before.specificity, before.condition_id, before.condition_required,\n        before.merged_into_id\n    )\n) THEN\n                PERFORM tracker_account_turn(ARRAY(\n    SELECT after.id FROM after JOIN before USING (id) WHERE (\n        after.topic_id, after.specificity, after.condition_id, after.condition_required,\n        after.merged_into_id\n    ) IS DISTINCT FROM (\n        before.topic_id, before.specificity, before.condition_id, before.condition_required,\n        before.merged_into_id\n    )\n));\n                PERFORM tracker_account(ARRAY(\n    SELECT c.id FROM tracker_claim c WHERE c.proposition_id IN (\n        WITH RECURSIVE affected(id) AS (\n            \n    SELECT after.id FROM after JOIN before USING (id) WHERE (\n        after.topic_id, after.specificity, after.condition_id, after.condition_required,\n        after.merged_into_id\n    ) IS DISTINCT FROM (\n        before.topic_id, before.specificity, before.condition_id, before.condition_required,\n        before.merged_into_id\n    )\n\n            UNION\n            SELECT found.id FROM affected a CROSS JOIN LATERAL (\n                SELECT id FROM tracker_proposition WHERE condition_id = a.id\n                UNION ALL SELECT id FROM tracker_proposition WHERE merged_into_id = a.id\n            ) found\n        ) SELECT id FROM affected\n    )\n));\n            END IF;\n            RETURN NULL;\n        ', hash='accbc9ff4f9d8e3c13873059bacb91d709e52744', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_proposition_accounts_claims_d9004', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_proposition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resolution',
            trigger=pgtrigger.compiler.Trigger(name='resolution_accounts_claims', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF EXISTS (SELECT proposition_id FROM after WHERE published_at IS NOT NULL) THEN\n                PERFORM tracker_account_turn(ARRAY(SELECT proposition_id FROM after WHERE published_at IS NOT NULL));\n                PERFORM tracker_account(ARRAY(\n    SELECT c.id FROM tracker_claim c WHERE c.proposition_id IN (\n        WITH RECURSIVE affected(id) AS (\n            SELECT proposition_id FROM after WHERE published_at IS NOT NULL\n            UNION\n            SELECT found.id FROM affected a CROSS JOIN LATERAL (\n                SELECT id FROM tracker_proposition WHERE condition_id = a.id\n                UNION ALL SELECT id FROM tracker_proposition WHERE merged_into_id = a.id\n            ) found\n        ) SELECT id FROM affected\n    )\n));\n            END IF;\n            RETURN NULL;\n        ', hash='68d6d940046753f78ce6378a1dbb1f1070084e1c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_resolution_accounts_claims_2ade3', referencing='REFERENCING NEW TABLE AS after ', table='tracker_resolution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resolution',
            trigger=pgtrigger.compiler.Trigger(name='resolution_accounts_claims_anew', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF EXISTS (\n    SELECT after.proposition_id FROM after JOIN before USING (id)\n    WHERE (after.superseded_by_id, after.published_at)\n        IS DISTINCT FROM (before.superseded_by_id, before.published_at)\n) THEN\n                PERFORM tracker_account_turn(ARRAY(\n    SELECT after.proposition_id FROM after JOIN before USING (id)\n    WHERE (after.superseded_by_id, after.published_at)\n        IS DISTINCT FROM (before.superseded_by_id, before.published_at)\n));\n                PERFORM tracker_account(ARRAY(\n    SELECT c.id FROM tracker_claim c WHERE c.proposition_id IN (\n        WITH RECURSIVE affected(id) AS (\n            \n    SELECT after.proposition_id FROM after JOIN before USING (id)\n    WHERE (after.superseded_by_id, after.published_at)\n        IS DISTINCT FROM (before.superseded_by_id, before.published_at)\n\n            UNION\n            SELECT found.id FROM affected a CROSS JOIN LATERAL (\n                SELECT id FROM tracker_proposition WHERE condition_id = a.id\n                UNION ALL SELECT id FROM tracker_proposition WHERE merged_into_id = a.id\n            ) found\n        ) SELECT id FROM affected\n    )\n));\n            END IF;\n            RETURN NULL;\n        ', hash='051ed43f4ae59d8e8ce933b045df62cc697226f5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_resolution_accounts_claims_anew_7bd54', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_resolution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='source_accounts_claims', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF EXISTS (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE (after.outlet_id, after.merged_into_id)\n        IS DISTINCT FROM (before.outlet_id, before.merged_into_id)\n) THEN\n                PERFORM tracker_account_turn(ARRAY(SELECT proposition_id FROM tracker_claim WHERE id IN (\n    SELECT c.id FROM tracker_source s\n    JOIN tracker_snapshot n ON n.source_id = s.id\n    JOIN tracker_quotation q ON q.snapshot_id = n.id\n    JOIN tracker_claim c ON c.quotation_id = q.id\n    WHERE s.id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE (after.outlet_id, after.merged_into_id)\n        IS DISTINCT FROM (before.outlet_id, before.merged_into_id)\n) OR s.merged_into_id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE (after.outlet_id, after.merged_into_id)\n        IS DISTINCT FROM (before.outlet_id, before.merged_into_id)\n)\n)));\n                PERFORM tracker_account(ARRAY(\n    SELECT c.id FROM tracker_source s\n    JOIN tracker_snapshot n ON n.source_id = s.id\n    JOIN tracker_quotation q ON q.snapshot_id = n.id\n    JOIN tracker_claim c ON c.quotation_id = q.id\n    WHERE s.id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE (after.outlet_id, after.merged_into_id)\n        IS DISTINCT FROM (before.outlet_id, before.merged_into_id)\n) OR s.merged_into_id IN (\n    SELECT after.id FROM after JOIN before USING (id)\n    WHERE (after.outlet_id, after.merged_into_id)\n        IS DISTINCT FROM (before.outlet_id, before.merged_into_id)\n)\n));\n            END IF;\n            RETURN NULL;\n        ', hash='0283789ceb7422976eac88497e407c72dabab397', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_source_accounts_claims_a3710', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountitem',
            trigger=pgtrigger.compiler.Trigger(name='account_item_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT EXISTS (SELECT 1 FROM (SELECT *, 1 AS w FROM new_rows) i) THEN\n            RETURN NULL;\n        END IF;\n        INSERT INTO tracker_lasttally (id, stamp, accounts)\n        VALUES (1, gen_random_uuid(), gen_random_uuid())\n        ON CONFLICT (id) DO UPDATE SET accounts = EXCLUDED.accounts;\n        \n        MERGE INTO tracker_accounttally k\n        USING (SELECT * FROM (\n        SELECT kind, subject_id, account, tier, hindsight, verdict, lexicon_id, sum(w) AS n, sum(w * flagged::int) AS flagged,\n            sum(w * one_judge::int) AS one_judge\n        FROM (SELECT *, 1 AS w FROM new_rows) i CROSS JOIN LATERAL (VALUES ('person', person_id), ('organisation', organisation_id), ('topic', topic_id), ('outlet', outlet_id)) s (kind, subject_id)\n        WHERE subject_id IS NOT NULL GROUP BY kind, subject_id, account, tier, hindsight, verdict, lexicon_id\n    ) d WHERE n <> 0 OR flagged <> 0 OR one_judge <> 0) c ON k.kind = c.kind AND k.subject_id = c.subject_id AND k.account = c.account AND k.tier = c.tier AND k.hindsight = c.hindsight AND k.verdict = c.verdict AND k.lexicon_id = c.lexicon_id\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, flagged = k.flagged + c.flagged, one_judge = k.one_judge + c.one_judge\n        WHEN NOT MATCHED THEN INSERT (kind, subject_id, account, tier, hindsight, verdict, lexicon_id, n, flagged, one_judge)\n            VALUES (c.kind, c.subject_id, c.account, c.tier, c.hindsight, c.verdict, c.lexicon_id, c.n, c.flagged, c.one_judge);\n    \n        RETURN NULL;\n    ", hash='204e47f7fe69d3d1c68a5c5885e19017c1ec4b6f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_account_item_counted_5074f', referencing='REFERENCING NEW TABLE AS new_rows ', table='tracker_accountitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountitem',
            trigger=pgtrigger.compiler.Trigger(name='account_item_recounted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT EXISTS (SELECT 1 FROM (SELECT *, -1 AS w FROM old_rows UNION ALL SELECT *, 1 AS w FROM new_rows) i) THEN\n            RETURN NULL;\n        END IF;\n        INSERT INTO tracker_lasttally (id, stamp, accounts)\n        VALUES (1, gen_random_uuid(), gen_random_uuid())\n        ON CONFLICT (id) DO UPDATE SET accounts = EXCLUDED.accounts;\n        \n        MERGE INTO tracker_accounttally k\n        USING (SELECT * FROM (\n        SELECT kind, subject_id, account, tier, hindsight, verdict, lexicon_id, sum(w) AS n, sum(w * flagged::int) AS flagged,\n            sum(w * one_judge::int) AS one_judge\n        FROM (SELECT *, -1 AS w FROM old_rows UNION ALL SELECT *, 1 AS w FROM new_rows) i CROSS JOIN LATERAL (VALUES ('person', person_id), ('organisation', organisation_id), ('topic', topic_id), ('outlet', outlet_id)) s (kind, subject_id)\n        WHERE subject_id IS NOT NULL GROUP BY kind, subject_id, account, tier, hindsight, verdict, lexicon_id\n    ) d WHERE n <> 0 OR flagged <> 0 OR one_judge <> 0) c ON k.kind = c.kind AND k.subject_id = c.subject_id AND k.account = c.account AND k.tier = c.tier AND k.hindsight = c.hindsight AND k.verdict = c.verdict AND k.lexicon_id = c.lexicon_id\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, flagged = k.flagged + c.flagged, one_judge = k.one_judge + c.one_judge\n        WHEN NOT MATCHED THEN INSERT (kind, subject_id, account, tier, hindsight, verdict, lexicon_id, n, flagged, one_judge)\n            VALUES (c.kind, c.subject_id, c.account, c.tier, c.hindsight, c.verdict, c.lexicon_id, c.n, c.flagged, c.one_judge);\n    \n        RETURN NULL;\n    ", hash='b2ab808a5dbdfb908c1dd36ebb71ae4dde2ce1b1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_account_item_recounted_eecd6', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='tracker_accountitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountitem',
            trigger=pgtrigger.compiler.Trigger(name='account_item_uncounted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT EXISTS (SELECT 1 FROM (SELECT *, -1 AS w FROM old_rows) i) THEN\n            RETURN NULL;\n        END IF;\n        INSERT INTO tracker_lasttally (id, stamp, accounts)\n        VALUES (1, gen_random_uuid(), gen_random_uuid())\n        ON CONFLICT (id) DO UPDATE SET accounts = EXCLUDED.accounts;\n        \n        MERGE INTO tracker_accounttally k\n        USING (SELECT * FROM (\n        SELECT kind, subject_id, account, tier, hindsight, verdict, lexicon_id, sum(w) AS n, sum(w * flagged::int) AS flagged,\n            sum(w * one_judge::int) AS one_judge\n        FROM (SELECT *, -1 AS w FROM old_rows) i CROSS JOIN LATERAL (VALUES ('person', person_id), ('organisation', organisation_id), ('topic', topic_id), ('outlet', outlet_id)) s (kind, subject_id)\n        WHERE subject_id IS NOT NULL GROUP BY kind, subject_id, account, tier, hindsight, verdict, lexicon_id\n    ) d WHERE n <> 0 OR flagged <> 0 OR one_judge <> 0) c ON k.kind = c.kind AND k.subject_id = c.subject_id AND k.account = c.account AND k.tier = c.tier AND k.hindsight = c.hindsight AND k.verdict = c.verdict AND k.lexicon_id = c.lexicon_id\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, flagged = k.flagged + c.flagged, one_judge = k.one_judge + c.one_judge\n        WHEN NOT MATCHED THEN INSERT (kind, subject_id, account, tier, hindsight, verdict, lexicon_id, n, flagged, one_judge)\n            VALUES (c.kind, c.subject_id, c.account, c.tier, c.hindsight, c.verdict, c.lexicon_id, c.n, c.flagged, c.one_judge);\n    \n        RETURN NULL;\n    ", hash='735f030bb118a213b8ae090ffd9c92cc1ec1d9ee', level='STATEMENT', operation='DELETE', pgid='pgtrigger_account_item_uncounted_b100d', referencing='REFERENCING OLD TABLE AS old_rows ', table='tracker_accountitem', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='accounttally',
            constraint=models.UniqueConstraint(fields=('kind', 'subject_id', 'account', 'tier', 'hindsight', 'verdict', 'lexicon_id'), name='account_tally_once'),
        ),
        migrations.AddConstraint(
            model_name='accounttally',
            constraint=models.CheckConstraint(condition=models.Q(('flagged__lte', models.F('n')), ('one_judge__lte', models.F('n'))), name='account_tally_marks_within_n'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
