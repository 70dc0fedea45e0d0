"""Conditions and sources that were merged into others count for those that stand."""

from importlib import import_module

from django.db import migrations, models

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


def replacing(view):
    return view.replace("CREATE VIEW", "CREATE OR REPLACE VIEW")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0006_statement_trigrams")]

    operations = [
        migrations.RunSQL(RESOLUTIONS, replacing(FIRST.VIEW)),
        migrations.RunSQL(ACCOUNTS, replacing(FIRST.ACCOUNTS)),
        migrations.AddIndex(
            "capture",
            models.Index(
                fields=["bytes_sha256"],
                condition=~models.Q(bytes_sha256=""),
                name="capture_by_bytes",
            ),
        ),
    ]
