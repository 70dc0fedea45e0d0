"""BibTeX out: fields for BibTeX and for biblatex, everything escaped that TeX would act on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tracker.domain.citations import ARTICLE, Reference

ENTRY_TYPES = {
    ARTICLE: "article",
    "post": "online",
    "webpage": "online",
    "report": "techreport",
    "broadcast": "misc",
    "interview": "misc",
    "speech": "misc",
    "dataset": "misc",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OUTLET = {"article": "journal", "online": "organization", "techreport": "institution"}
# Braces go by their names: BibTeX counts those in \{ too.
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "#$%&_"},
}
_SPECIAL = re.compile(r"[\\{}~^#$%&_]")
# Pairs that TeX's fonts would set as one letter: --, ``, '', <<, >>, ,, and ?` !`.
_LIGATURE = re.compile(r"([-`'<>,])(?=\1)|([?!])(?=`)")


def to_bibtex(references: Iterable[Reference]) -> str:
    """Returns the file."""
    return "".join(_entry(reference) for reference in references)


def escaped(text: str) -> str:
    """Returns the text as TeX sets it: letter for letter."""
    safe = _SPECIAL.sub(lambda found: ESCAPES[found[0]], text)
    return _LIGATURE.sub(lambda found: found[0] + "{}", safe)


def _entry(reference: Reference) -> str:
    lines = "".join(f"  {name} = {value},\n" for name, value in _fields(reference))
    return f"@{ENTRY_TYPES[reference.kind]}{{{_key(reference.key)},\n{lines}}}\n\n"


def _key(key: str) -> str:
    """Returns the key without what would end it or take part in the entry's grammar."""
    return re.sub(r"[\s,{}()\"'#%=~\\@]", "-", key) or "source"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yields name and value; a second pair of braces keeps styles from changing capitals."""
    texts = {
        "title": f"{{{escaped(reference.title)}}}",
        "author": " and ".join(f"{{{escaped(name)}}}" for name in reference.authors),
        _OUTLET.get(ENTRY_TYPES[reference.kind], "publisher"): escaped(reference.outlet),
        "date": reference.issued.exact,
        "year": escaped(reference.issued.literal) or reference.issued.exact[:4],
    }
    yield from _given(texts)
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", reference.issued.exact):
        # A name that every style knows, not a text.
        yield "month", MONTHS[int(reference.issued.exact[5:7]) - 1]
    yield from _given(
        {
            "url": reference.url,
            "urldate": f"{reference.accessed or ''}",
            "archive": escaped(reference.archive),
            "archive_location": escaped(reference.archive_location),
            "language": escaped(reference.language),
            "entrysubtype": reference.kind,
        }
    )


def _given(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, f"{{{text}}}") for name, text in texts.items() if text)
