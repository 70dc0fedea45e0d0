"""A page's text is what a browser shows of the article; what cannot be read says what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.quotes import clean
from tracker.intake.reading import NothingToRead, Reading, Unreadable, WrongKind, read

SAID = "“The café stays open,” said Zoë Müller, who expects six metres by Friday."


def page(text, head=""):
    return f"<html><head><title>T</title>{head}</head><body><p>{text}</p></body></html>"


# --- kinds ---


@pytest.mark.parametrize(
    "kind", ["", "image/png", "application/json", "application/octet-stream", "text/rtf", "html"]
)
def test_other_kinds_are_refused(kind):
    with pytest.raises(WrongKind):
        read(page(SAID).encode(), kind)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"%PDF-1.7\n", "text/html", id="pdf-as-html"),
        pytest.param(b"%PDF-1.7\n", "text/plain", id="pdf-as-text"),
        pytest.param(page(SAID).encode(), "application/pdf", id="html-as-pdf"),
        pytest.param(b"", "application/pdf", id="nothing-as-pdf"),
        pytest.param(b"\x89PNG\r\n\0\0\0", "text/plain", id="picture-as-text"),
    ],
)
def test_bytes_that_are_not_of_their_kind_are_refused(data, kind):
    with pytest.raises(WrongKind):
        read(data, kind)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_an_empty_file_is_refused(data, kind):
    with pytest.raises(NothingToRead):
        read(data, kind)


@pytest.mark.parametrize("kind", ["text/html", "TEXT/HTML; charset=utf-8", "application/xhtml+xml"])
def test_html_is_read_under_each_of_its_names(kind):
    assert SAID in read(page(SAID).encode(), kind).text


def test_an_xhtml_declaration_does_not_disturb():
    declared = '<?xml version="1.0" encoding="utf-8"?>' + page(SAID)

    assert SAID in read(declared.encode(), "application/xhtml+xml").text


def test_plain_text_keeps_its_lines_and_has_no_facts():
    reading = read(b"First line.\r\n  Second line.\rThird.\n", "text/plain")

    assert reading == Reading("First line.\n  Second line.\nThird.\n")


def test_plain_text_is_normalised():
    assert read("Cafe\u0301".encode(), "text/plain").text == "Café"


# --- encodings ---


@pytest.mark.parametrize(
    ("encoding", "kind", "head"),
    [
        pytest.param("utf-8", "text/html", "", id="utf-8-undeclared"),
        pytest.param("utf-8-sig", "text/html; charset=latin-1", "", id="byte-order-mark"),
        pytest.param("utf-16", "text/html", "", id="utf-16-with-mark"),
        pytest.param("utf-16-le", "text/html; charset=utf-16le", "", id="utf-16-in-header"),
        pytest.param("cp1252", "text/html; charset=windows-1252", "", id="header"),
        pytest.param("cp1252", 'text/html; Charset="ISO-8859-1"', "", id="latin-1-means-1252"),
        pytest.param("cp1252", "text/html; charset=us-ascii", "", id="ascii-means-1252"),
        pytest.param("cp1252", "text/html", '<meta charset="windows-1252">', id="meta"),
        pytest.param(
            "cp1252",
            "text/html",
            '<meta http-equiv="Content-Type" content="text/html; charset=cp1252">',
            id="meta-http-equiv",
        ),
        pytest.param("cp1252", "text/html", "", id="undeclared-legacy"),
        pytest.param("utf-8", "text/html", '<meta charset="utf-16">', id="meta-cannot-be-utf-16"),
        pytest.param("utf-8", "text/html; charset=nonsense", "", id="unknown-label"),
        pytest.param("utf-8", "text/html; charset=zlib", "", id="no-text-encoding"),
        pytest.param("utf-8", "text/html; charset=unicode_escape", "", id="python-only"),
        pytest.param("utf-8", "text/html; charset=utf-7", "", id="utf-7"),
        pytest.param("utf-8", "text/html; charset=shift_jis", "", id="wrong-label"),
        pytest.param(
            "cp1252", "text/html; charset=utf-8", '<meta charset="cp1252">', id="meta-fits"
        ),
    ],
)
def test_the_encoding_is_found(encoding, kind, head):
    assert SAID in read(page(SAID, head).encode(encoding), kind).text


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/plain; charset=utf-8"])
def test_bytes_that_fit_no_declared_encoding_are_marked(kind):
    data = page("The gauge at the caf\xff\xfe will show six metres by Friday.").encode("latin-1")

    assert "caf\ufffd\ufffd will show" in read(data, kind).text


@given(st.binary(max_size=300), st.sampled_from(["text/plain", "text/html", "application/pdf"]))
def test_any_bytes_are_read_or_refused(data, kind):
    try:
        text = read(data, kind).text
    except Unreadable:
        return
    assert text == clean(text)
