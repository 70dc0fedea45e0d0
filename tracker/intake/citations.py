"""Citation files that others have written, read by the libraries that know their formats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ParsingFailedBlock,
)
from bibtexparser.model import Entry as Block
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from tracker.domain.citations import (
    ARTICLE,
    MOST_ENTRIES,
    BadCitation,
    Entry,
    Issued,
    Reference,
    bounded,
    counted,
    listed,
    named_entry,
    plain,
)
from tracker.domain.citations_bibtex import MONTHS
from tracker.domain.citations_ris import TYPES, read_date, read_name
from tracker.domain.quotes import clean

LARGEST_FILE = 2 * 1024 * 1024  # bytes; a thousand entries take a quarter of that


def text_of(body: bytes) -> str:
    """Returns the text of a file; raises BadCitation where it is no UTF-8, or too large."""
    if len(body) > LARGEST_FILE:
        size = LARGEST_FILE // 1024**2
        raise BadCitation(f"The file is larger than {size} MB: send it in parts.")
    try:
        return clean(body.decode("utf-8-sig"), field="")
    except UnicodeDecodeError as error:
        raise BadCitation("The file is not in UTF-8.") from error


# --- BibTeX --------------------------------------------------------------------------

_KINDS = {
    "article": ARTICLE,
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "misc": "webpage",
    "video": "broadcast",
    "audio": "broadcast",
    "movie": "broadcast",
    "dataset": "dataset",
    **dict.fromkeys(("techreport", "report", "manual", "book", "booklet", "inbook"), "report"),
    **dict.fromkeys(("incollection", "inproceedings", "conference", "proceedings"), "report"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis", "unpublished"), "report"),
}
_OUTLETS = ("journal", "journaltitle", "organization", "institution", "publisher", "school")
_READ = frozenset(
    {"title", "author", "date", "year", "month", "day", "url", "urldate", "archive"}
    | {"archive_location", "language", "entrysubtype"}
)
_OPENING = re.compile(r"@\s*\w+\s*[{(]")
# In text, as people type it, these are letters: "up 5%", "AT&T", "$100".
_BARE = re.compile(r"(?<!\\)([%&#$])")


def _decoder() -> LatexNodes2Text:
    names = {
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciicircum": "^",
        "textquotedbl": '"',
        "url": "%s",
    }
    macros = [MacroTextSpec(name, simplify_repl=text) for name, text in names.items()]
    context = get_default_latex_context_db()
    context.add_context_category("citations", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=context, math_mode="text")


DECODER = _decoder()


def read_bibtex(body: bytes) -> tuple[Entry, ...]:
    """Returns the entries of a BibTeX or biblatex file; raises BadCitation."""
    text = text_of(body)
    if len(_OPENING.findall(text)) > 2 * MOST_ENTRIES:
        counted(2 * MOST_ENTRIES)
    library = parse_string(text)
    for failed in library.failed_blocks:
        raise _broken(failed)
    counted(len(library.entries))
    return tuple(_bibtex_entry(n, block) for n, block in enumerate(library.entries))


def _broken(block: ParsingFailedBlock) -> BadCitation:
    line = (block.start_line or 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock):
        return BadCitation(f"Line {line}: the key “{block.key[:80]}” stands twice.")
    if isinstance(block, DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))[:80]
        return BadCitation(f"Line {line}: the entry has the field {names} twice.", field=names)
    return BadCitation(f"Line {line}: this entry cannot be read: check its braces and commas.")


def _bibtex_entry(number: int, block: Block) -> Entry:
    fields = {field.key.lower(): field for field in block.fields}
    with named_entry(number, block.key):
        for name in fields.keys() & {*_READ, *_OUTLETS}:
            if fields[name].enclosing == "no-enclosing" and "#" in fields[name].value:
                raise BadCitation("Write the value in one piece, without #.", field=name)
        values = {name: str(field.value) for name, field in fields.items()}
        return _bibtex_reference(block, values)


def _bibtex_reference(block: Block, values: Mapping[str, str]) -> Entry:
    texts = {name: _untexed(values.get(name, ""), name) for name in _READ - {"author", "url"}}
    outlet = next((name for name in _OUTLETS if values.get(name)), "")
    kind = texts["entrysubtype"] or _KINDS.get(block.entry_type, block.entry_type)
    reference = Reference.of(
        key=bounded(block.key, "key"),
        kind=ARTICLE if kind in ("newspaper", "magazine") else kind,
        title=texts["title"],
        authors=_authors(bounded(values.get("author", ""), "author")),
        outlet=_untexed(values.get(outlet, ""), outlet),
        issued=_issued(texts),
        accessed=Issued.of(None, texts["urldate"]).on,
        url=_address(values.get("url", "")),
        archive=texts["archive"],
        archive_location=texts["archive_location"],
        language=texts["language"],
    )
    return Entry(reference, tuple(sorted(values.keys() - _READ - {outlet})))


def _untexed(value: str, field: str) -> str:
    """Returns the text that TeX would set; raises BadCitation."""
    try:
        read: str = DECODER.latex_to_text(_BARE.sub(r"\\\1", bounded(value, field)))
    except (RecursionError, ValueError) as error:
        raise BadCitation("The TeX in this field cannot be read.", field=field) from error
    return read


def _address(value: str) -> str:
    """Returns the address, which is no text: only what escapes or wraps it is taken off."""
    bare = re.sub(r"^\\url\s*|[{}]", "", bounded(value, "url").strip())
    return re.sub(r"\\(?=[^a-zA-Z])", "", bare)


def _authors(value: str) -> list[str]:
    names = listed(split_multiple_persons_names(plain(value)) if value else [], "author")
    parts = (parse_single_name_into_parts(name, strict=False) for name in names if name != "others")
    return [_untexed(part.merge_first_name_first, "author") for part in parts]


def _issued(texts: Mapping[str, str]) -> Issued:
    """Returns biblatex's date, else BibTeX's year, month and day; a year in words is printed."""
    exact, year = texts["date"], texts["year"]
    if not exact and re.fullmatch(r"\d{4}", year, re.ASCII):
        month = _month(texts["month"])
        day = texts["day"].zfill(2) if month and texts["day"].isdigit() else ""
        exact = "-".join(part for part in (year, month, day) if part)
        words = "" if month or not texts["month"] else f"{texts['month']} {year}"
        return Issued.of(None, words or exact)
    issued = Issued.of(None, exact)
    if not year or year == issued.exact[:4]:
        return issued
    return Issued.of(issued.on, year)


def _month(given: str) -> str:
    name = given.strip().lower()
    if name[:3] in MONTHS and name.isalpha():
        return f"{MONTHS.index(name[:3]) + 1:02}"
    return name.zfill(2) if name.isascii() and name.isdigit() and 1 <= int(name) <= 12 else ""


# --- RIS -----------------------------------------------------------------------------

_RIS_KINDS = {
    **{tag: kind for kind, tag in TYPES.items()},
    **dict.fromkeys(("MGZN", "JOUR", "JFULL", "EJOUR", "INPR"), ARTICLE),
    **dict.fromkeys(("BOOK", "CHAP", "THES", "CONF", "CPAPER", "GOVDOC", "PAMP"), "report"),
    **dict.fromkeys(("SOUND", "MPCT", "ADVS"), "broadcast"),
    **dict.fromkeys(("GEN", "MULTI"), "webpage"),
    "UNPB": "report",
    "HEAR": "speech",
    "ICOMM": "post",
}
_SINGLE = {
    "title": ("TI", "T1", "CT"),
    "outlet": ("T2", "JO", "JF", "JA", "BT", "PB"),
    "issued": ("DA", "PY", "Y1"),
    "accessed": ("Y2",),
    "url": ("UR", "LK", "L2"),
    "archive": ("DB",),
    "archive_location": ("AV",),
    "language": ("LA",),
    "key": ("ID",),
}
_NAMES = ("AU", "A1")
_TAGS = sorted({*rispy.TAG_KEY_MAPPING, "AV", "BT", "CT", "LK"})
_UNKNOWN = "UK"
_TAGGED = re.compile(r"[A-Z][A-Z0-9]  -")


def read_ris(body: bytes) -> tuple[Entry, ...]:
    """Returns the entries of a RIS file; raises BadCitation."""
    lines = _unfolded(text_of(body))
    begun = sum(line.startswith("TY  -") for line in lines)
    ended = sum(line.startswith("ER  -") for line in lines)
    counted(begun)
    records = rispy.loads(
        "\n".join(lines),
        mapping={tag: tag for tag in _TAGS},
        list_tags=_TAGS,
        delimiter_tags_mapping={},
    )
    if not begun == ended == len(records):
        raise BadCitation(f"An entry runs from TY to ER: {begun} begin and {ended} end.")
    return tuple(_ris_entry(n, record) for n, record in enumerate(records))


def _unfolded(text: str) -> list[str]:
    """Returns a line for each field from the first entry on, as the file's long lines continue.

    The parser would join them in quadratic time.
    """
    fields: list[list[str]] = []
    for line in re.split(r"\r\n|\r|\n", text):
        if line.startswith("TY  -") or (fields and _TAGGED.match(line)):
            fields.append([line])
        elif fields:
            fields[-1].append(line.strip())
    return [" ".join(lines) for lines in fields]


def _ris_entry(number: int, record: Mapping[str, Any]) -> Entry:
    values = {tag: [str(one) for one in record[tag]] for tag in record if tag != "TY"}
    with named_entry(number, _first(values, ("ID",))[0]):
        return _ris_reference(str(record["TY"]), values)


def _ris_reference(given: str, values: Mapping[str, Sequence[str]]) -> Entry:
    kind = _RIS_KINDS.get(given.strip().upper())
    if kind is None:
        raise BadCitation(f"“{given[:40]}” is no type of source that RIS has here.", field="TY")
    found = {name: _first(values, tags) for name, tags in _SINGLE.items()}
    texts = {name: text for name, (text, _) in found.items()}
    issued, accessed = read_date(texts.pop("issued")), read_date(texts.pop("accessed"))
    names = listed([name for tag in _NAMES for name in values.get(tag, ())], "AU")
    reference = Reference.of(
        kind=kind, authors=map(read_name, names), issued=issued, accessed=accessed.on, **texts
    )
    used = {tag for _, tag in found.values()} | {*_NAMES, "PY", _UNKNOWN}
    ignored = values.keys() - used | {*values.get(_UNKNOWN, ())}
    return Entry(reference, tuple(sorted(ignored)))


def _first(values: Mapping[str, Sequence[str]], tags: Sequence[str]) -> tuple[str, str]:
    """Returns the first value of the first of these tags that has one, and the tag."""
    tag = next((tag for tag in tags if any(values.get(tag, ()))), "")
    text = next(filter(None, values.get(tag, ())), "")
    return bounded(text, tag), tag
