"""PDFs with text are read page by page; the others say what to do instead."""

from datetime import date
from io import BytesIO

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.intake.documents import BrokenDocument, LockedDocument, PicturesOnly, Unreadable
from tracker.intake.pdf import MOST_BYTES, MOST_PAGES, MOST_STEPS, read_pdf

SAID = "The river will rise before Friday."


def shown(*lines):
    """Return a page's content: these lines, one below the other."""
    words = " T* ".join(f"({line}) Tj" for line in lines)
    return f"BT /F1 12 Tf 14 TL 72 700 Td {words} ET".encode("latin-1")


def document(*contents, **about):
    writer = pypdf.PdfWriter()
    font = pypdf.generic.DictionaryObject(
        {
            pypdf.generic.NameObject(f"/{name}"): pypdf.generic.NameObject(f"/{value}")
            for name, value in {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}.items()
        }
    )
    for content in contents:
        page = writer.add_blank_page(612, 792)
        stream = pypdf.generic.StreamObject()
        stream.set_data(content)
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())
        page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
            {
                pypdf.generic.NameObject("/Font"): pypdf.generic.DictionaryObject(
                    {pypdf.generic.NameObject("/F1"): font}
                )
            }
        )
    writer.add_metadata({f"/{name}": value for name, value in about.items()})
    return writer


def saved(writer):
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


# --- refusals ---


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128"])
def test_a_locked_document_is_refused(algorithm):
    writer = document(shown(SAID))
    writer.encrypt("secret", algorithm=algorithm)

    with pytest.raises(LockedDocument, match="password"):
        read_pdf(saved(writer))


@pytest.mark.parametrize(
    "contents",
    [
        pytest.param([b""], id="blank"),
        pytest.param([b"q 612 0 0 792 0 0 cm /Im0 Do Q"] * 2, id="scanned"),
        pytest.param([shown("   ")], id="spaces"),
    ],
)
def test_a_document_without_text_is_refused(contents):
    with pytest.raises(PicturesOnly, match="pictures"):
        read_pdf(saved(document(*contents)))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"BT (" + b"a" * MOST_BYTES + b") Tj ET", id="many-bytes"),
        pytest.param(b"q " * (MOST_STEPS + 1), id="many-steps"),
    ],
)
def test_a_document_that_unfolds_beyond_measure_is_refused(content):
    data = saved(document(content))

    assert len(data) < len(content) / 100
    with pytest.raises(BrokenDocument):
        read_pdf(data)


def test_a_document_of_too_many_pages_is_refused():
    writer = pypdf.PdfWriter()
    for _ in range(MOST_PAGES + 1):
        writer.add_blank_page(10, 10)

    with pytest.raises(BrokenDocument, match="more than 1000 pages"):
        read_pdf(saved(writer))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"%PDF-1.7\n", id="header-only"),
        pytest.param(b"%PDF-1.7\n" + b"[" * 100_000, id="nested-arrays"),
        pytest.param(
            b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
            b"trailer<</Root 1 0 R>>\n%%EOF",
            id="pages-in-a-circle",
        ),
    ],
)
def test_a_broken_document_is_refused(data):
    with pytest.raises(Unreadable):
        read_pdf(data)


@settings(max_examples=50)
@given(st.data())
def test_a_document_with_damaged_bytes_is_read_or_refused(data):
    whole = bytearray(saved(document(shown(SAID))))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    try:
        read_pdf(bytes(whole))
    except Unreadable:
        return


# --- readings ---


def test_pages_follow_one_another_as_passages():
    text = read_pdf(saved(document(shown(SAID, "  It may not.  "), b"", shown("The end.")))).text

    assert text == f"{SAID}\nIt may not.\n\nThe end."


def test_what_opens_without_a_password_is_not_locked():
    writer = document(shown(SAID))
    writer.encrypt("", owner_password="owner", algorithm="RC4-128")

    assert read_pdf(saved(writer)).text == SAID


def test_a_document_is_taken_at_its_word():
    about = {"Title": "Gauge report\0", "Author": "Ada Berg; J. Weil", "CreationDate": "D:20160411"}
    writer = document(shown(SAID), **about)
    writer.root_object[pypdf.generic.NameObject("/Lang")] = pypdf.generic.TextStringObject("en-GB")

    reading = read_pdf(saved(writer))

    assert reading.title == "Gauge report"
    assert reading.authors == ("Ada Berg", "J. Weil")
    assert reading.published_on == date(2016, 4, 11)
    assert reading.language == "en-GB"


def test_a_date_in_a_form_of_its_own_is_no_date():
    assert read_pdf(saved(document(shown(SAID), CreationDate="last spring"))).published_on is None
