"""The versions of the codebook, as they are kept beside the code."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tracker.actions.codebooks import FOLDER, find_codebook, versions
from tracker.domain.codebooks import CURRENT
from tracker.domain.errors import NotFound
from tracker.models import Claim, Round

# A version never changes once claims are coded under it: an edition is a new file.
ADOPTED = {"1.0": "3f8f4018be6aedf3d75f2252ec3fee3b84e8be3a2bedc1cc91a67f81c88a662c"}


@pytest.mark.parametrize("version", ["2.0", "", "../codebook_1.0", "1.0.json"])
def test_a_version_that_there_is_not_is_not_found(version: str) -> None:
    with pytest.raises(NotFound):
        find_codebook(version)


@pytest.mark.parametrize("version", versions())
def test_a_version_stays_as_it_was_adopted(version: str) -> None:
    kept = (FOLDER / f"codebook_{version}.json").read_bytes()

    assert sha256(kept).hexdigest() == ADOPTED[version]
    assert find_codebook(version).version == version


def test_what_is_coded_today_names_the_book_in_use() -> None:
    for model in (Claim, Round):
        assert model._meta.get_field("codebook").default == CURRENT
    assert find_codebook() is find_codebook(CURRENT)
