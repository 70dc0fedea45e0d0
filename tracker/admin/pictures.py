"""Pictures of scores in the workbench: each with its data table and how to show it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tracker.actions import pictures
from tracker.actions.pictures import Picture, Sitter
from tracker.actions.scores import Record
from tracker.domain.drawing import Table
from tracker.models import Claim

MEANS = {
    "calibration": "Calibration",
    "score": "Score",
    "hedges": "Hedge words",
    "timeline": "Claims and outcomes",
}

SHAPES = {"svg": "Picture (SVG)", "html": "Picture and table (HTML)", "json": "Data (JSON)"}


@dataclass(frozen=True)
class Shown:
    """One picture on a page; `embed` is HTML to be copied into another page."""

    key: str
    name: str
    title: str
    parts: Sequence[SafeString]
    table: Table
    links: Sequence[tuple[str, str]]
    embed: SafeString
    public: bool


def shown_on(
    request: HttpRequest, name: str, picture: Picture, *where: object, query: str = ""
) -> Shown:
    """The picture of this name, whose addresses in the API end in `where` and `query`."""
    addresses = {
        shape: request.build_absolute_uri(reverse(f"scores-{name}-{shape}", args=where) + query)
        for shape in SHAPES
    }
    return Shown(
        key="-".join([name, *map(str, where)]),
        name=MEANS.get(name, picture.title),
        title=picture.title,
        # Every word in a picture was escaped when it was drawn.
        parts=[mark_safe(part) for part in picture.parts],
        table=picture.table,
        links=[(words, addresses[shape]) for shape, words in SHAPES.items()],
        embed=_embedded(picture.title, addresses["svg"], addresses["html"]),
        public=bool(settings.TRACKER_PUBLIC_READ),
    )


def _embedded(title: str, svg: str, html: str) -> SafeString:
    return format_html(
        '<figure><img src="{}" alt="{}" width="560">'
        '<figcaption><a href="{}">The data as a table</a></figcaption></figure>',
        svg,
        title,
        html,
    )


def pictures_of(request: HttpRequest, record: Record, name: str) -> list[Shown]:
    """The pictures of one subject; only for those who may see its scores and all its claims."""
    subject = record.subject
    sitter = Sitter(record, name, key=subject.value)
    drawn = {"calibration": pictures.calibration(sitter)}
    if record.score and pictures.standing(record, name).numbered:
        drawn["score"] = pictures.score(sitter)
    drawn["hedges"] = pictures.hedges(sitter)
    drawn["timeline"] = pictures.timeline(sitter, Claim.objects.all())
    where = (subject.value, record.id)
    return [shown_on(request, key, picture, *where) for key, picture in drawn.items()]
