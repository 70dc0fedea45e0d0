"""What follows from the record: score items, subjects' records, published tables."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from django.db import connection
from django.utils import timezone

from tracker.actions.transactions import action
from tracker.domain.readers import Panel, ReaderModel, Term, draw_panel
from tracker.domain.roles import Verb
from tracker.domain.score_tables import ScoreReport, SpeakerScore, score_table
from tracker.domain.score_wire import report_json
from tracker.domain.scoring import Forecast
from tracker.domain.thresholds import DEFAULT_SEED, METHOD_VERSION
from tracker.models import ClaimAccount, Lexicon, ScoreItem, ScoreRun
from tracker.models.accounts import User

READER_MODEL = Path(__file__).resolve().parent.parent / "data" / "reader_model.json"


class Subject(StrEnum):
    """Whose record it is; the value is the name on the wire."""

    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    TOPICS = "topics"
    OUTLETS = "outlets"

    @property
    def column(self) -> str:
        """The score items' column that names the subject."""
        return {"people": "person_id", "topics": "topic_id"}.get(
            self.value, f"{self.value[:-1]}_id"
        )


@dataclass(frozen=True)
class Record:
    """One subject's scores, never without what they rest on and what was left out."""

    subject: Subject
    id: int
    score: SpeakerScore | None
    accounts: Mapping[str, int]
    tiers: Mapping[str, int]
    flagged: int
    hindsight: int
    lexicons: tuple[str, ...]
    method: str
    seed: int
    as_of: datetime


AFFECTED = """
    WITH RECURSIVE affected(id) AS (
        SELECT unnest(%s::bigint[])
        UNION
        SELECT p.id FROM tracker_proposition p JOIN affected a ON p.condition_id = a.id
    ) SELECT id FROM tracker_proposition WHERE id IN (SELECT id FROM affected)
    ORDER BY id FOR NO KEY UPDATE
"""
COLUMNS = """claim_id, resolution_id, proposition_id, person_id, organisation_id, topic_id,
    outlet_id, p, y, tier, base_rate, lexicon_id, phrase, flagged, hindsight"""
WANTED = f"SELECT {COLUMNS} FROM tracker_claim_account WHERE account = 'scored'"
HELD = f"SELECT {COLUMNS} FROM tracker_scoreitem"


def rescore(propositions: Sequence[int] | None = None) -> int:
    """Brings the score items in line with the record; returns how many rows changed.

    Takes the propositions that changed, and follows to all that hang on them as conditions;
    None means everything. The tallies follow by trigger, in the same transaction. What is
    affected is locked first: of a condition and its consequence that are published at once, the
    second sees what the first has settled.
    """
    with connection.cursor() as cursor:
        scope, parameters = "TRUE", {}
        if propositions is not None:
            cursor.execute(AFFECTED, [list(propositions)])
            scope = "proposition_id = ANY(%(ids)s)"
            parameters = {"ids": [pk for (pk,) in cursor.fetchall()]}
        cursor.execute(
            f"""DELETE FROM tracker_scoreitem WHERE claim_id IN (
                SELECT claim_id FROM ({HELD} WHERE {scope} EXCEPT {WANTED} AND {scope}) gone)""",
            parameters,
        )
        gone = cursor.rowcount
        cursor.execute(
            f"""INSERT INTO tracker_scoreitem ({COLUMNS}) {WANTED} AND {scope}
                AND NOT EXISTS (SELECT 1 FROM tracker_scoreitem i
                                WHERE i.claim_id = tracker_claim_account.claim_id)""",
            parameters,
        )
        return int(gone + cursor.rowcount)


def differences() -> int:
    """How many score items and tallies differ from a computation from scratch; zero is right."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (({HELD} EXCEPT {WANTED}) UNION ALL ({WANTED} EXCEPT {HELD})) d"
        )
        found = int(cursor.fetchone()[0])
        for subject in ("person", "organisation", "topic", "outlet"):
            kept = f"SELECT subject_id, p, n, hits FROM tracker_{subject}tally WHERE n > 0"
            counted = f"""SELECT {subject}_id, p, count(*), sum(y) FROM tracker_scoreitem
                          WHERE {subject}_id IS NOT NULL GROUP BY 1, 2"""
            cursor.execute(
                f"SELECT count(*) FROM (({kept} EXCEPT {counted}) UNION ALL "
                f"({counted} EXCEPT {kept})) d"
            )
            found += int(cursor.fetchone()[0])
    return found


@lru_cache(maxsize=1)
def reader_model() -> ReaderModel:
    """The shipped model of 5,174 readers."""
    return ReaderModel.parse(json.loads(READER_MODEL.read_text(encoding="utf-8")))


@lru_cache(maxsize=32)
def _panel(phrases: tuple[tuple[str, int, float, str], ...], seed: int) -> Panel:
    terms = (Term(phrase, p / 1000, sd, base) for phrase, p, sd, base in phrases)
    return draw_panel(reader_model(), terms, seed=seed)


def panel_for(lexicon: Lexicon | None, phrases: Iterable[str], *, seed: int) -> Panel:
    """The simulated readers' takes on these phrases of a lexicon."""
    terms = lexicon.terms.filter(phrase__in=set(phrases)).order_by("phrase") if lexicon else ()
    return _panel(tuple((t.phrase, t.score_p, t.score_sd, t.base_phrase) for t in terms), seed)


def _forecast(item: ScoreItem, subject: Subject) -> Forecast:
    return Forecast(
        speaker=str(getattr(item, subject.column)),
        event=str(item.proposition_id),
        p=Fraction(item.p, 1000),
        y=item.y,
        base_rate=None if item.base_rate is None else Fraction(item.base_rate, 1000),
        phrase=item.phrase,
    )


def report_on(subject: Subject, *, hindsight: bool = True, seed: int = DEFAULT_SEED) -> ScoreReport:
    """The report of all score items, its speakers being people, organisations, topics or outlets.

    Without `hindsight`, claims coded after the outcome are left out.
    """
    items = ScoreItem.objects.exclude(**{subject.column: None}).order_by("claim_id")
    if not hindsight:
        items = items.filter(hindsight=False)
    found = list(items)
    panel = panel_for(Lexicon.objects.latest_frozen(), {i.phrase for i in found}, seed=seed)
    return score_table([_forecast(i, subject) for i in found], seed=seed, readers=panel)


def records(
    subject: Subject,
    *,
    only: int | None = None,
    hindsight: bool = True,
    seed: int = DEFAULT_SEED,
) -> list[Record]:
    """The records of all subjects with a frozen claim, or of one, in the order of their ids.

    Everyone is measured in one field; nobody in an order that looks like a rank.
    """
    report = report_on(subject, hindsight=hindsight, seed=seed)
    scores = {int(score.speaker): score for score in report.speakers}
    lines = ClaimAccount.objects.exclude(**{subject.column: None})
    if only is not None:
        lines = lines.filter(**{subject.column: only})
    if not hindsight:
        lines = lines.filter(hindsight=False)
    claims: dict[int, list[tuple[str, str, bool]]] = {} if only is None else {only: []}
    for pk, account, tier, late in lines.values_list(
        subject.column, "account", "tier", "hindsight"
    ):
        claims.setdefault(pk, []).append((account, tier, late))
    rest = _items_by(subject)
    now = timezone.now()
    return [
        Record(
            subject=subject,
            id=pk,
            score=scores.get(pk),
            accounts=Counter(account for account, _, _ in own),
            tiers=Counter(tier for account, tier, _ in own if account == "scored"),
            flagged=rest.get(pk, (0, ()))[0],
            hindsight=sum(late for _, _, late in own),
            lexicons=rest.get(pk, (0, ()))[1],
            method=METHOD_VERSION,
            seed=seed,
            as_of=now,
        )
        for pk, own in sorted(claims.items())
    ]


def _items_by(subject: Subject) -> dict[int, tuple[int, tuple[str, ...]]]:
    """Per subject: how many possibility words were scored, and under which lexicons."""
    found: dict[int, tuple[int, tuple[str, ...]]] = {}
    rows = ScoreItem.objects.exclude(**{subject.column: None}).values_list(
        subject.column, "flagged", "lexicon__version"
    )
    for pk, flagged, version in rows:
        count, versions = found.get(pk, (0, ()))
        merged = sorted({*versions, *([version] if version else [])})
        found[pk] = count + flagged, tuple(merged)
    return found


def record_of(subject: Subject, pk: int, *, hindsight: bool = True) -> Record:
    """One subject's record, measured in the field of all."""
    return records(subject, only=pk, hindsight=hindsight)[0]


@action(Verb.PUBLISH)
def publish_run(*, by: User, now: datetime, subject: Subject, title: str) -> ScoreRun:
    """Publishes the table as it stands, with the hash of its input and the seed of its draws."""
    columns = [subject.column, "proposition_id", "p", "y", "base_rate", "phrase"]
    rows = [list(r) for r in ScoreItem.objects.order_by("claim_id").values_list(*columns)]
    report = report_on(subject)
    return ScoreRun.objects.create(
        title=title,
        method_version=METHOD_VERSION,
        lexicon=Lexicon.objects.latest_frozen(),
        as_of=now,
        seed=report.seed,
        input_sha256=hashlib.sha256(json.dumps(rows).encode()).hexdigest(),
        table=report_json(report),
        published_by=by,
        published_at=now,
    )
