"""PDF by pypdf: the text of its pages, and what the file says of itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pypdf
from pypdf.errors import DependencyError

from tracker.domain.quotes import clean
from tracker.intake.documents import (
    BrokenDocument,
    LockedDocument,
    PicturesOnly,
    Reading,
    Unreadable,
    language,
    line,
    names,
    storable,
)

# Longer than any report that is quoted. pypdf takes a second for 10,000 drawing steps: a file that
# unfolds into more than these would keep a worker for many minutes.
MOST_PAGES = 1_000
MOST_BYTES = 20_000_000
MOST_STEPS = 500_000


def read_pdf(data: bytes) -> Reading:
    """Return the text of all pages; raises LockedDocument, PicturesOnly or BrokenDocument.

    A file that opens without a password is not locked, whatever it forbids.
    """
    try:
        file = pypdf.PdfReader(BytesIO(data))
        if file.is_encrypted and not file.decrypt(""):
            raise LockedDocument
        reading = _reading(file)
    except Unreadable:
        raise
    except DependencyError as error:  # AES, for which pypdf wants another package
        raise LockedDocument from error
    except Exception as error:  # a broken file raises whatever its breakage leads to
        raise BrokenDocument from error
    if not reading.text:
        raise PicturesOnly
    return reading


def _reading(file: pypdf.PdfReader) -> Reading:
    about = file.metadata
    return Reading(
        text=clean(storable("\n\n".join(filter(None, _pages(file))))),
        title=line(about.title or "") if about else "",
        authors=names(about.author or "") if about else (),
        published_on=_made_on(file),
        language=language(str(file.root_object.get("/Lang", ""))),
    )


def _pages(file: pypdf.PdfReader) -> Iterator[str]:
    if len(file.pages) > MOST_PAGES:
        raise BrokenDocument(f"The PDF has more than {MOST_PAGES} pages: paste the passage.")
    steps = itertools.count()

    def watch(*_: object) -> None:
        if next(steps) >= MOST_STEPS:
            raise BrokenDocument

    size = 0
    for page in file.pages:
        contents = page.get_contents()
        size += 0 if contents is None else len(contents.get_data())
        if size > MOST_BYTES:
            raise BrokenDocument
        drawn = page.extract_text(visitor_operand_before=watch)
        yield "\n".join(filter(None, map(str.strip, drawn.splitlines())))


def _made_on(file: pypdf.PdfReader) -> date | None:
    try:
        made = file.metadata.creation_date if file.metadata else None
    except ValueError:  # a date in a form of its own
        return None
    return made.date() if made else None
