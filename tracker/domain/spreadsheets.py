"""Cells that a spreadsheet reads as text, whatever they say."""

from __future__ import annotations

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula (OWASP, "CSV
# Injection"): a quotation that begins with one would be computed on the desk of who opens it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would compute it; numbers stay numbers."""
    if not text.startswith(FORMULA) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    digits = text[1:].replace(".", "", 1)
    return text[0] in "+-" and digits.isascii() and digits.isdecimal()
