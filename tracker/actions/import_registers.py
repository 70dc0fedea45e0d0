"""Names in bulk: who goes by them in the record, or earlier in the same file.

The same rules as `actions/people.py`, asked once for the names of many rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.utils.text import slugify

from tracker.actions.people import OrganisationDraft, SpeakerDraft, cleaned
from tracker.actions.records import in_choices, tidy
from tracker.actions.staging import Stage
from tracker.domain.errors import AmbiguousName, NotFound, UnknownSpeaker
from tracker.models import Organisation, Person, Topic

Named = TypeVar("Named", Person, Organisation)

FOLDED = "SELECT n, (tracker_known_as(n, '{}'))[1] FROM unnest(%s::text[]) n"
KNOWN = """
    SELECT n, ARRAY(
        SELECT id FROM {table} t WHERE t.merged_into_id IS NULL
        AND t.known_as @> tracker_known_as(n, '{{}}') ORDER BY name LIMIT 2
    ) FROM unnest(%s::text[]) n
"""
# The index of slugs for LIKE orders them byte by byte, whatever the database's language.
TAKEN = """
    SELECT t.slug FROM unnest(%s::text[]) stem JOIN {table} t
    ON t.slug ~>=~ stem AND t.slug ~<~ (stem || chr(127))
"""


class Register(Generic[Named]):
    """The people, or the organisations, that a file may name."""

    def __init__(self, model: type[Named], noun: str, several: str) -> None:
        self.model: type[Named] = model
        self.noun, self.several = noun, several
        self.stage = Stage(model)
        self.records: dict[int, Named] = {}
        self._folds: dict[str, str] = {}
        self._by_fold: dict[str, list[int]] = {}
        self._by_slug: dict[str, int] = {}
        self._taken: set[str] = set()

    def learn(self, names: Iterable[str], slugs: Iterable[str]) -> None:
        """Looks up all names and slugs of these rows that have not been looked up before."""
        fresh = sorted({name for name in names if name} - self._folds.keys())
        if fresh:
            self._learn_names(fresh)
        unknown = sorted({slug for slug in slugs if slug} - self._by_slug.keys())
        if unknown:
            found = self.model._default_manager.filter(slug__in=unknown)
            for record in found.select_related("merged_into"):
                standing = record.merged_into or record
                self.records[standing.pk] = standing
                self._by_slug[record.slug] = standing.pk

    def _learn_names(self, names: list[str]) -> None:
        table = self.model._meta.db_table
        folds = dict(_asked(FOLDED, names))
        self._folds |= folds
        first = {fold: name for name, fold in folds.items() if fold not in self._by_fold}
        for name, ids in _asked(KNOWN.format(table=table), list(first.values())):
            self._by_fold[folds[name]] = list(ids)
        ids = {pk for fold in first for pk in self._by_fold[fold]} - self.records.keys()
        self.records |= self.model._default_manager.in_bulk(ids)
        stems = sorted({_stem(first[fold]) for fold in first if not self._by_fold[fold]})
        self._taken |= {slug for (slug,) in _asked(TAKEN.format(table=table), stems)}

    def known(self, name: str, slug: str) -> int | None:
        """The one record of this slug or name, if there is just one so far."""
        if slug:
            return self._by_slug.get(slug)
        found = self._by_fold.get(self._folds.get(name, ""), [])
        return found[0] if len(found) == 1 else None

    def recognise(self, line: int, name: str, slug: str, **more: Any) -> Named:
        """The record of this slug, name or alias, staged as new where nobody goes by it."""
        if slug:
            if slug not in self._by_slug:
                raise NotFound(f"No {self.noun} has the slug {slug}.", field=self.noun)
            return self.records[self._by_slug[slug]]
        if not name:
            raise UnknownSpeaker(f"Name the {self.noun}.", field=self.noun)
        found = self._by_fold.get(self._folds[name], [])
        if len(found) > 1:
            raise AmbiguousName(
                f"Several {self.several} go by “{name}”: send a slug.", field=self.noun
            )
        return self.records[found[0]] if found else self._new(line, name, **more)

    def _new(self, line: int, name: str, aliases: Iterable[str] = (), **more: Any) -> Named:
        record: Named = self.model(name=name, aliases=cleaned(list(aliases)), **more)
        in_choices(record, more)
        record.pk, record.slug = self.stage.next_id(), self._free_slug(name)
        self.records[record.pk], self._by_slug[record.slug] = record, record.pk
        for called in {self._folds[one] for one in (name, *record.aliases)}:
            self._by_fold.setdefault(called, []).append(record.pk)
        self.stage.put(record, line)
        return record

    def _free_slug(self, name: str) -> str:
        stem, n = _stem(name), 1
        slug = stem
        while slug in self._taken:
            n += 1
            slug = f"{stem}-{n}"
        self._taken.add(slug)
        return slug


def _stem(name: str) -> str:
    return slugify(name)[:180] or "unnamed"


def _asked(question: str, values: list[str]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, [values])
        return list(cursor.fetchall())


class Topics:
    """The topics of the record and of the file, by slug and by name."""

    def __init__(self) -> None:
        self.stage = Stage(Topic)
        topics = list(Topic.objects.order_by("-name"))
        self._by_name = {topic.name.upper(): topic.pk for topic in topics}
        self._by_slug = {topic.slug: topic.pk for topic in topics}

    def recognise(self, line: int, given: str) -> int | None:
        """The id of the topic of this slug or name, staged at the top where it is new."""
        name = tidy({"topic": given.strip()})["topic"]
        if not name:
            return None
        known = self._by_slug.get(name) or self._by_name.get(name.upper())
        return known or self._new(line, name)

    def _new(self, line: int, name: str) -> int:
        stem, n = _stem(name), 1
        slug = stem
        while slug in self._by_slug:
            n += 1
            slug = f"{stem}-{n}"
        topic = Topic(pk=self.stage.next_id(), name=name, slug=slug)
        self._by_name[name.upper()] = self._by_slug[slug] = topic.pk
        self.stage.put(topic, line)
        return int(topic.pk)


def names_in(speaker: SpeakerDraft) -> list[str]:
    """Every name under which the speaker may be known, as the register looks them up."""
    return [speaker.person.strip(), *speaker.aliases] if speaker.person.strip() else []


def called(drafts: Iterable[OrganisationDraft | None]) -> list[str]:
    """Every name of these organisations."""
    return [name for one in drafts if one for name in (one.name.strip(), *one.aliases)]
