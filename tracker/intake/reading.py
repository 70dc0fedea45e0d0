"""The text of a captured page and what the page says of itself: HTML, PDF and plain text.

Passages are divided by an empty line, lines and list items by a line break, cells by a tab. What
the page says of itself is a proposal: people decide what goes on record.
"""

from __future__ import annotations

import codecs
import re

from tracker.domain.quotes import clean
from tracker.intake.documents import (
    BrokenDocument,
    LockedDocument,
    NothingToRead,
    PicturesOnly,
    Reading,
    Unreadable,
    WrongKind,
)
from tracker.intake.html import read_html
from tracker.intake.pdf import read_pdf

__all__ = [
    "BrokenDocument",
    "LockedDocument",
    "NothingToRead",
    "PicturesOnly",
    "Reading",
    "Unreadable",
    "WrongKind",
    "read",
]

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_META = re.compile(r"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_META_WITHIN = 4_096
# The encodings of the WHATWG standard under Python's names: others decode to no text at all.
_CODECS = frozenset(
    {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp866", "koi8-r", "koi8-u", "mac-roman"}
    | {"gbk", "gb18030", "big5", "euc_jp", "iso2022_jp", "shift_jis", "euc_kr", "cp874"}
    | {f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
    | {f"cp125{n}" for n in range(9)}
)
# As browsers read them: pages that say Latin-1 or ASCII mean Windows-1252.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gbk", "mac-cyrillic": "cp1251"}


def read(data: bytes, content_type: str, *, url: str = "") -> Reading:
    """Return what the bytes of this content type say; raises Unreadable.

    The page's address resolves what is relative, and often holds the date.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in _HTML | {"text/plain", "application/pdf"}:
        raise WrongKind
    if (b"%PDF-" in data[:1024]) != (kind == "application/pdf"):
        raise WrongKind("The file is not what it is said to be: see its kind, or paste the words.")
    if kind == "application/pdf":
        return read_pdf(data)
    if kind in _HTML:
        return read_html(_decoded(data, content_type, markup=True), url)
    return _plain(_decoded(data, content_type, markup=False))


def _plain(text: str) -> Reading:
    if "\0" in text:
        raise WrongKind("The file holds no text: upload HTML, PDF or plain text, or paste words.")
    if not text.strip():
        raise NothingToRead("The file is empty: upload another, or paste the words.")
    return Reading(clean(text.replace("\r\n", "\n").replace("\r", "\n")))


def _decoded(data: bytes, content_type: str, *, markup: bool) -> str:
    """Return the text: by byte-order mark, header, markup, as UTF-8, or as browsers would show it.

    An encoding that does not fit the bytes gives way to the next; if none fits, U+FFFD marks the
    bytes at fault.
    """
    for mark, codec in _BOMS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    declared = _CHARSET.findall(content_type)[:1]
    if markup:
        found = _META.findall(data[:_META_WITHIN].decode("latin-1"))[:1]
        # Whoever can read the element as ASCII knows that the page is not UTF-16.
        declared += [label for label in found if "16" not in label]
    named = [codec for codec in map(_codec, declared) if codec]
    for codec in [*named, "utf-8"]:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode((named or ["cp1252"])[0], "replace")


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if name in _CODECS else None
