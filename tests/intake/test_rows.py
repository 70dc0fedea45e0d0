"""Rows out of files: what cannot be read is named by its line."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from tracker.domain.imports import BadFile, ImportFormat
from tracker.intake.rows import LONGEST_LINE, Line, opened, read_rows

UNREADABLE = {
    "nothing": (b"", 1, "is empty"),
    "empty lines only": (b"\n\r\n,,\n", 4, "is empty"),
    "a header twice": (b"kind,hedge,kind\n1,2,3\n", 1, "names “kind” twice"),
    "a column without a name": (b"kind,,note\n1,2,3\n", 1, "Column 2 has no name"),
    "invalid UTF-8": (b"kind,note\n1,2\n3,caf\xe9\n", 3, "not UTF-8 (byte 6)"),
    "UTF-16": ("kind,note\n".encode("utf-16"), 1, "not UTF-8"),
    "a NUL byte": (b"kind,note\n1,a\0b\n", 2, "NUL byte"),
    "a quote that is not closed": (b'kind,note\n1,"a\n2,b\n', 2, "a quote is not closed"),
    "text behind a quote": (b'kind,note\n1,"a"b\n', 2, "no table"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_table_cannot_be_read_with(case: str) -> None:
    data, line, words = UNREADABLE[case]

    with pytest.raises(BadFile) as refusal:
        list(read_rows(io.BytesIO(data), ImportFormat.CSV).lines)

    assert words in refusal.value.message
    assert refusal.value.facts["line"] == line


READABLE = {
    "commas": b"kind,note\nforecast,a\n",
    "semicolons": b"kind;note\nforecast;a\n",
    "tabs": b"kind\tnote\nforecast\ta\n",
    "CRLF": b"kind,note\r\nforecast,a\r\n",
    "a byte-order mark": b"\xef\xbb\xbfkind,note\nforecast,a\n",
    "blank lines before it": b"\n\nkind,note\nforecast,a\n",
    "blank lines in it": b"kind,note\n\nforecast,a\n\n",
    "no last newline": b"kind,note\nforecast,a",
}


@pytest.mark.parametrize("case", READABLE)
def test_a_table_is_read_with(case: str) -> None:
    rows = read_rows(io.BytesIO(READABLE[case]), ImportFormat.CSV)

    assert rows.header == ["kind", "note"]
    assert [line.cells for line in rows.lines] == [["forecast", "a"]]


def test_rows_of_another_width_are_named_and_the_others_read() -> None:
    data = b'kind,note\nforecast\n"opinion","two\nlines"\nx,y,z\n'

    lines = list(read_rows(io.BytesIO(data), ImportFormat.CSV).lines)

    assert [(line.number, bool(line.fault)) for line in lines] == [(2, True), (3, False), (5, True)]
    assert lines[1] == Line(3, ["opinion", "two\nlines"])


def test_a_cell_may_hold_a_megabyte_but_no_line_more_than_the_limit() -> None:
    cell = b"x" * 1_000_000
    assert [
        len((line.cells or [""])[0])
        for line in read_rows(io.BytesIO(b"note\n" + cell + b"\n"), ImportFormat.CSV).lines
    ] == [1_000_000]

    for format in (ImportFormat.CSV, ImportFormat.JSONL):
        with pytest.raises(BadFile, match="Line 2 is longer than 16 MB"):
            file = io.BytesIO(b"{}\n" + b"x" * (LONGEST_LINE + 1))
            list(read_rows(file, format).lines)


NO_JSON = {
    "a line cut off": b'{"kind": "fore',
    "NaN": b'{"probability": NaN}',
    "a name twice": b'{"kind": "", "kind": ""}',
    "invalid UTF-8": b'{"note": "caf\xe9"}',
    "endless nesting": b"[" * 100_000,
}


@pytest.mark.parametrize("case", NO_JSON)
def test_a_line_of_json_is_named_and_the_others_read_with(case: str) -> None:
    data = b'\xef\xbb\xbf{"kind": "forecast"}\n\n' + NO_JSON[case] + b'\n{"kind": "opinion"}\n'

    lines = list(read_rows(io.BytesIO(data), ImportFormat.JSONL).lines)

    assert [(line.number, bool(line.fault)) for line in lines] == [
        (1, False),
        (3, True),
        (4, False),
    ]


def packed(**files: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return out


def test_an_export_gives_its_claims_if_they_are_what_it_says() -> None:
    claims = b'{"kind": "forecast"}\n'
    described = {"path": "claims.jsonl", "hash": "sha256:" + hashlib.sha256(claims).hexdigest()}
    whole = json.dumps({"resources": [described]}).encode()

    with opened(
        packed(claims__jsonl=claims, datapackage__json=whole), ImportFormat.EXPORT
    ) as found:
        assert found[0].read() == claims
        assert found[1] is ImportFormat.JSONL

    for broken in (
        packed(claims__jsonl=claims + b" ", datapackage__json=whole),
        packed(claims__jsonl=claims, datapackage__json=b"{}"),
        packed(readme__txt=b""),
        io.BytesIO(packed(claims__jsonl=claims).getvalue()[:-30]),
    ):
        with pytest.raises(BadFile), opened(broken, ImportFormat.EXPORT):
            pass
