"""Published tables: made once, never changed, and computed again for whoever asks."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions.score_runs import publish_run, verify_run
from tracker.actions.scores import Subject
from tracker.api.base import Creates, Noun
from tracker.api.bodies import Body
from tracker.api.fields import Text
from tracker.api.refs import Read, UserRef, link
from tracker.models import ScoreRun


class ScoreRunRead(Read):
    kind = serializers.CharField(source="subject", help_text="Whose scores.")
    lexicon = serializers.CharField(
        source="lexicon.version", allow_null=True, default=None, help_text="Version."
    )
    published_by = UserRef()
    url = link("score-runs")

    class Meta:
        model = ScoreRun
        fields: tuple[str, ...] = (
            "id",
            "uuid",
            "title",
            "kind",
            "method_version",
            "lexicon",
            "as_of",
            "seed",
            "input_sha256",
            "published_by",
            "published_at",
            "url",
        )


class ScoreRunFull(ScoreRunRead):
    table = serializers.DictField(help_text="As `manage.py score --json` prints it.")

    class Meta(ScoreRunRead.Meta):
        fields = (*ScoreRunRead.Meta.fields, "table")


class ScoreRunMade(Body):
    """What to publish: the table of one kind, as it stands now."""

    title = Text()
    kind = serializers.ChoiceField(choices=[(s.value, s.value) for s in Subject])


class VerificationRead(serializers.Serializer[Any]):
    """A published table beside the same, computed again from the record of its moment."""

    identical = serializers.BooleanField(help_text="Input, method, lexicon and every byte.")
    published_sha256 = serializers.CharField(help_text="Of the table as canonical JSON.")
    computed_sha256 = serializers.CharField()
    differs = serializers.ListField(
        child=serializers.CharField(), help_text="method, lexicon, input, or table.<name>."
    )


@extend_schema_view(create=extend_schema(summary="Publish a table"))
class ScoreRuns(Creates, Noun):
    """Published tables of scores, newest first in time, each with what it was computed from."""

    noun = "score-runs"
    queryset = ScoreRun.objects.select_related("lexicon", "published_by")
    serializer_class = ScoreRunRead
    full_serializer_class = ScoreRunFull
    bodies = {"create": ScoreRunMade}

    def make(self, sent: dict[str, Any]) -> ScoreRun:
        return publish_run(**self.act, title=sent["title"], subject=Subject(sent["kind"]))

    @extend_schema(summary="Compute a published table again", responses={200: VerificationRead})
    @action(methods=["get"], detail=True)
    def verify(self, request: Request, key: str) -> Response:
        found = verify_run(self.get_object())
        return Response(
            {
                "identical": found.identical,
                "published_sha256": found.published_sha256,
                "computed_sha256": found.computed_sha256,
                "differs": list(found.differs),
            }
        )
