"""What may be done about the addresses of a page: add one, note those that the page names itself,
and make one record of two that are the same page.

A merge moves a pointer and nothing else: snapshots stay with the address where they were captured,
every question counts the whole family, and a mistaken merge can be taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from tracker.actions import anchorings, scores
from tracker.actions.documents import find_source, original
from tracker.actions.records import locked
from tracker.actions.transactions import action
from tracker.domain.addresses import bare, canonical, is_front_page, same_site, unwrap_archive
from tracker.domain.errors import AlreadyLogged, CommentRequired, Conflict
from tracker.domain.roles import Verb
from tracker.models import Address, Capture, Source
from tracker.models.accounts import User
from tracker.models.addresses import AddressOrigin

NEWEST = 100  # captures of one page that are asked for what the page says of its address


@action(Verb.LOG)
def add_address(*, by: User, now: datetime, source: Source, url: str) -> Source:
    """Records another address of the page; raises AlreadyLogged where it is another source's.

    Returns the source that stands for it.
    """
    standing = locked(source.merged_into or source)
    address = canonical(original(url))
    known = find_source(address)
    if known is not None and known.pk != standing.pk:
        raise AlreadyLogged(
            f"Source {known.pk} has this address: if they are one page, merge the two.",
            field="url",
            source=known.pk,
        )
    if known is None:
        Address.objects.create(
            source=standing,
            canonical_url=address,
            origin=AddressOrigin.PERSON,
            added_by=by,
            added_at=now,
        )
    return standing


def note_addresses(
    source: Source, stated: Iterable[tuple[str, AddressOrigin]], *, now: datetime
) -> list[str]:
    """Records the addresses that a captured page goes by and returns those that people decide on.

    An address of the same site that nobody has is the source's; one that another source has means
    that the two may be one page; one of another site may be another page with the same text.
    """
    open_to_people = []
    for url, origin in stated:
        address = canonical(url)
        known = find_source(address)
        if known is not None and known.pk == (source.merged_into_id or source.pk):
            continue
        if is_front_page(address) or address in open_to_people:
            continue
        if known is None and source.canonical_url and same_site(address, source.canonical_url):
            Address.objects.create(
                source=source, canonical_url=address, origin=origin, added_at=now
            )
        else:
            open_to_people.append(address)
    return open_to_people


def leave_archive(source: Source, own: str, *, now: datetime) -> None:
    """Gives a source that was filed under an archive's link the page's own address, if free.

    The link stays known as an address of the page.
    """
    link = source.canonical_url
    if not link or unwrap_archive(link) is None or find_source(own) is not None:
        return
    source.url, source.canonical_url = bare(own), canonical(own)
    source.save(update_fields=["url", "canonical_url"])
    origin = AddressOrigin.REDIRECT
    Address.objects.create(source=source, canonical_url=link, origin=origin, added_at=now)


def addresses_of(source: Source) -> set[str]:
    """Every canonical address that the page is known under."""
    family = source.family()
    known = Address.objects.filter(source__in=family).order_by()
    found = family.order_by().values_list("canonical_url", flat=True)
    return {*found, *known.values_list("canonical_url", flat=True)} - {""}


def same_page(source: Source) -> list[Source]:
    """Other sources that stand at an address by which this page, as captured, calls itself."""
    family = source.family()
    captures = Capture.objects.filter(source__in=family, found__has_key="addresses")
    lists = captures.order_by("-id").values_list("found__addresses", flat=True)[:NEWEST]
    stated = {address for addresses in lists for address in addresses}
    if not stated:
        return []
    there = Q(canonical_url__in=stated)
    there |= Q(pk__in=Address.objects.filter(canonical_url__in=stated).values("source"))
    standing = Source.objects.filter(there).kin().filter(merged_into=None)
    return list(standing.exclude(pk__in=family.values("pk")))


@action(Verb.CURATE)
def merge_sources(*, by: User, loser: Source, winner: Source, reason: str) -> Source:
    """Makes one record of two sources: the loser points at the winner; nothing is moved."""
    if not reason.strip():
        raise CommentRequired("Say why the two are the same page.", field="reason")
    first, second = (locked(one) for one in sorted((loser, winner), key=lambda one: one.pk))
    loser, winner = (first, second) if first.pk == loser.pk else (second, first)
    if loser.pk == winner.pk or loser.merged_into_id or winner.merged_into_id:
        raise Conflict("Choose two sources that both still stand.", field="into")
    family = Source.objects.filter(Q(pk=loser.pk) | Q(merged_into=loser))
    _point([one.pk for one in family], winner)
    anchorings.join(source=winner)
    return winner


@action(Verb.CURATE)
def unmerge_source(*, by: User, source: Source, reason: str) -> Source:
    """Takes a mistaken merge back: the source stands again, with what had been merged into it."""
    if not reason.strip():
        raise CommentRequired("Say why the two are different pages.", field="reason")
    source = locked(source)
    if source.merged_into is None:
        raise Conflict("This source was merged into none.", field="source")
    winner = locked(source.merged_into)
    came_along = [
        one.pk
        for one in winner.merged_from.exclude(pk=source.pk)
        if _pointed_before(one, winner) == source.pk
    ]
    _point([source.pk], None)
    _point(came_along, source)
    return locked(source)


def _pointed_before(source: Any, winner: Source) -> int | None:
    """Where the source pointed before it pointed here, by its history, of which no stub knows."""
    earlier = source.history_events.exclude(merged_into=winner).order_by("-pgh_id")
    found: int | None = earlier.values_list("merged_into", flat=True).first()
    return found


def _point(sources: Collection[int], standing: Source | None) -> None:
    """Sets the pointer, and scores by outlet anew: they count for the outlet of what stands."""
    Source.objects.filter(pk__in=sources).update(merged_into=standing)
    scores.rescore_of(Q(claim__quotation__snapshot__source__in=sources))
