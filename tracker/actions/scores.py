"""What follows from the record: score items, subjects' records, tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tracker.actions import tallies
from tracker.actions.ranks import Ranks, all_ranks, ranks_of
from tracker.domain.readers import Panel, ReaderModel, Term, draw_panel
from tracker.domain.score_tables import ScoreReport, SpeakerScore
from tracker.domain.tallied import Standing, report_of, score_of, wordings_of
from tracker.domain.thresholds import DEFAULT_SEED, METHOD_VERSION
from tracker.models import AccountTally, Lexicon, ScoreItem, moments
from tracker.models.account_tallies import ITEM_COLUMNS, ITEMS
from tracker.models.accounting import AFFECTED

KEPT_SCORES = 4_000
"""The most subjects of a kind whose scores a process keeps: what it takes must not grow."""
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
        return f"{self.kind}_id"

    @property
    def kind(self) -> str:
        """The tallies' name of the subject."""
        return "person" if self is Subject.PEOPLE else self.value[:-1]


@dataclass(frozen=True)
class Record:
    """One subject's scores, never without what they rest on and what was left out.

    `verdicts` are those of claims that have one and no score; `ranked_as_of` is when the rank was
    drawn, which in a large field is a little earlier, and None without a rank.
    """

    subject: Subject
    id: int
    score: SpeakerScore | None
    accounts: Mapping[str, int]
    verdicts: Mapping[str, int]
    tiers: Mapping[str, int]
    flagged: int
    one_judge: int
    hindsight: int
    lexicons: tuple[str, ...]
    method: str
    seed: int
    as_of: datetime
    ranked_as_of: datetime | None


HELD_FOR_RESCORING = f"""
    SELECT id FROM tracker_proposition
    WHERE id IN ({AFFECTED.format("SELECT unnest(%s::bigint[])")})
    ORDER BY id FOR NO KEY UPDATE
"""
COLUMNS = """claim_id, resolution_id, proposition_id, person_id, organisation_id, topic_id,
    outlet_id, p, y, tier, base_rate, lexicon_id, phrase, flagged, hindsight"""
WANTED = f"SELECT {COLUMNS} FROM tracker_claim_account WHERE account = 'scored'"
HELD = f"SELECT {COLUMNS} FROM tracker_scoreitem"
ACCOUNTED = f"SELECT {ITEM_COLUMNS} FROM tracker_accountitem"


def rescore(propositions: Sequence[int] | None = None) -> int:
    """Brings the score items in line with the record; returns how many rows changed.

    Takes the propositions that changed, and follows to all that hang on them as conditions;
    None means everything, and looks at the tallies too, which otherwise follow by trigger, in the
    same transaction. What is affected is locked first: of a condition and its consequence that
    are published at once, the second sees what the first has settled.
    """
    with connection.cursor() as cursor:
        scope, parameters = "TRUE", {}
        if propositions is not None:
            cursor.execute(HELD_FOR_RESCORING, [list(propositions)])
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
        changed = int(gone + cursor.rowcount)
    return changed if propositions is not None else changed + _account_all() + tallies.rebuild()


def _account_all() -> int:
    """Brings the accounts in line with the record where triggers were passed by."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH wrong AS (({ACCOUNTED} EXCEPT {ITEMS}) UNION ALL ({ITEMS} EXCEPT {ACCOUNTED}))
                SELECT tracker_account(array_agg(claim_id)), count(*) FROM wrong
                HAVING count(*) > 0"""
        )
        found = cursor.fetchone()
    return int(found[1]) if found else 0


def rescore_of(items: Q) -> int:
    """Rescores the propositions of these score items, whose claims count for others now."""
    found = ScoreItem.objects.filter(items).values_list("proposition_id", flat=True)
    return rescore(sorted(set(found)))


def differences() -> int:
    """How many score items, accounts and tallies differ from a computation from scratch."""
    found = tallies.differences()
    with connection.cursor() as cursor:
        for held, wanted in ((HELD, WANTED), (ACCOUNTED, ITEMS)):
            wrong = f"({held} EXCEPT {wanted}) UNION ALL ({wanted} EXCEPT {held})"
            cursor.execute(f"SELECT count(*) FROM ({wrong}) d")
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


def panel_of(subject: Subject, *, seed: int) -> Panel:
    """The simulated readers' takes on every phrase that the subjects of this kind have used."""
    return _panel_of(subject, Lexicon.objects.latest_frozen(), seed=seed)


def _panel_of(subject: Subject, lexicon: Lexicon | None, *, seed: int) -> Panel:
    words = tallies.vocabulary_of(subject.kind)
    return panel_for(lexicon, (count.phrase for count in words), seed=seed)


def _chosen(subject: Subject, ids: Collection[int] | None, *, under: str) -> Mapping[str, Standing]:
    """The standings of these subjects who have one, or of all; `under` is a stamp."""
    everyone = tallies.standings_of(subject.kind, under=under).by_name
    if ids is None:
        return everyone
    return {str(pk): everyone[str(pk)] for pk in ids if str(pk) in everyone}


def _ranks(subject: Subject, chosen: Mapping[str, Standing], *, seed: int, under: str) -> Ranks:
    """The rank intervals of those who may be ranked, if anybody may."""
    rankable = [name for name, own in chosen.items() if own.rankable]
    if not rankable:
        return Ranks({}, None)
    return ranks_of(subject.kind, rankable, seed=seed, under=under)


@tallies.Kept
def _kept_scores(kind: str, lexicon: int | None, seed: int, _stamp: str) -> dict[str, SpeakerScore]:
    """Scores without ranks, put in as they are asked for: reader bands are dear."""
    return {}


def _scores(
    subject: Subject,
    chosen: Mapping[str, Standing],
    ranks: Mapping[str, tuple[int, int]],
    *,
    seed: int,
    under: str,
) -> dict[int, SpeakerScore]:
    """The scores of these subjects, in the order of their names; `under` is a stamp."""
    lexicon = Lexicon.objects.latest_frozen()
    kept = _kept_scores(subject.kind, lexicon.pk if lexicon else None, seed, under)
    fresh = chosen.keys() - kept.keys()
    if fresh:
        phrases = tallies.phrases_of(subject.kind, [int(name) for name in fresh])
        panel = _panel_of(subject, lexicon, seed=seed)
    found = {
        name: kept.get(name)
        or score_of(name, own, None, panel, wordings_of(phrases[int(name)], panel))
        for name, own in sorted(chosen.items())
    }
    if len(kept) + len(fresh) <= KEPT_SCORES:
        kept |= found
    return {
        int(name): replace(score, rank=ranks.get(name) if chosen[name].rankable else None)
        for name, score in found.items()
    }


def report_on(subject: Subject, *, seed: int = DEFAULT_SEED) -> ScoreReport:
    """The report of all score items, its speakers being people, organisations, topics or outlets.

    Read from the tallies, and equal to `score_table` of the claims. Ranks are drawn for it,
    however many there are: a report is published once.
    """
    stamp = tallies.stamp()
    everyone = _chosen(subject, None, under=stamp)
    rankable = any(own.rankable for own in everyone.values())
    ranks = all_ranks(subject.kind, seed=seed) if rankable else {}
    scores = _scores(subject, everyone, ranks, seed=seed, under=stamp)
    return report_of(
        tallies.counts_of(subject.kind),
        tallies.standings_of(subject.kind, under=stamp),
        tuple(scores.values()),
        tallies.vocabulary_of(subject.kind),
        panel_of(subject, seed=seed),
        seed=seed,
    )


def counted(subject: Subject, seen: QuerySet[Any]) -> QuerySet[Any]:
    """Those seen with a claim that left the drafts, under their own name or a merged one."""
    if moments.standpoint():
        return seen.filter(pk__in=tallies.subjects_of(subject.kind))
    own = AccountTally.objects.filter(kind=subject.kind, subject_id=OuterRef("pk"))
    return seen.filter(Exists(own))


def records(
    subject: Subject,
    *,
    only: int | Collection[int] | None = None,
    seed: int = DEFAULT_SEED,
) -> list[Record]:
    """The records of all subjects with a frozen claim, or of these, in the order of their ids.

    Everyone is measured in one field; nobody in an order that looks like a rank. A page of a long
    list asks for `only` its own: reader bands are drawn for each record that is returned.
    """
    ids = {only} if isinstance(only, int) else only if only is None else set(only)
    lines = tallies.accounts_of(subject.kind, ids)
    if isinstance(only, int):
        lines.setdefault(only, [])
    # Read before the rest: what is newer than its stamp is never asked for under it again.
    stamp = tallies.stamp()
    chosen = _chosen(subject, ids, under=stamp)
    ranks = _ranks(subject, chosen, seed=seed, under=stamp)
    scores = _scores(subject, chosen, ranks.by_name, seed=seed, under=stamp)
    as_of = moments.moment() or timezone.now()
    return [
        Record(
            subject=subject,
            id=pk,
            score=scores.get(pk),
            accounts=_summed((line.account, line.n) for line in own),
            verdicts=_summed((line.verdict, line.n) for line in own if line.verdict),
            tiers=_summed((line.tier, line.n) for line in own if line.account == "scored"),
            flagged=sum(line.flagged for line in own),
            one_judge=sum(line.one_judge for line in own),
            hindsight=sum(line.n for line in own if line.hindsight),
            lexicons=tuple(sorted({line.lexicon for line in own if line.lexicon})),
            method=METHOD_VERSION,
            seed=seed,
            as_of=as_of,
            ranked_as_of=ranks.as_of if str(pk) in ranks.by_name else None,
        )
        for pk, own in sorted(lines.items())
    ]


def _summed(counts: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, n in counts:
        found[name] += n
    return found


def record_of(subject: Subject, pk: int) -> Record:
    """One subject's record, measured in the field of all."""
    return records(subject, only=pk)[0]
