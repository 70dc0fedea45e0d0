"""Everything that is stored, with the constraints and triggers that guard it."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import tracker.models.people
import uuid
from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models


EXTENSIONS = ["btree_gist", "pg_trgm", "unaccent"]
# Immutable wrappers: a generated column may only be built from what never changes its mind.
# Schemas are named because a restore runs them with an empty search path.
FUNCTIONS = """
    CREATE FUNCTION public.tracker_fold(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT regexp_replace(btrim(lower(public.unaccent('public.unaccent', name))), '\\s+', ' ', 'g')
    $$;
    CREATE FUNCTION public.tracker_known_as(name text, aliases text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT array_agg(DISTINCT public.tracker_fold(n)) FROM unnest(array_append(aliases, name)) n
    $$;
    CREATE FUNCTION public.tracker_y(outcome text) RETURNS smallint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE WHEN outcome IN ('came_true', 'mostly') THEN 1
                    WHEN outcome IN ('did_not', 'mostly_not') THEN 0 END::smallint
    $$;
    CREATE FUNCTION public.tracker_condition(judged text, outcome text, required boolean) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE WHEN outcome IS NULL OR outcome = 'open' THEN judged
                    WHEN public.tracker_y(outcome) IS NULL THEN 'undeterminable'
                    WHEN (public.tracker_y(outcome) = 1) = required THEN 'met'
                    ELSE 'not_met' END
    $$;
    CREATE FUNCTION public.tracker_result(condition text, outcome text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE WHEN outcome = 'annulled' THEN outcome
                    WHEN condition IN ('not_met', 'undeterminable') THEN 'void_condition'
                    ELSE outcome END
    $$;
"""
NO_FUNCTIONS = """
    DROP FUNCTION public.tracker_result(text, text);
    DROP FUNCTION public.tracker_condition(text, text, boolean);
    DROP FUNCTION public.tracker_y(text);
    DROP FUNCTION public.tracker_known_as(text, text[]);
    DROP FUNCTION public.tracker_fold(text);
"""
VIEW = """
    CREATE VIEW tracker_current_resolution AS
    WITH standing AS NOT MATERIALIZED (
        SELECT r.*, p.condition_id, p.condition_required
        FROM tracker_resolution r JOIN tracker_proposition p ON p.id = r.proposition_id
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
# What became of every claim that left the drafts, and the score item of those that count.
ACCOUNTS = """
    CREATE VIEW tracker_claim_account AS
    SELECT c.id AS claim_id, v.id AS resolution_id, c.proposition_id,
           coalesce(person.merged_into_id, c.person_id) AS person_id,
           coalesce(organisation.merged_into_id, c.organisation_id) AS organisation_id,
           p.topic_id,
           coalesce(outlet.merged_into_id, s.outlet_id) AS outlet_id,
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
    LEFT JOIN tracker_organisation outlet ON outlet.id = s.outlet_id
    WHERE c.state IN ('frozen', 'retracted', 'misquote')
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        *(CreateExtension(name) for name in EXTENSIONS),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.CreateModel(
            name='CurrentResolution',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('condition', models.TextField(choices=[('met', 'met'), ('not_met', 'not_met'), ('undeterminable', 'undeterminable'), ('not_applicable', 'not_applicable')])),
                ('outcome', models.TextField(choices=[('came_true', 'came_true'), ('mostly', 'mostly'), ('partly', 'partly'), ('mostly_not', 'mostly_not'), ('did_not', 'did_not'), ('open', 'open'), ('void_condition', 'void_condition'), ('ambiguous', 'ambiguous'), ('annulled', 'annulled')])),
                ('y', models.SmallIntegerField(null=True)),
                ('method', models.TextField(choices=[('agreed', 'agreed'), ('near_agreed', 'near_agreed'), ('adjudicated', 'adjudicated'), ('panel', 'panel'), ('single', 'single'), ('editor', 'editor')])),
                ('decided_at', models.DateTimeField()),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'tracker_current_resolution',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Lexicon',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.TextField(unique=True)),
                ('title', models.TextField()),
                ('source', models.TextField(blank=True, default='')),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-frozen_at'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug', models.SlugField(max_length=200, unique=True)),
                ('name', models.TextField()),
                ('kind', models.TextField(choices=[('media', 'Media'), ('think_tank', 'Think tank'), ('university', 'University'), ('government', 'Government'), ('military', 'Military'), ('ngo', 'Ngo'), ('international', 'International'), ('party', 'Party'), ('company', 'Company'), ('other', 'Other')], default='other')),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('wikidata', models.TextField(blank=True, default='')),
                ('note', models.TextField(blank=True, default='')),
                ('known_as', models.GeneratedField(db_persist=True, expression=models.Func(models.F('name'), models.F('aliases'), function='tracker_known_as'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='tracker.organisation')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tracker.organisation')),
            ],
            options={
                'ordering': ['name'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['known_as'], name='organisation_known_as'), django.contrib.postgres.indexes.GinIndex(fields=['name'], name='organisation_name_trgm', opclasses=['gin_trgm_ops']), models.Index(django.db.models.functions.text.Lower('name'), models.F('id'), name='organisation_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['media', 'think_tank', 'university', 'government', 'military', 'ngo', 'international', 'party', 'company', 'other'])), name='organisation_kind_known'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='organisation_not_own_parent'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='organisation_not_own_merger')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug', models.SlugField(max_length=200, unique=True)),
                ('name', models.TextField()),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('wikidata', models.TextField(blank=True, default='')),
                ('note', models.TextField(blank=True, default='')),
                ('known_as', models.GeneratedField(db_persist=True, expression=models.Func(models.F('name'), models.F('aliases'), function='tracker_known_as'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='tracker.person')),
            ],
            options={
                'verbose_name_plural': 'people',
                'ordering': ['name'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['known_as'], name='person_known_as'), django.contrib.postgres.indexes.GinIndex(fields=['name'], name='person_name_trgm', opclasses=['gin_trgm_ops']), models.Index(django.db.models.functions.text.Lower('name'), models.F('id'), name='person_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='person_not_own_merger')],
            },
        ),
        migrations.CreateModel(
            name='PhraseTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('person', 'person'), ('organisation', 'organisation'), ('topic', 'topic'), ('outlet', 'outlet')])),
                ('subject_id', models.BigIntegerField()),
                ('phrase', models.TextField(blank=True, help_text='Empty: the claims with a number of their own.')),
                ('n', models.PositiveIntegerField()),
                ('hits', models.PositiveIntegerField()),
                ('errors', models.PositiveBigIntegerField(help_text='Sum of (p - y)^2, in millionths.')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject_id', 'phrase'), name='phrase_tally_once'), models.CheckConstraint(condition=models.Q(('hits__lte', models.F('n'))), name='phrase_tally_hits_within_n')],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug', models.SlugField(max_length=200, unique=True)),
                ('name', models.TextField()),
                ('note', models.TextField(blank=True, default='')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tracker.topic')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='topic_not_own_parent')],
            },
        ),
        migrations.CreateModel(
            name='EventTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('person', 'person'), ('organisation', 'organisation'), ('topic', 'topic'), ('outlet', 'outlet')])),
                ('subject_id', models.BigIntegerField(help_text='0: all subjects of the kind together.')),
                ('y', models.SmallIntegerField(help_text='1 it happened, 0 it did not.')),
                ('size', models.PositiveIntegerField(help_text='Claims on each of the events.')),
                ('events', models.PositiveIntegerField()),
                ('m', models.PositiveBigIntegerField(help_text='Claims held against the reference class.')),
                ('t', models.BigIntegerField(help_text='Sum of t, in millionths.')),
                ('mm', models.PositiveBigIntegerField(help_text='Sum over events of squared m.')),
                ('mt', models.BigIntegerField(help_text='Sum over events of m times t.')),
                ('tt', models.DecimalField(decimal_places=0, help_text='... of squared t.', max_digits=60)),
                ('claim_mt', models.BigIntegerField(help_text='Sum over claims of m times t.')),
                ('claim_tt', models.DecimalField(decimal_places=0, help_text='... of squared t.', max_digits=60)),
                ('errors', models.PositiveBigIntegerField(help_text='Sum of (p - y)^2, in millionths.')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject_id', 'y', 'size'), name='event_tally_once'), models.CheckConstraint(condition=models.Q(('y__in', [0, 1])), name='event_tally_one_outcome')],
            },
        ),
        migrations.CreateModel(
            name='LastTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.UUIDField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='last_tally_only_one')],
            },
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('role', models.TextField(blank=True, default='')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(blank=True, default=tracker.models.people.always, help_text='From and until; open if unknown.')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='tracker.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='tracker.person')),
            ],
            options={
                'ordering': ['person', 'organisation'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('organisation', '='), ('role', '='), ('valid', '&&')], name='affiliation_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='HedgeTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('phrase', models.TextField()),
                ('low', models.PositiveSmallIntegerField(help_text='Permille, 10th percentile.')),
                ('point', models.PositiveSmallIntegerField(help_text='Permille, median.')),
                ('high', models.PositiveSmallIntegerField(help_text='Permille, 90th percentile.')),
                ('score_p', models.PositiveSmallIntegerField(help_text='Permille, mean: what is scored.')),
                ('score_sd', models.FloatField(help_text='Spread among readers, 0 to 1.')),
                ('respondents', models.PositiveIntegerField(null=True)),
                ('source', models.TextField()),
                ('licence', models.TextField(blank=True, default='')),
                ('kind', models.TextField(help_text="The source's kind, as published.")),
                ('kind_code', models.TextField(choices=[('published_raw', 'Published raw'), ('published_raw_weak', 'Published raw weak'), ('published_standard_range', 'Published standard range'), ('rule', 'Rule'), ('interpolation', 'Interpolation')])),
                ('base_phrase', models.TextField(blank=True, default='')),
                ('mode', models.TextField(choices=[('score', 'Score'), ('score_flag_possibility', 'Score flag possibility'), ('verdict_only', 'Verdict only')])),
                ('note', models.TextField(blank=True, default='')),
                ('lexicon', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='tracker.lexicon')),
            ],
            options={
                'ordering': ['lexicon', 'point', 'phrase'],
                'constraints': [models.UniqueConstraint(fields=('lexicon', 'phrase'), name='hedge_term_once'), models.CheckConstraint(condition=models.Q(('high__lte', 1000), ('low__lte', models.F('point')), ('point__lte', models.F('high'))), name='hedge_term_in_order'), models.CheckConstraint(condition=models.Q(('score_p__lte', 1000)), name='hedge_term_score_range'), models.CheckConstraint(condition=models.Q(('kind_code__in', ['published_raw', 'published_raw_weak', 'published_standard_range', 'rule', 'interpolation'])), name='hedge_term_kind_known'), models.CheckConstraint(condition=models.Q(('mode__in', ['score', 'score_flag_possibility', 'verdict_only'])), name='hedge_term_mode_known')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('slug', models.SlugField(db_index=False, max_length=200)),
                ('name', models.TextField()),
                ('kind', models.TextField(choices=[('media', 'Media'), ('think_tank', 'Think tank'), ('university', 'University'), ('government', 'Government'), ('military', 'Military'), ('ngo', 'Ngo'), ('international', 'International'), ('party', 'Party'), ('company', 'Company'), ('other', 'Other')], default='other')),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('wikidata', models.TextField(blank=True, default='')),
                ('note', models.TextField(blank=True, default='')),
                ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.organisation')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OrganisationTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('p', models.PositiveSmallIntegerField()),
                ('n', models.PositiveIntegerField()),
                ('hits', models.PositiveIntegerField()),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='tracker.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('subject', 'p'), name='organisationtally_once'), models.CheckConstraint(condition=models.Q(('hits__lte', models.F('n'))), name='organisationtally_hits_within_n')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('statement', models.TextField()),
                ('occurred_on', models.DateField(blank=True, null=True)),
                ('occurred_precision', models.TextField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year'), ('interval', 'Interval'), ('before', 'Before')], default='day')),
                ('occurred_words', models.TextField(blank=True, default='', help_text='The date as the sources give it.')),
                ('known_on', models.DateField(help_text='When it could first be known.')),
                ('found_nothing', models.BooleanField(default=False, help_text='A search was made and nothing was found.')),
                ('searched', models.TextField(blank=True, default='', help_text='What was searched, where and how.')),
                ('note', models.TextField(blank=True, default='')),
                ('external_id', models.TextField(blank=True, default='')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-known_on', '-id'],
                'indexes': [models.Index(fields=['-known_on', '-id'], name='outcome_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('occurred_precision__in', ['day', 'month', 'year', 'interval', 'before'])), name='outcome_precision_known'), models.CheckConstraint(condition=models.Q(('found_nothing', True), ('occurred_on__isnull', False), _connector='OR'), name='outcome_dated'), models.CheckConstraint(condition=models.Q(('occurred_on', None), ('known_on__gte', models.F('occurred_on')), _connector='OR'), name='outcome_known_after_it_occurred'), models.CheckConstraint(condition=models.Q(('found_nothing', False), models.Q(('searched', ''), _negated=True), _connector='OR'), name='outcome_search_recorded'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('external_id',), name='outcome_external_id_once')],
            },
        ),
        migrations.CreateModel(
            name='OutletTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('p', models.PositiveSmallIntegerField()),
                ('n', models.PositiveIntegerField()),
                ('hits', models.PositiveIntegerField()),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outlet_tallies', to='tracker.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('subject', 'p'), name='outlettally_once'), models.CheckConstraint(condition=models.Q(('hits__lte', models.F('n'))), name='outlettally_hits_within_n')],
            },
        ),
        migrations.CreateModel(
            name='PersonHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('slug', models.SlugField(db_index=False, max_length=200)),
                ('name', models.TextField()),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('wikidata', models.TextField(blank=True, default='')),
                ('note', models.TextField(blank=True, default='')),
                ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PersonTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('p', models.PositiveSmallIntegerField()),
                ('n', models.PositiveIntegerField()),
                ('hits', models.PositiveIntegerField()),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='tracker.person')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('subject', 'p'), name='persontally_once'), models.CheckConstraint(condition=models.Q(('hits__lte', models.F('n'))), name='persontally_hits_within_n')],
            },
        ),
        migrations.CreateModel(
            name='Proposition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('statement', models.TextField()),
                ('criteria', models.TextField(blank=True, default='', help_text='What world would make it wrong?')),
                ('resolution_sources', models.TextField(blank=True, default='', help_text='Where a judge looks first.')),
                ('condition_required', models.BooleanField(default=True, help_text='The condition must come true (or, unticked, must fail).')),
                ('condition_words', models.TextField(blank=True, default='', help_text="The condition in the speaker's words.")),
                ('deadline', models.DateField(blank=True, null=True)),
                ('deadline_basis', models.TextField(choices=[('stated', 'Stated'), ('derived', 'Derived'), ('event_triggered', 'Event triggered'), ('convention', 'Convention'), ('none', 'None')], default='none')),
                ('deadline_words', models.TextField(blank=True, default='', help_text='The words that the deadline came from.')),
                ('deadline_reason', models.TextField(blank=True, default='', help_text='How it was derived.')),
                ('review_on', models.DateField(blank=True, null=True)),
                ('event_seen', models.BooleanField(default=False, help_text='The event was seen: judge it now.')),
                ('specificity', models.PositiveSmallIntegerField(blank=True, help_text='0 to 3.', null=True)),
                ('difficulty', models.PositiveSmallIntegerField(blank=True, help_text='1 to 5.', null=True)),
                ('importance', models.PositiveSmallIntegerField(blank=True, help_text='1 to 3.', null=True)),
                ('note', models.TextField(blank=True, default='')),
                ('version', models.PositiveIntegerField(default=1)),
                ('frozen_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('condition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consequences', to='tracker.proposition')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='tracker.proposition')),
                ('supersedes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by_set', to='tracker.proposition')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='propositions', to='tracker.topic')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['deadline', 'id'], name='proposition_by_deadline')],
                'constraints': [models.CheckConstraint(condition=models.Q(('deadline_basis__in', ['stated', 'derived', 'event_triggered', 'convention', 'none'])), name='proposition_basis_known'), models.CheckConstraint(condition=models.Q(models.Q(('deadline__isnull', False), ('deadline_basis__in', ['stated', 'derived', 'convention'])), models.Q(models.Q(('deadline_basis__in', ['stated', 'derived', 'convention']), _negated=True), ('deadline', None)), _connector='OR'), name='proposition_deadline_iff_basis'), models.CheckConstraint(condition=models.Q(('frozen_at', None), ('deadline__isnull', False), ('review_on__isnull', False), _connector='OR'), name='proposition_deadline_or_review'), models.CheckConstraint(condition=models.Q(('condition', None), models.Q(('condition', models.F('id')), _negated=True), _connector='OR'), name='proposition_not_own_condition'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='proposition_not_own_merger'), models.CheckConstraint(condition=models.Q(('supersedes', models.F('id')), _negated=True), name='proposition_not_own_successor'), models.CheckConstraint(condition=models.Q(('specificity', None), ('specificity__lte', 3), _connector='OR'), name='proposition_specificity_0_3'), models.CheckConstraint(condition=models.Q(('difficulty', None), ('difficulty__range', (1, 5)), _connector='OR'), name='proposition_difficulty_1_5'), models.CheckConstraint(condition=models.Q(('importance', None), ('importance__range', (1, 3)), _connector='OR'), name='proposition_importance_1_3')],
            },
        ),
        migrations.CreateModel(
            name='ScoreRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.TextField()),
                ('method_version', models.TextField()),
                ('as_of', models.DateTimeField()),
                ('seed', models.BigIntegerField()),
                ('input_sha256', models.TextField()),
                ('table', models.JSONField()),
                ('published_at', models.DateTimeField()),
                ('lexicon', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.lexicon')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-published_at'],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('url', models.TextField(blank=True, default='', help_text='The address as it was found.')),
                ('canonical_url', models.TextField(blank=True, default='', editable=False)),
                ('title', models.TextField()),
                ('bylines', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('published_words', models.TextField(blank=True, default='', help_text='The date as printed, where it is not a single day.')),
                ('language', models.TextField(default='en', help_text='BCP 47 tag.')),
                ('kind', models.TextField(choices=[('article-newspaper', 'Article-newspaper'), ('post', 'Post'), ('broadcast', 'Broadcast'), ('interview', 'Interview'), ('report', 'Report'), ('speech', 'Speech'), ('webpage', 'Webpage'), ('dataset', 'Dataset')], default='article-newspaper')),
                ('selection', models.TextField(choices=[('census', 'Census'), ('random', 'Random'), ('nominated', 'Nominated'), ('search_led', 'Search led')], default='nominated')),
                ('note', models.TextField(blank=True, default='')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='tracker.source')),
                ('outlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='tracker.organisation')),
            ],
            options={
                'ordering': ['-published_on', '-id'],
                'indexes': [models.Index(fields=['-published_on', '-id'], name='source_newest'), django.contrib.postgres.indexes.GinIndex(fields=['title'], name='source_title_trgm', opclasses=['gin_trgm_ops'])],
                'constraints': [models.UniqueConstraint(condition=models.Q(('canonical_url', ''), _negated=True), fields=('canonical_url',), name='source_one_per_address'), models.CheckConstraint(condition=models.Q(('kind__in', ['article-newspaper', 'post', 'broadcast', 'interview', 'report', 'speech', 'webpage', 'dataset'])), name='source_kind_known'), models.CheckConstraint(condition=models.Q(('selection__in', ['census', 'random', 'nominated', 'search_led'])), name='source_selection_known'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='source_not_own_merger')],
            },
        ),
        migrations.CreateModel(
            name='TopicHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('slug', models.SlugField(db_index=False, max_length=200)),
                ('name', models.TextField()),
                ('note', models.TextField(blank=True, default='')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.topic')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.topic')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TopicTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('p', models.PositiveSmallIntegerField()),
                ('n', models.PositiveIntegerField()),
                ('hits', models.PositiveIntegerField()),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='tracker.topic')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('subject', 'p'), name='topictally_once'), models.CheckConstraint(condition=models.Q(('hits__lte', models.F('n'))), name='topictally_hits_within_n')],
            },
        ),
        migrations.CreateModel(
            name='UserHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('saw', models.TextField(blank=True, default='', help_text='What the source shows, in a sentence.')),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='tracker.outcome')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='tracker.source')),
            ],
            options={
                'ordering': ['outcome', 'id'],
                'constraints': [models.UniqueConstraint(fields=('outcome', 'source'), name='citation_once')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bearings', to='tracker.outcome')),
                ('proposition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='tracker.proposition')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ['proposition', 'id'],
                'constraints': [models.UniqueConstraint(fields=('outcome', 'proposition'), name='evidence_once')],
            },
        ),
        migrations.CreateModel(
            name='OutcomeHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('statement', models.TextField()),
                ('occurred_on', models.DateField(blank=True, null=True)),
                ('occurred_precision', models.TextField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year'), ('interval', 'Interval'), ('before', 'Before')], default='day')),
                ('occurred_words', models.TextField(blank=True, default='', help_text='The date as the sources give it.')),
                ('known_on', models.DateField(help_text='When it could first be known.')),
                ('found_nothing', models.BooleanField(default=False, help_text='A search was made and nothing was found.')),
                ('searched', models.TextField(blank=True, default='', help_text='What was searched, where and how.')),
                ('note', models.TextField(blank=True, default='')),
                ('external_id', models.TextField(blank=True, default='')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.outcome')),
                ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PropositionHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('statement', models.TextField()),
                ('criteria', models.TextField(blank=True, default='', help_text='What world would make it wrong?')),
                ('resolution_sources', models.TextField(blank=True, default='', help_text='Where a judge looks first.')),
                ('condition_required', models.BooleanField(default=True, help_text='The condition must come true (or, unticked, must fail).')),
                ('condition_words', models.TextField(blank=True, default='', help_text="The condition in the speaker's words.")),
                ('deadline', models.DateField(blank=True, null=True)),
                ('deadline_basis', models.TextField(choices=[('stated', 'Stated'), ('derived', 'Derived'), ('event_triggered', 'Event triggered'), ('convention', 'Convention'), ('none', 'None')], default='none')),
                ('deadline_words', models.TextField(blank=True, default='', help_text='The words that the deadline came from.')),
                ('deadline_reason', models.TextField(blank=True, default='', help_text='How it was derived.')),
                ('review_on', models.DateField(blank=True, null=True)),
                ('event_seen', models.BooleanField(default=False, help_text='The event was seen: judge it now.')),
                ('specificity', models.PositiveSmallIntegerField(blank=True, help_text='0 to 3.', null=True)),
                ('difficulty', models.PositiveSmallIntegerField(blank=True, help_text='1 to 5.', null=True)),
                ('importance', models.PositiveSmallIntegerField(blank=True, help_text='1 to 3.', null=True)),
                ('note', models.TextField(blank=True, default='')),
                ('version', models.PositiveIntegerField(default=1)),
                ('frozen_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('condition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.proposition')),
                ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.proposition')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.proposition')),
                ('supersedes', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.proposition')),
                ('topic', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.topic')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('reason', models.TextField(choices=[('due', 'Due'), ('editor', 'Editor'), ('appeal', 'Appeal'), ('new_evidence', 'New evidence')], default='editor')),
                ('needed', models.PositiveSmallIntegerField(default=2, help_text='Independent verdicts, 1 to 5.')),
                ('state', models.TextField(choices=[('open', 'Open'), ('split', 'Split'), ('adjudication', 'Adjudication'), ('panel', 'Panel'), ('agreed', 'Agreed'), ('settled', 'Settled'), ('abandoned', 'Abandoned')], default='open')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('codebook', models.TextField(default='1.0')),
                ('proposition_version', models.PositiveIntegerField(default=1)),
                ('note', models.TextField(blank=True, default='')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='tracker.proposition')),
            ],
            options={
                'ordering': ['-opened_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['due', 'editor', 'appeal', 'new_evidence'])), name='round_reason_known'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'split', 'adjudication', 'panel', 'agreed', 'settled', 'abandoned'])), name='round_state_known'), models.CheckConstraint(condition=models.Q(('needed__range', (1, 5))), name='round_needs_1_to_5'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state__in', ['adjudication', 'agreed', 'open', 'panel', 'split'])), models.Q(models.Q(('state__in', ['adjudication', 'agreed', 'open', 'panel', 'split']), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='round_closed_iff_finished'), models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('proposition',), name='round_one_open'), models.UniqueConstraint(fields=('proposition', 'number'), name='round_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('captured_at', models.DateTimeField()),
                ('method', models.TextField(choices=[('paste', 'Paste'), ('upload', 'Upload'), ('fetch', 'Fetch'), ('wayback', 'Wayback'), ('perma', 'Perma'), ('archive_today', 'Archive today')], default='paste')),
                ('completeness', models.TextField(choices=[('full', 'Full'), ('excerpt', 'Excerpt')], default='full')),
                ('text', models.TextField()),
                ('text_sha256', models.TextField(editable=False)),
                ('captured_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='tracker.source')),
            ],
            options={
                'ordering': ['-captured_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('method__in', ['paste', 'upload', 'fetch', 'wayback', 'perma', 'archive_today'])), name='snapshot_method_known'), models.CheckConstraint(condition=models.Q(('completeness__in', ['full', 'excerpt'])), name='snapshot_completeness_known'), models.UniqueConstraint(fields=('source', 'text_sha256', 'completeness'), name='snapshot_once_per_text')],
            },
        ),
        migrations.CreateModel(
            name='SourceHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('url', models.TextField(blank=True, default='', help_text='The address as it was found.')),
                ('canonical_url', models.TextField(blank=True, default='', editable=False)),
                ('title', models.TextField()),
                ('bylines', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('published_words', models.TextField(blank=True, default='', help_text='The date as printed, where it is not a single day.')),
                ('language', models.TextField(default='en', help_text='BCP 47 tag.')),
                ('kind', models.TextField(choices=[('article-newspaper', 'Article-newspaper'), ('post', 'Post'), ('broadcast', 'Broadcast'), ('interview', 'Interview'), ('report', 'Report'), ('speech', 'Speech'), ('webpage', 'Webpage'), ('dataset', 'Dataset')], default='article-newspaper')),
                ('selection', models.TextField(choices=[('census', 'Census'), ('random', 'Random'), ('nominated', 'Nominated'), ('search_led', 'Search led')], default='nominated')),
                ('note', models.TextField(blank=True, default='')),
                ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.source')),
                ('outlet', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AffiliationHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('role', models.TextField(blank=True, default='')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(blank=True, default=tracker.models.people.always, help_text='From and until; open if unknown.')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.affiliation')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.organisation')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Benchmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.TextField(choices=[('base_rate', 'Base rate'), ('market', 'Market'), ('crowd', 'Crowd')], default='base_rate')),
                ('p', models.PositiveSmallIntegerField(help_text='Permille.')),
                ('as_of', models.DateField()),
                ('method', models.TextField()),
                ('source', models.TextField(blank=True, default='')),
                ('coder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='benchmarks', to='tracker.proposition')),
            ],
            options={
                'ordering': ['proposition', '-as_of'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['base_rate', 'market', 'crowd'])), name='benchmark_kind_known'), models.CheckConstraint(condition=models.Q(('p__lte', 1000)), name='benchmark_in_range')],
            },
        ),
        migrations.CreateModel(
            name='Quotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('start', models.PositiveIntegerField(help_text='In code points, inclusive.')),
                ('end', models.PositiveIntegerField(help_text='In code points, exclusive.')),
                ('exact', models.TextField()),
                ('prefix', models.TextField(blank=True, default='')),
                ('suffix', models.TextField(blank=True, default='')),
                ('mode', models.TextField(choices=[('direct_quote', 'Direct quote'), ('partial_quote', 'Partial quote'), ('paraphrase', 'Paraphrase'), ('own_publication', 'Own publication'), ('translated', 'Translated'), ('unnamed', 'Unnamed'), ('headline', 'Headline')], default='direct_quote')),
                ('speaker_words', models.TextField(blank=True, default='', help_text='The speaker as the text names them.')),
                ('role_words', models.TextField(blank=True, default='', help_text='The role as the text states it.')),
                ('said_first', models.DateField(help_text='Earliest day it can have been said.', null=True)),
                ('said_last', models.DateField(help_text='Latest day it can have been said.')),
                ('said_precision', models.TextField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year'), ('interval', 'Interval'), ('before', 'Before')], default='day')),
                ('said_words', models.TextField(blank=True, default='', help_text="The date in the text's own words.")),
                ('channel', models.TextField(blank=True, default='', help_text='Tweet, e-mail, briefing, interview.')),
                ('provenance', models.TextField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('E', 'E')], editable=False)),
                ('relayed_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='relays', to='tracker.quotation')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quotations', to='tracker.snapshot')),
            ],
            options={
                'ordering': ['snapshot', 'start', 'end'],
                'constraints': [models.CheckConstraint(condition=models.Q(('mode__in', ['direct_quote', 'partial_quote', 'paraphrase', 'own_publication', 'translated', 'unnamed', 'headline'])), name='quotation_mode_known'), models.CheckConstraint(condition=models.Q(('said_precision__in', ['day', 'month', 'year', 'interval', 'before'])), name='quotation_precision_known'), models.CheckConstraint(condition=models.Q(('provenance__in', ['A', 'B', 'C', 'D', 'E'])), name='quotation_provenance_known'), models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='quotation_start_before_end'), models.CheckConstraint(condition=models.Q(('said_first', None), ('said_first__lte', models.F('said_last')), _connector='OR'), name='quotation_said_in_order'), models.CheckConstraint(condition=models.Q(('relayed_from', models.F('id')), _negated=True), name='quotation_not_own_relay')],
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('seq', models.PositiveSmallIntegerField(default=1)),
                ('condition', models.TextField(choices=[('met', 'Met'), ('not_met', 'Not met'), ('undeterminable', 'Undeterminable'), ('not_applicable', 'Not applicable')], default='not_applicable')),
                ('outcome', models.TextField(choices=[('came_true', 'Came true'), ('mostly', 'Mostly'), ('partly', 'Partly'), ('mostly_not', 'Mostly not'), ('did_not', 'Did not'), ('open', 'Open'), ('void_condition', 'Void condition'), ('ambiguous', 'Ambiguous'), ('annulled', 'Annulled')])),
                ('annul_reason', models.TextField(blank=True, choices=[('underspecified', 'underspecified'), ('premise_failed', 'premise_failed'), ('duplicate', 'duplicate'), ('entry_error', 'entry_error'), ('not_a_claim', 'not_a_claim')])),
                ('method', models.TextField(choices=[('agreed', 'Agreed'), ('near_agreed', 'Near agreed'), ('adjudicated', 'Adjudicated'), ('panel', 'Panel'), ('single', 'Single'), ('editor', 'Editor')])),
                ('rationale', models.TextField()),
                ('change_reason', models.TextField(blank=True, default='', help_text='Why it replaces the resolution before it.')),
                ('occurred_on', models.DateField(blank=True, null=True)),
                ('late', models.BooleanField(default=False, help_text='It happened, but after the deadline.')),
                ('decided_at', models.DateTimeField()),
                ('reply_until', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('override_reason', models.TextField(blank=True, default='', help_text='Why it was published before the reply window ended.')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='tracker.proposition')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='tracker.resolution')),
                ('round', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolution', to='tracker.round')),
            ],
            options={
                'ordering': ['-decided_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('condition__in', ['met', 'not_met', 'undeterminable', 'not_applicable'])), name='resolution_condition_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['came_true', 'mostly', 'partly', 'mostly_not', 'did_not', 'open', 'void_condition', 'ambiguous', 'annulled'])), name='resolution_outcome_known'), models.CheckConstraint(condition=models.Q(('method__in', ['agreed', 'near_agreed', 'adjudicated', 'panel', 'single', 'editor'])), name='resolution_method_known'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'annulled'), models.Q(('annul_reason', ''), _negated=True)), models.Q(models.Q(('outcome', 'annulled'), _negated=True), ('annul_reason', '')), _connector='OR'), name='resolution_annulled_with_reason'), models.CheckConstraint(condition=models.Q(('seq', 1), models.Q(('change_reason', ''), _negated=True), _connector='OR'), name='resolution_change_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_by', None)), models.Q(('published_at__isnull', False), ('published_by__isnull', False), ('published_at__gte', models.F('decided_at'))), _connector='OR'), name='resolution_published_by_someone'), models.CheckConstraint(condition=models.Q(('superseded_by', models.F('id')), _negated=True), name='resolution_not_own_successor'), models.UniqueConstraint(condition=models.Q(('superseded_by', None)), fields=('proposition',), name='resolution_one_current'), models.UniqueConstraint(fields=('proposition', 'seq'), name='resolution_seq_once')],
            },
        ),
        migrations.CreateModel(
            name='RoundHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('reason', models.TextField(choices=[('due', 'Due'), ('editor', 'Editor'), ('appeal', 'Appeal'), ('new_evidence', 'New evidence')], default='editor')),
                ('needed', models.PositiveSmallIntegerField(default=2, help_text='Independent verdicts, 1 to 5.')),
                ('state', models.TextField(choices=[('open', 'Open'), ('split', 'Split'), ('adjudication', 'Adjudication'), ('panel', 'Panel'), ('agreed', 'Agreed'), ('settled', 'Settled'), ('abandoned', 'Abandoned')], default='open')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('codebook', models.TextField(default='1.0')),
                ('proposition_version', models.PositiveIntegerField(default=1)),
                ('note', models.TextField(blank=True, default='')),
                ('opened_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.round')),
                ('proposition', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.proposition')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('stage', models.TextField(choices=[('independent', 'Independent'), ('revised', 'Revised'), ('adjudication', 'Adjudication'), ('panel', 'Panel')], default='independent')),
                ('condition', models.TextField(choices=[('met', 'Met'), ('not_met', 'Not met'), ('undeterminable', 'Undeterminable'), ('not_applicable', 'Not applicable')], default='not_applicable')),
                ('outcome', models.TextField(choices=[('came_true', 'Came true'), ('mostly', 'Mostly'), ('partly', 'Partly'), ('mostly_not', 'Mostly not'), ('did_not', 'Did not'), ('open', 'Open'), ('void_condition', 'Void condition'), ('ambiguous', 'Ambiguous'), ('annulled', 'Annulled')])),
                ('annul_reason', models.TextField(blank=True, choices=[('underspecified', 'underspecified'), ('premise_failed', 'premise_failed'), ('duplicate', 'duplicate'), ('entry_error', 'entry_error'), ('not_a_claim', 'not_a_claim')])),
                ('rationale', models.TextField()),
                ('searched', models.TextField(blank=True, default='', help_text='What was searched, where nothing was found.')),
                ('codebook', models.TextField(default='1.0')),
                ('submitted_at', models.DateTimeField()),
                ('cited', models.ManyToManyField(blank=True, related_name='cited_in', to='tracker.outcome')),
                ('judge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='tracker.round')),
            ],
            options={
                'ordering': ['round', 'submitted_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['independent', 'revised', 'adjudication', 'panel'])), name='verdict_stage_known'), models.CheckConstraint(condition=models.Q(('condition__in', ['met', 'not_met', 'undeterminable', 'not_applicable'])), name='verdict_condition_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['came_true', 'mostly', 'partly', 'mostly_not', 'did_not', 'open', 'void_condition', 'ambiguous', 'annulled'])), name='verdict_outcome_known'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'annulled'), models.Q(('annul_reason', ''), _negated=True)), models.Q(models.Q(('outcome', 'annulled'), _negated=True), ('annul_reason', '')), _connector='OR'), name='verdict_annulled_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'void_condition'), _negated=True), ('condition__in', ['not_met', 'undeterminable']), _connector='OR'), name='verdict_void_needs_unmet_condition'), models.CheckConstraint(condition=models.Q(('rationale', ''), _negated=True), name='verdict_with_rationale'), models.UniqueConstraint(fields=('round', 'judge', 'stage'), name='verdict_once_per_judge')],
            },
        ),
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('requested_url', models.TextField()),
                ('final_url', models.TextField(blank=True, default='', help_text='Where the redirects led.')),
                ('status', models.TextField(choices=[('queued', 'Queued'), ('running', 'Running'), ('ok', 'Ok'), ('failed', 'Failed'), ('blocked', 'Blocked'), ('withdrawn', 'Withdrawn')], default='queued')),
                ('reason', models.TextField(blank=True, default='', help_text='Why there is no page, and what to do about it.')),
                ('attempts', models.PositiveSmallIntegerField(default=0, help_text='Since it was queued.')),
                ('http_status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('mime', models.TextField(blank=True, default='')),
                ('bytes_sha256', models.TextField(blank=True, default='', help_text='The name of the bytes in the archive.')),
                ('size', models.PositiveIntegerField(blank=True, help_text='In bytes.', null=True)),
                ('requested_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='captures', to='tracker.snapshot')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='captures', to='tracker.source')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['status', '-id'], name='capture_by_status')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'running', 'ok', 'failed', 'blocked', 'withdrawn'])), name='capture_status_known'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('bytes_sha256', ''), _negated=True), ('size__isnull', False), ('snapshot__isnull', False), ('status', 'ok')), models.Q(models.Q(('status', 'ok'), _negated=True), ('bytes_sha256', ''), ('size__isnull', True), ('snapshot__isnull', True)), _connector='OR'), name='capture_ok_iff_kept'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['blocked', 'failed']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='capture_failure_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('status__in', ['blocked', 'failed', 'ok', 'withdrawn'])), models.Q(('finished_at__isnull', True), ('status__in', ['queued', 'running'])), _connector='OR'), name='capture_finished_iff_ended'), models.UniqueConstraint(condition=models.Q(('status__in', ['queued', 'running'])), fields=('source',), name='capture_one_under_way')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('role', models.TextField(blank=True, default='', help_text='The role at the time.')),
                ('said_on', models.DateField(help_text='Latest day it can have been said.')),
                ('kind', models.TextField(blank=True, choices=[('forecast', 'Forecast'), ('conditional_forecast', 'Conditional forecast'), ('capability_claim', 'Capability claim'), ('pledge_or_denial', 'Pledge or denial'), ('assertion_of_fact', 'Assertion of fact'), ('opinion', 'Opinion')])),
                ('polarity', models.TextField(choices=[('affirms', 'Affirms'), ('denies', 'Denies'), ('abstains', 'Abstains')], default='affirms')),
                ('hedge', models.TextField(blank=True, default='', help_text='The exact hedge words.')),
                ('stacked', models.BooleanField(default=False, help_text='More than one hedge was used.')),
                ('p_low', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('p_point', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('p_high', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('p_tier', models.TextField(blank=True, choices=[('stated', 'stated'), ('readers', 'readers'), ('lexicon', 'lexicon')], default='')),
                ('state', models.TextField(choices=[('draft', 'Draft'), ('frozen', 'Frozen'), ('considered', 'Considered'), ('retracted', 'Retracted'), ('misquote', 'Misquote')], default='draft')),
                ('state_reason', models.TextField(blank=True, default='')),
                ('failed_test', models.TextField(blank=True, choices=[('T1', 'T1'), ('T2', 'T2'), ('T3', 'T3'), ('T4', 'T4'), ('T5', 'T5'), ('T6', 'T6')])),
                ('coded_after_outcome', models.BooleanField(default=False, help_text='The outcome was known when this was coded.')),
                ('codebook', models.TextField(default='1.0', help_text='Version of the codebook.')),
                ('coded_at', models.DateTimeField()),
                ('frozen_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('external_id', models.TextField(blank=True, default='', help_text='Your own reference; unique where given.')),
                ('note', models.TextField(blank=True, default='')),
                ('distorts', models.ForeignKey(blank=True, help_text='The claim whose words this one sharpens or changes.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='distorted_by', to='tracker.claim')),
                ('revises', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revised_by', to='tracker.claim')),
                ('coder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ('hedge_term', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='tracker.hedgeterm')),
                ('organisation', models.ForeignKey(blank=True, help_text='The organisation at the time, or the speaker where no person is.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='tracker.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='tracker.person')),
                ('proposition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='tracker.proposition')),
                ('further_quotations', models.ManyToManyField(blank=True, related_name='also_claims', to='tracker.quotation')),
                ('quotation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='tracker.quotation')),
            ],
            options={
                'ordering': ['-said_on', '-id'],
                'indexes': [models.Index(fields=['-said_on', '-id'], name='claim_newest'), models.Index(fields=['person', '-said_on', '-id'], name='claim_of_person'), models.Index(fields=['organisation', '-said_on', '-id'], name='claim_of_organisation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['forecast', 'conditional_forecast', 'capability_claim', 'pledge_or_denial', 'assertion_of_fact', 'opinion', ''])), name='claim_kind_known'), models.CheckConstraint(condition=models.Q(('polarity__in', ['affirms', 'denies', 'abstains'])), name='claim_polarity_known'), models.CheckConstraint(condition=models.Q(('p_tier__in', ['stated', 'readers', 'lexicon', ''])), name='claim_tier_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'frozen', 'considered', 'retracted', 'misquote'])), name='claim_state_known'), models.CheckConstraint(condition=models.Q(('failed_test__in', ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', ''])), name='claim_failed_test_known'), models.CheckConstraint(condition=models.Q(('person__isnull', False), ('organisation__isnull', False), _connector='OR'), name='claim_has_speaker'), models.CheckConstraint(condition=models.Q(models.Q(('p_high', None), ('p_low', None), ('p_point', None), ('p_tier', '')), models.Q(('p_high__isnull', False), ('p_low__isnull', False), ('p_point__isnull', False), ('p_high__lte', 1000), ('p_low__lte', models.F('p_point')), ('p_point__lte', models.F('p_high')), models.Q(('p_tier', ''), _negated=True)), _connector='OR'), name='claim_probability_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'frozen'), _negated=True), models.Q(('frozen_at__isnull', False), ('proposition__isnull', False), models.Q(('kind', ''), _negated=True)), _connector='OR'), name='claim_frozen_is_complete'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'considered'), _negated=True), models.Q(('failed_test', ''), _negated=True), _connector='OR'), name='claim_considered_names_test'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['retracted', 'misquote']), _negated=True), models.Q(('state_reason', ''), _negated=True), _connector='OR'), name='claim_withdrawn_with_reason'), models.UniqueConstraint(condition=models.Q(('revises', None), ('state', 'frozen')), fields=('proposition', 'person', 'organisation'), name='claim_once_per_speaker', nulls_distinct=False), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('external_id',), name='claim_external_id_once'), models.CheckConstraint(condition=models.Q(('revises', models.F('id')), _negated=True), name='claim_not_own_revision'), models.CheckConstraint(condition=models.Q(('distorts', models.F('id')), _negated=True), name='claim_not_own_distortion')],
            },
        ),
        migrations.CreateModel(
            name='Relay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('step', models.PositiveSmallIntegerField()),
                ('channel', models.TextField(blank=True, default='')),
                ('mode', models.TextField(choices=[('direct_quote', 'Direct quote'), ('partial_quote', 'Partial quote'), ('paraphrase', 'Paraphrase'), ('own_publication', 'Own publication'), ('translated', 'Translated'), ('unnamed', 'Unnamed'), ('headline', 'Headline')])),
                ('outlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='tracker.organisation')),
                ('quotation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hops', to='tracker.quotation')),
            ],
            options={
                'ordering': ['quotation', 'step'],
                'constraints': [models.UniqueConstraint(fields=('quotation', 'step'), name='relay_one_per_step'), models.CheckConstraint(condition=models.Q(('mode__in', ['direct_quote', 'partial_quote', 'paraphrase', 'own_publication', 'translated', 'unnamed', 'headline'])), name='relay_mode_known')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('author', models.TextField(help_text='Who replied, as they sign.')),
                ('text', models.TextField()),
                ('received_at', models.DateTimeField()),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='tracker.resolution')),
            ],
            options={
                'verbose_name_plural': 'replies',
                'ordering': ['received_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='reply_says_something')],
            },
        ),
        migrations.CreateModel(
            name='CaptureHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('requested_url', models.TextField()),
                ('final_url', models.TextField(blank=True, default='', help_text='Where the redirects led.')),
                ('status', models.TextField(choices=[('queued', 'Queued'), ('running', 'Running'), ('ok', 'Ok'), ('failed', 'Failed'), ('blocked', 'Blocked'), ('withdrawn', 'Withdrawn')], default='queued')),
                ('reason', models.TextField(blank=True, default='', help_text='Why there is no page, and what to do about it.')),
                ('attempts', models.PositiveSmallIntegerField(default=0, help_text='Since it was queued.')),
                ('http_status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('mime', models.TextField(blank=True, default='')),
                ('bytes_sha256', models.TextField(blank=True, default='', help_text='The name of the bytes in the archive.')),
                ('size', models.PositiveIntegerField(blank=True, help_text='In bytes.', null=True)),
                ('requested_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.capture')),
                ('requested_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.snapshot')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('ground', models.TextField()),
                ('text', models.TextField()),
                ('filed_by', models.TextField(help_text='Who appeals, as they sign.')),
                ('filed_at', models.DateTimeField()),
                ('ruling', models.TextField(choices=[('pending', 'Pending'), ('upheld', 'Upheld'), ('rejected', 'Rejected')], default='pending')),
                ('ruling_reason', models.TextField(blank=True, default='')),
                ('ruled_at', models.DateTimeField(blank=True, null=True)),
                ('ruled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='tracker.resolution')),
                ('new_round', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dispute', to='tracker.round')),
            ],
            options={
                'ordering': ['-filed_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ruling__in', ['pending', 'upheld', 'rejected'])), name='dispute_ruling_known'), models.CheckConstraint(condition=models.Q(models.Q(('ruled_at', None), ('ruled_by', None), ('ruling', 'pending')), models.Q(models.Q(('ruling', 'pending'), _negated=True), models.Q(('ruling_reason', ''), _negated=True), ('ruled_at__isnull', False), ('ruled_by__isnull', False)), _connector='OR'), name='dispute_ruled_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('low', models.PositiveSmallIntegerField(help_text='Permille.')),
                ('best', models.PositiveSmallIntegerField(help_text='Permille.')),
                ('high', models.PositiveSmallIntegerField(help_text='Permille.')),
                ('own_belief', models.PositiveSmallIntegerField(blank=True, help_text='What the reader believes; never shown to others.', null=True)),
                ('read_at', models.DateTimeField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='tracker.claim')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['claim', 'read_at'],
                'constraints': [models.UniqueConstraint(fields=('claim', 'reader'), name='reading_once_per_reader'), models.CheckConstraint(condition=models.Q(('best__lte', models.F('high')), ('high__lte', 1000), ('low__lte', models.F('best'))), name='reading_in_order'), models.CheckConstraint(condition=models.Q(('own_belief', None), ('own_belief__lte', 1000), _connector='OR'), name='reading_belief_in_range')],
            },
        ),
        migrations.CreateModel(
            name='ScoreItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('p', models.PositiveSmallIntegerField(help_text='Permille.')),
                ('y', models.PositiveSmallIntegerField(help_text='1 it happened, 0 it did not.')),
                ('tier', models.TextField(choices=[('stated', 'stated'), ('readers', 'readers'), ('lexicon', 'lexicon')])),
                ('base_rate', models.PositiveSmallIntegerField(help_text='Permille.', null=True)),
                ('phrase', models.TextField(blank=True, default='')),
                ('flagged', models.BooleanField(default=False, help_text='A possibility word such as might.')),
                ('hindsight', models.BooleanField(default=False, help_text='Coded after the outcome.')),
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='score_item', to='tracker.claim')),
                ('lexicon', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.lexicon')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='score_items', to='tracker.organisation')),
                ('outlet', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outlet_score_items', to='tracker.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='score_items', to='tracker.person')),
                ('proposition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='score_items', to='tracker.proposition')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='score_items', to='tracker.resolution')),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='score_items', to='tracker.topic')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('p__lte', 1000)), name='score_item_p_in_range'), models.CheckConstraint(condition=models.Q(('y__lte', 1)), name='score_item_y_0_or_1'), models.CheckConstraint(condition=models.Q(('tier__in', ['stated', 'readers', 'lexicon'])), name='score_item_tier_known')],
            },
        ),
        migrations.CreateModel(
            name='ClaimAccount',
            fields=[
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='account', serialize=False, to='tracker.claim')),
                ('tier', models.TextField()),
                ('hindsight', models.BooleanField()),
                ('account', models.TextField(choices=[('scored', 'scored'), ('open', 'open'), ('void', 'void'), ('ambiguous', 'ambiguous'), ('partly', 'partly'), ('annulled', 'annulled'), ('unscored_kind', 'unscored kind'), ('abstained', 'abstained'), ('no_probability', 'no probability'), ('verdict_only', 'verdict only'), ('paraphrase', 'paraphrase'), ('vague', 'vague'), ('update', 'update'), ('withdrawn', 'withdrawn')])),
            ],
            options={
                'db_table': 'tracker_claim_account',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='DisputeHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('ground', models.TextField()),
                ('text', models.TextField()),
                ('filed_by', models.TextField(help_text='Who appeals, as they sign.')),
                ('filed_at', models.DateTimeField()),
                ('ruling', models.TextField(choices=[('pending', 'Pending'), ('upheld', 'Upheld'), ('rejected', 'Rejected')], default='pending')),
                ('ruling_reason', models.TextField(blank=True, default='')),
                ('ruled_at', models.DateTimeField(blank=True, null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.dispute')),
                ('ruled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolution', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.resolution')),
                ('new_round', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.round')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClaimHistoryevent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('role', models.TextField(blank=True, default='', help_text='The role at the time.')),
                ('said_on', models.DateField(help_text='Latest day it can have been said.')),
                ('kind', models.TextField(blank=True, choices=[('forecast', 'Forecast'), ('conditional_forecast', 'Conditional forecast'), ('capability_claim', 'Capability claim'), ('pledge_or_denial', 'Pledge or denial'), ('assertion_of_fact', 'Assertion of fact'), ('opinion', 'Opinion')])),
                ('polarity', models.TextField(choices=[('affirms', 'Affirms'), ('denies', 'Denies'), ('abstains', 'Abstains')], default='affirms')),
                ('hedge', models.TextField(blank=True, default='', help_text='The exact hedge words.')),
                ('stacked', models.BooleanField(default=False, help_text='More than one hedge was used.')),
                ('p_low', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('p_point', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('p_high', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('p_tier', models.TextField(blank=True, choices=[('stated', 'stated'), ('readers', 'readers'), ('lexicon', 'lexicon')], default='')),
                ('state', models.TextField(choices=[('draft', 'Draft'), ('frozen', 'Frozen'), ('considered', 'Considered'), ('retracted', 'Retracted'), ('misquote', 'Misquote')], default='draft')),
                ('state_reason', models.TextField(blank=True, default='')),
                ('failed_test', models.TextField(blank=True, choices=[('T1', 'T1'), ('T2', 'T2'), ('T3', 'T3'), ('T4', 'T4'), ('T5', 'T5'), ('T6', 'T6')])),
                ('coded_after_outcome', models.BooleanField(default=False, help_text='The outcome was known when this was coded.')),
                ('codebook', models.TextField(default='1.0', help_text='Version of the codebook.')),
                ('coded_at', models.DateTimeField()),
                ('frozen_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('external_id', models.TextField(blank=True, default='', help_text='Your own reference; unique where given.')),
                ('note', models.TextField(blank=True, default='')),
                ('coder', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('distorts', models.ForeignKey(blank=True, db_constraint=False, help_text='The claim whose words this one sharpens or changes.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.claim')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history_events', to='tracker.claim')),
                ('revises', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.claim')),
                ('hedge_term', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.hedgeterm')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, help_text='The organisation at the time, or the speaker where no person is.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.organisation')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.person')),
                ('proposition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.proposition')),
                ('quotation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tracker.quotation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='outcome',
            name='propositions',
            field=models.ManyToManyField(related_name='outcomes', through='tracker.Evidence', to='tracker.proposition'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lexicon',
            trigger=pgtrigger.compiler.Trigger(name='lexicon_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A lexicon stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'lexicon_never_deleted';\n        ", hash='42992cde8a59086bede680815f2bccc5a4cb841a', operation='DELETE', pgid='pgtrigger_lexicon_never_deleted_025b2', table='tracker_lexicon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lexicon',
            trigger=pgtrigger.compiler.Trigger(name='lexicon_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD.frozen_at IS NULL OR OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A frozen lexicon never changes: publish a new version.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'lexicon_frozen';\n        ", hash='94ad12d579cd319c74d79552d60d1612bf24d2f3', operation='UPDATE', pgid='pgtrigger_lexicon_frozen_2ecc3', table='tracker_lexicon', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_userhistoryevent" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT new_values."date_joined", new_values."email", new_values."first_name", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."last_name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."username" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='303f8b6b8489bb532fcda85b607a8fb59c6ecc70', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fa72b', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_userhistoryevent" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT new_values."date_joined", new_values."email", new_values."first_name", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."last_name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."username" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_joined" IS DISTINCT FROM (new_values."date_joined") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."first_name" IS DISTINCT FROM (new_values."first_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_staff" IS DISTINCT FROM (new_values."is_staff") OR old_values."is_superuser" IS DISTINCT FROM (new_values."is_superuser") OR old_values."last_name" IS DISTINCT FROM (new_values."last_name") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ebd60a5e6b574998249a239c3fad61793878bd92', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7e73c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_userhistoryevent" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT old_values."date_joined", old_values."email", old_values."first_name", old_values."id", old_values."is_active", old_values."is_staff", old_values."is_superuser", old_values."last_name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."username" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f7220a2771896ecf7437daf920756c0a8c40e08e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d4264', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hedgeterm',
            trigger=pgtrigger.compiler.Trigger(name='hedge_term_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A hedge_term stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'hedge_term_never_deleted';\n        ", hash='a74843f07c3c3348f5b5e93e9ae30f96a04b847a', operation='DELETE', pgid='pgtrigger_hedge_term_never_deleted_8b404', table='tracker_hedgeterm', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hedgeterm',
            trigger=pgtrigger.compiler.Trigger(name='hedge_term_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A hedge term never changes: publish a new lexicon.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'hedge_term_immutable';\n        ", hash='9b629a11cdfe3dfd535df4745b82662cedfcad91', operation='UPDATE', pgid='pgtrigger_hedge_term_immutable_e3d34', table='tracker_hedgeterm', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hedgeterm',
            trigger=pgtrigger.compiler.Trigger(name='hedge_term_before_freeze', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    EXISTS (SELECT 1 FROM tracker_lexicon l WHERE l.id = NEW.lexicon_id AND l.frozen_at IS NULL)\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A frozen lexicon takes no new terms.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'hedge_term_before_freeze';\n        ", hash='57f4ac49b185b228b64ebe6c09f7d0d72c4795ff', operation='INSERT', pgid='pgtrigger_hedge_term_before_freeze_145dc', table='tracker_hedgeterm', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='organisation_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A organisation stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'organisation_never_deleted';\n        ", hash='6688b1a703dd19c70011df6a28fe253e1ec836c0', operation='DELETE', pgid='pgtrigger_organisation_never_deleted_eae46', table='tracker_organisation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_organisationhistoryevent" ("aliases", "id", "kind", "merged_into_id", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid", "wikidata") SELECT new_values."aliases", new_values."id", new_values."kind", new_values."merged_into_id", new_values."name", new_values."note", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug", new_values."uuid", new_values."wikidata" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='05034af06f82cb95d43f4f3b2f9cca77826b27fe', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f5d03', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_organisationhistoryevent" ("aliases", "id", "kind", "merged_into_id", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid", "wikidata") SELECT new_values."aliases", new_values."id", new_values."kind", new_values."merged_into_id", new_values."name", new_values."note", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug", new_values."uuid", new_values."wikidata" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."aliases" IS DISTINCT FROM (new_values."aliases") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."uuid" IS DISTINCT FROM (new_values."uuid") OR old_values."wikidata" IS DISTINCT FROM (new_values."wikidata")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='108bc3e43338281eb4130b9bbd49ce9fbfa1f864', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2a8e7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_organisationhistoryevent" ("aliases", "id", "kind", "merged_into_id", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid", "wikidata") SELECT old_values."aliases", old_values."id", old_values."kind", old_values."merged_into_id", old_values."name", old_values."note", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug", old_values."uuid", old_values."wikidata" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='af63e992c92773006be1e0de53beb50f72227102', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1d007', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='person_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A person stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'person_never_deleted';\n        ", hash='66c2eea00ddc5c37cfb216e71ba5e400d69ec798', operation='DELETE', pgid='pgtrigger_person_never_deleted_5bceb', table='tracker_person', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_personhistoryevent" ("aliases", "id", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid", "wikidata") SELECT new_values."aliases", new_values."id", new_values."merged_into_id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug", new_values."uuid", new_values."wikidata" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7167b4d7daefe75124c784dcb511602d5c2f638f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cb3ff', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_personhistoryevent" ("aliases", "id", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid", "wikidata") SELECT new_values."aliases", new_values."id", new_values."merged_into_id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug", new_values."uuid", new_values."wikidata" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."aliases" IS DISTINCT FROM (new_values."aliases") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."uuid" IS DISTINCT FROM (new_values."uuid") OR old_values."wikidata" IS DISTINCT FROM (new_values."wikidata")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='31bf11cd44b18b64379a2739f1ccc5b5421dc41f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9d973', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_personhistoryevent" ("aliases", "id", "merged_into_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid", "wikidata") SELECT old_values."aliases", old_values."id", old_values."merged_into_id", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug", old_values."uuid", old_values."wikidata" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2754081d38a77c9b88f832dc567572e11a7aa951', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e2cca', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_affiliationhistoryevent" ("id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "uuid", "valid") SELECT new_values."id", new_values."organisation_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."uuid", new_values."valid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e2e2ea4af489e92c7948ecdd53a14174af953b93', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_69def', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_affiliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_affiliationhistoryevent" ("id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "uuid", "valid") SELECT new_values."id", new_values."organisation_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."uuid", new_values."valid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1b26a125e70667fe4c56bbed81fd3f0f744831c7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3ada0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_affiliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_affiliationhistoryevent" ("id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "uuid", "valid") SELECT old_values."id", old_values."organisation_id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."uuid", old_values."valid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3d30340afcad3541c4b1560d06a4d5311063e096', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b8ed1', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_affiliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=pgtrigger.compiler.Trigger(name='outcome_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A outcome stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'outcome_never_deleted';\n        ", hash='063914dc0b68d7988a012d537544993cc6bc8499', operation='DELETE', pgid='pgtrigger_outcome_never_deleted_ea7c0', table='tracker_outcome', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_outcomehistoryevent" ("external_id", "found_nothing", "id", "known_on", "note", "occurred_on", "occurred_precision", "occurred_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "searched", "statement", "uuid") SELECT new_values."external_id", new_values."found_nothing", new_values."id", new_values."known_on", new_values."note", new_values."occurred_on", new_values."occurred_precision", new_values."occurred_words", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recorded_by_id", new_values."searched", new_values."statement", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='45670284efc51c1cf842b4fa013ece19c9fb7d76', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_01153', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_outcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_outcomehistoryevent" ("external_id", "found_nothing", "id", "known_on", "note", "occurred_on", "occurred_precision", "occurred_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "searched", "statement", "uuid") SELECT new_values."external_id", new_values."found_nothing", new_values."id", new_values."known_on", new_values."note", new_values."occurred_on", new_values."occurred_precision", new_values."occurred_words", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recorded_by_id", new_values."searched", new_values."statement", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5f046336300d71ab103e487cf467a4f867c4cf1b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_082d5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_outcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_outcomehistoryevent" ("external_id", "found_nothing", "id", "known_on", "note", "occurred_on", "occurred_precision", "occurred_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "searched", "statement", "uuid") SELECT old_values."external_id", old_values."found_nothing", old_values."id", old_values."known_on", old_values."note", old_values."occurred_on", old_values."occurred_precision", old_values."occurred_words", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recorded_by_id", old_values."searched", old_values."statement", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ec810bba26ac2c41cb0a76af0ade81c4f41fb501', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f9a3e', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_outcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='evidence_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A evidence stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'evidence_never_deleted';\n        ", hash='feb66fd7ab23330fc6c144d8d2ea8ed3d53b4f3e', operation='DELETE', pgid='pgtrigger_evidence_never_deleted_2ce50', table='tracker_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benchmark',
            trigger=pgtrigger.compiler.Trigger(name='benchmark_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A benchmark stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'benchmark_never_deleted';\n        ", hash='4efff1fd1f3b40d27e00e73977e03b343c2e6e2b', operation='DELETE', pgid='pgtrigger_benchmark_never_deleted_a3722', table='tracker_benchmark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benchmark',
            trigger=pgtrigger.compiler.Trigger(name='benchmark_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A benchmark never changes: add a newer one.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'benchmark_immutable';\n        ", hash='3571693885ed5818a8b9c7183136a484e1b02546', operation='UPDATE', pgid='pgtrigger_benchmark_immutable_6c020', table='tracker_benchmark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benchmark',
            trigger=pgtrigger.compiler.Trigger(name='benchmark_before_outcome', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (NOT EXISTS (\n                    SELECT 1 FROM tracker_evidence e JOIN tracker_outcome o ON o.id = e.outcome_id\n                    WHERE e.proposition_id = NEW.proposition_id AND o.known_on <= NEW.as_of\n                )) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A base rate must be older than the outcome.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'benchmark_before_outcome';\n        ", hash='3dc7d2c5a24abbc4a6817b40d697aed45dcc97c7', operation='INSERT', pgid='pgtrigger_benchmark_before_outcome_72710', table='tracker_benchmark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A claim stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claim_never_deleted';\n        ", hash='ae02c2fabd8143db08abb40f8c8eac0861bb1432', operation='DELETE', pgid='pgtrigger_claim_never_deleted_a2ec2', table='tracker_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_not_by_judge', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    NEW.proposition_id IS NULL OR NOT EXISTS (\n        SELECT 1 FROM tracker_verdict v JOIN tracker_round r ON r.id = v.round_id\n        WHERE r.proposition_id = NEW.proposition_id AND v.judge_id = NEW.coder_id AND r.needed > 1\n    )\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'Who judged a proposition cannot code claims on it.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claim_not_by_judge';\n        ", hash='fe05e27bca8e9282cd983456fec2a60d2d42854a', operation='INSERT OR UPDATE OF "proposition_id", "coder_id"', pgid='pgtrigger_claim_not_by_judge_525a7', table='tracker_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_claimhistoryevent" ("codebook", "coded_after_outcome", "coded_at", "coder_id", "distorts_id", "external_id", "failed_test", "frozen_at", "hedge", "hedge_term_id", "id", "kind", "note", "organisation_id", "p_high", "p_low", "p_point", "p_tier", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "proposition_id", "quotation_id", "revises_id", "role", "said_on", "stacked", "state", "state_reason", "uuid") SELECT new_values."codebook", new_values."coded_after_outcome", new_values."coded_at", new_values."coder_id", new_values."distorts_id", new_values."external_id", new_values."failed_test", new_values."frozen_at", new_values."hedge", new_values."hedge_term_id", new_values."id", new_values."kind", new_values."note", new_values."organisation_id", new_values."p_high", new_values."p_low", new_values."p_point", new_values."p_tier", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."polarity", new_values."proposition_id", new_values."quotation_id", new_values."revises_id", new_values."role", new_values."said_on", new_values."stacked", new_values."state", new_values."state_reason", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f38a79997f05ada1dbbd42ce8eab84c769f11b4e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b85c3', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_claimhistoryevent" ("codebook", "coded_after_outcome", "coded_at", "coder_id", "distorts_id", "external_id", "failed_test", "frozen_at", "hedge", "hedge_term_id", "id", "kind", "note", "organisation_id", "p_high", "p_low", "p_point", "p_tier", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "proposition_id", "quotation_id", "revises_id", "role", "said_on", "stacked", "state", "state_reason", "uuid") SELECT new_values."codebook", new_values."coded_after_outcome", new_values."coded_at", new_values."coder_id", new_values."distorts_id", new_values."external_id", new_values."failed_test", new_values."frozen_at", new_values."hedge", new_values."hedge_term_id", new_values."id", new_values."kind", new_values."note", new_values."organisation_id", new_values."p_high", new_values."p_low", new_values."p_point", new_values."p_tier", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."polarity", new_values."proposition_id", new_values."quotation_id", new_values."revises_id", new_values."role", new_values."said_on", new_values."stacked", new_values."state", new_values."state_reason", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='edd9dc4b019f4267a517b49296ca8a01801653aa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2f975', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_claimhistoryevent" ("codebook", "coded_after_outcome", "coded_at", "coder_id", "distorts_id", "external_id", "failed_test", "frozen_at", "hedge", "hedge_term_id", "id", "kind", "note", "organisation_id", "p_high", "p_low", "p_point", "p_tier", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "proposition_id", "quotation_id", "revises_id", "role", "said_on", "stacked", "state", "state_reason", "uuid") SELECT old_values."codebook", old_values."coded_after_outcome", old_values."coded_at", old_values."coder_id", old_values."distorts_id", old_values."external_id", old_values."failed_test", old_values."frozen_at", old_values."hedge", old_values."hedge_term_id", old_values."id", old_values."kind", old_values."note", old_values."organisation_id", old_values."p_high", old_values."p_low", old_values."p_point", old_values."p_tier", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."polarity", old_values."proposition_id", old_values."quotation_id", old_values."revises_id", old_values."role", old_values."said_on", old_values."stacked", old_values."state", old_values."state_reason", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='01c253fa3e937dd4506c437ae6a4af2f2bc16329', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_923f6', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reading',
            trigger=pgtrigger.compiler.Trigger(name='reading_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A reading stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reading_never_deleted';\n        ", hash='7f74bf7615a57414484f0cc6e399ee6188df43bb', operation='DELETE', pgid='pgtrigger_reading_never_deleted_99d00', table='tracker_reading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reading',
            trigger=pgtrigger.compiler.Trigger(name='reading_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A reading never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reading_immutable';\n        ", hash='442dbb0cd2d1eb4ea2ddea6905b804ffca746886', operation='UPDATE', pgid='pgtrigger_reading_immutable_3453a', table='tracker_reading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reading',
            trigger=pgtrigger.compiler.Trigger(name='reading_not_by_coder', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    NOT EXISTS (SELECT 1 FROM tracker_claim c WHERE c.id = NEW.claim_id\n                AND c.coder_id = NEW.reader_id)\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'The coder of a claim cannot read its words.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reading_not_by_coder';\n        ", hash='f045a89299ab4ca92c1cdfb716caf08770cb016f', operation='INSERT', pgid='pgtrigger_reading_not_by_coder_fa289', table='tracker_reading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reading',
            trigger=pgtrigger.compiler.Trigger(name='reading_not_by_judge', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    NOT EXISTS (\n        SELECT 1 FROM tracker_claim c\n        JOIN tracker_round r ON r.proposition_id = c.proposition_id\n        JOIN tracker_verdict v ON v.round_id = r.id\n        WHERE c.id = NEW.claim_id AND v.judge_id = NEW.reader_id\n    )\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'Who judged a proposition cannot read its claims.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reading_not_by_judge';\n        ", hash='c785a3116cd80ba4a866d0108af98b2827347dae', operation='INSERT', pgid='pgtrigger_reading_not_by_judge_600de', table='tracker_reading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reading',
            trigger=pgtrigger.compiler.Trigger(name='reading_before_outcome', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    NOT EXISTS (SELECT 1 FROM tracker_claim c\n                JOIN tracker_resolution r ON r.proposition_id = c.proposition_id\n                WHERE c.id = NEW.claim_id)\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'Readings close once the outcome is known.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reading_before_outcome';\n        ", hash='339146663474807dff77ce8ac12c8f3a54b4875e', operation='INSERT', pgid='pgtrigger_reading_before_outcome_4ae54', table='tracker_reading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relay',
            trigger=pgtrigger.compiler.Trigger(name='relay_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A relay stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'relay_never_deleted';\n        ", hash='aaa5249f4e153c4a4a0142243307378be707c619', operation='DELETE', pgid='pgtrigger_relay_never_deleted_1f887', table='tracker_relay', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='relay',
            trigger=pgtrigger.compiler.Trigger(name='relay_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A relay is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'relay_immutable';\n        ", hash='f3bb13ed911251c32e1a48a7c39138751d543668', operation='UPDATE', pgid='pgtrigger_relay_immutable_80987', table='tracker_relay', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reply',
            trigger=pgtrigger.compiler.Trigger(name='reply_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A reply stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reply_never_deleted';\n        ", hash='4e9f3a2c34e36833dce946251c4452be81301d58', operation='DELETE', pgid='pgtrigger_reply_never_deleted_4a529', table='tracker_reply', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reply',
            trigger=pgtrigger.compiler.Trigger(name='reply_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A reply is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reply_immutable';\n        ", hash='86dec0d36958948697619fdda7ceb96a11c18b82', operation='UPDATE', pgid='pgtrigger_reply_immutable_3556b', table='tracker_reply', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='round_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A round stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'round_never_deleted';\n        ", hash='88381eea4b949d1bc46ca1336a7b2edef136ade0', operation='DELETE', pgid='pgtrigger_round_never_deleted_2a8ea', table='tracker_round', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='round_never_reopened', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD.closed_at IS NULL OR OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A closed round stays closed: open a new one.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'round_never_reopened';\n        ", hash='d02a347ee8e9e10f11e49819f3b911b259fa1bc7', operation='UPDATE', pgid='pgtrigger_round_never_reopened_48f8d', table='tracker_round', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_roundhistoryevent" ("closed_at", "codebook", "id", "needed", "note", "number", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposition_id", "proposition_version", "reason", "state", "uuid") SELECT new_values."closed_at", new_values."codebook", new_values."id", new_values."needed", new_values."note", new_values."number", new_values."opened_at", new_values."opened_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposition_id", new_values."proposition_version", new_values."reason", new_values."state", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fbe68e7832f1b791a298413daf359980da96f39d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1991d', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_roundhistoryevent" ("closed_at", "codebook", "id", "needed", "note", "number", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposition_id", "proposition_version", "reason", "state", "uuid") SELECT new_values."closed_at", new_values."codebook", new_values."id", new_values."needed", new_values."note", new_values."number", new_values."opened_at", new_values."opened_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposition_id", new_values."proposition_version", new_values."reason", new_values."state", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6180f650bf9a5b23c88ea2c317bd18dd75a51613', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8ac0e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_roundhistoryevent" ("closed_at", "codebook", "id", "needed", "note", "number", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposition_id", "proposition_version", "reason", "state", "uuid") SELECT old_values."closed_at", old_values."codebook", old_values."id", old_values."needed", old_values."note", old_values."number", old_values."opened_at", old_values."opened_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposition_id", old_values."proposition_version", old_values."reason", old_values."state", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0656808803e04f89695e6432ee288144a666a074', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_394c6', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resolution',
            trigger=pgtrigger.compiler.Trigger(name='resolution_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A resolution stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'resolution_never_deleted';\n        ", hash='e21cff2124f2d282e20f976386e7cbb42f5915d9', operation='DELETE', pgid='pgtrigger_resolution_never_deleted_68a25', table='tracker_resolution', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resolution',
            trigger=pgtrigger.compiler.Trigger(name='resolution_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    (to_jsonb(OLD) - 'superseded_by_id' - 'published_at' - 'published_by_id' - 'override_reason')\n    = (to_jsonb(NEW) - 'superseded_by_id' - 'published_at' - 'published_by_id' - 'override_reason')\n    AND (OLD.superseded_by_id IS NULL OR OLD.superseded_by_id = NEW.superseded_by_id)\n    AND (OLD.published_at IS NULL OR (OLD.published_at, OLD.published_by_id, OLD.override_reason)\n         IS NOT DISTINCT FROM (NEW.published_at, NEW.published_by_id, NEW.override_reason))\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A resolution never changes: a new one supersedes it.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'resolution_append_only';\n        ", hash='6dfcc6253c21b124758b32b1760a11ba86b71f09', operation='UPDATE', pgid='pgtrigger_resolution_append_only_36b5b', table='tracker_resolution', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispute',
            trigger=pgtrigger.compiler.Trigger(name='dispute_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A dispute stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'dispute_never_deleted';\n        ", hash='97ff0daa2988da04408e3ff39d8f8b816ae3df01', operation='DELETE', pgid='pgtrigger_dispute_never_deleted_48f4a', table='tracker_dispute', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispute',
            trigger=pgtrigger.compiler.Trigger(name='dispute_ruled_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD.ruling = 'pending' OR OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A ruling stands.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'dispute_ruled_once';\n        ", hash='b30bcb54a127152fbbe147e306f1b2f7ca0536d5', operation='UPDATE', pgid='pgtrigger_dispute_ruled_once_aafb6', table='tracker_dispute', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispute',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_disputehistoryevent" ("filed_at", "filed_by", "ground", "id", "new_round_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution_id", "ruled_at", "ruled_by_id", "ruling", "ruling_reason", "text", "uuid") SELECT new_values."filed_at", new_values."filed_by", new_values."ground", new_values."id", new_values."new_round_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."resolution_id", new_values."ruled_at", new_values."ruled_by_id", new_values."ruling", new_values."ruling_reason", new_values."text", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b6918332f6ad279c741ab1f0c2ee755d83c4920d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e43f1', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_dispute', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispute',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_disputehistoryevent" ("filed_at", "filed_by", "ground", "id", "new_round_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution_id", "ruled_at", "ruled_by_id", "ruling", "ruling_reason", "text", "uuid") SELECT new_values."filed_at", new_values."filed_by", new_values."ground", new_values."id", new_values."new_round_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."resolution_id", new_values."ruled_at", new_values."ruled_by_id", new_values."ruling", new_values."ruling_reason", new_values."text", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='77baea3b427569107cd8a28b5873eaae5aab6d9d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_954ec', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_dispute', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispute',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_disputehistoryevent" ("filed_at", "filed_by", "ground", "id", "new_round_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution_id", "ruled_at", "ruled_by_id", "ruling", "ruling_reason", "text", "uuid") SELECT old_values."filed_at", old_values."filed_by", old_values."ground", old_values."id", old_values."new_round_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."resolution_id", old_values."ruled_at", old_values."ruled_by_id", old_values."ruling", old_values."ruling_reason", old_values."text", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c3ee20e996d495c04dc71f2dce2442c16896b2a1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1413c', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_dispute', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scorerun',
            trigger=pgtrigger.compiler.Trigger(name='score_run_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A score_run stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'score_run_never_deleted';\n        ", hash='c9f4c147b5bb5765cab21e8024bb2b6ba2e3c01e', operation='DELETE', pgid='pgtrigger_score_run_never_deleted_ed7b4', table='tracker_scorerun', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scorerun',
            trigger=pgtrigger.compiler.Trigger(name='score_run_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A score_run is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'score_run_immutable';\n        ", hash='b8052e9fc1e59eb4e00d2447a9a4316bac31284f', operation='UPDATE', pgid='pgtrigger_score_run_immutable_94170', table='tracker_scorerun', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotation',
            trigger=pgtrigger.compiler.Trigger(name='quotation_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A quotation stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'quotation_never_deleted';\n        ", hash='73a2c747acd68711a873fb2020a7defef109ec2f', operation='DELETE', pgid='pgtrigger_quotation_never_deleted_4ecf8', table='tracker_quotation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotation',
            trigger=pgtrigger.compiler.Trigger(name='quotation_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A quotation is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'quotation_immutable';\n        ", hash='2a26c419a408de0d6cb7b8d639edb3f49626a9b6', operation='UPDATE', pgid='pgtrigger_quotation_immutable_ad848', table='tracker_quotation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotation',
            trigger=pgtrigger.compiler.Trigger(name='quotation_word_for_word', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    IF EXISTS (\n                        SELECT 1 FROM new_rows q\n                        LEFT JOIN tracker_snapshot s ON s.id = q.snapshot_id\n                        WHERE char_length(q.exact) <> q."end" - q.start\n                        OR q.exact IS DISTINCT FROM\n                            substr(s.text, q.start + 1, q."end" - q.start)\n                    ) THEN\n                        RAISE EXCEPTION \'The quotation is not what the snapshot says there.\'\n                            USING ERRCODE = \'integrity_constraint_violation\',\n                                  CONSTRAINT = \'quotation_word_for_word\';\n                    END IF;\n                    RETURN NULL;\n                ', hash='74b58e25deb927faf3440de442df244b82d8eae7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_quotation_word_for_word_c3335', referencing='REFERENCING NEW TABLE AS new_rows ', table='tracker_quotation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='source_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A source stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'source_never_deleted';\n        ", hash='6eba28a5736f9c4a69efee6765d3d3b3ac1e0c36', operation='DELETE', pgid='pgtrigger_source_never_deleted_83128', table='tracker_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_sourcehistoryevent" ("bylines", "canonical_url", "id", "kind", "language", "merged_into_id", "note", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "published_words", "selection", "title", "url", "uuid") SELECT new_values."bylines", new_values."canonical_url", new_values."id", new_values."kind", new_values."language", new_values."merged_into_id", new_values."note", new_values."outlet_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_on", new_values."published_words", new_values."selection", new_values."title", new_values."url", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='433330edc854a313fbc9305e0455fbbd0321c40d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7a971', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_sourcehistoryevent" ("bylines", "canonical_url", "id", "kind", "language", "merged_into_id", "note", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "published_words", "selection", "title", "url", "uuid") SELECT new_values."bylines", new_values."canonical_url", new_values."id", new_values."kind", new_values."language", new_values."merged_into_id", new_values."note", new_values."outlet_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_on", new_values."published_words", new_values."selection", new_values."title", new_values."url", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='94974bc2ebe10c23d480377aea514a3e74138c4c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3b705', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_sourcehistoryevent" ("bylines", "canonical_url", "id", "kind", "language", "merged_into_id", "note", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "published_words", "selection", "title", "url", "uuid") SELECT old_values."bylines", old_values."canonical_url", old_values."id", old_values."kind", old_values."language", old_values."merged_into_id", old_values."note", old_values."outlet_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_on", old_values."published_words", old_values."selection", old_values."title", old_values."url", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c6c6120d3784e75b646c269651e3a2dd79dc6b75', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0b8b4', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='snapshot',
            trigger=pgtrigger.compiler.Trigger(name='snapshot_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A snapshot stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_never_deleted';\n        ", hash='55e525d9ae8da4632a9265ec4d150201d5719651', operation='DELETE', pgid='pgtrigger_snapshot_never_deleted_8e60a', table='tracker_snapshot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='snapshot',
            trigger=pgtrigger.compiler.Trigger(name='snapshot_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A snapshot is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_immutable';\n        ", hash='8a90b8b6a501201ee700e2293716713e062feeca', operation='UPDATE', pgid='pgtrigger_snapshot_immutable_dd06b', table='tracker_snapshot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='snapshot',
            trigger=pgtrigger.compiler.Trigger(name='snapshot_hash_true', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (NEW.text_sha256 = encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex')) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'The hash is not that of the text.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_hash_true';\n        ", hash='a277008f5ead6d35f7f2d42685959dd792e0896b', operation='INSERT', pgid='pgtrigger_snapshot_hash_true_2693f', table='tracker_snapshot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citation',
            trigger=pgtrigger.compiler.Trigger(name='citation_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A citation stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'citation_never_deleted';\n        ", hash='0380d0fb091a9733501c13561eb570de49f529d7', operation='DELETE', pgid='pgtrigger_citation_never_deleted_7982c', table='tracker_citation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capture',
            trigger=pgtrigger.compiler.Trigger(name='capture_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A capture stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'capture_never_deleted';\n        ", hash='38bb71ec5271b4527258442929c452a0aa9ab033', operation='DELETE', pgid='pgtrigger_capture_never_deleted_f1383', table='tracker_capture', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capture',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_capturehistoryevent" ("attempts", "bytes_sha256", "final_url", "finished_at", "http_status", "id", "mime", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "requested_url", "size", "snapshot_id", "source_id", "status", "uuid") SELECT new_values."attempts", new_values."bytes_sha256", new_values."final_url", new_values."finished_at", new_values."http_status", new_values."id", new_values."mime", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."requested_at", new_values."requested_by_id", new_values."requested_url", new_values."size", new_values."snapshot_id", new_values."source_id", new_values."status", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f36fdf824c58fb958e3c7d1217800810875a0920', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_04fd3', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_capture', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capture',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_capturehistoryevent" ("attempts", "bytes_sha256", "final_url", "finished_at", "http_status", "id", "mime", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "requested_url", "size", "snapshot_id", "source_id", "status", "uuid") SELECT new_values."attempts", new_values."bytes_sha256", new_values."final_url", new_values."finished_at", new_values."http_status", new_values."id", new_values."mime", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."requested_at", new_values."requested_by_id", new_values."requested_url", new_values."size", new_values."snapshot_id", new_values."source_id", new_values."status", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1e51ad7e2aab0edd18cce344a10534380fa7554a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_63f36', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_capture', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capture',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_capturehistoryevent" ("attempts", "bytes_sha256", "final_url", "finished_at", "http_status", "id", "mime", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "requested_url", "size", "snapshot_id", "source_id", "status", "uuid") SELECT old_values."attempts", old_values."bytes_sha256", old_values."final_url", old_values."finished_at", old_values."http_status", old_values."id", old_values."mime", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."requested_at", old_values."requested_by_id", old_values."requested_url", old_values."size", old_values."snapshot_id", old_values."source_id", old_values."status", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9a9125979acc9bf5ee580f2f965260b814805dbc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_82984', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_capture', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_topichistoryevent" ("id", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid") SELECT new_values."id", new_values."name", new_values."note", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug", new_values."uuid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5fbdc24fc2d616383c3fccdd2392299e76501c48', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_aa30a', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_topichistoryevent" ("id", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid") SELECT new_values."id", new_values."name", new_values."note", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug", new_values."uuid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='55353e185f51c882e749d07eed7d744ffce8fed4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fc950', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_topichistoryevent" ("id", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "uuid") SELECT old_values."id", old_values."name", old_values."note", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug", old_values."uuid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a8f677c7843d5ec167cf36a4d2fcced6e42a0051', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ecbc2', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoreitem',
            trigger=pgtrigger.compiler.Trigger(name='score_item_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A score_item is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'score_item_immutable';\n        ", hash='a9eace718c1771cbcdc928dab4179a63a7e4e3e8', operation='UPDATE', pgid='pgtrigger_score_item_immutable_9cc63', table='tracker_scoreitem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoreitem',
            trigger=pgtrigger.compiler.Trigger(name='score_item_counted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT EXISTS (SELECT 1 FROM new_rows) THEN\n            RETURN NULL;\n        END IF;\n        \n    INSERT INTO tracker_lasttally (id, stamp) VALUES (1, gen_random_uuid())\n    ON CONFLICT (id) DO UPDATE SET stamp = EXCLUDED.stamp\n;\n        \n        MERGE INTO tracker_persontally k\n        USING (SELECT * FROM (\n        SELECT person_id AS subject_id, p, sum(w) AS n, sum(w * y) AS hits\n        FROM (SELECT *, 1 AS w, 1 AS side FROM new_rows) i WHERE person_id IS NOT NULL GROUP BY person_id, p\n    ) d WHERE n <> 0 OR hits <> 0) c ON k.subject_id = c.subject_id AND k.p = c.p\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, hits = k.hits + c.hits\n        WHEN NOT MATCHED THEN INSERT (subject_id, p, n, hits)\n            VALUES (c.subject_id, c.p, c.n, c.hits);\n    \n        MERGE INTO tracker_organisationtally k\n        USING (SELECT * FROM (\n        SELECT organisation_id AS subject_id, p, sum(w) AS n, sum(w * y) AS hits\n        FROM (SELECT *, 1 AS w, 1 AS side FROM new_rows) i WHERE organisation_id IS NOT NULL GROUP BY organisation_id, p\n    ) d WHERE n <> 0 OR hits <> 0) c ON k.subject_id = c.subject_id AND k.p = c.p\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, hits = k.hits + c.hits\n        WHEN NOT MATCHED THEN INSERT (subject_id, p, n, hits)\n            VALUES (c.subject_id, c.p, c.n, c.hits);\n    \n        MERGE INTO tracker_topictally k\n        USING (SELECT * FROM (\n        SELECT topic_id AS subject_id, p, sum(w) AS n, sum(w * y) AS hits\n        FROM (SELECT *, 1 AS w, 1 AS side FROM new_rows) i WHERE topic_id IS NOT NULL GROUP BY topic_id, p\n    ) d WHERE n <> 0 OR hits <> 0) c ON k.subject_id = c.subject_id AND k.p = c.p\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, hits = k.hits + c.hits\n        WHEN NOT MATCHED THEN INSERT (subject_id, p, n, hits)\n            VALUES (c.subject_id, c.p, c.n, c.hits);\n    \n        MERGE INTO tracker_outlettally k\n        USING (SELECT * FROM (\n        SELECT outlet_id AS subject_id, p, sum(w) AS n, sum(w * y) AS hits\n        FROM (SELECT *, 1 AS w, 1 AS side FROM new_rows) i WHERE outlet_id IS NOT NULL GROUP BY outlet_id, p\n    ) d WHERE n <> 0 OR hits <> 0) c ON k.subject_id = c.subject_id AND k.p = c.p\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, hits = k.hits + c.hits\n        WHEN NOT MATCHED THEN INSERT (subject_id, p, n, hits)\n            VALUES (c.subject_id, c.p, c.n, c.hits);\n    \n        MERGE INTO tracker_phrasetally k\n        USING (SELECT * FROM (\n        SELECT kind, subject_id, phrase, sum(w) AS n, sum(w * y) AS hits, sum(w * e) AS errors\n        FROM (\n        SELECT kind, subject_id, proposition_id, phrase, y, w, side,\n               (base_rate IS NULL)::int AS m, e, coalesce(b, 0) - e AS t\n        FROM (SELECT *, (p - 1000 * y) * (p - 1000 * y) AS e,\n                     (base_rate - 1000 * y) * (base_rate - 1000 * y) AS b FROM (SELECT *, 1 AS w, 1 AS side FROM new_rows) r) c\n        CROSS JOIN LATERAL (VALUES ('person', person_id), ('organisation', organisation_id), ('topic', topic_id), ('outlet', outlet_id)) s (kind, subject_id)\n        WHERE subject_id IS NOT NULL\n    ) i GROUP BY kind, subject_id, phrase\n    ) d WHERE n <> 0 OR hits <> 0 OR errors <> 0) c ON k.kind = c.kind AND k.subject_id = c.subject_id AND k.phrase = c.phrase\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, hits = k.hits + c.hits, errors = k.errors + c.errors\n        WHEN NOT MATCHED THEN INSERT (kind, subject_id, phrase, n, hits, errors)\n            VALUES (c.kind, c.subject_id, c.phrase, c.n, c.hits, c.errors);\n    \n        MERGE INTO tracker_eventtally k\n        USING (SELECT * FROM (\n        SELECT kind, subject_id, y, n AS size, sum(side) AS events, sum(side * m) AS m,\n               sum(side * t) AS t, sum(side * m * m) AS mm, sum(side * m * t) AS mt,\n               sum(side * t::numeric * t) AS tt, sum(side * claim_mt) AS claim_mt,\n               sum(side * claim_tt) AS claim_tt, sum(side * errors) AS errors\n        FROM (\n            SELECT kind, coalesce(subject_id, 0) AS subject_id, side, sum(w) AS n,\n                   CASE sum(w * y) WHEN 0 THEN 0 WHEN sum(w) THEN 1 ELSE 2 END AS y,\n                   sum(w * m) AS m, sum(w * t) AS t, sum(w * m * t) AS claim_mt,\n                   sum(w * t::bigint * t) AS claim_tt, sum(w * e) AS errors\n            FROM (\n        SELECT kind, subject_id, proposition_id, phrase, y, w, side,\n               (base_rate IS NULL)::int AS m, e, coalesce(b, 0) - e AS t\n        FROM (SELECT *, (p - 1000 * y) * (p - 1000 * y) AS e,\n                     (base_rate - 1000 * y) * (base_rate - 1000 * y) AS b FROM (\n        SELECT i.*, 1 AS w, side FROM tracker_scoreitem i CROSS JOIN (VALUES (1), (-1)) v (side)\n        WHERE proposition_id IN (SELECT proposition_id FROM new_rows)\n        UNION ALL SELECT *, -1, -1 FROM new_rows\n    ) r) c\n        CROSS JOIN LATERAL (VALUES ('person', person_id), ('organisation', organisation_id), ('topic', topic_id), ('outlet', outlet_id)) s (kind, subject_id)\n        WHERE subject_id IS NOT NULL\n    ) i\n            GROUP BY GROUPING SETS (\n                (kind, proposition_id, side, subject_id), (kind, proposition_id, side)\n            ) HAVING sum(w) > 0\n        ) g GROUP BY kind, subject_id, y, n\n    ) d WHERE events <> 0 OR m <> 0 OR t <> 0 OR mm <> 0 OR mt <> 0 OR tt <> 0 OR claim_mt <> 0 OR claim_tt <> 0 OR errors <> 0) c ON k.kind = c.kind AND k.subject_id = c.subject_id AND k.y = c.y AND k.size = c.size\n        WHEN MATCHED AND k.events + c.events = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET events = k.events + c.events, m = k.m + c.m, t = k.t + c.t, mm = k.mm + c.mm, mt = k.mt + c.mt, tt = k.tt + c.tt, claim_mt = k.claim_mt + c.claim_mt, claim_tt = k.claim_tt + c.claim_tt, errors = k.errors + c.errors\n        WHEN NOT MATCHED THEN INSERT (kind, subject_id, y, size, events, m, t, mm, mt, tt, claim_mt, claim_tt, errors)\n            VALUES (c.kind, c.subject_id, c.y, c.size, c.events, c.m, c.t, c.mm, c.mt, c.tt, c.claim_mt, c.claim_tt, c.errors);\n    \n        RETURN NULL;\n    ", hash='ac947bec1cabb82d4f06c75da5f52eb09b08d362', level='STATEMENT', operation='INSERT', pgid='pgtrigger_score_item_counted_d7714', referencing='REFERENCING NEW TABLE AS new_rows ', table='tracker_scoreitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scoreitem',
            trigger=pgtrigger.compiler.Trigger(name='score_item_uncounted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT EXISTS (SELECT 1 FROM old_rows) THEN\n            RETURN NULL;\n        END IF;\n        \n    INSERT INTO tracker_lasttally (id, stamp) VALUES (1, gen_random_uuid())\n    ON CONFLICT (id) DO UPDATE SET stamp = EXCLUDED.stamp\n;\n        \n        MERGE INTO tracker_persontally k\n        USING (SELECT * FROM (\n        SELECT person_id AS subject_id, p, sum(w) AS n, sum(w * y) AS hits\n        FROM (SELECT *, -1 AS w, 1 AS side FROM old_rows) i WHERE person_id IS NOT NULL GROUP BY person_id, p\n    ) d WHERE n <> 0 OR hits <> 0) c ON k.subject_id = c.subject_id AND k.p = c.p\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, hits = k.hits + c.hits\n        WHEN NOT MATCHED THEN INSERT (subject_id, p, n, hits)\n            VALUES (c.subject_id, c.p, c.n, c.hits);\n    \n        MERGE INTO tracker_organisationtally k\n        USING (SELECT * FROM (\n        SELECT organisation_id AS subject_id, p, sum(w) AS n, sum(w * y) AS hits\n        FROM (SELECT *, -1 AS w, 1 AS side FROM old_rows) i WHERE organisation_id IS NOT NULL GROUP BY organisation_id, p\n    ) d WHERE n <> 0 OR hits <> 0) c ON k.subject_id = c.subject_id AND k.p = c.p\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, hits = k.hits + c.hits\n        WHEN NOT MATCHED THEN INSERT (subject_id, p, n, hits)\n            VALUES (c.subject_id, c.p, c.n, c.hits);\n    \n        MERGE INTO tracker_topictally k\n        USING (SELECT * FROM (\n        SELECT topic_id AS subject_id, p, sum(w) AS n, sum(w * y) AS hits\n        FROM (SELECT *, -1 AS w, 1 AS side FROM old_rows) i WHERE topic_id IS NOT NULL GROUP BY topic_id, p\n    ) d WHERE n <> 0 OR hits <> 0) c ON k.subject_id = c.subject_id AND k.p = c.p\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, hits = k.hits + c.hits\n        WHEN NOT MATCHED THEN INSERT (subject_id, p, n, hits)\n            VALUES (c.subject_id, c.p, c.n, c.hits);\n    \n        MERGE INTO tracker_outlettally k\n        USING (SELECT * FROM (\n        SELECT outlet_id AS subject_id, p, sum(w) AS n, sum(w * y) AS hits\n        FROM (SELECT *, -1 AS w, 1 AS side FROM old_rows) i WHERE outlet_id IS NOT NULL GROUP BY outlet_id, p\n    ) d WHERE n <> 0 OR hits <> 0) c ON k.subject_id = c.subject_id AND k.p = c.p\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, hits = k.hits + c.hits\n        WHEN NOT MATCHED THEN INSERT (subject_id, p, n, hits)\n            VALUES (c.subject_id, c.p, c.n, c.hits);\n    \n        MERGE INTO tracker_phrasetally k\n        USING (SELECT * FROM (\n        SELECT kind, subject_id, phrase, sum(w) AS n, sum(w * y) AS hits, sum(w * e) AS errors\n        FROM (\n        SELECT kind, subject_id, proposition_id, phrase, y, w, side,\n               (base_rate IS NULL)::int AS m, e, coalesce(b, 0) - e AS t\n        FROM (SELECT *, (p - 1000 * y) * (p - 1000 * y) AS e,\n                     (base_rate - 1000 * y) * (base_rate - 1000 * y) AS b FROM (SELECT *, -1 AS w, 1 AS side FROM old_rows) r) c\n        CROSS JOIN LATERAL (VALUES ('person', person_id), ('organisation', organisation_id), ('topic', topic_id), ('outlet', outlet_id)) s (kind, subject_id)\n        WHERE subject_id IS NOT NULL\n    ) i GROUP BY kind, subject_id, phrase\n    ) d WHERE n <> 0 OR hits <> 0 OR errors <> 0) c ON k.kind = c.kind AND k.subject_id = c.subject_id AND k.phrase = c.phrase\n        WHEN MATCHED AND k.n + c.n = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET n = k.n + c.n, hits = k.hits + c.hits, errors = k.errors + c.errors\n        WHEN NOT MATCHED THEN INSERT (kind, subject_id, phrase, n, hits, errors)\n            VALUES (c.kind, c.subject_id, c.phrase, c.n, c.hits, c.errors);\n    \n        MERGE INTO tracker_eventtally k\n        USING (SELECT * FROM (\n        SELECT kind, subject_id, y, n AS size, sum(side) AS events, sum(side * m) AS m,\n               sum(side * t) AS t, sum(side * m * m) AS mm, sum(side * m * t) AS mt,\n               sum(side * t::numeric * t) AS tt, sum(side * claim_mt) AS claim_mt,\n               sum(side * claim_tt) AS claim_tt, sum(side * errors) AS errors\n        FROM (\n            SELECT kind, coalesce(subject_id, 0) AS subject_id, side, sum(w) AS n,\n                   CASE sum(w * y) WHEN 0 THEN 0 WHEN sum(w) THEN 1 ELSE 2 END AS y,\n                   sum(w * m) AS m, sum(w * t) AS t, sum(w * m * t) AS claim_mt,\n                   sum(w * t::bigint * t) AS claim_tt, sum(w * e) AS errors\n            FROM (\n        SELECT kind, subject_id, proposition_id, phrase, y, w, side,\n               (base_rate IS NULL)::int AS m, e, coalesce(b, 0) - e AS t\n        FROM (SELECT *, (p - 1000 * y) * (p - 1000 * y) AS e,\n                     (base_rate - 1000 * y) * (base_rate - 1000 * y) AS b FROM (\n        SELECT i.*, 1 AS w, side FROM tracker_scoreitem i CROSS JOIN (VALUES (1), (-1)) v (side)\n        WHERE proposition_id IN (SELECT proposition_id FROM old_rows)\n        UNION ALL SELECT *, 1, -1 FROM old_rows\n    ) r) c\n        CROSS JOIN LATERAL (VALUES ('person', person_id), ('organisation', organisation_id), ('topic', topic_id), ('outlet', outlet_id)) s (kind, subject_id)\n        WHERE subject_id IS NOT NULL\n    ) i\n            GROUP BY GROUPING SETS (\n                (kind, proposition_id, side, subject_id), (kind, proposition_id, side)\n            ) HAVING sum(w) > 0\n        ) g GROUP BY kind, subject_id, y, n\n    ) d WHERE events <> 0 OR m <> 0 OR t <> 0 OR mm <> 0 OR mt <> 0 OR tt <> 0 OR claim_mt <> 0 OR claim_tt <> 0 OR errors <> 0) c ON k.kind = c.kind AND k.subject_id = c.subject_id AND k.y = c.y AND k.size = c.size\n        WHEN MATCHED AND k.events + c.events = 0 THEN DELETE\n        WHEN MATCHED THEN UPDATE SET events = k.events + c.events, m = k.m + c.m, t = k.t + c.t, mm = k.mm + c.mm, mt = k.mt + c.mt, tt = k.tt + c.tt, claim_mt = k.claim_mt + c.claim_mt, claim_tt = k.claim_tt + c.claim_tt, errors = k.errors + c.errors\n        WHEN NOT MATCHED THEN INSERT (kind, subject_id, y, size, events, m, t, mm, mt, tt, claim_mt, claim_tt, errors)\n            VALUES (c.kind, c.subject_id, c.y, c.size, c.events, c.m, c.t, c.mm, c.mt, c.tt, c.claim_mt, c.claim_tt, c.errors);\n    \n        RETURN NULL;\n    ", hash='d606a1acc86d5c9e07580f0153f6c97d8d02f395', level='STATEMENT', operation='DELETE', pgid='pgtrigger_score_item_uncounted_62a00', referencing='REFERENCING OLD TABLE AS old_rows ', table='tracker_scoreitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposition',
            trigger=pgtrigger.compiler.Trigger(name='proposition_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A proposition stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'proposition_never_deleted';\n        ", hash='acadddeaaebf8ef734224f38bcc3b4bf67d04411', operation='DELETE', pgid='pgtrigger_proposition_never_deleted_ffdf0', table='tracker_proposition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposition',
            trigger=pgtrigger.compiler.Trigger(name='proposition_frozen_wording', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD.frozen_at IS NULL OR (\n                    OLD.statement, OLD.criteria, OLD.condition_id, OLD.condition_required,\n                    OLD.deadline, OLD.deadline_basis, OLD.frozen_at\n                ) IS NOT DISTINCT FROM (\n                    NEW.statement, NEW.criteria, NEW.condition_id, NEW.condition_required,\n                    NEW.deadline, NEW.deadline_basis, NEW.frozen_at\n                )) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A frozen proposition keeps its wording.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'proposition_frozen_wording';\n        ", hash='e4030076b6e419a5569deb47fd57eae5697b5847', operation='UPDATE', pgid='pgtrigger_proposition_frozen_wording_5e576', table='tracker_proposition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposition',
            trigger=pgtrigger.compiler.Trigger(name='proposition_condition_depth', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (NEW.condition_id IS NULL OR (\n                    WITH RECURSIVE above(id, condition_id, depth) AS (\n                        SELECT id, condition_id, 1 FROM tracker_proposition\n                        WHERE id = NEW.condition_id\n                        UNION ALL\n                        SELECT p.id, p.condition_id, depth + 1 FROM tracker_proposition p\n                        JOIN above ON p.id = above.condition_id WHERE depth < 4\n                    ), below(id, depth) AS (\n                        SELECT NEW.id, 0\n                        UNION ALL\n                        SELECT p.id, depth + 1 FROM tracker_proposition p\n                        JOIN below ON p.condition_id = below.id WHERE depth < 4\n                    )\n                    SELECT coalesce((SELECT max(depth) FROM above), 1)\n                        + (SELECT max(depth) FROM below) <= 2\n                )) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'Conditions go two levels deep at most.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'proposition_condition_depth';\n        ", hash='bc6b808ca933120fc564f51a6a1b2a35dde99a57', operation='INSERT OR UPDATE', pgid='pgtrigger_proposition_condition_depth_8563c', table='tracker_proposition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposition',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_propositionhistoryevent" ("condition_id", "condition_required", "condition_words", "criteria", "deadline", "deadline_basis", "deadline_reason", "deadline_words", "difficulty", "event_seen", "frozen_at", "id", "importance", "merged_into_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution_sources", "review_on", "specificity", "statement", "supersedes_id", "topic_id", "uuid", "version") SELECT new_values."condition_id", new_values."condition_required", new_values."condition_words", new_values."criteria", new_values."deadline", new_values."deadline_basis", new_values."deadline_reason", new_values."deadline_words", new_values."difficulty", new_values."event_seen", new_values."frozen_at", new_values."id", new_values."importance", new_values."merged_into_id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."resolution_sources", new_values."review_on", new_values."specificity", new_values."statement", new_values."supersedes_id", new_values."topic_id", new_values."uuid", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e603afa3a3651194a5db5945cde45103ffdea278', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bf229', referencing='REFERENCING NEW TABLE AS new_values ', table='tracker_proposition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposition',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_propositionhistoryevent" ("condition_id", "condition_required", "condition_words", "criteria", "deadline", "deadline_basis", "deadline_reason", "deadline_words", "difficulty", "event_seen", "frozen_at", "id", "importance", "merged_into_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution_sources", "review_on", "specificity", "statement", "supersedes_id", "topic_id", "uuid", "version") SELECT new_values."condition_id", new_values."condition_required", new_values."condition_words", new_values."criteria", new_values."deadline", new_values."deadline_basis", new_values."deadline_reason", new_values."deadline_words", new_values."difficulty", new_values."event_seen", new_values."frozen_at", new_values."id", new_values."importance", new_values."merged_into_id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."resolution_sources", new_values."review_on", new_values."specificity", new_values."statement", new_values."supersedes_id", new_values."topic_id", new_values."uuid", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e8f5c45397b413db667e0cc65e5049ab2d6357e3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_80973', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tracker_proposition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposition',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tracker_propositionhistoryevent" ("condition_id", "condition_required", "condition_words", "criteria", "deadline", "deadline_basis", "deadline_reason", "deadline_words", "difficulty", "event_seen", "frozen_at", "id", "importance", "merged_into_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resolution_sources", "review_on", "specificity", "statement", "supersedes_id", "topic_id", "uuid", "version") SELECT old_values."condition_id", old_values."condition_required", old_values."condition_words", old_values."criteria", old_values."deadline", old_values."deadline_basis", old_values."deadline_reason", old_values."deadline_words", old_values."difficulty", old_values."event_seen", old_values."frozen_at", old_values."id", old_values."importance", old_values."merged_into_id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."resolution_sources", old_values."review_on", old_values."specificity", old_values."statement", old_values."supersedes_id", old_values."topic_id", old_values."uuid", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='736f44d393e70b5b175061722a5584b130a31501', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0d62f', referencing='REFERENCING OLD TABLE AS old_values ', table='tracker_proposition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='verdict_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (FALSE) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A verdict stays on record.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'verdict_never_deleted';\n        ", hash='8462feb25775dea77c80997bfd52b81db3cffd8f', operation='DELETE', pgid='pgtrigger_verdict_never_deleted_46cd7', table='tracker_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='verdict_immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (OLD IS NOT DISTINCT FROM NEW) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'A verdict is evidence and never changes.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'verdict_immutable';\n        ", hash='d258e33829d17e08bfc7a62441f50101094ceaea', operation='UPDATE', pgid='pgtrigger_verdict_immutable_3de5c', table='tracker_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='verdict_in_open_round', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    EXISTS (SELECT 1 FROM tracker_round r WHERE r.id = NEW.round_id\n            AND (r.closed_at IS NULL OR NEW.submitted_at <= r.closed_at))\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'This round takes no more verdicts.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'verdict_in_open_round';\n        ", hash='51900790ef69e6f1ff91088058880a12ee30a6f9', operation='INSERT', pgid='pgtrigger_verdict_in_open_round_07946', table='tracker_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='verdict_duties_separate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    EXISTS (SELECT 1 FROM tracker_round r WHERE r.id = NEW.round_id AND r.needed = 1)\n    OR NOT EXISTS (\n        SELECT 1 FROM tracker_round r\n        JOIN tracker_claim c ON c.proposition_id = r.proposition_id\n        LEFT JOIN tracker_reading g ON g.claim_id = c.id\n        WHERE r.id = NEW.round_id AND NEW.judge_id IN (c.coder_id, g.reader_id)\n    )\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'Coder, reader and judge must be different people.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'verdict_duties_separate';\n        ", hash='e99782aa850c8c8ebef1369cc29273771a45c7a1', operation='INSERT', pgid='pgtrigger_verdict_duties_separate_82282', table='tracker_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='verdict_adjudicator_fresh', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (\n    NOT EXISTS (\n        SELECT 1 FROM tracker_verdict v\n        WHERE v.round_id = NEW.round_id AND v.judge_id = NEW.judge_id AND v.stage <> NEW.stage\n        AND (NEW.stage IN ('adjudication', 'panel') OR v.stage IN ('adjudication', 'panel'))\n    )\n) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'An adjudicator was not in the round before.'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'verdict_adjudicator_fresh';\n        ", hash='f98b07aa39e48dc9f53e9ac6c86c5b167a6e7281', operation='INSERT', pgid='pgtrigger_verdict_adjudicator_fresh_a8fb4', table='tracker_verdict', when='BEFORE')),
        ),
        migrations.RunSQL(VIEW, "DROP VIEW tracker_current_resolution"),
        migrations.RunSQL(ACCOUNTS, "DROP VIEW tracker_claim_account"),
    ]
