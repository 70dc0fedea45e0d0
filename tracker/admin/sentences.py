"""What the codebook says of each field, shown beside it, with the place where it says so."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.actions.codebooks import find_codebook
from tracker.domain.codebooks import Codebook

# A field of a form, and the field, rule or section of the codebook that it is coded by.
KEYS = {
    "exact": "quotation",
    "mode": "report-mode",
    "said_on": "second-hand",
    "person": "speaker",
    "organisation": "institutions",
    "hedge": "hedge",
    "hedge_term": "probability",
    "polarity": "polarity",
    "kind": "kind",
    "statement": "proposition",
    "criteria": "T4",
    "condition": "conditionals",
    "condition_words": "condition",
    "deadline": "deadline",
    "deadline_words": "horizon",
    "coded_after_outcome": "hindsight",
    "searched": "ambiguous",
    "answer: condition": "condition-answers",
    "answer: outcome": "verdicts",
    **{f"t{n}": f"T{n}" for n in range(1, 7)},
}


@dataclass(frozen=True)
class Sentence:
    """The codebook's words on a field, and their address."""

    text: str
    link: str


def helped(text: str, label: str, said: Sentence) -> SafeString:
    """A field's help with the codebook's words folded below it, for forms that Django draws."""
    return format_html(
        '{} <details class="t-says"><summary aria-label="What the codebook says: {}">?</summary>'
        '<p>{} <a class="t-link" href="{}" target="_blank" rel="noopener">Codebook</a></p>'
        "</details>",
        text,
        label,
        said.text,
        said.link,
    )


def said_of(field: str) -> Sentence | None:
    """What the codebook in use says of a field, if it says anything."""
    key = KEYS.get(field)
    if key is None:
        return None
    book = find_codebook()
    return Sentence(_words(book, key), f"{reverse('codebook', args=[book.version])}#{key}")


def _words(book: Codebook, key: str) -> str:
    for one in book.fields:
        if one.key == key:
            return f"{one.scale}. {one.text}"
    for section in book.sections:
        if section.key == key:
            return section.lead
        for rule in section.rules:
            if rule.key == key:
                return rule.text
    raise LookupError(key)
