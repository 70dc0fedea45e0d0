"""Which claims a score counts: of a topic, a period, a kind, a lexicon, a tier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.models.claims import Kind, Tier

WITHIN = """
    WITH RECURSIVE below(id) AS (
        SELECT {topic}::bigint
        UNION
        SELECT t.id FROM tracker_topic t JOIN below b ON t.parent_id = b.id
    ) SELECT id FROM below
"""


@dataclass(frozen=True)
class Selection:
    """What must be true of a claim to be counted; what is None asks nothing.

    Days are meant with both ends. `topic` stands for all that lies below it, `lexicon` for the
    claims whose p was read off that lexicon; days of resolution are those of its publication, in
    UTC, and leave out every claim that has none.
    """

    topic: int | None = None
    said_from: date | None = None
    said_to: date | None = None
    resolved_from: date | None = None
    resolved_to: date | None = None
    claim_kind: Kind | None = None
    lexicon: int | None = None
    tier: Tier | None = None
    hindsight: bool = True

    @property
    def condition(self) -> str:
        """SQL that holds of the accounts and of the score items that are counted; "" if all are.

        Tables are named as the present names them, so that it can also be asked of the past.
        """
        asked = []
        if self.topic is not None:
            asked.append(f"topic_id IN ({WITHIN.format(topic=int(self.topic))})")
        if claims := self._of_claims():
            asked.append(f"claim_id IN (SELECT id FROM tracker_claim WHERE {claims})")
        if resolutions := self._of_resolutions():
            found = f"SELECT id FROM tracker_resolution WHERE {resolutions}"
            asked.append(f"resolution_id IN ({found})")
        if self.lexicon is not None:
            asked.append(f"lexicon_id = {int(self.lexicon)}")
        if self.tier is not None:
            asked.append(f"tier = '{Tier(self.tier).value}'")
        if not self.hindsight:
            asked.append("NOT hindsight")
        return " AND ".join(asked)

    @property
    def of_items(self) -> bool:
        """Whether the score items alone answer, so that the same ones give the same answer."""
        return self.topic is None and not self._of_claims() and not self._of_resolutions()

    def _of_claims(self) -> str:
        asked = []
        if self.said_from is not None:
            asked.append(f"said_on >= '{self.said_from.isoformat()}'")
        if self.said_to is not None:
            asked.append(f"said_on <= '{self.said_to.isoformat()}'")
        if self.claim_kind is not None:
            asked.append(f"kind = '{Kind(self.claim_kind).value}'")
        return " AND ".join(asked)

    def _of_resolutions(self) -> str:
        asked = []
        if self.resolved_from is not None:
            asked.append(f"published_at >= '{self.resolved_from.isoformat()} 00:00Z'")
        if self.resolved_to is not None and self.resolved_to < date.max:
            after = self.resolved_to + timedelta(days=1)
            asked.append(f"published_at < '{after.isoformat()} 00:00Z'")
        return " AND ".join(asked)


EVERYTHING = Selection()
