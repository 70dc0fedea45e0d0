"""Horizons: reads "by the end of the year" or "within six months" as a proposed deadline.

A proposal is shown to a coder, who accepts it or not. Where the words leave a choice the basis is
"derived" and the reason says what was chosen; where they leave more than one, there is no proposal.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.deadlines import Basis, Deadline, month_end, months_after

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = rf"(?P<month>{'|'.join(_MONTH_NAMES)})"
_WEEKDAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBERS = {
    word: n
    for n, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
} | {"a": 1, "an": 1, "a couple of": 2, "eighteen": 18, "twenty-four": 24}
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
# A plural without a number ends where a speaker would have used the next larger unit.
_VAGUE = {"days": ("two weeks", 0, 14), "weeks": ("two months", 2, 0), "months": ("a year", 12, 0)}
# "on Friday" and "in May" may be about the past: they count only beside a word for the future.
_AHEAD = re.compile(
    r"\b(?:will|would|shall|won['’]t|may|might|could|expects?|expected|scheduled|due|going\s+to)\b"
    r"|['’]ll\b|\b(?:set|likely|bound|about|poised|plans?|is|are)\s+to\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Reading:
    on: date
    basis: Basis
    reason: str


_Reader = Callable[["re.Match[str]", date], _Reading | None]


def propose(text: str, said_on: date) -> Deadline | None:
    """Return the deadline that the words name, or None when they name none or leave it unsure."""
    ahead = bool(_AHEAD.search(text))
    found: list[tuple[str, _Reading]] = []
    rest = text
    for rule, read, only_ahead in _RULES:
        for match in rule.finditer(rest):
            rest = rest[: match.start()] + "\0" * len(match.group()) + rest[match.end() :]
            ruled_out = only_ahead and not ahead
            reading = None if ruled_out else read(match, said_on)
            if reading and reading.on >= said_on:
                found.append((match.group(), reading))
    if len({reading.on for _, reading in found}) != 1:
        return None
    words, reading = found[0]
    return Deadline(reading.on, reading.basis, words, reading.reason)


def _stated(on: date, reason: str = "The words name the day.") -> _Reading:
    return _Reading(on, Basis.STATED, reason)


def _iso(match: re.Match[str], said_on: date) -> _Reading | None:
    return _on_day(int(match["year"]), int(match["m"]), int(match["day"]))


def _day(match: re.Match[str], said_on: date) -> _Reading | None:
    month, day = _number_of(match["month"]), int(match["day"])
    if match["year"]:
        return _on_day(int(match["year"]), month, day)
    year = said_on.year + ((month, day) < (said_on.month, said_on.day))
    named = _on_day(year, month, day)
    return named and _Reading(named.on, Basis.DERIVED, f"Read as the next such day, in {year}.")


def _on_day(year: int, month: int, day: int) -> _Reading | None:
    try:
        return _stated(date(year, month, day))
    except ValueError:  # the calendar has no such day
        return None


def _in_month(match: re.Match[str], said_on: date) -> _Reading:
    month = _number_of(match["month"])
    if match["year"]:
        return _stated(month_end(int(match["year"]), month), "The last day of the month named.")
    year = said_on.year + (month < said_on.month)
    reason = f"Read as the last day of the next such month, in {year}."
    return _Reading(month_end(year, month), Basis.DERIVED, reason)


def _year(match: re.Match[str], said_on: date) -> _Reading:
    year = int(match["year"])
    lead = match["lead"].lower()
    if lead == "before":
        return _stated(date(year - 1, 12, 31), "The last day before the year named.")
    if lead == "by":
        reason = f"“By {year}” read as by the end of that year."
        return _Reading(date(year, 12, 31), Basis.DERIVED, reason)
    return _stated(date(year, 12, 31), "The last day of the year named.")


def _within(match: re.Match[str], said_on: date) -> _Reading | None:
    given = match["number"].lower()
    number = int(given) if given.isdigit() else _NUMBERS[given]
    unit = match["unit"].lower()
    reason = f"{number} {unit}{'s' * (number > 1)} from the statement."
    return _stated(_later(said_on, number, unit), reason)


def _later(said_on: date, number: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return said_on + timedelta(days=number * (7 if unit == "week" else 1))
    return months_after(said_on, number * (12 if unit == "year" else 1))


def _coming(match: re.Match[str], said_on: date) -> _Reading:
    limit, months, days = _VAGUE[match["unit"].lower()]
    on = months_after(said_on, months) + timedelta(days=days)
    return _Reading(on, Basis.DERIVED, f"“{match.group()}” read as less than {limit}.")


def _this_or_next(match: re.Match[str], said_on: date) -> _Reading:
    step = int(match["which"].lower() == "next")
    unit = match["unit"].lower()
    reason = f"The last day of {match['which'].lower()} {unit}, counted from the statement."
    if unit == "week":
        return _stated(said_on + timedelta(days=6 - said_on.weekday() + 7 * step), reason)
    if unit == "month":
        later = months_after(said_on, step)
        return _stated(month_end(later.year, later.month), reason)
    return _stated(date(said_on.year + step, 12, 31), reason)


def _end_of(match: re.Match[str], said_on: date) -> _Reading:
    if (match["unit"] or "year").lower() == "month":
        return _stated(month_end(said_on.year, said_on.month), "The last day of that month.")
    return _stated(date(said_on.year, 12, 31), "The last day of that year.")


def _weekday(match: re.Match[str], said_on: date) -> _Reading | None:
    ahead = (_WEEKDAY_NAMES.index(match["weekday"].lower()) - said_on.weekday()) % 7
    # On a Monday, "on Monday" is more often today or a week ago than a week on.
    return _stated(said_on + timedelta(days=ahead), "The next such day.") if ahead else None


def _tomorrow(match: re.Match[str], said_on: date) -> _Reading:
    return _stated(said_on + timedelta(days=1), "The day after the statement.")


def _number_of(month: str) -> int:
    return _MONTH_NAMES.index(month.lower()) + 1


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


_BY = r"\b(?:by|before|no later than)"
# "Before May" ends earlier than "by May": only for years is the difference worked out.
_BY_ON_IN = r"\b(?:by|no later than|on|in|during|before(?= the end)) (?:the end of |late )?"
_YEAR = r"(?P<year>20\d\d)"
# The longer wordings first: what a rule has read is hidden from those after it.
# The flag says that the words need a word for the future beside them.
_RULES: tuple[tuple[re.Pattern[str], _Reader, bool], ...] = (
    (_rule(rf"{_BY_ON_IN}{_YEAR}-(?P<m>\d\d)-(?P<day>\d\d)\b"), _iso, False),
    (_rule(rf"{_BY_ON_IN}(?P<day>\d{{1,2}}) {_MONTH}(?:,? {_YEAR})?\b"), _day, True),
    (_rule(rf"{_BY_ON_IN}{_MONTH} (?P<day>\d{{1,2}})(?!\d)(?:,? {_YEAR})?\b"), _day, True),
    (_rule(rf"{_BY_ON_IN}{_MONTH}(?:,? {_YEAR})?\b"), _in_month, True),
    (_rule(rf"{_BY} (?:the )?end of (?P<which>this|next) {_UNIT}\b"), _this_or_next, False),
    (_rule(rf"{_BY} (?:the )?end of the (?P<unit>year|month)\b"), _end_of, False),
    (_rule(rf"{_BY} (?P<unit>year)(?:['’]s |[- ])end\b"), _end_of, False),
    (_rule(rf"(?P<lead>{_BY} the end of|{_BY}|\bin|\bduring) {_YEAR}\b(?![-–/])"), _year, True),
    (
        _rule(rf"\b(?:within|(?:in|over|during) the (?:next|coming)) {_NUMBER} {_UNIT}\b"),
        _within,
        False,
    ),
    (
        _rule(r"\b(?:in|over|within) the (?:next|coming) (?:few )?(?P<unit>days|weeks|months)\b"),
        _coming,
        False,
    ),
    (_rule(r"\b(?P<which>this|next) (?P<unit>week|month|year)\b(?!['’-])"), _this_or_next, True),
    (_rule(rf"\bon (?P<weekday>{'|'.join(_WEEKDAY_NAMES)})\b"), _weekday, True),
    (_rule(r"\btomorrow\b"), _tomorrow, True),
)
