"""Ids of records as they stand in addresses and tables."""

from __future__ import annotations

import re

LARGEST_ID = 2**63 - 1


def id_in(text: str) -> int | None:
    """Return the id that a text is, or None; no record has one beyond LARGEST_ID."""
    pk = int(text) if re.fullmatch(r"[0-9]{1,19}", text) else None
    return pk if pk is not None and pk <= LARGEST_ID else None
