"""Every rule that the database holds is named by a test in this folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.refusals import sql

pytestmark = pytest.mark.django_db
# History's own triggers, which write events and refuse nothing.
EVENTS = re.compile(r"(insert_insert|update_update|delete_delete)$")
RULES = """
    SELECT conname FROM pg_constraint
    WHERE conrelid::regclass::text LIKE 'tracker\\_%%' AND conrelid::regclass::text !~ 'event$'
    AND contype IN ('c', 'u', 'x')
    UNION
    SELECT indexrelid::regclass::text FROM pg_index
    WHERE indrelid::regclass::text LIKE 'tracker\\_%%' AND indisunique AND NOT indisprimary
    AND indrelid::regclass::text !~ 'event$'
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
    UNION
    SELECT regexp_replace(tgname, '^pgtrigger_(.*)_[0-9a-f]{5}$', '\\1') FROM pg_trigger
    WHERE tgrelid::regclass::text LIKE 'tracker\\_%%' AND NOT tgisinternal
"""


def rules() -> list[str]:
    return sorted(name for (name,) in sql(RULES.replace("%%", "%")) if not EVENTS.search(name))


def test_every_rule_of_the_database_is_named_by_a_test() -> None:
    here = Path(__file__)
    text = "".join(p.read_text() for p in sorted(here.parent.glob("test_*.py")) if p != here)
    patterns = re.findall(r'"(\w*\{0\}\w*|\w*\{key\}\w*)"', text)
    named = set(re.findall(r"\w+", text))
    for pattern in patterns:
        for key in ("person", "organisation", "topic", "outlet"):
            named.add(re.sub(r"\{\w+\}", key, pattern))

    assert [name for name in rules() if name not in named] == []


def test_the_catalogue_is_read_at_all() -> None:
    found = rules()

    assert {"claim_has_speaker", "round_one_open", "snapshot_immutable"} <= set(found)
    assert len(found) > 100
