"""What the codebook says of each field, shown beside it; in the codebook's own words, shortened."""

from __future__ import annotations

SENTENCES = {
    "exact": "Verbatim text with its offsets. Headline words are never the quotation; a paraphrase "
    "never gets quotation marks.",
    "mode": "Per hop: direct quote, partial quote, paraphrase, own publication, translated, or an "
    "unnamed source. The grade of provenance follows from it: A to C are scored.",
    "said_on": "The date is the statement's, not the article's.",
    "said_words": "“Last weekend” is kept as words and as an interval.",
    "person": "The person and the organisation as they were at the time. An institution that "
    "speaks is the speaker; a named spokesperson is its voice.",
    "hedge": "The exact words. Of several, the one nearest the event governs; they are never "
    "multiplied.",
    "polarity": "Affirms, denies, or abstains: “it remains unclear whether” is kept, never scored.",
    "kind": "Only forecasts and conditional forecasts enter forecast scores; “could” is a claim of "
    "capability, “denied it was planning” a pledge or denial; all else is logged and counted.",
    "t1": "An explicit unnamed source is logged, never scored.",
    "t2": "“8,000 militants were amassing” was known when said: an assertion of fact.",
    "t3": "A question, a wish, a demand, advice and a report of another's view assert nothing.",
    "t4": "The stranger test: without asking the speaker.",
    "t5": "Without one in the words: the nearest dated event in the text, else twelve months.",
    "t6": "What cannot be wrong cannot be right.",
    "statement": "One neutral sentence in positive form, shared by all who speak to it. Compounds "
    "are split into atoms.",
    "criteria": "They say what world would make it wrong.",
    "resolution_sources": "Where a judge looks first.",
    "condition": "Judged apart from what hangs on it. Not met: void, and counted publicly.",
    "condition_words": "Verbatim, with the value that it must take. “Even if” concedes; it is no "
    "condition.",
    "deadline": "Frozen before anyone looks up outcomes. After the deadline is “did not”, late.",
    "deadline_words": "Record the words of a vague horizon before you derive a day from them.",
    "deadline_basis": "Stated, derived with its reason, triggered by an event, by convention, or "
    "none: then a day on which to look again.",
    "coded_after_outcome": "Any claim of 2016 that is logged today. It is a flag and a filter: "
    "scores are reported with and without.",
    "condition_answer": "Judged separately from the consequence.",
    "outcome_answer": "Came true takes every element by the deadline. Open is “too early”, never "
    "“partly”. Labels speak of the event, never of honesty or motive.",
    "searched": "No evidence is not “did not”: say where you searched and how.",
}


def said_of(field: str) -> str:
    """The codebook's sentence on a field of a form, or nothing."""
    return SENTENCES.get(field, "")
