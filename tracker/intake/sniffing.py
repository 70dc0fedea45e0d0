"""What kind of file an upload is: its bytes say so, whatever its name and its sender say."""

from __future__ import annotations

import codecs
import re

from tracker.intake.documents import WrongKind

_WITHIN = 4_096
_MARKUP = re.compile(
    rb"<(!doctype\s+html|html|head|body|article|main|section|div|p|h1|table)[\s>/]", re.IGNORECASE
)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What people upload by mistake, and what they can do about it.
_OTHERS = {
    b"PK\x03\x04": "a Word, Excel or ZIP file: save it as PDF or text",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file: save it as PDF or text",
    b"{\\rtf": "a rich text file: save it as PDF or text",
    b"\x1f\x8b": "packed with gzip: unpack it first",
    b"\x89PNG": "a picture: upload recognised text, or paste the words",
    b"\xff\xd8\xff": "a picture: upload recognised text, or paste the words",
    b"GIF8": "a picture: upload recognised text, or paste the words",
}
_LETTER = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)


def kind_of(data: bytes, declared: str = "") -> str:
    """Return the content type of the bytes, with the declared charset; raises WrongKind."""
    if b"%PDF-" in data[:1_024]:
        return "application/pdf"
    for mark, what in _OTHERS.items():
        if data.startswith(mark):
            raise WrongKind(f"The file is {what}.", field="file")
    head = data[:_WITHIN]
    if _LETTER.match(head.replace(b"\r\n", b"\n")):
        raise WrongKind(
            "The file is a web archive or an e-mail: save the page as HTML only, or as PDF.",
            field="file",
        )
    wide = head.startswith(_UTF_16)
    if b"\0" in data and not wide:
        raise WrongKind(
            "The file holds no text: upload HTML, PDF or plain text, or paste the words.",
            field="file",
        )
    plain = head.replace(b"\0", b"") if wide else head
    kind = "text/html" if _MARKUP.search(plain) else "text/plain"
    if kind == "text/plain" and plain.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        raise WrongKind("The file is XML, but no page: save it as HTML, PDF or text.", field="file")
    charset = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", declared, re.IGNORECASE)
    return f"{kind}; charset={charset[1]}" if charset else kind
