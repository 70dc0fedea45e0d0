"""Claims are found by their words, and listed by their deadline, through one narrow line each."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# Words as they stand find any exact phrase, stop words too; stems find "besieged" by "besieging".
FUNCTIONS = """
    CREATE FUNCTION public.tracker_words(given text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT to_tsvector('pg_catalog.simple'::regconfig, f.words)
            || to_tsvector('pg_catalog.english'::regconfig, f.words)
        FROM (SELECT public.unaccent('public.unaccent', left(given, 100000)) AS words) f
    $$;
    CREATE FUNCTION public.tracker_query(given text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT websearch_to_tsquery(
            'pg_catalog.simple'::regconfig, public.unaccent('public.unaccent', given)
        ) || websearch_to_tsquery(
            'pg_catalog.english'::regconfig, public.unaccent('public.unaccent', given)
        )
    $$;
"""
NO_FUNCTIONS = """
    DROP FUNCTION public.tracker_query(text);
    DROP FUNCTION public.tracker_words(text);
"""
FILL = """
    INSERT INTO tracker_claimindex (claim_id, due_on, words)
    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,
           setweight(tracker_words(q.exact), 'A')
           || setweight(tracker_words(coalesce(p.statement, '')), 'B')
           || setweight(tracker_words(s.title), 'C') AS words
    FROM tracker_claim c
    JOIN tracker_quotation q ON q.id = c.quotation_id
    JOIN tracker_snapshot n ON n.id = q.snapshot_id
    JOIN tracker_source s ON s.id = n.source_id
    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0010_imports'),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.CreateModel(
            name='ClaimIndex',
            fields=[
                ('claim', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='index', serialize=False, to='tracker.claim')),
                ('due_on', models.DateField()),
                ('words', django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='quotation',
            index=models.Index(fields=['provenance'], name='quotation_by_grade'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['coded_at', 'id'], name='claim_by_coding'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('hedge', ''), _negated=True), fields=['hedge'], name='claim_by_hedge'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_indexed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO tracker_claimindex (claim_id, due_on, words) \n    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,\n           setweight(tracker_words(q.exact), 'A')\n           || setweight(tracker_words(coalesce(p.statement, '')), 'B')\n           || setweight(tracker_words(s.title), 'C') AS words\n    FROM after c\n    JOIN tracker_quotation q ON q.id = c.quotation_id\n    JOIN tracker_snapshot n ON n.id = q.snapshot_id\n    JOIN tracker_source s ON s.id = n.source_id\n    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id\n\n        ON CONFLICT (claim_id) DO UPDATE SET due_on = EXCLUDED.due_on, words = EXCLUDED.words;\n        RETURN NULL;\n    ", hash='eba89efe057c7075c7ffe1e0951bbdea1873a069', level='STATEMENT', operation='INSERT', pgid='pgtrigger_claim_indexed_89aa1', referencing='REFERENCING NEW TABLE AS after ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_indexed_again', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO tracker_claimindex (claim_id, due_on, words) \n    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,\n           setweight(tracker_words(q.exact), 'A')\n           || setweight(tracker_words(coalesce(p.statement, '')), 'B')\n           || setweight(tracker_words(s.title), 'C') AS words\n    FROM (\n    SELECT after.* FROM after JOIN before USING (id)\n    WHERE (after.quotation_id, after.proposition_id)\n        IS DISTINCT FROM (before.quotation_id, before.proposition_id)\n) c\n    JOIN tracker_quotation q ON q.id = c.quotation_id\n    JOIN tracker_snapshot n ON n.id = q.snapshot_id\n    JOIN tracker_source s ON s.id = n.source_id\n    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id\n\n        ON CONFLICT (claim_id) DO UPDATE SET due_on = EXCLUDED.due_on, words = EXCLUDED.words;\n        RETURN NULL;\n    ", hash='960cbb9cb9b2287d0dce880bb87422733589c16b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_claim_indexed_again_eba23', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposition',
            trigger=pgtrigger.compiler.Trigger(name='proposition_indexes_claims', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO tracker_claimindex (claim_id, due_on, words) \n    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,\n           setweight(tracker_words(q.exact), 'A')\n           || setweight(tracker_words(coalesce(p.statement, '')), 'B')\n           || setweight(tracker_words(s.title), 'C') AS words\n    FROM (\n    SELECT o.* FROM tracker_claim o WHERE o.proposition_id IN (\n        SELECT after.id FROM after JOIN before USING (id)\n        WHERE (after.statement, after.deadline)\n            IS DISTINCT FROM (before.statement, before.deadline)\n    )\n) c\n    JOIN tracker_quotation q ON q.id = c.quotation_id\n    JOIN tracker_snapshot n ON n.id = q.snapshot_id\n    JOIN tracker_source s ON s.id = n.source_id\n    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id\n\n        ON CONFLICT (claim_id) DO UPDATE SET due_on = EXCLUDED.due_on, words = EXCLUDED.words;\n        RETURN NULL;\n    ", hash='949e69f74326f041b67f89f0eda8db7f1b97b8f9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_proposition_indexes_claims_a8154', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_proposition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='source_indexes_claims', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO tracker_claimindex (claim_id, due_on, words) \n    SELECT c.id AS claim_id, coalesce(p.deadline, '9999-12-31') AS due_on,\n           setweight(tracker_words(q.exact), 'A')\n           || setweight(tracker_words(coalesce(p.statement, '')), 'B')\n           || setweight(tracker_words(s.title), 'C') AS words\n    FROM (\n    SELECT o.* FROM after JOIN before USING (id)\n    JOIN tracker_snapshot m ON m.source_id = after.id\n    JOIN tracker_quotation w ON w.snapshot_id = m.id\n    JOIN tracker_claim o ON o.quotation_id = w.id\n    WHERE after.title IS DISTINCT FROM before.title\n) c\n    JOIN tracker_quotation q ON q.id = c.quotation_id\n    JOIN tracker_snapshot n ON n.id = q.snapshot_id\n    JOIN tracker_source s ON s.id = n.source_id\n    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id\n\n        ON CONFLICT (claim_id) DO UPDATE SET due_on = EXCLUDED.due_on, words = EXCLUDED.words;\n        RETURN NULL;\n    ", hash='b1e47e2981a71613ce453298c695118f42e93113', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_source_indexes_claims_5c9ab', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='tracker_source', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='claimindex',
            index=models.Index(fields=['due_on', 'claim'], name='claim_index_by_deadline'),
        ),
        migrations.AddIndex(
            model_name='claimindex',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='claim_index_words'),
        ),
    ]
