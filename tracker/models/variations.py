"""Score items read otherwise: what they would be under another lexicon, horizon or scale of y.

Each variation is SQL that stands in for the score items; `changed` says of each whether its p or
its y is another than it was. Which claims are scored stays as it is, but for graded outcomes,
which count what came true in part.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

COLUMNS = (
    "claim_id, resolution_id, proposition_id, person_id, organisation_id, topic_id, outlet_id, "
    "tier, base_rate, lexicon_id, phrase, flagged, hindsight"
)
GRADES = 4
"""Steps of a graded outcome: y in quarters."""


class Reread(StrEnum):
    """How the claims are read otherwise."""

    LEXICON = "lexicon"
    LOW = "low"
    HIGH = "high"
    HALF_HORIZON = "half_horizon"
    DOUBLE_HORIZON = "double_horizon"
    GRADED = "graded"


@dataclass(frozen=True)
class Variation:
    """One way of reading the claims otherwise; `lexicon` is the id of the other lexicon."""

    way: Reread
    lexicon: int | None = None

    def items(self, source: str) -> str:
        """SQL of the score items of `source`, read this way; graded y counts quarters."""
        if self.way is Reread.GRADED:
            return GRADED
        p, y, joins = self._reading()
        return _varied(source, p, y, joins)

    def _reading(self) -> tuple[str, str, str]:
        claim = "JOIN tracker_claim c ON c.id = i.claim_id"
        match self.way:
            case Reread.LOW | Reread.HIGH:
                return f"coalesce(c.p_{self.way.value}, i.p)", "i.y", claim
            case Reread.HALF_HORIZON:
                return "i.p", REJUDGED.format(factor=0.5), HORIZON
            case Reread.DOUBLE_HORIZON:
                return "i.p", REJUDGED.format(factor=2), HORIZON
        assert self.lexicon is not None, "another lexicon has an id"
        return REREAD, "i.y", f"{claim} {OTHER_TERM.format(lexicon=int(self.lexicon))}"


REREAD = """coalesce(
    CASE c.polarity WHEN 'denies' THEN 1000 - t.score_p ELSE t.score_p END, i.p)"""
OTHER_TERM = """
    LEFT JOIN tracker_hedgeterm h ON h.id = c.hedge_term_id AND i.tier = 'lexicon'
    LEFT JOIN tracker_hedgeterm t ON t.lexicon_id = {lexicon} AND t.phrase = h.phrase
"""
# Only what came true, or came true too late, can be held against another day.
HORIZON = """
    LEFT JOIN tracker_proposition w ON w.id = i.proposition_id AND w.deadline_basis = 'convention'
    LEFT JOIN tracker_resolution r
        ON r.id = i.resolution_id AND r.occurred_on IS NOT NULL AND (i.y = 1 OR r.late)
    LEFT JOIN LATERAL (
        SELECT min(said_on) AS said_on FROM tracker_claim f
        WHERE f.proposition_id = w.id AND f.state = 'frozen'
    ) s ON TRUE
"""
# Rounded as a float: halves go to the even day, as `deadlines.sensitivity` rounds them.
REJUDGED = """CASE WHEN r.id IS NULL OR w.id IS NULL OR s.said_on IS NULL THEN i.y
    ELSE (r.occurred_on <= s.said_on
          + round(((w.deadline - s.said_on) * {factor})::float8)::int)::int END"""
GRADED = f"""
    SELECT a.claim_id AS id, {", ".join(f"a.{name}" for name in COLUMNS.split(", "))}, a.p,
        (CASE v.outcome WHEN 'came_true' THEN 4 WHEN 'mostly' THEN 3 WHEN 'partly' THEN 2
                        WHEN 'mostly_not' THEN 1 ELSE 0 END)::smallint AS y,
        v.outcome NOT IN ('came_true', 'did_not') AS changed
    FROM (SELECT * FROM tracker_claim_account OFFSET 0) a
    JOIN tracker_current_resolution v ON v.id = a.resolution_id
    WHERE a.account IN ('scored', 'partly')
"""


def _varied(source: str, p: str, y: str, joins: str) -> str:
    columns = ", ".join(f"i.{name}" for name in COLUMNS.split(", "))
    return f"""
        SELECT id, {COLUMNS}, p::smallint AS p, y::smallint AS y,
            (p, y) IS DISTINCT FROM (was_p, was_y) AS changed
        FROM (SELECT i.id, {columns}, {p} AS p, {y} AS y, i.p AS was_p, i.y AS was_y
              FROM ({source}) i {joins}) v
    """
