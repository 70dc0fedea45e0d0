"""Where the versions of the codebook are kept: beside the code, one file each, never changed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from tracker.domain.codebooks import CURRENT, Codebook
from tracker.domain.errors import NotFound

FOLDER = Path(__file__).resolve().parent.parent / "data"


def versions() -> list[str]:
    """The versions that there are, oldest first."""
    found = [path.stem.removeprefix("codebook_") for path in FOLDER.glob("codebook_*.json")]
    return sorted(found, key=lambda version: [int(part) for part in version.split(".")])


@cache
def _read(version: str) -> Codebook:
    path = FOLDER / f"codebook_{version}.json"
    return Codebook.parse(json.loads(path.read_text("utf-8")))


def find_codebook(version: str = CURRENT) -> Codebook:
    """The codebook of a version; raises NotFound."""
    if version not in versions():
        raise NotFound("There is no codebook of this version.", field="version")
    return _read(version)
