"""How the phrases of a lexicon stand in sentences: inflected, contracted, with gaps, negated.

The lexicon lists one form per hedge; the rules here find the others and nothing else.
"""

from __future__ import annotations

import re

_APOSTROPHE = "['’ʼ]"
_GAP = r"(?:[^\s.;!?]+\s+){1,8}?"
_BE = rf"(?:is|are|was|were|am|be|been|being|{_APOSTROPHE}(?:s|re|m))"
_ADVERB = r"(?:\s+(?:\w+ly|do|also|still))?"
_NT = rf"(?:n{_APOSTROPHE}t)?"

# Whole phrases whose other forms no rule of single words gives.
_PHRASES = {
    "will": rf"(?:will|{_APOSTROPHE}ll)",
    "cannot": rf"(?:cannot|can\s+not|can{_APOSTROPHE}t)",
    "I am certain": rf"(?-i:I)(?:\s+am|{_APOSTROPHE}m){_ADVERB}\s+certain",
    "I am confident": rf"(?-i:I)(?:\s+am|{_APOSTROPHE}m){_ADVERB}\s+confident",
    "is going to": rf"{_BE}{_NT}(?:\s+not)?\s+going\s+to",
    "it remains unclear": r"(?:it\s+)?remain(?:s|ed)?\s+unclear",
    "he/she believes (no other hedge)": r"(?:(?:he|she|they|who)\s+believe[sd]?|believes)",
    "50-50": r"(?:50\s?[-/‐‑–]\s?50|fifty[-\s]fifty)",
} | {modal: modal + _NT for modal in ("could", "would", "should", "might", "must")}

_WORDS = {
    "is": _BE,
    "I": rf"(?-i:I){_ADVERB}",
    "we": rf"we{_ADVERB}",
    "seems": r"seem(?:s|ed)?",
    "appears": r"appear(?:s|ed)?",
    "looks": r"look(?:s|ed)?",
    "remains": r"remain(?:s|ed)?",
    "suggests": r"suggest(?:s|ed)?",
    "threatens": r"threaten(?:s|ed|ing)?",
    "risks": r"risk(?:s|ed|ing)",
    "cannot": rf"(?:cannot|can\s+not|can{_APOSTROPHE}t)",
    "there'll": rf"there(?:{_APOSTROPHE}ll|\s+will)",
    "toss-up": r"toss[-\s‐‑]?up",
}

# Words that look like a hedge but are a noun, a month or part of an idiom, by their neighbours.
_OWNER = r"(?:a|the|his|her|their|its|our|my|of|no|any|this|these|those|such|with)"
_NOT_A_HEDGE_BEFORE = {
    "will": rf"\b(?:{_OWNER}|free|political|good|ill|popular)\s+$",
    "might": rf"\b(?:{_OWNER}|military|economic|full)\s+$",
    "must": r"\b(?:a|the)\s+$",
    "can": r"\b(?:a|the|tin)\s+$",
    "risks": rf"\b(?:{_OWNER}|the\s+\w+|security|many|and)\s+$",
    "may": r"\b(?:in|of|by|on|since|until|before|after|last|next|early|mid|late|\d+\w*)[\s-]+$",
    "possible": r"\bas\s+$",
}
_NOT_A_HEDGE_AFTER = {
    "may": r"^\s+\d",
    "remote": r"^\s+(?:areas?|regions?|villages?|places?|parts?|sites?|control|work)\b",
    "possible": r"^\s+(?:exception|war\s+crimes?)\b",
}
_NEGATION = re.compile(rf"\b(?:can)?not\b|n{_APOSTROPHE}t\b", re.IGNORECASE)
_NEGATED_BEFORE = re.compile(
    rf"(?:\b(?:not|never|hardly|no|nor|neither|without)|n{_APOSTROPHE}t)"
    r"(?:\s+(?:a|an|the|at|all|any|very|so|that|too|quite|particularly|necessarily|even|longer))*\s+$",
    re.IGNORECASE,
)
_NEGATED_AFTER = re.compile(rf"^(?:\s+not\b|\s+never\b|n{_APOSTROPHE}t\b)", re.IGNORECASE)
_REACH = 40  # characters of neighbourhood that the rules above look at


def pattern(phrase: str) -> str:
    """Return the regular expression (for IGNORECASE) of all forms of a lexicon phrase."""
    body = _PHRASES.get(phrase) or _joined(re.sub(r"\s*\(.*\)$", "", phrase).split())
    return rf"\b{body}\b(?![-‐‑]\w)"


def _joined(words: list[str]) -> str:
    parts: list[str] = []
    for n, word in enumerate(words):
        if word in {"...", "X"}:
            parts.append(_GAP)
        elif word == "not" and n == 0:
            parts.append(rf"(?:not|\w+n{_APOSTROPHE}t)\s+")
        elif word == "not" and words[n - 1] == "could":
            parts[-1] = rf"could(?:\s+not|n{_APOSTROPHE}t)\s+"
        elif word == "that" and "believe" in words[:n]:
            parts.append(r"(?:that\s+)?")
        else:
            escaped = re.escape(word).replace("'", _APOSTROPHE)
            parts.append(_WORDS.get(word, escaped) + r"\s+")
    return "".join(parts).removesuffix(r"\s+")


def is_hedge(phrase: str, text: str, start: int, end: int) -> bool:
    """Return whether the passage is the hedge and not a month, a noun or an idiom."""
    if phrase == "may" and text[start:end] == "may":
        return True
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    rule = _NOT_A_HEDGE_BEFORE.get(phrase)
    if rule and re.search(rule, before, re.IGNORECASE):
        return False
    rule = _NOT_A_HEDGE_AFTER.get(phrase)
    return not (rule and re.search(rule, after, re.IGNORECASE))


def is_negated(phrase: str, text: str, start: int, end: int) -> bool:
    """Return whether a negation that is no part of the phrase touches it."""
    if _NEGATION.search(text[start:end]) and not _NEGATION.search(phrase):
        return True
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return bool(_NEGATED_BEFORE.search(before) or _NEGATED_AFTER.search(after))
