"""SQL of what is drawn for an invented world: who speaks of what, when, and in which words.

Each function is the draft of a table: rows that are numbered from 1, from which every table of the
record is filled (`invented_rows`).
"""

from __future__ import annotations

from datetime import date

from tracker.domain.judging import OutcomeAnswer
from tracker.management.dice import Dice
from tracker.management.vocabularies import PHRASES
from tracker.models.claims import Polarity, Tier

CLAIMS_PER_EVENT, MOST_PER_EVENT = 5, 64
CLAIMS_PER_SOURCE = 20
TOPICS = 40
FIRST_DAY, DAYS = date(2015, 1, 1), 3650
SOONEST, LATEST = 30, 180
# Shares of events; the rest came true or did not, a few of them only mostly.
OPEN = 0.10
UNSETTLED = {
    OutcomeAnswer.VOID_CONDITION: 0.05,
    OutcomeAnswer.PARTLY: 0.03,
    OutcomeAnswer.AMBIGUOUS: 0.02,
}
MOSTLY, WITH_BASE_RATE = 0.15, 0.30
STATED, READERS, DENIED = 0.20, 0.05, 0.10  # shares of claims
BEST, WORST = 0.05, 0.45  # how far off the rate a person is, as a deviation


def stances(dice: Dice, *, people: int, claims: int) -> str:
    """Who speaks of which event; nobody speaks twice of one, and a few people speak of most."""
    number = f"1 + floor(-{CLAIMS_PER_EVENT - 1} * ln(1 - {dice.chance('speakers', 'e')}))"
    speaker = dice.zipf("speaker", f"e * {MOST_PER_EVENT} + k", people)
    return f"""
        SELECT row_number() OVER () AS id, event, speaker FROM (
            SELECT e AS event, speaker FROM generate_series(1::bigint, {claims}) e
            CROSS JOIN LATERAL (
                SELECT DISTINCT {speaker} AS speaker
                FROM generate_series(1, least({MOST_PER_EVENT}, {number})::int) k ORDER BY 1
            ) s LIMIT {claims}
        ) d
    """


def events(dice: Dice) -> str:
    """What is spoken of, when, how likely it was, and what became of it."""
    # Kumaraswamy (1980): much like a Beta of .8 and 1.2, and inverted by a formula.
    rate = f"power(1 - power(1 - {dice.chance('rate', 'e')}, 1 / 1.2), 1 / .8)"
    near = f"least(.95, greatest(.05, rate + .2 * {dice.normal('base rate', 'd.id')}))"
    unsettled, below = "", OPEN
    for outcome, share in UNSETTLED.items():
        below += share
        unsettled += f" WHEN at < {below:.2f} THEN '{outcome}'"
    return f"""
        SELECT d.id, topic, words AS subject, said, said + {SOONEST} + wait AS deadline, rate,
            CASE WHEN {dice.chance("has a base rate", "d.id")} < {WITH_BASE_RATE}
                THEN round(1000 * {near}) END AS base_rate,
            CASE WHEN at < {OPEN} THEN NULL{unsettled}
                WHEN {dice.chance("happens", "d.id")} < rate
                THEN CASE WHEN mostly THEN '{OutcomeAnswer.MOSTLY}'
                    ELSE '{OutcomeAnswer.CAME_TRUE}' END
                ELSE CASE WHEN mostly THEN '{OutcomeAnswer.MOSTLY_NOT}'
                    ELSE '{OutcomeAnswer.DID_NOT}' END
            END AS outcome
        FROM (
            -- one after the other, as in life: what has a higher number was said later
            SELECT e AS id, date '{FIRST_DAY}' + ({DAYS} * e / (last + 1))::int AS said,
                {rate} AS rate, {dice.chance("settled", "e")} AS at,
                {dice.chance("mostly", "e")} < {MOSTLY} AS mostly,
                {dice.whole("wait", "e", LATEST - SOONEST)} AS wait,
                {dice.whole("topic", "e", TOPICS)} AS topic,
                {dice.whole("subject", "e", PHRASES)} AS phrase
            FROM (SELECT max(event) AS last FROM stance) l
            CROSS JOIN LATERAL generate_series(1, last) e
        ) d JOIN phrase p ON p.id = d.phrase
    """


def terms(lexicon: int) -> str:
    """The lexicon's phrases by their place on the scale, read as they are and as denials."""
    return f"""
        SELECT id, phrase, place, denies,
            CASE WHEN denies THEN 1000 - high ELSE low END AS low,
            CASE WHEN denies THEN 1000 - point ELSE point END AS point,
            CASE WHEN denies THEN 1000 - low ELSE high END AS high
        FROM (SELECT *, row_number() OVER (ORDER BY score_p, phrase) AS place
              FROM tracker_hedgeterm WHERE lexicon_id = {lexicon}) t
        CROSS JOIN (VALUES (FALSE), (TRUE)) v (denies)
    """


def sayings(dice: Dice) -> str:
    """What each speaker said: near the event's rate, as far off as the speaker's skill."""
    skill = f"({BEST} + {WORST - BEST:.2f} * {dice.chance('skill', 'speaker')})"
    belief = f"least(1, greatest(0, rate + {skill} * {dice.normal('belief', 's.id')}))"
    # The phrase that comes near the belief; people are not exact.
    near = f"CASE WHEN denies THEN 1 - belief ELSE belief END + .05 * {dice.normal('word', 's.id')}"
    return f"""
        SELECT d.id, event, speaker, (d.id - 1) / {CLAIMS_PER_SOURCE} + 1 AS source, said,
            CASE WHEN t.denies THEN '{Polarity.DENIES}' ELSE '{Polarity.AFFIRMS}' END AS polarity,
            CASE WHEN t.id IS NOT NULL THEN '{Tier.LEXICON}'
                WHEN kind < {READERS} THEN '{Tier.READERS}' ELSE '{Tier.STATED}' END AS tier,
            t.id AS term, coalesce(t.phrase, '') AS hedge,
            coalesce(t.low, p) AS low, coalesce(t.point, p) AS point, coalesce(t.high, p) AS high,
            CASE WHEN t.denies THEN 'That ' || subject || ' fails is, as I see it, ' || t.phrase
                WHEN t.id IS NOT NULL THEN 'On ' || subject || ' my word is ' || t.phrase
                ELSE 'I give ' || subject || ' ' || p / 10 || ' chances in a hundred'
            END || ', seeing ' || a.words || '.' AS words
        FROM (
            SELECT *, (10 * round(100 * belief))::int AS p, CASE WHEN kind >= {STATED + READERS}
                THEN least(terms, greatest(1, 1 + floor(({near}) * terms)))::bigint END AS place
            FROM (
                SELECT s.*, said, subject, {belief} AS belief,
                    {dice.chance("kind", "s.id")} AS kind,
                    {dice.chance("denies", "s.id")} < {DENIED} AS denies,
                    {dice.whole("aside", "s.id", PHRASES)} AS aside
                FROM stance s JOIN event e ON e.id = s.event
            ) s CROSS JOIN (SELECT max(place) AS terms FROM term) n
        ) d JOIN phrase a ON a.id = aside
        LEFT JOIN term t ON t.place = d.place AND t.denies = d.denies
    """
