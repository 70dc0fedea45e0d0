"""How dates are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils.formats import get_format, localize


def test_every_date_is_iso() -> None:
    assert localize(date(2016, 4, 11)) == "2016-04-11"
    assert localize(datetime(2016, 4, 11, 9, 5, tzinfo=UTC)) == "2016-04-11 09:05"
    assert get_format("DATE_INPUT_FORMATS")[0] == "%Y-%m-%d"
