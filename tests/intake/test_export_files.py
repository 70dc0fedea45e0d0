"""Exports as files: marked cells, nested lines, hashes, and zips that are the same every time."""

from __future__ import annotations

import io
import json
import zipfile

from tracker.intake.export_files import lines, measured, package, packed, resource, table


def test_a_table_marks_what_a_spreadsheet_would_compute() -> None:
    rows = [["=1", None], [True, ["x", "y"]], ["'", [{"m": 1}]]]

    found = b"".join(table(["a", "b"], rows)).decode().splitlines()

    assert found == ["a,b", "'=1,", "true,x|y", '\'\',"[{""m"": 1}]"']


def test_lines_nest_what_is_dotted_and_leave_out_what_is_absent() -> None:
    found = b"".join(lines(["a.b", "a.c", "d"], [[1, None, False], ["", [], None]]))

    assert [json.loads(line) for line in found.splitlines()] == [{"a": {"b": 1}, "d": False}, {}]


def test_the_same_rows_are_the_same_zip_and_its_hash_is_named() -> None:
    files = []
    for _ in range(2):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as zipped:
            digest, size = packed(zipped, "a.csv", [b"x", b"y"])
        files.append(file.getvalue())

    assert files[0] == files[1]
    assert (digest, size) == measured([b"xy"])
    described = json.loads(package([resource("a.csv", {"x": "string"}, digest, size)]))
    assert described["resources"][0]["schema"] == {"fields": [{"name": "x", "type": "string"}]}
