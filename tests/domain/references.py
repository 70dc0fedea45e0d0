"""References as hostile as text can be, for laws that hold of all of them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from tracker.domain.citations import KINDS, Issued, Reference, key_of

_LETTERS = st.sampled_from("{}\\$%&#_^~\"'`-,<>@=()/ \n\r\t;:?!|*é“”—\u00a0\u2028\x85")
_PIECES = st.sampled_from(
    [" and ", "--", "``", "''", "TY  - ", "ER  - ", "\\input", "\\textbf", "@misc{", "others", "{}"]
)
texts = st.lists(
    st.one_of(_LETTERS, _PIECES, st.characters(exclude_categories=("Cs",))), max_size=12
).map("".join)
_DATES = [
    "2016",
    "2016-04",
    "2016-04-09/2016-04-10",
    "2016/2017",
    "Spring 2016",
    "on or before 2016-04-11",
    "2016-02-30",
    "2016-04-11",
]
days = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
references = st.builds(
    Reference.of,
    key=st.uuids().map(key_of),
    kind=st.sampled_from(sorted(KINDS)),
    title=texts,
    authors=st.lists(texts, max_size=4),
    outlet=texts,
    issued=st.builds(Issued.of, days, texts | st.sampled_from(_DATES)),
    accessed=days,
    url=texts,
    archive=texts,
    archive_location=texts,
    language=texts,
)
files = st.lists(references, min_size=1, max_size=3, unique_by=lambda found: found.key)

STORY = Reference.of(
    key="source-1",
    kind="article-newspaper",
    title="Oil up 5% -- at $100_000 {a}",
    authors=["Ada Analyst", "Reuters, AFP"],
    outlet="Wall & Co",
    issued=Issued.of(None, "2016-04"),
    accessed=date(2020, 1, 2),
    url="https://example.org/a b?q=1%20&_=#f",
    language="en",
)
