"""What the tests of captures share: a page, and one way to ask for it and to fetch it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.builders import (
    CODED,
    make_source,
    make_user,
)
from tracker.actions.captures import perform, request_capture
from tracker.models import Capture, Source

WORDS = "The city will be besieged by summer, said the analyst, who had seen both roads close."
PAGE = f"""<!doctype html><html lang="en"><head><title>Siege ahead</title>
<meta name="author" content="Ada Byline">
<meta property="og:site_name" content="The Daily Wire">
<meta property="article:published_time" content="2016-04-11T08:00:00Z">
</head><body><article><h1>Siege ahead</h1><p>{WORDS}</p>
<p>{WORDS} {WORDS}</p><p>{WORDS}</p></article></body></html>""".encode()


def bare(**fields: Any) -> Source:
    """A source of which only the title and an address are known."""
    return make_source(**{"published_on": None, **fields})


def asked(url: str, source: Source | None = None) -> Capture:
    return request_capture(by=make_user(), now=CODED, source=source or bare(), url=url)


def done(capture: Capture, **options: Any) -> Capture:
    return perform(capture=capture, clock=lambda: CODED, **options)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
