"""HTML by trafilatura, through its XML: its plain text loses the borders of block quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar
from urllib.parse import urljoin
from xml.etree.ElementTree import XMLParser

import lxml.html  # type: ignore[import-untyped]  # lxml ships no hints
import trafilatura
from trafilatura.settings import use_config

from tracker.domain.addresses import Archive, canonical, unwrap_archive
from tracker.domain.errors import BadAddress
from tracker.domain.quotes import clean
from tracker.intake.documents import (
    BrokenDocument,
    NothingToRead,
    Reading,
    language,
    line,
    names,
    storable,
)

# An article has some thousand elements. What exceeds these is no article, and trafilatura's time
# grows with the square: 30,000 bold words in one paragraph take it two minutes, 3,000 a second.
MOST_ELEMENTS = 40_000
MOST_CHILDREN = 3_000
MOST_ATTRIBUTES = 2_000
# Menus have words but no sentence of this length; consent walls have, but little else.
_SENTENCE = re.compile(r"[^\n]{40,}")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।]")
_SHORT = 600
_WALL = re.compile(
    r"(enable|activate|turn on) javascript|(store|use|accept)\w* (all )?cookies|captcha"
    r"|(human|robot)\b.{0,40}\?|verify(ing)? (that )?you are|access (is |was )?denied"
    r"|(subscribe|log in|sign in) to (continue|read)|disable (any|your) ad.?block",
    re.IGNORECASE,
)
# What web archives put around a page that they replay; the second only beside the page itself.
_WAYBACK_TOOLBAR = ("wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato")
_TODAY_TOOLBAR = ("HEADER",)
_SETTINGS = use_config()
# Below this size trafilatura reads the whole page anew, with a space at every tag's border.
_SETTINGS.set("DEFAULT", "MIN_EXTRACTED_SIZE", "40")


def read_html(markup: str, url: str) -> Reading:
    """Return the article of a page; raises NothingToRead or BrokenDocument."""
    root, page = _tree(markup), _Passages()
    stated = tuple(dict.fromkeys(_stated(root, url)))
    _strip_toolbars(root, stated)
    try:
        xml = trafilatura.extract(
            root,
            url=url or None,
            config=_SETTINGS,
            output_format="xml",
            with_metadata=True,
            include_comments=False,
            # Without this, a copyright's year becomes the first of January.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        parser = XMLParser(target=page)
        parser.feed(xml or "<doc/>")
        parser.close()
    except Exception as error:  # trafilatura promises no errors of its own, lxml has many
        raise BrokenDocument from error
    text = clean(page.text)
    if not _is_article(text):
        raise NothingToRead
    return Reading(
        text=text,
        title=line(page.facts.get("title", "")),
        authors=names(page.facts.get("author", "")),
        published_on=_day(page.facts.get("date", "")),
        outlet=line(page.facts.get("sitename", "")),
        canonical_url=_canonical(root, url),
        language=language(root.get("lang") or ""),
        stated=stated,
    )


def _tree(markup: str) -> lxml.html.HtmlElement:
    """Return the whole page; raises BrokenDocument if it is too large to read in time."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    source = storable(markup).encode()
    if not source.strip():
        raise NothingToRead
    try:
        root = lxml.html.document_fromstring(source, parser=parser)
    except Exception as error:  # lxml's parser errors have no common class but Exception
        raise NothingToRead from error
    # Past a depth of 256 the parser leaves out the rest of the page without a word.
    cut = any(entry.level_name == "FATAL" for entry in parser.error_log)
    if cut or sum(1 for _ in root.iter()) > MOST_ELEMENTS or any(map(_is_hostile, root.iter())):
        raise BrokenDocument
    return root


def _is_hostile(element: lxml.html.HtmlElement) -> bool:
    return len(element) > MOST_CHILDREN or len(element.attrib) > MOST_ATTRIBUTES


class _Passages:
    """Gathers the passages of trafilatura's XML while it is parsed, without recursion."""

    # Compared as strings the wider gap is the greater: tab < line break < empty line.
    gaps: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("main", "p", "head", "quote", "list", "table", "code"), "\n\n"),
        **dict.fromkeys(("item", "row", "lb"), "\n"),
        "cell": "\t",
    }

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self.text = ""
        self._done: list[str] = []
        self._gap = ""
        self._line: list[str] = []
        self._open: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "doc":
            self.facts = attributes
        self._break(tag)
        self._open.append(tag)

    def data(self, text: str) -> None:
        self._line.append(text)

    def end(self, tag: str) -> None:
        self._open.pop()
        self._break(tag)

    def close(self) -> None:
        self.text = "".join(self._done)

    def _break(self, tag: str) -> None:
        # <q> comes as a quote too: within a paragraph it is part of the sentence.
        if tag not in self.gaps or (tag == "quote" and "p" in self._open):
            return
        line = re.sub(r"[ \t\r\n\f]+", " ", "".join(self._line)).strip(" ")
        self._line.clear()
        if line:
            self._done += [self._gap if self._done else "", line]
            self._gap = ""
        self._gap = max(self._gap, self.gaps[tag])


def _is_article(text: str) -> bool:
    if len(text) < _SHORT and _WALL.search(text):
        return False
    return any(_SENTENCE_END.search(found[0]) for found in _SENTENCE.finditer(text))


def _canonical(root: lxml.html.HtmlElement, url: str) -> str:
    for link in root.iterfind(".//link[@rel][@href]"):
        if "canonical" in link.get("rel").lower().split():
            found = _address(link.get("href"), url)
            archived = unwrap_archive(found) if found else None
            return (archived.original or "") if archived else found
    return ""


def _stated(root: lxml.html.HtmlElement, url: str) -> Iterator[str]:
    """Yield the addresses that the page names as its own."""
    for rel in ("canonical", "bookmark"):
        for link in root.iterfind(".//link[@rel][@href]"):
            if rel in link.get("rel").lower().split() and (
                found := _address(link.get("href"), url)
            ):
                yield found
    for meta in root.iterfind(".//meta[@property='og:url'][@content]"):
        if found := _address(meta.get("content"), url):
            yield found


def _strip_toolbars(root: lxml.html.HtmlElement, stated: Iterable[str]) -> None:
    """Take out what an archive has put around the page: it is no part of what was captured."""
    archives = {archived.archive for one in stated if (archived := unwrap_archive(one))}
    chrome = _WAYBACK_TOOLBAR + (_TODAY_TOOLBAR if Archive.ARCHIVE_TODAY in archives else ())
    for element in [found for found in root.iter() if found.get("id") in chrome]:
        if element.getparent() is not None:
            element.drop_tree()


def _address(href: str, base: str) -> str:
    try:
        found = urljoin(base, href.strip())
        canonical(found)
    except (BadAddress, ValueError):
        return ""
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
