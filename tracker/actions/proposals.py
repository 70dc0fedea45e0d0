"""What a captured page says of itself: it fills in what the source lacks, and proposes the rest.

What people have filed is never overwritten: the page's word stays with the capture as a proposal
until somebody takes it over.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from tracker.actions import scores
from tracker.actions.addresses import add_address, addresses_of
from tracker.actions.documents import find_source
from tracker.actions.people import OrganisationDraft, recognise_organisation
from tracker.actions.records import edit, tidy
from tracker.actions.transactions import action
from tracker.domain.addresses import bare, canonical, is_front_page
from tracker.domain.captures import About, Difference, differences
from tracker.domain.errors import AmbiguousName, NotFound, RequiredField, UnknownValue
from tracker.domain.roles import Verb
from tracker.intake.documents import Reading
from tracker.models import Capture, Source
from tracker.models.accounts import User

PDF = "application/pdf"


def about(reading: Reading, *, mime: str, taken_at: datetime) -> About:
    """What the page says of itself, less a date that cannot be the day on which it appeared."""
    day = reading.published_on
    # A PDF's date is that of the file; no page appears after it was captured.
    plausible = day is not None and mime != PDF and day <= taken_at.date()
    return About(
        title=reading.title,
        bylines=reading.authors,
        published_on=day.isoformat() if day and plausible else "",
        outlet=reading.outlet,
        language=reading.language,
        address=canonical(reading.canonical_url) if reading.canonical_url else "",
    )


def said(page: About, **more: Any) -> dict[str, Any]:
    """The page's word as the capture keeps it: only what it says."""
    return {name: value for name, value in tidy({**asdict(page), **more}).items() if value}


def fill(source: Source, page: About, *, url: str) -> None:
    """Fills in what the source lacks; what people have filed stays as it is."""
    found: dict[str, Any] = {}
    if not source.url and url and not is_front_page(url) and find_source(url) is None:
        found["url"], found["canonical_url"] = bare(url), canonical(url)
    if not source.bylines and page.bylines:
        found["bylines"] = list(page.bylines)
    if page.published_on and not source.published_on and not source.published_words:
        found["published_on"] = date.fromisoformat(page.published_on)
    if source.outlet_id is None and page.outlet:
        # Two outlets of one name: a person says which.
        with suppress(AmbiguousName):
            found["outlet"] = recognise_organisation(_outlet(page.outlet))
    for name, value in tidy(found).items():
        setattr(source, name, value)
    if found:
        source.save(update_fields=list(found))
    if "outlet" in found:
        scores.rescore_of(Q(claim__quotation__snapshot__source__in=source.family()))


def proposed(capture: Capture) -> tuple[Difference, ...]:
    """What the captured page says otherwise than the source that stands for it."""
    if not capture.found:
        return ()
    source = capture.source.merged_into or capture.source
    outlet = source.outlet
    filed = About(
        title=source.title,
        bylines=tuple(source.bylines),
        published_on=source.published_on.isoformat() if source.published_on else "",
        outlet=outlet.name if outlet else "",
        language=source.language,
        address=source.canonical_url,
    )
    return differences(
        filed,
        _about(capture.found),
        aliases=outlet.aliases if outlet else (),
        addresses=addresses_of(source),
    )


def _about(found: dict[str, Any]) -> About:
    texts = ("title", "published_on", "outlet", "language", "address")
    names = tuple(found.get("bylines", ()))
    return About(bylines=names, **{name: found.get(name, "") for name in texts})


@action(Verb.CURATE)
def accept(
    *, by: User, now: datetime, capture: Capture, fields: Collection[str], reason: str = ""
) -> Capture:
    """Takes over what the page says in these fields; the history keeps what was filed before.

    Raises UnknownValue where the page says nothing else than what is on file.
    """
    if not fields:
        raise RequiredField("Name the fields to take over.", field="fields")
    source = capture.source.merged_into or capture.source
    page = {one.field: one.page for one in proposed(capture)}
    if unknown := sorted(set(fields) - page.keys()):
        raise UnknownValue(
            f"The page says nothing else than what is on file: {', '.join(unknown)}.",
            field="fields",
        )
    changes: dict[str, Any] = {name: page[name] for name in fields}
    address = changes.pop("address", "")
    if "outlet" in changes:
        changes["outlet"] = recognise_organisation(_outlet(changes["outlet"]))
    if "bylines" in changes:
        changes["bylines"] = list(changes["bylines"])
    if "published_on" in changes:
        changes["published_on"] = date.fromisoformat(changes["published_on"])
    if changes:
        why = reason.strip() or f"As the page says of itself, capture {capture.pk}."
        edit(by=by, record=source, reason=why, **changes)
    if address:
        add_address(by=by, now=now, source=source, url=address)
    return capture


def newest(source: Source) -> Capture:
    """The newest capture in which the page of this source says something of itself."""
    family = source.family()
    found = Capture.objects.filter(source__in=family).exclude(found={}).order_by("-id").first()
    if found is None:
        raise NotFound("No page of this source has been captured yet.", field="source")
    return found


def _outlet(name: str) -> OrganisationDraft:
    return OrganisationDraft(name=name, kind="media")
