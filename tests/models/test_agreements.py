"""Counted patterns of codes: one line each, kept by the triggers of verdicts and readings."""

from __future__ import annotations

import pytest

from tests.builders import make_claim, make_reading, make_round, make_verdict
from tests.refusals import refused
from tracker.models import CodePattern

pytestmark = pytest.mark.django_db


def test_a_pattern_is_counted_on_one_line() -> None:
    line = {"field": "outcome", "codebook": "1.0", "queue": "due", "codes": ["a", "b"], "units": 1}
    CodePattern.objects.create(**line)

    with refused("code_pattern_once"):
        CodePattern.objects.create(**line)


def test_verdict_codes_counted() -> None:
    """The trigger verdict_codes_counted moves a unit from its pattern before to the one after."""
    round = make_round(needed=3)
    make_verdict(round=round, outcome="came_true")
    assert not CodePattern.objects.exists()

    make_verdict(round=round, outcome="partly")
    assert CodePattern.objects.get().codes == ["came_true", "partly"]

    make_verdict(round=round, outcome="mostly")
    assert CodePattern.objects.get().codes == ["came_true", "mostly", "partly"]


def test_reading_codes_counted() -> None:
    """The trigger reading_codes_counted adds each reading to those of its claim."""
    claim = make_claim()
    for best in (700, 100, 700):
        make_reading(claim=claim, low=best, best=best, high=best)

    pattern = CodePattern.objects.get()
    assert (pattern.codes, pattern.queue) == (["100", "700", "700"], "readings")


def test_no_pattern_is_shown_by_fewer_than_no_units() -> None:
    with refused("tracker_codepattern_units_check"):
        CodePattern.objects.create(field="outcome", codebook="1", queue="due", codes=[], units=-1)
