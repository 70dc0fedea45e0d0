"""SQL that fills the tables of an invented world from its drafts, which have been drawn before.

A proposition has the number of its event, a quotation that of its claim, a snapshot its source's.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from psycopg import sql

from tracker.domain.deadlines import Basis
from tracker.domain.judging import ConditionAnswer, Method, OutcomeAnswer
from tracker.domain.provenance import Grade
from tracker.management.dice import Dice
from tracker.management.invented_drafts import TOPICS
from tracker.models import (
    Affiliation,
    Benchmark,
    Claim,
    Organisation,
    Person,
    Proposition,
    Quotation,
    Resolution,
    Snapshot,
    Source,
    Topic,
)
from tracker.models.claims import ClaimState, Kind
from tracker.models.people import OrganisationKind

OUTLETS = 400
ALIASED, HINDSIGHT = 0.20, 0.05  # the shares of people with an alias, of claims coded too late
DECIDED_AFTER = 20  # days
INVENTED = "'Invented.'"
# The first names are those of organisations.
PEOPLE = f"(SELECT id - {OUTLETS} AS id, given, family FROM name WHERE id > {OUTLETS}) n"
SLUG = "'invented-' || lower(given) || '-' || lower(family) || '-' || id"
CONDITION = f"""CASE outcome WHEN '{OutcomeAnswer.VOID_CONDITION}'
    THEN '{ConditionAnswer.NOT_MET}' ELSE '{ConditionAnswer.NOT_APPLICABLE}' END"""
TITLE = "upper(left(subject, 1)) || substr(subject, 2)"
# Each saying is a line of its own, in the order of the claims.
ARTICLES = """(
    SELECT source AS id, max(said) AS said, min(event) AS event,
        string_agg(words, E'\\n' ORDER BY id) AS text
    FROM saying GROUP BY source
) a"""
LINES = """(
    SELECT *, (sum(length(words) + 1) OVER (PARTITION BY source ORDER BY id) - 1)::int AS until
    FROM saying
) l"""

Rows = dict[type[models.Model], str]
"""SQL that fills a table, by model."""


def literal(value: Any) -> str:
    """The value as SQL."""
    return sql.Literal(value).as_string(None)


def noon(day: str) -> str:
    """The time at noon of a day."""
    return f"({day} + time '12:00') AT TIME ZONE 'UTC'"


def filled(dice: Dice, model: type[models.Model], rows: str, **says: str) -> str:
    """SQL that writes one row for each of `rows`, in the order of their ids.

    `says` is SQL by column; what a row does not say is the model's default.
    """
    table = model._meta.db_table
    said = {"id": "id", "uuid": dice.uuid(table, says.get("id", "id")), **says}
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(said.get(str(f.column)) or literal(f.get_default()) for f in fields)
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {rows} ORDER BY {said['id']}"


def people(dice: Dice) -> Rows:
    """Who speaks, for whom, and on which topics."""
    kinds = literal([kind.value for kind in OrganisationKind])
    alias = "ARRAY[left(given, 1) || '. ' || family]"
    return {
        Topic: filled(
            dice,
            Topic,
            f"phrase WHERE id <= {TOPICS}",
            slug="'invented-topic-' || id",
            name="'On ' || words",
        ),
        Organisation: filled(
            dice,
            Organisation,
            f"name WHERE id <= {OUTLETS}",
            slug=SLUG,
            name="family || (ARRAY[' Post', ' Institute', ' Council'])[1 + id % 3]",
            kind=f"({kinds}::text[])[1 + id % {len(OrganisationKind)}]",
        ),
        Person: filled(
            dice,
            Person,
            PEOPLE,
            slug=SLUG,
            name="given || ' ' || family",
            aliases=f"CASE WHEN {dice.chance('alias', 'id')} < {ALIASED} THEN {alias}"
            " ELSE '{}' END",
        ),
        Affiliation: filled(
            dice,
            Affiliation,
            PEOPLE,
            person_id="id",
            organisation_id=f"1 + id % {OUTLETS}",
            role=literal("Analyst"),
        ),
    }


def events(dice: Dice, coder: int) -> Rows:
    """What can come about, how likely it was held to be, and what became of it."""
    decided = noon(f"deadline + {DECIDED_AFTER}")
    return {
        Proposition: filled(
            dice,
            Proposition,
            "event",
            statement=f"{TITLE} || ' comes about by ' || deadline || '.'",
            criteria=f"{TITLE} || ' has not come about by then.'",
            topic_id="topic",
            deadline="deadline",
            deadline_basis=literal(Basis.STATED),
            frozen_at=noon("said"),
        ),
        Benchmark: filled(
            dice,
            Benchmark,
            "event WHERE base_rate IS NOT NULL",
            proposition_id="id",
            p="base_rate",
            as_of="said",
            method=INVENTED,
            coder_id=str(coder),
        ),
        Resolution: filled(
            dice,
            Resolution,
            "event WHERE outcome IS NOT NULL",
            proposition_id="id",
            condition=CONDITION,
            outcome="outcome",
            method=literal(Method.AGREED),
            rationale=INVENTED,
            decided_by_id=str(coder),
            decided_at=decided,
            reply_until=decided,
            published_at=decided,
            published_by_id=str(coder),
        ),
    }


def articles(dice: Dice, coder: int) -> Rows:
    """Where it stands: sources, each with one text."""
    address = "'https://example.org/' || a.id"
    return {
        Source: filled(
            dice,
            Source,
            f"{ARTICLES} JOIN event e ON e.id = a.event",
            id="a.id",
            url=address,
            canonical_url=address,
            title=f"{TITLE} || ', and what ' || to_char(a.said, 'FMMonth') || ' brings'",
            outlet_id=dice.whole("outlet", "a.id", OUTLETS),
            published_on="a.said",
        ),
        Snapshot: filled(
            dice,
            Snapshot,
            ARTICLES,
            source_id="id",
            captured_at=noon("said"),
            captured_by_id=str(coder),
            text="text",
            text_sha256="encode(sha256(convert_to(text, 'UTF8')), 'hex')",
        ),
    }


def claims(dice: Dice, coder: int) -> Rows:
    """What was said, each in a line of its source's text."""
    return {
        Quotation: filled(
            dice,
            Quotation,
            LINES,
            snapshot_id="source",
            start="until - length(words)",
            end="until",
            exact="words",
            said_last="said",
            provenance=literal(Grade.B),
        ),
        Claim: filled(
            dice,
            Claim,
            "saying",
            quotation_id="id",
            person_id="speaker",
            organisation_id=f"1 + speaker % {OUTLETS}",
            proposition_id="event",
            said_on="said",
            kind=literal(Kind.FORECAST),
            polarity="polarity",
            hedge="hedge",
            hedge_term_id="term",
            p_low="low",
            p_point="point",
            p_high="high",
            p_tier="tier",
            state=literal(ClaimState.FROZEN),
            coded_after_outcome=f"{dice.chance('hindsight', 'id')} < {HINDSIGHT}",
            coder_id=str(coder),
            coded_at=noon("said"),
            frozen_at=noon("said"),
        ),
    }
