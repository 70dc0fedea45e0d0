"""A claim's JSON: the shape that clients are promised, and the SQL that builds it, side by side.

The shape documents and the projection answers; tests/api/test_claim_json.py holds them equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from rest_framework import serializers

from tracker.api.fields import Probability, chosen
from tracker.api.projections import ALL, Built, Wanted, built
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


def _named(rows: str, *more: str) -> Built:
    """A record's reference; null where there is none."""
    return Built({column: column for column in ("id", "slug", "name", *more)}, rows)


def _moment(column: str) -> str:
    """SQL for a time as REST framework writes it."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def _of(table: str, *columns: str) -> dict[str, str | Built]:
    """Members that are columns of the same name."""
    return {column: f'{table}."{column}"' for column in columns}


def _range(table: str, prefix: str = "") -> dict[str, str | Built]:
    """Members of a probability, which is stored in permille."""
    return {n: f"({table}.{prefix}{n} / 1000.0)::float8" for n in ("low", "point", "high")}


def _standing(column: str) -> str:
    """SQL for the claim that a link leads to today, its merger followed."""
    return f"(SELECT coalesce(o.merged_into_id, o.id) FROM tracker_claim o WHERE o.id = {column})"


SPEAKER = Built(
    {
        "person": _named("FROM tracker_person WHERE id = c.person_id"),
        "organisation": _named("FROM tracker_organisation WHERE id = c.organisation_id", "kind"),
        "role": "c.role",
    }
)
HOPS = Built(
    {
        "mode": "hop.mode",
        "outlet": _named("FROM tracker_organisation WHERE id = hop.outlet_id", "kind"),
        "channel": "hop.channel",
    },
    "FROM tracker_relay hop WHERE hop.quotation_id = q.id ORDER BY hop.step",
    many=True,
)
SAID_ON = """CASE q.said_precision
    WHEN 'year' THEN to_char(q.said_last, 'YYYY')
    WHEN 'month' THEN to_char(q.said_last, 'YYYY-MM')
    WHEN 'interval' THEN q.said_first || '/' || q.said_last
    WHEN 'before' THEN 'on or before ' || q.said_last
    ELSE q.said_last::text END"""
QUOTATION = Built(
    {
        **_of("q", "id", "exact", "prefix", "suffix", "start", "end"),
        "snapshot": "q.snapshot_id",
        **_of("q", "mode", "provenance"),
        "said_on": SAID_ON,
        **_of("q", "said_words", "channel"),
        "hops": HOPS,
    },
    "FROM tracker_quotation q WHERE q.id = c.quotation_id",
)
SOURCE = Built(
    {
        **_of("s", "id", "url", "title"),
        "outlet": _named("FROM tracker_organisation WHERE id = s.outlet_id", "kind"),
        "published_on": "s.published_on",
    },
    """FROM tracker_quotation q JOIN tracker_snapshot n ON n.id = q.snapshot_id
    JOIN tracker_source s ON s.id = n.source_id WHERE q.id = c.quotation_id""",
)
PROPOSITION = Built(
    {
        **_of("p", "id", "statement", "criteria", "resolution_sources"),
        "topic": _named("FROM tracker_topic WHERE id = p.topic_id"),
        "condition": Built(
            {"id": "id", "statement": "statement"},
            "FROM tracker_proposition WHERE id = p.condition_id",
        ),
        **_of("p", "condition_required", "condition_words", "deadline", "deadline_basis"),
        **_of("p", "deadline_words", "deadline_reason", "review_on", "specificity"),
        "frozen_at": _moment("p.frozen_at"),
    },
    "FROM tracker_proposition p WHERE p.id = c.proposition_id",
)
HEDGE = Built(
    {
        "words": "c.hedge",
        "term": "term.phrase",
        **_range("term"),
        **_of("term", "mode", "source"),
        "lexicon": "(SELECT version FROM tracker_lexicon WHERE id = term.lexicon_id)",
        "stacked": "c.stacked",
    },
    """FROM (SELECT 1) one LEFT JOIN tracker_hedgeterm term ON term.id = c.hedge_term_id
    WHERE c.hedge <> '' OR term.id IS NOT NULL""",
)
PROBABILITY = Built({**_range("c", "p_"), "tier": "c.p_tier"}, "WHERE c.p_point IS NOT NULL")
JUDGED = " ".join(f"WHEN '{method}' THEN '{words}'" for method, words in JUDGED_BY.items())
RESOLUTION = Built(
    {
        **_of("v", "id", "outcome", "condition", "y"),
        "judged_by": f"CASE v.method {JUDGED} END",
        "published_at": _moment("v.published_at"),
    },
    # The limit keeps the planner from reading the whole view, which holds all resolutions.
    "FROM tracker_current_resolution v WHERE v.proposition_id = c.proposition_id LIMIT 1",
)
CLAIM = Built(
    {
        **_of("c", "id", "uuid", "state", "state_reason", "failed_test"),
        "missing": "page.missing",
        "speaker": SPEAKER,
        "quotation": QUOTATION,
        "further_quotations": """(
            SELECT coalesce(json_agg(f.quotation_id ORDER BY f.quotation_id), '[]'::json)
            FROM tracker_claim_further_quotations f WHERE f.claim_id = c.id)""",
        "source": SOURCE,
        "proposition": PROPOSITION,
        **_of("c", "kind", "polarity"),
        "hedge": HEDGE,
        "probability": PROBABILITY,
        "coded_after_outcome": "c.coded_after_outcome",
        "resolution": RESOLUTION,
        **_of("c", "external_id", "note"),
        "revises": _standing("c.revises_id"),
        "distorts": _standing("c.distorts_id"),
        "merged_into": "c.merged_into_id",
        **_of("c", "said_on", "codebook"),
        "coded_at": _moment("c.coded_at"),
        "frozen_at": _moment("c.frozen_at"),
        "url": "%(address)s::text || c.id || '/'",
    }
)
# As JSON: of that PostgreSQL expects as many rows whatever it holds, so that one plan serves all.
PAGE = """
FROM ROWS FROM (json_to_recordset(%(page)s::json) AS (id bigint, missing json))
    WITH ORDINALITY AS page(id, missing, place)
JOIN tracker_claim c ON c.id = page.id ORDER BY page.place
"""


def projected(
    missing: Mapping[int, Sequence[str]],
    *,
    noun: Built = CLAIM,
    wanted: Wanted = ALL,
    **parameters: Any,
) -> list[orjson.Fragment]:
    """Returns the claims of these ids in their order, as JSON that PostgreSQL has built.

    `missing` names what each draft lacks; a claim's `address` is that of the list before its id.
    """
    page = [{"id": pk, "missing": lacks} for pk, lacks in missing.items()]
    return built(noun, PAGE, {"page": orjson.dumps(page).decode(), **parameters}, wanted)
