"""The shapes in which scores leave the API: no figure without what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from tracker.actions.scores import Record, Subject
from tracker.api.selections import SelectionRead
from tracker.domain import score_wire
from tracker.domain.judging import OutcomeAnswer
from tracker.domain.ranking import TIER_WORDS, Tier
from tracker.domain.thresholds import INTERVAL_LEVEL

NOTHING: Mapping[str, Any] = {
    "n": 0,
    "events": 0,
    "brier": None,
    "improvement": dict.fromkeys(("mean", "se_naive", "se_cluster", "low", "high")),
    "shrunken": None,
    "reliability": None,
    "rank": None,
    "tier": Tier.CLAIMS_ONLY.value,
    "tier_words": TIER_WORDS[Tier.CLAIMS_ONLY],
    "shrunken_sd": None,
    "reader_band": None,
}


def number(meaning: str) -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, help_text=meaning)


class ScoreSubject(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=[(s.value, s.value) for s in Subject])
    id = serializers.IntegerField()
    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField()


class ImprovementShape(serializers.Serializer[Any]):
    mean = number("Brier improvement over the base rate; higher is better.")
    se_naive = number("As if claims were independent.")
    se_cluster = number("Clustered by event.")
    low = number("Lower end of the interval.")
    high = number("Upper end of the interval.")


class BandShape(serializers.Serializer[Any]):
    mean = number("Of the Brier score over readers of the hedge words.")
    low = number("5 % of readers.")
    high = number("95 % of readers.")
    readers = serializers.IntegerField()
    seed = serializers.IntegerField()


class VerdictShareShape(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(
        choices=[(o.value, o.value) for o in OutcomeAnswer if o.grade]
    )
    n = serializers.IntegerField()
    share = serializers.FloatField()
    interval = serializers.ListField(child=serializers.FloatField(), help_text="Jeffreys.")


class VerdictsShape(serializers.Serializer[Any]):
    n = serializers.IntegerField(help_text="Claims with one of the five verdicts.")
    others = serializers.IntegerField(help_text="Void, ambiguous, annulled or open by ruling.")
    shares = VerdictShareShape(many=True)


class ScoreRead(serializers.Serializer[Any]):
    """One subject's score, with all that it rests on."""

    subject = ScoreSubject()
    n = serializers.IntegerField(help_text="Scored claims.")
    events = serializers.IntegerField(help_text="Propositions that they speak to.")
    brier = number("0 to 1, lower is better.")
    improvement = ImprovementShape()
    shrunken = number("The improvement shrunk towards the field.")
    shrunken_sd = number("Its posterior standard deviation.")
    reliability = number("0 to 1.")
    rank = serializers.ListField(
        child=serializers.FloatField(), allow_null=True, help_text="90 % interval of ranks."
    )
    ranked_as_of = serializers.DateTimeField(
        allow_null=True, help_text="When the rank was drawn: a large field lags by a minute or so."
    )
    tier = serializers.ChoiceField(choices=[(t.value, t.value) for t in Tier])
    tier_words = serializers.CharField()
    reader_band = BandShape(allow_null=True)
    accounts = serializers.DictField(
        child=serializers.IntegerField(), help_text="What became of every claim: void, open, ..."
    )
    probability_tiers = serializers.DictField(
        child=serializers.IntegerField(), help_text="Where the scored numbers came from."
    )
    verdicts = VerdictsShape(help_text="Of claims that get a verdict and no score.")
    possibility_words = serializers.IntegerField(help_text="Scored claims that say could or might.")
    single_judge_not_blind = serializers.IntegerField(
        help_text="Scored claims that only one person judged."
    )
    coded_after_outcome = serializers.IntegerField(help_text="Claims.")
    lexicons = serializers.ListField(child=serializers.CharField())
    method = serializers.CharField()
    interval_level = serializers.FloatField()
    seed = serializers.IntegerField()
    as_of = serializers.DateTimeField()
    selection = SelectionRead()


class PeersShape(serializers.Serializer[Any]):
    propositions = serializers.IntegerField(help_text="To which another subject spoke as well.")
    peer_score = number(
        "Mean of 100 (ln p of what happened - mean of the others'), higher is better."
    )
    boldness = number("Mean distance of p from the others'; says nothing of quality.")


class ScoreFull(ScoreRead):
    """One subject's score, with how it did beside others."""

    peers = PeersShape()


class ScorePage(serializers.Serializer[Any]):
    results = ScoreRead(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


def line(record: Record, subject: Mapping[str, Any], counted: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a record under the names of the wire; what is undefined is null."""
    found = score_wire.speaker_json(record.score) if record.score else dict(NOTHING)
    found.pop("speaker", None)
    found.pop("void", None)
    return {
        "subject": dict(subject),
        **found,
        "accounts": dict(sorted(record.accounts.items())),
        "verdicts": score_wire.verdicts_json(record.verdicts),
        "probability_tiers": dict(sorted(record.tiers.items())),
        "possibility_words": record.flagged,
        "single_judge_not_blind": record.one_judge,
        "coded_after_outcome": record.hindsight,
        "lexicons": list(record.lexicons),
        "method": record.method,
        "interval_level": INTERVAL_LEVEL,
        "seed": record.seed,
        "as_of": record.as_of.isoformat(),
        "ranked_as_of": record.ranked_as_of.isoformat() if record.ranked_as_of else None,
        "selection": dict(counted),
    }
