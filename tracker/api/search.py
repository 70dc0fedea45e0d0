"""Search for words: what a claim is found by, how near it comes, and where the words stand."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError as Invalid
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from tracker.api.claim_json import ClaimRead, Shape
from tracker.api.projections import Built
from tracker.models import Claim
from tracker.models.claim_indexes import bearing, few_with, holds

HIGHLIGHT = "highlight"
RANKED = 1_000
LONGEST = 1_000
HIGHLIGHTING = OpenApiParameter(
    HIGHLIGHT,
    bool,
    description="Adds `highlights` to what `q` finds: the texts as HTML, the words in `<mark>`.",
)
# Characters of private use stand for the marks, and for <, until everything is escaped.
START, STOP, LESS = "\ue000", "\ue001", "\ue002"
OPTIONS = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"


class WordsField(forms.CharField):
    """Words to look for; none is no question."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "max_length": LONGEST})

    def clean(self, value: Any) -> str:
        found: str = super().clean(value)
        if value and not any(letter.isalnum() for letter in found):
            raise Invalid("Write a word to look for.", code="invalid")
        return found


class Words(django_filters.CharFilter):  # type: ignore[misc]  # django-filter is untyped
    """A filter by words, "phrases", OR, and - before what must not be there."""

    field_class = WordsField

    def filter(self, queryset: QuerySet[Claim], value: str) -> QuerySet[Claim]:
        if not value:
            return queryset
        few = few_with(value) if len(value.split()) > 1 else None
        return queryset.filter(holds(value)) if few is None else queryset.filter(pk__in=few)


class HighlightsShape(Shape):
    quotation = serializers.CharField(allow_blank=True, help_text="HTML.")
    statement = serializers.CharField(allow_blank=True, help_text="HTML.")
    title = serializers.CharField(allow_blank=True, help_text="HTML.")


class ClaimFound(ClaimRead):
    """A claim, and where the words that were looked for stand in it."""

    highlights = HighlightsShape(required=False, help_text="Where `highlight=true` asked for them.")

    class Meta(ClaimRead.Meta):
        fields = (*ClaimRead.Meta.fields, "highlights")

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        # The description calls whatever is only read always there.
        fields["highlights"].read_only = False
        return fields


def ranked(found: QuerySet[Claim], words: str) -> QuerySet[Claim]:
    """The newest that were found, with what each has to do with these words; ValidationError."""
    if not words:
        sentence = "Only what q finds has a relevance."
        raise ValidationError({"order": sentence}, code="incomplete")
    newest = found.order_by("-said_on", "-pk").values("pk")[:RANKED]
    return Claim.objects.filter(pk__in=newest).annotate(bearing=bearing(words))


def highlighted(request: Request) -> str:
    """Returns the words that are to be highlighted, or ""; raises ValidationError."""
    given = request.query_params.get(HIGHLIGHT, "false")
    words: str = request.query_params.get("q", "")
    if given not in ("true", "false"):
        raise ValidationError({HIGHLIGHT: "Write true or false."}, code="invalid")
    if given == "true" and not words:
        raise ValidationError({HIGHLIGHT: "There is nothing to highlight without q."}, "incomplete")
    return words if given == "true" else ""


def _marked(text: str) -> str:
    """SQL of a text as HTML in which the words that were looked for are marked.

    As they stand, if they stand there so; else by their stems.
    """
    found = f"translate({text}, '<{START}{STOP}', '{LESS}')"
    exact = "websearch_to_tsquery('simple', %(words)s)"
    stems = "websearch_to_tsquery('english', %(words)s)"
    marked = f"""CASE WHEN to_tsvector('simple', {found}) @@ {exact}
        THEN ts_headline('simple', {found}, {exact}, '{OPTIONS}')
        ELSE ts_headline('english', {found}, {stems}, '{OPTIONS}') END"""
    for raw, escaped in (("&", "&amp;"), (">", "&gt;"), ('"', "&quot;"), (LESS, "&lt;")):
        marked = f"replace({marked}, '{raw}', '{escaped}')"
    return f"replace(replace({marked}, '{START}', '<mark>'), '{STOP}', '</mark>')"


HIGHLIGHTS = Built(
    {
        "quotation": _marked("q.exact"),
        "statement": _marked("coalesce(p.statement, '')"),
        "title": _marked("s.title"),
    },
    """FROM tracker_quotation q JOIN tracker_snapshot n ON n.id = q.snapshot_id
    JOIN tracker_source s ON s.id = n.source_id
    LEFT JOIN tracker_proposition p ON p.id = c.proposition_id WHERE q.id = c.quotation_id""",
)
