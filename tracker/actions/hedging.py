"""What hedge words come to: the governing term of the lexicon and the claim's best probability."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from tracker.domain import hedges
from tracker.domain.errors import UnknownValue
from tracker.domain.thresholds import MIN_READERS
from tracker.models import Claim, HedgeTerm, Lexicon
from tracker.models.claims import Polarity, Tier


@dataclass(frozen=True)
class Probability:
    """Permille: what people recognise (low, point, high) and the mean, which is scored."""

    low: int
    point: int
    high: int
    scored: int
    tier: Tier

    def of_opposite(self) -> Probability:
        """The same words read as speaking of the opposite."""
        return Probability(
            1000 - self.high, 1000 - self.point, 1000 - self.low, 1000 - self.scored, self.tier
        )


def value_of(lexicon: Lexicon) -> hedges.Lexicon:
    """A stored lexicon as the domain reads it; a frozen one is read from the database once."""
    return _value(lexicon.pk, str(lexicon.uuid))


@lru_cache(maxsize=8)
def _value(pk: int, identity: str) -> hedges.Lexicon:
    lexicon = Lexicon.objects.get(pk=pk)
    return hedges.Lexicon(lexicon.version, tuple(term.value() for term in lexicon.terms.all()))


def governing_term(
    words: str, chosen: str, lexicon: Lexicon | None
) -> tuple[HedgeTerm | None, bool]:
    """The term that governs these hedge words, and whether several are stacked.

    The coder's choice prevails; it must be a phrase of the lexicon.
    """
    if lexicon is None or not (words.strip() or chosen.strip()):
        return None, False
    governing = hedges.governing(hedges.find(words, value_of(lexicon)))
    stacked = bool(governing and governing.stacked)
    if chosen.strip():
        term = lexicon.terms.filter(phrase__iexact=chosen.strip()).first()
        if term is None:
            raise UnknownValue(
                f"“{chosen}” is not a phrase of lexicon {lexicon.version}.", field="hedge_term"
            )
        return term, stacked
    if governing is None:
        return None, False
    return lexicon.terms.get(phrase=governing.term.phrase), stacked


def probability_of(claim: Claim, term: HedgeTerm | None) -> Probability | None:
    """The best tier present: the stated number, else three readers' median, else the lexicon's."""
    if claim.polarity == Polarity.ABSTAINS:
        return None
    if claim.p_tier == Tier.STATED and claim.p_point is not None:
        return Probability(
            claim.p_low or 0, claim.p_point, claim.p_high or 0, claim.p_point, Tier.STATED
        )
    readings = list(claim.readings.all()) if claim.pk else []
    if len(readings) >= MIN_READERS:
        low, best, high = (
            round(median(getattr(r, name) for r in readings)) for name in ("low", "best", "high")
        )
        return Probability(low, best, high, best, Tier.READERS)
    if term is None:
        return None
    read = Probability(term.low, term.point, term.high, term.score_p, Tier.LEXICON)
    return read.of_opposite() if claim.polarity == Polarity.DENIES else read


def apply_probability(claim: Claim) -> None:
    """Sets the claim's displayed probability and its tier; nothing is saved."""
    found = probability_of(claim, claim.hedge_term)
    claim.p_low = found.low if found else None
    claim.p_point = found.point if found else None
    claim.p_high = found.high if found else None
    claim.p_tier = found.tier if found else ""
