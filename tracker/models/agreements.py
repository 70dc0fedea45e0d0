"""How often codes agreed before anyone discussed them, counted by the database as they arrive.

Krippendorff's table of coincidences adds up units; its bootstrap needs the units themselves. Most
units look alike (two judges, a handful of answers), so what is kept is how many units show one
pattern of codes: both follow from it exactly.
"""

from __future__ import annotations

from enum import StrEnum

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models


class CodedField(StrEnum):
    """What independent people code: judges two answers, readers a probability in permille."""

    CONDITION = "condition"
    OUTCOME = "outcome"
    PROBABILITY = "probability"


READINGS = "readings"
"""The queue of what readers code; judges' queues are the reasons for which rounds are opened."""


class CodePattern(models.Model):
    """How many units of one field, codebook and queue got just these codes, sorted."""

    field = models.TextField(choices=[(f.value, f.value) for f in CodedField])
    codebook = models.TextField()
    queue = models.TextField(help_text="Why the round was opened; for readings: readings.")
    codes = ArrayField(models.TextField(), help_text="One per coder, sorted.")
    units = models.PositiveIntegerField()

    class Meta:
        ordering = ["field", "codebook", "queue", "codes"]
        verbose_name = "agreement"
        verbose_name_plural = "agreement"
        constraints = [
            models.UniqueConstraint(
                fields=["field", "codebook", "queue", "codes"], name="code_pattern_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {' '.join(self.codes)} ({self.units})"


# One line per code of a unit: `unit` tells units apart, `source` is the row it came from. A
# proposition without a condition leaves no choice, so its "not applicable" is no code.
VERDICT_CODES = """
    SELECT f.field, r.codebook, r.reason AS queue, v.round_id AS unit, f.code, v.id AS source
    FROM tracker_verdict v
    JOIN tracker_round r ON r.id = v.round_id
    CROSS JOIN LATERAL (VALUES ('condition', v.condition), ('outcome', v.outcome)) f (field, code)
    WHERE v.stage = 'independent' AND f.code <> 'not_applicable'
"""
READING_CODES = f"""
    SELECT 'probability' AS field, c.codebook, '{READINGS}' AS queue, g.claim_id AS unit,
           g.best::text AS code, g.id AS source
    FROM tracker_reading g JOIN tracker_claim c ON c.id = g.claim_id
"""


def patterns_of(codes: str) -> str:
    """SQL of the patterns of the units in `codes` that two or more have coded."""
    return f"""
        SELECT field, codebook, queue, codes, count(*)::int AS units FROM (
            SELECT field, codebook, queue, unit, array_agg(code ORDER BY code COLLATE "C") AS codes
            FROM ({codes}) c GROUP BY field, codebook, queue, unit HAVING count(*) > 1
        ) u GROUP BY field, codebook, queue, codes
    """


def counted(name: str, codes: str, unit: str) -> pgtrigger.Trigger:
    """The trigger that moves the units of new rows from the pattern before to the one after."""
    touched = f"SELECT * FROM ({codes}) t WHERE unit IN (SELECT {unit} FROM new_rows)"
    before = f"SELECT * FROM ({touched}) b WHERE source NOT IN (SELECT id FROM new_rows)"
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=f"""
            -- Two that code one unit at once would each count it without the other.
            PERFORM pg_advisory_xact_lock(hashtext('tracker_codepattern'));
            MERGE INTO tracker_codepattern k
            USING (
                SELECT field, codebook, queue, codes, sum(units)::int AS units FROM (
                    {patterns_of(touched)}
                    UNION ALL
                    SELECT field, codebook, queue, codes, -units FROM ({patterns_of(before)}) p
                ) d GROUP BY field, codebook, queue, codes HAVING sum(units) <> 0
            ) c ON (k.field, k.codebook, k.queue, k.codes)
                = (c.field, c.codebook, c.queue, c.codes)
            WHEN MATCHED AND k.units + c.units = 0 THEN DELETE
            WHEN MATCHED THEN UPDATE SET units = k.units + c.units
            WHEN NOT MATCHED THEN INSERT (field, codebook, queue, codes, units)
                VALUES (c.field, c.codebook, c.queue, c.codes, c.units);
            RETURN NULL;
        """,
    )
