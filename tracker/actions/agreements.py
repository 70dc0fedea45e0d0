"""What the counted codes say: alpha per field, codebook and queue; never of codes after talk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import connection, transaction

from tracker.domain.agreement import Agreement, Level, agreement_of
from tracker.domain.coincidences import Patterns, Value, rank
from tracker.domain.judging import GRADES, OutcomeAnswer
from tracker.domain.thresholds import DEFAULT_SEED
from tracker.models import CodePattern
from tracker.models.agreements import READING_CODES, VERDICT_CODES, CodedField, patterns_of

ALL = "all"
"""Of every queue together."""
LEVELS: dict[CodedField, tuple[Level, ...]] = {
    CodedField.CONDITION: (Level.NOMINAL,),
    # Ordinal: the grades 1 to 5 alone, for "open" and "void" stand nowhere between them.
    CodedField.OUTCOME: (Level.NOMINAL, Level.ORDINAL),
    CodedField.PROBABILITY: (Level.INTERVAL,),
}
COLUMNS = "field, codebook, queue, codes, units"
FROM_SCRATCH = f"{patterns_of(VERDICT_CODES)} UNION ALL {patterns_of(READING_CODES)}"


@dataclass(frozen=True)
class Line:
    """How far the codes of one field, under one codebook, in one queue or in all, agree."""

    field: CodedField
    codebook: str
    queue: str
    agreement: Agreement


def agreements(*, seed: int = DEFAULT_SEED) -> list[Line]:
    """Alpha with n and interval of every field, codebook and queue on record."""
    grouped: dict[tuple[str, str, str], Counter[tuple[str, ...]]] = {}
    for row in CodePattern.objects.all():
        for queue in (ALL, row.queue):
            found = grouped.setdefault((row.field, row.codebook, queue), Counter())
            found[tuple(row.codes)] += row.units
    return [
        Line(CodedField(field), codebook, queue, agreement_of(_at(level, codes), level, seed=seed))
        for (field, codebook, queue), codes in sorted(grouped.items())
        for level in LEVELS[CodedField(field)]
    ]


def _at(level: Level, codes: Counter[tuple[str, ...]]) -> Patterns:
    """The patterns with values that fit the level, of the units that have two such."""
    fitting: Counter[tuple[Value, ...]] = Counter()
    for pattern, units in codes.items():
        values = sorted(_values(level, pattern), key=rank)
        if len(values) > 1:
            fitting[tuple(values)] += units
    return fitting


def _values(level: Level, pattern: Sequence[str]) -> Iterator[Value]:
    if level is Level.NOMINAL:
        yield from pattern
    elif level is Level.INTERVAL:
        yield from (Fraction(code) for code in pattern)
    else:
        grades = (GRADES.get(OutcomeAnswer(code)) for code in pattern)
        yield from (Fraction(grade) for grade in grades if grade is not None)


def differences() -> int:
    """How many counted patterns differ from a count from scratch; no action has left any."""
    stored = f"SELECT {COLUMNS} FROM tracker_codepattern"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT count(*) FROM (
                (({FROM_SCRATCH}) EXCEPT ({stored})) UNION ALL (({stored}) EXCEPT ({FROM_SCRATCH}))
            ) d"""
        )
        found: int = cursor.fetchone()[0]
    return found


def recount() -> None:
    """Counts every pattern again, as after a restore of single tables."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tracker_codepattern'))")
        cursor.execute("DELETE FROM tracker_codepattern")
        cursor.execute(f"INSERT INTO tracker_codepattern ({COLUMNS}) {FROM_SCRATCH}")
