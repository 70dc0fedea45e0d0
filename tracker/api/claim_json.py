"""A claim's JSON: the shape that clients are promised, and the SQL that builds it, side by side.

The shape documents and the projection answers; tests/api/test_claim_json.py holds them equal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.db import connection
from rest_framework import serializers

from tracker.api.fields import Probability, chosen
from tracker.api.refs import OrganisationRef, PersonRef, PropositionRef, Read, SourceRef, TopicRef
from tracker.domain.judging import JUDGED_BY
from tracker.models import Claim, HedgeTerm, Proposition, Quotation, Resolution


class Shape(serializers.Serializer[Any]):
    """Fields of an object that PostgreSQL builds; nothing is serialised in Python."""


class SpeakerShape(Shape):
    person = PersonRef(allow_null=True)
    organisation = OrganisationRef(allow_null=True)
    role = serializers.CharField(allow_blank=True, help_text="At the time.")


class HopShape(Shape):
    mode = chosen(Quotation, "mode")
    outlet = OrganisationRef(allow_null=True)
    channel = serializers.CharField(allow_blank=True)


class QuotationShape(Read):
    said_on = serializers.CharField(help_text="As exactly as it is known.")
    hops = HopShape(many=True)

    class Meta:
        model = Quotation
        fields: tuple[str, ...] = (
            "id",
            "exact",
            "prefix",
            "suffix",
            "start",
            "end",
            "snapshot",
            "mode",
            "provenance",
            "said_on",
            "said_words",
            "channel",
            "hops",
        )


class SourceShape(SourceRef):
    outlet = OrganisationRef(allow_null=True)

    class Meta(SourceRef.Meta):
        fields = ("id", "url", "title", "outlet", "published_on")


class PropositionShape(Read):
    topic = TopicRef(allow_null=True)
    condition = PropositionRef(allow_null=True)
    deadline_basis = chosen(Proposition, "deadline_basis")

    class Meta:
        model = Proposition
        fields = (
            "id",
            "statement",
            "criteria",
            "resolution_sources",
            "topic",
            "condition",
            "condition_required",
            "condition_words",
            "deadline",
            "deadline_basis",
            "deadline_words",
            "deadline_reason",
            "review_on",
            "specificity",
            "frozen_at",
        )


class HedgeShape(Shape):
    words = serializers.CharField(allow_blank=True)
    term = serializers.CharField(allow_null=True, help_text="The phrase that governs.")
    low = Probability(allow_null=True)
    point = Probability(allow_null=True)
    high = Probability(allow_null=True)
    mode = chosen(HedgeTerm, "mode", allow_null=True)
    source: Any = serializers.CharField(allow_null=True)
    lexicon = serializers.CharField(allow_null=True, help_text="Its version.")
    stacked = serializers.BooleanField()


class ProbabilityShape(Shape):
    low = Probability()
    point = Probability()
    high = Probability()
    tier = chosen(Claim, "p_tier")


class CurrentShape(Shape):
    id = serializers.IntegerField()
    outcome = chosen(Resolution, "outcome")
    condition = chosen(Resolution, "condition")
    y = serializers.IntegerField(allow_null=True, help_text="1 it happened, 0 it did not.")
    judged_by = serializers.CharField(help_text="In words; tells where only one person judged.")
    published_at = serializers.DateTimeField()


class ClaimRead(Read):
    """A claim with everything that it rests on."""

    missing = serializers.ListField(
        child=serializers.CharField(), help_text="What a draft lacks before it can be frozen."
    )
    speaker = SpeakerShape()
    quotation = QuotationShape()
    further_quotations = serializers.ListField(child=serializers.IntegerField())
    source: Any = SourceShape()
    proposition = PropositionShape(allow_null=True)
    hedge = HedgeShape(allow_null=True)
    probability = ProbabilityShape(allow_null=True)
    resolution = CurrentShape(allow_null=True, help_text="Published and current.")
    url = serializers.URLField()

    class Meta:
        model = Claim
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "state",
            "state_reason",
            "failed_test",
            "missing",
            "speaker",
            "quotation",
            "further_quotations",
            "source",
            "proposition",
            "kind",
            "polarity",
            "hedge",
            "probability",
            "coded_after_outcome",
            "resolution",
            "external_id",
            "note",
            "revises",
            "distorts",
            "merged_into",
            "said_on",
            "codebook",
            "coded_at",
            "frozen_at",
            "url",
        )


def _named(table: str, *more: str) -> str:
    """SQL for a record's reference, null where the join found none."""
    columns = ("id", "slug", "name", *more)
    pairs = ", ".join(f"'{column}', {table}.{column}" for column in columns)
    return f"CASE WHEN {table}.id IS NOT NULL THEN json_build_object({pairs}) END"


def _moment(column: str) -> str:
    """SQL for a time as REST framework writes it."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def _share(column: str) -> str:
    return f"({column} / 1000.0)::float8"


def _standing(column: str) -> str:
    """SQL for the claim that a link leads to today, its merger followed."""
    return f"(SELECT coalesce(o.merged_into_id, o.id) FROM tracker_claim o WHERE o.id = {column})"


JUDGED = (
    "CASE settled.method "
    + " ".join(f"WHEN '{method}' THEN '{words}'" for method, words in JUDGED_BY.items())
    + " END"
)
# The limit keeps the planner from joining the whole view, which holds every resolution there is.
PROJECTION = f"""
SELECT json_build_object(
    'id', c.id,
    'uuid', c.uuid,
    'state', c.state,
    'state_reason', c.state_reason,
    'failed_test', c.failed_test,
    'missing', coalesce(%(missing)s::json -> c.id::text, '[]'::json),
    'speaker', json_build_object(
        'person', {_named("person")},
        'organisation', {_named("organisation", "kind")},
        'role', c.role
    ),
    'quotation', json_build_object(
        'id', q.id, 'exact', q.exact, 'prefix', q.prefix, 'suffix', q.suffix,
        'start', q.start, 'end', q."end", 'snapshot', q.snapshot_id,
        'mode', q.mode, 'provenance', q.provenance,
        'said_on', CASE q.said_precision
            WHEN 'year' THEN to_char(q.said_last, 'YYYY')
            WHEN 'month' THEN to_char(q.said_last, 'YYYY-MM')
            WHEN 'interval' THEN q.said_first || '/' || q.said_last
            WHEN 'before' THEN 'on or before ' || q.said_last
            ELSE q.said_last::text END,
        'said_words', q.said_words, 'channel', q.channel,
        'hops', coalesce((
            SELECT json_agg(json_build_object(
                'mode', hop.mode, 'outlet', {_named("carrier", "kind")}, 'channel', hop.channel
            ) ORDER BY hop.step)
            FROM tracker_relay hop LEFT JOIN tracker_organisation carrier
                ON carrier.id = hop.outlet_id
            WHERE hop.quotation_id = q.id
        ), '[]'::json)
    ),
    'further_quotations', coalesce((
        SELECT json_agg(f.quotation_id ORDER BY f.quotation_id)
        FROM tracker_claim_further_quotations f WHERE f.claim_id = c.id
    ), '[]'::json),
    'source', json_build_object(
        'id', s.id, 'url', s.url, 'title', s.title,
        'outlet', {_named("outlet", "kind")}, 'published_on', s.published_on
    ),
    'proposition', CASE WHEN p.id IS NOT NULL THEN json_build_object(
        'id', p.id, 'statement', p.statement, 'criteria', p.criteria,
        'resolution_sources', p.resolution_sources,
        'topic', {_named("topic")},
        'condition', CASE WHEN given.id IS NOT NULL THEN
            json_build_object('id', given.id, 'statement', given.statement) END,
        'condition_required', p.condition_required, 'condition_words', p.condition_words,
        'deadline', p.deadline, 'deadline_basis', p.deadline_basis,
        'deadline_words', p.deadline_words, 'deadline_reason', p.deadline_reason,
        'review_on', p.review_on, 'specificity', p.specificity,
        'frozen_at', {_moment("p.frozen_at")}
    ) END,
    'kind', c.kind,
    'polarity', c.polarity,
    'hedge', CASE WHEN c.hedge <> '' OR term.id IS NOT NULL THEN json_build_object(
        'words', c.hedge, 'term', term.phrase, 'low', {_share("term.low")},
        'point', {_share("term.point")}, 'high', {_share("term.high")},
        'mode', term.mode, 'source', term.source, 'lexicon', lexicon.version,
        'stacked', c.stacked
    ) END,
    'probability', CASE WHEN c.p_point IS NOT NULL THEN json_build_object(
        'low', {_share("c.p_low")}, 'point', {_share("c.p_point")},
        'high', {_share("c.p_high")}, 'tier', c.p_tier
    ) END,
    'coded_after_outcome', c.coded_after_outcome,
    'resolution', CASE WHEN settled.id IS NOT NULL THEN json_build_object(
        'id', settled.id, 'outcome', settled.outcome, 'condition', settled.condition,
        'y', settled.y, 'judged_by', {JUDGED}, 'published_at', {_moment("settled.published_at")}
    ) END,
    'external_id', c.external_id,
    'note', c.note,
    'revises', {_standing("c.revises_id")},
    'distorts', {_standing("c.distorts_id")},
    'merged_into', c.merged_into_id,
    'said_on', c.said_on,
    'codebook', c.codebook,
    'coded_at', {_moment("c.coded_at")},
    'frozen_at', {_moment("c.frozen_at")},
    'url', %(address)s::text || c.id || '/'
)::text
FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS page(id, place)
JOIN tracker_claim c ON c.id = page.id
JOIN tracker_quotation q ON q.id = c.quotation_id
JOIN tracker_snapshot n ON n.id = q.snapshot_id
JOIN tracker_source s ON s.id = n.source_id
LEFT JOIN tracker_organisation outlet ON outlet.id = s.outlet_id
LEFT JOIN tracker_person person ON person.id = c.person_id
LEFT JOIN tracker_organisation organisation ON organisation.id = c.organisation_id
LEFT JOIN tracker_proposition p ON p.id = c.proposition_id
LEFT JOIN tracker_topic topic ON topic.id = p.topic_id
LEFT JOIN tracker_proposition given ON given.id = p.condition_id
LEFT JOIN tracker_hedgeterm term ON term.id = c.hedge_term_id
LEFT JOIN tracker_lexicon lexicon ON lexicon.id = term.lexicon_id
LEFT JOIN LATERAL (
    SELECT v.* FROM tracker_current_resolution v WHERE v.proposition_id = c.proposition_id LIMIT 1
) settled ON TRUE
ORDER BY page.place
"""


def projected(
    ids: Sequence[int], *, address: str, missing: Mapping[int, Sequence[str]]
) -> list[orjson.Fragment]:
    """Returns the claims of these ids in their order, as JSON that PostgreSQL has built.

    `address` is that of the list; `missing` names what each draft lacks.
    """
    lacks = json.dumps({str(pk): list(sentences) for pk, sentences in missing.items()})
    with connection.cursor() as cursor:
        cursor.execute(PROJECTION, {"ids": list(ids), "address": address, "missing": lacks})
        return [orjson.Fragment(text) for (text,) in cursor.fetchall()]
