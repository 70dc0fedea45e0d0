"""How one noun appears inside another: enough to name it and to fetch it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from tracker.models import Organisation, Person, Proposition, Source, Topic, User


class Read(serializers.ModelSerializer[Any]):
    """A record as it goes out; every field is always there."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for field in fields.values():
            field.read_only = True
        return fields


def link(noun: str) -> serializers.HyperlinkedIdentityField:
    """The address of a record in this API."""
    return serializers.HyperlinkedIdentityField(
        view_name=f"{noun}-detail", lookup_field="pk", lookup_url_kwarg="key"
    )


class PersonRef(Read):
    class Meta:
        model = Person
        fields = ("id", "slug", "name")


class OrganisationRef(Read):
    class Meta:
        model = Organisation
        fields = ("id", "slug", "name", "kind")


class TopicRef(Read):
    class Meta:
        model = Topic
        fields = ("id", "slug", "name")


class SourceRef(Read):
    class Meta:
        model = Source
        fields: tuple[str, ...] = ("id", "url", "title", "published_on")


class PropositionRef(Read):
    class Meta:
        model = Proposition
        fields = ("id", "statement")


class UserRef(Read):
    """Who did it; the public sees that somebody did, not who."""

    name = serializers.CharField(source="__str__")

    class Meta:
        model = User
        fields = ("id", "name")

    def to_representation(self, instance: User) -> Any:
        return super().to_representation(instance) if self.context["sight"].staff else None
