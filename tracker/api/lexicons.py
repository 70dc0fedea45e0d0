"""Lexicons: what hedge words mean to readers, version by version."""

from __future__ import annotations

from django.db.models import Count
from rest_framework import serializers

from tracker.api.base import Noun
from tracker.api.fields import Probability
from tracker.api.refs import Read, link
from tracker.models import HedgeTerm, Lexicon


class TermRead(Read):
    low = Probability(help_text="10th percentile of readers.")
    point = Probability(help_text="Their median: what is shown.")
    high = Probability(help_text="90th percentile.")
    score_p = Probability(help_text="Their mean: what is scored.")

    class Meta:
        model = HedgeTerm
        fields = (
            "phrase",
            "low",
            "point",
            "high",
            "score_p",
            "score_sd",
            "respondents",
            "source",
            "licence",
            "kind",
            "kind_code",
            "base_phrase",
            "mode",
            "note",
        )


class LexiconRead(Read):
    phrases = serializers.IntegerField(help_text="How many.")
    url = link("lexicons")

    class Meta:
        model = Lexicon
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "version",
            "title",
            "source",
            "frozen_at",
            "phrases",
            "url",
        )


class LexiconFull(LexiconRead):
    terms = TermRead(many=True)

    class Meta(LexiconRead.Meta):
        fields = (*LexiconRead.Meta.fields, "terms")


class Lexicons(Noun):
    """Published readings of hedge words; once frozen, never changed."""

    noun = "lexicons"
    queryset = Lexicon.objects.annotate(phrases=Count("terms"))
    serializer_class = LexiconRead
    full_serializer_class = LexiconFull
