"""The columns of a table of claims, in the order in which they are best read."""

from __future__ import annotations

from tracker.domain.import_rows import (
    ORGANISATION,
    PERSON,
    Column,
    Layout,
    Reader,
    day,
    hops,
    key_text,
    moment,
    names,
    permille,
    text,
    truth,
    whole,
)

_DAYS = "2016-04-11, 2016-04, 2016, 2016-04-09/2016-04-10 or on or before 2016-04-11"


def _named(prefix: str, readers: dict[str, Reader], says: str) -> list[Column]:
    return [
        Column(f"{prefix}.{leaf}", reads, says if leaf == "name" else "")
        for leaf, reads in readers.items()
    ]


def _proposition(prefix: str) -> list[Column]:
    said: list[tuple[str, Reader, str]] = [
        ("id", whole(1), "A proposition on record, instead of all that follows."),
        ("statement", text, "One sentence that the world can make wrong."),
        ("criteria", text, "What world would make it wrong?"),
        ("resolution_sources", text, "Where a judge looks first."),
        ("topic", key_text, "Slug or name."),
        ("condition_required", truth, "Whether the condition must come true, or must fail."),
        ("condition_words", text, "The condition in the speaker's words."),
        ("deadline", day, "The last day on which it can come true: 2016-06-21."),
        ("deadline_basis", text, "stated, derived, event_triggered, convention or none."),
        ("deadline_words", text, "The words that the deadline came from."),
        ("deadline_reason", text, "How it was derived."),
        ("review_on", day, "When to look again, where there is no deadline."),
        ("specificity", whole(0, 3), "0 to 3."),
        ("difficulty", whole(1, 5), "1 to 5."),
        ("importance", whole(1, 3), "1 to 3."),
        ("note", text, ""),
    ]
    nullable = {"deadline", "review_on", "specificity", "difficulty", "importance"}
    return [Column(f"{prefix}.{leaf}", reads, says, leaf in nullable) for leaf, reads, says in said]


_ALL = [
    Column("external_id", key_text, "Your own reference: a second import finds the claim by it."),
    Column("uuid", text, "The permanent id of a claim of ours, in our own exports."),
    Column("source.id", whole(1), "A source on record, instead of all that follows."),
    Column("source.url", text, "The page's address; a known page is recognised."),
    Column("source.title", text, "Needed for a new source."),
    *_named("source.outlet", ORGANISATION, "Who published it; a known name is recognised."),
    Column("source.bylines", names, "Authors as printed, divided by |."),
    Column("source.published_on", day, "2016-04-11.", nullable=True),
    Column("source.published_words", text, "The date as printed, where it is not a single day."),
    Column("source.language", text, "BCP 47 tag; en unless given."),
    Column("source.kind", text, "article-newspaper unless given."),
    Column("source.selection", text, "How the document came to be coded."),
    Column("source.note", text),
    Column("snapshot.id", whole(1), "A snapshot on record, instead of all that follows."),
    Column("snapshot.text", text, "The text in which the words stand, in full or as an excerpt."),
    Column("snapshot.captured_at", moment, "2016-04-11T09:30:00Z.", nullable=True),
    Column("snapshot.method", text, "paste unless given."),
    Column("snapshot.completeness", text, "full or excerpt."),
    Column("snapshot.archive_url", text, "Where a web archive keeps the text so."),
    Column("quotation.id", whole(1), "A quotation on record, instead of all that follows."),
    Column("quotation.exact", text, "The exact words, as they stand in the text."),
    Column("quotation.start", whole(0, 2**31 - 1), "Needed where they stand twice.", nullable=True),
    Column("quotation.end", whole(0, 2**31 - 1), nullable=True),
    Column("quotation.prefix", text),
    Column("quotation.suffix", text),
    Column("quotation.mode", text, "How the words were reported; direct_quote unless given."),
    Column("quotation.speaker_words", text, "The speaker as the text names them."),
    Column("quotation.role_words", text, "The role as the text states it."),
    Column("quotation.said_on", text, f"{_DAYS}; left out: no later than the source appeared."),
    Column("quotation.said_words", text, "The date in the text's own words."),
    Column("quotation.channel", text, "Tweet, e-mail, briefing, interview."),
    Column("quotation.hops", hops, 'JSON: [{"mode": "direct_quote", "outlet": "The Wire"}].'),
    Column("quotation.relayed_from", whole(1), "A quotation on record.", nullable=True),
    *_named("speaker.person", PERSON, "Who said it; a known name is recognised."),
    *_named("speaker.organisation", ORGANISATION, "For whom, or who said it."),
    Column("speaker.role", text, "The role at the time."),
    Column("kind", text, "forecast, conditional_forecast, capability_claim, ..."),
    Column("polarity", text, "affirms, denies or abstains."),
    Column("hedge", text, "The exact hedge words."),
    Column("hedge_term", text, "The lexicon's phrase, where you choose it."),
    Column("probability.low", permille),
    Column("probability.point", permille, "As the speaker stated it, 0 to 1.", nullable=True),
    Column("probability.high", permille),
    *_proposition("proposition"),
    *_proposition("proposition.condition"),
    *_proposition("proposition.condition.condition"),
    Column("coded_after_outcome", truth, "Whether the outcome was known when this was coded."),
    Column("failed_test", text, "T1 to T6: kept as considered, not tracked."),
    Column("state_reason", text),
    Column("note", text),
    Column("freeze", truth, "true: complete, and fixed from now on."),
    Column("revises", whole(1), "A claim on record.", nullable=True),
    Column("distorts", whole(1), "A claim on record.", nullable=True),
]
# What our exports tell besides, and an import passes over: it makes these itself.
TOLD = (
    "id",
    "state",
    "said_on",
    "provenance",
    "stacked",
    "probability.tier",
    "codebook",
    "coder",
    "coded_at",
    "frozen_at",
)
CLAIMS = Layout({column.name: column for column in _ALL}, frozenset(TOLD))
# What nearly every table has; the template offers these, the documentation names them all.
USUAL = (
    "external_id",
    "source.url",
    "source.title",
    "source.outlet",
    "source.published_on",
    "snapshot.text",
    "quotation.exact",
    "quotation.said_on",
    "speaker.person",
    "speaker.organisation",
    "speaker.role",
    "kind",
    "hedge",
    "probability",
    "proposition.statement",
    "proposition.criteria",
    "proposition.topic",
    "proposition.deadline",
    "freeze",
)
