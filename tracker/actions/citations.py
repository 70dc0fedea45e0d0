"""What may be done with citation files: file the sources that they name, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from tracker.actions.documents import SourceDraft, find_source, recognise_source
from tracker.actions.people import OrganisationDraft
from tracker.actions.transactions import action
from tracker.domain.citations import Issued, Reference, named_entry
from tracker.domain.roles import Verb
from tracker.models import Organisation, Source
from tracker.models.accounts import User


@dataclass(frozen=True)
class Filed:
    """The source that an entry names, and whether it was filed for this entry."""

    source: Source
    new: bool


@action(Verb.LOG)
def file_citations(*, by: User, references: Sequence[Reference]) -> tuple[Filed, ...]:
    """Files the sources that are new; one that is on record is recognised, never overwritten.

    An entry is known by any address of its source; one without an address by title, date and
    outlet, which must all be the same. Refusals name the entry.
    """
    with connection.cursor() as cursor:
        # What has no address, no constraint keeps from being filed twice: file after file.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tracker_citations'))")
    filed = []
    for number, reference in enumerate(references):
        with named_entry(number, reference.key):
            known = find_source(reference.url) if reference.url else _same_words(reference)
            filed.append(Filed(known or recognise_source(_draft(reference)), new=known is None))
    return tuple(filed)


def _same_words(reference: Reference) -> Source | None:
    """The first source filed with this title, date and outlet."""
    alike = Source.objects.filter(title=reference.title).select_related("merged_into")
    if reference.outlet:
        alike = alike.filter(outlet__in=Organisation.objects.known_as(reference.outlet))
    else:
        alike = alike.filter(outlet=None)
    for source in alike.order_by("id"):
        if Issued.of(source.published_on, source.published_words) == reference.issued:
            return source.merged_into or source
    return None


def _draft(reference: Reference) -> SourceDraft:
    outlet = None
    if reference.outlet:
        kind = "other" if reference.publisher else "media"
        outlet = OrganisationDraft(name=reference.outlet, kind=kind)
    return SourceDraft(
        url=reference.url,
        title=reference.title,
        outlet=outlet,
        bylines=reference.authors,
        published_on=reference.issued.on,
        published_words=reference.issued.words,
        language=reference.language or "en",
        kind=reference.kind,
    )
