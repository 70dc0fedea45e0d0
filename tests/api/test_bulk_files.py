"""Files on their way to the disk: whole, or refused."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import RequestFactory
from rest_framework.exceptions import ParseError

from tracker.api.bulk_files import ExportParser, ImportTooLarge, LinesParser, TableParser
from tracker.domain.imports import ImportFormat


def context(length: str) -> dict[str, Any]:
    return {"request": RequestFactory().post("/", CONTENT_LENGTH=length)}


def test_a_body_that_broke_off_or_is_too_large_is_refused() -> None:
    with pytest.raises(ParseError, match="broke off"):
        TableParser().parse(BytesIO(b"a,b\n"), "text/csv", context("5"))
    with pytest.raises(ImportTooLarge):
        TableParser().parse(BytesIO(b"a,b\n"), "text/csv", context(str(2**33)))


@pytest.mark.parametrize(
    ("parser", "format"),
    [
        (TableParser, ImportFormat.CSV),
        (LinesParser, ImportFormat.JSONL),
        (ExportParser, ImportFormat.EXPORT),
    ],
)
def test_a_whole_body_is_a_file_of_its_format(parser: Any, format: ImportFormat) -> None:
    sent = parser().parse(BytesIO(b"a,b\n1,2\n"), parser.media_type, context(""))

    assert (sent.file.read(), sent.size, sent.format) == (b"a,b\n1,2\n", 8, format)
