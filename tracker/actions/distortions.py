"""What may be done with distortions: record words that stand for a quotation and say else."""

from __future__ import annotations

from datetime import datetime

from tracker.actions.records import in_choices, tidy
from tracker.actions.transactions import action
from tracker.domain import quotes
from tracker.domain.errors import UnknownValue
from tracker.domain.roles import Verb
from tracker.domain.variants import fold
from tracker.models import Distortion, Quotation, Snapshot
from tracker.models.accounts import User


@action(Verb.LOG)
def record_distortion(
    *,
    by: User,
    now: datetime,
    quotation: Quotation,
    snapshot: Snapshot,
    exact: str,
    start: int | None = None,
    end: int | None = None,
    place: str,
    note: str = "",
) -> Distortion:
    """Links words of a headline, relay, paraphrase or caption to the quotation that they change.

    They are found in the snapshot as a quotation is, but headlines count. Raises UnknownValue
    where nothing is changed, and what `quotes.locate` raises.
    """
    here = quotes.locate(snapshot.text, exact, start=start, end=end)
    _refuse_the_words_themselves(quotation, snapshot, here)
    distortion = Distortion(
        quotation=quotation,
        snapshot=snapshot,
        start=here.start,
        end=here.end,
        exact=here.exact,
        recorded_by=by,
        recorded_at=now,
        **tidy({"place": place, "note": note.strip()}),
    )
    in_choices(distortion, {"place": place})
    distortion.save(force_insert=True)
    return distortion


def _refuse_the_words_themselves(
    quotation: Quotation, snapshot: Snapshot, here: quotes.Anchor
) -> None:
    same_text = snapshot.pk == quotation.snapshot_id
    if same_text and here.start < quotation.end and quotation.start < here.end:
        raise UnknownValue(
            "These words are part of the quotation: mark where they are changed.", field="exact"
        )
    if fold(here.exact).text.strip() == fold(quotation.exact).text.strip():
        raise UnknownValue(
            "These are the words of the quotation: nothing is changed here.", field="exact"
        )
