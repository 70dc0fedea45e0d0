"""An upload is what its bytes are, whatever it is called."""

from __future__ import annotations

import gzip

import pytest

from tracker.intake.documents import WrongKind
from tracker.intake.sniffing import kind_of

MAIL = b"From: <Saved by Blink>\r\nSubject: Siege\r\nMIME-Version: 1.0\r\n\r\n<html><p>A</p>"


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        pytest.param(b"PK\x03\x04docx", "save it as PDF or text", id="a Word file"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1doc", "save it as PDF or text", id="an old one"),
        pytest.param(b"{\\rtf1 A}", "save it as PDF or text", id="rich text"),
        pytest.param(gzip.compress(b"<p>A</p>"), "unpack it first", id="packed"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "upload recognised text", id="a PNG"),
        pytest.param(b"\xff\xd8\xff\xe0", "upload recognised text", id="a JPEG"),
        pytest.param(b"GIF89a", "upload recognised text", id="a GIF"),
        pytest.param(MAIL, "save the page as HTML only", id="a saved web archive"),
        pytest.param(b"\x7fELF\0\0\0", "holds no text", id="a program"),
        pytest.param(b"<?xml version='1.0'?><rss/>", "save it as HTML", id="a feed"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(data: bytes, advice: str) -> None:
    with pytest.raises(WrongKind, match=advice) as refusal:
        kind_of(data, "text/html")

    assert refusal.value.field == "file"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"%PDF-1.7", "application/pdf", id="a PDF"),
        pytest.param(b"\n\n%PDF-1.4", "application/pdf", id="a PDF after line breaks"),
        pytest.param(b"<!DOCTYPE html><p>A", "text/html", id="a page"),
        pytest.param(b"\xef\xbb\xbf<HTML>", "text/html", id="a page with a mark"),
        pytest.param(b"<?xml version='1.0'?><html>", "text/html", id="XHTML"),
        pytest.param("<html>".encode("utf-16"), "text/html", id="a wide page"),
        pytest.param(b"<p class='a'>A</p>", "text/html", id="a fragment"),
        pytest.param(b"The city may fall.", "text/plain", id="text"),
        pytest.param("Die Stadt fällt.".encode("utf-16"), "text/plain", id="wide text"),
        pytest.param(b"Subject: the siege\n\nIt may fall.", "text/plain", id="text with a colon"),
        pytest.param(b"p < q and q > r", "text/plain", id="a formula"),
        pytest.param(b"", "text/plain", id="nothing"),
    ],
)
@pytest.mark.parametrize("declared", ["", "application/pdf", "image/png"])
def test_the_bytes_say_what_a_file_is(data: bytes, kind: str, declared: str) -> None:
    assert kind_of(data, declared) == kind


def test_the_charset_is_believed() -> None:
    assert kind_of(b"<p>A</p>", 'text/plain; charset="cp1251"') == "text/html; charset=cp1251"
