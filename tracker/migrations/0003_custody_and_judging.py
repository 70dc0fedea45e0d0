"""Quote custody and judging: what became of quotations, duties, duplicates, links, counted codes."""

from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


# Conditions and sources that were merged into others count for those that stand.
FIRST = import_module("tracker.migrations.0001_initial")
RESOLUTIONS = """
    CREATE OR REPLACE VIEW tracker_current_resolution AS
    WITH standing AS NOT MATERIALIZED (
        SELECT r.*, coalesce(given.merged_into_id, p.condition_id) AS condition_id,
               p.condition_required
        FROM tracker_resolution r JOIN tracker_proposition p ON p.id = r.proposition_id
        LEFT JOIN tracker_proposition given ON given.id = p.condition_id
        WHERE r.superseded_by_id IS NULL AND r.published_at IS NOT NULL
    ), judged AS (
        SELECT a.*, tracker_condition(
            a.condition,
            tracker_result(
                tracker_condition(b.condition, c.outcome, b.condition_required), b.outcome
            ),
            a.condition_required
        ) AS held
        FROM standing a
        LEFT JOIN standing b ON b.proposition_id = a.condition_id
        LEFT JOIN standing c ON c.proposition_id = b.condition_id
    )
    SELECT id, proposition_id, held AS condition, tracker_result(held, outcome) AS outcome,
           tracker_y(tracker_result(held, outcome)) AS y, method, decided_at, published_at
    FROM judged
"""
ACCOUNTS = """
    CREATE OR REPLACE VIEW tracker_claim_account AS
    SELECT c.id AS claim_id, v.id AS resolution_id, c.proposition_id,
           coalesce(person.merged_into_id, c.person_id) AS person_id,
           coalesce(organisation.merged_into_id, c.organisation_id) AS organisation_id,
           p.topic_id,
           coalesce(outlet.merged_into_id, outlet.id) AS outlet_id,
           CASE WHEN c.p_tier <> 'lexicon' THEN c.p_point
                WHEN c.polarity = 'denies' THEN 1000 - h.score_p
                ELSE h.score_p END::smallint AS p,
           v.y,
           c.p_tier AS tier,
           (SELECT b.p FROM tracker_benchmark b
            WHERE b.proposition_id = c.proposition_id AND b.kind = 'base_rate'
            ORDER BY b.as_of DESC, b.id DESC LIMIT 1) AS base_rate,
           CASE WHEN c.p_tier = 'lexicon' THEN h.lexicon_id END AS lexicon_id,
           CASE WHEN c.p_tier = 'lexicon' AND c.polarity = 'affirms' THEN h.phrase
                ELSE '' END AS phrase,
           c.p_tier = 'lexicon' AND h.mode = 'score_flag_possibility' AS flagged,
           c.coded_after_outcome AS hindsight,
           c.said_on,
           CASE WHEN c.state IN ('retracted', 'misquote') THEN 'withdrawn'
                WHEN c.revises_id IS NOT NULL THEN 'update'
                WHEN c.kind NOT IN ('forecast', 'conditional_forecast') THEN 'unscored_kind'
                WHEN c.polarity = 'abstains' THEN 'abstained'
                WHEN c.p_point IS NULL THEN 'no_probability'
                WHEN c.p_tier = 'lexicon' AND h.mode = 'verdict_only' THEN 'verdict_only'
                WHEN q.provenance IN ('D', 'E') THEN 'paraphrase'
                WHEN p.specificity = 0 THEN 'vague'
                WHEN v.outcome IS NULL OR v.outcome = 'open' THEN 'open'
                WHEN v.outcome = 'void_condition' THEN 'void'
                WHEN v.y IS NULL THEN v.outcome
                ELSE 'scored' END AS account
    FROM tracker_claim c
    JOIN tracker_quotation q ON q.id = c.quotation_id
    JOIN tracker_snapshot n ON n.id = q.snapshot_id
    JOIN tracker_source s ON s.id = n.source_id
    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id
    -- one by one: a few claims must not visit the resolutions of all
    LEFT JOIN LATERAL (
        SELECT * FROM tracker_current_resolution r
        WHERE r.proposition_id = c.proposition_id OFFSET 0
    ) v ON TRUE
    LEFT JOIN tracker_hedgeterm h ON h.id = c.hedge_term_id
    LEFT JOIN tracker_person person ON person.id = c.person_id
    LEFT JOIN tracker_organisation organisation ON organisation.id = c.organisation_id
    LEFT JOIN tracker_source whole ON whole.id = s.merged_into_id
    LEFT JOIN tracker_organisation outlet
        ON outlet.id = coalesce(whole.outlet_id, s.outlet_id)
    WHERE c.state IN ('frozen', 'retracted', 'misquote')
"""
# What was coded before anything was counted.
COUNTED = """
    INSERT INTO tracker_codepattern (field, codebook, queue, codes, units)
    SELECT field, codebook, queue, codes, count(*)::int AS units FROM (
            SELECT field, codebook, queue, unit, array_agg(code ORDER BY code COLLATE "C") AS codes
            FROM (
    SELECT f.field, r.codebook, r.reason AS queue, v.round_id AS unit, f.code, v.id AS source
    FROM tracker_verdict v
    JOIN tracker_round r ON r.id = v.round_id
    CROSS JOIN LATERAL (VALUES ('condition', v.condition), ('outcome', v.outcome)) f (field, code)
    WHERE v.stage = 'independent' AND f.code <> 'not_applicable'
) c GROUP BY field, codebook, queue, unit HAVING count(*) > 1
        ) u GROUP BY field, codebook, queue, codes
     UNION ALL 
        SELECT field, codebook, queue, codes, count(*)::int AS units FROM (
            SELECT field, codebook, queue, unit, array_agg(code ORDER BY code COLLATE "C") AS codes
            FROM (
    SELECT 'probability' AS field, c.codebook, 'readings' AS queue, g.claim_id AS unit,
           g.best::text AS code, g.id AS source
    FROM tracker_reading g JOIN tracker_claim c ON c.id = g.claim_id
) c GROUP BY field, codebook, queue, unit HAVING count(*) > 1
        ) u GROUP BY field, codebook, queue, codes
"""
# Unlogged, for nothing in it need outlive a crash.
CACHE = """
    CREATE UNLOGGED TABLE tracker_cache (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamptz NOT NULL
    );
    CREATE INDEX tracker_cache_expires ON tracker_cache (expires);
"""


def replacing(view):
    return view.replace("CREATE VIEW", "CREATE OR REPLACE VIEW")


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('tracker', '0002_roles_and_lexicon'),
    ]

    operations = [
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('canonical_url', models.TextField(unique=True)),
                ('origin', models.TextField(choices=[('rel_canonical', 'Rel canonical'), ('redirect', 'Redirect'), ('person', 'Person')])),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='tracker.source')),
            ],
            options={
                'verbose_name_plural': 'addresses',
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('origin__in', ['rel_canonical', 'redirect', 'person'])), name='address_origin_known'), models.CheckConstraint(condition=models.Q(('canonical_url', ''), _negated=True), name='address_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Anchoring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.TextField(choices=[('exact', 'Exact'), ('moved', 'Moved'), ('changed', 'Changed'), ('confirmed', 'Confirmed'), ('orphan', 'Orphan')])),
                ('start', models.PositiveIntegerField(blank=True, help_text='In code points, inclusive; of the proposal, if changed.', null=True)),
                ('end', models.PositiveIntegerField(blank=True, help_text='In code points, exclusive.', null=True)),
                ('exact', models.TextField(blank=True, default='', help_text='The words that stand there.')),
                ('distance', models.PositiveIntegerField(default=0, help_text='Edits from the quoted words to these.')),
                ('anchored_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True, default='', help_text='What the person who looked at it says of the change.')),
                ('quotation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='anchorings', to='tracker.quotation')),
                ('seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='anchorings', to='tracker.snapshot')),
            ],
            options={
                'ordering': ['-anchored_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('seen_at', None), ('state__in', ['changed', 'orphan'])), fields=['-id'], name='anchoring_alarms')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['exact', 'moved', 'changed', 'confirmed', 'orphan'])), name='anchoring_state_known'), models.UniqueConstraint(fields=('quotation', 'snapshot'), name='anchoring_once_per_snapshot'), models.CheckConstraint(condition=models.Q(models.Q(('end', None), ('exact', ''), ('start', None), ('state', 'orphan')), models.Q(models.Q(('state', 'orphan'), _negated=True), ('end__isnull', False), ('start__isnull', False), ('start__lt', models.F('end'))), _connector='OR'), name='anchoring_place_unless_orphan'), models.CheckConstraint(condition=models.Q(models.Q(('seen_at', None), ('seen_by', None)), models.Q(('seen_at__isnull', False), ('seen_by__isnull', False)), _connector='OR'), name='anchoring_seen_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('seen_by__isnull', False), _connector='OR'), name='anchoring_confirmed_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('assigned_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, help_text='When the seat was given back.', null=True)),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('judge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='tracker.round')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('round', 'judge'), name='assignment_once_per_judge')],
            },
        ),
        migrations.CreateModel(
            name='BenchmarkHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.TextField(choices=[('base_rate', 'Base rate'), ('market', 'Market'), ('crowd', 'Crowd')], default='base_rate')),
                ('p', models.PositiveSmallIntegerField(help_text='Permille.')),
                ('as_of', models.DateField()),
                ('method', models.TextField()),
                ('source', models.TextField(blank=True, default='')),
                ('coder', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.benchmark')),
                ('proposition', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.proposition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('token_hash', models.TextField(editable=False, unique=True)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('last_read_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('user',), name='calendar_feed_one_in_force')],
            },
        ),
        migrations.CreateModel(
            name='CodePattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.TextField(choices=[('condition', 'condition'), ('outcome', 'outcome'), ('probability', 'probability')])),
                ('codebook', models.TextField()),
                ('queue', models.TextField(help_text='Why the round was opened; for readings: readings.')),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), help_text='One per coder, sorted.', size=None)),
                ('units', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreement',
                'ordering': ['field', 'codebook', 'queue', 'codes'],
                'constraints': [models.UniqueConstraint(fields=('field', 'codebook', 'queue', 'codes'), name='code_pattern_once')],
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('items', models.PositiveIntegerField()),
                ('sent_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-day', 'user'],
                'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='digest_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Distortion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('start', models.PositiveIntegerField(help_text='In code points, inclusive.')),
                ('end', models.PositiveIntegerField(help_text='In code points, exclusive.')),
                ('exact', models.TextField()),
                ('place', models.TextField(choices=[('headline', 'Headline'), ('relay', 'Relay'), ('paraphrase', 'Paraphrase'), ('caption', 'Caption')])),
                ('note', models.TextField(blank=True, default='', help_text='What the change does to the meaning.')),
                ('recorded_at', models.DateTimeField()),
                ('quotation', models.ForeignKey(help_text='What was said.', on_delete=django.db.models.deletion.PROTECT, related_name='distortions', to='tracker.quotation')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(help_text='What changed it.', on_delete=django.db.models.deletion.PROTECT, related_name='distortions', to='tracker.snapshot')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__in', ['headline', 'relay', 'paraphrase', 'caption'])), name='distortion_place_known'), models.UniqueConstraint(fields=('quotation', 'snapshot', 'start', 'end'), name='distortion_once'), models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='distortion_start_before_end')],
            },
        ),
        migrations.CreateModel(
            name='Duplicate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.TextField(choices=[('proposed', 'Proposed'), ('merged', 'Merged'), ('rejected', 'Rejected')], default='proposed')),
                ('likeness', models.FloatField(blank=True, help_text='Trigram similarity, 0 to 1.', null=True)),
                ('reason', models.TextField(help_text='Why they are held to be one.')),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_reason', models.TextField(blank=True, default='')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dropped_claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='tracker.claim')),
                ('dropped_proposition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='tracker.proposition')),
                ('kept_claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.claim')),
                ('kept_proposition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.proposition')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'merged', 'rejected'])), name='duplicate_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('dropped_claim', None), ('dropped_proposition__isnull', False), ('kept_claim', None), ('kept_proposition__isnull', False)), models.Q(('dropped_claim__isnull', False), ('dropped_proposition', None), ('kept_claim__isnull', False), ('kept_proposition', None)), _connector='OR'), name='duplicate_is_one_pair'), models.CheckConstraint(condition=models.Q(models.Q(('kept_proposition', models.F('dropped_proposition')), _negated=True), models.Q(('kept_claim', models.F('dropped_claim')), _negated=True)), name='duplicate_not_of_itself'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='duplicate_decided_by_someone'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='duplicate_confirmed_by_another'), models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('dropped_proposition',), name='duplicate_one_proposal_per_proposition'), models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('dropped_claim',), name='duplicate_one_proposal_per_claim')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.TextField(choices=[('claim.created', 'claim.created'), ('claim.due', 'claim.due'), ('quotation.changed', 'quotation.changed'), ('quotation.orphaned', 'quotation.orphaned'), ('capture.failed', 'capture.failed'), ('review.split', 'review.split'), ('resolution.published', 'resolution.published'), ('resolution.revised', 'resolution.revised'), ('reply.received', 'reply.received')])),
                ('noun', models.TextField(help_text='The collection of the record, as in its address.')),
                ('record', models.BigIntegerField(help_text='Its id.')),
                ('facts', models.JSONField(blank=True, default=dict, help_text='Ids and states, never words.')),
                ('happened_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['noun', 'record', '-id'], name='event_of_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['claim.created', 'claim.due', 'quotation.changed', 'quotation.orphaned', 'capture.failed', 'review.split', 'resolution.published', 'resolution.revised', 'reply.received'])), name='event_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reason', models.TextField()),
                ('granted_at', models.DateTimeField()),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('judge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='tracker.round')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(fields=('round', 'judge'), name='override_once_per_judge'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='override_with_reason'), models.CheckConstraint(condition=models.Q(('granted_by', models.F('judge')), _negated=True), name='override_not_for_oneself')],
            },
        ),
        migrations.CreateModel(
            name='ReplyLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sent_to', models.TextField(blank=True, default='', help_text='Where the link was sent.')),
                ('token_hash', models.TextField(editable=False, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.person')),
                ('reply', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='link', to='tracker.reply')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reply_links', to='tracker.resolution')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', False), ('organisation__isnull', False), _connector='OR'), name='reply_link_names_speaker'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='reply_link_expires_later')],
            },
        ),
        migrations.CreateModel(
            name='FurtherQuotation',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('tracker.claim_further_quotations',),
        ),
        migrations.CreateModel(
            name='CitedOutcome',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('tracker.verdict_cited',),
        ),
        migrations.CreateModel(
            name='AddressHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('canonical_url', models.TextField()),
                ('origin', models.TextField(choices=[('rel_canonical', 'Rel canonical'), ('redirect', 'Redirect'), ('person', 'Person')])),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.address')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AnchoringHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('state', models.TextField(choices=[('exact', 'Exact'), ('moved', 'Moved'), ('changed', 'Changed'), ('confirmed', 'Confirmed'), ('orphan', 'Orphan')])),
                ('start', models.PositiveIntegerField(blank=True, help_text='In code points, inclusive; of the proposal, if changed.', null=True)),
                ('end', models.PositiveIntegerField(blank=True, help_text='In code points, exclusive.', null=True)),
                ('exact', models.TextField(blank=True, default='', help_text='The words that stand there.')),
                ('distance', models.PositiveIntegerField(default=0, help_text='Edits from the quoted words to these.')),
                ('anchored_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True, default='', help_text='What the person who looked at it says of the change.')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.anchoring')),
                ('quotation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.quotation')),
                ('seen_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.snapshot')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AssignmentHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('assigned_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, help_text='When the seat was given back.', null=True)),
                ('assigned_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('judge', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.assignment')),
                ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.round')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DistortionHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('start', models.PositiveIntegerField(help_text='In code points, inclusive.')),
                ('end', models.PositiveIntegerField(help_text='In code points, exclusive.')),
                ('exact', models.TextField()),
                ('place', models.TextField(choices=[('headline', 'Headline'), ('relay', 'Relay'), ('paraphrase', 'Paraphrase'), ('caption', 'Caption')])),
                ('note', models.TextField(blank=True, default='', help_text='What the change does to the meaning.')),
                ('recorded_at', models.DateTimeField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.distortion')),
                ('quotation', models.ForeignKey(db_constraint=False, help_text='What was said.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.quotation')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(db_constraint=False, help_text='What changed it.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.snapshot')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DuplicateHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('state', models.TextField(choices=[('proposed', 'Proposed'), ('merged', 'Merged'), ('rejected', 'Rejected')], default='proposed')),
                ('likeness', models.FloatField(blank=True, help_text='Trigram similarity, 0 to 1.', null=True)),
                ('reason', models.TextField(help_text='Why they are held to be one.')),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_reason', models.TextField(blank=True, default='')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('dropped_claim', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.claim')),
                ('dropped_proposition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.proposition')),
                ('kept_claim', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.claim')),
                ('kept_proposition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.proposition')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.duplicate')),
                ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FurtherQuotationHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('claim', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.claim')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('quotation', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.quotation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.furtherquotation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReplyLinkHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sent_to', models.TextField(blank=True, default='', help_text='Where the link was sent.')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.organisation')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.replylink')),
                ('reply', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.reply')),
                ('resolution', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.resolution')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='capture',
            name='capture_ok_iff_kept',
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='claim_state_known',
        ),
        migrations.AddField(
            model_name='capture',
            name='found',
            field=models.JSONField(blank=True, default=dict, help_text='What the page says of itself: proposals, no facts.'),
        ),
        migrations.AddField(
            model_name='capture',
            name='method',
            field=models.TextField(choices=[('paste', 'Paste'), ('upload', 'Upload'), ('fetch', 'Fetch'), ('wayback', 'Wayback'), ('perma', 'Perma'), ('archive_today', 'Archive today')], default='fetch'),
        ),
        migrations.AddField(
            model_name='capturehistoryevent',
            name='found',
            field=models.JSONField(blank=True, default=dict, help_text='What the page says of itself: proposals, no facts.'),
        ),
        migrations.AddField(
            model_name='capturehistoryevent',
            name='method',
            field=models.TextField(choices=[('paste', 'Paste'), ('upload', 'Upload'), ('fetch', 'Fetch'), ('wayback', 'Wayback'), ('perma', 'Perma'), ('archive_today', 'Archive today')], default='fetch'),
        ),
        migrations.AddField(
            model_name='claim',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='tracker.claim'),
        ),
        migrations.AddField(
            model_name='claimhistoryevent',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.claim'),
        ),
        migrations.AddField(
            model_name='scorerun',
            name='subject',
            field=models.TextField(choices=[('people', 'people'), ('organisations', 'organisations'), ('topics', 'topics'), ('outlets', 'outlets')], default='people', help_text='Whose scores.'),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='archive_url',
            field=models.TextField(blank=True, default='', help_text="The web archive's own address of this capture."),
        ),
        migrations.AddField(
            model_name='topic',
            name='judges',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Verdicts that a round needs here and below, 1 to 5; empty: as above.', null=True),
        ),
        migrations.AddField(
            model_name='topichistoryevent',
            name='judges',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Verdicts that a round needs here and below, 1 to 5; empty: as above.', null=True),
        ),
        migrations.AlterField(
            model_name='capture',
            name='requested_url',
            field=models.TextField(blank=True, default='', help_text='Empty where a file was uploaded.'),
        ),
        migrations.AlterField(
            model_name='capturehistoryevent',
            name='requested_url',
            field=models.TextField(blank=True, default='', help_text='Empty where a file was uploaded.'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='state',
            field=models.TextField(choices=[('draft', 'Draft'), ('frozen', 'Frozen'), ('considered', 'Considered'), ('retracted', 'Retracted'), ('misquote', 'Misquote'), ('merged', 'Merged')], default='draft'),
        ),
        migrations.AlterField(
            model_name='claimhistoryevent',
            name='state',
            field=models.TextField(choices=[('draft', 'Draft'), ('frozen', 'Frozen'), ('considered', 'Considered'), ('retracted', 'Retracted'), ('misquote', 'Misquote'), ('merged', 'Merged')], default='draft'),
        ),
        migrations.AlterField(
            model_name='resolution',
            name='method',
            field=models.TextField(choices=[('agreed', 'Blind judges, who agreed'), ('near_agreed', 'Blind judges, who nearly agreed: the cautious value'), ('adjudicated', 'Blind judges, then an adjudicator'), ('panel', 'A panel of three'), ('single', 'Single judge, not blind'), ('editor', 'An editor')], help_text='Who judged, and how they came to it.'),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='capture',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='capture',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='capture',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='claim',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='proposition',
            name='proposition_condition_depth',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='topic',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='topic',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='topic',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='verdict',
            name='verdict_duties_separate',
        ),
        migrations.AddIndex(
            model_name='capture',
            index=models.Index(condition=models.Q(('bytes_sha256', ''), _negated=True), fields=['bytes_sha256'], name='capture_by_bytes'),
        ),
        migrations.AddIndex(
            model_name='proposition',
            index=django.contrib.postgres.indexes.GinIndex(fields=['statement'], name='proposition_statement_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='resolution',
            index=models.Index(condition=models.Q(('method', 'single')), fields=['id'], name='resolution_single'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benchmark',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_benchmarkhistoryevent" ("as_of", "coder_id", "id", "kind", "method", "p", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposition_id", "source", "uuid") SELECT new_values."as_of", new_values."coder_id", new_values."id", new_values."kind", new_values."method", new_values."p", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposition_id", new_values."source", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='775c3bdc4106923c2a82ed54988a603171875afc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1c2e9', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_benchmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benchmark',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_benchmarkhistoryevent" ("as_of", "coder_id", "id", "kind", "method", "p", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposition_id", "source", "uuid") SELECT new_values."as_of", new_values."coder_id", new_values."id", new_values."kind", new_values."method", new_values."p", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposition_id", new_values."source", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3f424f02dd20e6679654f86260423419f1f6a7b6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b3bcb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_benchmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benchmark',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_benchmarkhistoryevent" ("as_of", "coder_id", "id", "kind", "method", "p", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposition_id", "source", "uuid") SELECT old_values."as_of", old_values."coder_id", old_values."id", old_values."kind", old_values."method", old_values."p", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposition_id", old_values."source", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='57d68cc4dd17e9bb2d5f36fdcc3ca1ef16a9c88f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_12e37', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_benchmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capture',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_capturehistoryevent" ("attempts", "bytes_sha256", "final_url", "finished_at", "found", "http_status", "id", "method", "mime", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "requested_url", "size", "snapshot_id", "source_id", "status", "uuid") SELECT new_values."attempts", new_values."bytes_sha256", new_values."final_url", new_values."finished_at", new_values."found", new_values."http_status", new_values."id", new_values."method", new_values."mime", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."requested_at", new_values."requested_by_id", new_values."requested_url", new_values."size", new_values."snapshot_id", new_values."source_id", new_values."status", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f0e45fe138e0aa75d6d6b0d5f6dda96523fdd7a0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_04fd3', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_capture', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capture',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_capturehistoryevent" ("attempts", "bytes_sha256", "final_url", "finished_at", "found", "http_status", "id", "method", "mime", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "requested_url", "size", "snapshot_id", "source_id", "status", "uuid") SELECT new_values."attempts", new_values."bytes_sha256", new_values."final_url", new_values."finished_at", new_values."found", new_values."http_status", new_values."id", new_values."method", new_values."mime", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."requested_at", new_values."requested_by_id", new_values."requested_url", new_values."size", new_values."snapshot_id", new_values."source_id", new_values."status", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1544e257619b8a97d34d2210938752373004db19', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_63f36', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_capture', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capture',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_capturehistoryevent" ("attempts", "bytes_sha256", "final_url", "finished_at", "found", "http_status", "id", "method", "mime", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "requested_url", "size", "snapshot_id", "source_id", "status", "uuid") SELECT old_values."attempts", old_values."bytes_sha256", old_values."final_url", old_values."finished_at", old_values."found", old_values."http_status", old_values."id", old_values."method", old_values."mime", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."requested_at", old_values."requested_by_id", old_values."requested_url", old_values."size", old_values."snapshot_id", old_values."source_id", old_values."status", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e965410430e1dbe314c95043e16362d6aa2c39d2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_82984', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_capture', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_claimhistoryevent" ("codebook", "coded_after_outcome", "coded_at", "coder_id", "distorts_id", "external_id", "failed_test", "frozen_at", "hedge", "hedge_term_id", "id", "kind", "merged_into_id", "note", "organisation_id", "p_high", "p_low", "p_point", "p_tier", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "proposition_id", "quotation_id", "revises_id", "role", "said_on", "stacked", "state", "state_reason", "uuid") SELECT new_values."codebook", new_values."coded_after_outcome", new_values."coded_at", new_values."coder_id", new_values."distorts_id", new_values."external_id", new_values."failed_test", new_values."frozen_at", new_values."hedge", new_values."hedge_term_id", new_values."id", new_values."kind", new_values."merged_into_id", new_values."note", new_values."organisation_id", new_values."p_high", new_values."p_low", new_values."p_point", new_values."p_tier", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."polarity", new_values."proposition_id", new_values."quotation_id", new_values."revises_id", new_values."role", new_values."said_on", new_values."stacked", new_values."state", new_values."state_reason", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='83acd39ec4f09508d874fa0df9368611a08b70ef', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b85c3', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_claimhistoryevent" ("codebook", "coded_after_outcome", "coded_at", "coder_id", "distorts_id", "external_id", "failed_test", "frozen_at", "hedge", "hedge_term_id", "id", "kind", "merged_into_id", "note", "organisation_id", "p_high", "p_low", "p_point", "p_tier", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "proposition_id", "quotation_id", "revises_id", "role", "said_on", "stacked", "state", "state_reason", "uuid") SELECT new_values."codebook", new_values."coded_after_outcome", new_values."coded_at", new_values."coder_id", new_values."distorts_id", new_values."external_id", new_values."failed_test", new_values."frozen_at", new_values."hedge", new_values."hedge_term_id", new_values."id", new_values."kind", new_values."merged_into_id", new_values."note", new_values."organisation_id", new_values."p_high", new_values."p_low", new_values."p_point", new_values."p_tier", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."polarity", new_values."proposition_id", new_values."quotation_id", new_values."revises_id", new_values."role", new_values."said_on", new_values."stacked", new_values."state", new_values."state_reason", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='98450787efb8bdb78c7b23eaa894739a9875daf4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2f975', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_claimhistoryevent" ("codebook", "coded_after_outcome", "coded_at", "coder_id", "distorts_id", "external_id", "failed_test", "frozen_at", "hedge", "hedge_term_id", "id", "kind", "merged_into_id", "note", "organisation_id", "p_high", "p_low", "p_point", "p_tier", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "proposition_id", "quotation_id", "revises_id", "role", "said_on", "stacked", "state", "state_reason", "uuid") SELECT old_values."codebook", old_values."coded_after_outcome", old_values."coded_at", old_values."coder_id", old_values."distorts_id", old_values."external_id", old_values."failed_test", old_values."frozen_at", old_values."hedge", old_values."hedge_term_id", old_values."id", old_values."kind", old_values."merged_into_id", old_values."note", old_values."organisation_id", old_values."p_high", old_values."p_low", old_values."p_point", old_values."p_tier", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."polarity", old_values."proposition_id", old_values."quotation_id", old_values."revises_id", old_values."role", old_values."said_on", old_values."stacked", old_values."state", old_values."state_reason", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='93ee13279ecaac230c2ac16120bbfbcee2241212', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_923f6', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposition',
            trigger=pgtrigger.compiler.Trigger(name='proposition_condition_depth', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NEW.condition_id IS NOT NULL THEN\n                PERFORM pg_advisory_xact_lock(hashtext('proposition_condition_depth'));\n            END IF;\n            IF (NEW.condition_id IS NULL OR (\n                    WITH RECURSIVE above(id, condition_id, depth) AS (\n                        SELECT id, condition_id, 1 FROM tracker_proposition\n                        WHERE id = NEW.condition_id\n                        UNION ALL\n                        SELECT p.id, p.condition_id, depth + 1 FROM tracker_proposition p\n                        JOIN above ON p.id = above.condition_id WHERE depth < 4\n                    ), below(id, depth) AS (\n                        SELECT NEW.id, 0\n                        UNION ALL\n                        SELECT p.id, depth + 1 FROM tracker_proposition p\n                        JOIN below ON p.condition_id = below.id WHERE depth < 4\n                    )\n                    SELECT coalesce((SELECT max(depth) FROM above), 1)\n                        + (SELECT max(depth) FROM below) <= 2\n                )) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'Conditions go two levels deep at most.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'proposition_condition_depth';\n        ", hash='37a1eefa7e5666d4896bd564f4dd9bd7421667cc', operation='INSERT OR UPDATE', pgid='pgtrigger_proposition_condition_depth_8563c', table='tracker_proposition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reading',
            trigger=pgtrigger.compiler.Trigger(name='reading_codes_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            -- Two that code one unit at once would each count it without the other.\n            PERFORM pg_advisory_xact_lock(hashtext(\'tracker_codepattern\'));\n            MERGE INTO tracker_codepattern k\n            USING (\n                SELECT field, codebook, queue, codes, sum(units)::int AS units FROM (\n                    \n        SELECT field, codebook, queue, codes, count(*)::int AS units FROM (\n            SELECT field, codebook, queue, unit, array_agg(code ORDER BY code COLLATE "C") AS codes\n            FROM (SELECT * FROM (\n    SELECT \'probability\' AS field, c.codebook, \'readings\' AS queue, g.claim_id AS unit,\n           g.best::text AS code, g.id AS source\n    FROM tracker_reading g JOIN tracker_claim c ON c.id = g.claim_id\n) t WHERE unit IN (SELECT claim_id FROM new_rows)) c GROUP BY field, codebook, queue, unit HAVING count(*) > 1\n        ) u GROUP BY field, codebook, queue, codes\n    \n                    UNION ALL\n                    SELECT field, codebook, queue, codes, -units FROM (\n        SELECT field, codebook, queue, codes, count(*)::int AS units FROM (\n            SELECT field, codebook, queue, unit, array_agg(code ORDER BY code COLLATE "C") AS codes\n            FROM (SELECT * FROM (SELECT * FROM (\n    SELECT \'probability\' AS field, c.codebook, \'readings\' AS queue, g.claim_id AS unit,\n           g.best::text AS code, g.id AS source\n    FROM tracker_reading g JOIN tracker_claim c ON c.id = g.claim_id\n) t WHERE unit IN (SELECT claim_id FROM new_rows)) b WHERE source NOT IN (SELECT id FROM new_rows)) c GROUP BY field, codebook, queue, unit HAVING count(*) > 1\n        ) u GROUP BY field, codebook, queue, codes\n    ) p\n                ) d GROUP BY field, codebook, queue, codes HAVING sum(units) <> 0\n            ) c ON (k.field, k.codebook, k.queue, k.codes)\n                = (c.field, c.codebook, c.queue, c.codes)\n            WHEN MATCHED AND k.units + c.units = 0 THEN DELETE\n            WHEN MATCHED THEN UPDATE SET units = k.units + c.units\n            WHEN NOT MATCHED THEN INSERT (field, codebook, queue, codes, units)\n                VALUES (c.field, c.codebook, c.queue, c.codes, c.units);\n            RETURN NULL;\n        ', hash='681f8b8de008074c635027add0ad7cbc0d8f250d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_reading_codes_counted_00ec8', referencing='REFERENCING NEW TABLE AS new_rows ', table='tracker_reading', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='round_moves_by_table', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD.state = NEW.state OR OLD.closed_at IS NOT NULL\n                    OR (OLD.state, NEW.state) IN (('adjudication', 'abandoned'), ('adjudication', 'agreed'), ('agreed', 'panel'), ('agreed', 'settled'), ('open', 'abandoned'), ('open', 'agreed'), ('open', 'split'), ('panel', 'abandoned'), ('panel', 'agreed'), ('panel', 'panel'), ('split', 'abandoned'), ('split', 'adjudication'), ('split', 'agreed'), ('split', 'split'))) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A round does not move that way.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'round_moves_by_table';\n        ", hash='d0edad1fe137819030505e9e5187e382c271cf7a', operation='UPDATE', pgid='pgtrigger_round_moves_by_table_456ce', table='tracker_round', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_topichistoryevent" ("id", "judges", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid") SELECT new_values."id", new_values."judges", new_values."name", new_values."note", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8aeccb742ca01efbb5ffa2824faad83ebeba19ff', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_aa30a', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_topichistoryevent" ("id", "judges", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid") SELECT new_values."id", new_values."judges", new_values."name", new_values."note", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cf6eb8e2777ce731b4cd948c004872cb147b9d2e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fc950', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_topichistoryevent" ("id", "judges", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid") SELECT old_values."id", old_values."judges", old_values."name", old_values."note", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='62fa9e1d42c8dee0297840e42e63f94a436ed415', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ecbc2', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='verdict_codes_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            -- Two that code one unit at once would each count it without the other.\n            PERFORM pg_advisory_xact_lock(hashtext(\'tracker_codepattern\'));\n            MERGE INTO tracker_codepattern k\n            USING (\n                SELECT field, codebook, queue, codes, sum(units)::int AS units FROM (\n                    \n        SELECT field, codebook, queue, codes, count(*)::int AS units FROM (\n            SELECT field, codebook, queue, unit, array_agg(code ORDER BY code COLLATE "C") AS codes\n            FROM (SELECT * FROM (\n    SELECT f.field, r.codebook, r.reason AS queue, v.round_id AS unit, f.code, v.id AS source\n    FROM tracker_verdict v\n    JOIN tracker_round r ON r.id = v.round_id\n    CROSS JOIN LATERAL (VALUES (\'condition\', v.condition), (\'outcome\', v.outcome)) f (field, code)\n    WHERE v.stage = \'independent\' AND f.code <> \'not_applicable\'\n) t WHERE unit IN (SELECT round_id FROM new_rows)) c GROUP BY field, codebook, queue, unit HAVING count(*) > 1\n        ) u GROUP BY field, codebook, queue, codes\n    \n                    UNION ALL\n                    SELECT field, codebook, queue, codes, -units FROM (\n        SELECT field, codebook, queue, codes, count(*)::int AS units FROM (\n            SELECT field, codebook, queue, unit, array_agg(code ORDER BY code COLLATE "C") AS codes\n            FROM (SELECT * FROM (SELECT * FROM (\n    SELECT f.field, r.codebook, r.reason AS queue, v.round_id AS unit, f.code, v.id AS source\n    FROM tracker_verdict v\n    JOIN tracker_round r ON r.id = v.round_id\n    CROSS JOIN LATERAL (VALUES (\'condition\', v.condition), (\'outcome\', v.outcome)) f (field, code)\n    WHERE v.stage = \'independent\' AND f.code <> \'not_applicable\'\n) t WHERE unit IN (SELECT round_id FROM new_rows)) b WHERE source NOT IN (SELECT id FROM new_rows)) c GROUP BY field, codebook, queue, unit HAVING count(*) > 1\n        ) u GROUP BY field, codebook, queue, codes\n    ) p\n                ) d GROUP BY field, codebook, queue, codes HAVING sum(units) <> 0\n            ) c ON (k.field, k.codebook, k.queue, k.codes)\n                = (c.field, c.codebook, c.queue, c.codes)\n            WHEN MATCHED AND k.units + c.units = 0 THEN DELETE\n            WHEN MATCHED THEN UPDATE SET units = k.units + c.units\n            WHEN NOT MATCHED THEN INSERT (field, codebook, queue, codes, units)\n                VALUES (c.field, c.codebook, c.queue, c.codes, c.units);\n            RETURN NULL;\n        ', hash='17892c933070979bbc352258d642357e2c9168ed', level='STATEMENT', operation='INSERT', pgid='pgtrigger_verdict_codes_counted_4c758', referencing='REFERENCING NEW TABLE AS new_rows ', table='tracker_verdict', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='verdict_stage_fits_state', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    EXISTS (SELECT 1 FROM tracker_round r WHERE r.id = NEW.round_id\n            AND (r.closed_at IS NOT NULL OR (r.state, NEW.stage) IN (('adjudication', 'adjudication'), ('open', 'independent'), ('panel', 'panel'), ('split', 'adjudication'), ('split', 'revised'))))\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'The round takes no verdict of this stage where it stands.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'verdict_stage_fits_state';\n        ", hash='965090cf7c86a771316e85eb2ed9dc0d48037eaa', operation='INSERT', pgid='pgtrigger_verdict_stage_fits_state_7d9af', table='tracker_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='verdict_duties_separate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    EXISTS (SELECT 1 FROM tracker_round r WHERE r.id = NEW.round_id AND r.needed = 1)\n    OR EXISTS (SELECT 1 FROM tracker_override o\n               WHERE o.round_id = NEW.round_id AND o.judge_id = NEW.judge_id)\n    OR NOT EXISTS (\n        SELECT 1 FROM tracker_round r\n        JOIN tracker_claim c ON c.proposition_id = r.proposition_id\n        LEFT JOIN tracker_reading g ON g.claim_id = c.id\n        WHERE r.id = NEW.round_id AND NEW.judge_id IN (c.coder_id, g.reader_id)\n    )\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'Coder, reader and judge must be different people.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'verdict_duties_separate';\n        ", hash='5f17aa32181d899f278e2d373660f386e76b6259', operation='INSERT', pgid='pgtrigger_verdict_duties_separate_82282', table='tracker_verdict', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='capture',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['paste', 'upload', 'fetch', 'wayback', 'perma', 'archive_today'])), name='capture_method_known'),
        ),
        migrations.AddConstraint(
            model_name='capture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('bytes_sha256', ''), _negated=True), ('size__isnull', False), ('snapshot__isnull', False), ('status', 'ok')), models.Q(models.Q(('bytes_sha256', ''), _negated=True), ('size__isnull', False), ('snapshot__isnull', False), ('status', 'withdrawn')), models.Q(models.Q(('status', 'ok'), _negated=True), ('bytes_sha256', ''), ('size__isnull', True), ('snapshot__isnull', True)), _connector='OR'), name='capture_ok_iff_kept'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'frozen', 'considered', 'retracted', 'misquote', 'merged'])), name='claim_state_known'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='claim_merged_iff_into_another'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='claim_not_own_merger'),
        ),
        migrations.AddConstraint(
            model_name='scorerun',
            constraint=models.CheckConstraint(condition=models.Q(('subject__in', ['people', 'organisations', 'topics', 'outlets'])), name='score_run_subject_known'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('judges', None), ('judges__range', (1, 5)), _connector='OR'), name='topic_judges_1_to_5'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='event_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A event stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'event_never_deleted';\n        ", hash='d8e053add86eb3811b438150e7cf5b5d91dbdd5e', operation='DELETE', pgid='pgtrigger_event_never_deleted_635a3', table='tracker_event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='event_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A event is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'event_immutable';\n        ", hash='2465f15f6ddf1a5c888600c34218b2740a43dccd', operation='UPDATE', pgid='pgtrigger_event_immutable_895e4', table='tracker_event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='furtherquotation',
            trigger=pgtrigger.compiler.Trigger(name='further_quotation_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A further_quotation stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'further_quotation_never_deleted';\n        ", hash='698b2dbe9d73114653914641f5807e6b646f3e27', operation='DELETE', pgid='pgtrigger_further_quotation_never_deleted_dffcf', table='tracker_claim_further_quotations', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='furtherquotation',
            trigger=pgtrigger.compiler.Trigger(name='further_quotation_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A further_quotation is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'further_quotation_immutable';\n        ", hash='ccc029077272ad2095954cb498a48b6d3dd772eb', operation='UPDATE', pgid='pgtrigger_further_quotation_immutable_52dd2', table='tracker_claim_further_quotations', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='furtherquotation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_furtherquotationhistoryevent" ("claim_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation_id") SELECT new_values."claim_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."quotation_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e052d8c823de9f6a02bf065570f70800113145f5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7d6c2', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_claim_further_quotations', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='furtherquotation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_furtherquotationhistoryevent" ("claim_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation_id") SELECT new_values."claim_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."quotation_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='46fb2fb5a6ad6db20fccd7901bf3948d948b829d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b4d88', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_claim_further_quotations', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='furtherquotation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_furtherquotationhistoryevent" ("claim_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation_id") SELECT old_values."claim_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."quotation_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cdd1d5e6261a376a61803843654f523ea23d407b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_63ece', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_claim_further_quotations', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citedoutcome',
            trigger=pgtrigger.compiler.Trigger(name='cited_outcome_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A cited_outcome stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cited_outcome_never_deleted';\n        ", hash='36d7980006c725cee56430a561f1c8163143b3c4', operation='DELETE', pgid='pgtrigger_cited_outcome_never_deleted_c92d9', table='tracker_verdict_cited', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citedoutcome',
            trigger=pgtrigger.compiler.Trigger(name='cited_outcome_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A cited_outcome is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cited_outcome_immutable';\n        ", hash='af770f5d134c3de57683959d466ae1c7e6f7e7ab', operation='UPDATE', pgid='pgtrigger_cited_outcome_immutable_15bac', table='tracker_verdict_cited', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='address_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A address stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'address_never_deleted';\n        ", hash='de7a3bd0e7d5debd463873018a51fe7a8f936517', operation='DELETE', pgid='pgtrigger_address_never_deleted_fc145', table='tracker_address', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_addresshistoryevent" ("added_at", "added_by_id", "canonical_url", "id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "uuid") SELECT new_values."added_at", new_values."added_by_id", new_values."canonical_url", new_values."id", new_values."origin", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source_id", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='83b086b5a4c3619d97b6d5daa80c23de36271ecd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b53d5', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_addresshistoryevent" ("added_at", "added_by_id", "canonical_url", "id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "uuid") SELECT new_values."added_at", new_values."added_by_id", new_values."canonical_url", new_values."id", new_values."origin", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source_id", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7d574f374ee124457acf3712f9c8e0865d882fd0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1e772', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_addresshistoryevent" ("added_at", "added_by_id", "canonical_url", "id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "uuid") SELECT old_values."added_at", old_values."added_by_id", old_values."canonical_url", old_values."id", old_values."origin", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source_id", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a9b6bf1d72f48df9a450bebc03e8a42ed8ed1f22', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_243a5', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anchoring',
            trigger=pgtrigger.compiler.Trigger(name='anchoring_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A anchoring stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'anchoring_never_deleted';\n        ", hash='8ab7157d8e92921ec1e27f6d8c5ab12cfe85e874', operation='DELETE', pgid='pgtrigger_anchoring_never_deleted_82592', table='tracker_anchoring', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anchoring',
            trigger=pgtrigger.compiler.Trigger(name='anchoring_word_for_word', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF (\n                    NEW.start IS NULL OR NEW.exact = (\n                        SELECT substr(s.text, NEW.start + 1, NEW."end" - NEW.start)\n                        FROM tracker_snapshot s WHERE s.id = NEW.snapshot_id\n                    )\n                ) THEN\n                IF TG_OP = \'DELETE\' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION \'The snapshot does not say that there.\'\n                USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'anchoring_word_for_word\';\n        ', hash='350e47445281581fb92802f193d6166e295c388c', operation='INSERT OR UPDATE', pgid='pgtrigger_anchoring_word_for_word_0740f', table='tracker_anchoring', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anchoring',
            trigger=pgtrigger.compiler.Trigger(name='anchoring_in_same_source', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n                    (SELECT coalesce(o.merged_into_id, o.id) FROM tracker_snapshot s\n                     JOIN tracker_source o ON o.id = s.source_id WHERE s.id = NEW.snapshot_id)\n                    = (SELECT coalesce(o.merged_into_id, o.id) FROM tracker_quotation q\n                       JOIN tracker_snapshot s ON s.id = q.snapshot_id\n                       JOIN tracker_source o ON o.id = s.source_id WHERE q.id = NEW.quotation_id)\n                ) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'The snapshot is of another source.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'anchoring_in_same_source';\n        ", hash='871043e09f7f1f0c9583784808254ceec209a5fa', operation='INSERT', pgid='pgtrigger_anchoring_in_same_source_319b7', table='tracker_anchoring', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anchoring',
            trigger=pgtrigger.compiler.Trigger(name='anchoring_seen_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD.seen_at IS NULL OR OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'Someone has looked at this change already.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'anchoring_seen_once';\n        ", hash='cfec7a973d92c2c46032dfb5d3e8ed8a424aa1be', operation='UPDATE', pgid='pgtrigger_anchoring_seen_once_e1ceb', table='tracker_anchoring', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anchoring',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_anchoringhistoryevent" ("anchored_at", "distance", "end", "exact", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation_id", "seen_at", "seen_by_id", "snapshot_id", "start", "state", "uuid") SELECT new_values."anchored_at", new_values."distance", new_values."end", new_values."exact", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."quotation_id", new_values."seen_at", new_values."seen_by_id", new_values."snapshot_id", new_values."start", new_values."state", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='34830b25bdd71c82c6bacc45195fcda20edc9b73', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_66b4e', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_anchoring', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anchoring',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_anchoringhistoryevent" ("anchored_at", "distance", "end", "exact", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation_id", "seen_at", "seen_by_id", "snapshot_id", "start", "state", "uuid") SELECT new_values."anchored_at", new_values."distance", new_values."end", new_values."exact", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."quotation_id", new_values."seen_at", new_values."seen_by_id", new_values."snapshot_id", new_values."start", new_values."state", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1fd7f3bc2cc1c62e545c31e5ba81dc42835bc1f9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7df41', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_anchoring', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anchoring',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_anchoringhistoryevent" ("anchored_at", "distance", "end", "exact", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotation_id", "seen_at", "seen_by_id", "snapshot_id", "start", "state", "uuid") SELECT old_values."anchored_at", old_values."distance", old_values."end", old_values."exact", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."quotation_id", old_values."seen_at", old_values."seen_by_id", old_values."snapshot_id", old_values."start", old_values."state", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e82eb6d880d590b3dd96b869f84e3c82b57421b3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_54b92', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_anchoring', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='assignment_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A assignment stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'assignment_never_deleted';\n        ", hash='0f19b665d4837bcc549c1226e58063b5edbe2ff3', operation='DELETE', pgid='pgtrigger_assignment_never_deleted_f47b7', table='tracker_assignment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_assignmenthistoryevent" ("assigned_at", "assigned_by_id", "id", "judge_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "round_id", "uuid") SELECT new_values."assigned_at", new_values."assigned_by_id", new_values."id", new_values."judge_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."released_at", new_values."round_id", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e7608b421030fe6fc4b1bb326b403485b37f8801', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ac9e9', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_assignmenthistoryevent" ("assigned_at", "assigned_by_id", "id", "judge_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "round_id", "uuid") SELECT new_values."assigned_at", new_values."assigned_by_id", new_values."id", new_values."judge_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."released_at", new_values."round_id", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b34ceec0cfc49c3f3723289430a5f334ffa86462', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7decd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assignment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_assignmenthistoryevent" ("assigned_at", "assigned_by_id", "id", "judge_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "round_id", "uuid") SELECT old_values."assigned_at", old_values."assigned_by_id", old_values."id", old_values."judge_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."released_at", old_values."round_id", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4d6a0edb15e56a7f2695e288a6f336ab9adf150b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_85529', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_assignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarfeed',
            trigger=pgtrigger.compiler.Trigger(name='calendar_feed_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A calendar_feed stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'calendar_feed_never_deleted';\n        ", hash='3c71320f2ca561176b541ca1d10a49a52e2d05a6', operation='DELETE', pgid='pgtrigger_calendar_feed_never_deleted_16876', table='tracker_calendarfeed', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distortion',
            trigger=pgtrigger.compiler.Trigger(name='distortion_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A distortion stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'distortion_never_deleted';\n        ", hash='4205d70a9228e44cb6cf976a4280c253421a10ab', operation='DELETE', pgid='pgtrigger_distortion_never_deleted_2dbb8', table='tracker_distortion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distortion',
            trigger=pgtrigger.compiler.Trigger(name='distortion_word_for_word', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF (\n                    NEW.exact = (\n                        SELECT substr(s.text, NEW.start + 1, NEW."end" - NEW.start)\n                        FROM tracker_snapshot s WHERE s.id = NEW.snapshot_id\n                    )\n                ) THEN\n                IF TG_OP = \'DELETE\' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION \'The snapshot does not say that there.\'\n                USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'distortion_word_for_word\';\n        ', hash='332cb1365c6ad0a952344dd892f6d1c7730cf698', operation='INSERT OR UPDATE', pgid='pgtrigger_distortion_word_for_word_c7481', table='tracker_distortion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distortion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_distortionhistoryevent" ("end", "exact", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "quotation_id", "recorded_at", "recorded_by_id", "snapshot_id", "start", "uuid") SELECT new_values."end", new_values."exact", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."quotation_id", new_values."recorded_at", new_values."recorded_by_id", new_values."snapshot_id", new_values."start", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='015fbd1f48b48f070bb435241340f4c6bfa9189a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0a7c5', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_distortion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distortion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_distortionhistoryevent" ("end", "exact", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "quotation_id", "recorded_at", "recorded_by_id", "snapshot_id", "start", "uuid") SELECT new_values."end", new_values."exact", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."quotation_id", new_values."recorded_at", new_values."recorded_by_id", new_values."snapshot_id", new_values."start", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2dd99211e89d880cf66e5f845dc115df4baf49af', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b2f88', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_distortion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='distortion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_distortionhistoryevent" ("end", "exact", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "quotation_id", "recorded_at", "recorded_by_id", "snapshot_id", "start", "uuid") SELECT old_values."end", old_values."exact", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."quotation_id", old_values."recorded_at", old_values."recorded_by_id", old_values."snapshot_id", old_values."start", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='14f0136f1b38340e8471241acd6cbcdd4db67480', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fcba7', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_distortion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duplicate',
            trigger=pgtrigger.compiler.Trigger(name='duplicate_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A duplicate stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'duplicate_never_deleted';\n        ", hash='15e2d7bdb235c304118e71d0e5a5c4057bf7c801', operation='DELETE', pgid='pgtrigger_duplicate_never_deleted_afb20', table='tracker_duplicate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duplicate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_duplicatehistoryevent" ("decided_at", "decided_by_id", "decision_reason", "dropped_claim_id", "dropped_proposition_id", "id", "kept_claim_id", "kept_proposition_id", "likeness", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "uuid") SELECT new_values."decided_at", new_values."decided_by_id", new_values."decision_reason", new_values."dropped_claim_id", new_values."dropped_proposition_id", new_values."id", new_values."kept_claim_id", new_values."kept_proposition_id", new_values."likeness", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."state", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9b55d0066500b8a60b3398d627de0b2ddc827ead', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cbea1', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_duplicate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duplicate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_duplicatehistoryevent" ("decided_at", "decided_by_id", "decision_reason", "dropped_claim_id", "dropped_proposition_id", "id", "kept_claim_id", "kept_proposition_id", "likeness", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "uuid") SELECT new_values."decided_at", new_values."decided_by_id", new_values."decision_reason", new_values."dropped_claim_id", new_values."dropped_proposition_id", new_values."id", new_values."kept_claim_id", new_values."kept_proposition_id", new_values."likeness", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."state", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4668426bf5d6c9f84bf8d6be4b6678388a1b1657', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8043f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_duplicate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duplicate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_duplicatehistoryevent" ("decided_at", "decided_by_id", "decision_reason", "dropped_claim_id", "dropped_proposition_id", "id", "kept_claim_id", "kept_proposition_id", "likeness", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "uuid") SELECT old_values."decided_at", old_values."decided_by_id", old_values."decision_reason", old_values."dropped_claim_id", old_values."dropped_proposition_id", old_values."id", old_values."kept_claim_id", old_values."kept_proposition_id", old_values."likeness", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."proposed_by_id", old_values."reason", old_values."state", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a5ef91d1750c510de50bb36c8022772d7e8e0232', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_54be4', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_duplicate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='override',
            trigger=pgtrigger.compiler.Trigger(name='override_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A override stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'override_never_deleted';\n        ", hash='d2d200024eb6ece44779ee3196dcaecebb6e07d1', operation='DELETE', pgid='pgtrigger_override_never_deleted_0b36f', table='tracker_override', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='override',
            trigger=pgtrigger.compiler.Trigger(name='override_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A override is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'override_immutable';\n        ", hash='dd83ca57db056b4587a4d0132a6de9837ae389f3', operation='UPDATE', pgid='pgtrigger_override_immutable_beef9', table='tracker_override', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replylink',
            trigger=pgtrigger.compiler.Trigger(name='reply_link_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A reply_link stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reply_link_never_deleted';\n        ", hash='49fc7f099682e1f89da8238031a28c8063c068fa', operation='DELETE', pgid='pgtrigger_reply_link_never_deleted_e3150', table='tracker_replylink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replylink',
            trigger=pgtrigger.compiler.Trigger(name='reply_link_used_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD.reply_id IS NULL OR OLD.reply_id IS NOT DISTINCT FROM NEW.reply_id) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'This link has been used.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reply_link_used_once';\n        ", hash='3c946bb94d702959f0ee93aee7312224b6d72428', operation='UPDATE', pgid='pgtrigger_reply_link_used_once_6c808', table='tracker_replylink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replylink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_replylinkhistoryevent" ("expires_at", "id", "made_at", "made_by_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_id", "resolution_id", "revoked_at", "sent_to", "uuid") SELECT new_values."expires_at", new_values."id", new_values."made_at", new_values."made_by_id", new_values."organisation_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reply_id", new_values."resolution_id", new_values."revoked_at", new_values."sent_to", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bc70e40bc1343ff3ae5a6e0b1cba7d867179bf38', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_94de1', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_replylink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replylink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_replylinkhistoryevent" ("expires_at", "id", "made_at", "made_by_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_id", "resolution_id", "revoked_at", "sent_to", "uuid") SELECT new_values."expires_at", new_values."id", new_values."made_at", new_values."made_by_id", new_values."organisation_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reply_id", new_values."resolution_id", new_values."revoked_at", new_values."sent_to", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."person_id" IS DISTINCT FROM (new_values."person_id") OR old_values."reply_id" IS DISTINCT FROM (new_values."reply_id") OR old_values."resolution_id" IS DISTINCT FROM (new_values."resolution_id") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."sent_to" IS DISTINCT FROM (new_values."sent_to") OR old_values."uuid" IS DISTINCT FROM (new_values."uuid")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='91b55bc3be97f341919177d632d2b9b7f9f39357', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e61e1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_replylink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replylink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_replylinkhistoryevent" ("expires_at", "id", "made_at", "made_by_id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_id", "resolution_id", "revoked_at", "sent_to", "uuid") SELECT old_values."expires_at", old_values."id", old_values."made_at", old_values."made_by_id", old_values."organisation_id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reply_id", old_values."resolution_id", old_values."revoked_at", old_values."sent_to", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0fa2218574150ac920fa0ecaa3561a571fa31899', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_011c1', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_replylink', when='AFTER')),
        ),
        migrations.RunSQL(CACHE, "DROP TABLE tracker_cache"),
        migrations.RunSQL(RESOLUTIONS, replacing(FIRST.VIEW)),
        migrations.RunSQL(ACCOUNTS, replacing(FIRST.ACCOUNTS)),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
    ]
