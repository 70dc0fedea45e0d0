"""What clients send to log a claim; each body becomes the draft that an action takes."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.actions.claims import ClaimDraft
from tracker.actions.documents import HopDraft, QuotationDraft, SnapshotDraft, SourceDraft
from tracker.actions.people import OrganisationDraft, SpeakerDraft
from tracker.actions.propositions import PropositionDraft
from tracker.api.bodies import Body, Maker
from tracker.api.fields import (
    Probability,
    Several,
    Text,
    Truth,
    Whole,
    chosen,
    key,
    optional_text,
    scale,
)
from tracker.models import Claim, Organisation, Proposition, Quotation, Relay, Snapshot, Source


class OrganisationName(Body):
    """An organisation by slug, or by a name it goes by; one that is new is filed."""

    name = optional_text()
    slug = optional_text()
    kind = chosen(Organisation, "kind", required=False)
    aliases = Several(child=Text())

    makes = OrganisationDraft


class PersonName(Body):
    """A person by slug, or by a name they go by; one who is new is filed."""

    name = optional_text()
    slug = optional_text()
    aliases = Several(child=Text())


class Named(serializers.Field):  # type: ignore[type-arg]  # generic in the stubs only
    """A name in quotes, or an object that says more."""

    default_error_messages = {"invalid": "Send a name or an object."}
    body: type[Body]

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str | dict):
            self.fail("invalid")
        return self.body.read({"name": data} if isinstance(data, str) else data)


class NamedOrganisation(Named):
    """An organisation on the wire."""

    body = OrganisationName


class NamedPerson(Named):
    """A person on the wire."""

    body = PersonName


class SourceBody(Body):
    """A document by id, or by address and title; a known address is recognised."""

    id = key(required=False)
    url = optional_text()
    title = optional_text()
    outlet = NamedOrganisation(required=False, allow_null=True)
    bylines = Several(child=Text())
    published_on = serializers.DateField(required=False, allow_null=True)
    published_words = optional_text(help_text="The date as printed, where it is not a single day.")
    language = optional_text(help_text="BCP 47 tag.")
    kind = chosen(Source, "kind", required=False)
    selection = chosen(Source, "selection", required=False)
    note = optional_text()

    makes: ClassVar[Maker] = SourceDraft


class SnapshotBody(Body):
    """The text as it stood, by id or in full; or only its quoted passages: an excerpt."""

    id = key(required=False)
    text = optional_text()
    captured_at = serializers.DateTimeField(required=False, allow_null=True)
    method = chosen(Snapshot, "method", required=False)
    completeness = chosen(Snapshot, "completeness", required=False)
    archive_url = optional_text(help_text="Where a web archive keeps the text so.")

    makes: ClassVar[Maker] = SnapshotDraft


class HopBody(Body):
    """One hop by which the words reached the source."""

    mode = chosen(Relay, "mode")
    outlet = NamedOrganisation(required=False, allow_null=True)
    channel = optional_text()

    makes = HopDraft


class QuotationBody(Body):
    """Words of the snapshot, to the letter; offsets are needed only where they stand twice."""

    id = key(required=False)
    exact = optional_text()
    start = Whole(required=False, allow_null=True, min_value=0, max_value=2**31 - 1)
    end = Whole(required=False, allow_null=True, min_value=0, max_value=2**31 - 1)
    prefix = optional_text()
    suffix = optional_text()
    mode = chosen(Quotation, "mode", required=False)
    speaker_words = optional_text(help_text="The speaker as the text names them.")
    role_words = optional_text(help_text="The role as the text states it.")
    said_on = optional_text(
        help_text="2016-04-11, 2016-04, 2016, 2016-04-09/2016-04-10 or on or before 2016-04-11; "
        "left out: no later than the source appeared."
    )
    said_words = optional_text(help_text="The date in the text's own words.")
    channel = optional_text(help_text="Tweet, e-mail, briefing, interview.")
    hops = Several(child=HopBody())
    relayed_from = key(required=False, allow_null=True)

    makes: ClassVar[Maker] = QuotationDraft


def _speaker(person: dict[str, Any] | None = None, **values: Any) -> SpeakerDraft:
    found = person or {}
    return SpeakerDraft(
        person=found.get("name", ""),
        person_slug=found.get("slug", ""),
        aliases=found.get("aliases", ()),
        **values,
    )


class SpeakerBody(Body):
    """Who answers for the words: a person, an organisation, or one for the other."""

    person = NamedPerson(required=False, allow_null=True)
    organisation = NamedOrganisation(required=False, allow_null=True)
    role = optional_text(help_text="The role at the time.")

    makes = _speaker


class ConditionBody(Body):
    """A proposition by id, or one sentence that the world can make wrong, and by when."""

    id = key(required=False)
    statement = optional_text()
    criteria = optional_text(help_text="What world would make it wrong?")
    resolution_sources = optional_text(help_text="Where a judge looks first.")
    topic = optional_text(help_text="Slug or name.")
    condition_required = Truth(required=False)
    condition_words = optional_text(help_text="The condition in the speaker's words.")
    deadline = serializers.DateField(required=False, allow_null=True)
    deadline_basis = chosen(Proposition, "deadline_basis", required=False)
    deadline_words = optional_text()
    deadline_reason = optional_text()
    review_on = serializers.DateField(required=False, allow_null=True)
    specificity = scale(0, 3)
    difficulty = scale(1, 5)
    importance = scale(1, 3)
    note = optional_text()

    makes = PropositionDraft


class InnerPropositionBody(ConditionBody):
    """A proposition that may itself hang on a condition."""

    condition = ConditionBody(required=False, allow_null=True)


class PropositionBody(ConditionBody):
    """A proposition with its condition, two levels deep at most."""

    condition = InnerPropositionBody(required=False, allow_null=True)


class Band(Body):
    """The numbers that the speaker gave; a single one is its own bounds."""

    low = Probability(required=False)
    point = Probability()
    high = Probability(required=False)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "number", "minimum": 0, "maximum": 1},
            {
                "type": "object",
                "required": ["point"],
                "properties": {
                    name: {"type": "number", "minimum": 0, "maximum": 1}
                    for name in ("low", "point", "high")
                },
            },
        ]
    }
)
class StatedProbability(serializers.Field):  # type: ignore[type-arg]  # generic in the stubs only
    """A number, or low, point and high; as the speaker stated them."""

    def to_internal_value(self, data: Any) -> dict[str, int]:
        if isinstance(data, dict):
            return {f"p_{name}": permille for name, permille in Band.read(data).items()}
        return {"p_point": Probability().run_validation(data)}


def flattened(probability: dict[str, int] | None = None, **values: Any) -> dict[str, Any]:
    """Returns the values with the probability's numbers beside the others."""
    return {**values, **(probability or {})}


def _claim(**values: Any) -> ClaimDraft:
    return ClaimDraft(**flattened(**values))


class ClaimBody(Body):
    """Who said what, where; and what it means, now or by a later change."""

    source: Any = SourceBody()
    snapshot = SnapshotBody()
    quotation = QuotationBody()
    speaker = SpeakerBody()
    proposition = PropositionBody(required=False, allow_null=True)
    kind = chosen(Claim, "kind", required=False, allow_blank=True)
    polarity = chosen(Claim, "polarity", required=False)
    hedge = optional_text(help_text="The exact hedge words.")
    hedge_term = optional_text(help_text="The lexicon's phrase, where the coder chooses it.")
    probability = StatedProbability(required=False, allow_null=True)
    coded_after_outcome = Truth(required=False)
    failed_test = chosen(Claim, "failed_test", required=False, allow_blank=True)
    state_reason = optional_text()
    external_id = optional_text(help_text="Your own reference; unique.")
    note = optional_text()
    freeze = Truth(required=False)
    revises = key(required=False, allow_null=True)
    distorts = key(required=False, allow_null=True)

    makes = _claim
