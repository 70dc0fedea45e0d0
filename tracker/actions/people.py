"""What may be done about speakers: recognise them by name, file them, tie them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from tracker.actions.records import check_slug, in_choices, tidy
from tracker.actions.transactions import action
from tracker.domain.errors import (
    AlreadyLogged,
    AmbiguousName,
    NotFound,
    RequiredField,
    UnknownSpeaker,
    UnknownValue,
)
from tracker.domain.quotes import clean
from tracker.domain.roles import Verb
from tracker.models import Affiliation, Organisation, Person, Topic
from tracker.models.accounts import User


@dataclass(frozen=True)
class OrganisationDraft:
    """An organisation by slug, or by any name it goes by; unknown names are filed."""

    name: str = ""
    slug: str = ""
    kind: str = "other"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpeakerDraft:
    """Who said it: a person, an organisation, or a person for an organisation, at the time."""

    person: str = ""
    person_slug: str = ""
    organisation: OrganisationDraft | None = None
    role: str = ""
    aliases: tuple[str, ...] = ()


def free_slug(model: type[Person] | type[Organisation] | type[Topic], name: str) -> str:
    """A slug for this name that no other record has."""
    stem = slugify(name)[:180] or "unnamed"
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbers = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in numbers if slug not in taken)


def recognise_organisation(draft: OrganisationDraft) -> Organisation:
    """The organisation of this slug or name, filed if it is new."""
    if draft.slug:
        found = Organisation.objects.filter(slug=draft.slug).first()
        if found is None:
            raise NotFound(f"No organisation has the slug {draft.slug}.", field="organisation")
        return found.merged_into or found
    names = tidy({"name": draft.name.strip()})
    if not names["name"]:
        raise UnknownSpeaker("Name the organisation.", field="organisation")
    known = list(Organisation.objects.known_as(names["name"])[:2])
    if len(known) > 1:
        raise AmbiguousName(
            f"Several organisations go by “{names['name']}”: send a slug.", field="organisation"
        )
    return known[0] if known else _new_organisation(names["name"], draft.kind, draft.aliases)


def cleaned(names: Sequence[str]) -> list[str]:
    return [clean(name, field="aliases") for name in names]


def _new_organisation(
    name: str, kind: str, aliases: Sequence[str], *, slug: str = "", **more: Any
) -> Organisation:
    organisation = Organisation(
        slug=check_slug(Organisation, slug) if slug else free_slug(Organisation, name),
        name=name,
        kind=kind,
        aliases=cleaned(aliases),
        **more,
    )
    in_choices(organisation, {"kind": kind})
    organisation.save(force_insert=True)
    return organisation


def recognise_person(name: str, *, slug: str = "", aliases: Sequence[str] = ()) -> Person:
    """The person of this slug, name or alias, filed if new; two of a name need the slug."""
    if slug:
        found = Person.objects.filter(slug=slug).first()
        if found is None:
            raise NotFound(f"No person has the slug {slug}.", field="person")
        return found.merged_into or found
    name = tidy({"person": name.strip()})["person"]
    if not name:
        raise UnknownSpeaker("Name the person.", field="person")
    known = list(Person.objects.known_as(name)[:2])
    if len(known) > 1:
        raise AmbiguousName(f"Several people go by “{name}”: send a slug.", field="person")
    return known[0] if known else _new_person(name, aliases)


def _new_person(name: str, aliases: Sequence[str], *, slug: str = "", **more: Any) -> Person:
    person = Person(
        slug=check_slug(Person, slug) if slug else free_slug(Person, name),
        name=name,
        aliases=cleaned(aliases),
        **more,
    )
    person.save(force_insert=True)
    return person


def recognise_speaker(draft: SpeakerDraft) -> tuple[Person | None, Organisation | None]:
    """The person and the organisation of a draft; the role they held is kept as an affiliation."""
    organisation = recognise_organisation(draft.organisation) if draft.organisation else None
    person = None
    if draft.person.strip() or draft.person_slug:
        person = recognise_person(draft.person, slug=draft.person_slug, aliases=draft.aliases)
    if person is None and organisation is None:
        raise UnknownSpeaker(field="speaker")
    if person and organisation:
        role = tidy({"role": draft.role})["role"]
        held = {"person": person, "organisation": organisation, "role": role}
        if not Affiliation.objects.filter(**held).exists():
            Affiliation.objects.create(**held)
    return person, organisation


@action(Verb.LOG)
def file_person(
    *,
    by: User,
    name: str,
    slug: str = "",
    aliases: Sequence[str] = (),
    wikidata: str = "",
    note: str = "",
) -> Person:
    """Files a person under a name that may be another's too; the slug tells them apart."""
    texts = tidy({"name": name.strip(), "wikidata": wikidata, "note": note, "slug": slug})
    if not texts["name"]:
        raise RequiredField("A person needs a name.", field="name")
    return _new_person(**texts, aliases=aliases)


@action(Verb.LOG)
def file_organisation(
    *,
    by: User,
    name: str,
    slug: str = "",
    kind: str = "other",
    parent: Organisation | None = None,
    aliases: Sequence[str] = (),
    wikidata: str = "",
    note: str = "",
) -> Organisation:
    """Files an organisation."""
    texts = tidy({"name": name.strip(), "wikidata": wikidata, "note": note, "slug": slug})
    if not texts["name"]:
        raise RequiredField("An organisation needs a name.", field="name")
    return _new_organisation(**texts, kind=kind, aliases=aliases, parent=parent)


@action(Verb.LOG)
def affiliate(
    *,
    by: User,
    person: Person,
    organisation: Organisation,
    role: str = "",
    start: date | None = None,
    end: date | None = None,
) -> Affiliation:
    """Records that a person held a role at an organisation from `start` until before `end`."""
    if start and end and end <= start:
        raise UnknownValue("It must end after it began.", field="end")
    held = {"person": person, "organisation": organisation, "role": tidy({"role": role})["role"]}
    when = DateRange(start, end)
    if Affiliation.objects.filter(**held, valid__overlap=when).exists():
        raise AlreadyLogged("This role is on record for that time already.", field="start")
    return Affiliation.objects.create(**held, valid=when)
