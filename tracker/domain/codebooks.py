"""The codebook: the protocol by which claims are coded and judged, one immutable text a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

CURRENT = "1.0"
CORRECTIONS = "corrections"
"""The section that says how mistakes are put right."""


@dataclass(frozen=True)
class Rule:
    """One rule, by the key under which it can be linked."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    lead: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class CodedField:
    """What one field of a claim holds; `required` before the claim is frozen."""

    key: str
    title: str
    required: bool
    scale: str
    text: str


@dataclass(frozen=True)
class Codebook:
    """One version of the codebook, as it was adopted."""

    version: str
    adopted: date
    summary: str
    sections: tuple[Section, ...]
    fields: tuple[CodedField, ...]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Codebook:
        """Returns the codebook of a decoded file; raises KeyError or TypeError on any other."""
        return cls(
            version=data["version"],
            adopted=date.fromisoformat(data["adopted"]),
            summary=data["summary"],
            sections=tuple(
                Section(**{**one, "rules": tuple(Rule(**rule) for rule in one["rules"])})
                for one in data["sections"]
            ),
            fields=tuple(CodedField(**one) for one in data["fields"]),
        )

    def field(self, key: str) -> CodedField:
        """Returns what the book says of a field; raises LookupError where it says nothing."""
        found = next((one for one in self.fields if one.key == key), None)
        if found is None:
            raise LookupError(key)
        return found
