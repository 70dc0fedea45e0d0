"""Cells that a spreadsheet reads as text, whatever they say; and the text of such cells again."""

from __future__ import annotations

MARK = "'"
# What Excel, LibreOffice and Google Sheets take for the beginning of a formula (OWASP, "CSV
# Injection"): a quotation that begins with one would be computed on the desk of who opens it. The
# mark is among them, so that all marks can be taken off again.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", MARK)


def neutral(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would compute it; numbers stay numbers."""
    if not text.startswith(FORMULA) or _is_number(text):
        return text
    return f"{MARK}{text}"


def plain(cell: str) -> str:
    """The text of a cell: `plain(neutral(text))` is the text."""
    marked = cell.startswith(MARK) and cell[1:].startswith(FORMULA)
    return cell[1:] if marked else cell


def _is_number(text: str) -> bool:
    digits = text[1:].replace(".", "", 1)
    return text[0] in "+-" and digits.isascii() and digits.isdecimal()
