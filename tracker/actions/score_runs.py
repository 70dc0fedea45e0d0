"""Published tables of scores: computed as of a moment, kept for good, and computed again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.actions.scores import Subject, report_on
from tracker.actions.transactions import action
from tracker.domain.roles import Verb
from tracker.domain.score_tables import ScoreReport
from tracker.domain.score_wire import report_json
from tracker.domain.thresholds import DEFAULT_SEED, METHOD_VERSION
from tracker.models import Lexicon, ScoreItem, ScoreRun, moments
from tracker.models.accounts import User


def _input_hash(subject: Subject) -> str:
    """The SHA-256 of all score items as one JSON list, read in portions."""
    columns = [subject.column, "proposition_id", "p", "y", "base_rate", "phrase"]
    rows = ScoreItem.objects.order_by("claim_id").values_list(*columns)
    digest, separator = hashlib.sha256(b"["), ""
    for row in rows.iterator(chunk_size=10_000):
        digest.update(f"{separator}{json.dumps(row)}".encode())
        separator = ", "
    digest.update(b"]")
    return digest.hexdigest()


@dataclass(frozen=True)
class Table:
    """A table of scores, with what it was computed from."""

    report: ScoreReport
    lexicon: Lexicon | None
    input_sha256: str


def table_as_of(subject: Subject, moment: datetime, *, seed: int = DEFAULT_SEED) -> Table:
    """The table as the record stood then: the same, to the byte, whenever it is asked for.

    That is, once the transactions that were under way at the moment have ended.
    """
    with moments.reading(moment):
        return Table(
            report=report_on(subject, seed=seed),
            lexicon=Lexicon.objects.latest_frozen(),
            input_sha256=_input_hash(subject),
        )


@action(Verb.PUBLISH)
def publish_run(*, by: User, now: datetime, subject: Subject, title: str) -> ScoreRun:
    """Publishes the table as it stands, with the hash of its input and the seed of its draws.

    It is computed as anybody will compute it again: as of this moment, from the record's history.
    """
    table = table_as_of(subject, now)
    return ScoreRun.objects.create(
        title=title,
        subject=subject.value,
        method_version=METHOD_VERSION,
        lexicon=table.lexicon,
        as_of=now,
        seed=table.report.seed,
        input_sha256=table.input_sha256,
        table=report_json(table.report),
        published_by=by,
        published_at=now,
    )


@dataclass(frozen=True)
class Verification:
    """A published table beside the same, computed again: `differs` names what is not the same."""

    published_sha256: str
    computed_sha256: str
    differs: tuple[str, ...]

    @property
    def identical(self) -> bool:
        return not self.differs


def verify_run(run: ScoreRun) -> Verification:
    """Computes a published table again, as of its moment and with its seed.

    The formulas are those of this program: where the table was made by another version of the
    method, that is said, too.
    """
    again = table_as_of(Subject(run.subject), run.as_of, seed=run.seed)
    table = json.loads(canonical(report_json(again.report)))
    checks = {
        "method": run.method_version == METHOD_VERSION,
        "lexicon": run.lexicon_id == (again.lexicon.pk if again.lexicon else None),
        "input": run.input_sha256 == again.input_sha256,
        **{
            f"table.{name}": run.table.get(name) == table.get(name)
            for name in sorted(run.table.keys() | table.keys())
        },
    }
    return Verification(
        published_sha256=sha256_of(run.table),
        computed_sha256=sha256_of(table),
        differs=tuple(name for name, same in checks.items() if not same),
    )


def canonical(table: Any) -> bytes:
    """The one way in which a table is written down: JSON, names in order, no spaces."""
    return json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256_of(table: Any) -> str:
    """The SHA-256 of a table as it is written down, which anybody can compute."""
    return hashlib.sha256(canonical(table)).hexdigest()
